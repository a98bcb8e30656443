package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"coachbot/bot"
	"coachbot/bot/slacksim"
)

// private are what p alone sees, oldest first: whispers in a channel and the bot's direct messages.
func (x *world) private(p *slacksim.Person, channel string) (list []slacksim.Message) {
	for _, m := range append(p.Messages(channel), p.Messages(p.DMChannel())...) {
		if m.EphemeralTo == p.ID() || m.Channel == p.DMChannel() && m.BotID == x.sim.BotID() {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b slacksim.Message) int { return strings.Compare(a.TS, b.TS) })
	return list
}

// answered waits for the one private answer to what was just asked.
func (x *world) answered(p *slacksim.Person, channel string, before int) string {
	x.t.Helper()
	x.until("a private answer", func() bool { return len(x.private(p, channel)) > before })
	x.settled()
	list := x.private(p, channel)
	if len(list) != before+1 {
		x.t.Fatalf("%d private answers, want one: %q", len(list)-before, texts(list[before:]))
	}
	return list[before].Text
}

// TestWhateverScopeIsMissingWhoAskedIsAnswered takes one scope after the other
// away and asks in every way there is.
func TestWhateverScopeIsMissingWhoAskedIsAnswered(t *testing.T) {
	t.Parallel()
	commands := []string{"customer shouts that we lost her parcel for three weeks", "check I don't know.", "检查 我不知道", "ask how do I print a label?",
		"playbook refund", "watch", "watch private", "unwatch", "watch app B012345", "why", "help"}
	for _, scope := range []string{"users:read", "channels:read", "im:write", "chat:write", "channels:history"} {
		t.Run(scope, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t)
			ts := x.tom.Post(watched, furious)
			card := x.said(1)[0]
			x.stop()
			x.start() // nothing it asked Slack before is remembered
			x.sim.Faults().RemoveScope(scope)
			zoe := x.sim.AddUser(slacksim.UserSpec{ID: "U0ZOE0001", Name: "zoe", Admin: true}) // of whom the bot knows nothing
			for _, text := range commands {
				before := len(x.private(zoe, lounge))
				x.slash(zoe, text, lounge)
				got := x.answered(zoe, lounge, before)
				if got == "" {
					t.Errorf("/coach %s is answered with nothing", text)
				}
				if needs := scope == "users:read" || scope == "channels:read"; needs && text == "watch" && !strings.Contains(got, scope) {
					t.Errorf("/coach %s does not name the scope: %q", text, got)
				}
			}
			for _, shortcut := range []string{"coach_message", "check_message", "ask_peers", "save_knowledge"} {
				before := len(x.private(x.mei, watched))
				if err := x.mei.Shortcut(x.ctx, shortcut, watched, ts); err != nil {
					t.Fatal(err)
				}
				x.until(shortcut+" is answered", func() bool { return x.mei.View() != nil || len(x.private(x.mei, watched)) > before })
				if x.mei.View() != nil {
					if err := x.mei.Close(x.ctx); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, button := range []string{"suggestion_another", "suggestion_used", "case_unresolved"} {
				before, drawn := len(x.private(x.mei, watched)), x.standing()[0].Blocks
				x.click(x.mei, card, button)
				told := x.private(x.mei, watched)[before:]
				if same := string(drawn) == string(x.standing()[0].Blocks); same && (len(told) != 1 || !strings.Contains(told[0].Text, scope)) {
					t.Errorf("%s changed nothing and says %q", button, texts(told))
				}
			}
		})
	}
}

func TestAMentionThatCannotBeAnsweredWhereItStandsIsAnsweredInPrivate(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.sim.Faults().RemoveScope("channels:read")
	x.tom.Post(lounge, "<@"+x.sim.BotUserID()+"> customer says his luggage is lost and he is furious")
	contains(t, x.answered(x.tom, lounge, 0), "channels:read")
}

func TestPressesWhereTheBotCannotWorkAnyMore(t *testing.T) {
	t.Parallel()
	const closed = "C0CLOSED01"
	for name, c := range map[string]struct {
		end  func(*world)
		want string
	}{
		"removed":  {func(x *world) { x.ada.RemoveBot(closed) }, "not in this channel"},
		"archived": {func(x *world) { x.ada.Archive(closed) }, "archived"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t)
			x.sim.AddChannel(slacksim.ChannelSpec{ID: closed, Name: "closed", Private: true, Members: []string{x.tom.ID(), x.ada.ID()}, WithBot: true})
			x.slash(x.ada, "watch", closed)
			x.tom.Post(closed, furious)
			card := x.said(1)[0]
			c.end(x)
			x.settled()
			x.click(x.tom, card, "suggestion_another")
			contains(t, x.answered(x.tom, closed, 0), c.want)
		})
	}
}

func TestWatchingWhereTheBotCannotWork(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	elsewhere := x.sim.AddChannel(slacksim.ChannelSpec{ID: "C0ELSE0001", Name: "elsewhere", Members: []string{x.ada.ID()}})
	hidden := x.sim.AddChannel(slacksim.ChannelSpec{ID: "C0HIDDEN01", Name: "hidden", Private: true, Members: []string{x.ada.ID()}})
	old := x.sim.AddChannel(slacksim.ChannelSpec{ID: "C0OLD00001", Name: "old", Members: []string{x.ada.ID()}, WithBot: true})
	x.ada.Archive(old)
	for channel, want := range map[string]string{elsewhere: "invite me", hidden: "invite me", old: "archived"} {
		before := len(x.private(x.ada, channel))
		x.slash(x.ada, "watch", channel)
		contains(t, x.answered(x.ada, channel, before), want)
	}
}

func TestALeadWhoLeftDoesNotSilenceTheOthers(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *bot.Options) { o.Leads = []string{"U0TOM0001", "U0ADA0001"} })
	x.slash(x.ada, "watch quiet", lounge)
	x.tom.Deactivate()
	x.mei.Post(lounge, furious)
	if got := x.said(1)[0]; got.Channel != x.ada.DMChannel() {
		t.Errorf("told %s, want the lead who is still there", got.Channel)
	}
}

func TestAnAuthorWhoLeftIsRecordedAndNothingIsSaid(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.slash(x.ada, "watch private", lounge)
	x.sim.Faults().FailNext("conversations.open", 1, "user_disabled")
	x.tom.Post(lounge, furious)
	x.said(0)
	x.slash(x.ada, "why", lounge)
	contains(t, x.whispers(x.ada, lounge, 2)[1].Text, "did not accept")
}

func TestATokenRevokedInTheMiddleKeepsTheWorkForTheNextStart(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.sim.Faults().FailNext("chat.postMessage", 1, "token_revoked")
	ts := x.tom.Post(watched, furious)
	if err := <-x.ended; !errors.Is(err, bot.ErrRevoked) {
		t.Fatalf("the bot ended with %v", err)
	}
	x.ended <- nil
	x.stop()
	x.start()
	if got := x.said(1)[0]; got.ThreadTS != ts {
		t.Errorf("answered in %q, want %q", got.ThreadTS, ts)
	}
}
