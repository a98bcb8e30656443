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
	return checker{guard: g, lang: p.Lang, orders: told, words: 45, han: 75, whole: true, grounds: newGrounds(p.Lang, []string{plain}, wordsOf(p)).toCustomer()}
}

// TestAnswers holds the corpus of answers (testdata/README.md): the good pass, the bad
// fail for the reasons given ("any": whichever), perhaps for others too. -v lists what goes wrong.
func TestAnswers(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	f, err := os.Open("testdata/answers.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var good, bad, lost, through int
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var row struct {
			Lang, Playbook, Case, Text string
			Want                       []string
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		p, ok := set.ByID(row.Playbook, row.Lang)
		if !ok {
			t.Fatalf("no playbook %s in %s", row.Playbook, row.Lang)
		}
		got := checkerFor(*p, g, row.Case).text(row.Text, 1).codes()
		switch {
		case len(row.Want) == 0:
			if good++; len(got) > 0 {
				lost++
				t.Logf("refused for %v: case %q, text %q", got, row.Case, row.Text)
			}
			continue
		case len(got) == 0:
			through++
			t.Logf("let through: case %q, text %q", row.Case, row.Text)
		case row.Want[0] != "any" && slices.ContainsFunc(row.Want, func(w string) bool { return !slices.Contains(got, w) }):
			t.Errorf("case %q, text %q: refused for %v, want %v", row.Case, row.Text, got, row.Want)
		}
		bad++
	}
	t.Logf("of %d bad answers %d are let through, of %d good ones %d refused", bad, through, good, lost)
	if through > maxThrough || lost > maxLost {
		t.Errorf("%d bad answers are let through and %d good ones refused, want at most %d and %d", through, lost, maxThrough, maxLost)
	}
}

// What the checks are known to get wrong in the corpus.
const (
	maxThrough = 7
	maxLost    = 5
)

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
		`{"text":"a"}`:                                           true,
		"```json\n{\"text\":\"a\"}\n```":                         true,
		"```JSON\n{\"text\":\"a\"}```":                           true,
		"<think>She wants {\"text\"}.</think>\n{\"text\":\"a\"}": true,
		"<think>She wants it {\"text\":\"a\"}":                   false,
		"```":                                                    false,
		"{\"text\":\"" + strings.Repeat("a", 20_000) + "\"}":     false,
		`  {"text":"a","more":1} `:                               true,
		`{"text":"a"} and then some`:                             false,
		`Sure! {"text":"a"}`:                                     false,
		`{"text":`:                                               false,
		`[{"text":"a"}]`:                                         false,
		`{"text":1}`:                                             false,
		``:                                                       false,
		"{\"text\":\"\xff\"}":                                    false,
		strings.Repeat("[", 100_000):                             false,
		`{"text":"` + strings.Repeat("a", 1e5):                   false,
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
