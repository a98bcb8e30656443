package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"coachbot/store"
)

// Bounds of the workers. A job that keeps failing is given up after maxAge, or
// after maxTries when the fault is its own.
const (
	maxWorkers = 256
	jobTime    = 60 * time.Second // of one attempt
	drainTime  = 9 * time.Second  // after the end of the run, within the 10 s of SIGTERM
	maxAge     = 24 * time.Hour
	maxTries   = 6
	longestTry = 15 * time.Second

	// patience is how often a job that is older than maxAge is tried before it is given
	// up: one that was planned days ago is old when it comes due.
	patience = int(maxAge / longestTry / 4)

	settleAgain = 250 * time.Millisecond // doubled up to longestTry
)

// laterError hands a job back that had no effect yet.
type laterError struct{ at time.Time }

func (e laterError) Error() string { return "later, at " + e.at.Format(time.RFC3339) }

// permanentError is a fault that trying again does not mend.
type permanentError struct{ cause error }

func (e permanentError) Error() string { return e.cause.Error() }
func (e permanentError) Unwrap() error { return e.cause }

// Wake has the workers look at what is due now: the clock was moved.
func (a *App) Wake() {
	a.wakeUp()
	a.threads.nudge()
}

func (a *App) wakeUp() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// work hands out jobs until ctx ends and then waits for those under way.
func (a *App) work(ctx context.Context) {
	var busy sync.WaitGroup
	slots := make(chan struct{}, maxWorkers)
	doing, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	unread := settleAgain
	for ctx.Err() == nil {
		jobs, err := a.store.Claim(ctx, a.now(), maxWorkers-len(slots))
		if err != nil {
			if ctx.Err() == nil {
				a.log.Error("the queue cannot be read; tried again", "again_in", unread, "cause", err)
			}
			rest(ctx, unread) // what is due stays due: it would be asked for a thousand times a second
			unread = min(2*unread, longestTry)
			continue
		}
		unread = settleAgain
		for _, job := range jobs {
			slots <- struct{}{}
			busy.Go(func() {
				defer func() { <-slots; a.wakeUp() }()
				a.attempt(doing, job)
			})
		}
		if len(jobs) == 0 {
			a.idle(ctx)
		}
	}
	finished := make(chan struct{})
	go func() { busy.Wait(); close(finished) }()
	select {
	case <-finished:
	case <-time.After(drainTime):
		abandon()
		<-finished
	}
}

// rest waits for a while, or until the end.
func rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// idle waits for new work, the next due time or the end.
func (a *App) idle(ctx context.Context) {
	wait := time.Minute
	if at, ok, err := a.store.NextDue(ctx); err == nil && ok {
		wait = min(wait, max(at.Sub(a.now()), time.Millisecond))
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-a.wake:
	case <-t.C:
	}
}

// attempt does one job and settles it in the store. A job that cannot be settled
// (the disk is full, say) keeps its worker and its lane until it can.
func (a *App) attempt(ctx context.Context, job store.Job) {
	work, cancel := context.WithTimeout(ctx, jobTime)
	err := a.do(work, job)
	cancel()
	for wait := settleAgain; ; wait = min(2*wait, longestTry) {
		unsettled := a.settleOnce(ctx, job, err)
		if unsettled == nil {
			return
		}
		a.log.Error("a job is done and could not be settled; tried again", "job", job.ID, "again_in", wait, "cause", unsettled)
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return // after a restart it is done again, and what it said is recognised
		case <-t.C:
		}
	}
}

func (a *App) settleOnce(ctx context.Context, job store.Job, err error) error {
	settle, done := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer done()
	if err := a.settle(settle, job, err); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return nil
}

func (a *App) settle(ctx context.Context, job store.Job, err error) error {
	var later laterError
	var permanent permanentError
	var own *panicError
	now := a.now()
	switch {
	case err == nil:
		return a.store.Finish(ctx, job.ID)
	case errors.As(err, &later):
		return a.store.Defer(ctx, job.ID, later.at)
	case errors.Is(err, ErrRevoked):
		a.end(ErrRevoked)
		return a.store.Retry(ctx, job.ID, now.Add(longestTry), err.Error())
	case errors.As(err, &permanent):
		a.log.Error("a job cannot be done", "job", job.ID, "kind", job.Kind, "cause", err)
		return a.store.Finish(ctx, job.ID)
	case errors.As(err, &own) && job.Attempt >= maxTries, now.Sub(job.At) > maxAge && job.Attempt >= patience:
		a.log.Error("a job is given up", "job", job.ID, "kind", job.Kind, "attempts", job.Attempt, "cause", err)
		return a.store.Bury(ctx, job.ID, now, err.Error())
	}
	wait := min(time.Second<<min(job.Attempt-1, 5), longestTry)
	a.log.Warn("a job is tried again", "job", job.ID, "kind", job.Kind, "attempt", job.Attempt, "again_in", wait, "cause", err)
	return a.store.Retry(ctx, job.ID, now.Add(wait), err.Error())
}

// panicError is a fault of the program; its stack is logged, the process lives.
type panicError struct{ value any }

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

func (a *App) do(ctx context.Context, job store.Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			a.log.Error("panic in a job", "job", job.ID, "kind", job.Kind, "panic", p, "stack", string(debug.Stack()))
			err = &panicError{p}
		}
	}()
	a, done := a.current()
	defer done()
	switch job.Kind {
	case kindMessage:
		return decoded(job, func(s said) error { return a.excused(ctx, job, a.askerOf(s), a.heard(ctx, job, s)) })
	case kindEdit:
		return decoded(job, func(s said) error { return a.edited(ctx, job, s) })
	case kindDelete:
		return decoded(job, func(s said) error { return a.deleted(ctx, job, s) })
	case kindAction:
		return decoded(job, func(p press) error {
			return a.excused(ctx, job, asker{user: p.User, responseURL: p.ResponseURL}, a.pressed(ctx, p))
		})
	case kindCommand:
		return decoded(job, func(c command) error {
			return a.excused(ctx, job, asker{c.User, c.ResponseURL, c.Text}, a.commanded(ctx, c))
		})
	case kindShortcut:
		return decoded(job, func(s shortcut) error {
			return a.excused(ctx, job, asker{s.User, s.ResponseURL, s.Text}, a.shortcutUsed(ctx, s))
		})
	case kindSubmit:
		return decoded(job, func(f form) error { return a.excused(ctx, job, asker{user: f.User}, a.formDone(ctx, job, f)) })
	case kindHome:
		return decoded(job, func(o opened) error { return a.homeOpened(ctx, o) })
	case kindHelpRemind:
		return decoded(job, func(s helpStep) error { return a.helpReminded(ctx, job, s) })
	case kindHelpTurn:
		return decoded(job, func(s helpStep) error { return a.helpTurn(ctx, s) })
	case kindHelpSilent:
		return decoded(job, func(s helpStep) error { return a.helpSilent(ctx, job, s) })
	case kindCardReview:
		return decoded(job, func(d cardReview) error { return a.cardDue(ctx, job, d) })
	case kindChannel:
		return decoded(job, func(s said) error { return a.channelChanged(ctx, s) })
	case kindQuietEnd:
		return decoded(job, func(s said) error { return a.quietEnded(ctx, job, s) })
	case kindDigest:
		return decoded(job, func(w telling) error { return a.told(ctx, w) })
	case kindRemind:
		return decoded(job, func(r reminder) error { return a.remind(ctx, r) })
	case kindShiftEnd:
		return decoded(job, func(s shift) error { return a.shiftEnded(ctx, job, s) })
	case kindLeft:
		return decoded(job, func(s shift) error { return a.left(ctx, job, s) })
	case kindDuty:
		return decoded(job, func(d duty) error { return a.dutyCalled(ctx, d) })
	case kindCare:
		return decoded(job, func(c care) error { return a.cared(ctx, c) })
	case kindFit:
		return decoded(job, func(f fit) error { return a.fitCase(ctx, f) })
	case kindRewrite:
		return decoded(job, func(r rewrite) error { return a.rewriteDraft(ctx, r) })
	case kindDraft:
		return decoded(job, func(d cardDraft) error { return a.draftCard(ctx, d) })
	case kindBudget:
		return decoded(job, func(b budgetNotice) error { return a.tellBudget(ctx, job, b) })
	case kindWeekly:
		return decoded(job, func(w weekly) error { return a.weeklyDue(ctx, job, w) })
	case kindFaults:
		return decoded(job, func(r faultReport) error { return a.reportFaults(ctx, job, r) })
	}
	return permanentError{fmt.Errorf("no worker for jobs of kind %q; they may be of a newer version", job.Kind)}
}

func decoded[T any](job store.Job, do func(T) error) error {
	var v T
	if err := json.Unmarshal(job.Payload, &v); err != nil {
		return permanentError{fmt.Errorf("payload: %w", err)}
	}
	return do(v)
}

// keyedLocks holds one lock a key, for those who need it now.
type keyedLocks struct {
	mu   sync.Mutex
	held map[string]*keyedLock
}

type keyedLock struct {
	sync.Mutex
	users int
}

func (k *keyedLocks) lock(key string) (unlock func()) {
	k.mu.Lock()
	if k.held == nil {
		k.held = make(map[string]*keyedLock)
	}
	l := k.held[key]
	if l == nil {
		l = new(keyedLock)
		k.held[key] = l
	}
	l.users++
	k.mu.Unlock()
	l.Lock()
	return func() {
		l.Unlock()
		k.mu.Lock()
		if l.users--; l.users == 0 {
			delete(k.held, key)
		}
		k.mu.Unlock()
	}
}
