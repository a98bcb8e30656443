package bolt_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"coachbot/store"
	"coachbot/store/bolt"
)

func benchStore(b *testing.B) *bolt.Store {
	b.Helper()
	s, err := bolt.Open(filepath.Join(b.TempDir(), "coachbot.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}

// BenchmarkEnqueue is the time until a delivery is durable, with one caller and
// with fifty at once. ns/op with fifty is the share of one; ms-each is what
// each of them waited.
func BenchmarkEnqueue(b *testing.B) {
	for _, callers := range []int{1, 50} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			s, ctx := benchStore(b), b.Context()
			payload := make([]byte, 2000)
			var next atomic.Int64
			var wg sync.WaitGroup
			b.ResetTimer()
			for range callers {
				wg.Go(func() {
					for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
						id := fmt.Sprint("Ev", n)
						j := store.Job{ID: id, Keys: []string{id, fmt.Sprint("C1.", n)}, Lane: fmt.Sprint("C", n%20), Kind: "message", Payload: payload}
						if _, err := s.Enqueue(ctx, j); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
			b.ReportMetric(b.Elapsed().Seconds()*1000*float64(min(callers, b.N))/float64(b.N), "ms-each")
		})
	}
}

// BenchmarkClaim hands jobs out one at a time while 100,000 wait. Giving them
// back, which is a write, is not measured.
func BenchmarkClaim(b *testing.B) {
	for _, lanes := range []int{1000, 100_000} {
		b.Run(fmt.Sprintf("lanes=%d", lanes), func(b *testing.B) {
			s, ctx := benchStore(b), b.Context()
			enqueueMany(b, s, lanes)
			now := time.Now().Add(time.Hour)
			var handed []store.Job
			for b.Loop() {
				jobs, err := s.Claim(ctx, now, 1)
				if err != nil || len(jobs) != 1 {
					b.Fatal(jobs, err)
				}
				if handed = append(handed, jobs...); len(handed) == lanes {
					b.StopTimer()
					giveBack(b, s, handed)
					handed = handed[:0]
					b.StartTimer()
				}
			}
		})
	}
}

// enqueueMany makes 100,000 jobs wait.
func enqueueMany(b *testing.B, s *bolt.Store, lanes int) {
	b.Helper()
	for i := 0; i < 100_000; i += 1000 {
		jobs := make([]store.Job, 1000)
		for n := range jobs {
			jobs[n] = store.Job{ID: fmt.Sprint("Ev", i+n), Lane: fmt.Sprint("C", (i+n)%lanes), Kind: "message", Payload: []byte("p")}
		}
		if _, err := s.Enqueue(b.Context(), jobs...); err != nil {
			b.Fatal(err)
		}
	}
}

func giveBack(b *testing.B, s *bolt.Store, jobs []store.Job) {
	b.Helper()
	var wg sync.WaitGroup
	var next atomic.Int64
	for range 50 {
		wg.Go(func() {
			for n := next.Add(1); n <= int64(len(jobs)); n = next.Add(1) {
				if err := s.Defer(b.Context(), jobs[n-1].ID, time.Time{}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkOpen opens a store in which 100,000 jobs wait.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "coachbot.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	enqueueMany(b, s, 20)
	for b.Loop() {
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		if s, err = bolt.Open(path, bolt.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkCasesOpened reads one day, one day of one of fifty channels, and a
// week out of a year of 200,000 cases: the time goes with what is read.
func BenchmarkCasesOpened(b *testing.B) {
	s, ctx := benchStore(b), b.Context()
	const cases, days = 200_000, 365
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := 0; i < cases; i += 1000 {
		records := make([]store.Record, 1000)
		for n := range records {
			c := store.Case{
				ID: fmt.Sprint(i + n), Workspace: "T", Channel: fmt.Sprint("C", n%50), TS: fmt.Sprint(i + n),
				Thread: fmt.Sprint(i + n), State: store.CaseOpen, Text: "顾客等了三天，说再没有人回复就要投诉。",
				OpenedAt: start.Add(time.Duration(i+n) * (days * 24 * time.Hour / cases)),
			}
			records[n] = store.Record{Case: &c}
		}
		if err := s.Put(ctx, records...); err != nil {
			b.Fatal(err)
		}
	}
	for _, bb := range []struct {
		name, channel string
		days          int
	}{{"day", "", 1}, {"day of a channel", "C7", 1}, {"week", "", 7}} {
		b.Run(bb.name, func(b *testing.B) {
			from := start.AddDate(0, 6, 0)
			n := 0
			for b.Loop() {
				n = 0
				if err := s.CasesOpened(ctx, bb.channel, from, from.AddDate(0, 0, bb.days), func(store.Case) error { n++; return nil }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n), "cases")
		})
	}
}
