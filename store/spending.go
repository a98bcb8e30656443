package store

import (
	"context"
	"fmt"
	"time"
)

// Spending is what an AI service was asked for on one day.
type Spending struct {
	Day    string    `json:"day"`    // 2006-01-02, in the zone of whoever counts
	Tokens int       `json:"tokens"` // sent and received
	Calls  int       `json:"calls"`
	At     time.Time `json:"at"` // of the last call
}

// Validate says what is wrong with a day's spending before it is written.
func (s Spending) Validate() error {
	if _, err := time.Parse(time.DateOnly, s.Day); err != nil || s.At.IsZero() || s.Tokens < 0 || s.Calls < 0 {
		return fmt.Errorf("%w: spending of %q lacks a day or time, or is less than nothing", ErrInvalid, s.Day)
	}
	return validTimes("spending", s.Day, s.At)
}

// Spendings keeps them by day.
type Spendings interface {
	// Spending returns a zero record with its day set when there is none.
	Spending(ctx context.Context, day string) (Spending, error)

	// UpdateSpending applies fn as UpdateCase does.
	UpdateSpending(ctx context.Context, day string, fn func(*Spending) error) (Spending, error)
}
