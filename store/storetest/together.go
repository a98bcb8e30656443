package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"coachbot/store"
)

// each runs fn n times at once and waits for all.
func each(n int, fn func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { fn(i) })
	}
	wg.Wait()
}

// check reports an error from a goroutine, where a test may not be stopped.
func (b *bench) check(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Errorf("unexpected error: %v", err)
	}
}

// togetherTests: many callers at once.
func togetherTests() []test {
	return []test{
		{"of many deliveries of one message one is new", func(b *bench) {
			var mu sync.Mutex
			news := 0
			each(20, func(i int) {
				j := b.job(fmt.Sprint("Ev", i%10), "a")
				j.Keys = []string{j.ID, "C1.1.0"}
				fresh, err := b.Enqueue(b.ctx(), j)
				b.check(err)
				mu.Lock()
				defer mu.Unlock()
				if len(fresh) == 1 && fresh[0] {
					news++
				}
			})
			same(b, "new", news, 1)
		}},
		{"no update is lost", func(b *bench) {
			const callers, times = 8, 10
			each(callers, func(i int) {
				for range times {
					_, err := b.UpdateCase(b.ctx(), "T1.C1.1.1", func(c *store.Case) error {
						if c.Channel == "" {
							*c = aCase("C1", "1.1", day(0))
							c.Turns = 0
						}
						c.Turns++
						return nil
					})
					b.check(err)
				}
			})
			got, err := b.Case(b.ctx(), "T1.C1.1.1")
			b.must(err)
			same(b, "turns", got.Turns, callers*times)
		}},
		{"an error of one is no error of others", func(b *bench) {
			each(40, func(i int) {
				id := fmt.Sprint("case", i)
				_, err := b.UpdateCase(b.ctx(), id, func(c *store.Case) error {
					*c = aCase("C1", "1.1", day(0))
					c.ID = id
					if i%3 == 0 {
						return errStop
					}
					return nil
				})
				if i%3 == 0 {
					b.is(id, err, errStop)
				} else {
					b.check(err)
				}
			})
			same(b, "stored", len(b.opened("", day(0), day(1))), 26)
		}},
		{"of many helpers one gets the request", func(b *bench) {
			h := aHelpRequest("h1", day(0))
			h.State, h.Helper = store.HelpOpen, ""
			b.putHelp(h)
			var mu sync.Mutex
			won := 0
			each(50, func(i int) {
				got, err := b.UpdateHelpRequest(b.ctx(), "h1", func(h *store.HelpRequest) error {
					if h.State == store.HelpOpen {
						h.State, h.Helper = store.HelpClaimed, fmt.Sprint("U", i)
					}
					return nil
				})
				b.check(err)
				mu.Lock()
				defer mu.Unlock()
				if got.Helper == fmt.Sprint("U", i) {
					won++
				}
			})
			same(b, "won", won, 1)
		}},
		{"one claims a post", func(b *bench) {
			var mu sync.Mutex
			var winners []string
			each(16, func(i int) {
				p := aPost("k", "")
				p.Kind = fmt.Sprint("of ", i)
				got, fresh, err := b.ClaimPost(b.ctx(), p)
				b.check(err)
				mu.Lock()
				defer mu.Unlock()
				if fresh {
					winners = append(winners, p.Kind)
				}
				if !fresh && len(winners) == 1 && got.Kind != winners[0] {
					b.t.Errorf("caller %d got the post %q", i, got.Kind)
				}
			})
			same(b, "winners", len(winners), 1)
		}},
		{"workers keep the order of every lane", func(b *bench) {
			const lanes, each1 = 5, 20
			var mu sync.Mutex
			done, running := map[string][]string{}, map[string]string{}
			var work sync.WaitGroup
			ctx, cancel := context.WithTimeout(b.ctx(), time.Minute)
			defer cancel()
			left := make(chan struct{}, lanes*each1)
			for range 4 {
				work.Go(func() {
					for len(left) < lanes*each1 && ctx.Err() == nil {
						jobs, err := b.Claim(ctx, b.clock.Now(), 2)
						b.check(err)
						for _, j := range jobs {
							mu.Lock()
							if other := running[j.Lane]; other != "" {
								b.t.Errorf("%s and %s of lane %s at once", other, j.ID, j.Lane)
							}
							running[j.Lane] = j.ID
							mu.Unlock()
							if j.Attempt == 1 && len(j.ID)%2 == 0 {
								mu.Lock()
								running[j.Lane] = ""
								mu.Unlock()
								b.check(b.Retry(ctx, j.ID, time.Time{}, "once more"))
								continue
							}
							mu.Lock()
							running[j.Lane] = ""
							done[j.Lane] = append(done[j.Lane], j.ID)
							mu.Unlock()
							b.check(b.Finish(ctx, j.ID))
							left <- struct{}{}
						}
					}
				})
			}
			want := map[string][]string{}
			for i := range each1 {
				for l := range lanes {
					lane := fmt.Sprint("lane", l)
					id := fmt.Sprintf("%s-%d", lane, i)
					want[lane] = append(want[lane], id)
					b.enqueue(b.job(id, lane))
				}
			}
			work.Wait()
			same(b, "order", done, want)
		}},
		{"reading, walking and copying while others write", func(b *bench) {
			b.fill()
			ctx, cancel := context.WithCancel(b.ctx())
			var writers sync.WaitGroup
			for i := range 3 {
				writers.Go(func() {
					for n := 0; ctx.Err() == nil; n++ {
						id := fmt.Sprintf("w%d-%d", i, n)
						_, err := b.Enqueue(b.ctx(), b.job(id, id))
						b.check(err)
						b.check(b.Finish(b.ctx(), id))
					}
				})
			}
			for range 5 {
				_, err := b.Backup(b.ctx(), discard{})
				b.check(err)
				faults, err := b.Check(b.ctx())
				b.check(err)
				same(b, "faults", faults, []string(nil))
				jobs := 0
				for _, r := range b.dump() {
					if r.Job != nil {
						jobs++
					}
				}
				if jobs < 4 || jobs > 7 {
					b.t.Errorf("walked over %d jobs, want those of the fill and at most one a writer", jobs)
				}
			}
			cancel()
			writers.Wait()
		}},
		{"callers who give up", func(b *bench) {
			var mu sync.Mutex
			var kept []string
			each(40, func(i int) {
				id := fmt.Sprint(i)
				ctx, cancel := context.WithTimeout(b.ctx(), time.Duration(i)*50*time.Microsecond)
				defer cancel()
				_, err := b.Enqueue(ctx, b.job(id, id))
				if err != nil {
					b.is("enqueue", err, context.DeadlineExceeded)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				kept = append(kept, id)
			})
			b.reopen()
			got := b.claim(100)
			for _, id := range kept {
				if !slices.Contains(got, id) {
					b.t.Errorf("job %s was acknowledged and is lost", id)
				}
			}
		}},
		{"closing in the middle of writes", func(b *bench) {
			var mu sync.Mutex
			var kept []string
			started := make(chan struct{}, 8)
			var writers sync.WaitGroup
			for i := range 8 {
				writers.Go(func() {
					for n := 0; ; n++ {
						id := fmt.Sprintf("%d-%d", i, n)
						_, err := b.Enqueue(b.ctx(), b.job(id, id))
						if n == 0 {
							started <- struct{}{}
						}
						if err != nil {
							b.is("enqueue", err, store.ErrClosed)
							return
						}
						mu.Lock()
						kept = append(kept, id)
						mu.Unlock()
					}
				})
			}
			for range 8 {
				<-started
			}
			b.must(b.Close())
			writers.Wait()
			b.Store = nil
			b.reopen()
			got := b.claim(len(kept) + 10)
			slices.Sort(got)
			slices.Sort(kept)
			same(b, "acknowledged", got, kept)
		}},
	}
}
