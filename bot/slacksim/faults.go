package slacksim

import (
	"encoding/json"
	"sync"
	"time"
)

// Faults is trouble on demand. Its methods may be called at any time; what they
// ask for happens to what comes after. The method name "*" means any method.
type Faults struct {
	w *Workspace

	// State behind the workspace's lock.
	refuse    int // sockets still to be refused; negative: all
	dups      int
	reorder   int
	reordered []*delivery
	holding   bool
	held      []*delivery
	delays    int
	delay     time.Duration
	rules     []*rule
	outage    bool
	unknown   map[string]bool // kinds of blocks
}

// rule is trouble with the next n calls of a method.
type rule struct {
	method     string
	n          int // calls left
	code       string
	status     int
	retryAfter int
	lose       bool
	hang       chan struct{}
	hanging    int
}

func newFaults(w *Workspace) *Faults { return &Faults{w: w} }

// Faults makes trouble.
func (w *Workspace) Faults() *Faults { return w.faults }

// DropConnections cuts every open socket without a goodbye.
func (f *Faults) DropConnections() {
	f.w.lock()
	defer f.w.unlock()
	for _, c := range f.w.conns {
		c.cut()
	}
	f.w.conns = nil // nothing more goes to them, whenever their loops end
	f.w.changed(Change{Kind: ChangeSocket})
}

// Deafen leaves the open sockets open and makes them deaf: nothing is sent,
// acks are not heard, pings are not answered. Connections made later are well.
func (f *Faults) Deafen() {
	f.w.lock()
	defer f.w.unlock()
	for _, c := range f.w.conns {
		c.deaf.Store(true)
	}
}

// RefuseConnections refuses the next n WebSocket handshakes (HTTP 503); a
// negative n all until AllowConnections.
func (f *Faults) RefuseConnections(n int) { f.set(func() { f.refuse = n }) }

// AllowConnections ends RefuseConnections.
func (f *Faults) AllowConnections() { f.set(func() { f.refuse = 0 }) }

// Outage takes Slack away: sockets are cut and refused, every call answers 503,
// until the returned function is called.
func (f *Faults) Outage() (over func()) {
	f.set(func() { f.outage = true })
	f.DropConnections()
	return func() { f.set(func() { f.outage = false }) }
}

// Disconnect sends every open socket a disconnect envelope: "warning" (the
// connection goes on for now), "refresh_requested", "link_disabled" or
// "too_many_websockets" (it is closed, and gets nothing more).
func (f *Faults) Disconnect(reason string) {
	f.w.lock()
	defer f.w.unlock()
	for _, c := range f.w.conns {
		closing := reason != "warning"
		c.draining = c.draining || closing
		c.push(frame{disconnectFrame(reason), closing})
	}
}

// DuplicateNext delivers each of the next n events twice, the second marked as
// a retry with the same event ID.
func (f *Faults) DuplicateNext(n int) { f.set(func() { f.dups = n }) }

// ReorderNext keeps the next n deliveries back and sends them, once they are
// all there, in the opposite order.
func (f *Faults) ReorderNext(n int) { f.set(func() { f.reorder = n }) }

// Hold keeps deliveries back until Release, which sends them in order.
func (f *Faults) Hold() { f.set(func() { f.holding = true }) }

// Release ends Hold.
func (f *Faults) Release() {
	f.set(func() {
		held := f.held
		f.holding, f.held = false, nil
		for _, d := range held {
			f.w.attempt(d)
		}
	})
}

// DelayNext sends each of the next n deliveries only after d of the workspace's
// clock.
func (f *Faults) DelayNext(n int, d time.Duration) { f.set(func() { f.delays, f.delay = n, d }) }

// SendRaw writes text to one open socket as it is: a malformed envelope, a
// broken payload, bytes that are not UTF-8.
func (f *Faults) SendRaw(text string) {
	f.set(func() {
		if c := f.w.pick(); c != nil {
			c.push(frame{data: []byte(text)})
		}
	})
}

// SendEvent delivers an inner event of any shape in a proper envelope, e.g. of
// a type the app does not know.
func (f *Faults) SendEvent(event map[string]any) {
	f.set(func() { f.w.emit(nil, event) })
}

// SendEnvelope delivers a payload of any shape under an envelope type, with
// retries for events_api. The app's ack is expected.
func (f *Faults) SendEnvelope(kind string, payload json.RawMessage) {
	f.set(func() {
		f.w.dispatch(&delivery{kind: kind, eventType: "raw", eventID: f.w.id("Ev"), payload: payload})
	})
}

// ForgetBlocks has Slack know a kind of block no more, as one does that has not got it yet.
func (f *Faults) ForgetBlocks(kind string) {
	f.set(func() {
		if f.unknown == nil {
			f.unknown = map[string]bool{}
		}
		f.unknown[kind] = true
	})
}

func (f *Faults) set(change func()) {
	f.w.lock()
	defer f.w.unlock()
	change()
	f.w.changed(Change{Kind: ChangeJournal})
}

// FailNext answers the next n calls of a method with an error code.
func (f *Faults) FailNext(method string, n int, code string) {
	f.add(&rule{method: method, n: n, code: code})
}

// BreakNext answers the next n calls of a method with an HTTP status and an
// HTML body, as Slack's edge does.
func (f *Faults) BreakNext(method string, n, status int) {
	f.add(&rule{method: method, n: n, status: status})
}

// LimitNext answers the next n calls of a method with 429 and Retry-After.
func (f *Faults) LimitNext(method string, n, retryAfterSeconds int) {
	f.add(&rule{method: method, n: n, status: 429, retryAfter: retryAfterSeconds})
}

// LoseAnswer lets the next n calls of a method take effect and cuts the
// connection instead of answering.
func (f *Faults) LoseAnswer(method string, n int) { f.add(&rule{method: method, n: n, lose: true}) }

// Hang keeps every call of a method waiting, before it takes effect, until the
// returned function is called. A caller who gives up meanwhile leaves no trace.
func (f *Faults) Hang(method string) (release func()) {
	r := &rule{method: method, n: -1, hang: make(chan struct{})}
	f.add(r)
	var once sync.Once
	return func() {
		once.Do(func() {
			f.set(func() { r.n = 0 })
			close(r.hang)
		})
	}
}

// Hanging counts the calls of a method that Hang keeps waiting now.
func (f *Faults) Hanging(method string) int {
	f.w.lock()
	defer f.w.unlock()
	n := 0
	for _, r := range f.rules {
		if r.hang != nil && r.method == method {
			n += r.hanging
		}
	}
	return n
}

func (f *Faults) add(r *rule) { f.set(func() { f.rules = append(f.rules, r) }) }

// RevokeToken tells the app (tokens_revoked) and answers token_revoked from now
// on.
func (f *Faults) RevokeToken() {
	f.set(func() {
		w := f.w
		w.emit(nil, obj{"type": "tokens_revoked", "tokens": obj{"oauth": []string{}, "bot": []string{w.opts.BotUserID}}, "event_ts": w.stamp()})
		w.tokenErr = "token_revoked"
	})
}

// Uninstall removes the app: app_uninstalled and tokens_revoked, then
// account_inactive for every call.
func (f *Faults) Uninstall() {
	f.set(func() {
		w := f.w
		w.emit(nil, obj{"type": "tokens_revoked", "tokens": obj{"oauth": []string{}, "bot": []string{w.opts.BotUserID}}, "event_ts": w.stamp()})
		w.emit(nil, obj{"type": "app_uninstalled", "event_ts": w.stamp()})
		w.tokenErr = "account_inactive"
	})
}

// RemoveScope takes a scope away; AddScope gives one.
func (f *Faults) RemoveScope(scope string) { f.set(func() { delete(f.w.scopes, scope) }) }

// AddScope gives the app a scope.
func (f *Faults) AddScope(scope string) { f.set(func() { f.w.scopes[scope] = true }) }

// refuseSocket decides about one handshake.
func (f *Faults) refuseSocket() bool {
	if f.refuse > 0 {
		f.refuse--
		return true
	}
	return f.refuse < 0 || f.outage
}

func (f *Faults) duplicate() bool {
	if f.dups <= 0 {
		return false
	}
	f.dups--
	return true
}

// keepBack takes a delivery out of the stream if ordering trouble is on.
func (f *Faults) keepBack(d *delivery) bool {
	switch {
	case f.holding:
		f.held = append(f.held, d)
	case f.reorder > 0:
		f.reordered = append(f.reordered, d)
		f.reorder--
		if f.reorder == 0 {
			late := f.reordered
			f.reordered = nil
			for i := len(late) - 1; i >= 0; i-- {
				f.w.attempt(late[i])
			}
		}
	case f.delays > 0:
		f.delays--
		d.waiting, d.at = false, f.w.opts.Now().Add(f.delay)
		f.w.activate(d)
	default:
		return false
	}
	return true
}

// nextRule takes the rule for one call of a method, nil when there is none.
func (f *Faults) nextRule(method string) *rule {
	if f.outage {
		return &rule{status: 503}
	}
	for i, r := range f.rules {
		if r.method != method && r.method != "*" || r.n == 0 || r.hang != nil {
			continue
		}
		if r.n > 0 {
			r.n--
			if r.n == 0 {
				f.rules = append(f.rules[:i:i], f.rules[i+1:]...)
			}
		}
		return r
	}
	return nil
}
