package playbooks

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files anew")

// oneForbidden knows a single forbidden phrase.
func oneForbidden(text string) []ForbiddenUse {
	const phrase = "I don't know"
	at := strings.Index(text, phrase)
	if at < 0 {
		return nil
	}
	return []ForbiddenUse{{ID: "dont-know", Text: phrase, Start: utf8.RuneCountInString(text[:at])}}
}

// firstElsewhere finds fault with the first example that speaks of waiting.
func firstElsewhere(p Playbook) []Elsewhere {
	for _, x := range p.Examples {
		if strings.Contains(x.Text, "wait") {
			return []Elsewhere{{x, "long-wait", `for "wait"`, `因为有 "wait"`}}
		}
	}
	return nil
}

func testOptions() LintOptions {
	return LintOptions{
		Forbidden: oneForbidden, ForbiddenIDs: []string{"dont-know", "dont-like"}, Elsewhere: firstElsewhere,
		Now: time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC),
	}
}

func TestLint(t *testing.T) {
	t.Parallel()
	faults, err := Lint(os.DirFS("testdata/lint"), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range faults {
		b.WriteString(f.String() + "\n")
	}
	got := b.String()
	if *update {
		if err := os.WriteFile("testdata/lint.golden", []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want := readTestFile(t, "testdata/lint.golden"); got != want {
		t.Errorf("lint says:\n%s\nwant:\n%s", got, want)
	}
}

// New files, two of a kind too, have no fault but that their examples are few and the template's words their authors' to replace.
func TestScaffoldLints(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{}
	for _, kind := range Kinds() {
		for _, lang := range []string{"en", "zh"} {
			for _, id := range []string{"a-" + string(kind), "b-" + string(kind)} {
				text, err := Scaffold(id, lang, kind)
				if err != nil {
					t.Fatal(err)
				}
				fsys[lang+"/"+id+".md"] = mapFile(text)
			}
		}
	}
	faults, err := Lint(fsys, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		if !f.Warning || !strings.Contains(f.Message, "at least 40 examples") && !strings.Contains(f.Message, "still the template's") {
			t.Errorf("unexpected fault %s", f)
		}
	}
	if got, want := len(faults), 2*(2+2*9); got != want {
		t.Errorf("got %d warnings, want %d", got, want)
	}
}

// A phrase in the other language would be said to customers who do not speak it.
func TestLintFindsTheOtherLanguage(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lang, line string
		told       bool
	}{
		{"en", "- 都照我们说好的办妥了吗？", true},
		{"en", "- 我给您的是 {remedy}。", true},
		{"zh", "- Has everything worked as we agreed?", true},
		{"en", "- Ms 李, your parcel from 上海 is with Mr 王 at the shop.", false},
		{"zh", "- OK！", false},
		{"zh", "- 您的 iPhone Pro Max 到了。", false},
	} {
		text, err := Scaffold("late", tt.lang, Scenario)
		if err != nil {
			t.Fatal(err)
		}
		heading := "## follow-up\n"
		before := text
		text = strings.Replace(text, heading, heading+tt.line+"\n", 1)
		if text == before {
			t.Fatal("the template has no such heading")
		}
		faults, err := Lint(fstest.MapFS{tt.lang + "/late.md": mapFile(text)}, testOptions())
		if err != nil {
			t.Fatal(err)
		}
		found := slices.ContainsFunc(faults, func(f Fault) bool { return f.Warning && strings.Contains(f.Message, "in another language") })
		if found != tt.told {
			t.Errorf("%s %q: told %t, want %t", tt.lang, tt.line, found, tt.told)
		}
	}
}

// A folder with one language is not asked for another.
func TestLintOneLanguage(t *testing.T) {
	t.Parallel()
	faults, err := Lint(fstest.MapFS{"en/n.md": mapFile("---\nid: n\nlang: en\nkind: not-a-case\n---\n## examples\n- hi\n")}, LintOptions{})
	if err != nil || len(faults) > 0 {
		t.Errorf("got %v, %v; want no faults", faults, err)
	}
}

func TestLintWithoutFolder(t *testing.T) {
	t.Parallel()
	if _, err := Lint(os.DirFS("testdata/nowhere"), LintOptions{}); err == nil {
		t.Error("a folder that does not exist: want an error")
	}
}

func TestSameKey(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"Where is it?", "WHERE  IS IT", true},
		{"ＷＨＥＲＥ is it", "where is it!", true},
		{"我的貨還沒到", "我的货，还没到！", true},
		{"🙂", "🙃", false},
		{"where is it", "where was it", false},
	} {
		if got := sameKey(tt.a) == sameKey(tt.b); got != tt.want {
			t.Errorf("%q and %q the same: got %t, want %t", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestEndsSentence(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Yes.", "真的？", "“好的。”", "Go on…", "好[，{customer}。]", "Right (or not)."} {
		if !endsSentence(text) {
			t.Errorf("%q: want the end mark seen", text)
		}
	}
	for _, text := range []string{"", "Yes", "好，", "{time}", "a:", "”"} {
		if endsSentence(text) {
			t.Errorf("%q: want the end mark missed", text)
		}
	}
}

func FuzzLint(f *testing.F) {
	f.Add([]byte(goodFile), []byte(goodFile))
	f.Add([]byte(goodFront+"## offer\n- [{a}{[]\n- \xff I don't know\n## escalate\n- a -> b\n## examples\n-  x\n- X"), []byte(goodFront))
	f.Add([]byte("---\nid: g\nkind: guide\n---\n\n\n## a\n\n- I don't know\n## b"), []byte("---\nid: g\nsignals: [a, As, '']\n---\n"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		faults, err := Lint(fstest.MapFS{"en/x.md": {Data: a}, "zh/x.md": {Data: b}}, testOptions())
		if err != nil {
			t.Fatal(err)
		}
		pages := map[string][]byte{"en/x.md": a, "zh/x.md": b}
		for _, fault := range faults {
			lines := strings.Split(strings.ToValidUTF8(string(pages[fault.File]), "\ufffd"), "\n")
			if fault.Line < 1 || fault.Line > len(lines) || fault.Col < 1 {
				t.Errorf("fault %s points outside the file's %d lines", fault, len(lines))
			}
			if fault.Message == "" || strings.ContainsAny(fault.Message, "\n\r") {
				t.Errorf("the message %q is not one line", fault.Message)
			}
		}
	})
}

// What its author takes for a playbook and nobody reads is told.
func TestLintFindsWhatNobodyReads(t *testing.T) {
	t.Parallel()
	book := &fstest.MapFile{Data: []byte("---\nid: x\n---\n")}
	notes := &fstest.MapFile{Data: []byte("# How we write\n")}
	faults, err := Lint(fstest.MapFS{
		"stray.md": book, "notes.md": notes, "Forbidden.yml": notes, "drafts/en/a.md": book, ".obsidian/a.md": book, "_old/a.md": book,
		"English/late.md": book, "中文/late.md": book, "中文/readme.md": notes, "en/Late.MD": book, "en/late.md.txt": {Data: []byte("\ufeff---\r\n")},
		"en/late.markdown": book, "en/plan.txt": notes, "en/late.docx": {Data: []byte("PK")}, "en/deep/late.md": book, "en/.late.md.swp": book, "en/#late.md#": book,
		"en/_late.MD": book, "zh/picture.png": {Data: []byte("\x89PNG")},
	}, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"English/late.md:1:1: warning: a playbook outside a language folder is not used; move it to en/late.md or zh/late.md",
		"Forbidden.yml:1:1: warning: Forbidden.yml is not read; call it forbidden.yaml",
		"en/Late.MD:1:1: warning: the name must end in .md in small letters for the file to be used; call it en/late.md",
		"en/deep/late.md:1:1: warning: a playbook in a folder of its own is not used; move it to en/late.md",
		"en/late.docx:1:1: warning: a word processor's file is not used; save its text as a plain text file that ends in .md",
		"en/late.markdown:1:1: warning: the name must end in .md in small letters for the file to be used; call it en/late.md",
		"en/late.md.txt:1:1: warning: the name must end in .md in small letters for the file to be used; call it en/late.md",
		"stray.md:1:1: warning: a playbook outside a language folder is not used; move it to en/stray.md or zh/stray.md",
		"中文/late.md:1:1: warning: a playbook outside a language folder is not used; move it to en/late.md or zh/late.md",
	}
	var got []string
	for _, f := range faults {
		got = append(got, f.String())
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("lint says:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
