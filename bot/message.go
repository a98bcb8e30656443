package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/bot/mask"
	"coachbot/store"
)

// mode is how a channel is watched: what was set in Slack, else the environment.
func (a *App) mode(ctx context.Context, workspace, channel string) store.WatchMode {
	c, err := a.store.Channel(ctx, workspace, channel)
	if err != nil {
		a.log.Error("the settings of a channel cannot be read", "channel", channel, "cause", err)
	}
	if c.Mode == store.WatchUnset && a.escalates(ctx, channel) {
		return store.WatchThread
	}
	return c.Mode
}

// escalates reports whether a channel is an escalation channel of a team.
func (a *App) escalates(ctx context.Context, channel string) bool {
	list, err := a.teams(ctx)
	if err != nil {
		a.log.Error("the teams cannot be read", "cause", err)
		return slices.Contains(a.o.Channels, channel) // a message taken in too much is looked at again; one left out is lost
	}
	return slices.ContainsFunc(list, func(t store.Team) bool { return slices.Contains(t.Escalation, channel) })
}

// heard reads a message: a follow-up of a case, something said to the bot, or a candidate for a case.
func (a *App) heard(ctx context.Context, job store.Job, s said) error {
	a.advance(ctx, s)
	if s.BotID != "" && !s.IM {
		ok, err := a.colleague(ctx, s)
		if err != nil || !ok {
			return errors.Join(err, a.decide(ctx, s, decision{reason: blocks.ReasonApp}))
		}
	} else if s.BotID != "" || s.User == "" {
		return nil
	}
	if r, ok, err := a.inPlay(ctx, s); ok || err != nil {
		if err != nil {
			return err
		}
		return a.played(ctx, r, s)
	}
	if s.IM {
		return a.addressed(ctx, s)
	}
	if id, ok := a.helpThread(ctx, s); ok && !a.mentioned(s.Text) {
		return a.helpHeard(ctx, id, timeOf(s.TS))
	}
	if a.mentioned(s.Text) {
		return a.addressed(ctx, s)
	}
	if s.Thread != "" {
		c, err := a.store.CaseOfThread(ctx, s.Workspace, s.Channel, s.Thread)
		if err == nil && c.TS != s.TS {
			return a.followedUp(ctx, job, c, s)
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	mode := a.mode(ctx, s.Workspace, s.Channel)
	if mode == store.WatchOff || mode == store.WatchUnset {
		return nil
	}
	return a.watched(ctx, s, mode)
}

// sign is what stands in a message's text and is no word: an emoji's name, a mention, a link.
var sign = regexp.MustCompile(`:[a-z0-9_+'-]+:|<[^<>]*>`)

// hasWords reports whether there is anything to read in a text. Emoji alone say
// how somebody feels, not what happened.
func hasWords(text string) bool {
	return strings.ContainsFunc(sign.ReplaceAllString(text, ""), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// colleague reports whether an app was chosen as one for the channel.
func (a *App) colleague(ctx context.Context, s said) (bool, error) {
	c, err := a.store.Channel(ctx, s.Workspace, s.Channel)
	return slices.Contains(c.Apps, s.BotID), err
}

// watched decides about a message in an escalation channel.
func (a *App) watched(ctx context.Context, s said, mode store.WatchMode) error {
	if kept, err := a.store.Case(ctx, store.CaseID(s.Workspace, s.Channel, s.TS)); err == nil && kept.State != store.CaseOpen {
		return a.decide(ctx, s, decision{reason: blocks.ReasonDeleted})
	}
	if !hasWords(s.Text) {
		if !s.Files {
			return a.decide(ctx, s, decision{reason: blocks.ReasonNoWords})
		}
		return a.wordless(ctx, s, mode)
	}
	advice := a.advice(ctx, s, false)
	d := decision{advice: &advice}
	if !advice.Escalation {
		d.reason = blocks.ReasonSmallTalk
		if advice.Confidence > 0.3 {
			d.reason = blocks.ReasonUnsure
		}
		return a.decide(ctx, s, d)
	}
	return a.advise(ctx, s, advice, mode)
}

// advise opens the case and posts its card where the channel's mode and readers allow.
func (a *App) advise(ctx context.Context, s said, advice coach.Advice, mode store.WatchMode) error {
	c, err := a.openCase(ctx, s, advice, false)
	if err != nil {
		return err
	}
	if c.State != store.CaseOpen {
		return a.decide(ctx, s, decision{reason: blocks.ReasonDismissed, caseID: c.ID})
	}
	d := decision{advice: &advice, caseID: c.ID}
	if a.now().Sub(timeOf(s.TS)) > a.o.Late {
		d.reason = blocks.ReasonTooOld
		return a.decide(ctx, s, d)
	}
	level, err := a.hintsFor(ctx, s.User, c.Playbook, c.Severity)
	if err != nil {
		return err
	}
	if level == hintsOff {
		d.reason = blocks.ReasonHintsOff
		return errors.Join(a.watchOver(ctx, c), a.decide(ctx, s, d))
	}
	place, err := a.place(ctx, s, mode)
	if err != nil {
		return a.unsaid(ctx, s, d, err)
	}
	d.reason = place.reason
	if place.where != nowhere {
		if err := a.showCard(ctx, c, advice, s, place); err != nil {
			return a.unsaid(ctx, s, d, err)
		}
		d.spoke = true
	}
	return errors.Join(a.watchOver(ctx, c), a.decide(ctx, s, d), a.teamHomes(ctx, c.Team, c.Author))
}

// unsaid records why a card could not be shown, when trying again is no use.
func (a *App) unsaid(ctx context.Context, s said, d decision, err error) error {
	var permanent permanentError
	if !errors.As(err, &permanent) {
		return err
	}
	d.reason = blocks.ReasonRefused
	return errors.Join(err, a.decide(ctx, s, d))
}

// openCase records the case; of one that is known, only what is new.
func (a *App) openCase(ctx context.Context, s said, advice coach.Advice, private bool) (store.Case, error) {
	id := store.CaseID(s.Workspace, s.Channel, s.TS)
	team, err := a.caseTeam(ctx, s, private)
	if err != nil {
		return store.Case{}, err
	}
	blank := store.Case{Author: s.User, Playbook: advice.Position.Playbook, Severity: advice.Severity}
	if err := a.lengthOf(ctx, &blank); err != nil {
		return store.Case{}, err
	}
	return a.store.UpdateCase(ctx, id, func(c *store.Case) error {
		if c.State != "" {
			return nil
		}
		*c = store.Case{ID: id, Workspace: s.Workspace, Team: team, Channel: s.Channel, TS: s.TS, Thread: s.root(), Author: s.User,
			State: store.CaseOpen, OpenedAt: timeOf(s.TS), Private: private, Short: blank.Short, Expanded: blank.Expanded}
		read(c, s.Text, advice)
		c.UpdatedAt = a.now()
		return nil
	})
}

// caseTeam is the id of the team that a case belongs to: the channel's; of one
// told in private, that of a person who is in it.
func (a *App) caseTeam(ctx context.Context, s said, private bool) (string, error) {
	if !private {
		t, _, err := a.teamOf(ctx, s.Channel)
		return t.ID, err
	}
	t, err := a.teamFor(ctx, s.Channel, s.User)
	if err != nil {
		return "", err
	}
	in, err := a.inTeam(ctx, t, s.User)
	if err != nil || !in {
		return "", err
	}
	return t.ID, nil
}

// read puts a reading into a case. Words that begin like a promise were let in with a
// surname; in a case it does not stay.
func read(c *store.Case, text string, advice coach.Advice) {
	text = mask.All(text)
	c.Text, c.TextHash = text, hashOf(text)
	c.Lang, c.Severity, c.Emotions = advice.Lang, advice.Severity, advice.Emotions
	c.Kind, c.Personality, c.Root, c.Sure = advice.CustomerType, advice.Personality, advice.Root, advice.Sure
	c.Playbook, c.Step, c.Variation = advice.Position.Playbook, advice.Position.Step, advice.Position.Variation
	c.Candidates = c.Candidates[:0]
	for _, p := range advice.Playbooks {
		c.Candidates = append(c.Candidates, p.ID)
	}
}

// reading gives back what read put in.
func reading(c store.Case) coach.Advice {
	advice := coach.Advice{ID: c.TS, Lang: c.Lang, Escalation: true, Severity: c.Severity, Emotions: c.Emotions,
		CustomerType: c.Kind, Personality: c.Personality, Root: c.Root, Sure: c.Sure}
	for i, id := range c.Candidates {
		advice.Playbooks = append(advice.Playbooks, coach.Ranked{ID: id, Score: 1 / float64(i+1)})
	}
	return advice
}

func position(c store.Case) coach.Position {
	return coach.Position{Playbook: c.Playbook, Step: c.Step, Variation: c.Variation}
}

// edited reads a message again whose text may have changed.
func (a *App) edited(ctx context.Context, job store.Job, s said) error {
	c, err := a.store.Case(ctx, store.CaseID(s.Workspace, s.Channel, s.TS))
	if errors.Is(err, store.ErrNotFound) {
		return a.editedNoCase(ctx, job, s)
	}
	if err != nil || c.State == store.CaseDeleted || c.State == store.CaseDismissed {
		return err
	}
	if c.TextHash == hashOf(mask.All(s.Text)) {
		if job.Attempt == 1 {
			return nil // a ticket system's touch, an unfurled link: nothing to read
		}
		return a.shown(ctx, c) // tried again: the edit was taken in, and may not show yet
	}
	advice := a.advice(ctx, s, c.Private || a.mentioned(s.Text))
	if !advice.Escalation && !c.Private && !a.mentioned(s.Text) {
		return errors.Join(a.withdraw(ctx, c), a.decide(ctx, s, decision{reason: blocks.ReasonSmallTalk, advice: &advice}))
	}
	c, err = a.store.UpdateCase(ctx, c.ID, func(c *store.Case) error {
		burned := c.Severity == "critical"
		read(c, s.Text, advice)
		if c.Severity == "critical" && !burned && goesOn(*c) {
			alarm(c)
		}
		c.UpdatedAt = a.now()
		return nil
	})
	if err != nil {
		return err
	}
	return a.shown(ctx, c)
}

// shown brings what people see of an edited case up to date.
func (a *App) shown(ctx context.Context, c store.Case) error {
	return errors.Join(a.refresh(ctx, c.ID), a.fitLater(ctx, c, "", ""), a.watchOver(ctx, c), a.teamHomes(ctx, c.Team, c.Author))
}

// withdraw takes a case back: card and record.
func (a *App) withdraw(ctx context.Context, c store.Case) error {
	if c.Card != "" {
		err := a.remove(ctx, c.Card)
		var permanent permanentError
		if errors.As(err, &permanent) { // its channel is gone: the record goes all the same
			a.log.Warn("a card cannot be taken away", "case", c.ID, "cause", err)
		} else if err != nil {
			return err
		}
	}
	if c.Severity == "critical" && !c.Private {
		c.State = store.CaseDeleted
		if err := a.refreshDuty(ctx, c); err != nil {
			return err
		}
	}
	err := a.store.DeleteCase(ctx, c.ID)
	a.lessons.forget(c) // last: see taught
	return errors.Join(err, a.teamHomes(ctx, c.Team, c.Author))
}

// deleted removes the suggestion to a message that is gone, and its record. What
// remains is a mark without text, so that a late delivery of it is not answered.
func (a *App) deleted(ctx context.Context, job store.Job, s said) error {
	if err := a.unfollowed(ctx, job, s); err != nil {
		return err
	}
	id := store.CaseID(s.Workspace, s.Channel, s.TS)
	c, err := a.store.Case(ctx, id)
	if err == nil && c.State != store.CaseDeleted {
		if err := a.withdraw(ctx, c); err != nil {
			return err
		}
	} else if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	_, err = a.store.UpdateCase(ctx, id, func(c *store.Case) error {
		*c = store.Case{ID: id, Workspace: s.Workspace, Channel: s.Channel, TS: s.TS, Thread: s.TS,
			State: store.CaseDeleted, OpenedAt: timeOf(s.TS), UpdatedAt: a.now()}
		return nil
	})
	return err
}

// decision is what the bot did about a message, for /coach why.
type decision struct {
	reason blocks.Reason
	spoke  bool
	caseID string
	advice *coach.Advice
}

func (a *App) decide(ctx context.Context, s said, d decision) error {
	out := store.Decision{Workspace: s.Workspace, Channel: s.Channel, TS: s.TS, Author: s.User, At: a.now(),
		Spoke: d.spoke, Reason: string(d.reason), Case: d.caseID}
	if d.reason == blocks.ReasonApp {
		out.Author = s.BotID
	}
	if d.advice != nil {
		out.Severity, out.Score = d.advice.Severity, d.advice.Confidence
		if len(d.advice.Playbooks) > 0 {
			out.Playbook = d.advice.Playbooks[0].ID
		}
	}
	return a.store.PutDecision(ctx, out)
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(text), " ")))
	return hex.EncodeToString(sum[:12])
}

// timeOf reads a Slack timestamp: seconds since 1970 with a fraction that makes it unique.
func timeOf(ts string) time.Time {
	f, err := strconv.ParseFloat(ts, 64)
	if err != nil || f <= 0 || f > 1e11 {
		return time.Unix(1, 0)
	}
	sec, frac := math.Modf(f)
	return time.Unix(int64(sec), int64(frac*1e9)).UTC()
}

func ignoreAbsent(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
