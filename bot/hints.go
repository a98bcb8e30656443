package bot

import (
	"context"
	"strings"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// Levels of hints: how much the bot says to one person.
const (
	hintsOff   = 0 // nothing unasked
	hintsShort = 1 // two lines and the buttons
	hintsUsual = 2
	hintsAll   = 3 // every step from the start
)

// masteredAfter is how many customers in a scenario an agent has calmed when cards
// grow shorter by themselves.
const masteredAfter = 5

// hintsFor is how much to say to a person about a scenario: what the person chose,
// else less where they have calmed many. It never falls silent by itself.
func (a *App) hintsFor(ctx context.Context, user, scenario, severity string) (int, error) {
	if user == "" {
		return hintsUsual, nil
	}
	who, err := a.store.Person(ctx, a.self.Workspace, user)
	switch {
	case err != nil:
		return hintsUsual, err
	case who.HintsSet:
		return who.Hints, nil
	case who.Calmed[scenario] >= masteredAfter && severity != "critical":
		return hintsShort, nil
	}
	return hintsUsual, nil
}

// lengthOf has a new card be as long as its reader wants it.
func (a *App) lengthOf(ctx context.Context, c *store.Case) error {
	level, err := a.hintsFor(ctx, c.Author, c.Playbook, c.Severity)
	c.Short, c.Expanded = level <= hintsShort, level == hintsAll
	return err
}

// learnt counts a customer calmed, for the agent alone.
func (a *App) learnt(ctx context.Context, c store.Case) error {
	if c.Author == "" || c.Playbook == "" {
		return nil
	}
	_, err := a.store.UpdatePerson(ctx, a.self.Workspace, c.Author, func(who *store.Person) error {
		if who.Calmed == nil {
			who.Calmed = map[string]int{}
		}
		who.Calmed[c.Playbook]++
		who.UpdatedAt = a.now()
		return nil
	})
	return err
}

// hintsCommand sets how much the bot says to a person.
func (a *App) hintsCommand(ctx context.Context, c command, rest, lang string) (blocks.Message, error) {
	level := strings.Index("0123", strings.TrimSpace(rest))
	if level < 0 || len(strings.TrimSpace(rest)) != 1 {
		who, err := a.store.Person(ctx, a.self.Workspace, c.User)
		now := hintsUsual
		if who.HintsSet {
			now = who.Hints
		}
		return blocks.Say(lang, blocks.HintsUsage, now), err
	}
	_, err := a.store.UpdatePerson(ctx, a.self.Workspace, c.User, func(who *store.Person) error {
		who.Hints, who.HintsSet, who.UpdatedAt = level, true, a.now()
		return nil
	})
	return blocks.Say(lang, []blocks.Sentence{blocks.HintsOff, blocks.HintsShort, blocks.HintsUsual, blocks.HintsAll}[level]), err
}
