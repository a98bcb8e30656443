package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"coachbot/store"
)

// Bounds of catching up.
const (
	overlap      = 2 * time.Minute // read again before the cursor: deliveries may have been lost around a break
	cursorEach   = time.Minute     // a cursor is moved no more often
	catchUpLimit = 50              // pages of history a channel
)

// connected runs after each connection: Slack does not reliably send again what
// nobody was there to hear, so the history of the watched channels is read.
// What is known already is recognised by its key.
func (a *App) connected(ctx context.Context) {
	a.catching.Lock()
	defer a.catching.Unlock()
	ids := a.watchedChannels(ctx)
	for _, id := range ids {
		if err := a.catchUp(ctx, id); err != nil && ctx.Err() == nil {
			a.log.Error("a channel could not be caught up; tried again at the next connection", "channel", id, "cause", err)
		}
	}
	if err := a.planDigests(ctx); err != nil && ctx.Err() == nil {
		a.log.Error("the digests could not be planned; tried again at the next connection", "cause", err)
	}
	a.ready.Store(true)
	a.planThreads(ctx)
}

// watchedChannels are those of the environment and of the store, and direct messages that the bot knows.
func (a *App) watchedChannels(ctx context.Context) []string {
	var ids []string
	list, err := a.store.ChannelList(ctx, a.self.Workspace)
	if err != nil {
		a.log.Error("the channels cannot be read", "cause", err)
	}
	for _, c := range list {
		direct := len(c.ID) > 0 && c.ID[0] == 'D'
		if direct || c.Mode != store.WatchUnset && c.Mode != store.WatchOff {
			ids = append(ids, c.ID)
		}
	}
	teams, err := a.teams(ctx)
	if err != nil {
		a.log.Error("the teams cannot be read", "cause", err)
	}
	for _, t := range teams {
		ids = append(ids, t.Escalation...)
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool {
		c, err := a.store.Channel(ctx, a.self.Workspace, id)
		return err == nil && c.Mode == store.WatchOff
	})
}

// catchUp reads what was said in a channel since its cursor. Until that is done the
// cursor stays, so that a next connection reads from the same place.
func (a *App) catchUp(ctx context.Context, channel string) error {
	connection := a.socket.Connections()
	if channel[0] != 'D' {
		if _, err := a.audience(ctx, channel); err != nil { // warms what the first case would wait for
			a.log.Warn("who reads a channel is not known; nothing is posted there until it is", "channel", channel, "cause", err)
		}
	}
	c, err := a.store.Channel(ctx, a.self.Workspace, channel)
	if err != nil {
		return err
	}
	start := slackTime(a.now())
	if c.Cursor != "" {
		since := timeOf(c.Cursor).Add(-overlap)
		if a.now().Sub(since) > keysFor-24*time.Hour { // what was heard so long ago would not be recognised
			since = timeOf(c.Cursor).Add(cursorEach)
		}
		if err := a.history(ctx, channel, slackTime(since)); err != nil {
			var permanent permanentError
			if errors.As(err, &permanent) { // nothing can be read there, nor could it be later
				a.caught.note(channel, connection)
			}
			return err
		}
	}
	_, err = a.store.UpdateChannel(ctx, a.self.Workspace, channel, func(c *store.Channel) error {
		if c.Cursor == "" {
			c.Cursor = start // a channel new to the bot: its past is not our business
		}
		return nil
	})
	if err == nil {
		a.caught.note(channel, connection)
	}
	return err
}

// history enqueues what was said in a channel since oldest, in order.
func (a *App) history(ctx context.Context, channel, oldest string) error {
	cursor := ""
	var heard []slack.Message
	for page := 0; page < catchUpLimit; page++ {
		var r *slack.GetConversationHistoryResponse
		err := a.patient(ctx, "conversations.history", channel, func(ctx context.Context) (err error) {
			r, err = a.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: channel, Oldest: oldest, Cursor: cursor, Limit: 200})
			return err
		})
		if err != nil {
			return err
		}
		heard = append(heard, r.Messages...)
		if cursor = r.ResponseMetaData.NextCursor; cursor == "" {
			break
		}
	}
	return a.takeHistory(ctx, channel, heard)
}

// takeHistory treats messages of the history like any other delivery, oldest first.
func (a *App) takeHistory(ctx context.Context, channel string, heard []slack.Message) error {
	slices.SortFunc(heard, func(x, y slack.Message) int { return cmp.Compare(x.Timestamp, y.Timestamp) })
	var jobs []store.Job
	for _, m := range heard {
		switch m.SubType {
		case "", "file_share", "thread_broadcast", "bot_message", "me_message":
		default:
			continue
		}
		raw, err := rawOf(m)
		if err != nil {
			return err
		}
		s := raw.said(a.self.Workspace, channel)
		if a.own(s) || s.TS == "" {
			continue
		}
		job, err := messageJob(s)
		if err != nil {
			return err
		}
		job.At = a.now()
		jobs = append(jobs, *job)
		if s.Edited == "" {
			continue
		}
		edit, err := newJob(kindEdit, channelLane(s.Workspace, channel), "edit:"+store.CaseID(s.Workspace, channel, s.TS)+"."+s.Edited, s)
		if err != nil {
			return err
		}
		edit.At = a.now()
		jobs = append(jobs, *edit)
	}
	for batch := range slices.Chunk(jobs, 200) {
		if err := a.enqueue(ctx, batch...); err != nil {
			return err
		}
	}
	return nil
}

// rawOf is a message of the history in the shape in which it is delivered.
func rawOf(m slack.Message) (raw rawMessage, err error) {
	data, err := json.Marshal(m)
	if err == nil {
		err = json.Unmarshal(data, &raw)
	}
	return raw, err
}

// patient is call for work that no one waits for: it sits out what Slack asks it to wait.
func (a *App) patient(ctx context.Context, method, channel string, do func(context.Context) error) error {
	for try := 0; ; try++ {
		err := a.call(ctx, method, channel, do)
		var later laterError
		var permanent permanentError
		switch {
		case err == nil, errors.As(err, &permanent), errors.Is(err, ErrRevoked), ctx.Err() != nil, try >= 5:
			return err
		case errors.As(err, &later):
		default:
			later.at = a.now().Add(time.Second << try)
		}
		t := time.NewTimer(later.at.Sub(a.now()))
		select {
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		case <-t.C:
		}
	}
}

// advance moves a channel's cursor: where the channel is caught up, what is older
// than the overlap was either heard or read.
func (a *App) advance(ctx context.Context, s said) {
	if !a.ready.Load() {
		return
	}
	connection := a.socket.Connections()
	if !s.IM && a.mode(ctx, s.Workspace, s.Channel) == store.WatchUnset {
		return
	}
	c, err := a.store.Channel(ctx, s.Workspace, s.Channel)
	if err != nil || timeOf(s.TS).Sub(timeOf(cmp.Or(c.Cursor, "1.0"))) < cursorEach {
		return
	}
	if c.Cursor == "" {
		a.caught.note(s.Channel, connection) // new to the bot: there is nothing before it to read
	} else if !a.caught.has(s.Channel, connection) {
		return
	}
	_, err = a.store.UpdateChannel(ctx, s.Workspace, s.Channel, func(c *store.Channel) error {
		if c.Cursor < s.TS {
			c.Cursor = s.TS
		}
		return nil
	})
	if err != nil {
		a.log.Warn("the cursor of a channel stays where it was", "channel", s.Channel, "cause", err)
	}
}
