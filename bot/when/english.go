package when

import (
	"regexp"
	"strings"
)

const enUnit = `(minutes?|mins?|hours?|hrs?|hr|h|working hours?|business hours?|working days?|business days?|days?|d|weeks?|wks?|months?|years?|yrs?)`

func englishUnit(s string) string {
	switch {
	case strings.HasPrefix(s, "min"):
		return "minute"
	case strings.HasPrefix(s, "working h"), strings.HasPrefix(s, "business h"):
		return "working hour"
	case strings.HasPrefix(s, "working d"), strings.HasPrefix(s, "business d"):
		return "working day"
	case s[0] == 'h':
		return "hour"
	case s[0] == 'd':
		return "day"
	case s[0] == 'w':
		return "week"
	case s[0] == 'y':
		return "year"
	}
	return "month"
}

// Words around a bare hour that show that it is one: "by 5 tomorrow", not "at 5 Main Street".
var (
	leadsToHour = regexp.MustCompile(`\b(?:by|at|before|until|till|around|about|between|from)\s*$|@\s*$`)
	afterHour   = regexp.MustCompile(`^\s*(?:$|[,.;:!?)，。]|(?:today|tonight|tomorrow|on|this|next|in the|sharp|latest|at the latest|mon|tue|wed|thu|fri|sat|sun|to|for|about)\w*\b)`)
	leadsToDay  = regexp.MustCompile(`\b(?:by|on|before|until|till|due|this|next|coming|of)\s*$`)
)

func bareHour(before, after string, joined bool) bool {
	return leadsToHour.MatchString(before) && (joined || afterHour.MatchString(after))
}

var englishRules = []rule{
	// what is no deadline
	on(`yesterday(?: (?:morning|afternoon|evening|night))?|last (?:week|month|year|night|weekend|`+enDay+`)|the other day|earlier today|`+enNumber+` `+enUnit+` ago|this past `+enDay, func(_ []string, f *found) bool {
		f.past = true
		return true
	}),
	on(`(?:every|each) (?:other )?(?:single )?(?:day|week|month|morning|evening|afternoon|hour|`+enDay+`)s?\b`, func(_ []string, f *found) bool {
		f.repeats = true
		return true
	}),
	on(`asap|as soon as (?:possible|i can|we can)|soon(?:est)?|shortly|in (?:a )?(?:bit|while|moment|minute|sec|second)|right away|straight ?away|immediately|sometime|eventually|at some point|when(?:ever)? (?:i|we) can|(?:with)?in (?:a few|some|several|a couple of|a couple|the next few) (?:minutes|mins|hours|hrs|days|weeks|months)|in no time|later|early next (?:week|month)|in due course`, func(_ []string, f *found) bool {
		f.vague = true
		return true
	}).where(func(_, after string, _ bool) bool { return !startsWith(after, " today", " this ", " than", " tonight") }),
	// in two hours, within the next 30 minutes, in an hour and a half, in 2h30
	on(`(?:with)?in (?:about |around |the next |another |under |less than |the )?(half an?|a quarter of an|three quarters of an) hour(?:'?s time)?(?: from now)?\b`, func(m []string, f *found) bool {
		minutes := map[byte]float64{'h': 30, 'a': 15, 't': 45}
		return f.setSpan(minutes[m[1][0]], "minute")
	}),
	on(`(?:with)?in the next (hour) and a half|(?:with)?in (?:about |around |the next |another |under |less than )?(`+enNumber+`)(?: ?(?:hours?|hrs?|h))? and a half(?: hours?| hrs?)?(?:' time)?(?: from now)?\b`, func(m []string, f *found) bool {
		if m[1] != "" {
			return f.setSpan(1.5, "hour")
		}
		n, ok := number(m[2])
		return ok && f.setSpan(n+0.5, "hour")
	}),
	on(`(?:with)?in (?:about |around |the next )?(\d{1,2}) ?h(?:ours?|rs?)?,?(?: and)? ?(\d{1,2}) ?(?:m|mins?|minutes?)?\b`, func(m []string, f *found) bool {
		return f.setSpan(float64(figure(m[1])*60+figure(m[2])), "minute")
	}),
	on(`(?:(?:with)?in|after|over|during) (?:about |around |the next |the coming |another |at most |under |less than |no more than )?(?:`+enNumber+` ?(?:-|to|or) ?)?(`+enNumber+`)[ -]?`+enUnit+`(?:'s|s'|')?(?: time)?(?: from now| or less| at most)?\b`, func(m []string, f *found) bool {
		n, ok := number(m[1])
		return ok && f.setSpan(n, englishUnit(m[2]))
	}),
	on(`(`+enNumber+`)[ -]?`+enUnit+`(?: from (?:now|today)|(?P<keep> after (?:the |a |an |his |her |their |my |our )?(?:repairs?|service|sale|purchase|delivery|handover)))\b`, func(m []string, f *found) bool {
		n, ok := number(m[1])
		ok = ok && f.setSpan(n, englishUnit(m[2]))
		f.day.clock = f.day.clock && !strings.Contains(m[0], "from today")
		return ok
	}),
	on(`(?:with)?in (?:an? fortnight|two weeks' time)|an? fortnight from (?:now|today)`, func(_ []string, f *found) bool { return f.setSpan(2, "week") }),
	on(`within the (hour|day|week|month)\b`, func(m []string, f *found) bool {
		switch m[1] {
		case "hour":
			return f.setSpan(1, "hour")
		case "day":
			return f.setDay(dayRef{kind: inDays}) && f.setPart(dayEnd)
		case "week":
			return f.setDay(dayRef{kind: endOfWeek})
		}
		return f.setDay(dayRef{kind: endOfMonth})
	}),
	// ends
	on(`(?:the )?(?:(end|close|start) of (?:the |my |our |today's )?(?:working day|business day|working|business|day|play|shift)|(e\.?o\.?d\.?|c\.?o\.?b\.?|c\.?o\.?p\.?|e\.?o\.?b\.?)|(?:closing|knocking[- ]off) time|when we close|we close|home time)(?:\b|$|\s)`, func(m []string, f *found) bool {
		switch {
		case m[1] == "start":
			return f.setPart(firstThing)
		case strings.HasPrefix(m[0], "end of the day"), strings.HasPrefix(m[0], "the end of the day"), strings.HasPrefix(m[0], "end of day"), strings.HasPrefix(m[0], "end of today"), strings.HasPrefix(m[2], "e"):
			return f.setPart(dayEnd)
		}
		return f.setPart(closing)
	}),
	on(`(?:the )?end of (?:the |this |next )?(?:working )?week(?:end)?\b|(?:the )?end of (?:the )?(week) after next|e\.?o\.?w\b|(?:this|next) week\b|(?:the )?week after next`, func(m []string, f *found) bool {
		n := 0
		if strings.Contains(m[0], "after next") {
			n = 2
		} else if strings.Contains(m[0], "next") {
			n = 1
		}
		if strings.Contains(m[0], "weekend") {
			return f.setDay(dayRef{kind: weekendOf, n: n})
		}
		return f.setDay(dayRef{kind: endOfWeek, n: n})
	}).where(func(_, after string, _ bool) bool { return !startsWith(after, "end") }),
	on(`(?:over |at |during )?(?:the|this|next|this coming) weekend\b`, func(m []string, f *found) bool {
		n := 0
		if strings.HasPrefix(m[0], "next") {
			n = 1
		}
		return f.setDay(dayRef{kind: weekendOf, n: n})
	}),
	on(`(?:the )?end of (?:the |this )?month|(?:the )?end of (next) month|e\.?o\.?m\b|this month|(next) month|month[- ]end`, func(m []string, f *found) bool {
		n := 0
		if m[1] != "" || m[2] != "" {
			n = 1
		}
		return f.setDay(dayRef{kind: endOfMonth, n: n})
	}),
	on(`(?:the )?end of (`+enMonth+`)\b`, func(m []string, f *found) bool {
		return f.setDay(dayRef{kind: endOfMonthAt, date: Day{Month: monthOf(m[1])}})
	}),
	on(`(?:the )?end of (?:the |this )?(?:(year)|quarter)|e\.?o\.?y\b|year[- ]end`, func(m []string, f *found) bool {
		if strings.HasSuffix(m[0], "quarter") {
			return f.setDay(dayRef{kind: endOfQuarter})
		}
		return f.setDay(dayRef{kind: endOfYear})
	}),
	on(`(?:the )?end of `, func(_ []string, f *found) bool { return f.setPart(dayEndOf) }).
		where(func(_, after string, _ bool) bool { return endsADay.MatchString(after) }),
	// days
	on(`(?:at )?(?:the same|this|same) time (tomorrow|next week)\b`, func(m []string, f *found) bool {
		n := 1
		if m[1] != "tomorrow" {
			n = 7
		}
		return f.setDay(dayRef{kind: inDays, n: n, clock: true})
	}),
	on(`(?:the )?day after tomorrow(?: (morning|afternoon|evening|night))?\b`, func(m []string, f *found) bool {
		return f.setDay(dayRef{kind: inDays, n: 2}) && (m[1] == "" || f.setPart(englishPart(m[1])))
	}),
	on(`(?:today|later today|sometime today)\b`, func(_ []string, f *found) bool { return f.setDay(dayRef{kind: inDays}) }),
	on(`(?:tomorrow|tommorow|tomorow|tommorrow|tmrw|tmr)\b(?: (morning|afternoon|evening|night|noon|lunchtime))?`, func(m []string, f *found) bool {
		return f.setDay(dayRef{kind: inDays, n: 1}) && (m[1] == "" || f.setPart(englishPart(m[1])))
	}),
	on(`(?:late(?:r)? )?tonight|this evening|(?:late(?:r)? )?this (morning|afternoon|arvo)`, func(m []string, f *found) bool {
		part := evening
		if m[1] != "" {
			part = englishPart(m[1])
		}
		return f.setDay(dayRef{kind: inDays}) && f.setPart(part)
	}),
	on(`(?:the )?(?:next|following|first) (?:working|business) day\b`, func(_ []string, f *found) bool {
		return f.setDay(dayRef{kind: workingDay, n: 1})
	}),
	on(`(?:(this coming|this|next|coming|the coming) )?(`+enFullDay+`)\b( next week| week)?(?: (morning|afternoon|evening|night|lunchtime))?\b`, englishWeekday),
	on(`(this coming|this|next|coming|the coming) (`+enDay+`)\b( next week| week)?(?: (morning|afternoon|evening|night|lunchtime))?\b`, englishWeekday),
	on(`()(`+enDay+`)\b\.?( next week| week)?(?: (morning|afternoon|evening|night|lunchtime))?`, englishWeekday).where(shortDay),
	on(`(?:a week on|a week from) (`+enDay+`)\b`, func(m []string, f *found) bool {
		return f.setWeekday(weekdayRef{day: weekdayOf(m[1]), mode: later})
	}),
	on(`a week (?:from )?(today|tomorrow)\b|(today|tomorrow) week\b`, func(m []string, f *found) bool {
		n := 7
		if m[1]+m[2] == "tomorrow" {
			n = 8
		}
		return f.setDay(dayRef{kind: inDays, n: n})
	}),
	// dates
	on(`(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](`+enMonth+`)\b\.?,?(?: (20\d\d))?`, func(m []string, f *found) bool {
		return f.setDate(figure(m[3]), monthOf(m[2]), figure(m[1]), false)
	}),
	on(`(`+enMonth+`)\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?\b(?:,? (20\d\d))?`, func(m []string, f *found) bool {
		return f.setDate(figure(m[3]), monthOf(m[1]), figure(m[2]), false)
	}).where(func(_, after string, _ bool) bool { return !startsWith(after, ":", "pm", "am", " pm", " am") }),
	on(`(?:the )?(\d{1,2})(?:st|nd|rd|th)\b(?: (?:of )?(next month|this month|the month))?`, func(m []string, f *found) bool {
		return f.setDayOfMonth(m[1], m[2])
	}).where(func(before, after string, joined bool) bool {
		return joined || leadsToDay.MatchString(strings.TrimSuffix(strings.TrimSpace(before), "the")) && !ordinalThing.MatchString(after)
	}),
	// clocks
	on(`noon|midday|12 noon|12 o'clock|twelve o'clock`, func(_ []string, f *found) bool { return f.setClock(12, 0, true) }),
	on(`midnight`, func(_ []string, f *found) bool { return f.setClock(24, 0, true) }),
	on(`half(?: past)? (`+enHour+`)\b(?: ?(am|pm|o'clock))?`, func(m []string, f *found) bool { return f.setSpoken(m[1], 30, m[2]) }),
	on(`(?:a )?quarter (past|to) (`+enHour+`)\b(?: ?(am|pm))?`, func(m []string, f *found) bool {
		return f.setSpoken(m[2], map[string]int{"past": 15, "to": -15}[m[1]], m[3])
	}),
	on(`(five|ten|twenty|twenty[- ]five|5|10|20|25)(?: minutes)? (past|to) (`+enHour+`)\b(?: ?(am|pm))?`, func(m []string, f *found) bool {
		n, ok := number(strings.ReplaceAll(strings.ReplaceAll(m[1], " ", ""), "-", ""))
		if strings.HasPrefix(m[1], "twenty") && len(m[1]) > len("twenty") {
			n, ok = 25, true
		}
		if m[2] == "to" {
			n = -n
		}
		return ok && f.setSpoken(m[3], int(n), m[4])
	}),
	on(`(`+enHour+`) ?(?:o'clock|oclock)(?: ?(am|pm))?\b`, func(m []string, f *found) bool { return f.setSpoken(m[1], 0, m[2]) }),
	on(`(`+enHour+`) ?(am|pm)\b`, func(m []string, f *found) bool { return f.setSpoken(m[1], 0, m[2]) }),
	on(`(one|two|three|four|five|six|seven|eight|nine|ten|eleven) (fifteen|thirty|forty[- ]?five)\b(?: ?(am|pm))?`, func(m []string, f *found) bool {
		n, _ := number(m[2])
		return f.setSpoken(m[1], int(n), m[3])
	}).where(func(before, after string, joined bool) bool { return joined || leadsToHour.MatchString(before) }),
	on(`([01]\d|2[0-3])([0-5]\d)(?: ?(?:hours|hrs|h))\b`, func(m []string, f *found) bool { return f.setClock(figure(m[1]), figure(m[2]), true) }),
	on(`([01]?\d)\.([0-5]\d)\b`, func(m []string, f *found) bool { return f.setFigures(m[1], m[2]) }).
		where(bareHour),
	on(`(?:between|from) (`+enHour+`) (?:and|to) (`+enHour+`)\b`, func(m []string, f *found) bool { return f.setSpoken(m[2], 0, "") }).
		where(func(_, after string, joined bool) bool { return joined || afterHour.MatchString(after) }),
	on(`(`+enHour+`) (?:to|or) (`+enHour+`)\b`, func(m []string, f *found) bool { return f.setSpoken(m[2], 0, "") }).
		where(bareHour),
	on(`(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b`, func(m []string, f *found) bool { return f.setSpoken(m[1], 0, "") }).
		where(bareHour),
	// parts of a day
	on(`first thing(?: in the morning)?|start of (?:business|play)|opening time|when we open|early(?: in the)? morning`, func(_ []string, f *found) bool { return f.setPart(firstThing) }),
	on(`(?:in the )?(?:late |mid[- ]?|early )?(morning|afternoon|evening)\b|at night\b|(lunchtime|lunch)\b`, func(m []string, f *found) bool {
		switch {
		case m[1] != "":
			return f.setPart(englishPart(m[1]))
		case m[2] != "":
			return f.setPart(midday)
		}
		return f.setPart(evening)
	}).where(func(before, _ string, joined bool) bool {
		return joined || leadsToPart.MatchString(before)
	}),
}

var (
	timeFollows  = regexp.MustCompile(`^,? (?:at |by |before )?(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|o'clock)\b|\d{1,2}:\d\d|noon|midday|midnight|morning|afternoon|evening|lunchtime|eod|cob)`)
	leadsToPart  = regexp.MustCompile(`\b(?:by|in the|before|until|till|at|the|by the|over)\s*$`)
	endsADay     = regexp.MustCompile(`^(?:today|tomorrow|tmrw|the \d|` + enDay + `|\d{1,2}(?:st|nd|rd|th)|` + enMonth + ` \d|this ` + enDay + `|next ` + enDay + `|this (?:morning|afternoon)|the day after)`)
	ordinalThing = regexp.MustCompile(`^ (?:floor|time|attempt|order|reminder|invoice|call|street|avenue|st\b|ave\b|item|page|payment|instalment)`)
)

// shortDay: "sat", "sun" and "mon" are other words too; as days they stand behind a
// word that leads to a day, beside a time or at the end.
func shortDay(before, after string, joined bool) bool {
	return joined || leadsToDay.MatchString(before) || strings.Trim(after, " .!") == "" || timeFollows.MatchString(after)
}

// englishWeekday reads this, next, coming; the day; week, next week; the part of the day.
func englishWeekday(m []string, f *found) bool {
	w := weekdayRef{day: weekdayOf(m[2])}
	switch {
	case m[3] == " next week" || m[1] == "next" && m[3] == "":
		w.mode, w.n = inWeek, 1
	case m[3] == " week":
		w.mode = later
	case m[1] == "this":
		w.mode = inWeek
	case m[1] != "":
		w.mode = coming
	}
	return f.setWeekday(w) && (m[4] == "" || f.setPart(englishPart(m[4])))
}

func englishPart(s string) partOfDay {
	switch s {
	case "morning":
		return morning
	case "noon", "lunchtime":
		return midday
	case "afternoon", "arvo":
		return afternoon
	}
	return evening
}

// setSpoken is an hour in words or figures, minutes after or before it.
func (f *found) setSpoken(hour string, minutes int, half string) bool {
	h, ok := whole(hour)
	return ok && f.setAround(h, minutes, half)
}

func (f *found) setAround(h, minutes int, half string) bool {
	if h < 0 || h > 24 || half == "am" || half == "pm" {
		if h < 1 || h > 12 {
			return false
		}
		if h %= 12; half == "pm" {
			h += 12
		}
		if half == "am" && h == 0 && minutes <= 0 {
			h = 24
		}
	}
	total := h*60 + minutes
	if total < 0 {
		total += 12 * 60
	}
	return f.setClock(total/60, total%60, half == "am" || half == "pm")
}

func (f *found) setDayOfMonth(day, month string) bool {
	d, ok := whole(day)
	if !ok || d < 1 || d > 31 {
		return false
	}
	ref := dayRef{kind: nextOf, date: Day{Day: d}}
	switch month {
	case "next month":
		ref.kind, ref.n = ofMonth, 1
	case "this month", "the month":
		ref.kind = ofMonth
	}
	return f.setDay(ref)
}
