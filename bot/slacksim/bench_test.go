package slacksim_test

import (
	"context"
	"sync"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"coachbot/bot/slacksim"
)

// BenchmarkRoundTrip is the simulator's own share of a figure measured against
// it: a person posts, the event is delivered and acked, the app replies.
func BenchmarkRoundTrip(b *testing.B) {
	w := slacksim.New(slacksim.Options{NoRateLimits: true})
	srv := w.Start()
	defer srv.Close()
	mei := w.AddUser(slacksim.UserSpec{Name: "mei"})
	ch := w.AddChannel(slacksim.ChannelSpec{Name: "desk", Members: []string{mei.ID()}, WithBot: true})
	sm := socketmode.New(slack.New(w.BotToken(), slack.OptionAPIURL(srv.APIURL()), slack.OptionAppLevelToken(w.AppToken())))
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	wg.Go(func() { _ = sm.RunContext(ctx) })
	events := make(chan struct{}, 16)
	wg.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-sm.Events:
				if e.Type == socketmode.EventTypeEventsAPI {
					_ = sm.Ack(*e.Request)
					events <- struct{}{}
				}
			}
		}
	})
	if err := w.Wait(ctx, func() bool { return w.Connected() == 1 }); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		mei.Post(ch, "angry")
		<-events
		if _, _, err := sm.PostMessage(ch, slack.MsgOptionText("try this", false)); err != nil {
			b.Fatal(err)
		}
		<-events
	}
}
