package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"coachbot/bot"
	"coachbot/store/bolt"
)

// While the bot runs, its store is locked to others. What is to be done with it then
// is asked of the running process, over a socket beside the store's file: a copy of
// the store, or a whole command, which prints here what it prints there.

// errNotRunning means that nobody answers at the socket.
var errNotRunning = errors.New("no coachbot is running on this store")

// inRunning marks commands that the running bot does in the asking program's place.
const inRunning = "in-running-bot"

// Where the end of a command stands in the answer, after its output.
const (
	trailerStatus  = "Coachbot-Status"
	trailerMessage = "Coachbot-Message"
)

// running is the bot at work on a store, as commands that it does see it.
type running struct {
	store *bolt.Store
	log   *slog.Logger
	app   atomic.Pointer[bot.App] // nil while it starts
}

// ready is the bot, once it has started.
func (r *running) ready() (*bot.App, error) {
	if app := r.app.Load(); app != nil {
		return app, nil
	}
	return nil, usageError("the bot that runs on the store is still starting; try again in a moment")
}

// atStore has a command done by the bot that runs on the store, if one does.
func (p *program) atStore(c *cobra.Command) *cobra.Command {
	do := c.RunE
	c.Annotations = map[string]string{inRunning: "yes"}
	c.RunE = func(c *cobra.Command, args []string) error {
		if p.running != nil {
			return do(c, args)
		}
		cfg, err := p.config()
		if err != nil {
			return err
		}
		if err := p.askRunning(c.Context(), socketOf(cfg.Store)); !errors.Is(err, errNotRunning) {
			return err
		}
		return do(c, args)
	}
	return c
}

// socketOf is where the bot that runs on a store listens.
func socketOf(address string) string { return strings.TrimPrefix(address, "bolt:") + ".sock" }

// existing is the store at an address, which must be there already; in the running bot, that bot's own.
func (p *program) existing(address string) (s *bolt.Store, done func(), err error) {
	if p.running != nil {
		return p.running.store, func() {}, nil
	}
	if s, err = openExisting(address); err != nil {
		return nil, nil, err
	}
	return s, func() { s.Close() }, nil
}

// operator answers at the socket until it is stopped.
type operator struct {
	p       *program
	running *running
	server  *http.Server
	served  chan struct{}

	mu     sync.Mutex
	ended  bool
	asking sync.WaitGroup
}

// serveOperator lets other coachbot commands work while this process holds the store.
func (p *program) serveOperator(ctx context.Context, name string, r *running) (stop func()) {
	_ = os.Remove(name) // left by a process that was killed; the store's lock says that we are alone
	l, err := net.Listen("unix", name)
	if err != nil {
		r.log.Warn("no backups and no other commands while the bot runs: the socket beside the store cannot be opened", "cause", err)
		return func() {}
	}
	_ = os.Chmod(name, 0o600)
	ctx, cancel := context.WithCancel(ctx)
	o := &operator{p: p, running: r, served: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /backup", o.whileOpen(o.backup))
	mux.HandleFunc("POST /command", o.whileOpen(o.command))
	o.server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() {
		defer close(o.served)
		_ = o.server.Serve(l)
	}()
	return func() {
		o.mu.Lock()
		o.ended = true
		o.mu.Unlock()
		cancel()
		_ = o.server.Close()
		<-o.served
		o.asking.Wait()
	}
}

// whileOpen keeps the store open until an answer that began is over.
func (o *operator) whileOpen(answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		o.mu.Lock()
		if o.ended {
			o.mu.Unlock()
			http.Error(w, "the bot is ending", http.StatusServiceUnavailable)
			return
		}
		o.asking.Add(1)
		o.mu.Unlock()
		defer o.asking.Done()
		answer(w, r)
	}
}

func (o *operator) backup(w http.ResponseWriter, r *http.Request) {
	if _, err := o.running.store.Backup(r.Context(), w); err != nil {
		o.running.log.Error("a backup failed", "cause", err)
		panic(http.ErrAbortHandler) // the reader sees a broken copy, not a short one
	}
}

// command does what a command line asks for and answers with its output and end.
func (o *operator) command(w http.ResponseWriter, r *http.Request) {
	var args []string
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&args); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Trailer", trailerStatus+", "+trailerMessage)
	w.WriteHeader(http.StatusOK)
	inner := &program{env: o.p.env, in: strings.NewReader(""), out: flushed{w, http.NewResponseController(w)}, err: io.Discard, running: o.running}
	code, message := inner.execute(r.Context(), args)
	w.Header().Set(trailerStatus, strconv.Itoa(code))
	w.Header().Set(trailerMessage, strconv.QuoteToASCII(message))
}

// flushed sends each piece at once: what was said counts even if the process then dies.
type flushed struct {
	io.Writer
	to *http.ResponseController
}

func (f flushed) Write(b []byte) (int, error) {
	n, err := f.Writer.Write(b)
	if err == nil {
		err = f.to.Flush()
	}
	return n, err
}

// atSocket asks the process that listens at a socket; errNotRunning when there is none.
func atSocket(ctx context.Context, name, method, path string, body []byte) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, "unix", name)
		if err != nil {
			return nil, errNotRunning
		}
		return c, nil
	}}}
	req, err := http.NewRequestWithContext(ctx, method, "http://store"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return client.Do(req)
}

// brokenOff says that the running bot ended in the middle.
func brokenOff(err error) error {
	if errors.Is(err, errNotRunning) {
		return errNotRunning
	}
	return usageError("the bot that runs on the store ended before it was done (%v); run the command again", err)
}

// askRunning has the running bot do the whole command.
func (p *program) askRunning(ctx context.Context, name string) error {
	args, err := json.Marshal(p.args)
	if err != nil {
		return err
	}
	resp, err := atSocket(ctx, name, http.MethodPost, "/command", args)
	if err != nil {
		return brokenOff(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return usageError("the bot that runs on the store answers %s; stop it, or update it, and run the command again", resp.Status)
	}
	if _, err := io.Copy(p.out, resp.Body); err != nil {
		return brokenOff(err)
	}
	code, err := strconv.Atoi(resp.Trailer.Get(trailerStatus))
	if err != nil {
		return brokenOff(errors.New("its answer has no end"))
	}
	message, _ := strconv.Unquote(resp.Trailer.Get(trailerMessage))
	if code == exitDone {
		return nil
	}
	return exitError{code, message}
}

// backupFromRunning asks the process that holds the store for a copy.
func backupFromRunning(ctx context.Context, name, target string) (int64, error) {
	resp, err := atSocket(ctx, name, http.MethodGet, "/backup", nil)
	if err != nil {
		return 0, brokenOff(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return 0, usageError("the bot that runs on the store answers %s to the backup", resp.Status)
	}
	return writeWhole(target, func(f *os.File) (int64, error) { return io.Copy(f, resp.Body) })
}
