package bot_test

import (
	"encoding/json"
	"testing"

	"coachbot/bot/slacksim"
)

func TestShortcutsOnAMessage(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	ts := x.tom.Post(lounge, "customer on the phone is screaming that we lost her luggage again")
	if err := x.mei.Shortcut(x.ctx, "coach_message", lounge, ts); err != nil {
		t.Fatal(err)
	}
	x.whispers(x.mei, lounge, 1)

	draft := x.tom.Post(lounge, "I don't know, that's not my fault.")
	if err := x.tom.Shortcut(x.ctx, "check_message", lounge, draft); err != nil {
		t.Fatal(err)
	}
	x.until("the modal opens", func() bool { return x.tom.View() != nil })
	shown, err := json.Marshal(x.tom.View())
	if err != nil {
		t.Fatal(err)
	}
	contains(t, string(shown), "not my fault")
	result, err := x.tom.Submit(x.ctx, map[string]map[string]any{"draft": {"draft": "I'll find out for you and call by five."}})
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := json.Marshal(x.tom.View()); string(again) == string(shown) {
		t.Errorf("checking again changed nothing: %+v", result)
	}
	x.said(0)
}

// In the thread of an angry customer's case, a solution before any acknowledgement gets a hint, and again when the modal is sent.
func TestCheckKnowsTheCaseOfTheThread(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	ts := x.tom.Post(watched, furious)
	x.said(1)
	draft := x.tom.Post(watched, "We can send you a replacement today.", slacksim.InThread(ts))
	if err := x.tom.Shortcut(x.ctx, "check_message", watched, draft); err != nil {
		t.Fatal(err)
	}
	x.until("the modal opens", func() bool { return x.tom.View() != nil })
	view := func() string {
		shown, err := json.Marshal(x.tom.View())
		if err != nil {
			t.Fatal(err)
		}
		return string(shown)
	}
	contains(t, view(), "you heard them")
	if _, err := x.tom.Submit(x.ctx, map[string]map[string]any{"draft": {"draft": "We can send you another one today."}}); err != nil {
		t.Fatal(err)
	}
	contains(t, view(), "you heard them")
}

func TestAnAppChosenByAnAdminCountsAsAColleague(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, furious, slacksim.AsBot("tickets"))
	x.said(0)
	list := x.tom.Messages(watched)
	app := list[len(list)-1].BotID
	x.slash(x.tom, "why", watched)
	contains(t, x.whispers(x.tom, watched, 1)[0].Text, app)
	x.slash(x.ada, "watch app "+app, watched)
	x.whispers(x.ada, watched, 1)
	x.tom.Post(watched, furious, slacksim.AsBot("tickets"))
	x.said(1)
}
