package bot

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"
)

// Slack's rate of posting (docs.slack.dev, rate limits: about one message a
// second and channel, short bursts allowed). Other limits are learnt from 429.
const (
	postsASecond = 1
	postsBurst   = 3
	shortWait    = 1500 * time.Millisecond // a longer one hands the job back, so that no worker is held
)

// pacer keeps the bot below Slack's rates. Its zero value is ready.
type pacer struct {
	mu       sync.Mutex
	channels map[string]*rate.Limiter
	blocked  map[string]time.Time // method, or method and channel, to the end of its Retry-After
}

// wait returns how long the call must wait; 0 takes the turn.
func (p *pacer) wait(method, channel string, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until, ok := p.blocked[method+channel]; ok {
		if d := until.Sub(now); d > 0 {
			return d
		}
		delete(p.blocked, method+channel)
	}
	if method != "chat.postMessage" {
		return 0
	}
	if p.channels == nil {
		p.channels = make(map[string]*rate.Limiter)
	}
	if len(p.channels) > 5000 {
		clear(p.channels) // idle ones are full again by now
	}
	l := p.channels[channel]
	if l == nil {
		l = rate.NewLimiter(postsASecond, postsBurst)
		p.channels[channel] = l
	}
	r := l.ReserveN(now, 1)
	d := r.DelayFrom(now)
	if d > 0 {
		r.CancelAt(now)
	}
	return d
}

func (p *pacer) block(method, channel string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.blocked == nil {
		p.blocked = make(map[string]time.Time)
	}
	p.blocked[method+channel] = until
}

// call runs one call of Slack's Web API at its pace and puts its error into the
// worker's terms: laterError (no effect, a time to come back), permanentError,
// ErrRevoked, or any other (it may have had an effect: try again).
func (a *App) call(ctx context.Context, method, channel string, do func(context.Context) error) error {
	scope := channel
	if method != "chat.postMessage" {
		scope = ""
	}
	for {
		now := a.now()
		d := a.pace.wait(method, scope, now)
		if d == 0 {
			break
		}
		if d > shortWait {
			return laterError{now.Add(d)}
		}
		t := time.NewTimer(d)
		select {
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		case <-t.C:
		}
	}
	return a.translate(method, scope, channel, do(ctx))
}

func (a *App) translate(method, scope, channel string, err error) error {
	if err == nil {
		return nil
	}
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		until := a.now().Add(max(limited.RetryAfter, time.Second))
		a.pace.block(method, scope, until)
		return laterError{until}
	}
	var status slack.StatusCodeError
	if errors.As(err, &status) && status.Code >= 400 && status.Code < 500 && status.Code != http.StatusTooManyRequests && status.Code != http.StatusRequestTimeout {
		return permanentError{err}
	}
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) {
		return err
	}
	switch refused.Err {
	case "token_revoked", "account_inactive", "invalid_auth", "token_expired", "app_uninstalled":
		return ErrRevoked
	case "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "ratelimited":
		return err
	case "missing_scope":
		a.log.Error("the app lacks a scope; add it at OAuth & Permissions and install the app again", "method", method, "needed", refused.Needed)
	case "not_in_channel", "channel_not_found", "is_archived":
		a.log.Warn("Slack refused", "method", method, "code", refused.Err, "channel", channel)
	}
	return permanentError{err}
}

// refusedWith reports whether err is Slack's refusal with that code.
func refusedWith(err error, codes ...string) bool {
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) {
		return false
	}
	for _, c := range codes {
		if refused.Err == c {
			return true
		}
	}
	return false
}
