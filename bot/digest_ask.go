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

// digestRead signs a digest as read by whoever pressed, and says so to that person.
func (a *App) digestRead(ctx context.Context, p press) error {
	lang := a.readerLang(ctx, p.User, "")
	reply := func(m blocks.Message) error { return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, false) }
	kind, date, _ := strings.Cut(p.Value, blocks.ValueSeparator)
	at, err := a.store.PostAt(ctx, a.self.Workspace, p.Channel, p.Message)
	if errors.Is(err, store.ErrNotFound) {
		teams, err := a.teams(ctx)
		if err != nil {
			return err
		}
		var keys []string
		for _, t := range teams {
			keys = append(keys, digestKey(t, store.DigestKind(kind), date))
		}
		if err := a.underWay(ctx, keys); err != nil {
			return err
		}
	}
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
	if err != nil {
		return blocks.Message{}, err
	}
	d.Asked = true
	if t.Lang != "" && t.Lang != "auto" {
		lang = a.inScript(ctx, c.User, d.Lang)
	}
	a.redrawnIn(&d, t, lang)
	return d.Message(), nil
}

// digestKindOf reads the word after digest; without one it is the day.
func digestKindOf(word string) (store.DigestKind, bool) {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "", "day", "today", "日", "今天", "天":
		return store.DigestDay, true
	case "week", "周", "本周", "周报", "週", "本週", "週報":
		return store.DigestWeek, true
	case "month", "月", "本月", "月报", "月報":
		return store.DigestMonth, true
	}
	return "", false
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
