package bot_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"coachbot/bot/slacksim"
	"coachbot/store"
)

// Who the customer is never reaches the store, whichever way the words came.
func TestCustomersAreMaskedBeforeAnythingIsStored(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	leaks := []string{"13800138000", "jane.roe@example.com", "4111 1111 1111 1111", "88214417", "王建国", "Kowalska", "建国路88号"}
	x.mei.Post(watched, "客户王建国先生第三次打来骂人：订单号88214417等了三周！电话13800138000，住北京市朝阳区建国路88号，再不退款就投诉！")
	x.said(1)
	x.slash(x.tom, "Ms Anna Kowalska, card 4111 1111 1111 1111, jane.roe@example.com, is furious: three weeks and no refund!", lounge)
	x.whispers(x.tom, lounge, 1)
	x.tom.DM("Customer Ms Anna Kowalska screams at me, order 88214417, nobody called her back on +44 20 7946 0958!")
	x.said(2)
	x.opensHome(x.tom)
	x.sim.Faults().BreakNext("views.open", 1, 503) // so that the press can be seen in the queue
	if err := x.tom.SelectInHome(x.ctx, "playbook_find", "refund for order 88214417, jane.roe@example.com"); err != nil {
		t.Fatal(err)
	}
	queued := ""
	x.until("the press in the queue", func() bool {
		err := x.store.Walk(x.ctx, func(r store.Record) error {
			if r.Job != nil && strings.Contains(string(r.Job.Payload), "playbook_find") {
				queued = string(r.Job.Payload)
			}
			return nil
		})
		return err == nil && queued != ""
	})
	if strings.Contains(queued, "jane.roe") || strings.Contains(queued, "88214417") {
		t.Errorf("the queue holds what was typed: %s", queued)
	}
	x.slash(x.tom, "promise call Mr Brown on +44 20 7946 0958 about order 88214417 by tomorrow noon", lounge)
	x.slash(x.tom, "ask What do I tell jane.roe@example.com about order 88214417?", lounge)
	x.slash(x.tom, "check Your card 4111 1111 1111 1111 was charged, I don't know why", lounge)
	x.settled()
	cases := 0
	err := x.store.Walk(x.ctx, func(r store.Record) error {
		if r.Case != nil {
			cases++
			contains(t, r.Case.Text, "[")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if cases != 3 {
		t.Errorf("got %d cases, want 3", cases)
	}
	x.stop()
	data, err := os.ReadFile(x.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, leak := range append(leaks, "7946 0958") {
		if strings.Contains(string(data), leak) {
			t.Errorf("the store holds %q", leak)
		}
	}
}

// Every form and every thread that the bot keeps words of masks them: what a customer can
// be found by is in no record, the queue included.
func TestFormsAreMaskedToo(t *testing.T) {
	t.Parallel()
	x := newPeers(t, adaDecides)
	const who = " Jane Roe's phone +44 20 7946 0958, jane.roe@example.com, card 4111 1111 1111 1111, order 88214417"
	x.kept(x.mei, "I named a day."+who, map[string]any{"situation": "Late again." + who, "words": "I named the day." + who, "result": "Calm." + who, "scenario": "late-delivery", "propose": []string{"propose"}})
	for _, m := range x.standing() {
		if m.Channel == x.ada.DMChannel() {
			x.click(x.ada, m, "knowledge_accept")
			x.submit(x.ada, "knowledge_accept", map[string]any{"decision": "decline", "words": "x", "step": "commit", "why": "Not for" + who})
			break
		}
	}
	x.slash(x.tom, "ask", lounge)
	x.submit(x.tom, "help_open", map[string]any{"question": "Who knows the depot?" + who, "tried": "Called" + who, "urgency": "high"})
	list := x.in(helpDesk)
	ask := list[len(list)-1]
	x.click(x.mei, ask, "help_claim")
	x.mei.Post(helpDesk, "Try"+who, slacksim.InThread(ask.TS))
	x.settled()
	x.click(x.mei, x.in(helpDesk)[len(list)-1], "help_resolve")
	x.submit(x.mei, "help_resolve", map[string]any{"worked": "A pick-up point." + who, "calmed": "yes", "keep": []string{}})
	x.slash(x.tom, "promise", lounge)
	x.submit(x.tom, "promise_new", map[string]any{"promise": "call" + who, "due": x.now().Add(time.Hour).Unix()})
	x.slash(x.tom, "practice play late-delivery", lounge)
	for _, m := range x.standing() {
		if m.Channel == x.tom.DMChannel() && strings.Contains(m.Text, "Role play") {
			x.replied(x.tom, m, "I'll call"+who)
		}
	}
	x.slash(x.tom, "check I don't know"+who, lounge)
	x.settled()
	words := 0
	err := x.store.Walk(x.ctx, func(r store.Record) error {
		if r.KnowledgeCard != nil || r.HelpRequest != nil || r.Promise != nil || r.RolePlay != nil {
			words++
		}
		return nil
	})
	if err != nil || words < 4 {
		t.Errorf("%d records with words, want a card, a request, a promise and a role play: %v", words, err)
	}
	x.stop()
	data, err := os.ReadFile(x.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, leak := range []string{"7946 0958", "jane.roe@", "4111 1111", "88214417"} {
		if i := strings.Index(string(data), leak); i >= 0 {
			t.Errorf("the store holds %q: %q", leak, data[max(0, i-200):min(len(data), i+60)])
		}
	}
}
