package store

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// CaseState is where a case stands.
type CaseState string

// States of a case. Dismissed means that a person said it is none.
const (
	CaseOpen       CaseState = "open"
	CaseCalmed     CaseState = "calmed"
	CaseUnresolved CaseState = "unresolved"
	CaseDismissed  CaseState = "dismissed"
	CaseDeleted    CaseState = "deleted"
)

// Case is one difficult customer case: one message of an agent and its thread.
type Case struct {
	ID        string `json:"id"` // CaseID of workspace, channel and TS
	Workspace string `json:"workspace"`
	Team      string `json:"team,omitempty"`
	Channel   string `json:"channel"`
	TS        string `json:"ts"`     // Slack timestamp of the message that opened it
	Thread    string `json:"thread"` // root of the thread it lives in; TS when it is the root
	Author    string `json:"author"` // the agent's user id

	Text        string   `json:"text"`      // as the intake let it in
	TextHash    string   `json:"text_hash"` // of the text last advised on: an edit that changes no text is no new case
	Lang        string   `json:"lang"`
	Severity    string   `json:"severity"`
	Emotions    []string `json:"emotions,omitempty"`
	Kind        string   `json:"kind,omitempty"`        // demanding, confused, agitated
	Personality string   `json:"personality,omitempty"` // eagle, peacock, dove, owl
	Root        string   `json:"root,omitempty"`        // expectation, communication, state, policy
	Playbook    string   `json:"playbook"`              // the one the card shows
	Candidates  []string `json:"candidates,omitempty"`  // ranked ids, best first

	Step      string     `json:"step"`                 // the step the card stands at
	Variation int        `json:"variation"`            // which of the step's phrases come first
	Turns     int        `json:"turns"`                // follow-ups seen in the thread
	LastTurn  string     `json:"last_turn,omitempty"`  // TS of the last follow-up taken in
	Followed  []CaseTurn `json:"followed,omitempty"`   // the last follow-ups that moved it, oldest first
	Sure      bool       `json:"sure"`                 // the first playbook was clearly ahead
	Expanded  bool       `json:"expanded,omitempty"`   // the card shows the further steps
	Short     bool       `json:"short,omitempty"`      // the card shows the least
	Private   bool       `json:"private,omitempty"`    // asked in private: shown and counted nowhere else
	Card      string     `json:"card,omitempty"`       // key of the post that is its card
	LastPress string     `json:"last_press,omitempty"` // evidence id of the last button taken in
	CardWhy   string     `json:"card_why,omitempty"`   // why the card stands where it does: a reason code
	Duty      string     `json:"duty,omitempty"`       // the lead who answered the call that a critical case makes
	Alarms    int        `json:"alarms,omitempty"`     // how often it became critical since it was opened: each time is a call of its own
	Used      []string   `json:"used,omitempty"`       // phrases that an agent marked as used
	Fitted    Fitted     `json:"fitted,omitzero"`      // phrases that an AI service made for the case
	Feedback  Feedback   `json:"feedback,omitzero"`    // it is for those who make the product
	State     CaseState  `json:"state"`
	OpenedAt  time.Time  `json:"opened_at"`
	UpdatedAt time.Time  `json:"updated_at"`
	ClosedAt  time.Time  `json:"closed_at"`
	AdvisedAt time.Time  `json:"advised_at"` // when the first suggestion was posted; zero: none
}

// CaseTurn is a follow-up that moved a case, and what its edit or deletion needs
// to take the effect back. It holds no text.
type CaseTurn struct {
	TS       string    `json:"ts"`
	TextHash string    `json:"text_hash"`
	Kind     string    `json:"kind"`               // what it meant: the engine's word
	Severity string    `json:"severity,omitempty"` // of the follow-up by itself
	Press    string    `json:"press,omitempty"`    // the case's LastPress then: another one now means that a person moved it since
	Before   CaseStand `json:"before"`

	// Of a case that was over and that it opened again: what it was, and else empty.
	State    CaseState `json:"state,omitempty"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
	Duty     string    `json:"duty,omitempty"`
}

// CaseStand is the part of a case that a follow-up changes.
type CaseStand struct {
	Severity    string   `json:"severity"`
	Emotions    []string `json:"emotions,omitempty"`
	Kind        string   `json:"kind,omitempty"`
	Personality string   `json:"personality,omitempty"`
	Root        string   `json:"root,omitempty"`
	Sure        bool     `json:"sure,omitempty"`
	Playbook    string   `json:"playbook"`
	Candidates  []string `json:"candidates,omitempty"`
	Step        string   `json:"step"`
	Variation   int      `json:"variation,omitempty"`
}

// Stand is where the case stands now.
func (c Case) Stand() CaseStand {
	return CaseStand{Severity: c.Severity, Emotions: slices.Clone(c.Emotions), Kind: c.Kind, Personality: c.Personality, Root: c.Root,
		Sure: c.Sure, Playbook: c.Playbook, Candidates: slices.Clone(c.Candidates), Step: c.Step, Variation: c.Variation}
}

// Restore puts the case back to where it stood.
func (c *Case) Restore(s CaseStand) {
	c.Severity, c.Emotions, c.Kind, c.Personality, c.Root = s.Severity, slices.Clone(s.Emotions), s.Kind, s.Personality, s.Root
	c.Sure, c.Playbook, c.Candidates, c.Step, c.Variation = s.Sure, s.Playbook, slices.Clone(s.Candidates), s.Step, s.Variation
}

// Fitted is phrases made for one case as it stood: for a position in a playbook
// after so many follow-ups, with that text. When the case has moved on they no longer count.
type Fitted struct {
	Hash      string         `json:"hash"` // of the words they were made for
	Turns     int            `json:"turns"`
	Playbook  string         `json:"playbook"`
	Step      string         `json:"step"`
	Variation int            `json:"variation"`
	Phrases   []FittedPhrase `json:"phrases"`
}

// FittedPhrase is one of them, with slots as a playbook has them.
type FittedPhrase struct {
	Step string `json:"step"`
	Text string `json:"text"`
}

// CaseID is the id of the case opened by a message: the same for every delivery of it.
func CaseID(workspace, channel, ts string) string {
	return workspace + "." + channel + "." + ts
}

// Validate says what is wrong with a case before it is written.
func (c Case) Validate() error {
	if c.ID == "" || c.Workspace == "" || c.Channel == "" || c.TS == "" || c.OpenedAt.IsZero() {
		return fmt.Errorf("%w: case %q lacks id, workspace, channel, ts or opening time", ErrInvalid, c.ID)
	}
	if err := validKeys("case", c.ID, c.ID, c.Workspace, c.Channel, c.TS, c.Thread); err != nil {
		return err
	}
	if err := validTimes("case", c.ID, c.OpenedAt, c.UpdatedAt, c.ClosedAt, c.AdvisedAt, c.Feedback.At); err != nil {
		return err
	}
	for _, t := range c.Followed {
		if err := validTimes("case", c.ID, t.ClosedAt); err != nil {
			return err
		}
	}
	switch c.State {
	case CaseOpen, CaseCalmed, CaseUnresolved, CaseDismissed, CaseDeleted:
		return nil
	}
	return fmt.Errorf("%w: case %s has state %q", ErrInvalid, c.ID, c.State)
}

// Cases keeps cases and finds them by id, thread, channel and day.
type Cases interface {
	// Case returns ErrNotFound when there is none.
	Case(ctx context.Context, id string) (Case, error)

	// CaseOfThread returns the newest case (by OpenedAt) whose Thread is that one,
	// whatever its state, or ErrNotFound.
	CaseOfThread(ctx context.Context, workspace, channel, thread string) (Case, error)

	// UpdateCase applies fn to the case (a zero Case with ID set when there is
	// none) and stores the result, in one transaction. fn may run twice, must not
	// call the store, do no I/O and leave the ID as it is; its error is returned
	// and nothing is written.
	UpdateCase(ctx context.Context, id string, fn func(*Case) error) (Case, error)

	// DeleteCase removes the case and its evidence. A missing one is no error.
	DeleteCase(ctx context.Context, id string) error

	// CasesOpened calls fn with every case opened in [from, to), oldest first,
	// of one channel or, with channel "", of all. It reads no others. A case that
	// changes meanwhile is seen before or after the change. fn's error ends it and is returned.
	CasesOpened(ctx context.Context, channel string, from, to time.Time, fn func(Case) error) error
}
