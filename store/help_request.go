package store

import (
	"context"
	"fmt"
	"time"
)

// HelpState is where a help request stands.
type HelpState string

// States of a help request.
const (
	HelpOpen      HelpState = "open"    // nobody is on it
	HelpClaimed   HelpState = "claimed" // Helper is on it
	HelpResolved  HelpState = "resolved"
	HelpWithdrawn HelpState = "withdrawn" // the asker needs no help any more
)

// HelpKind is whom a request is for.
type HelpKind string

// Kinds of help requests.
const (
	HelpPeers    HelpKind = "peers"    // any colleague
	HelpHandover HelpKind = "handover" // the leads: the case is beyond the agent's authority
)

// Urgency is how long a request can wait.
type Urgency string

// Urgencies.
const (
	UrgencyLow    Urgency = "low"    // some time today
	UrgencyNormal Urgency = "normal" // within the hour
	UrgencyHigh   Urgency = "high"   // the customer is waiting now
)

// HelpRequest is an agent's question to colleagues, or a case handed over to the leads.
type HelpRequest struct {
	ID        string   `json:"id"`
	Workspace string   `json:"workspace"`
	Team      string   `json:"team,omitempty"`
	Kind      HelpKind `json:"kind"`
	Channel   string   `json:"channel"`        // where it was asked; "" in private
	Case      string   `json:"case,omitempty"` // the case it is about
	Link      string   `json:"link,omitempty"` // address of the message it is about

	Asker     string  `json:"asker"`
	Anonymous bool    `json:"anonymous,omitempty"` // the asker is not named
	Question  string  `json:"question"`
	Tried     string  `json:"tried,omitempty"`
	Lang      string  `json:"lang"`
	Scenario  string  `json:"scenario,omitempty"` // id of the playbook that fits
	Urgency   Urgency `json:"urgency"`
	Many      bool    `json:"many,omitempty"`   // it concerns several customers
	Valued    bool    `json:"valued,omitempty"` // or one who matters much
	Priority  int     `json:"priority"`         // 0 to 9, the higher the sooner
	Packet    Packet  `json:"packet"`           // of a hand-over

	State   HelpState `json:"state"`
	Posts   []string  `json:"posts,omitempty"`   // keys of the posts that show it with its buttons, its own message first
	Helper  string    `json:"helper,omitempty"`  // who is on it, or was when it was resolved
	Offered []string  `json:"offered,omitempty"` // colleagues asked in turn, the newest last
	Waiting string    `json:"waiting,omitempty"` // the one of them whose answer is awaited

	OpenedAt  time.Time `json:"opened_at"`
	UpdatedAt time.Time `json:"updated_at"`
	OpenSince time.Time `json:"open_since"` // nobody is on it since: when it was asked or given back
	ClaimedAt time.Time `json:"claimed_at"` // the last time
	HeardAt   time.Time `json:"heard_at"`   // last word of anybody in its thread
	ClosedAt  time.Time `json:"closed_at"`

	Worked     string    `json:"worked,omitempty"`      // what helped
	Calmed     string    `json:"calmed,omitempty"`      // yes, no, unknown
	NameHelper bool      `json:"name_helper,omitempty"` // the helper agreed to be named
	Card       string    `json:"card,omitempty"`        // the knowledge card made of it
	ThankedAt  time.Time `json:"thanked_at"`

	Draft CardDraft `json:"draft,omitzero"` // of a knowledge card, for whoever resolved it to edit
}

// Packet is what a lead needs to take a case over.
type Packet struct {
	Facts     string `json:"facts,omitempty"`
	Promises  string `json:"promises,omitempty"`
	Mood      string `json:"mood,omitempty"`
	Authority string `json:"authority,omitempty"` // which decision is needed
	Sentence  string `json:"sentence,omitempty"`  // tells the customer why and how the hand-over goes
}

// Over reports whether nobody needs to do anything about the request any more.
func (h HelpRequest) Over() bool { return h.State == HelpResolved || h.State == HelpWithdrawn }

// Validate says what is wrong with a help request before it is written.
func (h HelpRequest) Validate() error {
	if h.ID == "" || h.Workspace == "" || h.Asker == "" || h.OpenedAt.IsZero() {
		return fmt.Errorf("%w: help request %q lacks id, workspace, asker or opening time", ErrInvalid, h.ID)
	}
	if err := validKeys("help request", h.ID, h.ID, h.Workspace, h.Team, h.Channel, h.Case, h.Asker, h.Helper, h.Scenario); err != nil {
		return err
	}
	if err := validTimes("help request", h.ID, h.OpenedAt, h.UpdatedAt, h.OpenSince, h.ClaimedAt, h.HeardAt, h.ClosedAt, h.ThankedAt); err != nil {
		return err
	}
	switch h.State {
	case HelpOpen, HelpWithdrawn:
	case HelpClaimed, HelpResolved:
		if h.State == HelpClaimed && h.Helper == "" {
			return fmt.Errorf("%w: help request %s is claimed by nobody", ErrInvalid, h.ID)
		}
	default:
		return fmt.Errorf("%w: help request %s has state %q", ErrInvalid, h.ID, h.State)
	}
	if h.Kind != HelpPeers && h.Kind != HelpHandover {
		return fmt.Errorf("%w: help request %s has kind %q", ErrInvalid, h.ID, h.Kind)
	}
	switch h.Urgency {
	case UrgencyLow, UrgencyNormal, UrgencyHigh:
		return nil
	}
	return fmt.Errorf("%w: help request %s has urgency %q", ErrInvalid, h.ID, h.Urgency)
}

// CardDraft is a knowledge card that nobody has looked at yet.
type CardDraft struct {
	Situation string `json:"situation"`
	Words     string `json:"words"`
	Result    string `json:"result,omitempty"`
}

// HelpRequests keeps help requests and finds them by id, team, day, person and scenario.
type HelpRequests interface {
	// HelpRequest returns ErrNotFound when there is none.
	HelpRequest(ctx context.Context, id string) (HelpRequest, error)

	// UpdateHelpRequest applies fn as UpdateCase does.
	UpdateHelpRequest(ctx context.Context, id string, fn func(*HelpRequest) error) (HelpRequest, error)

	// HelpRequestsOpened calls fn with every request of a team opened in
	// [from, to), oldest first, as CasesOpened does. Team "" means the requests
	// of no team, not those of all.
	HelpRequestsOpened(ctx context.Context, workspace, team string, from, to time.Time, fn func(HelpRequest) error) error

	// HelpRequestsAsked are those that a person asked in [from, to), likewise.
	HelpRequestsAsked(ctx context.Context, workspace, asker string, from, to time.Time, fn func(HelpRequest) error) error

	// HelpRequestsHelped are those that a person is on or resolved, by the time they were opened, likewise.
	HelpRequestsHelped(ctx context.Context, workspace, helper string, from, to time.Time, fn func(HelpRequest) error) error

	// HelpRequestsLike are a team's requests of a scenario opened in [from, to), likewise.
	HelpRequestsLike(ctx context.Context, workspace, team, scenario string, from, to time.Time, fn func(HelpRequest) error) error

	// HelpRequestsUnsettled are a team's requests that are open or claimed, oldest
	// first; it reads no others.
	HelpRequestsUnsettled(ctx context.Context, workspace, team string, fn func(HelpRequest) error) error
}
