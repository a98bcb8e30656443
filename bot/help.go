package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/bot/knowledge"
	"coachbot/store"
)

// sameWithin is how long the same question points to the first.
const sameWithin = 10 * time.Minute

// helpPrefix begins the id of every help request, so that a button's value tells one from a case.
const helpPrefix = "help-"

// asking is a question on its way to become a help request.
type asking struct {
	id      string // of the request: the same for every delivery of the question
	user    string
	channel string // where it was asked
	caseID  string // the case it is about, or ""
	message string // ts of the message in channel that it is about, or ""
	request store.HelpRequest
}

// idFrom makes an id of what Slack delivered: the same for every delivery.
func idFrom(prefix, key string) string {
	sum := sha256.Sum256([]byte(key))
	return prefix + hex.EncodeToString(sum[:8])
}

// ask makes a help request of a question, posts it and plans its reminders. The
// asker hears through reply what became of it.
func (a *App) ask(ctx context.Context, q asking, reply func(blocks.Message) error) error {
	lang := a.readerLang(ctx, q.user, q.request.Question)
	if !hasWords(q.request.Question) {
		return reply(blocks.Note(lang, blocks.HelpEmpty, nil))
	}
	t, err := a.teamFor(ctx, q.channel, q.user)
	if err != nil {
		return err
	}
	home := a.helpHome(t, q.channel)
	if home == "" && (q.request.Kind == store.HelpPeers || len(a.leadsBeside(t, q.user)) == 0) {
		return reply(blocks.Note(lang, blocks.HelpNowhere, nil))
	}
	r, first, err := a.openHelp(ctx, t, q)
	if err != nil {
		return err
	}
	if first.ID != "" {
		return reply(blocks.Note(lang, blocks.HelpSame, nil, a.helpLink(ctx, first)))
	}
	if r.Kind == store.HelpHandover {
		leads, err := a.callLeads(ctx, t, r, "handover", nil)
		if err != nil {
			return err
		}
		if len(leads) > 0 {
			return a.handedOver(ctx, t, r, leads, reply)
		}
		if home == "" {
			return errors.Join(a.reachedNobody(ctx, r), reply(blocks.Note(lang, blocks.HelpNowhere, nil)))
		}
	}
	r, err = a.announce(ctx, r, home)
	if err != nil {
		return a.unposted(ctx, t, r, home, err, reply)
	}
	if err := a.planHelp(ctx, t, r, home); err != nil {
		return err
	}
	return reply(blocks.Note(lang, blocks.HelpPosted, blocks.PostedButtons(lang, r.ID), a.helpLink(ctx, r)))
}

// reachedNobody ends a request that nobody could be told of, so that it can be asked again.
func (a *App) reachedNobody(ctx context.Context, r store.HelpRequest) error {
	now := a.now()
	_, err := a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		if h.State == store.HelpOpen {
			h.State, h.ClosedAt, h.UpdatedAt = store.HelpWithdrawn, now, now
		}
		return nil
	})
	return err
}

// helpHome is the channel where a team's requests are posted: its help channel,
// else where it was asked, unless that was in private.
func (a *App) helpHome(t store.Team, asked string) string {
	if t.Help != "" {
		return t.Help
	}
	if strings.HasPrefix(asked, "D") {
		return ""
	}
	return asked
}

// openHelp records the request. first is the one that asked the same a moment
// ago, if there is one: then nothing is recorded.
func (a *App) openHelp(ctx context.Context, t store.Team, q asking) (r, first store.HelpRequest, err error) {
	defer a.cards.lock("help/" + t.ID)()
	if r, err = a.store.HelpRequest(ctx, q.id); !errors.Is(err, store.ErrNotFound) {
		return r, first, err
	}
	now := a.now()
	err = a.store.HelpRequestsOpened(ctx, a.self.Workspace, t.ID, now.Add(-sameWithin), now.Add(time.Minute), func(old store.HelpRequest) error {
		if first.ID == "" && !old.Over() && old.Kind == q.request.Kind && old.Case == q.caseID && knowledge.Same(old.Question, q.request.Question) {
			first = old
		}
		return nil
	})
	if err != nil || first.ID != "" {
		return r, first, err
	}
	blank, err := a.described(ctx, t, q)
	if err != nil {
		return r, first, err
	}
	r, err = a.store.UpdateHelpRequest(ctx, q.id, func(h *store.HelpRequest) error {
		if h.State == "" {
			*h = blank
		}
		return nil
	})
	return r, first, err
}

// described fills in what the bot knows of a question: what it is about, in
// which language, which playbook fits.
func (a *App) described(ctx context.Context, t store.Team, q asking) (store.HelpRequest, error) {
	r, now := q.request, a.now()
	r.ID, r.Workspace, r.Team, r.Asker, r.State = q.id, a.self.Workspace, t.ID, q.user, store.HelpOpen
	r.Lang = a.teamLang(t, r.Question)
	r.OpenedAt, r.UpdatedAt, r.OpenSince = now, now, now
	r.Urgency = cmp.Or(r.Urgency, store.UrgencyNormal)
	if !strings.HasPrefix(q.channel, "D") {
		r.Channel = q.channel
	}
	if q.caseID != "" {
		c, ok, err := a.caseFor(ctx, q.caseID, q.user)
		if err != nil {
			return r, err
		}
		if ok {
			r.Case, r.Scenario = c.ID, c.Playbook
			if !c.Private {
				r.Link = a.permalink(ctx, c.Channel, c.TS)
			}
		}
	} else if q.message != "" && r.Channel != "" {
		r.Link = a.permalink(ctx, q.channel, q.message)
	}
	if r.Scenario == "" {
		if advice := a.adviceOn(r); advice.Escalation && len(advice.Playbooks) > 0 {
			r.Scenario = advice.Playbooks[0].ID
		}
	}
	severity, err := a.severityOf(ctx, r)
	r.Priority = priority(r, severity)
	return r, err
}

// adviceOn reads the words of a question.
func (a *App) adviceOn(r store.HelpRequest) coach.Advice {
	return a.engine.Advise(coach.Message{ID: r.ID, Text: r.Question, Lang: r.Lang, Ask: true})
}

// severityOf is that of the case which a question is about, else that of its words.
func (a *App) severityOf(ctx context.Context, r store.HelpRequest) (string, error) {
	if r.Case != "" {
		c, err := a.store.Case(ctx, r.Case)
		if err == nil && c.Playbook != "" || ignoreAbsent(err) != nil {
			return c.Severity, err
		}
	}
	return a.adviceOn(r).Severity, nil
}

// caseFor is a case that a person may speak about: what somebody told the bot in
// private is that person's alone, and a team's cases are the team's.
func (a *App) caseFor(ctx context.Context, id, user string) (c store.Case, ok bool, err error) {
	c, err = a.store.Case(ctx, id)
	if err != nil || c.State == store.CaseDeleted || c.Author == user {
		return c, err == nil && c.State != store.CaseDeleted, ignoreAbsent(err)
	}
	if c.Private {
		return c, false, nil
	}
	if c.Team == "" {
		return c, true, nil
	}
	t, err := a.team(ctx, c.Team)
	if err != nil {
		return c, false, err
	}
	ok, err = a.inTeam(ctx, t, user)
	return c, ok, err
}

// priority weighs urgency, reach and the customer's value: 0 to 9.
func priority(r store.HelpRequest, severity string) int {
	p := map[store.Urgency]int{store.UrgencyLow: 0, store.UrgencyNormal: 2, store.UrgencyHigh: 4}[r.Urgency]
	if r.Many {
		p += 2
	}
	if r.Valued {
		p++
	}
	switch severity {
	case "critical":
		p += 2
	case "high":
		p++
	}
	return p
}

// helpKey is the key of the post that is a request's own message.
func helpKey(id string) string { return "help:" + id }

// announce posts the request's own message and notes that.
func (a *App) announce(ctx context.Context, r store.HelpRequest, home string) (store.HelpRequest, error) {
	readers, err := a.audience(ctx, home)
	if err != nil {
		return r, err
	}
	if readers.shared || readers.guests {
		return r, permanentError{errors.New("customers or strangers can read the help channel")}
	}
	return a.showHelp(ctx, r, post{key: helpKey(r.ID), channel: home}, "", blocks.ForTeam, "")
}

// unposted tells the leads what the help channel could not be told; the record stays.
func (a *App) unposted(ctx context.Context, t store.Team, r store.HelpRequest, home string, cause error, reply func(blocks.Message) error) error {
	var permanent permanentError
	if !errors.As(cause, &permanent) {
		return cause
	}
	a.log.Warn("a help request could not be posted", "channel", home, "cause", cause)
	lang := a.readerLang(ctx, r.Asker, r.Question)
	if err := a.planHelp(ctx, t, r, home); err != nil {
		return err
	}
	leads, err := a.callLeads(ctx, t, r, "unposted", nil)
	if err != nil {
		return err
	}
	note := blocks.HelpUnposted
	if len(leads) == 0 {
		note = blocks.HelpUnpostedLost
	}
	return reply(blocks.Note(lang, note, blocks.PostedButtons(lang, r.ID), "<#"+home+">"))
}
