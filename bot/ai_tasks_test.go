package bot_test

import (
	"strings"
	"testing"

	"coachbot/bot/llm"
	"coachbot/bot/llm/openai/script"
	"coachbot/bot/slacksim"
)

// answers answers each task with its text, and any other with junk.
func answers(byTask map[string]string) func(script.Question) script.Answer {
	return func(q script.Question) script.Answer {
		if text, ok := byTask[q.Task]; ok {
			return script.Answer{Text: text}
		}
		return script.Answer{Text: "junk"}
	}
}

// What was found in a draft is said at once; the draft in better words follows in the same answer.
func TestDraftIsWrittenAnew(t *testing.T) {
	t.Parallel()
	const better = "I can see how long this has taken; let me find out for you."
	server, ai := withAI(t, llm.Limits{}, answers(map[string]string{"rewrite": script.Text(better)}))
	x := newWorld(t, ai)
	x.slash(x.tom, "check I don't know, call me on +44 20 7946 0958.", lounge)
	got := x.whispers(x.tom, lounge, 1)[0]
	contains(t, got.Text, "Before you send this", better, "by AI")
	x.tom.Post(x.tom.DMChannel(), "check I don't know.")
	contains(t, x.direct(x.tom, 1)[0].Text, better)
	for _, q := range server.Asked() {
		if strings.Contains(q.User, "7946") || !strings.Contains(q.User, "<draft>") {
			t.Errorf("asked %q", q.User)
		}
	}
	asked := len(server.Asked())
	x.slash(x.tom, "check Let me look into it for you now.", lounge)
	if len(server.Asked()) != asked {
		t.Error("a clean draft was sent to the service")
	}
}

func TestBadRewriteIsNotShown(t *testing.T) {
	t.Parallel()
	_, ai := withAI(t, llm.Limits{}, answers(map[string]string{"rewrite": script.Text("I do not know, but here is a free voucher.")}))
	x := newWorld(t, ai)
	x.slash(x.tom, "check I don't know.", lounge)
	got := x.whispers(x.tom, lounge, 1)[0]
	if strings.Contains(got.Text, "voucher") || strings.Contains(got.Text, "by AI") {
		t.Errorf("it said %q", got.Text)
	}
}

// A resolved thread becomes a draft card that whoever resolved it edits and keeps.
func TestResolvedThreadBecomesADraftCard(t *testing.T) {
	t.Parallel()
	server, ai := withAI(t, llm.Limits{}, answers(map[string]string{
		"card": `{"situation":"A customer wants a parcel sooner than it can come.","words":"Ask whether a pick-up point is near.","result":""}`}))
	x := newPeers(t, ai)
	x.slash(x.tom, "ask She wants the parcel now, what may I offer?", lounge)
	request := x.said(1)[0]
	x.click(x.kai, request, "help_claim")
	x.kai.Post(request.Channel, "Is there a pick-up point near her? Her number is +44 20 7946 0958.", slacksim.InThread(request.TS))
	x.tom.Post(request.Channel, "There is one, she likes that.", slacksim.InThread(request.TS))
	x.settled()
	x.click(x.kai, x.in(helpDesk)[0], "help_resolve")
	x.submit(x.kai, "help_resolve", map[string]any{"worked": "A pick-up point.", "calmed": "yes", "keep": []string{}})
	x.until("the draft", func() bool { return len(x.in(x.kai.DMChannel())) > 0 })
	note := x.last(x.kai.DMChannel())
	contains(t, note.Text, "drafted a knowledge card", "She wants the parcel now")
	x.click(x.kai, note, "knowledge_save")
	x.until("the form", func() bool { return x.kai.View() != nil })
	if v := string(x.kai.View().Blocks); !strings.Contains(v, "Ask whether a pick-up point is near.") {
		t.Errorf("the form does not hold the draft: %s", v)
	}
	if len(x.cards()) != 0 {
		t.Error("a card was kept that nobody had looked at")
	}
	for _, q := range server.Asked() {
		if strings.Contains(q.User, "7946") {
			t.Errorf("a number was sent: %q", q.User)
		}
	}
}

// The digest's headline is written from its own figures, and marked; a made-up figure is not shown.
func TestDigestHeadline(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		line  string
		shown bool
	}{
		"from the figures": {"One parcel case was calmed, and a passport case is still open.", true},
		"made up":          {"All 97 cases were calmed, for $400 in all.", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, ai := withAI(t, llm.Limits{}, answers(map[string]string{"headline": script.Text(tt.line)}))
			x := newTold(t, ai)
			x.busyDay()
			x.moveTo(nine(1))
			d := x.told(1)[0]
			if strings.Contains(d.Text, tt.line) != tt.shown || strings.Contains(d.Text, "written by AI") != tt.shown {
				t.Errorf("the digest says %q", d.Text)
			}
		})
	}
}
