package bot

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/store"
)

// rewrite asks an AI service for a checked draft in better words. What was found
// stands in the answer already and is not waited with.
type rewrite struct {
	Lang  string `json:"lang"`
	Draft string `json:"draft"`
	Case  string `json:"case,omitempty"`  // that the draft answers
	Reply string `json:"reply,omitempty"` // response_url of the answer
	Post  string `json:"post,omitempty"`  // or the key of the post that is it
	View  string `json:"view,omitempty"`  // or the id of the modal
}

// afterAck is how long a modal's new words wait: the acknowledgement, which shows what was
// found, must not come after them.
const afterAck = time.Second

// rewriteLater plans it for a draft in which something was found.
func (a *App) rewriteLater(ctx context.Context, lane, key string, r rewrite) error {
	if r.Post == "" && r.View == "" && !a.trusted(r.Reply) {
		return nil
	}
	job, err := a.rewriteJob(lane, key, r)
	if err != nil || job == nil {
		return err
	}
	return a.enqueue(ctx, *job)
}

func (a *App) rewriteJob(lane, key string, r rewrite) (*store.Job, error) {
	if a.ai == nil || len(a.guard.Check(r.Draft)) == 0 {
		return nil, nil
	}
	job, err := newJob(kindRewrite, lane+"/rewrite", "rewrite:"+key, r)
	if err != nil {
		return nil, err
	}
	job.At = a.now()
	return job, nil
}

// rewriteDraft shows the better words under what was found, if any came.
func (a *App) rewriteDraft(ctx context.Context, r rewrite) error {
	if a.ai == nil {
		return nil
	}
	c, err := a.store.Case(ctx, r.Case)
	if err != nil {
		if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		c = store.Case{}
	}
	found, situation := a.guard.Check(r.Draft), situationOf(c)
	lang := "en"
	if hasHan(r.Draft) {
		lang = "zh"
	}
	text, err := a.ai.Rewrite(ctx, lang, r.Draft, c.Text, found)
	if err != nil {
		return ctx.Err()
	}
	text = playbooks.Fill(text, lang, nil)
	if strings.TrimSpace(text) == "" || len(a.guard.Check(text)) > 0 {
		return nil
	}
	if r.View != "" {
		if !a.drafts.last(r.View, r.Draft) {
			return nil
		}
		return a.updateModal(ctx, r.View, blocks.CheckModalRewritten(stateOfCheck(r.Lang, c), r.Draft, found, a.guard.Hints(r.Draft, situation), text))
	}
	m := blocks.CheckRewritten(r.Lang, found, a.guard.Hints(r.Draft, situation), text)
	if r.Post == "" {
		return a.replaced(ctx, r.Reply, m)
	}
	p, err := a.store.Post(ctx, r.Post)
	if err != nil {
		return ignoreAbsent(err)
	}
	return a.change(ctx, p, m)
}

// caseBehind is the case that a draft answers: that of its thread, or the only one that
// its writer has open in the channel since a short while; else none.
func (a *App) caseBehind(ctx context.Context, workspace, channel, thread, user string) store.Case {
	if thread != "" {
		c, err := a.store.CaseOfThread(ctx, workspace, channel, thread)
		if err == nil && c.State != store.CaseDeleted {
			return c
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			a.log.Error("the case of a thread cannot be read", "channel", channel, "cause", err)
		}
	}
	cases, err := a.recentCases(ctx, channel, user)
	if err != nil {
		a.log.Error("a person's cases cannot be read", "channel", channel, "cause", err)
	}
	if len(cases) != 1 {
		return store.Case{}
	}
	return cases[0]
}

// situationOf is what a case tells of its customer; of no case, nothing.
func situationOf(c store.Case) guard.Situation {
	return guard.Situation{Angry: c.ID != "" && coach.Angry(c.Severity, c.Kind, c.Emotions)}
}

// updateModal puts another page in a modal's place, if it is still open.
func (a *App) updateModal(ctx context.Context, id string, view slack.ModalViewRequest) error {
	err := a.call(ctx, "views.update", "", func(ctx context.Context) error {
		_, err := a.api.UpdateViewContext(ctx, view, "", "", id)
		return err
	})
	var permanent permanentError
	if errors.As(err, &permanent) {
		return nil
	}
	return err
}

// maxDrafts bounds the modals of which the last draft is remembered.
const maxDrafts = 500

// drafts remembers which draft each open modal shows, so that words for an older one do
// not come over it. After a restart nothing is remembered, and nothing is older.
type drafts struct {
	mu   sync.Mutex
	seen map[string]string // hash of the draft, by view
}

func (d *drafts) show(view, draft string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seen == nil || len(d.seen) >= maxDrafts {
		d.seen = make(map[string]string)
	}
	d.seen[view] = hashOf(draft)
}

// last reports whether a view is not known to show another draft.
func (d *drafts) last(view, draft string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	seen, ok := d.seen[view]
	return !ok || seen == hashOf(draft)
}
