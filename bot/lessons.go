package bot

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"coachbot/bot/coach"
	"coachbot/store"
)

// What people do with a card teaches the bot: which playbook they picked in its
// place, and that something was no case. A team learns from its own cases only.
const (
	evidencePicked = "picked"
	evidenceNoCase = "not-a-case"

	lessonsFor = 180 * 24 * time.Hour
	maxLessons = 1000 // of a team, the newest
)

// lessonBook keeps the lessons of each team. Its zero value is empty.
type lessonBook struct {
	mu   sync.Mutex
	list map[string][]taught // by team, the newest first
	made map[string]madeFor
}

type taught struct {
	caseID string
	coach.Lesson
}

// madeFor is what one engine made of a team's lessons.
type madeFor struct {
	engine *coach.Engine
	ready  *coach.Lessons
}

// teach takes what was said of a case; of one case the last word counts.
func (b *lessonBook) teach(c store.Case, e store.Evidence) {
	lesson := taught{c.ID, coach.Lesson{Text: c.Text, Playbook: e.Instead}}
	if c.Private || c.Text == "" || e.Kind != evidencePicked && e.Kind != evidenceNoCase {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.list == nil {
		b.list, b.made = make(map[string][]taught), make(map[string]madeFor)
	}
	others := slices.DeleteFunc(slices.Clone(b.list[c.Team]), func(t taught) bool { return t.caseID == c.ID })
	b.list[c.Team] = append([]taught{lesson}, others[:min(len(others), maxLessons-1)]...)
	delete(b.made, c.Team)
}

// forget drops what a case taught: its message is gone.
func (b *lessonBook) forget(c store.Case) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.list[c.Team]) == 0 {
		return
	}
	b.list[c.Team] = slices.DeleteFunc(slices.Clone(b.list[c.Team]), func(t taught) bool { return t.caseID == c.ID })
	delete(b.made, c.Team)
}

// taught takes what was said of a case. Whoever removes a case forgets what it taught
// after that; one that is gone already is forgotten here, or its text would stay.
func (a *App) taught(ctx context.Context, c store.Case, e store.Evidence) error {
	a.lessons.teach(c, e)
	kept, err := a.store.Case(ctx, c.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && kept.State == store.CaseDeleted {
		a.lessons.forget(c)
	}
	return ignoreAbsent(err)
}

// Unlearn drops what a case taught, for an operator who erased it.
func (a *App) Unlearn(c store.Case) { a.lessons.forget(c) }

// of are a team's lessons, ready for an engine; nil when it has none.
func (b *lessonBook) of(team string, engine *coach.Engine) *coach.Lessons {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.list[team]) == 0 {
		return nil
	}
	if m := b.made[team]; m.engine == engine {
		return m.ready
	}
	var list []coach.Lesson
	for _, t := range b.list[team] {
		list = append(list, t.Lesson)
	}
	b.made[team] = madeFor{engine, engine.Learn(list)}
	return b.made[team].ready
}

// recall takes the lessons of the last months from the store.
func (a *App) recall(ctx context.Context) error {
	now := a.now()
	return a.store.EvidenceBetween(ctx, now.Add(-lessonsFor), now.Add(time.Minute), func(e store.Evidence) error {
		if e.Kind != evidencePicked && e.Kind != evidenceNoCase {
			return nil
		}
		c, err := a.store.Case(ctx, e.Case)
		if err != nil {
			return ignoreAbsent(err)
		}
		return a.taught(ctx, c, e)
	})
}

// advice reads a message of a channel with what its team taught.
func (a *App) advice(ctx context.Context, s said, ask bool) coach.Advice {
	m := coach.Message{ID: s.TS, Text: s.Text, Lang: a.o.Locale, Ask: ask}
	if t, ok, err := a.teamOf(ctx, s.Channel); err == nil && ok {
		m.Lessons = a.lessons.of(t.ID, a.engine)
		m.Lang = t.Lang
	} else if err != nil {
		a.log.Warn("a channel's team is not known; its lessons are not used", "channel", s.Channel, "cause", err)
	}
	return a.engine.Advise(m)
}
