package slacksim_test

import (
	"testing"

	"github.com/slack-go/slack"
)

func TestChangesOfAPerson(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	b := x.connect()
	x.tom.Move("Asia/Shanghai")
	x.tom.Leave()
	x.acked(2)
	got := b.seen()
	if len(got) != 2 || got[0].InnerEvent.Type != "user_change" || got[1].InnerEvent.Type != "user_change" {
		t.Fatalf("events: got %+v", got)
	}
	u, err := x.client().GetUserInfo(x.tom.ID())
	if err != nil || !u.Deleted || u.TZ != "Asia/Shanghai" {
		t.Errorf("the person: got %+v, %v", u, err)
	}
	_, _, _, err = x.client().OpenConversation(&slack.OpenConversationParameters{Users: []string{x.tom.ID()}})
	wantCode(t, "a direct message to who left", err, "user_disabled")
	x.clean()
}
