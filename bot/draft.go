package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/bot/llm"
	"coachbot/store"
)

// draftFrom is how many messages of people a thread must have to be worth a draft,
// and how many are read of one.
const (
	draftFrom  = 2
	draftReads = 60
)

// cardDraft asks an AI service to draft a knowledge card from a resolved request.
type cardDraft struct {
	Request string `json:"request"`
	For     string `json:"for"` // who resolved it, and edits the draft
}

// draftLater plans it, unless the card was kept already.
func (a *App) draftLater(ctx context.Context, r store.HelpRequest, user string) error {
	if a.ai == nil || r.Card != "" || r.State != store.HelpResolved {
		return nil
	}
	job, err := newJob(kindDraft, "draft/"+r.ID, "draft:"+r.ID, cardDraft{Request: r.ID, For: user})
	if err != nil {
		return err
	}
	job.At = a.now()
	return a.enqueue(ctx, *job)
}

// draftCard reads the thread, has the card drafted and tells whoever resolved the
// request, with a button that opens the draft to be edited. Nobody else sees it.
func (a *App) draftCard(ctx context.Context, d cardDraft) error {
	r, err := a.store.HelpRequest(ctx, d.Request)
	if err != nil || a.ai == nil || r.Card != "" {
		return ignoreAbsent(err)
	}
	if r.Draft.Words == "" {
		said, err := a.saidInHelp(ctx, r)
		if err != nil || len(said) < draftFrom {
			return err
		}
		made, err := a.ai.Card(ctx, a.bookLang(r.Lang), llm.Thread{Question: r.Question, Worked: r.Worked, Said: said})
		if err != nil {
			return ctx.Err()
		}
		if r, err = a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
			h.Draft = store.CardDraft{Situation: made.Situation, Words: made.Words, Result: made.Result}
			return nil
		}); err != nil {
			return err
		}
	}
	lang := a.readerLang(ctx, d.For, r.Question)
	return a.whisper(ctx, d.For, "draft:"+r.ID, r.ID, blocks.CardDrafted(lang, r.ID, r.Question))
}

// saidInHelp is what people said in the request's thread, masked as all that is kept.
func (a *App) saidInHelp(ctx context.Context, r store.HelpRequest) (said []string, err error) {
	p := a.helpPost(ctx, r)
	if p.TS == "" {
		return nil, nil
	}
	var list []slack.Message
	err = a.call(ctx, "conversations.replies", "", func(ctx context.Context) (err error) {
		list, _, _, err = a.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: p.Channel, Timestamp: p.TS, Limit: draftReads})
		return err
	})
	if refusedWith(err, "thread_not_found", "channel_not_found", "not_in_channel") {
		return nil, nil
	}
	for _, m := range list {
		if text := strings.TrimSpace(letIn(m.Text)); text != "" && m.BotID == "" && m.User != a.self.User && m.Timestamp != p.TS {
			said = append(said, text)
		}
	}
	return said, err
}
