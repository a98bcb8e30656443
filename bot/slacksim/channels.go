package slacksim

import (
	"fmt"
	"slices"
	"sort"
)

// ChannelSpec describes a channel.
type ChannelSpec struct {
	ID        string // default: generated
	Name      string
	Members   []string // user IDs
	WithBot   bool     // the app's bot is a member (also when its ID is in Members)
	Private   bool
	ExtShared bool // shared with another organisation
	Archived  bool
}

type channel struct {
	id, name  string
	private   bool
	im        bool
	imUser    string
	extShared bool
	archived  bool
	creator   string
	created   int64
	members   []string // in the order they joined
	log       []*message
	byTS      map[string]*message
}

func (c *channel) has(user string) bool { return slices.Contains(c.members, user) }

// kind is Slack's channel_type.
func (c *channel) kind() string {
	switch {
	case c.im:
		return "im"
	case c.private:
		return "group"
	}
	return "channel"
}

// AddChannel makes a channel without announcing it to the app and returns its
// ID. Joining it, or the bot's being invited later, is announced: see Join and
// InviteBot.
func (w *Workspace) AddChannel(s ChannelSpec) string {
	w.lock()
	defer w.unlock()
	if s.ID == "" {
		s.ID = w.id("C")
	}
	if s.Name == "" {
		s.Name = "channel-" + s.ID
	}
	c := w.newChannel(s.ID, s.Name)
	c.private, c.extShared, c.archived = s.Private, s.ExtShared, s.Archived
	for _, m := range s.Members {
		if w.users[m] == nil {
			panic(fmt.Sprintf("slacksim: AddChannel %s: no user %q", s.Name, m))
		}
		if !c.has(m) {
			c.members = append(c.members, m)
		}
	}
	if len(c.members) > 0 {
		c.creator = c.members[0]
	}
	if s.WithBot && !c.has(w.opts.BotUserID) {
		c.members = append(c.members, w.opts.BotUserID)
	}
	return s.ID
}

func (w *Workspace) newChannel(id, name string) *channel {
	c := &channel{id: id, name: name, created: w.opts.Now().Unix(), byTS: map[string]*message{}}
	w.channels[id] = c
	w.order = append(w.order, id)
	w.changed(Change{Kind: ChangeChannel, Channel: id})
	return c
}

// im returns the direct-message channel of the app and a user, made on demand.
func (w *Workspace) im(user string) *channel {
	if id := w.ims[user]; id != "" {
		return w.channels[id]
	}
	id := w.id("D")
	c := w.newChannel(id, "")
	c.im, c.imUser, c.members = true, user, []string{user, w.opts.BotUserID}
	w.ims[user] = id
	return c
}

// DMChannel returns the ID of the direct-message channel of the app and p.
func (p *Person) DMChannel() string {
	p.w.lock()
	defer p.w.unlock()
	return p.w.im(p.id).id
}

// sees reports whether a user can read a channel: members, and every full
// member of the workspace where it is public.
func (w *Workspace) sees(user string, c *channel) bool {
	if c.has(user) {
		return true
	}
	u := w.users[user]
	return u != nil && !c.private && !c.im && !u.guest() && u.StrangerTeam == ""
}

// Join makes p a member, with the notice and event Slack sends.
func (p *Person) Join(channel string) {
	p.w.lock()
	defer p.w.unlock()
	c := p.w.channels[channel]
	if c == nil || c.im {
		must("Join", fmt.Errorf("no channel %q", channel))
	}
	p.w.join(c, p.id, "")
}

// InviteBot lets p bring the app's bot into a channel.
func (p *Person) InviteBot(channel string) {
	p.w.lock()
	defer p.w.unlock()
	c := p.w.channels[channel]
	if c == nil || !c.has(p.id) {
		must("InviteBot", fmt.Errorf("%s is not in %q", p.id, channel))
	}
	p.w.join(c, p.w.opts.BotUserID, p.id)
}

// RemoveBot takes the app's bot out of a channel; the app is told by
// channel_left (group_left), the last thing it hears from there.
func (p *Person) RemoveBot(channel string) {
	p.w.lock()
	defer p.w.unlock()
	c := p.w.channels[channel]
	if c == nil || !c.has(p.w.opts.BotUserID) {
		must("RemoveBot", fmt.Errorf("the bot is not in %q", channel))
	}
	c.members = slices.DeleteFunc(c.members, func(m string) bool { return m == p.w.opts.BotUserID })
	kind := "channel_left"
	if c.private {
		kind = "group_left"
	}
	p.w.changed(Change{Kind: ChangeChannel, Channel: c.id})
	p.w.emit(c, obj{"type": kind, "channel": c.id, "actor_id": p.id, "event_ts": p.w.stamp()})
}

func (w *Workspace) join(c *channel, user, inviter string) {
	if c.has(user) {
		return
	}
	c.members = append(c.members, user)
	w.changed(Change{Kind: ChangeChannel, Channel: c.id})
	m := &message{channel: c, ts: w.stamp(), user: user, subtype: "channel_join", text: "<@" + user + "> has joined the channel", inviter: inviter}
	if c.private {
		m.subtype = "group_join"
	}
	w.put(m)
	w.emitMessage(m)
	kind := "C"
	if c.private {
		kind = "G"
	}
	ev := obj{"type": "member_joined_channel", "user": user, "channel": c.id, "channel_type": kind, "team": w.opts.TeamID, "event_ts": w.stamp()}
	if inviter != "" {
		ev["inviter"] = inviter
	}
	w.emit(c, ev)
}

// Archive closes a channel for good.
func (p *Person) Archive(channel string) {
	p.w.lock()
	defer p.w.unlock()
	c := p.w.channels[channel]
	if c == nil || c.im {
		must("Archive", fmt.Errorf("no channel %q", channel))
	}
	c.archived = true
	p.w.changed(Change{Kind: ChangeChannel, Channel: c.id})
	kind := "channel_archive"
	if c.private {
		kind = "group_archive"
	}
	p.w.emit(c, obj{"type": kind, "channel": c.id, "user": p.id, "is_moved": 0, "event_ts": p.w.stamp()})
}

// SetExtShared shares a channel with another organisation or stops that.
func (w *Workspace) SetExtShared(channel string, shared bool) {
	w.lock()
	defer w.unlock()
	if c := w.channels[channel]; c != nil {
		c.extShared = shared
		w.changed(Change{Kind: ChangeChannel, Channel: c.id})
	}
}

func (w *Workspace) wireChannel(c *channel) obj {
	if c.im {
		return obj{
			"id": c.id, "created": c.created, "is_archived": false, "is_im": true, "is_org_shared": false,
			"user": c.imUser, "is_user_deleted": false, "is_open": true, "context_team_id": w.opts.TeamID,
		}
	}
	o := obj{
		"id": c.id, "name": c.name, "name_normalized": c.name, "is_channel": !c.private, "is_group": c.private,
		"is_im": false, "is_mpim": false, "is_private": c.private, "created": c.created, "creator": c.creator,
		"is_archived": c.archived, "is_general": false, "is_member": c.has(w.opts.BotUserID),
		"is_shared": c.extShared, "is_ext_shared": c.extShared, "is_org_shared": false, "is_pending_ext_shared": false,
		"context_team_id": w.opts.TeamID, "shared_team_ids": []string{w.opts.TeamID}, "pending_shared": []string{},
		"topic":   obj{"value": "", "creator": "", "last_set": 0},
		"purpose": obj{"value": "", "creator": "", "last_set": 0},
	}
	if c.extShared {
		teams := append([]string{w.opts.TeamID}, w.foreignTeams(c)...)
		o["shared_team_ids"] = teams
		o["connected_team_ids"] = teams[1:]
		o["conversation_host_id"] = w.opts.TeamID
	}
	return o
}

// foreignTeams lists the other organisations in a shared channel; when nobody
// of theirs was added, one stands in for them.
func (w *Workspace) foreignTeams(c *channel) []string {
	seen := map[string]bool{}
	for _, m := range c.members {
		if t := w.users[m].StrangerTeam; t != "" {
			seen[t] = true
		}
	}
	if len(seen) == 0 {
		return []string{"T0OTHER01"}
	}
	var out []string
	for t := range seen {
		out = append(out, t)
	}
	sort.Strings(out)
	return out
}
