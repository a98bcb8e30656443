package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

const helpDesk = "C0HELP0001"

// peers is a world with a help channel, a lead and two more colleagues.
type peers struct {
	*world
	lin, kai, zoe *slacksim.Person // a lead, two colleagues
}

func newPeers(t testing.TB, change ...func(*bot.Options)) *peers {
	t.Helper()
	x := &peers{world: newWorld(t, append([]func(*bot.Options){func(o *bot.Options) {
		o.Team = store.Team{Help: helpDesk}
		o.Leads = []string{"U0LIN0001"}
	}}, change...)...)}
	x.lin = x.sim.AddUser(slacksim.UserSpec{ID: "U0LIN0001", Name: "lin", Locale: "zh-CN"})
	x.kai = x.sim.AddUser(slacksim.UserSpec{ID: "U0KAI0001", Name: "kai"})
	x.zoe = x.sim.AddUser(slacksim.UserSpec{ID: "U0ZOE0001", Name: "zoe"})
	everyone := []string{x.mei.ID(), x.tom.ID(), x.ada.ID(), x.lin.ID(), x.kai.ID(), x.zoe.ID()}
	x.sim.AddChannel(slacksim.ChannelSpec{ID: helpDesk, Name: "help", Members: everyone, WithBot: true})
	return x
}

// in are the bot's standing messages of a channel.
func (x *world) in(channel string) (list []slacksim.Message) {
	for _, m := range x.standing() {
		if m.Channel == channel {
			list = append(list, m)
		}
	}
	return list
}

// last is the newest of the bot's messages in a channel, once all has settled.
func (x *world) last(channel string) slacksim.Message {
	x.t.Helper()
	x.settled()
	list := x.in(channel)
	if len(list) == 0 {
		x.t.Fatalf("the bot said nothing in %s; it said %q", channel, texts(x.standing()))
	}
	return list[len(list)-1]
}

// submit fills in the form that p has open; a field is an input's id.
func (x *world) submit(p *slacksim.Person, callback string, fields map[string]any) slacksim.SubmitResult {
	x.t.Helper()
	x.until("the form "+callback, func() bool { v := p.View(); return v != nil && v.CallbackID == callback })
	blocks := map[string]map[string]any{}
	for id, value := range fields {
		blocks[id] = map[string]any{id: value}
	}
	res, err := p.Submit(x.ctx, blocks)
	if err != nil {
		x.t.Fatalf("submit %s: %v", callback, err)
	}
	x.settled()
	return res
}

// requests are the help requests of the environment's team, oldest first.
func (x *world) requests() (list []store.HelpRequest) {
	x.t.Helper()
	err := x.store.HelpRequestsOpened(x.ctx, x.sim.TeamID(), store.EnvironmentTeam, time.Unix(0, 0), x.now().Add(time.Hour), func(h store.HelpRequest) error {
		list = append(list, h)
		return nil
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return list
}

func (x *world) lacks(m slacksim.Message, words ...string) {
	x.t.Helper()
	for _, w := range words {
		if strings.Contains(m.Text+string(m.Blocks), w) {
			x.t.Errorf("%q says %q", m.Text, w)
		}
	}
}

func TestAQuestionIsAskedTakenSolvedAndThanked(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask Customer wants a refund after 60 days and is furious, what may I offer?", lounge)
	request := x.said(1)[0]
	if request.Channel != helpDesk {
		t.Errorf("posted in %s, want the help channel", request.Channel)
	}
	contains(t, request.Text, "help wanted", "refund after 60 days", x.tom.Mention(), "nobody is on it")
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "is up")

	x.click(x.tom, request, "help_claim")
	contains(t, x.whispers(x.tom, helpDesk, 1)[0].Text, "own question")

	x.click(x.mei, request, "help_claim")
	list := x.said(2)
	contains(t, list[0].Text, x.mei.Mention()+" is on it")
	if meet := list[1]; meet.ThreadTS != request.TS || meet.Channel != helpDesk {
		t.Errorf("they meet in %s %s, want the request's thread", meet.Channel, meet.ThreadTS)
	} else {
		contains(t, meet.Text, x.mei.Mention(), x.tom.Mention())
	}
	x.click(x.kai, list[0], "help_resolve")
	contains(t, x.whispers(x.kai, helpDesk, 1)[0].Text, "helper, the asker or a lead")

	x.click(x.mei, list[0], "help_resolve")
	x.submit(x.mei, "help_resolve", map[string]any{"worked": "Offer store credit and call back within the hour.", "calmed": "yes", "keep": []string{"keep", "name"}})
	list = x.said(3)
	contains(t, list[0].Text, "solved with the help of "+x.mei.Mention(), "store credit")
	solved := list[2]
	if solved.Channel != x.tom.DMChannel() {
		t.Errorf("the asker hears of it in %s", solved.Channel)
	}
	x.click(x.mei, list[0], "help_thank")
	contains(t, x.whispers(x.mei, helpDesk, 1)[0].Text, "只有求助的人")
	x.click(x.tom, solved, "help_thank")
	x.click(x.tom, solved, "help_thank")
	list = x.said(4)
	if thanks := list[3]; thanks.Channel != x.mei.DMChannel() {
		t.Errorf("the thanks went to %s", thanks.Channel)
	}
	if slices.Contains(list[0].ActionIDs(), "help_thank") {
		t.Error("thanks can be said twice")
	}
	r := x.requests()[0]
	if r.State != store.HelpResolved || r.Helper != x.mei.ID() || r.ThankedAt.IsZero() || !r.NameHelper || r.Calmed != "yes" {
		t.Errorf("the record is %+v", r)
	}
	card, err := x.store.KnowledgeCard(x.ctx, r.Card)
	if err != nil || card.State != store.CardLive || !card.Named || card.Author != x.mei.ID() || card.Words != r.Worked {
		t.Errorf("the card is %+v, %v", card, err)
	}
	x.said(4)
}

func TestOfFiftyWhoClickAtOnceOneGetsIt(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	var crowd []*slacksim.Person
	for i := range 50 {
		p := x.sim.AddUser(slacksim.UserSpec{ID: fmt.Sprintf("U0CROWD%02d", i), Name: fmt.Sprint("c", i)})
		p.Join(helpDesk)
		crowd = append(crowd, p)
	}
	x.slash(x.tom, "ask The customer insists on the manager, who can help?", lounge)
	request := x.said(1)[0]
	release := x.sim.Faults().Hang("chat.update") // all fifty still see the button
	var clicks sync.WaitGroup
	for _, p := range crowd {
		clicks.Go(func() {
			if err := p.Click(x.ctx, helpDesk, request.TS, "help_claim"); err != nil {
				t.Errorf("%s: %v", p.ID(), err)
			}
		})
	}
	clicks.Wait()
	release()
	x.said(2)
	r := x.requests()[0]
	told := 0
	for _, p := range crowd {
		var heard []slacksim.Message
		for _, m := range p.Messages(helpDesk) {
			if m.EphemeralTo == p.ID() {
				heard = append(heard, m)
			}
		}
		switch {
		case p.ID() == r.Helper && len(heard) > 0:
			t.Errorf("who got it hears %q", texts(heard))
		case p.ID() != r.Helper && len(heard) != 1:
			t.Errorf("%s hears %q, want who was quicker", p.ID(), texts(heard))
		case p.ID() != r.Helper:
			contains(t, heard[0].Text, "<@"+r.Helper+">")
			told++
		}
	}
	if r.State != store.HelpClaimed || told != 49 {
		t.Errorf("the request is %s by %q, %d others were told", r.State, r.Helper, told)
	}
}

func TestTheFormUnderASuggestion(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	ts := x.tom.Post(watched, furious)
	card := x.said(1)[0]
	x.click(x.tom, card, "help_open")
	if res := x.submit(x.tom, "help_open", map[string]any{"question": "   "}); res.Errors["question"] == "" {
		t.Errorf("an empty question is taken: %+v", res)
	}
	x.submit(x.tom, "help_open", map[string]any{"question": "She has waited three weeks. Who knows the depot?", "tried": "Apologised twice",
		"urgency": "high", "weight": []string{"valued"}, "names": "show", "whom": "peers"})
	list := x.said(3)
	request := x.in(helpDesk)[0]
	contains(t, request.Text, "urgent", "important customer", "depot", "apologised twice", "this message")
	r := x.requests()[0]
	if r.Case == "" || !strings.Contains(r.Link, strings.ReplaceAll(ts, ".", "")) || r.Priority < 5 || r.Scenario != "late-delivery" {
		t.Errorf("the record is %+v", r)
	}
	if posted := list[2]; posted.Channel != x.tom.DMChannel() {
		t.Errorf("the asker hears in %s", posted.Channel)
	}
	x.said(3)
}

func TestAFormShowsWordsAsTheyWereTyped(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.tom.Post(watched, "> Three weeks & nobody knows where my parcel is!\n> Where <b>IS</b> it?")
	x.click(x.tom, x.said(1)[0], "help_open")
	x.submit(x.tom, "help_open", map[string]any{})
	if got, want := x.requests()[0].Question, "Three weeks & nobody knows where my parcel is!\nWhere <b>IS</b> it?"; got != want {
		t.Errorf("the form holds %q, want %q", got, want)
	}
}

func TestTheShortcutAndTheEmptyCommandOpenTheForm(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	ts := x.mei.Post(lounge, "客户说要找媒体曝光，我该怎么办")
	if err := x.mei.Shortcut(x.ctx, "ask_peers", lounge, ts); err != nil {
		t.Fatal(err)
	}
	x.submit(x.mei, "help_open", map[string]any{"names": "show"})
	request := x.last(helpDesk)
	contains(t, request.Text, "有同事需要帮忙", "找媒体曝光", "还没有人接手")
	x.slash(x.tom, "求助", lounge)
	x.submit(x.tom, "help_open", map[string]any{"question": "Which form do I need for a warranty claim?"})
	contains(t, x.last(helpDesk).Text, "warranty claim")
	x.said(4) // two requests, two private notes
}

func TestWithoutAName(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask", lounge)
	x.submit(x.tom, "help_open", map[string]any{"question": "A caller insulted me and I hung up. What now?", "names": "hide"})
	request := x.in(helpDesk)[0]
	x.lacks(request, x.tom.ID())
	x.click(x.kai, request, "help_claim")
	list := x.said(4)
	x.lacks(list[2], x.tom.ID())
	if told := list[3]; told.Channel != x.tom.DMChannel() {
		t.Errorf("the asker hears of the helper in %s", told.Channel)
	}
	x.click(x.tom, list[3], "help_say")
	if res := x.submit(x.tom, "help_say", map[string]any{"words": " "}); res.Errors["words"] == "" {
		t.Errorf("nothing is passed on: %+v", res)
	}
	x.submit(x.tom, "help_say", map[string]any{"words": "He called me names twice."})
	passed := x.said(5)[4]
	contains(t, passed.Text, "whoever asked says", "called me names")
	if passed.ThreadTS != request.TS {
		t.Errorf("passed on in %s %s", passed.Channel, passed.ThreadTS)
	}
	x.click(x.kai, x.in(helpDesk)[0], "help_resolve")
	x.submit(x.kai, "help_resolve", map[string]any{"worked": "Write it up and call back together.", "keep": []string{}})
	x.click(x.tom, x.last(x.tom.DMChannel()), "help_thank")
	thanks := x.last(x.kai.DMChannel())
	x.lacks(thanks, x.tom.ID())
	for _, m := range x.in(helpDesk) {
		x.lacks(m, x.tom.ID())
	}
	if r := x.requests()[0]; r.Card != "" {
		t.Error("what may not be kept was kept")
	}
	x.said(7)
}

func TestTheSameQuestionPointsToTheFirst(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask May I refund shoes that were worn once?", lounge)
	x.slash(x.kai, "ask may I refund shoes, that were worn once", lounge)
	first := x.said(1)[0]
	contains(t, x.whispers(x.kai, lounge, 1)[0].Text, "a moment ago", strings.ReplaceAll(first.TS, ".", ""))
	x.slash(x.kai, "ask May I refund shoes that were never worn and have no box?", lounge)
	x.said(2)
	x.advance(20 * time.Minute)
	x.slash(x.zoe, "ask May I refund shoes that were worn once?", lounge)
	if n := len(x.requests()); n != 3 {
		t.Errorf("%d requests, want the same question as new after a while", n)
	}
}

func TestWithdrawingAndGivingBack(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask Who has the key to the returns room?", lounge)
	request := x.said(1)[0]
	x.click(x.kai, request, "help_claim")
	x.said(2)
	x.click(x.zoe, request, "help_release")
	contains(t, x.whispers(x.zoe, helpDesk, 1)[0].Text, "helper, the asker or a lead")
	x.click(x.kai, request, "help_release")
	list := x.said(3)
	contains(t, list[0].Text, "nobody is on it")
	contains(t, list[2].Text, "open again")
	x.click(x.zoe, request, "help_claim")
	x.said(4)
	x.click(x.zoe, request, "help_withdraw")
	contains(t, x.whispers(x.zoe, helpDesk, 2)[1].Text, "only the asker")
	x.click(x.tom, request, "help_withdraw")
	list = x.said(5)
	contains(t, list[0].Text, "withdrawn")
	if ids := list[0].ActionIDs(); len(ids) > 0 {
		t.Errorf("a withdrawn request has the buttons %v", ids)
	}
	contains(t, list[4].Text, "no help is needed")
	x.advance(2 * time.Hour)
	x.said(5)
}

func TestDetailsAreAddedToAQuestion(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask What do I do about a torn receipt?", lounge)
	x.said(1)
	x.click(x.tom, x.whispers(x.tom, lounge, 1)[0], "help_open")
	x.submit(x.tom, "help_open", map[string]any{"tried": "Looked it up by card number", "urgency": "high", "names": "hide"})
	request := x.said(1)[0]
	contains(t, request.Text, "urgent", "looked it up", "unnamed")
	x.lacks(request, x.tom.ID())
}

func TestDetailsKeepTheWeightOfTheCase(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.tom.Post(watched, furious)
	x.click(x.tom, x.said(1)[0], "help_open")
	x.submit(x.tom, "help_open", map[string]any{"question": "What may I offer her?", "urgency": "normal"})
	before := x.requests()[0].Priority
	x.click(x.tom, x.last(x.tom.DMChannel()), "help_open")
	x.submit(x.tom, "help_open", map[string]any{"tried": "An apology"})
	if r := x.requests()[0]; r.Tried == "" || r.Priority != before || before <= 2 {
		t.Errorf("with details the priority is %d, it was %d", r.Priority, before)
	}
}

// What was due while the bot was down is said once, and to the leads.
func TestRemindersMissedAreOne(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask Customer says the repair failed twice, what can I promise?", lounge)
	x.said(1)
	x.stop()
	x.ahead.Add(int64(3 * time.Hour))
	x.start()
	list := x.said(3)
	if list[1].Channel != helpDesk || list[2].Channel != x.lin.DMChannel() {
		t.Errorf("said in %s and %s, want the help channel and the lead", list[1].Channel, list[2].Channel)
	}
	contains(t, list[1].Text, "3 hours")
}

func TestRemindersGoOutOnTimeTheLastToTheLeadsAlsoAfterARestart(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask Customer says the repair failed twice, what can I promise?", lounge)
	request := x.said(1)[0]
	x.advance(4 * time.Minute)
	x.said(1)
	x.advance(time.Minute + time.Second)
	list := x.said(2)
	if again := list[1]; again.ThreadTS != request.TS || again.Channel != helpDesk {
		t.Errorf("announced again in %s %q", again.Channel, again.ThreadTS)
	}
	contains(t, list[1].Text, "5 minutes")
	x.stop()
	x.ahead.Add(int64(10 * time.Minute))
	x.start()
	contains(t, x.said(3)[2].Text, "15 minutes")
	x.advance(15 * time.Minute)
	list = x.said(4)
	lead := list[3]
	if lead.Channel != x.lin.DMChannel() {
		t.Errorf("the last reminder went to %s, want the lead", lead.Channel)
	}
	contains(t, lead.Text, "30", "repair failed twice")
	x.click(x.lin, lead, "help_claim")
	list = x.said(5)
	contains(t, list[0].Text, x.lin.Mention()+" is on it")
	contains(t, list[3].Text, x.lin.Mention())
	x.advance(20 * time.Minute)
	x.said(5)
}

func TestAHelperWhoIsSilentIsAskedPrivately(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask How do I unlock a blocked account?", lounge)
	request := x.said(1)[0]
	x.click(x.kai, request, "help_claim")
	x.said(2)
	x.advance(20 * time.Minute)
	x.tom.Post(helpDesk, "are you there?", slacksim.InThread(request.TS))
	x.advance(15 * time.Minute)
	x.said(2) // the thread was not silent
	x.advance(20 * time.Minute)
	asked := x.said(3)[2]
	if asked.Channel != x.kai.DMChannel() {
		t.Errorf("asked in %s, want the helper's direct messages", asked.Channel)
	}
	contains(t, asked.Text, "still on it", "30 minutes")
	x.click(x.kai, asked, "help_still")
	x.advance(31 * time.Minute)
	again := x.said(4)[3]
	x.click(x.kai, again, "help_release")
	if r := x.requests()[0]; r.State != store.HelpOpen {
		t.Errorf("given back, the request is %s", r.State)
	}
}

func TestACaseIsHandedOverWithItsPacket(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.tom.Post(watched, furious)
	card := x.said(1)[0]
	x.click(x.tom, card, "suggestion_used")
	c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, card.ThreadTS)
	if err != nil {
		t.Fatal(err)
	}
	_, err = x.store.UpdatePromise(x.ctx, "p1", func(p *store.Promise) error {
		*p = store.Promise{ID: "p1", Workspace: c.Workspace, Case: c.ID, Owner: x.tom.ID(), What: "call her back", Zone: "UTC",
			State: store.PromiseOpen, DueAt: x.now().Add(time.Hour), MadeAt: x.now()}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	x.click(x.tom, card, "help_open")
	res := x.submit(x.tom, "help_open", map[string]any{"question": "She wants a goodwill refund of 200.", "whom": "lead", "urgency": "high"})
	if res.View == nil || res.View.CallbackID != "help_open" {
		t.Fatalf("no packet to look at: %+v", res)
	}
	packet := string(res.View.Blocks)
	contains(t, packet, "goodwill refund of 200", c.Used[0], "call her back", "severity: angry", "angry")
	res = x.submit(x.tom, "help_open", map[string]any{}) // no entry of the playbook is like it: a blank, and no chance hit
	if res.Errors["authority"] == "" {
		t.Errorf("a decision was made up: %s", packet)
	}
	res = x.submit(x.tom, "help_open", map[string]any{"authority": "  "})
	if res.Errors["authority"] == "" {
		t.Errorf("a packet without a decision to take is sent: %+v", res)
	}
	x.submit(x.tom, "help_open", map[string]any{"authority": "A refund beyond 50"})
	list := x.said(3)
	lead := list[1]
	if lead.Channel != x.lin.DMChannel() {
		t.Errorf("handed over to %s", lead.Channel)
	}
	contains(t, lead.Text, "转交", "goodwill refund", "A refund beyond 50", "call her back")
	contains(t, list[2].Text, x.lin.Mention())
	x.click(x.lin, lead, "help_claim")
	list = x.said(4)
	if told := list[3]; told.Channel != x.tom.DMChannel() {
		t.Errorf("the agent hears of it in %s", told.Channel)
	}
	x.lacks(list[3], "Nobody sees") // the lead sees who hands over
	contains(t, list[1].Text, x.lin.Mention())
	x.said(4)
}

func TestAHandOverReachesSomebodyOrSaysSo(t *testing.T) {
	t.Parallel()
	packet := map[string]any{"authority": "A refund beyond 50"}
	t.Run("the only lead hands over", func(t *testing.T) {
		t.Parallel()
		x := newPeers(t)
		x.slash(x.lin, "求助", lounge)
		x.submit(x.lin, "help_open", map[string]any{"question": "客户要退两百，超出我的权限", "whom": "lead"})
		x.submit(x.lin, "help_open", packet)
		list := x.said(2)
		if list[0].Channel != helpDesk {
			t.Errorf("shown in %s, want the help channel: no other lead is there", list[0].Channel)
		}
		contains(t, list[1].Text, "已经发出")
	})
	t.Run("no lead can be told", func(t *testing.T) {
		t.Parallel()
		x := newPeers(t)
		x.slash(x.tom, "ask", lounge)
		x.submit(x.tom, "help_open", map[string]any{"question": "She wants 200 back.", "whom": "lead"})
		x.sim.Faults().FailNext("conversations.open", 1, "user_disabled")
		x.submit(x.tom, "help_open", packet)
		list := x.said(2)
		if list[0].Channel != helpDesk {
			t.Errorf("shown in %s, want the help channel", list[0].Channel)
		}
		contains(t, list[1].Text, "your question is up")
	})
	t.Run("neither lead nor channel", func(t *testing.T) {
		t.Parallel()
		x := newPeers(t, func(o *bot.Options) { o.Team.Help, o.Leads = "", nil })
		x.slash(x.tom, "ask", x.tom.DMChannel())
		x.submit(x.tom, "help_open", map[string]any{"question": "She wants 200 back.", "whom": "lead"})
		x.submit(x.tom, "help_open", packet)
		contains(t, x.said(1)[0].Text, "no help channel")
	})
	t.Run("all leads have left", func(t *testing.T) {
		t.Parallel()
		x := newPeers(t, func(o *bot.Options) { o.Team.Help = "" })
		x.lin.Deactivate()
		for range 2 { // asked again it is no repetition of what reached nobody
			if err := x.tom.Shortcut(x.ctx, "ask_peers", x.tom.DMChannel(), x.tom.DM("She wants a goodwill refund of 200.")); err != nil {
				t.Fatal(err)
			}
			x.submit(x.tom, "help_open", map[string]any{"question": "She wants a goodwill refund of 200.", "whom": "lead"})
			x.submit(x.tom, "help_open", packet)
			if told := x.last(x.tom.DMChannel()); strings.Contains(told.Text, "asked this") || strings.Contains(told.Text, "same") {
				t.Errorf("told %q", told.Text)
			}
		}
		for _, r := range x.requests() {
			if !r.Over() {
				t.Errorf("open, and nobody knows of it: %+v", r)
			}
		}
	})
}

func TestALeadReadsOneLanguage(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask How do I split an invoice?", lounge)
	x.said(1)
	x.advance(31 * time.Minute)
	lead := x.last(x.lin.DMChannel())
	contains(t, lead.Text, "没有人接", "有同事需要帮忙")
	x.lacks(lead, "Nobody has taken")
}

func TestBadHelpChannelsAreToldInWordsAndTheRecordStays(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*peers){
		"not there":           func(x *peers) { x.sim.Faults().FailNext("conversations.info", 1, "channel_not_found") },
		"customers can read":  func(x *peers) { x.sim.AddUser(slacksim.UserSpec{ID: "U0GUEST02", Guest: true}).Join(helpDesk) },
		"posting is refused":  func(x *peers) { x.sim.Faults().FailNext("chat.postMessage", 1, "is_archived") },
		"the bot was removed": func(x *peers) { x.sim.Faults().FailNext("chat.postMessage", 1, "not_in_channel") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newPeers(t)
			spoil(x)
			x.settled()
			x.slash(x.tom, "ask How do I split an invoice?", lounge)
			contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "could not post", helpDesk)
			lead := x.said(1)[0]
			if lead.Channel != x.lin.DMChannel() {
				t.Errorf("told in %s, want the lead", lead.Channel)
			}
			r := x.requests()[0]
			x.click(x.lin, lead, "help_claim")
			if r = x.requests()[0]; r.Helper != x.lin.ID() {
				t.Errorf("the record is %+v", r)
			}
			told := x.last(x.tom.DMChannel()) // no thread to meet in
			contains(t, told.Text, x.lin.Mention())
			x.said(2)
		})
	}
}

func TestAQuestionWithoutWordsOrPlace(t *testing.T) {
	t.Parallel()
	x := newPeers(t, func(o *bot.Options) { o.Team.Help = "" })
	x.slash(x.tom, "ask", lounge)
	if res := x.submit(x.tom, "help_open", map[string]any{"question": " \n "}); res.Errors["question"] == "" {
		t.Errorf("an empty question is taken: %+v", res)
	}
	if err := x.tom.Close(x.ctx); err != nil {
		t.Fatal(err)
	}
	x.said(0)
	x.slash(x.tom, "ask 😡😡 :rage:", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "say in a sentence")
	x.slash(x.tom, "ask Where is the float kept?", x.tom.DMChannel())
	contains(t, x.whispers(x.tom, x.tom.DMChannel(), 1)[0].Text, "no help channel")
	x.slash(x.tom, "ask Where is the float kept?", lounge)
	if got := x.said(1)[0]; got.Channel != lounge {
		t.Errorf("posted in %s, want where it was asked", got.Channel)
	}
}

func TestAFormThatCameTooLate(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.sim.Faults().FailNext("views.open", 1, "expired_trigger_id")
	x.slash(x.tom, "ask", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "once more")
	x.said(0)
}

func TestAHelperWhoLeftIsNotInTheWay(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask How do I print a label?", lounge)
	request := x.said(1)[0]
	x.click(x.kai, request, "help_claim")
	x.said(2)
	x.sim.Faults().FailNext("conversations.open", 1, "user_disabled")
	x.click(x.lin, request, "help_resolve")
	x.submit(x.lin, "help_resolve", map[string]any{"worked": "", "calmed": "unknown", "keep": []string{}})
	if r := x.requests()[0]; r.State != store.HelpResolved {
		t.Errorf("the request is %s", r.State)
	}
	x.said(2)
}

func TestTheHomeTabCountsThanksForOneselfAlone(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask How do I reprint a receipt?", lounge)
	x.slash(x.tom, "ask Who has keys for the lamp cabinet?", lounge)
	list := x.said(2)
	for _, request := range list {
		x.click(x.kai, request, "help_claim")
	}
	x.click(x.kai, list[0], "help_resolve")
	x.submit(x.kai, "help_resolve", map[string]any{"worked": "Menu, then history.", "keep": []string{}})
	x.click(x.tom, x.last(x.tom.DMChannel()), "help_thank")
	shown := func(p *slacksim.Person) string {
		p.OpenHome(x.ctx)
		x.until("the Home tab", func() bool { return p.Home() != nil })
		x.settled()
		return string(p.Home().Blocks)
	}
	contains(t, shown(x.kai), "thanks you received: 1", "lamp cabinet")
	tom := shown(x.tom)
	contains(t, tom, "thanks you received: 0", "lamp cabinet", x.kai.ID()+`\u003e is on it`)
	if strings.Contains(tom, "receipt") {
		t.Errorf("what is settled is listed: %s", tom)
	}
	contains(t, shown(x.mei), "收到的感谢：0", "没有未了结")
	x.said(6)
}

func TestARequestWhoseChannelIsGoneIsKeptAndToldAbout(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask How do I void a gift card?", lounge)
	request := x.said(1)[0]
	x.click(x.kai, request, "help_claim")
	x.said(2)
	x.advance(31 * time.Minute)
	asked := x.said(3)[2] // whether kai is still on it
	x.sim.Faults().FailNext("chat.postMessage", 1, "channel_not_found")
	x.sim.Faults().FailNext("chat.update", 1, "channel_not_found")
	x.click(x.kai, asked, "help_release")
	contains(t, x.whispers(x.kai, x.kai.DMChannel(), 1)[0].Text, "can't write in the channel", "kept")
	told := x.said(4)[3]
	if told.Channel != x.tom.DMChannel() {
		t.Errorf("the asker hears of it in %s", told.Channel)
	}
	if r := x.requests()[0]; r.State != store.HelpOpen {
		t.Errorf("the request is %s", r.State)
	}
	x.sim.Faults().FailNext("chat.postMessage", 1, "channel_not_found")
	x.advance(5*time.Minute + time.Second)
	if lead := x.said(5)[4]; lead.Channel != x.lin.DMChannel() {
		t.Errorf("the reminder went to %s, want the lead", lead.Channel)
	}
}

func TestACaseBehindAQuestionWithoutANameIsNotLinked(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	ts := x.tom.Post(watched, furious)
	x.click(x.tom, x.said(1)[0], "help_open")
	x.submit(x.tom, "help_open", map[string]any{"question": "Which depot handles lamps?", "names": "hide"})
	request := x.in(helpDesk)[0]
	x.lacks(request, x.tom.ID(), strings.ReplaceAll(ts, ".", ""))
	if r := x.requests()[0]; r.Case == "" || r.Link == "" {
		t.Errorf("the record does not know the case: %+v", r)
	}
}

func TestKnowledgeNamesNoCustomer(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask Ms Li wants her deposit back, may I?", lounge)
	request := x.said(1)[0]
	contains(t, request.Text, "Ms Li")
	x.click(x.kai, request, "help_claim")
	x.click(x.kai, request, "help_resolve")
	x.submit(x.kai, "help_resolve", map[string]any{"worked": "I offered Ms Li half today and half on delivery.", "calmed": "yes"})
	k := x.cards()[0]
	if strings.Contains(k.Situation+k.Words, "Li") {
		t.Errorf("the card names the customer: %+v", k)
	}
}

// TestHelpInChinese: a team whose language is Chinese reads no English.
func TestHelpInChinese(t *testing.T) {
	t.Parallel()
	x := newPeers(t, func(o *bot.Options) { o.Locale = "zh" })
	x.slash(x.mei, "求助 客户的沙发晚了三周，他要求今天就退款，我能答应吗？", lounge)
	request := x.said(1)[0]
	contains(t, request.Text, "有同事需要帮忙", "沙发晚了三周", x.mei.Mention(), "还没有人接手")
	contains(t, x.whispers(x.mei, lounge, 1)[0].Text, "求助已经发出")
	x.click(x.mei, request, "help_claim")
	contains(t, x.whispers(x.mei, helpDesk, 1)[0].Text, "得由同事来接")
	x.advance(5*time.Minute + time.Second)
	contains(t, x.said(2)[1].Text, "5 分钟了还没有人接")
	x.click(x.lin, request, "help_claim")
	contains(t, x.said(3)[2].Text, "接手了", "商量")
	x.click(x.lin, request, "help_release")
	contains(t, x.said(4)[3].Text, "先交还")
	x.click(x.lin, request, "help_claim")
	x.click(x.lin, request, "help_resolve")
	x.submit(x.lin, "help_resolve", map[string]any{"worked": "先退一半，送到再退另一半。", "calmed": "yes", "keep": []string{"keep", "name"}})
	list := x.said(6)
	contains(t, list[0].Text, "的帮助下解决了", "先退一半")
	solved := x.last(x.mei.DMChannel())
	contains(t, solved.Text, "说你的问题解决了")
	x.click(x.mei, solved, "help_thank")
	contains(t, x.last(x.lin.DMChannel()).Text, "感谢你帮忙解决")
	x.slash(x.mei, "手册 沙发退款", lounge)
	contains(t, x.whispers(x.mei, lounge, 2)[1].Text, "同事的经验", "先退一半", "来源：团队经验", "作者：lin")
	for _, m := range x.said(7) {
		for _, english := range []string{"Help", "nobody", "is on it", "thank"} {
			x.lacks(m, english+" ")
		}
	}
}
