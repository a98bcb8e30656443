package bot

import (
	"context"
	"strings"

	"coachbot/bot/blocks"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

// rewrite asks an AI service for a checked draft in better words. What was found
// stands in the answer already and is not waited with.
type rewrite struct {
	Lang  string `json:"lang"`
	Draft string `json:"draft"`
	Reply string `json:"reply,omitempty"` // response_url of the answer
	Post  string `json:"post,omitempty"`  // or the key of the post that is it
}

// rewriteLater plans it for a draft in which something was found.
func (a *App) rewriteLater(ctx context.Context, lane, key string, r rewrite) error {
	if a.ai == nil || len(a.guard.Check(r.Draft)) == 0 || r.Post == "" && !a.trusted(r.Reply) {
		return nil
	}
	job, err := newJob(kindRewrite, lane+"/rewrite", "rewrite:"+key, r)
	if err != nil {
		return err
	}
	job.At = a.now()
	return a.enqueue(ctx, *job)
}

// rewriteDraft shows the better words under what was found, if any came.
func (a *App) rewriteDraft(ctx context.Context, r rewrite) error {
	if a.ai == nil {
		return nil
	}
	found := a.guard.Check(r.Draft)
	lang := "en"
	if hasHan(r.Draft) {
		lang = "zh"
	}
	text, err := a.ai.Rewrite(ctx, lang, r.Draft, "", found)
	if err != nil {
		return ctx.Err()
	}
	text = playbooks.Fill(text, lang, nil)
	if strings.TrimSpace(text) == "" || len(a.guard.Check(text)) > 0 {
		return nil
	}
	m := blocks.CheckRewritten(r.Lang, found, a.guard.Hints(r.Draft, guard.Situation{}), text)
	if r.Post == "" {
		return a.respond(ctx, r.Reply, m, true)
	}
	p, err := a.store.Post(ctx, r.Post)
	if err != nil {
		return ignoreAbsent(err)
	}
	return a.change(ctx, p, m)
}
