package bot_test

import (
	"strings"
	"testing"

	"coachbot/bot"
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

// Forms, the Home tab, drills and what comes by itself are in Traditional characters
// too; what a person wrote stays as it was written.
func TestTraditionalReadersEverywhere(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	lin := x.sim.AddUser(slacksim.UserSpec{ID: "U0LIN0009", Name: "lin-tw", Locale: "zh-TW", Admin: true})
	lin.Join(lounge)
	lin.Join(watched)
	const own = "于小姐问台历的发货时间，怎么说"
	traditionalBut := func(what, text string) {
		t.Helper()
		rest := strings.ReplaceAll(text, own, "")
		if text == "" || traditional.String(rest) != rest {
			t.Errorf("%s: %s", what, text)
		}
	}
	last := func() slacksim.Message {
		list := x.whispersSoFar(lin, lounge)
		return list[len(list)-1]
	}
	for _, command := range []string{"幫助", "手冊", "提示 2", "日報", "交班", "為什麼", "检查 我不清楚", "练习", "承諾 明天下午五點前給客人回電話", "练习 扮演"} {
		x.slash(lin, command, lounge)
		traditionalBut(command, strings.ReplaceAll(last().Text, "我不清楚", ""))
	}
	x.slash(lin, "练习", lounge)
	x.click(lin, last(), "practice_answer")
	traditionalBut("a drill's answer", last().Text)
	x.slash(lin, "求助 "+own, lounge)
	traditionalBut("asked", last().Text)
	contains(t, x.standing()[len(x.standing())-1].Text, own)
	for _, command := range []string{"求助", "设置", "承诺"} {
		x.slash(lin, command, lounge)
		if lin.View() == nil {
			t.Fatalf("%s opens nothing", command)
		}
		traditionalBut(command, string(lin.View().Blocks)+string(lin.View().Title))
		if err := lin.Close(x.ctx); err != nil {
			t.Fatal(err)
		}
	}
	traditionalBut("home", x.opensHome(lin))
	for _, m := range x.standing() {
		if m.Channel == lin.DMChannel() {
			traditionalBut("a direct message", m.Text)
		}
	}
}

// A team that reads Traditional characters gets cards and its digest in them, whatever the case is written in.
func TestTraditionalTeam(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *bot.Options) { o.Locale = "zh-Hant" })
	x.mei.Post(watched, furiousZ)
	card := x.said(1)[0]
	contains(t, card.Text, "送貨、發貨延誤", "先說這句")
	x.click(x.mei, card, "case_calmed")
	x.slash(x.mei, "日報", lounge)
	x.slash(x.tom, "help", lounge)
	for _, m := range append(x.whispers(x.mei, lounge, 1), x.whispers(x.tom, lounge, 1)...) {
		if traditional.String(m.Text) != m.Text {
			t.Errorf("not in Traditional characters: %s", m.Text)
		}
	}
	contains(t, x.whispers(x.mei, lounge, 1)[0].Text, "棘手情況：1 起")
}
