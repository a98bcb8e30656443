package router

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// Waits between tries to connect. The longest keeps the bot within 15 seconds of
// Slack's return; slack-go's own would grow to 5 minutes.
const (
	firstWait = 200 * time.Millisecond
	longWait  = 8 * time.Second
)

// SocketOptions configure a Socket Mode receiver. API, Handler and Log are required.
type SocketOptions struct {
	API       *slack.Client // with the app-level token
	Handler   Handler
	OnConnect func(ctx context.Context) // after each connection, in a goroutine that Run waits for
	Log       *slog.Logger
	Now       func() time.Time
	Silence   time.Duration // a connection on which Slack pings no more for this long is replaced; 0: 30 s, slack-go's own limit
	Seed      uint64        // of the jitter between tries
}

// Socket is the Socket Mode receiver.
type Socket struct {
	o         SocketOptions
	rand      *rand.Rand
	connected atomic.Bool
	count     atomic.Int64 // of connections
	last      atomic.Int64 // unix nanoseconds
	after     sync.WaitGroup
}

// NewSocket returns a receiver that Run starts.
func NewSocket(o SocketOptions) *Socket {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Silence <= 0 {
		o.Silence = 30 * time.Second
	}
	return &Socket{o: o, rand: rand.New(rand.NewPCG(o.Seed, 1))}
}

// Connected reports whether a connection stands now.
func (s *Socket) Connected() bool { return s.connected.Load() }

// Connections is how many connections there were, the one that stands among them. A
// connection is counted before anything that it delivers is handed over.
func (s *Socket) Connections() int64 { return s.count.Load() }

// LastReceived is when the last delivery came; zero before the first.
func (s *Socket) LastReceived() time.Time {
	if n := s.last.Load(); n != 0 {
		return time.Unix(0, n)
	}
	return time.Time{}
}

// Run receives until ctx ends and then returns nil; what was taken is answered
// first. It returns a *FinalError when Slack refuses for good.
func (s *Socket) Run(ctx context.Context) error {
	defer s.after.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // what began after a connection ends with the last one
	wait := firstWait
	for {
		began := s.o.Now()
		err := s.connection(ctx)
		s.connected.Store(false)
		if ctx.Err() != nil {
			return nil
		}
		if f := final(err); f != nil {
			return f
		}
		if s.o.Now().Sub(began) > longWait {
			wait = firstWait
		}
		pause := wait + time.Duration(s.rand.Int64N(int64(wait)/4+1))
		s.o.Log.Warn("no connection to Slack", "cause", err, "again_in", pause.Round(time.Millisecond))
		if !sleep(ctx, pause) {
			return nil
		}
		wait = min(2*wait, longWait)
	}
}

// connection runs one client until its first failure to connect, so that the
// waits between tries are ours. slack-go replaces a dropped or deaf connection itself.
func (s *Socket) connection(ctx context.Context) error {
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	client := socketmode.New(s.o.API, socketmode.OptionPingInterval(s.o.Silence))
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(run) }()
	defer func() {
		cancel()
		drain(client.Events, ended)
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-ended:
			ended <- err
			if err == nil {
				err = errors.New("the connection ended")
			}
			return err
		case e := <-client.Events:
			if err := s.event(ctx, client, e); err != nil {
				return err
			}
		}
	}
}

// drain waits for the client to end, reading what it still wants to say.
func drain(events <-chan socketmode.Event, ended <-chan error) {
	for {
		select {
		case <-events:
		case <-ended:
			return
		}
	}
}

func (s *Socket) event(ctx context.Context, client *socketmode.Client, e socketmode.Event) error {
	switch e.Type {
	case socketmode.EventTypeConnected:
		s.count.Add(1)
		s.connected.Store(true)
		s.o.Log.Info("connected to Slack")
		if s.o.OnConnect != nil {
			s.after.Go(func() { s.o.OnConnect(ctx) })
		}
	case socketmode.EventTypeConnecting, socketmode.EventTypeIncomingError:
		s.connected.Store(false)
	case socketmode.EventTypeInvalidAuth:
		return errors.New("invalid_auth")
	case socketmode.EventTypeConnectionError:
		s.connected.Store(false)
		if data, ok := e.Data.(*slack.ConnectionErrorEvent); ok {
			return data.ErrorObj
		}
		return errors.New("no connection")
	default:
		return s.batch(ctx, client, e)
	}
	return nil
}

// batch gathers what has come meanwhile, so that one commit stores it all.
func (s *Socket) batch(ctx context.Context, client *socketmode.Client, e socketmode.Event) error {
	var held *socketmode.Event
	var deliveries []Delivery
	for held == nil {
		d, ok := s.delivery(e)
		if ok {
			deliveries = append(deliveries, d)
		}
		if len(deliveries) == MaxBatch {
			break
		}
		select {
		case next := <-client.Events:
			if carries(next) {
				e = next
			} else {
				held = &next
			}
			continue
		default:
		}
		break
	}
	s.answer(ctx, client, deliveries)
	if held != nil {
		return s.event(ctx, client, *held)
	}
	return nil
}

func carries(e socketmode.Event) bool {
	return e.Request != nil || e.Type == socketmode.EventTypeErrorBadMessage
}

// delivery takes the raw payload of an event. One that slack-go could not parse
// (a block of an unknown shape is enough) is read here from its envelope.
func (s *Socket) delivery(e socketmode.Event) (Delivery, bool) {
	req := e.Request
	if e.Type == socketmode.EventTypeErrorBadMessage {
		bad, ok := e.Data.(*socketmode.ErrorBadMessage)
		if !ok {
			return Delivery{}, false
		}
		req = new(socketmode.Request)
		if json.Unmarshal(bad.Message, req) != nil || req.EnvelopeID == "" {
			s.o.Log.Warn("an envelope from Slack could not be read", "bytes", len(bad.Message))
			return Delivery{}, false
		}
		s.o.Log.Debug("an envelope of unknown shape is read as it is", "type", req.Type, "envelope", req.EnvelopeID)
	}
	if req == nil || req.EnvelopeID == "" {
		return Delivery{}, false
	}
	now := s.o.Now()
	s.last.Store(now.UnixNano())
	return Delivery{Type: req.Type, Payload: req.Payload, EnvelopeID: req.EnvelopeID,
		RetryAttempt: req.RetryAttempt, RetryReason: req.RetryReason, At: now}, true
}

// answer calls the handler and acknowledges what it took.
func (s *Socket) answer(ctx context.Context, client *socketmode.Client, batch []Delivery) {
	if len(batch) == 0 {
		return
	}
	answers, err := s.call(context.WithoutCancel(ctx), batch)
	if err != nil {
		s.o.Log.Error("deliveries were not taken; Slack will send them again", "count", len(batch), "cause", err)
		return
	}
	for i, a := range answers {
		if a.Err != nil {
			s.o.Log.Error("a delivery was not taken; Slack will send it again", "type", batch[i].Type, "envelope", batch[i].EnvelopeID, "cause", a.Err)
			continue
		}
		s.ack(ctx, client, batch[i].EnvelopeID, a.Payload)
	}
}

func (s *Socket) ack(ctx context.Context, client *socketmode.Client, envelope string, payload any) {
	send, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	err := client.AckCtx(send, envelope, payload)
	if err != nil && payload != nil {
		s.o.Log.Error("an answer could not go with its acknowledgement", "envelope", envelope, "cause", err)
		err = client.AckCtx(send, envelope, nil)
	}
	if err != nil {
		s.o.Log.Warn("no acknowledgement; Slack will deliver again", "envelope", envelope, "cause", err)
	}
}

// call runs the handler; its panic costs this batch, not the process.
func (s *Socket) call(ctx context.Context, batch []Delivery) (answers []Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	answers = s.o.Handler(ctx, batch)
	if len(answers) != len(batch) {
		return nil, fmt.Errorf("%d answers to %d deliveries", len(answers), len(batch))
	}
	return answers, nil
}

func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
