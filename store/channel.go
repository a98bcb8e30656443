package store

import (
	"context"
	"fmt"
	"time"
)

// WatchMode is how a channel is watched.
type WatchMode string

// Modes of watching. Unset leaves it to the environment.
const (
	WatchUnset   WatchMode = ""
	WatchThread  WatchMode = "thread"  // answers in the thread
	WatchPrivate WatchMode = "private" // answers the author in a direct message
	WatchQuiet   WatchMode = "quiet"   // tells only the leads what it would have said
	WatchOff     WatchMode = "off"
)

// Channel is what the bot keeps about one channel of Slack.
type Channel struct {
	Workspace string    `json:"workspace"`
	ID        string    `json:"id"`
	Team      string    `json:"team,omitempty"`
	Mode      WatchMode `json:"mode"`
	Quiet     time.Time `json:"quiet_until"`    // when quiet watching asks for a decision
	Apps      []string  `json:"apps,omitempty"` // bot ids that count as colleagues (ticket tools)
	SetBy     string    `json:"set_by,omitempty"`
	SetAt     time.Time `json:"set_at"`
	Cursor    string    `json:"cursor,omitempty"` // every message up to this Slack timestamp is known
}

// Validate says what is wrong with a channel before it is written.
func (c Channel) Validate() error {
	if c.Workspace == "" || c.ID == "" {
		return fmt.Errorf("%w: channel %q without workspace or id", ErrInvalid, c.ID)
	}
	if err := validKeys("channel", c.ID, c.Workspace, c.ID); err != nil {
		return err
	}
	if err := validTimes("channel", c.ID, c.Quiet, c.SetAt); err != nil {
		return err
	}
	switch c.Mode {
	case WatchUnset, WatchThread, WatchPrivate, WatchQuiet, WatchOff:
		return nil
	}
	return fmt.Errorf("%w: channel %s has mode %q", ErrInvalid, c.ID, c.Mode)
}

// Channels keeps what was set for channels.
type Channels interface {
	// Channel returns a zero record with its keys set when there is none.
	Channel(ctx context.Context, workspace, id string) (Channel, error)

	// UpdateChannel applies fn as UpdateCase does.
	UpdateChannel(ctx context.Context, workspace, id string, fn func(*Channel) error) (Channel, error)

	// ChannelList returns every channel of a workspace ("" for all), by workspace and id.
	ChannelList(ctx context.Context, workspace string) ([]Channel, error)
}

// Installation is the bot's standing in one workspace.
type Installation struct {
	Workspace string    `json:"workspace"`
	Bot       string    `json:"bot"`           // the bot's user id
	URL       string    `json:"url,omitempty"` // the workspace's web address
	SeenAt    time.Time `json:"seen_at"`       // last successful connection
	RevokedAt time.Time `json:"revoked_at"`    // uninstalled or token revoked; zero: in force

	Faults []PlaybookFault `json:"faults,omitempty"` // that admins were told of and nobody has mended yet
}

// PlaybookFault is something wrong in a file of the company's playbooks.
type PlaybookFault struct {
	File    string `json:"file"`
	Message string `json:"message"`
}

// Validate says what is wrong with an installation before it is written.
func (i Installation) Validate() error {
	if i.Workspace == "" {
		return fmt.Errorf("%w: installation without workspace", ErrInvalid)
	}
	if err := validKeys("installation", i.Workspace, i.Workspace); err != nil {
		return err
	}
	return validTimes("installation", i.Workspace, i.SeenAt, i.RevokedAt)
}

// Installations keeps them.
type Installations interface {
	// Installation returns a zero record with its key set when there is none.
	Installation(ctx context.Context, workspace string) (Installation, error)
	// UpdateInstallation applies fn as UpdateCase does.
	UpdateInstallation(ctx context.Context, workspace string, fn func(*Installation) error) (Installation, error)
}
