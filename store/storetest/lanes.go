package storetest

import (
	"slices"
	"time"
)

// laneTests: who comes next.
func laneTests() []test {
	return []test{
		{"one of a lane at a time, lanes in parallel", func(b *bench) {
			b.enqueue(b.job("a1", "a"), b.job("a2", "a"), b.job("b1", "b"), b.job("a3", "a"))
			same(b, "claimed", b.claim(10), []string{"a1", "b1"})
			same(b, "claimed", b.claim(10), []string{})
			b.must(b.Finish(b.ctx(), "b1"))
			same(b, "claimed", b.claim(10), []string{})
			b.must(b.Finish(b.ctx(), "a1"))
			same(b, "claimed", b.claim(10), []string{"a2"})
		}},
		{"the longest waiting first", func(b *bench) {
			old, young := b.job("old", "a"), b.job("young", "b")
			old.At, young.At = day(-2), day(-1)
			timed := b.job("timed", "c")
			timed.At, timed.RunAt = day(-3), day(-1).Add(-time.Hour)
			b.enqueue(young, timed, old)
			same(b, "first", b.claim(1), []string{"old"})
			same(b, "then", b.claim(5), []string{"timed", "young"})
		}},
		{"a job with a time to come holds nobody up", func(b *bench) {
			timed := b.job("timed", "a")
			timed.RunAt = day(1)
			b.enqueue(timed, b.job("now", "a"))
			same(b, "claimed", b.claim(5), []string{"now"})
			b.must(b.Finish(b.ctx(), "now"))
			same(b, "claimed", b.claim(5), []string{})
			b.clock.advance(24 * time.Hour)
			same(b, "claimed", b.claim(5), []string{"timed"})
		}},
		{"by due time within a lane", func(b *bench) {
			for i, h := range []int{3, 1, 2, 1} {
				j := b.job(string(rune('p'+i)), "a")
				j.RunAt = day(0).Add(time.Duration(h) * time.Hour)
				b.enqueue(j)
			}
			b.clock.advance(5 * time.Hour)
			b.enqueue(b.job("now", "a"))
			same(b, "order", b.drain(), []string{"q", "s", "r", "p", "now"})
		}},
		{"a clock that goes back reorders nothing", func(b *bench) {
			for i, back := range []time.Duration{0, time.Hour, time.Minute, 2 * time.Hour} {
				j := b.job(string(rune('p'+i)), "a")
				j.At = day(1).Add(-back)
				b.enqueue(j)
				if i == 1 {
					b.reopen()
				}
			}
			b.clock.advance(48 * time.Hour)
			same(b, "order", b.drain(), []string{"p", "q", "r", "s"})
		}},
		{"a lane waits for a retried job", func(b *bench) {
			b.enqueue(b.job("1", "a"), b.job("2", "a"))
			same(b, "claimed", b.claim(5), []string{"1"})
			b.must(b.Retry(b.ctx(), "1", day(0).Add(time.Minute), "slow"))
			same(b, "while it waits", b.claim(5), []string{})
			b.reopen()
			same(b, "after reopening", b.claim(5), []string{})
			b.clock.advance(time.Minute)
			same(b, "order", b.drain(), []string{"1", "2"})
		}},
		{"a lane waits for a deferred job", func(b *bench) {
			b.enqueue(b.job("1", "a"), b.job("2", "a"))
			same(b, "claimed", b.claim(5), []string{"1"})
			b.must(b.Defer(b.ctx(), "1", day(0).Add(time.Minute)))
			same(b, "while it waits", b.claim(5), []string{})
			b.clock.advance(time.Minute)
			same(b, "order", b.drain(), []string{"1", "2"})
		}},
		{"a buried job lets its lane go on", func(b *bench) {
			b.enqueue(b.job("1", "a"), b.job("2", "a"))
			same(b, "claimed", b.claim(5), []string{"1"})
			b.must(b.Bury(b.ctx(), "1", b.clock.Now(), "hopeless"))
			same(b, "claimed", b.claim(5), []string{"2"})
			b.reopen()
			b.must(b.Retry(b.ctx(), "1", b.clock.Now(), "once more"))
			same(b, "order", b.drain(), []string{"2", "1"})
		}},
		{"an earlier now gets nothing that is due later", func(b *bench) {
			for _, id := range []string{"a", "b"} {
				j := b.job(id, id)
				j.RunAt = day(1)
				b.enqueue(j)
			}
			jobs, err := b.Claim(b.ctx(), day(2), 1)
			b.must(err)
			same(b, "at day 2", ids(jobs), []string{"a"})
			same(b, "at day 0", b.claim(5), []string{})
			jobs, err = b.Claim(b.ctx(), day(1), 5)
			b.must(err)
			same(b, "at day 1", ids(jobs), []string{"b"})
		}},
		{"order survives reopening", func(b *bench) {
			var want []string
			for i := range 50 {
				id := string(rune('A' + i))
				want = append(want, id)
				b.enqueue(b.job(id, "a"))
			}
			b.reopen()
			same(b, "order", b.drain(), want)
		}},
		{"lanes are told apart by the whole name", func(b *bench) {
			b.enqueue(b.job("1", "T1.C1"), b.job("2", "T1.C10"), b.job("3", "T1.C"))
			got := b.claim(5)
			slices.Sort(got)
			same(b, "claimed", got, []string{"1", "2", "3"})
		}},
	}
}

// drain finishes whatever can be claimed now, one by one, and returns the order.
func (b *bench) drain() []string {
	b.t.Helper()
	order := []string{}
	for {
		jobs, err := b.Claim(b.ctx(), b.clock.Now(), 3)
		b.must(err)
		if len(jobs) == 0 {
			return order
		}
		for _, j := range jobs {
			order = append(order, j.ID)
			b.must(b.Finish(b.ctx(), j.ID))
		}
	}
}
