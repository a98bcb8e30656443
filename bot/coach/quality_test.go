package coach

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

type labelled struct {
	ID         string   `json:"id"`
	Lang       string   `json:"lang"`
	Text       string   `json:"text"`
	Labels     []string `json:"labels"`
	Escalation bool     `json:"escalation"`
	Severity   string   `json:"severity"`
	Form       string   `json:"form"`
}

func labelledCases(t testing.TB) []labelled {
	t.Helper()
	f, err := os.Open("testdata/cases-dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []labelled
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var row labelled
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// tally counts one group of rows: a language, a form or all.
type tally struct {
	cases, hit1, hit3              int
	mrr                            float64
	right, missed, falsely, silent int
	exact, within, graveAsLow      int
	sure, sureHit                  int
}

func (q *tally) add(row labelled, ask, got Advice) {
	if row.Escalation {
		q.cases++
		place := slices.IndexFunc(ask.Playbooks, func(r Ranked) bool { return slices.Contains(row.Labels, r.ID) })
		if place == 0 {
			q.hit1++
		}
		if place >= 0 && place < 3 {
			q.hit3++
		}
		if place >= 0 {
			q.mrr += 1 / float64(place+1)
		}
		if ask.Sure {
			q.sure++
			if place == 0 {
				q.sureHit++
			}
		}
	}
	switch {
	case row.Escalation && got.Escalation:
		q.right++
	case row.Escalation:
		q.missed++
	case got.Escalation:
		q.falsely++
	default:
		q.silent++
	}
	away := rank(got.Severity) - rank(row.Severity)
	if away == 0 {
		q.exact++
	}
	if away >= -1 && away <= 1 {
		q.within++
	}
	if row.Severity == "critical" && rank(got.Severity) <= 1 {
		q.graveAsLow++
	}
}

func share1(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

func (q *tally) rows() int            { return q.right + q.missed + q.falsely + q.silent }
func (q *tally) f1() float64          { return share1(2*q.right, 2*q.right+q.missed+q.falsely) }
func (q *tally) specificity() float64 { return share1(q.silent, q.silent+q.falsely) }

func (q *tally) log(t *testing.T, name string) {
	t.Logf("%-9s n %3d | hit@1 %.3f hit@3 %.3f MRR %.3f sure %.2f right %.3f | case P %.3f R %.3f F1 %.3f spec %.3f | severity exact %.3f within one %.3f critical as low %d",
		name, q.rows(), share1(q.hit1, q.cases), share1(q.hit3, q.cases), q.mrr/max(float64(q.cases), 1), share1(q.sure, q.cases), share1(q.sureHit, q.sure),
		share1(q.right, q.right+q.falsely), share1(q.right, q.right+q.missed), q.f1(), q.specificity(),
		share1(q.exact, q.rows()), share1(q.within, q.rows()), q.graveAsLow)
}

// TestQuality prints how well the built-in library answers labelled rows, which
// nothing was trained on, and holds the figures a bit under what they were.
// COACH_QUALITY_ROWS=1 lists every row read otherwise than labelled.
func TestQuality(t *testing.T) {
	t.Parallel()
	by := measure(t, builtin(t))
	for name, floor := range map[string]struct{ hit1, hit3, f1, specificity, within float64 }{
		"all": {0.72, 0.84, 0.92, 0.82, 0.88},
		"en":  {0.67, 0.80, 0.91, 0.80, 0.87},
		"zh":  {0.74, 0.86, 0.91, 0.80, 0.87},
	} {
		q := by[name]
		for _, f := range []struct {
			what      string
			got, want float64
		}{
			{"hit@1", share1(q.hit1, q.cases), floor.hit1},
			{"hit@3", share1(q.hit3, q.cases), floor.hit3},
			{"F1 of difficult cases", q.f1(), floor.f1},
			{"specificity", q.specificity(), floor.specificity},
			{"severity within one", share1(q.within, q.rows()), floor.within},
		} {
			if f.got < f.want {
				t.Errorf("%s: %s is %.3f, was at least %.3f", name, f.what, f.got, f.want)
			}
		}
	}
}

func measure(t *testing.T, set *playbooks.Set) map[string]*tally {
	t.Helper()
	e, err := New(set, guard.New())
	if err != nil {
		t.Fatal(err)
	}
	by := make(map[string]*tally)
	var names []string
	for _, row := range labelledCases(t) {
		ask, got := e.Advise(Message{Text: row.Text, Ask: true}), e.Advise(Message{Text: row.Text})
		for _, group := range []string{"all", row.Lang, row.Form, row.Lang + " " + row.Form} {
			if by[group] == nil {
				by[group] = &tally{}
				names = append(names, group)
			}
			by[group].add(row, ask, got)
		}
		if os.Getenv("COACH_QUALITY_ROWS") != "" {
			top := ""
			for _, r := range ask.Playbooks[:min(3, len(ask.Playbooks))] {
				top += r.ID + " "
			}
			hit := len(row.Labels) == 0 || len(ask.Playbooks) > 0 && slices.Contains(row.Labels, ask.Playbooks[0].ID)
			if !hit || row.Escalation != got.Escalation || row.Severity != got.Severity {
				t.Logf("%s %v→%v %s→%s %v → %s p=%.2f %v", row.ID, row.Escalation, got.Escalation, row.Severity, got.Severity, row.Labels, top, got.Confidence, ask.Why)
			}
		}
	}
	slices.Sort(names)
	for _, name := range names {
		by[name].log(t, name)
	}
	return by
}
