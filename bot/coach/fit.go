package coach

import (
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
