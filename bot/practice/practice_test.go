package practice

import (
	"testing"
	"time"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/store"
)

func library(t *testing.T) *playbooks.Set {
	t.Helper()
	set, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// Every drill has two answers that differ, and the better one passes the guard.
func TestDrills(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	for _, lang := range []string{"zh", "en"} {
		drills := From(set, g, lang, nil)
		if len(drills) < 100 {
			t.Errorf("%s: only %d drills", lang, len(drills))
		}
		kinds, sides := map[Kind]int{}, [2]int{}
		for _, d := range drills {
			kinds[d.Kind]++
			sides[d.Better]++
			switch {
			case d.Answers[0] == d.Answers[1] || d.Answers[0] == "" || d.Answers[1] == "":
				t.Errorf("%s %s: the answers are %q", lang, d.Scenario, d.Answers)
			case len(g.Check(d.Answers[d.Better])) > 0:
				t.Errorf("%s %s: the better answer is forbidden: %q", lang, d.Scenario, d.Answers[d.Better])
			case d.Lang != lang || d.Title == "" || !d.Right(d.Better) || d.Right(1-d.Better):
				t.Errorf("%s %s: %+v", lang, d.Scenario, d)
			}
		}
		if kinds[FirstStep] == 0 || kinds[Wording]+kinds[Forbidden] == 0 {
			t.Errorf("%s: kinds %v", lang, kinds)
		}
		if sides[0]*3 < len(drills) || sides[1]*3 < len(drills) {
			t.Errorf("%s: the better answer stands first %d times, second %d times", lang, sides[0], sides[1])
		}
	}
}

func TestDrillsOfOwnCases(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	p, _ := set.ByID("late-delivery", "en")
	used := plain(p.Steps[playbooks.Empathise])[0]
	c := store.Case{ID: "c", Playbook: "late-delivery", Lang: "en", Text: "Three weeks and no parcel!", State: store.CaseCalmed, Used: []string{used}}
	own := func(c store.Case) (n int) {
		for _, d := range From(set, g, "en", []store.Case{c}) {
			if d.Kind == OwnCase {
				n++
				if d.Customer != c.Text || d.Answers[d.Better] != used {
					t.Errorf("got %+v", d)
				}
			}
		}
		return n
	}
	if own(c) != 1 {
		t.Error("a calmed case makes no drill")
	}
	c.Private = true
	if own(c) != 0 {
		t.Error("a private case makes a drill")
	}
	c.Private, c.State = false, store.CaseUnresolved
	if own(c) != 0 {
		t.Error("a case that was not calmed makes a drill")
	}
}

// What was missed comes back soon, what was known later and later; nothing repeats
// while there is something new.
func TestSpacing(t *testing.T) {
	t.Parallel()
	drills := From(library(t), guard.New(), "en", nil)[:5]
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	var known []store.DrillMemory
	next := func() Drill {
		t.Helper()
		d, ok := Next(drills, known, "U1", now)
		if !ok {
			t.Fatal("no drill")
		}
		return d
	}
	seen := map[string]bool{}
	first := next()
	known = Answered(known, first.ID, "a0", false, now)
	seen[first.ID] = true
	for i := range 3 {
		now = now.Add(time.Minute)
		d := next()
		if seen[d.ID] {
			t.Fatalf("drill %d came before there was nothing new", i)
		}
		seen[d.ID] = true
		known = Answered(known, d.ID, "a", true, now)
	}
	now = now.Add(10 * time.Minute)
	if d := next(); d.ID != first.ID {
		t.Error("the one that was missed does not return")
	}
	known = Answered(known, first.ID, "a1", true, now)
	again := Answered(known, first.ID, "a1", true, now.Add(time.Hour))
	if m := again[0]; m.Box != 1 || !m.DueAt.Equal(now.Add(24*time.Hour)) {
		t.Errorf("an answer counted twice: %+v", m)
	}
	for box, want := range []time.Duration{24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour} {
		if known[0].Box != box+1 || !known[0].DueAt.Equal(now.Add(want)) {
			t.Errorf("after %d right answers: %+v", box+1, known[0])
		}
		now = known[0].DueAt
		known = Answered(known, first.ID, now.String(), true, now)
	}
	if _, ok := Next(nil, nil, "", now); ok {
		t.Error("a drill out of nothing")
	}
}

func TestDrillMemoryIsBounded(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	var known []store.DrillMemory
	for i := range store.MaxDrills {
		known = append(known, store.DrillMemory{ID: time.Duration(i).String(), Box: i % 7, DueAt: now})
	}
	known = Answered(known, "new", "a", false, now)
	if len(known) != store.MaxDrills || known[len(known)-1].ID != "new" {
		t.Errorf("%d memories, the last %+v", len(known), known[len(known)-1])
	}
}

func TestOfDay(t *testing.T) {
	t.Parallel()
	drills := From(library(t), guard.New(), "zh", nil)
	a, _ := OfDay(drills, "S1", "2026-11-25")
	b, _ := OfDay(drills, "S1", "2026-11-25")
	c, _ := OfDay(drills, "S1", "2026-11-26")
	if a.ID != b.ID || a.ID == c.ID {
		t.Errorf("got %s, %s and %s", a.ID, b.ID, c.ID)
	}
}
