// Package storetest is what any backend of package store must pass. Run is the
// suite: every promise of the contract's comments has a test here, and a change
// to the contract starts here. Faulty wraps a store in faults for the tests of
// those who use one.
//
// Single calls and concurrency are apart, because a backend with one writer
// fails differently from one with many: it deadlocks where the other conflicts.
package storetest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"coachbot/store"
)

// Fresh prepares an empty place for one test and returns what opens a store
// there. It is called again after the store was closed, and must then find
// what was kept. The store's clock is now.
type Fresh func(t *testing.T, now func() time.Time) (open func() (store.Store, error))

// Run holds a backend to the contract.
func Run(t *testing.T, fresh Fresh) {
	groups := []struct {
		name  string
		tests []test
	}{
		{"queue", queueTests()},
		{"lanes", laneTests()},
		{"attempts", attemptTests()},
		{"cases", caseTests()},
		{"posts", postTests()},
		{"channels", channelTests()},
		{"evidence", evidenceTests()},
		{"teams", teamTests()},
		{"help requests", helpTests()},
		{"knowledge", knowledgeTests()},
		{"promises to customers", promiseKeepingTests()},
		{"spendings", spendingTests()},
		{"embeddings", embeddingTests()},
		{"role plays", rolePlayTests()},
		{"digests", digestTests()},
		{"promises", promiseTests()},
		{"maintenance", maintenanceTests()},
		{"together", togetherTests()},
		{"random", randomTests()},
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			for _, tt := range g.tests {
				t.Run(tt.name, func(t *testing.T) {
					t.Parallel()
					clock := newClock()
					b := &bench{t: t, clock: clock, open: fresh(t, clock.Now)}
					b.reopen()
					t.Cleanup(b.end)
					tt.run(b)
				})
			}
		})
	}
}

type test struct {
	name string
	run  func(b *bench)
}

// bench is one store under test with what the tests need to say things shortly.
type bench struct {
	t     *testing.T
	clock *clock
	open  func() (store.Store, error)
	store.Store
}

// reopen closes the store, if it is open, and opens it again.
func (b *bench) reopen() {
	b.t.Helper()
	if b.Store != nil {
		b.must(b.Close())
	}
	s, err := b.open()
	if err != nil {
		b.t.Fatalf("open: %v", err)
	}
	b.Store = s
}

// end checks that the store is sound whatever the test did to it.
func (b *bench) end() {
	faults, err := b.Check(context.Background())
	if err == nil && len(faults) > 0 {
		b.t.Errorf("the store is damaged at the end: %q", faults)
	}
	b.must(b.Close())
}

func (b *bench) ctx() context.Context { return b.t.Context() }

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("unexpected error: %v", err)
	}
}

// is checks that an error is the promised one.
func (b *bench) is(what string, got, want error) {
	b.t.Helper()
	if !errors.Is(got, want) {
		b.t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

// same compares by the whole value, times and absent lists included.
func same[T any](b *bench, what string, got, want T) {
	b.t.Helper()
	if !reflect.DeepEqual(got, want) {
		b.t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// clock stands still until a test moves it.
type clock struct{ at chan time.Time }

func newClock() *clock {
	c := &clock{at: make(chan time.Time, 1)}
	c.at <- day(0)
	return c
}

func (c *clock) Now() time.Time {
	now := <-c.at
	c.at <- now
	return now
}

func (c *clock) advance(d time.Duration) time.Time {
	now := (<-c.at).Add(d)
	c.at <- now
	return now
}

// day is midnight UTC of a day of the tests' calendar.
func day(n int) time.Time { return time.Date(2026, 3, 1+n, 0, 0, 0, 0, time.UTC) }

// job is a job to run at once.
func (b *bench) job(id, lane string) store.Job {
	return store.Job{ID: id, Lane: lane, Kind: "test", Payload: []byte("payload of " + id), At: b.clock.Now()}
}

// enqueue adds jobs that must all be new.
func (b *bench) enqueue(jobs ...store.Job) {
	b.t.Helper()
	fresh, err := b.Enqueue(b.ctx(), jobs...)
	b.must(err)
	if slices.Contains(fresh, false) || len(fresh) != len(jobs) {
		b.t.Fatalf("enqueue of %d new jobs: fresh %v", len(jobs), fresh)
	}
}

// claim hands out what is due now and returns the ids.
func (b *bench) claim(max int) []string {
	b.t.Helper()
	jobs, err := b.Claim(b.ctx(), b.clock.Now(), max)
	b.must(err)
	return ids(jobs)
}

func ids(jobs []store.Job) []string {
	out := make([]string, 0, len(jobs))
	for _, j := range jobs {
		out = append(out, j.ID)
	}
	return out
}
