package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"coachbot/store"
)

// unreadable is a store whose queue cannot be read though something is due.
type unreadable struct {
	store.Store
	claims atomic.Int32
}

func (u *unreadable) Claim(context.Context, time.Time, int) ([]store.Job, error) {
	u.claims.Add(1)
	return nil, errors.New("a damaged page")
}

func (u *unreadable) NextDue(context.Context) (time.Time, bool, error) {
	return time.Now().Add(-time.Hour), true, nil
}

// A queue that cannot be read is not asked for without a pause: each time is a line in the log.
func TestAQueueThatCannotBeReadIsAskedForSeldom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := new(unreadable)
		a := &App{core: &core{store: s, now: time.Now, log: slog.New(slog.DiscardHandler), wake: make(chan struct{}, 1)}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		a.work(ctx)
		if n := s.claims.Load(); n < 5 || n > 20 {
			t.Errorf("asked for %d times within a minute", n)
		}
	})
}
