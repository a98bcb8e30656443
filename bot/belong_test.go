package bot_test

import (
	"strings"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

// A guest of an escalation channel, a customer perhaps, is nobody of the team: its
// numbers and its knowledge are not theirs to read.
func TestAGuestIsNobodyOfTheTeam(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	gus := x.sim.AddUser(slacksim.UserSpec{ID: "U0GUS0001", Name: "gus", Guest: true})
	gus.Join(watched)
	x.settled()
	x.slash(gus, "digest", watched)
	contains(t, x.whispers(gus, watched, 1)[0].Text, "its own people only")
	x.slash(x.tom, "digest", watched)
	contains(t, x.whispers(x.tom, watched, 1)[0].Text, "so far")
}

// Who is in a channel that /coach watch made one of the environment's team is of that team.
func TestWhoIsInAWatchedChannelIsOfItsTeam(t *testing.T) {
	t.Parallel()
	const desk = "C0DESK0001"
	x := newTold(t)
	eve := x.sim.AddUser(slacksim.UserSpec{ID: "U0EVE0001", Name: "eve"})
	x.sim.AddChannel(slacksim.ChannelSpec{ID: desk, Name: "desk", Members: []string{eve.ID(), x.ada.ID()}, WithBot: true})
	x.slash(eve, "digest", desk)
	contains(t, x.whispers(eve, desk, 1)[0].Text, "its own people only")
	x.slash(x.ada, "watch", desk)
	x.slash(eve, "digest", desk)
	contains(t, x.whispers(eve, desk, 2)[1].Text, "so far")
	x.slash(x.ada, "unwatch", desk)
	x.slash(eve, "digest", desk)
	contains(t, x.whispers(eve, desk, 3)[2].Text, "its own people only")
}

// Where everybody on duty has left, a critical case calls the leads; where they have
// too, the admins.
func TestACriticalCaseCallsWhoIsLeft(t *testing.T) {
	t.Parallel()
	for name, leads := range map[string][]string{"the lead": {"U0MEI0001"}, "the admin": {"U0LEFT002"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t, duties("U0LEFT001"), func(o *bot.Options) { o.Leads, o.Admins = leads, []string{"U0ADA0001"} })
			for _, id := range []string{"U0LEFT001", "U0LEFT002"} {
				x.sim.AddUser(slacksim.UserSpec{ID: id, Name: strings.ToLower(id)}).Deactivate()
			}
			x.tom.Post(watched, burning)
			x.said(2)
			called := x.mei
			if name == "the admin" {
				called = x.ada
			}
			x.direct(called, 1)
		})
	}
}

// What somebody owed who left goes to the admins where every lead has left.
func TestPromisesOfSomebodyWhoLeftGoToTheAdminsWithoutALead(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *bot.Options) { o.Leads, o.Admins = []string{"U0MEI0001"}, []string{"U0ADA0001"} })
	x.slash(x.tom, "promise call Ms Li back by 4pm", lounge)
	x.mei.Leave()
	x.tom.Leave()
	x.settled()
	contains(t, x.direct(x.ada, 1)[0].Text, "<@U0TOM0001> has left", "call Ms Li back")
	if got := x.promises(x.ada); len(got) != 1 {
		t.Errorf("ada owes %+v", got)
	}
}

// A request that nobody took, of a team whose leads have all left, is shown to the admins.
func TestAForgottenRequestIsShownToTheAdminsWithoutALead(t *testing.T) {
	t.Parallel()
	x := newPeers(t, func(o *bot.Options) { o.Admins = []string{"U0ADA0001"} })
	x.lin.Deactivate()
	x.slash(x.tom, "ask May I waive the fee?", lounge)
	x.advance(31 * time.Minute)
	contains(t, x.direct(x.ada, 1)[0].Text, "May I waive the fee?")
}

// What a quiet channel would have heard is for its own team's leads. Where the team
// has none, it is for who set it to quiet, never for another team's leads.
func TestAQuietChannelTellsItsOwnTeamAlone(t *testing.T) {
	t.Parallel()
	const desk = "C0BANK0001"
	x := newWorld(t, func(o *bot.Options) { o.Leads = []string{"U0MEI0001"} })
	x.sim.AddChannel(slacksim.ChannelSpec{ID: desk, Name: "bank", Members: []string{x.tom.ID(), x.ada.ID()}, WithBot: true})
	if _, err := x.store.UpdateTeam(x.ctx, x.sim.TeamID(), "bank", func(s *store.Team) error {
		s.Name, s.Escalation = "Bank", []string{desk}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	x.slash(x.ada, "watch quiet", desk)
	x.tom.Post(desk, furious)
	x.said(1)
	x.direct(x.mei, 0)
	x.direct(x.ada, 1)
}

// The question after a quiet week counts what the leads were told of, and nothing that
// somebody asked in private.
func TestAQuietWeekCountsNothingPrivate(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.ada, "watch quiet", lounge)
	x.tom.Post(lounge, furious)
	x.said(1)
	x.slash(x.tom, furious, lounge)
	x.settled()
	x.advance(7*24*time.Hour + time.Minute)
	list := x.direct(x.ada, 2)
	contains(t, list[1].Text, "Cases I saw: 1.")
}

// Direct messages are no channel that can be watched.
func TestDirectMessagesAreNotWatched(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.ada, "watch", x.ada.DMChannel())
	contains(t, x.whispers(x.ada, x.ada.DMChannel(), 1)[0].Text, "in a channel only")
	c, err := x.store.Channel(x.ctx, x.sim.TeamID(), x.ada.DMChannel())
	if err != nil || c.Mode != store.WatchUnset {
		t.Errorf("the direct messages are watched: %+v, %v", c, err)
	}
}
