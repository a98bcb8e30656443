package storetest

import (
	"bytes"
	"strings"
	"time"

	"coachbot/store"
)

func queueTests() []test {
	return []test{
		{"a job comes out as it went in", func(b *bench) {
			in := store.Job{
				ID: "Ev1", Keys: []string{"Ev1", "T1.C1.1.0"}, Lane: "T1.C1", Kind: "message",
				Payload: []byte{0, 1, 0xff}, At: b.clock.Now().Add(-time.Second),
			}
			b.enqueue(in)
			got, err := b.Claim(b.ctx(), b.clock.Now(), 10)
			b.must(err)
			in.Attempt = 1
			same(b, "claimed", got, []store.Job{in})
		}},
		{"nothing to enqueue", func(b *bench) {
			fresh, err := b.Enqueue(b.ctx())
			b.must(err)
			same(b, "fresh", len(fresh), 0)
		}},
		{"the store dates a job without time", func(b *bench) {
			b.enqueue(store.Job{ID: "1", Lane: "a", Kind: "k"})
			got, err := b.Claim(b.ctx(), b.clock.Now(), 1)
			b.must(err)
			same(b, "claimed", got, []store.Job{{ID: "1", Keys: []string{"1"}, Lane: "a", Kind: "k", At: b.clock.Now(), Attempt: 1}})
		}},
		{"what the store decides is not taken from the caller", func(b *bench) {
			j := b.job("1", "a")
			j.Attempt, j.Cause, j.BuriedAt = 7, "mine", day(0)
			b.enqueue(j)
			got, err := b.Claim(b.ctx(), b.clock.Now(), 1)
			b.must(err)
			want := b.job("1", "a")
			want.Keys, want.Attempt = []string{"1"}, 1
			same(b, "claimed", got, []store.Job{want})
		}},
		{"one known key makes a duplicate", func(b *bench) {
			first := b.job("Ev1", "a")
			first.Keys = []string{"Ev1", "C1.1.0"}
			b.enqueue(first)
			byID, byKey, byOther := b.job("Ev1", "b"), b.job("Ev2", "b"), b.job("C1.1.0", "b")
			byKey.Keys = []string{"Ev2", "C1.1.0"}
			unknown := b.job("Ev3", "b")
			fresh, err := b.Enqueue(b.ctx(), byID, byKey, unknown, byOther)
			b.must(err)
			same(b, "fresh", fresh, []bool{false, false, true, false})
			// A key that came only with a duplicate is not remembered.
			fresh, err = b.Enqueue(b.ctx(), b.job("Ev2", "b"))
			b.must(err)
			same(b, "fresh", fresh, []bool{true})
		}},
		{"a duplicate within one call", func(b *bench) {
			fresh, err := b.Enqueue(b.ctx(), b.job("1", "a"), b.job("1", "a"), b.job("2", "a"))
			b.must(err)
			same(b, "fresh", fresh, []bool{true, false, true})
		}},
		{"a finished job stays known", func(b *bench) {
			j := b.job("1", "a")
			j.Keys = []string{"1", "other"}
			b.enqueue(j)
			same(b, "claimed", b.claim(1), []string{"1"})
			b.must(b.Finish(b.ctx(), "1"))
			b.is("finish again", b.Finish(b.ctx(), "1"), store.ErrNotFound)
			b.reopen()
			for _, id := range []string{"1", "other"} {
				fresh, err := b.Enqueue(b.ctx(), b.job(id, "a"))
				b.must(err)
				same(b, "fresh", fresh, []bool{false})
			}
			same(b, "claimed", b.claim(1), []string{})
		}},
		{"all or none", func(b *bench) {
			for name, bad := range badJobs() {
				_, err := b.Enqueue(b.ctx(), b.job("good", "a"), bad)
				b.is(name, err, store.ErrInvalid)
			}
			same(b, "claimed", b.claim(10), []string{})
			b.enqueue(b.job("good", "a"))
		}},
		{"the largest payload", func(b *bench) {
			j := b.job("1", "a")
			j.Payload = bytes.Repeat([]byte("界"), store.MaxPayload/3)
			b.enqueue(j)
			b.reopen()
			got, err := b.Claim(b.ctx(), b.clock.Now(), 1)
			b.must(err)
			if len(got) != 1 || !bytes.Equal(got[0].Payload, j.Payload) {
				b.t.Errorf("payload of %d bytes came back changed", len(j.Payload))
			}
		}},
		{"jobs that are not there", func(b *bench) {
			b.is("finish", b.Finish(b.ctx(), "no"), store.ErrNotFound)
			b.is("retry", b.Retry(b.ctx(), "no", day(0), ""), store.ErrNotFound)
			b.is("defer", b.Defer(b.ctx(), "no", day(0)), store.ErrNotFound)
			b.is("bury", b.Bury(b.ctx(), "no", day(0), ""), store.ErrNotFound)
			b.is("finish without id", b.Finish(b.ctx(), ""), store.ErrNotFound)
			same(b, "claimed", b.claim(5), []string{})
			same(b, "claimed none", b.claim(0), []string{})
		}},
		{"next due", func(b *bench) {
			b.nextDue(time.Time{}, false)
			later := b.job("later", "a")
			later.RunAt = day(2)
			b.enqueue(later)
			b.nextDue(day(2), true)
			sooner := b.job("sooner", "b")
			sooner.RunAt = day(1)
			b.enqueue(sooner)
			b.nextDue(day(1), true)
			b.enqueue(b.job("now", "c"))
			b.nextDue(day(0), true)
			same(b, "claimed", b.claim(5), []string{"now"})
			b.nextDue(day(1), true)
			b.must(b.Retry(b.ctx(), "now", day(0).Add(time.Minute), "later"))
			b.nextDue(day(0).Add(time.Minute), true)
			b.must(b.Finish(b.ctx(), "now"))
			b.must(b.Bury(b.ctx(), "sooner", day(0), "no more"))
			b.nextDue(day(2), true)
		}},
		{"a waiting job can be called off", func(b *bench) {
			b.enqueue(b.job("1", "a"), b.job("2", "a"), b.job("3", "a"))
			b.must(b.Finish(b.ctx(), "1"))
			b.must(b.Finish(b.ctx(), "2"))
			same(b, "claimed", b.claim(5), []string{"3"})
		}},
	}
}

func (b *bench) nextDue(want time.Time, wantOK bool) {
	b.t.Helper()
	at, ok, err := b.NextDue(b.ctx())
	b.must(err)
	if ok != wantOK || ok && !at.Equal(want) {
		b.t.Errorf("next due: got %v %v, want %v %v", at, ok, want, wantOK)
	}
}

func badJobs() map[string]store.Job {
	return map[string]store.Job{
		"no id":         {Lane: "a", Kind: "k"},
		"only NUL":      {ID: "\x00", Lane: "a", Kind: "k"},
		"no lane":       {ID: "x", Kind: "k"},
		"no kind":       {ID: "x", Lane: "a"},
		"large payload": {ID: "x", Lane: "a", Kind: "k", Payload: make([]byte, store.MaxPayload+1)},
		"long key":      {ID: "x", Lane: "a", Kind: "k", Keys: []string{strings.Repeat("k", store.MaxKey+1)}},
		"long lane":     {ID: "x", Lane: strings.Repeat("k", store.MaxKey+1), Kind: "k"},
		"absurd time":   {ID: "x", Lane: "a", Kind: "k", RunAt: time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)},
	}
}
