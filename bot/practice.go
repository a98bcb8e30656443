package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/practice"
	"coachbot/store"
)

// Own cases that drills are made of: the last days', and not all of a busy team's.
const (
	drillDays  = 7
	drillCases = 300
)

// practiceCommand shows a person the drill that suits them best now.
func (a *App) practiceCommand(ctx context.Context, c command, lang string) (blocks.Message, error) {
	return a.nextDrill(ctx, c.Channel, c.User, lang, c.Trigger)
}

func (a *App) nextDrill(ctx context.Context, channel, user, lang, showing string) (blocks.Message, error) {
	who, err := a.store.Person(ctx, a.self.Workspace, user)
	if err != nil {
		return blocks.Message{}, err
	}
	drills, err := a.drills(ctx, channel, who, lang)
	if err != nil {
		return blocks.Message{}, err
	}
	d, ok := practice.Next(drills, who.Drills, user, a.now())
	if !ok {
		return blocks.NoPractice(lang), nil
	}
	return blocks.Practice(d, showing), nil
}

// drills are those of a language, with those from the own cases of a person's team:
// the last days', and older ones that the person met in a drill before.
func (a *App) drills(ctx context.Context, channel string, who store.Person, lang string) ([]practice.Drill, error) {
	t, err := a.teamFor(ctx, channel, who.ID)
	if err != nil {
		return nil, err
	}
	if in, err := a.inTeam(ctx, t, who.ID); err != nil || !in {
		return a.drillsIn(lang, nil), err
	}
	var cases []store.Case
	take := func(c store.Case) {
		if c.Workspace == t.Workspace && c.Team == t.ID && c.State == store.CaseCalmed && !c.Private {
			c.Text = plainWords(c.Text)
			cases = append(cases, c)
		}
	}
	errEnough := errors.New("enough")
	err = a.store.CasesOpened(ctx, "", a.now().Add(-drillDays*24*time.Hour), a.now(), func(c store.Case) error {
		if take(c); len(cases) == drillCases {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	for _, m := range who.Drills {
		if m.Case == "" || slices.ContainsFunc(cases, func(c store.Case) bool { return c.ID == m.Case }) {
			continue
		}
		c, err := a.store.Case(ctx, m.Case)
		if ignoreAbsent(err) != nil {
			return nil, err
		}
		if err == nil {
			take(c)
		}
	}
	return a.drillsIn(lang, cases), nil
}

// drillOfDay is the morning's drill of a team. It is from playbooks alone, so that
// whoever answers it later finds it.
func (a *App) drillOfDay(t store.Team, lang, date string, met map[string]int) (practice.Drill, bool) {
	return practice.OfDay(a.drillsIn(lang, nil), met, t.ID, date)
}

// drillsIn are the drills of a reader's language, from playbooks and cases.
func (a *App) drillsIn(lang string, cases []store.Case) []practice.Drill {
	list := practice.From(a.library, a.guard, a.bookLang(lang), cases)
	for i := range list {
		list[i].Lang = lang
	}
	return list
}

// practiceAnswered takes an answer to a drill and tells its giver alone.
func (a *App) practiceAnswered(ctx context.Context, p press) error {
	parts := strings.Split(p.Value, blocks.ValueSeparator)
	replace := len(parts) > 3 && parts[3] != "" // a drill of one's own is replaced by what came of it; a team's stays
	reply := func(m blocks.Message) error { return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, replace) }
	if len(parts) < 3 || parts[2] != "0" && parts[2] != "1" {
		return reply(blocks.Say(a.readerLang(ctx, p.User, ""), blocks.Gone))
	}
	lang := a.inScript(ctx, p.User, parts[0])
	who, err := a.store.Person(ctx, a.self.Workspace, p.User)
	if err != nil {
		return err
	}
	drills, err := a.drills(ctx, p.Channel, who, lang)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(drills, func(d practice.Drill) bool { return d.ID == parts[1] })
	if i < 0 {
		return reply(blocks.Say(lang, blocks.Gone))
	}
	d, now := drills[i], a.now()
	right := d.Right(int(parts[2][0] - '0'))
	who, err = a.store.UpdatePerson(ctx, a.self.Workspace, p.User, func(who *store.Person) error {
		who.Drills, who.UpdatedAt = practice.Answered(who.Drills, d, p.At, right, now), now
		return nil
	})
	if err != nil {
		return err
	}
	rest := time.Duration(0)
	for _, m := range who.Drills {
		if m.ID == d.ID {
			rest = m.DueAt.Sub(now)
		}
	}
	return reply(blocks.PracticeAnswered(d, right, rest))
}

// practiceNext shows another drill in the place of the last.
func (a *App) practiceNext(ctx context.Context, p press) error {
	m, err := a.nextDrill(ctx, p.Channel, p.User, p.Value, p.At)
	if err != nil {
		return err
	}
	return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, true)
}
