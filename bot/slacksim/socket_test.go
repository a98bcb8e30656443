package slacksim_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"coachbot/bot/slacksim"
)

func message(t *testing.T, e slackevents.EventsAPIEvent) *slackevents.MessageEvent {
	t.Helper()
	m, ok := e.InnerEvent.Data.(*slackevents.MessageEvent)
	if !ok {
		t.Fatalf("event: got %T, want a message", e.InnerEvent.Data)
	}
	return m
}

func TestMessagesReachTheApp(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()

	ts := x.mei.Post(x.desk, "客户说 <b>再不退款就投诉</b> & \"now\"")
	x.mei.Post(x.desk, "第二句", slacksim.InThread(ts))
	x.mei.Edit(x.desk, ts, "客户改口了")
	x.mei.DM("hello")
	x.acked(4)

	got := b.seen()
	first := message(t, got[0])
	if want := "客户说 &lt;b&gt;再不退款就投诉&lt;/b&gt; &amp; \"now\""; first.Text != want || first.TimeStamp != ts || first.ChannelType != "channel" || first.User != "U0MEI" {
		t.Errorf("first message: got %+v, want text %q at %s", first, want, ts)
	}
	if outer := got[0].Data.(*slackevents.EventsAPICallbackEvent); outer.EventID == "" || outer.TeamID != x.TeamID() || len(outer.Authorizations) != 1 {
		t.Errorf("wrapper: got %+v", outer)
	}
	if r := message(t, got[1]); r.ThreadTimeStamp != ts {
		t.Errorf("reply: got thread %q, want %q", r.ThreadTimeStamp, ts)
	}
	if e := message(t, got[2]); e.SubType != "message_changed" || e.Message.Text != "客户改口了" || e.Message.Timestamp != ts || e.PreviousMessage.Text == "" {
		t.Errorf("edit: got %+v", e)
	}
	if d := message(t, got[3]); d.ChannelType != "im" || d.Channel != x.mei.DMChannel() {
		t.Errorf("direct message: got %+v", d)
	}
	x.tom.Post(x.lair, "the app is not here")
	if n := len(x.Deliveries()); n != 4 {
		t.Errorf("deliveries: got %d, want 4 (none from a channel without the bot)", n)
	}
	x.clean()
}

func TestDeletedMessages(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	alone := x.mei.Post(x.desk, "alone")
	parent := x.mei.Post(x.desk, "parent")
	reply := x.tom.Post(x.desk, "reply", slacksim.InThread(parent))
	x.mei.Delete(x.desk, alone)
	x.mei.Delete(x.desk, parent)
	x.acked(5)
	got := b.seen()
	if e := message(t, got[3]); e.SubType != "message_deleted" || e.DeletedTimeStamp != alone || e.PreviousMessage.Text != "alone" {
		t.Errorf("deleted: got %+v", e)
	}
	if e := message(t, got[4]); e.SubType != "message_changed" || e.Message.SubType != "tombstone" || e.Message.Timestamp != parent {
		t.Errorf("parent with replies: got %+v, want a tombstone", e)
	}
	seen := x.mei.Messages(x.desk)
	if len(seen) != 2 || !seen[0].Deleted || seen[1].TS != reply {
		t.Errorf("messages: got %+v, want the tombstone and the reply", seen)
	}
	x.clean()
}

func TestMentionArrivesTwice(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	x.mei.Post(x.desk, "@coach what now?")
	x.acked(2)
	kinds := map[string]int{}
	for _, e := range b.seen() {
		kinds[e.InnerEvent.Type]++
		if m, ok := e.InnerEvent.Data.(*slackevents.AppMentionEvent); ok && !strings.HasPrefix(m.Text, "<@"+x.BotUserID()+">") {
			t.Errorf("mention: got text %q", m.Text)
		}
	}
	if kinds["message"] != 1 || kinds["app_mention"] != 1 {
		t.Errorf("kinds: got %v, want one of each", kinds)
	}
}

func TestRetriesUntilAcked(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.connect(func(b *bot) { b.silent = true })
	x.mei.Post(x.desk, "anyone?")
	step := func(d time.Duration, want int) {
		t.Helper()
		x.clock.Advance(d)
		x.Tick()
		if got := len(x.Deliveries()); got != want {
			t.Fatalf("after %s: got %d attempts, want %d", d, got, want)
		}
	}
	step(2*time.Second, 1)
	step(time.Second, 2)
	step(3*time.Second, 2)
	step(time.Minute, 3)
	step(3*time.Second, 3)
	step(5*time.Minute, 4)
	step(3*time.Second, 4)
	step(time.Hour, 4)
	all := x.Deliveries()
	for i, d := range all {
		if d.Attempt != i || d.EventID != all[0].EventID {
			t.Errorf("attempt %d: got %+v", i, d)
		}
	}
	if !all[3].Lost || x.Unacked() != 0 {
		t.Errorf("at the end: got lost %v and %d open, want given up", all[3].Lost, x.Unacked())
	}
}

func TestAcksAreWrittenDown(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect(func(b *bot) { b.silent = true })
	x.mei.Post(x.desk, "slow")
	x.until("delivery seen", func() bool { return len(x.Deliveries()) == 1 })
	x.clock.Advance(4 * time.Second)
	id := x.Deliveries()[0].EnvelopeID
	for range 2 {
		if err := b.sm.AckCtx(x.ctx, id, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.sm.AckCtx(x.ctx, "", nil); err != nil {
		t.Fatal(err)
	}
	x.until("violations", func() bool { return len(x.Violations()) == 3 })
	var kinds []string
	for _, v := range x.Violations() {
		kinds = append(kinds, v.Kind)
	}
	want := []string{slacksim.ViolationLateAck, slacksim.ViolationSecondAck, slacksim.ViolationUnknownAck}
	if strings.Join(kinds, " ") != strings.Join(want, " ") {
		t.Errorf("violations: got %v, want %v", kinds, want)
	}
	if d := x.Deliveries()[0]; !d.Late || d.Latency != 4*time.Second {
		t.Errorf("delivery: got %+v, want late by its latency of 4s", d)
	}
}

func TestMissedWhileAway(t *testing.T) {
	t.Parallel()
	for name, redeliver := range map[string]bool{"lost": false, "redelivered": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t, func(o *slacksim.Options) { o.RedeliverMissed = redeliver })
			x.mei.Post(x.desk, "nobody is listening")
			b := x.connect()
			x.mei.Post(x.desk, "now they are")
			want := 1
			if redeliver {
				want = 2
			}
			x.acked(want)
			if got := len(b.seen()); got != want {
				t.Errorf("events: got %d, want %d", got, want)
			}
			if lost := x.Deliveries()[0].Lost; lost == redeliver {
				t.Errorf("first delivery: got lost %v, want %v", lost, !redeliver)
			}
		})
	}
}

func TestSeveralConnectionsShareEvents(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	a, b := x.connect(), x.connect()
	for range 4 {
		x.mei.Post(x.desk, "hi")
	}
	x.acked(4)
	if len(a.seen()) != 2 || len(b.seen()) != 2 {
		t.Errorf("events: got %d and %d, want 2 and 2", len(a.seen()), len(b.seen()))
	}
}

func TestTheBotSeesItsOwnPosts(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	if _, _, err := x.client().PostMessage(x.desk, slack.MsgOptionText("hello", false)); err != nil {
		t.Fatal(err)
	}
	x.acked(1)
	if m := message(t, b.seen()[0]); m.BotID != x.BotID() || m.User != x.BotUserID() {
		t.Errorf("own post: got %+v", m)
	}
}

func TestOtherAppsAndFiles(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	tickets := x.AddUser(slacksim.UserSpec{Name: "tickets", Bot: true})
	tickets.Join(x.desk)
	ts := tickets.Post(x.desk, "Ticket 1: angry customer")
	tickets.Touch(x.desk, ts)
	x.mei.Post(x.desk, "Deploy done", slacksim.AsBot("CI"))
	x.mei.Post(x.desk, "", slacksim.WithFiles("screen.png", "voice.m4a"))
	x.acked(6)
	got := b.seen()
	if m := message(t, got[2]); m.BotID == "" || m.User != tickets.ID() || m.SubType != "" {
		t.Errorf("app's post: got %+v", m)
	}
	if m := message(t, got[3]); m.SubType != "message_changed" || m.Message.Text != m.PreviousMessage.Text || m.Message.Edited != nil {
		t.Errorf("touch: got %+v", m)
	}
	if m := message(t, got[4]); m.SubType != "bot_message" || m.User != "" || m.Username != "CI" {
		t.Errorf("integration: got %+v", m)
	}
	if m := message(t, got[5]); m.SubType != "file_share" || len(m.Message.Files) != 2 || m.Message.Files[1].Mimetype != "audio/m4a" {
		t.Errorf("files: got %+v", m.Message)
	}
	for _, e := range got[2:5] {
		m := message(t, e)
		id := m.BotID
		if id == "" {
			id = m.Message.BotID
		}
		if info, err := x.client().GetBotInfo(slack.GetBotInfoParameters{Bot: id}); err != nil || info.AppID == "" {
			t.Errorf("bots.info %s: got %+v, %v", id, info, err)
		}
	}
}
