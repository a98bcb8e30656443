package slacksim

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// PostOption changes how a person posts.
type PostOption func(*draft)

type draft struct {
	thread    string
	broadcast bool
	botName   string
	raw       bool
	files     []File
	at        time.Time
}

// InThread posts as a reply below the message with this timestamp.
func InThread(ts string) PostOption { return func(d *draft) { d.thread = ts } }

// Broadcast also shows the reply in the channel (thread_broadcast).
func Broadcast() PostOption { return func(d *draft) { d.broadcast = true } }

// AsBot posts as an incoming integration of that name (subtype bot_message:
// bot_id and username, no user). An app with a bot user of its own posts through
// a Person added with UserSpec.Bot instead.
func AsBot(name string) PostOption { return func(d *draft) { d.botName = name } }

// Raw takes the text as Slack's wire form instead of what was typed.
func Raw() PostOption { return func(d *draft) { d.raw = true } }

// At posts as of another moment than now, for a channel with a past and for
// events that arrive late. The app is told as of any message.
func At(t time.Time) PostOption { return func(d *draft) { d.at = t } }

// WithFiles attaches files by name; the kind follows from the name's ending
// (subtype file_share).
func WithFiles(names ...string) PostOption {
	return func(d *draft) {
		for _, n := range names {
			d.files = append(d.files, File{Name: n})
		}
	}
}

// Post posts and returns the message's timestamp. It panics where Slack would
// not let the person post; TryPost returns the error.
func (p *Person) Post(channel, text string, opts ...PostOption) string {
	ts, err := p.TryPost(channel, text, opts...)
	must("Post", err)
	return ts
}

// TryPost posts, or says why the person cannot.
func (p *Person) TryPost(channel, text string, opts ...PostOption) (string, error) {
	var d draft
	for _, o := range opts {
		o(&d)
	}
	w := p.w
	w.lock()
	defer w.unlock()
	c, err := w.writable(p.id, channel)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(text) == "" && len(d.files) == 0 {
		return "", errors.New("an empty message cannot be sent")
	}
	if d.thread != "" {
		parent := c.byTS[d.thread]
		if parent == nil || parent.thread != "" || (parent.deleted && parent.subtype != "tombstone") {
			return "", fmt.Errorf("no message %s to reply to", d.thread)
		}
	}
	m := &message{channel: c, ts: w.stampFor(c, d.at), thread: d.thread, user: p.id}
	if d.raw {
		m.text = text
	} else {
		m.text, m.blocks = w.compose(text)
	}
	w.sender(m, p, d)
	if d.broadcast && d.thread != "" {
		m.broadcast, m.subtype = true, "thread_broadcast"
	}
	w.attach(m, d.files)
	w.put(m)
	w.emitMessage(m)
	return m.ts, nil
}

// sender fills in who posts: a person, an app's bot user, or an integration.
func (w *Workspace) sender(m *message, p *Person, d draft) {
	u := w.users[p.id]
	switch {
	case d.botName != "":
		m.user, m.subtype, m.username, m.botID = "", "bot_message", d.botName, w.integration(d.botName)
	case u.Bot:
		m.botID, m.appID = u.botID, u.appID
	default:
		m.clientID = w.id("msg-")
	}
}

// integration returns the bot ID of an incoming integration, made on demand.
func (w *Workspace) integration(name string) string {
	for id, b := range w.bots {
		if b.ID == "" && b.Name == name {
			return id
		}
	}
	b := &user{UserSpec: UserSpec{Name: name, Bot: true}, botID: w.id("B"), appID: w.id("A")}
	w.bots[b.botID] = b
	return b.botID
}

// writable returns a channel the person may post in.
func (w *Workspace) writable(user, channel string) (*channel, error) {
	c := w.channels[channel]
	switch {
	case c == nil || !w.sees(user, c):
		return nil, fmt.Errorf("channel_not_found: %q", channel)
	case !c.has(user):
		return nil, fmt.Errorf("not_in_channel: %s is not in %s", user, channel)
	case c.archived:
		return nil, fmt.Errorf("is_archived: %s", channel)
	}
	return c, nil
}

// DM posts to the app in a direct message and returns the timestamp; the
// channel is p.DMChannel().
func (p *Person) DM(text string, opts ...PostOption) string {
	return p.Post(p.DMChannel(), text, opts...)
}

// Edit changes one of p's own messages; it panics where Slack would refuse.
func (p *Person) Edit(channel, ts, text string) { must("Edit", p.TryEdit(channel, ts, text)) }

// TryEdit changes one of p's own messages, or says why p cannot.
func (p *Person) TryEdit(channel, ts, text string) error {
	w := p.w
	w.lock()
	defer w.unlock()
	m, err := w.own(p.id, channel, ts)
	if err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return errors.New("a message cannot be edited to nothing")
	}
	before := w.wireMessage(m, false)
	m.text, m.blocks = w.compose(text)
	m.edited = &edit{user: p.id, ts: w.stamp()}
	w.changed(Change{Kind: ChangeEdited, Channel: channel, TS: ts})
	w.emitChanged(m, before)
	return nil
}

// Touch makes Slack send message_changed for a message whose text stays as it
// is: what an unfurled link or a ticket system's update looks like.
func (p *Person) Touch(channel, ts string) {
	w := p.w
	w.lock()
	defer w.unlock()
	c := w.channels[channel]
	if c == nil || c.find(ts) == nil {
		must("Touch", fmt.Errorf("message_not_found: %s", ts))
	}
	m := c.find(ts)
	before := w.wireMessage(m, false)
	m.attachments = append(slices.Clone(m.attachments), obj{"id": len(m.attachments) + 1, "title": "Status", "text": "updated", "fallback": "updated"})
	w.changed(Change{Kind: ChangeEdited, Channel: channel, TS: ts})
	w.emitChanged(m, before)
}

// Delete deletes one of p's own messages (an admin anybody's); it panics where
// Slack would refuse.
func (p *Person) Delete(channel, ts string) { must("Delete", p.TryDelete(channel, ts)) }

// TryDelete deletes a message, or says why p cannot.
func (p *Person) TryDelete(channel, ts string) error {
	w := p.w
	w.lock()
	defer w.unlock()
	m, err := w.own(p.id, channel, ts)
	if err != nil {
		return err
	}
	w.remove(m)
	return nil
}

func (w *Workspace) own(user, channel, ts string) (*message, error) {
	c := w.channels[channel]
	if c == nil || !w.sees(user, c) {
		return nil, fmt.Errorf("channel_not_found: %q", channel)
	}
	m := c.find(ts)
	u := w.users[user]
	switch {
	case m == nil:
		return nil, fmt.Errorf("message_not_found: %s", ts)
	case m.user != user && !u.Admin && !u.Owner:
		return nil, fmt.Errorf("cant_update_message: %s is not by %s", ts, user)
	}
	return m, nil
}

// React puts an emoji on a message.
func (p *Person) React(channel, ts, name string) {
	w := p.w
	w.lock()
	defer w.unlock()
	c := w.channels[channel]
	if c == nil || c.find(ts) == nil {
		must("React", fmt.Errorf("message_not_found: %s", ts))
	}
	m := c.find(ts)
	if !w.react(m, name, p.id) {
		return
	}
	w.emit(c, obj{
		"type": "reaction_added", "user": p.id, "reaction": name, "item_user": m.user, "event_ts": w.stamp(),
		"item": obj{"type": "message", "channel": c.id, "ts": m.ts},
	})
}

// react records a reaction; false when the user gave it before.
func (w *Workspace) react(m *message, name, user string) bool {
	i := slices.IndexFunc(m.reactions, func(r Reaction) bool { return r.Name == name })
	if i < 0 {
		m.reactions = append(m.reactions, Reaction{Name: name})
		i = len(m.reactions) - 1
	}
	if slices.Contains(m.reactions[i].Users, user) {
		return false
	}
	m.reactions[i].Users = append(m.reactions[i].Users, user)
	w.changed(Change{Kind: ChangeEdited, Channel: m.channel.id, TS: m.ts})
	return true
}

// cut shortens a string to n characters.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}
