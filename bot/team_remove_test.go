package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"coachbot/bot/slacksim"
	"coachbot/store"
)

const bankDesk, bankHelp, bankNews = "C0BANKDESK", "C0BANKHELP", "C0BANKNEWS"

// newBank is a world with a second team, set up in Slack: nina works there and paul leads it.
func newBank(t *testing.T) (x *world, nina, paul *slacksim.Person) {
	t.Helper()
	x = newTold(t)
	nina = x.sim.AddUser(slacksim.UserSpec{ID: "U0NINA001", Name: "nina"})
	paul = x.sim.AddUser(slacksim.UserSpec{ID: "U0PAUL001", Name: "paul"})
	for _, c := range []string{bankDesk, bankHelp, bankNews} {
		x.sim.AddChannel(slacksim.ChannelSpec{ID: c, Name: strings.ToLower(c), Members: []string{nina.ID(), paul.ID(), x.ada.ID()}, WithBot: true})
	}
	x.slash(x.ada, "setup", bankDesk)
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Bank", "zone": "Asia/Shanghai", "escalation": []string{bankDesk}, "help": bankHelp, "digest": bankNews,
		"leads": []string{paul.ID()}, "digest_at": "08:30"})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	return x, nina, paul
}

func (x *world) bank() store.Team {
	x.t.Helper()
	list, err := x.store.TeamList(x.ctx, x.sim.TeamID())
	i := slices.IndexFunc(list, func(t store.Team) bool { return t.Name == "Bank" })
	if err != nil || i < 0 {
		x.t.Fatalf("got %+v, %v", list, err)
	}
	return list[i]
}

// A team that was set up in Slack is removed there: its channels are free, its
// digest ends, what is open goes to the environment's team, and who did it is kept.
func TestATeamIsRemoved(t *testing.T) {
	t.Parallel()
	x, nina, paul := newBank(t)
	nina.Post(bankDesk, furious)
	x.settled()
	x.slash(nina, "ask Who may lift a credit limit?", bankDesk)
	x.slash(nina, "promise call Ms Kowalska back by tomorrow noon", bankDesk)
	bank := x.bank()

	x.slash(nina, "setup", bankDesk)
	if nina.View() != nil {
		t.Fatal("an agent sees the settings")
	}
	x.slash(x.ada, "setup", bankDesk)
	if v := x.ada.View(); v == nil || !strings.Contains(string(v.Blocks), "Remove this team?") {
		t.Fatalf("the form asks for no confirmation: %+v", v)
	}
	if err := x.ada.ClickView(x.ctx, "team_remove"); err != nil {
		t.Fatal(err)
	}
	x.settled()
	if v := x.ada.View(); v == nil || v.CallbackID != "team_setup_done" || !strings.Contains(string(v.Blocks), "is removed") {
		t.Errorf("the form afterwards: %+v", v)
	}
	said := x.last(x.ada.DMChannel()).Text
	contains(t, said, "Bank", "is removed", "no longer watch <#"+bankDesk+">")
	contains(t, x.last(paul.DMChannel()).Text, "<@"+x.ada.ID()+"> removed the team *Bank*", "digest ends")
	contains(t, x.last(x.mei.DMChannel()).Text, "<@"+x.ada.ID()+"> removed the team *Bank*", "now belongs to your team")
	got := x.bank()
	if last := got.History[len(got.History)-1]; !got.Removed() || last.By != x.ada.ID() || !slices.Equal(last.What, []string{"removed"}) || last.At.IsZero() {
		t.Errorf("the record: %+v", got)
	}
	listed, err := x.app.Teams(x.ctx)
	if err != nil || len(listed) != 2 || listed[0].Removed() || !listed[1].Removed() {
		t.Errorf("listed: %+v, %v", listed, err)
	}

	// What was open is the environment's team's now.
	team := x.sim.TeamID()
	var open, owed, moved int
	count := func(n *int) { *n++ }
	if err := x.store.HelpRequestsUnsettled(x.ctx, team, store.EnvironmentTeam, func(store.HelpRequest) error { count(&open); return nil }); err != nil {
		t.Fatal(err)
	}
	now := x.now()
	if err := x.store.PromisesDue(x.ctx, team, store.EnvironmentTeam, now.AddDate(0, 0, -2), now.AddDate(0, 0, 2), func(store.Promise) error { count(&owed); return nil }); err != nil {
		t.Fatal(err)
	}
	if err := x.store.CasesOpened(x.ctx, bankDesk, now.AddDate(0, 0, -1), now, func(c store.Case) error {
		if c.Team == store.EnvironmentTeam {
			count(&moved)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if open != 1 || owed != 1 || moved != 1 {
		t.Errorf("the environment's team has %d requests, %d promises and %d cases of it, want one of each", open, owed, moved)
	}

	// Nobody watches its channel, no digest comes, and the environment's tells what is open.
	before := len(x.standing())
	nina.Post(bankDesk, "> You lost my passport at the desk and nobody apologised. I am furious!")
	x.settled()
	if after := len(x.standing()); after != before {
		t.Errorf("the bot speaks in a channel of no team: %q", texts(x.standing()[before:]))
	}
	x.moveTo(nine(1).Add(time.Second))
	for _, m := range x.standing() {
		if m.Channel == bankNews {
			t.Errorf("a digest of a team that is no more: %s", m.Text)
		}
	}
	contains(t, x.told(1)[0].Text, "Who may lift a credit limit?", "call Ms [name] back")

	// The channel can belong to a team again.
	x.slash(x.ada, "setup", bankDesk)
	if v := x.ada.View(); v == nil || strings.Contains(string(v.Blocks), "Bank") || strings.Contains(string(v.Blocks), "team_remove") {
		t.Errorf("the form for a free channel: %+v", v)
	}
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Bank 2", "zone": "UTC", "escalation": []string{bankDesk}, "digest": bankNews})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	if teams, _ := x.app.Teams(x.ctx); len(teams) != 3 || bank.ID == teams[1].ID {
		t.Errorf("got %+v", teams)
	}
}

// A form that was open while the team was removed brings it not back; a second press changes nothing.
func TestARemovedTeamStaysSo(t *testing.T) {
	t.Parallel()
	x, _, _ := newBank(t)
	x.sim.AddUser(slacksim.UserSpec{ID: "U0EVE0001", Name: "eve", Admin: true})
	eve := x.sim.Person("U0EVE0001")
	eve.Join(bankDesk)
	x.slash(x.ada, "setup", bankDesk)
	x.slash(eve, "setup", bankDesk)
	if err := x.ada.ClickView(x.ctx, "team_remove"); err != nil {
		t.Fatal(err)
	}
	x.settled()
	history := len(x.bank().History)
	if _, err := eve.Submit(x.ctx, fields(map[string]any{"name": "Bank again"})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	contains(t, x.last(eve.DMChannel()).Text, "removed already")
	if got := x.bank(); !got.Removed() || len(got.History) != history {
		t.Errorf("got %+v", got)
	}
}

// For the environment's team what was set in Slack can be undone.
func TestSettingsOfTheEnvironmentsTeamAreUndone(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.ada, "setup", watched)
	if v := x.ada.View(); v == nil || strings.Contains(string(v.Blocks), "team_remove") {
		t.Fatalf("nothing was set, and it can be undone: %+v", v)
	}
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Desk", "digest_at": "10:00", "leads": []string{x.tom.ID()}})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	x.slash(x.ada, "setup", watched)
	if err := x.ada.ClickView(x.ctx, "team_remove"); err != nil {
		t.Fatal(err)
	}
	x.settled()
	contains(t, x.last(x.ada.DMChannel()).Text, "environment says counts again")
	listed, err := x.app.Teams(x.ctx)
	if err != nil || len(listed) != 1 || listed[0].Name != "" || listed[0].DigestAt != "09:00" || slices.Contains(listed[0].Leads, x.tom.ID()) {
		t.Errorf("got %+v, %v", listed, err)
	}
	if h := listed[0].History; len(h) != 2 || !slices.Equal(h[1].What, []string{"reset"}) {
		t.Errorf("the record: %+v", h)
	}
	x.busyStill()
	x.moveTo(nine(1).Add(time.Second))
	x.told(1)
}
