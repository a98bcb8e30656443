package bot_test

import (
	"strings"
	"testing"
	"time"

	"coachbot/bot"
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

// The modal shows the better words too, after each check; what the agent has typed meanwhile stays.
func TestDraftIsWrittenAnewInTheModal(t *testing.T) {
	t.Parallel()
	const first, second = "I can see how long this has taken; let me find out for you.", "I hear you, and I'm looking into it now."
	server, ai := withAI(t, llm.Limits{}, func(q script.Question) script.Answer {
		if q.Task == "rewrite" && strings.Contains(q.User, "not my fault") {
			return script.Answer{Text: script.Text(second)}
		}
		return script.Answer{Text: script.Text(first)}
	})
	x := newWorld(t, ai)
	ts := x.tom.Post(watched, furious)
	x.said(1)
	draft := x.tom.Post(watched, "I don't know.", slacksim.InThread(ts))
	if err := x.tom.Shortcut(x.ctx, "check_message", watched, draft); err != nil {
		t.Fatal(err)
	}
	shows := func(text string) func() bool {
		return func() bool { v := x.tom.View(); return v != nil && strings.Contains(string(v.Blocks), text) }
	}
	x.until("the better words", shows(first))
	contains(t, string(x.tom.View().Blocks), "by AI", "find out")
	if _, err := x.tom.Submit(x.ctx, map[string]map[string]any{"draft": {"draft": "That's not my fault, call me on +44 20 7946 0958."}}); err != nil {
		t.Fatal(err)
	}
	if shows(first)() {
		t.Error("words for the older draft are still shown")
	}
	x.until("better words for the next draft", shows("looking into it"))
	contains(t, string(x.tom.View().State), "7946")
	for _, q := range server.Asked() {
		if q.Task == "rewrite" && (!strings.Contains(q.User, "Three weeks") || strings.Contains(q.User, "7946")) {
			t.Errorf("asked %q, want the customer's words and no number", q.User)
		}
	}
	x.said(1)
}

// Words that come late do not take the place of what a newer draft's check found.
func TestLateWordsForAnOlderDraft(t *testing.T) {
	t.Parallel()
	const late = "I can see how long this has taken; let me find out for you."
	hold := make(chan struct{})
	server, ai := withAI(t, llm.Limits{}, func(q script.Question) script.Answer {
		return script.Answer{Text: script.Text(late), Hold: hold}
	})
	x := newWorld(t, ai, func(o *bot.Options) { o.AI.Timeout = time.Minute })
	draft := x.tom.Post(lounge, "I don't know.")
	if err := x.tom.Shortcut(x.ctx, "check_message", lounge, draft); err != nil {
		t.Fatal(err)
	}
	x.until("the service is asked", func() bool { return x.tom.View() != nil && len(server.Asked()) == 1 })
	if _, err := x.tom.Submit(x.ctx, map[string]map[string]any{"draft": {"draft": "I'll look into it for you now."}}); err != nil {
		t.Fatal(err)
	}
	close(hold)
	x.settled()
	if shown := string(x.tom.View().Blocks); strings.Contains(shown, "by AI") {
		t.Errorf("it shows %s", shown)
	}
}

// A check without a thread knows the only case that its writer has open in the channel.
func TestCheckKnowsTheOnlyOpenCase(t *testing.T) {
	t.Parallel()
	server, ai := withAI(t, llm.Limits{}, answers(map[string]string{"rewrite": script.Text("Three weeks is a long time to hear nothing; we can send you a replacement.")}))
	x := newWorld(t, ai)
	x.slash(x.tom, "check We can send you a replacement. I don't know when.", watched)
	first := x.whispers(x.tom, watched, 1)[0]
	if strings.Contains(first.Text, "you heard them") || strings.Contains(first.Text, "by AI") {
		t.Errorf("without a case it says %q", first.Text)
	}
	x.tom.Post(watched, furious)
	x.said(1)
	x.slash(x.tom, "check We can send you a replacement. I do not know when.", watched)
	contains(t, x.whispers(x.tom, watched, 2)[1].Text, "you heard them", "Three weeks is a long time")
	x.slash(x.mei, "check We can send you a replacement. I don't know that.", watched) // whose case it is not
	x.tom.Post(watched, furious+" My passport is lost too!")
	x.said(2)
	x.slash(x.tom, "check We can send you another one. I don't know.", watched) // which of the two?
	for _, m := range append(x.whispers(x.mei, watched, 1), x.whispers(x.tom, watched, 3)[2]) {
		if strings.Contains(m.Text, "you heard them") {
			t.Errorf("it says %q", m.Text)
		}
	}
	told := 0
	for _, q := range server.Asked() {
		if q.Task == "rewrite" && strings.Contains(q.User, "<customer>") {
			told++
		}
	}
	if told == 0 {
		t.Error("the service never heard the customer's words")
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

// What a lead says to the bot under a case that was handed over is said in private: no
// card is drafted from it.
func TestADirectMessageBecomesNoDraftCard(t *testing.T) {
	t.Parallel()
	server, ai := withAI(t, llm.Limits{}, answers(map[string]string{
		"card": `{"situation":"A customer wants a refund.","words":"Ask what she would like.","result":""}`}))
	x := newPeers(t, ai)
	x.slash(x.tom, "ask", lounge)
	x.submit(x.tom, "help_open", map[string]any{"question": "She wants a goodwill refund of 200.", "whom": "lead"})
	x.submit(x.tom, "help_open", map[string]any{"authority": "A refund beyond 50"})
	request := x.in(x.lin.DMChannel())[0]
	x.click(x.lin, request, "help_claim")
	x.lin.DM("Tom should have asked me a week ago.", slacksim.InThread(request.TS))
	x.lin.DM("I am tired of this customer.", slacksim.InThread(request.TS))
	x.settled()
	x.click(x.lin, request, "help_resolve")
	x.submit(x.lin, "help_resolve", map[string]any{"worked": "Half of it.", "calmed": "yes", "keep": []string{}})
	for _, q := range server.Asked() {
		if q.Task == "card" {
			t.Errorf("sent: %q", q.User)
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
			server, ai := withAI(t, llm.Limits{}, answers(map[string]string{"headline": script.Text(tt.line)}))
			x := newTold(t, ai)
			x.busyDay()
			x.slash(x.tom, "ask Who may lift a credit limit?", lounge)
			x.moveTo(nine(1))
			d := x.told(1)[0]
			if strings.Contains(d.Text, tt.line) != tt.shown || strings.Contains(d.Text, "written by AI") != tt.shown {
				t.Errorf("the digest says %q", d.Text)
			}
			for _, q := range server.Asked() {
				if q.Task != "headline" {
					continue
				}
				if !strings.Contains(q.User, "Difficult cases: 2") || !strings.Contains(q.User, "credit limit") {
					t.Errorf("the facts lack what happened: %s", q.User)
				}
				for _, no := range []string{"http", "archives", "<@", "which answer is better", "*"} {
					if strings.Contains(q.User, no) {
						t.Errorf("the facts hold %q: %s", no, q.User)
					}
				}
			}
		})
	}
}
