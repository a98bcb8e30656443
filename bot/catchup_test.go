package bot_test

import (
	"fmt"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

// TestHundredsOfThreadsAreCaughtUpAtSlacksPace: after a long outage the newest
// cases have their threads read first and nobody waits for the others.
func TestHundredsOfThreadsAreCaughtUpAtSlacksPace(t *testing.T) {
	t.Parallel()
	const cases = 200
	late := time.Nanosecond // recorded without a card, so that the posts' pace is not what this test waits for
	x := newWorld(t, quiet, func(o *bot.Options) { o.Late = late })
	threads := make([]string, cases)
	for i := range threads {
		threads[i] = x.tom.Post(watched, fmt.Sprintf("%s Order %d.", furious, 1000+i))
	}
	x.settled()
	x.stop()
	for _, ts := range threads {
		x.tom.Post(watched, "now she says she wants her money back", slacksim.InThread(ts))
	}
	late = time.Hour
	x.start()

	reads := func() []slacksim.Call { return x.sim.Calls("conversations.replies") }
	x.until("the first threads are read", func() bool { return len(reads()) >= 20 })
	newest := map[string]bool{}
	for _, ts := range threads[cases-40:] {
		newest[ts] = true
	}
	for _, c := range reads()[:20] {
		if !newest[c.Args["ts"]] {
			t.Errorf("the thread %s was read before newer ones", c.Args["ts"])
		}
	}
	if n := len(reads()); n > cases/2 {
		t.Errorf("%d threads were read at once", n)
	}
	x.mei.Post(watched, furiousZ)
	x.until("a new case is answered meanwhile", func() bool { return len(x.standing()) == 1 })
	if n := len(reads()); n > cases/2 {
		t.Errorf("the new case waited for %d threads", n)
	}
	for n := len(reads()); n < cases; n = len(reads()) {
		x.ahead.Add(int64(30 * time.Second))
		x.app.Wake()
		x.until("more threads are read", func() bool { return len(reads()) >= min(cases, n+15) })
	}
	x.said(1)
	for _, c := range reads() {
		if !c.OK() {
			t.Errorf("a read was refused: %s", c.Error)
		}
	}
	moved := 0
	err := x.store.CasesOpened(x.ctx, watched, time.Unix(0, 0), x.now(), func(c store.Case) error {
		moved += c.Turns
		return nil
	})
	if err != nil || moved != cases {
		t.Errorf("%d of %d cases moved on, %v", moved, cases, err)
	}
}

func TestWhatWasDeletedWhileNobodyListenedIsTakenBack(t *testing.T) {
	t.Parallel()
	x := newThread(t)
	card := x.card()
	ts := x.reply("now she says she'll go to the press")
	root := x.mei.Post(watched, furiousZ)
	x.said(2)
	x.stop()
	x.tom.Delete(watched, ts)
	x.mei.Delete(watched, root)
	x.start()
	x.until("the second card goes", func() bool { return len(x.standing()) == 1 })
	x.until("the first card is as it was", func() bool { return x.standing()[0].Text == card })
	x.said(1)
}

func TestAThreadThatCannotBeReadIsTriedAgain(t *testing.T) {
	t.Parallel()
	x := newThread(t)
	x.stop()
	x.tom.Post(watched, "now she says she'll go to the press", slacksim.InThread(x.ts))
	x.sim.Faults().BreakNext("conversations.replies", 1, 503)
	x.sim.Faults().LimitNext("conversations.replies", 1, 2)
	x.start()
	for tries := 1; tries < 3; tries++ {
		x.until("a try", func() bool { return len(x.sim.Calls("conversations.replies")) >= tries })
		x.advance(10 * time.Second)
	}
	x.until("the case moves on", func() bool { return x.theCase().Turns == 1 })
	x.said(1)
}
