// Package llm asks an AI service for words and judgements, within limits, and
// lets through only what passes every check. Without it, and whenever it fails,
// the playbooks' words stand.
//
// Model and Embedder are the ports; package openai is the adapter. limits.go and
// breaker.go hold back what would cost too much or wait too long, service.go asks
// and asks once more, the tasks (suggest.go, read.go, rewrite.go …) say what for,
// check.go judges what came: ground.go what it rests on, deed.go and its languages what it
// says that somebody does (feeling_*.txt are the words that need no ground), obey.go whose
// orders it follows, fact.go what a rewriting leaves out.
package llm

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Request is one question to the service.
type Request struct {
	Task         string // for counts and logs
	System, User string
	MaxTokens    int    // of the answer
	Schema       string // JSON schema of the answer
}

// Response is its answer.
type Response struct {
	Text   string
	Tokens int // sent and received, as the service counts them
}

// Model completes prompts. An HTTP status that is no success comes back as *StatusError.
type Model interface {
	Complete(ctx context.Context, r Request) (Response, error)
}

// Embedder makes vectors of texts, one a text in their order.
type Embedder interface {
	Embed(ctx context.Context, texts []string) (vectors [][]float32, tokens int, err error)
}

// StatusError is a refusal of the service.
type StatusError struct {
	Code       int
	RetryAfter time.Duration // as the service asked; 0: it did not say
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("the AI service answered with status %d", e.Code)
}

// passing reports whether the same question may be answered a little later.
func (e *StatusError) passing() bool { return e.Code == 429 || e.Code >= 500 }

// settled reports whether no question will be answered soon: a wrong key, no money,
// no such model. Other refusals are about one question.
func (e *StatusError) settled() bool {
	return e.Code == 401 || e.Code == 402 || e.Code == 403 || e.Code == 404 || e.Code/100 == 3
}

// Why a question was not asked, or an answer not used.
var (
	ErrBudget   = errors.New("the day's token budget is spent")
	ErrResting  = errors.New("the AI service failed too often and is left alone for a while")
	ErrBusy     = errors.New("too many questions wait for the AI service")
	ErrLanguage = errors.New("there is no prompt in this language")
	ErrTooLong  = errors.New("the text is too long to be sent")
	ErrRefused  = errors.New("the answer failed the checks")
)

// outcome is the word by which an error is counted.
func outcome(err error) string {
	var status *StatusError
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, ErrBudget):
		return "budget"
	case errors.Is(err, ErrResting):
		return "resting"
	case errors.Is(err, ErrBusy):
		return "busy"
	case errors.Is(err, ErrLanguage):
		return "language"
	case errors.Is(err, ErrRefused):
		return "refused"
	case errors.Is(err, context.Canceled):
		return "canceled"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.As(err, &status):
		return fmt.Sprintf("status-%d", status.Code)
	}
	return "unreachable"
}
