package llm

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// model is a service made of a function.
type model func(ctx context.Context, r Request) (Response, error)

func (m model) Complete(ctx context.Context, r Request) (Response, error) { return m(ctx, r) }

// ledger counts in memory.
type ledger struct{ sum atomic.Int64 }

func (l *ledger) Spent(context.Context) (int, error) { return int(l.sum.Load()), nil }
func (l *ledger) Spend(_ context.Context, n int) (int, error) {
	return int(l.sum.Add(int64(n))), nil
}

func limited(m model, l Limits) (*Limited, *ledger, *notices) {
	book, told := new(ledger), new(notices)
	return NewLimited(m, nil, l, book, told.add), book, told
}

type notices struct {
	mu  sync.Mutex
	all []int
}

func (n *notices) add(_ context.Context, percent int) {
	n.mu.Lock()
	n.all = append(n.all, percent)
	n.mu.Unlock()
}

func (n *notices) has(percent int) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, p := range n.all {
		if p == percent {
			return true
		}
	}
	return false
}

func ok(context.Context, Request) (Response, error) { return Response{Text: "yes", Tokens: 10}, nil }

func TestRetries(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		errs  []error // of the tries, in order; then it works
		tries int
		waits time.Duration // at least
		want  error
	}{
		"at once":             {nil, 1, 0, nil},
		"a bad moment":        {[]error{&StatusError{Code: 500}, &StatusError{Code: 503}}, 3, 1500 * time.Millisecond, nil},
		"asked to wait":       {[]error{&StatusError{Code: 429, RetryAfter: 3 * time.Second}}, 2, 3 * time.Second, nil},
		"asked for too long":  {[]error{&StatusError{Code: 429, RetryAfter: time.Minute}}, 1, 0, &StatusError{Code: 429, RetryAfter: time.Minute}},
		"three times in vain": {[]error{errors.New("a"), errors.New("b"), errors.New("c")}, 3, 1500 * time.Millisecond, errors.New("c")},
		"a wrong key":         {[]error{&StatusError{Code: 401}}, 1, 0, &StatusError{Code: 401}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				tries := 0
				m, _, _ := limited(func(context.Context, Request) (Response, error) {
					if tries++; tries <= len(tt.errs) {
						return Response{}, tt.errs[tries-1]
					}
					return Response{Text: "yes", Tokens: 1}, nil
				}, Limits{})
				ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
				defer cancel()
				start := time.Now()
				_, err := m.Complete(ctx, Request{User: "q"})
				if fmt.Sprint(err) != fmt.Sprint(tt.want) || tries != tt.tries || time.Since(start) < tt.waits {
					t.Errorf("got %v after %d tries and %v, want %v after %d and at least %v", err, tries, time.Since(start), tt.want, tt.tries, tt.waits)
				}
			})
		})
	}
}

func TestBreaker(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls, down := 0, true
		m, _, _ := limited(func(context.Context, Request) (Response, error) {
			calls++
			if down {
				return Response{}, &StatusError{Code: 500}
			}
			return Response{Text: "yes"}, nil
		}, Limits{Tries: 1, BreakAfter: 3, BreakFor: time.Minute})
		ask := func() error { _, err := m.Complete(t.Context(), Request{User: fmt.Sprint(calls)}); return err }
		for range 3 {
			if err := ask(); errors.Is(err, ErrResting) {
				t.Fatalf("it rests too early: %v", err)
			}
		}
		if err := ask(); !errors.Is(err, ErrResting) || calls != 3 {
			t.Errorf("got %v after %d calls, want it to be left alone", err, calls)
		}
		time.Sleep(61 * time.Second)
		if err := ask(); errors.Is(err, ErrResting) || calls != 4 {
			t.Errorf("got %v after %d calls, want one that tries it", err, calls)
		}
		if err := ask(); !errors.Is(err, ErrResting) {
			t.Errorf("got %v, want one more rest", err)
		}
		time.Sleep(61 * time.Second)
		down = false
		for range 3 {
			if err := ask(); err != nil {
				t.Errorf("got %v from a service that works again", err)
			}
		}
	})
}

// After a rest one question tries the service, and no other beside it.
func TestOneTriesTheService(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		m, _, _ := limited(func(context.Context, Request) (Response, error) {
			if calls++; calls == 1 {
				return Response{}, &StatusError{Code: 500}
			}
			time.Sleep(time.Second)
			return Response{Text: "yes"}, nil
		}, Limits{Tries: 1, BreakAfter: 1, BreakFor: time.Minute})
		ask := func(q string) error { _, err := m.Complete(t.Context(), Request{User: q}); return err }
		_ = ask("a")
		time.Sleep(61 * time.Second)
		var done sync.WaitGroup
		done.Go(func() {
			if err := ask("b"); err != nil {
				t.Errorf("got %v from the one that tries it", err)
			}
		})
		synctest.Wait()
		if err := ask("c"); !errors.Is(err, ErrResting) || calls != 2 {
			t.Errorf("got %v after %d calls, want no other beside the one that tries it", err, calls)
		}
		done.Wait()
	})
}

// The one that tries the service panics, which costs its own question alone: the
// breaker waits for no news of it, and the next one tries.
func TestATryThatPanicsLeavesTheServiceOpen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		m, _, _ := limited(func(context.Context, Request) (Response, error) {
			switch calls++; calls {
			case 1:
				return Response{}, &StatusError{Code: 500}
			case 2:
				panic("an answer of no known shape")
			}
			return Response{Text: "yes"}, nil
		}, Limits{Tries: 1, BreakAfter: 1, BreakFor: time.Minute})
		ask := func(q string) (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("panic: %v", p)
				}
			}()
			_, err = m.Complete(t.Context(), Request{User: q})
			return err
		}
		_ = ask("a")
		time.Sleep(61 * time.Second)
		if err := ask("b"); err == nil || calls != 2 {
			t.Fatalf("got %v after %d calls, want the panic", err, calls)
		}
		if err := ask("c"); err != nil {
			t.Errorf("got %v, want the service asked again", err)
		}
	})
}

// A service that asks to be left alone for a minute is, by every question.
func TestRestsAsAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		m, _, _ := limited(func(context.Context, Request) (Response, error) {
			if calls++; calls == 1 {
				return Response{}, &StatusError{Code: 429, RetryAfter: time.Minute}
			}
			return Response{Text: "yes"}, nil
		}, Limits{Tries: 1})
		ask := func(q string) error { _, err := m.Complete(t.Context(), Request{User: q}); return err }
		_ = ask("a")
		time.Sleep(59 * time.Second)
		if err := ask("b"); !errors.Is(err, ErrResting) || calls != 1 {
			t.Errorf("got %v after %d calls, want it to be left alone", err, calls)
		}
		time.Sleep(2 * time.Second)
		if err := ask("c"); err != nil {
			t.Errorf("got %v when the minute is over", err)
		}
	})
}

// A wrong key does not mend itself: the service is not asked for each case.
func TestBreakerHopeless(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _, _ := limited(func(context.Context, Request) (Response, error) { return Response{}, &StatusError{Code: 401} }, Limits{})
		_, first := m.Complete(t.Context(), Request{User: "a"})
		_, second := m.Complete(t.Context(), Request{User: "b"})
		if outcome(first) != "status-401" || !errors.Is(second, ErrResting) {
			t.Errorf("got %v, then %v", first, second)
		}
	})
}

// Who gave up waiting proves nothing about the service.
func TestBreakerCanceled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _, _ := limited(func(ctx context.Context, _ Request) (Response, error) { <-ctx.Done(); return Response{}, ctx.Err() }, Limits{BreakAfter: 1})
		ctx, cancel := context.WithCancel(t.Context())
		go func() { time.Sleep(time.Second); cancel() }()
		if _, err := m.Complete(ctx, Request{User: "a"}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := m.Complete(ctx, Request{User: "b"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the service asked and too slow", err)
		}
		if _, err := m.Complete(t.Context(), Request{User: "c"}); !errors.Is(err, ErrResting) {
			t.Errorf("got %v, want a service that was too slow left alone", err)
		}
	})
}

func TestAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int64
		m, _, _ := limited(func(context.Context, Request) (Response, error) {
			n := now.Add(1)
			for {
				was := most.Load()
				if n <= was || most.CompareAndSwap(was, n) {
					break
				}
			}
			time.Sleep(time.Second)
			now.Add(-1)
			return Response{Text: "yes"}, nil
		}, Limits{AtOnce: 3, Waiting: 5})
		var done sync.WaitGroup
		var busy atomic.Int64
		for i := range 20 {
			done.Go(func() {
				if _, err := m.Complete(t.Context(), Request{User: fmt.Sprint(i)}); errors.Is(err, ErrBusy) {
					busy.Add(1)
				} else if err != nil {
					t.Error(err)
				}
			})
		}
		done.Wait()
		if most.Load() != 3 || busy.Load() != 12 {
			t.Errorf("got %d at once and %d turned away, want 3 and 12", most.Load(), busy.Load())
		}
	})
}

func TestSharing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int64
		m, _, _ := limited(func(context.Context, Request) (Response, error) {
			calls.Add(1)
			time.Sleep(time.Second)
			return Response{Text: "yes"}, nil
		}, Limits{Share: 5 * time.Minute})
		var done sync.WaitGroup
		for range 10 {
			done.Go(func() {
				if r, err := m.Complete(t.Context(), Request{Task: "suggest", User: "same"}); err != nil || r.Text != "yes" {
					t.Errorf("got %v %v", r, err)
				}
			})
		}
		done.Wait()
		time.Sleep(4 * time.Minute)
		_, _ = m.Complete(t.Context(), Request{Task: "suggest", User: "same"})
		if calls.Load() != 1 {
			t.Errorf("got %d calls for one question, want 1", calls.Load())
		}
		_, _ = m.Complete(t.Context(), Request{Task: "suggest", User: "other"})
		_, _ = m.Complete(t.Context(), Request{Task: "rewrite", User: "same"})
		time.Sleep(2 * time.Minute)
		_, _ = m.Complete(t.Context(), Request{Task: "suggest", User: "same"})
		if calls.Load() != 4 {
			t.Errorf("got %d calls, want 4: another question, another task, and the first again later", calls.Load())
		}
	})
}

func TestSharingForgets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _, _ := limited(ok, Limits{})
		for i := range 3 * maxShared {
			if _, err := m.Complete(t.Context(), Request{User: fmt.Sprint(i)}); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(m.shared.asked); n > maxShared {
			t.Errorf("%d answers are kept, want at most %d", n, maxShared)
		}
	})
}

// Who waited for somebody else's question asks it himself when that one was called off.
func TestSharingACallThatWasCalledOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		m, _, _ := limited(func(ctx context.Context, _ Request) (Response, error) {
			if calls++; calls == 1 {
				<-ctx.Done()
				return Response{}, ctx.Err()
			}
			return Response{Text: "yes"}, nil
		}, Limits{})
		first, cancel := context.WithCancel(t.Context())
		var done sync.WaitGroup
		done.Go(func() { _, _ = m.Complete(first, Request{User: "q"}) })
		synctest.Wait()
		done.Go(func() {
			if got, err := m.Complete(t.Context(), Request{User: "q"}); err != nil || got.Text != "yes" {
				t.Errorf("got %+v %v", got, err)
			}
		})
		synctest.Wait()
		cancel()
		done.Wait()
	})
}

// A question that a service refuses (too long, filtered) is no reason to leave it alone; a wrong key is.
func TestRefusedQuestions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, _, _ := limited(func(_ context.Context, r Request) (Response, error) {
			if r.User == "bad" {
				return Response{}, &StatusError{Code: 400}
			}
			return Response{Text: "yes"}, nil
		}, Limits{})
		for range 4 {
			_, bad := m.Complete(t.Context(), Request{User: "bad"})
			_, good := m.Complete(t.Context(), Request{User: "good"})
			if outcome(bad) != "status-400" || good != nil {
				t.Errorf("got %v, then %v", bad, good)
			}
		}
	})
}

// A call that timed out may have been worked on: what was sent counts.
func TestTimeoutsCost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, book, _ := limited(func(ctx context.Context, _ Request) (Response, error) {
			<-ctx.Done()
			return Response{}, ctx.Err()
		}, Limits{DailyTokens: 1000})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := m.Complete(ctx, Request{User: "a question of some words"})
		if !errors.Is(err, context.DeadlineExceeded) || book.sum.Load() != int64(Tokens("a question of some words")) {
			t.Errorf("got %v and %d tokens", err, book.sum.Load())
		}
	})
}

// A failure is not shared: the next one asks again.
func TestSharingFailures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		m, _, _ := limited(func(context.Context, Request) (Response, error) {
			if calls++; calls == 1 {
				return Response{}, &StatusError{Code: 418}
			}
			return Response{Text: "yes"}, nil
		}, Limits{BreakFor: time.Nanosecond})
		_, first := m.Complete(t.Context(), Request{User: "q"})
		time.Sleep(time.Millisecond)
		_, second := m.Complete(t.Context(), Request{User: "q"})
		if first == nil || second != nil {
			t.Errorf("got %v, then %v", first, second)
		}
	})
}

func TestBudget(t *testing.T) {
	t.Parallel()
	m, book, told := limited(func(context.Context, Request) (Response, error) { return Response{Text: "yes", Tokens: 100}, nil }, Limits{DailyTokens: 1000})
	answered := 0
	for i := range 30 {
		if told.has(80) && book.sum.Load() < 800 {
			t.Errorf("80 percent are told at %d tokens", book.sum.Load())
		}
		if book.sum.Load() >= 800 && !told.has(80) {
			t.Errorf("nobody is told at %d tokens", book.sum.Load())
		}
		_, err := m.Complete(t.Context(), Request{User: fmt.Sprint("question ", i), MaxTokens: 90})
		if err == nil {
			answered++
		} else if !errors.Is(err, ErrBudget) {
			t.Fatal(err)
		}
	}
	if book.sum.Load() > 1000 || answered != 10 || !told.has(80) || !told.has(100) {
		t.Errorf("got %d tokens, %d answers, told %v; want at most 1000, 10 answers, told 80 and 100", book.sum.Load(), answered, told.all)
	}
}

// Calls under way count before they are paid for.
func TestBudgetTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, book, _ := limited(func(context.Context, Request) (Response, error) {
			time.Sleep(time.Second)
			return Response{Text: "yes", Tokens: 100}, nil
		}, Limits{DailyTokens: 250, AtOnce: 10})
		var done sync.WaitGroup
		for i := range 10 {
			done.Go(func() { _, _ = m.Complete(t.Context(), Request{User: fmt.Sprint(i), MaxTokens: 99}) })
		}
		done.Wait()
		if book.sum.Load() != 200 {
			t.Errorf("got %d tokens spent of 250", book.sum.Load())
		}
	})
}

// A service that does not count is counted for.
func TestUncounted(t *testing.T) {
	t.Parallel()
	m, book, _ := limited(func(context.Context, Request) (Response, error) { return Response{Text: "twelve words"}, nil }, Limits{})
	if _, err := m.Complete(t.Context(), Request{System: "be brief", User: "how many words"}); err != nil {
		t.Fatal(err)
	}
	if book.sum.Load() < 8 {
		t.Errorf("got %d tokens", book.sum.Load())
	}
}
