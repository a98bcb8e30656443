package bot_test

import (
	"testing"

	"coachbot/bot/slacksim"
	"coachbot/playbooks/traditional"
)

// Who writes in Traditional characters, or reads Slack in Taiwan's Chinese, gets them.
func TestTraditionalReaders(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	lin := x.sim.AddUser(slacksim.UserSpec{ID: "U0LIN0009", Name: "lin-tw", Locale: "zh-TW"})
	lin.Join(lounge)
	x.mei.Post(watched, traditional.String(furiousZ))
	card := x.said(1)[0]
	contains(t, card.Text, "先說這句")
	for _, part := range []string{card.Text, string(card.Blocks)} {
		if traditional.String(part) != part {
			t.Errorf("the card holds Simplified characters: %s", part)
		}
	}
	x.slash(lin, "手冊 送貨", lounge)
	contains(t, x.whispers(lin, lounge, 1)[0].Text, "送貨、發貨延誤", "傾聽")
	x.slash(lin, furiousZ, lounge) // pasted in Simplified: its reader is asked for
	contains(t, x.whispers(lin, lounge, 2)[1].Text, "先說這句")
	x.slash(x.mei, "手册 送货", lounge)
	contains(t, x.whispers(x.mei, lounge, 1)[0].Text, "送货、发货延误", "倾听")
}
