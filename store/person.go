package store

import (
	"context"
	"fmt"
	"time"
)

// Person is what the bot keeps of somebody for that person alone: nobody else is
// shown it, and nothing is counted from it.
type Person struct {
	Workspace string `json:"workspace"`
	ID        string `json:"id"`

	Hints    int  `json:"hints,omitempty"` // 0 none to 3 all, when HintsSet
	HintsSet bool `json:"hints_set,omitempty"`

	Calmed map[string]int `json:"calmed,omitempty"` // by scenario, how many customers this person calmed
	Drills []DrillMemory  `json:"drills,omitempty"` // at most MaxDrills, by ID
	Home   string         `json:"home,omitempty"`   // digest of the Home tab as it was published last; "" never opened

	UpdatedAt time.Time `json:"updated_at"`
}

// DrillMemory is how well a person knows one drill.
type DrillMemory struct {
	ID    string    `json:"id"`
	Case  string    `json:"case,omitempty"` // the team's own case that it is made of
	Box   int       `json:"box"`            // right answers in a row: the more, the later it returns
	DueAt time.Time `json:"due_at"`
	Last  string    `json:"last,omitempty"` // the answer counted last, so that none counts twice
}

// MaxDrills is how many drills of a person are remembered.
const MaxDrills = 1000

// Validate says what is wrong with a person before it is written.
func (p Person) Validate() error {
	if p.Workspace == "" || p.ID == "" || p.UpdatedAt.IsZero() {
		return fmt.Errorf("%w: person %q lacks workspace, id or time", ErrInvalid, p.ID)
	}
	if p.Hints < 0 || p.Hints > 3 || len(p.Drills) > MaxDrills {
		return fmt.Errorf("%w: person %s has hints %d and %d drills", ErrInvalid, p.ID, p.Hints, len(p.Drills))
	}
	if err := validKeys("person", p.ID, p.Workspace, p.ID); err != nil {
		return err
	}
	times := []time.Time{p.UpdatedAt}
	for _, d := range p.Drills {
		times = append(times, d.DueAt)
	}
	return validTimes("person", p.ID, times...)
}

// People keeps persons.
type People interface {
	// Person returns a zero record with its keys set when there is none.
	Person(ctx context.Context, workspace, id string) (Person, error)

	// UpdatePerson applies fn as UpdateCase does.
	UpdatePerson(ctx context.Context, workspace, id string, fn func(*Person) error) (Person, error)

	// PersonList returns every person of a workspace ("" for all), by workspace and id.
	PersonList(ctx context.Context, workspace string) ([]Person, error)
}
