// Package digest makes a team's digest of a day, a week or a month from the
// records of that time, and knows when one is due. It is pure: no store, no Slack,
// no words of any language.
package digest

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"coachbot/store"
)

// Slot is one digest to be: when it is posted and what it looks back on.
type Slot struct {
	Kind     store.DigestKind
	Date     string    // the day on which it is posted, in the team's zone
	At       time.Time // when on that day
	From, To time.Time // it looks back on [From, To)
	Days     int       // how many days that is
	Running  bool      // the period is not over yet
	Summed   bool      // it reaches back further than usual, on what was not told
	Zone     string    // where its days begin
}

// longest is how many days a day's digest looks back on after a long silence.
const longest = 31

// furthest is the first day on which a digest of a kind looks back after a long
// silence: a month, five weeks, two months.
func furthest(kind store.DigestKind, to date) date {
	switch kind {
	case store.DigestWeek:
		return to.add(-35)
	case store.DigestMonth:
		return date{to.AddDate(0, -2, 0)}
	}
	return to.add(-longest)
}

// Zone is where a team's days begin.
func Zone(t store.Team) *time.Location { return zoneNamed(t.Zone) }

func zoneNamed(name string) *time.Location {
	if loc, err := time.LoadLocation(name); err == nil {
		return loc
	}
	return time.UTC
}

// date is a day of the calendar, as the middle of that day in UTC, so that days can be counted.
type date struct{ time.Time }

func dateOf(t time.Time) date {
	y, m, d := t.Date()
	return date{time.Date(y, m, d, 12, 0, 0, 0, time.UTC)}
}

func parseDate(s string) (date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return date{}, fmt.Errorf("%q is no date such as 2026-11-24", s)
	}
	return dateOf(t), nil
}

func (d date) String() string      { return d.Format(time.DateOnly) }
func (d date) add(days int) date   { return date{d.AddDate(0, 0, days)} }
func (d date) before(o date) bool  { return d.Time.Before(o.Time) }
func (d date) since(from date) int { return int(d.Sub(from.Time) / (24 * time.Hour)) }

// starts is the first instant of a day in a zone. Where clocks are moved at midnight
// that is not 0:00; a day that a zone left out starts where the next one does.
func (d date) starts(zone *time.Location) time.Time {
	y, m, day := d.Date()
	from := time.Date(y, m, day, 0, 0, 0, 0, time.UTC).Add(-26 * time.Hour)
	n := sort.Search(52*3600, func(i int) bool {
		return !dateOf(from.Add(time.Duration(i) * time.Second).In(zone)).before(d)
	})
	return from.Add(time.Duration(n) * time.Second).In(zone)
}

// maxJump is more than any zone moves its clocks within a day, in minutes.
const maxJump = 180

// at is when the clocks show a time of day: the first time when they show it twice,
// and the moment of the jump when they leave it out.
func (d date) at(clock string, zone *time.Location) time.Time {
	hm, err := time.Parse("15:04", clock)
	if err != nil {
		hm = time.Date(0, 1, 1, 9, 0, 0, 0, time.UTC)
	}
	begin, end := d.starts(zone), d.add(1).starts(zone)
	want := hm.Hour()*60 + hm.Minute()
	early := time.Duration(max(0, want-maxJump-begin.Hour()*60-begin.Minute())) * time.Minute
	for t := begin.Add(early); t.Before(end); t = t.Add(time.Minute) {
		if t.Hour()*60+t.Minute() >= want {
			return t
		}
	}
	return end.Add(-time.Second)
}

// days are the weekdays on which a team gets its digest.
func days(t store.Team) []string {
	if len(t.DigestDays) > 0 {
		return t.DigestDays
	}
	return store.Days()[:5]
}

// told reports whether a team gets its day's digest on a date. On a holiday nobody
// reads one; a day that is worked instead of a Monday is like one.
func told(t store.Team, d date) bool {
	s := d.String()
	name := store.Days()[(int(d.Weekday())+6)%7]
	if slices.Contains(t.MakeUp, s) {
		name = "mon"
	} else if slices.Contains(t.Holidays, s) {
		return false
	}
	return slices.Contains(days(t), name)
}

// posted reports whether a digest of a kind is posted on a date.
func posted(t store.Team, kind store.DigestKind, d date) bool {
	switch kind {
	case store.DigestWeek:
		return d.Weekday() == time.Monday
	case store.DigestMonth:
		return d.Day() == 1
	}
	return told(t, d)
}

// slot is the digest posted on a date. The day's looks back to the date of the one
// before it: on Monday, on Friday and the weekend.
func slot(t store.Team, kind store.DigestKind, d date) Slot {
	from := d
	switch kind {
	case store.DigestWeek:
		from = d.add(-7)
	case store.DigestMonth:
		from = date{d.AddDate(0, -1, 0)}
	default:
		for from = d.add(-1); !told(t, from) && d.since(from) < longest; from = from.add(-1) {
		}
	}
	return between(t, kind, from, d)
}

func between(t store.Team, kind store.DigestKind, from, to date) Slot {
	zone := Zone(t)
	clock := t.DigestAt
	if clock == "" {
		clock = "09:00"
	}
	return Slot{Kind: kind, Date: to.String(), At: to.at(clock, zone).UTC(), From: from.starts(zone).UTC(), To: to.starts(zone).UTC(), Days: to.since(from), Zone: t.Zone}
}

// Due is the digest of a kind whose hour has passed: a day's on its own day alone, a
// week's and a month's until the next one's hour. ok is false when there is none.
func Due(t store.Team, kind store.DigestKind, now time.Time) (s Slot, ok bool) {
	today := dateOf(now.In(Zone(t)))
	for d := today; today.since(d) <= longest; d = d.add(-1) {
		if posted(t, kind, d) {
			if s := slot(t, kind, d); !s.At.After(now) {
				return s, true
			}
		}
		if kind == store.DigestDay {
			break
		}
	}
	return Slot{}, false
}

// Tell is what a team is told now, when the digest of a date was planned and the last
// one told ended at last (zero: none was told yet). What the bot was down for is told
// late, once; what is older than that is summed up in it. ok is false when nothing is due.
func Tell(t store.Team, kind store.DigestKind, planned string, last, now time.Time) (s Slot, ok bool) {
	s, ok = Due(t, kind, now)
	if !ok || s.Date < planned {
		return Slot{}, false
	}
	if last.IsZero() {
		first, err := On(t, kind, planned)
		if err != nil {
			return Slot{}, false
		}
		last = first.From
	}
	return Since(t, s, last), true
}

// Next is the first digest of a kind after now; ok is false when there is none within a year.
func Next(t store.Team, kind store.DigestKind, now time.Time) (s Slot, ok bool) {
	d := dateOf(now.In(Zone(t)))
	for range 400 {
		if posted(t, kind, d) {
			if s := slot(t, kind, d); s.At.After(now) {
				return s, true
			}
		}
		d = d.add(1)
	}
	return Slot{}, false
}

// On is the digest of a kind that is posted on a date, whatever the team's days are.
func On(t store.Team, kind store.DigestKind, on string) (Slot, error) {
	d, err := parseDate(on)
	if err != nil {
		return Slot{}, err
	}
	return slot(t, kind, d), nil
}

// Since has a slot look back to another time: what was not told while the bot was
// down is summed up, within bounds, and what was told is left out.
func Since(t store.Team, s Slot, from time.Time) Slot {
	zone := Zone(t)
	to := dateOf(s.To.In(zone))
	if first := furthest(s.Kind, to).starts(zone); from.Before(first) {
		from = first
	}
	if !from.Before(s.To) || from.Equal(s.From) {
		return s
	}
	days := to.since(dateOf(from.In(zone)))
	s.Summed = days > s.Days
	s.From, s.Days = from.UTC(), days
	return s
}

// Of is the digest about a date: that day, or the week or month that holds it.
func Of(t store.Team, kind store.DigestKind, about string) (Slot, error) {
	d, err := parseDate(about)
	if err != nil {
		return Slot{}, err
	}
	from, to := periodOf(kind, d)
	return between(t, kind, from, to), nil
}

// Running is the period of a kind that now falls in, up to now.
func Running(t store.Team, kind store.DigestKind, now time.Time) Slot {
	d := dateOf(now.In(Zone(t)))
	from, _ := periodOf(kind, d)
	s := between(t, kind, from, d.add(1))
	s.To, s.At, s.Running = now, now, true
	if !s.To.After(s.From) {
		s.To = s.From.Add(time.Microsecond)
	}
	return s
}

func periodOf(kind store.DigestKind, d date) (from, to date) {
	switch kind {
	case store.DigestWeek:
		from = d.add(-(int(d.Weekday()) + 6) % 7)
		return from, from.add(7)
	case store.DigestMonth:
		from = d.add(1 - d.Day())
		return from, date{from.AddDate(0, 1, 0)}
	}
	return d, d.add(1)
}

// Day is the date of a moment in a team's zone.
func Day(t store.Team, at time.Time) string { return dateOf(at.In(Zone(t))).String() }

// Yesterday is the date before that of a moment.
func Yesterday(t store.Team, at time.Time) string { return dateOf(at.In(Zone(t))).add(-1).String() }
