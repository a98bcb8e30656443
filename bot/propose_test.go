package bot_test

import (
	"encoding/json"
	"strings"
	"testing"

	"coachbot/bot/slacksim"
)

// From a case to the admin's decision in one step: what worked is kept and proposed
// for the playbook in the same form.
func TestAProposalFromACaseTakesOneStep(t *testing.T) {
	t.Parallel()
	x := newPeers(t, adaDecides)
	x.tom.Post(watched, furious)
	card := x.said(1)[0]
	x.click(x.tom, card, "suggestion_used")
	x.click(x.tom, card, "case_calmed")
	x.click(x.tom, card, "knowledge_save")
	res := x.submit(x.tom, "knowledge_save", map[string]any{"words": "I named the day and called her that evening.", "propose": []string{"propose"}})
	if len(res.Errors) > 0 {
		t.Fatalf("refused: %v", res.Errors)
	}
	if k := x.cards()[0]; k.ProposedBy != x.tom.ID() || k.Scenario != "late-delivery" || k.ProposedAt.IsZero() {
		t.Errorf("the card is %+v", k)
	}
	list := x.said(3)
	for _, m := range list[1:] {
		if m.Channel == x.ada.DMChannel() {
			contains(t, m.Text, "I named the day and called her", "Late delivery")
			x.click(x.ada, m, "knowledge_accept")
			if x.ada.View() == nil {
				t.Error("the admin cannot decide")
			}
		} else {
			contains(t, m.Text, "an admin")
		}
	}
}

// A lead keeps what a colleague said in a case's thread, while the case is open: the
// form knows the case. Without a playbook nothing can be proposed.
func TestAProposalFromAReplyInACase(t *testing.T) {
	t.Parallel()
	x := newPeers(t, adaDecides)
	root := x.tom.Post(watched, furious)
	x.said(1)
	reply := x.tom.Post(watched, "I named the day and called her that evening.", slacksim.InThread(root))
	x.settled()
	if err := x.mei.Shortcut(x.ctx, "save_knowledge", watched, reply); err != nil {
		t.Fatal(err)
	}
	x.until("the form", func() bool { return x.mei.View() != nil })
	contains(t, string(x.mei.View().State), "Three weeks", "late-delivery", "called her that evening")
	x.submit(x.mei, "knowledge_save", map[string]any{"propose": []string{"propose"}})
	if k := x.cards()[0]; k.ProposedBy != x.mei.ID() || k.Scenario != "late-delivery" || k.Situation == "" {
		t.Errorf("the card is %+v", k)
	}
	if err := x.mei.Shortcut(x.ctx, "save_knowledge", watched, root); err != nil {
		t.Fatal(err)
	}
	x.until("the form of the case's own message", func() bool { return x.mei.View() != nil })
	var state struct {
		Values map[string]map[string]struct{ Value string }
	}
	if err := json.Unmarshal(x.mei.View().State, &state); err != nil {
		t.Fatal(err)
	}
	if v := state.Values; !strings.Contains(v["situation"]["situation"].Value, "Three weeks") || v["words"]["words"].Value != "" {
		t.Errorf("what the customer said is kept as what was said to them: %+v", v)
	}
	x.mei.Close(x.ctx)
	ts := x.tom.Post(lounge, "Tea at four helps.")
	if err := x.tom.Shortcut(x.ctx, "save_knowledge", lounge, ts); err != nil {
		t.Fatal(err)
	}
	res := x.submit(x.tom, "knowledge_save", map[string]any{"situation": "A long afternoon", "propose": []string{"propose"}})
	if res.Errors["scenario"] == "" {
		t.Errorf("proposed for no playbook: %+v", res)
	}
}
