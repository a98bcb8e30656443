package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// silentFor is how long a claimed request may be silent before its helper is asked.
const silentFor = 30 * time.Minute

// helpStep is a step in the life of a request that comes with time.
type helpStep struct {
	Request string    `json:"request"`
	Since   time.Time `json:"since"` // the request is open, or silent, since then: else the step is over
	N       int       `json:"n"`
	Last    bool      `json:"last,omitempty"`
	Home    string    `json:"home,omitempty"` // channel of the request's own message
}

// planHelp plans what happens while nobody takes a new request.
func (a *App) planHelp(ctx context.Context, t store.Team, r store.HelpRequest, home string) error {
	if t.Rotation && r.Kind == store.HelpPeers {
		asked, err := a.offerNext(ctx, t, r, home, 0)
		if err != nil || asked {
			return err
		}
	}
	return a.planReminders(ctx, t, r, home)
}

// planReminders plans that a request is announced again while nobody takes it,
// the last time to the leads. One lane a channel keeps them in order and at Slack's pace.
func (a *App) planReminders(ctx context.Context, t store.Team, r store.HelpRequest, home string) error {
	var jobs []store.Job
	for n, after := range t.Remind {
		last := n == len(t.Remind)-1
		if at := r.OpenSince.Add(after); at.Before(a.now()) && !last {
			continue // it would be said together with the next
		}
		s := helpStep{Request: r.ID, Since: r.OpenSince, N: n, Last: last, Home: home}
		job, err := a.stepJob(kindHelpRemind, r, s, r.OpenSince.Add(after))
		if err != nil {
			return err
		}
		jobs = append(jobs, job)
	}
	return a.enqueue(ctx, jobs...)
}

func (a *App) stepJob(kind string, r store.HelpRequest, s helpStep, at time.Time) (store.Job, error) {
	lane := channelLane(r.Workspace, s.Home) + "/help"
	if s.Home == "" {
		lane = "help/" + r.ID
	}
	return a.laterJob(kind, lane, fmt.Sprint(kind, ":", r.ID, ":", s.Since.UnixMicro(), ":", s.N), at, s)
}

// helpReminded announces a request again that nobody has taken.
func (a *App) helpReminded(ctx context.Context, job store.Job, s helpStep) error {
	r, err := a.store.HelpRequest(ctx, s.Request)
	if err != nil || r.State != store.HelpOpen || !r.OpenSince.Equal(s.Since) {
		return ignoreAbsent(err)
	}
	t, err := a.team(ctx, r.Team)
	if err != nil {
		return err
	}
	if a.laterSpeaks(t, r, s) {
		return nil
	}
	open := a.now().Sub(r.OpenSince)
	lost := s.Home == ""
	if !lost {
		lost, err = a.announceAgain(ctx, r, s, job.ID, open)
		if err != nil {
			return err
		}
	}
	if !s.Last && !lost || len(a.leadsOfTeam(t)) == 0 {
		return nil
	}
	return a.leadsCalled(ctx, t, r, open, job.ID)
}

// laterSpeaks reports whether a later reminder in the channel is due as well, as
// after an outage: one is enough then. The last one is the leads', where there are any.
func (a *App) laterSpeaks(t store.Team, r store.HelpRequest, s helpStep) bool {
	said := len(t.Remind)
	if len(a.leadsOfTeam(t)) > 0 {
		said--
	}
	for n := s.N + 1; n < said; n++ {
		if !a.now().Before(r.OpenSince.Add(t.Remind[n])) {
			return true
		}
	}
	return false
}

// announceAgain says in the help channel that a request is still open; the last
// time that is for the leads, unless there are none. lost tells that the channel
// cannot be posted in.
func (a *App) announceAgain(ctx context.Context, r store.HelpRequest, s helpStep, key string, open time.Duration) (lost bool, err error) {
	r, err = a.announce(ctx, r, s.Home) // the first time may have failed
	if err == nil {
		t, terr := a.team(ctx, r.Team)
		if terr != nil {
			return false, terr
		}
		if s.Last && len(a.leadsOfTeam(t)) > 0 {
			return false, nil
		}
		spoke, err := a.inHelpThread(ctx, r, key, blocks.Note(r.Lang, blocks.HelpStillOpen, nil, open), true)
		return err == nil && !spoke, err
	}
	var permanent permanentError
	if errors.As(err, &permanent) {
		a.log.Warn("a help request cannot be announced again", "channel", s.Home, "cause", err)
		return true, nil
	}
	return false, err
}

// leadsCalled shows the leads a request that nobody took.
func (a *App) leadsCalled(ctx context.Context, t store.Team, r store.HelpRequest, open time.Duration, why string) error {
	told, err := a.callLeads(ctx, t, r, why, func(lang string) string { return blocks.Note(lang, blocks.HelpForLeads, nil, open).Text })
	if err == nil && len(told) == 0 {
		a.log.Error("no lead can be told of a help request that nobody took", "team", t.ID, "request", r.ID)
	}
	return err
}

// planSilence plans the question whether the helper is still on it.
func (a *App) planSilence(ctx context.Context, r store.HelpRequest, heard time.Time) error {
	s := helpStep{Request: r.ID, Since: heard}
	job, err := a.stepJob(kindHelpSilent, r, s, heard.Add(silentFor))
	if err != nil {
		return err
	}
	return a.enqueue(ctx, job)
}

// helpSilent asks the helper of a request privately, when nothing was heard of
// it since the question was planned; else it plans the question anew.
func (a *App) helpSilent(ctx context.Context, job store.Job, s helpStep) error {
	r, err := a.store.HelpRequest(ctx, s.Request)
	if err != nil || r.State != store.HelpClaimed {
		return ignoreAbsent(err)
	}
	if r.HeardAt.After(s.Since) {
		return a.planSilence(ctx, r, r.HeardAt)
	}
	lang := a.readerLang(ctx, r.Helper, r.Question)
	m := blocks.Note(lang, blocks.HelpSilent, blocks.SilentButtons(lang, r.ID), silentFor, a.helpLink(ctx, r))
	return a.whisper(ctx, r.Helper, job.ID, r.ID, m)
}

// helpThread is the request in whose thread a message stands.
func (a *App) helpThread(ctx context.Context, s said) (id string, ok bool) {
	if s.Thread == "" {
		return "", false
	}
	p, err := a.store.PostAt(ctx, s.Workspace, s.Channel, s.Thread)
	if err != nil || p.Kind != postHelp {
		return "", false
	}
	return p.Case, true
}

// helpHeard notes that people talk in the thread of a request.
func (a *App) helpHeard(ctx context.Context, id string, at time.Time) error {
	_, err := a.store.UpdateHelpRequest(ctx, id, func(h *store.HelpRequest) error {
		if h.State == "" {
			return store.ErrNotFound
		}
		if at.After(h.HeardAt) {
			h.HeardAt = at
		}
		return nil
	})
	return ignoreAbsent(err)
}
