package when

import (
	"strconv"
	"time"
)

// sharedRules are the forms that are written in figures, the same in both languages.
var sharedRules = []rule{
	// 2026-12-01, 2026/12/1, 2026.12.1
	on(`(20\d\d)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})\b`, func(m []string, f *found) bool {
		return f.setDate(figure(m[1]), time.Month(figure(m[2])), figure(m[3]), false)
	}),
	// 24/11/2026, 11/24/26
	on(`(\d{1,2})[/.](\d{1,2})[/.](20\d\d|\d\d)\b`, func(m []string, f *found) bool {
		return f.setOrdered(m[1], m[2], m[3])
	}),
	// 24/11, 11/24
	on(`(\d{1,2})/(\d{1,2})\b`, func(m []string, f *found) bool { return m[0] != "24/7" && f.setOrdered(m[1], m[2], "") }).
		where(func(_, after string, _ bool) bool { return !startsWith(after, "/", "-", "%") }),
	// 3-4pm, 3:30 - 4:30 pm, 14:00-15:00, 三点到四点: due when the later one comes
	on(`(?:between |from )?(\d{1,2})(?:[:.](\d\d))?\s?(?:am|pm|a\.m\.|p\.m\.)?\s?(?:-|to|and|到|至)\s?(\d{1,2})(?:[:.](\d\d))?\s?(am|pm|a\.m\.?|p\.m\.?)(?:\b|$)`, func(m []string, f *found) bool {
		return f.setHalf(m[3], m[4], m[5])
	}),
	on(`(\d{1,2}):(\d\d)\s?(?:-|to|and|到|至)\s?(\d{1,2}):(\d\d)\b`, func(m []string, f *found) bool {
		return f.setFigures(m[3], m[4])
	}),
	// 5pm, 5:30 p.m., 5.30pm, 12am
	on(`(\d{1,2})(?:[:.](\d\d))?\s?(am|pm|a\.m\.?|p\.m\.?)(?:\b|$|\s|,)`, func(m []string, f *found) bool {
		return f.setHalf(m[1], m[2], m[3])
	}),
	// 17:00, 17:30:00, 9:05
	on(`([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?\b`, func(m []string, f *found) bool { return f.setFigures(m[1], m[2]) }),
	// 17h, 17h30
	on(`(1[3-9]|2[0-3])h([0-5]\d)?\b`, func(m []string, f *found) bool { return f.setFigures(m[1], m[2]) }),
}

// setDate is a date; year 0 when it was not said.
func (f *found) setDate(year int, month time.Month, day int, either bool) bool {
	if year > 0 && year < 100 {
		year += 2000
	}
	return f.setDay(dayRef{kind: onDate, date: Day{year, month, day}, either: either})
}

// setOrdered is a date in figures whose order depends on the reader. It is kept
// month first and turned when it is resolved; a number above 12 can only be the day.
func (f *found) setOrdered(first, second, year string) bool {
	a, b, y := figure(first), figure(second), figure(year)
	switch {
	case a < 1 || b < 1 || a > 31 || b > 31 || a > 12 && b > 12:
		return false
	case a > 12:
		return f.setDate(y, time.Month(b), a, false)
	case b > 12 || a == b:
		return f.setDate(y, time.Month(a), b, false)
	}
	return f.setDate(y, time.Month(a), b, true)
}

// setHalf is a clock with am or pm.
func (f *found) setHalf(hour, minute, half string) bool {
	h, m := figure(hour), figure(minute)
	if h < 1 || h > 12 && half[0] == 'a' {
		return false
	}
	switch {
	case half[0] == 'p' && h < 12:
		h += 12
	case half[0] == 'a' && h == 12:
		h = 24 // the midnight that ends the day, if it is the coming one; see resolve
		if m > 0 {
			h = 0
		}
	}
	return f.setClock(h, m, true)
}

// setFigures is a clock with minutes. A leading zero tells the 24-hour clock.
func (f *found) setFigures(hour, minute string) bool {
	h := figure(hour)
	return f.setClock(h, figure(minute), len(hour) == 2 && hour[0] == '0' || h > 12)
}

func figure(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func startsWith(s string, heads ...string) bool {
	for _, h := range heads {
		if len(s) >= len(h) && s[:len(h)] == h {
			return true
		}
	}
	return false
}
