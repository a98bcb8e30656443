package main

import (
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
	for _, w := range []struct{ ts, who, order string }{{"1795600800.000100", "Ms Li", "…4417"}, {"1795600801.000100", "Mr Wu", "…9920"}} {
		id := store.CaseID("T0", "C0DESK", w.ts)
		err := s.Put(t.Context(),
			store.Record{Case: &store.Case{ID: id, Workspace: "T0", Channel: "C0DESK", TS: w.ts, Thread: w.ts, Text: "Order " + w.order + " never came", State: store.CaseOpen, OpenedAt: at}},
			store.Record{Evidence: &store.Evidence{ID: "e" + w.ts, Workspace: "T0", Case: id, Kind: "used", At: at}},
			store.Record{Decision: &store.Decision{Workspace: "T0", Channel: "C0DESK", TS: w.ts, Reason: "spoke", At: at}},
			store.Record{Post: &store.Post{Key: "card:" + id, Workspace: "T0", Channel: "C0DESK", TS: "9" + w.ts, Case: id, ClaimedAt: at}},
			store.Record{Promise: &store.Promise{ID: "p" + w.ts, Workspace: "T0", Owner: "U1", Case: id, What: "call " + w.who + " back", State: store.PromiseOpen, DueAt: at, MadeAt: at}},
			store.Record{HelpRequest: &store.HelpRequest{ID: "h" + w.ts, Workspace: "T0", Asker: "U1", Case: id, Kind: store.HelpPeers, Urgency: store.UrgencyLow, State: store.HelpOpen, OpenedAt: at}},
			store.Record{KnowledgeCard: &store.KnowledgeCard{ID: "k" + w.ts, Workspace: "T0", Author: "U1", Words: "w", Request: "h" + w.ts, State: store.CardLive, CreatedAt: at}},
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
			if !strings.Contains(r.out, "8 records would be removed") {
				t.Errorf("got %s", r.out)
			}
			r = command(t, storeEnv(path), "", append([]string{"erase", "--yes"}, args...)...)
			r.done(t)
			if !strings.Contains(r.out, "ok: 8 records removed") || !strings.Contains(r.out, "still in Slack") {
				t.Errorf("got %s", r.out)
			}
			s, err := bolt.Open(path, bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			st, err := s.Stats(t.Context())
			if want := (store.Stats{Jobs: 1, Keys: 2, Cases: 1, Posts: 1, Decisions: 1, Evidence: 1, HelpRequests: 1, KnowledgeCards: 1, Promises: 1}); err != nil || st != want {
				t.Errorf("left %+v, %v", st, err)
			}
		})
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
