package when

import (
	"strings"
	"time"
)

// date is the day of an expression. named is false when none was said and today is
// meant. A day that must be asked comes with the reason.
func (f found) date(c Context) (d Day, named bool, unclear Unclear) {
	today := DayOf(c.Now)
	d, unclear = f.named(today, c)
	if d == (Day{}) && unclear == Clear && !f.wday.set {
		if f.part == noPart && !f.clock.set {
			return Day{}, false, NoTime
		}
		return today, false, Clear
	}
	if f.wday.set {
		if d == (Day{}) && unclear == Clear {
			d, unclear = f.weekday(today)
		} else if unclear == Clear && f.day.kind == endOfWeek {
			d = weekStart(d).Add((int(f.wday.day) + 6) % 7) // "Friday next week"
		} else if unclear == Clear && d.Weekday() != f.wday.day {
			unclear = NoDay
		}
	}
	return d, true, unclear
}

// named is the day that the place of the day holds.
func (f found) named(today Day, c Context) (Day, Unclear) {
	ref := f.day
	switch ref.kind {
	case inDays:
		return today.Add(ref.n), Clear
	case inMonths:
		return sameDay(today, ref.n), Clear
	case onDate:
		return ref.onDate(today, c)
	case ofMonth:
		return inMonth(today, ref.n, ref.date.Day)
	case nextOf:
		return ref.nextOf(today)
	case workingDay:
		if d, ok := c.Work.WorkingDay(today, ref.n); ok {
			return d, Clear
		}
		return Day{}, NoTime
	case endOfWeek:
		return f.lastWorking(weekStart(today).Add(7*ref.n), weekStart(today).Add(7*ref.n+6), c), Clear
	case weekendOf:
		saturday := weekStart(today).Add(7*ref.n + 5)
		if f.weight == deadline {
			return f.lastWorking(saturday.Add(-5), saturday.Add(-1), c), Clear
		}
		return saturday.Add(1), Clear
	case endOfMonth:
		last := lastOf(today.Year, today.Month+time.Month(ref.n))
		return f.lastWorking(last.Add(-27), last, c), Clear
	case endOfMonthAt:
		year := today.Year
		if ref.n > 0 || ref.date.Month < today.Month {
			year++
		}
		last := lastOf(year, ref.date.Month)
		return f.lastWorking(last.Add(-27), last, c), Clear
	case endOfYear:
		return f.lastWorking(Day{today.Year, 12, 1}, Day{today.Year, 12, 31}, c), Clear
	case endOfQuarter:
		last := lastOf(today.Year, (today.Month+2)/3*3)
		return f.lastWorking(last.Add(-27), last, c), Clear
	}
	return Day{}, Clear
}

// lastWorking is the last working day from first to last that is not over; else last itself.
func (f found) lastWorking(first, last Day, c Context) Day {
	for d := last; !d.Before(first); d = d.Add(-1) {
		if c.Work.Works(d) {
			if c.Work.Closes(d, c.Zone).After(c.Now) || f.clock.set {
				return d
			}
			return last
		}
	}
	return last
}

// weekday finds the day of the week that was meant.
func (f found) weekday(today Day) (Day, Unclear) {
	ahead := (int(f.wday.day) - int(today.Weekday()) + 7) % 7
	inThisWeek := weekStart(today).Add((int(f.wday.day) + 6) % 7)
	switch f.wday.mode {
	case inWeek:
		return inThisWeek.Add(7 * f.wday.n), Clear
	case later:
		return today.Add(ahead + 7), Clear
	case coming:
		if ahead == 0 {
			ahead = 7
		}
		return today.Add(ahead), Clear
	}
	if ahead == 0 {
		return today.Add(7), Which // Friday, said on a Friday
	}
	return today.Add(ahead), Clear
}

// weekStart is the Monday of a day's week.
func weekStart(d Day) Day { return d.Add(-(int(d.Weekday()) + 6) % 7) }

// sameDay is the same day of a later month, or the last one it has.
func sameDay(d Day, months int) Day {
	last := lastOf(d.Year, d.Month+time.Month(months))
	if d.Day > last.Day {
		return last
	}
	return Day{last.Year, last.Month, d.Day}
}

// inMonth is a day of the n-th month from now; one that it does not have is asked.
func inMonth(today Day, n, day int) (Day, Unclear) {
	last := lastOf(today.Year, today.Month+time.Month(n))
	if day > last.Day {
		return last, NoDay
	}
	return Day{last.Year, last.Month, day}, Clear
}

// nextOf is the next day of that number: the 24th, 1号.
func (ref dayRef) nextOf(today Day) (Day, Unclear) {
	n := 0
	if ref.date.Day < today.Day {
		n = 1
	}
	return inMonth(today, n, ref.date.Day)
}

// sixMonths is how far ahead a date without a year may lie in the next one.
const sixMonths = 184

// onDate is a date, with the year that was meant and the order of its numbers.
func (ref dayRef) onDate(today Day, c Context) (Day, Unclear) {
	d := ref.date
	turned, sure := dayFirst(c.Locale)
	if ref.either && turned {
		d.Month, d.Day = time.Month(d.Day), int(d.Month)
	}
	switch {
	case d.Year < 0:
		d.Year = today.Year + ref.n
	case d.Year == 0:
		d.Year = today.Year
		next := Day{d.Year + 1, d.Month, d.Day}
		if d.Before(today) && (next.Before(today.Add(sixMonths)) || !d.exists()) {
			d = next
		}
	}
	if !d.exists() {
		return Day{}, NoDay
	}
	if ref.either && !sure {
		return d, Which
	}
	return d, Clear
}

// dayFirst reports whether 11/12 is 11 December to a reader, and whether the locale tells.
func dayFirst(locale string) (first, sure bool) {
	locale = strings.ToLower(strings.ReplaceAll(locale, "_", "-"))
	switch {
	case strings.HasPrefix(locale, "zh"), locale == "en-us", locale == "en-ph":
		return false, true
	case locale == "", locale == "en":
		return false, false
	}
	return true, true
}
