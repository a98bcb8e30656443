package bot

import (
	"context"
	"slices"
	"strings"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/traditional"
	"coachbot/store"
)

// The views write Chinese in Traditional characters when the language they are
// given is zh-Hant. Who reads them so: whose Slack is in Chinese for Taiwan or Hong
// Kong, whoever writes so, and everybody where COACH_LOCALE says so.

func (a *App) readsTraditional(ctx context.Context, user string) bool {
	if traditional.Reader(a.o.Locale) {
		return true
	}
	p, err := a.person(ctx, user)
	return err == nil && traditional.Reader(p.locale)
}

// inScript is a language as its one reader reads it: zh-Hant for zh where they read
// Traditional characters.
func (a *App) inScript(ctx context.Context, user, lang string) string {
	if lang == "zh" && a.readsTraditional(ctx, user) {
		return traditional.Lang
	}
	return lang
}

// cardLang is the language in which a case's card is drawn: zh-Hant when the case is
// written so, its team reads so, or its author alone sees the card and does.
func (a *App) cardLang(ctx context.Context, c store.Case, at blocks.Where) string {
	if c.Lang != "zh" {
		return c.Lang
	}
	if traditional.Is(c.Text) {
		return traditional.Lang
	}
	if c.Private || at == blocks.Private || at == blocks.Ephemeral {
		return a.inScript(ctx, c.Author, c.Lang)
	}
	if t, err := a.team(ctx, c.Team); err == nil && traditional.Reader(t.Lang) || traditional.Reader(a.o.Locale) {
		return traditional.Lang
	}
	return c.Lang
}

// wordsLang is the language of words that somebody keeps: the one in which the bot
// answers what is written so, but never English for Chinese or Chinese for English.
func (a *App) wordsLang(words string) string {
	lang := a.engine.Advise(coach.Message{Text: words, Lang: a.o.Locale}).Lang
	chinese, english := lang == "zh" || strings.HasPrefix(lang, "zh-"), lang == "en" || strings.HasPrefix(lang, "en-")
	switch han := hasHan(words); {
	case english && han:
		return "zh"
	case chinese && !han:
		return "en"
	}
	return lang
}

// bookLang is the language under which playbooks are looked up for a reader: that
// of zh-Hant is zh, unless there are playbooks in it.
func (a *App) bookLang(lang string) string {
	if traditional.Reader(lang) && !slices.Contains(a.library.Languages(), lang) {
		return "zh"
	}
	return lang
}

// book is the playbook of an id for a reader.
func (a *App) book(id, lang string) (*playbooks.Playbook, bool) {
	if p, ok := a.library.ByID(id, a.bookLang(lang)); ok || !traditional.Reader(lang) {
		return p, ok
	}
	return a.library.ByID(id, "zh")
}
