package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coachbot/store"
	"coachbot/store/bolt"
)

// toldStore has a day of the environment's team and a second team.
func toldStore(t *testing.T) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "coach.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	var records []store.Record
	for i, state := range []store.CaseState{store.CaseCalmed, store.CaseCalmed, store.CaseUnresolved} {
		c := store.Case{Workspace: "T0TEAM", Team: store.EnvironmentTeam, Channel: "C0DESK", TS: "179560080" + string(rune('0'+i)) + ".000100",
			State: state, Playbook: "late-delivery", Lang: "en", OpenedAt: at.Add(time.Duration(i) * time.Hour), AdvisedAt: at.Add(time.Duration(i)*time.Hour + 3*time.Second)}
		c.ID, c.Thread = store.CaseID(c.Workspace, c.Channel, c.TS), c.TS
		records = append(records, store.Record{Case: &c})
	}
	records = append(records,
		store.Record{Promise: &store.Promise{ID: "p", Workspace: "T0TEAM", Team: store.EnvironmentTeam, Owner: "U1", What: "call Ms Li back", State: store.PromiseMissed, MissedAt: at, DueAt: at, MadeAt: at}},
		store.Record{Slips: &store.Slips{Workspace: "T0TEAM", Team: store.EnvironmentTeam, Day: "2026-11-24", Counts: map[string]int{"dont-know": 2}, At: at}},
		store.Record{Installation: &store.Installation{Workspace: "T0TEAM", URL: "https://acme.slack.com/"}},
		store.Record{Channel: &store.Channel{Workspace: "T0TEAM", ID: "C0DESK"}},
		store.Record{Team: &store.Team{Workspace: "T0TEAM", ID: "bank", Name: "银行", Lang: "zh", Zone: "Asia/Shanghai", Escalation: []string{"C0BANK"}, Leads: []string{"U9"},
			Hours: []store.Hours{{Day: time.Monday, From: 540, To: 1080}}, MakeUp: []string{"2026-10-10"}, SetBy: "U9", SetAt: at,
			History: []store.TeamChange{{By: "U9", At: at, What: []string{"name", "leads"}}}}},
		store.Record{Team: &store.Team{Workspace: "T0TEAM", ID: "old", Name: "Old desk", Escalation: []string{"C0OLD"}, RemovedAt: at, SetBy: "U8", SetAt: at,
			History: []store.TeamChange{{By: "U8", At: at, What: []string{"removed"}}}}})
	if err := s.Put(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	return append(storeEnv(path), "COACH_TIMEZONE=Asia/Shanghai", "COACH_DIGEST_CHANNEL=C0NEWS")
}

func TestDigestOnTheCommandLine(t *testing.T) {
	t.Parallel()
	env := toldStore(t)
	r := command(t, env, "", "digest", "--date", "2026-11-24")
	r.done(t)
	for _, want := range []string{"Tue 24 Nov", "1 promise to a customer was missed", "Difficult cases: 3", "Calmed: 2 of 3", "Forbidden phrases caught in drafts: 2",
		"By scenario", "https://acme.slack.com/archives/C0DESK/p1795600802000100"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the digest lacks %q:\n%s", want, r.out)
		}
	}
	r = command(t, env, "", "digest", "--date", "2026-11-24", "--json")
	r.done(t)
	got := parsed[printedDigest](t, r.out)
	n := got.Numbers
	if n.Cases != 3 || n.Calmed != 2 || n.Unresolved != 1 || n.Missed != 1 || n.Slips != 2 || len(got.Cases) != n.Cases || got.Date != "2026-11-25" || got.Kind != store.DigestDay || n.First != 3 {
		t.Errorf("got %+v", got)
	}
	for flag, days := range map[string]int{"--week": 7, "--month": 30} {
		r = command(t, env, "", "digest", flag, "--date", "2026-11-24", "--json")
		r.done(t)
		if got := parsed[printedDigest](t, r.out); got.Numbers.Cases != 3 || got.Numbers.Days != days {
			t.Errorf("%s: got %d cases in %d days", flag, got.Numbers.Cases, got.Numbers.Days)
		}
	}
	r = command(t, env, "", "digest", "--team", "银行", "--date", "2026-11-24")
	r.done(t)
	if !strings.Contains(r.out, "平静的一天") {
		t.Errorf("a quiet day of the other team: %q", r.out)
	}
	command(t, env, "", "digest", "--team", "old").refused(t, "coachbot teams")
	command(t, env, "", "digest", "--team", "nobody").refused(t, "coachbot teams")
	command(t, env, "", "digest", "--date", "yesterday").refused(t, "2026-11-24")
	command(t, env, "", "digest", "--date", "2199-01-01").refused(t, "has not come yet")
}

func TestTeamsAreListed(t *testing.T) {
	t.Parallel()
	env := toldStore(t)
	r := command(t, env, "", "teams")
	r.done(t)
	for _, want := range []string{"default", "digest channel       C0NEWS", "bank  银行", "Mon 09:00-18:00", "make-up days         2026-10-10", "changed 2026-11-24T03:00:00Z by U9: name, leads",
		"old  Old desk  (removed 2026-11-24T03:00:00Z by U8)", "by U8: removed",
		"digest at            09:00", "digest days          mon, tue, wed, thu, fri", "reminders after      5m, 15m, 30m", "working hours        Mon-Fri 09:00-18:00"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the list lacks %q:\n%s", want, r.out)
		}
	}
	r = command(t, env, "", "teams", "--json")
	r.done(t)
	if lines := strings.Split(strings.TrimSpace(r.out), "\n"); len(lines) != 3 || strings.Contains(lines[0], "0001-01-01") || parsed[store.Team](t, lines[1]).Name != "银行" || !parsed[store.Team](t, lines[2]).Removed() {
		t.Errorf("got %s", r.out)
	}
	if !strings.Contains(r.out, `"remind":[300,900,1800]`) || !strings.Contains(r.out, `"rotate_after":300`) {
		t.Errorf("what lasts is not in seconds: %s", r.out)
	}
}
