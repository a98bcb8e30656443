package store

import (
	"context"
	"fmt"
	"time"
)

// PromiseState is where a promise stands.
type PromiseState string

// States of a promise. A missed one is still owed until it is kept or dropped.
const (
	PromiseOpen    PromiseState = "open"
	PromiseMissed  PromiseState = "missed"
	PromiseKept    PromiseState = "kept"
	PromiseDropped PromiseState = "dropped" // recorded by mistake, or no longer needed
)

// Promise is what somebody told a customer would be done, and by when.
type Promise struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Team      string `json:"team,omitempty"`
	Channel   string `json:"channel,omitempty"` // where it was recorded
	Case      string `json:"case,omitempty"`
	Owner     string `json:"owner"`          // who keeps it now
	From      string `json:"from,omitempty"` // who handed it over
	What      string `json:"what"`
	When      string `json:"when,omitempty"` // in the words it was given
	Kind      string `json:"kind,omitempty"` // call-back, complaint, after-repair, after-sale: whose default time applies
	Lang      string `json:"lang"`
	Zone      string `json:"zone"` // IANA: the one that When was understood in

	Posts []string `json:"posts,omitempty"` // keys of the posts that show it, oldest first

	State     PromiseState `json:"state"`
	DueAt     time.Time    `json:"due_at"`
	MadeAt    time.Time    `json:"made_at"`
	UpdatedAt time.Time    `json:"updated_at"`
	MissedAt  time.Time    `json:"missed_at"` // first seen past due; stays when it is kept late
	ClosedAt  time.Time    `json:"closed_at"`
}

// Owed reports whether the promise is still to be kept.
func (p Promise) Owed() bool { return p.State == PromiseOpen || p.State == PromiseMissed }

// Validate says what is wrong with a promise before it is written.
func (p Promise) Validate() error {
	if p.ID == "" || p.Workspace == "" || p.Owner == "" || p.What == "" || p.DueAt.IsZero() || p.MadeAt.IsZero() {
		return fmt.Errorf("%w: promise %q lacks id, workspace, owner, what, due or made time", ErrInvalid, p.ID)
	}
	if err := validKeys("promise", p.ID, p.ID, p.Workspace, p.Team, p.Channel, p.Case, p.Owner); err != nil {
		return err
	}
	if err := validTimes("promise", p.ID, p.DueAt, p.MadeAt, p.UpdatedAt, p.MissedAt, p.ClosedAt); err != nil {
		return err
	}
	switch p.State {
	case PromiseOpen, PromiseMissed, PromiseKept, PromiseDropped:
		return nil
	}
	return fmt.Errorf("%w: promise %s has state %q", ErrInvalid, p.ID, p.State)
}

// Promises keeps promises and finds them by id, team, due time, owner and case.
type Promises interface {
	// Promise returns ErrNotFound when there is none.
	Promise(ctx context.Context, id string) (Promise, error)

	// UpdatePromise applies fn as UpdateCase does.
	UpdatePromise(ctx context.Context, id string, fn func(*Promise) error) (Promise, error)

	// PromisesDue calls fn with a team's promises due in [from, to), whatever their
	// state, earliest first, as CasesOpened does. Team "" means those of no team.
	PromisesDue(ctx context.Context, workspace, team string, from, to time.Time, fn func(Promise) error) error

	// PromisesOwed are those a person still has to keep, earliest first; it reads no others.
	PromisesOwed(ctx context.Context, workspace, owner string, fn func(Promise) error) error

	// PromisesOwedIn are those that people of a team still have to keep, likewise. Team
	// "" means those of no team.
	PromisesOwedIn(ctx context.Context, workspace, team string, fn func(Promise) error) error

	// PromisesOfCase are those made in a case, earliest due first.
	PromisesOfCase(ctx context.Context, caseID string) ([]Promise, error)
}
