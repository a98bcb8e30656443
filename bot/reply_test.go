package bot_test

import (
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/llm"
	"coachbot/bot/llm/openai/script"
)

// What was asked by a command reaches the person, once, in their direct messages when
// Slack takes no private answer to it any more.
func TestAnAnswerThatSlackTakesNoMoreIsADirectMessage(t *testing.T) {
	t.Parallel()
	for name, dead := range map[string]func(x *world){
		"used up": func(x *world) { x.sim.Faults().FailNext("response_url", 1, "used_url") },
		"expired": func(x *world) { x.ahead.Add(int64(31 * time.Minute)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t)
			release := x.sim.Faults().Hang("response_url")
			if _, err := x.tom.Slash(x.ctx, "/coach", "playbook refund", lounge); err != nil {
				t.Fatal(err)
			}
			x.until("the answer", func() bool { return x.sim.Faults().Hanging("response_url") > 0 })
			dead(x)
			release()
			contains(t, x.direct(x.tom, 1)[0].Text, "refund")
			x.whispers(x.tom, lounge, 0)
		})
	}
}

// Better words for a draft that come when Slack takes no answer any more are offered
// once, not for a day: what was found stands.
func TestBetterWordsThatComeTooLate(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	server, ai := withAI(t, llm.Limits{}, func(q script.Question) script.Answer {
		return script.Answer{Text: script.Text("I can see how long this has taken; let me find out for you."), Hold: hold}
	})
	x := newWorld(t, ai, func(o *bot.Options) { o.AI.Timeout = time.Minute })
	if _, err := x.tom.Slash(x.ctx, "/coach", "check I don't know.", lounge); err != nil {
		t.Fatal(err)
	}
	x.until("the service is asked", func() bool { return len(server.Asked()) == 1 && len(x.whispersSoFar(x.tom, lounge)) == 1 })
	x.ahead.Add(int64(31 * time.Minute))
	close(hold)
	x.settled()
	if n := len(x.sim.Calls("response_url")); n != 2 {
		t.Errorf("Slack was given %d answers, want the first and one that came too late", n)
	}
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "Before you send this")
	x.direct(x.tom, 0)
}
