package bot_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/coach"
	"coachbot/bot/slacksim"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/search"
	"coachbot/store"
	"coachbot/store/bolt"
)

// knowledge is made once: it is immutable.
var knowledge = sync.OnceValue(func() (k struct {
	set    *playbooks.Set
	guard  *guard.Guard
	engine *coach.Engine
	index  *search.Index
	err    error
}) {
	if k.set, k.err = playbooks.Builtin(); k.err != nil {
		return k
	}
	k.guard = guard.New()
	if k.engine, k.err = coach.New(k.set, k.guard); k.err != nil {
		return k
	}
	k.index, k.err = search.New(k.set)
	return k
})

const (
	watched  = "C0ESCALATE"
	lounge   = "C0LOUNGE01"
	shared   = "C0SHARED01"
	furious  = "> Three weeks! Nobody tells me anything. Where is my parcel?! This is a disgrace."
	furiousZ = "客户说：三个星期了，快递到现在没到，打电话也没人管，你们太过分了！"
)

// world is a simulated workspace with the real bot connected to it.
type world struct {
	t             testing.TB
	ctx           context.Context
	sim           *slacksim.Workspace
	server        *slacksim.Server
	mei, tom, ada *slacksim.Person // agents, an admin
	path          string
	store         store.Store
	app           *bot.App
	ahead         atomic.Int64 // how far the world's clock was moved
	stop          func()
	change        []func(*bot.Options)
	ended         chan error
}

func newWorld(t testing.TB, change ...func(*bot.Options)) *world {
	t.Helper()
	return newWorldOf(t, slacksim.Options{}, change...)
}

func newWorldOf(t testing.TB, workspace slacksim.Options, change ...func(*bot.Options)) *world {
	t.Helper()
	patience := slower * time.Minute
	if _, ok := t.(*testing.B); ok {
		patience = 10 * time.Minute
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	x := &world{t: t, ctx: ctx, path: filepath.Join(t.TempDir(), "bot.db"), change: change, stop: func() {}}
	x.ahead.Store(int64(time.Until(morning)))
	if workspace.Now == nil {
		workspace.Now = x.now
	}
	if slower > 1 {
		workspace.AckWithin = slower * 3 * time.Second
	}
	x.sim = slacksim.New(workspace)
	x.server = x.sim.Start()
	t.Cleanup(x.server.Close)
	x.mei = x.sim.AddUser(slacksim.UserSpec{ID: "U0MEI0001", Name: "mei", Locale: "zh-CN"})
	x.tom = x.sim.AddUser(slacksim.UserSpec{ID: "U0TOM0001", Name: "tom"})
	x.ada = x.sim.AddUser(slacksim.UserSpec{ID: "U0ADA0001", Name: "ada", Admin: true})
	everyone := []string{x.mei.ID(), x.tom.ID(), x.ada.ID()}
	x.sim.AddChannel(slacksim.ChannelSpec{ID: watched, Name: "escalations", Members: everyone, WithBot: true})
	x.sim.AddChannel(slacksim.ChannelSpec{ID: lounge, Name: "lounge", Members: everyone, WithBot: true})
	x.sim.AddChannel(slacksim.ChannelSpec{ID: shared, Name: "partners", Members: everyone, WithBot: true, ExtShared: true})
	x.start()
	t.Cleanup(func() { x.stop() })
	return x
}

// start runs the bot on the world's store until stop.
func (x *world) start() {
	x.t.Helper()
	k := knowledge()
	if k.err != nil {
		x.t.Fatal(k.err)
	}
	s, err := bolt.Open(x.path, bolt.Options{Now: x.now})
	if err != nil {
		x.t.Fatal(err)
	}
	x.store = s
	o := bot.Options{Store: s, Engine: k.engine, Guard: k.guard, Library: k.set, Search: k.index, BotToken: x.sim.BotToken(),
		AppToken: x.sim.AppToken(), APIURL: x.server.APIURL(), Channels: []string{watched, shared}, Locale: "auto", Now: x.now,
		Log: slog.New(slog.NewTextHandler(testWriter{x.t}, nil))}
	for _, c := range x.change {
		c(&o)
	}
	run, cancel := context.WithCancel(x.ctx)
	app, err := bot.New(run, o)
	if err != nil {
		cancel()
		s.Close()
		x.t.Fatal(err)
	}
	x.app = app
	x.ended = make(chan error, 1)
	go func() { x.ended <- app.Run(run) }()
	x.stop = sync.OnceFunc(func() {
		x.heard()
		cancel()
		if err := <-x.ended; err != nil {
			x.t.Errorf("the bot ended with %v", err)
		}
		s.Close()
	})
	x.until("connected and caught up", app.Ready)
}

// heard waits until the bot has acknowledged what it was sent, or for a little
// while: what it had not would be sent to it again a minute after the stop.
func (x *world) heard() {
	tick, end := time.NewTicker(2*time.Millisecond), time.After(slower*time.Second)
	defer tick.Stop()
	for x.sim.Unacked() > 0 {
		select {
		case <-tick.C:
		case <-end:
			return
		}
	}
}

// morning is when every world begins: a Wednesday, in working hours.
var morning = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

// now is the time in the world: it runs, and advance moves it.
func (x *world) now() time.Time { return time.Now().Add(time.Duration(x.ahead.Load())) }

// advance moves the world's clock on, once all is settled, and waits for what comes due.
func (x *world) advance(d time.Duration) {
	x.t.Helper()
	x.settled()
	x.ahead.Add(int64(d))
	x.app.Wake()
	x.settled()
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// until waits for a condition that the simulated workspace does not announce.
func (x *world) until(what string, cond func() bool) {
	x.t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case <-x.ctx.Done():
			x.t.Fatalf("never: %s; the bot said %q", what, texts(x.sim.BotMessages()))
		case <-tick.C:
		}
	}
}

// settled waits until everything delivered is acknowledged and done.
func (x *world) settled() {
	x.t.Helper()
	var left []string
	defer func() {
		if x.t.Failed() {
			x.t.Logf("jobs left: %q", left)
		}
	}()
	x.until("all jobs done", func() bool {
		if x.sim.Unacked() > 0 {
			return false
		}
		waiting := 0
		left = nil
		err := x.store.Walk(x.ctx, func(r store.Record) error {
			if r.Job != nil && r.Job.RunAt.Before(x.now().Add(30*time.Second)) {
				waiting++
				left = append(left, r.Job.ID)
			}
			return nil
		})
		return err == nil && waiting == 0
	})
}

// said are the bot's messages now standing, after everything has settled; exactly want of them.
func (x *world) said(want int) []slacksim.Message {
	x.t.Helper()
	x.until("the bot's messages", func() bool { return len(x.standing()) >= want })
	x.settled()
	got := x.standing()
	if len(got) != want {
		x.t.Fatalf("the bot said %d things, want %d: %q", len(got), want, texts(got))
	}
	return got
}

// standing leaves out what was deleted and what one person alone sees.
func (x *world) standing() []slacksim.Message {
	var list []slacksim.Message
	for _, m := range x.sim.BotMessages() {
		if !m.Deleted && m.EphemeralTo == "" {
			list = append(list, m)
		}
	}
	return list
}

func texts(list []slacksim.Message) []string {
	var out []string
	for _, m := range list {
		out = append(out, m.Text)
	}
	return out
}

func (x *world) click(p *slacksim.Person, m slacksim.Message, action string) {
	x.t.Helper()
	if err := p.Click(x.ctx, m.Channel, m.TS, action); err != nil {
		x.t.Fatalf("click %s: %v", action, err)
	}
	x.settled()
}

func (x *world) slash(p *slacksim.Person, text, channel string) {
	x.t.Helper()
	if _, err := p.Slash(x.ctx, "/coach", text, channel); err != nil {
		x.t.Fatalf("/coach %s: %v", text, err)
	}
	x.settled()
}

// whispersSoFar are the answers in a channel that only p sees.
func (x *world) whispersSoFar(p *slacksim.Person, channel string) (list []slacksim.Message) {
	for _, m := range p.Messages(channel) {
		if m.EphemeralTo == p.ID() {
			list = append(list, m)
		}
	}
	return list
}

// whispers are the answers in a channel that only p sees.
func (x *world) whispers(p *slacksim.Person, channel string, want int) []slacksim.Message {
	x.t.Helper()
	see := func() []slacksim.Message { return x.whispersSoFar(p, channel) }
	x.until("a private answer", func() bool { return len(see()) >= want })
	x.settled()
	got := see()
	if len(got) != want {
		x.t.Fatalf("%d private answers, want %d: %q", len(got), want, texts(got))
	}
	return got
}

func contains(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(p)) {
			t.Errorf("got %q, want it to contain %q", text, p)
		}
	}
}
