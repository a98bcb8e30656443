package bot_test

import (
	"strings"
	"testing"
	"time"

	"coachbot/bot/slacksim"
	"coachbot/store"
)

// productCase has a case of tom's, closed, and its card.
func (x *world) productCase() slacksim.Message {
	x.t.Helper()
	x.tom.Post(watched, furious)
	card := x.said(1)[0]
	x.click(x.tom, card, "case_calmed")
	return x.said(1)[0]
}

// A case's author marks it as product feedback; the week's digest says so, with a link and without the customer.
func TestProductFeedbackStandsInTheWeeksDigest(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	card := x.productCase()
	kai := x.sim.AddUser(slacksim.UserSpec{ID: "U0KAI0001", Name: "kai"})
	kai.Join(watched)
	x.click(kai, card, "case_product") // neither its author nor a lead
	if kai.View() != nil {
		t.Fatal("a colleague may mark it")
	}
	contains(t, x.whispers(kai, watched, 1)[0].Text, "author", "leads")
	x.click(x.tom, card, "case_product")
	res, err := x.tom.Submit(x.ctx, fields(map[string]any{"words": " "}))
	if err != nil || res.Errors["words"] == "" {
		t.Fatalf("marked without a word: %+v, %v", res, err)
	}
	if _, err := x.tom.Submit(x.ctx, fields(map[string]any{"words": "The tracking page shows no day. Ms Kowalska, +44 20 7946 0958, saw “in transit” for weeks."})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	contains(t, x.last(x.tom.DMChannel()).Text, "product feedback")
	if card = x.in(watched)[0]; !strings.Contains(string(card.Blocks), "Change product feedback") {
		t.Errorf("the card does not show it: %s", card.Blocks)
	}

	// A lead changes the words; the mark keeps its day.
	x.advance(time.Hour)
	x.click(x.mei, card, "case_product")
	if v := x.mei.View(); v == nil || !strings.Contains(string(v.Blocks), "tracking page shows no day") {
		t.Fatalf("the form does not hold what was said: %+v", v)
	}
	if _, err := x.mei.Submit(x.ctx, fields(map[string]any{"words": "The tracking page shows no day. Ms Kowalska saw “in transit” for weeks."})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	x.slash(x.tom, "forget", lounge)
	c, err := x.store.Case(x.ctx, store.CaseID(x.sim.TeamID(), watched, card.ThreadTS))
	if err != nil || c.Feedback.By == x.mei.ID() || c.Feedback.By == x.tom.ID() || strings.Contains(c.Feedback.Note, "7946") || strings.Contains(c.Feedback.Note, "Kowalska") {
		t.Errorf("kept %+v, %v", c.Feedback, err)
	}

	// Knowledge can be marked as well, by its author.
	x.click(x.tom, card, "knowledge_save")
	x.until("the form", func() bool { return x.tom.View() != nil })
	if _, err := x.tom.Submit(x.ctx, fields(map[string]any{"situation": "The parcel shop's hours are wrong on the map", "words": "I'll send you the hours that hold.", "keep": []string{"product"}})); err != nil {
		t.Fatal(err)
	}
	x.settled()

	x.moveTo(nine(5).Add(time.Second)) // Monday
	for _, d := range x.told(2)[0:] {
		week := strings.Contains(d.Text, "week of")
		if strings.Contains(d.Text, "For the product team") != week {
			t.Errorf("got %q", d.Text)
		}
		if week {
			contains(t, d.Text, "archives/"+watched+"/p", "The tracking page shows no day. Ms [name] saw", "The parcel shop's hours are wrong on the map")
		}
		if strings.Contains(d.Text, x.tom.ID()) {
			t.Errorf("it names who marked it: %q", d.Text)
		}
	}
}

// What is marked no more stands nowhere.
func TestProductFeedbackIsTakenAway(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	card := x.productCase()
	x.click(x.tom, card, "case_product")
	if _, err := x.tom.Submit(x.ctx, fields(map[string]any{"words": "The tracking page shows no day."})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	x.click(x.tom, x.in(watched)[0], "case_product")
	if _, err := x.tom.Submit(x.ctx, fields(map[string]any{"keep": []string{"away"}})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	contains(t, x.last(x.tom.DMChannel()).Text, "no product feedback any more")
	x.moveTo(nine(5).Add(time.Second))
	for _, d := range x.told(2) {
		if strings.Contains(d.Text, "product team") {
			t.Errorf("got %q", d.Text)
		}
	}
}
