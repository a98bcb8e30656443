package bot

import (
	"context"
	"errors"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// pressed does what a button of a card asks for. The case is looked up by the id
// in the button; a button of a case that is gone is answered in words.
func (a *App) pressed(ctx context.Context, p press) error {
	id, argument, _ := strings.Cut(p.Value, "|")
	action, _, _ := strings.Cut(p.Action, ":")
	switch {
	case strings.HasPrefix(action, "help_"):
		return a.helpPressed(ctx, action, p)
	case strings.HasPrefix(action, "knowledge_"):
		return a.knowledgePressed(ctx, action, p)
	case action == blocks.ActionPromiseDone, action == blocks.ActionPromiseChange, action == blocks.ActionPromiseDrop, action == blocks.ActionPromiseReopen:
		return a.promisePressed(ctx, p, action)
	case action == blocks.ActionDigestRead:
		return a.digestRead(ctx, p)
	case action == blocks.ActionTeamRemove:
		return a.teamRemoved(ctx, p)
	case action == blocks.ActionPracticeAnswer:
		return a.practiceAnswered(ctx, p)
	case action == blocks.ActionFind:
		return a.found(ctx, p)
	case action == blocks.ActionPracticeNext:
		return a.practiceNext(ctx, p)
	case action == blocks.ActionPlayEnd:
		return a.playStopped(ctx, p)
	case action == blocks.ActionHand:
		return a.handed(ctx, p)
	case action == blocks.ActionDutyTake:
		return a.dutyTaken(ctx, p)
	}
	c, err := a.store.Case(ctx, id)
	if err == nil && a.onItsWay(ctx, c, p) {
		return laterError{a.now().Add(time.Second)}
	}
	if errors.Is(err, store.ErrNotFound) || err == nil && (c.State == store.CaseDeleted || !a.mayPress(ctx, c, p)) {
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), blocks.Say(a.readerLang(ctx, p.User, ""), blocks.Gone), false)
	}
	if err != nil {
		return err
	}
	switch action {
	case blocks.ActionPromiseNew:
		return a.promiseForCase(ctx, p, c)
	case blocks.ActionProduct:
		return a.productForm(ctx, p, c)
	}
	evidence := store.Evidence{ID: "act:" + p.Message + "." + p.User + "." + p.Action + "." + p.At, Workspace: c.Workspace,
		Team: c.Team, Channel: c.Channel, Case: c.ID, Playbook: c.Playbook, Step: c.Step, By: p.User, At: a.now()}
	change := func(*store.Case) {}
	switch action {
	case blocks.ActionUsed:
		evidence.Kind = "used"
		evidence.Phrase = a.nextPhrase(c)
		change = func(c *store.Case) { a.used(c, evidence.Phrase) }
	case blocks.ActionAnother:
		evidence.Kind, evidence.Phrase = "another", a.nextPhrase(c)
		change = func(c *store.Case) { c.Variation++ }
	case blocks.ActionMore:
		change = func(c *store.Case) { c.Expanded = !c.Expanded }
	case blocks.ActionFeedback:
		evidence.Kind, evidence.Phrase = "helpful", a.nextPhrase(c)
		if strings.HasSuffix(p.Action, ":2") {
			evidence.Kind = "unhelpful"
		}
	case blocks.ActionPick:
		if _, ok := a.engine.Playbook(argument, c.Lang); !ok {
			return nil
		}
		evidence.Kind, evidence.Instead = evidencePicked, argument
		change = func(c *store.Case) { pick(c, argument) }
	case blocks.ActionCalmed, blocks.ActionUnresolved:
		state := store.CaseCalmed
		if action == blocks.ActionUnresolved {
			state = store.CaseUnresolved
		}
		evidence.Kind = string(state)
		change = func(c *store.Case) { c.State, c.ClosedAt = state, a.now() }
	case blocks.ActionDismiss:
		evidence.Kind = evidenceNoCase
		change = func(c *store.Case) { c.State, c.ClosedAt = store.CaseDismissed, a.now() }
	default:
		a.log.Warn("a button of no known kind", "action", p.Action)
		return nil
	}
	return a.settlePress(ctx, c, p, evidence, change)
}

// settlePress records the evidence once, changes the case with it, and shows the result.
func (a *App) settlePress(ctx context.Context, c store.Case, p press, e store.Evidence, change func(*store.Case)) error {
	done, err := a.pressedBefore(ctx, c.ID, e)
	if err != nil {
		return err
	}
	if !done {
		before := c.State
		c, err = a.store.UpdateCase(ctx, c.ID, func(c *store.Case) error {
			if c.LastPress == e.ID {
				return nil
			}
			if c.State == store.CaseDeleted { // a moment ago: tried again, the press is told so
				return store.ErrNotFound
			}
			before = c.State
			change(c)
			c.LastPress, c.UpdatedAt = e.ID, a.now()
			return nil
		})
		if err != nil {
			return err
		}
		if e.Kind == string(store.CaseCalmed) && before != store.CaseCalmed { // two who say so at once calm one customer
			if err := a.learnt(ctx, c); err != nil {
				return err
			}
		}
		if e.Kind != "" {
			if err := a.store.AddEvidence(ctx, e); err != nil {
				return err
			}
			if wantsBetter(e.Kind) {
				if err := a.planWeekly(ctx); err != nil {
					return err
				}
			}
			if err := a.taught(ctx, c, e); err != nil {
				return err
			}
		}
	}
	if err := a.teamHomes(ctx, c.Team, c.Author); err != nil {
		return err
	}
	if c.State == store.CaseCalmed || c.State == store.CaseUnresolved {
		if err := a.caseClosed(ctx, c); err != nil {
			return err
		}
	}
	if note, ok := marked[e.Kind]; ok { // the card stays as it is, so that something else must say that it was heard
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), blocks.Say(a.inScript(ctx, p.User, c.Lang), note), false)
	}
	if c.Card == "" { // an answer only its reader sees: replaced where it stands
		err := a.answer(ctx, p.ResponseURL, p.User, noteKey(p), a.card(ctx, c, a.compose(c), blocks.Ephemeral, "").Message(), true)
		return errors.Join(err, a.fitLater(ctx, c, "", p.ResponseURL))
	}
	if c.State == store.CaseDismissed {
		if err := a.remove(ctx, c.Card); err != nil {
			return err
		}
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), blocks.Say(a.inScript(ctx, p.User, c.Lang), blocks.DismissedNote), false)
	}
	return errors.Join(a.refresh(ctx, c.ID), a.fitLater(ctx, c, "", ""))
}

// marked are the notes to whoever says whether a suggestion helps.
var marked = map[string]blocks.Sentence{"helpful": blocks.HelpfulNote, "unhelpful": blocks.UnhelpfulNote}

func (a *App) pressedBefore(ctx context.Context, caseID string, e store.Evidence) (bool, error) {
	list, err := a.store.EvidenceOf(ctx, caseID)
	for _, old := range list {
		if old.ID == e.ID {
			return true, nil
		}
	}
	return false, err
}

// mayPress checks the press against the store: the message must be the case's
// card, or, for a private answer that Slack keeps for one reader, the case that reader's own.
func (a *App) mayPress(ctx context.Context, c store.Case, p press) bool {
	if c.Card == "" {
		return c.Author == p.User
	}
	card, err := a.store.Post(ctx, c.Card)
	return err == nil && card.Channel == p.Channel && card.TS == p.Message
}

// sentWithin is how long after a press its card may still be about to be recorded.
const sentWithin = time.Minute

// onItsWay reports whether a press may have come before the record of its card: Slack
// shows the card, and its answer to the bot is late or was lost.
func (a *App) onItsWay(ctx context.Context, c store.Case, p press) bool {
	if c.Card != "" || a.now().Sub(timeOf(p.At)) > sentWithin {
		return false
	}
	_, err := a.store.Post(ctx, cardKey(c)) // one that is only its reader's has none
	return err == nil
}

// nextPhrase is the line that the card shows first.
func (a *App) nextPhrase(c store.Case) string {
	return blocks.Card{Lang: c.Lang, Advice: a.compose(c)}.First()
}

// used notes the phrase and moves the case to its next step.
func (a *App) used(c *store.Case, phrase string) {
	if phrase != "" && len(c.Used) < 50 {
		c.Used = append(c.Used, phrase)
	}
	at := position(*c)
	if at.Step == "" { // as after a switch: the card shows the step that the engine began with
		at = a.compose(*c).Position
	}
	if next, ok := a.engine.NextStep(at, c.Lang); ok {
		c.Step, c.Variation = next.Step, next.Variation
	}
}

// pick moves a case to another playbook, from its beginning.
func pick(c *store.Case, playbook string) {
	c.Playbook, c.Step, c.Variation, c.Sure = playbook, "", 0, true
	if c.State == store.CaseDismissed {
		c.State = store.CaseOpen
	}
}

func noteKey(p press) string {
	return "note:" + p.Channel + "." + p.Message + "." + p.User + "." + p.At
}
