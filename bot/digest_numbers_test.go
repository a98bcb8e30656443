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

// setUp changes settings of the environment's team in Slack.
func (x *world) setUp(settings map[string]any) {
	x.t.Helper()
	x.slash(x.ada, "setup", watched)
	settings["name"] = "Desk"
	if res, err := x.ada.Submit(x.ctx, fields(settings)); err != nil || len(res.Errors) > 0 {
		x.t.Fatal(res.Errors, err)
	}
	x.settled()
}

// A team whose zone moves after its digest is told of no day again, and the next morning
// there tells what is left.
func TestDigestOnceWhereTheZoneMoves(t *testing.T) {
	t.Parallel()
	for zone, next := range map[string]string{"America/Los_Angeles": "2026-11-30 09:00", "Pacific/Auckland": "2026-11-30 09:00"} {
		t.Run(zone, func(t *testing.T) {
			t.Parallel()
			x := newTold(t, func(o *bot.Options) { o.Team.Digest = "" })
			x.moveTo(nine(1).Add(3 * time.Hour))
			x.setUp(map[string]any{"digest": news}) // its first is tomorrow's
			x.busyStill()
			x.moveTo(nine(2).Add(time.Second))
			contains(t, x.told(1)[0].Text, "Thu 26 Nov", "Difficult cases: 1")
			x.setUp(map[string]any{"zone": zone})
			x.told(1)
			x.mei.Post(watched, "> The fridge broke again and everything in it is spoiled! This is outrageous!")
			x.settled()
			loc, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.ParseInLocation("2006-01-02 15:04", next, loc)
			if err != nil {
				t.Fatal(err)
			}
			x.moveTo(at.Add(time.Second))
			day := ""
			for _, d := range x.told(3)[1:] { // the week's stands beside it
				if !strings.Contains(d.Text, "week of") {
					day = d.Text
				}
			}
			contains(t, day, "Difficult cases: 1")
			x.advance(3 * time.Hour)
			x.told(3)
		})
	}
}

// What somebody says of a private answer stands in no digest; a phrase used after midnight
// counts once, on its day, with a link to its case.
func TestDigestOfWhatWasSaidInPrivateAndAfterMidnight(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.moveTo(nine(1).Add(-9*time.Hour - 10*time.Minute)) // ten to midnight
	x.mei.Post(watched, furious)
	card := x.said(1)[0]
	x.advance(20 * time.Minute)
	x.click(x.mei, card, "suggestion_used")
	x.click(x.mei, x.said(1)[0], "suggestion_feedback:2")
	x.tom.DM("Customer screams at me: three weeks without her parcel, and nobody called her back!")
	private := x.direct(x.tom, 1)[0]
	x.click(x.tom, private, "suggestion_feedback:2")
	x.moveTo(nine(1).Add(time.Second))
	first := x.told(1)[0]
	contains(t, first.Text, "Wed 25 Nov", "Difficult cases: 1")
	x.mei.Post(watched, "> You lost my passport at the desk and nobody apologised. I am furious!")
	x.settled()
	if thread := x.tom.Thread(news, first.TS); strings.Contains(first.Text, "Said most") || strings.Contains(thread[1].Text, "unhelpful") {
		t.Errorf("it counts on the day before: %s", first.Text)
	}
	x.moveTo(nine(2).Add(time.Second))
	second := x.told(2)[1]
	contains(t, second.Text, "Difficult cases: 1", "Said most: “<https://", "/archives/"+watched+"/p")
	unhelpful := ""
	for line := range strings.Lines(x.tom.Thread(news, second.TS)[1].Text) {
		if strings.Contains(line, "Marked unhelpful") {
			unhelpful += line
		}
	}
	contains(t, unhelpful, "/archives/"+watched+"/p", "1×")
	if strings.Count(unhelpful, "×)") != 1 {
		t.Errorf("what was said in private counts: %s", unhelpful)
	}
}

// ownDrill has a case of the team's calmed with a phrase that makes a drill of it.
func (x *world) ownDrill() store.Case {
	x.t.Helper()
	x.mei.Post(watched, furious)
	x.said(1)
	for range 4 {
		x.click(x.mei, x.said(1)[0], "suggestion_used")
	}
	x.click(x.mei, x.said(1)[0], "case_calmed")
	var calmed store.Case
	err := x.store.CasesOpened(x.ctx, watched, x.now().Add(-time.Hour), x.now(), func(c store.Case) error { calmed = c; return nil })
	if err != nil || calmed.State != store.CaseCalmed {
		x.t.Fatalf("got %+v, %v", calmed, err)
	}
	return calmed
}

// practised answers drills, wrongly, until one is of the team's own case, and returns it.
func (x *world) practised(p *slacksim.Person) (own slacksim.Message, ok bool) {
	x.t.Helper()
	for range 7 {
		before := len(x.whispersSoFar(p, lounge))
		x.slash(p, "practice", lounge)
		m := x.whispers(p, lounge, before+1)[before]
		if strings.Contains(m.Text, "Nobody tells me anything") {
			return m, true
		}
		x.click(p, m, "practice_answer")
	}
	return slacksim.Message{}, false
}

// A drill of an own case that was missed returns when the case is no longer one of the last days.
func TestAMissedDrillOfAnOwnCaseReturns(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	c := x.ownDrill()
	m, ok := x.practised(x.tom)
	if !ok {
		t.Fatal("no drill of the team's own case")
	}
	for _, button := range []string{"practice_answer", "practice_answer:2"} { // one of them is wrong
		x.click(x.tom, m, button)
		who, err := x.store.Person(x.ctx, x.sim.TeamID(), x.tom.ID())
		if err != nil {
			t.Fatal(err)
		}
		if last := who.Drills[len(who.Drills)-1]; last.Case != c.ID {
			t.Fatalf("it is not remembered of which case it is: %+v", last)
		} else if last.Box == 0 {
			break
		}
	}
	_, err := x.store.UpdatePerson(x.ctx, x.sim.TeamID(), x.tom.ID(), func(p *store.Person) error {
		for i := range p.Drills { // the others are known well
			if p.Drills[i].Case == "" {
				p.Drills[i].DueAt = x.now().AddDate(1, 0, 0)
			} else {
				p.Drills[i].Box, p.Drills[i].DueAt = 0, x.now().Add(10*time.Minute)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	x.advance(9 * 24 * time.Hour)
	before := len(x.whispersSoFar(x.tom, lounge))
	x.slash(x.tom, "practice", lounge)
	again := x.whispers(x.tom, lounge, before+1)[before]
	contains(t, again.Text, "Nobody tells me anything")
	x.click(x.tom, again, "practice_answer")
	list := x.whispersSoFar(x.tom, lounge)
	contains(t, list[len(list)-1].Text, "comes back in")
}

// Whoever is not of the team is shown none of its cases.
func TestDrillsOfOwnCasesAreForTheTeam(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.ownDrill()
	kai := x.sim.AddUser(slacksim.UserSpec{ID: "U0KAI0001", Name: "kai"})
	kai.Join(lounge)
	if m, ok := x.practised(kai); ok {
		t.Errorf("somebody of no team is shown a case: %s", m.Text)
	}
}

// What is kept of slips tells nobody who said them.
func TestSlipsAreNobodys(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.tom, "check I don't know, hurry up.", lounge)
	x.tom.DM("check I don't know.")
	x.settled()
	counted := 0
	err := x.store.Walk(x.ctx, func(r store.Record) error {
		if r.Slips == nil {
			return nil
		}
		for _, n := range r.Slips.Counts {
			counted += n
		}
		for _, key := range r.Slips.Seen {
			if strings.Contains(key, x.tom.ID()) || strings.Contains(key, x.tom.DMChannel()) {
				t.Errorf("slips are kept with who said them: %s", key)
			}
		}
		return nil
	})
	if err != nil || counted != 3 {
		t.Errorf("%d slips, want 3: %v", counted, err)
	}
}

// A digest that could not be posted is no digest that a lead has not read.
func TestHomeShowsNoDigestThatWasNotPosted(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.mei.Archive(news)
	x.moveTo(nine(1).Add(time.Second))
	x.told(0)
	if home := x.opensHome(x.ada); strings.Contains(home, "not yet read") || strings.Contains(home, "Wed 25 Nov") {
		t.Errorf("the Home tab shows it: %s", home)
	}
}

// A promise that is marked as kept after its time counts as missed, also when the bot was
// down at that time and nothing has marked it.
func TestAPromiseKeptLateIsMissed(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.tom, "promise call Ms Li back by 2pm", lounge)
	note := x.whispers(x.tom, lounge, 1)[0]
	p := x.promises(x.tom)[0]
	_, err := x.store.UpdatePromise(x.ctx, p.ID, func(p *store.Promise) error { p.DueAt = x.now().Add(-time.Minute); return nil })
	if err != nil {
		t.Fatal(err)
	}
	x.click(x.tom, note, "promise_done")
	kept, err := x.store.Promise(x.ctx, p.ID)
	if err != nil || kept.State != store.PromiseKept || kept.MissedAt.IsZero() {
		t.Errorf("got %+v, %v", kept, err)
	}
	x.moveTo(nine(1).Add(time.Second))
	contains(t, x.told(1)[0].Text, "Promises due: 1, kept: 0, missed: 1")
}

// What looks like a promise and is a customer's words is masked like them.
func TestWordsThatBeginLikeAPromiseAreMasked(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *bot.Options) { o.Locale = "auto" })
	x.tom.DM("promise after promise and nothing happens: Ms Kowalska screams at me, three weeks and no refund!")
	x.mei.DM("承诺了三天退款，到现在都没到账，李建国先生气得直骂人，你们太过分了！")
	x.slash(x.tom, "ask and ask and nobody helps, that is what Ms Brown shouts at me, she is furious", lounge)
	x.settled()
	err := x.store.Walk(x.ctx, func(r store.Record) error {
		if c := r.Case; c != nil && (strings.Contains(c.Text, "Kowalska") || strings.Contains(c.Text, "李") || strings.Contains(c.Text, "Brown")) {
			t.Errorf("a case names its customer: %s", c.Text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A lead who left keeps the others from nothing, where the digest goes to the leads alone.
func TestDigestToTheLeadsWhoAreThere(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Team.Digest = shared })
	x.busyDay()
	x.ada.Leave()
	x.moveTo(nine(1).Add(time.Second))
	contains(t, x.direct(x.mei, 2)[0].Text, "Wed 25 Nov", "Difficult cases: 2")
	kept, err := x.store.Digest(x.ctx, x.sim.TeamID(), store.EnvironmentTeam, store.DigestDay, "2026-11-26")
	if err != nil || kept.PostedAt.IsZero() {
		t.Errorf("got %+v, %v", kept, err)
	}
}

// Where nobody is left to be told, the admins hear of it, and it is not taken for told.
func TestDigestToNobody(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Team.Digest, o.Admins = shared, []string{"U0TOM0001"} })
	x.busyDay()
	x.ada.Leave()
	x.mei.Leave()
	x.moveTo(nine(1).Add(time.Second))
	x.until("a word to the admin", func() bool {
		return slices.ContainsFunc(x.in(x.tom.DMChannel()), func(m slacksim.Message) bool {
			return strings.Contains(m.Text, shared) && strings.Contains(m.Text, "/coach setup")
		})
	})
	x.settled()
	kept, err := x.store.Digest(x.ctx, x.sim.TeamID(), store.EnvironmentTeam, store.DigestDay, "2026-11-26")
	if err != nil || !kept.PostedAt.IsZero() {
		t.Errorf("got %+v, %v", kept, err)
	}
}
