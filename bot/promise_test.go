package bot_test

import (
	"strings"
	"testing"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/slacksim"
	"coachbot/bot/when"
	"coachbot/store"
)

// moveTo moves the world's clock to a time.
func (x *world) moveTo(at time.Time) {
	x.t.Helper()
	x.advance(at.Sub(x.now()))
}

// direct are the bot's direct messages to a person, exactly want of them.
func (x *world) direct(p *slacksim.Person, want int) []slacksim.Message {
	x.t.Helper()
	see := func() (list []slacksim.Message) {
		for _, m := range x.standing() {
			if m.Channel == p.DMChannel() {
				list = append(list, m)
			}
		}
		return list
	}
	x.until("direct messages", func() bool { return len(see()) >= want })
	x.settled()
	got := see()
	if len(got) != want {
		x.t.Fatalf("%s got %d direct messages, want %d: %q", p.ID(), len(got), want, texts(got))
	}
	return got
}

func (x *world) promises(p *slacksim.Person) (list []store.Promise) {
	x.t.Helper()
	if err := x.store.PromisesOwed(x.ctx, x.sim.TeamID(), p.ID(), func(p store.Promise) error { list = append(list, p); return nil }); err != nil {
		x.t.Fatal(err)
	}
	return list
}

// A direct message records a promise whose time is clear; without a time its words may be a customer's.
func TestAPromiseInADirectMessage(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.DM("promise: call Ms Li back by 5pm tomorrow")
	contains(t, x.direct(x.tom, 1)[0].Text, "Noted: call Ms Li back", "17:00")
	x.mei.DM("承诺 明天下午三点前回电")
	got := x.direct(x.mei, 1)[0]
	contains(t, got.Text, "记下了：回电", "15:00")
	if n := len(x.promises(x.tom)) + len(x.promises(x.mei)); n != 2 {
		t.Fatalf("%d promises are kept, want 2", n)
	}
	x.mei.DM("承诺 八点回电")
	contains(t, x.direct(x.mei, 2)[1].Text, "`/coach 承诺 八点回电`")
	x.mei.DM("承诺的赔偿一直没给，客户气坏了")
	x.tom.DM("Promise after promise, and nobody does anything!")
	contains(t, x.direct(x.tom, 2)[1].Text, "Say this first")
	if n := len(x.promises(x.tom)) + len(x.promises(x.mei)); n != 2 {
		t.Errorf("a customer's words became a promise: %d", n)
	}
	x.click(x.mei, got, blocks.ActionPromiseDone)
	if n := len(x.promises(x.mei)); n != 0 {
		t.Errorf("%d promises are owed after it was kept", n)
	}
}

func TestAPromiseIsRecordedRemindedAndKept(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	now := morning
	x.slash(x.tom, "promise call Ms Li back &amp; say sorry by 5pm tomorrow", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "Noted: call Ms Li back &amp; say sorry", "tomorrow", "17:00", "UTC+0")
	x.said(0)

	due := now.Add(31 * time.Hour)
	x.moveTo(due.Add(-61 * time.Minute))
	x.direct(x.tom, 0)
	x.moveTo(due.Add(-60 * time.Minute))
	contains(t, x.direct(x.tom, 1)[0].Text, "Due in 60 minutes: call Ms Li back")
	x.moveTo(due.Add(-10 * time.Minute))
	last := x.direct(x.tom, 2)[1]
	contains(t, last.Text, "Due in 10 minutes: call Ms Li back")

	x.click(x.tom, last, "promise_done")
	for _, m := range x.direct(x.tom, 2) {
		contains(t, m.Text, "Kept: call Ms Li back")
	}
	x.moveTo(due.Add(48 * time.Hour))
	x.said(2) // nothing else was said
	if got := x.mei.Messages(lounge); len(got) != 0 {
		t.Errorf("mei sees %q", texts(got))
	}
}

func TestAMissedPromiseIsRepaired(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.mei.Move("Asia/Shanghai")
	now := morning // six in the evening in Shanghai
	x.slash(x.mei, "承诺 今晚八点前给李女士回电", lounge)
	contains(t, x.whispers(x.mei, lounge, 1)[0].Text, "记下了：给李女士回电", "今天 20:00", "UTC+8")
	due := now.Add(2 * time.Hour)
	x.moveTo(due.Add(-time.Hour))
	x.direct(x.mei, 1)
	x.moveTo(due.Add(-10 * time.Minute))
	x.direct(x.mei, 2)
	x.moveTo(due)
	missed := x.direct(x.mei, 3)[2]
	contains(t, missed.Text, "过期", "给李女士回电", "补上的承诺", "对不起")
	if found := knowledge().guard.Check(missed.Text); len(found) > 0 {
		t.Errorf("the repair says %v", found)
	}

	// Another time: the reminders are planned anew, and what was said before shows it.
	x.click(x.mei, missed, "promise_change")
	later := due.Add(3 * time.Hour)
	if r := x.submit(x.mei, "promise_new", map[string]any{"due": due.Add(-time.Hour).Unix()}); r.Errors["due"] == "" {
		t.Errorf("a time that has passed was taken: %+v", r)
	}
	x.submit(x.mei, "promise_new", map[string]any{"due": later.Unix()})
	contains(t, x.direct(x.mei, 3)[2].Text, "23:00")
	x.moveTo(later.Add(-time.Hour))
	contains(t, x.direct(x.mei, 4)[3].Text, "60 分钟")
	x.click(x.mei, x.direct(x.mei, 4)[3], "promise_done")
	contains(t, x.direct(x.mei, 4)[2].Text, "做到了")
	x.moveTo(later.Add(24 * time.Hour))
	x.said(4)
	x.slash(x.mei, "交班", lounge)
	contains(t, x.whispers(x.mei, lounge, 2)[1].Text, "没有未完的事")
}

func TestRemindersSurviveARestart(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	now := morning
	x.slash(x.tom, "promise send the invoice by 2pm", lounge)
	x.stop()
	x.ahead.Add(int64(3*time.Hour + 55*time.Minute)) // the hour and the ten minutes passed while it was down
	x.start()
	x.direct(x.tom, 1)
	contains(t, x.direct(x.tom, 1)[0].Text, "Due in 5 minutes")
	x.stop()
	x.ahead.Add(int64(10 * time.Minute))
	x.start()
	contains(t, x.direct(x.tom, 2)[1].Text, "Was due", "send the invoice")
	x.stop()
	x.start()
	x.advance(time.Minute)
	x.said(2)
	if p := x.promises(x.tom); len(p) != 1 || p[0].State != store.PromiseMissed || !p[0].DueAt.Equal(now.Add(4*time.Hour)) {
		t.Errorf("owed: %+v", p)
	}
}

func TestWhatIsUnclearIsAsked(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	now := morning
	for text, says := range map[string]string{
		"promise call Ms Li back soon":          "names no point in time",
		"promise send Ms Li flowers":            "no time I understand",
		"promise call Ms Li today at 8am":       "has passed",
		"promise call Ms Li by yesterday":       "has passed",
		"承诺 昨天下午三点前给李女士回电":                      "已经过了",
		"promise by 5pm tomorrow":               "not what was promised",
		"promise call Ms Li tomorrow at 8":      "which half of the day",
		"promise call Ms Li on Wednesday":       "one of two days",
		"promise call her at 3pm London time":   "another place",
		"promise water the plants every Friday": "due once",
		"promise deliver by 31 November":        "isn't in the calendar",
		"承诺 尽快给李女士回电":                           "不是一个确定的时间",
		"承诺 明天八点给李女士回电":                         "上午还是下午",
	} {
		x.slash(x.tom, text, lounge)
		x.until("a modal", func() bool { return x.tom.View() != nil })
		contains(t, string(x.tom.View().Blocks), says)
		if err := x.tom.Close(x.ctx); err != nil {
			t.Fatal(err)
		}
	}
	if p := x.promises(x.tom); len(p) != 0 {
		t.Errorf("recorded without asking: %+v", p)
	}
	x.slash(x.tom, "promise", lounge)
	if r := x.submit(x.tom, "promise_new", map[string]any{"promise": "call Ms Li about the refund", "due": now.Add(90 * time.Minute).Unix()}); len(r.Errors) > 0 {
		t.Errorf("refused: %v", r.Errors)
	}
	contains(t, x.direct(x.tom, 1)[0].Text, "Noted: call Ms Li about the refund", "11:30")
	x.moveTo(now.Add(30 * time.Minute))
	x.click(x.tom, x.direct(x.tom, 2)[1], "promise_drop")
	contains(t, x.direct(x.tom, 2)[0].Text, "Set aside")
	x.moveTo(now.Add(5 * time.Hour))
	x.said(2)
}

func TestAPromiseOfACase(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	now := morning
	ts := x.tom.Post(watched, furious)
	card := x.said(1)[0]
	for range 8 {
		if card = x.said(1)[0]; strings.Contains(strings.Join(card.ActionIDs(), " "), "promise_new") {
			break
		}
		x.click(x.tom, card, "suggestion_used")
	}
	x.click(x.tom, card, "promise_new")
	x.submit(x.tom, "promise_new", map[string]any{"promise": "call her back with the driver's answer", "due": now.Add(5 * time.Hour).Unix()})
	note := x.direct(x.tom, 1)[0]
	contains(t, note.Text, "call her back with the driver's answer", "For the case")
	c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, ts)
	if err != nil {
		t.Fatal(err)
	}
	if list, err := x.store.PromisesOfCase(x.ctx, c.ID); err != nil || len(list) != 1 || list[0].Owner != x.tom.ID() {
		t.Errorf("promises of the case: %+v, %v", list, err)
	}
	// A command in the channel means the same case when there is only one.
	x.slash(x.tom, "promise send her a photo by 3pm", watched)
	contains(t, x.whispers(x.tom, watched, 1)[0].Text, "For the case")
	if list, err := x.store.PromisesOfCase(x.ctx, c.ID); err != nil || len(list) != 2 {
		t.Errorf("promises of the case: %+v, %v", list, err)
	}
	// Nobody but the owner may close it.
	if err := x.mei.Click(x.ctx, note.Channel, note.TS, "promise_done"); err == nil {
		t.Error("mei pressed a button in tom's direct messages")
	}
	x.said(2)
}

func TestTheUsualTimeIsTakenWhenNoneIsNamed(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "promise call Ms Li back", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "24 hours, as usual", "tomorrow", "10:00")
	x.slash(x.mei, "承诺 答复王先生的投诉", lounge)
	contains(t, x.whispers(x.mei, lounge, 1)[0].Text, "两个工作日", "周五 18:00")
	x.said(0)
}

func TestAPromiseNeedsNoSpaceInChinese(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.mei, "承诺明天下午五点前给李女士回电", lounge)
	contains(t, x.whispers(x.mei, lounge, 1)[0].Text, "记下了：给李女士回电", "明天", "17:00")
	x.slash(x.mei, "承诺的赔偿一直没给，你们说话算话吗？明天我就去投诉！", lounge) // a customer speaking
	x.whispers(x.mei, lounge, 2)
	if p := x.promises(x.mei); len(p) != 1 {
		t.Errorf("owed: %+v", p)
	}
	x.said(0)
}

func TestAPromiseCanBeTakenFromItsCase(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, furious)
	x.said(1)
	x.slash(x.tom, "promise send Mr Roy &lt;the form&gt; with <@U0MEI0001|mei> by 3pm", watched)
	note := x.whispers(x.tom, watched, 1)[0]
	contains(t, note.Text, "Noted: send Mr Roy &lt;the form&gt; with @mei", "For the case")
	x.click(x.tom, note, "promise_change")
	x.submit(x.tom, "promise_new", map[string]any{"case": "none"})
	if p := x.promises(x.tom); len(p) != 1 || p[0].Case != "" {
		t.Errorf("owed: %+v", p)
	}
	if m := x.direct(x.tom, 1)[0]; strings.Contains(m.Text, "For the case") {
		t.Errorf("still of the case: %q", m.Text)
	}
	x.said(2)
}

func TestEveryDoubtHasWords(t *testing.T) {
	t.Parallel()
	for _, code := range []when.Unclear{when.NoWhat, when.NoTime, when.Vague, when.Past, when.Half, when.Which, when.Several, when.NoDay,
		when.Skipped, when.Zone, when.Repeats, when.TooFar, when.TooLong} {
		for _, lang := range []string{"en", "zh"} {
			if blocks.PromiseFault(lang, string(code)) == "" {
				t.Errorf("no words for %s in %s", code, lang)
			}
		}
	}
}
