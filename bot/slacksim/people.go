package slacksim

import (
	"fmt"
	"slices"
	"time"
)

// UserSpec describes a person or another app's bot.
type UserSpec struct {
	ID       string // default: generated
	Name     string // handle, e.g. "mei"
	RealName string // default Name
	Locale   string // e.g. "zh-CN"; default "en-US"
	TZ       string // IANA zone; default "UTC"
	Admin    bool
	Owner    bool
	Guest    bool // multi-channel guest (restricted)
	// SingleChannelGuest is a guest of one channel (ultra restricted).
	SingleChannelGuest bool
	Bot                bool   // another app's bot user
	StrangerTeam       string // team ID of another organisation
	Deleted            bool
}

type user struct {
	UserSpec
	botID, appID string
}

// Person acts as one user of the workspace.
type Person struct {
	w  *Workspace
	id string

	// State behind the workspace's lock.
	stack []*view // open modals, the top one last
	home  *view
}

// ID is the person's user ID.
func (p *Person) ID() string { return p.id }

// Mention is how a text names the person: "<@U…>".
func (p *Person) Mention() string { return "<@" + p.id + ">" }

// AddUser adds a person (or, with Bot, another app) and returns who acts for it.
// Adding an ID twice returns the first and changes nothing.
func (w *Workspace) AddUser(s UserSpec) *Person {
	w.lock()
	defer w.unlock()
	if s.ID == "" {
		s.ID = w.id("U")
	}
	if w.users[s.ID] != nil {
		return w.person(s.ID)
	}
	if s.Name == "" {
		s.Name = s.ID
	}
	if s.RealName == "" {
		s.RealName = s.Name
	}
	if s.Locale == "" {
		s.Locale = "en-US"
	}
	if s.TZ == "" {
		s.TZ = "UTC"
	}
	u := &user{UserSpec: s}
	if s.Bot {
		u.botID, u.appID = w.id("B"), w.id("A")
		w.bots[u.botID] = u
	}
	w.users[s.ID] = u
	p := &Person{w: w, id: s.ID}
	w.people = append(w.people, p)
	w.changed(Change{Kind: ChangeUser, User: s.ID})
	return p
}

// Person returns who acts for a user ID, nil when there is none.
func (w *Workspace) Person(id string) *Person {
	w.lock()
	defer w.unlock()
	return w.person(id)
}

// People returns everyone added, in that order.
func (w *Workspace) People() []*Person {
	w.lock()
	defer w.unlock()
	return append([]*Person(nil), w.people...)
}

// Spec returns how the person was described, with defaults filled in.
func (p *Person) Spec() UserSpec {
	p.w.lock()
	defer p.w.unlock()
	return p.w.users[p.id].UserSpec
}

// Leave deactivates the person's account (user_change).
func (p *Person) Leave() { p.change(func(u *user) { u.Deleted = true }) }

// Move puts the person into another time zone (user_change).
func (p *Person) Move(zone string) { p.change(func(u *user) { u.TZ = zone }) }

func (p *Person) change(do func(*user)) {
	w := p.w
	w.lock()
	defer w.unlock()
	u := w.users[p.id]
	do(u)
	w.changed(Change{Kind: ChangeUser, User: p.id})
	w.emit(nil, obj{"type": "user_change", "user": w.wireUser(u, true), "cache_ts": w.opts.Now().Unix(), "event_ts": w.stamp()})
}

func (w *Workspace) person(id string) *Person {
	for _, p := range w.people {
		if p.id == id {
			return p
		}
	}
	return nil
}

func (u *user) guest() bool { return u.Guest || u.SingleChannelGuest }

// wire is the user object of users.info.
func (w *Workspace) wireUser(u *user, locale bool) obj {
	team := w.opts.TeamID
	if u.StrangerTeam != "" {
		team = u.StrangerTeam
	}
	offset := 0
	if loc, err := time.LoadLocation(u.TZ); err == nil {
		_, offset = w.opts.Now().In(loc).Zone()
	}
	o := obj{
		"id": u.ID, "team_id": team, "name": u.Name, "deleted": u.Deleted, "real_name": u.RealName,
		"tz": u.TZ, "tz_label": u.TZ, "tz_offset": offset,
		"profile":  obj{"real_name": u.RealName, "display_name": u.Name, "team": team, "bot_id": u.botID, "api_app_id": u.appID},
		"is_admin": u.Admin || u.Owner, "is_owner": u.Owner, "is_primary_owner": false,
		"is_restricted": u.guest(), "is_ultra_restricted": u.SingleChannelGuest,
		"is_bot": u.Bot, "is_app_user": false, "is_email_confirmed": true,
		"updated": w.opts.Now().Unix(),
	}
	if u.StrangerTeam != "" {
		o["is_stranger"] = true
	}
	if locale {
		o["locale"] = u.Locale
	}
	return o
}

// must turns a refusal into a panic: in a test, a person doing what Slack would
// not let them do is a mistake of the test.
func must(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("slacksim: %s: %v", what, err))
	}
}

// Deactivate ends the person's account: no channel has them any more, nobody can write to them.
func (p *Person) Deactivate() {
	p.w.lock()
	defer p.w.unlock()
	p.w.users[p.id].Deleted = true
	for _, c := range p.w.channels {
		if !c.im {
			c.members = slices.DeleteFunc(c.members, func(m string) bool { return m == p.id })
		}
	}
	p.w.changed(Change{Kind: ChangeUser, User: p.id})
}
