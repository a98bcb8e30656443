package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

func TestWhatIsOpenWhenAShiftEndsIsHandedOver(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	now := morning
	x.slash(x.tom, "promise call Ms Li back by 11am tomorrow", lounge)
	x.slash(x.tom, "promise send the part by 12 December 2030 at 4pm", lounge) // too far: a modal
	if err := x.tom.Close(x.ctx); err != nil {
		t.Fatal(err)
	}
	x.slash(x.tom, "promise visit Mr Roy in two weeks", lounge)
	x.said(0)

	x.moveTo(now.Add(8 * time.Hour)) // six o'clock
	list := x.direct(x.tom, 1)[0]
	contains(t, list.Text, "Your shift is ending", "call Ms Li back", "Due later, not listed: 1")
	if strings.Contains(list.Text, "Mr Roy") {
		t.Errorf("what can wait for two weeks is listed: %q", list.Text)
	}
	if err := x.tom.SelectOption(x.ctx, list.Channel, list.TS, "promise_hand", x.mei.ID()); err != nil {
		t.Fatal(err)
	}
	given := x.direct(x.mei, 1)[0]
	contains(t, given.Text, "<@U0TOM0001>", "call Ms Li back")
	contains(t, x.direct(x.tom, 1)[0].Text, "Handed to <@U0MEI0001>: call Ms Li back")
	if p := x.promises(x.mei); len(p) != 1 || p[0].From != x.tom.ID() {
		t.Errorf("mei owes %+v", p)
	}

	// Reminders go to mei now; tom owes one thing, in two weeks, and is left in peace.
	x.moveTo(now.Add(24 * time.Hour))
	x.direct(x.mei, 2)
	x.click(x.mei, x.direct(x.mei, 2)[1], "promise_done")
	contains(t, x.direct(x.mei, 2)[0].Text, "做到了")
	x.moveTo(now.Add(32 * time.Hour))
	x.moveTo(now.Add(56 * time.Hour))
	x.said(3)
}

// Everything that the end of a shift lists is handed over, and nothing that can wait.
func TestWhatCanWaitIsNotHandedOverWithTheShift(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "promise call Ms Li back by 11am tomorrow", lounge)
	x.slash(x.tom, "promise send Mr Poe the form by 10am tomorrow", lounge)
	x.slash(x.tom, "promise visit Mr Roy in two weeks", lounge)
	x.moveTo(morning.Add(8 * time.Hour))
	list := x.direct(x.tom, 1)[0]
	contains(t, list.Text, "Due later, not listed: 1", "Everything listed here")
	if err := x.tom.SelectOption(x.ctx, list.Channel, list.TS, "promise_hand:all", x.mei.ID()); err != nil {
		t.Fatal(err)
	}
	x.settled()
	if mine, hers := x.promises(x.tom), x.promises(x.mei); len(mine) != 1 || mine[0].What != "visit Mr Roy" || len(hers) != 2 {
		t.Errorf("tom owes %+v, mei %+v", mine, hers)
	}
	contains(t, x.direct(x.tom, 1)[0].Text, "Handed to <@U0MEI0001>: call Ms Li back", "Due later, not listed: 1")
}

func TestEverythingIsHandedOverWithOneChoice(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "promise call Ms Li back by 4pm", lounge)
	x.slash(x.tom, "promise send Mr Roy the form by 5pm", lounge)
	x.slash(x.tom, "handover", lounge)
	list := x.whispers(x.tom, lounge, 3)[2]
	contains(t, list.Text, "call Ms Li back", "send Mr Roy the form", "Everything listed here")
	if err := x.tom.SelectOption(x.ctx, lounge, list.TS, "promise_hand:all", x.ada.ID()); err != nil {
		t.Fatal(err)
	}
	x.direct(x.ada, 2)
	contains(t, x.whispers(x.tom, lounge, 3)[2].Text, "Nothing is open", "call Ms Li back", "send Mr Roy the form")
	x.said(2)
	if len(x.promises(x.ada)) != 2 || len(x.promises(x.tom)) != 0 {
		t.Errorf("ada owes %d, tom %d", len(x.promises(x.ada)), len(x.promises(x.tom)))
	}
}

// Slack asks to wait when the colleague is to be told: what was handed over is told all the same.
func TestWhatIsHandedOverIsToldThoughSlackRefusesAtFirst(t *testing.T) {
	t.Parallel()
	for what, owe := range map[string]func(x *peers){
		"call Ms Li back": func(x *peers) { x.slash(x.tom, "promise call Ms Li back by 4pm", lounge) },
		"refund after 60 days": func(x *peers) {
			x.slash(x.mei, "ask Customer wants a refund after 60 days and is furious, what may I offer?", lounge)
			x.click(x.tom, x.in(helpDesk)[0], "help_claim")
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			x := newPeers(t)
			owe(x)
			x.slash(x.tom, "handover", lounge)
			own := x.whispersSoFar(x.tom, lounge)
			list := own[len(own)-1]
			contains(t, list.Text, what)
			x.sim.Faults().LimitNext("chat.postMessage", 1, 60)
			if err := x.tom.SelectOption(x.ctx, lounge, list.TS, "promise_hand", x.ada.ID()); err != nil {
				t.Fatal(err)
			}
			x.advance(61 * time.Second)
			contains(t, x.direct(x.ada, 1)[0].Text, what)
			own = x.whispers(x.tom, lounge, len(own))
			contains(t, own[len(own)-1].Text, "Nothing is open", "Handed to", what)
		})
	}
}

func TestNothingIsHandedToWhoCannotKeepIt(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	gone := x.sim.AddUser(slacksim.UserSpec{ID: "U0GONE001", Name: "gone", Deleted: true})
	guest := x.sim.AddUser(slacksim.UserSpec{ID: "U0GUEST01", Name: "guest", Guest: true})
	stranger := x.sim.AddUser(slacksim.UserSpec{ID: "U0OTHER01", Name: "other"}) // in none of the team's channels
	x.slash(x.tom, "promise call Ms Li back by 4pm", lounge)
	x.slash(x.tom, "handover", lounge)
	list := x.whispers(x.tom, lounge, 2)[1]
	for i, who := range []*slacksim.Person{gone, guest, stranger} {
		if err := x.tom.SelectOption(x.ctx, lounge, list.TS, "promise_hand", who.ID()); err != nil {
			t.Fatal(err)
		}
		says := "not an active member"
		if who == stranger {
			says = "isn't in this team"
		}
		contains(t, x.whispers(x.tom, lounge, 3+i)[2+i].Text, says, "It stays where it is")
	}
	if len(x.promises(x.tom)) != 1 {
		t.Errorf("tom owes %+v", x.promises(x.tom))
	}
	x.said(0)
}

func TestPromisesOfSomebodyWhoLeftGoToTheLeads(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *bot.Options) { o.Leads = []string{"U0ADA0001", "U0MEI0001"} })
	now := morning
	x.slash(x.tom, "promise call Ms Li back by 4pm", lounge)
	x.slash(x.tom, "promise send Mr Roy the form by 5pm", lounge)
	x.tom.Leave()
	x.settled()
	list := x.direct(x.ada, 1)[0]
	contains(t, list.Text, "<@U0TOM0001> has left", "call Ms Li back", "send Mr Roy the form")
	contains(t, x.direct(x.mei, 1)[0].Text, "已经离开")
	if len(x.promises(x.ada)) != 2 || len(x.promises(x.tom)) != 0 {
		t.Errorf("ada owes %d, tom %d", len(x.promises(x.ada)), len(x.promises(x.tom)))
	}
	// The second lead takes one of them with one choice.
	other := x.direct(x.mei, 1)[0]
	if err := x.mei.SelectOption(x.ctx, other.Channel, other.TS, "promise_hand", x.mei.ID()); err != nil {
		t.Fatal(err)
	}
	x.settled()
	if got := x.promises(x.mei); len(got) != 1 || got[0].What != "call Ms Li back" {
		t.Errorf("mei owes %+v", got)
	}
	// The first lead's list still shows it; choosing there tells who has it.
	if err := x.ada.SelectOption(x.ctx, list.Channel, list.TS, "promise_hand", x.ada.ID()); err != nil {
		t.Fatal(err)
	}
	contains(t, x.whispers(x.ada, list.Channel, 1)[0].Text, "<@U0MEI0001> has it already")
	x.moveTo(now.Add(5 * time.Hour))
	contains(t, x.direct(x.mei, 2)[1].Text, "60 ")
	x.said(3)
}

func TestWhoLeftUnheardIsFoundWhenSlackRefusesTheReminder(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *bot.Options) { o.Leads = []string{"U0ADA0001"} })
	x.slash(x.tom, "promise call Ms Li back by 11:30am", lounge)
	x.sim.Faults().RemoveScope("users:read")
	x.tom.Leave()
	x.sim.Faults().AddScope("users:read")
	x.moveTo(morning.Add(30 * time.Minute)) // what Slack said of tom is still believed
	contains(t, x.direct(x.ada, 1)[0].Text, "has left", "call Ms Li back")
	x.said(1)
	if p := x.promises(x.ada); len(p) != 1 {
		t.Errorf("ada owes %+v", p)
	}
}

func TestWhoLeftWhileTheBotWasDownIsFoundAtTheReminder(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *bot.Options) { o.Leads = []string{"U0ADA0001"} })
	now := morning
	x.slash(x.tom, "promise call Ms Li back by 4pm", lounge)
	x.stop()
	x.sim.Faults().RemoveScope("users:read") // nobody tells the bot
	x.tom.Leave()
	x.sim.Faults().AddScope("users:read")
	x.start()
	x.moveTo(now.Add(5 * time.Hour))
	contains(t, x.direct(x.ada, 1)[0].Text, "has left", "call Ms Li back")
	x.said(1)
	if p := x.promises(x.ada); len(p) != 1 || p[0].State != store.PromiseOpen {
		t.Errorf("ada owes %+v", p)
	}
}

func TestClaimsAreHandedOverToo(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	now := morning
	x.moveTo(now.Add(7*time.Hour + 50*time.Minute))
	x.slash(x.tom, "ask What may I offer after sixty days?", lounge)
	request := x.said(1)[0]
	x.click(x.mei, request, "help_claim")
	x.said(2) // mei and tom meet in the thread
	x.moveTo(now.Add(8*time.Hour + time.Minute))
	list := x.direct(x.mei, 1)[0]
	contains(t, list.Text, "你的班快结束了", "What may I offer after sixty days")
	if err := x.mei.SelectOption(x.ctx, list.Channel, list.TS, "promise_hand", x.tom.ID()); err != nil {
		t.Fatal(err)
	}
	x.settled()
	x.until("a refusal", func() bool { return len(x.whispers(x.mei, list.Channel, 1)) == 1 })
	contains(t, x.whispers(x.mei, list.Channel, 1)[0].Text, "就是求助的人")
	if err := x.mei.SelectOption(x.ctx, list.Channel, list.TS, "promise_hand", x.kai.ID()); err != nil {
		t.Fatal(err)
	}
	x.settled()
	contains(t, x.direct(x.kai, 1)[0].Text, "hands a request for help to you")
	contains(t, x.direct(x.mei, 1)[0].Text, "没有未完的事", "已交给")
	if r := x.requests(); len(r) != 1 || r[0].Helper != x.kai.ID() || r[0].State != store.HelpClaimed {
		t.Errorf("requests: %+v", r)
	}
	if m, ok := x.sim.Message(request.Channel, request.TS); !ok || !strings.Contains(m.Text, x.kai.Mention()+" is on it") {
		t.Errorf("the request says %q", m.Text)
	}
	x.said(5) // request, two meetings in its thread, the list, what kai was told
}

func TestAClaimIsNotHandedToWhoAskedWithoutAName(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.moveTo(morning.Add(7*time.Hour + 50*time.Minute))
	x.slash(x.tom, "ask", lounge)
	x.submit(x.tom, "help_open", map[string]any{"question": "He shouted at me. What now?", "names": "hide"})
	x.click(x.kai, x.in(helpDesk)[0], "help_claim")
	x.moveTo(morning.Add(8*time.Hour + time.Minute))
	list := x.direct(x.kai, 1)[0]
	if err := x.kai.SelectOption(x.ctx, list.Channel, list.TS, "promise_hand", x.tom.ID()); err != nil {
		t.Fatal(err)
	}
	x.settled()
	refused := x.whispers(x.kai, list.Channel, 1)[0]
	contains(t, refused.Text, "can't take this one", "somebody else")
	x.lacks(refused, "asked for this")
}

func TestClaimsOfSomebodyWhoLeftAreOpenAgain(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask What may I offer after sixty days?", lounge)
	request := x.said(1)[0]
	x.click(x.mei, request, "help_claim")
	x.said(2)
	x.mei.Leave()
	x.settled()
	if r := x.requests(); len(r) != 1 || r[0].State != store.HelpOpen || r[0].Helper != "" {
		t.Errorf("requests: %+v", r)
	}
	if m, ok := x.sim.Message(request.Channel, request.TS); !ok || !strings.Contains(strings.ToLower(m.Text), "nobody is on it") {
		t.Errorf("the request says %q", m.Text)
	}
	told := x.said(4)[3] // the leads hear of it at once
	if told.Channel != x.lin.DMChannel() || !slices.Contains(told.ActionIDs(), "help_claim") {
		t.Errorf("told in %s with %v", told.Channel, told.ActionIDs())
	}
	contains(t, told.Text, "接手的同事已经离开", "sixty days")
	x.advance(6 * time.Minute) // announced again, as any open one
	x.said(5)
}
