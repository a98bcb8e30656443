package bot_test

import (
	"errors"
	"testing"

	"coachbot/bot"
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
