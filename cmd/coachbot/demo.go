package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"coachbot/bot"
	"coachbot/bot/digest"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

func (p *program) demo() *cobra.Command {
	var addr string
	c := &cobra.Command{Use: "demo", Short: "Runs everything with no account and no key: a simulated workspace with a web page", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := p.config()
			if err != nil {
				return err
			}
			return p.runDemo(c.Context(), cfg, addr)
		}}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8765", "where the page is served")
	return c
}

// runDemo serves the simulated workspace and runs the bot against it over the
// real Web API and Socket Mode protocol, with a store that is thrown away.
func (p *program) runDemo(ctx context.Context, cfg config, addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return usageError("%s cannot be listened on: %v; choose another with --addr", addr, err)
	}
	base := "http://" + l.Addr().String()
	if p.env["COACH_LOG_LEVEL"] == "" {
		cfg.LogLevel = "warn"
	}
	log := p.logger(cfg)
	clock := new(demoClock)
	w := slacksim.New(slacksim.Options{BaseURL: base, Now: clock.Now, Log: log, TeamName: "Demo", BotName: "coach", Commands: []string{"/coach"},
		MessageShortcuts: []string{"coach_message", "check_message", "ask_peers", "save_knowledge"}})
	channels := demoWorkspace(w)
	mux := http.NewServeMux()
	for _, path := range []string{"/api/", "/socket", "/response/"} {
		mux.Handle(path, w.Handler())
	}
	mux.Handle("/", w.Web(slacksim.WebOptions{Title: "coachbot", Examples: demoExamples(), People: demoPeople(), Channel: demoCases, Morning: clock.morning}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	w.Keep()
	defer func() {
		w.Close()
		_ = server.Close()
		<-served
	}()
	dir, err := os.MkdirTemp("", "coachbot-demo-")
	if err != nil {
		return usageError("no room for a throw-away store: %v", err)
	}
	defer os.RemoveAll(dir)
	cfg.Store, cfg.APIURL = "bolt:"+filepath.Join(dir, "demo.db"), base+"/api/"
	cfg.BotToken, cfg.AppToken, cfg.Channels, cfg.HTTPAddr = w.BotToken(), w.AppToken(), channels, ""
	cfg.HelpChannel, cfg.Leads = demoHelp, []string{demoLin}
	cfg.DigestChannel, cfg.DigestAt, cfg.DigestDays = demoTeam, "09:00", store.Days()
	fmt.Fprintf(p.out, "coachbot demo: open %s in a browser (Ctrl-C ends it)\n", base)
	run, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- p.serveWith(run, cfg, log, clock) }()
	var day sync.WaitGroup
	day.Go(func() { demoDay(run, w) })
	defer func() { stop(); day.Wait() }()
	select {
	case err = <-served:
		served <- err
		stop()
		<-done
		return usageError("the page is served no more: %v", err)
	case err = <-done:
		if errors.Is(err, context.Canceled) {
			err = nil
		}
		return err
	}
}

// demoClock is the demo's time: the real one, moved on by a button.
type demoClock struct {
	ahead atomic.Int64
	app   atomic.Pointer[bot.App]
}

// Now is the time in the demo.
func (c *demoClock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *demoClock) started(app *bot.App) { c.app.Store(app) }

// morning moves the clock to a second after the hour of the next digest that tells
// of today, as the teams are set.
func (c *demoClock) morning() {
	app := c.app.Load()
	if app == nil {
		return
	}
	teams, err := app.Teams(context.Background())
	if err != nil {
		return
	}
	now := c.Now()
	var first time.Time
	for _, t := range teams {
		at, ok := morningOf(t, now)
		if ok && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	if !first.IsZero() {
		c.ahead.Add(int64(first.Add(time.Second).Sub(now)))
	}
	app.Wake()
}

// morningOf is when a team is told of what happens now: not yet this morning, which
// tells of yesterday.
func morningOf(t store.Team, now time.Time) (time.Time, bool) {
	if t.Digest == "" || t.Removed() {
		return time.Time{}, false
	}
	next, ok := digest.Next(t, store.DigestDay, now)
	for ok && !next.To.After(now) {
		next, ok = digest.Next(t, store.DigestDay, next.At)
	}
	return next.At, ok
}
