package bot_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
	"coachbot/store/storetest"
)

const (
	burning = "> The battery you sold me is on fire in my kitchen right now, what do I do?!"
	abusive = "> You stupid worthless idiot, I have been screaming at you morons for a week, go to hell, you useless piece of garbage, I hate you all!!"
)

func duties(leads ...string) func(*bot.Options) {
	return func(o *bot.Options) { o.Team.DutyLeads = leads }
}

func (x *world) caseAt(ts string) store.Case {
	x.t.Helper()
	c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, ts)
	if err != nil {
		x.t.Fatal(err)
	}
	return c
}

func TestACriticalCaseCallsTheLeadsInLine(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001", "U0MEI0001"))
	now := morning
	ts := x.tom.Post(watched, burning)
	x.said(2) // the card, and the call
	if c := x.caseAt(ts); c.Severity != "critical" {
		t.Fatalf("the case is %s", c.Severity)
	}
	contains(t, x.direct(x.ada, 1)[0].Text, "Critical case", "<@U0TOM0001>", "within five minutes")
	x.moveTo(now.Add(4 * time.Minute))
	x.direct(x.mei, 0)
	x.moveTo(now.Add(6 * time.Minute))
	call := x.direct(x.mei, 1)[0]
	contains(t, call.Text, "危急情况", "最后一位")

	x.click(x.mei, call, "duty_take")
	contains(t, x.direct(x.mei, 1)[0].Text, "<@U0MEI0001> 已经接手")
	contains(t, x.direct(x.ada, 1)[0].Text, "<@U0MEI0001> answered")
	contains(t, x.direct(x.tom, 1)[0].Text, "<@U0MEI0001> has seen your critical case")
	if c := x.caseAt(ts); c.Duty != x.mei.ID() {
		t.Errorf("answered by %q", c.Duty)
	}
	x.moveTo(now.Add(20 * time.Minute))
	x.said(4)
}

// A lead who answers as soon as Slack shows the call, before the bot has recorded it, is on the case.
func TestACallIsAnsweredBeforeItIsRecorded(t *testing.T) {
	t.Parallel()
	x, faulty := newFaultyWorld(t, duties("U0ADA0001"))
	release := x.sim.Faults().Hang("conversations.open")
	ts := x.tom.Post(watched, burning)
	x.until("the call is being made", func() bool { return x.sim.Faults().Hanging("conversations.open") == 1 })
	faulty.Inject("UpdatePost", storetest.Fault{Err: store.ErrNoRoom, Times: 1})
	release()
	see := func() (list []slacksim.Message) {
		for _, m := range x.standing() {
			if m.Channel == x.ada.DMChannel() {
				list = append(list, m)
			}
		}
		return list
	}
	x.until("the call", func() bool { return len(see()) == 1 })
	if err := x.ada.Click(x.ctx, see()[0].Channel, see()[0].TS, "duty_take"); err != nil {
		t.Fatal(err)
	}
	contains(t, x.direct(x.tom, 1)[0].Text, "<@U0ADA0001> has seen your critical case")
	if got := x.direct(x.ada, 1); x.caseAt(ts).Duty != x.ada.ID() || !strings.Contains(got[0].Text, "answered") {
		t.Errorf("answered by %q; ada sees %q", x.caseAt(ts).Duty, texts(got))
	}
}

// An agent who has left cannot be told who is on the case: the lead is, and hears of no trouble.
func TestACallIsAnsweredWhoseAgentLeft(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts := x.tom.Post(watched, burning)
	call := x.direct(x.ada, 1)[0]
	x.tom.Deactivate()
	x.click(x.ada, call, "duty_take")
	contains(t, x.direct(x.ada, 1)[0].Text, "<@U0ADA0001> answered")
	if got := x.caseAt(ts).Duty; got != x.ada.ID() {
		t.Errorf("answered by %q", got)
	}
	if got := x.whispersSoFar(x.ada, x.ada.DMChannel()); len(got) > 0 {
		t.Errorf("the lead hears %q", texts(got))
	}
}

func TestAnAnsweredCallGoesNoFurther(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0TOM0001", "U0ADA0001", "U0MEI0001"))
	now := morning
	x.tom.Post(watched, burning) // tom is on duty himself: ada is the first in line
	call := x.direct(x.ada, 1)[0]
	x.click(x.ada, call, "duty_take")
	x.moveTo(now.Add(20 * time.Minute))
	x.direct(x.mei, 0)
	x.said(3) // card, call, and tom hears who is on it
}

func TestACallEndsWithItsCase(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001", "U0MEI0001"))
	now := morning
	x.tom.Post(watched, burning)
	var card slacksim.Message
	for _, m := range x.said(2) {
		if m.Channel == watched {
			card = m
		}
	}
	x.click(x.tom, card, "case_calmed")
	contains(t, x.direct(x.ada, 1)[0].Text, "The case is over")
	x.moveTo(now.Add(10 * time.Minute))
	x.direct(x.mei, 0)
	x.direct(x.tom, 1) // the minute after it
	x.said(3)
}

func TestAPrivateCaseCallsNobody(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	now := morning
	x.tom.DM(strings.TrimPrefix(burning, "> "))
	x.slash(x.mei, burning, lounge)
	x.moveTo(now.Add(10 * time.Minute))
	x.direct(x.ada, 0)
	x.said(1)
}

func TestAfterASevereCaseTheAgentGetsAMinute(t *testing.T) {
	t.Parallel()
	for name, words := range map[string]string{"critical": burning, "abuse": abusive} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t)
			now := morning
			x.mei.Post(watched, furious)
			ts := x.tom.Post(watched, words)
			x.said(2)
			if c := x.caseAt(ts); c.Severity != "high" && c.Severity != "critical" {
				t.Fatalf("the case is %s, %s", c.Severity, c.Playbook)
			}
			x.moveTo(now.Add(20 * time.Minute))
			x.tom.Post(watched, "> now she shouts that she will never buy from us again and wants her money", slacksim.InThread(ts))
			x.settled()
			x.moveTo(now.Add(40 * time.Minute)) // silent for twenty minutes only
			x.direct(x.tom, 0)
			x.moveTo(now.Add(51 * time.Minute))
			minute := x.direct(x.tom, 1)[0]
			contains(t, minute.Text, "Take a minute for yourself", "Breathe in", "<@U0MEI0001>", "Only you see this")
			// Closing it later brings no second one, and nothing tells anybody.
			for _, m := range x.standing() {
				if m.ThreadTS == ts {
					x.click(x.tom, m, "case_calmed")
				}
			}
			x.moveTo(now.Add(3 * time.Hour))
			x.said(3)
			x.nothingTells("recovery", "care\"", "minute for yourself")
		})
	}
}

// One minute is enough for several cases at once, and none comes long after.
func TestOneMinuteIsEnoughAndInTime(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	now := morning
	x.tom.Post(watched, abusive)
	x.tom.Post(watched, abusive+" Do you hear me?")
	x.slash(x.tom, abusive+" It goes on.", lounge)
	x.mei.Post(watched, abusive+" And on.")
	x.said(3)
	x.moveTo(now.Add(31 * time.Minute))
	x.direct(x.tom, 1)
	x.direct(x.mei, 1)
	x.tom.Post(watched, abusive+" Again!")
	x.settled()
	x.moveTo(now.Add(2 * time.Hour))
	x.direct(x.tom, 2) // it is another hour
	x.tom.Post(watched, abusive+" The third time!")
	x.settled()
	x.stop()
	x.ahead.Add(int64(15 * time.Hour))
	x.start()
	x.settled()
	x.direct(x.tom, 2)
}

// nothingTells looks through everything that is stored for words that would tell.
func (x *world) nothingTells(words ...string) {
	x.t.Helper()
	err := x.store.Walk(x.ctx, func(r store.Record) error {
		for _, w := range words {
			if p := r.Post; p != nil && (strings.Contains(p.Key+p.Kind, w) || p.Kind == "note" && p.Case != "") {
				x.t.Errorf("the post %s tells of it", p.Key)
			}
			if k := r.Key; k != nil && strings.Contains(k.Key, w) {
				x.t.Errorf("the key %s tells of it", k.Key)
			}
			if j := r.Job; j != nil && bytes.Contains(j.Payload, []byte(w)) {
				x.t.Errorf("the job %s tells of it", j.ID)
			}
			if e := r.Evidence; e != nil && strings.Contains(e.Kind, w) {
				x.t.Errorf("the evidence %s tells of it", e.ID)
			}
		}
		return nil
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

func TestAnOrdinaryCaseBringsNoMinute(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	now := morning
	x.tom.Post(watched, "> Fourth day without my parcel. Where is it?")
	x.said(1)
	x.moveTo(now.Add(2 * time.Hour))
	x.said(1)
}
