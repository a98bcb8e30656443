package bolt

import (
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"coachbot/store"
)

func newStore(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "coachbot.db"), Options{Timeout: time.Second})
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

// putPost is a change that writes one post.
func putPost(key string) func(*batch) error {
	return func(b *batch) error {
		return postTable.put(b, &store.Post{Key: key, Workspace: "T", Channel: "C", ClaimedAt: time.Unix(1, 0).UTC()})
	}
}

// TestBatch shares one commit between changes of which some fail after having written.
func TestBatch(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	errLate := errors.New("late")
	runs := 0
	changes := []*change{
		{apply: func(b *batch) error { runs++; b.after(func() {}); return putPost("first")(b) }},
		{apply: func(b *batch) error {
			if err := putPost("undone")(b); err != nil {
				return err
			}
			b.after(func() { t.Error("told of a change that failed") })
			return errLate
		}},
		{apply: putPost("second")},
		{apply: func(b *batch) error {
			if err := putPost("undone as well")(b); err != nil {
				return err
			}
			panic("a page that does not hold what it should")
		}},
		{apply: putPost("third")},
		{apply: func(*batch) error { return store.ErrNotFound }},
	}
	s.commit(changes)
	for i, want := range []error{nil, errLate, nil, store.ErrCorrupt, nil, store.ErrNotFound} {
		if !errors.Is(changes[i].err, want) {
			t.Errorf("change %d: got %v, want %v", i, changes[i].err, want)
		}
	}
	if got, want := runs, 3; got != want {
		t.Errorf("the first change ran %d times, want %d", got, want)
	}
	for key, want := range map[string]error{
		"first": nil, "second": nil, "third": nil, "undone": store.ErrNotFound, "undone as well": store.ErrNotFound,
	} {
		if _, err := s.Post(t.Context(), key); !errors.Is(err, want) {
			t.Errorf("post %s: got %v, want %v", key, err, want)
		}
	}
	if faults, err := s.Check(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("check: %v %v", faults, err)
	}
}

// TestNoRoom fills the file up, and makes room again.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	s, ctx := newStore(t), t.Context()
	if _, err := s.Enqueue(ctx, store.Job{ID: "held", Lane: "a", Kind: "k"}); err != nil {
		t.Fatal(err)
	}
	if jobs, err := s.Claim(ctx, time.Now(), 1); err != nil || len(jobs) != 1 {
		t.Fatalf("claim: %v %v", jobs, err)
	}
	s.db.MaxSize = 1
	big := store.Job{ID: "big", Lane: "b", Kind: "k", Payload: make([]byte, store.MaxPayload)}
	for range 3 {
		if _, err := s.Enqueue(ctx, big); !errors.Is(err, store.ErrNoRoom) {
			t.Fatalf("enqueue: got %v, want %v", err, store.ErrNoRoom)
		}
	}
	if jobs, err := s.Claim(ctx, time.Now(), 9); err != nil || len(jobs) != 0 {
		t.Errorf("claimed %v %v, want nothing of what was not stored", jobs, err)
	}
	s.db.MaxSize = 0
	if err := s.Retry(ctx, "held", time.Time{}, ""); err != nil {
		t.Errorf("retry: %v", err)
	}
	if fresh, err := s.Enqueue(ctx, big); err != nil || !fresh[0] {
		t.Errorf("enqueue with room: %v %v", fresh, err)
	}
	if jobs, err := s.Claim(ctx, time.Now(), 9); err != nil || len(jobs) != 2 {
		t.Errorf("claimed %v %v, want both", jobs, err)
	}
}

func TestTranslate(t *testing.T) {
	t.Parallel()
	for _, from := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EACCES, syscall.EPERM, syscall.EIO, syscall.EFBIG} {
		err := translate("the/path", fmt.Errorf("write: %w", from))
		if !errors.Is(err, store.ErrNoRoom) || !errors.Is(err, from) {
			t.Errorf("%v: got %v, want %v", from, err, store.ErrNoRoom)
		}
	}
	if got := translate("the/path", store.ErrNotFound); got != store.ErrNotFound {
		t.Errorf("got %v, want the error unchanged", got)
	}
}
