package guard_test

import (
	"bytes"
	"os"
	"testing"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

// TestLearnedIsMade holds learned.br against what go generate makes today.
func TestLearnedIsMade(t *testing.T) {
	t.Parallel()
	rows, err := guard.LabelledRows()
	if err != nil {
		t.Fatal(err)
	}
	set, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	want, err := guard.Learn(rows, set.Said())
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("learned.br")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("learned.br was made from other drafts, patterns or playbooks; run go generate ./playbooks/guard")
	}
}
