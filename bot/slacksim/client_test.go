package slacksim_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"coachbot/bot/slacksim"
)

// clock is a clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 12, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// world is a workspace with a few people, listening.
type world struct {
	*slacksim.Workspace
	t          *testing.T
	srv        *slacksim.Server
	clock      *clock
	ctx        context.Context
	mei, tom   *slacksim.Person
	desk, lair string // public channel with the bot, private one without
}

func newWorld(t *testing.T, change ...func(*slacksim.Options)) *world {
	t.Helper()
	ck := newClock()
	o := slacksim.Options{Now: ck.Now, NoRateLimits: true, TickEvery: -1, PingEvery: 50 * time.Millisecond, Commands: []string{"/coach"}}
	for _, f := range change {
		f(&o)
	}
	w := slacksim.New(o)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	t.Cleanup(cancel)
	x := &world{Workspace: w, t: t, clock: ck, ctx: ctx}
	x.mei = w.AddUser(slacksim.UserSpec{ID: "U0MEI", Name: "mei", RealName: "Mei Lin", Locale: "zh-CN", TZ: "Asia/Shanghai"})
	x.tom = w.AddUser(slacksim.UserSpec{ID: "U0TOM", Name: "tom", Admin: true})
	x.desk = w.AddChannel(slacksim.ChannelSpec{ID: "C0DESK", Name: "escalations", Members: []string{"U0MEI", "U0TOM"}, WithBot: true})
	x.lair = w.AddChannel(slacksim.ChannelSpec{ID: "C0LAIR", Name: "lair", Members: []string{"U0TOM"}, Private: true})
	x.srv = w.Start()
	t.Cleanup(x.srv.Close)
	return x
}

func (x *world) client() *slack.Client {
	return slack.New(x.BotToken(), slack.OptionAPIURL(x.srv.APIURL()), slack.OptionAppLevelToken(x.AppToken()))
}

// bot is the real Socket Mode client, acking everything unless told otherwise.
type bot struct {
	x      *world
	sm     *socketmode.Client
	mu     sync.Mutex
	events []slackevents.EventsAPIEvent
	onSlsh func(slack.SlashCommand) any
	onAct  func(slack.InteractionCallback) any
	raw    []socketmode.Event
	silent bool // no acks
}

func (x *world) connect(change ...func(*bot)) *bot {
	x.t.Helper()
	b := &bot{x: x, sm: socketmode.New(x.client())}
	for _, f := range change {
		f(b)
	}
	ctx, cancel := context.WithCancel(context.Background())
	before := x.Connected()
	var wg sync.WaitGroup
	wg.Go(func() { _ = b.sm.RunContext(ctx) })
	wg.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-b.sm.Events:
				b.handle(e)
			}
		}
	})
	x.t.Cleanup(func() { cancel(); wg.Wait() })
	x.until("the bot is connected", func() bool { return x.Connected() > before })
	return b
}

func (b *bot) handle(e socketmode.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.raw = append(b.raw, e)
	if b.silent || e.Request == nil || e.Request.EnvelopeID == "" {
		return
	}
	var payload any
	switch d := e.Data.(type) {
	case slackevents.EventsAPIEvent:
		b.events = append(b.events, d)
	case slack.SlashCommand:
		if b.onSlsh != nil {
			payload = b.onSlsh(d)
		}
	case slack.InteractionCallback:
		if b.onAct != nil {
			payload = b.onAct(d)
		}
	}
	if err := b.sm.Ack(*e.Request, payload); err != nil {
		b.x.t.Errorf("ack: %v", err)
	}
}

func (b *bot) seen() []slackevents.EventsAPIEvent {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]slackevents.EventsAPIEvent(nil), b.events...)
}

// until waits for a condition that a change of the workspace brings about.
func (x *world) until(what string, cond func() bool) {
	x.t.Helper()
	if err := x.Wait(x.ctx, cond); err != nil {
		x.t.Fatalf("%s: %v", what, err)
	}
}

// acked waits until n deliveries have been acked.
func (x *world) acked(n int) {
	x.t.Helper()
	x.until(fmt.Sprintf("%d acks", n), func() bool {
		got := 0
		for _, d := range x.Deliveries() {
			if d.Acked {
				got++
			}
		}
		return got >= n
	})
}

// clean fails the test when the app did something Slack would not like.
func (x *world) clean() {
	x.t.Helper()
	if v := x.Violations(); len(v) > 0 {
		x.t.Errorf("violations: got %+v, want none", v)
	}
}

func code(err error) string {
	var se slack.SlackErrorResponse
	if errors.As(err, &se) {
		return se.Err
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func wantCode(t *testing.T, what string, err error, want string) {
	t.Helper()
	if got := code(err); got != want {
		t.Errorf("%s: got error %q, want %q", what, got, want)
	}
}
