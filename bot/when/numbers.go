package when

import (
	"strconv"
	"strings"
	"time"
)

// What numbers look like in the rules.
const (
	enNumber  = `(?:\d{1,3}(?:\.\d)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty[- ]?five|forty|fifty|sixty|ninety)`
	zhNumber  = `(?:\d{1,3}(?:\.\d)?|[一二两三四五六七八九十廿]{1,3})`
	enDay     = `(?:monday|mon|tuesday|tues|tue|wednesday|weds|wed|thursday|thurs|thur|thu|friday|fri|saturday|sat|sunday|sun)`
	enHour    = `(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`
	enFullDay = `(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)`
	enMonth   = `(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct|november|nov|december|dec)`
	zhDay     = `(?:周|星期|礼拜)\s*([一二三四五六日天1-7])`
)

var numberWords = map[string]float64{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
	"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
	"fortyfive": 45, "fifty": 50, "sixty": 60, "ninety": 90}

// number reads an English or Chinese number up to 999, or a half as 0.5.
func number(s string) (float64, bool) {
	if v, ok := numberWords[strings.NewReplacer(" ", "", "-", "").Replace(s)]; ok {
		return v, true
	}
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		return v, true
	}
	return chineseNumber(s)
}

var chineseDigits = map[rune]float64{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// chineseNumber reads up to 99: 五, 十, 十二, 二十, 二十四, 廿四, 〇五.
func chineseNumber(s string) (float64, bool) {
	total, digit, seen := 0.0, 0.0, false
	for _, r := range s {
		switch {
		case r == '半' && s == "半":
			return 0.5, true
		case r == '十':
			if !seen {
				digit = 1
			}
			total, digit, seen = digit*10, 0, false
		case r == '廿':
			total, digit, seen = 20, 0, false
		default:
			d, ok := chineseDigits[r]
			if !ok || seen && digit != 0 {
				return 0, false // 三四: three or four
			}
			digit, seen = d, true
		}
	}
	return total + digit, s != ""
}

func whole(s string) (int, bool) {
	v, ok := number(s)
	return int(v), ok && v == float64(int(v))
}

func weekdayOf(s string) time.Weekday {
	switch s {
	case "一", "1":
		return time.Monday
	case "二", "2":
		return time.Tuesday
	case "三", "3":
		return time.Wednesday
	case "四", "4":
		return time.Thursday
	case "五", "5":
		return time.Friday
	case "六", "6":
		return time.Saturday
	case "日", "天", "7":
		return time.Sunday
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(d.String()), s[:3]) {
			return d
		}
	}
	return time.Sunday
}

func monthOf(s string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), s[:3]) {
			return m
		}
	}
	n, _ := whole(s)
	return time.Month(n)
}

// setDay fills the place of the day.
func (f *found) setDay(d dayRef) bool {
	if f.day.kind != noDay {
		return false
	}
	f.day = d
	return true
}

func (f *found) setWeekday(w weekdayRef) bool {
	if f.wday.set {
		return false
	}
	w.set = true
	f.wday = w
	return true
}

func (f *found) setPart(p partOfDay) bool {
	if f.part != noPart {
		return f.part == dayEndOf && p == f.part
	}
	f.part = p
	return true
}

// setClock fills the place of the clock; sure when the half of the day is known.
func (f *found) setClock(hour, minute int, sure bool) bool {
	if f.clock.set || hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour == 24 && minute > 0 {
		return false
	}
	f.clock = clockRef{true, hour*60 + minute, sure || hour > 12 || hour == 0}
	return true
}

// setSpan is a time to wait: minutes and hours pass, days and longer are turned on the calendar.
func (f *found) setSpan(n float64, unit string) bool {
	switch unit {
	case "minute":
		f.wait = time.Duration(n * float64(time.Minute))
	case "hour":
		f.wait = time.Duration(n * float64(time.Hour))
	case "working hour":
		f.work = time.Duration(n * float64(time.Hour))
	default:
		if n != float64(int(n)) {
			return false
		}
		switch unit {
		case "working day":
			return f.setDay(dayRef{kind: workingDay, n: int(n)})
		case "day":
			return f.setDay(dayRef{kind: inDays, n: int(n), clock: true})
		case "week":
			return f.setDay(dayRef{kind: inDays, n: 7 * int(n), clock: true})
		case "month":
			return f.setDay(dayRef{kind: inMonths, n: int(n), clock: true})
		case "year":
			return f.setDay(dayRef{kind: inMonths, n: 12 * int(n), clock: true})
		}
		return false
	}
	return n > 0
}
