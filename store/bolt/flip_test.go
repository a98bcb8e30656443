package bolt_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"coachbot/store"
	"coachbot/store/bolt"
)

// TestChangedValues reads files in which bytes of records were changed: the
// damage comes back as a fault that names the record, and nothing breaks down.
func TestChangedValues(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	filled(t, path)
	whole := readFile(t, path)
	var at []int // where records begin, those of pages that are no longer used too
	for n := 0; ; {
		next := bytes.Index(whole[n:], []byte("\x01{\""))
		if next < 0 {
			break
		}
		n += next + 1
		at = append(at, n-1)
	}
	found := 0
	const rounds = 40
	for seed := range uint64(rounds) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		data := bytes.Clone(whole)
		for range 100 {
			data[at[rnd.IntN(len(at))]+rnd.IntN(40)] ^= byte(1 + rnd.IntN(255))
		}
		writeFile(t, path, data)
		err := readAll(t, path)
		if err != nil {
			found++
		}
		if err != nil && !errors.Is(err, store.ErrCorrupt) {
			t.Errorf("seed %d: got %v, want %v", seed, err, store.ErrCorrupt)
		}
	}
	if found < rounds/2 {
		t.Errorf("damage was found in %d of %d files", found, rounds)
	}
}

func readAll(t *testing.T, path string) error {
	s, err := bolt.Open(path, quick())
	if err != nil {
		return err
	}
	faults, err := s.Check(t.Context())
	if err == nil && len(faults) > 0 {
		err = fmt.Errorf("%w: %q", store.ErrCorrupt, faults[0])
	}
	return errors.Join(err, s.Walk(t.Context(), func(store.Record) error { return nil }), s.Close())
}
