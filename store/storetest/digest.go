package storetest

import (
	"strings"
	"time"

	"coachbot/store"
)

func aDigest(date string, to time.Time) store.DigestRecord {
	return store.DigestRecord{
		Workspace: "T1", Team: "S1", Kind: store.DigestDay, Date: date, From: to.AddDate(0, 0, -1), To: to, Headline: "平静的一天", Found: []store.DigestFinding{{Code: "rising", N: 5, Of: 2, Scenario: "long-wait"}}, Quiet: true,
		Numbers: store.DigestNumbers{Days: 1, Cases: 3, Calmed: 2, Scenarios: map[string]int{"long-wait": 3}}, Post: "digest." + date,
		PostedAt: to, Read: []store.DigestReader{{By: "U1", At: to}},
	}
}

func aPerson(id string, at time.Time) store.Person {
	return store.Person{Workspace: "T1", ID: id, Hints: 1, HintsSet: true, Calmed: map[string]int{"long-wait": 2},
		Drills: []store.DrillMemory{{ID: "d1", Case: "T1.C1.1700000000.000100", Box: 1, DueAt: at, Last: "a1"}}, UpdatedAt: at}
}

func (b *bench) putDigest(d store.DigestRecord) {
	b.t.Helper()
	got, err := b.UpdateDigest(b.ctx(), d.Workspace, d.Team, d.Kind, d.Date, func(to *store.DigestRecord) error { *to = d; return nil })
	b.must(err)
	same(b, "stored digest", got, d.Clean())
}

func (b *bench) putSlips(s store.Slips) {
	b.t.Helper()
	got, err := b.UpdateSlips(b.ctx(), s.Workspace, s.Team, s.Day, func(to *store.Slips) error { *to = s; return nil })
	b.must(err)
	same(b, "stored slips", got, s.Clean())
}

func (b *bench) putPerson(p store.Person) {
	b.t.Helper()
	got, err := b.UpdatePerson(b.ctx(), p.Workspace, p.ID, func(to *store.Person) error { *to = p; return nil })
	b.must(err)
	same(b, "stored person", got, p.Clean())
}

// lastDigests are the dates of a team's digests before one.
func (b *bench) lastDigests(team string, kind store.DigestKind, before string, max int) []string {
	b.t.Helper()
	list, err := b.LastDigests(b.ctx(), "T1", team, kind, before, max)
	b.must(err)
	dates := []string{}
	for _, d := range list {
		dates = append(dates, d.Date)
	}
	return dates
}

// slips are the days with slips of a team.
func (b *bench) slips(team, from, to string) []string {
	b.t.Helper()
	list, err := b.SlipsBetween(b.ctx(), "T1", team, from, to)
	b.must(err)
	days := []string{}
	for _, s := range list {
		days = append(days, s.Day)
	}
	return days
}

func digestTests() []test {
	return []test{
		{"a digest is kept under team, kind and date", func(b *bench) {
			_, err := b.Digest(b.ctx(), "T1", "S1", store.DigestDay, "2026-03-02")
			b.is("absent", err, store.ErrNotFound)
			want := aDigest("2026-03-02", day(1))
			b.putDigest(want)
			b.reopen()
			got, err := b.Digest(b.ctx(), "T1", "S1", store.DigestDay, "2026-03-02")
			b.must(err)
			same(b, "kept", got, want)
			got.Read[0].By, got.Numbers.Scenarios["long-wait"] = "changed", 99
			again, err := b.Digest(b.ctx(), "T1", "S1", store.DigestDay, "2026-03-02")
			b.must(err)
			same(b, "a copy", again, want)
			for _, other := range [][3]string{{"S2", "day", "2026-03-02"}, {"S1", "week", "2026-03-02"}, {"S1", "day", "2026-03-03"}} {
				_, err := b.Digest(b.ctx(), "T1", other[0], store.DigestKind(other[1]), other[2])
				b.is(strings.Join(other[:], " "), err, store.ErrNotFound)
			}
		}},
		{"the last digests, newest first", func(b *bench) {
			for i, date := range []string{"2026-03-02", "2026-03-04", "2026-03-03"} {
				b.putDigest(aDigest(date, day(i+1)))
			}
			week := aDigest("2026-03-03", day(2))
			week.Kind = store.DigestWeek
			b.putDigest(week)
			other := aDigest("2026-03-03", day(2))
			other.Team = "S"
			b.putDigest(other)
			same(b, "all", b.lastDigests("S1", store.DigestDay, "9999-12-31", 9), []string{"2026-03-04", "2026-03-03", "2026-03-02"})
			same(b, "before a date", b.lastDigests("S1", store.DigestDay, "2026-03-04", 9), []string{"2026-03-03", "2026-03-02"})
			same(b, "at most", b.lastDigests("S1", store.DigestDay, "9999-12-31", 1), []string{"2026-03-04"})
			same(b, "of the week", b.lastDigests("S1", store.DigestWeek, "9999-12-31", 9), []string{"2026-03-03"})
			same(b, "of another team", b.lastDigests("S", store.DigestDay, "9999-12-31", 9), []string{"2026-03-03"})
			same(b, "of none", b.lastDigests("S2", store.DigestDay, "9999-12-31", 9), []string{})
		}},
		{"digests that are not valid", func(b *bench) {
			good := aDigest("2026-03-02", day(1))
			for name, spoil := range map[string]func(*store.DigestRecord){
				"no period": func(d *store.DigestRecord) { d.To = d.From },
				"no kind":   func(d *store.DigestRecord) { d.Kind = "year" },
				"no team":   func(d *store.DigestRecord) { d.Team = "" },
				"no date":   func(d *store.DigestRecord) { d.Date = "today" },
				"long key":  func(d *store.DigestRecord) { d.Team = strings.Repeat("x", store.MaxKey+1) },
			} {
				bad := good
				spoil(&bad)
				_, err := b.UpdateDigest(b.ctx(), bad.Workspace, bad.Team, bad.Kind, bad.Date, func(to *store.DigestRecord) error { *to = bad; return nil })
				b.is(name, err, store.ErrInvalid)
			}
			b.stats("after", store.Stats{})
		}},
		{"slips by day", func(b *bench) {
			for i, d := range []string{"2026-03-03", "2026-03-01", "2026-03-02"} {
				b.putSlips(store.Slips{Workspace: "T1", Team: "S1", Day: d, Counts: map[string]int{"dont-know": i + 1}, Seen: []string{"c"}, At: day(i)})
			}
			b.putSlips(store.Slips{Workspace: "T1", Team: "S", Day: "2026-03-02", Counts: map[string]int{"dont-know": 9}, At: day(0)})
			same(b, "two days", b.slips("S1", "2026-03-01", "2026-03-03"), []string{"2026-03-01", "2026-03-02"})
			same(b, "none", b.slips("S1", "2026-03-04", "2026-03-09"), []string{})
			same(b, "another team", b.slips("S", "2026-01-01", "2026-12-31"), []string{"2026-03-02"})
			b.reopen()
			got, err := b.UpdateSlips(b.ctx(), "T1", "S1", "2026-03-01", func(s *store.Slips) error { s.Counts["dont-know"]++; return nil })
			b.must(err)
			same(b, "one more", got.Counts["dont-know"], 3)
			_, err = b.UpdateSlips(b.ctx(), "T1", "S1", "soon", func(s *store.Slips) error { s.At = day(0); return nil })
			b.is("no day", err, store.ErrInvalid)
			_, err = b.UpdateSlips(b.ctx(), "T1", "S1", "2026-03-01", func(s *store.Slips) error { s.Seen = make([]string, store.MaxSeen+1); return nil })
			b.is("too many seen", err, store.ErrInvalid)
		}},
		{"a person", func(b *bench) {
			got, err := b.Person(b.ctx(), "T1", "U1")
			b.must(err)
			same(b, "absent", got, store.Person{Workspace: "T1", ID: "U1"})
			want := aPerson("U1", day(1))
			b.putPerson(want)
			b.putPerson(aPerson("U0", day(0)))
			b.reopen()
			got, err = b.Person(b.ctx(), "T1", "U1")
			b.must(err)
			same(b, "kept", got, want)
			list, err := b.PersonList(b.ctx(), "T1")
			b.must(err)
			same(b, "all", list, []store.Person{aPerson("U0", day(0)), want})
			for name, spoil := range map[string]func(*store.Person){
				"no time":     func(p *store.Person) { p.UpdatedAt = time.Time{} },
				"loud":        func(p *store.Person) { p.Hints = 4 },
				"many drills": func(p *store.Person) { p.Drills = make([]store.DrillMemory, store.MaxDrills+1) },
			} {
				bad := aPerson("U1", day(1))
				spoil(&bad)
				_, err := b.UpdatePerson(b.ctx(), "T1", "U1", func(to *store.Person) error { *to = bad; return nil })
				b.is(name, err, store.ErrInvalid)
			}
		}},
		{"deleting records of every kind", func(b *bench) {
			b.fill()
			var all []store.Record
			b.must(b.Walk(b.ctx(), func(r store.Record) error {
				if r.Job == nil && r.Key == nil {
					all = append(all, r)
				}
				return nil
			}))
			b.is("a job", b.Delete(b.ctx(), append([]store.Record{{Job: &store.Job{ID: "1"}}}, all...)...), store.ErrInvalid)
			b.stats("all or none", filled())
			b.must(b.Delete(b.ctx(), all...))
			b.must(b.Delete(b.ctx(), all...))
			want := filled()
			b.stats("after", store.Stats{Jobs: want.Jobs, Buried: want.Buried, Keys: want.Keys})
			b.reopen()
		}},
		{"a deleted case takes its evidence along", func(b *bench) {
			c := aCase("C1", "1.1", day(0))
			b.putCase(c)
			b.must(b.AddEvidence(b.ctx(), anEvidence("e1", c.ID, day(0))))
			b.must(b.Delete(b.ctx(), store.Record{Case: &store.Case{ID: c.ID}}))
			b.stats("after", store.Stats{})
		}},
	}
}
