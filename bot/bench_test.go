package bot_test

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/llm"
	"coachbot/bot/llm/openai/script"
	"coachbot/bot/slacksim"
)

// The load of BenchmarkDelivery: what README's figures speak of.
const (
	benchRate     = 50 // messages a second
	benchChannels = 60
)

// BenchmarkDelivery measures from a message's delivery to the app to the moment
// its answer takes effect in the workspace, with the durable store, at a steady
// 50 messages a second over 60 channels. One iteration is one message:
//
//	go test ./bot -run '^$' -bench Delivery -benchtime 1000x
func BenchmarkDelivery(b *testing.B) {
	watch := []string{watched}
	x := newWorld(b, quiet, func(o *bot.Options) { o.Channels = watch })
	x.stop()
	watch = make([]string, benchChannels)
	for i := range watch {
		watch[i] = x.sim.AddChannel(slacksim.ChannelSpec{ID: fmt.Sprintf("C0LOAD%04d", i), Name: fmt.Sprintf("load-%d", i),
			Members: []string{x.mei.ID(), x.tom.ID()}, WithBot: true})
	}
	x.start()
	// A first message in each channel: from then on the bot knows who reads there.
	for _, c := range watch {
		x.tom.Post(c, furious)
	}
	x.said(benchChannels)
	before := len(x.sim.Calls("chat.postMessage"))
	tick := time.NewTicker(time.Second / benchRate)
	defer tick.Stop()
	b.ResetTimer()
	for n := range b.N {
		<-tick.C
		if n%2 == 0 {
			x.tom.Post(watch[n%benchChannels], furious)
		} else {
			x.mei.Post(watch[n%benchChannels], furiousZ)
		}
	}
	x.until("an answer to each message", func() bool { return len(x.sim.Calls("chat.postMessage")) >= before+b.N })
	b.StopTimer()
	took := latencies(b, x.sim, x.sim.Calls("chat.postMessage")[before:])
	if len(took) != b.N {
		b.Fatalf("%d of %d messages have an answer", len(took), b.N)
	}
	b.ReportMetric(milliseconds(took, 50), "p50_ms")
	b.ReportMetric(milliseconds(took, 99), "p99_ms")
	b.ReportMetric(milliseconds(took, 100), "max_ms")
	b.ReportMetric(0, "ns/op") // the pace is given: time a message says nothing
}

// latencies are from the delivery of the message that each post answers to the
// post, in the journals of the workspace, sorted.
func latencies(b *testing.B, sim *slacksim.Workspace, posts []slacksim.Call) (took []time.Duration) {
	b.Helper()
	sent := map[string]time.Time{}
	for _, d := range sim.Deliveries() {
		if at, ok := sent[d.Channel+d.TS]; d.Type == "message" && (!ok || d.SentAt.Before(at)) {
			sent[d.Channel+d.TS] = d.SentAt
		}
	}
	for _, c := range posts {
		at, ok := sent[c.Args["channel"]+c.Args["thread_ts"]]
		if !ok || !c.OK() {
			b.Fatalf("a post that answers no message: %v %s", c.Args["channel"], c.Error)
		}
		took = append(took, c.At.Sub(at))
	}
	slices.Sort(took)
	return took
}

// milliseconds is the p-th percentile of a sorted list.
func milliseconds(sorted []time.Duration, p int) float64 {
	return sorted[(len(sorted)-1)*p/100].Seconds() * 1000
}

func quiet(o *bot.Options) { o.Log = slog.New(slog.NewTextHandler(io.Discard, nil)) }

// BenchmarkStart measures from an existing store's opening to connected and
// caught up; making the engine from the playbooks is measured in bot/coach.
func BenchmarkStart(b *testing.B) {
	x := newWorldOf(b, slacksim.Options{NoRateLimits: true}, quiet) // nobody restarts a bot many times a minute
	for b.Loop() {
		x.stop()
		x.start()
	}
}

// BenchmarkCardBesideAI measures from a message to its card without an AI service,
// and with one that never answers: the playbook's card waits for nobody.
//
//	go test ./bot -run '^$' -bench CardBesideAI -benchtime 300x
func BenchmarkCardBesideAI(b *testing.B) {
	never := make(chan struct{})
	_, silent := withAI(b, llm.Limits{}, func(script.Question) script.Answer { return script.Answer{Hold: never} })
	for name, ai := range map[string]func(*bot.Options){"without": func(*bot.Options) {}, "silent": silent} {
		b.Run(name, func(b *testing.B) {
			watch := []string{watched}
			x := newWorld(b, quiet, ai, func(o *bot.Options) { o.Channels = watch })
			x.stop()
			watch = make([]string, benchChannels)
			for i := range watch {
				watch[i] = x.sim.AddChannel(slacksim.ChannelSpec{ID: fmt.Sprintf("C0LOAD%04d", i), Name: fmt.Sprintf("load-%d", i),
					Members: []string{x.mei.ID(), x.tom.ID()}, WithBot: true})
			}
			x.start()
			for _, c := range watch {
				x.tom.Post(c, furious)
			}
			x.until("the first cards", func() bool { return len(x.standing()) >= benchChannels })
			before := len(x.sim.Calls("chat.postMessage"))
			b.ResetTimer()
			for n := range b.N {
				x.tom.Post(watch[n%benchChannels], furious+fmt.Sprint(" ", n))
				x.until("its card", func() bool { return len(x.sim.Calls("chat.postMessage")) > before+n })
			}
			b.StopTimer()
			took := latencies(b, x.sim, x.sim.Calls("chat.postMessage")[before:])
			b.ReportMetric(milliseconds(took, 50), "p50_ms")
			b.ReportMetric(milliseconds(took, 99), "p99_ms")
		})
	}
}
