package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// opened is that somebody opened the Home tab.
type opened struct {
	Workspace string `json:"workspace"`
	User      string `json:"user"`
	Changed   bool   `json:"changed,omitempty"` // it was not opened: something on it changed
}

// homeOpened publishes a person's Home tab.
func (a *App) homeOpened(ctx context.Context, o opened) error { return a.publishHome(ctx, o) }

// homeChanged publishes a person's Home tab again. An app without one is no fault.
func (a *App) homeChanged(ctx context.Context, user string) error {
	err := a.homeOpened(ctx, opened{Workspace: a.self.Workspace, User: user, Changed: true})
	var permanent permanentError
	if errors.As(err, &permanent) {
		a.log.Warn("a Home tab cannot be published", "cause", err)
		return nil
	}
	return err
}

// home is what a person's Home tab shows: questions and claims that are open, the
// weightiest first,
// and how often the person was thanked, counted for that person alone.
func (a *App) home(ctx context.Context, user string) (blocks.Home, error) {
	v := blocks.Home{Lang: a.readerLang(ctx, user, "")}
	now := a.now().Add(time.Minute)
	err := a.store.HelpRequestsHelped(ctx, a.self.Workspace, user, time.Unix(0, 0), now, func(h store.HelpRequest) error {
		if !h.ThankedAt.IsZero() {
			v.Thanks++
		}
		if h.State == store.HelpClaimed {
			v.On = append(v.On, blocks.Linked{Request: h})
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	err = a.store.HelpRequestsAsked(ctx, a.self.Workspace, user, time.Unix(0, 0), now, func(h store.HelpRequest) error {
		if !h.Over() {
			v.Asked = append(v.Asked, blocks.Linked{Request: h})
		}
		return nil
	})
	for _, list := range [][]blocks.Linked{v.On, v.Asked} {
		slices.SortStableFunc(list, func(x, y blocks.Linked) int { return cmp.Compare(y.Request.Priority, x.Request.Priority) })
		for i := range list[:min(len(list), 10)] {
			list[i].Link = a.helpLink(ctx, list[i].Request)
		}
	}
	if err != nil {
		return v, err
	}
	return v, a.homeParts(ctx, user, &v)
}
