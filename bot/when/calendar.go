package when

import "time"

// Day is a day of the calendar, without zone.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf is the day of t where t stands.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// Add is the day n days later.
func (d Day) Add(n int) Day { return DayOf(time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC)) }

// Weekday of the day.
func (d Day) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC).Weekday()
}

// Before reports whether d is earlier than e.
func (d Day) Before(e Day) bool {
	return d.Year < e.Year || d.Year == e.Year && (d.Month < e.Month || d.Month == e.Month && d.Day < e.Day)
}

// exists reports whether the calendar has such a day.
func (d Day) exists() bool { return d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Add(0) == d }

// lastOf is the last day of a month, which may be counted beyond December.
func lastOf(year int, month time.Month) Day {
	return DayOf(time.Date(year, month+1, 0, 12, 0, 0, 0, time.UTC))
}

// Span is a stretch of work, in minutes since the midnight that begins its day. One
// that ends on the next day has an End above 1440.
type Span struct{ Start, End int }

// Calendar is when a team works. The zero value is Monday to Friday, 9:00 to 18:00.
type Calendar struct {
	Week     map[time.Weekday]Span // the days worked every week; nil: Monday to Friday
	Holidays map[Day]bool          // not worked, whatever the weekday
	MakeUp   map[Day]bool          // worked like a Monday, even where Holidays says otherwise
}

// hours are the working time of a day; of one that is not worked, those it would have.
func (c Calendar) hours(d Day) Span {
	w := d.Weekday()
	if c.MakeUp[d] {
		w = time.Monday
	}
	if s, ok := c.Week[w]; ok {
		return s
	}
	for w := time.Monday; w <= time.Saturday; w++ {
		if s, ok := c.Week[w]; ok {
			return s
		}
	}
	if s, ok := c.Week[time.Sunday]; ok {
		return s
	}
	return Span{9 * 60, 18 * 60}
}

// Works reports whether the team works on a day.
func (c Calendar) Works(d Day) bool {
	switch {
	case c.MakeUp[d]:
		return true
	case c.Holidays[d]:
		return false
	case c.Week == nil:
		return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	}
	_, ok := c.Week[d.Weekday()]
	return ok
}

// longestBreak is how far a working day is looked for; a team that never works has none.
const longestBreak = 366

// WorkingDay is the n-th working day after d, or before it when n is negative.
func (c Calendar) WorkingDay(d Day, n int) (Day, bool) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for idle := 0; n > 0; {
		d = d.Add(step)
		if !c.Works(d) {
			if idle++; idle > longestBreak {
				return d, false
			}
			continue
		}
		idle = 0
		n--
	}
	return d, true
}

// Opens is when work begins on a day in a zone.
func (c Calendar) Opens(d Day, zone *time.Location) time.Time {
	t, _ := at(d, c.hours(d).Start, zone)
	return t
}

// Closes is when work ends on a day in a zone.
func (c Calendar) Closes(d Day, zone *time.Location) time.Time {
	t, _ := at(d, c.hours(d).End, zone)
	return t
}

// Working reports whether the team works at t, in t's own zone.
func (c Calendar) Working(t time.Time) bool {
	d := DayOf(t)
	for _, day := range []Day{d.Add(-1), d} { // a night shift began the day before
		if c.Works(day) && !t.Before(c.Opens(day, t.Location())) && t.Before(c.Closes(day, t.Location())) {
			return true
		}
	}
	return false
}

// NextEnd is the first end of work after t, in t's own zone. Work that goes on at
// midnight does not end there.
func (c Calendar) NextEnd(t time.Time) (time.Time, bool) {
	for d, i := DayOf(t).Add(-1), 0; i <= longestBreak; d, i = d.Add(1), i+1 {
		end, next := c.Closes(d, t.Location()), d.Add(1)
		goesOn := c.Works(next) && !c.Opens(next, t.Location()).After(end)
		if c.Works(d) && end.After(t) && !goesOn {
			return end, true
		}
	}
	return time.Time{}, false
}

// After is t plus as much working time.
func (c Calendar) After(t time.Time, work time.Duration) (time.Time, bool) {
	for d, i := DayOf(t).Add(-1), 0; i <= longestBreak; d, i = d.Add(1), i+1 {
		if !c.Works(d) {
			continue
		}
		from, end := c.Opens(d, t.Location()), c.Closes(d, t.Location())
		if t.After(from) {
			from = t
		}
		if left := end.Sub(from); left > 0 {
			if left >= work {
				return from.Add(work), true
			}
			work -= left
		}
	}
	return t, false
}

// at is a wall-clock time, minutes after the midnight that begins the day, in a
// zone. Where daylight saving shows it twice, the first is meant: a promise is then
// never late. Where it leaves it out, real is false and the time is as much later.
func at(d Day, minutes int, zone *time.Location) (t time.Time, real bool) {
	d = d.Add(floorDiv(minutes, 24*60))
	minutes -= floorDiv(minutes, 24*60) * 24 * 60
	wall := time.Date(d.Year, d.Month, d.Day, minutes/60, minutes%60, 0, 0, time.UTC)
	_, before := wall.Add(-24 * time.Hour).In(zone).Zone()
	_, after := wall.Add(24 * time.Hour).In(zone).Zone()
	for _, offset := range []int{max(before, after), min(before, after)} {
		t = wall.Add(-time.Duration(offset) * time.Second).In(zone)
		if h, m, _ := t.Clock(); h*60+m == minutes && DayOf(t) == d {
			return t, true
		}
	}
	return wall.Add(-time.Duration(before) * time.Second).In(zone), false
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
