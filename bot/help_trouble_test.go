package bot_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

// TestHelpIsAskedAndTakenOnceWhateverSlackDoes: every message of a request's life
// stands once, with trouble before each step.
func TestHelpIsAskedAndTakenOnceWhateverSlackDoes(t *testing.T) {
	t.Parallel()
	trouble := map[string]func(*slacksim.Faults){
		"none":                   func(*slacksim.Faults) {},
		"delivered twice":        func(f *slacksim.Faults) { f.DuplicateNext(1) },
		"the answer is lost":     func(f *slacksim.Faults) { f.LoseAnswer("chat.postMessage", 1) },
		"the post is limited":    func(f *slacksim.Faults) { f.LimitNext("chat.postMessage", 1, 1) },
		"the post breaks":        func(f *slacksim.Faults) { f.BreakNext("chat.postMessage", 1, 503) },
		"the update breaks":      func(f *slacksim.Faults) { f.BreakNext("chat.update", 1, 503) },
		"direct messages break":  func(f *slacksim.Faults) { f.BreakNext("conversations.open", 1, 500) },
		"the blocks are refused": func(f *slacksim.Faults) { f.FailNext("chat.postMessage", 1, "invalid_blocks") },
	}
	for name, make := range trouble {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newPeers(t)
			make(x.sim.Faults())
			x.slash(x.tom, "ask Who knows the returns form for lamps?", lounge)
			request := x.said(1)[0]
			if name == "the blocks are refused" { // no buttons to press
				return
			}
			make(x.sim.Faults())
			x.click(x.kai, request, "help_claim")
			x.said(2)
			make(x.sim.Faults())
			x.click(x.kai, request, "help_resolve")
			x.submit(x.kai, "help_resolve", map[string]any{"worked": "Form seven, on the second page.", "calmed": "yes"})
			list := x.said(3)
			contains(t, list[0].Text, "solved with the help of")
			make(x.sim.Faults())
			x.click(x.tom, list[2], "help_thank")
			x.said(4)
			if n := len(x.cards()); n != 1 {
				t.Errorf("%d cards were kept", n)
			}
			x.advance(2 * time.Hour)
			x.said(4)
		})
	}
}

// TestARestartInTheMiddleOfHelp: what was submitted is done, what is planned comes.
func TestARestartInTheMiddleOfHelp(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.sim.Faults().BreakNext("chat.postMessage", 1, 503)
	x.slashed(x.tom, "ask Who can decode the lamp's serial number?", lounge)
	x.until("the question is kept", func() bool { return len(x.requests()) == 1 })
	x.stop()
	x.start()
	x.advance(20 * time.Second) // the failed attempt is tried again
	request := x.said(1)[0]
	x.click(x.kai, request, "help_claim")
	x.said(2)
	x.stop()
	x.start()
	x.click(x.kai, request, "help_release")
	x.said(3)
	x.stop()
	x.ahead.Add(int64(6 * time.Minute))
	x.start()
	contains(t, x.said(4)[3].Text, "still open")
	x.stop()
	x.start()
	x.said(4)
}

// slashed is slash for a command that cannot be done at once.
func (x *world) slashed(p *slacksim.Person, text, channel string) {
	x.t.Helper()
	if _, err := p.Slash(x.ctx, "/coach", text, channel); err != nil {
		x.t.Fatalf("/coach %s: %v", text, err)
	}
}

// TestForgedPressesAreAnsweredInWords: who may press is looked up in the store,
// whatever the button says.
func TestForgedPressesAreAnsweredInWords(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask Who may waive the late fee?", lounge)
	request := x.said(1)[0]
	x.kept(x.tom, "I named the day and wrote it down for her.", late(false))
	x.said(2)
	r, k := x.requests()[0], x.cards()[0]
	notice := x.mei.Post(lounge, "unrelated")
	guest := x.sim.AddUser(slacksim.UserSpec{ID: "U0GUEST03", Name: "guest", Guest: true})
	for i, forged := range []struct{ user, channel, ts, action, value string }{
		{x.kai.ID(), lounge, notice, "help_claim", r.ID},                    // not the request's message
		{x.kai.ID(), helpDesk, request.TS, "help_claim", "help-0000000000"}, // no such request
		{x.kai.ID(), helpDesk, request.TS, "help_claim", ""},
		{guest.ID(), helpDesk, request.TS, "help_claim", r.ID}, // a customer
		{x.kai.ID(), lounge, notice, "knowledge_withdraw", k.ID},
		{x.kai.ID(), lounge, notice, "knowledge_accept", k.ID},
		{x.kai.ID(), lounge, notice, "knowledge_save", "card-none"},
	} {
		press := map[string]any{"type": "block_actions", "team": map[string]any{"id": x.sim.TeamID()}, "user": map[string]any{"id": forged.user},
			"channel": map[string]any{"id": forged.channel}, "container": map[string]any{"channel_id": forged.channel, "message_ts": forged.ts}, "trigger_id": fmt.Sprint("forged", i),
			"actions": []any{map[string]any{"action_id": forged.action, "value": forged.value, "action_ts": fmt.Sprint("1.", i)}}}
		raw, err := json.Marshal(press)
		if err != nil {
			t.Fatal(err)
		}
		x.sim.Faults().SendEnvelope("interactive", raw)
	}
	view := map[string]any{"type": "view_submission", "team": map[string]any{"id": x.sim.TeamID()}, "user": map[string]any{"id": x.kai.ID()},
		"view": map[string]any{"id": "V0FORGED", "callback_id": "help_resolve", "private_metadata": fmt.Sprintf(`{"request":%q}`, r.ID), "state": map[string]any{"values": map[string]any{}}}}
	raw, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	x.sim.Faults().SendEnvelope("interactive", raw)
	x.until("every forged press is answered", func() bool { return len(x.in(x.kai.DMChannel())) >= 7 && len(x.in(guest.DMChannel())) >= 1 })
	x.settled()
	if r := x.requests()[0]; r.State != store.HelpOpen {
		t.Errorf("the request is %s by %q", r.State, r.Helper)
	}
	if k := x.cards()[0]; k.State != store.CardLive || !k.AcceptedAt.IsZero() {
		t.Errorf("the card is %+v", k)
	}
}

func TestAHelpChannelThatIsAnEscalationChannelToo(t *testing.T) {
	t.Parallel()
	x := newPeers(t, func(o *bot.Options) { o.Team.Help = watched })
	x.slash(x.tom, "ask The customer on line 2 is furious about the third broken kettle. What now?", lounge)
	request := x.said(1)[0]
	x.mei.Post(watched, "> She is furious! Three kettles, all broken!", slacksim.InThread(request.TS))
	x.said(1) // colleagues talking about the request
	x.tom.Post(watched, furious)
	x.said(2)
}

// A press on a request that Slack shows and the bot has not recorded yet, as when the
// answer to the post was lost, waits until it is; nobody is told that the request is gone.
func TestAPressBeforeThePostIsRecorded(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.sim.Faults().LoseAnswer("chat.postMessage", 1)
	x.slashed(x.tom, "ask Who knows the returns form for lamps?", lounge)
	x.until("the request stands", func() bool { return len(x.standing()) == 1 })
	request := x.standing()[0]
	if err := x.kai.Click(x.ctx, request.Channel, request.TS, "help_claim"); err != nil {
		t.Fatal(err)
	}
	x.until("the request is taken", func() bool { x.advance(5 * time.Second); return x.requests()[0].Helper == x.kai.ID() })
	contains(t, x.said(2)[0].Text, "<@"+x.kai.ID()+">")
	if list := x.whispersSoFar(x.kai, request.Channel); len(list) != 0 {
		t.Errorf("whoever took it was told %q", texts(list))
	}
}
