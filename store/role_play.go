package store

import (
	"context"
	"fmt"
	"time"
)

// RolePlayState is where a role play stands.
type RolePlayState string

// States of a role play.
const (
	RolePlayOn   RolePlayState = "on"
	RolePlayOver RolePlayState = "over"
)

// RolePlay is a conversation in which the bot is the customer. It is between the
// bot and one agent, is shown to nobody else and counts nowhere.
type RolePlay struct {
	ID          string `json:"id"` // CaseID of workspace, channel and the message it began with
	Workspace   string `json:"workspace"`
	User        string `json:"user"`
	Lang        string `json:"lang"`
	Playbook    string `json:"playbook"`
	Kind        string `json:"kind"`        // demanding, confused, agitated
	Personality string `json:"personality"` // eagle, peacock, dove, owl
	Heat        int    `json:"heat"`        // 0 calm to 10

	Lines    []RolePlayLine `json:"lines,omitempty"` // what was said, in order; none once it is over
	Done     []string       `json:"done,omitempty"`  // steps the agent took, in order
	Slips    []string       `json:"slips,omitempty"` // ids of forbidden phrases said, and other slips
	LastTurn string         `json:"last_turn,omitempty"`

	State     RolePlayState `json:"state"`
	StartedAt time.Time     `json:"started_at"`
	EndedAt   time.Time     `json:"ended_at"`
}

// RolePlayLine is one line of the conversation.
type RolePlayLine struct {
	Customer bool   `json:"customer,omitempty"`
	Text     string `json:"text"`
	Turn     string `json:"turn,omitempty"` // the agent's message that it is, or answers
}

// Validate says what is wrong with a role play before it is written.
func (r RolePlay) Validate() error {
	if r.ID == "" || r.Workspace == "" || r.User == "" || r.Playbook == "" || r.StartedAt.IsZero() {
		return fmt.Errorf("%w: role play %q lacks id, workspace, user, playbook or time", ErrInvalid, r.ID)
	}
	if err := validKeys("role play", r.ID, r.ID, r.Workspace, r.User); err != nil {
		return err
	}
	if r.State != RolePlayOn && r.State != RolePlayOver {
		return fmt.Errorf("%w: role play %s has state %q", ErrInvalid, r.ID, r.State)
	}
	return validTimes("role play", r.ID, r.StartedAt, r.EndedAt)
}

// RolePlays keeps role plays and finds them by id and person.
type RolePlays interface {
	// RolePlay returns ErrNotFound when there is none.
	RolePlay(ctx context.Context, id string) (RolePlay, error)

	// UpdateRolePlay applies fn as UpdateCase does.
	UpdateRolePlay(ctx context.Context, id string, fn func(*RolePlay) error) (RolePlay, error)

	// RolePlaysOf calls fn with a person's role plays, oldest first, as CasesOpened does.
	RolePlaysOf(ctx context.Context, workspace, user string, fn func(RolePlay) error) error

	// DeleteRolePlay removes it. A missing one is no error.
	DeleteRolePlay(ctx context.Context, id string) error
}
