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

// A company's own playbook in Traditional characters is led in by labels in them too.
func TestOwnTraditionalPlaybook(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, "---\nid: late-delivery\nlang: zh-Hant\ntitle: 配送延誤\nsummary: 東西沒到。\nroot: state\nseverity: medium\nsignals: [快遞]\n---\n"+
		"## empathise\n- 等了三個星期，換誰都會著急。\n## offer\n- 我現在就幫您查。\n## say-instead\n- dont-know -> 我馬上查清楚。\n## examples\n- 三個星期了，快遞到現在沒到，沒人理我\n", dir, "zh-Hant", "late-delivery.md")
	r := command(t, []string{"COACH_PLAYBOOKS=" + dir}, "", "suggest", "--lang", "zh-Hant", "客戶說：三個星期了，快遞到現在沒到！沒人理我！")
	r.done(t)
	if !strings.Contains(r.out, "等了三個星期，換誰都會著急。") || !strings.Contains(r.out, "接下來可以說") || !strings.Contains(r.out, "我不知道") || strings.Contains(r.out, "Say next") {
		t.Errorf("got\n%s", r.out)
	}
	other := command(t, []string{"COACH_PLAYBOOKS=" + dir}, "", "suggest", "--lang", "zh-Hant", "客戶說：帳號被鎖，怎麼都登不上去，太過分了！")
	other.done(t)
	if other.out != traditional.String(other.out) || !strings.Contains(other.out, "接下來可以說") {
		t.Errorf("a playbook that the company has not: got\n%s", other.out)
	}
}
