package slacksim

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"
)

type obj = map[string]any

// File is something attached to a message.
type File struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Mimetype string `json:"mimetype"`
	Filetype string `json:"filetype"`
	Size     int    `json:"size"`
}

// Message is a message as a person or a test sees it.
type Message struct {
	Channel     string          `json:"channel"`
	TS          string          `json:"ts"`
	ThreadTS    string          `json:"thread_ts,omitempty"` // set on replies and on parents with replies
	User        string          `json:"user,omitempty"`
	BotID       string          `json:"bot_id,omitempty"`
	Username    string          `json:"username,omitempty"`
	Subtype     string          `json:"subtype,omitempty"`
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks,omitempty"`
	Metadata    json.RawMessage `json:"metadata,omitempty"`
	Files       []File          `json:"files,omitempty"`
	Edited      bool            `json:"edited,omitempty"`
	EphemeralTo string          `json:"ephemeral_to,omitempty"`
	Deleted     bool            `json:"deleted,omitempty"` // gone, or "This message was deleted." above a living thread
	Broadcast   bool            `json:"broadcast,omitempty"`
	ReplyCount  int             `json:"reply_count,omitempty"`
	Reactions   []Reaction      `json:"reactions,omitempty"`
}

// Reaction is an emoji on a message and who gave it.
type Reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
}

// IsReply reports whether the message stands in a thread below another.
func (m Message) IsReply() bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// ActionIDs lists the action IDs in the message's blocks, in order.
func (m Message) ActionIDs() []string {
	var out []string
	for _, e := range interactives(decodeBlocks(m.Blocks)) {
		out = append(out, str(e.element["action_id"]))
	}
	return out
}

type edit struct{ user, ts string }

type message struct {
	channel     *channel
	ts          string
	thread      string // parent's ts for replies
	user        string
	botID       string
	appID       string
	username    string // what an integration calls itself
	subtype     string
	text        string
	blocks      []any
	attachments []any
	metadata    obj
	files       []File
	edited      *edit
	ephemeralTo string
	deleted     bool
	broadcast   bool
	clientID    string
	inviter     string
	reactions   []Reaction
	replies     []*message // living replies, oldest first
}

// put files a message under its channel and thread and announces it to people.
func (w *Workspace) put(m *message) {
	c := m.channel
	c.log = append(c.log, m)
	c.byTS[m.ts] = m
	if m.ephemeralTo != "" {
		w.changed(Change{Kind: ChangeEphemeral, Channel: c.id, TS: m.ts, User: m.ephemeralTo})
		return
	}
	if parent := c.byTS[m.thread]; m.thread != "" && parent != nil {
		parent.replies = append(parent.replies, m)
		slices.SortStableFunc(parent.replies, func(a, b *message) int { return strings.Compare(a.ts, b.ts) })
		w.changed(Change{Kind: ChangeEdited, Channel: c.id, TS: parent.ts})
	}
	w.changed(Change{Kind: ChangeMessage, Channel: c.id, TS: m.ts})
}

// find returns the living, lasting message with a timestamp.
func (c *channel) find(ts string) *message {
	m := c.byTS[ts]
	if m == nil || m.deleted || m.ephemeralTo != "" {
		return nil
	}
	return m
}

// remove deletes a message the way Slack does: a parent with replies leaves a
// tombstone (told as a change), anything else goes.
func (w *Workspace) remove(m *message) {
	before := w.wireMessage(m, false)
	if m.ephemeralTo != "" {
		m.deleted = true
		w.changed(Change{Kind: ChangeEphemeral, Channel: m.channel.id, TS: m.ts, User: m.ephemeralTo})
		return
	}
	if len(m.replies) > 0 {
		m.deleted, m.subtype, m.text = true, "tombstone", "This message was deleted."
		m.blocks, m.attachments, m.files, m.metadata, m.user, m.botID = nil, nil, nil, nil, "USLACKBOT", ""
		w.changed(Change{Kind: ChangeDeleted, Channel: m.channel.id, TS: m.ts})
		w.emitChanged(m, before)
		return
	}
	m.deleted = true
	if parent := m.channel.byTS[m.thread]; m.thread != "" && parent != nil {
		parent.replies = slices.DeleteFunc(parent.replies, func(r *message) bool { return r == m })
	}
	w.changed(Change{Kind: ChangeDeleted, Channel: m.channel.id, TS: m.ts})
	w.emitDeleted(m, before)
}

// public turns the stored message into what a reader gets.
func (m *message) public() Message {
	out := Message{
		Channel: m.channel.id, TS: m.ts, ThreadTS: m.thread, User: m.user, BotID: m.botID, Username: m.username,
		Subtype: m.subtype, Text: m.text, Files: m.files, Edited: m.edited != nil, EphemeralTo: m.ephemeralTo,
		Deleted: m.deleted, Broadcast: m.broadcast, ReplyCount: len(m.replies),
	}
	if len(m.replies) > 0 {
		out.ThreadTS = m.ts
	}
	if m.blocks != nil {
		out.Blocks = mustJSON(m.blocks)
	}
	if m.metadata != nil {
		out.Metadata = mustJSON(m.metadata)
	}
	for _, r := range m.reactions {
		out.Reactions = append(out.Reactions, Reaction{Name: r.Name, Users: slices.Clone(r.Users)})
	}
	return out
}

// Messages returns what p sees in a channel, oldest first: thread replies and
// messages for p alone included, deleted ones not (but the tombstone above a
// living thread).
func (p *Person) Messages(channel string) []Message {
	p.w.lock()
	defer p.w.unlock()
	c := p.w.channels[channel]
	if c == nil {
		return nil
	}
	return p.w.visible(p.id, c)
}

func (w *Workspace) visible(user string, c *channel) []Message {
	all := w.sees(user, c)
	var out []Message
	for _, m := range c.log {
		if (!all && m.ephemeralTo != user) || (m.ephemeralTo != "" && m.ephemeralTo != user) || (m.deleted && m.subtype != "tombstone") {
			continue
		}
		out = append(out, m.public())
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].TS < out[j].TS })
	return out
}

// Thread returns what p sees of a thread: the parent, then the replies.
func (p *Person) Thread(channel, ts string) []Message {
	var out []Message
	for _, m := range p.Messages(channel) {
		if m.TS == ts || m.ThreadTS == ts {
			out = append(out, m)
		}
	}
	return out
}

// Message returns any message ever posted, deleted and ephemeral ones included.
func (w *Workspace) Message(channel, ts string) (Message, bool) {
	w.lock()
	defer w.unlock()
	c := w.channels[channel]
	if c == nil || c.byTS[ts] == nil {
		return Message{}, false
	}
	return c.byTS[ts].public(), true
}

// BotMessages returns everything the app ever said, in all channels, in order
// of time: lasting, ephemeral and deleted messages.
func (w *Workspace) BotMessages() []Message {
	w.lock()
	defer w.unlock()
	var out []Message
	for _, id := range w.order {
		for _, m := range w.channels[id].log {
			if m.botID == w.opts.BotID && m.subtype != "channel_join" {
				out = append(out, m.public())
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].TS < out[j].TS })
	return out
}

// mustJSON renders what was decoded from JSON or built here; it cannot fail.
func mustJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("slacksim: " + err.Error())
	}
	return b
}

func str(v any) string {
	s, _ := v.(string)
	return s
}
