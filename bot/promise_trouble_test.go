package bot_test

import (
	"fmt"
	"testing"
	"time"

	"coachbot/bot/slacksim"
	"coachbot/store"
)

func TestAReminderWhoseAnswerIsLostComesOnce(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "promise send the invoice by 2pm", lounge)
	x.sim.Faults().LoseAnswer("chat.postMessage", 1)
	x.moveTo(morning.Add(3 * time.Hour))
	x.advance(time.Minute)
	contains(t, x.direct(x.tom, 1)[0].Text, "send the invoice")
	x.said(1)
}

func TestManyPromisesDueInTheSameMinute(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	const people = 24 // Slack lets an app open fifty direct messages a minute
	for i := range people {
		who := x.sim.AddUser(slacksim.UserSpec{ID: fmt.Sprintf("U0MANY%03d", i), Name: fmt.Sprint("m", i)})
		if _, err := who.Slash(x.ctx, "/coach", "promise call Ms Li back by 1pm", lounge); err != nil {
			t.Fatal(err)
		}
	}
	x.settled()
	x.ahead.Add(int64(2 * time.Hour))
	x.app.Wake()
	x.until("some of the reminders", func() bool { return len(x.standing()) >= people/4 })
	x.stop() // cut off in the middle
	x.start()
	to := map[string]int{}
	for _, m := range x.said(people) {
		to[m.Channel]++
	}
	for channel, n := range to {
		if n != 1 {
			t.Errorf("%d reminders in %s", n, channel)
		}
	}
	for _, v := range x.sim.Violations() {
		t.Errorf("Slack's rules: %+v", v)
	}
}

func TestAPromiseIsTakenWhenSlackTellsNothingOfThePerson(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.sim.Faults().RemoveScope("users:read")
	x.slash(x.tom, "promise call Ms Li back by 2pm", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "Noted: call Ms Li back", "today, 14:00")
	x.moveTo(morning.Add(3 * time.Hour))
	contains(t, x.direct(x.tom, 1)[0].Text, "60 minutes")
}

func TestAnEndlessPromiseIsShortened(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	long := "promise "
	for range 300 {
		long += "call her again "
	}
	x.slash(x.tom, long+"by 5pm", lounge)
	x.until("a modal", func() bool { return x.tom.View() != nil })
	contains(t, string(x.tom.View().Blocks), "longer than a promise can be")
	if r := x.submit(x.tom, "promise_new", map[string]any{"promise": "  ", "due": morning.Add(time.Hour * 5).Unix()}); r.Errors["promise"] == "" {
		t.Errorf("a promise of nothing is taken: %+v", r)
	}
	x.submit(x.tom, "promise_new", map[string]any{"promise": "call her again", "due": morning.Add(time.Hour * 5).Unix()})
	if p := x.promises(x.tom); len(p) != 1 || p[0].What != "call her again" || p[0].State != store.PromiseOpen {
		t.Errorf("owed: %+v", p)
	}
}
