package bolt

import (
	"context"
	"errors"

	"coachbot/store"
)

// Channel returns what was set for a channel.
func (s *Store) Channel(ctx context.Context, workspace, id string) (store.Channel, error) {
	workspace, id = store.Text(workspace), store.Text(id)
	c, err := find(ctx, s, channelTable, join(workspace, id))
	if errors.Is(err, store.ErrNotFound) {
		return store.Channel{Workspace: workspace, ID: id}, nil
	}
	return c, err
}

// UpdateChannel applies fn to the channel and stores it.
func (s *Store) UpdateChannel(ctx context.Context, workspace, id string, fn func(*store.Channel) error) (store.Channel, error) {
	blank := store.Channel{Workspace: store.Text(workspace), ID: store.Text(id)}
	return revise(ctx, s, channelTable, channelTable.key(&blank), &blank, fn)
}

// ChannelList returns the channels of a workspace, or of all.
func (s *Store) ChannelList(ctx context.Context, workspace string) ([]store.Channel, error) {
	return list(ctx, s, channelTable, workspace)
}

// Installation returns the bot's standing in a workspace.
func (s *Store) Installation(ctx context.Context, workspace string) (store.Installation, error) {
	workspace = store.Text(workspace)
	i, err := find(ctx, s, installationTable, []byte(workspace))
	if errors.Is(err, store.ErrNotFound) {
		return store.Installation{Workspace: workspace}, nil
	}
	return i, err
}

// UpdateInstallation applies fn to the installation and stores it.
func (s *Store) UpdateInstallation(ctx context.Context, workspace string, fn func(*store.Installation) error) (store.Installation, error) {
	blank := store.Installation{Workspace: store.Text(workspace)}
	return revise(ctx, s, installationTable, installationTable.key(&blank), &blank, fn)
}
