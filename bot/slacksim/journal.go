package slacksim

import (
	"encoding/json"
	"slices"
	"time"
)

// journalKeeps bounds each journal, so that a demo may run for weeks.
const journalKeeps = 50_000

// Call is one Web API or response_url call, written down when it was answered.
// Calls are in the order in which they took effect.
type Call struct {
	Seq    int
	Method string            // "chat.postMessage"; "response_url" for response addresses
	Args   map[string]string // without the token; nested JSON stays JSON text
	At     time.Time
	Error  string // Slack's error code, "" when ok
	Status int    // HTTP status
	Lost   bool   // it took effect but the connection was cut instead of answering
	TS     string // the message it made or changed, if any
}

// OK reports whether the call took effect.
func (c Call) OK() bool { return c.Error == "" && c.Status == 200 }

// Delivery is one attempt to deliver an envelope.
type Delivery struct {
	EnvelopeID string
	Kind       string // events_api, slash_commands, interactive
	Type       string // inner event type with subtype ("message/message_changed"), command, or interaction type
	EventID    string // the same on every attempt; empty unless events_api
	Channel    string
	TS         string
	Attempt    int // 0 first, then 1 to 3
	Conn       int // number of the connection, 0 when none was open
	SentAt     time.Time
	Acked      bool
	Latency    time.Duration // from SentAt to the ack, by the workspace's clock
	Late       bool          // acked after three seconds or more
	Lost       bool          // no socket was open, or no further attempt will be made
	Payload    json.RawMessage
}

// Violation is something the app did that Slack would not tell it about, or
// that a well-behaved app never does.
type Violation struct {
	Kind   string // see the Violation… constants
	Detail string
	At     time.Time
}

// Kinds of Violation.
const (
	ViolationSecondAck     = "second_ack"
	ViolationUnknownAck    = "unknown_envelope"
	ViolationLateAck       = "late_ack"
	ViolationBadAck        = "bad_ack"         // not JSON, too large, or a payload where none is read
	ViolationBadResponse   = "bad_response"    // the ack's payload is not acceptable
	ViolationUnknownMethod = "unknown_method"  // no such Web API method here
	ViolationListing       = "listing"         // asked for all channels or all people
	ViolationTokenInQuery  = "token_in_query"  // a token in the address ends up in logs
	ViolationDeadToken     = "call_after_stop" // kept calling with a token known to be dead
)

type journal struct {
	callSeq    int
	calls      []*Call
	deliveries []*Delivery
	violations []Violation
}

func keepLast[T any](s []T) []T {
	if len(s) < 2*journalKeeps {
		return s
	}
	return slices.Clone(s[len(s)-journalKeeps:])
}

func (w *Workspace) writeCall(c *Call) {
	w.journal.callSeq++
	c.Seq = w.journal.callSeq
	w.journal.calls = keepLast(append(w.journal.calls, c))
	w.changed(Change{Kind: ChangeJournal})
	w.opts.Log.Debug("slacksim: call", "method", c.Method, "error", c.Error, "status", c.Status)
}

func (w *Workspace) writeDelivery(d *Delivery) {
	w.journal.deliveries = keepLast(append(w.journal.deliveries, d))
	w.changed(Change{Kind: ChangeJournal})
}

func (w *Workspace) violation(kind, detail string) {
	w.journal.violations = keepLast(append(w.journal.violations, Violation{Kind: kind, Detail: detail, At: w.opts.Now()}))
	w.changed(Change{Kind: ChangeJournal})
	w.opts.Log.Warn("slacksim: violation", "kind", kind, "detail", detail)
}

// Calls returns the calls so far, oldest first; with names only those methods.
func (w *Workspace) Calls(methods ...string) []Call {
	w.lock()
	defer w.unlock()
	var out []Call
	for _, c := range w.journal.calls {
		if len(methods) == 0 || slices.Contains(methods, c.Method) {
			out = append(out, *c)
		}
	}
	return out
}

// Deliveries returns every delivery attempt so far, oldest first.
func (w *Workspace) Deliveries() []Delivery {
	w.lock()
	defer w.unlock()
	out := make([]Delivery, len(w.journal.deliveries))
	for i, d := range w.journal.deliveries {
		out[i] = *d
	}
	return out
}

// Violations returns what a well-behaved app would not have done, oldest first.
// A test of the app ends with none.
func (w *Workspace) Violations() []Violation {
	w.lock()
	defer w.unlock()
	return slices.Clone(w.journal.violations)
}

// Unacked counts deliveries still waiting for an acknowledgement or a retry.
func (w *Workspace) Unacked() int {
	w.lock()
	defer w.unlock()
	return len(w.active)
}
