package llm

import (
	"hash/fnv"
	"os"
	"testing"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

// answersIn reads labelled answers.
func answersIn(t *testing.T, path string) []Answer {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := ReadAnswers(f)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// judged are labelled answers with what the checks make of them.
type judged struct{ good, passed, bad, refused int }

func (j *judged) add(a Answer, found []string) {
	switch {
	case len(a.Want) > 0 && len(found) > 0:
		j.refused++
		fallthrough
	case len(a.Want) > 0:
		j.bad++
	case len(found) == 0:
		j.passed++
		fallthrough
	default:
		j.good++
	}
}

// companiesOf are the companies of playbooks, made once each.
func companiesOf(t *testing.T, set *playbooks.Set) func(a Answer) *company {
	made := make(map[*playbooks.Playbook]*company)
	return func(a Answer) *company {
		p, ok := set.ByID(a.Playbook, a.Lang)
		if !ok {
			t.Fatalf("no playbook %s in %s", a.Playbook, a.Lang)
		}
		if made[p] == nil {
			made[p] = newCompany(p.Lang, wordsOf(*p))
		}
		return made[p]
	}
}

// TestLearned holds out the answers to a fifth of the cases in turn, and judges them
// with what is learned from the others: what unseen cases can be expected to meet.
// The rules have not seen taught.jsonl either. -v lists what goes wrong.
func TestLearned(t *testing.T) {
	t.Parallel()
	if testing.Short() || underRace {
		t.Skip("five trainings, minutes under the race detector and no goroutine in them: .ci/run calls this test without it")
	}
	const folds = 5
	set, g := library(t), guard.New()
	of := companiesOf(t, set)
	answers := answersIn(t, "testdata/answers.jsonl")
	taught := len(answers)
	answers = append(answers, answersIn(t, "testdata/taught.jsonl")...)
	lessons, err := lessonsOf(answers, set)
	if err != nil {
		t.Fatal(err)
	}
	own := ownLessons(set)
	fold := func(a Answer) int {
		h := fnv.New32a()
		_, _ = h.Write([]byte(a.Case))
		return int(h.Sum32() % folds)
	}
	seen := make(map[string]*judged)
	for k := range folds {
		rest := append([]lesson(nil), own...)
		for _, l := range lessons {
			if fold(answers[l.of]) != k {
				rest = append(rest, l)
			}
		}
		learned := separate(rest)
		for i, a := range answers {
			if fold(a) != k || i < taught {
				continue
			}
			check := checkerOf(of(a), g, a.Case)
			check.grounds.second = learned
			found := check.text(a.Text, 1).codes()
			if seen[a.Lang] == nil {
				seen[a.Lang] = new(judged)
			}
			seen[a.Lang].add(a, found)
			if (len(found) == 0) != (len(a.Want) == 0) {
				t.Logf("%v for case %q, text %q", found, a.Case, a.Text)
			}
		}
	}
	for lang, j := range seen {
		t.Logf("%s: held out, %d of %d bad answers are refused and %d of %d good ones pass", lang, j.refused, j.bad, j.passed, j.good)
		if j.refused*100 < j.bad*heldRefused || j.passed*100 < j.good*heldPassed {
			t.Errorf("%s: fewer than %d %% of the bad answers are refused, or fewer than %d %% of the good ones pass", lang, heldRefused, heldPassed)
		}
	}
}

// What held-out answers must reach, in percent.
const (
	heldRefused = 95
	heldPassed  = 80
)

// What stands behind a formula is judged by itself: sympathy buys no promise.
func TestBehindFormula(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"i'm so sorry about the noise, and we'll refit them at no charge.": "we'll refit them at no charge.",
		"i understand completely, which is why i've marked it as urgent.":  "i've marked it as urgent.",
		"真对不起,今晚一定给您送到。":                                                   "今晚一定给您送到。",
		"我理解您的心情,您放心,包换就是。":                                                "包换就是。",
		"i'm sorry that nobody told you anything.":                         "",
		"three weeks is a long time.":                                      "",
		"i'm sorry.":                                                       "",
	} {
		if got := behindFormula(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	g := newGrounds(newCompany("en", nil), "")
	mild, rest := "i'm so sorry about the noise, and we'll refit them at no charge.", "we'll refit them at no charge."
	l := theLearner()
	if got := l.reads(g, mild); got > l.score(g.features(rest))+behindSlack {
		t.Errorf("the sentence is read as %.2f, what it says behind the formula as %.2f", got, l.score(g.features(rest)))
	}
}

// TestLearnedIsMade holds learned.br against the answers and playbooks that it was made of.
func TestLearnedIsMade(t *testing.T) {
	t.Parallel()
	want := digestOf(append(answersIn(t, "testdata/answers.jsonl"), answersIn(t, "testdata/taught.jsonl")...), library(t))
	if got := theLearner().Made; got != want {
		t.Errorf("learned.br was made of the answers and playbooks %s, today's are %s; run go generate ./bot/llm", got, want)
	}
}
