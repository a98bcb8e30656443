package main

import (
	"strings"
	"testing"

	"coachbot/playbooks/traditional"
)

// Who asks in Traditional characters, or for them, is answered in them.
func TestSuggestInTraditionalCharacters(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"asked in them":  {"suggest", "客戶說：三個星期了，快遞到現在沒到，你們太過分了！"},
		"asked for them": {"suggest", "--lang", "zh-Hant", "客户说：三个星期了，快递到现在没到，你们太过分了！"},
	} {
		r := command(t, nil, "", append(args, "--json")...)
		r.done(t)
		said, _, _ := strings.Cut(r.out, `"source"`) // further down stand words of the lexicon
		if said != traditional.String(said) || !strings.Contains(r.out, `"lang":"zh"`) && !strings.Contains(r.out, `"lang": "zh"`) || !strings.Contains(r.out, "late-delivery") {
			t.Errorf("%s: %s", name, r.out)
		}
	}
	if r := command(t, nil, "", "suggest", "--json", "客户说：三个星期了，快递到现在没到，你们太过分了！"); r.out == traditional.String(r.out) {
		t.Errorf("asked in Simplified: %s", r.out)
	}
	dir := t.TempDir()
	write(t, strings.Replace(ownBook("own", "そうですね。", zeppelin), "lang: en", "lang: ja", 1), dir, "ja", "own.md")
	r := command(t, []string{"COACH_PLAYBOOKS=" + dir, "COACH_LOCALE=ja"}, "", "suggest", angry)
	r.done(t)
	if !strings.Contains(r.out, "no playbook in ja") {
		t.Errorf("in Japanese: %s", r.out)
	}
}
