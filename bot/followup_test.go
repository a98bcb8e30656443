package bot_test

import (
	"strings"
	"testing"

	"coachbot/bot/slacksim"
	"coachbot/store"
)

// thread is a case with its card, and what a test asks of both.
type thread struct {
	*world
	ts string
}

func newThread(t *testing.T) thread {
	x := newWorld(t)
	ts := x.tom.Post(watched, furious)
	x.said(1)
	return thread{x, ts}
}

func (x thread) theCase() store.Case {
	x.t.Helper()
	x.settled()
	c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, x.ts)
	if err != nil {
		x.t.Fatal(err)
	}
	return c
}

func (x thread) reply(text string) string {
	ts := x.tom.Post(watched, text, slacksim.InThread(x.ts))
	x.settled()
	return ts
}

func (x thread) card() string { return x.said(1)[0].Text }

func TestAnEditedFollowUpIsReadAgain(t *testing.T) {
	t.Parallel()
	x := newThread(t)
	first, card := x.theCase(), x.card()
	ts := x.reply("ok, on it")
	if x.card() != card {
		t.Fatal("talk moved the card")
	}
	x.tom.Edit(watched, ts, "now she says she'll go to the press")
	x.until("the card moves on", func() bool { return x.card() != card })
	if c := x.theCase(); c.Playbook != "legal-or-media-threat" || c.Turns != 1 {
		t.Errorf("after the edit: %q, %d turns", c.Playbook, c.Turns)
	}
	x.tom.Touch(watched, ts)
	if c := x.theCase(); c.Turns != 1 {
		t.Errorf("a touch of the follow-up made %d turns", c.Turns)
	}
	x.tom.Edit(watched, ts, "I apologised, she is still shouting")
	if c := x.theCase(); c.Playbook != first.Playbook || c.Step == first.Step || c.Severity != first.Severity || c.Turns != 1 {
		t.Errorf("after the second edit: %q %q, %s, %d turns; first %q %q, %s", c.Playbook, c.Step, c.Severity, c.Turns, first.Playbook, first.Step, first.Severity)
	}
	x.tom.Edit(watched, ts, "thanks everyone")
	if c := x.theCase(); c.Stand().Step != first.Step || c.Turns != 0 {
		t.Errorf("news edited into thanks leave the case at %q after %d turns", c.Step, c.Turns)
	}
	if got := x.card(); got != card {
		t.Errorf("news edited into thanks leave the card at %q", got)
	}
}

func TestADeletedFollowUpTakesItsEffectBack(t *testing.T) {
	t.Parallel()
	x := newThread(t)
	first, card := x.theCase(), x.card()
	ts := x.reply("now she says she'll go to the press")
	if x.card() == card {
		t.Fatal("the press left the card where it was")
	}
	x.tom.Delete(watched, ts)
	if got := x.card(); got != card {
		t.Errorf("without the follow-up the card says %q, want %q", got, card)
	}
	if c := x.theCase(); c.Playbook != first.Playbook || c.Severity != first.Severity || len(c.Followed) != 0 || c.State != store.CaseOpen {
		t.Errorf("the case stands at %+v", c.Stand())
	}
}

func TestAnEarlierFollowUpTakesOnlyItsReadingBack(t *testing.T) {
	t.Parallel()
	x := newThread(t)
	first := x.theCase()
	grave := x.reply("now she says she'll go to the press")
	x.reply("I apologised, she is still shouting")
	later := x.theCase()
	x.tom.Edit(watched, grave, "now she says she'll go to the press!")
	if c := x.theCase(); c.Step != later.Step || c.Turns != 2 {
		t.Errorf("a mended mark moved the case to %q, %d turns", c.Step, c.Turns)
	}
	x.tom.Delete(watched, grave)
	if c := x.theCase(); c.Step != later.Step || c.Playbook != later.Playbook || c.Severity != first.Severity {
		t.Errorf("after the deletion %q %q %s, want %q %q and the first severity %s", c.Playbook, c.Step, c.Severity, later.Playbook, later.Step, first.Severity)
	}
}

func TestAPressSinceAFollowUpStays(t *testing.T) {
	t.Parallel()
	x := newThread(t)
	first := x.theCase()
	ts := x.reply("now she says she'll go to the press")
	x.click(x.tom, x.said(1)[0], "suggestion_used")
	pressed := x.theCase()
	x.tom.Delete(watched, ts)
	if c := x.theCase(); c.Step != pressed.Step || c.Playbook != pressed.Playbook || c.Severity != first.Severity {
		t.Errorf("got %+v, want where the press put it, at severity %s", c.Stand(), first.Severity)
	}
}

func TestADeletionThatOvertakesItsFollowUp(t *testing.T) {
	t.Parallel()
	x := newThread(t)
	card := x.card()
	x.sim.Faults().ReorderNext(2)
	ts := x.tom.Post(watched, "now she says she'll go to the press", slacksim.InThread(x.ts))
	x.tom.Delete(watched, ts)
	x.settled()
	if got := x.card(); got != card || x.theCase().Turns != 0 {
		t.Errorf("a reply that was gone when it came moved the card to %q", got)
	}
}

// The card follows an edit of its message, also when Slack fails at the first try.
func TestAnEditWhoseCardFailsAtFirst(t *testing.T) {
	t.Parallel()
	x := newThread(t)
	x.sim.Faults().BreakNext("chat.update", 1, 503)
	x.tom.Edit(watched, x.ts, "> You charged my card twice for one invoice, and nobody gives me my money back! I am furious!")
	x.until("the card is drawn again", func() bool { return strings.Contains(x.card(), "Billing") })
}
