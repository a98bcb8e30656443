package bot

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// newTeam is the word that asks for the settings of a further team.
const newTeam = "new"

// setupAsked reports whether words ask for a team's settings by its name or id, or for
// a new team; any other words after setup are a customer's.
func (a *App) setupAsked(ctx context.Context, text string) (which string, ok bool, err error) {
	first, rest := firstWord(text)
	if v, _ := verbOf(first); v != verbSetup || rest == "" {
		return "", false, nil
	}
	if slices.Contains([]string{newTeam, "新建", "新建团队", "新"}, strings.ToLower(rest)) {
		return newTeam, true, nil
	}
	teams, err := a.teams(ctx)
	for _, t := range teams {
		if strings.EqualFold(t.Name, rest) || t.ID == rest {
			return t.ID, true, nil
		}
	}
	return "", false, err
}

// noSuchTeam answers an admin who asks for a team by a name that none has. More words
// than a name has are a customer's.
func (a *App) noSuchTeam(ctx context.Context, c command, lang string) (m blocks.Message, ok bool, err error) {
	first, rest, _ := strings.Cut(strings.TrimSpace(c.Text), " ")
	rest = strings.TrimSpace(rest)
	if v, _ := verbOf(first); v != verbSetup || rest == "" || len(strings.Fields(rest)) > 2 || utf8.RuneCountInString(rest) > 20 {
		return m, false, nil
	}
	if admin, err := a.isAdmin(ctx, c.User); err != nil || !admin {
		return m, false, err
	}
	teams, err := a.teams(ctx)
	if err != nil {
		return m, false, err
	}
	var names []string
	for _, t := range teams {
		names = append(names, cmp.Or(t.Name, t.ID))
	}
	return blocks.Say(lang, blocks.TeamUnknown, blocks.Quoted(rest), blocks.Quoted(strings.Join(names, " · "))), true, nil
}

// setupTeam is the team whose settings are asked for: the one with that id, else the
// channel's; ok is false for a new one.
func (a *App) setupTeam(ctx context.Context, c command, which string) (t store.Team, ok bool, err error) {
	switch which {
	case newTeam:
		return store.Team{}, false, nil
	case "":
		return a.teamOf(ctx, c.Channel)
	}
	t, err = a.team(ctx, which)
	return t, err == nil, err
}

// setupCommand opens a team's settings for an admin: those of the team that is named or
// the channel's team, else of a new one, with this channel if it is nobody's.
func (a *App) setupCommand(ctx context.Context, c command, which, lang string, reply func(blocks.Message) error) error {
	admin, err := a.isAdmin(ctx, c.User)
	if err != nil {
		return err
	}
	if !admin {
		return reply(blocks.Say(lang, blocks.AdminsOnly))
	}
	t, ok, err := a.setupTeam(ctx, c, which)
	if err != nil {
		return err
	}
	form := blocks.TeamForm{Lang: lang, State: blocks.State{Channel: c.Channel, Team: t.ID}, Team: t, Heir: blocks.TeamName(lang)}
	if heir, err := a.team(ctx, store.EnvironmentTeam); err == nil && heir.Name != "" {
		form.Heir = heir.Name
	}
	if !ok {
		form.New = true
		form.Team = a.completed(store.Team{Workspace: a.self.Workspace, DigestAt: "09:00", DigestDays: store.Days()[:5]})
		_, taken, err := a.teamOf(ctx, c.Channel)
		if err != nil {
			return err
		}
		if !taken && (strings.HasPrefix(c.Channel, "C") || strings.HasPrefix(c.Channel, "G")) {
			form.Team.Escalation = []string{c.Channel}
		}
	}
	form.Team = unsaid(form.Team)
	return a.openModal(ctx, c.Trigger, form.Modal(), reply)
}

// unsaid leaves out what stands in for settings that were not made, so that saving
// the form does not make them.
func unsaid(t store.Team) store.Team {
	if slices.Equal(t.DutyLeads, t.Leads) {
		t.DutyLeads = nil
	}
	if t.RotateAfter == rotateAfter {
		t.RotateAfter = 0
	}
	return t
}

// isAdmin reports whether a person is an admin of the bot.
func (a *App) isAdmin(ctx context.Context, user string) (bool, error) {
	if slices.Contains(a.o.Admins, user) {
		return true, nil
	}
	p, err := a.person(ctx, user)
	return p.admin, err
}

// setupFaults says, by input, what must be mended before settings are taken in.
func (a *App) setupFaults(ctx context.Context, f form) map[string]string {
	faults := map[string]string{}
	_, bad := settingsOf(f, store.Team{})
	for input, wrong := range bad {
		faults[input] = blocks.SetupFault(f.State.Lang, wrong.code, wrong.value)
	}
	taken, err := a.takenFrom(ctx, f, f.State.Team)
	if err != nil {
		a.log.Error("the teams cannot be read", "cause", err)
	}
	maps.Copy(faults, taken)
	return faults
}

// takenFrom says, by input, what another team than the one with that id has already.
func (a *App) takenFrom(ctx context.Context, f form, id string) (map[string]string, error) {
	faults := map[string]string{}
	teams, err := a.teams(ctx)
	for _, t := range teams {
		if t.ID == id {
			continue
		}
		if name := f.text(blocks.InputName); name != "" && strings.EqualFold(t.Name, name) {
			faults[blocks.InputName] = blocks.SetupFault(f.State.Lang, "named", t.Name)
		}
		for _, input := range []string{blocks.InputEscalation, blocks.InputHelp, blocks.InputDigest} {
			if slices.ContainsFunc(f.Fields[input], t.Has) {
				faults[input] = blocks.SetupFault(f.State.Lang, "taken", cmp.Or(t.Name, blocks.TeamName(f.State.Lang)))
			}
		}
	}
	return faults, err
}

// setupSubmitted keeps the settings: they apply at once, and who changed what is recorded.
func (a *App) setupSubmitted(ctx context.Context, job store.Job, f form) error {
	lang := f.State.Lang
	admin, err := a.isAdmin(ctx, f.User)
	if err != nil {
		return err
	}
	tell := func(m blocks.Message) error {
		_, err := a.tell(ctx, f.User, post{key: job.ID + ":note", kind: "note", message: m})
		return err
	}
	if !admin {
		return tell(blocks.Say(lang, blocks.AdminsOnly))
	}
	t, changed, taken, err := a.saveTeam(ctx, job, f)
	switch {
	case errors.Is(err, errGone):
		return tell(blocks.Say(lang, blocks.TeamGone))
	case errors.Is(err, errTaken):
		return tell(blocks.TeamUnsaved(lang, f.text(blocks.InputName), taken))
	case err != nil:
		return err
	}
	if err := a.planDigests(ctx); err != nil {
		return err
	}
	if err := errors.Join(a.teamHomes(ctx, t.ID, f.User), a.adminHomes(ctx)); err != nil {
		return err
	}
	absent, err := a.absentFrom(ctx, t)
	if err != nil {
		return err
	}
	return tell(blocks.TeamSaved(lang, cmp.Or(t.Name, blocks.TeamName(lang)), changed, absent))
}

// errTaken: another team came to have a channel or the name while a form was on its way.
var errTaken = errors.New("taken by another team")

// saveTeam writes the settings and names those that changed. One form at a time: what
// was free when it was sent may have been taken since, and then nothing is written.
func (a *App) saveTeam(ctx context.Context, job store.Job, f form) (t store.Team, changed []string, taken map[string]string, err error) {
	id := f.State.Team
	if id == "" {
		id = "team-" + hashOf(f.View)[:10]
	}
	defer a.cards.lock("teams")()
	if taken, err = a.takenFrom(ctx, f, id); err != nil {
		return t, nil, nil, err
	}
	now := a.now()
	t, err = a.store.UpdateTeam(ctx, a.self.Workspace, id, func(t *store.Team) error {
		if n := len(t.History); n > 0 && t.History[n-1].Job == job.ID {
			changed = t.History[n-1].What // it was saved by an earlier attempt
			return nil
		}
		if t.Removed() {
			return errGone // while the form was open
		}
		if len(taken) > 0 {
			return errTaken
		}
		before := *t
		if id == store.EnvironmentTeam { // what is as the environment says stays the environment's
			before = a.completed(*t)
		}
		wanted, _ := settingsOf(f, before)
		changed = differences(unsaid(before), wanted)
		for _, what := range changed {
			assign(t, wanted, what)
		}
		t.Cleared = clearedBy(*t, changed)
		if len(changed) == 0 && t.SetBy != "" {
			return nil
		}
		recordChange(t, f.User, now, job.ID, changed...)
		return nil
	})
	return t, changed, taken, err
}

// recordChange notes who changed what of a team's settings.
func recordChange(t *store.Team, by string, at time.Time, job string, what ...string) {
	t.SetBy, t.SetAt = by, at
	t.History = append(t.History, store.TeamChange{By: by, At: at, What: what, Job: job})
	t.History = t.History[max(0, len(t.History)-store.MaxTeamHistory):]
}

// absentFrom are the team's channels that the bot is not in.
func (a *App) absentFrom(ctx context.Context, t store.Team) (list []string, err error) {
	for _, c := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(t.Escalation, []string{t.Help, t.Digest})))) {
		if c == "" {
			continue
		}
		a.forgetAudience(c)
		readers, err := a.audience(ctx, c)
		var permanent permanentError
		switch {
		case errors.As(err, &permanent) || err == nil && !readers.member:
			list = append(list, c)
		case err != nil:
			return nil, err
		}
	}
	return list, nil
}
