package coach

import (
	"strings"

	"coachbot/bot/coach/followups"
	"coachbot/playbooks"
)

// FollowUp reads what somebody writes in a case's thread. In doubt it keeps
// quiet: colleagues must be able to talk there.
func (e *Engine) FollowUp(p Prior, m Message) Follow {
	t := clean(m.Text)
	h := e.hitsOf(t)
	m.Lang = e.answerIn(p.Lang, t.lang)
	switch turn(p, t, &h) {
	case TurnCalmed:
		return Follow{Turn: TurnCalmed}
	case TurnTried:
		return e.afterTried(p, m, t)
	case TurnCustomer:
		return e.afterNews(p, m, t)
	}
	return Follow{Turn: TurnColleague}
}

// turn decides what a follow-up is: whether it is a difficult case of its own says
// little within a case. The author's plain questions for what comes next and the
// customer's quoted words are told by words alone, all else by what was learned.
func turn(p Prior, t text, h *hits) Turn {
	w, ok := followTables[t.lang]
	if !ok || !words(t.plain) {
		return TurnColleague
	}
	said := strings.TrimSpace(t.folded)
	learned, ahead := followups.Read(said, p.Author).Best()
	over := learned == string(TurnCalmed)
	switch {
	case over && ahead >= followups.OverFrom:
		return TurnCalmed
	case t.quoted != "": // before the author's question: "what do I do?!" may be the customer's
		return TurnCustomer
	case p.Author && w.next.MatchString(said):
		return TurnTried
	case p.Author && w.another.MatchString(said):
		return TurnCustomer
	case p.Author && h.has("danger") && learned == string(TurnColleague):
		return TurnCustomer
	case over:
		return TurnColleague
	}
	return Turn(learned)
}

// afterTried goes one step on; after the last step it stays and words it anew.
func (e *Engine) afterTried(p Prior, m Message, t text) Follow {
	pos, ok := e.NextStep(p.Position, m.Lang)
	if !ok {
		pos.Variation++
	}
	reading := Advice{ID: m.ID, Lang: m.Lang, Escalation: true, Severity: p.Severity, Emotions: append([]string{}, p.Emotions...),
		Playbooks: []Ranked{{ID: pos.Playbook, Score: 1}}, Source: "playbook", Confidence: 1}
	return Follow{Turn: TurnTried, Advice: e.composeCase(m.Lang, reading, pos, p, t)}
}

// afterNews reads the news with what was known before: the severity never
// falls on news, and the playbook changes only where words weigh more than the
// matter itself, or for a clearly different matter.
func (e *Engine) afterNews(p Prior, m Message, t text) Follow {
	m.Ask = true
	a, r := e.read(t, m)
	a.Escalation, a.Confidence = true, max(a.Confidence, caseFrom)
	if a.Severity == "none" {
		a.Severity = "low"
	}
	own := a.Severity
	worse := rank(a.Severity) > rank(p.Severity)
	if rank(p.Severity) > rank(a.Severity) {
		a.Severity = p.Severity
	}
	if len(a.Emotions) == 0 {
		a.Emotions = append(a.Emotions, p.Emotions...)
	}
	pos, moved := e.NextStep(p.Position, m.Lang)
	if to := e.overriding(&r.hits, m.Lang); to != "" && to != p.Position.Playbook {
		pos = Position{Playbook: to, Step: string(playbooks.Clarify)}
		if worse {
			pos.Step = string(playbooks.Empathise) // a new wound needs words before a plan
		}
	} else if !moved {
		pos.Variation++
	}
	a.Playbooks = first(a.Playbooks, pos.Playbook)
	return Follow{Turn: TurnCustomer, Advice: e.composeCase(m.Lang, a, pos, p, t), Severity: own}
}

// overriding is the scenario whose words outweigh any matter, or "".
func (e *Engine) overriding(h *hits, lang string) string {
	id, most := "", 0.0
	for _, x := range h.found {
		if x.boost > most && e.find(x.scenario, lang) != nil {
			id, most = x.scenario, x.boost
		}
	}
	return id
}

// first puts a playbook at the head of a ranking.
func first(list []Ranked, id string) []Ranked {
	out := []Ranked{{ID: id, Score: 1}}
	for _, r := range list {
		if r.ID == id {
			out[0].Score = r.Score
		} else if len(out) < 5 {
			out = append(out, r)
		}
	}
	if len(out) > 1 && out[0].Score < out[1].Score {
		out[0].Score = out[1].Score
	}
	return out
}

// composeCase fills phrases from the whole case, its opening and its news.
func (e *Engine) composeCase(lang string, a Advice, pos Position, p Prior, news text) Advice {
	whole := clean(p.Text)
	whole.plain = strings.TrimSpace(whole.plain + "\n" + news.plain)
	whole.folded += "\n" + news.folded
	return e.compose(lang, a, pos, whole)
}
