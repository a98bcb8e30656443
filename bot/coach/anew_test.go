package coach

import (
	"math"
	"slices"
	"testing"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

// After an edit only the languages are trained whose examples changed, and the
// engine is the one that New would have made.
func TestAnewTrainsWhatChanged(t *testing.T) {
	t.Parallel()
	base := fewer(builtin(t), 30)
	g := guard.New()
	before, err := New(base, g)
	if err != nil {
		t.Fatal(err)
	}
	edited := func(change func(*playbooks.Playbook)) *playbooks.Set {
		p, ok := base.ByID("late-delivery", "en")
		if !ok {
			t.Fatal("no late-delivery")
		}
		q := *p
		change(&q)
		return playbooks.Overlay(base, playbooks.NewSet([]playbooks.Playbook{q}))
	}
	rows := readRows[labelled](t, "testdata/cases-dev.jsonl")
	for name, c := range map[string]struct {
		change func(*playbooks.Playbook)
		kept   []string // languages not trained again
	}{
		"a date": {func(q *playbooks.Playbook) { q.Review = q.Review.AddDate(1, 0, 0) }, []string{"en", "zh"}},
		"an example": {func(q *playbooks.Playbook) {
			q.Examples = append(slices.Clone(q.Examples), playbooks.Example{Text: "the drone dropped my parcel into the pond"})
		}, []string{"zh"}},
	} {
		set := edited(c.change)
		spoken, err := before.With(set, g) // as it is used until the training is over
		if err != nil {
			t.Fatal(err)
		}
		after, err := spoken.Anew(set, g)
		if err != nil {
			t.Fatal(err)
		}
		for lang, r := range after.rankers {
			if kept := r.bayes == before.rankers[lang].bayes; kept != slices.Contains(c.kept, lang) {
				t.Errorf("%s: the ranking of %s is kept: %t", name, lang, kept)
			}
		}
		want, err := New(set, g)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			x, y := after.Advise(Message{Text: row.Text}), want.Advise(Message{Text: row.Text})
			if x.Escalation != y.Escalation || x.Severity != y.Severity || !slices.Equal(x.Playbooks, y.Playbooks) || math.Abs(x.Confidence-y.Confidence) > 1e-9 {
				t.Errorf("%s, %s: anew %v %v, new %v %v", name, row.ID, x.Playbooks, x.Severity, y.Playbooks, y.Severity)
			}
		}
	}
}
