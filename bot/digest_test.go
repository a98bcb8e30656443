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

const news = "C0DIGEST01"

// newTold is a world with a team that gets a digest at nine in Shanghai.
func newTold(t *testing.T, change ...func(*bot.Options)) *world {
	t.Helper()
	setup := func(o *bot.Options) {
		o.Team = store.Team{Digest: news, Zone: "Asia/Shanghai", DigestAt: "09:00", DigestDays: store.Days()[:5]}
		o.Leads = []string{"U0ADA0001", "U0MEI0001"}
		o.Locale = "en"
	}
	x := newWorld(t, append([]func(*bot.Options){setup}, change...)...)
	x.sim.AddChannel(slacksim.ChannelSpec{ID: news, Name: "news", Members: []string{x.mei.ID(), x.tom.ID(), x.ada.ID()}, WithBot: true})
	return x
}

// nine is nine o'clock in Shanghai, some days after the morning on which the world begins.
func nine(days int) time.Time {
	return time.Date(2026, 11, 25+days, 9, 0, 0, 0, time.FixedZone("", 8*60*60))
}

// told are the digests standing in the team's channel, roots of threads only.
func (x *world) told(want int) []slacksim.Message {
	x.t.Helper()
	x.settled()
	var list []slacksim.Message
	for _, m := range x.standing() {
		if m.Channel == news && (m.ThreadTS == "" || m.ThreadTS == m.TS) {
			list = append(list, m)
		}
	}
	if len(list) != want {
		x.t.Fatalf("%d digests, want %d: %q", len(list), want, texts(list))
	}
	return list
}

// busyDay has two cases, one calmed, a slip and a promise.
func (x *world) busyDay() {
	x.t.Helper()
	x.tom.Post(watched, furious)
	card := x.said(1)[0]
	x.click(x.tom, card, "suggestion_used")
	x.click(x.tom, card, "case_calmed")
	x.mei.Post(watched, "> You lost my passport at the desk and nobody apologised. I am furious!")
	x.said(2)
	x.slash(x.tom, "check I don't know, hurry up.", lounge)
	x.slash(x.tom, "promise call Ms Kowalska back by tomorrow noon", lounge)
}

func TestDigestOfTheDayBefore(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.moveTo(nine(1).Add(-time.Minute))
	x.told(0)
	x.moveTo(nine(1).Add(time.Second))
	d := x.told(1)[0]
	contains(t, d.Text, "/archives/"+lounge+"|call Ms [name] back>") // no case: the channel where it was noted
	contains(t, d.Text, "Wed 25 Nov", "Difficult cases: 2", "Calmed: 1 of 2", "Forbidden phrases caught in drafts: 2", "first digest", "Promises due today", "call Ms [name] back", "which answer is better")
	if strings.Contains(d.Text, "Kowalska") || strings.Contains(d.Text, x.tom.ID()) {
		t.Errorf("the digest names somebody: %s", d.Text)
	}
	thread := x.tom.Thread(news, d.TS)
	if len(thread) != 2 {
		t.Fatalf("%d messages in the thread, want the digest and its details", len(thread))
	}
	contains(t, thread[1].Text, "By scenario", "archives/"+watched+"/p")
	x.advance(3 * time.Hour)
	x.told(1)
}

func TestDigestOfAQuietDayIsALine(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.moveTo(nine(1).Add(time.Second))
	d := x.told(1)[0]
	if !strings.Contains(d.Text, "quiet day") || strings.Contains(d.Text, "\n") || len(x.tom.Thread(news, d.TS)) != 1 {
		t.Errorf("got %q", d.Text)
	}
}

// Monday's covers Friday and the weekend, and brings the week's.
func TestDigestOnMonday(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.moveTo(nine(2).Add(3 * time.Hour)) // Friday noon
	x.tom.Post(watched, furious)
	x.moveTo(nine(3).Add(3 * time.Hour)) // Saturday
	x.told(0)
	x.tom.Post(watched, "> You lost my passport at the desk and nobody apologised. I am furious!")
	x.moveTo(nine(5).Add(time.Second))
	list := x.told(2)
	day, week := list[0].Text, list[1].Text
	if strings.Contains(day, "week of") {
		day, week = week, day
	}
	contains(t, day, "Fri 27 Nov – Sun 29 Nov", "Difficult cases: 2")
	contains(t, week, "week of Mon 23 Nov", "Difficult cases: 2", "Cases by day", "27 Nov: Cases 1", "28 Nov: Cases 1", "look back on a week")
}

// A lead who reads that a promise was missed finds which one, with a link and without the customer.
func TestDigestNamesMissedPromises(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.tom.Post(watched, furious)
	x.said(1)
	x.slash(x.tom, "promise call Ms Kowalska back by 2pm", watched)
	x.moveTo(nine(1).Add(time.Second))
	d := x.told(1)[0]
	contains(t, d.Text, "1 promise to a customer was missed", "missed: 1")
	details := x.tom.Thread(news, d.TS)[1]
	contains(t, details.Text, "Promises missed", "archives/"+watched+"/p", "call Ms [name] back", "(due Wed 25 Nov")
}

// The bot is down at the hour: posted late, once, the same day.
func TestDigestLateTheSameDay(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.settled()
	x.stop()
	x.ahead.Store(int64(time.Until(nine(1).Add(5 * time.Hour))))
	x.start()
	d := x.told(1)[0]
	contains(t, d.Text, "Later than usual", "Difficult cases: 2")
	x.stop()
	x.start()
	x.told(1)
}

// The hour is moved to one that has passed today: the digest comes now, and no fault is made of it.
func TestDigestWhoseHourIsMovedBack(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Team.DigestAt = "17:00" })
	x.busyDay()
	x.moveTo(nine(1).Add(5 * time.Hour))
	x.told(0)
	x.setUp(map[string]any{"digest_at": "09:00"})
	d := x.told(1)[0]
	contains(t, d.Text, "Difficult cases: 2")
	if strings.Contains(d.Text, "Later than usual") {
		t.Errorf("late: %q", d.Text)
	}
	x.moveTo(nine(1).Add(8*time.Hour + time.Second))
	x.told(1)
}

// It was down for days: one digest sums them up.
func TestDigestAfterDays(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.moveTo(nine(1).Add(time.Second))
	x.told(1)
	x.tom.Post(watched, furious)
	x.settled()
	x.stop()
	x.ahead.Store(int64(time.Until(nine(7).Add(2 * time.Hour))))
	x.start()
	x.told(4) // the week's and the month's too
	contains(t, x.looks("day", 2)[1].Text, "Thu 26 Nov – Tue 1 Dec", "Difficult cases: 1", "sums up 6 days")
}

// down stops the bot, moves the clock, and starts it again.
func (x *world) down(until time.Time) {
	x.t.Helper()
	x.settled()
	x.stop()
	x.ahead.Store(int64(time.Until(until)))
	x.start()
}

// looks are the digests of a kind that stand in the team's channel; exactly want of them.
func (x *world) looks(of string, want int) (list []slacksim.Message) {
	x.t.Helper()
	x.settled()
	for _, m := range x.standing() {
		if m.Channel == news && m.ThreadTS != m.TS && m.ThreadTS != "" {
			continue
		}
		if m.Channel == news && strings.Contains(string(m.Metadata), "digest:"+of+":") {
			list = append(list, m)
		}
	}
	if len(list) != want {
		x.t.Fatalf("%d digests of a %s, want %d: %q", len(list), of, want, texts(list))
	}
	return list
}

// The bot is down on all of Monday and on the first of the month: the week's and the
// month's digests come late, once.
func TestWeekAndMonthAreToldLate(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.moveTo(nine(1).Add(time.Second)) // Thursday
	x.told(1)
	x.tom.Post(watched, furious)
	x.down(nine(6).Add(26 * time.Hour)) // Wednesday 2 December, 11:00
	week, month := x.looks("week", 1)[0], x.looks("month", 1)[0]
	contains(t, week.Text, "week of Mon 23 Nov", "Later than usual", "Difficult cases: 1")
	contains(t, month.Text, "November 2026", "Later than usual", "Difficult cases: 1")
	x.told(4) // with Thursday's and today's
	x.down(x.now())
	x.advance(24 * time.Hour)
	x.looks("week", 1)
	x.looks("month", 1)
	x.moveTo(nine(12).Add(time.Second))
	contains(t, x.looks("week", 2)[1].Text, "week of Mon 30 Nov")
}

// It was down over two Mondays: one digest sums both weeks up, and the next is a week's again.
func TestWeeksAreSummedUp(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.moveTo(nine(5).Add(time.Second)) // Monday 30 November
	x.looks("week", 1)
	x.tom.Post(watched, furious)
	x.down(nine(20).Add(3 * time.Hour)) // Tuesday 15 December
	contains(t, x.looks("week", 2)[1].Text, "Mon 30 Nov – Sun 13 Dec", "sums up 14 days", "Difficult cases: 1")
	x.mei.Post(watched, "> You lost my passport at the desk and nobody apologised. I am furious!")
	x.moveTo(nine(26).Add(time.Second))
	last := x.looks("week", 3)[2]
	contains(t, last.Text, "week of Mon 14 Dec", "Difficult cases: 1")
	if strings.Contains(last.Text, "sums up") || strings.Contains(last.Text, "Later") {
		t.Errorf("got %q", last.Text)
	}
}

// Slack took the week's digest, the bot was stopped before it heard, and comes back when the
// next one is due: what was told is not summed up again, and its thread is there.
func TestWeekCrashBeforeTheNext(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.moveTo(nine(5).Add(-time.Hour))
	if posted, err := x.app.PostDigest(x.ctx, "", store.DigestDay, ""); err != nil || !posted { // the week's alone is left
		t.Fatalf("posted %v, %v", posted, err)
	}
	x.told(1)
	x.sim.Faults().LoseAnswer("chat.postMessage", 1)
	x.sim.Faults().BreakNext("conversations.history", 3, 503) // nor can it look
	x.ahead.Store(int64(time.Until(nine(5).Add(time.Second))))
	x.app.Wake()
	x.until("Slack has the week's", func() bool { return strings.Contains(x.in(news)[len(x.in(news))-1].Text, "week of") })
	x.stop()
	x.ahead.Store(int64(time.Until(nine(12).Add(time.Hour))))
	x.start()
	list := x.looks("week", 2)
	contains(t, list[0].Text, "week of Mon 23 Nov", "Difficult cases: 2")
	contains(t, list[1].Text, "week of Mon 30 Nov")
	if got := len(x.tom.Thread(news, list[0].TS)); got != 2 {
		t.Errorf("%d messages in the thread, want 2", got)
	}
}

// A team that gets a channel for its digests on Tuesday is not told of the week before.
func TestNoWeekBeforeTheTeamWasThere(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Team.Digest = "" })
	x.tom.Post(watched, furious)
	x.moveTo(nine(6)) // Tuesday
	x.told(0)
	_, err := x.store.UpdateTeam(x.ctx, x.sim.TeamID(), store.EnvironmentTeam, func(s *store.Team) error { s.Digest = news; return nil })
	if err != nil {
		t.Fatal(err)
	}
	x.down(nine(7).Add(-time.Hour)) // Wednesday, before the hour
	x.told(0)
	x.moveTo(nine(12).Add(time.Second))
	contains(t, x.looks("week", 1)[0].Text, "week of Mon 30 Nov")
}

// Where the channel was gone on Monday, the week's digest goes to the one that is chosen on Tuesday.
func TestWeekGoesToTheNewChannel(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.mei.Archive(news)
	x.moveTo(nine(5).Add(time.Second))
	x.told(0)
	_, err := x.store.UpdateTeam(x.ctx, x.sim.TeamID(), store.EnvironmentTeam, func(s *store.Team) error { s.Digest = lounge; return nil })
	if err != nil {
		t.Fatal(err)
	}
	x.moveTo(nine(6).Add(time.Second))
	week := func() (list []slacksim.Message) {
		for _, m := range x.in(lounge) {
			if strings.Contains(m.Text, "week of Mon 23 Nov") {
				list = append(list, m)
			}
		}
		return list
	}
	if got := week(); len(got) != 1 || !strings.Contains(got[0].Text, "Later than usual") || len(x.tom.Thread(lounge, got[0].TS)) != 2 {
		t.Fatalf("got %q", texts(got))
	}
	x.moveTo(nine(7).Add(time.Second))
	if got := week(); len(got) != 1 {
		t.Errorf("%d of the same week", len(got))
	}
}

// Slack took the digest, and the bot never heard: it is found by its metadata, not posted again.
func TestDigestCrashBetweenSlackAndTheRecord(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.settled()
	x.sim.Faults().LoseAnswer("chat.postMessage", 1)
	x.moveTo(nine(1).Add(time.Second))
	x.advance(time.Minute)
	x.told(1)
	x.stop()
	x.start()
	d := x.told(1)[0]
	if got := len(x.tom.Thread(news, d.TS)); got != 2 {
		t.Errorf("%d messages in the thread, want 2", got)
	}
}

// Many teams at the same hour: each gets its own, once.
func TestDigestsOfManyTeams(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	const teams = 7
	for i := range teams {
		channel := fmt.Sprintf("C0TEAM%04d", i)
		x.sim.AddChannel(slacksim.ChannelSpec{ID: channel, Name: strings.ToLower(channel), Members: []string{x.mei.ID()}, WithBot: true})
		_, err := x.store.UpdateTeam(x.ctx, x.sim.TeamID(), fmt.Sprint("team-", i), func(s *store.Team) error {
			s.Name, s.Digest, s.Zone, s.DigestAt, s.Escalation = fmt.Sprint("Team ", i), channel, "Asia/Shanghai", "09:00", []string{channel}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	x.stop()
	x.start()
	x.busyStill()
	x.moveTo(nine(5).Add(time.Second)) // a Monday: the week's too
	for i := range teams {
		x.until("a team's digests", func() bool { return len(x.in(fmt.Sprintf("C0TEAM%04d", i))) >= 2 })
	}
	x.told(2)
	for i := range teams {
		if got := x.in(fmt.Sprintf("C0TEAM%04d", i)); len(got) != 2 {
			t.Errorf("team %d: %q", i, texts(got))
		}
	}
}

// A digest that was planned days ago is not given up at the first trouble with Slack.
func TestDigestPlannedLongAgoIsTriedAgain(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.moveTo(nine(5).Add(-time.Hour)) // Monday's and the week's are planned since Friday
	x.sim.Faults().BreakNext("chat.postMessage", 2, 503)
	x.moveTo(nine(5).Add(time.Second))
	x.advance(20 * time.Second)
	x.told(2)
}

// The clock is set back after the digest, and the hour is changed: still one a day.
func TestDigestOnceWhateverTheClock(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.moveTo(nine(1).Add(time.Second))
	x.told(1)
	x.ahead.Add(-int64(30 * time.Minute))
	x.app.Wake()
	x.advance(40 * time.Minute)
	x.told(1)
	_, err := x.store.UpdateTeam(x.ctx, x.sim.TeamID(), store.EnvironmentTeam, func(s *store.Team) error { s.DigestAt = "11:00"; return nil })
	if err != nil {
		t.Fatal(err)
	}
	x.stop()
	x.start()
	x.advance(2 * time.Hour)
	x.told(1)
}

// What is posted by hand in the morning is the bot's own digest of that morning, once.
func TestDigestByHandOnMonday(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.moveTo(nine(2).Add(3 * time.Hour)) // Friday noon
	x.tom.Post(watched, furious)
	x.moveTo(nine(5).Add(-time.Hour))
	for i, want := range []bool{true, false} {
		if posted, err := x.app.PostDigest(x.ctx, "", store.DigestDay, ""); err != nil || posted != want {
			t.Fatalf("time %d: posted %v, %v", i+1, posted, err)
		}
	}
	contains(t, x.told(1)[0].Text, "Fri 27 Nov – Sun 29 Nov", "Difficult cases: 1")
	x.moveTo(nine(5).Add(time.Second))
	contains(t, x.told(2)[1].Text, "week of Mon 23 Nov")
	if _, err := x.app.PostDigest(x.ctx, "", store.DigestDay, "2026-11-30"); err == nil || !strings.Contains(err.Error(), "not over yet") {
		t.Errorf("the running day: %v", err)
	}
}

// What was told by hand before its time is not told again.
func TestDigestByHandAtTheWeekend(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.moveTo(nine(2).Add(3 * time.Hour)) // Friday noon
	x.tom.Post(watched, furious)
	x.moveTo(nine(3))
	if posted, err := x.app.PostDigest(x.ctx, "", store.DigestDay, "2026-11-27"); err != nil || !posted {
		t.Fatalf("posted %v, %v", posted, err)
	}
	contains(t, x.told(1)[0].Text, "Fri 27 Nov", "Difficult cases: 1")
	x.mei.Post(watched, "> You lost my passport at the desk and nobody apologised. I am furious!")
	x.moveTo(nine(5).Add(time.Second))
	for _, d := range x.told(3)[1:] {
		if !strings.Contains(d.Text, "week of") {
			contains(t, d.Text, "Sat 28 Nov – Sun 29 Nov", "Difficult cases: 1")
		}
	}
}

// Where the bot is not let in, the operator hears what to do.
func TestDigestByHandIsRefused(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Team.Digest = "C0NOWHERE1" })
	x.busyDay()
	x.moveTo(nine(1).Add(-time.Hour))
	if _, err := x.app.PostDigest(x.ctx, "", store.DigestDay, ""); err == nil || !strings.Contains(err.Error(), "/invite") {
		t.Errorf("got %v", err)
	}
}

// A chart stands in the thread, and in the week's digest itself; a Slack that knows no
// charts gets the same as a table of words.
func TestDigestCharts(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]bool{"with charts": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newTold(t)
			if !known {
				x.sim.Faults().ForgetBlocks("data_visualization")
			}
			x.busyDay()
			x.moveTo(nine(1).Add(time.Second))
			x.told(1)
			x.tom.Post(watched, furious)
			x.moveTo(nine(2).Add(-time.Minute))
			x.settled()
			x.moveTo(nine(2).Add(time.Second))
			details := x.tom.Thread(news, x.told(2)[1].TS)[1]
			x.moveTo(nine(5).Add(time.Second))
			for _, m := range []slacksim.Message{details, x.looks("week", 1)[0]} {
				contains(t, m.Text, "Cases by day", "25 Nov: Cases 2, Calmed 1", "26 Nov: Cases 1")
				drawn := strings.Contains(string(m.Blocks), "data_visualization")
				written := strings.Contains(string(m.Blocks), "25 Nov")
				if drawn != known || !drawn && !written {
					t.Errorf("drawn %v, written %v: %s", drawn, written, m.Blocks)
				}
			}
		})
	}
}

func TestDigestIsSigned(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.moveTo(nine(1).Add(time.Second))
	d := x.told(1)[0]
	x.click(x.tom, d, "digest_read")
	notes := x.whispers(x.tom, news, 1)
	contains(t, notes[0].Text, "Signed as read")
	if strings.Contains(notes[0].Text, x.ada.ID()) {
		t.Errorf("an agent sees who has not read it: %s", notes[0].Text)
	}
	x.click(x.mei, d, "digest_read")
	contains(t, x.whispers(x.mei, news, 1)[0].Text, "Not yet read by <@"+x.ada.ID()+">")
	x.click(x.ada, d, "digest_read")
	contains(t, x.whispers(x.ada, news, 1)[0].Text, "Every lead has read")
	x.click(x.ada, d, "digest_read")
	contains(t, x.whispers(x.ada, news, 2)[1].Text, "already")
}

// Slack shows the digest before the bot knows that it stands: who signs then is not told that it is gone.
func TestDigestIsSignedBeforeItIsRecorded(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.settled()
	x.sim.Faults().LoseAnswer("chat.postMessage", 1)
	x.ahead.Store(int64(time.Until(nine(1).Add(time.Second))))
	x.app.Wake()
	x.until("Slack has the digest", func() bool { return len(x.in(news)) > 0 })
	d := x.in(news)[0]
	if err := x.tom.Click(x.ctx, d.Channel, d.TS, "digest_read"); err != nil {
		t.Fatal(err)
	}
	x.until("the answer", func() bool { x.advance(5 * time.Second); return len(x.whispersSoFar(x.tom, news)) > 0 })
	contains(t, x.whispers(x.tom, news, 1)[0].Text, "Signed as read")
}

// Nobody waits for the signature of a lead who left.
func TestDigestIsNotReadByWhoLeft(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.moveTo(nine(1).Add(time.Second))
	d := x.told(1)[0]
	x.ada.Leave()
	x.settled()
	x.click(x.mei, d, "digest_read")
	contains(t, x.whispers(x.mei, news, 1)[0].Text, "Every lead has read")
}

func TestDigestAsked(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.tom, "digest", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "Wed 25 Nov, so far", "quiet day")
	x.busyDay()
	x.slash(x.ada, "digest", lounge)
	contains(t, x.whispers(x.ada, lounge, 1)[0].Text, "Wed 25 Nov, so far", "Difficult cases: 2")
	x.slash(x.ada, "日报 周", lounge)
	contains(t, x.whispers(x.ada, lounge, 2)[1].Text, "week of Mon 23 Nov", "Difficult cases: 2")
	x.slash(x.ada, "digest year", lounge)
	contains(t, x.whispers(x.ada, lounge, 3)[2].Text, "/coach digest week")
}

// What one missed returns; the answer is for the one who gave it.
func TestPractice(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.tom, "practice", lounge)
	drill := x.whispers(x.tom, lounge, 1)[0]
	contains(t, drill.Text, "Which answer is better", "Only you see this")
	x.click(x.tom, drill, "practice_answer")
	answered := x.whispersSoFar(x.tom, lounge)[0]
	if !strings.Contains(answered.Text, "comes back in") {
		t.Fatalf("got %q", answered.Text)
	}
	if len(x.whispersSoFar(x.mei, lounge)) != 0 {
		t.Error("somebody else sees the answer")
	}
	who, err := x.store.Person(x.ctx, x.sim.TeamID(), x.tom.ID())
	if err != nil || len(who.Drills) != 1 {
		t.Fatalf("got %+v, %v", who, err)
	}
	x.advance(who.Drills[0].DueAt.Sub(x.now()) + time.Minute)
	x.slash(x.tom, "练习", lounge)
	list := x.whispersSoFar(x.tom, lounge)
	if again := list[len(list)-1]; !strings.Contains(again.Text, "哪个回答更好") && again.Text != drill.Text {
		t.Errorf("the drill does not return: %q", again.Text)
	}
}

// The morning's drill is answered in private, below a digest that stays.
func TestPracticeUnderTheDigest(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.moveTo(nine(1).Add(time.Second))
	d := x.told(1)[0]
	x.click(x.tom, d, "practice_answer:2")
	contains(t, x.whispers(x.tom, news, 1)[0].Text, "comes back in")
	if now := x.told(1)[0]; now.Text != d.Text {
		t.Errorf("the digest changed: %q", now.Text)
	}
}

// Where people from outside can read the channel, the leads are told in private.
func TestDigestWhereStrangersCanRead(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Team.Digest = shared })
	x.busyDay()
	x.moveTo(nine(1).Add(time.Second))
	x.settled()
	for _, m := range x.standing() {
		if m.Channel == shared {
			t.Errorf("posted where strangers can read: %q", m.Text)
		}
	}
	for _, lead := range []*slacksim.Person{x.ada, x.mei} {
		contains(t, x.direct(lead, 2)[0].Text, "Wed 25 Nov", "Difficult cases: 2")
	}
}

// A channel that is gone is told to the leads, and the next morning is tried again.
func TestDigestWithoutItsChannel(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.mei.Archive(news)
	x.moveTo(nine(1).Add(time.Second))
	x.told(0)
	contains(t, x.direct(x.ada, 1)[0].Text, news, "/coach setup")
	x.moveTo(nine(2).Add(time.Second))
	x.told(0)
	x.direct(x.ada, 2)
}

// An answer to a complaint that is owed for two working days stays on top until it is given.
func TestComplaintsStayOnTop(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.tom, "promise answer Ms Kowalska's complaint by 4 December 5pm", lounge)
	p := x.promises(x.tom)
	if len(p) != 1 || p[0].Kind != "complaint" {
		t.Fatalf("got %+v", p)
	}
	x.moveTo(nine(2).Add(time.Second)) // Friday: two working days are not over
	for _, d := range x.told(1) {
		if strings.Contains(d.Text, "Unanswered") {
			t.Errorf("too early: %s", d.Text)
		}
	}
	x.moveTo(nine(5).Add(time.Second)) // Monday
	list := x.told(3)
	contains(t, list[1].Text, "Unanswered for two working days", "[name]'s complaint")
	_, err := x.store.UpdatePromise(x.ctx, p[0].ID, func(p *store.Promise) error { p.State, p.ClosedAt = store.PromiseKept, x.now(); return nil })
	if err != nil {
		t.Fatal(err)
	}
	x.moveTo(nine(6).Add(time.Second))
	for _, d := range x.told(5)[3:] { // Tuesday's, and the month's
		if strings.Contains(d.Text, "Unanswered") {
			t.Errorf("it stays though it was answered: %s", d.Text)
		}
	}
}

// In a direct message the same words work.
func TestDigestAndPracticeInDirectMessages(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyStill()
	x.tom.DM("digest")
	x.tom.DM("练习")
	list := x.direct(x.tom, 2)
	contains(t, list[0].Text, "Difficult cases: 1")
	contains(t, list[1].Text, "Which answer is better")
}

// A new team is not told late of a day on which the bot was not there yet, whatever is open now.
func TestNoDigestOfADayBeforeTheBot(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.tom, "ask Who may lift a credit limit?", lounge)
	x.settled()
	x.stop()
	x.start() // 18:00 in Shanghai: the hour has passed
	x.told(0)
	x.moveTo(nine(1).Add(time.Second))
	contains(t, x.told(1)[0].Text, "Wed 25 Nov", "Help asked: 1")
}
