package slacksim

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	textLimit   = 40_000 // chat.postMessage cuts here
	updateLimit = 4_000  // chat.update refuses above; the careful reading of a page that is not exact
)

// content is what a message is made of, checked.
type content struct {
	text        string
	blocks      []any
	attachments []any
	metadata    obj
}

func (w *Workspace) content(r *request) (content, *apiError) {
	var c content
	var err *apiError
	c.text = strings.ToValidUTF8(r.arg("text"), "\uFFFD")
	if c.blocks, err = w.parseBlocks(r.arg("blocks"), inMessage); err != nil {
		return c, err
	}
	if raw := r.arg("attachments"); raw != "" && raw != "null" {
		if json.Unmarshal([]byte(raw), &c.attachments) != nil {
			return c, refuse("invalid_attachments")
		}
		if len(c.attachments) > 100 {
			return c, refuse("too_many_attachments")
		}
	}
	c.metadata, err = parseMetadata(r.arg("metadata"))
	return c, err
}

// parseMetadata checks message metadata; the empty object some clients always
// send counts as none.
func parseMetadata(raw string) (obj, *apiError) {
	if raw == "" || raw == "null" {
		return nil, nil
	}
	var m struct {
		EventType    string          `json:"event_type"`
		EventPayload json.RawMessage `json:"event_payload"`
	}
	if json.Unmarshal([]byte(raw), &m) != nil {
		return nil, refuse("invalid_metadata_format")
	}
	empty := len(m.EventPayload) == 0 || string(m.EventPayload) == "null"
	if m.EventType == "" && empty {
		return obj{}, nil
	}
	payload := obj{}
	if m.EventType == "" || utf8.RuneCountInString(m.EventType) > 255 || empty || json.Unmarshal(m.EventPayload, &payload) != nil {
		return nil, refuse("invalid_metadata_schema")
	}
	if len(raw) > 16_000 {
		return nil, refuse("metadata_too_large")
	}
	return obj{"event_type": m.EventType, "event_payload": payload}, nil
}

func (c content) empty() bool {
	return strings.TrimSpace(c.text) == "" && len(c.blocks) == 0 && len(c.attachments) == 0
}

// speakable returns a channel the app may post in: by channel ID, or by user ID
// for a direct message.
func (w *Workspace) speakable(id string) (*channel, *apiError) {
	if u := w.users[id]; u != nil {
		if u.Bot {
			return nil, refuse("channel_not_found")
		}
		return w.im(id), nil
	}
	c := w.channels[id]
	member := c != nil && c.has(w.opts.BotUserID)
	switch {
	case c == nil || (c.private || c.im) && !member:
		return nil, refuse("channel_not_found")
	case c.archived:
		return nil, refuse("is_archived")
	case !member && !w.scopes["chat:write.public"]:
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

func (w *Workspace) postMessage(r *request) (obj, *apiError) {
	c, err := w.speakable(r.arg("channel"))
	if err != nil {
		return nil, err
	}
	content, err := w.content(r)
	if err != nil {
		return nil, err
	}
	if content.empty() {
		return nil, refuse("no_text")
	}
	m := w.botMessage(c, content)
	if err := w.intoThread(m, r.arg("thread_ts")); err != nil {
		return nil, err
	}
	if m.thread != "" && r.flag("reply_broadcast") {
		m.broadcast, m.subtype = true, "thread_broadcast"
	}
	w.put(m)
	w.emitMessage(m)
	return obj{"channel": c.id, "ts": m.ts, "message": w.wireMessage(m, true)}, nil
}

func (w *Workspace) botMessage(c *channel, x content) *message {
	m := &message{
		channel: c, ts: w.stamp(), user: w.opts.BotUserID, botID: w.opts.BotID, appID: w.opts.AppID,
		text: cut(x.text, textLimit), blocks: x.blocks, attachments: x.attachments,
	}
	if len(x.metadata) > 0 {
		m.metadata = x.metadata
	}
	return m
}

// intoThread puts a message below a parent. When the parent is gone Slack posts
// into the channel instead, and says so only by an answer without thread_ts.
func (w *Workspace) intoThread(m *message, ts string) *apiError {
	if ts == "" {
		return nil
	}
	if !validTS(ts) {
		return refuse("invalid_thread_ts")
	}
	parent := m.channel.byTS[ts]
	switch {
	case parent == nil, parent.deleted && parent.subtype != "tombstone":
		return nil
	case parent.thread != "", parent.ephemeralTo != "", strings.HasSuffix(parent.subtype, "_join"):
		return refuse("cannot_reply_to_message")
	}
	m.thread = ts
	return nil
}

func (w *Workspace) postEphemeral(r *request) (obj, *apiError) {
	c, err := w.speakable(r.arg("channel"))
	if err != nil {
		return nil, err
	}
	user := r.arg("user")
	switch {
	case w.users[user] == nil:
		return nil, refuse("user_not_found")
	case !c.has(user):
		return nil, refuse("user_not_in_channel")
	}
	content, err := w.content(r)
	if err != nil {
		return nil, err
	}
	if content.empty() {
		return nil, refuse("no_text")
	}
	m := w.botMessage(c, content)
	m.ephemeralTo, m.metadata = user, nil
	if err := w.intoThread(m, r.arg("thread_ts")); err != nil {
		return nil, err
	}
	w.put(m)
	return obj{"message_ts": m.ts}, nil
}

// mine returns one of the app's own lasting messages, or refuses with the given
// code when it is someone else's.
func (w *Workspace) mine(r *request, foreign string) (*message, *apiError) {
	c := w.channels[r.arg("channel")]
	switch {
	case c == nil || (c.private || c.im) && !c.has(w.opts.BotUserID):
		return nil, refuse("channel_not_found")
	case c.archived:
		return nil, refuse("is_archived")
	}
	m := c.find(r.arg("ts"))
	switch {
	case m == nil:
		return nil, refuse("message_not_found")
	case m.botID != w.opts.BotID || strings.HasSuffix(m.subtype, "_join"):
		return nil, refuse(foreign)
	}
	return m, nil
}

// updateMessage is chat.update: text without blocks removes the old blocks;
// neither leaves the message as it is but for metadata.
func (w *Workspace) updateMessage(r *request) (obj, *apiError) {
	m, err := w.mine(r, "cant_update_message")
	if err != nil {
		return nil, err
	}
	x, err := w.content(r)
	if err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(x.text) > updateLimit {
		return nil, refuse("msg_too_long")
	}
	if x.empty() && x.metadata == nil {
		return nil, refuse("no_text")
	}
	before := w.wireMessage(m, false)
	if !x.empty() {
		m.text = x.text
		m.blocks = x.blocks
		if x.attachments != nil {
			m.attachments = x.attachments
		}
	}
	if x.metadata != nil {
		m.metadata = x.metadata
		if len(x.metadata) == 0 {
			m.metadata = nil
		}
	}
	if len(x.blocks) == 0 { // Slack marks a message as edited only when its text is what people read
		m.edited = &edit{user: w.opts.BotUserID, ts: w.stamp()}
	}
	w.changed(Change{Kind: ChangeEdited, Channel: m.channel.id, TS: m.ts})
	w.emitChanged(m, before)
	return obj{"channel": m.channel.id, "ts": m.ts, "text": m.text, "message": w.wireMessage(m, true)}, nil
}

func (w *Workspace) deleteMessage(r *request) (obj, *apiError) {
	m, err := w.mine(r, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	w.remove(m)
	return obj{"channel": m.channel.id, "ts": m.ts}, nil
}

func (w *Workspace) getPermalink(r *request) (obj, *apiError) {
	c := w.channels[r.arg("channel")]
	if c == nil || (c.private || c.im) && !c.has(w.opts.BotUserID) {
		return nil, refuse("channel_not_found")
	}
	m := c.find(r.arg("message_ts"))
	if m == nil {
		return nil, refuse("message_not_found")
	}
	link := "https://" + w.opts.TeamDomain + ".slack.com/archives/" + c.id + "/p" + strings.Replace(m.ts, ".", "", 1)
	if m.thread != "" {
		link += "?thread_ts=" + m.thread + "&cid=" + c.id
	}
	return obj{"channel": c.id, "permalink": link}, nil
}

func (w *Workspace) reactionsAdd(r *request) (obj, *apiError) {
	c, err := w.speakable(r.arg("channel"))
	if err != nil {
		return nil, err
	}
	m := c.find(r.arg("timestamp"))
	name := strings.Trim(r.arg("name"), ":")
	switch {
	case m == nil:
		return nil, refuse("message_not_found")
	case name == "" || slices.ContainsFunc([]rune(name), func(c rune) bool { return c > 127 || c == ' ' }):
		return nil, refuse("invalid_name")
	case !w.react(m, name, w.opts.BotUserID):
		return nil, refuse("already_reacted")
	}
	return obj{}, nil
}
