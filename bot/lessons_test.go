package bot_test

import (
	"testing"

	"coachbot/store"
)

// TestWhatPeoplePickAndDismissTeachesTheirTeam: the next case like it gets the
// playbook that was picked, after a restart too, and what was said to be none is left alone.
func TestWhatPeoplePickAndDismissTeachesTheirTeam(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	const words = "> The courier left my parcel in the rain at the wrong door and nobody answers my calls"
	first := func(n int) store.Case {
		card := x.said(n)[n-1]
		c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, card.ThreadTS)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	x.tom.Post(watched, words)
	c := first(1)
	x.click(x.tom, x.said(1)[0], "suggestion_pick")
	picked := first(1).Playbook
	if picked == c.Playbook {
		t.Fatalf("picking another playbook left the case at %s", picked)
	}
	x.mei.Post(watched, words+", she says")
	if got := first(2).Playbook; got != picked {
		t.Errorf("the next such case got %s, a colleague had picked %s", got, picked)
	}
	x.stop()
	x.start()
	x.tom.Post(watched, words+", again")
	if got := first(3).Playbook; got != picked {
		t.Errorf("after a restart the next such case got %s, want %s", got, picked)
	}
	const practice = "Customer: your invoice trainer charges me twice, this is outrageous"
	x.tom.Post(watched, practice)
	x.click(x.tom, x.said(4)[3], "suggestion_dismiss")
	x.until("the card goes", func() bool { return len(x.standing()) == 3 })
	x.mei.Post(watched, practice+"!")
	x.said(3)
}
