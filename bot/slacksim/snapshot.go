package slacksim

// Snapshot is what one person sees, ready for JSON.
type Snapshot struct {
	Seq      int           `json:"seq"` // of the last Change it includes
	Team     string        `json:"team"`
	Me       string        `json:"me"`
	Bot      string        `json:"bot"`       // user ID of the app's bot
	Online   bool          `json:"online"`    // a socket of the app is open
	Users    []UserView    `json:"users"`     // everyone, the app's bot first
	Channels []ChannelView `json:"channels"`  // those the person is in, in the order they were made
	View     *View         `json:"view"`      // open modal
	Home     *View         `json:"home"`      // Home tab
	Commands []string      `json:"commands"`  // slash commands of the app
	OnText   []string      `json:"shortcuts"` // callback IDs of its message shortcuts
}

// UserView is a user in a Snapshot.
type UserView struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	RealName string `json:"real_name"`
	Locale   string `json:"locale,omitempty"`
	TZ       string `json:"tz,omitempty"`
	Bot      bool   `json:"bot,omitempty"`
	Admin    bool   `json:"admin,omitempty"`
	Guest    bool   `json:"guest,omitempty"`
}

// ChannelView is a channel in a Snapshot.
type ChannelView struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Kind      string    `json:"kind"` // channel, group, im
	With      string    `json:"with,omitempty"`
	Members   []string  `json:"members"`
	HasBot    bool      `json:"has_bot"`
	Archived  bool      `json:"archived,omitempty"`
	ExtShared bool      `json:"ext_shared,omitempty"`
	Messages  []Message `json:"messages"`
}

// Snapshot returns what p sees of everything, at one moment.
func (w *Workspace) Snapshot(p *Person) Snapshot {
	w.lock()
	defer w.unlock()
	s := Snapshot{
		Seq: w.changes.seq, Team: w.opts.TeamName, Me: p.id, Bot: w.opts.BotUserID, Online: len(w.conns) > 0,
		View: w.publicView(p.top(), len(p.stack)), Home: w.publicView(p.home, 0),
		Commands: w.opts.Commands, OnText: w.opts.MessageShortcuts,
	}
	s.Users = append(s.Users, userView(w.users[w.opts.BotUserID]))
	for _, x := range w.people {
		s.Users = append(s.Users, userView(w.users[x.id]))
	}
	for _, id := range w.order {
		c := w.channels[id]
		if !c.has(p.id) {
			continue
		}
		s.Channels = append(s.Channels, ChannelView{
			ID: c.id, Name: c.name, Kind: c.kind(), With: w.other(c, p.id), Members: append([]string(nil), c.members...),
			HasBot: c.has(w.opts.BotUserID), Archived: c.archived, ExtShared: c.extShared, Messages: w.visible(p.id, c),
		})
	}
	return s
}

// other is the other side of a direct message.
func (w *Workspace) other(c *channel, me string) string {
	if !c.im {
		return ""
	}
	if c.imUser == me {
		return w.opts.BotUserID
	}
	return c.imUser
}

func userView(u *user) UserView {
	return UserView{ID: u.ID, Name: u.Name, RealName: u.RealName, Locale: u.Locale, TZ: u.TZ, Bot: u.Bot, Admin: u.Admin || u.Owner, Guest: u.guest()}
}
