package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"coachbot/store"
	"coachbot/store/bolt"
	"coachbot/store/storetest"
)

func open(t *testing.T) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "coachbot.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// fill puts records of every kind into a store, more than fit into one batch.
func fill(t *testing.T, s store.Store) store.Stats {
	t.Helper()
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var records []store.Record
	for i := range 300 {
		id := fmt.Sprintf("%03d", i)
		job := store.Job{ID: "job" + id, Lane: fmt.Sprint("lane", i%7), Kind: "k", Payload: make([]byte, 20_000), At: at, Attempt: i % 3}
		if i%10 == 0 {
			job.BuriedAt = at
		}
		records = append(records,
			store.Record{Job: &job},
			store.Record{Key: &store.Key{Key: "key" + id, At: at}},
			store.Record{Case: &store.Case{ID: id, Workspace: "T", Channel: "C", TS: id, State: store.CaseOpen, OpenedAt: at}},
			store.Record{Post: &store.Post{Key: id, Workspace: "T", Channel: "C", ClaimedAt: at}},
			store.Record{Decision: &store.Decision{Workspace: "T", Channel: "C", TS: id, Reason: "case", At: at}},
			store.Record{Evidence: &store.Evidence{ID: id, Workspace: "T", Case: id, Kind: "used", At: at}},
			store.Record{HelpRequest: &store.HelpRequest{ID: id, Workspace: "T", Asker: "U", Kind: store.HelpPeers, Urgency: store.UrgencyLow, State: store.HelpOpen, OpenedAt: at}},
			store.Record{KnowledgeCard: &store.KnowledgeCard{ID: id, Workspace: "T", Author: "U", Words: "w", State: store.CardLive, CreatedAt: at}},
			store.Record{Embedding: &store.Embedding{Key: id, Vector: make([]byte, 8), At: at}},
			store.Record{RolePlay: &store.RolePlay{ID: id, Workspace: "T", User: "U", Playbook: "p", State: store.RolePlayOver, StartedAt: at}},
			store.Record{Promise: &store.Promise{ID: id, Workspace: "T", Owner: "U", What: "w", State: store.PromiseOpen, DueAt: at, MadeAt: at}},
		)
	}
	records = append(records,
		store.Record{Channel: &store.Channel{Workspace: "T", ID: "C", Mode: store.WatchQuiet}},
		store.Record{Installation: &store.Installation{Workspace: "T", Bot: "B"}},
		store.Record{Spending: &store.Spending{Day: "2026-03-01", At: at}},
		store.Record{Digest: &store.DigestRecord{Workspace: "T", Team: "S", Kind: store.DigestDay, Date: "2026-03-01", From: at, To: at.Add(time.Hour)}},
		store.Record{Slips: &store.Slips{Workspace: "T", Team: "S", Day: "2026-03-01", At: at}},
		store.Record{Person: &store.Person{Workspace: "T", ID: "U", UpdatedAt: at}},
		store.Record{Team: &store.Team{Workspace: "T", ID: "S"}})
	if err := s.Put(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	return store.Stats{
		Jobs: 270, Buried: 30, Keys: 600, Cases: 300, Posts: 300, Channels: 1, Decisions: 300, Evidence: 300, Installations: 1,
		Teams: 1, HelpRequests: 300, KnowledgeCards: 300, Promises: 300, Spendings: 1, Embeddings: 300, RolePlays: 300,
		Digests: 1, Slips: 1, People: 1,
	}
}

func dump(t *testing.T, s store.Store) (all []store.Record) {
	t.Helper()
	if err := s.Walk(t.Context(), func(r store.Record) error { all = append(all, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCopy(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	want := fill(t, from)
	got, err := store.Copy(t.Context(), from, to)
	if err != nil || got != want {
		t.Fatalf("copied %+v %v, want %+v", got, err, want)
	}
	if !reflect.DeepEqual(dump(t, to), dump(t, from)) {
		t.Error("the copy differs")
	}
	if faults, err := to.Check(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("check of the copy: %v %v", faults, err)
	}
	if _, err := store.Copy(t.Context(), from, to); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("into a full store: got %v, want %v", err, store.ErrNotEmpty)
	}
}

func TestCopyNothing(t *testing.T) {
	t.Parallel()
	if got, err := store.Copy(t.Context(), open(t), open(t)); err != nil || got != (store.Stats{}) {
		t.Errorf("copied %+v %v, want nothing", got, err)
	}
}

func TestCopyGoesWrong(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		inject func(from, to *storetest.FaultyStore)
		want   error
	}{
		"no room": {func(_, to *storetest.FaultyStore) { to.FailWrites(store.ErrNoRoom) }, store.ErrNoRoom},
		"no room later": {func(_, to *storetest.FaultyStore) {
			to.Inject("Put", storetest.Fault{Times: 2})
			to.Inject("Put", storetest.Fault{Err: store.ErrNoRoom})
		}, store.ErrNoRoom},
		"damaged source":  {func(from, _ *storetest.FaultyStore) { from.Inject("Walk", storetest.Fault{Err: store.ErrCorrupt}) }, store.ErrCorrupt},
		"no first count":  {func(_, to *storetest.FaultyStore) { to.Inject("Stats", storetest.Fault{Err: store.ErrClosed}) }, store.ErrClosed},
		"no second count": {func(_, to *storetest.FaultyStore) { failSecond(to) }, store.ErrClosed},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, to := storetest.Faulty(open(t)), storetest.Faulty(open(t))
			fill(t, from)
			tt.inject(from, to)
			if _, err := store.Copy(t.Context(), from, to); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func failSecond(to *storetest.FaultyStore) {
	to.Inject("Stats", storetest.Fault{Times: 1})
	to.Inject("Stats", storetest.Fault{Err: store.ErrClosed})
}

// forgetful loses what is put into it.
type forgetful struct{ store.Store }

func (f forgetful) Put(ctx context.Context, records ...store.Record) error {
	return f.Store.Put(ctx, records[1:]...)
}

func TestCopyCounts(t *testing.T) {
	t.Parallel()
	from := open(t)
	fill(t, from)
	if _, err := store.Copy(t.Context(), from, forgetful{open(t)}); !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("got %v, want %v", err, store.ErrCorrupt)
	}
}
