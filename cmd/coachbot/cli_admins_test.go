package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coachbot/store"
	"coachbot/store/bolt"
)

// ownBook is a company's scenario as short as may be.
func ownBook(id, phrase, example string) string {
	return "---\nid: " + id + "\nlang: en\ntitle: Own\nsummary: Own.\nroot: policy\nseverity: low\nsignals: [zeppelin]\n---\n" +
		"## empathise\n- " + phrase + "\n- A flight that leaves without you is hard to take.\n## offer\n- I can book the next zeppelin.\n## examples\n- " + example + "\n"
}

const zeppelin = "my zeppelin left without me and nobody cares"

func TestLintForGitHub(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, strings.Replace(ownBook("own", "I don't know.", "where is my parcel, it should have been delivered three weeks ago"), "title:", "titel, 100%:", 1), dir, "en", "own.md")
	r := command(t, nil, "", "playbooks", "lint", "--format", "github", "--dir", dir)
	if r.code != exitFailed {
		t.Errorf("exit status %d, want 1", r.code)
	}
	for l := range strings.Lines(r.out) {
		if !strings.HasPrefix(l, "::error file="+filepath.ToSlash(dir)+"/en/own.md,line=") && !strings.HasPrefix(l, "::warning file="+filepath.ToSlash(dir)+"/en/own.md,line=") {
			t.Errorf("no annotation: %q", l)
		}
	}
	for _, want := range []string{"titel, 100%25", "is a forbidden phrase (dont-know)"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the annotations lack %q:\n%s", want, r.out)
		}
	}
	command(t, nil, "", "playbooks", "lint", "--format", "xml").refused(t, "xml")
}

func TestSchemaForEditors(t *testing.T) {
	t.Parallel()
	r := command(t, nil, "", "playbooks", "schema")
	r.done(t)
	if !strings.Contains(r.out, `"$schema"`) || !strings.Contains(r.out, `"severity"`) {
		t.Errorf("no JSON Schema: %q", r.out)
	}
}

func TestOwnPlaybooksAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, ownBook("own", "Your zeppelin matters to me.", zeppelin), dir, "en", "own.md")
	env := []string{"COACH_PLAYBOOKS=" + dir}
	for _, args := range [][]string{{"suggest", "--no-builtin", angry}, {"suggest", angry}} {
		with := env
		if len(args) == 2 {
			with = append([]string{"COACH_NO_BUILTIN=true"}, env...)
		}
		if r := command(t, with, "", args...); r.code != exitDone || !strings.Contains(r.out, "Your zeppelin matters to me.") {
			t.Errorf("%v: exit status %d, %q; want the only playbook there is", args, r.code, r.out)
		}
	}
	command(t, nil, "", "suggest", "--no-builtin", angry).refused(t, "COACH_PLAYBOOKS")
}

// What a changed folder changes: in the examples, and in last weeks' cases, but not in private ones.
func TestDiffOfTwoFolders(t *testing.T) {
	t.Parallel()
	old, now := t.TempDir(), t.TempDir()
	write(t, ownBook("own", "That zeppelin should have waited.", zeppelin), old, "en", "own.md")
	write(t, ownBook("own", "A zeppelin that leaves early is our mistake.", zeppelin), now, "en", "own.md")
	path := filepath.Join(t.TempDir(), "cases.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range []string{"> Your zeppelin left without me! I am furious!", "> Your zeppelin left without me, says the secret one! I am furious!"} {
		id := store.CaseID("T1", "C1", []string{"1.1", "1.2"}[i])
		if _, err := s.UpdateCase(t.Context(), id, func(c *store.Case) error {
			*c = store.Case{ID: id, Workspace: "T1", Channel: "C1", TS: "1.1", Thread: "1.1", Author: "U1", Text: text, Lang: "en",
				State: store.CaseOpen, OpenedAt: time.Now().Add(-time.Hour), Private: i == 1}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r := command(t, nil, "", "playbooks", "diff", "--no-builtin", "--store", "bolt:"+path, old, now)
	r.done(t)
	for _, want := range []string{"~ en/own  Own", "1 examples: 0 get another playbook, 1 other words", "1 cases of the last 4 weeks: 0 get another playbook, 1 other words",
		"- empathise: That zeppelin should have waited.", "+ empathise: A zeppelin that leaves early is our mistake."} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the diff lacks %q:\n%s", want, r.out)
		}
	}
	if strings.Contains(r.out, "secret") {
		t.Errorf("a private case is shown: %s", r.out)
	}
	same := command(t, []string{"COACH_PLAYBOOKS=" + old}, "", "playbooks", "diff", "--no-builtin", "--weeks", "0", old)
	same.done(t)
	if !strings.Contains(same.out, "The playbooks are the same.") || strings.Contains(same.out, "cases of") {
		t.Errorf("a folder beside itself: %s", same.out)
	}
	write(t, ownBook("other", "Nothing but baggage.", "my baggage fell from the zeppelin"), now, "en", "other.md")
	if err := os.Remove(filepath.Join(now, "en", "own.md")); err != nil {
		t.Fatal(err)
	}
	gone := command(t, nil, "", "playbooks", "diff", "--no-builtin", "--weeks", "0", old, now)
	gone.done(t)
	for _, want := range []string{"- en/own  Own", "+ en/other  Own", "own -> other"} {
		if !strings.Contains(gone.out, want) {
			t.Errorf("the diff lacks %q:\n%s", want, gone.out)
		}
	}
}

// A message that needs no answer is one of the examples too, and nobody asks about it: what
// begins to be answered is seen.
func TestDiffOfSmallTalk(t *testing.T) {
	t.Parallel()
	old, now := t.TempDir(), t.TempDir()
	for _, dir := range []string{old, now} {
		write(t, ownBook("own", "That zeppelin should have waited.", zeppelin), dir, "en", "own.md")
	}
	const talk = "The zeppelin left without us, so who is up for noodles and a furious game of chess?"
	write(t, "---\nid: talk\nlang: en\nkind: not-a-case\n---\n\n## examples\n- "+talk+"\n- Noodles at noon, anyone?\n- Who is up for chess?\n", old, "en", "talk.md")
	r := command(t, nil, "", "playbooks", "diff", "--no-builtin", "--weeks", "0", old, now)
	r.done(t)
	if !strings.Contains(r.out, "no case -> own") || !strings.Contains(r.out, talk[:40]) {
		t.Errorf("small talk that is answered from now on is not among the changes:\n%s", r.out)
	}
}

func TestImportOfCannedReplies(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "own")
	table := write(t, "title,body,tags\nLate delivery,\"I am sorry your parcel is late. I don't know why.\",late-delivery\nZeppelins,We can book the next zeppelin for you.,zeppelin\n", t.TempDir(), "macros.csv")
	r := command(t, nil, "", "playbooks", "import", table, "--dir", dir)
	r.done(t)
	for _, want := range []string{"row 2, Late delivery: 1 phrases in drafts/en/late-delivery.md", "(dont-know)", "row 3, Zeppelins: 1 phrases in drafts/en/zeppelin.md (new"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the report lacks %q:\n%s", want, r.out)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "drafts", "en", "late-delivery.md"))
	if err != nil || !strings.Contains(string(data), "- I am sorry your parcel is late.\n") || strings.Contains(string(data), "I don't know why") {
		t.Errorf("the draft: %v\n%s", err, data)
	}
	command(t, nil, "", "playbooks", "import", table, "--dir", dir).refused(t, "exists already")
	if r := command(t, []string{"COACH_PLAYBOOKS=" + dir}, "", "suggest", angry); r.code != exitDone || strings.Contains(r.out, "your parcel is late.") {
		t.Errorf("a draft is in use: %d %s", r.code, r.out)
	}
	command(t, nil, "", "playbooks", "import", filepath.Join(dir, "nowhere.csv"), "--dir", dir).refused(t, "nowhere.csv")
}

// A company's own forbidden phrases are looked for in its own playbooks; where the
// built-in library is not wanted, examples are compared with the folder's scenarios alone.
func TestLintKnowsTheCompanysChoices(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, houseRules+"- id: twice\n  en: [x]\n  en: [y]\n", dir, "forbidden.yaml")
	book := ownBook("own", "Sorry, it's company policy.", zeppelin)
	for _, x := range []string{"zeppelin delayed", "zeppelin ticket lost", "zeppelin pilot rude", "the zeppelin was cold", "where is the zeppelin"} {
		book += "- " + x + "\n"
	}
	write(t, book+"- where is my parcel, the delivery is three weeks late\n", dir, "en", "own.md")
	over := command(t, nil, "", "playbooks", "lint", "--dir", dir)
	for _, want := range []string{`"it's company policy" is a forbidden phrase (company-policy)`, "warning: this example ranks late-delivery clearly first (for ", `forbidden.yaml:9:3: the field "en" stands here a second time`} {
		if !strings.Contains(over.out, want) {
			t.Errorf("lint lacks %q:\n%s", want, over.out)
		}
	}
	if n := strings.Count(over.out, "clearly first"); n != 1 {
		t.Errorf("%d examples are called misplaced, want the last alone:\n%s", n, over.out)
	}
	for _, alone := range []result{command(t, []string{"COACH_NO_BUILTIN=true"}, "", "playbooks", "lint", "--dir", dir), command(t, nil, "", "playbooks", "lint", "--no-builtin", "--dir", dir)} {
		if alone.code != exitFailed || strings.Contains(alone.out, "clearly first") || !strings.Contains(alone.out, "company-policy") {
			t.Errorf("on its own: exit status %d\n%s", alone.code, alone.out)
		}
	}
	if told := forbiddenFaults([]byte("- id: 7 words\n"))[0].In("zh-Hant"); !strings.Contains(told, "只能用小写字母") {
		t.Errorf("a Chinese admin is told %q", told)
	}
	if err := os.Remove(filepath.Join(dir, "en", "own.md")); err != nil {
		t.Fatal(err)
	}
	if r := command(t, nil, "", "playbooks", "lint", "--no-builtin", "--dir", dir); r.code != exitFailed || !strings.Contains(r.out, "forbidden.yaml:9:3") {
		t.Errorf("without a playbook: exit status %d\n%s%s", r.code, r.out, r.errs)
	}
}

// Whoever names the wrong place hears which is the right one.
func TestLintOfNoFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := write(t, ownBook("own", "I hear you.", zeppelin), dir, "en", "own.md")
	command(t, nil, "", "playbooks", "lint", "--dir", file).refused(t, "is a file", "en/")
	command(t, nil, "", "playbooks", "lint", "--dir", t.TempDir()).refused(t, "no playbook in", "en/late-delivery.md")
	if r := command(t, nil, "", "playbooks", "lint", "--dir", filepath.Join(dir, "en")); !strings.Contains(r.out, "own.md:1:1: warning: a playbook outside a language folder") {
		t.Errorf("inside a language's folder: %d %s%s", r.code, r.out, r.errs)
	}
}

// Everything lint says, it says in Chinese too.
func TestLintInChinese(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, "- id: 7 words\n", dir, "forbidden.yaml")
	write(t, "---\nid: own\nlang: zh\ntitle：Own\n---\n", dir, "zh", "own.md")
	write(t, strings.Replace(ownBook("other", "I don't know", "where is my parcel, the delivery is three weeks late"), "I can book", "[I can book {zeppelin}", 1), dir, "en", "other.md")
	for _, r := range []result{command(t, nil, "", "playbooks", "lint", "--no-builtin", "--lang", "zh", "--dir", dir), command(t, []string{"COACH_LOCALE=zh"}, "", "playbooks", "lint", "--no-builtin", "--dir", dir)} {
		for _, want := range []string{"这里是全角冒号", "是禁语（dont-know）", "没有 {zeppelin} 这个空位", "缺少标题", "forbidden.yaml:1:7: id \"7 words\" 不合规则", "警告："} {
			if !strings.Contains(r.out, want) {
				t.Errorf("lint lacks %s:\n%s", want, r.out)
			}
		}
		for l := range strings.Lines(r.out) {
			if !strings.ContainsFunc(l, func(c rune) bool { return c >= 0x4e00 && c < 0xa000 }) {
				t.Errorf("in English: %s", l)
			}
		}
	}
	command(t, nil, "", "playbooks", "lint", "--lang", "fr", "--dir", dir).refused(t, "--lang")
}
