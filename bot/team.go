package bot

import (
	"cmp"
	"context"
	"slices"
	"time"

	"coachbot/playbooks/traditional"
	"coachbot/store"
)

// What a team does that said nothing else.
const (
	rotateAfter = 5 * time.Minute
	digestAt    = "09:00"
)

// remindAfter is when a request that nobody took is announced again; the last time to the leads.
func remindAfter() []time.Duration {
	return []time.Duration{5 * time.Minute, 15 * time.Minute, 30 * time.Minute}
}

// environmentTeam is the team that the environment describes.
func environmentTeam(o Options, workspace string) store.Team {
	t := o.Team
	t.Workspace, t.ID = workspace, store.EnvironmentTeam
	t.Escalation, t.Leads, t.Lang = o.Channels, o.Leads, o.Locale
	return t
}

// completed fills what was not set for a team in Slack: from the environment,
// of its own team everything, of others language and zone.
func (a *App) completed(t store.Team) store.Team {
	env := environmentTeam(a.o, t.Workspace)
	if t.ID == env.ID {
		for _, name := range t.Cleared { // emptied on purpose
			assign(&env, store.Team{}, name)
		}
		t.Escalation, t.Leads = orList(t.Escalation, env.Escalation), orList(t.Leads, env.Leads)
		t.DutyLeads, t.DigestDays = orList(t.DutyLeads, env.DutyLeads), orList(t.DigestDays, env.DigestDays)
		t.Help, t.Digest, t.DigestAt = cmp.Or(t.Help, env.Help), cmp.Or(t.Digest, env.Digest), cmp.Or(t.DigestAt, env.DigestAt)
		t.Name = cmp.Or(t.Name, env.Name)
	}
	t.Lang, t.Zone = cmp.Or(t.Lang, env.Lang), cmp.Or(t.Zone, env.Zone, "UTC")
	t.DigestAt, t.DigestDays = cmp.Or(t.DigestAt, digestAt), orList(t.DigestDays, store.Days()[:5])
	t.Remind, t.RotateAfter = orList(t.Remind, remindAfter()), cmp.Or(t.RotateAfter, rotateAfter)
	t.DutyLeads = orList(t.DutyLeads, t.Leads)
	return t
}

func orList[T any](list, instead []T) []T {
	if len(list) > 0 {
		return list
	}
	return slices.Clone(instead)
}

// teams are the workspace's teams, that of the environment first, with what was
// set in Slack.
func (a *App) teams(ctx context.Context) ([]store.Team, error) {
	kept, err := a.store.TeamList(ctx, a.self.Workspace)
	if err != nil {
		return nil, err
	}
	list := []store.Team{a.completed(environmentTeam(a.o, a.self.Workspace))}
	for _, t := range kept {
		if t.Removed() {
			continue
		}
		if t.ID == store.EnvironmentTeam {
			list[0] = a.completed(t)
		} else {
			list = append(list, a.completed(t))
		}
	}
	return list, nil
}

// team is the team with an id; that of the environment for an id that is not known (any more).
func (a *App) team(ctx context.Context, id string) (store.Team, error) {
	list, err := a.teams(ctx)
	if err != nil {
		return store.Team{}, err
	}
	if i := slices.IndexFunc(list, func(t store.Team) bool { return t.ID == id }); i > 0 {
		return list[i], nil
	}
	return list[0], nil
}

// teamOf is the team that a channel belongs to: one set up in Slack with it, else
// that of the environment when the channel is watched. ok is false for a channel of no team.
func (a *App) teamOf(ctx context.Context, channel string) (t store.Team, ok bool, err error) {
	list, err := a.teams(ctx)
	if err != nil {
		return store.Team{}, false, err
	}
	for _, t := range append(slices.Clone(list[1:]), list[0]) {
		if t.Has(channel) {
			return t, true, nil
		}
	}
	if m := a.mode(ctx, a.self.Workspace, channel); m != store.WatchUnset && m != store.WatchOff {
		return list[0], true, nil
	}
	return store.Team{}, false, nil
}

// teamFor is the team that a person speaks for in a channel: the channel's, else
// the first one set up in Slack that the person is in, else that of the environment.
func (a *App) teamFor(ctx context.Context, channel, user string) (store.Team, error) {
	t, ok, err := a.teamOf(ctx, channel)
	if err != nil || ok {
		return t, err
	}
	list, err := a.teams(ctx)
	if err != nil {
		return store.Team{}, err
	}
	for _, t := range list[1:] {
		in, err := a.inTeam(ctx, t, user)
		if err != nil || in {
			return t, err
		}
	}
	return list[0], nil
}

// inTeam reports whether a person is in a team: one of its leads, or a colleague (no
// guest, no stranger) in one of its channels. The environment's team with no channels
// of its own is everybody's.
func (a *App) inTeam(ctx context.Context, t store.Team, user string) (bool, error) {
	if slices.Contains(t.Leads, user) || slices.Contains(t.DutyLeads, user) {
		return true, nil
	}
	if who, err := a.whoIs(ctx, user); err != nil || who.guest {
		return false, err
	}
	channels := slices.DeleteFunc(append(slices.Clone(t.Escalation), t.Help), func(c string) bool { return c == "" })
	known := len(channels) > 0
	if t.ID == store.EnvironmentTeam {
		more, err := a.watchedBesides(ctx)
		if err != nil {
			return false, err
		}
		channels = append(channels, more...)
	}
	for _, c := range channels {
		members, err := a.members(ctx, c)
		if refusedWith(err, "channel_not_found", "not_in_channel", "is_archived", "missing_scope") {
			continue
		}
		if err != nil {
			return false, err
		}
		if members[user] {
			return true, nil
		}
	}
	return !known && t.ID == store.EnvironmentTeam, nil
}

// watchedBesides are the channels that somebody had watched and that are in no team's
// settings: they are the environment's team's.
func (a *App) watchedBesides(ctx context.Context) (ids []string, err error) {
	list, err := a.store.ChannelList(ctx, a.self.Workspace)
	if err != nil {
		return nil, err
	}
	teams, err := a.teams(ctx)
	for _, c := range list {
		watched := c.Mode != store.WatchUnset && c.Mode != store.WatchOff
		if watched && !slices.ContainsFunc(teams, func(t store.Team) bool { return t.Has(c.ID) }) {
			ids = append(ids, c.ID)
		}
	}
	return ids, err
}

// isLead reports whether a person leads a team, or is an admin of the bot.
func (a *App) isLead(ctx context.Context, t store.Team, user string) (bool, error) {
	if slices.Contains(t.Leads, user) || slices.Contains(t.DutyLeads, user) || slices.Contains(a.o.Admins, user) {
		return true, nil
	}
	p, err := a.person(ctx, user)
	return p.admin, err
}

// leadsOfTeam are a team's leads; of one without them, the admins of the bot.
func (a *App) leadsOfTeam(t store.Team) []string { return orList(t.Leads, a.o.Admins) }

// teamLang is the language of what a team reads together: its own, else that of the text.
func (a *App) teamLang(t store.Team, text string) string {
	if t.Lang == "zh" || t.Lang == "en" || traditional.Reader(t.Lang) {
		return t.Lang
	}
	if traditional.Is(text) {
		return traditional.Lang
	}
	if hasHan(text) {
		return "zh"
	}
	return "en"
}

// zoneOf is where a team's days begin.
func zoneOf(t store.Team) *time.Location {
	if loc, err := time.LoadLocation(t.Zone); err == nil {
		return loc
	}
	return time.UTC
}
