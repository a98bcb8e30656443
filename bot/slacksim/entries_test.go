package slacksim_test

import (
	"testing"

	"github.com/slack-go/slack"
)

func opt(v string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(v, plain("Option "+v), nil)
}

// form is a modal with one field of each kind.
func form() slack.ModalViewRequest {
	field := func(id string, e slack.BlockElement) slack.Block {
		return slack.NewInputBlock(id, plain(id), nil, e).WithOptional(true)
	}
	return modal("form",
		field("text", slack.NewPlainTextInputBlockElement(nil, "v").WithInitialValue("as it was")),
		field("one", slack.NewOptionsSelectBlockElement("static_select", nil, "v", opt("a"), opt("b"))),
		field("many", slack.NewOptionsMultiSelectBlockElement("multi_static_select", nil, "v", opt("a"), opt("b"))),
		field("boxes", slack.NewCheckboxGroupsBlockElement("v", opt("a"), opt("b"))),
		field("radio", slack.NewRadioButtonsBlockElement("v", opt("a"), opt("b"))),
		field("user", slack.NewOptionsSelectBlockElement("users_select", nil, "v")),
		field("channels", slack.NewOptionsMultiSelectBlockElement("multi_channels_select", nil, "v")),
		field("date", slack.NewDatePickerBlockElement("v")),
		field("time", slack.NewTimePickerBlockElement("v")),
		field("moment", slack.NewDateTimePickerBlockElement("v")),
		field("rich", slack.NewRichTextInputBlockElement(nil, "v")),
		field("number", slack.NewNumberInputBlockElement(nil, "v", false)),
		slack.NewActionBlock("more", button("add", "1", "Add details")),
	)
}

func TestEveryKindOfField(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	var got slack.InteractionCallback
	b := x.connect(func(b *bot) { b.onAct = func(c slack.InteractionCallback) any { got = c; return nil } })
	if _, err := x.client().OpenView(triggered(x, b), form()); err != nil {
		t.Fatal(err)
	}
	if err := x.mei.SelectInView(x.ctx, "nope", "a"); err == nil {
		t.Error("no such element: got no error")
	}
	if err := x.mei.ClickView(x.ctx, "add"); err != nil || got.Container.Type != "view" || got.ActionCallback.BlockActions[0].ActionID != "add" {
		t.Errorf("button in a modal: got %v, %+v", err, got.Container)
	}
	v := func(value any) map[string]any { return map[string]any{"v": value} }
	for what, values := range map[string]map[string]map[string]any{
		"unknown block":  {"nope": v("x")},
		"unknown option": {"one": v("z")},
		"wrong type":     {"text": v(3)},
		"not a list":     {"many": v(3)},
	} {
		if _, err := x.mei.Submit(x.ctx, values); err == nil {
			t.Errorf("%s: got no error", what)
		}
	}
	res, err := x.mei.Submit(x.ctx, map[string]map[string]any{
		"one": v("b"), "many": v([]string{"a", "b"}), "boxes": v([]any{"a"}), "radio": v("a"), "user": v("U0TOM"),
		"channels": v([]string{x.desk}), "date": v("2026-11-13"), "time": v("09:30"), "moment": v(1_800_000_000), "rich": v("words"), "number": v("7"),
	})
	if err != nil || !res.Sent || res.View != nil {
		t.Fatalf("submit: got %+v, %v", res, err)
	}
	s := func(block string) slack.BlockAction { return got.View.State.Values[block]["v"] }
	for what, ok := range map[string]bool{
		"text":     s("text").Value == "as it was",
		"one":      s("one").SelectedOption.Value == "b",
		"many":     len(s("many").SelectedOptions) == 2,
		"boxes":    len(s("boxes").SelectedOptions) == 1 && s("boxes").SelectedOptions[0].Value == "a",
		"radio":    s("radio").SelectedOption.Value == "a",
		"user":     s("user").SelectedUser == "U0TOM",
		"channels": len(s("channels").SelectedChannels) == 1,
		"date":     s("date").SelectedDate == "2026-11-13",
		"time":     s("time").SelectedTime == "09:30",
		"moment":   s("moment").SelectedDateTime == 1_800_000_000,
		"rich":     len(s("rich").RichTextValue.Elements) == 1,
		"number":   s("number").Value == "7",
	} {
		if !ok {
			t.Errorf("%s: got %+v", what, s(what))
		}
	}
	x.clean()
}

func TestChoosingInMessages(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	var got slack.InteractionCallback
	x.connect(func(b *bot) { b.onAct = func(c slack.InteractionCallback) any { got = c; return nil } })
	feedback := slack.NewFeedbackButtonsBlockElement("fb", slack.NewFeedbackButton(plain("Good"), "good"), slack.NewFeedbackButton(plain("Bad"), "bad"))
	hidden := button("leads_only", "1", "Leads")
	hidden.VisibleToUserIDs = []string{"U0TOM"}
	_, ts, err := x.client().PostMessage(x.desk, text("x"), slack.MsgOptionBlocks(
		slack.NewSectionBlock(plain("pick"), nil, slack.NewAccessory(slack.NewOverflowBlockElement("more", opt("a"), opt("b")))),
		slack.NewContextActionsBlock("", feedback),
		slack.NewActionBlock("", hidden),
	))
	if err != nil {
		t.Fatal(err)
	}
	if err := x.mei.SelectOption(x.ctx, x.desk, ts, "more", "b"); err != nil || got.ActionCallback.BlockActions[0].SelectedOption.Value != "b" {
		t.Errorf("overflow: got %v, %+v", err, got.ActionCallback)
	}
	if err := x.mei.SelectOption(x.ctx, x.desk, ts, "fb", "bad"); err != nil || got.ActionCallback.BlockActions[0].Value != "bad" {
		t.Errorf("feedback: got %v, %+v", err, got.ActionCallback)
	}
	if err := x.mei.Click(x.ctx, x.desk, ts, "leads_only"); err == nil {
		t.Error("a button mei does not see: got no error")
	}
	if err := x.tom.Click(x.ctx, x.desk, ts, "leads_only"); err != nil {
		t.Errorf("a button tom sees: got %v", err)
	}
	for what, err := range map[string]error{
		"button as a choice": x.tom.SelectOption(x.ctx, x.desk, ts, "leads_only", "1"),
		"choice as a button": x.tom.Click(x.ctx, x.desk, ts, "more"),
		"no such feedback":   x.tom.SelectOption(x.ctx, x.desk, ts, "fb", "meh"),
		"a person's message": x.tom.Click(x.ctx, x.desk, x.mei.Post(x.desk, "hi"), "more"),
	} {
		if err == nil {
			t.Errorf("%s: got no error", what)
		}
	}
}
