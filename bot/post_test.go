package bot

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"coachbot/bot/blocks"
)

// Two workers owe the same post at once: the second waits until the first is recorded,
// since what is on its way to Slack cannot be found there yet.
func TestTheSameSaidTwiceAtOnceStandsOnce(t *testing.T) {
	t.Parallel()
	var posts atomic.Int32
	posting, release := make(chan struct{}, 2), make(chan struct{})
	a := against(t, func(method string) string {
		if method == "chat.postMessage" {
			posts.Add(1)
			posting <- struct{}{}
			<-release
			return `{"ok":true,"channel":"C1","ts":"1.000001"}`
		}
		return `{"ok":true,"messages":[]}`
	})
	var done sync.WaitGroup
	say := func() {
		p, err := a.say(t.Context(), post{key: "k", kind: "note", channel: "C1", message: blocks.Message{Text: "once"}})
		if err != nil || p.TS != "1.000001" {
			t.Errorf("said as %+v, %v", p, err)
		}
	}
	done.Go(say)
	<-posting
	done.Go(say)
	second := func() bool { // it waits for the first
		a.cards.mu.Lock()
		defer a.cards.mu.Unlock()
		l := a.cards.held["post:k"]
		return l != nil && l.users == 2
	}
	for tick := time.NewTicker(time.Millisecond); !second() && posts.Load() < 2; <-tick.C {
	}
	close(release)
	done.Wait()
	if n := posts.Load(); n != 1 {
		t.Errorf("posted %d times", n)
	}
}
