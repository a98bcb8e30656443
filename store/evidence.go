package store

import (
	"context"
	"fmt"
	"math"
	"time"
)

// Decision is why the bot spoke or kept quiet on one message. It holds no text.
type Decision struct {
	Workspace string    `json:"workspace"`
	Team      string    `json:"team,omitempty"`
	Channel   string    `json:"channel"`
	TS        string    `json:"ts"`
	Author    string    `json:"author,omitempty"`
	At        time.Time `json:"at"`
	Spoke     bool      `json:"spoke"`
	Reason    string    `json:"reason"` // a code that the bot puts into words
	Case      string    `json:"case,omitempty"`
	Playbook  string    `json:"playbook,omitempty"`
	Severity  string    `json:"severity,omitempty"`
	Score     float64   `json:"score,omitempty"` // how sure it was that this is a case, 0 to 1
}

// Validate says what is wrong with a decision before it is written.
func (d Decision) Validate() error {
	if d.Workspace == "" || d.Channel == "" || d.TS == "" || d.Reason == "" || d.At.IsZero() {
		return fmt.Errorf("%w: decision on %q lacks workspace, channel, ts, reason or time", ErrInvalid, d.TS)
	}
	if math.IsNaN(d.Score) || math.IsInf(d.Score, 0) {
		return fmt.Errorf("%w: decision on %q has no finite score", ErrInvalid, d.TS)
	}
	if err := validKeys("decision on", d.TS, d.Workspace, d.Channel, d.TS); err != nil {
		return err
	}
	return validTimes("decision on", d.TS, d.At)
}

// Decisions keeps the last ones of each channel.
type Decisions interface {
	// PutDecision stores d; of the same message the later one (by At) stays, of
	// two at the same time the one put last.
	PutDecision(ctx context.Context, d Decision) error

	// LastDecisions returns the newest decisions of a channel by message, newest first, at most max.
	LastDecisions(ctx context.Context, workspace, channel string, max int) ([]Decision, error)
}

// Evidence is one thing a person said about the bot's advice: raw material for better ranking.
type Evidence struct {
	ID        string    `json:"id"` // unique; the same press delivered twice has the same id
	Workspace string    `json:"workspace"`
	Team      string    `json:"team,omitempty"`
	Channel   string    `json:"channel"`
	Case      string    `json:"case"`
	Kind      string    `json:"kind"` // used, another, helpful, unhelpful, not-a-case, picked, calmed, unresolved
	Playbook  string    `json:"playbook,omitempty"`
	Instead   string    `json:"instead,omitempty"` // the playbook picked in its place
	Step      string    `json:"step,omitempty"`
	Phrase    string    `json:"phrase,omitempty"`
	By        string    `json:"by"`
	At        time.Time `json:"at"`
}

// Validate says what is wrong with evidence before it is written.
func (e Evidence) Validate() error {
	if e.ID == "" || e.Workspace == "" || e.Case == "" || e.Kind == "" || e.At.IsZero() {
		return fmt.Errorf("%w: evidence %q lacks id, workspace, case, kind or time", ErrInvalid, e.ID)
	}
	if err := validKeys("evidence", e.ID, e.ID, e.Case); err != nil {
		return err
	}
	return validTimes("evidence", e.ID, e.At)
}

// EvidenceLog keeps evidence and finds it by case and day.
type EvidenceLog interface {
	// AddEvidence stores e; one of the same ID is left as it is.
	AddEvidence(ctx context.Context, e Evidence) error

	// EvidenceOf returns a case's evidence, oldest first.
	EvidenceOf(ctx context.Context, caseID string) ([]Evidence, error)

	// EvidenceBetween calls fn with what was said in [from, to), oldest first. It
	// reads no others. fn's error ends it and is returned.
	EvidenceBetween(ctx context.Context, from, to time.Time, fn func(Evidence) error) error
}
