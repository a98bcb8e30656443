package bolt_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"coachbot/store"
	"coachbot/store/bolt"
	"coachbot/store/storetest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, now func() time.Time) func() (store.Store, error) {
		path := filepath.Join(t.TempDir(), "coachbot.db")
		return func() (store.Store, error) { return bolt.Open(path, bolt.Options{Now: now}) }
	})
}

// quick does not wait long for a lock.
func quick() bolt.Options { return bolt.Options{Timeout: 100 * time.Millisecond} }

func open(t *testing.T, path string, o bolt.Options) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(path, o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func newPath(t *testing.T) string { return filepath.Join(t.TempDir(), "coachbot.db") }

func TestOpenNew(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	open(t, path, quick())
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := info.Mode().Perm(), fs.FileMode(0o600); got != want {
		t.Errorf("mode of the file: got %v, want %v", got, want)
	}
}

func TestOpenEmptyFile(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	writeFile(t, path, nil)
	s := open(t, path, quick())
	if _, err := s.Enqueue(t.Context(), store.Job{ID: "1", Lane: "a", Kind: "k"}); err != nil {
		t.Error(err)
	}
}

func TestOpenLocked(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	first := open(t, path, quick())
	for name, o := range map[string]bolt.Options{"to write": quick(), "to read": {Timeout: 100 * time.Millisecond, ReadOnly: true}} {
		_, err := bolt.Open(path, o)
		if !errors.Is(err, store.ErrLocked) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v, want %v with the path", name, err, store.ErrLocked)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, path, quick())
}

func TestOpenWhatIsNoStore(t *testing.T) {
	t.Parallel()
	noise := make([]byte, 100_000)
	rnd := rand.New(rand.NewPCG(1, 1))
	for i := range noise {
		noise[i] = byte(rnd.Uint32())
	}
	tests := map[string]func(t *testing.T, path string){
		"a short text": func(t *testing.T, path string) { writeFile(t, path, []byte("hello")) },
		"a long text": func(t *testing.T, path string) {
			writeFile(t, path, bytes.Repeat([]byte("SQLite format 3\x00"), 4000))
		},
		"noise":       func(t *testing.T, path string) { writeFile(t, path, noise) },
		"only zeroes": func(t *testing.T, path string) { writeFile(t, path, make([]byte, 1<<20)) },
		"another program's Bolt file": func(t *testing.T, path string) {
			inBolt(t, path, func(tx *bbolt.Tx) error {
				b, err := tx.CreateBucket([]byte("meta"))
				if err != nil {
					return err
				}
				return b.Put([]byte("magic"), []byte("other"))
			})
		},
	}
	for name, make := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := newPath(t)
			make(t, path)
			before := readFile(t, path)
			for _, readOnly := range []bool{true, false} {
				_, err := bolt.Open(path, bolt.Options{ReadOnly: readOnly})
				if !errors.Is(err, store.ErrForeign) || !strings.Contains(err.Error(), path) {
					t.Errorf("got %v, want %v with the path", err, store.ErrForeign)
				}
			}
			if !bytes.Equal(readFile(t, path), before) {
				t.Error("the file was changed")
			}
		})
	}
	t.Run("a folder", func(t *testing.T) {
		t.Parallel()
		if _, err := bolt.Open(t.TempDir(), quick()); !errors.Is(err, store.ErrForeign) {
			t.Errorf("got %v, want %v", err, store.ErrForeign)
		}
	})
	t.Run("in a folder that is not there", func(t *testing.T) {
		t.Parallel()
		if _, err := bolt.Open(filepath.Join(t.TempDir(), "no", "c.db"), quick()); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got %v, want %v", err, fs.ErrNotExist)
		}
	})
	t.Run("nothing, to be read", func(t *testing.T) {
		t.Parallel()
		path := newPath(t)
		if _, err := bolt.Open(path, bolt.Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got %v, want %v", err, fs.ErrNotExist)
		}
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a file was made: %v", err)
		}
	})
}

func TestOpenOtherSchema(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]error{"6": store.ErrNewer, "99": store.ErrNewer, "0": store.ErrCorrupt, "x": store.ErrCorrupt} {
		path := newPath(t)
		if err := open(t, path, quick()).Close(); err != nil {
			t.Fatal(err)
		}
		inBolt(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte(version)) })
		before := readFile(t, path)
		if _, err := bolt.Open(path, quick()); !errors.Is(err, want) {
			t.Errorf("schema %s: got %v, want %v", version, err, want)
		}
		if !bytes.Equal(readFile(t, path), before) {
			t.Errorf("schema %s: the file was changed", version)
		}
	}
}

// A store of an older layout lacks what came later.
func TestOpenOlderSchema(t *testing.T) {
	t.Parallel()
	third := []string{"digests", "slips", "people"}
	second := append([]string{"spendings", "embeddings", "role_plays"}, third...)
	first := append([]string{"teams", "help_requests", "knowledge", "promises"}, second...)
	for version, lacks := range map[string][]string{"1": first, "2": second, "3": third, "4": {"promises_owed_by_team"}} {
		t.Run(version, func(t *testing.T) { t.Parallel(); openOlder(t, version, lacks) })
	}
}

func openOlder(t *testing.T, version string, lacks []string) {
	path := newPath(t)
	s := open(t, path, quick())
	if _, err := s.UpdateChannel(t.Context(), "T1", "C1", func(c *store.Channel) error { c.Cursor = "1.1"; return nil }); err != nil {
		t.Fatal(err)
	}
	due := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for id, state := range map[string]store.PromiseState{"open": store.PromiseOpen, "kept": store.PromiseKept} {
		p := &store.Promise{ID: id, Workspace: "T1", Team: "S1", Owner: "U1", What: "call", State: state, DueAt: due, MadeAt: due}
		if err := s.Put(t.Context(), store.Record{Promise: p}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	inBolt(t, path, func(tx *bbolt.Tx) error {
		var err error
		for _, part := range lacks {
			c := tx.Cursor()
			for name, _ := c.Seek([]byte(part)); err == nil && bytes.HasPrefix(name, []byte(part)); name, _ = c.Seek([]byte(part)) {
				name = bytes.Clone(name)
				err = errors.Join(tx.DeleteBucket(name), tx.Bucket([]byte("counts")).Delete(name))
			}
		}
		return errors.Join(err, tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte(version)))
	})
	if _, err := bolt.Open(path, bolt.Options{ReadOnly: true}); !errors.Is(err, store.ErrNoRoom) {
		t.Errorf("to read only: got %v, want %v", err, store.ErrNoRoom)
	}
	s = open(t, path, quick())
	if c, err := s.Channel(t.Context(), "T1", "C1"); err != nil || c.Cursor != "1.1" {
		t.Errorf("got %+v %v, want what was kept", c, err)
	}
	if list, err := s.TeamList(t.Context(), ""); err != nil || len(list) > 0 {
		t.Errorf("got the teams %v %v, want none", list, err)
	}
	if !slices.Contains(lacks, "promises") { // what was there is found by what came later
		var owed []string
		err := s.PromisesOwedIn(t.Context(), "T1", "S1", func(p store.Promise) error { owed = append(owed, p.ID); return nil })
		if err != nil || !slices.Equal(owed, []string{"open"}) {
			t.Errorf("owed: %v %v", owed, err)
		}
	}
	if faults, err := s.Check(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("check: %v %v", faults, err)
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	s := open(t, path, quick())
	ctx := t.Context()
	if _, err := s.Enqueue(ctx, store.Job{ID: "1", Lane: "a", Kind: "k", Payload: []byte("p")}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := readFile(t, path)
	for range 2 { // several processes may read at once
		r := open(t, path, bolt.Options{ReadOnly: true})
		if _, err := r.Enqueue(ctx, store.Job{ID: "2", Lane: "a", Kind: "k"}); !errors.Is(err, store.ErrNoRoom) {
			t.Errorf("enqueue: got %v, want %v", err, store.ErrNoRoom)
		}
		if _, err := r.Claim(ctx, time.Now(), 1); !errors.Is(err, store.ErrNoRoom) {
			t.Errorf("claim: got %v, want %v", err, store.ErrNoRoom)
		}
		if faults, err := r.Check(ctx); err != nil || len(faults) > 0 {
			t.Errorf("check: %v %v", faults, err)
		}
		if st, err := r.Stats(ctx); err != nil || st.Jobs != 1 {
			t.Errorf("stats: got %+v %v, want one job", st, err)
		}
	}
	if !bytes.Equal(readFile(t, path), before) {
		t.Error("reading changed the file")
	}
}

// TestBackup opens what Backup wrote while others were writing.
func TestBackup(t *testing.T) {
	t.Parallel()
	s, ctx := open(t, newPath(t), quick()), t.Context()
	const jobs = 200
	for i := range jobs {
		if _, err := s.Enqueue(ctx, store.Job{ID: string(rune('一' + i)), Lane: "a", Kind: "k"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Claim(ctx, time.Now(), 1); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	done := make(chan error)
	go func() {
		for i := range 100 {
			if _, err := s.Enqueue(ctx, store.Job{ID: string(rune('a' + i)), Lane: "b", Kind: "k"}); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	n, err := s.Backup(ctx, &file)
	if err != nil || n != int64(file.Len()) {
		t.Fatalf("backup: %d bytes of %d, %v", n, file.Len(), err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	path := newPath(t)
	writeFile(t, path, file.Bytes())
	attemptsAsRead(t, path)
	restored := open(t, path, quick())
	st, err := restored.Stats(ctx)
	if err != nil || st.Jobs < jobs || st.Jobs > jobs+100 {
		t.Errorf("restored: %+v %v, want at least %d jobs", st, err, jobs)
	}
	if faults, err := restored.Check(ctx); err != nil || len(faults) > 0 {
		t.Errorf("restored: %v %v", faults, err)
	}
	got, err := restored.Claim(ctx, time.Now(), 1)
	if err != nil || len(got) != 1 || got[0].Attempt != 2 {
		t.Errorf("claimed %+v %v, want the job that was handed out, with attempt 2", got, err)
	}
}

// attemptsAsRead: who only reads a store that was not closed in order must still
// learn which job may have had effects.
func attemptsAsRead(t *testing.T, path string) {
	t.Helper()
	r := open(t, path, bolt.Options{ReadOnly: true})
	tried := 0
	if err := r.Walk(t.Context(), func(rec store.Record) error {
		if rec.Job != nil && rec.Job.Lane == "a" {
			tried += rec.Job.Attempt
		}
		return nil
	}); err != nil || tried != 1 {
		t.Errorf("read: %d attempts %v, want that of the job that was handed out", tried, err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestCutShort opens files that lost their end.
func TestCutShort(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	filled(t, path)
	whole := readFile(t, path)
	for size := int64(1); size < int64(len(whole)); size = size*2 + 511 {
		cut := newPath(t)
		writeFile(t, cut, whole[:size])
		s, err := bolt.Open(cut, quick())
		if err == nil {
			// bbolt keeps room at the end that holds nothing.
			if faults, err := s.Check(t.Context()); err != nil || len(faults) > 0 {
				t.Errorf("%d bytes of %d: %v %v", size, len(whole), faults, err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			continue
		}
		if !errors.Is(err, store.ErrCorrupt) && !errors.Is(err, store.ErrForeign) {
			t.Errorf("%d bytes of %d: got %v, want %v", size, len(whole), err, store.ErrCorrupt)
		}
	}
}

// filled makes a store of a few hundred records and closes it.
func filled(t *testing.T, path string) {
	t.Helper()
	s, ctx := open(t, path, quick()), t.Context()
	for i := range 300 {
		c := store.Case{
			ID: string(rune('一' + i)), Workspace: "T", Channel: "C", TS: "1.1", Thread: "1.1", State: store.CaseOpen,
			Text: strings.Repeat("等了三天还没有人回复", i%40), OpenedAt: time.Unix(int64(i), 0),
		}
		if err := s.Put(ctx, store.Record{Case: &c}, store.Record{Job: &store.Job{ID: c.ID, Lane: "a", Kind: "k", Payload: []byte(c.Text)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func inBolt(t *testing.T, path string, fn func(tx *bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(fn), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
