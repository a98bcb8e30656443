package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"coachbot/bot/slacksim"
)

// How long the crash test goes on, and its dice: go test ./cmd/coachbot -run Kill -crash.rounds 200 -crash.seed 7.
var (
	crashRounds = flag.Int("crash.rounds", 6, "how often the process is killed")
	crashSeed   = flag.Uint64("crash.seed", 0, "seed of the moments and the troubles; 0: a new one, which is printed")
)

// childMark makes this test's binary behave as the program, so that a real process can be killed.
const childMark = "COACHBOT_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(childMark) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

const (
	angry  = "> Three weeks! Nobody tells me anything. Where is my parcel?! This is a disgrace."
	angryZ = "客户说：三个星期了，快递到现在没到，打电话也没人管，你们太过分了！"
)

// site is a simulated workspace, and the program as a process beside it.
type site struct {
	t        *testing.T
	ctx      context.Context
	dice     *rand.Rand
	sim      *slacksim.Workspace
	ahead    atomic.Int64 // how far the workspace's clock is before the real one
	people   []*slacksim.Person
	channels []string
	env      []string
	health   string
	log      lockedBuffer
	process  *exec.Cmd
	posted   map[string]string // timestamp of each case to its channel
}

// TestKilledAtAnyMomentNothingIsLostOrDoubled kills the process at random
// moments, with the network's own troubles mixed in. In the end every case has
// one answer, and the store is whole.
func TestKilledAtAnyMomentNothingIsLostOrDoubled(t *testing.T) {
	seed := *crashSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-crash.seed %d -crash.rounds %d", seed, *crashRounds)
	x := newSite(t, seed, 12+*crashRounds/2)
	x.start()
	x.until("connected and caught up", x.ready) // from here on the bot has to answer for every message
	for range *crashRounds {
		x.trouble()
		x.postSome()
		x.letItRun()
		x.kill()
		if x.dice.IntN(2) == 0 {
			x.postSome() // while nobody listens
		}
		x.start()
	}
	x.until("caught up after the last start", x.ready)
	x.until("an answer to each case", func() bool { return len(x.unanswered()) == 0 })
	x.lateRetries()
	x.storeIsWhole()
	x.eachAnsweredOnce()
}

func newSite(t *testing.T, seed uint64, channels int) *site {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute+time.Duration(*crashRounds)*20*time.Second) // a process under the race detector starts slowly beside others
	x := &site{t: t, ctx: ctx, dice: rand.New(rand.NewPCG(seed, seed)), posted: map[string]string{}}
	// The limits of Slack's Web API have tests of their own; here they would only slow the restarts down.
	x.sim = slacksim.New(slacksim.Options{NoRateLimits: true,
		Now: func() time.Time { return time.Now().Add(time.Duration(x.ahead.Load())) }})
	server := x.sim.Start()
	t.Cleanup(func() {
		x.end()
		server.Close()
		cancel()
		if t.Failed() {
			t.Logf("the program's log ends:\n%s", x.log.tail(6000))
		}
	})
	var members []string
	for i, name := range []string{"mei", "tom", "ada"} {
		p := x.sim.AddUser(slacksim.UserSpec{ID: fmt.Sprintf("U0PEOPLE%d", i), Name: name})
		x.people, members = append(x.people, p), append(members, p.ID())
	}
	for i := range channels {
		x.channels = append(x.channels, x.sim.AddChannel(slacksim.ChannelSpec{ID: fmt.Sprintf("C0DESK%04d", i),
			Name: fmt.Sprintf("desk-%d", i), Members: members, WithBot: true}))
	}
	x.health = freeAddress(t)
	x.env = []string{childMark + "=1", "SLACK_BOT_TOKEN=" + x.sim.BotToken(), "SLACK_APP_TOKEN=" + x.sim.AppToken(),
		"SLACK_API_URL=" + server.APIURL(), "COACH_STORE=bolt:" + filepath.Join(t.TempDir(), "coach.db"),
		"COACH_ESCALATION_CHANNELS=" + strings.Join(x.channels, ","), "COACH_HTTP_ADDR=" + x.health}
	return x
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start runs the program as a process of its own.
func (x *site) start() {
	x.t.Helper()
	x.process = exec.Command(os.Args[0], "serve")
	x.process.Env = x.env
	x.process.Stderr = &x.log
	if err := x.process.Start(); err != nil {
		x.t.Fatal(err)
	}
}

// kill ends the process as a power cut would: it learns nothing of it.
func (x *site) kill() {
	x.t.Helper()
	if err := x.process.Process.Kill(); err != nil {
		x.t.Fatalf("the process ended by itself: %v", err)
	}
	var exit *exec.ExitError
	err := x.process.Wait()
	if !errors.As(err, &exit) || exit.ExitCode() != -1 {
		x.t.Fatalf("the process ended with %v before it was killed", err)
	}
	x.process = nil
}

// end leaves no process behind, whatever happened to the test.
func (x *site) end() {
	if x.process != nil {
		_ = x.process.Process.Kill()
		_ = x.process.Wait()
		x.process = nil
	}
}

// terminate asks the process to end in order.
func (x *site) terminate() {
	x.t.Helper()
	since := time.Now()
	_ = x.process.Process.Signal(syscall.SIGTERM)
	if err := x.process.Wait(); err != nil {
		x.t.Errorf("after SIGTERM the process ended with %v, want exit status 0", err)
	}
	x.process = nil
	if took := time.Since(since); took > 10*time.Second {
		x.t.Errorf("the drain took %v, want at most 10s", took)
	}
}

func (x *site) ready() bool {
	client := &http.Client{Timeout: time.Second}
	resp, err := client.Get("http://" + x.health + "/readyz")
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// trouble prepares something that goes wrong on the way during the next moments.
func (x *site) trouble() {
	f := x.sim.Faults()
	switch x.dice.IntN(7) {
	case 0:
		f.DuplicateNext(1 + x.dice.IntN(3))
	case 1:
		f.LoseAnswer("chat.postMessage", 1+x.dice.IntN(2))
	case 2:
		f.DropConnections()
	case 3:
		f.ReorderNext(2)
	case 4:
		f.BreakNext("chat.postMessage", 1, http.StatusServiceUnavailable)
	case 5:
		f.BreakNext("conversations.replies", 1, http.StatusBadGateway)
	}
}

func (x *site) postSome() {
	for range 2 + x.dice.IntN(2) {
		channel := x.channels[x.dice.IntN(len(x.channels))]
		text := []string{angry, angryZ}[x.dice.IntN(2)]
		ts := x.people[x.dice.IntN(len(x.people))].Post(channel, text)
		x.posted[ts+" "+channel] = channel
	}
}

// letItRun waits for the moment of the kill: some time after the start, while
// it may still be reading its playbooks, or as soon as it said something (its
// record of that is then still to be written).
func (x *site) letItRun() {
	pause := time.Duration(x.dice.IntN(400)) * time.Millisecond
	if x.dice.IntN(3) > 0 {
		moment, cancel := context.WithTimeout(x.ctx, 2*time.Second)
		defer cancel()
		target := len(x.sim.Calls("chat.postMessage")) + 1 + x.dice.IntN(3)
		_ = x.sim.Wait(moment, func() bool { return len(x.sim.Calls("chat.postMessage")) >= target })
		pause = time.Duration(x.dice.IntN(3000)) * time.Microsecond
	}
	time.Sleep(pause)
}

// lateRetries lets the workspace's clock run on until every retry of what was
// not acknowledged has come.
func (x *site) lateRetries() {
	x.t.Helper()
	for range 3 {
		x.ahead.Add(int64(6 * time.Minute))
		x.sim.Tick()
		x.until("all deliveries are acknowledged", func() bool { return x.sim.Unacked() == 0 })
	}
}

// replies are the bot's answers in the thread of a message.
func (x *site) replies(channel, ts string) (list []slacksim.Message) {
	for _, m := range x.sim.BotMessages() {
		if m.Channel == channel && m.ThreadTS == ts {
			list = append(list, m)
		}
	}
	return list
}

func (x *site) unanswered() (list []string) {
	for key, channel := range x.posted {
		ts, _, _ := strings.Cut(key, " ")
		if len(x.replies(channel, ts)) == 0 {
			list = append(list, key)
		}
	}
	return list
}

func (x *site) eachAnsweredOnce() {
	x.t.Helper()
	for key, channel := range x.posted {
		ts, _, _ := strings.Cut(key, " ")
		if got := len(x.replies(channel, ts)); got != 1 {
			x.t.Errorf("case %s in %s has %d answers, want 1", ts, channel, got)
		}
	}
	if got, want := len(x.sim.BotMessages()), len(x.posted); got != want {
		x.t.Errorf("the bot said %d things, want %d: one to each case", got, want)
	}
	x.t.Logf("%d kills, %d cases, %d deliveries, %d calls of chat.postMessage", *crashRounds, len(x.posted),
		len(x.sim.Deliveries()), len(x.sim.Calls("chat.postMessage")))
}

// storeIsWhole ends the program in order and asks it about its store. A drain may
// leave a job for later, such as one whose call had no answer: then it gets its later.
func (x *site) storeIsWhole() {
	x.t.Helper()
	records := fmt.Sprintf("ok: %d cases, %d posts, ", len(x.posted), len(x.posted))
	for {
		x.terminate()
		check := exec.CommandContext(x.ctx, os.Args[0], "store", "check")
		check.Env = x.env
		out, err := check.CombinedOutput()
		if string(out) == records+"0 jobs waiting, 0 given up\n" && err == nil {
			return
		}
		if err != nil || !strings.HasPrefix(string(out), records) || !strings.HasSuffix(string(out), " jobs waiting, 0 given up\n") {
			x.t.Fatalf("store check: %q, %v; want %q and no job given up", out, err, records)
		}
		x.start()
		x.until("caught up once more", x.ready)
		time.Sleep(time.Second) // jobs are tried again after a second or more
	}
}

// until waits for what the simulated workspace does not announce.
func (x *site) until(what string, cond func() bool) {
	x.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case <-x.ctx.Done():
			x.t.Fatalf("never: %s; unanswered: %q", what, x.unanswered())
		case <-tick.C:
		}
	}
}

// lockedBuffer is written by a process's output and read by the test.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) tail(n int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.b.String()
	return s[max(0, len(s)-n):]
}
