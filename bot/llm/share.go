package llm

import (
	"context"
	"errors"
	"sync"
	"time"
)

// maxShared bounds the answers kept for identical questions.
const maxShared = 1000

// shared lets identical questions share one call and its answer.
type shared struct {
	keep  time.Duration
	mu    sync.Mutex
	asked map[[32]byte]*question
}

// question is one that is being asked, or was answered a short while ago.
type question struct {
	done   chan struct{}
	answer Response
	err    error
	until  time.Time // zero while it is being asked
}

// once asks, or waits for who asks the same, or has the answer already. A
// failure is told to those who waited and not kept; where only the asker's own time was
// over, the next of them asks.
func (s *shared) once(ctx context.Context, key [32]byte, ask func() (Response, error)) (Response, error) {
	var q *question
	for {
		now := time.Now()
		s.mu.Lock()
		q = s.asked[key]
		if q == nil || !q.until.IsZero() && !now.Before(q.until) {
			s.forget(now)
			break
		}
		s.mu.Unlock()
		select {
		case <-q.done:
		case <-ctx.Done():
			return Response{}, ctx.Err()
		}
		if ctx.Err() == nil && (errors.Is(q.err, context.Canceled) || errors.Is(q.err, context.DeadlineExceeded)) {
			continue
		}
		return q.answer, q.err
	}
	q = &question{done: make(chan struct{})}
	s.asked[key] = q
	s.mu.Unlock()
	answered := false
	defer func() {
		s.mu.Lock()
		if q.until = time.Now().Add(s.keep); (q.err != nil || !answered) && s.asked[key] == q {
			delete(s.asked, key)
		}
		s.mu.Unlock()
		if !answered {
			q.err = ErrResting // the asker panicked: nobody waits for ever
		}
		close(q.done)
	}()
	q.answer, q.err = ask()
	answered = true
	return q.answer, q.err
}

// forget drops what is too old, and the oldest when there is too much.
func (s *shared) forget(now time.Time) {
	var oldest [32]byte
	var least time.Time
	for key, q := range s.asked {
		if q.until.IsZero() {
			continue
		}
		if !now.Before(q.until) {
			delete(s.asked, key)
		} else if least.IsZero() || q.until.Before(least) {
			oldest, least = key, q.until
		}
	}
	if len(s.asked) >= maxShared {
		delete(s.asked, oldest)
	}
}
