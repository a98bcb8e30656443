package bolt

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// maxBatch bounds a commit, so that the first of a crowd does not wait for all.
const maxBatch = 512

// change is one caller's change on its way through the writer.
type change struct {
	apply func(*batch) error
	taken atomic.Bool // by the writer, or by a caller who gave up: whoever is first
	done  chan struct{}
	err   error
	after []func() // once the change is durable
}

// writer is the one goroutine that writes. Callers append to waiting; while a
// commit runs, the next batch gathers there.
type writer struct {
	commit func([]*change)

	mu      sync.Mutex
	wake    sync.Cond
	waiting []*change
	stopped bool
	gone    chan struct{}
}

func newWriter(commit func([]*change)) *writer {
	w := &writer{commit: commit, gone: make(chan struct{})}
	w.wake.L = &w.mu
	go w.run()
	return w
}

func (w *writer) run() {
	defer close(w.gone)
	// A damaged file must come back as an error, not end the process.
	debug.SetPanicOnFault(true)
	for {
		changes, ok := w.next()
		if !ok {
			return
		}
		taken := changes[:0]
		for _, c := range changes {
			if c.taken.CompareAndSwap(false, true) {
				taken = append(taken, c)
			}
		}
		if len(taken) == 0 {
			continue
		}
		w.commit(taken)
		for _, c := range taken {
			close(c.done)
		}
	}
}

// next waits for changes; ok is false when the writer was stopped and all is done.
func (w *writer) next() (changes []*change, ok bool) {
	runtime.Gosched() // callers woken by the last commit get into this one
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.waiting) == 0 {
		if w.stopped {
			return nil, false
		}
		w.wake.Wait()
	}
	n := min(len(w.waiting), maxBatch)
	changes = append(changes, w.waiting[:n]...)
	w.waiting = append(w.waiting[:0], w.waiting[n:]...)
	return changes, true
}

// submit hands a change over; false when the writer was stopped.
func (w *writer) submit(c *change) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped {
		return false
	}
	w.waiting = append(w.waiting, c)
	w.wake.Signal()
	return true
}

// stop waits for the changes handed over so far.
func (w *writer) stop() {
	w.mu.Lock()
	w.stopped = true
	w.wake.Signal()
	w.mu.Unlock()
	<-w.gone
}

// update makes apply's change durable. When the context ends before the writer
// has begun, nothing is changed; after that the caller waits for the outcome,
// because apply may use what belongs to the caller.
func (s *Store) update(ctx context.Context, apply func(*batch) error) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	c := &change{apply: apply, done: make(chan struct{})}
	if s.readOnly {
		return fmt.Errorf("%w: %s was opened to be read only", store.ErrNoRoom, s.path)
	}
	if !s.writer.submit(c) {
		return store.ErrClosed
	}
	select {
	case <-c.done:
	case <-ctx.Done():
		if c.taken.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		<-c.done
	}
	return release(c.err)
}

// write is update without a caller who could give up, and works while closing.
func (s *Store) write(apply func(*batch) error) error {
	c := &change{apply: apply, done: make(chan struct{})}
	if !s.writer.submit(c) {
		return store.ErrClosed
	}
	<-c.done
	return c.err
}

// commit runs the changes in one transaction and sets the outcome of each. A
// change that fails before it wrote anything just fails; after one that fails
// later, the rest run again.
func (s *Store) commit(changes []*change) {
	changes = slices.Clone(changes)
	for len(changes) > 0 {
		failed, applied, err := s.attempt(changes)
		if failed == nil {
			s.settle(changes, applied, err)
			return
		}
		changes = slices.DeleteFunc(changes, func(c *change) bool { return c == failed })
	}
}

// settle gives the queue what was applied, and each change its error.
func (s *Store) settle(changes []*change, applied bool, err error) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	for _, c := range changes {
		if c.err != nil {
			continue
		}
		if applied {
			for _, fn := range c.after {
				fn()
			}
		}
		c.err = err
	}
}

// attempt runs the changes and commits. failed is one that failed after having
// written: its own error is set, and nothing was committed.
func (s *Store) attempt(changes []*change) (failed *change, applied bool, err error) {
	tx, err := s.db.Begin(true)
	if err != nil {
		return nil, false, s.translate(err)
	}
	var running *change
	defer func() {
		if p := recover(); p != nil {
			err = s.damaged(p)
			s.abandon(tx)
			if running != nil {
				running.err, failed, err = err, running, nil
			}
		}
	}()
	b := newBatch(tx)
	for _, c := range changes {
		running, b.current = c, c
		before := b.writes
		c.after = nil
		if c.err = s.translate(c.apply(b)); c.err != nil && b.writes != before {
			return c, false, tx.Rollback()
		}
	}
	running = nil
	if b.writes == 0 {
		return nil, true, tx.Rollback()
	}
	if err := b.flushCounts(); err != nil {
		_ = tx.Rollback()
		return nil, false, s.translate(err)
	}
	applied, err = s.finish(tx)
	return nil, applied, s.translate(err)
}

// abandon rolls back after a panic, which may have left nothing to roll back.
func (s *Store) abandon(tx *bbolt.Tx) {
	defer func() {
		if p := recover(); p != nil {
			_ = s.damaged(p)
		}
	}()
	_ = tx.Rollback()
}

// finish commits. bbolt undoes a commit that fails, unless its very last write
// reached the file and only the sync after it failed: then the change is
// applied, but nobody knows whether it would survive a loss of power.
func (s *Store) finish(tx *bbolt.Tx) (applied bool, err error) {
	id := tx.ID()
	if err = tx.Commit(); err == nil {
		return true, nil
	}
	viewErr := s.db.View(func(tx *bbolt.Tx) error {
		applied = tx.ID() >= id
		return nil
	})
	return applied && viewErr == nil, err
}
