package coach

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

// followRow is one labelled message in the thread of a case: testdata/followups-*.jsonl.
// The fresh and the unseen ones were not learned from, nor was anything mended by them.
type followRow struct {
	ID     string
	Lang   string
	Author bool // by the agent who opened the case
	Turn   Turn
	Text   string
}

func followRows(t *testing.T, half string) (list []followRow) {
	t.Helper()
	f, err := os.Open("testdata/followups-" + half + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var r followRow
		if err := json.Unmarshal(s.Bytes(), &r); err != nil {
			t.Fatalf("%s: %v", half, err)
		}
		list = append(list, r)
	}
	return list
}

// f1 is the harmonic mean of precision and recall.
func f1(hit, missed, wrong int) float64 { return 2 * float64(hit) / float64(2*hit+missed+wrong) }

// TestQualityOfFollowUps reads labelled messages of threads: which move the card, and how.
func TestQualityOfFollowUps(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	priors := map[string]Prior{
		"en": {Lang: "en", Severity: "medium", Text: "Customer: my parcel is late", Position: Position{Playbook: "late-delivery", Step: "empathise"}},
		"zh": {Lang: "zh", Severity: "medium", Text: "客户说：快递一直没到", Position: Position{Playbook: "late-delivery", Step: "empathise"}},
	}
	floors := map[string]struct{ moves, macro float64 }{"fresh": {0.9, 0.85}, "unseen": {0.82, 0.8}}
	for _, half := range []string{"fresh", "unseen"} {
		for _, lang := range []string{"en", "zh", ""} {
			got := map[Turn]map[Turn]int{}
			for _, r := range followRows(t, half) {
				if lang != "" && r.Lang != lang {
					continue
				}
				p := priors[r.Lang]
				p.Author = r.Author
				turn := e.FollowUp(p, Message{Text: r.Text}).Turn
				if got[r.Turn] == nil {
					got[r.Turn] = map[Turn]int{}
				}
				got[r.Turn][turn]++
				if turn != r.Turn && lang != "" && os.Getenv("COACH_QUALITY_ROWS") != "" {
					t.Logf("%s: %s, labelled %s: %q", r.ID, turn, r.Turn, r.Text)
				}
			}
			macro, moves := followFigures(got)
			t.Logf("%s %s: F1 of what moves the card %.3f, mean F1 of the four turns %.3f", half, lang, moves, macro)
			if floor := floors[half]; moves < floor.moves || macro < floor.macro {
				t.Errorf("%s %s: below its floor", half, lang)
			}
		}
	}
}

// followFigures are the mean F1 of the four turns and the F1 of "the card moves".
func followFigures(got map[Turn]map[Turn]int) (macro, moves float64) {
	turns := []Turn{TurnColleague, TurnCustomer, TurnTried, TurnCalmed}
	move := map[Turn]bool{TurnCustomer: true, TurnTried: true}
	var hit, missed, wrong int
	for _, want := range turns {
		h, m, w := 0, 0, 0
		for _, other := range turns {
			switch n := got[want][other]; {
			case other == want:
				h += n
			default:
				m += n
				w += got[other][want]
			}
			switch n := got[want][other]; {
			case move[want] && move[other]:
				hit += n
			case move[want]:
				missed += n
			case move[other]:
				wrong += n
			}
		}
		macro += f1(h, m, w) / float64(len(turns))
	}
	return macro, f1(hit, missed, wrong)
}
