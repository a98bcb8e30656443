package bot

import (
	"context"
	"errors"
	"strconv"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/when"
	"coachbot/store"
)

// promiseFault says what is wrong with a promise as it was entered in the modal.
func (a *App) promiseFault(f form) map[string]string {
	faults := blocks.Missing(f.State.Lang, f.text, blocks.InputPromise)
	due, err := strconv.ParseInt(f.text(blocks.InputDue), 10, 64)
	at, wrong := time.Unix(due, 0), when.Clear
	switch {
	case err != nil:
		wrong = when.NoTime
	case !at.After(a.now()):
		wrong = when.Past
	case at.Sub(a.now()) > when.Farthest:
		wrong = when.TooFar
	}
	if wrong != when.Clear {
		faults[blocks.InputDue] = blocks.PromiseFault(f.State.Lang, string(wrong))
	}
	return faults
}

// promiseSubmitted records a promise from the modal, or changes one.
func (a *App) promiseSubmitted(ctx context.Context, f form) error {
	due, err := strconv.ParseInt(f.text(blocks.InputDue), 10, 64)
	if err != nil {
		return permanentError{err}
	}
	if f.State.Promise != "" {
		return a.promiseChanged(ctx, f, time.Unix(due, 0))
	}
	team, err := a.teamFor(ctx, f.State.Channel, f.User)
	if err != nil {
		return err
	}
	scene, err := a.sceneOf(ctx, f.User, team)
	if err != nil {
		return err
	}
	p := store.Promise{ID: idFrom(promisePrefix, "view:"+f.Workspace+"."+f.User+"."+f.View), Workspace: f.Workspace, Team: team.ID, Channel: f.State.Channel,
		Owner: f.User, What: f.text(blocks.InputPromise), Lang: f.State.Lang, Zone: scene.Zone.String(), DueAt: time.Unix(due, 0),
		Case: a.mayLink(ctx, f.User, f.text(blocks.InputCase))}
	p.Kind = string(when.Read(p.What, scene).Kind)
	p, err = a.recordPromise(ctx, p)
	if err != nil {
		return err
	}
	note, err := a.promiseNote(ctx, p, p.Owner, blocks.PromiseMade)
	if err != nil {
		return err
	}
	return a.tellPromise(ctx, p, p.Owner, promiseKey(p, "made", p.Owner), note)
}

// mayLink is the case if the person may link to it: everybody's but others' private ones.
func (a *App) mayLink(ctx context.Context, user, id string) string {
	if id == "" || id == blocks.CaseNone {
		return ""
	}
	if c, err := a.store.Case(ctx, id); err != nil || c.Private && c.Author != user {
		return ""
	}
	return id
}

// promiseChanged gives a promise other words or another time; what was missed is open again.
func (a *App) promiseChanged(ctx context.Context, f form, due time.Time) error {
	p, mine, err := a.ownPromise(ctx, f.State.Promise, f.User)
	if err != nil {
		return err
	}
	gone := func() error {
		_, err := a.tell(ctx, f.User, post{key: "note:" + f.View, kind: "note", message: blocks.Say(f.State.Lang, blocks.PromiseGone)})
		return err
	}
	if !mine || !p.Owed() {
		return gone()
	}
	chosen := f.text(blocks.InputCase)
	link := a.mayLink(ctx, f.User, chosen)
	p, err = a.store.UpdatePromise(ctx, p.ID, func(p *store.Promise) error {
		if p.Owner != f.User || !p.Owed() { // handed over or kept a moment ago
			return store.ErrNotFound
		}
		p.What, p.DueAt, p.UpdatedAt = f.text(blocks.InputPromise), due, a.now()
		if chosen != "" {
			p.Case = link
		}
		if due.After(a.now()) {
			p.State = store.PromiseOpen
		}
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return gone()
	}
	if err != nil {
		return err
	}
	if err := a.planPromise(ctx, p); err != nil {
		return err
	}
	if len(p.Posts) > 0 {
		return a.refreshPromise(ctx, p)
	}
	note, err := a.promiseNote(ctx, p, p.Owner, blocks.PromiseTurned)
	if err != nil {
		return err
	}
	return a.tellPromise(ctx, p, p.Owner, promiseKey(p, "turned", p.Owner), note)
}

// ownPromise is a promise and whether a person may change it: who keeps it may.
func (a *App) ownPromise(ctx context.Context, id, user string) (p store.Promise, mine bool, err error) {
	p, err = a.store.Promise(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return p, false, nil
	}
	return p, err == nil && p.Owner == user, err
}
