package bot

import (
	"context"

	"coachbot/bot/blocks"
	"coachbot/playbooks/traditional"
	"coachbot/store"
)

// forReader is a message as its one reader reads Chinese: in Traditional
// characters where the person's language in Slack is zh-TW, zh-HK or the like.
func (a *App) forReader(ctx context.Context, user string, m blocks.Message) blocks.Message {
	if hasHan(m.Text) && a.readsTraditional(ctx, user) {
		return m.Traditional()
	}
	return m
}

func (a *App) readsTraditional(ctx context.Context, user string) bool {
	if traditional.Reader(a.o.Locale) {
		return true
	}
	p, err := a.person(ctx, user)
	return err == nil && traditional.Reader(p.locale)
}

// inTraditional reports whether a card is written in Traditional characters: when
// the case is, or, where its author alone sees it, when the author reads them.
func (a *App) inTraditional(ctx context.Context, c store.Case, at blocks.Where) bool {
	if c.Lang != "zh" {
		return false
	}
	return traditional.Reader(a.o.Locale) || traditional.Is(c.Text) || (at == blocks.Private || at == blocks.Ephemeral) && a.readsTraditional(ctx, c.Author)
}
