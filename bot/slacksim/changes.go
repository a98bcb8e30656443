package slacksim

import (
	"context"
	"fmt"
)

// ChangeKind says what changed.
type ChangeKind string

// The kinds of Change.
const (
	ChangeMessage   ChangeKind = "message"   // a message or reply appeared
	ChangeEdited    ChangeKind = "edited"    // its content, reactions or replies changed
	ChangeDeleted   ChangeKind = "deleted"   // it went away
	ChangeEphemeral ChangeKind = "ephemeral" // a message for User alone appeared, changed or went
	ChangeView      ChangeKind = "view"      // User's modal stack changed
	ChangeHome      ChangeKind = "home"      // User's Home tab changed
	ChangeChannel   ChangeKind = "channel"   // channel made, archived, members changed
	ChangeUser      ChangeKind = "user"      // a person was added or changed
	ChangeSocket    ChangeKind = "socket"    // a connection came or went
	ChangeJournal   ChangeKind = "journal"   // a call, delivery, ack or violation was written down
)

// Change tells that something changed; read the workspace for what it is now.
type Change struct {
	Seq     int        `json:"seq"`
	Kind    ChangeKind `json:"kind"`
	Channel string     `json:"channel,omitempty"`
	TS      string     `json:"ts,omitempty"`
	User    string     `json:"user,omitempty"` // set when only this person can see it
}

// Visible reports whether people can see the change, as opposed to sockets and
// journals.
func (c Change) Visible() bool { return c.Kind != ChangeSocket && c.Kind != ChangeJournal }

type changeLog struct {
	seq      int
	queue    []Change
	draining bool
	subs     []*subscriber
	wake     chan struct{} // closed and replaced on every change
}

type subscriber struct{ fn func(Change) }

// changed queues a change; it is announced when the lock is released.
func (w *Workspace) changed(c Change) {
	l := &w.changes
	l.seq++
	c.Seq = l.seq
	close(l.wake)
	l.wake = make(chan struct{})
	if len(l.subs) > 0 {
		l.queue = append(l.queue, c)
	}
}

// announce hands queued changes to the subscribers in order, outside the lock.
// One goroutine at a time does it; others leave theirs in the queue for it.
func (w *Workspace) announce() {
	l := &w.changes
	w.mu.Lock()
	if l.draining {
		w.mu.Unlock()
		return
	}
	l.draining = true
	for len(l.queue) > 0 {
		c := l.queue[0]
		l.queue = l.queue[1:]
		subs := l.subs
		w.mu.Unlock()
		for _, s := range subs {
			s.fn(c)
		}
		w.mu.Lock()
	}
	l.draining = false
	w.mu.Unlock()
}

// Subscribe calls fn for every later change, one at a time and in order, until
// cancel is called. fn may read the workspace but must not block.
func (w *Workspace) Subscribe(fn func(Change)) (cancel func()) {
	s := &subscriber{fn: fn}
	w.mu.Lock()
	w.changes.subs = append(w.changes.subs[:len(w.changes.subs):len(w.changes.subs)], s)
	w.mu.Unlock()
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		kept := make([]*subscriber, 0, len(w.changes.subs))
		for _, x := range w.changes.subs {
			if x != s {
				kept = append(kept, x)
			}
		}
		w.changes.subs = kept
	}
}

// Wait returns nil as soon as cond holds, evaluating it now and after every
// change, and an error when ctx ends first. cond may read the workspace.
func (w *Workspace) Wait(ctx context.Context, cond func() bool) error {
	for {
		w.mu.Lock()
		wake := w.changes.wake
		w.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return fmt.Errorf("slacksim: what was waited for did not happen: %w", ctx.Err())
		}
	}
}
