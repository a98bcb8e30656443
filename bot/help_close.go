package bot

import (
	"context"
	"errors"
	"strings"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// maySettle reports whether a person may close a request: who is on it, who asked, a lead.
func (a *App) maySettle(ctx context.Context, r store.HelpRequest, user string) (bool, error) {
	if user == r.Helper || user == r.Asker {
		return true, nil
	}
	t, err := a.team(ctx, r.Team)
	if err != nil {
		return false, err
	}
	return a.isLead(ctx, t, user)
}

// askOutcome opens the form that closes a request.
func (a *App) askOutcome(ctx context.Context, r store.HelpRequest, p press, reply func(blocks.Message) error) error {
	lang := a.readerLang(ctx, p.User, "")
	may, err := a.maySettle(ctx, r, p.User)
	switch {
	case err != nil:
		return err
	case r.Over():
		return reply(blocks.Note(lang, blocks.HelpOver, nil))
	case !may:
		return reply(blocks.Note(lang, blocks.HelpNotYours, nil))
	}
	return a.openModal(ctx, p.Trigger, blocks.ResolveModal(blocks.State{Lang: lang, Request: r.ID}, p.User == r.Helper), reply)
}

// resolveFormDone closes a request, keeps what worked if that is allowed, and tells the asker.
func (a *App) resolveFormDone(ctx context.Context, job store.Job, f form) error {
	lang := a.readerLang(ctx, f.User, "")
	note := func(n blocks.PeerNote) error {
		return a.whisper(ctx, f.User, "form:"+job.ID, f.State.Request, blocks.Note(lang, n, nil))
	}
	r, err := a.store.HelpRequest(ctx, f.State.Request)
	if errors.Is(err, store.ErrNotFound) {
		return note(blocks.HelpGone)
	}
	if err != nil {
		return err
	}
	may, err := a.maySettle(ctx, r, f.User)
	if err != nil {
		return err
	}
	if !may {
		return note(blocks.HelpNotYours)
	}
	card := ""
	if f.ticked(blocks.InputKeep, blocks.KeepCard) && f.text(blocks.InputWorked) != "" {
		card = idFrom(cardPrefix, r.ID)
	}
	closed, now := false, a.now()
	r, err = a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		if closed = !h.Over(); !closed {
			closed = h.State == store.HelpResolved && h.Card == card && h.Worked == f.text(blocks.InputWorked) // done before, not to its end
			return nil
		}
		h.State, h.Waiting, h.ClosedAt, h.UpdatedAt = store.HelpResolved, "", now, now
		h.Worked, h.Calmed, h.Card = f.text(blocks.InputWorked), f.text(blocks.InputCalmed), card
		h.NameHelper = h.Helper == f.User && f.ticked(blocks.InputKeep, blocks.KeepName)
		return nil
	})
	if err != nil {
		return err
	}
	if !closed {
		return note(blocks.HelpOver)
	}
	if card != "" {
		_, err := a.keep(ctx, store.KnowledgeCard{ID: card, Team: r.Team, Scenario: r.Scenario, Situation: r.Question, Words: r.Worked,
			Result: r.Calmed, Author: f.User, Named: r.NameHelper, Request: r.ID, Source: sourceOf(r)})
		if err != nil {
			return err
		}
	}
	return errors.Join(a.refreshHelp(ctx, r.ID), a.tellSolved(ctx, r, f.User), a.draftLater(ctx, r, f.User))
}

// sourceOf is the address that a card made of a request shows: none where the message
// would tell who asked without a name.
func sourceOf(r store.HelpRequest) string {
	if r.Anonymous {
		return ""
	}
	return r.Link
}

// tellSolved tells the asker that somebody closed the request, with a button to say thanks.
func (a *App) tellSolved(ctx context.Context, r store.HelpRequest, by string) error {
	if by == r.Asker || r.Helper == "" {
		return nil
	}
	lang := a.readerLang(ctx, r.Asker, r.Question)
	m := blocks.Note(lang, blocks.HelpSolved, blocks.ThankButtons(lang, r.ID), mentionOf(r.Helper), a.helpLink(ctx, r))
	return a.whisper(ctx, r.Asker, "help-solved:"+r.ID, r.ID, m)
}

// wordsFault says why words cannot stand on a card that colleagues will say, "" when they can.
func (a *App) wordsFault(lang, words string) string {
	found := a.guard.Check(words)
	if len(found) == 0 {
		return ""
	}
	instead := ""
	if len(found[0].SayInstead) > 0 {
		instead = found[0].SayInstead[0]
	}
	return blocks.ForbiddenWords(lang, strings.TrimSpace(found[0].Text), instead)
}
