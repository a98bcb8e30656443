package coach

import (
	"cmp"
	"errors"
	"slices"
	"sync"

	"coachbot/playbooks"
)

// HeldOutResult says how well one language ranks examples it was not trained on.
type HeldOutResult struct {
	Lang     string
	Folds    int // the examples were held out in this many parts, each in turn
	Examples int // of scenarios
	// Of the scenarios' examples, the shares from 0 to 1 for which the own playbook
	// came first and among the first three, and the mean of one over its place.
	Hit1, Hit3, MRR float64
	Found           float64 // share of them read as a difficult case
	None            int     // examples of messages that need no answer
	Quiet           float64 // share of them kept quiet on; 1 without any
	// Confusions are the most frequent mistakes, the most frequent first.
	Confusions []Confusion
}

// Confusion is a scenario whose examples another one took.
type Confusion struct {
	Want, Got string
	Count     int
}

// DefaultFolds is how many parts HeldOut makes when asked for none.
const DefaultFolds = 10

// maxConfusions keeps the list to what one can act on.
const maxConfusions = 10

// HeldOut trains anew for each of folds parts of the examples, without that
// part, and ranks it. A language without scenarios has no result. Figures from
// one's own examples are kinder than life; they serve to compare.
func HeldOut(set *playbooks.Set, folds int) ([]HeldOutResult, error) {
	if folds < 2 {
		folds = DefaultFolds
	}
	lexica, err := readLexica()
	if err != nil {
		return nil, err
	}
	results := make([]*HeldOutResult, len(set.Languages()))
	failed := make([]error, len(results))
	var all sync.WaitGroup
	for i, lang := range set.Languages() {
		all.Go(func() { results[i], failed[i] = heldOut(set, lang, folds, lexica) })
	}
	all.Wait()
	var list []HeldOutResult
	for _, r := range results {
		if r != nil {
			list = append(list, *r)
		}
	}
	return list, errors.Join(failed...)
}

func heldOut(set *playbooks.Set, lang string, folds int, lexica map[string]*lexicon) (*HeldOutResult, error) {
	all, err := untrained(set, lang)
	if all == nil || err != nil {
		return nil, err
	}
	samples := all.samples()
	out := &HeldOutResult{Lang: lang, Folds: folds}
	mistakes := make(map[Confusion]int)
	var quiet, found int
	for fold := range folds {
		r, err := untrained(set, lang)
		if err != nil {
			return nil, err
		}
		var rest []sample
		for i, s := range samples {
			if i%folds != fold {
				rest = append(rest, s)
			}
		}
		r.train(rest, lexica)
		for i := fold; i < len(samples); i += folds {
			s := samples[i]
			h := hitsIn(lexica, s.text)
			k := r.rank(s.text, &h, nil)
			isCase := confidence(s.text, &h, r, k) >= caseFrom
			if s.class == r.none {
				out.None++
				if !isCase {
					quiet++
				}
				continue
			}
			if isCase {
				found++
			}
			out.count(r, s.class, k, mistakes)
		}
	}
	out.finish(quiet, found, mistakes)
	return out, nil
}

func (out *HeldOutResult) count(r *ranker, want int, k ranking, mistakes map[Confusion]int) {
	place := slices.IndexFunc(k.best, func(s scored) bool { return s.class == want })
	out.Examples++
	out.MRR += 1 / float64(place+1)
	if place < 3 {
		out.Hit3++
	}
	if place == 0 {
		out.Hit1++
		return
	}
	mistakes[Confusion{Want: r.playbooks[want].ID, Got: r.playbooks[k.best[0].class].ID}]++
}

func (out *HeldOutResult) finish(quiet, found int, mistakes map[Confusion]int) {
	if n := float64(out.Examples); n > 0 {
		out.Hit1, out.Hit3, out.MRR, out.Found = out.Hit1/n, out.Hit3/n, out.MRR/n, float64(found)/n
	}
	out.Quiet = 1
	if out.None > 0 {
		out.Quiet = float64(quiet) / float64(out.None)
	}
	for c, n := range mistakes {
		c.Count = n
		out.Confusions = append(out.Confusions, c)
	}
	slices.SortFunc(out.Confusions, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Want, b.Want), cmp.Compare(a.Got, b.Got))
	})
	out.Confusions = out.Confusions[:min(len(out.Confusions), maxConfusions)]
}
