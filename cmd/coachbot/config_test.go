package main

import (
	"slices"
	"strings"
	"testing"
)

func TestWeekdays(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"mon-fri": "mon tue wed thu fri", "Fri-Mon": "fri sat sun mon", "sun": "sun", "mon-wed,wed, sat": "mon tue wed sat", "": "-", "mon-": "-", "montag": "-",
	} {
		days, ok := weekdays(strings.Split(in, ","))
		if got := strings.Fields(want); ok == (want == "-") || ok && !slices.Equal(days, got) {
			t.Errorf("%q: got %v %v, want %s", in, days, ok, want)
		}
	}
}
