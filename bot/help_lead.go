package bot

import (
	"context"
	"errors"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// handedOver gives a case to the leads, in their direct messages.
func (a *App) handedOver(ctx context.Context, t store.Team, r store.HelpRequest, reply func(blocks.Message) error) error {
	if err := a.callLeads(ctx, t, r, "", "handover"); err != nil {
		return err
	}
	if err := a.planReminders(ctx, t, r, ""); err != nil {
		return err
	}
	lang := a.readerLang(ctx, r.Asker, r.Question)
	return reply(blocks.Note(lang, blocks.HelpHandedOver, blocks.PostedButtons(lang, r.ID)[1:], blocks.People(a.leadsOfTeam(t))))
}

// callLeads shows a request to each of the team's leads, once for each reason. A
// lead who cannot be reached is left out, unless nobody can.
func (a *App) callLeads(ctx context.Context, t store.Team, r store.HelpRequest, before, why string) error {
	var missed error
	reached := false
	for _, lead := range a.leadsOfTeam(t) {
		if lead == r.Asker {
			continue
		}
		_, err := a.showHelp(ctx, r, post{key: personalHelpKey(r.ID, "lead", lead, why)}, lead, blocks.ForLead, before)
		var permanent permanentError
		switch {
		case err == nil:
			reached = true
		case errors.As(err, &permanent):
			missed = errors.Join(missed, err)
		default:
			return err
		}
	}
	if !reached {
		return missed
	}
	return nil
}
