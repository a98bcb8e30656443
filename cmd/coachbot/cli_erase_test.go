package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coachbot/store"
	"coachbot/store/bolt"
)

// tracedStore has two customers: one with a case, a promise, a request, a card, a post, evidence, a decision and a job.
func tracedStore(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "coach.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	if err := s.Put(t.Context(), store.Record{Installation: &store.Installation{Workspace: "T0", Bot: "B0", URL: "https://acme.slack.com/", SeenAt: at}}); err != nil {
		t.Fatal(err)
	}
	for _, w := range []struct{ ts, who, order string }{{"1795600800.000100", "Ms Li", "…4417"}, {"1795600801.000100", "Mr Wu", "…9920"}} {
		id := store.CaseID("T0", "C0DESK", w.ts)
		err := s.Put(t.Context(),
			store.Record{Case: &store.Case{ID: id, Workspace: "T0", Channel: "C0DESK", TS: w.ts, Thread: w.ts, Text: "Order " + w.order + " never came", State: store.CaseOpen, OpenedAt: at}},
			store.Record{Evidence: &store.Evidence{ID: "e" + w.ts, Workspace: "T0", Case: id, Kind: "used", At: at}},
			store.Record{Decision: &store.Decision{Workspace: "T0", Channel: "C0DESK", TS: w.ts, Reason: "spoke", At: at}},
			store.Record{Post: &store.Post{Key: "card:" + id, Workspace: "T0", Channel: "C0DESK", TS: "9" + w.ts, Case: id, ClaimedAt: at}},
			store.Record{Post: &store.Post{Key: "reminder:" + w.ts, Workspace: "T0", Channel: "D0TOM", TS: "8" + w.ts, ClaimedAt: at}},
			store.Record{Promise: &store.Promise{ID: "p" + w.ts, Workspace: "T0", Owner: "U1", Case: id, Posts: []string{"reminder:" + w.ts}, What: "call " + w.who + " back", State: store.PromiseOpen, DueAt: at, MadeAt: at}},
			store.Record{HelpRequest: &store.HelpRequest{ID: "h" + w.ts, Workspace: "T0", Asker: "U1", Case: id, Kind: store.HelpPeers, Urgency: store.UrgencyLow, State: store.HelpOpen, OpenedAt: at}},
			store.Record{KnowledgeCard: &store.KnowledgeCard{ID: "k" + w.ts, Workspace: "T0", Author: "U1", Words: "w", Request: "h" + w.ts, State: store.CardLive, CreatedAt: at}},
			store.Record{Job: &store.Job{ID: "m" + w.ts, Lane: "l", Kind: "message", Payload: []byte(`{"channel":"C0DESK","ts":"9.9","thread":"` + w.ts + `","text":"still nothing"}`), At: at}},
			store.Record{Job: &store.Job{ID: "j" + w.ts, Lane: "l", Kind: "remind", Payload: []byte(`{"promise":"p` + w.ts + `"}`), At: at}})
		if err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func TestEraseOneCustomer(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"by order number": {"--find", "88214417"},
		"by link":         {"https://acme.slack.com/archives/C0DESK/p1795600800000100"},
		"by id":           {"T0.C0DESK.1795600800.000100"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := tracedStore(t)
			r := command(t, storeEnv(path), "", append([]string{"erase"}, args...)...)
			r.done(t)
			if !strings.Contains(r.out, "10 records would be removed") {
				t.Errorf("got %s", r.out)
			}
			r = command(t, storeEnv(path), "", append([]string{"erase", "--yes"}, args...)...)
			r.done(t)
			if !strings.Contains(r.out, "ok: 10 records removed") {
				t.Errorf("got %s", r.out)
			}
			for _, link := range []string{"C0DESK/p91795600800000100", "D0TOM/p81795600800000100"} {
				if want := "still in Slack, delete it there: https://acme.slack.com/archives/" + link + "\n"; !strings.Contains(r.out, want) {
					t.Errorf("got %s, want %s", r.out, want)
				}
			}
			s, err := bolt.Open(path, bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			st, err := s.Stats(t.Context())
			if want := (store.Stats{Jobs: 2, Keys: 4, Cases: 1, Posts: 2, Installations: 1, Decisions: 1, Evidence: 1, HelpRequests: 1, KnowledgeCards: 1, Promises: 1}); err != nil || st != want {
				t.Errorf("left %+v, %v", st, err)
			}
		})
	}
}

// What hangs on a case by a link, what somebody knows of it from drills, and words in the
// less used fields go with it; where else its words may stand is said.
func TestEraseWhatIsLinked(t *testing.T) {
	t.Parallel()
	path := tracedStore(t)
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	card := func(id, source string) store.Record {
		return store.Record{KnowledgeCard: &store.KnowledgeCard{ID: id, Workspace: "T0", Author: "U1", Lang: "en", Scenario: "late-delivery", Words: "w", Source: source,
			AcceptedAt: at, State: store.CardLive, CreatedAt: at}}
	}
	err = s.Put(t.Context(), card("kept", "https://acme.slack.com/archives/C0DESK/p1795600800000100"),
		card("in its thread", "https://acme.slack.com/archives/C0DESK/p1795600900000200?thread_ts=1795600800.000100&cid=C0DESK"),
		card("another's", "https://acme.slack.com/archives/C0DESK/p1795600801000100"),
		store.Record{HelpRequest: &store.HelpRequest{ID: "asked", Workspace: "T0", Asker: "U1", Link: "https://acme.slack.com/archives/C0DESK/p1795600800000100", Kind: store.HelpPeers,
			Urgency: store.UrgencyLow, State: store.HelpOpen, OpenedAt: at}},
		store.Record{Promise: &store.Promise{ID: "said", Workspace: "T0", Owner: "U1", What: "call", When: "when order …4417 is there", State: store.PromiseOpen, DueAt: at, MadeAt: at}},
		store.Record{Person: &store.Person{Workspace: "T0", ID: "U1", UpdatedAt: at, Drills: []store.DrillMemory{{ID: "d0", DueAt: at},
			{ID: "d1", Case: "T0.C0DESK.1795600800.000100", DueAt: at}, {ID: "d2", Case: "T0.C0DESK.1795600801.000100", DueAt: at}}}})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	r := command(t, storeEnv(path), "", "erase", "--yes", "--find", "88214417")
	r.done(t)
	if !strings.Contains(r.out, "ok: 15 records removed") || !strings.Contains(r.out, "drill of U1\n") || strings.Count(r.out, "accepted/en/late-delivery.md") != 2 {
		t.Errorf("got %s", r.out)
	}
	if s, err = bolt.Open(path, bolt.Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	who, err := s.Person(t.Context(), "T0", "U1")
	if err != nil || len(who.Drills) != 2 || who.Drills[1].ID != "d2" {
		t.Errorf("left %+v, %v", who.Drills, err)
	}
	if _, err := s.KnowledgeCard(t.Context(), "another's"); err != nil {
		t.Errorf("another customer's card: %v", err)
	}
}

// An id that is empty, of a variable that is not set say, means nothing, not all that has none.
func TestEraseNothing(t *testing.T) {
	t.Parallel()
	path := tracedStore(t)
	command(t, storeEnv(path), "", "erase", "--yes", "").refused(t, "--find")
	r := command(t, storeEnv(path), "", "erase", "--yes", "", "no-such-id")
	r.done(t)
	if !strings.Contains(r.out, "ok: 0 records removed") {
		t.Errorf("got %s", r.out)
	}
}

func TestExportFindsACustomer(t *testing.T) {
	t.Parallel()
	path := tracedStore(t)
	r := command(t, storeEnv(path), "", "export", "--find", "Ms Li")
	r.done(t)
	if lines := strings.Split(strings.TrimSpace(r.out), "\n"); len(lines) != 1 || !strings.Contains(lines[0], `"kind":"promise"`) || strings.Contains(r.out, "Li back") {
		t.Errorf("got %s", r.out)
	}
	command(t, storeEnv(path), "", "erase").refused(t, "--find")
}

// While the bot runs it erases itself: the same answer, the other customers stay, and it goes on.
func TestEraseWhileTheBotRuns(t *testing.T) {
	x := newSite(t, 1, 1)
	x.start()
	x.until("connected and caught up", x.ready)
	desk := x.channels[0]
	for i, order := range []string{"88214417", "70119920"} {
		x.posted[x.people[i].Post(desk, "> Order "+order+" never came, three weeks, nobody calls me back! This is a disgrace!")+" "+desk] = desk
	}
	x.until("an answer to each case", func() bool { return len(x.unanswered()) == 0 })
	r := command(t, x.env, "", "erase", "--find", "88214417")
	r.done(t)
	if !strings.Contains(r.out, "case ") || !strings.Contains(r.out, "post card:") || !strings.Contains(r.out, "records would be removed") {
		t.Errorf("got %s", r.out)
	}
	command(t, x.env, "", "erase").refused(t, "--find")
	r = command(t, x.env, "", "erase", "--yes", "--find", "88214417")
	r.done(t)
	if !strings.Contains(r.out, "ok: ") || strings.Count(r.out, "still in Slack") != 1 {
		t.Errorf("got %s", r.out)
	}
	r = command(t, x.env, "", "erase", "--find", "88214417")
	r.done(t)
	if !strings.HasPrefix(r.out, "0 records would be removed") {
		t.Errorf("left: %s", r.out)
	}
	r = command(t, x.env, "", "erase", "--find", "70119920")
	r.done(t)
	if !strings.Contains(r.out, "case ") {
		t.Errorf("the other customer is gone: %s", r.out)
	}
	command(t, x.env, "", "teams").done(t)
	x.posted[x.people[2].Post(desk, angry)+" "+desk] = desk
	x.until("an answer to the new case", func() bool { return len(x.unanswered()) == 0 })
	x.terminate()
	if r := command(t, x.env, "", "store", "check"); r.code != exitDone || !strings.HasPrefix(r.out, "ok: 2 cases, 2 posts") {
		t.Errorf("the store afterwards: %+v", r)
	}
}

// breaking is a store whose process dies at its nth removal.
type breaking struct {
	store.Store
	left int
}

func (b *breaking) Delete(ctx context.Context, records ...store.Record) error {
	if b.left--; b.left < 0 {
		return errors.New("the machine lost its power")
	}
	return b.Store.Delete(ctx, records...)
}

// A removal that was cut short at any moment is done to the end by the same command.
func TestEraseCutShort(t *testing.T) {
	t.Parallel()
	for cut := range 4 {
		path := tracedStore(t)
		s, err := bolt.Open(path, bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
		for i := range 2*eraseBatch + 10 {
			p := &store.Post{Key: fmt.Sprintf("note:%d", i), Workspace: "T0", Channel: "C0DESK", Case: "T0.C0DESK.1795600800.000100", ClaimedAt: at}
			if err := s.Put(t.Context(), store.Record{Post: p}); err != nil {
				t.Fatal(err)
			}
		}
		p := &program{out: io.Discard}
		err = p.eraseTraces(t.Context(), &breaking{s, cut}, nil, "88214417", true)
		if (err == nil) != (cut == 3) {
			t.Errorf("cut at %d: %v", cut, err)
		}
		if err := p.eraseTraces(t.Context(), s, nil, "88214417", true); err != nil {
			t.Fatal(err)
		}
		st, err := s.Stats(t.Context())
		if want := (store.Stats{Jobs: 2, Keys: 4, Cases: 1, Posts: 2, Installations: 1, Decisions: 1, Evidence: 1, HelpRequests: 1, KnowledgeCards: 1, Promises: 1}); err != nil || st != want {
			t.Errorf("cut at %d: left %+v, %v", cut, st, err)
		}
	}
}

// A bot that dies while it erases for somebody does not look as if it were done.
func TestEraseByABotThatDies(t *testing.T) {
	t.Parallel()
	path := tracedStore(t)
	l, err := net.Listen("unix", socketOf("bolt:"+path))
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "case T0.C0DESK.1")
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	r := command(t, storeEnv(path), "", "erase", "--yes", "--find", "88214417")
	r.refused(t, "run the command again")
	if r.out != "case T0.C0DESK.1\n" {
		t.Errorf("what was done before is not told: %q", r.out)
	}
	server.Close()
	<-served
	command(t, storeEnv(path), "", "erase", "--yes", "--find", "88214417").done(t) // nobody listens: it is done here
}

// Commands that the contract keeps from a store in use are not done through the socket either.
func TestTheRunningBotDoesOnlyWhatItMay(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"export"}, {"serve"}, {"demo"}, {"store", "check"}, {}} {
		p := &program{in: strings.NewReader(""), out: io.Discard, err: io.Discard, running: &running{}}
		if code, message := p.execute(t.Context(), args); code != exitUsage || message == "" {
			t.Errorf("%v: %d %q", args, code, message)
		}
	}
}
