package bot_test

import (
	"strings"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
)

// opensHome opens a person's Home tab and returns what stands on it.
func (x *world) opensHome(p *slacksim.Person) string {
	x.t.Helper()
	p.OpenHome(x.ctx)
	x.until("the Home tab", func() bool { return p.Home() != nil })
	x.settled()
	return string(p.Home().Blocks)
}

func TestHomeOfAnAgentALeadAndAnAdmin(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	tom := x.opensHome(x.tom)
	contains(t, tom, "call Ms Kowalska back", "Cases: 1, calmed: 1", "Practise", "playbook_find")
	for _, hidden := range []string{"Difficult cases", "Upkeep", "Promises at risk"} {
		if strings.Contains(tom, hidden) {
			t.Errorf("an agent sees %q", hidden)
		}
	}
	x.slash(x.tom, "promise send Mr Brown the refund by 5pm", lounge)
	mei := x.opensHome(x.mei) // a lead
	contains(t, mei, "Promises at risk", "/archives/"+lounge+"|send Mr [name] the refund")
	contains(t, mei, "Difficult cases: 2", "Calmed: 1 of 2", "so far")
	if strings.Contains(mei, "Kowalska") || strings.Contains(mei, x.tom.ID()) || strings.Contains(mei, "Upkeep") {
		t.Errorf("a lead sees who: %s", mei)
	}
	contains(t, x.opensHome(x.ada), "Upkeep", "Playbooks in use", "digest at 09:00")
}

// A lead who reads Chinese sees in Chinese what the digests said in the team's English.
func TestHomeSaysLastDigestsInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Locale = "auto" })
	x.busyDay()
	x.moveTo(nine(1).Add(time.Second))
	contains(t, x.told(1)[0].Text, "2 difficult cases, 1 of them calmed")
	contains(t, x.opensHome(x.ada), "2 difficult cases, 1 of them calmed")
	mei := x.opensHome(x.mei)
	contains(t, mei, "11月25日周三", "：棘手情况 2 起，平静下来的 1 起。")
	if strings.Contains(mei, "difficult cases") {
		t.Errorf("got %s", mei)
	}
}

// A quiet day's line has no button, so nobody is said not to have read it.
func TestHomeAsksNobodyToReadAQuietDay(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.moveTo(nine(1).Add(time.Second))
	x.told(1)
	mei := x.opensHome(x.mei)
	contains(t, mei, "Wed 25 Nov", "No difficult case.")
	if strings.Contains(mei, "not yet read") {
		t.Errorf("got %s", mei)
	}
}

// Whatever changes on it: a slip, a case that is taken back, a promise that was missed, a
// digest that was read, a setting.
func TestHomeFollowsEveryChange(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Admins = []string{x0Ada, "U0TOM0001"} })
	post := x.tom.Post(watched, furious)
	x.said(1)
	x.slash(x.tom, "promise call Ms Kowalska back by 2pm", lounge)
	x.opensHome(x.mei)
	x.opensHome(x.tom) // an admin too
	shows := func(p *slacksim.Person, part string, want bool) {
		t.Helper()
		x.advance(5 * time.Second)
		x.until(part, func() bool { return strings.Contains(string(p.Home().Blocks), part) == want })
	}
	x.slash(x.tom, "check I don't know.", lounge)
	shows(x.mei, "Forbidden phrases caught in drafts: 1", true)
	x.tom.Delete(watched, post)
	shows(x.mei, "Difficult cases: 0", true)
	x.advance(5 * time.Hour)
	shows(x.mei, "(past due)", true)
	x.moveTo(nine(1).Add(time.Second))
	digest := x.told(1)[0]
	shows(x.mei, "not yet read by", true)
	contains(t, string(x.mei.Home().Blocks), "not yet read by", x.ada.ID(), x.mei.ID())
	x.click(x.mei, digest, "digest_read")
	shows(x.mei, x.mei.ID(), false)
	x.slash(x.ada, "setup", watched)
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Desk", "digest_at": "10:00"})); err != nil {
		t.Fatal(err)
	}
	shows(x.tom, "digest at 10:00", true)
	shows(x.mei, "Desk", true)
}

// It is drawn again when something on it changes, for those who opened it, and not more.
func TestHomeFollowsWhatChanges(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.tom.Post(watched, furious)
	card := x.said(1)[0]
	x.opensHome(x.mei)
	x.opensHome(x.tom)
	before := x.mei.Home().Hash
	x.click(x.tom, card, "case_calmed")
	x.advance(5 * time.Second)
	x.until("the lead's new numbers", func() bool { return strings.Contains(string(x.mei.Home().Blocks), "Calmed: 1 of 1") })
	after := x.mei.Home().Hash
	if before == after {
		t.Error("the tab did not change")
	}
	x.slash(x.tom, "playbook refund", lounge)
	x.advance(5 * time.Second)
	if x.mei.Home().Hash != after {
		t.Error("the tab was drawn again though nothing on it changed")
	}
	if x.ada.Home() != nil {
		t.Error("somebody who never opened the tab was given one")
	}
	if err := x.tom.SelectInHome(x.ctx, "playbook_find", "refund"); err != nil {
		t.Fatal(err)
	}
	x.until("the playbooks found", func() bool { return x.tom.View() != nil })
	contains(t, string(x.tom.View().Blocks), "refund")
	if err := x.tom.ClickHome(x.ctx, "practice_next"); err != nil {
		t.Fatal(err)
	}
	x.settled()
	contains(t, x.direct(x.tom, 1)[0].Text, "Which answer is better")
}

// Whoever works in two teams reads their week as a whole, whichever team a promise was made in.
func TestTheWeekOfSomebodyInTwoTeams(t *testing.T) {
	t.Parallel()
	x, nina, _ := newBank(t)
	nina.Join(watched)
	for _, channel := range []string{bankDesk, watched} {
		x.slash(nina, "promise call Ms Kowalska back by 5pm", channel)
		x.click(nina, x.whispers(nina, channel, 1)[0], "promise_done")
		nina.Post(channel, furious)
	}
	x.settled()
	contains(t, x.opensHome(nina), "Cases: 2", "promises kept: 2")
}
