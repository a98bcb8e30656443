package llm

import (
	"sync"
	"time"
)

// breaker leaves a failing service alone. After its rest one question tries it:
// if that works all are asked again, if not it rests once more.
type breaker struct {
	after int
	rest  time.Duration

	mu       sync.Mutex
	failures int
	until    time.Time // resting until then
	trying   bool      // the one question after a rest is under way
}

// allows reports with nil that a question may be asked now.
func (b *breaker) allows(now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Before(b.until) || b.trying {
		return ErrResting
	}
	b.trying = b.failures >= b.after
	return nil
}

func (b *breaker) worked() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failures, b.trying, b.until = 0, false, time.Time{}
}

func (b *breaker) failed(now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trying = false
	if b.failures++; b.failures >= b.after {
		b.later(now.Add(b.rest))
	}
}

// hopeless rests at once and for long: a wrong key or model does not mend itself soon.
func (b *breaker) hopeless(now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trying = false
	b.failures = max(b.failures+1, b.after)
	b.later(now.Add(10 * b.rest))
}

// restUntil rests as long as the service asked for.
func (b *breaker) restUntil(t time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.later(t)
}

// unused takes a question back that was allowed and told nothing of the service.
func (b *breaker) unused() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trying = false
}

func (b *breaker) later(t time.Time) {
	if t.After(b.until) {
		b.until = t
	}
}
