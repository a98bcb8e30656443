package storetest_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"coachbot/store"
	"coachbot/store/bolt"
	"coachbot/store/storetest"
)

// TestFaultyPassesThrough: without faults the wrapper is as good as the store.
func TestFaultyPassesThrough(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, now func() time.Time) func() (store.Store, error) {
		path := filepath.Join(t.TempDir(), "coachbot.db")
		return func() (store.Store, error) {
			s, err := bolt.Open(path, bolt.Options{Now: now})
			return storetest.Faulty(s), err
		}
	})
}

func newFaulty(t *testing.T) *storetest.FaultyStore {
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
	return storetest.Faulty(s)
}

var errFault = errors.New("injected")

// callAll calls every method of a store with zero arguments and returns the errors.
func callAll(ctx context.Context, s store.Store) map[string]error {
	out := map[string]error{}
	v := reflect.ValueOf(s)
	contract := reflect.TypeFor[store.Store]()
	for i := range contract.NumMethod() {
		m := contract.Method(i)
		if m.Name == "Close" {
			continue
		}
		var args []reflect.Value
		for n := range m.Type.NumIn() {
			switch {
			case n == 0:
				args = append(args, reflect.ValueOf(ctx))
			case m.Type.IsVariadic() && n == m.Type.NumIn()-1:
			default:
				args = append(args, reflect.Zero(m.Type.In(n)))
			}
		}
		results := v.MethodByName(m.Name).Call(args)
		err, _ := results[len(results)-1].Interface().(error)
		out[m.Name] = err
	}
	return out
}

func TestFaultyEveryMethod(t *testing.T) {
	t.Parallel()
	f := newFaulty(t)
	contract := reflect.TypeFor[store.Store]()
	for i := range contract.NumMethod() {
		f.Inject(contract.Method(i).Name, storetest.Fault{Err: errFault})
	}
	for name, err := range callAll(t.Context(), f) {
		if !errors.Is(err, errFault) || f.Calls(name) != 1 {
			t.Errorf("%s: got %v after %d calls, want %v after 1", name, err, f.Calls(name), errFault)
		}
	}
	f.Heal()
	if _, err := f.Stats(t.Context()); err != nil {
		t.Errorf("healed: %v", err)
	}
}

func TestFaultyWrites(t *testing.T) {
	t.Parallel()
	f, ctx := newFaulty(t), t.Context()
	f.FailWrites(store.ErrNoRoom)
	if _, err := f.Enqueue(ctx, store.Job{ID: "1", Lane: "a", Kind: "k"}); !errors.Is(err, store.ErrNoRoom) {
		t.Errorf("enqueue: got %v, want %v", err, store.ErrNoRoom)
	}
	if _, err := f.Channel(ctx, "T", "C"); err != nil {
		t.Errorf("reading: %v", err)
	}
	f.Heal()
	if fresh, err := f.Enqueue(ctx, store.Job{ID: "1", Lane: "a", Kind: "k"}); err != nil || !fresh[0] {
		t.Errorf("enqueue: got %v %v, want a new job", fresh, err)
	}
}

func TestFaultyTimesAndLost(t *testing.T) {
	t.Parallel()
	f, ctx := newFaulty(t), t.Context()
	f.Inject("Enqueue", storetest.Fault{Err: errFault, Times: 2})
	f.Inject("Enqueue", storetest.Fault{Err: errFault, Times: 1, Lost: true})
	var got []error
	var fresh []bool
	for range 4 {
		var err error
		fresh, err = f.Enqueue(ctx, store.Job{ID: "1", Lane: "a", Kind: "k"})
		got = append(got, err)
	}
	if want := []error{errFault, errFault, errFault, nil}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if len(fresh) != 1 || fresh[0] {
		t.Errorf("after the lost answer: fresh %v, want a job that is known", fresh)
	}
}

func TestFaultyDelay(t *testing.T) {
	t.Parallel()
	f := newFaulty(t)
	f.Inject("Stats", storetest.Fault{Delay: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := f.Stats(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
	f.Heal()
	f.Inject("Stats", storetest.Fault{Delay: time.Millisecond})
	begun := time.Now()
	if _, err := f.Stats(t.Context()); err != nil || time.Since(begun) < time.Millisecond {
		t.Errorf("after %v: %v", time.Since(begun), err)
	}
}

func TestFaultyUnknownMethod(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a fault for a method that is not there was taken")
		}
	}()
	newFaulty(t).Inject("Enque", storetest.Fault{})
}
