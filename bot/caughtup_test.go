package bot

import (
	"testing"
)

// A cursor moves only in channels that were read since the connection that stands.
func TestCaughtUp(t *testing.T) {
	t.Parallel()
	var c caughtUp
	if c.has("C1", 0) || c.has("C1", 1) {
		t.Error("caught up before anything was read")
	}
	c.note("C1", 1)
	if !c.has("C1", 1) || c.has("C2", 1) || c.has("C1", 2) {
		t.Error("of the first connection C1 alone is read")
	}
	c.note("C2", 2)
	c.note("C1", 1) // begun before the second connection came
	if !c.has("C2", 2) || c.has("C1", 2) || c.has("C1", 1) {
		t.Error("of the second connection C2 alone is read")
	}
}
