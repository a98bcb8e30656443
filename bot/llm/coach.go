package llm

import (
	"context"

	"coachbot/bot/coach"
	"coachbot/playbooks"
)

// Advise reads and answers one message as the engine does and lets the service
// improve on it: where the rules are unsure it judges, then it fits the phrases.
// What it cannot do leaves the engine's answer as it is.
func (s *Service) Advise(ctx context.Context, e *coach.Engine, set *playbooks.Set, m coach.Message) coach.Advice {
	a := e.Advise(m)
	if len(a.Phrases) == 0 {
		return a
	}
	if better, ok := s.Reread(ctx, e, set, a, m.Text); ok {
		a = e.Compose(better.Lang, better, coach.Position{Playbook: better.Playbooks[0].ID}, m.Text)
	}
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

// Reread judges a case of which the rules are not sure: the embeddings, where
// there are any, say which playbooks are worth offering, the service which of them
// fits and how severe the case is. ok is false when nothing came of it.
func (s *Service) Reread(ctx context.Context, e *coach.Engine, set *playbooks.Set, a coach.Advice, text string) (better coach.Advice, ok bool) {
	if a.Sure || len(a.Playbooks) < 2 {
		return a, false
	}
	blended := s.blended(ctx, e, set, a, text)
	judged, err := s.Read(ctx, a.Lang, text, offered(e, blended))
	if err != nil {
		return blended, blended.Sure
	}
	better = e.Reread(blended, judged.Playbooks, judged.Severity)
	better.Sure = true
	return better, true
}

func offered(e *coach.Engine, a coach.Advice) (list []playbooks.Playbook) {
	for _, r := range a.Playbooks {
		if p, ok := e.Playbook(r.ID, a.Lang); ok {
			list = append(list, p)
		}
	}
	return list
}
