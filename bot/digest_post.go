package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/digest"
	"coachbot/store"
)

// postDigest is the kind of posts that are digests. The key of such a post names the
// period, and its metadata carries the key: that is how it is found again after a crash.
const postDigest = "digest"

// tellDigest posts a team's digest of a slot with its thread, once, and remembers it.
func (a *App) tellDigest(ctx context.Context, t store.Team, s digest.Slot) (posted bool, err error) {
	kept, err := a.store.Digest(ctx, t.Workspace, t.ID, s.Kind, s.Date)
	switch {
	case err == nil && !kept.PostedAt.IsZero():
		return false, nil
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return false, err
	}
	d, err := a.digestOf(ctx, t, s)
	if err != nil {
		return false, err
	}
	past := a.now().Sub(s.At) > lateAfter
	d.Late = past && a.now().Sub(t.SetAt) > lateAfter // a team that has just moved its hour behind now knows why
	if n := d.Digest.Numbers; past && d.Digest.First && n.Cases+n.Opened+n.Due+n.Slips+n.Cards == 0 {
		return false, nil // the team is new: there was no such day
	}
	if drill, ok := a.drillOfDay(t, d.Lang, s.Date, d.Digest.Numbers.Scenarios); ok {
		d.Drill = &drill
	}
	d = a.headlined(ctx, d)
	key := digestKey(t, s.Kind, s.Date)
	_, err = a.store.UpdateDigest(ctx, t.Workspace, t.ID, s.Kind, s.Date, func(r *store.DigestRecord) error {
		r.From, r.To, r.Numbers, r.Headline, r.Found, r.Post, r.Late, r.Quiet = s.From, s.To, d.Digest.Numbers, d.Headlines(), d.Digest.Headline, key, d.Late, d.Digest.Quiet
		if d.Drill != nil {
			r.Drill = d.Drill.ID
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	if err := a.postDigest(ctx, t, d, key); err != nil {
		return false, err
	}
	_, err = a.store.UpdateDigest(ctx, t.Workspace, t.ID, s.Kind, s.Date, func(r *store.DigestRecord) error {
		r.PostedAt = a.now()
		return nil
	})
	if err == nil {
		err = a.teamHomes(ctx, t.ID)
	}
	return err == nil, err
}

// unpostedDigest tells the leads that their digest has no channel to stand in; the
// admins, where all leads have left.
func (a *App) unpostedDigest(ctx context.Context, t store.Team, s digest.Slot) error {
	leads, err := a.leadsPresent(ctx, t)
	if err != nil {
		return err
	}
	for _, lead := range orList(leads, a.o.Admins) {
		m := blocks.Say(a.readerLang(ctx, lead, ""), blocks.DigestUnposted, "<#"+t.Digest+">")
		_, err := a.tell(ctx, lead, post{key: digestKey(t, s.Kind, s.Date) + ":unposted:" + lead, kind: "note", message: m})
		var permanent permanentError
		if err != nil && !errors.As(err, &permanent) {
			return err
		}
	}
	return nil
}

// finishDigest finishes a digest that was begun, if Slack has it: its thread and its record are missing.
func (a *App) finishDigest(ctx context.Context, t store.Team, d store.DigestRecord) (told bool, err error) {
	keys := []string{d.Post}
	for _, lead := range a.leadsOfTeam(t) {
		keys = append(keys, d.Post+":"+lead)
	}
	for _, key := range keys {
		p, err := a.store.Post(ctx, key)
		if errors.Is(err, store.ErrNotFound) || err == nil && !p.RemovedAt.IsZero() {
			continue
		}
		if err == nil && !p.Sent() {
			p.TS, err = a.find(ctx, p)
		}
		if err != nil {
			return false, err
		}
		if p.TS == "" {
			continue
		}
		s, err := digest.On(t, d.Kind, d.Date)
		if err != nil {
			return false, err
		}
		_, err = a.tellDigest(ctx, t, digest.Since(t, s, d.From))
		return err == nil, err
	}
	return false, nil
}

// postDigest posts to the team's channel. Where customers or strangers can read it,
// the leads are told in private instead.
func (a *App) postDigest(ctx context.Context, t store.Team, d blocks.Digest, key string) error {
	readers, err := a.audience(ctx, t.Digest)
	if err != nil {
		return err
	}
	if !readers.shared && !readers.guests {
		return a.postDigestTo(ctx, d, post{key: key, kind: postDigest, team: t.ID, channel: t.Digest})
	}
	a.log.Warn("a digest goes to the leads alone: people from outside the team can read its channel", "team", t.ID, "channel", t.Digest)
	leads, err := a.leadsPresent(ctx, t)
	if err != nil {
		return err
	}
	if len(leads) == 0 {
		return permanentError{errors.New("people from outside can read the channel, and the team has no lead to tell instead")}
	}
	for _, lead := range leads {
		channel, err := a.direct(ctx, lead)
		if err != nil {
			return err
		}
		if err := a.postDigestTo(ctx, d, post{key: key + ":" + lead, kind: postDigest, team: t.ID, channel: channel}); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) postDigestTo(ctx context.Context, d blocks.Digest, p post) error {
	p.message = d.Message()
	sent, err := a.say(ctx, p)
	if err != nil || !d.Detailed() {
		return err
	}
	_, err = a.say(ctx, post{key: p.key + ":thread", kind: postDigest + "-thread", team: p.team, channel: p.channel, thread: sent.TS, message: d.Thread()})
	return err
}

// PostDigest posts the digest about a date to a team's channel, once; posted is false
// when it was posted before. It is for the command line.
func (a *App) PostDigest(ctx context.Context, team string, kind store.DigestKind, about string) (posted bool, err error) {
	t, s, err := a.slotOf(ctx, team, kind, about)
	if err != nil {
		return false, err
	}
	switch {
	case t.Digest == "":
		return false, fmt.Errorf("team %s has no digest channel; set COACH_DIGEST_CHANNEL or choose one with /coach setup", t.ID)
	case s.To.After(a.now()):
		return false, fmt.Errorf("the %s is not over yet; its digest can be posted from %s on", kind, s.Date)
	}
	// What is posted by hand in the morning is what the bot would post: on Monday with the weekend.
	if s, err = digest.On(t, kind, s.Date); err != nil {
		return false, err
	}
	last, err := a.lastTold(ctx, t, kind, s.Date)
	if err != nil {
		return false, err
	}
	if !last.IsZero() {
		s = digest.Since(t, s, last)
	}
	s.At = a.now() // asked for now: not late
	for try := 1; ; try++ {
		posted, err = a.tellDigest(ctx, t, s)
		var later laterError
		var permanent permanentError
		if err == nil || errors.As(err, &permanent) || errors.Is(err, ErrRevoked) || ctx.Err() != nil || try == handTries {
			return posted, refusal(err, t.Digest)
		}
		wait := time.Duration(try) * time.Second
		if errors.As(err, &later) { // Slack asks to wait
			wait = max(0, later.at.Sub(a.now()))
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return false, ctx.Err()
		case <-timer.C:
		}
	}
}

// handTries is how often Slack is asked to take what is posted from the command line.
const handTries = 5

// refusal says what to do about what Slack refused to take into a channel.
func refusal(err error, channel string) error {
	switch {
	case refusedWith(err, "not_in_channel", "channel_not_found"):
		return fmt.Errorf("the bot is not in the digest channel %s; invite it there with /invite", channel)
	case refusedWith(err, "is_archived"):
		return fmt.Errorf("the digest channel %s is archived; choose another with /coach setup", channel)
	}
	return err
}
