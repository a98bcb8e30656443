package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"coachbot/bot/blocks"
	"coachbot/bot/digest"
	"coachbot/store"
)

// evidenceProduct is the evidence that somebody marked a case as product feedback.
const evidenceProduct = "product"

// productForm asks what those who make the product should hear of a case. The
// case's author and the leads of its team may mark it.
func (a *App) productForm(ctx context.Context, p press, c store.Case) error {
	lang := a.readerLang(ctx, p.User, "")
	reply := func(m blocks.Message) error { return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, false) }
	may, err := a.mayMark(ctx, c, p.User)
	if err != nil {
		return err
	}
	if !may {
		return reply(blocks.Say(lang, blocks.ProductNotYours))
	}
	return a.openModal(ctx, p.Trigger, blocks.ProductForm(blocks.State{Lang: lang, Case: c.ID}, c.Feedback), reply)
}

func (a *App) mayMark(ctx context.Context, c store.Case, user string) (bool, error) {
	if c.Private {
		return false, nil
	}
	if c.Author == user {
		return true, nil
	}
	t, err := a.team(ctx, c.Team)
	if err != nil {
		return false, err
	}
	return a.isLead(ctx, t, user)
}

// productFormDone marks a case, changes what is said of it, or takes the mark away.
func (a *App) productFormDone(ctx context.Context, job store.Job, f form) error {
	lang := a.readerLang(ctx, f.User, "")
	say := func(s blocks.Sentence) error {
		_, err := a.tell(ctx, f.User, post{key: job.ID + ":note", kind: "note", message: blocks.Say(lang, s)})
		return err
	}
	c, err := a.store.Case(ctx, f.State.Case)
	if errors.Is(err, store.ErrNotFound) || err == nil && c.State == store.CaseDeleted {
		return say(blocks.Gone)
	}
	if err != nil {
		return err
	}
	may, err := a.mayMark(ctx, c, f.User)
	if err != nil {
		return err
	}
	if !may {
		return say(blocks.ProductNotYours)
	}
	now, away := a.now(), f.ticked(blocks.InputKeep, blocks.ProductAway)
	c, err = a.store.UpdateCase(ctx, c.ID, func(c *store.Case) error {
		if c.State == "" {
			return store.ErrNotFound
		}
		if away {
			c.Feedback = store.Feedback{}
			return nil
		}
		if !c.Feedback.Marked() { // whoever changes the words marks nothing anew
			c.Feedback = store.Feedback{By: f.User, At: now}
		}
		c.Feedback.Note = strings.TrimSpace(f.text(blocks.InputWords))
		return nil
	})
	if err != nil {
		return ignoreAbsent(err)
	}
	if !away {
		err = a.store.AddEvidence(ctx, store.Evidence{ID: "product:" + c.ID + "." + slackTime(c.Feedback.At), Workspace: c.Workspace, Team: c.Team, Channel: c.Channel,
			Case: c.ID, Kind: evidenceProduct, Playbook: c.Playbook, By: c.Feedback.By, At: c.Feedback.At})
		if err != nil {
			return err
		}
	}
	if err := a.refresh(ctx, c.ID); err != nil {
		return err
	}
	if away {
		return say(blocks.ProductUnmarked)
	}
	return say(blocks.ProductMarked)
}

// productOf is what was marked in a period, in cases and in cards, oldest first.
func (a *App) productOf(ctx context.Context, t store.Team, s digest.Slot, evidence []store.Evidence) (list []digest.Product, err error) {
	seen := map[string]bool{}
	for _, e := range evidence {
		if e.Kind != evidenceProduct || seen[e.Case] {
			continue
		}
		seen[e.Case] = true
		c, err := a.store.Case(ctx, e.Case)
		if ignoreAbsent(err) != nil {
			return nil, err
		}
		if err == nil && c.Feedback.Marked() && digest.Shown(c) {
			list = append(list, digest.Product{ID: c.ID, Scenario: c.Playbook, Note: c.Feedback.Note, At: c.Feedback.At, Case: c})
		}
	}
	err = a.store.KnowledgeCardsShown(ctx, t.Workspace, t.ID, func(k store.KnowledgeCard) error {
		if at := k.Feedback.At; k.Feedback.Marked() && !at.Before(s.From) && at.Before(s.To) {
			list = append(list, digest.Product{ID: k.ID, Scenario: k.Scenario, Note: cmp.Or(k.Situation, k.Words), At: at, Card: k})
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b digest.Product) int { return a.At.Compare(b.At) })
	return list, err
}
