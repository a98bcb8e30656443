package store

import (
	"context"
	"fmt"
	"time"
)

// Post is one message the bot owes or has sent. Its key is claimed before Slack
// is called, so that after a crash a claimed post that was never recorded as sent
// is looked for in Slack (by the key in its metadata) before it is sent again.
type Post struct {
	Key       string    `json:"key"` // what the post answers: unique for ever
	Workspace string    `json:"workspace"`
	Team      string    `json:"team,omitempty"`
	Channel   string    `json:"channel"`
	Thread    string    `json:"thread,omitempty"`
	TS        string    `json:"ts,omitempty"`   // set once Slack has it
	Case      string    `json:"case,omitempty"` // the case it is about, or the help request
	Kind      string    `json:"kind"`           // card, note, quiet, …
	ClaimedAt time.Time `json:"claimed_at"`
	SentAt    time.Time `json:"sent_at"`
	RemovedAt time.Time `json:"removed_at"`
}

// Sent reports whether Slack has the post.
func (p Post) Sent() bool { return p.TS != "" }

// Validate says what is wrong with a post before it is written.
func (p Post) Validate() error {
	if p.Key == "" || p.Workspace == "" || p.Channel == "" || p.ClaimedAt.IsZero() {
		return fmt.Errorf("%w: post %q lacks key, workspace, channel or claim time", ErrInvalid, p.Key)
	}
	if err := validKeys("post", p.Key, p.Key, p.Workspace, p.Channel, p.TS); err != nil {
		return err
	}
	return validTimes("post", p.Key, p.ClaimedAt, p.SentAt, p.RemovedAt)
}

// Posts keeps what the bot has said.
type Posts interface {
	// ClaimPost stores p if its key is new and returns it with fresh true; else
	// it returns what stands under the key, unchanged, with fresh false.
	ClaimPost(ctx context.Context, p Post) (now Post, fresh bool, err error)

	// UpdatePost applies fn to the post as UpdateCase does; ErrNotFound when there is none.
	UpdatePost(ctx context.Context, key string, fn func(*Post) error) (Post, error)

	// Post returns ErrNotFound when there is none.
	Post(ctx context.Context, key string) (Post, error)

	// PostAt returns the post that is that message of Slack, or ErrNotFound.
	PostAt(ctx context.Context, workspace, channel, ts string) (Post, error)
}
