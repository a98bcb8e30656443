package bot_test

import (
	"os"
	"strings"
	"testing"

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
