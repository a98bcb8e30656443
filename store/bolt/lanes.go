package bolt

import (
	"container/heap"
	"math"
	"slices"
	"sync"
	"time"
)

// entry is what the queue keeps in memory of an unfinished or buried job.
type entry struct {
	seq    uint64
	id     string
	lane   *lane     // nil: buried
	runAt  time.Time // not before; zero: at once
	at     time.Time
	place  time.Time // in line
	tries  int
	handed bool
	pos    int // in the line, while waiting
}

// since is from when on a due job has been waiting.
func (e *entry) since() time.Time {
	if e.runAt.IsZero() {
		return e.at
	}
	return e.runAt
}

func (e *entry) due(now time.Time) bool { return e.runAt.IsZero() || !e.runAt.After(now) }

// lane is one line of jobs. Its first is either handed out, or the lane stands
// in one of the queue's two heaps by it.
type lane struct {
	name    string
	line    line
	running *entry
	floor   time.Time // the last place given to a job that was to run at once
	ready   bool      // which heap it is in
	pos     int       // -1: in none
}

// queue is the lines of all lanes in memory. Everything is guarded by mu.
// Handing out one job costs the logarithm of the number of lanes, however many
// jobs wait.
type queue struct {
	mu     sync.Mutex
	jobs   map[string]*entry
	lanes  map[string]*lane
	ready  laneHeap // lanes whose first was due when last looked at, by the time waited
	timed  laneHeap // lanes whose first has a time to run at, by that time
	handed map[*entry]struct{}
	closed bool // nothing is handed out any more
}

func newQueue() *queue {
	return &queue{
		jobs:   map[string]*entry{},
		lanes:  map[string]*lane{},
		ready:  laneHeap{before: longerWaiting},
		timed:  laneHeap{before: soonerDue},
		handed: map[*entry]struct{}{},
	}
}

// add puts a job in line, or beside it when it is buried.
func (q *queue) add(rec *jobRecord) {
	e := &entry{
		seq: rec.Seq, id: rec.ID, runAt: rec.RunAt, at: rec.At, place: rec.Place, tries: rec.Tries,
	}
	q.jobs[e.id] = e
	if !rec.BuriedAt.IsZero() {
		return
	}
	l := q.lanes[rec.Lane]
	if l == nil {
		l = &lane{name: rec.Lane, pos: -1}
		q.lanes[rec.Lane] = l
	}
	e.lane = l
	q.lift(l)
	heap.Push(&l.line, e)
	if !rec.Timed && e.place.After(l.floor) {
		l.floor = e.place
	}
	q.place(l)
}

// change has the queue follow what became of a job; nil: it is gone.
func (q *queue) change(id string, rec *jobRecord) {
	if e := q.jobs[id]; e != nil {
		q.drop(e)
	}
	if rec != nil {
		q.add(rec)
	}
}

func (q *queue) drop(e *entry) {
	delete(q.jobs, e.id)
	delete(q.handed, e)
	l := e.lane
	if l == nil {
		return
	}
	q.lift(l)
	if e.handed {
		l.running = nil
	} else {
		heap.Remove(&l.line, e.pos)
	}
	q.place(l)
}

// lift takes a lane out of its heap before its line changes.
func (q *queue) lift(l *lane) {
	if l.pos >= 0 {
		heap.Remove(q.heapOf(l), l.pos)
	}
}

// place puts a lifted lane into the heap in which it belongs by its first job.
func (q *queue) place(l *lane) {
	switch {
	case l.running != nil:
	case len(l.line) == 0:
		delete(q.lanes, l.name)
	default:
		l.ready = l.line[0].runAt.IsZero()
		heap.Push(q.heapOf(l), l)
	}
}

func (q *queue) heapOf(l *lane) *laneHeap {
	if l.ready {
		return &q.ready
	}
	return &q.timed
}

// claim hands out at most max jobs due at now.
func (q *queue) claim(now time.Time, max int) []*entry {
	if q.closed {
		return nil
	}
	for len(q.timed.lanes) > 0 && q.timed.lanes[0].line[0].due(now) {
		l := heap.Pop(&q.timed).(*lane)
		l.ready = true
		heap.Push(&q.ready, l)
	}
	var out []*entry
	for len(out) < max && len(q.ready.lanes) > 0 {
		l := heap.Pop(&q.ready).(*lane)
		if !l.line[0].due(now) { // another caller's now was later than this one's
			l.ready = false
			heap.Push(&q.timed, l)
			continue
		}
		e := heap.Pop(&l.line).(*entry)
		l.running, e.handed = e, true
		q.handed[e] = struct{}{}
		out = append(out, e)
	}
	return out
}

// release takes a job back as if it had not been handed out.
func (q *queue) release(e *entry) {
	if q.jobs[e.id] != e || !e.handed {
		return
	}
	e.handed = false
	delete(q.handed, e)
	e.lane.running = nil
	heap.Push(&e.lane.line, e)
	q.place(e.lane)
}

// nextDue is the earliest time at which claim would hand something out.
func (q *queue) nextDue() (at time.Time, ok bool) {
	if len(q.ready.lanes) > 0 {
		at, ok = q.ready.lanes[0].line[0].since(), true
	}
	if len(q.timed.lanes) > 0 {
		if due := q.timed.lanes[0].line[0].runAt; !ok || due.Before(at) {
			at, ok = due, true
		}
	}
	return at, ok
}

// doubtful are the jobs that a process that died may have been working on. A
// job that stands behind an older one of its lane cannot have been handed out:
// the older one was there first. Nor can one whose time has not come.
func (q *queue) doubtful(now time.Time) []*entry {
	var out []*entry
	for _, l := range q.lanes {
		inLine := slices.SortedFunc(slices.Values(l.line), compareEntries)
		oldest := uint64(math.MaxUint64)
		for _, e := range inLine {
			if e.seq < oldest && e.due(now) {
				out = append(out, e)
			}
			oldest = min(oldest, e.seq)
		}
	}
	return out
}

// close ends claiming and returns the jobs that are being worked on.
func (q *queue) close() []*entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	out := make([]*entry, 0, len(q.handed))
	for e := range q.handed {
		out = append(out, e)
	}
	return out
}

func (q *queue) countAttempts(entries []*entry) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, e := range entries {
		e.tries++
	}
}

// attempts is how many attempts of a job may have had effects by now.
func (q *queue) attempts(id string) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	e := q.jobs[id]
	switch {
	case e == nil:
		return 0
	case e.handed:
		return e.tries + 1
	}
	return e.tries
}

// floor is the last place given to a waiting or running job of the lane that was
// to run at once; zero when there is none.
func (q *queue) floor(name string) time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	if l := q.lanes[name]; l != nil {
		return l.floor
	}
	return time.Time{}
}

// find returns the number under which a job is stored and whether it is handed
// out; ok is false for one that is neither waiting, handed out nor buried.
func (q *queue) find(id string) (seq uint64, handed, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if e := q.jobs[id]; e != nil {
		return e.seq, e.handed, true
	}
	return 0, false, false
}
