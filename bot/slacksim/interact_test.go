package slacksim_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/slacksim"
)

func section(text string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", text, false, false), nil, nil)
}

func button(id, value, label string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(id, value, slack.NewTextBlockObject("plain_text", label, false, false))
}

func TestSlashCommand(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	var got slack.SlashCommand
	x.connect(func(b *bot) {
		b.onSlsh = func(c slack.SlashCommand) any {
			got = c
			return map[string]any{"response_type": "ephemeral", "text": "try this"}
		}
	})
	res, err := x.mei.Slash(x.ctx, "/coach", "客户很生气 ", x.desk)
	if err != nil {
		t.Fatal(err)
	}
	if got.Text != "客户很生气" || got.UserID != "U0MEI" || got.ChannelID != x.desk || got.ChannelName != "escalations" || got.TriggerID == "" {
		t.Errorf("command: got %+v", got)
	}
	if res.Message == nil || res.Message.Text != "try this" || res.Message.EphemeralTo != "U0MEI" {
		t.Errorf("answer: got %+v", res.Message)
	}
	if n := len(x.tom.Messages(x.desk)); n != 0 {
		t.Errorf("tom sees %d messages, want none", n)
	}
	if _, err := x.mei.Slash(x.ctx, "/nope", "", x.desk); err == nil {
		t.Error("unknown command: got no error")
	}
	x.clean()
}

func TestResponseURL(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	var url string
	x.connect(func(b *bot) { b.onSlsh = func(c slack.SlashCommand) any { url = c.ResponseURL; return nil } })
	if _, err := x.tom.Slash(x.ctx, "/coach", "help", x.lair); err != nil { // works where the bot is not
		t.Fatal(err)
	}
	api := x.client()
	post := func(opts ...slack.MsgOption) error {
		_, _, _, err := api.SendMessage("", opts...)
		return err
	}
	if err := post(slack.MsgOptionResponseURL(url, slack.ResponseTypeEphemeral), slack.MsgOptionText("one", false)); err != nil {
		t.Fatal(err)
	}
	if err := post(slack.MsgOptionReplaceOriginal(url), slack.MsgOptionText("two", false), slack.MsgOptionBlocks(section("two"))); err != nil {
		t.Fatal(err)
	}
	if m := x.tom.Messages(x.lair); len(m) != 1 || m[0].Text != "two" || m[0].EphemeralTo != "U0TOM" {
		t.Errorf("messages: got %+v, want one private one saying two", m)
	}
	if err := post(slack.MsgOptionResponseURL(url, slack.ResponseTypeInChannel), slack.MsgOptionText("three", false)); err != nil {
		t.Fatal(err)
	}
	if err := post(slack.MsgOptionDeleteOriginal(url)); err != nil {
		t.Fatal(err)
	}
	if m := x.tom.Messages(x.lair); len(m) != 1 || m[0].Text != "three" {
		t.Errorf("messages: got %+v, want only three", m)
	}
	if err := post(slack.MsgOptionResponseURL(url, slack.ResponseTypeEphemeral)); err == nil {
		t.Error("empty response: got no error")
	}
	if err := post(slack.MsgOptionResponseURL(url, slack.ResponseTypeEphemeral), slack.MsgOptionText("six", false)); err == nil {
		t.Error("sixth use: got no error")
	}
	calls := x.Calls("response_url")
	if got := calls[len(calls)-1]; got.Error != "used_url" || got.Status != 404 {
		t.Errorf("sixth use: got %+v, want used_url", got)
	}
	_, _ = x.tom.Slash(x.ctx, "/coach", "help", x.lair)
	x.clock.Advance(31 * time.Minute)
	if err := post(slack.MsgOptionResponseURL(url, slack.ResponseTypeEphemeral), slack.MsgOptionText("late", false)); err == nil {
		t.Error("after 31 minutes: got no error")
	}
}

func TestClick(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	var got slack.InteractionCallback
	x.connect(func(b *bot) {
		b.onAct = func(c slack.InteractionCallback) any { got = c; return nil }
	})
	api := x.client()
	ts := x.mei.Post(x.desk, "angry")
	_, reply, err := api.PostMessage(x.desk, slack.MsgOptionTS(ts), slack.MsgOptionText("try", false), slack.MsgOptionBlocks(
		section("try"),
		slack.NewActionBlock("acts", button("suggestion_used", "case-1", "I used it"),
			slack.NewOptionsSelectBlockElement("static_select", nil, "suggestion_pick",
				slack.NewOptionBlockObject("late-delivery", slack.NewTextBlockObject("plain_text", "Late", false, false), nil))),
	))
	if err != nil {
		t.Fatal(err)
	}
	if err := x.mei.Click(x.ctx, x.desk, reply, "suggestion_used"); err != nil {
		t.Fatal(err)
	}
	a := got.ActionCallback.BlockActions
	if len(a) != 1 || a[0].ActionID != "suggestion_used" || a[0].Value != "case-1" || a[0].BlockID != "acts" {
		t.Errorf("actions: got %+v", a)
	}
	if got.Container.MessageTs != reply || got.Container.ThreadTs != ts || got.Channel.ID != x.desk || got.User.ID != "U0MEI" || got.Message.Text != "try" {
		t.Errorf("payload: got %+v", got)
	}
	if err := x.tom.SelectOption(x.ctx, x.desk, reply, "suggestion_pick", "late-delivery"); err != nil {
		t.Fatal(err)
	}
	if v := got.ActionCallback.BlockActions[0].SelectedOption.Value; v != "late-delivery" {
		t.Errorf("selected: got %q", v)
	}
	if v := got.BlockActionState.Values["acts"]["suggestion_pick"].SelectedOption.Value; v != "late-delivery" {
		t.Errorf("state: got %q", v)
	}
	for what, err := range map[string]error{
		"no such action":  x.mei.Click(x.ctx, x.desk, reply, "nope"),
		"no such option":  x.mei.SelectOption(x.ctx, x.desk, reply, "suggestion_pick", "nope"),
		"no such message": x.mei.Click(x.ctx, x.desk, "1.000000", "suggestion_used"),
	} {
		if err == nil {
			t.Errorf("%s: got no error", what)
		}
	}
	x.clean()
}

func TestEphemeralMessage(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	var got slack.InteractionCallback
	x.connect(func(b *bot) { b.onAct = func(c slack.InteractionCallback) any { got = c; return nil } })
	api := x.client()
	ts, err := api.PostEphemeral(x.desk, "U0MEI", slack.MsgOptionText("for you", false), slack.MsgOptionBlocks(slack.NewActionBlock("", button("go", "1", "Go"))))
	if err != nil {
		t.Fatal(err)
	}
	if m := x.mei.Messages(x.desk); len(m) != 1 || m[0].ActionIDs()[0] != "go" {
		t.Errorf("mei: got %+v", m)
	}
	if m := x.tom.Messages(x.desk); len(m) != 0 {
		t.Errorf("tom: got %+v, want nothing", m)
	}
	h, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: x.desk})
	if err != nil || len(h.Messages) != 0 {
		t.Errorf("history: got %+v, %v, want nothing", h, err)
	}
	if err := x.tom.Click(x.ctx, x.desk, ts, "go"); err == nil {
		t.Error("tom clicks what only mei sees: got no error")
	}
	if err := x.mei.Click(x.ctx, x.desk, ts, "go"); err != nil {
		t.Fatal(err)
	}
	if !got.Container.IsEphemeral || got.Message.Timestamp != "" {
		t.Errorf("payload: got %+v, want ephemeral without the message", got.Container)
	}
	if _, _, _, err := api.SendMessage("", slack.MsgOptionDeleteOriginal(got.ResponseURL)); err != nil {
		t.Fatal(err)
	}
	if m := x.mei.Messages(x.desk); len(m) != 0 {
		t.Errorf("after delete_original: got %+v, want nothing", m)
	}
	_, _, _, err = api.UpdateMessage(x.desk, ts, slack.MsgOptionText("x", false))
	wantCode(t, "update of an ephemeral", err, "message_not_found")
	_, err = api.PostEphemeral(x.desk, "U0NONE", slack.MsgOptionText("x", false))
	wantCode(t, "unknown reader", err, "user_not_found")
}

func TestShortcuts(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *slacksim.Options) { o.MessageShortcuts = []string{"coach_message"} })
	var got slack.InteractionCallback
	x.connect(func(b *bot) { b.onAct = func(c slack.InteractionCallback) any { got = c; return nil } })
	ts := x.mei.Post(x.desk, "angry words")
	if err := x.tom.Shortcut(x.ctx, "coach_message", x.desk, ts); err != nil {
		t.Fatal(err)
	}
	if got.Type != slack.InteractionTypeMessageAction || got.CallbackID != "coach_message" || got.Message.Text != "angry words" || got.Message.User != "U0MEI" || got.ResponseURL == "" {
		t.Errorf("payload: got %+v", got)
	}
	if err := x.tom.Shortcut(x.ctx, "other", x.desk, ts); err == nil {
		t.Error("unknown shortcut: got no error")
	}
	if err := x.tom.GlobalShortcut(x.ctx, "new_case"); err != nil || got.Type != slack.InteractionTypeShortcut {
		t.Errorf("global shortcut: got %v, %q", err, got.Type)
	}
	x.clean()
}

func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	if _, err := x.mei.Slash(x.ctx, "/coach", "x", x.desk); !errors.Is(err, slacksim.ErrNoSocket) {
		t.Errorf("no socket: got %v, want ErrNoSocket", err)
	}
	x.connect(func(b *bot) { b.silent = true })
	done := make(chan error, 1)
	go func() {
		_, err := x.mei.Slash(x.ctx, "/coach", "x", x.desk)
		done <- err
	}()
	x.until("delivery", func() bool { return x.Unacked() == 1 })
	x.clock.Advance(3 * time.Second)
	x.Tick()
	if err := <-done; !errors.Is(err, slacksim.ErrTimeout) {
		t.Errorf("no ack: got %v, want ErrTimeout", err)
	}
	if n := len(x.Deliveries()); n != 2 {
		t.Errorf("deliveries: got %d, want 2: commands are not sent again", n)
	}
}

func TestBadAckPayload(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.connect(func(b *bot) {
		b.onSlsh = func(slack.SlashCommand) any { return map[string]any{"text": "", "blocks": []any{}} }
	})
	if _, err := x.mei.Slash(x.ctx, "/coach", "x", x.desk); err == nil || !strings.Contains(err.Error(), "no_text") {
		t.Errorf("empty answer: got %v, want no_text", err)
	}
	if v := x.Violations(); len(v) != 1 || v[0].Kind != slacksim.ViolationBadResponse {
		t.Errorf("violations: got %+v", v)
	}
}

func TestSnapshot(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(x.lair, "secret")
	x.mei.Post(x.desk, "open")
	b, err := json.Marshal(x.Snapshot(x.mei))
	if err != nil {
		t.Fatal(err)
	}
	if s := string(b); !strings.Contains(s, "open") || strings.Contains(s, "secret") {
		t.Errorf("snapshot of mei: got %s", s)
	}
	if got := x.Snapshot(x.tom); len(got.Channels) != 2 || got.Users[0].ID != x.BotUserID() {
		t.Errorf("snapshot of tom: got %+v", got)
	}
}
