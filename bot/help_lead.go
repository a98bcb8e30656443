package bot

import (
	"context"
	"errors"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// handedOver plans what follows when a case was given to leads, in their direct messages.
func (a *App) handedOver(ctx context.Context, t store.Team, r store.HelpRequest, leads []string, reply func(blocks.Message) error) error {
	if err := a.planReminders(ctx, t, r, ""); err != nil {
		return err
	}
	lang := a.readerLang(ctx, r.Asker, r.Question)
	return reply(blocks.Note(lang, blocks.HelpHandedOver, blocks.PostedButtons(lang, r.ID)[1:], blocks.People(leads)))
}

// leadsBeside are a team's leads without the one who asks.
func (a *App) leadsBeside(t store.Team, asker string) (list []string) {
	for _, lead := range a.leadsOfTeam(t) {
		if lead != asker {
			list = append(list, lead)
		}
	}
	return list
}

// leadNote is the line that stands before a request which a lead is shown, in the lead's language.
type leadNote func(lang string) string

// callLeads shows a request to each of the team's leads, once for each reason, and
// returns who could be told. Where all of them have left, it is shown to the admins.
func (a *App) callLeads(ctx context.Context, t store.Team, r store.HelpRequest, why string, note leadNote) (told []string, err error) {
	leads, err := a.leadsOrAdmins(ctx, t)
	if err != nil {
		return nil, err
	}
	for _, lead := range leads {
		if lead == r.Asker {
			continue
		}
		before := ""
		if note != nil {
			before = note(a.readerLang(ctx, lead, r.Question))
		}
		_, err := a.showHelp(ctx, r, post{key: personalHelpKey(r.ID, "lead", lead, why)}, lead, blocks.ForLead, before)
		var permanent permanentError
		switch {
		case err == nil:
			told = append(told, lead)
		case errors.As(err, &permanent):
			a.log.Warn("a lead cannot be told of a help request", "cause", err)
		default:
			return told, err
		}
	}
	return told, nil
}
