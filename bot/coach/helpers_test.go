package coach

import (
	"testing"

	"coachbot/playbooks"
)

// nothingForbidden stands in for the guard where a test is not about it.
type nothingForbidden struct{}

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
