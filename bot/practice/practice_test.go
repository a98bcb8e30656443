package practice

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

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
			case !wholeSentence(d.Answers[0]) || !wholeSentence(d.Answers[1]):
				t.Errorf("%s %s: the form of an answer gives it away: %q", lang, d.Scenario, d.Answers)
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

func wholeSentence(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return !unicode.IsLower(first) && strings.ContainsRune(".!?…。！？”）)", last)
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
	for _, variant := range p.Steps[playbooks.Empathise] { // words for one kind of customer count as well
		if len(variant.For) > 0 {
			used = playbooks.Fill(variant.Text, "en", nil)
			c.Used = []string{"Hello.", used}
			if own(c) != 1 {
				t.Errorf("a variant makes no drill: %q", used)
			}
			break
		}
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
	known = Answered(known, first, "a0", false, now)
	seen[first.ID] = true
	for i := range 3 {
		now = now.Add(time.Minute)
		d := next()
		if seen[d.ID] {
			t.Fatalf("drill %d came before there was nothing new", i)
		}
		seen[d.ID] = true
		known = Answered(known, d, "a", true, now)
	}
	now = now.Add(10 * time.Minute)
	if d := next(); d.ID != first.ID {
		t.Error("the one that was missed does not return")
	}
	known = Answered(known, first, "a1", true, now)
	again := Answered(known, first, "a1", true, now.Add(time.Hour))
	if m := again[0]; m.Box != 1 || !m.DueAt.Equal(now.Add(24*time.Hour)) {
		t.Errorf("an answer counted twice: %+v", m)
	}
	for box, want := range []time.Duration{24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour} {
		if known[0].Box != box+1 || !known[0].DueAt.Equal(now.Add(want)) {
			t.Errorf("after %d right answers: %+v", box+1, known[0])
		}
		now = known[0].DueAt
		known = Answered(known, first, now.String(), true, now)
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
	known = Answered(known, Drill{ID: "new", Kind: OwnCase, Case: "c1"}, "a", false, now)
	if len(known) != store.MaxDrills || known[len(known)-1].ID != "new" || known[len(known)-1].Case != "c1" {
		t.Errorf("%d memories, the last %+v", len(known), known[len(known)-1])
	}
}

func TestOfDay(t *testing.T) {
	t.Parallel()
	drills := From(library(t), guard.New(), "zh", nil)
	a, _ := OfDay(drills, nil, "S1", "2026-11-25")
	b, _ := OfDay(drills, nil, "S1", "2026-11-25")
	c, _ := OfDay(drills, nil, "S1", "2026-11-26")
	if a.ID != b.ID || a.ID == c.ID {
		t.Errorf("got %s, %s and %s", a.ID, b.ID, c.ID)
	}
}

// The morning's drill is about what the team met, where there is a drill about it.
func TestOfDayIsAboutWhatTheTeamMet(t *testing.T) {
	t.Parallel()
	drills := From(library(t), guard.New(), "en", nil)
	for _, date := range []string{"2026-11-25", "2026-11-26", "2026-11-27"} {
		if d, _ := OfDay(drills, map[string]int{"lost-document": 2, "gone": 1}, "S1", date); d.Scenario != "lost-document" {
			t.Errorf("%s: a drill about %s", date, d.Scenario)
		}
		if _, ok := OfDay(drills, map[string]int{"gone": 1}, "S1", date); !ok {
			t.Errorf("%s: no drill", date)
		}
	}
}

// Nobody is taught to name a feeling while somebody is in danger, or to a prank caller.
func TestFeelingsComeFirstOnlyWhereSomebodyIsUpset(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	for _, lang := range []string{"zh", "en"} {
		severities := map[string]string{}
		for _, p := range set.Scenarios(lang) {
			for _, e := range p.Examples {
				severities[e.Text] = e.Severity
			}
		}
		var danger []store.Case
		for _, id := range []string{"safety-risk", "silent-or-nuisance-call", "late-delivery"} {
			p, _ := set.ByID(id, lang)
			danger = append(danger, store.Case{ID: id, Playbook: id, Lang: lang, Text: "x", Severity: "critical", State: store.CaseCalmed, Used: plain(p.Steps[playbooks.Empathise])[:1]})
		}
		for _, d := range From(set, g, lang, danger) {
			switch {
			case d.Kind == OwnCase:
				t.Errorf("%s: a drill of a critical case of %s", lang, d.Scenario)
			case d.Kind == FirstStep && (d.Scenario == "safety-risk" || d.Scenario == "silent-or-nuisance-call"):
				t.Errorf("%s: feelings first in %s", lang, d.Scenario)
			case d.Kind == FirstStep && severities[d.Customer] != "medium" && severities[d.Customer] != "high":
				t.Errorf("%s: the case of %s is %q: %s", lang, d.Scenario, severities[d.Customer], d.Customer)
			case d.Kind != FirstStep && d.Customer != "":
				t.Errorf("%s: a wording beside a case that it is no answer to: %+v", lang, d)
			}
		}
	}
}

// Every third new drill is one of the team's own cases, as long as there are such.
func TestOwnCasesAreNotLostAmongPlaybooks(t *testing.T) {
	t.Parallel()
	var drills []Drill
	for i := range 300 {
		drills = append(drills, Drill{ID: fmt.Sprint("book", i), Kind: FirstStep})
	}
	for i := range 4 {
		drills = append(drills, Drill{ID: fmt.Sprint("own", i), Kind: OwnCase})
	}
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	var known []store.DrillMemory
	own := 0
	for i := range 12 {
		d, ok := Next(drills, known, "U1", now)
		if !ok {
			t.Fatal("no drill")
		}
		if d.Kind == OwnCase {
			own++
			if i%3 != 2 {
				t.Errorf("drill %d is an own case", i+1)
			}
		}
		known = append(known, store.DrillMemory{ID: d.ID, Box: 1, DueAt: now.AddDate(0, 0, 1)})
	}
	if own != 4 {
		t.Errorf("%d of 12 drills are own cases, want 4", own)
	}
}
