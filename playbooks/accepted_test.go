package playbooks

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// What was accepted is added to the company's own playbook and to one below it,
// and a change of the playbook keeps it.
func TestAcceptedPhrasesAreAdded(t *testing.T) {
	t.Parallel()
	phrases := func(s *Set, id string) string {
		p, ok := s.ByID(id, "en")
		if !ok {
			return "none"
		}
		var all []string
		for _, ph := range p.Steps[Offer] {
			all = append(all, ph.Text)
		}
		return strings.Join(all, " ")
	}
	base := NewSet([]Playbook{{ID: "b", Lang: "en", Kind: Scenario, Steps: map[Step][]Phrase{Offer: {{Text: "Base."}}}}})
	fsys := fstest.MapFS{
		"en/a.md":          mapFile(named("a", "en", "A") + "## offer\n- Own.\n"),
		"accepted/en/a.md": mapFile(Accept("", Offer, "Added.", "2026-11-25, by Mei")),
		"accepted/en/b.md": mapFile(Accept(Accept("", Offer, "Second.", "x"), Offer, "First.", "y")),
		"accepted/en/c.md": mapFile(Accept("", Offer, "Nobody's.", "z")),
	}
	over, faults, err := Load(fsys)
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	all := Overlay(base, over)
	for id, want := range map[string]string{"a": "Own. Added.", "b": "Base. First. Second.", "c": "none"} {
		if got := phrases(all, id); got != want {
			t.Errorf("%s offers %q, want %q", id, got, want)
		}
	}
	if got := phrases(base, "b"); got != "Base." {
		t.Errorf("the base was changed: %q", got)
	}
	if faults, err := Lint(fsys, testOptions()); err != nil || strings.Contains(faultLines(faults), "accepted/") {
		t.Errorf("lint of accepted phrases: %v, %v", faults, err)
	}
	fsys["accepted/en/a.md"] = mapFile("## offer\n- I don't know {nothing}.\n## offr\n- x.\n")
	faults, _ = Lint(fsys, testOptions())
	for _, want := range []string{"accepted/en/a.md:2:3: \"I don't know\" is a forbidden phrase", "there is no slot {nothing}", "unknown heading \"offr\""} {
		if !strings.Contains(faultLines(faults), want) {
			t.Errorf("lint lacks %q: %v", want, faults)
		}
	}
}

func faultLines(faults []Fault) string {
	var b strings.Builder
	for _, f := range faults {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}

func TestAccept(t *testing.T) {
	t.Parallel()
	file := Accept("", Commit, "I call you  today.", "2026-11-25: proposed by Mei -->, accepted by Ada")
	file = Accept(file, Offer, "You get a new one.", "later")
	again := Accept(file, Offer, "You get a new one.", "again")
	want := "## commit\n<!-- 2026-11-25: proposed by Mei , accepted by Ada -->\n- I call you today.\n\n## offer\n<!-- later -->\n- You get a new one.\n"
	if file != want || again != file {
		t.Errorf("got\n%s\nthen\n%s\nwant\n%s", file, again, want)
	}
	p, faults := Parse("accepted/en/a.md", []byte(file))
	if len(faults) > 0 || !p.Addition || p.ID != "a" || p.Lang != "en" || len(p.Steps[Commit]) != 1 || len(p.Steps[Offer]) != 1 {
		t.Errorf("read back: %+v, %v", p, faults)
	}
}

// Whatever is accepted reads back as one phrase at its step, beside what was there.
func FuzzAccept(f *testing.F) {
	f.Add("I call you today.", "2026-11-25: by Mei", "## offer\n- Old.\n")
	f.Add("- {x} [y]", "--> ## offer", "")
	f.Add("a\n## offer\nb", "<!--", "no end")
	f.Fuzz(func(t *testing.T, phrase, from, old string) {
		before, faults := Parse("accepted/en/a.md", []byte(old))
		if len(faults) > 0 || oneLine(phrase) == "" || strings.ContainsFunc(phrase+from, isControl) || !utf8.ValidString(phrase) || !utf8.ValidString(from) {
			return
		}
		file := Accept(old, Commit, phrase, from)
		p, faults := Parse("accepted/en/a.md", []byte(file))
		if len(faults) > 0 {
			t.Fatalf("%v in\n%s", faults, file)
		}
		found := 0
		for _, ph := range p.Steps[Commit] {
			if ph.Text == oneLine(phrase) {
				found++
			}
		}
		if found == 0 || len(p.Steps[Offer]) < len(before.Steps[Offer]) {
			t.Errorf("%d times %q in\n%s", found, phrase, file)
		}
	})
}
