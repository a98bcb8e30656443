package store

import (
	"context"
	"fmt"
	"time"
)

// DigestKind is the length of what a digest looks back on.
type DigestKind string

// Kinds of digests.
const (
	DigestDay   DigestKind = "day"
	DigestWeek  DigestKind = "week"
	DigestMonth DigestKind = "month"
)

// DigestRecord is a digest that a team got, or is about to get: one of a kind a day.
type DigestRecord struct {
	Workspace string     `json:"workspace"`
	Team      string     `json:"team"`
	Kind      DigestKind `json:"kind"`
	Date      string     `json:"date"` // 2006-01-02, in the team's zone: the day on which it is posted
	From      time.Time  `json:"from"` // it looks back on [From, To)
	To        time.Time  `json:"to"`

	Numbers  DigestNumbers   `json:"numbers"`
	Headline string          `json:"headline,omitempty"` // as it was posted
	Found    []DigestFinding `json:"found,omitempty"`    // what it says, to be said in other languages
	Post     string          `json:"post,omitempty"`     // key of the post that it is
	Drill    string          `json:"drill,omitempty"`
	PostedAt time.Time       `json:"posted_at"` // zero: not yet
	Late     bool            `json:"late,omitempty"`
	Quiet    bool            `json:"quiet,omitempty"` // one line, which nobody signs

	Read []DigestReader `json:"read,omitempty"` // who signed it as read, first to last
}

// DigestFinding is one thing that mattered, as a headline says it.
type DigestFinding struct {
	Code     string `json:"code"`
	N        int    `json:"n,omitempty"`
	Of       int    `json:"of,omitempty"`
	Scenario string `json:"scenario,omitempty"`
}

// DigestReader is somebody who read a digest.
type DigestReader struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// DigestNumbers are a period's numbers, each the sum of records that can be shown.
type DigestNumbers struct {
	Days       int `json:"days"` // how many days it is
	Cases      int `json:"cases"`
	Calmed     int `json:"calmed"`
	Unresolved int `json:"unresolved"`
	Suggested  int `json:"suggested"` // cases that got a suggestion
	Open       int `json:"open"`

	Opened   int `json:"opened"` // help requests; of these claimed, resolved and withdrawn
	Claimed  int `json:"claimed"`
	Resolved int `json:"resolved"`

	Kept   int `json:"kept"`   // promises that came due, and were kept in time
	Missed int `json:"missed"` // or not
	Due    int `json:"due"`    // all that came due and were not dropped

	Slips int `json:"slips"` // forbidden phrases found in drafts
	Cards int `json:"cards"` // knowledge cards made

	First   time.Duration `json:"first,omitempty"`   // median time to the first suggestion
	Claim   time.Duration `json:"claim,omitempty"`   // from a request to its helper
	Resolve time.Duration `json:"resolve,omitempty"` // and to its answer

	Scenarios map[string]int `json:"scenarios,omitempty"` // cases by playbook
}

// Validate says what is wrong with a digest before it is written.
func (d DigestRecord) Validate() error {
	if d.Workspace == "" || d.Team == "" || d.From.IsZero() || !d.To.After(d.From) {
		return fmt.Errorf("%w: digest of %q lacks workspace, team or a period", ErrInvalid, d.Date)
	}
	if _, err := time.Parse(time.DateOnly, d.Date); err != nil {
		return fmt.Errorf("%w: digest of team %s has the date %q", ErrInvalid, d.Team, d.Date)
	}
	if d.Kind != DigestDay && d.Kind != DigestWeek && d.Kind != DigestMonth {
		return fmt.Errorf("%w: digest of %s has kind %q", ErrInvalid, d.Date, d.Kind)
	}
	if err := validKeys("digest", d.Date, d.Workspace, d.Team); err != nil {
		return err
	}
	times := []time.Time{d.From, d.To, d.PostedAt}
	for _, r := range d.Read {
		times = append(times, r.At)
	}
	return validTimes("digest", d.Date, times...)
}

// Digests keeps what teams were told, by team, kind and date.
type Digests interface {
	// Digest returns ErrNotFound when there is none.
	Digest(ctx context.Context, workspace, team string, kind DigestKind, date string) (DigestRecord, error)

	// UpdateDigest applies fn as UpdateCase does; the blank has workspace, team, kind and date.
	UpdateDigest(ctx context.Context, workspace, team string, kind DigestKind, date string, fn func(*DigestRecord) error) (DigestRecord, error)

	// LastDigests returns a team's digests of a kind with dates before that one,
	// the newest first, at most max. It reads no others.
	LastDigests(ctx context.Context, workspace, team string, kind DigestKind, before string, max int) ([]DigestRecord, error)
}

// Slips are the forbidden phrases found in a team's drafts on one day: in total
// and by phrase, never by person.
type Slips struct {
	Workspace string         `json:"workspace"`
	Team      string         `json:"team"`
	Day       string         `json:"day"` // 2006-01-02 in the team's zone
	Counts    map[string]int `json:"counts,omitempty"`
	Seen      []string       `json:"seen,omitempty"` // the last checks counted, so that none counts twice
	At        time.Time      `json:"at"`
}

// MaxSeen is how many checks a day's slips remember.
const MaxSeen = 64

// Validate says what is wrong with a day's slips before it is written.
func (s Slips) Validate() error {
	if _, err := time.Parse(time.DateOnly, s.Day); err != nil || s.Workspace == "" || s.Team == "" || s.At.IsZero() || len(s.Seen) > MaxSeen {
		return fmt.Errorf("%w: slips of %q lack workspace, team, day or time, or remember %d checks", ErrInvalid, s.Day, len(s.Seen))
	}
	if err := validKeys("slips", s.Day, s.Workspace, s.Team); err != nil {
		return err
	}
	return validTimes("slips", s.Day, s.At)
}

// SlipLog keeps a team's slips by day.
type SlipLog interface {
	// UpdateSlips applies fn as UpdateCase does; the blank has workspace, team and day.
	UpdateSlips(ctx context.Context, workspace, team, day string, fn func(*Slips) error) (Slips, error)

	// SlipsBetween returns a team's slips of the days in [from, to), by day. It reads no others.
	SlipsBetween(ctx context.Context, workspace, team, from, to string) ([]Slips, error)
}
