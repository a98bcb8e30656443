package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// EnvironmentTeam is the id of the team that the environment describes. A record
// under it is what was set for that team in Slack, and wins over the environment.
const EnvironmentTeam = "default"

// Team is one team's settings. What is unset is left to the environment or to
// what the bot does by itself.
type Team struct {
	Workspace string `json:"workspace"`
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`

	Escalation []string `json:"escalation,omitempty"` // channels watched from the start
	Help       string   `json:"help,omitempty"`       // where help requests are posted; "": where they were asked
	Digest     string   `json:"digest,omitempty"`     // where the digest is posted

	Leads     []string `json:"leads,omitempty"`
	DutyLeads []string `json:"duty_leads,omitempty"` // whom a critical case calls, in order
	HideNames bool     `json:"hide_names,omitempty"` // nobody is named in what the team reads together

	Lang string `json:"lang,omitempty"` // auto, zh, zh-Hant, en or another that playbooks are in
	Zone string `json:"zone,omitempty"` // IANA

	Hours    []Hours  `json:"hours,omitempty"`    // the working week; none: Monday to Friday, 9 to 18
	Holidays []string `json:"holidays,omitempty"` // dates (2006-01-02) on which nobody works
	MakeUp   []string `json:"make_up,omitempty"`  // weekend dates that are worked like a Monday

	DigestAt   string   `json:"digest_at,omitempty"`   // 15:04
	DigestDays []string `json:"digest_days,omitempty"` // mon, tue …

	Remind      []time.Duration `json:"remind,omitempty"`       // when a request that nobody took is announced again; none: 5, 15 and 30 minutes
	Rotation    bool            `json:"rotation,omitempty"`     // one colleague is asked first
	RotateAfter time.Duration   `json:"rotate_after,omitempty"` // until the next one is; 0: 5 minutes

	Cleared []string `json:"cleared,omitempty"` // settings that were emptied in Slack: the environment fills them no more

	RemovedAt time.Time `json:"removed_at,omitzero"` // kept for its history alone since then; zero: in force

	SetBy   string       `json:"set_by,omitempty"`
	SetAt   time.Time    `json:"set_at,omitzero"`
	History []TeamChange `json:"history,omitempty"` // newest last, at most MaxTeamHistory
}

// Hours is a span of a working day, in minutes from midnight. One that goes on
// past midnight is two.
type Hours struct {
	Day  time.Weekday `json:"day"`
	From int          `json:"from"`
	To   int          `json:"to"` // at most 1440
}

// TeamChange is who changed what of a team's settings, and when.
type TeamChange struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	What []string  `json:"what,omitempty"` // names of the settings
	Job  string    `json:"job,omitempty"`  // that made it, so that it is made once
}

// MaxTeamHistory is how many changes a team remembers.
const MaxTeamHistory = 50

// Days of the week as settings name them.
func Days() []string { return []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} }

// Removed reports whether the team is no more.
func (t Team) Removed() bool { return !t.RemovedAt.IsZero() }

// Has reports whether a channel is one of the team's.
func (t Team) Has(channel string) bool {
	return channel != "" && (slices.Contains(t.Escalation, channel) || t.Help == channel || t.Digest == channel)
}

// Validate says what is wrong with a team before it is written.
func (t Team) Validate() error {
	if t.Workspace == "" || t.ID == "" {
		return fmt.Errorf("%w: team %q without workspace or id", ErrInvalid, t.ID)
	}
	if err := validKeys("team", t.ID, t.Workspace, t.ID); err != nil {
		return err
	}
	times := []time.Time{t.SetAt, t.RemovedAt}
	for _, c := range t.History {
		times = append(times, c.At)
	}
	if err := validTimes("team", t.ID, times...); err != nil {
		return err
	}
	return t.validSettings()
}

// isLanguage reports whether a word has the form of a language tag: ja, zh-Hant; auto has it too.
func isLanguage(s string) bool {
	for i, part := range strings.Split(s, "-") {
		letters := strings.Trim(part, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
		if len(part) < 2 || len(part) > 8 || strings.Trim(letters, "0123456789") != "" || i == 0 && (letters != "" || strings.ToLower(part) != part) {
			return false
		}
	}
	return true
}

func (t Team) validSettings() error {
	bad := func(what string, value any) error {
		return fmt.Errorf("%w: team %s has %s %v", ErrInvalid, t.ID, what, value)
	}
	if t.Lang != "" && !isLanguage(t.Lang) {
		return bad("language", t.Lang)
	}
	if _, err := time.LoadLocation(t.Zone); err != nil {
		return bad("time zone", t.Zone)
	}
	for _, h := range t.Hours {
		if h.Day < time.Sunday || h.Day > time.Saturday || h.From < 0 || h.From >= h.To || h.To > 24*60 {
			return bad("hours", h)
		}
	}
	for _, day := range slices.Concat(t.Holidays, t.MakeUp) {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return bad("date", day)
		}
	}
	if _, err := time.Parse("15:04", t.DigestAt); err != nil && t.DigestAt != "" {
		return bad("digest hour", t.DigestAt)
	}
	for _, day := range t.DigestDays {
		if !slices.Contains(Days(), day) {
			return bad("digest day", day)
		}
	}
	for _, d := range append(slices.Clone(t.Remind), t.RotateAfter) {
		if d < 0 {
			return bad("delay", d)
		}
	}
	if len(t.History) > MaxTeamHistory {
		return bad("history of", len(t.History))
	}
	return nil
}

// Teams keeps what was set for teams.
type Teams interface {
	// Team returns ErrNotFound when nothing was set.
	Team(ctx context.Context, workspace, id string) (Team, error)

	// UpdateTeam applies fn as UpdateCase does.
	UpdateTeam(ctx context.Context, workspace, id string, fn func(*Team) error) (Team, error)

	// TeamList returns every team of a workspace ("" for all), removed ones too, by workspace and id.
	TeamList(ctx context.Context, workspace string) ([]Team, error)
}
