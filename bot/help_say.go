package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// sayButtons let an asker who stays unnamed answer in the thread, if there is one.
func (a *App) sayButtons(ctx context.Context, r store.HelpRequest, lang string) []*slack.ButtonBlockElement {
	if !r.Anonymous || a.helpPost(ctx, r).TS == "" {
		return nil
	}
	return blocks.SayButtons(lang, r.ID)
}

// openSay opens the form in which an asker who stays unnamed speaks.
func (a *App) openSay(ctx context.Context, r store.HelpRequest, p press, lang string, reply func(blocks.Message) error) error {
	switch {
	case p.User != r.Asker:
		return reply(blocks.Note(lang, blocks.HelpNotAsker, nil))
	case r.Over():
		return reply(blocks.Note(lang, blocks.HelpOver, nil))
	}
	return a.openModal(ctx, p.Trigger, blocks.SayModal(blocks.State{Lang: lang, Request: r.ID}), reply)
}

// sayFormDone passes on what the asker wrote, in the thread and without a name.
func (a *App) sayFormDone(ctx context.Context, job store.Job, f form) error {
	lang := a.readerLang(ctx, f.User, "")
	sorry := func(n blocks.PeerNote) error {
		return a.whisper(ctx, f.User, "form:"+job.ID, f.State.Request, blocks.Note(lang, n, nil))
	}
	r, err := a.store.HelpRequest(ctx, f.State.Request)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return sorry(blocks.HelpGone)
	case err != nil:
		return err
	case r.Asker != f.User:
		return sorry(blocks.HelpNotAsker)
	case r.Over():
		return sorry(blocks.HelpOver)
	}
	spoke, err := a.inHelpThread(ctx, r, "help-said:"+job.ID, blocks.Passed(r.Lang, f.text(blocks.InputWords)), false)
	if err != nil {
		return err
	}
	if !spoke {
		return sorry(blocks.HelpNoThread)
	}
	return a.helpHeard(ctx, r.ID, a.now())
}
