package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"coachbot/bot/slacksim"
)

// TestKilledInTheMiddleOfHelp kills the process while questions are asked and
// taken. What Slack was told is taken stands once: the request, and the line that
// brings its people together.
func TestKilledInTheMiddleOfHelp(t *testing.T) {
	seed := *crashSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-crash.seed %d -crash.rounds %d", seed, *crashRounds)
	x := newSite(t, seed, 3)
	x.start()
	x.until("connected and caught up", x.ready)
	asked, claimed := []string{}, []string{} // by words of their own; by channel and ts
	for round := range *crashRounds {
		for range 2 {
			words := x.question(round)
			if x.dice.IntN(3) == 0 {
				x.sim.Faults().LoseAnswer("chat.postMessage", 1)
			}
			if x.try(func(ctx context.Context) error {
				_, err := x.people[0].Slash(ctx, "/coach", "ask "+words, x.channels[x.dice.IntN(len(x.channels))])
				return err
			}) {
				asked = append(asked, words)
			}
		}
		for _, m := range x.shown() {
			if slices.Contains(m.ActionIDs(), "help_claim") {
				if x.try(func(ctx context.Context) error { return x.people[1].Click(ctx, m.Channel, m.TS, "help_claim") }) {
					claimed = append(claimed, m.Channel+" "+m.TS)
				}
				break
			}
		}
		x.letItRun()
		x.kill()
		x.start()
		x.until("caught up again", x.ready)
	}
	x.until("each question stands", func() bool { return len(x.notStanding(asked)) == 0 })
	x.until("each claim shows", func() bool { return len(x.unmet(claimed)) == 0 })
	x.terminate()
	for _, m := range x.shown() {
		for _, other := range x.shown() {
			if m.TS < other.TS && m.ThreadTS == "" && other.ThreadTS == "" && m.Text == other.Text {
				t.Errorf("%q stands twice", m.Text)
			}
		}
	}
	met := map[string]int{}
	for _, m := range x.shown() {
		if m.IsReply() {
			met[m.Channel+" "+m.ThreadTS]++
		}
	}
	for thread, n := range met {
		if n != 1 {
			t.Errorf("in thread %s the bot spoke %d times, want once", thread, n)
		}
	}
	t.Logf("%d kills, %d questions, %d claims", *crashRounds, len(asked), len(claimed))
}

// question is one that nobody asked before.
func (x *site) question(round int) string {
	nouns := []string{"lamp", "kettle", "sofa", "ticket", "router", "boiler", "passport", "violin", "mattress", "bicycle"}
	var words []string
	for range 4 {
		words = append(words, nouns[x.dice.IntN(len(nouns))]+fmt.Sprint(round, x.dice.IntN(10_000)))
	}
	return strings.Join(words, " ") + "?"
}

// try does what a person does, and says whether Slack was told that it is taken.
func (x *site) try(do func(context.Context) error) bool {
	ctx, cancel := context.WithTimeout(x.ctx, 3*time.Second)
	defer cancel()
	return do(ctx) == nil
}

// shown are the bot's messages that everybody sees.
func (x *site) shown() (list []slacksim.Message) {
	for _, m := range x.sim.BotMessages() {
		if m.EphemeralTo == "" && !m.Deleted && strings.HasPrefix(m.Channel, "C") {
			list = append(list, m)
		}
	}
	return list
}

// notStanding are the questions that do not stand yet.
func (x *site) notStanding(asked []string) (missing []string) {
	all := x.shown()
	for _, words := range asked {
		if !slices.ContainsFunc(all, func(m slacksim.Message) bool { return strings.Contains(m.Text, words) }) {
			missing = append(missing, words)
		}
	}
	return missing
}

// unmet are the claims whose thread is still silent.
func (x *site) unmet(claimed []string) (missing []string) {
	all := x.shown()
	for _, key := range claimed {
		if !slices.ContainsFunc(all, func(m slacksim.Message) bool { return m.IsReply() && m.Channel+" "+m.ThreadTS == key }) {
			missing = append(missing, key)
		}
	}
	return missing
}
