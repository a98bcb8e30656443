package main

import (
	"encoding/csv"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"coachbot/store"
	"coachbot/store/bolt"
)

func filledStore(t *testing.T) (path string, s *bolt.Store) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "coach.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for _, k := range []store.Case{
		{TS: "1.1", Text: "A secret, of the customer", Severity: "high", Emotions: []string{"anger", "anxiety"}, State: store.CaseOpen},
		{TS: "1.2", State: store.CaseOpen, Private: true},
		{TS: "1.3", State: store.CaseDeleted},
	} {
		k.ID, k.Workspace, k.Channel, k.Thread, k.OpenedAt = store.CaseID("T0TEAM", "C0DESK", k.TS), "T0TEAM", "C0DESK", k.TS, at
		if _, err := s.UpdateCase(t.Context(), k.ID, func(c *store.Case) error { *c = k; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	return path, s
}

func storeEnv(path string) []string { return []string{"COACH_STORE=bolt:" + path} }

func TestStoreCheck(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	s.Close()
	r := command(t, storeEnv(path), "", "store", "check")
	r.done(t)
	if want := "ok: 3 cases, 0 posts, 0 jobs waiting, 0 given up\n"; r.out != want {
		t.Errorf("got %q, want %q", r.out, want)
	}
}

// A store too damaged to be opened fails its check, and everything else says in one line what to do.
func TestADamagedStore(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	s.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 3 * os.Getpagesize(); i < len(b); i += 7 {
		b[i] ^= 0x5a
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r := command(t, storeEnv(path), "", "store", "check")
	if r.code != exitFailed || !strings.Contains(r.out, path) || !strings.Contains(r.out, "put a backup in its place") || strings.Count(r.out, "\n") != 1 {
		t.Errorf("check: exit status %d, output %q, want the fault in one line and %d", r.code, r.out, exitFailed)
	}
	command(t, storeEnv(path), "", "digest").refused(t, "put a backup in its place")
	command(t, storeEnv(path), "", "export").refused(t, path)
	command(t, []string{"COACH_STORE=bolt:"}, "", "digest").refused(t, "must be bolt:PATH")
}

func TestAForeignFileIsNoStoreAndStaysAsItIs(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"short": "minutes of the meeting", "long": strings.Repeat("minutes of the meeting\n", 4000)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, text, t.TempDir(), "minutes.txt")
			command(t, storeEnv(path), "", "store", "check").refused(t, path)
			if kept, err := os.ReadFile(path); err != nil || string(kept) != text {
				t.Errorf("the file holds %d bytes (%v), want the %d of before", len(kept), err, len(text))
			}
		})
	}
}

func TestAStoreInUseIsBackedUpAndOtherwiseRefused(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	stop := new(program).serveOperator(t.Context(), socketOf("bolt:"+path), &running{store: s, log: slog.New(slog.DiscardHandler)})
	t.Cleanup(stop)
	target := filepath.Join(t.TempDir(), "backup.db")
	r := command(t, storeEnv(path), "", "store", "backup", target)
	r.done(t)
	if !strings.HasPrefix(r.out, "ok: ") {
		t.Errorf("got %q, want a line that begins with ok", r.out)
	}
	began := time.Now()
	if r := command(t, storeEnv(target), "", "store", "check"); r.code != exitDone || !strings.HasPrefix(r.out, "ok: 3 cases") {
		t.Errorf("the backup: exit status %d, %q, %q", r.code, r.out, r.errs)
	}
	command(t, storeEnv(path), "", "store", "backup", target).refused(t, "exists already")
	since := time.Now()
	usual := since.Sub(began) // of two commands: on a busy machine a process alone takes seconds to start
	command(t, storeEnv(path), "", "store", "check").refused(t, path)
	if took := time.Since(since); took > usual+5*time.Second {
		t.Errorf("it took %v to see that the store is in use, want at most 5s more than other commands", took)
	}
	command(t, storeEnv(path), "", "export").refused(t, path)
}

func TestBackupAndCopyOfAStoreAtRest(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	s.Close()
	dir := t.TempDir()
	command(t, storeEnv(path), "", "store", "backup", filepath.Join(dir, "backup.db")).done(t)
	copied := filepath.Join(dir, "copy.db")
	command(t, nil, "", "store", "copy", "bolt:"+path, "bolt:"+copied).done(t)
	command(t, nil, "", "store", "copy", "bolt:"+path, "bolt:"+copied).refused(t, "empty store")
	for _, name := range []string{"backup.db", "copy.db"} {
		if r := command(t, storeEnv(filepath.Join(dir, name)), "", "store", "check"); r.code != exitDone || !strings.HasPrefix(r.out, "ok: 3 cases") {
			t.Errorf("%s: exit status %d, %q, %q", name, r.code, r.out, r.errs)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("the folder holds %v (%v), want the two files alone", left, err)
	}
}

func TestExportHoldsNoCustomersWordsAndNoPrivateCase(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	s.Close()
	lines := command(t, storeEnv(path), "", "export", "--format", "jsonl", "--kind", "case")
	lines.done(t)
	got := parsed[exportedCase](t, lines.out) // one object: the private and the deleted case are not there
	if got.Kind != "case" || got.TS != "1.1" || got.Severity != "high" || !slices.Equal(got.Emotions, []string{"anger", "anxiety"}) {
		t.Errorf("got %s", lines.out)
	}
	table := command(t, storeEnv(path), "", "export", "--format", "csv")
	table.done(t)
	rows, err := csv.NewReader(strings.NewReader(table.out)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("got %d rows (%v), want a heading and one case: %q", len(rows), err, table.out)
	}
	if i := slices.Index(rows[0], "severity"); rows[0][0] != "kind" || rows[1][0] != "case" || i < 0 || rows[1][i] != "high" {
		t.Errorf("got %q", rows)
	}
	if strings.Contains(lines.out+table.out, "secret") {
		t.Error("a customer's words are in the export")
	}
}
