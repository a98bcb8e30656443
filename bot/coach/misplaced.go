package coach

import (
	"slices"

	"coachbot/playbooks"
	"coachbot/playbooks/fold"
	"coachbot/playbooks/guard"
)

// Misplaced is an example that is answered with another playbook, and clearly so.
type Misplaced struct {
	ID, Lang string
	Example  playbooks.Example
	Instead  string            // the playbook ranked first
	Words    []string          // of the example that speak for it; may be empty
	Like     playbooks.Example // the example of that playbook most like it
}

// misplacedParts are fewer than HeldOut's: an author waits for lint.
const misplacedParts = 3

// FindMisplaced looks for misplaced examples of the scenarios that own says yes
// to, ranked among all of set: those that are answered elsewhere although the
// ranking has learnt them, and those that it would answer elsewhere without
// having seen them, where an example there is also more like them than any here.
func FindMisplaced(set *playbooks.Set, own func(*playbooks.Playbook) bool) ([]Misplaced, error) {
	g := guard.New()
	none := func(string) *ranker { return nil }
	whole, err := train(set, g, none, true)
	if err != nil {
		return nil, err
	}
	var parts []*Engine
	for part := range misplacedParts {
		e, err := train(without(set, own, part), g, none, true)
		if err != nil {
			return nil, err
		}
		parts = append(parts, e)
	}
	var list []Misplaced
	known := features{}
	for _, p := range set.All() {
		if p.Kind != playbooks.Scenario || !own(p) {
			continue
		}
		for i, x := range p.Examples {
			if m, ok := whole.misplaced(p, x); ok {
				if other, ok := set.ByID(m.Instead, p.Lang); ok { // else read as another language: not this playbook's fault
					m.Like, _ = known.likest(other, p, i)
					list = append(list, m)
				}
				continue
			}
			m, ok := parts[i%misplacedParts].misplaced(p, x)
			other, there := set.ByID(m.Instead, p.Lang)
			if !ok || !there {
				continue
			}
			var like float64
			if m.Like, like = known.likest(other, p, i); like < likeAnother {
				continue
			}
			if _, here := known.likest(p, p, i); here < like {
				list = append(list, m)
			}
		}
	}
	return list, nil
}

// likeAnother is how alike an example elsewhere must be to count as a reason.
const likeAnother = 0.35

func (e *Engine) misplaced(p *playbooks.Playbook, x playbooks.Example) (Misplaced, bool) {
	a := e.Advise(Message{Text: x.Text, Ask: true})
	if len(a.Playbooks) == 0 || !a.Sure || a.Playbooks[0].ID == p.ID {
		return Misplaced{}, false
	}
	return Misplaced{ID: p.ID, Lang: p.Lang, Example: x, Instead: a.Playbooks[0].ID, Words: a.Why}, true
}

// features are those of the examples of playbooks, as far as they were needed.
type features map[*playbooks.Playbook][][]uint32

func (f features) of(p *playbooks.Playbook) [][]uint32 {
	list, ok := f[p]
	if !ok {
		for _, x := range p.Examples {
			all := grams(fold.String(x.Text), p.Lang)
			slices.Sort(all)
			list = append(list, slices.Compact(all))
		}
		f[p] = list
	}
	return list
}

// likest is the example of other most like the i-th of p, and how alike they are, 0 to 1.
func (f features) likest(other, p *playbooks.Playbook, i int) (x playbooks.Example, most float64) {
	mine := f.of(p)[i]
	for j, theirs := range f.of(other) {
		if other == p && i == j {
			continue
		}
		if like := alike(mine, theirs); like > most {
			x, most = other.Examples[j], like
		}
	}
	return x, most
}

// alike is the share of features that two texts have in common. Both are sorted.
func alike(a, b []uint32) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

// without is the set with one part of the examples taken out of the playbooks that own names.
func without(set *playbooks.Set, own func(*playbooks.Playbook) bool, part int) *playbooks.Set {
	var list []playbooks.Playbook
	for _, p := range set.All() {
		q := *p
		if p.Kind == playbooks.Scenario && own(p) {
			q.Examples = nil
			for i, x := range p.Examples {
				if i%misplacedParts != part {
					q.Examples = append(q.Examples, x)
				}
			}
		}
		list = append(list, q)
	}
	return playbooks.NewSet(list)
}
