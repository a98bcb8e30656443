package bot_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/store"
	"coachbot/store/bolt"
)

// BenchmarkDigest makes a day's digest from a store with a million cases over a year
// (COACH_BENCH_CASES names another number). It reads the day, not the year:
//
//	go test ./bot -run '^$' -bench BenchmarkDigest -benchtime 20x
func BenchmarkDigest(b *testing.B) {
	cases := 1_000_000
	if n, err := strconv.Atoi(os.Getenv("COACH_BENCH_CASES")); err == nil {
		cases = n
	}
	path := filepath.Join(b.TempDir(), "year.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	fillYear(b, s, cases)
	k := knowledge()
	app, err := bot.NewReader(b.Context(), bot.Options{Store: s, Engine: k.engine, Guard: k.guard, Library: k.set, Locale: "en",
		Team: store.Team{Zone: "UTC"}, Now: func() time.Time { return yearEnds.Add(9 * time.Hour) }})
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b.ReportAllocs()
	for b.Loop() {
		d, err := app.DigestAbout(b.Context(), "", store.DigestDay, yearEnds.AddDate(0, 0, -1).Format(time.DateOnly))
		if err != nil {
			b.Fatal(err)
		}
		if got, want := d.Digest.Numbers.Cases, cases/365; got < want-1 || got > want+1 {
			b.Fatalf("%d cases, want about %d", got, want)
		}
		if d.Digest.Average == nil || d.Message().Text == "" || d.Thread().Text == "" {
			b.Fatal("nothing to compare with, or nothing to show")
		}
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric((float64(after.HeapSys)-float64(before.HeapSys))/(1<<20), "MB-more-heap")
}

// yearEnds is the midnight after the year's last day.
var yearEnds = time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)

// fillYear puts a year's cases into a store, and the digests of its last week.
func fillYear(b *testing.B, s store.Store, cases int) {
	b.Helper()
	begin, step := yearEnds.AddDate(-1, 0, 0), 365*24*time.Hour/time.Duration(cases)
	batch := make([]store.Record, 0, 4000)
	put := func() {
		if err := s.Put(b.Context(), batch...); err != nil {
			b.Fatal(err)
		}
		batch = batch[:0]
	}
	states := []store.CaseState{store.CaseCalmed, store.CaseCalmed, store.CaseUnresolved, store.CaseOpen}
	scenarios := []string{"late-delivery", "refund-refused", "long-wait", "broken-promise", "staff-attitude"}
	for i := range cases {
		at := begin.Add(time.Duration(i) * step)
		c := store.Case{Workspace: "T0", Team: store.EnvironmentTeam, Channel: fmt.Sprintf("C0%04d", i%50), TS: fmt.Sprintf("%d.%06d", at.Unix(), i%1_000_000),
			Author: "U0TOM0001", Text: "Three weeks! Nobody tells me anything. Where is my parcel?! This is a disgrace.", Lang: "en", Severity: "high",
			Emotions: []string{"anger", "impatience"}, Playbook: scenarios[i%len(scenarios)], Candidates: scenarios, Step: "empathise", Sure: true,
			State: states[i%len(states)], OpenedAt: at, AdvisedAt: at.Add(2 * time.Second), UpdatedAt: at}
		c.ID, c.Thread = store.CaseID(c.Workspace, c.Channel, c.TS), c.TS
		if batch = append(batch, store.Record{Case: &c}); len(batch) == cap(batch) {
			put()
		}
	}
	for n := 1; n <= 6; n++ {
		to := yearEnds.AddDate(0, 0, -n)
		batch = append(batch, store.Record{Digest: &store.DigestRecord{Workspace: "T0", Team: store.EnvironmentTeam, Kind: store.DigestDay, Date: to.Format(time.DateOnly),
			From: to.AddDate(0, 0, -1), To: to, PostedAt: to.Add(9 * time.Hour), Numbers: store.DigestNumbers{Days: 1, Cases: cases / 365}}})
	}
	batch = append(batch, store.Record{Channel: &store.Channel{Workspace: "T0", ID: "C00000"}})
	put()
}
