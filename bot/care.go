package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// After a severe case the agent gets a minute, privately and once. Nobody else can
// see that it happened: the queue forgets the job when it is done, the post is kept
// under a digest that names neither case nor kind, and nothing is counted. Whoever tells
// the bot how hard it was gets the same at once.

// caseSilent is how long a case must be silent before it counts as over.
const caseSilent = 30 * time.Minute

// careLate is how long after a case a minute still comes at the right time, and
// careOnce how long one is enough, however many cases there were.
const (
	careLate = 2 * time.Hour
	careOnce = time.Hour
)

// abusePlaybook is the scenario of a customer who abuses the agent.
const abusePlaybook = "abusive-language"

// care is a minute owed to the author of a case.
type care struct {
	Case string `json:"case"`
}

// severe reports whether a case is hard on the agent: critical, or high with abuse.
func severe(c store.Case) bool {
	abused := c.Playbook == abusePlaybook || slices.Contains(c.Candidates[:min(2, len(c.Candidates))], abusePlaybook)
	return c.Severity == "critical" || c.Severity == "high" && abused
}

func careKey(c store.Case) string { return careDigest(c.ID, c.Author) }

// careLane keeps what a person gets in order, so that two cases do not bring two at once.
func careLane(c store.Case) string { return careDigest(c.Workspace, c.Author) }

func careDigest(what, who string) string {
	sum := sha256.Sum256([]byte("care\n" + what + "\n" + who))
	return "note:" + hex.EncodeToString(sum[:16])
}

// planCare looks at a severe case again when it may have been silent for long enough.
func (a *App) planCare(ctx context.Context, c store.Case) error {
	if !severe(c) || c.Author == "" {
		return nil
	}
	return a.enqueueCare(ctx, c, c.UpdatedAt.Add(caseSilent))
}

// careNow gives the minute when a severe case is closed.
func (a *App) careNow(ctx context.Context, c store.Case) error {
	if !severe(c) || c.Author == "" {
		return nil
	}
	return a.enqueueCare(ctx, c, a.now())
}

func (a *App) enqueueCare(ctx context.Context, c store.Case, at time.Time) error {
	return a.later(ctx, kindCare, careLane(c), careKey(c)+"."+strconv.FormatInt(at.Unix(), 36), at, care{Case: c.ID})
}

// cared gives the agent the minute, if the case is over or silent; else it looks again later.
func (a *App) cared(ctx context.Context, w care) error {
	c, err := a.store.Case(ctx, w.Case)
	if err != nil || c.State == store.CaseDismissed || c.State == store.CaseDeleted {
		return ignoreAbsent(err)
	}
	if quiet := c.UpdatedAt.Add(caseSilent); c.State == store.CaseOpen && a.now().Before(quiet) {
		return a.enqueueCare(ctx, c, quiet)
	}
	if a.now().Sub(c.UpdatedAt) > careLate {
		return nil
	}
	if had, err := a.hadMinute(ctx, c); had || err != nil {
		return err
	}
	if who, err := a.whoIs(ctx, c.Author); err != nil || who.gone || who.guest || who.bot {
		return err
	}
	peer, err := a.peerOf(ctx, c)
	if err != nil {
		return err
	}
	_, err = a.tell(ctx, c.Author, post{key: careKey(c), kind: "note", message: blocks.Recovery(a.inScript(ctx, c.Author, c.Lang), peer)})
	return err
}

// minute answers words of the agent's own, for that person alone: no case is made of them.
func (a *App) minute(ctx context.Context, s said) error {
	p := post{key: noteOf(s), kind: "note", channel: s.Channel, thread: s.Thread, message: blocks.RecoveryAsked(a.readerLang(ctx, s.User, s.Text))}
	if s.IM {
		_, err := a.say(ctx, p)
		return err
	}
	_, err := a.tell(ctx, s.User, p)
	return err
}

// hadMinute reports whether the author of a case was given a minute for another one just
// now. In whatever channel that was, so that all cases of the last day are looked through.
func (a *App) hadMinute(ctx context.Context, c store.Case) (had bool, err error) {
	err = a.store.CasesOpened(ctx, "", a.now().Add(-24*time.Hour), a.now().Add(time.Minute), func(o store.Case) error {
		if had || o.Author != c.Author || o.Workspace != c.Workspace || o.ID == c.ID {
			return nil
		}
		p, err := a.store.Post(ctx, careKey(o))
		had = err == nil && p.Sent() && a.now().Sub(p.SentAt) < careOnce
		return ignoreAbsent(err)
	})
	return had, err
}

// peerFor is how far back a colleague may have had a case to be named as a peer.
const peerFor = 14 * 24 * time.Hour

// peerOf is a colleague who knows such days: the last other one with a case in the
// same channel, for a private case in a channel of the team; "" when there is none.
func (a *App) peerOf(ctx context.Context, c store.Case) (string, error) {
	channels := []string{c.Channel}
	if c.Private {
		t, err := a.teamFor(ctx, c.Channel, c.Author)
		if err != nil {
			return "", err
		}
		channels = t.Escalation
	}
	var seen []string
	for _, channel := range channels {
		err := a.store.CasesOpened(ctx, channel, a.now().Add(-peerFor), a.now().Add(time.Minute), func(o store.Case) error {
			if o.Author != "" && o.Author != c.Author && !o.Private {
				seen = append(seen, o.Author)
			}
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	slices.Reverse(seen)
	asked := map[string]bool{}
	for _, peer := range seen {
		if asked[peer] {
			continue
		}
		asked[peer] = true
		who, err := a.whoIs(ctx, peer)
		if err != nil {
			return "", err
		}
		if !who.gone && !who.guest && !who.bot {
			return peer, nil
		}
	}
	return "", nil
}
