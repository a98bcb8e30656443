package bot_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"coachbot/bot"
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

// Whatever part somebody had in what is over, no record names them afterwards.
func TestForgetEveryPart(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	at, tom, w := x.now().Add(-time.Hour), x.tom.ID(), x.sim.TeamID()
	id := store.CaseID(w, watched, "1795600800.000100")
	shown := "promise-1:made:x:" + tom
	err := x.store.Put(x.ctx,
		store.Record{Case: &store.Case{ID: id, Workspace: w, Channel: watched, TS: "1795600800.000100", Author: x.mei.ID(), Duty: tom, Feedback: store.Feedback{By: tom, At: at, Note: "n"}, State: store.CaseCalmed, OpenedAt: at}},
		store.Record{Case: &store.Case{ID: id + "1", Workspace: w, Channel: watched, TS: "1795600800.0001001", Author: x.mei.ID(), State: store.CaseOpen, OpenedAt: at,
			Followed: []store.CaseTurn{{TS: "1795600900.000100", Kind: "customer", State: store.CaseCalmed, ClosedAt: at, Duty: tom}}}},
		store.Record{Promise: &store.Promise{ID: "promise-1", Workspace: w, Owner: tom, What: "x", State: store.PromiseKept, DueAt: at, MadeAt: at, Posts: []string{shown}}},
		store.Record{Promise: &store.Promise{ID: "promise-2", Workspace: w, Owner: x.mei.ID(), From: tom, What: "x", State: store.PromiseKept, DueAt: at, MadeAt: at}},
		store.Record{Post: &store.Post{Key: shown, Workspace: w, Channel: x.tom.DMChannel(), TS: "1.1", ClaimedAt: at}},
		store.Record{HelpRequest: &store.HelpRequest{ID: "h1", Workspace: w, Asker: x.mei.ID(), Offered: []string{tom, x.ada.ID()}, Waiting: tom, Question: "q",
			Kind: store.HelpPeers, Urgency: store.UrgencyLow, State: store.HelpResolved, OpenedAt: at, ClosedAt: at}},
		store.Record{HelpRequest: &store.HelpRequest{ID: "h2", Workspace: w, Asker: tom, Helper: x.mei.ID(), Question: "q", Kind: store.HelpPeers, Urgency: store.UrgencyLow, State: store.HelpResolved, OpenedAt: at, ClosedAt: at}},
		store.Record{KnowledgeCard: &store.KnowledgeCard{ID: "k1", Workspace: w, Author: x.mei.ID(), UpdatedBy: tom, ProposedBy: tom, AcceptedBy: tom, DeclinedBy: tom, Words: "w", State: store.CardLive, CreatedAt: at}},
		store.Record{KnowledgeCard: &store.KnowledgeCard{ID: "k2", Workspace: w, Author: tom, Named: true, Words: "w", State: store.CardLive, CreatedAt: at}},
		store.Record{Digest: &store.DigestRecord{Workspace: w, Team: "default", Kind: store.DigestDay, Date: "2026-11-20", From: at, To: at.Add(time.Minute), Read: []store.DigestReader{{By: tom, At: at}}}})
	if err != nil {
		t.Fatal(err)
	}
	x.slash(x.tom, "forget", lounge)
	err = x.store.Walk(x.ctx, func(r store.Record) error {
		if data, err := json.Marshal(r); r.Key == nil && r.Job == nil && (err != nil || strings.Contains(string(data), tom)) {
			t.Errorf("kept %s, %v", data, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is older than the retention goes in the background, whatever kind it is; what is newer stays.
func TestOldRecordsGo(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Retention = 180 * 24 * time.Hour })
	x.busyDay()
	x.moveTo(nine(1).Add(time.Second))
	x.told(1)
	x.moveTo(nine(3))
	x.tom.Post(watched, "Anyone up for noodles at noon?") // from here on the history is read again
	x.settled()
	x.stop()
	x.ahead.Store(int64(time.Until(nine(200))))
	x.start()
	x.tom.Post(watched, furious)
	x.settled()
	x.until("the old records gone", func() bool {
		old := 0
		err := x.store.Walk(x.ctx, func(r store.Record) error {
			switch {
			case r.Case != nil && r.Case.OpenedAt.Before(nine(20)), r.Promise != nil, r.Evidence != nil && r.Evidence.At.Before(nine(20)),
				r.Decision != nil && r.Decision.At.Before(nine(20)), r.Post != nil && r.Post.ClaimedAt.Before(nine(20)),
				r.Digest != nil && r.Digest.To.Before(nine(20)), r.Slips != nil:
				old++
			}
			return nil
		})
		return err == nil && old == 0
	})
	st, err := x.store.Stats(x.ctx)
	if err != nil || st.Cases != 1 {
		t.Errorf("left %+v, %v", st, err)
	}
}
