package llm

import (
	"context"
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"sync"
	"time"
)

// Limits hold the service's use within bounds. Zero values get the defaults named.
type Limits struct {
	AtOnce      int           // calls under way at once: 4
	Waiting     int           // questions that may wait for their turn; one more is refused: 32
	Tries       int           // of one question, on 429, 5xx and a lost connection: 3
	Backoff     time.Duration // before the second try, doubled for each further: 500 ms
	DailyTokens int           // sent and received in a day; 0: no bound
	BreakAfter  int           // failures in a row after which the service is left alone: 5
	BreakFor    time.Duration // and for how long: 30 s
	Share       time.Duration // how long an answer serves identical questions: 5 min
	Seed        uint64        // of the backoff's jitter
}

func (l Limits) withDefaults() Limits {
	for p, d := range map[*int]int{&l.AtOnce: 4, &l.Waiting: 32, &l.Tries: 3, &l.BreakAfter: 5} {
		if *p <= 0 {
			*p = d
		}
	}
	for p, d := range map[*time.Duration]time.Duration{&l.Backoff: 500 * time.Millisecond, &l.BreakFor: 30 * time.Second, &l.Share: 5 * time.Minute} {
		if *p <= 0 {
			*p = d
		}
	}
	return l
}

// Ledger keeps what a day's calls cost, across restarts.
type Ledger interface {
	// Spent is what today's calls have cost so far.
	Spent(ctx context.Context) (tokens int, err error)
	// Spend adds a call and returns the day's sum with it.
	Spend(ctx context.Context, tokens int) (sum int, err error)
}

// Limited is a model and an embedder within limits. It is safe for concurrent use.
type Limited struct {
	model    Model
	embedder Embedder
	l        Limits
	ledger   Ledger
	notice   func(ctx context.Context, percent int)
	breaker  breaker
	shared   shared

	turns  chan struct{}
	purse  sync.Mutex // held while what is spent and what is held are looked at as one
	mu     sync.Mutex
	queued int
	held   int // tokens that calls under way may cost
	jitter *rand.Rand
}

// NewLimited puts limits around a service. notice hears that 80 or 100 percent
// of the day's budget are spent, perhaps more than once a day; embedder may be nil.
func NewLimited(model Model, embedder Embedder, l Limits, ledger Ledger, notice func(ctx context.Context, percent int)) *Limited {
	l = l.withDefaults()
	return &Limited{model: model, embedder: embedder, l: l, ledger: ledger, notice: notice,
		breaker: breaker{after: l.BreakAfter, rest: l.BreakFor}, shared: shared{keep: l.Share, asked: make(map[[32]byte]*question)},
		turns: make(chan struct{}, l.AtOnce), jitter: rand.New(rand.NewPCG(l.Seed, 0))}
}

// Complete asks within the limits. Identical questions share one call and, for a few minutes, its answer.
func (m *Limited) Complete(ctx context.Context, r Request) (Response, error) {
	key := sha256.Sum256([]byte(r.Task + "\x00" + r.System + "\x00" + r.User))
	return m.shared.once(ctx, key, func() (out Response, err error) {
		err = m.call(ctx, Tokens(r.System)+Tokens(r.User)+r.MaxTokens, func() (int, error) {
			var err error
			out, err = m.model.Complete(ctx, r)
			switch {
			case err == nil && out.Tokens <= 0: // it did not count
				out.Tokens = Tokens(r.System) + Tokens(r.User) + Tokens(out.Text)
			case errors.Is(err, context.DeadlineExceeded): // it may have been at it, and be paid for it
				return Tokens(r.System) + Tokens(r.User), err
			}
			return out.Tokens, err
		})
		return out, err
	})
}

// Embed makes vectors within the same limits.
func (m *Limited) Embed(ctx context.Context, texts []string) (vectors [][]float32, err error) {
	cost := 0
	for _, t := range texts {
		cost += Tokens(t)
	}
	err = m.call(ctx, cost, func() (tokens int, err error) {
		vectors, tokens, err = m.embedder.Embed(ctx, texts)
		return tokens, err
	})
	return vectors, err
}

// call waits for its turn and tries until it works, is hopeless or ctx ends.
// most is what it may cost; what it did cost is written down.
func (m *Limited) call(ctx context.Context, most int, do func() (tokens int, err error)) error {
	if err := m.breaker.allows(time.Now()); err != nil {
		return err
	}
	told := false
	defer func() {
		if !told { // not asked at all, or do panicked: the breaker must not wait for what it will not hear
			m.breaker.unused()
		}
	}()
	if err := m.hold(ctx, most); err != nil {
		return err
	}
	defer m.release(most)
	if err := m.turn(ctx); err != nil {
		return err
	}
	defer func() { <-m.turns }()
	wait := m.l.Backoff
	for try := 1; ; try++ {
		tokens, err := do()
		if tokens > 0 || err == nil {
			m.spend(ctx, tokens)
		}
		told = true
		pause, again := m.judge(ctx, err, wait)
		if !again || try == m.l.Tries {
			return err
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= pause {
			return err // it would be asked again too late
		}
		if !sleep(ctx, pause) {
			return ctx.Err()
		}
		wait *= 2
	}
}

// judge tells the breaker how a try went, and says whether to try again and after how long.
func (m *Limited) judge(ctx context.Context, err error, wait time.Duration) (pause time.Duration, again bool) {
	now := time.Now()
	if err == nil {
		m.breaker.worked()
		return 0, false
	}
	if errors.Is(ctx.Err(), context.Canceled) { // whoever asked has gone: no fault of the service
		m.breaker.unused()
		return 0, false
	}
	var status *StatusError
	if errors.As(err, &status) && !status.passing() {
		if status.settled() {
			m.breaker.hopeless(now)
		} else {
			m.breaker.failed(now)
		}
		return 0, false
	}
	m.breaker.failed(now)
	m.mu.Lock()
	pause = wait + time.Duration(m.jitter.Int64N(int64(wait)/2+1))
	m.mu.Unlock()
	if status != nil && status.RetryAfter > 0 {
		pause = max(pause, status.RetryAfter)
		m.breaker.restUntil(now.Add(status.RetryAfter))
	}
	return pause, ctx.Err() == nil
}

// hold keeps room in the day's budget for a call.
func (m *Limited) hold(ctx context.Context, most int) error {
	if m.l.DailyTokens <= 0 {
		return nil
	}
	m.purse.Lock()
	spent, err := m.ledger.Spent(ctx)
	fits := spent+m.held+most <= m.l.DailyTokens
	if err == nil && fits {
		m.held += most
	}
	m.purse.Unlock()
	if err != nil {
		return err
	}
	if !fits {
		m.notice(ctx, 100)
		return ErrBudget
	}
	return nil
}

func (m *Limited) release(most int) {
	if m.l.DailyTokens > 0 {
		m.purse.Lock()
		m.held -= most
		m.purse.Unlock()
	}
}

// spend writes down what a call cost, even when whoever asked has gone.
func (m *Limited) spend(ctx context.Context, tokens int) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	sum, err := m.ledger.Spend(ctx, tokens)
	if err != nil || m.l.DailyTokens <= 0 {
		return
	}
	if sum*100 >= 80*m.l.DailyTokens {
		m.notice(ctx, 80)
	}
}

// turn waits until fewer than AtOnce calls are under way.
func (m *Limited) turn(ctx context.Context) error {
	select {
	case m.turns <- struct{}{}:
		return nil
	default:
	}
	m.mu.Lock()
	full := m.queued >= m.l.Waiting
	if !full {
		m.queued++
	}
	m.mu.Unlock()
	if full {
		return ErrBusy
	}
	defer func() {
		m.mu.Lock()
		m.queued--
		m.mu.Unlock()
	}()
	select {
	case m.turns <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
