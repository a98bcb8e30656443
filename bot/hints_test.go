package bot_test

import (
	"strings"
	"testing"

	"coachbot/store"
)

func TestHintsDownAndUp(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.tom.Post(watched, furious)
	usual := x.said(1)[0]
	x.slash(x.tom, "hints", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "at 2")
	x.slash(x.tom, "提示 1", lounge)
	x.tom.Post(watched, furious)
	short := x.said(2)[1]
	if len(short.Blocks) >= len(usual.Blocks) {
		t.Errorf("the short card is not shorter:\n%s", short.Text)
	}
	x.slash(x.tom, "hints 3", lounge)
	x.tom.Post(watched, furious)
	whole := x.said(3)[2]
	if len(whole.Blocks) <= len(usual.Blocks) {
		t.Errorf("the whole card is not longer:\n%s", whole.Text)
	}
	x.slash(x.tom, "hints 0", lounge)
	x.tom.Post(watched, furious)
	x.said(3)
	x.mei.Post(watched, furious) // for others nothing changes
	x.said(4)
	x.slash(x.tom, "why", watched)
	contains(t, x.whispers(x.tom, watched, 1)[0].Text, "say nothing unasked")
	x.slash(x.tom, "hints 9", lounge)
	list := x.whispersSoFar(x.tom, lounge)
	contains(t, list[len(list)-1].Text, "at 0")
}

// Who has calmed many customers in a scenario gets shorter cards there, never none.
func TestCardsGrowShorterWithMastery(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	for i := range 5 {
		x.tom.Post(watched, furious)
		card := x.said(i + 1)[i]
		x.click(x.tom, card, "case_calmed")
	}
	x.tom.Post(watched, furious)
	x.mei.Post(watched, furious)
	list := x.said(7)
	if tom, mei := list[5], list[6]; len(tom.Blocks) >= len(mei.Blocks) || !strings.Contains(tom.Text, "Say this first") {
		t.Errorf("the master's card:\n%s\nanother's:\n%s", tom.Text, mei.Text)
	}
}

// What is a person's own goes; a team's numbers stay, without the person; what is owed stays until it is done.
func TestForget(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.busyDay()
	x.slash(x.tom, "hints 3", lounge)
	x.slash(x.tom, "My customer says I ruined her wedding, three calls and nothing!", lounge)
	x.slash(x.tom, "ask Who may lift a credit limit?", lounge)
	x.settled()
	x.slash(x.tom, "forget", lounge)
	list := x.whispersSoFar(x.tom, lounge)
	contains(t, list[len(list)-1].Text, "no longer name you", "Still open")
	cases, calmed := 0, 0
	err := x.store.Walk(x.ctx, func(r store.Record) error {
		switch {
		case r.Case != nil:
			cases++
			if r.Case.Author == x.tom.ID() || r.Case.Private {
				t.Errorf("kept %+v", r.Case)
			}
			if r.Case.State == store.CaseCalmed {
				calmed++
			}
		case r.Person != nil && r.Person.ID == x.tom.ID():
			t.Errorf("kept %+v", r.Person)
		case r.Evidence != nil && r.Evidence.By == x.tom.ID():
			t.Errorf("kept %+v", r.Evidence)
		case r.Decision != nil && r.Decision.Author == x.tom.ID():
			t.Errorf("kept %+v", r.Decision)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if cases != 2 || calmed != 1 {
		t.Errorf("%d cases, %d calmed, want the team's two and one", cases, calmed)
	}
	if n := len(x.promises(x.tom)); n != 1 {
		t.Errorf("%d promises owed, want 1", n)
	}
}
