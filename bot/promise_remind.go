package bot

import (
	"context"
	"errors"
	"strconv"
	"time"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/store"
)

// When a person is reminded of a promise; the names stand in keys of jobs and posts.
const (
	hourBefore    = "hour"
	minutesBefore = "minutes"
	whenDue       = "due"
)

// reminders are how long before the due time they come, in that order.
var reminders = []struct {
	name   string
	before time.Duration
}{{hourBefore, time.Hour}, {minutesBefore, 10 * time.Minute}, {whenDue, 0}}

// reminder is a job: it speaks only if the promise is still owed and still due then.
type reminder struct {
	Promise string    `json:"promise"`
	Due     time.Time `json:"due"`
	Name    string    `json:"name"`
}

// planPromise puts the reminders of a promise into the queue, those already past
// left out. Planning again changes nothing; after a change of time the old ones find
// another due time and keep quiet.
func (a *App) planPromise(ctx context.Context, p store.Promise) error {
	if !p.Owed() {
		return nil
	}
	var jobs []store.Job
	for _, r := range reminders {
		at := p.DueAt.Add(-r.before)
		if at.Before(a.now()) && r.name != whenDue {
			continue
		}
		job, err := a.laterJob(kindRemind, p.ID, "remind:"+p.ID+":"+strconv.FormatInt(p.DueAt.Unix(), 36)+":"+r.name, at,
			reminder{Promise: p.ID, Due: p.DueAt, Name: r.name})
		if err != nil {
			return err
		}
		jobs = append(jobs, job)
	}
	return a.enqueue(ctx, jobs...)
}

// remind speaks when a promise comes due. A reminder that was held up keeps quiet
// once the next one is due: it would say what is no longer true.
func (a *App) remind(ctx context.Context, r reminder) error {
	p, err := a.store.Promise(ctx, r.Promise)
	if err != nil {
		return ignoreAbsent(err)
	}
	left := p.DueAt.Sub(a.now())
	switch {
	case !p.Owed() || !p.DueAt.Equal(r.Due):
		return nil
	case r.Name == hourBefore && left <= 10*time.Minute, r.Name == minutesBefore && left <= 0:
		return nil
	case r.Name == whenDue:
		if p, err = a.missed(ctx, p); err != nil || p.State != store.PromiseMissed {
			return err
		}
		if err := a.teamHomes(ctx, p.Team, p.Owner); err != nil {
			return err
		}
	}
	if gone, err := a.hasLeft(ctx, p.Owner); err != nil || gone {
		return errors.Join(err, a.planLeft(ctx, p.Workspace, p.Owner, p.ID+":"+r.Name))
	}
	note, err := a.promiseNote(ctx, p, p.Owner, shownAs[r.Name])
	if err != nil {
		return err
	}
	if r.Name == whenDue {
		note.Repair = a.repair(note.Lang)
	}
	err = a.tellPromise(ctx, p, p.Owner, promiseKey(p, r.Name, p.Owner), note)
	var permanent permanentError
	if errors.As(err, &permanent) { // perhaps the person left a moment ago
		a.forgetPerson(p.Owner)
		if gone, gerr := a.hasLeft(ctx, p.Owner); gerr == nil && gone {
			return a.planLeft(ctx, p.Workspace, p.Owner, p.ID+":"+r.Name)
		}
	}
	return err
}

// missed marks a promise that is past due.
func (a *App) missed(ctx context.Context, p store.Promise) (store.Promise, error) {
	due := p.DueAt
	return a.store.UpdatePromise(ctx, p.ID, func(p *store.Promise) error {
		if p.State == store.PromiseOpen && p.DueAt.Equal(due) {
			p.State, p.UpdatedAt = store.PromiseMissed, a.now()
			if p.MissedAt.IsZero() {
				p.MissedAt = a.now()
			}
		}
		return nil
	})
}

// The playbook that repairs a promise, and how much of it a reminder shows.
const (
	repairPlaybook = "broken-promise"
	repairPhrases  = 3
)

// repair is what to say when a promise was missed: the apology, and what is offered
// and agreed instead.
func (a *App) repair(lang string) (list []string) {
	reading := coach.Advice{Lang: lang, Escalation: true, Severity: "low", Playbooks: []coach.Ranked{{ID: repairPlaybook, Score: 1}}}
	for _, step := range []playbooks.Step{playbooks.Apologise, playbooks.Offer, playbooks.Commit} {
		advice := a.engine.Compose(lang, reading, coach.Position{Playbook: repairPlaybook, Step: string(step)}, "")
		for _, phrase := range advice.Phrases {
			if phrase.Step == string(step) && len(list) < repairPhrases {
				list = append(list, phrase.Text)
				break
			}
		}
	}
	return list
}
