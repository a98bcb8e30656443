package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// left gives what somebody who left still owed to the leads of each team: the first
// of them keeps the promises until one is handed on, and all of them are told.
func (a *App) left(ctx context.Context, job store.Job, s shift) error {
	a.forgetPerson(s.User)
	if gone, err := a.hasLeft(ctx, s.User); err != nil || !gone {
		return err
	}
	teams, err := a.teams(ctx)
	if err != nil {
		return err
	}
	for _, t := range teams {
		if err := a.leftTeam(ctx, job, t, s.User); err != nil {
			return err
		}
	}
	return a.leaveClaims(ctx, s.User, job.At)
}

func (a *App) leftTeam(ctx context.Context, job store.Job, t store.Team, user string) error {
	leads, err := a.leadsOrAdmins(ctx, t)
	if err != nil {
		return err
	}
	owed, err := a.leftBehind(ctx, t, user, leads)
	if err != nil || len(owed) == 0 {
		return err
	}
	if len(leads) == 0 {
		a.log.Warn("somebody left who owes promises, and the team has no lead to tell", "team", t.ID, "promises", len(owed))
		return nil
	}
	for i, p := range owed {
		owed[i], err = a.store.UpdatePromise(ctx, p.ID, func(p *store.Promise) error {
			if p.Owner == user && p.Owed() {
				p.Owner, p.From, p.UpdatedAt = leads[0], user, a.now()
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := a.planShiftEnd(ctx, t.ID, leads[0]); err != nil {
		return err
	}
	for _, lead := range leads {
		list, err := a.owedFor(ctx, lead)
		if err != nil {
			return err
		}
		list.Left, list.Promises = user, owed
		if _, err := a.tell(ctx, lead, post{key: job.ID + ":" + t.ID + ":" + lead, kind: "left", message: list.Message()}); err != nil {
			var permanent permanentError
			if !errors.As(err, &permanent) {
				return err
			}
			a.log.Warn("a lead could not be told", "team", t.ID, "cause", err)
		}
	}
	return nil
}

// leftBehind are the promises of a team that somebody who left still owed: with
// them, or with the first lead since.
func (a *App) leftBehind(ctx context.Context, t store.Team, user string, leads []string) (list []store.Promise, err error) {
	owners := []string{user}
	if len(leads) > 0 {
		owners = append(owners, leads[0])
	}
	for _, owner := range owners {
		err = a.store.PromisesOwed(ctx, t.Workspace, owner, func(p store.Promise) error {
			if p.Team == t.ID && (p.Owner == user || p.From == user) {
				list = append(list, p)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// leadsPresent are a team's leads whose accounts are active.
func (a *App) leadsPresent(ctx context.Context, t store.Team) ([]string, error) {
	return a.present(ctx, a.leadsOfTeam(t))
}

// leadsOrAdmins are a team's leads whose accounts are active; where all have left,
// the admins of the bot who are here.
func (a *App) leadsOrAdmins(ctx context.Context, t store.Team) ([]string, error) {
	leads, err := a.leadsPresent(ctx, t)
	if err != nil || len(leads) > 0 {
		return leads, err
	}
	return a.present(ctx, a.o.Admins)
}

// present are those whose accounts are active, each once.
func (a *App) present(ctx context.Context, users []string) (list []string, err error) {
	for _, user := range users {
		gone, err := a.hasLeft(ctx, user)
		if err != nil {
			return nil, err
		}
		if !gone && !slices.Contains(list, user) {
			list = append(list, user)
		}
	}
	return list, nil
}

// leaveClaims gives the requests that somebody who left was on back to their team,
// and shows them to the leads at once.
func (a *App) leaveClaims(ctx context.Context, user string, at time.Time) error {
	claims, err := a.claimsOf(ctx, user)
	if err != nil {
		return err
	}
	for _, r := range claims {
		t, err := a.team(ctx, r.Team)
		if err != nil {
			return err
		}
		r.OpenSince = store.Time(at) // planned first: cut off after the change, the reminders still come
		if err := a.planReminders(ctx, t, r, a.helpPost(ctx, r).Channel); err != nil {
			return err
		}
		r, err = a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
			if h.State == store.HelpClaimed && h.Helper == user {
				h.State, h.Helper, h.OpenSince, h.UpdatedAt = store.HelpOpen, "", at, a.now()
			}
			return nil
		})
		if err != nil {
			return err
		}
		if _, err := a.reopened(ctx, r, user); err != nil {
			return err
		}
		note := func(lang string) string { return blocks.Note(lang, blocks.HelpLeft, nil).Text }
		if _, err := a.callLeads(ctx, t, r, fmt.Sprint("left", r.OpenSince.UnixMicro()), note); err != nil {
			return err
		}
	}
	return nil
}

// hasLeft reports whether a person's account was deactivated.
func (a *App) hasLeft(ctx context.Context, user string) (bool, error) {
	who, err := a.person(ctx, user)
	if refusedWith(err, "user_not_found") {
		return true, nil
	}
	var permanent permanentError
	if errors.As(err, &permanent) { // not known, so here as far as the bot can tell
		return false, nil
	}
	return who.gone, err
}

// decodePerson reads a change of somebody's account. What was believed of the person
// is forgotten; only one who left makes work.
func (a *App) decodePerson(team, event string, payload json.RawMessage) (job *store.Job, is bool, err error) {
	var e struct {
		Type string          `json:"type"`
		User json.RawMessage `json:"user"`
	}
	if json.Unmarshal(payload, &e) != nil || e.Type != "user_change" {
		return nil, false, nil
	}
	var u struct {
		ID      string `json:"id"`
		Deleted bool   `json:"deleted"`
	}
	if err := json.Unmarshal(e.User, &u); err != nil || u.ID == "" {
		return nil, true, fmt.Errorf("change of a person: %w", err)
	}
	a.forgetPerson(u.ID)
	if !u.Deleted {
		return nil, true, nil
	}
	job, err = newJob(kindLeft, personLane(team, u.ID)+"/shift", keyOf("left", payload, team, u.ID, event), shift{Workspace: team, User: u.ID})
	return job, true, err
}

// planLeft has what a person who left still owed given to the leads.
func (a *App) planLeft(ctx context.Context, workspace, user, why string) error {
	return a.later(ctx, kindLeft, personLane(workspace, user)+"/shift", "left:"+workspace+"."+user+":"+why, time.Time{}, shift{Workspace: workspace, User: user})
}
