package coach

import (
	"testing"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

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
	e, err := New(builtin(t), guard.New())
	if err != nil {
		t.Fatal(err)
	}
	return e
}
