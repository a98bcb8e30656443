package bot_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/store"
)

func TestEveryMessageIsAnsweredOnceWhateverSlackDoes(t *testing.T) {
	t.Parallel()
	trouble := map[string]func(*world){
		"delivered twice":            func(x *world) { x.sim.Faults().DuplicateNext(1) },
		"the answer is lost":         func(x *world) { x.sim.Faults().LoseAnswer("chat.postMessage", 1) },
		"the answer is lost twice":   func(x *world) { x.sim.Faults().LoseAnswer("chat.postMessage", 2) },
		"the post is limited":        func(x *world) { x.sim.Faults().LimitNext("chat.postMessage", 1, 1) },
		"the post breaks":            func(x *world) { x.sim.Faults().BreakNext("chat.postMessage", 2, 503) },
		"the post fails inside":      func(x *world) { x.sim.Faults().FailNext("chat.postMessage", 1, "internal_error") },
		"the readers are not known":  func(x *world) { x.sim.Faults().BreakNext("conversations.info", 1, 500) },
		"the blocks are refused":     func(x *world) { x.sim.Faults().FailNext("chat.postMessage", 1, "invalid_blocks") },
		"a malformed envelope first": func(x *world) { x.sim.Faults().SendRaw(`{"type":"events_api","payload":`) },
		"an unknown event first": func(x *world) {
			x.sim.Faults().SendEvent(map[string]any{"type": "galaxy_brain", "channel": map[string]any{"id": 7}})
		},
	}
	for name, make := range trouble {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t)
			make(x)
			x.tom.Post(watched, furious)
			x.said(1)
		})
	}
}

func TestWhatWasSaidWhileNobodyListenedIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, furious)
	x.said(1)
	over := x.sim.Faults().Outage()
	x.until("the connection is gone", func() bool { return x.sim.Connected() == 0 })
	missed := x.mei.Post(watched, furiousZ)
	over()
	if got := x.said(2)[1]; got.ThreadTS != missed {
		t.Errorf("answered in %q, want the missed message's thread %q", got.ThreadTS, missed)
	}
	x.sim.Faults().DropConnections()
	x.until("the connection is back", func() bool { return x.sim.Connected() > 0 })
	x.said(2)
}

// What a new connection brings first must not move the bot's place in the channel over
// what was said while there was none, and is still to be read.
func TestWhatComesFirstLeapsOverNothingThatWasMissed(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, furious)
	x.said(1)
	over := x.sim.Faults().Outage()
	x.until("the connection is gone", func() bool { return x.sim.Connected() == 0 })
	x.ahead.Add(int64(5 * time.Minute))
	missed := x.mei.Post(watched, furiousZ)
	x.ahead.Add(int64(10 * time.Minute)) // who reads the channel is not believed any more
	release := x.sim.Faults().Hang("conversations.info")
	over()
	x.until("the channel is being caught up", func() bool { return x.sim.Faults().Hanging("conversations.info") == 1 })
	x.tom.Post(watched, furious+" Again!")
	x.until("the new message is being answered", func() bool { return x.sim.Faults().Hanging("conversations.info") == 2 })
	release()
	x.until("three answers", func() bool { return len(x.standing()) >= 3 })
	found := false
	for _, m := range x.said(3) {
		found = found || m.ThreadTS == missed
	}
	if !found {
		t.Errorf("nothing stands in the thread %q of the missed message: %q", missed, texts(x.standing()))
	}
}

// TestDeliveriesInAnyOrder has Slack deliver late, and the later before the earlier.
func TestDeliveriesInAnyOrder(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]struct{ before, after func(*world) }{
		"reordered": {func(x *world) { x.sim.Faults().ReorderNext(3) }, func(*world) {}},
		"held back": {func(x *world) { x.sim.Faults().Hold() }, func(x *world) { x.sim.Faults().Release() }},
		"late": {func(x *world) { x.sim.Faults().DelayNext(3, time.Minute) }, func(x *world) {
			x.ahead.Add(int64(time.Minute))
			x.sim.Tick()
		}},
		"late and again": {func(x *world) { x.sim.Faults().DelayNext(3, time.Minute); x.sim.Faults().DuplicateNext(3) }, func(x *world) {
			x.ahead.Add(int64(time.Minute))
			x.sim.Tick()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t)
			trouble.before(x)
			roots := map[string]bool{x.tom.Post(watched, furious): true, x.mei.Post(watched, furiousZ): true, x.tom.Post(watched, furious+" Again!"): true}
			trouble.after(x)
			for _, card := range x.said(3) {
				if !roots[card.ThreadTS] {
					t.Errorf("a card stands under %q, which is no case or has one", card.ThreadTS)
				}
				delete(roots, card.ThreadTS)
			}
		})
	}
}

func TestACallThatHangsIsGivenUpAndMadeAgain(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *bot.Options) { o.HTTPClient = &http.Client{Timeout: 300 * time.Millisecond} })
	release := x.sim.Faults().Hang("chat.postMessage")
	ts := x.tom.Post(watched, furious)
	x.until("the call hangs", func() bool { return x.sim.Faults().Hanging("chat.postMessage") > 0 })
	x.until("the call is given up", func() bool { return x.sim.Faults().Hanging("chat.postMessage") == 0 })
	release()
	if got := x.said(1)[0]; got.ThreadTS != ts {
		t.Errorf("answered in %q, want %q", got.ThreadTS, ts)
	}
}

// TestALimitedChannelHoldsUpNoOther has Slack ask for a minute in one channel.
func TestALimitedChannelHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.ada, "watch", lounge)
	x.sim.Faults().LimitNext("chat.postMessage", 1, 60)
	first := x.tom.Post(watched, furious)
	x.until("the first is limited", func() bool { return len(x.sim.Calls("chat.postMessage")) == 1 })
	second := x.mei.Post(lounge, furiousZ)
	if got := x.said(1)[0]; got.ThreadTS != second {
		t.Errorf("answered in %q, want the other channel's %q", got.ThreadTS, second)
	}
	x.advance(61 * time.Second)
	if got := x.said(2)[1]; got.ThreadTS != first {
		t.Errorf("answered in %q, want %q", got.ThreadTS, first)
	}
	if n := len(x.sim.Calls("chat.postMessage")); n != 3 {
		t.Errorf("%d calls, want one refused and two that went through", n)
	}
}

func TestADeafConnectionIsNoticedAndWhatItSwallowedIsAnswered(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *bot.Options) { o.Silence = 2 * time.Second })
	x.sim.Faults().Deafen()
	ts := x.tom.Post(watched, furious)
	x.until("an answer", func() bool { return len(x.standing()) > 0 }) // Slack's own tries may go on for minutes
	if got := x.standing(); len(got) != 1 || got[0].ThreadTS != ts {
		t.Errorf("said %q, want one answer in the thread %q", texts(got), ts)
	}
}

func TestARestartLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, furious)
	x.said(1)
	x.stop()
	x.mei.Post(watched, furiousZ)
	x.start()
	x.said(2)
	x.stop()
	x.start()
	x.said(2)
}

func TestAnUninstalledAppEndsTheWorkInOrder(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.sim.Faults().Uninstall()
	err := <-x.ended
	if !errors.Is(err, bot.ErrRevoked) {
		t.Errorf("got %v, want %v", err, bot.ErrRevoked)
	}
	x.ended <- nil
}

// Slack shows a card, and its answer to the bot is lost: a colleague who presses at once is
// heard all the same, as soon as the bot has found its card.
func TestAPressOnACardThatIsNotRecordedYet(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.sim.Faults().LoseAnswer("chat.postMessage", 1)
	ts := x.tom.Post(watched, furious)
	x.until("a card", func() bool { return len(x.standing()) == 1 })
	card := x.standing()[0]
	if err := x.mei.Click(x.ctx, card.Channel, card.TS, "case_calmed"); err != nil {
		t.Fatal(err)
	}
	x.said(1)
	c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, ts)
	if err != nil || c.State != store.CaseCalmed {
		t.Errorf("the case is %s, %v", c.State, err)
	}
	if got := x.whispersSoFar(x.mei, watched); len(got) > 0 {
		t.Errorf("mei hears %q", texts(got))
	}
}

// By the keys of deliveries the bot recognises what it has heard. They go after a week, and
// what was said last in a channel that has been quiet since is not taken for news then.
func TestWhatWasHeardBeforeALongSilenceIsNoNews(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.DM("check I don't know, that's not my fault")
	x.direct(x.tom, 1)
	x.stop()
	x.ahead.Add(int64(8 * 24 * time.Hour))
	x.start()
	x.until("the old keys are gone", func() bool {
		old := 0
		err := x.store.Walk(x.ctx, func(r store.Record) error {
			if r.Key != nil && r.Key.At.Before(morning.Add(24*time.Hour)) {
				old++
			}
			return nil
		})
		return err == nil && old == 0
	})
	reads := func() (n int) {
		for _, c := range x.sim.Calls("conversations.history") {
			if c.Args["channel"] == x.tom.DMChannel() {
				n++
			}
		}
		return n
	}
	before := reads()
	x.sim.Faults().DropConnections()
	x.until("the history is read again", func() bool { return reads() > before })
	x.until("connected", x.app.Ready)
	x.direct(x.tom, 1)
	day := func(days int) string { return morning.AddDate(0, 0, days).Format(time.DateOnly) }
	slips, err := x.store.SlipsBetween(x.ctx, x.sim.TeamID(), store.EnvironmentTeam, day(7), day(10))
	if err != nil || len(slips) != 0 {
		t.Errorf("counted again: %+v, %v", slips, err)
	}
}

// What was said while nobody watched a channel stays nobody's business when it is watched again.
func TestWhatWasSaidBetweenTwoWatchesIsLeftAlone(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.ada, "watch", lounge)
	x.tom.Post(lounge, furious)
	x.said(1)
	x.slash(x.ada, "unwatch", lounge)
	x.advance(3 * time.Minute)
	x.mei.Post(lounge, furiousZ)
	x.advance(3 * time.Minute)
	x.slash(x.ada, "watch", lounge)
	before := len(x.sim.Calls("conversations.history"))
	x.sim.Faults().DropConnections()
	x.until("the channels are caught up", func() bool { return len(x.sim.Calls("conversations.history")) >= before+3 && x.app.Ready() })
	x.said(1)
}
