package slacksim_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("plain_text", s, false, false)
}

func modal(callback string, blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, Title: plain("A title"), Submit: plain("Send"), Close: plain("Cancel"),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

func input(block, action string) *slack.InputBlock {
	e := slack.NewPlainTextInputBlockElement(nil, action)
	e.MaxLength = 20
	return slack.NewInputBlock(block, plain("Words"), nil, e)
}

// triggered returns a fresh trigger_id of mei's.
func triggered(x *world, b *bot) string {
	var id string
	b.mu.Lock()
	b.onSlsh = func(c slack.SlashCommand) any { id = c.TriggerID; return nil }
	b.mu.Unlock()
	if _, err := x.mei.Slash(x.ctx, "/coach", "", x.desk); err != nil {
		x.t.Fatal(err)
	}
	return id
}

func TestModalRoundTrip(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	answers := []any{
		slack.NewErrorsViewSubmissionResponse(map[string]string{"words": "Say more."}),
		slack.NewPushViewSubmissionResponse(ptr(modal("second", section("sure?")))),
		slack.NewClearViewSubmissionResponse(),
	}
	var got slack.InteractionCallback
	b := x.connect(func(b *bot) {
		b.onAct = func(c slack.InteractionCallback) any {
			got = c
			a := answers[0]
			answers = answers[1:]
			return a
		}
	})
	api := x.client()
	v, err := api.OpenView(triggered(x, b), modal("first", input("words", "text")))
	if err != nil {
		t.Fatal(err)
	}
	if x.mei.View() == nil || x.mei.View().ID != v.View.ID || x.tom.View() != nil {
		t.Fatalf("open views: got %+v and %+v", x.mei.View(), x.tom.View())
	}

	res, err := x.mei.Submit(x.ctx, nil)
	if err != nil || res.Sent || res.Errors["words"] == "" {
		t.Errorf("empty required field: got %+v, %v, want it held back", res, err)
	}
	say := func(s string) map[string]map[string]any { return map[string]map[string]any{"words": {"text": s}} }
	if res, err = x.mei.Submit(x.ctx, say(strings.Repeat("长", 21))); err != nil || res.Sent {
		t.Errorf("too long a field: got %+v, %v, want it held back", res, err)
	}
	if res, err = x.mei.Submit(x.ctx, say("短")); err != nil || res.Errors["words"] != "Say more." || res.View.CallbackID != "first" {
		t.Errorf("errors: got %+v, %v", res, err)
	}
	if got.View.State.Values["words"]["text"].Value != "短" || got.View.CallbackID != "first" || got.Type != slack.InteractionTypeViewSubmission {
		t.Errorf("submission: got %+v", got.View)
	}
	if res, err = x.mei.Submit(x.ctx, nil); err != nil || res.View == nil || res.View.CallbackID != "second" || res.View.Depth != 2 {
		t.Errorf("push: got %+v, %v", res, err)
	}
	if res, err = x.mei.Submit(x.ctx, nil); err != nil || res.View != nil || x.mei.View() != nil {
		t.Errorf("clear: got %+v, %v", res, err)
	}
	x.clean()
}

func ptr[T any](v T) *T { return &v }

func TestTriggersAndHashes(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	api := x.client()
	id := triggered(x, b)
	v, err := api.OpenView(id, modal("a", section("x")))
	if err != nil {
		t.Fatal(err)
	}
	_, err = api.OpenView(id, modal("a", section("x")))
	wantCode(t, "second use", err, "exchanged_trigger_id")
	old := triggered(x, b)
	x.clock.Advance(3100 * time.Millisecond)
	_, err = api.OpenView(old, modal("a", section("x")))
	wantCode(t, "after 3.1 s", err, "expired_trigger_id")
	_, err = api.OpenView("1.2.3", modal("a", section("x")))
	wantCode(t, "made up", err, "invalid_trigger_id")

	next, err := api.UpdateView(modal("a", section("y")), "", v.View.Hash, v.View.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = api.UpdateView(modal("a", section("z")), "", v.View.Hash, v.View.ID)
	wantCode(t, "old hash", err, "hash_conflict")
	if next.View.Hash == v.View.Hash {
		t.Error("hash: got the same after an update")
	}
	for range 2 {
		if _, err = api.PushView(triggered(x, b), modal("b", section("x"))); err != nil {
			t.Fatal(err)
		}
	}
	_, err = api.PushView(triggered(x, b), modal("c", section("x")))
	wantCode(t, "fourth view", err, "push_limit_reached")
	ext := modal("d", section("x"))
	ext.ExternalID = "one"
	if _, err = api.OpenView(triggered(x, b), ext); err != nil {
		t.Fatal(err)
	}
	_, err = api.PushView(triggered(x, b), ext)
	wantCode(t, "same external_id", err, "duplicate_external_id")
	_, err = api.UpdateView(modal("d", section("x")), "", "", v.View.ID)
	wantCode(t, "update of a closed view", err, "not_found")
	x.clean()
}

func TestViewLimits(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	long := func(n int) string { return strings.Repeat("字", n) }
	var many []slack.Block
	for range 101 {
		many = append(many, slack.NewDividerBlock())
	}
	cases := map[string]func(*slack.ModalViewRequest){
		"title":            func(v *slack.ModalViewRequest) { v.Title = plain(long(25)) },
		"submit":           func(v *slack.ModalViewRequest) { v.Submit = plain(long(25)) },
		"close":            func(v *slack.ModalViewRequest) { v.Close = plain(long(25)) },
		"private_metadata": func(v *slack.ModalViewRequest) { v.PrivateMetadata = long(3001) },
		"callback_id":      func(v *slack.ModalViewRequest) { v.CallbackID = long(256) },
		"input, no submit": func(v *slack.ModalViewRequest) { v.Submit = nil; v.Blocks.BlockSet = []slack.Block{input("a", "b")} },
		"101 blocks":       func(v *slack.ModalViewRequest) { v.Blocks.BlockSet = many },
		"no title":         func(v *slack.ModalViewRequest) { v.Title = nil },
		"markdown block":   func(v *slack.ModalViewRequest) { v.Blocks.BlockSet = []slack.Block{slack.NewMarkdownBlock("", "x")} },
		"same block_id": func(v *slack.ModalViewRequest) {
			v.Blocks.BlockSet = []slack.Block{slack.NewDividerBlock(), slack.NewSectionBlock(plain("a"), nil, nil, slack.SectionBlockOptionBlockID("i")), slack.NewSectionBlock(plain("a"), nil, nil, slack.SectionBlockOptionBlockID("i"))}
		},
	}
	for name, change := range cases {
		v := modal("m", section("x"))
		change(&v)
		_, err := x.client().OpenView(triggered(x, b), v)
		wantCode(t, name, err, "invalid_arguments")
	}
}

func TestHomeTab(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	var got slack.InteractionCallback
	b := x.connect(func(b *bot) { b.onAct = func(c slack.InteractionCallback) any { got = c; return nil } })
	api := x.client()
	x.mei.OpenHome(x.ctx)
	x.acked(1)
	if ty := b.seen()[0].InnerEvent.Type; ty != "app_home_opened" {
		t.Errorf("event: got %q", ty)
	}
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{section("hi"), slack.NewActionBlock("a", button("go", "1", "Go"))}}}
	v, err := api.PublishView("U0MEI", home, "")
	if err != nil {
		t.Fatal(err)
	}
	if x.mei.Home() == nil || x.tom.Home() != nil {
		t.Errorf("home: got %+v and %+v", x.mei.Home(), x.tom.Home())
	}
	if err := x.mei.ClickHome(x.ctx, "go"); err != nil || got.View.ID != v.View.ID || got.Container.Type != "view" {
		t.Errorf("click: got %v, %+v", err, got.Container)
	}
	if _, err = api.PublishView("U0MEI", home, v.View.Hash); err != nil {
		t.Fatal(err)
	}
	_, err = api.PublishView("U0MEI", home, v.View.Hash)
	wantCode(t, "old hash", err, "hash_conflict")
	x.clean()
}

func TestCloseTellsTheApp(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	var got []slack.InteractionCallback
	b := x.connect(func(b *bot) {
		b.onAct = func(c slack.InteractionCallback) any { got = append(got, c); return nil }
	})
	quiet, loud := modal("quiet", section("x")), modal("loud", section("x"))
	loud.NotifyOnClose = true
	for _, v := range []slack.ModalViewRequest{quiet, loud} {
		if _, err := x.client().OpenView(triggered(x, b), v); err != nil {
			t.Fatal(err)
		}
		if err := x.mei.Close(x.ctx); err != nil || x.mei.View() != nil {
			t.Errorf("close: got %v, %+v", err, x.mei.View())
		}
	}
	if len(got) != 1 || got[0].Type != slack.InteractionTypeViewClosed || got[0].View.CallbackID != "loud" {
		t.Errorf("told: got %+v, want view_closed for loud", got)
	}
}
