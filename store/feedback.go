package store

import "time"

// Feedback marks a case or a card as something that those who make the product
// should hear of. The zero value is no mark.
type Feedback struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Note string    `json:"note,omitempty"` // what they should hear, in a colleague's words
}

// Marked reports whether there is a mark.
func (f Feedback) Marked() bool { return !f.At.IsZero() }

func (f Feedback) clean() Feedback {
	clean(&f.By, &f.Note)
	cleanTimes(&f.At)
	return f
}
