package digest

import (
	"cmp"
	"slices"

	"coachbot/store"
)

// PoorPhrase is a phrase that was marked as no help or passed over.
type PoorPhrase struct {
	Playbook, Lang, Step, Phrase string
	Unhelpful, Another, Used     int // how often: no help, other wording asked for, used all the same
}

// PoorCase is a case for which there was no good playbook.
type PoorCase struct {
	Case                                  store.Case
	Unsure, Picked, Unhelpful, Unresolved bool
	Instead                               string // the playbook that somebody picked
}

// worst is how much a phrase wants attention.
func (p PoorPhrase) worst() int { return 3*p.Unhelpful + p.Another - p.Used }

// worst is how much a case wants a better playbook.
func (p PoorCase) worst() (n int) {
	for weight, holds := range map[int]bool{1: p.Unsure, 3: p.Unresolved, 4: p.Picked, 5: p.Unhelpful} {
		if holds {
			n += weight
		}
	}
	return n
}

// Poor lists, worst first, the phrases that did not help and the cases without a
// good playbook. What was asked in private is in neither.
func Poor(cases []store.Case, evidence []store.Evidence) (phrases []PoorPhrase, poor []PoorCase) {
	byID := map[string]*PoorCase{}
	var order []*PoorCase
	for _, c := range cases {
		if c.Private || c.State == store.CaseDeleted || c.State == store.CaseDismissed {
			continue
		}
		p := &PoorCase{Case: c, Unsure: !c.Sure, Unresolved: c.State == store.CaseUnresolved}
		byID[c.ID], order = p, append(order, p)
	}
	type key struct{ playbook, lang, step, phrase string }
	said := map[key]*PoorPhrase{}
	for _, e := range evidence {
		p, ok := byID[e.Case]
		if !ok {
			continue
		}
		switch {
		case e.Kind == "unhelpful":
			p.Unhelpful = true
		case e.Kind == "picked" && e.Instead != e.Playbook:
			p.Picked, p.Instead = true, e.Instead
		}
		if e.Phrase == "" {
			continue
		}
		k := key{e.Playbook, p.Case.Lang, e.Step, e.Phrase}
		s, ok := said[k]
		if !ok {
			s = &PoorPhrase{Playbook: k.playbook, Lang: k.lang, Step: k.step, Phrase: k.phrase}
			said[k] = s
		}
		switch e.Kind {
		case "unhelpful":
			s.Unhelpful++
		case "another":
			s.Another++
		case "used":
			s.Used++
		}
	}
	for _, s := range said {
		if s.Unhelpful > 0 || s.worst() > 1 {
			phrases = append(phrases, *s)
		}
	}
	slices.SortFunc(phrases, func(a, b PoorPhrase) int {
		return cmp.Or(cmp.Compare(b.worst(), a.worst()), cmp.Compare(a.Playbook, b.Playbook), cmp.Compare(a.Phrase, b.Phrase))
	})
	for _, p := range order {
		if p.worst() > 2 { // being unsure alone is no fault of a playbook
			poor = append(poor, *p)
		}
	}
	slices.SortStableFunc(poor, func(a, b PoorCase) int { return cmp.Compare(b.worst(), a.worst()) })
	return phrases, poor
}
