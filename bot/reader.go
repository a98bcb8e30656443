package bot

import (
	"context"
	"errors"
	"time"

	"coachbot/playbooks/search"
	"coachbot/store"
)

// NewReader prepares an App that reads the store and never speaks to Slack, for the
// command line.
func NewReader(ctx context.Context, o Options) (*App, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	first := Knowledge{Library: o.Library, Engine: o.Engine, Guard: o.Guard, Search: o.Search}
	a := first.in(&core{o: o, first: first, use: inUse{now: first, readers: make(map[*search.Index]int)}, log: o.Log, now: o.Now, store: o.Store})
	var err error
	a.self.Workspace, err = workspaceIn(ctx, o.Store)
	return a, err
}

// workspaceIn is the workspace whose records a store holds, "" for an empty one.
func workspaceIn(ctx context.Context, s store.Store) (string, error) {
	channels, err := s.ChannelList(ctx, "")
	if err != nil || len(channels) > 0 {
		return firstOf(channels, func(c store.Channel) string { return c.Workspace }), err
	}
	teams, err := s.TeamList(ctx, "")
	if err != nil || len(teams) > 0 {
		return firstOf(teams, func(t store.Team) string { return t.Workspace }), err
	}
	found, errFound := "", errors.New("found")
	err = s.CasesOpened(ctx, "", time.Unix(0, 0), time.Now().AddDate(1, 0, 0), func(c store.Case) error {
		found = c.Workspace
		return errFound
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return found, err
}

func firstOf[T any](list []T, name func(T) string) string {
	if len(list) == 0 {
		return ""
	}
	return name(list[0])
}

// Teams are the workspace's teams as they are in force, that of the environment
// first, and then those that were removed.
func (a *App) Teams(ctx context.Context) ([]store.Team, error) {
	list, err := a.teams(ctx)
	if err != nil {
		return nil, err
	}
	kept, err := a.store.TeamList(ctx, a.self.Workspace)
	for _, t := range kept {
		if t.Removed() {
			list = append(list, t)
		}
	}
	return list, err
}
