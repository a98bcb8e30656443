package slacksim_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"coachbot/bot/slacksim"
)

func TestDroppedAndRefusedConnections(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.connect()
	x.Faults().RefuseConnections(1)
	x.Faults().DropConnections()
	if n := x.Connected(); n != 0 {
		t.Errorf("after the drop: got %d sockets, want 0", n)
	}
	x.until("reconnected", func() bool { return x.Connected() == 1 })
	opened := 0
	for _, c := range x.Calls("apps.connections.open") {
		if c.OK() {
			opened++
		}
	}
	if opened != 3 {
		t.Errorf("apps.connections.open: got %d, want 3 (first, refused, again)", opened)
	}
	x.mei.Post(x.desk, "back?")
	x.acked(1)
}

func TestDeafConnection(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	// A client that expects a ping every 300 ms notices within two intervals.
	b := x.connect(func(b *bot) { b.sm = socketmode.New(b.x.client(), socketmode.OptionPingInterval(300*time.Millisecond)) })
	x.Faults().Deafen()
	x.mei.Post(x.desk, "into the void")
	if x.Connected() != 1 || x.Deliveries()[0].Lost {
		t.Errorf("deaf: got %d sockets, want one that looks open", x.Connected())
	}
	x.until("replaced", func() bool { return x.Opened() == 2 && x.Connected() == 1 })
	x.clock.Advance(3 * time.Second)
	x.Tick()
	x.acked(1)
	if got := message(t, b.seen()[0]); got.Text != "into the void" {
		t.Errorf("after the retry: got %+v", got)
	}
}

func TestDisconnectEnvelopes(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"warning", "refresh_requested", "link_disabled"} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t)
			x.connect()
			x.Faults().Disconnect(reason)
			x.until("a new connection", func() bool { return x.Opened() == 2 && x.Connected() == 1 })
			x.clean()
		})
	}
}

func TestTooManySockets(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	for range 10 {
		x.connect(func(b *bot) { b.silent = true })
	}
	extra := socketmode.New(x.client())
	ctx, cancel := context.WithCancel(x.ctx)
	done := make(chan struct{})
	go func() { defer close(done); _ = extra.RunContext(ctx) }()
	go func() {
		for range extra.Events {
		}
	}()
	x.until("turned away and trying again", func() bool { return len(x.Calls("apps.connections.open")) >= 12 })
	cancel()
	<-done
	close(extra.Events)
}

func TestOutage(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.connect()
	over := x.Faults().Outage()
	if _, err := x.client().AuthTest(); err == nil || x.Connected() != 0 {
		t.Errorf("during: got %v and %d sockets", err, x.Connected())
	}
	over()
	x.until("reconnected", func() bool { return x.Connected() == 1 })
	if _, err := x.client().AuthTest(); err != nil {
		t.Errorf("after: got %v", err)
	}
}

func TestDeliveryTrouble(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	f := x.Faults()

	f.DuplicateNext(1)
	x.mei.Post(x.desk, "twice")
	x.acked(2)
	if d := x.Deliveries(); d[0].EventID != d[1].EventID || d[1].Attempt != 1 {
		t.Errorf("duplicate: got %+v and %+v", d[0], d[1])
	}
	f.ReorderNext(3)
	for _, s := range []string{"a", "b", "c"} {
		x.mei.Post(x.desk, s)
	}
	x.acked(5)
	f.DelayNext(1, time.Minute)
	x.mei.Post(x.desk, "late")
	x.mei.Post(x.desk, "soon")
	x.acked(6)
	x.clock.Advance(time.Minute)
	x.Tick()
	x.acked(7)
	f.Hold()
	x.mei.Post(x.desk, "held")
	if n := len(x.Deliveries()); n != 7 {
		t.Errorf("held: got %d deliveries, want 7", n)
	}
	f.Release()
	x.acked(8)
	var got string
	for _, e := range b.seen()[2:] {
		got += message(t, e).Text + " "
	}
	if want := "c b a soon late held "; got != want {
		t.Errorf("order: got %q, want %q", got, want)
	}
	x.clean()
}

func TestStrangeEnvelopes(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	x.Faults().SendRaw(`{"type":"events_api","envelope_id":`)
	x.Faults().SendRaw(`{"type":"never_heard_of"}`)
	x.Faults().SendEvent(map[string]any{"type": "future_event", "what": 1})
	x.until("delivered", func() bool { return len(x.Deliveries()) == 1 })
	x.mei.Post(x.desk, "still here")
	x.until("the message after them", func() bool {
		d := x.Deliveries()
		return len(d) == 2 && d[1].Acked
	})
	if got := b.seen(); message(t, got[len(got)-1]).Text != "still here" {
		t.Errorf("last event: got %+v", got)
	}
}

func TestMethodTrouble(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	api, f := x.client(), x.Faults()
	post := func(s string) error { _, _, err := api.PostMessageContext(x.ctx, x.desk, text(s)); return err }

	f.FailNext("chat.postMessage", 1, "internal_error")
	wantCode(t, "fail", post("a"), "internal_error")
	f.BreakNext("*", 1, 500)
	if err := post("b"); err == nil {
		t.Error("500: got no error")
	}
	f.LimitNext("chat.postMessage", 1, 7)
	var limited *slack.RateLimitedError
	if err := post("c"); !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("429: got %v, want to wait 7s", err)
	}
	if n := len(x.mei.Messages(x.desk)); n != 0 {
		t.Errorf("messages: got %d, want none yet", n)
	}
	f.LoseAnswer("chat.postMessage", 1)
	if err := post("landed"); err == nil {
		t.Error("lost answer: got no error")
	}
	calls := x.Calls("chat.postMessage")
	if last := calls[len(calls)-1]; !last.Lost || last.TS == "" {
		t.Errorf("lost answer: got call %+v", last)
	}
	if m := x.mei.Messages(x.desk); len(m) != 1 || m[0].Text != "landed" {
		t.Errorf("messages: got %+v, want the one whose answer was lost", m)
	}
	wantCode(t, "then", post("fine"), "")
}

func TestHang(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	api := x.client()
	release := x.Faults().Hang("chat.postMessage")
	gaveUp, cancel := context.WithCancel(x.ctx)
	errs := make(chan error, 2)
	for i, ctx := range []context.Context{gaveUp, x.ctx} {
		go func() {
			_, _, err := api.PostMessageContext(ctx, x.desk, text([]string{"never", "later"}[i]))
			errs <- err
		}()
	}
	x.until("both hang", func() bool { return x.Faults().Hanging("chat.postMessage") == 2 })
	cancel()
	if err := <-errs; err == nil {
		t.Error("who gave up: got no error")
	}
	x.until("one hangs", func() bool { return x.Faults().Hanging("chat.postMessage") == 1 })
	release()
	if err := <-errs; err != nil {
		t.Errorf("who waited: got %v", err)
	}
	if m := x.mei.Messages(x.desk); len(m) != 1 || m[0].Text != "later" {
		t.Errorf("messages: got %+v, want only later", m)
	}
}

func TestUninstall(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	x.Faults().Uninstall()
	x.acked(2)
	if got := b.seen(); got[0].InnerEvent.Type != "tokens_revoked" || got[1].InnerEvent.Type != "app_uninstalled" {
		t.Errorf("events: got %+v", got)
	}
	_, err := x.client().AuthTest()
	wantCode(t, "after", err, "account_inactive")
	if v := x.Violations(); len(v) != 1 || v[0].Kind != slacksim.ViolationDeadToken {
		t.Errorf("violations: got %+v, want the call after the end", v)
	}
}

func TestMembership(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	x.tom.InviteBot(x.lair)
	x.acked(2)
	if got := b.seen(); message(t, got[0]).SubType != "group_join" || got[1].InnerEvent.Type != "member_joined_channel" {
		t.Errorf("invited: got %+v", got)
	}
	x.tom.Archive(x.lair)
	x.tom.RemoveBot(x.desk)
	x.acked(4)
	if got := b.seen(); got[2].InnerEvent.Type != "group_archive" || got[3].InnerEvent.Type != "channel_left" {
		t.Errorf("archived and removed: got %q and %q", got[2].InnerEvent.Type, got[3].InnerEvent.Type)
	}
	_, _, err := x.client().PostMessage(x.desk, text("x"))
	wantCode(t, "post after removal", err, "not_in_channel")
	_, err = x.tom.TryPost(x.lair, "x")
	if err == nil {
		t.Error("post in an archived channel: got no error")
	}
}

func TestSubscribe(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	var got []slacksim.Change
	cancel := x.Subscribe(func(c slacksim.Change) {
		if c.Visible() {
			got = append(got, c)
			_ = x.Snapshot(x.mei) // reading from a subscriber is allowed
		}
	})
	ts := x.mei.Post(x.desk, "a")
	x.mei.Edit(x.desk, ts, "b")
	x.mei.Delete(x.desk, ts)
	cancel()
	x.mei.Post(x.desk, "unheard")
	want := []slacksim.ChangeKind{slacksim.ChangeMessage, slacksim.ChangeEdited, slacksim.ChangeDeleted}
	if len(got) != len(want) {
		t.Fatalf("changes: got %+v, want %v", got, want)
	}
	for i, c := range got {
		if c.Kind != want[i] || c.TS != ts || i > 0 && c.Seq <= got[i-1].Seq {
			t.Errorf("change %d: got %+v, want %s of %s", i, c, want[i], ts)
		}
	}
}
