package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/slack-go/slack"

	"coachbot/playbooks/traditional"
)

// How long what Slack said of people and channels is believed. Joins and shares
// that the bot hears of are believed at once.
const (
	personFor  = time.Hour
	channelFor = 10 * time.Minute
)

// person is what the bot needs to know of a user.
type person struct {
	admin  bool // of the workspace
	guest  bool // restricted, or of another organisation
	bot    bool
	gone   bool // deactivated
	name   string
	locale string
	zone   *time.Location // nil: Slack did not say
	until  time.Time
}

// audience is who can read a channel.
type audience struct {
	member   bool
	archived bool
	shared   bool // with another organisation
	guests   bool
	until    time.Time
}

// people remembers persons and audiences for a while. Its zero value is ready.
type people struct {
	mu       sync.Mutex
	persons  map[string]person
	channels map[string]audience
	directs  map[string]string // by person: the channel of their direct messages
	members  map[string]membership
	asked    map[string]*inquiry // by what is asked: the last question under way
}

// inquiry is a question to Slack. Its answer is remembered unless something was heard
// meanwhile that it may not know of yet: a guest who joins while the members are being
// read must not be overlooked for ten minutes.
type inquiry struct{ topic string }

// What is asked, in the topics of inquiries.
const (
	aboutPerson   = "person "
	aboutAudience = "audience "
	aboutMembers  = "members "
)

// ask begins an inquiry; of several on the same topic the last one's answer is kept.
func (p *people) ask(topic string) *inquiry {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asked == nil {
		p.asked = make(map[string]*inquiry)
	}
	q := &inquiry{topic}
	p.asked[topic] = q
	return q
}

// answered ends an inquiry; keep is called, with the lock held, when its answer is to
// be remembered. Without an answer keep is nil.
func (p *people) answered(q *inquiry, keep func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asked[q.topic] != q {
		return
	}
	delete(p.asked, q.topic)
	if keep != nil {
		keep()
	}
}

// membership is who is in a channel.
type membership struct {
	users map[string]bool
	until time.Time
}

func (a *App) person(ctx context.Context, user string) (person, error) {
	a.people.mu.Lock()
	p, ok := a.people.persons[user]
	a.people.mu.Unlock()
	if ok && a.now().Before(p.until) {
		return p, nil
	}
	q := a.people.ask(aboutPerson + user)
	err := a.call(ctx, "users.info", "", func(ctx context.Context) error {
		u, err := a.api.GetUserInfoContext(ctx, user)
		if err != nil {
			return err
		}
		p = person{admin: u.IsAdmin || u.IsOwner || u.IsPrimaryOwner, guest: u.IsRestricted || u.IsUltraRestricted || u.IsStranger,
			bot: u.IsBot, gone: u.Deleted, name: u.Profile.DisplayName, locale: u.Locale, until: a.now().Add(personFor)}
		if p.name == "" {
			p.name = u.RealName
		}
		if zone, err := time.LoadLocation(u.TZ); err == nil && u.TZ != "" {
			p.zone = zone
		}
		if u.TeamID != "" && u.TeamID != a.self.Workspace && u.Enterprise.ID == "" {
			p.guest = true
		}
		return nil
	})
	if err != nil {
		a.people.answered(q, nil)
		return person{}, err
	}
	a.people.answered(q, func() {
		if a.people.persons == nil || len(a.people.persons) > 20_000 {
			a.people.persons = make(map[string]person)
		}
		a.people.persons[user] = p
	})
	return p, nil
}

// whoIs is a person as far as Slack tells: where it refuses to (a missing scope), nothing is known.
func (a *App) whoIs(ctx context.Context, user string) (person, error) {
	p, err := a.person(ctx, user)
	var permanent permanentError
	if errors.As(err, &permanent) {
		return person{}, nil
	}
	return p, err
}

// audience asks who can read a channel. Unknown counts as guests: where
// customers might read, nothing is posted.
func (a *App) audience(ctx context.Context, channel string) (audience, error) {
	a.people.mu.Lock()
	c, ok := a.people.channels[channel]
	a.people.mu.Unlock()
	if ok && a.now().Before(c.until) {
		return c, nil
	}
	q := a.people.ask(aboutAudience + channel)
	c, err := a.audienceNow(ctx, channel)
	if err != nil {
		a.people.answered(q, nil)
		return audience{}, err
	}
	a.people.answered(q, func() {
		if a.people.channels == nil {
			a.people.channels = make(map[string]audience)
		}
		a.people.channels[channel] = c
	})
	return c, nil
}

// audienceNow is audience as Slack tells it now.
func (a *App) audienceNow(ctx context.Context, channel string) (audience, error) {
	var info *slack.Channel
	err := a.call(ctx, "conversations.info", channel, func(ctx context.Context) (err error) {
		info, err = a.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
		return err
	})
	if err != nil {
		return audience{}, err
	}
	c := audience{member: info.IsMember || info.IsIM, archived: info.IsArchived,
		shared: info.IsExtShared || info.IsPendingExtShared, until: a.now().Add(channelFor)}
	if !c.shared && !info.IsIM {
		if c.guests, err = a.hasGuests(ctx, channel); err != nil {
			return audience{}, err
		}
	}
	return c, nil
}

func (a *App) hasGuests(ctx context.Context, channel string) (bool, error) {
	members, err := a.members(ctx, channel)
	if err != nil {
		return false, err
	}
	for m := range members {
		if m == a.self.User {
			continue
		}
		p, err := a.person(ctx, m)
		if err != nil {
			return false, err
		}
		if p.guest {
			return true, nil
		}
	}
	return false, nil
}

// members are the people in a channel.
func (a *App) members(ctx context.Context, channel string) (map[string]bool, error) {
	a.people.mu.Lock()
	kept, ok := a.people.members[channel]
	a.people.mu.Unlock()
	if ok && a.now().Before(kept.until) {
		return kept.users, nil
	}
	q := a.people.ask(aboutMembers + channel)
	users, err := a.membersNow(ctx, channel)
	if err != nil {
		a.people.answered(q, nil)
		return nil, err
	}
	a.people.answered(q, func() {
		if a.people.members == nil || len(a.people.members) > 1000 {
			a.people.members = make(map[string]membership)
		}
		a.people.members[channel] = membership{users: users, until: a.now().Add(channelFor)}
	})
	return users, nil
}

// membersNow is members as Slack tells them now.
func (a *App) membersNow(ctx context.Context, channel string) (map[string]bool, error) {
	users, cursor := map[string]bool{}, ""
	for {
		var page []string
		err := a.call(ctx, "conversations.members", channel, func(ctx context.Context) (err error) {
			page, cursor, err = a.api.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{ChannelID: channel, Cursor: cursor, Limit: 200})
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, u := range page {
			users[u] = true
		}
		if cursor == "" {
			return users, nil
		}
	}
}

// forgetPerson makes the next question about a person go to Slack.
func (a *App) forgetPerson(user string) {
	a.people.mu.Lock()
	defer a.people.mu.Unlock()
	delete(a.people.persons, user)
	delete(a.people.directs, user)
	delete(a.people.asked, aboutPerson+user)
}

// forgetAudience makes the next question about a channel go to Slack.
func (a *App) forgetAudience(channel string) {
	a.people.mu.Lock()
	defer a.people.mu.Unlock()
	delete(a.people.channels, channel)
	delete(a.people.members, channel)
	delete(a.people.asked, aboutAudience+channel)
	delete(a.people.asked, aboutMembers+channel)
}

// mayManage reports whether a person may watch and unwatch channels: admins, and
// the leads of any team, set in Slack or by the environment.
func (a *App) mayManage(ctx context.Context, user string) (bool, error) {
	if slices.Contains(a.o.Admins, user) {
		return true, nil
	}
	teams, err := a.teams(ctx)
	if err != nil {
		return false, err
	}
	for _, t := range teams {
		if slices.Contains(t.Leads, user) {
			return true, nil
		}
	}
	p, err := a.person(ctx, user)
	return p.admin, err
}

// readerLang is the language to answer a person in: the team's, the text's own, else the person's.
func (a *App) readerLang(ctx context.Context, user, text string) string {
	switch {
	case a.o.Locale == "en":
		return "en"
	case traditional.Reader(a.o.Locale) || traditional.Is(text):
		return traditional.Lang
	case a.o.Locale == "zh" || hasHan(text):
		return a.inScript(ctx, user, "zh")
	}
	if p, err := a.person(ctx, user); err == nil && strings.HasPrefix(p.locale, "zh") {
		return a.inScript(ctx, user, "zh")
	}
	return "en"
}

func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
