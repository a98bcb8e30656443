package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

// TestTeamsSeeOnlyTheirOwn: a second team, set up in Slack, has its own help
// channel, leads and knowledge.
func TestTeamsSeeOnlyTheirOwn(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	const desk, help = "C0BANK0001", "C0BANKHELP"
	nina := x.sim.AddUser(slacksim.UserSpec{ID: "U0NINA001", Name: "nina"})
	paul := x.sim.AddUser(slacksim.UserSpec{ID: "U0PAUL001", Name: "paul"})
	for _, c := range []string{desk, help} {
		x.sim.AddChannel(slacksim.ChannelSpec{ID: c, Name: strings.ToLower(c), Members: []string{nina.ID(), paul.ID()}, WithBot: true})
	}
	nina.Join(lounge)
	_, err := x.store.UpdateTeam(x.ctx, x.sim.TeamID(), "bank", func(s *store.Team) error {
		s.Name, s.Escalation, s.Help, s.Leads, s.Remind = "Bank", []string{desk}, help, []string{paul.ID()}, []time.Duration{time.Minute}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	x.kept(x.tom, "I drew her the parcel's route on a napkin and named a day.", late(false))
	x.said(1)

	nina.Post(desk, furious) // watched, because the team says so; no knowledge of the other team
	card := x.said(2)[1]
	if card.Channel != desk {
		t.Fatalf("the card stands in %s", card.Channel)
	}
	x.lacks(card, "napkin")
	x.slash(nina, "playbook parcel depot", desk)
	x.lacks(x.whispers(nina, desk, 1)[0], "napkin")

	x.slash(nina, "ask Who may lift a credit limit?", lounge) // she is of the bank, wherever she asks
	request := x.said(3)[2]
	if request.Channel != help {
		t.Errorf("posted in %s, want her team's help channel", request.Channel)
	}
	x.advance(time.Minute + time.Second)
	if lead := x.said(4)[3]; lead.Channel != paul.DMChannel() {
		t.Errorf("the lead who is told is in %s", lead.Channel)
	}
	if n := len(x.requests()); n != 0 {
		t.Errorf("the other team has %d requests", n)
	}
	x.slash(x.tom, "playbook credit limit", lounge)
	x.lacks(x.whispers(x.tom, lounge, 1)[0], "what colleagues found")
	x.said(4)
}

func TestWhatIsSaidInPrivateStaysThere(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.tom.DM("customer says his pension was lost by us and he is screaming at me")
	card := x.said(1)[0]
	x.click(x.tom, card, "help_open")
	x.submit(x.tom, "help_open", map[string]any{"question": "Who knows about transfers?"})
	request := x.in(helpDesk)[0]
	x.lacks(request, "pension", "screaming", x.tom.DMChannel())
	r := x.requests()[0]
	if r.Link != "" || r.Channel != "" || strings.Contains(r.Question, "pension") {
		t.Errorf("the record tells of the private words: %+v", r)
	}
	if err := x.tom.Shortcut(x.ctx, "ask_peers", x.tom.DMChannel(), card.TS); err != nil {
		t.Fatal(err)
	}
	x.until("the form", func() bool { return x.tom.View() != nil })
	if shown := string(x.tom.View().Blocks); strings.Contains(shown, "pension") {
		t.Errorf("the form takes private words over: %s", shown)
	}
	x.said(3)
}

func rotating(o *bot.Options) {
	o.Team = store.Team{Help: helpDesk, Rotation: true, RotateAfter: 5 * time.Minute}
}

// solvedBefore records a request of the parcel kind that somebody solved.
func (x *peers) solvedBefore(id string, by *slacksim.Person) {
	x.t.Helper()
	_, err := x.store.UpdateHelpRequest(x.ctx, "help-"+id, func(h *store.HelpRequest) error {
		*h = store.HelpRequest{ID: "help-" + id, Workspace: x.sim.TeamID(), Team: store.EnvironmentTeam, Kind: store.HelpPeers, Asker: x.ada.ID(),
			Question: id, Scenario: "late-delivery", Urgency: store.UrgencyLow, State: store.HelpResolved, Helper: by.ID(), OpenedAt: x.now().Add(-48 * time.Hour)}
		return nil
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

const parcel = "ask Customer's parcel is three weeks late and nobody knows where it is. Who can trace it?"

func TestRotationAsksWhoSolvedTheLikeThenTheNextThenTheLeads(t *testing.T) {
	t.Parallel()
	x := newPeers(t, rotating)
	x.solvedBefore("a", x.kai)
	x.solvedBefore("b", x.kai)
	x.solvedBefore("c", x.zoe)
	x.solvedBefore("d", x.tom) // who asks himself is not asked
	x.slash(x.tom, parcel, lounge)
	list := x.said(2)
	contains(t, list[0].Text, "asked a colleague who solved the like first")
	if first := list[1]; first.Channel != x.kai.DMChannel() {
		t.Errorf("asked first in %s, want who solved most", first.Channel)
	}
	x.advance(5*time.Minute + time.Second)
	list = x.said(3)
	second := list[2]
	if second.Channel != x.zoe.DMChannel() {
		t.Errorf("asked next in %s", second.Channel)
	}
	x.click(x.zoe, second, "help_pass")
	lead := x.said(4)[3]
	if lead.Channel != x.lin.DMChannel() {
		t.Errorf("then told in %s, want the lead", lead.Channel)
	}
	x.advance(2 * time.Hour)
	x.said(4)
	x.click(x.kai, list[1], "help_claim") // late, and still the first
	if r := x.requests()[4]; r.Helper != x.kai.ID() {
		t.Errorf("the record is %+v", r)
	}
	x.said(5)
}

func TestRotationIsFairAndAsksNobodyTwiceInARow(t *testing.T) {
	t.Parallel()
	x := newPeers(t, rotating)
	x.solvedBefore("a", x.kai)
	x.solvedBefore("b", x.zoe)
	asked := map[string]int{}
	last := ""
	for i := range 6 {
		x.slash(x.tom, parcel+fmt.Sprintf(" It is order %d.", 4711+i), lounge)
		x.settled()
		list := x.requests()
		r := list[len(list)-1]
		if len(r.Offered) != 1 {
			t.Fatalf("request %d was offered to %v", i, r.Offered)
		}
		if r.Offered[0] == last {
			t.Errorf("%s was asked twice in a row", last)
		}
		last = r.Offered[0]
		asked[last]++
		x.click(x.tom, x.in(helpDesk)[i], "help_withdraw")
	}
	if asked[x.kai.ID()] != 3 || asked[x.zoe.ID()] != 3 {
		t.Errorf("asked %v, want both as often", asked)
	}
}

func TestWithNobodyToAskFirstARequestGoesTheUsualWay(t *testing.T) {
	t.Parallel()
	x := newPeers(t, rotating)
	x.slash(x.tom, parcel, lounge)
	contains(t, x.said(1)[0].Text, "nobody is on it yet")
	x.advance(5*time.Minute + time.Second)
	contains(t, x.said(2)[1].Text, "still open")
}

func TestAColleagueWhoCannotBeAskedIsPassedOver(t *testing.T) {
	t.Parallel()
	x := newPeers(t, rotating)
	x.solvedBefore("a", x.kai)
	x.solvedBefore("b", x.kai)
	x.solvedBefore("c", x.zoe)
	x.sim.Faults().FailNext("conversations.open", 1, "user_disabled")
	x.slash(x.tom, parcel, lounge)
	if asked := x.said(2)[1]; asked.Channel != x.zoe.DMChannel() {
		t.Errorf("asked in %s, want the next colleague", asked.Channel)
	}
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "your question is up")
}

// Who asked to be forgotten, or is no more, solved things too; nobody is asked in their name.
func TestTheTurnOfSomebodyForgotten(t *testing.T) {
	t.Parallel()
	x := newPeers(t, rotating)
	x.solvedBefore("a", x.kai)
	x.solvedBefore("b", x.kai)
	x.solvedBefore("c", x.zoe)
	x.slash(x.kai, "forget", lounge)
	x.slash(x.tom, parcel, lounge)
	list := x.said(2)
	if asked := list[1]; asked.Channel != x.zoe.DMChannel() {
		t.Errorf("asked in %s, want the other who solved the like", asked.Channel)
	}
}

func TestAfterTheTurnsWithoutALeadARequestGoesTheUsualWay(t *testing.T) {
	t.Parallel()
	x := newPeers(t, rotating, func(o *bot.Options) { o.Leads = nil })
	x.solvedBefore("a", x.kai)
	x.slash(x.tom, parcel, lounge)
	x.click(x.kai, x.said(2)[1], "help_pass")
	x.advance(5*time.Minute + time.Second)
	contains(t, x.said(3)[2].Text, "still open after 5 minutes")
}
