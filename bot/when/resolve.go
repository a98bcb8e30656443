package when

import "time"

// When the parts of a day are over, in minutes since midnight. A promise "in the
// morning" is due when the morning ends; the afternoon ends with work.
const (
	noonTime     = 12 * 60
	eveningTime  = 21 * 60
	lastMinute   = 24*60 - 1
	afterOpening = 60 // "first thing": within an hour of the start of work
)

// resolve turns an expression into a time. With a reason to ask, the time is a guess.
func resolve(f found, c Context) (time.Time, Unclear) {
	t, unclear := f.time(c)
	if _, offset := c.Now.Zone(); unclear == Clear && (f.abroad || f.beijing && offset != 8*60*60) {
		unclear = Zone
	}
	switch {
	case t.IsZero():
	case unclear == Clear && t.Sub(c.Now) > Farthest:
		unclear = TooFar
	case unclear == Clear && !t.After(c.Now):
		unclear = Past
		t = nextTry(t, c)
	}
	if unclear != Clear && !t.After(c.Now) {
		t = time.Time{}
	}
	return t, unclear
}

// nextTry guesses what was meant by a time that is past: the same hour tomorrow.
func nextTry(t time.Time, c Context) time.Time {
	h, m, _ := t.Clock()
	next, _ := at(DayOf(c.Now).Add(1), h*60+m, c.Zone)
	return next
}

func (f found) time(c Context) (time.Time, Unclear) {
	if f.wait != 0 {
		return c.Now.Add(f.wait), Clear
	}
	if f.work != 0 {
		if t, ok := c.Work.After(c.Now, f.work); ok {
			return t, Clear
		}
		return time.Time{}, NoTime
	}
	d, named, unclear := f.date(c)
	if d == (Day{}) {
		return time.Time{}, unclear
	}
	t, why := f.onDay(d, named, c)
	if unclear == Clear {
		unclear = why
	}
	return t, unclear
}

// onDay is the time on the day that was found; named when the day was said.
func (f found) onDay(d Day, named bool, c Context) (time.Time, Unclear) {
	hours := c.Work.hours(d)
	minutes := hours.End
	switch {
	case f.clock.set:
		return f.byClock(d, named, c)
	case f.part == dawn:
		minutes = 6 * 60
	case f.part == firstThing:
		minutes = hours.Start + afterOpening
	case f.part == morning, f.part == midday:
		minutes = noonTime
	case f.part == afternoon:
		if hours.End <= noonTime || hours.End > 19*60 {
			minutes = 18 * 60
		}
	case f.part == evening:
		minutes = eveningTime
	case f.part == closing:
	case f.day.clock:
		h, m, _ := c.Now.Clock()
		minutes = h*60 + m
	case f.before && f.weight == deadline && f.day.kind < endOfWeek:
		return f.dayBefore(d, c), Clear
	default:
		if hours.End <= 24*60 && d == DayOf(c.Now) && !c.Work.Closes(d, c.Zone).After(c.Now) {
			minutes = lastMinute // "today", said after work
		}
	}
	t, _ := at(d, minutes, c.Zone)
	if !named && !t.After(c.Now) && (f.part == morning || f.part == firstThing) {
		t, _ = at(d.Add(1), minutes, c.Zone) // "in the morning", said later in the day
	}
	return t, Clear
}

// dayBefore is the last moment before a day: the end of the working day before it,
// or midnight when that is past.
func (f found) dayBefore(d Day, c Context) time.Time {
	if prev, ok := c.Work.WorkingDay(d, -1); ok {
		if t := c.Work.Closes(prev, c.Zone); t.After(c.Now) {
			return t
		}
	}
	t, _ := at(d, 0, c.Zone)
	return t
}

// byClock is a clock on a day. An hour without its half of the day is the one in
// working time; when none or both are, it is asked.
func (f found) byClock(d Day, named bool, c Context) (time.Time, Unclear) {
	minutes := f.clock.minutes
	if f.part != noPart {
		shifted, ok := inPart(minutes, f.part)
		if !ok {
			return time.Time{}, Half
		}
		return real(d, shifted, c)
	}
	if f.clock.sure {
		if minutes == 24*60 && named && f.weight != deadline {
			t, _ := at(d, minutes, c.Zone)
			return t, Half // midnight on Friday: as it begins or as it ends
		}
		return real(d, minutes, c)
	}
	hours := c.Work.hours(d)
	var fit []int
	for _, m := range []int{minutes % (12 * 60), minutes%(12*60) + 12*60} {
		t, _ := at(d, m, c.Zone)
		if m >= hours.Start && m <= hours.End && (t.After(c.Now) || d != DayOf(c.Now)) {
			fit = append(fit, m)
		}
	}
	if len(fit) == 1 {
		return real(d, fit[0], c)
	}
	for _, m := range []int{minutes % (12 * 60), minutes%(12*60) + 12*60} {
		if t, _ := at(d, m, c.Zone); t.After(c.Now) {
			return t, Half
		}
	}
	t, _ := at(d.Add(1), minutes, c.Zone)
	return t, Half
}

// real is a time that was said to the minute: an hour that does not exist is asked.
func real(d Day, minutes int, c Context) (time.Time, Unclear) {
	t, ok := at(d, minutes, c.Zone)
	if !ok {
		return t, Skipped
	}
	return t, Clear
}

// inPart puts a clock into its part of the day: 下午五点, half past eight in the evening.
func inPart(minutes int, p partOfDay) (int, bool) {
	h := minutes / 60
	if h > 12 {
		return minutes, true
	}
	switch p {
	case dawn:
		return minutes % (12 * 60), true
	case morning, firstThing:
		return minutes, true
	case midday:
		if h < 6 {
			return minutes + 12*60, true
		}
		return minutes, true
	case afternoon:
		if h == 12 {
			return minutes, true
		}
		return minutes + 12*60, true
	case evening:
		if h == 12 || h < 4 { // 晚上十二点, tonight at one: after midnight
			return minutes%(12*60) + 24*60, true
		}
		return minutes + 12*60, true
	}
	return 0, false
}
