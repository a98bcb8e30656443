package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/digest"
	"coachbot/store"
)

// postDigest is the kind of posts that are digests. The key of such a post names the
// period, and its metadata carries the key: that is how it is found again after a crash.
const postDigest = "digest"

// lateAfter is how long after its hour a digest says that it is late.
const lateAfter = 15 * time.Minute

// digestsAtOnce bounds what digests read at the same time: a month of a busy
// workspace, for each of its teams, would take more than there is.
const digestsAtOnce = 2

// telling is a digest to come, as jobs carry it.
type telling struct {
	Workspace string           `json:"workspace"`
	Team      string           `json:"team"`
	Kind      store.DigestKind `json:"kind"`
	Date      string           `json:"date"`
	At        time.Time        `json:"at"`
}

func digestKinds() []store.DigestKind {
	return []store.DigestKind{store.DigestDay, store.DigestWeek, store.DigestMonth}
}

func digestKey(t store.Team, kind store.DigestKind, date string) string {
	return "digest:" + string(kind) + ":" + t.Workspace + "." + t.ID + "." + date
}

// planDigests puts the next digests of every team into the queue, and those whose
// hour has passed today and that nobody was told yet.
func (a *App) planDigests(ctx context.Context) error {
	teams, err := a.teams(ctx)
	if err != nil {
		return err
	}
	var all error
	for _, t := range teams {
		all = errors.Join(all, a.planDigest(ctx, t))
	}
	return all
}

func (a *App) planDigest(ctx context.Context, t store.Team) error {
	if t.Digest == "" {
		return nil
	}
	now := a.now()
	var jobs []store.Job
	for _, kind := range digestKinds() {
		if s, ok := digest.Due(t, kind, now); ok {
			today := digest.Day(t, now)
			switch d, err := a.store.Digest(ctx, t.Workspace, t.ID, kind, s.Date); {
			case err != nil && !errors.Is(err, store.ErrNotFound):
				return err
			case s.Date == today && d.PostedAt.IsZero():
				jobs = append(jobs, a.digestJob(t, s, ""))
			case d.Post != "" && d.PostedAt.IsZero(): // a week's or a month's that Slack did not take: tried again each day
				jobs = append(jobs, a.digestJob(t, s, today))
			}
		}
		if s, ok := digest.Next(t, kind, now); ok {
			jobs = append(jobs, a.digestJob(t, s, ""))
		}
	}
	return a.enqueue(ctx, jobs...)
}

// digestJob is a try to tell a digest: one for each hour and channel, and day on which it is tried again.
func (a *App) digestJob(t store.Team, s digest.Slot, again string) store.Job {
	key := digestKey(t, s.Kind, s.Date) + "@" + s.At.UTC().Format("200601021504") + "+" + t.Digest + "+" + again
	job, err := newJob(kindDigest, t.Workspace+"/digest/"+t.ID, key, telling{t.Workspace, t.ID, s.Kind, s.Date, s.At})
	if err != nil { // a struct of texts and times always has a JSON form
		panic(err)
	}
	job.At, job.RunAt = a.now(), s.At
	return *job
}

// told posts the digest that a job planned, or the later one that has come due
// instead while the bot was down, and plans the next. The job is what says that the
// team was there at its hour: a team that is new is not told of times before.
func (a *App) told(ctx context.Context, w telling) error {
	select {
	case a.digests <- struct{}{}:
		defer func() { <-a.digests }()
	default:
		return laterError{a.now().Add(time.Second)}
	}
	t, err := a.team(ctx, w.Team)
	if err != nil {
		return err
	}
	if t.ID != w.Team || t.Digest == "" {
		return nil // the team is gone, or wants none
	}
	if err := a.tellDue(ctx, t, w); err != nil {
		return err
	}
	return a.planDigest(ctx, t)
}

func (a *App) tellDue(ctx context.Context, t store.Team, w telling) error {
	due, ok := digest.Due(t, w.Kind, a.now())
	if !ok {
		return nil
	}
	if ahead, err := a.toldAhead(ctx, t, due); err != nil || ahead {
		return err
	}
	last, err := a.lastTold(ctx, t, w.Kind, due.Date)
	if err != nil {
		return err
	}
	s, ok := digest.Tell(t, w.Kind, w.Date, last, a.now())
	if !ok {
		return nil
	}
	_, err = a.tellDigest(ctx, t, s)
	var permanent permanentError
	if errors.As(err, &permanent) { // the channel is gone: the leads hear of it, and the next one is tried all the same
		a.log.Error("a digest cannot be posted", "team", t.ID, "channel", t.Digest, "cause", err)
		err = a.unpostedDigest(ctx, t, s)
	}
	return err
}

// toldAhead reports whether a digest of a later date has told all of a slot: of a team
// whose zone was moved west, so that its date went back.
func (a *App) toldAhead(ctx context.Context, t store.Team, s digest.Slot) (bool, error) {
	list, err := a.store.LastDigests(ctx, t.Workspace, t.ID, s.Kind, digest.Day(t, s.At.Add(3*24*time.Hour)), 2)
	return slices.ContainsFunc(list, func(d store.DigestRecord) bool {
		return d.Date > s.Date && !d.PostedAt.IsZero() && !d.To.Before(s.To)
	}), err
}

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
	d.Late = a.now().Sub(s.At) > lateAfter
	if n := d.Digest.Numbers; d.Late && d.Digest.First && n.Cases+n.Opened+n.Due+n.Slips+n.Cards == 0 {
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

// lastTold is where the last digest of a kind before a date ends; zero when none was
// told. One that Slack took before a stop, unrecorded, is finished first.
func (a *App) lastTold(ctx context.Context, t store.Team, kind store.DigestKind, before string) (time.Time, error) {
	list, err := a.store.LastDigests(ctx, t.Workspace, t.ID, kind, before, untoldAtMost)
	if err != nil {
		return time.Time{}, err
	}
	for i, d := range list {
		told := !d.PostedAt.IsZero()
		if !told && i == 0 {
			if told, err = a.finishDigest(ctx, t, d); err != nil {
				return time.Time{}, err
			}
		}
		if told {
			return d.To, nil
		}
	}
	return time.Time{}, nil
}

// untoldAtMost is how many digests in a row are looked through for the last one told.
const untoldAtMost = 32

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

// digestRead signs a digest as read by whoever pressed, and says so to that person.
func (a *App) digestRead(ctx context.Context, p press) error {
	lang := a.readerLang(ctx, p.User, "")
	reply := func(m blocks.Message) error { return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, false) }
	kind, date, _ := strings.Cut(p.Value, blocks.ValueSeparator)
	at, err := a.store.PostAt(ctx, a.self.Workspace, p.Channel, p.Message)
	if err != nil || at.Kind != postDigest {
		return errors.Join(ignoreAbsent(err), reply(blocks.Say(lang, blocks.Gone)))
	}
	t, err := a.team(ctx, at.Team)
	if err != nil {
		return err
	}
	already := false
	d, err := a.store.UpdateDigest(ctx, t.Workspace, at.Team, store.DigestKind(kind), date, func(d *store.DigestRecord) error {
		if d.Post == "" {
			return errGone
		}
		already = slices.ContainsFunc(d.Read, func(r store.DigestReader) bool { return r.By == p.User })
		if !already {
			d.Read = append(d.Read, store.DigestReader{By: p.User, At: a.now()})
		}
		return nil
	})
	if errors.Is(err, errGone) || errors.Is(err, store.ErrInvalid) {
		return reply(blocks.Say(lang, blocks.Gone))
	}
	if err != nil {
		return err
	}
	if err := a.teamHomes(ctx, t.ID); err != nil {
		return err
	}
	lead, err := a.isLead(ctx, t, p.User)
	if err != nil {
		return err
	}
	unread, err := a.unread(ctx, t, d)
	if err != nil {
		return err
	}
	return reply(blocks.DigestSigned(lang, already, lead, unread))
}

var errGone = errors.New("no such digest")

// unread are the leads who have not signed a digest; nobody waits for those who left,
// and a quiet day's line has nothing to sign.
func (a *App) unread(ctx context.Context, t store.Team, d store.DigestRecord) (list []string, err error) {
	if d.Quiet {
		return nil, nil
	}
	leads, err := a.leadsPresent(ctx, t)
	for _, lead := range leads {
		if !slices.ContainsFunc(d.Read, func(r store.DigestReader) bool { return r.By == lead }) {
			list = append(list, lead)
		}
	}
	return list, err
}

// digestCommand shows the running period to one person.
func (a *App) digestCommand(ctx context.Context, c command, rest, lang string) (blocks.Message, error) {
	kind, ok := digestKindOf(rest)
	if !ok {
		return blocks.Say(lang, blocks.DigestUsage), nil
	}
	t, err := a.teamFor(ctx, c.Channel, c.User)
	if err != nil {
		return blocks.Message{}, err
	}
	in, err := a.inTeam(ctx, t, c.User)
	if err == nil && !in {
		in, err = a.isLead(ctx, t, c.User)
	}
	if err != nil {
		return blocks.Message{}, err
	}
	if !in {
		return blocks.Say(lang, blocks.NotInTeam), nil
	}
	d, err := a.digestOf(ctx, t, digest.Running(t, kind, a.now()))
	d.Asked = true
	if t.Lang != "" && t.Lang != "auto" {
		lang = a.inScript(ctx, c.User, d.Lang)
	}
	a.redrawnIn(&d, t, lang)
	return d.Message(), err
}

// digestKindOf reads the word after digest; without one it is the day.
func digestKindOf(word string) (store.DigestKind, bool) {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "", "day", "today", "日", "今天", "天":
		return store.DigestDay, true
	case "week", "周", "本周", "週", "周报":
		return store.DigestWeek, true
	case "month", "月", "本月", "月报":
		return store.DigestMonth, true
	}
	return "", false
}

// countSlips counts the forbidden phrases of one check by phrase and day for the
// team, never for the person. key names the check: it counts once.
func (a *App) countSlips(ctx context.Context, channel, user, key string, phrases []string) error {
	if len(phrases) == 0 {
		return nil
	}
	t, err := a.teamFor(ctx, channel, user)
	if err != nil {
		return err
	}
	if in, err := a.inTeam(ctx, t, user); err != nil || !in {
		return err
	}
	now, key := a.now(), hashOf(key) // a key says who checked; slips are nobody's
	_, err = a.store.UpdateSlips(ctx, a.self.Workspace, t.ID, digest.Day(t, now), func(s *store.Slips) error {
		if slices.Contains(s.Seen, key) {
			return nil
		}
		if s.Counts == nil {
			s.Counts = map[string]int{}
		}
		for _, p := range phrases {
			s.Counts[p]++
		}
		s.Seen = append(s.Seen, key)
		s.Seen = s.Seen[max(0, len(s.Seen)-store.MaxSeen):]
		s.At = now
		return nil
	})
	if err != nil {
		return err
	}
	return a.teamHomes(ctx, t.ID)
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

// DigestAbout is the digest about a date, for the command line.
func (a *App) DigestAbout(ctx context.Context, team string, kind store.DigestKind, about string) (blocks.Digest, error) {
	t, s, err := a.slotOf(ctx, team, kind, about)
	if err != nil {
		return blocks.Digest{}, err
	}
	if s.From.After(a.now()) {
		return blocks.Digest{}, fmt.Errorf("%s has not come yet; a digest looks back", about)
	}
	return a.digestOf(ctx, t, s)
}

// slotOf finds a team by id or name and the period about a date; "" is yesterday, or
// the week or month before.
func (a *App) slotOf(ctx context.Context, team string, kind store.DigestKind, about string) (store.Team, digest.Slot, error) {
	teams, err := a.teams(ctx)
	if err != nil {
		return store.Team{}, digest.Slot{}, err
	}
	i := 0
	if team != "" {
		i = slices.IndexFunc(teams, func(t store.Team) bool { return t.ID == team || t.Name == team })
	}
	if i < 0 {
		return store.Team{}, digest.Slot{}, fmt.Errorf("there is no team %q; `coachbot teams` lists them", team)
	}
	t := teams[i]
	if about == "" {
		about = digest.Yesterday(t, a.now())
		if kind != store.DigestDay {
			about = digest.Yesterday(t, digest.Running(t, kind, a.now()).From.Add(12*time.Hour))
		}
	}
	s, err := digest.Of(t, kind, about)
	return t, s, err
}

// checkedFor counts what a check of a draft found.
func (a *App) checkedFor(ctx context.Context, channel, user, key, draft string) error {
	var phrases []string
	for _, f := range a.guard.Check(draft) {
		phrases = append(phrases, f.Phrase)
	}
	return a.countSlips(ctx, channel, user, key, phrases)
}
