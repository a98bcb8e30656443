package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/coach"
	"coachbot/bot/llm"
	"coachbot/bot/router"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/live"
	"coachbot/playbooks/search"
	"coachbot/store"
)

// Options configure an App. Everything but the defaults named is required.
type Options struct {
	Store   store.Store
	Engine  *coach.Engine
	Guard   *guard.Guard
	Library *playbooks.Set
	Search  *search.Index
	Folder  *live.Folder // what Library was read from, to be kept up with; nil: nothing changes

	BotToken, AppToken string
	APIURL             string       // "" : Slack's
	HTTPClient         *http.Client // nil: one with a timeout of 10 seconds

	Admins    []string      // user ids beside the workspace's own admins and owners
	Leads     []string      // user ids who may watch channels and hear from quiet ones
	Channels  []string      // watched from the start
	Locale    string        // zh, en or auto
	Team      store.Team    // what else the environment says of its team: help and digest channel, zone, digest hour and days
	AI        *AI           // an AI service to fit phrases to the case; nil: none
	Late      time.Duration // a message older than this gets no suggestion; 0: 30 minutes
	Retention time.Duration // older records are removed; 0 keeps all

	Silence time.Duration // a connection on which Slack is silent for this long is replaced; 0: 30 seconds

	Log *slog.Logger
	Now func() time.Time // nil: time.Now
}

// App is the bot at work in one workspace, as it is with one set of playbooks.
// Each job and each batch of deliveries has an App of its own (see current), so
// that one message is read, answered and drawn with the same playbooks whatever
// is saved meanwhile.
type App struct {
	*core
	engine  *coach.Engine
	guard   *guard.Guard
	library *playbooks.Set
	search  *search.Index
	ai      *llm.Service // nil: none
}

// core is what all of them share.
type core struct {
	o       Options
	log     *slog.Logger
	now     func() time.Time
	store   store.Store
	use     inUse
	first   Knowledge    // that the App was made with
	ai      *llm.Service // nil: none
	api     *slack.Client
	http    *http.Client
	apiHost string
	socket  *router.Socket
	self    identity

	lessons  lessonBook
	pace     pacer
	people   people
	wake     chan struct{}
	cards    keyedLocks
	drafts   drafts
	ready    atomic.Bool
	catching sync.Mutex
	caught   caughtUp
	threads  threadList
	digests  chan struct{} // one for each digest being made: of many teams at the same hour a few at a time

	endOnce sync.Once
	ended   chan struct{}
	endErr  error
}

// identity is who the bot is in its workspace.
type identity struct{ Workspace, User, Bot string }

// ErrRevoked ends the work: the app was uninstalled or its token revoked.
var ErrRevoked = errors.New("the app was uninstalled or its token revoked; install it again at OAuth & Permissions in the app's settings")

// New prepares an App and asks Slack who it is.
func New(ctx context.Context, o Options) (*App, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.HTTPClient == nil {
		o.HTTPClient = &http.Client{Timeout: 10 * time.Second}
	}
	if o.Late <= 0 {
		o.Late = 30 * time.Minute
	}
	first := Knowledge{Library: o.Library, Engine: o.Engine, Guard: o.Guard, Search: o.Search}
	a := first.in(&core{o: o, first: first, use: inUse{now: first, readers: make(map[*search.Index]int)}, log: o.Log, now: o.Now, store: o.Store, http: o.HTTPClient,
		wake: make(chan struct{}, 1), threads: newThreadList(), digests: make(chan struct{}, digestsAtOnce), ended: make(chan struct{})})
	options := []slack.Option{slack.OptionHTTPClient(o.HTTPClient), slack.OptionAppLevelToken(o.AppToken)}
	if o.APIURL != "" {
		options = append(options, slack.OptionAPIURL(o.APIURL))
		if u, err := url.Parse(o.APIURL); err == nil {
			a.apiHost = u.Host
		}
	}
	a.core.ai = a.serviceOf(o.AI)
	a.ai = a.core.ai.With(a.guard)
	a.api = slack.New(o.BotToken, options...)
	if err := a.identify(ctx); err != nil {
		return nil, err
	}
	a.socket = router.NewSocket(router.SocketOptions{API: a.api, Handler: a.Take, OnConnect: a.connected,
		Log: o.Log, Now: o.Now, Silence: o.Silence, Seed: uint64(o.Now().UnixNano())})
	return a, nil
}

// AuthError is Slack's refusal of the bot token, for one line to the operator.
type AuthError struct{ Code string }

func (e *AuthError) Error() string {
	return fmt.Sprintf("SLACK_BOT_TOKEN was refused by Slack (%s); copy the bot token (xoxb-) from OAuth & Permissions in the app's settings", e.Code)
}

func (a *App) identify(ctx context.Context) error {
	wait := 250 * time.Millisecond
	for {
		who, err := a.api.AuthTestContext(ctx)
		if err == nil {
			a.self = identity{Workspace: who.TeamID, User: who.UserID, Bot: who.BotID}
			_, err = a.store.UpdateInstallation(ctx, who.TeamID, func(i *store.Installation) error {
				i.Bot, i.URL, i.SeenAt, i.RevokedAt = who.UserID, who.URL, a.now(), time.Time{}
				return nil
			})
			return err
		}
		var refused slack.SlackErrorResponse
		if errors.As(err, &refused) {
			return &AuthError{Code: refused.Err}
		}
		a.log.Warn("Slack does not answer", "cause", err, "again_in", wait)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
		wait = min(2*wait, 8*time.Second)
	}
}

// Run works until ctx ends, then drains: no new delivery is taken, jobs under way
// are finished, the rest stays in the store. It returns nil after a drain.
func (a *App) Run(ctx context.Context) error {
	run, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-a.ended:
			stop()
		case <-run.Done():
		}
	}()
	var workers sync.WaitGroup
	workers.Go(func() {
		if err := a.recall(run); err != nil && run.Err() == nil {
			a.log.Error("what people taught before is not known until the next start", "cause", err)
		}
		a.work(run)
	})
	workers.Go(func() { a.readThreads(run) })
	workers.Go(func() { a.housekeeping(run) })
	if a.o.Folder != nil {
		a.noteFaults(a.o.Folder.State())
		workers.Go(func() { a.keepUp(run) })
	}
	err := a.socket.Run(run)
	stop()
	workers.Wait()
	a.logAI()
	a.swap(a.first) // closes the index that was made last
	select {
	case <-a.ended:
		return a.endErr
	default:
		return err
	}
}

// end stops the app for good with an error.
func (a *App) end(err error) {
	a.endOnce.Do(func() {
		a.endErr = err
		close(a.ended)
	})
}

// Ready reports whether the bot is connected and has caught up once.
func (a *App) Ready() bool { return a.ready.Load() && a.socket.Connected() }

func (a *App) revoke(ctx context.Context, workspace, why string) {
	_, err := a.store.UpdateInstallation(ctx, workspace, func(i *store.Installation) error {
		i.RevokedAt = a.now()
		return nil
	})
	a.log.Error("the app has no standing in the workspace any more", "event", why, "recorded", err == nil)
	a.end(ErrRevoked)
}

// keysFor is how long the keys are kept by which a delivery is recognised.
const keysFor = 7 * 24 * time.Hour

// housekeeping removes what is older than it may be, once an hour, in small batches.
func (a *App) housekeeping(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		before := store.PurgeBefore{Keys: a.now().Add(-keysFor)}
		if a.o.Retention > 0 {
			before.Records = a.now().Add(-a.o.Retention)
		}
		for ctx.Err() == nil {
			n, err := a.store.Purge(ctx, before, 500)
			if err != nil && ctx.Err() == nil {
				a.log.Error("old records could not be removed", "cause", err)
			}
			if err != nil || n < 500 {
				break
			}
		}
		a.logAI()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
