package slacksim

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// maxSockets is how many Socket Mode connections an app may hold.
const maxSockets = 10

// ticketLife is how long the address from apps.connections.open may be used.
const ticketLife = 30 * time.Second

// upgrader takes any Origin, for clients send Slack's own. A frame that fits
// the buffer goes out in one plain write, which the race detector can follow.
func upgrader() websocket.Upgrader {
	return websocket.Upgrader{WriteBufferSize: 64 << 10, CheckOrigin: func(*http.Request) bool { return true }}
}

// conn is one Socket Mode connection.
type conn struct {
	n        int
	ws       *websocket.Conn
	deaf     atomic.Bool // looks open, but nothing is sent and nothing heard
	draining bool        // told to leave: gets no more deliveries

	mu    sync.Mutex
	queue []frame
	wake  chan struct{}
	gone  chan struct{}
	once  sync.Once
}

type frame struct {
	data []byte
	last bool // close the connection after it
}

// push queues a frame; the writer sends it in order.
func (c *conn) push(f frame) {
	c.mu.Lock()
	c.queue = append(c.queue, f)
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// cut ends the connection without a goodbye.
func (c *conn) cut() {
	c.once.Do(func() {
		close(c.gone)
		_ = c.ws.Close() // both loops end on the error that follows
	})
}

// Connected counts the open sockets, deaf ones included.
func (w *Workspace) Connected() int {
	w.lock()
	defer w.unlock()
	return len(w.conns)
}

// Opened counts the sockets ever opened: one more after each reconnection.
func (w *Workspace) Opened() int {
	w.lock()
	defer w.unlock()
	return w.connSeq
}

// openConnection is apps.connections.open.
func (w *Workspace) openConnection(r *request) (obj, *apiError) {
	now := w.opts.Now()
	for t, until := range w.tickets {
		if now.After(until) {
			delete(w.tickets, t)
		}
	}
	t := w.id("ticket-")
	w.tickets[t] = now.Add(ticketLife)
	base := w.base(r.http)
	return obj{"url": "ws" + strings.TrimPrefix(base, "http") + "/socket?ticket=" + t + "&app_id=" + w.opts.AppID}, nil
}

// base is the address clients reach the workspace at.
func (w *Workspace) base(r *http.Request) string {
	if w.opts.BaseURL != "" || r == nil {
		return w.baseURL
	}
	scheme := "http://"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https://"
	}
	w.baseURL = scheme + r.Host
	return w.baseURL
}

func (w *Workspace) serveSocket(rw http.ResponseWriter, r *http.Request) {
	if !w.admit(r.URL.Query().Get("ticket")) {
		http.Error(rw, "connection refused", http.StatusServiceUnavailable)
		return
	}
	if !w.begin() {
		http.Error(rw, "closing", http.StatusServiceUnavailable)
		return
	}
	defer w.wg.Done()
	c := w.connect(rw, r)
	if c == nil {
		return
	}
	written := make(chan struct{})
	go func() {
		defer close(written)
		c.writeLoop(w.opts.PingEvery)
	}()
	w.readLoop(c)
	c.cut()
	<-written
	w.unregister(c)
}

// admit spends a ticket; false when it is unknown, old, or trouble is on.
func (w *Workspace) admit(ticket string) bool {
	w.lock()
	defer w.unlock()
	until, ok := w.tickets[ticket]
	delete(w.tickets, ticket)
	return ok && !w.opts.Now().After(until) && !w.faults.refuseSocket()
}

// connect makes a connection of a request; nil when there is none. The lock is held from
// before the answer: whoever sees it can be sure that the next event goes there.
func (w *Workspace) connect(rw http.ResponseWriter, r *http.Request) *conn {
	w.lock()
	defer w.unlock()
	ws, err := w.up.Upgrade(rw, r, nil)
	if err != nil {
		return nil // Upgrade has answered
	}
	return w.register(ws)
}

// register takes a socket in; nil when the workspace is closed.
func (w *Workspace) register(ws *websocket.Conn) *conn {
	w.connSeq++
	c := &conn{n: w.connSeq, ws: ws, wake: make(chan struct{}, 1), gone: make(chan struct{})}
	select {
	case <-w.closed:
		_ = ws.Close()
		return nil
	default:
	}
	ws.SetPingHandler(func(data string) error {
		if c.deaf.Load() {
			return nil
		}
		err := ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
		if err != nil {
			w.opts.Log.Debug("slacksim: pong not written", "conn", c.n, "error", err)
		}
		return nil
	})
	if len(w.conns) >= maxSockets {
		c.draining = true
		c.push(frame{disconnectFrame("too_many_websockets"), true})
		w.conns = append(w.conns, c)
		return c
	}
	w.conns = append(w.conns, c)
	c.push(frame{data: mustJSON(obj{
		"type": "hello", "num_connections": len(w.conns), "connection_info": obj{"app_id": w.opts.AppID},
		"debug_info": obj{"host": "applink-simulated", "build_number": 1, "approximate_connection_time": 18060},
	})})
	w.changed(Change{Kind: ChangeSocket})
	w.opts.Log.Info("slacksim: socket opened", "conn", c.n)
	w.sendMissed()
	return c
}

func (w *Workspace) unregister(c *conn) {
	w.lock()
	defer w.unlock()
	for i, x := range w.conns {
		if x == c {
			w.conns = append(w.conns[:i:i], w.conns[i+1:]...)
			break
		}
	}
	w.changed(Change{Kind: ChangeSocket})
	w.opts.Log.Info("slacksim: socket closed", "conn", c.n)
}

func (c *conn) writeLoop(every time.Duration) {
	ping := time.NewTicker(every)
	defer ping.Stop()
	for {
		select {
		case <-c.gone:
			return
		case <-ping.C:
			if !c.deaf.Load() {
				_ = c.ws.WriteControl(websocket.PingMessage, []byte("Ping from applink-simulated"), time.Now().Add(time.Second)) // a dead peer shows in the read loop
			}
		case <-c.wake:
			if !c.flush() {
				c.cut()
				return
			}
		}
	}
}

// flush writes what is queued; false when the connection has to end.
func (c *conn) flush() bool {
	for {
		c.mu.Lock()
		if len(c.queue) == 0 {
			c.mu.Unlock()
			return true
		}
		f := c.queue[0]
		c.queue = c.queue[1:]
		c.mu.Unlock()
		if c.deaf.Load() {
			continue
		}
		_ = c.ws.SetWriteDeadline(time.Now().Add(10 * time.Second))
		if c.ws.WriteMessage(websocket.TextMessage, f.data) != nil {
			return false
		}
		if f.last {
			_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
			return false
		}
	}
}

func (w *Workspace) readLoop(c *conn) {
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		if !c.deaf.Load() {
			w.acked(data)
		}
	}
}

func disconnectFrame(reason string) []byte {
	return mustJSON(obj{"type": "disconnect", "reason": reason, "debug_info": obj{"host": "applink-simulated"}})
}

// pick chooses the connection for the next delivery, in turn among those open.
// A deaf one is chosen like any other: Slack does not know either.
func (w *Workspace) pick() *conn {
	var able []*conn
	for _, c := range w.conns {
		if !c.draining {
			able = append(able, c)
		}
	}
	if len(able) == 0 {
		return nil
	}
	w.nextConn++
	return able[w.nextConn%len(able)]
}
