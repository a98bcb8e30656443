package bot_test

import (
	"slices"
	"strings"
	"testing"

	"coachbot/bot"
	"coachbot/bot/llm"
	"coachbot/bot/llm/openai/script"
	"coachbot/bot/slacksim"
	"coachbot/store"
	"coachbot/store/storetest"
)

// replied lets p write in the role play's thread and returns what came since.
func (x *world) replied(p *slacksim.Person, root slacksim.Message, text string) []slacksim.Message {
	x.t.Helper()
	before := len(x.standing())
	p.Post(root.Channel, text, slacksim.InThread(root.TS))
	x.until("the customer's answer", func() bool { return len(x.standing()) > before })
	x.settled()
	return x.standing()[before:]
}

// plays are a person's role plays.
func (x *world) plays(p *slacksim.Person) (list []store.RolePlay) {
	x.t.Helper()
	err := x.store.RolePlaysOf(x.ctx, x.sim.TeamID(), p.ID(), func(r store.RolePlay) error { list = append(list, r); return nil })
	if err != nil {
		x.t.Fatal(err)
	}
	return list
}

func TestRolePlayCalms(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "practice play late-delivery owl confused", lounge)
	root := x.direct(x.tom, 1)[0]
	contains(t, root.Text, "Role play", "I am the customer", "Customer:")
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "wrote to you directly")
	got := x.replied(x.tom, root, "I'll send you a new one.")
	if len(got) != 1 || got[0].ThreadTS != root.TS {
		t.Fatalf("the customer said %q", texts(got))
	}
	x.replied(x.tom, root, "You're right. A week without a word is a long time; I can see why that is so frustrating.")
	x.replied(x.tom, root, "I'm sorry that nobody told you. What do you need it for?")
	got = x.replied(x.tom, root, "What I can do is trace it with the carrier now, and I'll call you by 4 pm.")
	if len(got) != 2 {
		t.Fatalf("at the end there came %q, want the customer's last words and the feedback", texts(got))
	}
	contains(t, got[1].Text, "The customer is content", "owl", "You took every step", "before the customer felt understood",
		"in your words", "I can see why that is so frustrating.", "What do you need it for?")
	r := x.plays(x.tom)
	if len(r) != 1 || r[0].State != store.RolePlayOver || len(r[0].Lines) != 0 {
		t.Errorf("kept %+v, want it over and its words forgotten", r)
	}
	x.replied(x.tom, root, "Hello?")
	contains(t, x.last(root.Channel).Text, "is over")
	if len(x.in(watched))+len(x.in(lounge)) != 0 {
		t.Error("somebody else saw it")
	}
}

// Who answers beside the thread hears once where the role play goes on, and is coached all the same.
func TestBesideARolePlay(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "practice play late-delivery owl confused", lounge)
	root := x.direct(x.tom, 1)[0]
	x.tom.Post(root.Channel, furious)
	got := x.direct(x.tom, 3)
	contains(t, got[1].Text, "in the thread", "stop")
	contains(t, got[2].Text, "Say this first")
	x.tom.Post(root.Channel, "客户说：三个星期了，快递到现在没到，你们太过分了！")
	x.settled()
	if got := x.direct(x.tom, 4); strings.Contains(got[3].Text, "对练") || strings.Contains(got[3].Text, "role play") {
		t.Errorf("told twice: %q", got[3].Text)
	}
	x.replied(x.tom, root, "stop")
	x.tom.Post(root.Channel, "> The third week without my parcel, and nobody answers!")
	x.settled()
	for _, m := range x.direct(x.tom, 6)[4:] {
		if strings.Contains(m.Text, "customer of the role play") {
			t.Errorf("told of a role play that is over: %q", m.Text)
		}
	}
}

// The verb is understood as well as the noun.
func TestPractise(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "practise", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "Which answer is better?")
	x.slash(x.tom, "practise play late-delivery", lounge)
	contains(t, x.direct(x.tom, 1)[0].Text, "Role play")
	x.slash(x.tom, "playbooks refund", lounge)
	contains(t, x.whispers(x.tom, lounge, 3)[2].Text, "Refund")
}

// Danger, law and abuse are played when asked for, and not by chance.
func TestRolePlayByChance(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	for range 12 {
		x.slash(x.tom, "practice play", lounge)
	}
	list := x.plays(x.tom)
	if len(list) != 12 {
		t.Fatalf("%d role plays, want 12", len(list))
	}
	for _, r := range list {
		if p, ok := knowledge().set.ByID(r.Playbook, r.Lang); !ok || p.Precedence > 0 {
			t.Errorf("played by chance: %s", r.Playbook)
		}
	}
	x.slash(x.tom, "practice play safety-risk", lounge)
	contains(t, x.last(x.tom.DMChannel()).Text, "Role play")
}

func TestRolePlayInChineseGoesWrong(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.mei, "练习 扮演 late-delivery 激动", lounge)
	root := x.direct(x.mei, 1)[0]
	contains(t, root.Text, "对练", "顾客：")
	x.replied(x.mei, root, "我不知道。")
	got := x.replied(x.mei, root, "这不是我的错，你快点说。")
	contains(t, got[len(got)-1].Text, "带着气走了", "还差的步骤")
}

func TestRolePlayIsStopped(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "practice play", lounge)
	root := x.direct(x.tom, 1)[0]
	line := x.replied(x.tom, root, "I understand how annoying that is.")[0]
	x.click(x.tom, line, "roleplay_end")
	contains(t, x.last(root.Channel).Text, "You stopped", "Still open")
	x.slash(x.tom, "practice play no such thing at all xyzzy", lounge)
	x.slash(x.tom, "practice play", lounge)
	second := x.last(root.Channel)
	x.replied(x.tom, second, "stop")
	contains(t, x.last(root.Channel).Text, "You stopped")
	// Beginning anew ends what was left open.
	x.slash(x.tom, "practice play", lounge)
	x.slash(x.tom, "practice play", lounge)
	on := 0
	for _, r := range x.plays(x.tom) {
		if r.State == store.RolePlayOn {
			on++
		}
	}
	if on != 1 {
		t.Errorf("%d role plays are on, want the last one alone", on)
	}
}

// A restart in the middle changes nothing, and nothing is said twice.
func TestRolePlaySurvivesARestart(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.tom, "practice play late-delivery", lounge)
	root := x.direct(x.tom, 1)[0]
	x.replied(x.tom, root, "I understand how annoying that is.")
	said := len(x.standing())
	x.stop()
	x.start()
	x.settled()
	if len(x.standing()) != said {
		t.Errorf("it said %q", texts(x.standing()[said:]))
	}
	if got := x.replied(x.tom, root, "I'm sorry. What happened?"); len(got) != 1 {
		t.Errorf("it said %q", texts(got))
	}
}

// Who answers as soon as Slack shows the first post, before the bot has recorded it or the
// role play, is answered by the customer all the same.
func TestARolePlayIsAnsweredBeforeItIsRecorded(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*world, *storetest.FaultyStore){
		"the answer is lost": func(x *world, _ *storetest.FaultyStore) { x.sim.Faults().LoseAnswer("chat.postMessage", 1) },
		"the post is not recorded": func(_ *world, f *storetest.FaultyStore) {
			f.Inject("UpdatePost", storetest.Fault{Err: store.ErrNoRoom, Times: 1})
		},
		"the role play is not recorded": func(_ *world, f *storetest.FaultyStore) {
			f.Inject("UpdateRolePlay", storetest.Fault{Err: store.ErrNoRoom, Times: 1})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, faulty := newFaultyWorld(t)
			trouble(x, faulty)
			x.slashed(x.tom, "practice play late-delivery owl confused", lounge)
			x.until("the first post", func() bool { return len(x.standing()) == 1 })
			root := x.standing()[0]
			turn := x.tom.Post(root.Channel, strings.TrimPrefix(furious, "> "), slacksim.InThread(root.TS))
			got := x.direct(x.tom, 2)[1]
			r := x.plays(x.tom)
			if got.ThreadTS != root.TS || len(r) != 1 || !slices.ContainsFunc(r[0].Lines, func(l store.RolePlayLine) bool { return l.Customer && l.Turn == turn }) {
				t.Errorf("answered with %q in %q; the role plays are %+v", got.Text, got.ThreadTS, r)
			}
		})
	}
}

// An AI service words the customer's lines; the rules decide how it goes.
func TestRolePlayLivelier(t *testing.T) {
	t.Parallel()
	down := false
	server, ai := withAI(t, llm.Limits{}, func(q script.Question) script.Answer {
		if q.Task == "customer" && !down {
			return script.Answer{Text: script.Text("My cat is sitting on the empty doorstep, waiting with me.")}
		}
		return script.Answer{Text: "junk"}
	})
	x := newWorld(t, ai, func(o *bot.Options) { o.Locale = "auto" })
	x.slash(x.tom, "practice play late-delivery agitated", lounge)
	root := x.direct(x.tom, 1)[0]
	got := x.replied(x.tom, root, "I understand how annoying that is.")
	contains(t, got[0].Text, "My cat")
	if q := server.Asked()[0]; !strings.Contains(q.User, "Agent: I understand how annoying") {
		t.Errorf("asked %q", q.User)
	}
	down = true
	got = x.replied(x.tom, root, "Okay.")
	if len(got) != 1 || strings.Contains(got[0].Text, "junk") || strings.Contains(got[0].Text, "My cat") {
		t.Errorf("it said %q", texts(got))
	}
}

// Whoever writes “stop” beside the thread means the role play that is on; without one it is no customer's word either.
func TestRolePlayIsStoppedBesideItsThread(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.mei, "练习 扮演", lounge)
	root := x.direct(x.mei, 1)[0]
	x.mei.DM("结束")
	if got := x.direct(x.mei, 2)[1]; got.ThreadTS != root.TS {
		t.Errorf("answered in %q, want the role play's thread: %s", got.ThreadTS, got.Text)
	}
	if r := x.plays(x.mei); len(r) != 1 || r[0].State != store.RolePlayOver {
		t.Errorf("kept %+v, want it over", r)
	}
	x.mei.DM("结束")
	if got := x.direct(x.mei, 3)[2]; got.ThreadTS != "" || !strings.Contains(got.Text, "客户说了什么") {
		t.Errorf("without a role play the word is answered with %q", got.Text)
	}
}
