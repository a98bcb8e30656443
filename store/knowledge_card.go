package store

import (
	"context"
	"fmt"
	"time"
)

// CardState is where a knowledge card stands.
type CardState string

// States of a knowledge card. One under review still shows.
const (
	CardLive      CardState = "live"
	CardReview    CardState = "review" // somebody must say that it still holds
	CardWithdrawn CardState = "withdrawn"
)

// KnowledgeCard is what worked once, for colleagues who meet the like.
type KnowledgeCard struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Team      string `json:"team,omitempty"`
	Lang      string `json:"lang"`
	Scenario  string `json:"scenario,omitempty"` // id of the playbook it belongs to
	Situation string `json:"situation"`
	Words     string `json:"words"` // what was said or done
	Result    string `json:"result,omitempty"`
	Author    string `json:"author"`            // who may change it beside the leads
	Named     bool   `json:"named,omitempty"`   // and agreed to be named
	Request   string `json:"request,omitempty"` // the help request it comes from
	Source    string `json:"source,omitempty"`  // address of the message it comes from

	State      CardState `json:"state"`
	CreatedAt  time.Time `json:"created_at"`
	UpdatedAt  time.Time `json:"updated_at"` // last time that somebody made, changed or confirmed it
	UpdatedBy  string    `json:"updated_by,omitempty"`
	ReviewAt   time.Time `json:"review_at"`
	ProposedAt time.Time `json:"proposed_at"` // as an addition to the playbook
	ProposedBy string    `json:"proposed_by,omitempty"`
	AcceptedAt time.Time `json:"accepted_at"`
	AcceptedBy string    `json:"accepted_by,omitempty"`

	DeclinedAt  time.Time `json:"declined_at"` // as an addition; the card itself stays
	DeclinedBy  string    `json:"declined_by,omitempty"`
	DeclinedWhy string    `json:"declined_why,omitempty"`

	Feedback Feedback `json:"feedback,omitzero"` // it is for those who make the product; its situation says what
}

// Validate says what is wrong with a card before it is written.
func (k KnowledgeCard) Validate() error {
	if k.ID == "" || k.Workspace == "" || k.Author == "" || k.Words == "" || k.CreatedAt.IsZero() {
		return fmt.Errorf("%w: knowledge card %q lacks id, workspace, author, words or time", ErrInvalid, k.ID)
	}
	if err := validKeys("knowledge card", k.ID, k.ID, k.Workspace, k.Team, k.Scenario, k.Author, k.Request); err != nil {
		return err
	}
	if err := validTimes("knowledge card", k.ID, k.CreatedAt, k.UpdatedAt, k.ReviewAt, k.ProposedAt, k.AcceptedAt, k.DeclinedAt, k.Feedback.At); err != nil {
		return err
	}
	switch k.State {
	case CardLive, CardReview, CardWithdrawn:
		return nil
	}
	return fmt.Errorf("%w: knowledge card %s has state %q", ErrInvalid, k.ID, k.State)
}

// KnowledgeCards keeps cards and finds them by id, team, day and author.
type KnowledgeCards interface {
	// KnowledgeCard returns ErrNotFound when there is none.
	KnowledgeCard(ctx context.Context, id string) (KnowledgeCard, error)

	// UpdateKnowledgeCard applies fn as UpdateCase does.
	UpdateKnowledgeCard(ctx context.Context, id string, fn func(*KnowledgeCard) error) (KnowledgeCard, error)

	// KnowledgeCardsShown calls fn with every card of a team that is live or under
	// review, oldest first by CreatedAt, as CasesOpened does. Team "" means the
	// cards of no team.
	KnowledgeCardsShown(ctx context.Context, workspace, team string, fn func(KnowledgeCard) error) error

	// KnowledgeCardsLike are those of them that belong to a scenario, likewise.
	KnowledgeCardsLike(ctx context.Context, workspace, team, scenario string, fn func(KnowledgeCard) error) error

	// KnowledgeCardsCreated are a team's cards made in [from, to), whatever their state, likewise.
	KnowledgeCardsCreated(ctx context.Context, workspace, team string, from, to time.Time, fn func(KnowledgeCard) error) error

	// KnowledgeCardsBy are an author's cards, likewise.
	KnowledgeCardsBy(ctx context.Context, workspace, author string, fn func(KnowledgeCard) error) error
}
