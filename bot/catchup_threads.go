package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"coachbot/store"
)

// Bounds of reading on in threads. Each costs a call of conversations.replies, of
// which Slack allows some 50 a minute (tier 3): the first are read at once, the
// others over the next minutes, and a fifth is left to what cannot wait.
const (
	threadsFor     = 24 * time.Hour // cases opened within it have their threads read
	threadsMost    = 600            // after one connection: a quarter of an hour
	threadsAtOnce  = 30
	threadsEach    = 1500 * time.Millisecond // from then on
	threadWorkers  = 4
	threadTries    = 3
	threadTryAgain = 5 * time.Second
	threadReplies  = 999 // of one thread
)

// threadList holds the cases whose threads are still to be read, the most urgent last.
type threadList struct {
	mu     sync.Mutex
	ids    []string
	tries  map[string]int
	round  int // counts the connections: what belongs to an earlier one is not put back
	paused time.Time
	pace   *rate.Limiter
	wake   chan struct{}
}

func newThreadList() threadList {
	return threadList{pace: rate.NewLimiter(rate.Every(threadsEach), threadsAtOnce), wake: make(chan struct{}, 1)}
}

func (l *threadList) nudge() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// replace takes the place of what an earlier connection left: it holds that too.
func (l *threadList) replace(ids []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ids, l.tries = ids, map[string]int{}
	l.round++
	l.nudge()
}

// next takes the most urgent case, or says how long to wait for its turn; with nothing to read, until the next connection.
func (l *threadList) next(now time.Time) (id string, round int, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	last := len(l.ids) - 1
	if last < 0 {
		return "", 0, time.Hour
	}
	if d := l.paused.Sub(now); d > 0 {
		return "", 0, d
	}
	r := l.pace.ReserveN(now, 1)
	if d := r.DelayFrom(now); d > 0 {
		r.CancelAt(now)
		return "", 0, d
	}
	id, l.ids = l.ids[last], l.ids[:last]
	return id, l.round, 0
}

// again puts a case back and makes all wait until then; false: it was tried often enough.
func (l *threadList) again(id string, round int, until time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if round != l.round {
		return true
	}
	l.paused = until
	if l.tries[id]++; l.tries[id] >= threadTries {
		return false
	}
	l.ids = append(l.ids, id)
	l.nudge() // who reads on may have found nothing meanwhile, and wait for the next connection
	return true
}

// caseThread is a case whose thread is to be read.
type caseThread struct {
	id    string
	state store.CaseState
	at    time.Time
}

// byUrgency puts the most urgent last: open cases after unresolved and these after calmed ones, of each the newest.
func byUrgency(x, y caseThread) int {
	order := []store.CaseState{store.CaseCalmed, store.CaseUnresolved, store.CaseOpen}
	return cmp.Or(cmp.Compare(slices.Index(order, x.state), slices.Index(order, y.state)), x.at.Compare(y.at))
}

// planThreads lists the threads of the last day's cases: replies that nobody
// heard, an edited root, a root or a reply that is gone. Open cases come first, calmed ones
// last, of each the newest first.
func (a *App) planThreads(ctx context.Context) {
	var list []caseThread
	now := a.now()
	err := a.store.CasesOpened(ctx, "", now.Add(-threadsFor), now.Add(time.Minute), func(c store.Case) error {
		if c.Workspace == a.self.Workspace && !c.Private && stirs(c) {
			list = append(list, caseThread{c.ID, c.State, c.UpdatedAt})
		}
		return nil
	})
	if err != nil {
		if ctx.Err() == nil {
			a.log.Error("the threads of recent cases could not be caught up; tried again at the next connection", "cause", err)
		}
		return
	}
	slices.SortStableFunc(list, byUrgency)
	if extra := len(list) - threadsMost; extra > 0 {
		a.log.Warn("too many cases to read all their threads; calmed ones and the oldest are left out", "read", threadsMost, "left_out", extra)
		list = list[extra:]
	}
	ids := make([]string, len(list))
	for i, t := range list {
		ids[i] = t.id
	}
	a.threads.replace(ids)
}

// goesOn reports whether any news can still move a case.
func goesOn(c store.Case) bool { return c.State == store.CaseOpen || c.State == store.CaseUnresolved }

// stirs reports whether news of danger can still move a case: one whose customer was
// calmed is opened again by it, see follow.
func stirs(c store.Case) bool { return goesOn(c) || c.State == store.CaseCalmed }

// readThreads reads what planThreads listed, at Slack's pace, until ctx ends. Nobody waits for it.
func (a *App) readThreads(ctx context.Context) {
	var busy sync.WaitGroup
	defer busy.Wait()
	slots := make(chan struct{}, threadWorkers)
	for ctx.Err() == nil {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		id, round, wait := a.threads.next(a.now())
		if id != "" {
			busy.Go(func() {
				defer func() { <-slots }()
				a.threadRead(ctx, id, round)
			})
			continue
		}
		<-slots
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-a.threads.wake:
		case <-t.C:
		}
		t.Stop()
	}
}

// threadRead reads one thread, or puts it back for later.
func (a *App) threadRead(ctx context.Context, id string, round int) {
	err := a.readThread(ctx, id)
	var later laterError
	var permanent permanentError
	switch {
	case err == nil || ctx.Err() != nil:
		return
	case errors.Is(err, ErrRevoked):
		a.end(ErrRevoked)
		return
	case errors.As(err, &permanent):
		a.log.Warn("the thread of a case cannot be read", "case", id, "cause", err)
		return
	case !errors.As(err, &later):
		later.at = a.now().Add(threadTryAgain)
	}
	if !a.threads.again(id, round, later.at) {
		a.log.Error("the thread of a case could not be caught up; tried again at the next connection", "case", id, "cause", err)
	}
}

func (a *App) readThread(ctx context.Context, id string) error {
	c, err := a.store.Case(ctx, id)
	if err != nil || !stirs(c) {
		return ignoreAbsent(err)
	}
	var list []slack.Message
	more := false
	err = a.call(ctx, "conversations.replies", c.Channel, func(ctx context.Context) (err error) {
		list, more, _, err = a.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: c.Channel, Timestamp: c.Thread, Limit: threadReplies})
		return err
	})
	gone := err == nil && len(list) > 0 && list[0].Timestamp == c.TS && list[0].SubType == "tombstone"
	if gone || refusedWith(err, "thread_not_found", "message_not_found") {
		return a.tookBack(ctx, c, c.TS)
	}
	if err != nil {
		return err
	}
	known := []string{c.TS}
	for _, t := range c.Followed {
		known = append(known, t.TS)
	}
	for _, ts := range known {
		stands := slices.ContainsFunc(list, func(m slack.Message) bool { return m.Timestamp == ts })
		if !stands && !more {
			if err := a.tookBack(ctx, c, ts); err != nil {
				return err
			}
		}
	}
	return a.takeHistory(ctx, c.Channel, list)
}

// tookBack enqueues the deletion of a case's message or follow-up that happened unheard.
func (a *App) tookBack(ctx context.Context, c store.Case, ts string) error {
	s := said{Workspace: c.Workspace, Channel: c.Channel, TS: ts}
	if ts != c.Thread {
		s.Thread = c.Thread
	}
	job, err := newJob(kindDelete, channelLane(s.Workspace, s.Channel), "del:"+store.CaseID(s.Workspace, s.Channel, ts), s)
	if err != nil {
		return err
	}
	job.At = a.now()
	return a.enqueue(ctx, *job)
}
