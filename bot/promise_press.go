package bot

import (
	"context"
	"slices"
	"time"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// promisePressed does what a button of a promise asks for. Who may press it is in
// the store: the one who keeps the promise.
func (a *App) promisePressed(ctx context.Context, p press, action string) error {
	lang := a.readerLang(ctx, p.User, "")
	gone := func() error {
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), blocks.Say(lang, blocks.PromiseGone), false)
	}
	pr, mine, err := a.ownPromise(ctx, p.Value, p.User)
	if err != nil {
		return err
	}
	if !mine {
		return gone()
	}
	if action == blocks.ActionPromiseChange {
		if !pr.Owed() {
			return gone()
		}
		return a.changeForm(ctx, p, pr)
	}
	pr, err = a.store.UpdatePromise(ctx, pr.ID, func(pr *store.Promise) error {
		now := a.now()
		switch {
		case action == blocks.ActionPromiseDone && pr.Owed():
			if pr.MissedAt.IsZero() && now.After(pr.DueAt) { // nothing has looked at it since it was due
				pr.MissedAt = now
			}
			pr.State, pr.ClosedAt, pr.UpdatedAt = store.PromiseKept, now, now
		case action == blocks.ActionPromiseDrop && pr.Owed():
			pr.State, pr.ClosedAt, pr.UpdatedAt = store.PromiseDropped, now, now
		case action == blocks.ActionPromiseReopen && !pr.Owed():
			pr.State, pr.ClosedAt, pr.UpdatedAt = store.PromiseOpen, time.Time{}, now
			if !pr.DueAt.After(now) {
				pr.State = store.PromiseMissed
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if pr.Owed() {
		if err := a.planPromise(ctx, pr); err != nil {
			return err
		}
	}
	if !a.standsIn(ctx, p, pr) { // an answer that only its reader sees: replaced where it stands
		note, err := a.promiseNote(ctx, pr, p.User, blocks.PromiseMade)
		if err != nil {
			return err
		}
		if err := a.answer(ctx, p.ResponseURL, p.User, noteKey(p), note.Message(), true); err != nil {
			return err
		}
	}
	return a.refreshPromise(ctx, pr)
}

// standsIn reports whether a press came from one of the posts of a promise.
func (a *App) standsIn(ctx context.Context, p press, pr store.Promise) bool {
	shown, err := a.store.PostAt(ctx, p.Workspace, p.Channel, p.Message)
	return err == nil && slices.Contains(pr.Posts, shown.Key)
}

// changeForm opens the modal with the promise as it is.
func (a *App) changeForm(ctx context.Context, p press, pr store.Promise) error {
	note, err := a.promiseNote(ctx, pr, p.User, blocks.PromiseMade)
	if err != nil {
		return err
	}
	form := blocks.PromiseForm{Lang: note.Lang, State: blocks.State{Promise: pr.ID, Channel: pr.Channel}, What: pr.What, Due: pr.DueAt, Zone: note.Zone, Now: a.now()}
	if note.Case != "" {
		c, err := a.store.Case(ctx, pr.Case)
		if err != nil {
			return err
		}
		form.Cases, form.Case = a.caseChoices([]store.Case{c}, note.Lang), c.ID
	}
	return a.openModal(ctx, p.Trigger, form.Modal(), func(m blocks.Message) error {
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, false)
	})
}

// promiseForCase opens the modal for a promise made in a case. Anybody who sees the
// card may note what was promised; it is theirs to keep.
func (a *App) promiseForCase(ctx context.Context, p press, c store.Case) error {
	team, err := a.teamFor(ctx, c.Channel, p.User)
	if err != nil {
		return err
	}
	scene, err := a.sceneOf(ctx, p.User, team)
	if err != nil {
		return err
	}
	lang := a.inScript(ctx, p.User, c.Lang)
	form := blocks.PromiseForm{Lang: lang, State: blocks.State{Channel: c.Channel, Case: c.ID}, Zone: scene.Zone, Now: scene.Now,
		Cases: a.caseChoices([]store.Case{c}, lang), Case: c.ID}
	return a.openModal(ctx, p.Trigger, form.Modal(), func(m blocks.Message) error {
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, false)
	})
}
