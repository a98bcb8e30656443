package bot_test

import (
	"strings"
	"testing"
	"time"

	"coachbot/bot/slacksim"
)

// A customer is calmed once, however many people say so or say so again.
func TestACustomerCalmedCountsOnce(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	ts := x.tom.Post(watched, furious)
	card := x.said(1)[0]
	release := x.sim.Faults().Hang("chat.update") // both still see the button
	for _, p := range []*slacksim.Person{x.tom, x.mei} {
		if err := p.Click(x.ctx, card.Channel, card.TS, "case_calmed"); err != nil {
			t.Fatal(err)
		}
	}
	release()
	x.settled()
	who, err := x.store.Person(x.ctx, x.sim.TeamID(), x.tom.ID())
	if err != nil {
		t.Fatal(err)
	}
	if n := who.Calmed[x.caseAt(ts).Playbook]; n != 1 {
		t.Errorf("counted %d times: %v", n, who.Calmed)
	}
}

// What the bot changes in its own messages is no news of the channel's.
func TestTheBotDoesNotReadWhatItChanged(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "ask May I waive the fee?", watched)
	request := x.said(1)[0]
	x.click(x.mei, request, "help_claim")
	x.settled()
	list, err := x.store.LastDecisions(x.ctx, x.sim.TeamID(), watched, 5)
	if err != nil || len(list) != 0 {
		t.Errorf("the bot decided about its own message: %+v, %v", list, err)
	}
}

// A command is understood on a line of its own, with what it is about below it.
func TestACommandOnALineOfItsOwn(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.DM("check\nI don't know, it's not my fault.")
	contains(t, x.said(1)[0].Text, "I don't know", "not my fault")
	x.slash(x.tom, "promise\ncall Ms Li back by 4pm", lounge)
	if got := x.promises(x.tom); len(got) != 1 || !strings.Contains(got[0].What, "Ms Li") {
		t.Errorf("tom owes %+v", got)
	}
}

// Whom a promise is for stays in it when it was heard only afterwards.
func TestAPromiseHeardLaterKeepsItsName(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.DM("promise send the form by 5pm")
	x.said(1)
	x.stop()
	x.tom.DM("promise call Ms Li back by 4pm")
	x.start()
	x.until("the promise", func() bool { return len(x.promises(x.tom)) == 2 })
	for _, p := range x.promises(x.tom) {
		if strings.Contains(p.What, "call") && !strings.Contains(p.What, "Ms Li") {
			t.Errorf("recorded as %q", p.What)
		}
	}
	x.settled()
}

// The same promise, sent twice in a row, is owed once and is answered each time; said
// again later, for another case or by somebody else it is another one.
func TestAPromiseSentTwiceIsOwedOnce(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	for range 2 {
		if _, err := x.tom.Slash(x.ctx, "/coach", "promise call the customer back in two hours", lounge); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range x.whispers(x.tom, lounge, 2) {
		contains(t, m.Text, "Noted: call the customer back")
	}
	x.tom.DM("promise send the form by 5pm")
	x.tom.DM("promise send the form by 5pm")
	x.direct(x.tom, 1)
	x.slash(x.mei, "promise call the customer back in two hours", lounge)
	x.slash(x.tom, "promise call the customer back in three hours", lounge)
	if tom, mei := len(x.promises(x.tom)), len(x.promises(x.mei)); tom != 3 || mei != 1 {
		t.Errorf("tom owes %d, want 3; mei owes %d, want 1", tom, mei)
	}
	x.tom.Post(lounge, "@coach "+furious)
	x.said(2)
	x.slash(x.tom, "promise call the customer back in three hours", lounge)
	x.advance(time.Minute)
	x.slash(x.tom, "promise call the customer back in two hours", lounge)
	if n := len(x.promises(x.tom)); n != 5 {
		t.Errorf("tom owes %d, want 5", n)
	}
}
