package bolt_test

import (
	"path/filepath"
	"testing"
	"time"

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
