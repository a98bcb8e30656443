// Package router receives Slack's deliveries and acknowledges them, in the words
// of Slack's Bolt framework: a receiver hands deliveries to a handler and
// acknowledges what the handler took. It knows no coaching and keeps nothing.
//
// Socket Mode is the receiver there is. One for HTTP needs the same Delivery and Handler.
package router

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// Delivery is one thing Slack sent, its payload untouched.
type Delivery struct {
	Type         string          // events_api, slash_commands or interactive
	Payload      json.RawMessage // the body as Slack sent it
	EnvelopeID   string          // what is acknowledged
	RetryAttempt int             // a delivery marked as a retry may be the only one that arrives
	RetryReason  string
	At           time.Time // when it was read
}

// Answer is what becomes of one delivery.
type Answer struct {
	Payload any   // goes with the acknowledgement; nil for a plain one. Below 20 KB (Slack drops larger ones).
	Err     error // not taken: no acknowledgement, so that Slack delivers again
}

// Handler stores a batch of deliveries, at most MaxBatch, in the order they came, and returns an answer for
// each. A receiver never calls it concurrently. Slack wants the answer within 3 seconds.
type Handler func(ctx context.Context, batch []Delivery) []Answer

// MaxBatch is how many deliveries a handler is given at once.
const MaxBatch = 64

// FinalError ends a receiver: trying again would not help.
type FinalError struct {
	Code string // Slack's error code
	Hint string // what a person can do
}

func (e *FinalError) Error() string { return e.Code + ": " + e.Hint }

// final tells whether Slack's error code will not go away by itself, and what to do.
func final(err error) *FinalError {
	if err == nil {
		return nil
	}
	var already *FinalError
	if errors.As(err, &already) {
		return already
	}
	hints := map[string]string{
		"invalid_auth":           "Slack does not know SLACK_APP_TOKEN; copy it again from Basic Information > App-Level Tokens",
		"not_authed":             "SLACK_APP_TOKEN is empty; create one at Basic Information > App-Level Tokens",
		"not_allowed_token_type": "SLACK_APP_TOKEN must be an app-level token (xapp-) from Basic Information > App-Level Tokens",
		"missing_scope":          "the app-level token lacks the scope connections:write; create one with it at Basic Information > App-Level Tokens",
		"account_inactive":       "the app was uninstalled; install it again at OAuth & Permissions",
		"token_revoked":          "the token was revoked; install the app again at OAuth & Permissions",
		"link_disabled":          "Socket Mode was switched off; switch it on in the app's settings under Socket Mode",
		"app_uninstalled":        "the app was uninstalled; install it again at OAuth & Permissions",
	}
	if hint, ok := hints[err.Error()]; ok {
		return &FinalError{Code: err.Error(), Hint: hint}
	}
	return nil
}
