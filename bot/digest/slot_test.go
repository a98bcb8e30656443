package digest

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"coachbot/store"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestSlots(t *testing.T) {
	t.Parallel()
	shanghai := store.Team{Zone: "Asia/Shanghai", Holidays: []string{"2026-10-01", "2026-10-02"}, MakeUp: []string{"2026-10-10"}}
	berlin := store.Team{Zone: "Europe/Berlin", DigestAt: "02:30", DigestDays: store.Days()}
	for name, tt := range map[string]struct {
		team               store.Team
		kind               store.DigestKind
		now                string // in the team's zone
		due                bool
		date, at, from, to string
		days               int
	}{
		"before the hour":           {team: shanghai, kind: "day", now: "2026-11-25 08:59"},
		"at the hour":               {shanghai, "day", "2026-11-25 09:00", true, "2026-11-25", "2026-11-25 09:00", "2026-11-24 00:00", "2026-11-25 00:00", 1},
		"late the same day":         {shanghai, "day", "2026-11-25 23:59", true, "2026-11-25", "2026-11-25 09:00", "2026-11-24 00:00", "2026-11-25 00:00", 1},
		"Monday has the weekend":    {shanghai, "day", "2026-11-23 10:00", true, "2026-11-23", "2026-11-23 09:00", "2026-11-20 00:00", "2026-11-23 00:00", 3},
		"no digest on Saturday":     {team: shanghai, kind: "day", now: "2026-11-21 12:00"},
		"no digest on a holiday":    {team: shanghai, kind: "day", now: "2026-10-01 12:00"},
		"after the holidays":        {shanghai, "day", "2026-10-05 12:00", true, "2026-10-05", "2026-10-05 09:00", "2026-09-30 00:00", "2026-10-05 00:00", 5},
		"a Saturday that is worked": {shanghai, "day", "2026-10-10 12:00", true, "2026-10-10", "2026-10-10 09:00", "2026-10-09 00:00", "2026-10-10 00:00", 1},
		"the week":                  {shanghai, "week", "2026-11-23 10:00", true, "2026-11-23", "2026-11-23 09:00", "2026-11-16 00:00", "2026-11-23 00:00", 7},
		"the week on Tuesday":       {shanghai, "week", "2026-11-24 10:00", true, "2026-11-23", "2026-11-23 09:00", "2026-11-16 00:00", "2026-11-23 00:00", 7},
		"the week before the hour":  {shanghai, "week", "2026-11-23 08:59", true, "2026-11-16", "2026-11-16 09:00", "2026-11-09 00:00", "2026-11-16 00:00", 7},
		"the month on its last day": {shanghai, "month", "2026-10-31 10:00", true, "2026-10-01", "2026-10-01 09:00", "2026-09-01 00:00", "2026-10-01 00:00", 30},
		"the month":                 {shanghai, "month", "2026-11-01 10:00", true, "2026-11-01", "2026-11-01 09:00", "2026-10-01 00:00", "2026-11-01 00:00", 31},
		"an hour that is left out":  {berlin, "day", "2026-03-29 03:30", true, "2026-03-29", "2026-03-29 03:00", "2026-03-28 00:00", "2026-03-29 00:00", 1},
		"a day of 23 hours":         {berlin, "day", "2026-03-30 12:00", true, "2026-03-30", "2026-03-30 02:30", "2026-03-29 00:00", "2026-03-30 00:00", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			loc := Zone(tt.team)
			now, err := time.ParseInLocation("2006-01-02 15:04", tt.now, loc)
			if err != nil {
				t.Fatal(err)
			}
			s, due := Due(tt.team, tt.kind, now)
			if due != tt.due {
				t.Fatalf("due: got %v, want %v (%+v)", due, tt.due, s)
			}
			if !due {
				return
			}
			show := func(t time.Time) string { return t.In(loc).Format("2006-01-02 15:04") }
			if s.Date != tt.date || show(s.At) != tt.at || show(s.From) != tt.from || show(s.To) != tt.to || s.Days != tt.days {
				t.Errorf("got %s at %s of %s to %s, %d days", s.Date, show(s.At), show(s.From), show(s.To), s.Days)
			}
		})
	}
}

// An hour that the clocks show twice is told the first time.
func TestHourShownTwice(t *testing.T) {
	t.Parallel()
	team := store.Team{Zone: "Europe/Berlin", DigestAt: "02:30", DigestDays: store.Days()}
	s, err := On(team, store.DigestDay, "2026-10-25")
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC); !s.At.Equal(want) {
		t.Errorf("got %s, want %s", s.At.UTC(), want)
	}
}

// Whatever the zone, its clock changes and the team's days: the digests of a kind
// follow each other without a gap or an overlap, each on its own date, at its hour.
func TestSlotsCoverTheYear(t *testing.T) {
	t.Parallel()
	zones := []string{"UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut",
		"Australia/Lord_Howe", "Pacific/Apia", "America/Havana", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns"}
	rnd := rand.New(rand.NewPCG(5, 8))
	for _, name := range zones {
		zone(t, name)
		for range 4 {
			team := store.Team{Zone: name, DigestAt: time.Date(0, 1, 1, rnd.IntN(24), rnd.IntN(60), 0, 0, time.UTC).Format("15:04")}
			for _, d := range store.Days() {
				if rnd.IntN(2) == 0 {
					team.DigestDays = append(team.DigestDays, d)
				}
			}
			start := time.Date(2010+rnd.IntN(17), time.Month(1+rnd.IntN(12)), 1+rnd.IntN(28), rnd.IntN(24), 0, 0, 0, time.UTC)
			for _, kind := range []store.DigestKind{store.DigestDay, store.DigestWeek, store.DigestMonth} {
				follow(t, team, kind, start)
			}
		}
	}
}

func follow(t *testing.T, team store.Team, kind store.DigestKind, start time.Time) {
	t.Helper()
	var last Slot
	now := start
	for range 40 {
		s, ok := Next(team, kind, now)
		if !ok {
			t.Fatalf("%s %v: no next %s after %s", team.Zone, team.DigestDays, kind, now)
		}
		loc := Zone(team)
		switch {
		case !s.From.Before(s.To) || s.To.After(s.At):
			t.Fatalf("%s: %s looks back on %s to %s and is posted at %s", team.Zone, s.Date, s.From, s.To, s.At)
		case s.At.In(loc).Format(time.DateOnly) != s.Date:
			t.Fatalf("%s: the digest of %s is posted at %s", team.Zone, s.Date, s.At.In(loc))
		case s.From.Add(-time.Second).In(loc).Format(time.DateOnly) >= s.From.In(loc).Format(time.DateOnly):
			t.Fatalf("%s: %s is not where a day begins", team.Zone, s.From)
		case last.Date != "" && (s.Date <= last.Date || !s.From.Equal(last.To)):
			t.Fatalf("%s: after %+v comes %+v", team.Zone, last, s)
		}
		if due, ok := Due(team, kind, s.At); !ok || due != s {
			t.Fatalf("%s: at its own hour %+v is not due, but %+v %v", team.Zone, s, due, ok)
		}
		if due, ok := Due(team, kind, s.At.Add(-time.Second)); ok && due.Date == s.Date {
			t.Fatalf("%s: %s is due before its hour", team.Zone, s.Date)
		}
		last, now = s, s.At
	}
}

func TestSinceSumsUp(t *testing.T) {
	t.Parallel()
	team := store.Team{Zone: "Asia/Shanghai"}
	s, _ := On(team, store.DigestDay, "2026-11-25")
	long := Since(team, s, s.To.AddDate(0, 0, -5))
	if long.Days != 5 || !long.To.Equal(s.To) || long.Date != s.Date {
		t.Errorf("five days: got %+v", long)
	}
	if same := Since(team, s, s.From); same != s {
		t.Errorf("no gap: got %+v, want %+v", same, s)
	}
	monday, _ := On(team, store.DigestDay, "2026-11-30")
	if rest := Since(team, monday, monday.From.AddDate(0, 0, 1)); rest.Days != 2 || !rest.To.Equal(monday.To) {
		t.Errorf("what was told is told again: got %+v", rest)
	}
	if whole := Since(team, monday, monday.To); whole != monday {
		t.Errorf("nothing is left: got %+v", whole)
	}
	for kind, want := range map[store.DigestKind]int{store.DigestDay: 31, store.DigestWeek: 35, store.DigestMonth: 61} {
		s, _ := On(team, kind, "2026-12-01")
		if year := Since(team, s, s.To.AddDate(-1, 0, 0)); year.Days != want || !year.Summed || !year.To.Equal(s.To) {
			t.Errorf("a year: got %d days of a %s, want %d", year.Days, kind, want)
		}
	}
}

func TestRunning(t *testing.T) {
	t.Parallel()
	team := store.Team{Zone: "Asia/Shanghai"}
	now := time.Date(2026, 11, 25, 3, 30, 0, 0, time.UTC) // Wednesday 11:30
	for kind, from := range map[store.DigestKind]string{"day": "2026-11-25", "week": "2026-11-23", "month": "2026-11-01"} {
		s := Running(team, kind, now)
		if got := s.From.In(Zone(team)).Format(time.DateOnly); got != from || !s.To.Equal(now) || !s.Running {
			t.Errorf("%s: got %s to %s", kind, got, s.To)
		}
	}
	if _, err := Of(team, store.DigestDay, "tomorrow"); err == nil {
		t.Error("tomorrow is taken for a date")
	}
	w, err := Of(team, store.DigestWeek, "2026-11-25")
	if err != nil || w.Date != "2026-11-30" || w.Days != 7 {
		t.Errorf("the week of a Wednesday: got %+v, %v", w, err)
	}
	if !slices.Equal(days(team), []string{"mon", "tue", "wed", "thu", "fri"}) {
		t.Errorf("days: got %v", days(team))
	}
}

// tellings plays a bot that is up and down: what the queue and the records remember
// is kept, and all that is told is judged when it is told.
type tellings struct {
	t       *testing.T
	team    store.Team
	kind    store.DigestKind
	planned []Slot          // jobs
	keys    map[string]bool // of jobs that were planned
	told    map[string]bool
	last    Slot
	n       int
}

// plan is what each connection and each telling do.
func (p *tellings) plan(now time.Time) {
	enqueue := func(s Slot) {
		if !p.keys[s.Date] {
			p.keys[s.Date], p.planned = true, append(p.planned, s)
		}
	}
	if s, ok := Due(p.team, p.kind, now); ok && s.Date == Day(p.team, now) && !p.told[s.Date] {
		enqueue(s)
	}
	if s, ok := Next(p.team, p.kind, now); ok {
		enqueue(s)
	}
}

// up does the jobs that are due while the bot is up in [from, to).
func (p *tellings) up(from, to time.Time) {
	p.t.Helper()
	p.plan(from)
	flood := 0
	for now := from; ; {
		slices.SortFunc(p.planned, func(a, b Slot) int { return a.At.Compare(b.At) })
		if len(p.planned) == 0 || !p.planned[0].At.Before(to) {
			return
		}
		job := p.planned[0]
		p.planned = p.planned[1:]
		if job.At.After(now) {
			now = job.At
			flood = 0
		}
		s, ok := Tell(p.team, p.kind, job.Date, p.last.To, now)
		if ok && !p.told[s.Date] {
			if flood++; flood > 1 {
				p.t.Fatalf("%s: two %s digests at once, at %s", p.team.Zone, p.kind, now)
			}
			p.judge(s, now)
			p.told[s.Date], p.last = true, s
			p.n++
		}
		p.plan(now)
	}
}

// judge holds a digest against the ones before: no gap but beyond the bounds, no
// overlap, none of a period that has a later one.
func (p *tellings) judge(s Slot, now time.Time) {
	p.t.Helper()
	loc := Zone(p.team)
	next, ok := Next(p.team, p.kind, s.At)
	switch {
	case s.At.After(now):
		p.t.Fatalf("%s: %s is told before its hour, at %s", p.team.Zone, s.Date, now)
	case p.kind == store.DigestDay && s.Date != Day(p.team, now):
		p.t.Fatalf("%s: the day's digest of %s is told at %s", p.team.Zone, s.Date, now.In(loc))
	case ok && !now.Before(next.At):
		p.t.Fatalf("%s: the %s of %s is told at %s, when the next is due", p.team.Zone, p.kind, s.Date, now.In(loc))
	case p.last.Date != "" && s.From.Before(p.last.To):
		p.t.Fatalf("%s: the %s from %s was told to %s already", p.team.Zone, p.kind, s.From, p.last.To)
	case p.last.Date != "" && s.From.After(p.last.To) && s.From.After(furthest(p.kind, dateOf(s.To.In(loc))).starts(loc)):
		p.t.Fatalf("%s: nobody is told of the %s from %s to %s", p.team.Zone, p.kind, p.last.To, s.From)
	case s.Days < 1 || s.Days > 62:
		p.t.Fatalf("%s: %d days", p.team.Zone, s.Days)
	}
}

// Whatever the zone, its clock changes, holidays and days worked instead, and however
// long the bot is down: each digest is told once, as soon as the bot is up within the
// period that follows, and what was missed is summed up in the next.
func TestDownTimesLoseNothing(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(11, 25))
	for _, name := range []string{"UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia"} {
		zone(t, name)
		for range 4 {
			team := store.Team{Zone: name, DigestAt: time.Date(0, 1, 1, rnd.IntN(24), rnd.IntN(60), 0, 0, time.UTC).Format("15:04")}
			start := time.Date(2010+rnd.IntN(16), time.Month(1+rnd.IntN(12)), 1+rnd.IntN(28), rnd.IntN(24), rnd.IntN(60), 0, 0, time.UTC)
			for n := range 12 {
				day := start.AddDate(0, n, rnd.IntN(28))
				team.Holidays = append(team.Holidays, day.Format(time.DateOnly), day.AddDate(0, 0, 1).Format(time.DateOnly))
				team.MakeUp = append(team.MakeUp, day.AddDate(0, 0, 5).Format(time.DateOnly))
			}
			for _, kind := range []store.DigestKind{store.DigestDay, store.DigestWeek, store.DigestMonth} {
				p := &tellings{t: t, team: team, kind: kind, keys: map[string]bool{}, told: map[string]bool{}}
				for now, end := start, start.AddDate(1, 0, 0); now.Before(end); {
					up := now.Add(time.Duration(1+rnd.IntN(60*24*20)) * time.Minute)
					p.up(now, up)
					missed, due := Due(team, kind, up.Add(-time.Minute))
					if due && missed.From.After(start) && !p.told[missed.Date] {
						t.Fatalf("%s: the bot is up at %s, and the %s of %s is not told", name, up, kind, missed.Date)
					}
					down := []time.Duration{time.Hour, 24 * time.Hour, 7 * 24 * time.Hour, 40 * 24 * time.Hour}[rnd.IntN(4)]
					now = up.Add(time.Duration(rnd.Int64N(int64(down))))
				}
				if p.n < 3 {
					t.Fatalf("%s: %d %s digests in a year", name, p.n, kind)
				}
			}
		}
	}
}

func TestTell(t *testing.T) {
	t.Parallel()
	team := store.Team{Zone: "Asia/Shanghai", DigestAt: "11:00"}
	at := func(s string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", s, Zone(team))
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	if s, ok := Tell(team, store.DigestWeek, "2026-11-23", time.Time{}, at("2026-11-23 09:00")); ok {
		t.Errorf("the hour was moved to eleven, and a new team is told at nine of the week before it was there: %+v", s)
	}
	s, ok := Tell(team, store.DigestWeek, "2026-11-09", time.Time{}, at("2026-11-24 09:00"))
	if want := at("2026-11-02 00:00"); !ok || s.Date != "2026-11-23" || !s.From.Equal(want) || s.Days != 21 || !s.Summed {
		t.Errorf("three weeks down, and none told before: got %+v, want from %s", s, want)
	}
	if s, ok = Tell(team, store.DigestDay, "2026-11-20", at("2026-11-20 00:00"), at("2026-11-21 12:00")); ok {
		t.Errorf("a Saturday: got %+v", s)
	}
	// The team moved to the west: what was told on Monday in the old zone is not told again.
	team.Zone = "Europe/Berlin"
	told := at("2026-11-23 00:00").Add(-7 * time.Hour)
	if s, ok = Tell(team, store.DigestDay, "2026-11-24", told, at("2026-11-24 12:00")); !ok || !s.From.Equal(told) {
		t.Errorf("got %+v, want from %s", s, told)
	}
}
