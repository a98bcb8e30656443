package slacksim

import (
	"encoding/json"
	"errors"
	"slices"
	"time"
)

const (
	ackWithin = 3 * time.Second // unless Options say otherwise
	ackLimit  = 20 * 1024       // an ack of this many bytes or more is dropped by Slack without a word
)

// retryAfter is how long Slack waits after the first, second and third failed
// attempt at an event. Commands and interactions are never sent again.
func retryAfter() []time.Duration { return []time.Duration{0, time.Minute, 5 * time.Minute} }

// Errors a person gets instead of an answer of the app.
var (
	// ErrNoSocket: no connection of the app was open ("dispatch_failed").
	ErrNoSocket = errors.New("dispatch_failed: the app is not connected")
	// ErrTimeout: the app did not acknowledge within three seconds of the
	// workspace's clock ("operation_timeout").
	ErrTimeout = errors.New("operation_timeout: the app did not acknowledge within 3 seconds")
)

type ack struct {
	payload json.RawMessage // nil when the app sent none
	err     error
}

// delivery is one thing to tell the app, over all its attempts.
type delivery struct {
	kind, eventType, eventID string
	channel, ts              string
	payload                  json.RawMessage
	accepts                  bool     // an ack may carry a payload
	reply                    chan ack // interactions: who waits for the ack

	attempt  int
	waiting  bool      // sent, the ack is due until at; otherwise to be sent at
	at       time.Time // see waiting
	last     *Delivery // journal entry of the last attempt
	envelope string
}

// dispatch is the door every delivery goes through: ordering trouble happens
// here, before the first attempt.
func (w *Workspace) dispatch(d *delivery) {
	if w.faults.keepBack(d) {
		return
	}
	w.attempt(d)
	if d.kind == "events_api" && w.faults.duplicate() {
		twin := *d
		twin.attempt, twin.waiting = 1, false
		w.attempt(&twin)
	}
}

// attempt sends a delivery once and writes it down.
func (w *Workspace) attempt(d *delivery) {
	now := w.opts.Now()
	entry := &Delivery{
		Kind: d.kind, Type: d.eventType, EventID: d.eventID, Channel: d.channel, TS: d.ts,
		Attempt: d.attempt, SentAt: now, Payload: d.payload,
	}
	d.last = entry
	c := w.pick()
	if c == nil {
		w.writeDelivery(entry)
		w.unsent(d)
		return
	}
	d.envelope = w.id("envelope-")
	entry.EnvelopeID, entry.Conn = d.envelope, c.n
	env := obj{"envelope_id": d.envelope, "type": d.kind, "accepts_response_payload": d.accepts, "payload": d.payload}
	if d.kind == "events_api" {
		env["retry_attempt"], env["retry_reason"] = d.attempt, ""
		if d.attempt > 0 {
			env["retry_reason"] = "timeout"
		}
	}
	w.byEnvelope[d.envelope] = &sentEnvelope{d: d, entry: entry}
	d.waiting, d.at = true, now.Add(w.opts.AckWithin)
	w.activate(d)
	c.push(frame{data: mustJSON(env)})
	w.writeDelivery(entry)
}

type sentEnvelope struct {
	d     *delivery
	entry *Delivery
}

func (w *Workspace) activate(d *delivery) {
	if !slices.Contains(w.active, d) {
		w.active = append(w.active, d)
	}
}

func (w *Workspace) finish(d *delivery) {
	w.active = slices.DeleteFunc(w.active, func(x *delivery) bool { return x == d })
}

// unsent handles an attempt for which no socket was open.
func (w *Workspace) unsent(d *delivery) {
	switch {
	case d.reply != nil:
		d.last.Lost = true
		w.finish(d)
		d.reply <- ack{err: ErrNoSocket}
	case d.attempt == 0 && w.opts.RedeliverMissed:
		w.missed = append(w.missed, d)
	case d.attempt == 0:
		d.last.Lost = true
	default:
		w.failed(d)
	}
}

// failed plans the next attempt of an event, or gives it up.
func (w *Workspace) failed(d *delivery) {
	waits := retryAfter()
	if d.attempt >= len(waits) {
		d.last.Lost = true
		w.finish(d)
		w.changed(Change{Kind: ChangeJournal})
		return
	}
	d.waiting, d.at = false, w.opts.Now().Add(waits[d.attempt])
	d.attempt++
	w.activate(d)
}

func (w *Workspace) sendMissed() {
	missed := w.missed
	w.missed = nil
	for _, d := range missed {
		w.attempt(d)
	}
}

// Tick does what has become due by the workspace's clock: acks that did not
// come, retries, delayed deliveries. Start and Keep call it all the time; with a
// negative Options.TickEvery a test calls it after moving its clock.
func (w *Workspace) Tick() {
	w.lock()
	defer w.unlock()
	for again := true; again; { // a retry "at once" is due in the same tick
		again = false
		now := w.opts.Now()
		for _, d := range slices.Clone(w.active) {
			if now.Before(d.at) {
				continue
			}
			again = true
			switch {
			case !d.waiting:
				w.attempt(d)
			case d.reply != nil:
				d.last.Lost = true
				w.finish(d)
				d.reply <- ack{err: ErrTimeout}
			default:
				w.failed(d)
			}
		}
	}
}

// acked takes what the app wrote to a socket.
func (w *Workspace) acked(data []byte) {
	w.lock()
	defer w.unlock()
	if len(data) >= ackLimit {
		w.violation(ViolationBadAck, "an ack of 20 KB or more is dropped")
		return
	}
	var a struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(data, &a); err != nil {
		w.violation(ViolationBadAck, "not JSON: "+err.Error())
		return
	}
	s := w.byEnvelope[a.EnvelopeID]
	if s == nil {
		w.violation(ViolationUnknownAck, "envelope "+a.EnvelopeID)
		return
	}
	if s.entry.Acked {
		w.violation(ViolationSecondAck, s.entry.Type+" "+a.EnvelopeID)
		return
	}
	w.settle(s, a.Payload)
	w.forgetEnvelopes()
}

func (w *Workspace) settle(s *sentEnvelope, payload json.RawMessage) {
	e := s.entry
	e.Acked, e.Latency = true, w.opts.Now().Sub(e.SentAt)
	if e.Latency >= w.opts.AckWithin {
		e.Late = true
		w.violation(ViolationLateAck, e.Type+" "+e.EnvelopeID+" after "+e.Latency.String())
	}
	if p := string(payload); p == "null" || p == "{}" || p == `""` {
		payload = nil
	}
	if payload != nil && !s.d.accepts {
		w.violation(ViolationBadAck, e.Type+" takes no payload: "+string(payload))
		payload = nil
	}
	w.changed(Change{Kind: ChangeJournal})
	open := slices.Contains(w.active, s.d)
	w.finish(s.d)
	if open && s.d.reply != nil {
		s.d.reply <- ack{payload: payload}
	}
}

// forgetEnvelopes drops acknowledged envelopes once there are very many.
func (w *Workspace) forgetEnvelopes() {
	if len(w.byEnvelope) < 4*journalKeeps {
		return
	}
	for id, s := range w.byEnvelope {
		if s.entry.Acked {
			delete(w.byEnvelope, id)
		}
	}
}
