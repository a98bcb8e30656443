package storetest

import (
	"time"

	"coachbot/store"
)

// attemptTests: what a job says of earlier attempts.
func attemptTests() []test {
	return []test{
		{"retried counts, deferred does not", func(b *bench) {
			b.enqueue(b.job("1", "a"))
			b.attempt("1", 1, "")
			b.must(b.Defer(b.ctx(), "1", b.clock.Now()))
			b.attempt("1", 1, "")
			b.must(b.Retry(b.ctx(), "1", b.clock.Now(), "Slack said no"))
			b.attempt("1", 2, "Slack said no")
			b.must(b.Retry(b.ctx(), "1", b.clock.Now(), "again\x00"))
			b.reopen()
			b.attempt("1", 3, "again")
		}},
		{"deferring while waiting changes only the time", func(b *bench) {
			b.enqueue(b.job("1", "a"))
			b.must(b.Defer(b.ctx(), "1", day(1)))
			same(b, "claimed", b.claim(5), []string{})
			b.clock.advance(24 * time.Hour)
			b.attempt("1", 1, "")
		}},
		{"handed out when the store closed", func(b *bench) {
			b.enqueue(b.job("1", "a"), b.job("2", "a"), b.job("3", "b"))
			b.attempt("1", 1, "")
			b.reopen()
			b.attempt("1", 2, "") // may have had effects
			b.attempt("3", 1, "") // was not handed out
			b.must(b.Finish(b.ctx(), "1"))
			b.attempt("2", 1, "")
			b.reopen()
			b.reopen()
			b.attempt("2", 2, "")
			b.attempt("3", 2, "")
		}},
		{"a buried job says why", func(b *bench) {
			b.enqueue(b.job("1", "a"))
			b.attempt("1", 1, "")
			b.must(b.Bury(b.ctx(), "1", day(1), "gave up"))
			b.must(b.Bury(b.ctx(), "1", day(2), "really"))
			want := b.job("1", "a")
			want.Keys, want.Attempt, want.Cause, want.BuriedAt = []string{"1"}, 1, "really", day(1)
			same(b, "walked", b.walkJobs(), []store.Job{want})
			b.must(b.Retry(b.ctx(), "1", time.Time{}, "by hand"))
			b.attempt("1", 2, "by hand")
			b.must(b.Finish(b.ctx(), "1"))
			same(b, "walked", len(b.walkJobs()), 0)
		}},
		{"an attempt is counted once it was made", func(b *bench) {
			b.enqueue(b.job("1", "a"), b.job("2", "a"))
			b.must(b.Retry(b.ctx(), "1", day(1), "was not even tried"))
			b.must(b.Bury(b.ctx(), "2", day(1), "nor this"))
			got := b.walkJobs()
			same(b, "attempts", []int{got[0].Attempt, got[1].Attempt}, []int{0, 0})
		}},
		{"a buried job is finished for good", func(b *bench) {
			b.enqueue(b.job("1", "a"))
			b.must(b.Bury(b.ctx(), "1", day(1), "gave up"))
			b.must(b.Finish(b.ctx(), "1"))
			b.is("retry", b.Retry(b.ctx(), "1", day(1), ""), store.ErrNotFound)
		}},
		{"walking tells the attempts that may have had effects", func(b *bench) {
			b.enqueue(b.job("1", "a"), b.job("2", "b"))
			b.attempt("1", 1, "")
			got := b.walkJobs()
			same(b, "attempts", []int{got[0].Attempt, got[1].Attempt}, []int{1, 0})
		}},
	}
}

// attempt claims one job and checks which it is and what it says.
func (b *bench) attempt(id string, attempt int, cause string) {
	b.t.Helper()
	jobs, err := b.Claim(b.ctx(), b.clock.Now(), 1)
	b.must(err)
	if len(jobs) != 1 || jobs[0].ID != id || jobs[0].Attempt != attempt || jobs[0].Cause != cause {
		b.t.Fatalf("claimed %+v, want job %s, attempt %d, cause %q", jobs, id, attempt, cause)
	}
}

func (b *bench) walkJobs() (jobs []store.Job) {
	b.t.Helper()
	b.must(b.Walk(b.ctx(), func(r store.Record) error {
		if r.Job != nil {
			jobs = append(jobs, *r.Job)
		}
		return nil
	}))
	return jobs
}
