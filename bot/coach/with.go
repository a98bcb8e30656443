package coach

import (
	"errors"
	"slices"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

// With is the engine with the words of another set: it ranks as it was trained
// and takes titles, severities and phrases from set. It costs next to nothing,
// so a changed phrase need not wait for the training that New does. A scenario
// that set no longer has is never ranked; one that is new there waits for New.
// It fails when none is left that both know.
func (e *Engine) With(set *playbooks.Set, g *guard.Guard) (*Engine, error) {
	if set == nil || g == nil {
		return nil, errors.New("coach: needs playbooks and a guard")
	}
	other := &Engine{set: set, guard: g, lexica: e.lexica, rankers: make(map[string]*ranker), forms: e.forms}
	for lang, r := range e.rankers {
		if r = r.with(set); r != nil {
			other.rankers[lang] = r
		}
	}
	if len(other.rankers) == 0 {
		return nil, errors.New("coach: none of the scenarios ranked before is left")
	}
	return other, nil
}

// with is the ranker over the scenarios of another set; nil when it knows none of them.
func (r *ranker) with(set *playbooks.Set) *ranker {
	other := *r
	other.playbooks, other.gone = slices.Clone(r.playbooks), make([]bool, len(r.playbooks))
	left := 0
	for c, old := range r.playbooks {
		if p, ok := set.ByID(old.ID, r.lang); ok && p.Kind == playbooks.Scenario {
			other.playbooks[c] = p
			left++
		} else {
			other.gone[c] = true
		}
	}
	if left == 0 {
		return nil
	}
	return &other
}
