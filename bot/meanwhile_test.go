package bot_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

// meanwhile is a store in which something happens between the reading of a record and
// its change, as another worker may have it.
type meanwhile struct {
	store.Store
	mu sync.Mutex
	do map[string]func(id string) // before the next change of such a record
}

func newMeanwhile(t *testing.T) (*world, *meanwhile) {
	t.Helper()
	m := &meanwhile{do: map[string]func(string){}}
	return newWorld(t, func(o *bot.Options) { m.Store = o.Store; o.Store = m }), m
}

func (m *meanwhile) once(kind string, do func(id string)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.do[kind] = do
}

func (m *meanwhile) happens(kind, id string) {
	m.mu.Lock()
	do := m.do[kind]
	delete(m.do, kind)
	m.mu.Unlock()
	if do != nil {
		do(id)
	}
}

func (m *meanwhile) UpdatePromise(ctx context.Context, id string, fn func(*store.Promise) error) (store.Promise, error) {
	m.happens("promise", id)
	return m.Store.UpdatePromise(ctx, id, fn)
}

func (m *meanwhile) UpdateCase(ctx context.Context, id string, fn func(*store.Case) error) (store.Case, error) {
	m.happens("case", id)
	return m.Store.UpdateCase(ctx, id, fn)
}

func (m *meanwhile) UpdateKnowledgeCard(ctx context.Context, id string, fn func(*store.KnowledgeCard) error) (store.KnowledgeCard, error) {
	m.happens("card", id)
	return m.Store.UpdateKnowledgeCard(ctx, id, fn)
}

func (m *meanwhile) UpdateTeam(ctx context.Context, workspace, id string, fn func(*store.Team) error) (store.Team, error) {
	m.happens("team", id)
	return m.Store.UpdateTeam(ctx, workspace, id, fn)
}

func (m *meanwhile) AddEvidence(ctx context.Context, e store.Evidence) error {
	m.happens("evidence", e.ID)
	return m.Store.AddEvidence(ctx, e)
}

// A promise that was kept, or handed over, while its new time was on the way stays so.
func TestAPromiseChangedTooLateStays(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]func(p *store.Promise){
		"kept":        func(p *store.Promise) { p.State, p.ClosedAt = store.PromiseKept, morning },
		"handed over": func(p *store.Promise) { p.Owner = "U0MEI0001" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, m := newMeanwhile(t)
			x.slash(x.tom, "promise call Ms Li back by 4pm", lounge)
			p := x.promises(x.tom)[0]
			x.click(x.tom, x.whispers(x.tom, lounge, 1)[0], "promise_change")
			m.once("promise", func(string) {
				if _, err := x.store.UpdatePromise(x.ctx, p.ID, func(p *store.Promise) error { other(p); return nil }); err != nil {
					t.Error(err)
				}
			})
			x.submit(x.tom, "promise_new", map[string]any{"promise": "call her", "due": morning.Add(9 * time.Hour).Unix()})
			got, err := x.store.Promise(x.ctx, p.ID)
			other(&p)
			if err != nil || got.State != p.State || got.Owner != p.Owner || got.What != p.What || !got.DueAt.Equal(p.DueAt) {
				t.Errorf("it is %+v now, %v", got, err)
			}
			x.direct(x.tom, 1) // who changed it hears that it is gone
		})
	}
}

// A press on the card of a message that is being deleted makes no case of it again.
func TestAPressDoesNotUndoADeletion(t *testing.T) {
	t.Parallel()
	x, m := newMeanwhile(t)
	ts := x.tom.Post(watched, furious)
	card := x.said(1)[0]
	c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, ts)
	if err != nil {
		t.Fatal(err)
	}
	m.once("case", func(string) {
		_, err := x.store.UpdateCase(x.ctx, c.ID, func(c *store.Case) error { c.State, c.Text = store.CaseDeleted, ""; return nil })
		if err != nil {
			t.Error(err)
		}
	})
	x.click(x.tom, card, "case_calmed")
	if c, err = x.store.Case(x.ctx, c.ID); err != nil || c.State != store.CaseDeleted {
		t.Errorf("the case is %s, %v", c.State, err)
	}
	contains(t, x.whispers(x.tom, watched, 1)[0].Text, "is gone")
}

// A message that is deleted while a press on its card teaches the bot that it is no case
// teaches nothing: its words are gone.
func TestADeletedMessageTeachesNothing(t *testing.T) {
	t.Parallel()
	x, m := newMeanwhile(t)
	ts := x.tom.Post(watched, furious)
	card := x.said(1)[0]
	m.once("evidence", func(string) {
		x.tom.Delete(watched, ts)
		x.until("the case is gone", func() bool {
			c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, ts)
			return err == nil && c.State == store.CaseDeleted
		})
	})
	x.click(x.tom, card, "suggestion_dismiss")
	x.tom.Post(watched, furious)
	x.said(1)
}

// A knowledge card that was taken back a moment ago does not come back by a correction,
// nor by the question whether it still holds.
func TestACardTakenBackStaysSo(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(x *world){
		"corrected":      func(x *world) { x.submit(x.mei, "knowledge_save", map[string]any{"words": "I named a day at once."}) },
		"to be reviewed": func(x *world) { x.advance(91 * 24 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, m := newMeanwhile(t)
			ts := x.mei.Post(lounge, "I drew her the parcel's route on a napkin and named a day.")
			if err := x.mei.Shortcut(x.ctx, "save_knowledge", lounge, ts); err != nil {
				t.Fatal(err)
			}
			x.submit(x.mei, "knowledge_save", late(true))
			k := x.cards()[0]
			x.slash(x.mei, "playbook parcel depot", lounge)
			if name == "corrected" {
				x.click(x.mei, x.whispers(x.mei, lounge, 1)[0], "knowledge_save")
			}
			m.once("card", func(string) {
				_, err := x.store.UpdateKnowledgeCard(x.ctx, k.ID, func(k *store.KnowledgeCard) error { k.State = store.CardWithdrawn; return nil })
				if err != nil {
					t.Error(err)
				}
			})
			change(x)
			if k, err := x.store.KnowledgeCard(x.ctx, k.ID); err != nil || k.State != store.CardWithdrawn {
				t.Errorf("the card is %s, %v", k.State, err)
			}
		})
	}
}

// Two colleagues keep what worked in the same request at the same moment: both cards stand.
func TestTwoKeepTheSameRequestAtOnce(t *testing.T) {
	t.Parallel()
	m := &meanwhile{do: map[string]func(string){}}
	x := newPeers(t, func(o *bot.Options) { m.Store = o.Store; o.Store = m })
	x.slash(x.tom, "ask Customer wants a refund after 60 days and is furious, what may I offer?", lounge)
	request := x.in(helpDesk)[0]
	x.click(x.kai, request, "help_claim")
	x.click(x.kai, request, "help_resolve")
	x.submit(x.kai, "help_resolve", map[string]any{"worked": "A voucher and a call.", "calmed": "yes", "keep": []string{}})
	x.click(x.zoe, x.in(helpDesk)[0], "knowledge_save")
	m.once("card", func(id string) {
		_, err := x.store.UpdateKnowledgeCard(x.ctx, id, func(k *store.KnowledgeCard) error {
			*k = store.KnowledgeCard{ID: id, Workspace: x.sim.TeamID(), Team: store.EnvironmentTeam, Author: x.mei.ID(), State: store.CardLive, Lang: "en",
				Situation: "A refund after 60 days", Words: "I asked the lead first.", CreatedAt: x.now(), UpdatedAt: x.now(), ReviewAt: x.now().AddDate(0, 3, 0)}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	x.submit(x.zoe, "knowledge_save", map[string]any{"words": "A voucher, and I named the day."})
	var words []string
	for _, k := range x.cards() {
		words = append(words, k.Words)
	}
	slices.Sort(words)
	if !slices.Equal(words, []string{"A voucher, and I named the day.", "I asked the lead first."}) {
		t.Errorf("kept: %q", words)
	}
}

// Two admins give the same channel to two teams at the same moment: it belongs to the one who
// was first, and the other hears why nothing was saved.
func TestTwoTeamsTakeAChannelAtOnce(t *testing.T) {
	t.Parallel()
	x, m := newMeanwhile(t)
	bea := x.sim.AddUser(slacksim.UserSpec{ID: "U0BEA0001", Name: "bea", Admin: true, Locale: "zh-CN"})
	x.slash(x.ada, "setup new", lounge)
	x.slash(bea, "设置 新建", lounge)
	m.once("team", func(string) {
		res, err := bea.Submit(x.ctx, fields(map[string]any{"name": "Night", "zone": "UTC", "help": lounge}))
		if err != nil || len(res.Errors) > 0 {
			t.Errorf("the channel is not free yet: %+v, %v", res, err)
		}
	})
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Bank", "zone": "UTC"})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	teams, err := x.app.Teams(x.ctx)
	if err != nil || len(teams) != 2 || !teams[1].Has(lounge) {
		t.Errorf("got %+v, %v", teams, err)
	}
	contains(t, x.direct(x.ada, 1)[0].Text, "Saved for *Bank*")
	contains(t, x.direct(bea, 1)[0].Text, "*Night* 的设置没有保存", "受关注的频道", "求助频道", "已经属于“Bank”")
}
