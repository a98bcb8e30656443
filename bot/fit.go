package bot

import (
	"context"
	"strconv"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/bot/llm"
	"coachbot/store"
)

// fitWhile is how long fitted phrases are worth waiting for: later the agent has answered.
const fitWhile = 2 * time.Minute

// fit asks an AI service to fit phrases to a case as it stands. The playbook's
// phrases stand on the card already and are never waited with.
type fit struct {
	Case  string    `json:"case"`
	For   string    `json:"for"`            // the state it is asked for
	Said  string    `json:"said,omitempty"` // the customer's news from the thread
	At    time.Time `json:"at"`
	Reply string    `json:"reply,omitempty"` // response_url of an answer only its reader sees
}

// stateOf names the state of a case that phrases are made for.
func stateOf(c store.Case) string {
	return strings.Join([]string{wordsHash(c), strconv.Itoa(c.Turns), c.Playbook, c.Step, strconv.Itoa(c.Variation)}, "|")
}

// wordsHash names the words that a case rests on: the message that opened it and
// the last follow-up that moved it.
func wordsHash(c store.Case) string {
	if n := len(c.Followed); n > 0 {
		return c.TextHash + c.Followed[n-1].TextHash
	}
	return c.TextHash
}

// fitLater plans it, unless the case has such phrases, or nobody would see them.
func (a *App) fitLater(ctx context.Context, c store.Case, said, reply string) error {
	if a.ai == nil || c.State != store.CaseOpen || c.Card == "" && !a.trusted(reply) {
		return nil
	}
	if advice := a.compose(c); advice.Source == "llm" && len(advice.Phrases) > 0 && isFitted(c, advice.Phrases[0].Step) {
		return nil
	}
	f := fit{Case: c.ID, For: stateOf(c), Said: said, At: a.now(), Reply: reply}
	job, err := newJob(kindFit, "fit/"+c.ID, "fit:"+c.ID+":"+hashOf(f.For), f)
	if err != nil {
		return err
	}
	job.At = f.At
	return a.enqueue(ctx, *job)
}

func isFitted(c store.Case, step string) bool {
	for _, p := range c.Fitted.Phrases {
		if p.Step == step {
			return true
		}
	}
	return false
}

// fitCase asks the service. What it cannot do in time, or not well enough, is not
// tried again: the playbook's phrases stand.
func (a *App) fitCase(ctx context.Context, f fit) error {
	c, err := a.store.Case(ctx, f.Case)
	if err != nil || a.ai == nil || !wanted(c, f) || a.now().Sub(f.At) > fitWhile {
		return ignoreAbsent(err)
	}
	if c, err = a.judge(ctx, c, &f); err != nil {
		return err
	}
	advice := a.engine.Compose(c.Lang, reading(c), position(c), c.Text)
	book, ok := a.engine.Playbook(c.Playbook, c.Lang)
	if !ok || len(advice.Phrases) == 0 {
		return nil
	}
	text := strings.TrimSpace(c.Text + "\n" + f.Said)
	in := llm.Case{Text: text, Playbook: book, Advice: advice, Shown: shownBefore(a, c, advice)}
	if known := a.fitting(ctx, c); known != nil {
		in.Cards = []string{known.Words}
	}
	phrases, err := a.ai.Suggest(ctx, in)
	if err != nil {
		return ctx.Err() // a drain hands the job back; any other failure has been counted and logged
	}
	c, err = a.store.UpdateCase(ctx, c.ID, func(c *store.Case) error {
		if !wanted(*c, f) {
			return nil
		}
		c.Fitted = store.Fitted{Hash: wordsHash(*c), Turns: c.Turns, Playbook: c.Playbook, Step: c.Step, Variation: c.Variation}
		for _, p := range phrases {
			c.Fitted.Phrases = append(c.Fitted.Phrases, store.FittedPhrase{Step: p.Step, Text: p.Text})
		}
		return nil
	})
	if err != nil || !wanted(c, f) {
		return err
	}
	return a.showAgain(ctx, c, f)
}

// wanted reports whether a case still stands as it did when phrases were asked for.
func wanted(c store.Case, f fit) bool { return c.State == store.CaseOpen && stateOf(c) == f.For }

// shownBefore are the phrases of the step that the agent wanted in other words.
func shownBefore(a *App, c store.Case, advice coach.Advice) (shown []string) {
	if c.Variation == 0 {
		return nil
	}
	before := position(c)
	before.Variation--
	for _, p := range a.engine.Compose(c.Lang, reading(c), before, c.Text).Phrases {
		if p.Step == advice.Phrases[0].Step {
			shown = append(shown, p.Text)
		}
	}
	for _, p := range c.Fitted.Phrases {
		if p.Step == advice.Phrases[0].Step {
			shown = append(shown, p.Text)
		}
	}
	return shown
}

// showAgain shows a case as it stands now, where it stands.
func (a *App) showAgain(ctx context.Context, c store.Case, f fit) error {
	if c.Card != "" {
		return a.refresh(ctx, c.ID)
	}
	return a.replaced(ctx, f.Reply, a.card(ctx, c, a.compose(c), blocks.Ephemeral, "").Message())
}

// judge lets the service judge a case of which the rules are not sure: which of
// the best few playbooks fits, and how severe it is. The card is corrected, if an
// agent has not done something with it meanwhile.
func (a *App) judge(ctx context.Context, c store.Case, f *fit) (store.Case, error) {
	if c.Sure || c.Turns > 0 || c.LastPress != "" || len(c.Candidates) < 2 {
		return c, nil
	}
	advice, ok := a.ai.Reread(ctx, a.engine, a.library, reading(c), c.Text)
	if !ok {
		return c, ctx.Err()
	}
	best := advice.Playbooks[0].ID
	start := a.engine.Compose(c.Lang, advice, coach.Position{Playbook: best}, c.Text).Position
	c, err := a.store.UpdateCase(ctx, c.ID, func(c *store.Case) error {
		if !wanted(*c, *f) || c.LastPress != "" {
			return nil
		}
		if c.Playbook != best {
			c.Playbook, c.Step, c.Variation = best, start.Step, 0
		}
		c.Severity, c.Sure, c.UpdatedAt = advice.Severity, true, a.now()
		c.Candidates = c.Candidates[:0]
		for _, r := range advice.Playbooks {
			c.Candidates = append(c.Candidates, r.ID)
		}
		return nil
	})
	if err != nil || !c.Sure {
		return c, err
	}
	f.For = stateOf(c)
	if err := a.showAgain(ctx, c, *f); err != nil {
		return c, err
	}
	return c, a.watchOver(ctx, c)
}
