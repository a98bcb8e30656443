package practice

import (
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"coachbot/store"
)

// again is how long a drill rests after so many right answers in a row. One that was
// missed returns while it is still fresh.
func again(box int) time.Duration {
	day := 24 * time.Hour
	rests := []time.Duration{10 * time.Minute, day, 3 * day, 7 * day, 16 * day, 35 * day, 80 * day}
	return rests[min(box, len(rests)-1)]
}

// ownEach is how often a new drill is from the team's own cases, where there is one:
// those of the playbooks are many more.
const ownEach = 3

// Next chooses a person's next drill: one that is due again, the longest due first;
// else a new one; else the one that comes due first. seed varies the order of new
// ones. ok is false when there are none.
func Next(drills []Drill, known []store.DrillMemory, seed string, now time.Time) (next Drill, ok bool) {
	if len(drills) == 0 {
		return Drill{}, false
	}
	memory := make(map[string]store.DrillMemory, len(known))
	for _, m := range known {
		memory[m.ID] = m
	}
	own := len(known)%ownEach == ownEach-1
	order := slices.Clone(drills)
	slices.SortFunc(order, func(a, b Drill) int {
		ma, seenA := memory[a.ID]
		mb, seenB := memory[b.ID]
		dueA, dueB := seenA && !ma.DueAt.After(now), seenB && !mb.DueAt.After(now)
		switch {
		case dueA != dueB:
			return before(dueA)
		case dueA:
			return ma.DueAt.Compare(mb.DueAt)
		case seenA != seenB:
			return before(!seenA)
		case seenA:
			return ma.DueAt.Compare(mb.DueAt)
		case own && (a.Kind == OwnCase) != (b.Kind == OwnCase):
			return before(a.Kind == OwnCase)
		}
		return strings.Compare(shuffled(seed, a.ID), shuffled(seed, b.ID))
	})
	return order[0], true
}

func before(first bool) int {
	if first {
		return -1
	}
	return 1
}

func shuffled(seed, id string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(seed + "\x00" + id))
	return string(h.Sum(nil))
}

// OfDay is the drill that everybody of a team gets on a day: of a scenario that the
// team met, where there is one.
func OfDay(drills []Drill, met map[string]int, team, date string) (Drill, bool) {
	var near []Drill
	for _, d := range drills {
		if met[d.Scenario] > 0 {
			near = append(near, d)
		}
	}
	if len(near) > 0 {
		drills = near
	}
	return Next(drills, nil, team+date, time.Time{})
}

// Answered is what a person knows after an answer to a drill. answer names it: one that was
// counted already changes nothing.
func Answered(known []store.DrillMemory, d Drill, answer string, right bool, now time.Time) []store.DrillMemory {
	known = slices.Clone(known)
	i := slices.IndexFunc(known, func(m store.DrillMemory) bool { return m.ID == d.ID })
	if i < 0 {
		if len(known) >= store.MaxDrills { // the one best known makes room
			known = slices.Delete(known, best(known), best(known)+1)
		}
		known = append(known, store.DrillMemory{ID: d.ID, Case: d.Case})
		i = len(known) - 1
	}
	m := &known[i]
	if m.Last == answer {
		return known
	}
	m.Last = answer
	if right {
		m.Box++
	} else {
		m.Box = 0
	}
	m.DueAt = now.Add(again(m.Box))
	return known
}

func best(known []store.DrillMemory) (at int) {
	for i, m := range known {
		if m.Box > known[at].Box {
			at = i
		}
	}
	return at
}
