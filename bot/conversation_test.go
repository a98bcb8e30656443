package bot_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/blocks"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

func TestADifficultCaseGetsOneAnswerInItsThread(t *testing.T) {
	t.Parallel()
	for _, text := range []string{furious, furiousZ} {
		x := newWorld(t)
		ts := x.tom.Post(watched, text)
		card := x.said(1)[0]
		if card.Channel != watched || card.ThreadTS != ts {
			t.Errorf("answered in %s %s, want the thread %s", card.Channel, card.ThreadTS, ts)
		}
		if found := knowledge().guard.Check(card.Text); len(found) > 0 {
			t.Errorf("the card says %v", found)
		}
		for _, action := range []string{"suggestion_used", "suggestion_another", "suggestion_feedback", "suggestion_dismiss", "suggestion_pick", "case_calmed", "case_unresolved"} {
			if !strings.Contains(strings.Join(card.ActionIDs(), " "), action) {
				t.Errorf("the card lacks %s: %v", action, card.ActionIDs())
			}
		}
		c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, ts)
		if err != nil || c.State != store.CaseOpen || c.AdvisedAt.IsZero() {
			t.Errorf("case %+v, %v", c, err)
		}
	}
}

// Whoever says whether a suggestion helps sees that it was heard; the card stays, and nobody else is disturbed.
func TestFeedbackIsAnswered(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, furious)
	card := x.said(1)[0]
	x.click(x.mei, card, "suggestion_feedback")
	contains(t, x.whispers(x.mei, watched, 1)[0].Text, "Noted")
	x.click(x.tom, card, "suggestion_feedback:2")
	contains(t, x.whispers(x.tom, watched, 1)[0].Text, "Noted", "Show other wording")
	if after := x.said(1)[0]; after.Text != card.Text {
		t.Errorf("the card became %q", after.Text)
	}
	x.slash(x.tom, furious, lounge)
	private := x.whispers(x.tom, lounge, 1)[0]
	x.click(x.tom, private, "suggestion_feedback")
	if list := x.whispers(x.tom, lounge, 2); list[0].Text != private.Text || !strings.Contains(list[1].Text, "Noted") {
		t.Errorf("of a private answer: %q", texts(list))
	}
}

func TestSmallTalkAndOtherAppsGetNoAnswer(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, "Anyone up for noodles at noon?")
	x.mei.Post(watched, "今天排班表更新了，大家看一下")
	x.tom.Post(watched, furious, slacksim.AsBot("tickets"))
	x.tom.Post(watched, ":tada: :tada:")
	x.tom.Post(lounge, furious)
	x.said(0)
}

func TestEditingUpdatesAndDeletingRemoves(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	ts := x.tom.Post(watched, furious)
	before := x.said(1)[0]
	x.tom.Touch(watched, ts)
	if after := x.said(1)[0]; after.Text != before.Text {
		t.Errorf("a touch changed the card to %q", after.Text)
	}
	x.tom.Edit(watched, ts, "> The battery you sold me is on fire in my kitchen right now, what do I do?!")
	x.until("the card changes", func() bool { return x.standing()[0].Text != before.Text })
	x.said(1)
	x.tom.Delete(watched, ts)
	x.until("the card goes", func() bool { return len(x.standing()) == 0 })
	x.said(0)
	if err := x.store.CasesOpened(x.ctx, watched, time.Unix(0, 0), x.now().Add(time.Hour), func(c store.Case) error {
		if c.Text != "" {
			t.Errorf("the text of a deleted message is kept: %q", c.Text)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestTheThreadMovesTheCaseOnAndColleaguesAreLeftAlone(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	ts := x.tom.Post(watched, furious)
	before := x.said(1)[0]
	x.mei.Post(watched, "oh no, good luck Tom! want a coffee?", slacksim.InThread(ts))
	if got := x.said(1)[0]; got.Text != before.Text {
		t.Errorf("small talk in the thread changed the card to %q", got.Text)
	}
	x.tom.Post(watched, "now she says she'll go to the press", slacksim.InThread(ts))
	x.until("the card moves on", func() bool { return x.standing()[0].Text != before.Text })
	x.said(1)
	c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, ts)
	if err != nil || c.Turns != 1 || c.Playbook != "legal-or-media-threat" {
		t.Errorf("after the press was named the case is %q after %d turns, %v", c.Playbook, c.Turns, err)
	}
}

func TestButtons(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	ts := x.tom.Post(watched, furious)
	card := x.said(1)[0]
	was := func() store.Case {
		c, err := x.store.CaseOfThread(x.ctx, x.sim.TeamID(), watched, ts)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := was()
	x.click(x.mei, card, "suggestion_another")
	if c := was(); c.Variation == first.Variation {
		t.Error("another wording left the case where it was")
	}
	x.click(x.tom, card, "suggestion_used")
	if c := was(); c.Step == first.Step || len(c.Used) != 1 {
		t.Errorf("after use the case stands at %q with %q used", c.Step, c.Used)
	}
	x.click(x.tom, card, "suggestion_pick")
	if c := was(); c.Playbook == first.Playbook {
		t.Error("another playbook was picked and is not shown")
	}
	x.click(x.tom, card, "case_calmed")
	if c := was(); c.State != store.CaseCalmed || c.ClosedAt.IsZero() {
		t.Errorf("calmed case is %q", c.State)
	}
	kinds := ""
	list, err := x.store.EvidenceOf(x.ctx, first.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		kinds += e.Kind + " "
	}
	if want := "another used picked calmed "; kinds != want {
		t.Errorf("evidence %q, want %q", kinds, want)
	}
	x.said(1)
}

// "I said this" goes on with every press, after a switch too, and is offered until the last step is shown.
func TestEveryPressGoesOn(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, furious)
	x.click(x.tom, x.said(1)[0], "suggestion_pick")
	presses := 0
	for shows(x.said(1)[0], blocks.ActionUsed) {
		before := x.said(1)[0]
		x.click(x.tom, before, blocks.ActionUsed)
		if after := x.said(1)[0]; after.Text == before.Text {
			t.Fatalf("press %d changed nothing: %s", presses+1, after.Text)
		}
		if presses++; presses > 8 {
			t.Fatal("the playbook has no end")
		}
	}
	if presses < 4 {
		t.Errorf("only %d steps were offered", presses)
	}
}

func shows(m slacksim.Message, action string) bool {
	drawn, err := json.Marshal(m)
	return err == nil && strings.Contains(string(drawn), `"action_id":"`+action+`"`)
}

func TestNotACaseTakesTheCardAway(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, furious)
	x.click(x.mei, x.said(1)[0], "suggestion_dismiss")
	x.said(0)
}

func TestCommands(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "Customer: third call about the same wrong invoice and you still charge me!", lounge)
	card := x.whispers(x.tom, lounge, 1)[0]
	x.click(x.tom, card, "suggestion_another")
	x.slash(x.mei, "检查 我不知道，您去问别人吧", lounge)
	contains(t, x.whispers(x.mei, lounge, 1)[0].Text, "我不知道")
	x.slash(x.ada, "playbook refund", lounge)
	contains(t, x.whispers(x.ada, lounge, 1)[0].Text, "refund")
	x.slash(x.ada, "help", lounge)
	contains(t, x.whispers(x.ada, lounge, 2)[1].Text, "/coach check")
	x.slash(x.mei, "帮助", lounge)
	contains(t, x.whispers(x.mei, lounge, 2)[1].Text, "/coach 检查")
	if got := x.mei.Messages(lounge); len(got) != 2 {
		t.Errorf("mei sees %q", texts(got))
	}
}

func TestWatching(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "watch", lounge)
	x.whispers(x.tom, lounge, 1)
	x.tom.Post(lounge, furious)
	x.said(0) // neither admin nor lead: refused
	lead := x.sim.AddUser(slacksim.UserSpec{ID: "U0LEAD001", Name: "lead"})
	lead.Join(lounge)
	if _, err := x.store.UpdateTeam(x.ctx, x.sim.TeamID(), "night", func(s *store.Team) error {
		s.Name, s.Leads = "Night", []string{lead.ID()}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	x.slash(lead, "watch private", lounge) // a lead set in Slack may
	contains(t, x.whispers(lead, lounge, 1)[0].Text, "direct message")
	x.slash(x.ada, "watch", lounge)
	x.whispers(x.ada, lounge, 1)
	x.tom.Post(lounge, furious)
	x.said(1)
	x.slash(x.tom, "why", lounge)
	x.whispers(x.tom, lounge, 2)
	x.slash(x.ada, "关注 private", lounge)
	x.tom.Post(lounge, furious)
	if got := x.said(2)[1]; got.Channel != x.tom.DMChannel() {
		t.Errorf("in private mode answered in %s", got.Channel)
	}
	x.slash(x.ada, "watch quiet", lounge)
	x.tom.Post(lounge, furious)
	if got := x.said(3)[2]; got.Channel != x.ada.DMChannel() {
		t.Errorf("in quiet mode told %s, want the one who set it", got.Channel)
	}
	x.slash(x.ada, "unwatch", lounge)
	x.tom.Post(lounge, furious)
	x.said(3)
}

func TestMentionsAndDirectMessages(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	ts := x.tom.Post(lounge, "<@"+x.sim.BotUserID()+"> customer says his luggage is lost and he is furious")
	if got := x.said(1)[0]; got.ThreadTS != ts {
		t.Errorf("a mention is answered in %q, want its thread %q", got.ThreadTS, ts)
	}
	x.mei.DM("客户说押金一直不退，骂了我十分钟")
	if got := x.said(2)[1]; got.Channel != x.mei.DMChannel() {
		t.Errorf("a direct message is answered in %s", got.Channel)
	}
	x.tom.DM("check I don't know, that's not my fault.")
	contains(t, x.said(3)[2].Text, "I don't know")
}

// What is no customer's word opens no case: a greeting, thanks, a word to try the bot.
func TestCourtesiesInDirectMessages(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	for i, c := range []struct {
		who  *slacksim.Person
		text string
		want string
	}{
		{x.tom, "hi", "What I can do for you"},
		{x.mei, "您好！", "我能帮你做什么"},
		{x.mei, "你能做什么？", "我能帮你做什么"},
		{x.tom, "Thanks! 🙏", "You're welcome."},
		{x.mei, "谢谢你", "不客气。"},
		{x.tom, "test", "Tell me what the customer said"},
		{x.mei, "嗯嗯", "请告诉我客户说了什么"},
		{x.mei, "结束", "请告诉我客户说了什么"},
		{x.tom, "hints 1", "short from now on"},
	} {
		c.who.DM(c.text)
		contains(t, x.said(i + 1)[i].Text, c.want)
	}
	x.slash(x.tom, "good morning", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "What I can do for you")
	x.slash(x.mei, "test", lounge)
	contains(t, x.whispers(x.mei, lounge, 1)[0].Text, "请告诉我客户说了什么")
	kept, err := x.store.Stats(x.ctx)
	if err != nil || kept.Cases != 0 {
		t.Errorf("%d cases were made of courtesies (%v)", kept.Cases, err)
	}
}

// Whoever tells the bot how hard a conversation was is not given phrases for customers: a
// minute to recover, for that person alone, and no case is made of the words.
func TestTheAgentsOwnWords(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	const en, zh = "I'm shaking after that call, he called me every name under the sun and I can't stop crying", "接完那个客户的电话我手还在抖，真的撑不住了"
	x.tom.DM(en)
	contains(t, x.direct(x.tom, 1)[0].Text, "Take a minute for yourself", "Only you see this", "`Customer:`")
	x.mei.Post(watched, "<@"+x.sim.BotUserID()+"> "+zh)
	contains(t, x.direct(x.mei, 1)[0].Text, "给自己一分钟", "“客户：”")
	x.slash(x.mei, zh, lounge)
	contains(t, x.whispers(x.mei, lounge, 1)[0].Text, "给自己一分钟")
	if got := x.mei.Messages(watched); len(got) != 1 {
		t.Errorf("in the channel stands %q", texts(got))
	}
	if kept, err := x.store.Stats(x.ctx); err != nil || kept.Cases != 0 {
		t.Errorf("%d cases were made of it (%v)", kept.Cases, err)
	}
	x.tom.DM("Customer: " + en)
	contains(t, x.direct(x.tom, 2)[1].Text, "Say this first")
}

func TestWhereCustomersCanReadNothingIsPosted(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(shared, furious)
	if got := x.said(1)[0]; got.Channel != x.tom.DMChannel() {
		t.Errorf("answered in %s, want the author's direct messages", got.Channel)
	}
	guest := x.sim.AddUser(slacksim.UserSpec{ID: "U0GUEST01", Name: "guest", Guest: true})
	guest.Join(watched)
	x.settled()
	x.tom.Post(watched, furious)
	if got := x.said(2)[1]; got.Channel != x.tom.DMChannel() {
		t.Errorf("with a guest in the channel answered in %s", got.Channel)
	}
	guest.Post(watched, furious)
	x.said(2)
}

func TestAScreenshotWithoutWords(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, "", slacksim.WithFiles("screen.png"))
	x.said(1)
}

func TestOldCasesAreRecordedAndGetNoLateSuggestion(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.stop()
	x.tom.Post(watched, furious)
	x.change = append(x.change, func(o *bot.Options) { o.Late = time.Nanosecond })
	x.start()
	x.said(0)
	n, err := x.store.Stats(x.ctx)
	if err != nil || n.Cases != 1 {
		t.Errorf("%d cases recorded, %v", n.Cases, err)
	}
}
