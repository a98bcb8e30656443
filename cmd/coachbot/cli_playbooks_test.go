package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func write(t *testing.T, text string, path ...string) string {
	t.Helper()
	name := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestABrokenPlaybookStopsNothingAndIsFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, "---\nid: house-rule\nlang: en\nkind: no-such-kind\n---\n## offer\n- Yes.\n", dir, "en", "house-rule.md")
	env := []string{"COACH_PLAYBOOKS=" + dir}
	r := command(t, env, "", "suggest", "--json", angry)
	if r.code != exitDone || !strings.Contains(r.out, `"late-delivery"`) {
		t.Errorf("suggest: exit status %d, output %q, standard error %q; want advice all the same", r.code, r.out, r.errs)
	}
	for _, args := range [][]string{{"playbooks", "lint", "--dir", dir}, {"playbooks", "lint"}} {
		r := command(t, env, "", args...)
		if r.code != exitFailed || r.out == "" || r.errs != "" {
			t.Fatalf("lint: exit status %d, output %q, standard error %q; want 1 and the faults", r.code, r.out, r.errs)
		}
		form := regexp.MustCompile(`^en/house-rule\.md:[1-9]\d*:[1-9]\d*: .+\n$`)
		for l := range strings.Lines(r.out) {
			if !form.MatchString(l) {
				t.Errorf("lint printed %q, want file:line:column: message", l)
			}
		}
		if !strings.Contains(r.out, "en/house-rule.md:4:") {
			t.Errorf("lint printed %q, want the fault in line 4 among it", r.out)
		}
	}
}

func TestTheBuiltInLibraryIsWithoutFault(t *testing.T) {
	t.Parallel()
	if r := command(t, nil, "", "playbooks", "lint"); r.code != exitDone {
		t.Errorf("exit status %d:\n%s%s", r.code, r.out, r.errs)
	}
}

func TestPlaybooksAreListedShownAndMade(t *testing.T) {
	t.Parallel()
	list := command(t, nil, "", "playbooks", "list")
	list.done(t)
	for _, want := range []string{"en\tlate-delivery", "zh\tlate-delivery"} {
		if !strings.Contains(list.out, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	both := command(t, nil, "", "playbooks", "show", "late-delivery")
	one := command(t, nil, "", "playbooks", "show", "late-delivery", "--lang", "zh")
	both.done(t)
	one.done(t)
	if strings.Count(both.out, "id: late-delivery") != 2 || strings.Count(one.out, "id: late-delivery") != 1 || !strings.Contains(both.out, one.out) {
		t.Error("show prints something else than both languages, and with --lang that one")
	}
	dir := t.TempDir()
	made := command(t, nil, "", "playbooks", "new", "house-rule", "--dir", dir)
	made.done(t)
	command(t, nil, "", "playbooks", "new", "house-rule", "--dir", dir).refused(t, "house-rule.md")
	for _, lang := range []string{"en", "zh"} {
		if _, err := os.Stat(filepath.Join(dir, lang, "house-rule.md")); err != nil {
			t.Errorf("no playbook to start from: %v", err)
		}
	}
}

// A folder that only adds a guide to the built-in library is listed and shown like any other.
func TestAFolderWithoutScenariosIsListedAndShown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, "---\nid: desk\nlang: en\nkind: guide\ntitle: Our desk\nsummary: How we work.\n---\n\n## Opening\n\nSay who you are.\n", dir, "en", "desk.md")
	list, shown := command(t, nil, "", "playbooks", "list", "--dir", dir), command(t, nil, "", "playbooks", "show", "desk", "--dir", dir)
	list.done(t)
	shown.done(t)
	if !strings.Contains(list.out, "Our desk") || !strings.Contains(shown.out, "Say who you are.") {
		t.Errorf("listed as %q, shown as %q", list.out, shown.out)
	}
	command(t, nil, "", "playbooks", "test", "--dir", dir).refused(t, "scenario")
}

const houseRules = `- id: company-policy
  en: ["it's company policy"]
  zh: ["这是公司规定"]
  say_instead:
    en: ["Here is what I can do for you."]
    zh: ["我来看看能为您做些什么。"]
`

func TestACompanysForbiddenPhrasesAreFoundBesideTheTen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, houseRules, dir, "forbidden.yaml")
	env := []string{"COACH_PLAYBOOKS=" + dir}
	for draft, want := range map[string]string{
		"Sorry, it's company policy.": "company-policy",
		"抱歉，这是公司规定。":                  "company-policy",
		"I don't know.":               "dont-know",
	} {
		r := command(t, env, draft, "check", "--json")
		got := parsed[checkResult](t, r.out)
		if r.code != exitFailed || len(got.Findings) != 1 || got.Findings[0].Phrase != want || len(got.Findings[0].SayInstead) == 0 {
			t.Errorf("%s: exit status %d, %s; want %s alone, with better words", draft, r.code, r.out, want)
		}
	}
	command(t, nil, "", "check", "Sorry, it's company policy.").done(t) // only theirs
}

func TestABrokenListOfForbiddenPhrasesIsToldAndStopsNoAdvice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, houseRules+"- id: 7 words\n", dir, "forbidden.yaml")
	env := []string{"COACH_PLAYBOOKS=" + dir}
	command(t, env, "", "check", "Good morning.").refused(t, "forbidden.yaml:7")
	if r := command(t, env, "", "suggest", "--json", angry); r.code != exitDone || !strings.Contains(r.out, `"late-delivery"`) {
		t.Errorf("suggest: exit status %d, output %q; want advice all the same", r.code, r.out)
	}
}
