package coach

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"coachbot/playbooks"
)

// Fit puts phrases that were made for a case in place of the playbook's, step
// by step: each takes the place of one of its step, what is left over stays. The
// slots in them are filled from the case, and they pass the guard like any
// phrase; one that does not is left out. With none left the advice is as it was.
func (e *Engine) Fit(a Advice, made []Phrase, caseText string) Advice {
	w := writer{e: e, lang: a.Lang, values: e.slots(clean(caseText))}
	fitted := make(map[string][]Phrase)
	for _, p := range made {
		if text, ok := w.say(p.Text); ok {
			fitted[p.Step] = append(fitted[p.Step], Phrase{p.Step, text, p.Playbook})
		}
	}
	out := a
	out.Phrases = nil
	for i, p := range a.Phrases {
		if i == 0 || a.Phrases[i-1].Step != p.Step {
			out.Phrases = append(out.Phrases, fitted[p.Step]...)
		}
		if nth(a.Phrases, i) >= len(fitted[p.Step]) {
			out.Phrases = append(out.Phrases, p)
		}
		if len(fitted[p.Step]) > 0 {
			out.Source = "llm"
		}
	}
	return out
}

// nth is which phrase of its step the i-th is, from 0.
func nth(list []Phrase, i int) (n int) {
	for _, p := range list[:i] {
		if p.Step == list[i].Step {
			n++
		}
	}
	return n
}

// Reread corrects a reading by another judgement of it: the playbooks named come
// first, the severity moves at most one step down, never below what the
// playbook says of such cases at the least, and never down from critical.
func (e *Engine) Reread(a Advice, order []string, severity string) Advice {
	var ranked []Ranked
	for _, id := range order {
		if i := slices.IndexFunc(a.Playbooks, func(r Ranked) bool { return r.ID == id }); i >= 0 {
			ranked = append(ranked, a.Playbooks[i])
		} else if e.find(id, a.Lang) != nil {
			ranked = append(ranked, Ranked{ID: id})
		}
	}
	for _, r := range a.Playbooks {
		if !slices.ContainsFunc(ranked, func(x Ranked) bool { return x.ID == r.ID }) {
			ranked = append(ranked, r)
		}
	}
	a.Playbooks = ranked[:min(len(ranked), 5)]
	for i := len(a.Playbooks) - 2; i >= 0; i-- { // scores fall with the rank
		a.Playbooks[i].Score = max(a.Playbooks[i].Score, a.Playbooks[i+1].Score)
	}
	a.Severity = e.reconsidered(a, severity)
	return a
}

func (e *Engine) reconsidered(a Advice, judged string) string {
	all := append([]string{"none"}, playbooks.Severities()...)
	was, now := slices.Index(all, a.Severity), slices.Index(all, judged)
	if was <= 0 || now < 0 || a.Severity == "critical" {
		return a.Severity
	}
	now = max(now, was-1, 1)
	if p := e.find(a.Playbooks[0].ID, a.Lang); p != nil {
		now = max(now, slices.Index(all, p.Severity))
	}
	return all[now]
}

// How much embeddings count beside the rankers, and when their common choice is clear.
const (
	nearShare = 0.4
	nearSharp = 1.5  // of the softmax over z-scores
	nearClear = 0.15 // lead of the first over the second
)

// Blend puts the nearness of a message to each scenario (a cosine, by id) beside
// the rankers' scores. The advice is sure when the first is clearly ahead then.
func (e *Engine) Blend(a Advice, near map[string]float64) Advice {
	ids := slices.DeleteFunc(slices.Sorted(maps.Keys(near)), func(id string) bool { return e.find(id, a.Lang) == nil })
	var mean, deviation float64
	for _, id := range ids {
		mean += near[id] / float64(len(ids))
	}
	for _, id := range ids {
		deviation += (near[id] - mean) * (near[id] - mean) / float64(len(ids))
	}
	if deviation = math.Sqrt(deviation); deviation == 0 {
		return a
	}
	var sum float64
	soft := make(map[string]float64)
	for _, id := range ids {
		soft[id] = math.Exp(nearSharp * (near[id] - mean) / deviation)
		sum += soft[id]
	}
	scores := make(map[string]float64)
	for _, id := range ids {
		scores[id] = nearShare * soft[id] / sum
	}
	var shares float64
	for _, r := range a.Playbooks {
		shares += r.Score
	}
	for _, r := range a.Playbooks {
		scores[r.ID] += (1 - nearShare) * r.Score / max(shares, 1e-9)
	}
	var ranked []Ranked
	for _, id := range slices.Sorted(maps.Keys(scores)) {
		ranked = append(ranked, Ranked{id, math.Round(scores[id]*1000) / 1000})
	}
	slices.SortStableFunc(ranked, func(x, y Ranked) int { return cmp.Compare(y.Score, x.Score) })
	a.Playbooks = ranked[:min(len(ranked), 5)]
	a.Sure = len(a.Playbooks) > 1 && a.Playbooks[0].Score-a.Playbooks[1].Score >= nearClear
	return a
}
