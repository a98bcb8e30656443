package llm

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

var builtin = sync.OnceValues(playbooks.Builtin)

func library(t testing.TB) *playbooks.Set {
	t.Helper()
	set, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func checkerFor(p playbooks.Playbook, g *guard.Guard, text string) checker {
	told, plain := findOrders(text)
	return checker{guard: g, lang: p.Lang, orders: told, words: 45, han: 75, whole: true, grounds: newGrounds([]string{plain}, wordsOf(p))}
}

// TestAnswers holds the corpus of answers: the good pass, the bad fail for the reason given.
func TestAnswers(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	f, err := os.Open("testdata/answers.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var row struct {
			Lang, Playbook, Case, Text string
			Want                       []string
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		p, _ := set.ByID(row.Playbook, row.Lang)
		got := checkerFor(*p, g, row.Case).text(row.Text, 1).codes()
		slices.Sort(got)
		slices.Sort(row.Want)
		if !slices.Equal(got, row.Want) {
			t.Errorf("case %q\n text %q\n  got %v\n want %v", row.Case, row.Text, got, row.Want)
		}
	}
}

// What the playbooks say is beyond doubt: a check that it fails would keep good answers out.
func TestPlaybooksPass(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	phrases, failed := 0, 0
	for _, lang := range set.Languages() {
		for _, p := range set.Scenarios(lang) {
			check := checkerFor(*p, g, "")
			for step, list := range p.Steps {
				if step == playbooks.Calm {
					continue
				}
				for _, line := range list {
					phrases++
					text := strings.NewReplacer("[", "", "]", "").Replace(line.Text)
					if found := check.text(text, 1); len(found) > 0 {
						failed++
						t.Logf("%s %s: %q: %v", lang, p.ID, line.Text, found.codes())
					}
				}
			}
		}
	}
	if failed*100 > phrases {
		t.Errorf("%d of %d phrases of the playbooks fail the checks, want at most 1 in 100", failed, phrases)
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]bool{
		`{"text":"a"}`:                         true,
		"```json\n{\"text\":\"a\"}\n```":       true,
		`  {"text":"a","more":1} `:             true,
		`{"text":"a"} and then some`:           false,
		`Sure! {"text":"a"}`:                   false,
		`{"text":`:                             false,
		`[{"text":"a"}]`:                       false,
		`{"text":1}`:                           false,
		``:                                     false,
		"{\"text\":\"\xff\"}":                  false,
		strings.Repeat("[", 100_000):           false,
		`{"text":"` + strings.Repeat("a", 1e5): false,
	} {
		var v struct{ Text string }
		if got := decode(answer, &v); got != want {
			t.Errorf("%.60q: got %v, want %v", answer, got, want)
		}
	}
}

// FuzzCheck: no answer breaks the checks, and none with a forbidden phrase passes.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "I don't know.", "我不知道。", "{", "{time}", "$1,000,000.00.", "十十十十年。", "\xff"} {
		f.Add(s, s)
	}
	p, _ := library(f).ByID("late-delivery", "en")
	g := guard.New()
	f.Fuzz(func(t *testing.T, text, answer string) {
		if len(text)+len(answer) > 4000 {
			return
		}
		found := checkerFor(*p, g, text).text(answer, 1)
		if bare := slotForm.ReplaceAllString(answer, " "); len(found) == 0 && len(g.Check(bare)) > 0 {
			t.Errorf("%q passed", answer)
		}
	})
}
