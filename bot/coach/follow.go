package coach

import (
	"regexp"
	"strings"

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

// turn decides what a follow-up is from telling words alone: whether it is a
// difficult case of its own says little within a case. In doubt it is talk among colleagues.
func turn(p Prior, t text, h *hits) Turn {
	w, ok := followTables[t.lang]
	if !ok || !words(t.plain) {
		return TurnColleague
	}
	said := strings.TrimSpace(t.folded)
	grave := h.has("legal") || h.has("danger") || h.has("leave") || h.has("manager") || h.has("rejects") || h.has("review") || h.has("fraud-now")
	hot := grave || h.has("fury") || h.has("abuse") || w.heated.MatchString(w.calmed.ReplaceAllString(said, " "))
	next, asks := w.next.MatchString(said), w.asks.MatchString(said)
	about := w.about.MatchString(said)
	customer, tried := startOf(w.customer, said), startOf(w.tried, said)
	switch {
	case (h.has("calmed") || w.calmed.MatchString(said)) && !w.denied.MatchString(said) && !hot && !asks && !next:
		return TurnCalmed
	case t.quoted != "", p.Author && w.another.MatchString(said):
		return TurnCustomer
	case p.Author && next:
		return TurnTried
	case asks, customer == len(said) && tried == len(said) && w.wonders.MatchString(said), w.others.MatchString(said) && !grave:
		return TurnColleague
	case !p.Author && hot && about && w.lately.MatchString(said):
		return TurnCustomer
	case !p.Author, h.has("colleagues") && !about && customer == len(said):
		return TurnColleague
	case tried < customer, h.has("tried") && customer == len(said) && !h.has("turned"):
		return TurnTried
	case customer < len(said), about, h.has("turned"), hot && !h.has("colleagues"):
		return TurnCustomer
	}
	return TurnColleague
}

// startOf is where an expression first stands in a text, its length when nowhere.
func startOf(x *regexp.Regexp, said string) int {
	if at := x.FindStringIndex(said); at != nil {
		return at[0]
	}
	return len(said)
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
