package coach

import (
	"testing"

	"coachbot/playbooks"
)

type nothingForbidden struct{}

// Forbidden lets everything pass where a test is not about the guard.
func (nothingForbidden) Forbidden(string) bool { return false }

func builtin(t testing.TB) *playbooks.Set {
	t.Helper()
	set, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func newEngine(t testing.TB) *Engine {
	t.Helper()
	e, err := New(builtin(t), nothingForbidden{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}
