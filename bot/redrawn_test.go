package bot_test

import (
	"testing"
	"time"

	"coachbot/store"
)

// A message of a promise that Slack does not let the bot change any more keeps no other
// from being brought up to date, nor a colleague from being told.
func TestAPromiseIsRedrawnPastAMessageThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"message_not_found", "channel_not_found", "is_archived", "cant_update_message"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t)
			x.slash(x.tom, "promise call Ms Li back by 4pm", lounge)
			x.moveTo(morning.Add(5 * time.Hour))
			x.moveTo(morning.Add(5*time.Hour + 50*time.Minute))
			x.direct(x.tom, 2)
			x.slash(x.tom, "handover", lounge)
			list := x.whispers(x.tom, lounge, 2)[1]
			x.sim.Faults().FailNext("chat.update", 1, code)
			if err := x.tom.SelectOption(x.ctx, lounge, list.TS, "promise_hand", x.ada.ID()); err != nil {
				t.Fatal(err)
			}
			given := x.direct(x.ada, 1)[0]
			contains(t, given.Text, "<@U0TOM0001>", "call Ms Li back")
			contains(t, x.direct(x.tom, 2)[1].Text, "<@U0ADA0001>")
			x.sim.Faults().FailNext("chat.update", 1, code)
			x.click(x.ada, given, "promise_done")
			contains(t, x.direct(x.ada, 1)[0].Text, "Kept")
			contains(t, x.whispers(x.tom, lounge, 2)[1].Text, "Nothing is open", "Handed to")
		})
	}
}

// A call of a critical case that cannot be changed keeps neither the other calls nor the
// agent from hearing who is on it, and a case from being removed with its message.
func TestADutyCallIsRedrawnPastOneThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"message_not_found", "channel_not_found", "is_archived", "cant_update_message"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t, duties("U0ADA0001", "U0MEI0001"))
			ts := x.tom.Post(watched, burning)
			x.said(2)
			x.moveTo(morning.Add(6 * time.Minute))
			call := x.direct(x.mei, 1)[0]
			x.sim.Faults().FailNext("chat.update", 1, code) // of the call that went to ada
			x.click(x.mei, call, "duty_take")
			contains(t, x.direct(x.mei, 1)[0].Text, "<@U0MEI0001> 已经接手")
			contains(t, x.direct(x.tom, 1)[0].Text, "<@U0MEI0001> has seen your critical case")
			x.sim.Faults().FailNext("chat.update", 1, code)
			x.tom.Delete(watched, ts)
			x.settled()
			if c := x.caseAt(ts); c.State != store.CaseDeleted || c.Text != "" {
				t.Errorf("of a message that is deleted there is left %+v", c)
			}
		})
	}
}

// The record of a message that is deleted goes, whether Slack lets the card be taken away or not.
func TestADeletedMessageLeavesNoTextWhereItsCardStays(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	ts := x.tom.Post(watched, furious)
	x.said(1)
	x.sim.Faults().FailNext("chat.delete", 1, "channel_not_found")
	x.tom.Delete(watched, ts)
	x.settled()
	if c := x.caseAt(ts); c.State != store.CaseDeleted || c.Text != "" {
		t.Errorf("there is left %+v", c)
	}
}
