package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"coachbot/store"
)

// errNotRunning means that nobody answers at the backup socket.
var errNotRunning = errors.New("no coachbot is running on this store")

// serveBackups lets `coachbot store backup` work while this process holds the
// store: Bolt's file is locked, so the copy is asked for over a local socket.
func serveBackups(ctx context.Context, name string, s store.Maintenance, log *slog.Logger) (stop func()) {
	_ = os.Remove(name) // left by a process that was killed; the store's lock says that we are alone
	l, err := net.Listen("unix", name)
	if err != nil {
		log.Warn("no hot backups: the socket beside the store cannot be opened", "cause", err)
		return func() {}
	}
	_ = os.Chmod(name, 0o600)
	server := &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := s.Backup(r.Context(), w); err != nil {
			log.Error("a backup failed", "cause", err)
			panic(http.ErrAbortHandler) // the reader sees a broken copy, not a short one
		}
	})}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l)
	}()
	return func() {
		_ = server.Close()
		<-done
	}
}

// backupFromRunning asks the process that holds the store for a copy.
func backupFromRunning(ctx context.Context, name, target string) (int64, error) {
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", name)
	}}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://store/backup", nil)
	if err != nil {
		return 0, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, errNotRunning
	}
	defer resp.Body.Close()
	return writeWhole(target, func(f *os.File) (int64, error) { return io.Copy(f, resp.Body) })
}
