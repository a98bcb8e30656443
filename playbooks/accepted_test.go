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

// A file that somebody edited takes a phrase as the parser reads it: in capitals, with
// line ends of Windows, with a mark at its beginning or without a last line end.
func TestAcceptIntoAnEditedFile(t *testing.T) {
	t.Parallel()
	for name, old := range map[string]string{
		"Windows":       "## offer\r\n<!-- x -->\r\n- Old.\r\n\r\n## commit\r\n- Then.\r\n",
		"capitals":      "## Offer\n- Old.\n",
		"blanks":        "##  offer  ##\n- Old.\n",
		"byte order":    "\ufeff## offer\n- Old.\n",
		"no last end":   "## offer\n- Old.",
		"in a comment":  "<!--\n## offer\n-->\n## offer\n- Old.\n",
		"comment alone": "<!--\n## offer\n-->\n",
	} {
		file := Accept(old, Offer, "New.", "x")
		p, faults := Parse("accepted/en/a.md", []byte(file))
		if len(faults) > 0 || len(p.Steps[Offer]) == 0 || p.Steps[Offer][0].Text != "New." || strings.Contains(old, "Old.") && len(p.Steps[Offer]) != 2 {
			t.Errorf("%s: %v, %v in\n%s", name, p.Steps, faults, file)
		}
		if again := Accept(file, Offer, "New.", "y"); again != file {
			t.Errorf("%s: it is added a second time:\n%s", name, again)
		}
	}
}

// Whatever is accepted reads back as one phrase at its step, beside what was there.
func FuzzAccept(f *testing.F) {
	f.Add("I call you today.", "2026-11-25: by Mei", "## offer\n- Old.\n")
	f.Add("- {x} [y]", "--> ## offer", "")
	f.Add("a\n## offer\nb", "<!--", "no end")
	f.Add("New.", "x", "## Commit\r\n- Old.\r\n")
	f.Add("New.", "x", "## Commit\r- Old.")
	f.Add("New.", "x", "<!--\n## commit\n-->")
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
