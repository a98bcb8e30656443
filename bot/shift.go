package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/when"
	"coachbot/store"
)

// shift is a person's shift in a team that ends, or, without team, a person who left.
type shift struct {
	Workspace string    `json:"workspace"`
	Team      string    `json:"team,omitempty"`
	User      string    `json:"user"`
	End       time.Time `json:"end"`
}

// lateShift is how long after its end a shift's list is still worth sending.
const lateShift = 2 * time.Hour

// calendarOf is a team's working time. Spans of a day are taken as one; one that
// ends at midnight and goes on the next morning is one too. Who works around the clock
// has a span of its own for each day.
func calendarOf(t store.Team) when.Calendar {
	c := when.Calendar{Holidays: daysIn(t.Holidays), MakeUp: daysIn(t.MakeUp)}
	if len(t.Hours) == 0 {
		return c
	}
	c.Week = make(map[time.Weekday]when.Span)
	for _, h := range t.Hours {
		if h.From == 0 && h.To < 24*60 && slices.ContainsFunc(t.Hours, func(o store.Hours) bool { return o.Day == (h.Day+6)%7 && o.From > 0 && o.To == 24*60 }) {
			continue // it began the evening before
		}
		span, ok := c.Week[h.Day]
		if !ok || h.From < span.Start {
			span.Start = h.From
		}
		end := h.To
		if end == 24*60 && h.From > 0 {
			for _, o := range t.Hours {
				if o.Day == (h.Day+1)%7 && o.From == 0 && o.To < 24*60 {
					end += o.To
				}
			}
		}
		span.End = max(span.End, end)
		c.Week[h.Day] = span
	}
	return c
}

func daysIn(list []string) map[when.Day]bool {
	days := make(map[when.Day]bool, len(list))
	for _, s := range list {
		if d, err := time.Parse(time.DateOnly, s); err == nil {
			days[when.DayOf(d)] = true
		}
	}
	return days
}

// planShiftEnd puts the end of a person's shift into the queue: the next end of the
// team's working time. It is planned when somebody comes to owe something, and again
// at each end while anything is owed.
func (a *App) planShiftEnd(ctx context.Context, teamID, user string) error {
	team, err := a.team(ctx, teamID)
	if err != nil {
		return err
	}
	end, ok := calendarOf(team).NextEnd(a.now().In(zoneOf(team)))
	if !ok {
		return nil
	}
	s := shift{Workspace: a.self.Workspace, Team: team.ID, User: user, End: end.UTC()}
	return a.later(ctx, kindShiftEnd, personLane(s.Workspace, user)+"/shift",
		"shift:"+s.Workspace+"."+s.Team+"."+user+"."+end.UTC().Format(shiftClock), end, s)
}

// shiftEnded lists to a person what is still open, and plans the next end.
func (a *App) shiftEnded(ctx context.Context, job store.Job, s shift) error {
	team, err := a.team(ctx, s.Team)
	if err != nil {
		return err
	}
	if team.ID != s.Team {
		return nil // the team is no more: another's shifts hold what was owed in it
	}
	list, err := a.owedBy(ctx, team, s.User, s.End)
	if err != nil || len(list.Promises)+len(list.Claims)+list.Later == 0 {
		return err
	}
	if gone, err := a.hasLeft(ctx, s.User); err != nil || gone {
		return errors.Join(err, a.planLeft(ctx, s.Workspace, s.User, job.ID))
	}
	if err := a.planShiftEnd(ctx, s.Team, s.User); err != nil {
		return err
	}
	if len(list.Promises)+len(list.Claims) == 0 || a.now().Sub(s.End) > lateShift {
		return nil
	}
	_, err = a.tell(ctx, s.User, post{key: job.ID, kind: postShift, team: s.Team, message: list.Message()})
	return err
}

// postShift is the kind of posts that list what is open at the end of a shift; their
// keys end with that time.
const postShift = "shift"

// shiftOf is the end of the shift whose list a post is.
func shiftOf(p store.Post) (end time.Time, ok bool) {
	if p.Kind != postShift || p.Team == "" {
		return end, false
	}
	end, err := time.Parse(shiftClock, p.Key[strings.LastIndexByte(p.Key, '.')+1:])
	return end, err == nil
}

// shiftClock is how a shift's end stands in keys.
const shiftClock = "200601021504"

// owedBy is what a person owes in a team. Promises that come due after the end of the
// next working day are only counted: they can wait for the person.
func (a *App) owedBy(ctx context.Context, team store.Team, user string, now time.Time) (blocks.Owed, error) {
	o, err := a.owedFor(ctx, user)
	if err != nil {
		return o, err
	}
	zone := zoneOf(team)
	cal := calendarOf(team)
	until := now.Add(24 * time.Hour)
	if end, ok := cal.NextEnd(now.In(zone)); ok {
		until = end
	}
	err = a.store.PromisesOwed(ctx, a.self.Workspace, user, func(p store.Promise) error {
		switch {
		case p.Team != team.ID:
		case p.DueAt.After(until):
			o.Later++
		default:
			o.Promises = append(o.Promises, p)
		}
		return nil
	})
	if err != nil {
		return o, err
	}
	claims, err := a.claimsOf(ctx, user)
	for _, h := range claims {
		if h.Team == team.ID {
			o.Claims = append(o.Claims, claimShown(h))
		}
	}
	return o, err
}

// owedFor is an empty list in its reader's language and zone.
func (a *App) owedFor(ctx context.Context, reader string) (blocks.Owed, error) {
	who, err := a.whoIs(ctx, reader)
	return blocks.Owed{Lang: a.readerLang(ctx, reader, ""), Now: a.now(), Zone: who.zone}, err
}

// owedCommand lists everything that a person owes, when asked.
func (a *App) owedCommand(ctx context.Context, c command, lang string) (blocks.Message, error) {
	o, err := a.owedOf(ctx, c.User)
	o.Lang = lang
	return o.Message(), err
}

// owedOf is everything that a person owes, in whichever team.
func (a *App) owedOf(ctx context.Context, user string) (blocks.Owed, error) {
	o, err := a.owedFor(ctx, user)
	if err != nil {
		return o, err
	}
	o.Asked = true
	err = a.store.PromisesOwed(ctx, a.self.Workspace, user, func(p store.Promise) error {
		o.Promises = append(o.Promises, p)
		return nil
	})
	if err != nil {
		return o, err
	}
	claims, err := a.claimsOf(ctx, user)
	for _, h := range claims {
		o.Claims = append(o.Claims, claimShown(h))
	}
	return o, err
}

// claimFor is how far back a request may have been opened that somebody is still on.
const claimFor = 60 * 24 * time.Hour

// claimsOf are the help requests that a person is on.
func (a *App) claimsOf(ctx context.Context, user string) (list []store.HelpRequest, err error) {
	err = a.store.HelpRequestsHelped(ctx, a.self.Workspace, user, a.now().Add(-claimFor), a.now().Add(time.Minute), func(h store.HelpRequest) error {
		if h.State == store.HelpClaimed && h.Helper == user {
			list = append(list, h)
		}
		return nil
	})
	return list, err
}

func claimShown(h store.HelpRequest) blocks.Claim {
	c := blocks.Claim{ID: h.ID, Question: h.Question, Asker: h.Asker}
	if h.Anonymous {
		c.Asker = ""
	}
	return c
}
