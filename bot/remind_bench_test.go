package bot_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

// The load of BenchmarkReminders: what README's figure speaks of.
const (
	remindRequests = 1000
	remindChannels = 50
)

// BenchmarkReminders has 1,000 open requests in 50 channels come due in the same
// minute. Each is announced again once, at Slack's rate of one message a second
// and channel, so that 20 of a channel take at least 17 seconds after its burst:
//
//	go test ./bot -run '^$' -bench Reminders -benchtime 1x
func BenchmarkReminders(b *testing.B) {
	for range b.N {
		b.StopTimer()
		x := newWorld(b, quiet, func(o *bot.Options) { o.Team = store.Team{Remind: []time.Duration{time.Hour, 2 * time.Hour}} })
		x.askMany(b)
		posts := func() (list []slacksim.Message) {
			for _, m := range x.standing() {
				if m.IsReply() {
					list = append(list, m)
				}
			}
			return list
		}
		refused := x.limited()
		x.ahead.Add(int64(time.Hour + time.Minute))
		b.StartTimer()
		began := time.Now()
		x.app.Wake()
		x.until("every request is announced again", func() bool { return len(posts()) >= remindRequests })
		took := time.Since(began)
		b.StopTimer()
		x.settled()
		threads := map[string]int{}
		for _, m := range posts() {
			threads[m.Channel+m.ThreadTS]++
		}
		for thread, n := range threads {
			if n != 1 {
				b.Errorf("%s was announced %d times", thread, n)
			}
		}
		if len(threads) != remindRequests {
			b.Errorf("%d requests were announced, want %d", len(threads), remindRequests)
		}
		b.ReportMetric(took.Seconds(), "s")
		b.ReportMetric(float64(x.limited()-refused), "refused")
		b.ReportMetric(0, "ns/op")
		x.stop()
	}
}

// askMany opens the requests, and waits until each stands in its channel.
func (x *world) askMany(b *testing.B) {
	b.Helper()
	var asking sync.WaitGroup
	for i := range remindChannels {
		p := x.sim.AddUser(slacksim.UserSpec{ID: fmt.Sprintf("U0ASK%04d", i), Name: fmt.Sprint("asker", i)})
		channel := x.sim.AddChannel(slacksim.ChannelSpec{ID: fmt.Sprintf("C0ASK%04d", i), Name: fmt.Sprint("asks-", i), Members: []string{p.ID()}, WithBot: true})
		asking.Go(func() {
			for n := range remindRequests / remindChannels {
				if _, err := p.Slash(x.ctx, "/coach", fmt.Sprintf("ask Where does form %c%c%c belong?", 'a'+n, 'a'+i%26, 'a'+i/26), channel); err != nil {
					b.Errorf("ask: %v", err)
				}
			}
		})
	}
	asking.Wait()
	x.until("every request stands", func() bool { return len(x.standing()) >= remindRequests })
	x.settled()
}

// limited counts the calls that Slack refused as too many.
func (x *world) limited() (n int) {
	for _, c := range x.sim.Calls("chat.postMessage") {
		if c.Error == "ratelimited" {
			n++
		}
	}
	return n
}
