package guard_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

// known are lines that are told a hint all the same.
var known = []string{
	`"I can't decide this, and I don't want to keep you with half an answer."`,      // a guide; who decides and when stands in the lines before
	"Wherever the fault lies, you're the one without it, and I'll keep you posted.", // rightly: it could name a time
}

// TestLibraryGivesNoHint holds what the built-in playbooks have agents say, and the guides
// teach, against the hints. A solution alone is no fault there: the steps before it are said first.
func TestLibraryGivesNoHint(t *testing.T) {
	t.Parallel()
	set, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	g := guard.New()
	for _, text := range set.Said() {
		if slices.Contains(known, text) {
			continue
		}
		for _, h := range g.Hints(text, guard.Situation{}) {
			t.Errorf("%q: %s of %q", text, h.Hint, h.Text)
		}
	}
}

// BenchmarkLibrary checks all that the built-in playbooks have agents say: clean text in many words.
func BenchmarkLibrary(b *testing.B) {
	set, err := playbooks.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	text := map[string]*strings.Builder{"zh": {}, "en": {}}
	for _, said := range set.Said() {
		lang := "en"
		if strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			lang = "zh"
		}
		text[lang].WriteString(said + "\n\n")
	}
	g := guard.New()
	for lang, all := range text {
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(all.Len()))
			for b.Loop() {
				g.Check(all.String())
			}
		})
	}
}
