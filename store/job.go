package store

import (
	"context"
	"fmt"
	"time"
)

// Job is one entry of the queue: a delivery from Slack, or work with a time to run at.
type Job struct {
	ID       string    `json:"id"`        // unique for ever: the first of Keys
	Keys     []string  `json:"keys"`      // Slack's own ids of the delivery; one known key makes it a duplicate
	Lane     string    `json:"lane"`      // order is kept within a lane; lanes run in parallel
	Kind     string    `json:"kind"`      // which worker does it
	Payload  []byte    `json:"payload"`   // the worker's business, at most MaxPayload bytes
	RunAt    time.Time `json:"run_at"`    // not before; zero: at once
	At       time.Time `json:"at"`        // when it was accepted
	Attempt  int       `json:"attempt"`   // of this claim, from 1; above 1 an earlier one may have had effects
	Cause    string    `json:"cause"`     // why the last attempt failed, for the operator
	BuriedAt time.Time `json:"buried_at"` // given up, kept for the operator; zero while alive
}

// MaxPayload is the size of a payload in bytes. Slack's own limit on a message
// is 40,000 characters; the rest is headroom for four-byte characters and JSON.
const MaxPayload = 512 << 10

// Validate says what is wrong with a job before it is written.
func (j Job) Validate() error {
	switch {
	case j.ID == "":
		return fmt.Errorf("%w: job without id", ErrInvalid)
	case j.Lane == "" || j.Kind == "":
		return fmt.Errorf("%w: job %s without lane or kind", ErrInvalid, j.ID)
	case len(j.Payload) > MaxPayload:
		return fmt.Errorf("%w: job %s has %d bytes, at most %d", ErrInvalid, j.ID, len(j.Payload), MaxPayload)
	}
	if err := validKeys("job", j.ID, append([]string{j.ID, j.Lane}, j.Keys...)...); err != nil {
		return err
	}
	return validTimes("job", j.ID, j.RunAt, j.At, j.BuriedAt)
}

// Key is a remembered deduplication key.
type Key struct {
	Key string    `json:"key"`
	At  time.Time `json:"at"`
}

// Validate says what is wrong with a key before it is written.
func (k Key) Validate() error {
	if k.Key == "" || k.At.IsZero() {
		return fmt.Errorf("%w: key %q without text or time", ErrInvalid, k.Key)
	}
	if err := validKeys("key", k.Key, k.Key); err != nil {
		return err
	}
	return validTimes("key", k.Key, k.At)
}

// Queue is the one durable queue. A job lives until it is finished; a buried
// one is kept beside it for the operator until it is finished, retried or purged.
//
// The order within a lane: a job stands in line by the time at which it comes
// due (RunAt, or the time of enqueueing when RunAt is not later), then as
// enqueued. A job keeps that place when it is retried or deferred, so its lane
// waits for it. A job whose first RunAt is still to come holds nobody up. Jobs to
// run at once never overtake each other, whatever the clocks say. One job of a
// lane is handed out at a time.
type Queue interface {
	// Enqueue stores the jobs, all or none, in the given order, and says for each
	// whether it is new. A job any of whose keys (its ID is one) was ever
	// enqueued and not yet purged is a duplicate, even if finished, and is left out;
	// its other keys are not remembered. A zero At becomes the store's time;
	// Attempt, Cause and BuriedAt are the store's and ignored.
	// Calls from many goroutines share one commit.
	Enqueue(ctx context.Context, jobs ...Job) (fresh []bool, err error)

	// Claim hands out at most max jobs that are the first in line of their lane,
	// are due at now and not handed out, the longest waiting first. A job stays
	// handed out until Finish, Retry, Defer or Bury, or until the process that claimed
	// it is gone. Attempt is 1 only when no earlier claim can have had effects.
	Claim(ctx context.Context, now time.Time, max int) ([]Job, error)

	// Finish removes the job, handed out, waiting or buried; its keys stay known.
	// This and the next three return ErrNotFound when there is no such job, and
	// leave a job that is handed out so when they fail: call again.
	Finish(ctx context.Context, id string) error

	// Retry hands the job back, to run not before at; its lane waits for it. A
	// buried job comes back to life as if it were enqueued anew, as it does by Defer.
	Retry(ctx context.Context, id string, at time.Time, cause string) error

	// Defer is Retry for a job that had no effect yet: the attempt is not counted.
	Defer(ctx context.Context, id string, at time.Time) error

	// Bury gives the job up: its lane goes on, the job is kept for the operator.
	// A job that is buried already keeps its time.
	Bury(ctx context.Context, id string, at time.Time, cause string) error

	// NextDue returns the earliest time at which Claim could hand a job out, which
	// may be past; ok is false when there is none. Jobs due at once have their At.
	NextDue(ctx context.Context) (at time.Time, ok bool, err error)
}
