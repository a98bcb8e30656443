package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// metadataType marks the bot's posts, so that one can be recognised after a
// crash. Other apps can read it: it holds Slack's own ids and nothing else.
const metadataType = "coachbot_post"

// post is a message the bot owes.
type post struct {
	key     string // unique for ever
	kind    string // card, note, quiet
	channel string
	thread  string
	caseID  string
	team    string
	message blocks.Message

	broadcast bool // a reply that shows in the channel too
}

// say posts p exactly once: the key is claimed, Slack is called, the answer is
// recorded. A claim without a record means that an earlier attempt may have got
// through: the post is looked for in Slack before it is sent again. Whoever says the
// same meanwhile, as when two people press at once, waits: what is on its way cannot
// be found yet.
func (a *App) say(ctx context.Context, p post) (store.Post, error) {
	defer a.cards.lock("post:" + p.key)()
	kept, fresh, err := a.store.ClaimPost(ctx, store.Post{Key: p.key, Workspace: a.self.Workspace, Channel: p.channel,
		Thread: p.thread, Case: p.caseID, Team: p.team, Kind: p.kind, ClaimedAt: a.now()})
	if err != nil {
		return store.Post{}, err
	}
	if kept.Sent() || !kept.RemovedAt.IsZero() {
		return kept, nil
	}
	ts := ""
	if !fresh {
		if ts, err = a.find(ctx, kept); err != nil {
			return store.Post{}, err
		}
	}
	if ts == "" {
		if kept.Channel != p.channel { // it could not be posted where it was claimed for
			kept, err = a.store.UpdatePost(ctx, p.key, func(q *store.Post) error {
				q.Channel, q.Thread = p.channel, p.thread
				return nil
			})
			if err != nil {
				return store.Post{}, err
			}
		}
		if ts, err = a.send(ctx, kept, p.message, p.broadcast); err != nil {
			return store.Post{}, err
		}
	}
	return a.store.UpdatePost(ctx, p.key, func(q *store.Post) error {
		q.TS, q.SentAt = ts, a.now()
		return nil
	})
}

func (a *App) send(ctx context.Context, p store.Post, m blocks.Message, broadcast bool) (ts string, err error) {
	metadata := slack.MsgOptionMetadata(slack.SlackMetadata{EventType: metadataType, EventPayload: map[string]any{"key": p.Key}})
	options := []slack.MsgOption{slack.MsgOptionText(m.Text, false), metadata, slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
	if p.Thread != "" {
		options = append(options, slack.MsgOptionTS(p.Thread))
		if broadcast {
			options = append(options, slack.MsgOptionBroadcast())
		}
	}
	post := func(more ...slack.MsgOption) error {
		return a.call(ctx, "chat.postMessage", p.Channel, func(ctx context.Context) error {
			_, t, err := a.api.PostMessageContext(ctx, p.Channel, append(options, more...)...)
			ts = t
			return err
		})
	}
	err = post(slack.MsgOptionBlocks(m.Blocks...))
	if refusedWith(err, "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long") {
		if m.Plain != nil { // a Slack that knows no charts
			err = post(slack.MsgOptionBlocks(m.Plain...))
		}
		if refusedWith(err, "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long") {
			a.log.Error("Slack refused the blocks of a message; it goes as plain text", "kind", p.Kind, "cause", err)
			err = post()
		}
	}
	return ts, err
}

// find looks in Slack for a post by the key in its metadata.
func (a *App) find(ctx context.Context, p store.Post) (ts string, err error) {
	oldest := slackTime(p.ClaimedAt.Add(-time.Minute))
	cursor := ""
	for page := 0; page < 20; page++ {
		var list []slack.Message
		err = a.call(ctx, "conversations.replies", p.Channel, func(ctx context.Context) (err error) {
			list, cursor, err = a.page(ctx, p, oldest, cursor)
			return err
		})
		if err != nil {
			if refusedWith(err, "thread_not_found", "channel_not_found", "not_in_channel", "message_not_found") {
				return "", nil
			}
			return "", err
		}
		for _, m := range list {
			if m.Metadata.EventType == metadataType && m.Metadata.EventPayload["key"] == p.Key {
				return m.Timestamp, nil
			}
		}
		if cursor == "" {
			break
		}
	}
	return "", nil
}

func (a *App) page(ctx context.Context, p store.Post, oldest, cursor string) ([]slack.Message, string, error) {
	if p.Thread != "" {
		list, _, next, err := a.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: p.Channel,
			Timestamp: p.Thread, Oldest: oldest, Cursor: cursor, Limit: 200, IncludeAllMetadata: true})
		return list, next, err
	}
	r, err := a.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: p.Channel,
		Oldest: oldest, Cursor: cursor, Limit: 200, IncludeAllMetadata: true})
	if err != nil {
		return nil, "", err
	}
	return r.Messages, r.ResponseMetaData.NextCursor, nil
}

// keyAt is the key in the metadata of a thread's first message, as Slack has it; "" when
// it is no post of the bot's, or Slack does not show it.
func (a *App) keyAt(ctx context.Context, channel, thread string) (key string, err error) {
	err = a.call(ctx, "conversations.replies", channel, func(ctx context.Context) error {
		list, _, _, err := a.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: channel,
			Timestamp: thread, Limit: 1, IncludeAllMetadata: true})
		if err == nil && len(list) > 0 && list[0].Metadata.EventType == metadataType {
			key, _ = list[0].Metadata.EventPayload["key"].(string)
		}
		return err
	})
	var permanent permanentError
	if errors.As(err, &permanent) {
		return "", nil
	}
	return key, err
}

// change replaces a post in place.
func (a *App) change(ctx context.Context, p store.Post, m blocks.Message) error {
	if !p.Sent() || !p.RemovedAt.IsZero() {
		return nil
	}
	err := a.call(ctx, "chat.update", p.Channel, func(ctx context.Context) error {
		_, _, _, err := a.api.UpdateMessageContext(ctx, p.Channel, p.TS, slack.MsgOptionText(blocks.ForUpdate(m.Text), false), slack.MsgOptionBlocks(m.Blocks...),
			slack.MsgOptionMetadata(slack.SlackMetadata{EventType: metadataType, EventPayload: map[string]any{"key": p.Key}}))
		return err
	})
	if refusedWith(err, "message_not_found") {
		return a.forgetPost(ctx, p.Key)
	}
	return err
}

// changeOne is change for one of several posts that show the same. What Slack refuses for
// good, as where its channel is gone, stays as it is: it must not keep the others from the truth.
func (a *App) changeOne(ctx context.Context, p store.Post, m blocks.Message) error {
	err := a.change(ctx, p, m)
	var permanent permanentError
	if errors.As(err, &permanent) {
		a.log.Warn("a message cannot be changed", "post", p.Key, "cause", err)
		return nil
	}
	return err
}

// remove deletes a post in Slack and records that.
func (a *App) remove(ctx context.Context, key string) error {
	p, err := a.store.Post(ctx, key)
	if err != nil || !p.RemovedAt.IsZero() {
		return ignoreAbsent(err)
	}
	if !p.Sent() {
		if p.TS, err = a.find(ctx, p); err != nil {
			return err
		}
	}
	if p.TS != "" {
		err = a.call(ctx, "chat.delete", p.Channel, func(ctx context.Context) error {
			_, _, err := a.api.DeleteMessageContext(ctx, p.Channel, p.TS)
			return err
		})
		if err != nil && !refusedWith(err, "message_not_found") {
			return err
		}
	}
	return a.forgetPost(ctx, key)
}

func (a *App) forgetPost(ctx context.Context, key string) error {
	_, err := a.store.UpdatePost(ctx, key, func(q *store.Post) error {
		q.RemovedAt = a.now()
		return nil
	})
	return err
}

// direct opens the direct message channel with a person. It stays the same for ever
// and is remembered: Slack counts how often it is asked for.
func (a *App) direct(ctx context.Context, user string) (channel string, err error) {
	a.people.mu.Lock()
	channel = a.people.directs[user]
	a.people.mu.Unlock()
	if channel != "" {
		return channel, nil
	}
	err = a.call(ctx, "conversations.open", "", func(ctx context.Context) error {
		c, _, _, err := a.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}, ReturnIM: true})
		if err == nil {
			channel = c.ID
		}
		return err
	})
	if err != nil {
		return "", err
	}
	a.people.mu.Lock()
	defer a.people.mu.Unlock()
	if a.people.directs == nil || len(a.people.directs) > 20_000 {
		a.people.directs = make(map[string]string)
	}
	a.people.directs[user] = channel
	return channel, nil
}

// tell posts to a person's direct messages, once.
func (a *App) tell(ctx context.Context, user string, p post) (store.Post, error) {
	channel, err := a.direct(ctx, user)
	if err != nil {
		return store.Post{}, err
	}
	p.channel, p.thread = channel, ""
	return a.say(ctx, p)
}

// tellEach posts to each person's direct messages, once. One who cannot be
// reached (who left, say) is left out, unless nobody can.
func (a *App) tellEach(ctx context.Context, users []string, what func(user string) post) error {
	var missed error
	reached := false
	for _, user := range users {
		_, err := a.tell(ctx, user, what(user))
		var permanent permanentError
		switch {
		case err == nil:
			reached = true
		case errors.As(err, &permanent):
			missed = errors.Join(missed, fmt.Errorf("%s: %w", user, err))
		default:
			return err
		}
	}
	if reached {
		if missed != nil {
			a.log.Warn("somebody could not be told", "cause", missed)
		}
		return nil
	}
	return missed
}

// answer replies privately where a person asked: through Slack's response_url,
// else in a direct message. Slack takes 5 answers within 30 minutes.
func (a *App) answer(ctx context.Context, responseURL, user, key string, m blocks.Message, replace bool) error {
	if a.trusted(responseURL) {
		err := a.respond(ctx, responseURL, m, replace)
		if err == nil || ctx.Err() != nil {
			return err
		}
		a.log.Warn("a private answer goes as a direct message", "cause", err)
	}
	_, err := a.tell(ctx, user, post{key: key, kind: "note", message: m})
	return err
}

// replaced puts another answer in the place of one that was given through a
// response_url. What Slack takes no more (it is too old, or was used up) stays as it is.
func (a *App) replaced(ctx context.Context, address string, m blocks.Message) error {
	err := a.respond(ctx, address, m, true)
	var permanent permanentError
	if errors.As(err, &permanent) {
		a.log.Info("a private answer stays as it is", "cause", err)
		return nil
	}
	return err
}

func (a *App) respond(ctx context.Context, address string, m blocks.Message, replace bool) error {
	body, err := json.Marshal(map[string]any{"response_type": "ephemeral", "replace_original": replace, "text": m.Text, "blocks": m.Blocks})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := a.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 512))
	var said struct {
		OK *bool `json:"ok"`
	}
	if resp.StatusCode == http.StatusOK && (json.Unmarshal(text, &said) != nil || said.OK == nil || *said.OK) { // the text "ok" is no JSON
		return nil
	}
	err = fmt.Errorf("response_url: %s %s", resp.Status, text)
	if resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusRequestTimeout {
		return err
	}
	return permanentError{err}
}

func slackTime(t time.Time) string {
	return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000)
}
