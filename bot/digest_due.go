package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"coachbot/bot/digest"
	"coachbot/store"
)

// lateAfter is how long after its hour a digest says that it is late.
const lateAfter = 15 * time.Minute

// digestsAtOnce bounds what digests read at the same time: a month of a busy
// workspace, for each of its teams, would take more than there is.
const digestsAtOnce = 2

// telling is a digest to come, as jobs carry it.
type telling struct {
	Workspace string           `json:"workspace"`
	Team      string           `json:"team"`
	Kind      store.DigestKind `json:"kind"`
	Date      string           `json:"date"`
	At        time.Time        `json:"at"`
}

func digestKinds() []store.DigestKind {
	return []store.DigestKind{store.DigestDay, store.DigestWeek, store.DigestMonth}
}

func digestKey(t store.Team, kind store.DigestKind, date string) string {
	return "digest:" + string(kind) + ":" + t.Workspace + "." + t.ID + "." + date
}

// planDigests puts the next digests of every team into the queue, and those whose
// hour has passed today and that nobody was told yet.
func (a *App) planDigests(ctx context.Context) error {
	teams, err := a.teams(ctx)
	if err != nil {
		return err
	}
	var all error
	for _, t := range teams {
		all = errors.Join(all, a.planDigest(ctx, t))
	}
	return all
}

func (a *App) planDigest(ctx context.Context, t store.Team) error {
	if t.Digest == "" {
		return nil
	}
	now := a.now()
	var jobs []store.Job
	for _, kind := range digestKinds() {
		if s, ok := digest.Due(t, kind, now); ok {
			today := digest.Day(t, now)
			switch d, err := a.store.Digest(ctx, t.Workspace, t.ID, kind, s.Date); {
			case err != nil && !errors.Is(err, store.ErrNotFound):
				return err
			case s.Date == today && d.PostedAt.IsZero():
				jobs = append(jobs, a.digestJob(t, s, ""))
			case d.Post != "" && d.PostedAt.IsZero(): // a week's or a month's that Slack did not take: tried again each day
				jobs = append(jobs, a.digestJob(t, s, today))
			}
		}
		if s, ok := digest.Next(t, kind, now); ok {
			jobs = append(jobs, a.digestJob(t, s, ""))
		}
	}
	return a.enqueue(ctx, jobs...)
}

// digestJob is a try to tell a digest: one for each hour and channel, and day on which it is tried again.
func (a *App) digestJob(t store.Team, s digest.Slot, again string) store.Job {
	key := digestKey(t, s.Kind, s.Date) + "@" + s.At.UTC().Format("200601021504") + "+" + t.Digest + "+" + again
	job, err := newJob(kindDigest, t.Workspace+"/digest/"+t.ID, key, telling{t.Workspace, t.ID, s.Kind, s.Date, s.At})
	if err != nil { // a struct of texts and times always has a JSON form
		panic(err)
	}
	job.At, job.RunAt = a.now(), s.At
	return *job
}

// told posts the digest that a job planned, or the later one that has come due
// instead while the bot was down, and plans the next. The job is what says that the
// team was there at its hour: a team that is new is not told of times before.
func (a *App) told(ctx context.Context, w telling) error {
	select {
	case a.digests <- struct{}{}:
		defer func() { <-a.digests }()
	default:
		return laterError{a.now().Add(time.Second)}
	}
	t, err := a.team(ctx, w.Team)
	if err != nil {
		return err
	}
	if t.ID != w.Team || t.Digest == "" {
		return nil // the team is gone, or wants none
	}
	if err := a.tellDue(ctx, t, w); err != nil {
		return err
	}
	return a.planDigest(ctx, t)
}

func (a *App) tellDue(ctx context.Context, t store.Team, w telling) error {
	due, ok := digest.Due(t, w.Kind, a.now())
	if !ok {
		return nil
	}
	if ahead, err := a.toldAhead(ctx, t, due); err != nil || ahead {
		return err
	}
	last, err := a.lastTold(ctx, t, w.Kind, due.Date)
	if err != nil {
		return err
	}
	s, ok := digest.Tell(t, w.Kind, w.Date, last, a.now())
	if !ok {
		return nil
	}
	_, err = a.tellDigest(ctx, t, s)
	var permanent permanentError
	if errors.As(err, &permanent) { // the channel is gone: the leads hear of it, and the next one is tried all the same
		a.log.Error("a digest cannot be posted", "team", t.ID, "channel", t.Digest, "cause", err)
		err = a.unpostedDigest(ctx, t, s)
	}
	return err
}

// toldAhead reports whether a digest of a later date has told all of a slot: of a team
// whose zone was moved west, so that its date went back.
func (a *App) toldAhead(ctx context.Context, t store.Team, s digest.Slot) (bool, error) {
	list, err := a.store.LastDigests(ctx, t.Workspace, t.ID, s.Kind, digest.Day(t, s.At.Add(3*24*time.Hour)), 2)
	return slices.ContainsFunc(list, func(d store.DigestRecord) bool {
		return d.Date > s.Date && !d.PostedAt.IsZero() && !d.To.Before(s.To)
	}), err
}

// lastTold is where the last digest of a kind before a date ends; zero when none was
// told. One that Slack took before a stop, unrecorded, is finished first.
func (a *App) lastTold(ctx context.Context, t store.Team, kind store.DigestKind, before string) (time.Time, error) {
	list, err := a.store.LastDigests(ctx, t.Workspace, t.ID, kind, before, untoldAtMost)
	if err != nil {
		return time.Time{}, err
	}
	for i, d := range list {
		told := !d.PostedAt.IsZero()
		if !told && i == 0 {
			if told, err = a.finishDigest(ctx, t, d); err != nil {
				return time.Time{}, err
			}
		}
		if told {
			return d.To, nil
		}
	}
	return time.Time{}, nil
}

// untoldAtMost is how many digests in a row are looked through for the last one told.
const untoldAtMost = 32
