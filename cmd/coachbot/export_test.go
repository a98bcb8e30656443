package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"coachbot/store"
)

// peerStore is a store with help requests, knowledge and promises.
func peerStore(t *testing.T) string {
	t.Helper()
	path, s := filledStore(t)
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	records := []store.Record{
		{HelpRequest: &store.HelpRequest{ID: "help-2", Workspace: "T0TEAM", Team: "default", Kind: store.HelpPeers, Asker: "U0ASKER", Helper: "U0HELPER", NameHelper: true,
			Question: "May I, with \"quotes\",\nrefund?", Urgency: store.UrgencyHigh, State: store.HelpResolved, OpenedAt: at.Add(time.Hour)}},
		{HelpRequest: &store.HelpRequest{ID: "help-1", Workspace: "T0TEAM", Kind: store.HelpPeers, Asker: "U0HIDDEN", Anonymous: true, Helper: "U0SHY",
			Question: "怎么办", Urgency: store.UrgencyLow, State: store.HelpClaimed, OpenedAt: at}},
		{KnowledgeCard: &store.KnowledgeCard{ID: "card-1", Workspace: "T0TEAM", Lang: "en", Scenario: "late-delivery", Situation: "s", Words: "I drew the route on a napkin",
			Author: "U0SHY", State: store.CardLive, CreatedAt: at, AcceptedAt: at}},
		{KnowledgeCard: &store.KnowledgeCard{ID: "card-2", Workspace: "T0TEAM", Lang: "en", Scenario: "late-delivery", Words: "Withdrawn zebra", Author: "U0A", State: store.CardWithdrawn, CreatedAt: at, AcceptedAt: at}},
		{KnowledgeCard: &store.KnowledgeCard{ID: "card-3", Workspace: "T0TEAM", Lang: "en", Scenario: "late-delivery", Words: "Only proposed", Author: "U0A", State: store.CardLive, CreatedAt: at, ProposedAt: at}},
		{KnowledgeCard: &store.KnowledgeCard{ID: "card-4", Workspace: "T0TEAM", Lang: "en", Scenario: "late-delivery", Words: "I don't know", Author: "U0A", State: store.CardLive, CreatedAt: at, AcceptedAt: at}},
		{Promise: &store.Promise{ID: "p1", Workspace: "T0TEAM", Channel: "C0DESK", Owner: "U0A", What: "call back", State: store.PromiseKept, DueAt: at.Add(time.Hour), MadeAt: at}},
		{Case: &store.Case{ID: "T0TEAM.C0DESK.cmd-7", Workspace: "T0TEAM", Channel: "C0DESK", TS: "cmd-7", Private: true, State: store.CaseOpen, OpenedAt: at}},
		{Promise: &store.Promise{ID: "p2", Workspace: "T0TEAM", Channel: "D0PRIVATE", Case: "T0TEAM.C0DESK.cmd-7", Owner: "U0A", What: "told in private", State: store.PromiseOpen, DueAt: at, MadeAt: at}},
	}
	if err := s.Put(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExportOfAllKinds(t *testing.T) {
	t.Parallel()
	path := peerStore(t)
	r := command(t, storeEnv(path), "", "export")
	r.done(t)
	if strings.Contains(r.out, "0001-01-01") {
		t.Errorf("what has not happened has a date:\n%s", r.out)
	}
	var got []string
	for line := range strings.Lines(r.out) {
		var v struct{ Kind, ID, Asker, Helper, Author, What string }
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		got = append(got, strings.Join([]string{v.Kind, v.ID, v.Asker, v.Helper, v.Author, v.What}, "|"))
	}
	want := []string{"case|T0TEAM.C0DESK.1.1||||", "help|help-1||||", "help|help-2|U0ASKER|U0HELPER||", "knowledge|card-1||||", "knowledge|card-3||||", "knowledge|card-4||||",
		"promise|p1||||call back", "promise|p2||||"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, secret := range []string{"U0HIDDEN", "U0SHY", "told in private", "D0PRIVATE", "cmd-7", "zebra"} {
		if strings.Contains(r.out, secret) {
			t.Errorf("the export tells %q", secret)
		}
	}
	table := command(t, storeEnv(path), "", "export", "--format", "csv")
	table.done(t)
	rows, err := csv.NewReader(strings.NewReader(table.out)).ReadAll()
	if err != nil || len(rows) != len(want)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	column := slices.Index(rows[0], "question")
	if rows[0][0] != "kind" || column < 0 || rows[3][column] != "May I, with \"quotes\",\nrefund?" || rows[1][column] != "" {
		t.Errorf("got %q", rows)
	}
	only := command(t, storeEnv(path), "", "export", "--kind", "promise", "--format", "csv")
	only.done(t)
	if strings.Count(only.out, "\n") != 3 || !strings.HasPrefix(only.out, "kind,id,") || strings.Contains(only.out, "question") {
		t.Errorf("got %q", only.out)
	}
	command(t, storeEnv(path), "", "export", "--kind", "secrets").refused(t, "case, help, knowledge, promise")
	command(t, storeEnv(path), "", "export", "--format", "patch").refused(t, "--kind knowledge")
	command(t, storeEnv(path), "", "export", "--format", "xml").refused(t, "csv")
}

func TestExportOfAcceptedKnowledgeIsAPatch(t *testing.T) {
	t.Parallel()
	path := peerStore(t)
	r := command(t, storeEnv(path), "", "export", "--kind", "knowledge", "--format", "patch")
	if r.code != exitDone || !strings.HasPrefix(r.errs, "warning: card-4 is left out") {
		t.Errorf("exit status %d, %q", r.code, r.errs)
	}
	if !strings.HasPrefix(r.out, "--- a/en/late-delivery.md\n+++ b/en/late-delivery.md\n@@ ") || !strings.Contains(r.out, "\n+- I drew the route on a napkin.\n") ||
		strings.Count(r.out, "\n+") != 2 {
		t.Errorf("got %q", r.out)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "en"), 0o755); err != nil {
		t.Fatal(err)
	}
	r = command(t, append(storeEnv(path), "COACH_PLAYBOOKS="+dir), "", "export", "--kind", "knowledge", "--format", "patch")
	if !strings.HasPrefix(r.out, "--- /dev/null\n+++ b/en/late-delivery.md\n@@ -0,0 +1,") || !strings.Contains(r.out, "\n+- I drew the route on a napkin.\n") {
		t.Errorf("into a folder without the file: %.200q, %q", r.out, r.errs)
	}
}

// What was marked for the product team is exported by itself, without who marked it or who the customer is.
func TestExportOfProductFeedback(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	mark := func(note string) store.Feedback { return store.Feedback{By: "U0MARKER", At: at, Note: note} }
	err := s.Put(t.Context(),
		store.Record{Case: &store.Case{ID: "T0TEAM.C0DESK.7.1", Workspace: "T0TEAM", Channel: "C0DESK", TS: "7.1", Text: "the customer's own words", Lang: "en", Playbook: "late-delivery",
			Severity: "high", State: store.CaseCalmed, OpenedAt: at, Feedback: mark("Ms Kowalska's tracking page shows no day")}},
		store.Record{Case: &store.Case{ID: "T0TEAM.C0DESK.7.2", Workspace: "T0TEAM", Channel: "C0DESK", TS: "7.2", Private: true, State: store.CaseOpen, OpenedAt: at, Feedback: mark("private zebra")}},
		store.Record{KnowledgeCard: &store.KnowledgeCard{ID: "card-7", Workspace: "T0TEAM", Lang: "zh", Scenario: "long-wait", Situation: "取号机的字太小", Words: "我帮您取", Author: "U0A", State: store.CardLive,
			CreatedAt: at, Feedback: store.Feedback{By: "U0MARKER", At: at.Add(time.Hour)}}})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	r := command(t, storeEnv(path), "", "export", "--kind", "feedback", "--format", "csv")
	r.done(t)
	rows, err := csv.NewReader(strings.NewReader(r.out)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("got %q, %v", r.out, err)
	}
	note, of := slices.Index(rows[0], "note"), slices.Index(rows[0], "of")
	if rows[1][note] != "Ms [name]'s tracking page shows no day" || rows[1][of] != "case" || rows[2][note] != "取号机的字太小" || rows[2][of] != "knowledge" {
		t.Errorf("got %q", rows)
	}
	for _, secret := range []string{"U0MARKER", "zebra", "own words", "Kowalska"} {
		if strings.Contains(r.out, secret) {
			t.Errorf("the export tells %q", secret)
		}
	}
	all := command(t, storeEnv(path), "", "export")
	all.done(t)
	if strings.Contains(all.out, `"kind":"feedback"`) {
		t.Errorf("told twice: %s", all.out)
	}
	command(t, storeEnv(path), "", "erase", "--find", "tracking page").done(t)
}
