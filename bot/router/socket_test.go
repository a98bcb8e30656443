package router_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/router"
	"coachbot/bot/slacksim"
)

// desk is a workspace with a receiver connected to it that keeps what it is handed.
type desk struct {
	t      *testing.T
	ctx    context.Context
	sim    *slacksim.Workspace
	tom    *slacksim.Person
	socket *router.Socket
	ended  chan error
	stop   context.CancelFunc
	refuse atomic.Bool  // the handler returns errors
	denied atomic.Int32 // deliveries for which it did
	met    atomic.Int32 // connections

	mu    sync.Mutex
	taken []router.Delivery
}

func newDesk(t *testing.T, change func(*router.SocketOptions), token string) *desk {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	d := &desk{t: t, ctx: ctx, sim: slacksim.New(slacksim.Options{PingEvery: 50 * time.Millisecond}), ended: make(chan error, 1)}
	server := d.sim.Start()
	t.Cleanup(server.Close)
	d.tom = d.sim.AddUser(slacksim.UserSpec{ID: "U0TOM0001", Name: "tom"})
	d.sim.AddChannel(slacksim.ChannelSpec{ID: "C0DESK0001", Name: "desk", Members: []string{"U0TOM0001"}, WithBot: true})
	if token == "" {
		token = d.sim.AppToken()
	}
	api := slack.New(d.sim.BotToken(), slack.OptionAPIURL(server.APIURL()), slack.OptionAppLevelToken(token))
	o := router.SocketOptions{API: api, Handler: d.handle, OnConnect: func(context.Context) { d.met.Add(1) },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Seed: 1}
	if change != nil {
		change(&o)
	}
	d.socket = router.NewSocket(o)
	run, stop := context.WithCancel(ctx)
	d.stop = stop
	go func() { d.ended <- d.socket.Run(run) }()
	t.Cleanup(func() {
		stop()
		select {
		case <-d.ended:
		case <-ctx.Done():
		}
	})
	return d
}

func (d *desk) handle(_ context.Context, batch []router.Delivery) []router.Answer {
	answers := make([]router.Answer, len(batch))
	if d.refuse.Load() {
		d.denied.Add(int32(len(batch)))
		for i := range answers {
			answers[i].Err = errors.New("disk full")
		}
		return answers
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken = append(d.taken, batch...)
	return answers
}

// has reports whether some delivery holds the text.
func (d *desk) has(text string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, x := range d.taken {
		if strings.Contains(string(x.Payload), text) {
			return true
		}
	}
	return false
}

func (d *desk) until(what string, cond func() bool) {
	d.t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case <-tick.C:
		case <-d.ctx.Done():
			d.t.Fatalf("never: %s", what)
		}
	}
}

// heard posts and waits for the delivery and its acknowledgement.
func (d *desk) heard(text string) {
	d.t.Helper()
	d.tom.Post("C0DESK0001", text)
	d.until(text+" is delivered", func() bool { return d.has(text) })
	d.until(text+" is acknowledged", func() bool { return d.sim.Unacked() == 0 })
}

func TestDeliveriesAreHandedOverAndAcknowledged(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil, "")
	d.until("connected", d.socket.Connected)
	d.heard("hello desk")
	if d.socket.LastReceived().IsZero() {
		t.Error("nothing was received, says the receiver")
	}
	if v := d.sim.Violations(); len(v) > 0 {
		t.Errorf("violations %v", v)
	}
	d.stop()
	if err := <-d.ended; err != nil {
		t.Errorf("a drain ends with %v", err)
	}
	d.ended <- nil
}

func TestTheConnectionComesBack(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*slacksim.Faults){
		"dropped":           func(f *slacksim.Faults) { f.DropConnections() },
		"refused":           func(f *slacksim.Faults) { f.RefuseConnections(2); f.DropConnections() },
		"deaf":              func(f *slacksim.Faults) { f.Deafen() },
		"refresh requested": func(f *slacksim.Faults) { f.Disconnect("refresh_requested") },
		"an outage":         func(f *slacksim.Faults) { over := f.Outage(); over() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, func(o *router.SocketOptions) { o.Silence = 300 * time.Millisecond }, "")
			d.until("connected", func() bool { return d.met.Load() == 1 })
			d.heard("before")
			trouble(d.sim.Faults())
			d.until("connected again", func() bool { return d.met.Load() >= 2 && d.socket.Connected() })
			d.heard("after")
		})
	}
}

func TestBrokenEnvelopesHarmNobodyElse(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil, "")
	d.until("connected", d.socket.Connected)
	f := d.sim.Faults()
	f.SendRaw(`{"type":"events_api","envelope_id":`)
	f.SendRaw(`"just words"`)
	f.SendRaw(`{"type":"unheard_of","payload":{}}`)
	f.SendEvent(map[string]any{"type": "message", "channel": "C0DESK0001", "ts": "1.1", "text": "odd blocks", "blocks": []any{map[string]any{"type": 7}}})
	d.until("the event with a block of no known shape", func() bool { return d.has("odd blocks") })
	d.heard("still here")
}

func TestWhatIsNotTakenIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil, "")
	d.until("connected", d.socket.Connected)
	d.refuse.Store(true)
	d.tom.Post("C0DESK0001", "no room")
	d.until("delivered again by Slack, and not taken again", func() bool { return d.denied.Load() >= 2 })
	d.refuse.Store(false)
	d.tom.Post("C0DESK0001", "there is room")
	d.until("the next one taken", func() bool { return d.has("there is room") })
	d.until("only the next one acknowledged", func() bool { return d.sim.Unacked() == 1 })
}

// When Slack refuses for good, what began after a connection ends too: nobody waits for
// what Slack will not answer any more.
func TestTheEndEndsWhatAConnectionBegan(t *testing.T) {
	t.Parallel()
	began := make(chan struct{}, 1)
	d := newDesk(t, func(o *router.SocketOptions) {
		o.OnConnect = func(ctx context.Context) {
			began <- struct{}{}
			<-ctx.Done()
		}
	}, "")
	<-began
	d.sim.Faults().Uninstall()
	d.sim.Faults().DropConnections()
	select {
	case err := <-d.ended:
		var final *router.FinalError
		if !errors.As(err, &final) {
			t.Errorf("got %v, want a final error", err)
		}
		d.ended <- nil
	case <-d.ctx.Done():
		t.Error("it never ends")
	}
}

func TestAWrongTokenIsFinal(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil, "xapp-wrong")
	var final *router.FinalError
	if err := <-d.ended; !errors.As(err, &final) || !strings.Contains(err.Error(), "SLACK_APP_TOKEN") {
		t.Errorf("got %v, want a final error that names the token", err)
	}
	d.ended <- nil
}
