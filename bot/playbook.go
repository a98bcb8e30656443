package bot

import (
	"context"
	"strings"

	"coachbot/bot/blocks"
	"coachbot/playbooks"
)

// playbook finds one for people: a page when the words name one or only one fits, else a list.
func (a *App) playbook(ctx context.Context, lang, words string) blocks.Message {
	if p, ok := a.book(strings.ToLower(strings.TrimSpace(words)), lang); ok && p.Kind != playbooks.NotACase {
		return blocks.PlaybookPage(lang, *p)
	}
	if strings.TrimSpace(words) == "" {
		return blocks.PlaybookHits(lang, "", a.allPlaybooks(lang))
	}
	hits, err := a.search.Search(ctx, words, a.bookLang(lang), 5)
	if err != nil {
		a.log.Error("the search failed", "cause", err)
		return blocks.Say(lang, blocks.Failed)
	}
	if len(hits) == 1 || len(hits) > 1 && hits[0].Score > 3*hits[1].Score {
		if p, ok := a.library.ByID(hits[0].ID, hits[0].Lang); ok {
			return blocks.PlaybookPage(lang, *p)
		}
	}
	list := make([]blocks.Hit, len(hits))
	for i, h := range hits {
		list[i] = blocks.Hit{ID: h.ID, Lang: h.Lang, Title: h.Title, Summary: h.Summary}
	}
	return blocks.PlaybookHits(lang, words, list)
}

func (a *App) allPlaybooks(lang string) []blocks.Hit {
	lang = a.bookLang(lang)
	var list []blocks.Hit
	for _, p := range append(a.library.Scenarios(lang), a.library.Guides(lang)...) {
		list = append(list, blocks.Hit{ID: p.ID, Lang: p.Lang, Title: p.Title, Summary: p.Summary})
	}
	return list
}
