package llm

import (
	"context"

	"coachbot/bot/coach"
	"coachbot/playbooks"
)

// Advise reads and answers one message as the engine does and lets the service
// improve on it: where the rules are unsure it judges, then it fits the phrases.
// What it cannot do leaves the engine's answer as it is.
func (s *Service) Advise(ctx context.Context, e *coach.Engine, m coach.Message) coach.Advice {
	a := e.Advise(m)
	if len(a.Phrases) == 0 {
		return a
	}
	a = s.Reread(ctx, e, a, m.Text)
	book, ok := e.Playbook(a.Playbooks[0].ID, a.Lang)
	if !ok {
		return a
	}
	phrases, err := s.Suggest(ctx, Case{Text: m.Text, Playbook: book, Advice: a})
	if err != nil {
		return a
	}
	return e.Fit(a, phrases, m.Text)
}

// Reread lets the service judge an advice of which the rules are not sure.
func (s *Service) Reread(ctx context.Context, e *coach.Engine, a coach.Advice, text string) coach.Advice {
	if a.Sure || len(a.Playbooks) < 2 {
		return a
	}
	judged, err := s.Read(ctx, a.Lang, text, offered(e, a))
	if err != nil {
		return a
	}
	a = e.Reread(a, judged.Playbooks, judged.Severity)
	a = e.Compose(a.Lang, a, coach.Position{Playbook: a.Playbooks[0].ID}, text)
	a.Sure = true
	return a
}

func offered(e *coach.Engine, a coach.Advice) (list []playbooks.Playbook) {
	for _, r := range a.Playbooks {
		if p, ok := e.Playbook(r.ID, a.Lang); ok {
			list = append(list, p)
		}
	}
	return list
}
