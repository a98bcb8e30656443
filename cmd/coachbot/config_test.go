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

// What was checked is what is used: blanks around an id are gone, and an hour is written as Slack takes it.
func TestSettingsOfTheTeamAreTidy(t *testing.T) {
	t.Parallel()
	p := &program{env: map[string]string{"COACH_HELP_CHANNEL": " C0HELP ", "COACH_DIGEST_CHANNEL": "C0DIGEST\t", "COACH_DIGEST_AT": "9:05"}}
	cfg, err := p.config()
	if err != nil {
		t.Fatal(err)
	}
	if team := cfg.team(); team.Help != "C0HELP" || team.Digest != "C0DIGEST" || team.DigestAt != "09:05" {
		t.Errorf("help %q, digest %q at %q", team.Help, team.Digest, team.DigestAt)
	}
}
