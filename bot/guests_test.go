package bot_test

import (
	"testing"

	"coachbot/bot/slacksim"
)

// A guest, a customer perhaps, adds nothing to what the team knows: not by the shortcut,
// not by a button, and not by a form that is open already.
func TestGuestsKeepNoKnowledge(t *testing.T) {
	t.Parallel()
	for name, spec := range map[string]slacksim.UserSpec{
		"of some channels":   {ID: "U0GUS0001", Name: "gus", Guest: true},
		"of one channel":     {ID: "U0GUS0001", Name: "gus", SingleChannelGuest: true},
		"in Chinese, of one": {ID: "U0GUS0001", Name: "gus", SingleChannelGuest: true, Locale: "zh-CN"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newPeers(t)
			x.tom.Post(watched, furious)
			card := x.said(1)[0]
			x.click(x.tom, card, "case_calmed")
			gus := x.sim.AddUser(spec)
			gus.Join(lounge)
			gus.Join(watched)
			refusal := "people of this team can save knowledge"
			if spec.Locale != "" {
				refusal = "访客不能记"
			}
			ts := x.tom.Post(lounge, "Buy from my shop instead.")
			if err := gus.Shortcut(x.ctx, "save_knowledge", lounge, ts); err != nil {
				t.Fatal(err)
			}
			contains(t, x.whispers(gus, lounge, 1)[0].Text, refusal)
			x.click(gus, card, "knowledge_save")
			contains(t, x.whispers(gus, watched, 1)[0].Text, refusal)
			if v := gus.View(); v != nil {
				t.Fatalf("a guest is shown the form: %s", v.Blocks)
			}

			gus.Move("Europe/Paris")
			x.settled()
			x.sim.Faults().RemoveScope("users:read") // who has changed is not known to be a guest now
			if err := gus.Shortcut(x.ctx, "save_knowledge", lounge, ts); err != nil {
				t.Fatal(err)
			}
			x.until("the form", func() bool { return gus.View() != nil })
			x.sim.Faults().AddScope("users:read")
			x.submit(gus, "knowledge_save", late(false))
			contains(t, x.direct(gus, 1)[0].Text, refusal)
			if list := x.cards(); len(list) != 0 {
				t.Errorf("a guest kept %+v", list)
			}
		})
	}
}
