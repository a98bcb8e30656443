package knowledge

import (
	"cmp"
	"math"
	"slices"
	"time"

	"coachbot/store"
)

// Search returns the cards that have words of the query in them, best first, at most max.
func Search(cards []store.KnowledgeCard, query string, max int) []store.KnowledgeCard {
	asked := featuresOf(query)
	known := make([]features, len(cards))
	in := map[string]int{} // in how many cards a word stands
	for i, k := range cards {
		known[i] = featuresOf(k.Situation + "\n" + k.Words + "\n" + k.Result)
		for word := range known[i] {
			in[word]++
		}
	}
	type hit struct {
		card  store.KnowledgeCard
		score float64
	}
	var hits []hit
	for i, k := range cards {
		score := 0.0
		for word := range asked {
			if known[i][word] > 0 {
				score += math.Log(1 + float64(len(cards))/float64(in[word]))
			}
		}
		if k.Scenario != "" && k.Scenario == query {
			score += 10
		}
		if score > 0 {
			hits = append(hits, hit{k, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), b.card.UpdatedAt.Compare(a.card.UpdatedAt), cmp.Compare(a.card.ID, b.card.ID))
	})
	var out []store.KnowledgeCard
	for _, h := range hits[:min(max, len(hits))] {
		out = append(out, h.card)
	}
	return out
}

// enough is how alike a situation must be to be shown unasked under a suggestion.
const enough = 0.12

// Fitting returns the card that fits a case best: in its language, live, not due
// for review, of a customer who calmed as far as is known, and alike enough. Of two as alike the newer one.
func Fitting(cards []store.KnowledgeCard, situation, lang string, now time.Time) (best store.KnowledgeCard, ok bool) {
	asked, score := featuresOf(situation), 0.0
	for _, k := range cards {
		if k.State != store.CardLive || k.Result == "no" || k.Lang != lang || !k.ReviewAt.IsZero() && now.After(k.ReviewAt) {
			continue
		}
		s := alike(asked, featuresOf(k.Situation))
		if s >= enough && (s > score || s == score && k.UpdatedAt.After(best.UpdatedAt)) {
			best, score, ok = k, s, true
		}
	}
	return best, ok
}
