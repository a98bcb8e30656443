package playbooks

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// scenarios are those the library covers in every language, by the interface.
func scenarios() []string {
	return []string{
		"abusive-language", "account-locked", "billing-dispute", "broken-promise", "cancellation", "confused-customer",
		"defective-product", "demands-manager", "fraud-or-privacy", "late-delivery", "legal-or-media-threat", "long-wait",
		"lost-document", "lost-property", "missed-appointment", "policy-exception", "price-or-promotion", "refund-refused",
		"rejects-solution", "repair-failed", "repeat-contact", "safety-risk", "service-outage", "silent-or-nuisance-call",
		"staff-attitude", "unwanted-contact", "warranty-dispute", "wrong-or-missing-item",
	}
}

func TestBuiltinLibraryIsComplete(t *testing.T) {
	t.Parallel()
	set, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := set.Languages(), []string{"en", "zh"}; !slices.Equal(got, want) {
		t.Errorf("languages: got %v, want %v", got, want)
	}
	for _, lang := range set.Languages() {
		for _, id := range scenarios() {
			if p, ok := set.ByID(id, lang); !ok || p.Kind != Scenario {
				t.Errorf("the library has no scenario %s in %s", id, lang)
			}
		}
		if len(set.Guides(lang)) == 0 {
			t.Errorf("the library has no guides in %s", lang)
		}
	}
}

func TestBuiltinLibraryIsClean(t *testing.T) {
	t.Parallel()
	// The day is fixed: a review date that passes is for authors to see, not for tests.
	faults, err := Lint(BuiltinFS(), LintOptions{Now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		if f.Warning {
			t.Log(f)
		} else {
			t.Error(f)
		}
	}
}

// Reading what Markdown writes gives the same playbook.
func TestBuiltinRoundTrip(t *testing.T) {
	t.Parallel()
	set, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range set.All() {
		again, faults := Parse(p.File, []byte(p.Markdown()))
		if len(faults) > 0 {
			t.Errorf("%s written back: %v", p.File, faults)
		}
		if !samePlaybook(again, *p) {
			t.Errorf("%s differs once written back and read again", p.File)
		}
	}
}

// With nothing known of the case, every phrase is still a sentence.
func TestBuiltinPhrasesStandAlone(t *testing.T) {
	t.Parallel()
	set, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range set.All() {
		for _, step := range Steps() {
			for _, ph := range p.Steps[step] {
				got := Fill(ph.Text, p.Lang, nil)
				if utf8.RuneCountInString(got) < 4 || !endsSentence(got) || strings.ContainsAny(got[:1], ",;:) ") {
					t.Errorf("%s:%d: %q reads %q with nothing filled", p.File, ph.Line, ph.Text, got)
				}
				if strings.Contains(got, "sorry, that ") || strings.Contains(got, "sorry, for ") {
					t.Errorf("%s:%d: %q keeps a comma of the name that is left out: %q", p.File, ph.Line, ph.Text, got)
				}
			}
		}
	}
}

// TestBuiltinLibraryIsPacked holds the archive inside the program against the folder.
func TestBuiltinLibraryIsPacked(t *testing.T) {
	t.Parallel()
	files := func(fsys fs.FS) map[string]string {
		all := make(map[string]string)
		err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(fsys, name)
			all[name] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	packed, folder := files(BuiltinFS()), files(os.DirFS("library"))
	for name, text := range folder {
		if packed[name] != text {
			t.Errorf("library/%s differs from library.zip.br; run go generate ./playbooks ./playbooks/guard ./bot/coach", name)
		}
	}
	for name := range packed {
		if _, ok := folder[name]; !ok {
			t.Errorf("library.zip.br has %s, which the folder has not; run go generate ./playbooks ./playbooks/guard ./bot/coach", name)
		}
	}
}
