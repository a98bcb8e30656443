package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"coachbot/bot"
	"coachbot/playbooks/search"
	"coachbot/store"
	"coachbot/store/bolt"
)

func (p *program) serve() *cobra.Command {
	var noBuiltin bool
	c := &cobra.Command{Use: "serve", Short: "Runs the bot against Slack", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := p.config()
			cfg.NoBuiltin = cfg.NoBuiltin || noBuiltin
			if err == nil {
				err = cfg.checkSlack()
			}
			if err != nil {
				return err
			}
			return p.serveWith(c.Context(), cfg, p.logger(cfg), nil)
		}}
	noBuiltinFlag(c, &noBuiltin)
	return c
}

// movable is a clock that somebody moves, and who must then look at it.
type movable interface {
	Now() time.Time
	started(app *bot.App)
}

// serveWith runs the bot with a configuration until ctx ends, by the real clock when
// clock is nil.
func (p *program) serveWith(ctx context.Context, cfg config, log *slog.Logger, clock movable) error {
	k, err := p.knowledge(cfg)
	if err != nil {
		return err
	}
	for _, f := range k.faults {
		log.Warn("a playbook has a fault", "fault", f.String())
	}
	s, err := openStore(cfg.Store, bolt.Options{Log: log, Now: timeOf(clock)})
	if err != nil {
		return err
	}
	defer s.Close()
	asked := &running{store: s, log: log}
	stopOperator := p.serveOperator(ctx, socketOf(cfg.Store), asked)
	defer stopOperator()
	index, err := search.New(k.set)
	if err != nil {
		return err
	}
	defer index.Close()
	health, err := listenHealth(cfg.HTTPAddr, log)
	if err != nil {
		return err
	}
	defer health.close()
	app, err := newApp(ctx, cfg, k, s, index, log, timeOf(clock))
	if err != nil {
		return slackError(ctx, err)
	}
	asked.app.Store(app)
	if clock != nil {
		clock.started(app)
	}
	health.ready(app.Ready)
	return slackError(ctx, app.Run(ctx))
}

func timeOf(clock movable) func() time.Time {
	if clock == nil {
		return time.Now
	}
	return clock.Now
}

func newApp(ctx context.Context, cfg config, k knowledge, s store.Store, index *search.Index, log *slog.Logger, now func() time.Time) (*bot.App, error) {
	ai, err := cfg.AI.forBot()
	if err != nil {
		return nil, err
	}
	runtime.GC()         // what pools hold is free after a second round
	debug.FreeOSMemory() // making engine and index took more than keeping them does
	return bot.New(ctx, bot.Options{Store: s, AI: ai, Engine: k.engine, Guard: k.guard, Library: k.set, Search: index, Folder: k.folder,
		BotToken: cfg.BotToken, AppToken: cfg.AppToken, APIURL: cfg.APIURL, Admins: cfg.Admins, Leads: cfg.Leads,
		Channels: cfg.Channels, Locale: cfg.Locale, Late: cfg.Late, Team: cfg.team(),
		Retention: time.Duration(cfg.Retention) * 24 * time.Hour, Log: log, Now: now})
}

// slackError puts the end of the work into one line; a drain is no error.
func slackError(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return nil
	}
	return usageError("%v", err)
}

// health answers /healthz (the process lives) and /readyz (connected and caught up).
type health struct {
	server *http.Server
	done   chan struct{}
	isUp   chan func() bool
}

// listenHealth listens on addr; "" listens nowhere.
func listenHealth(addr string, log *slog.Logger) (*health, error) {
	h := &health{done: make(chan struct{}), isUp: make(chan func() bool, 1)}
	if addr == "" {
		close(h.done)
		return h, nil
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, usageError("COACH_HTTP_ADDR=%s cannot be listened on: %v", addr, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "metrics are not part of this version", http.StatusNotFound)
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		up := <-h.isUp
		h.isUp <- up
		if !up() {
			http.Error(w, "not connected to Slack", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
	h.isUp <- func() bool { return false }
	h.server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		defer close(h.done)
		if err := h.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the health address is served no more", "cause", err)
		}
	}()
	return h, nil
}

func (h *health) ready(up func() bool) {
	if h.server != nil {
		<-h.isUp
		h.isUp <- up
	}
}

func (h *health) close() {
	if h.server != nil {
		_ = h.server.Close()
	}
	<-h.done
}
