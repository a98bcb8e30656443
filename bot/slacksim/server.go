package slacksim

import (
	"net"
	"net/http"
	"time"
)

// Server is a workspace listening on a local port.
type Server struct {
	URL string // "http://127.0.0.1:PORT"

	w    *Workspace
	http *http.Server
	done chan struct{}
}

// Start listens on a free local port and keeps time until Close. It panics when
// no port can be had, as httptest does.
func (w *Workspace) Start() *Server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic("slacksim: cannot listen on a local port: " + err.Error())
	}
	s := &Server{URL: "http://" + l.Addr().String(), w: w, done: make(chan struct{})}
	w.lock()
	if w.baseURL == "" {
		w.baseURL = s.URL
	}
	w.unlock()
	s.http = &http.Server{Handler: w.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(l) // ends with ErrServerClosed when Close is called
	}()
	w.Keep()
	return s
}

// APIURL is the base address a client is given, with the slash at its end.
func (s *Server) APIURL() string { return s.URL + "/api/" }

// Close cuts every connection and returns when nothing of the server runs any
// more. It may be called again.
func (s *Server) Close() {
	s.w.Close()
	_ = s.http.Close()
	<-s.done
}

// Keep starts looking at the clock (see Tick) until Close; for callers that
// serve Handler themselves. With a negative Options.TickEvery it does nothing.
func (w *Workspace) Keep() {
	if w.opts.TickEvery < 0 || !w.begin() {
		return
	}
	go func() {
		defer w.wg.Done()
		t := time.NewTicker(w.opts.TickEvery)
		defer t.Stop()
		for {
			select {
			case <-w.closed:
				return
			case <-t.C:
				w.Tick()
			}
		}
	}()
}

// Close cuts every socket, lets hanging calls go and waits for the workspace's
// goroutines. It may be called again.
func (w *Workspace) Close() {
	w.lock()
	select {
	case <-w.closed:
	default:
		close(w.closed)
		for _, c := range w.conns {
			c.cut()
		}
	}
	w.unlock()
	w.wg.Wait()
}

// begin registers one goroutine that Close waits for; false once closed.
func (w *Workspace) begin() bool {
	w.lock()
	defer w.unlock()
	select {
	case <-w.closed:
		return false
	default:
		w.wg.Add(1)
		return true
	}
}
