package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/store"
)

// maxFollowed is how many follow-ups a case remembers, to take their effect back.
const maxFollowed = 20

// followedUp reads a reply in the thread of a case.
func (a *App) followedUp(ctx context.Context, job store.Job, c store.Case, s said) error {
	if kept, err := a.store.Case(ctx, store.CaseID(s.Workspace, s.Channel, s.TS)); err == nil && kept.State == store.CaseDeleted {
		return a.decide(ctx, s, decision{reason: blocks.ReasonDeleted, caseID: c.ID}) // its deletion came first
	}
	return a.turned(ctx, job, c, s, func(c *store.Case) bool { return c.LastTurn < s.TS }) // not when it or a later one was taken before
}

// turned lets a reply move its case, if the case still waits for it, and shows the result.
func (a *App) turned(ctx context.Context, job store.Job, c store.Case, s said, waits func(*store.Case) bool) error {
	d, stale, down := decision{}, false, false
	c, err := a.store.UpdateCase(ctx, c.ID, func(c *store.Case) error {
		d, stale = decision{reason: blocks.ReasonColleague, caseID: c.ID}, job.Attempt > 1
		down = job.Attempt > 1 // tried again: it may have come down before, its calls not showing it
		stood, known := len(c.Followed), followed(c, s.TS) >= 0
		called, lead := calling(*c), c.Duty
		burned := c.Severity == "critical" && (known || goesOn(*c) && a.now().Sub(c.UpdatedAt) <= caseSilent) // what was over is critical anew
		if !waits(c) {
			if followed(c, s.TS) >= 0 {
				d.reason, d.spoke, stale = blocks.ReasonMovedOn, true, true
			}
			return nil
		}
		f := a.follow(*c, s)
		switch f.Turn {
		case coach.TurnCustomer, coach.TurnTried:
			d.reason, d.spoke, d.advice = blocks.ReasonMovedOn, true, &f.Advice
			a.takeTurn(c, s, f)
			switch {
			case f.Severity == "critical" && !burned:
				alarm(c)
			case f.Severity == "critical":
				c.Duty = lead // also where its old words, taken back, had opened the case again
			}
		case coach.TurnCalmed:
			d.reason = blocks.ReasonCalmed
		}
		stale = stale || d.spoke || len(c.Followed) != stood
		down = down || called && !calling(*c)
		return nil
	})
	if err != nil {
		return err
	}
	if stale {
		if err := errors.Join(a.refresh(ctx, c.ID), a.fitLater(ctx, c, s.Text, "")); err != nil {
			return err
		}
	}
	if down {
		if err := a.cameDown(ctx, c); err != nil {
			return err
		}
	}
	if d.spoke {
		if err := errors.Join(a.watchOver(ctx, c), a.teamHomes(ctx, c.Team, c.Author)); err != nil {
			return err
		}
	}
	return a.decide(ctx, s, d)
}

// follow asks the engine what a reply means where the case stands. One whose customer
// was calmed is over, but for news of danger from after that.
func (a *App) follow(c store.Case, s said) coach.Follow {
	colleague := coach.Follow{Turn: coach.TurnColleague}
	calmed := c.State == store.CaseCalmed
	if !stirs(c) || calmed && !timeOf(s.TS).After(c.ClosedAt) || strings.TrimSpace(s.Text) == "" {
		return colleague
	}
	f := a.engine.FollowUp(coach.Prior{Lang: c.Lang, Severity: c.Severity, Emotions: c.Emotions, Position: position(c),
		Text: c.Text, Author: s.User == c.Author}, coach.Message{ID: s.TS, Text: s.Text, Lang: a.o.Locale})
	if calmed && (f.Turn != coach.TurnCustomer || f.Severity != "critical") {
		return colleague
	}
	return f
}

// takeTurn moves the case as the engine says, and notes where it stood.
func (a *App) takeTurn(c *store.Case, s said, f coach.Follow) {
	turn := store.CaseTurn{TS: s.TS, TextHash: hashOf(s.Text), Kind: string(f.Turn), Severity: f.Severity,
		Press: c.LastPress, Before: c.Stand()}
	if c.State == store.CaseCalmed {
		turn.State, turn.ClosedAt, turn.Duty = c.State, c.ClosedAt, c.Duty
		c.State, c.ClosedAt = store.CaseOpen, time.Time{}
	}
	c.Followed = append(c.Followed, turn)
	if extra := len(c.Followed) - maxFollowed; extra > 0 {
		c.Followed = slices.Delete(c.Followed, 0, extra)
	}
	read(c, c.Text, f.Advice)
	c.Turns, c.LastTurn, c.UpdatedAt = c.Turns+1, max(c.LastTurn, s.TS), a.now()
}

// followed is the place of a reply among those that moved the case, or -1.
func followed(c *store.Case, ts string) int {
	return slices.IndexFunc(c.Followed, func(t store.CaseTurn) bool { return t.TS == ts })
}

// editedNoCase reads an edited message that opened no case: it may belong to one, or be one now.
func (a *App) editedNoCase(ctx context.Context, job store.Job, s said) error {
	if s.IM {
		return nil
	}
	c, err := a.store.CaseOfThread(ctx, s.Workspace, s.Channel, s.Thread)
	if s.Thread == "" || errors.Is(err, store.ErrNotFound) {
		return a.heard(ctx, job, s)
	}
	if err != nil || a.mentioned(s.Text) || s.User == "" && s.BotID == "" {
		return err // a mention was answered for itself
	}
	if s.BotID != "" {
		if ok, err := a.colleague(ctx, s); err != nil || !ok {
			return err
		}
	}
	return a.turned(ctx, job, c, s, func(c *store.Case) bool { return a.reread(c, s) })
}

// reread prepares a case for an edited follow-up: what its old words did is
// taken back. False: nothing is to be read, the new words say what the old ones said.
func (a *App) reread(c *store.Case, s said) bool {
	i := followed(c, s.TS)
	if i < 0 {
		return true
	}
	was := &c.Followed[i]
	if was.TextHash == hashOf(s.Text) {
		return false
	}
	if c.State == store.CaseCalmed {
		was.TextHash = hashOf(s.Text) // it was said before the case was over
		return false
	}
	before := *c
	before.Restore(was.Before)
	if was.State != "" {
		before.State, before.ClosedAt = was.State, was.ClosedAt
	}
	f := a.follow(before, s)
	if i < len(c.Followed)-1 && string(f.Turn) == was.Kind && f.Severity == was.Severity && f.Advice.Position.Playbook == c.Followed[i+1].Before.Playbook {
		was.TextHash = hashOf(s.Text) // a word mended in what the talk has since gone past
		return false
	}
	takeBack(c, i)
	return true
}

// takeBack undoes what a follow-up did to the case, as far as that is possible:
// where others, or a person's press, have moved the case since, it stays where
// they put it and only what was read from the follow-up goes.
func takeBack(c *store.Case, i int) {
	gone := c.Followed[i]
	last := i == len(c.Followed)-1
	if !last {
		c.Followed[i+1].Before = gone.Before
	}
	c.Followed = slices.Delete(c.Followed, i, i+1)
	c.Turns = max(0, c.Turns-1)
	stand := c.Stand()
	switch {
	case last && gone.Press == c.LastPress:
		stand = gone.Before
	case last:
		stand.Severity, stand.Emotions = gone.Before.Severity, gone.Before.Emotions
	default:
		stand.Severity = gone.Before.Severity
		for _, t := range c.Followed[i:] {
			if graver(t.Severity, stand.Severity) {
				stand.Severity = t.Severity
			}
		}
	}
	c.Restore(stand)
	if gone.State != "" && gone.Press == c.LastPress {
		closeAgain(c, i, gone)
	}
}

// closeAgain puts a case back to where it was over, which a follow-up opened that is gone
// now; where one after it tells of danger too, that one opened it.
func closeAgain(c *store.Case, i int, gone store.CaseTurn) {
	for j := i; j < len(c.Followed); j++ {
		if t := &c.Followed[j]; t.Severity == "critical" {
			t.State, t.ClosedAt, t.Duty = gone.State, gone.ClosedAt, gone.Duty
			return
		}
	}
	c.State, c.ClosedAt = gone.State, gone.ClosedAt
	if c.Duty == "" { // else a lead answered anew
		c.Duty = gone.Duty
	}
}

func graver(a, b string) bool {
	order := []string{"none", "low", "medium", "high", "critical"}
	return slices.Index(order, a) > slices.Index(order, b)
}

// unfollowed takes back what a reply that is gone did to its case.
func (a *App) unfollowed(ctx context.Context, job store.Job, s said) error {
	if s.Thread == "" {
		return nil
	}
	c, err := a.store.CaseOfThread(ctx, s.Workspace, s.Channel, s.Thread)
	if err != nil || followed(&c, s.TS) < 0 && job.Attempt == 1 {
		return ignoreAbsent(err)
	}
	down := false
	c, err = a.store.UpdateCase(ctx, c.ID, func(c *store.Case) error {
		called := calling(*c)
		if i := followed(c, s.TS); i >= 0 {
			takeBack(c, i)
			c.UpdatedAt = a.now()
		}
		down = job.Attempt > 1 || called && !calling(*c)
		return nil
	})
	if err != nil {
		return err
	}
	if down {
		if err := a.cameDown(ctx, c); err != nil {
			return err
		}
	}
	return a.refresh(ctx, c.ID)
}

// cameDown shows the leads that a case no longer calls.
func (a *App) cameDown(ctx context.Context, c store.Case) error {
	if calling(c) || c.Private || c.Team == "" {
		return nil
	}
	return errors.Join(a.refreshDuty(ctx, c), a.teamHomes(ctx, c.Team, c.Author))
}
