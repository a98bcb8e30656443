package when

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// Weights of an expression: which one of a promise says when it is due.
const (
	describing = iota // "Friday's delivery", 关于周五的
	plain             // "Friday"
	deadline          // "by Friday", 周五前
)

// found is one expression of time: neighbouring parts that go together.
type found struct {
	start, end int // in the folded text
	weight     int
	before     bool // "before Friday" excludes Friday
	repeats    bool // every Friday
	vague      bool // soon
	open       bool // after 3pm: a beginning and no end
	abroad     bool // 3pm London time
	beijing    bool // 北京时间
	past       bool // yesterday

	wait  time.Duration // in two hours
	work  time.Duration // in two working hours
	day   dayRef
	wday  weekdayRef
	part  partOfDay
	clock clockRef
}

// partOfDay is a stretch of a day.
type partOfDay int

const (
	noPart partOfDay = iota
	dawn
	firstThing // as work begins
	morning
	midday
	afternoon
	evening
	closing  // the end of work
	dayEnd   // the end of the day: of work, or of the date when work is over
	dayEndOf // likewise, of a day that must be named
)

type clockRef struct {
	set     bool
	minutes int  // since midnight, as said
	sure    bool // 17:00, 5pm: which half of the day is known
}

type weekdayRef struct {
	set  bool
	day  time.Weekday
	mode weekMode
	n    int // weeks from this one, for inWeek
}

type weekMode int

const (
	bare   weekMode = iota // Friday
	coming                 // the coming Friday
	inWeek                 // Friday of the n-th week from this one
	later                  // a week on Friday: the coming one and 7 days
)

type dayRef struct {
	kind   dayKind
	n      int  // days, months or weeks from now
	date   Day  // zero Year: not said
	either bool // 11/12: the other order makes a date as well
	clock  bool // "in two days": at this time of day
}

type dayKind int

const (
	noDay      dayKind = iota
	inDays             // today, tomorrow, in n days
	inMonths           // in n months
	onDate             // 24 November
	ofMonth            // the 24th, of the n-th month from now
	nextOf             // the 24th
	workingDay         // the n-th working day from now
	endOfWeek          // of the n-th week from now
	weekendOf
	endOfMonth   // of the n-th month from now
	endOfMonthAt // of date.Month
	endOfYear
	endOfQuarter
)

// rule reads one part of an expression. Where a group named keep matches, the part ends before it.
type rule struct {
	pattern *regexp.Regexp
	keep    int
	read    func(m []string, f *found) bool
	fits    func(before, after string, joined bool) bool // nil: anywhere
}

func on(pattern string, read func(m []string, f *found) bool) rule {
	p := regexp.MustCompile(`^(?:` + pattern + `)`)
	return rule{pattern: p, keep: p.SubexpIndex("keep"), read: read}
}

// where limits a rule to places where the words around it show that a time is meant.
// joined says that an earlier part of the same expression stands before it.
func (r rule) where(fits func(before, after string, joined bool) bool) rule {
	r.fits = fits
	return r
}

// leads are the words before an expression that belong to it.
var leads = regexp.MustCompile(`^(?:(not (?:before|until)|after|不早于)|(no later than|not later than|at the latest by|latest by|latest|by|before|until|till|til|due|最晚在?|最迟在?|不晚于|截至|截止到?)|(since|from|about|regarding|re|of|关于|自从?|从|对于?)|北京时间|at|on|around|@|for|in|during|the|a|在|于|到|等|大约|约|大概|差不多)(?:\b|\s*)`)

// gaps may stand between two parts of one expression.
var gaps = regexp.MustCompile(`^(?:[\s,，、()（）]|\b(?:at|on|by|before|around|the|in|of|latest|sharp)\b|@|的|在|，)*`)

// tails are the words after an expression that belong to it.
var tails = regexp.MustCompile(`^(?:[\s)）]*(?:左右|上下|或|及)*(之前|以前|前|之内|以内|内|为止)|[\s,]*\b(at the latest|latest|sharp|tops|at most|max)\b)`)

// endsDay follow a past day that somebody gave as a deadline: 昨天之前. Without 之 it is as likely 前台.
var endsDay = regexp.MustCompile(`^(?:之前|以前)(?:$|[^的])`)

// opens follow a time that begins something and does not end it: 三点以后.
var opens = regexp.MustCompile(`^\s*(?:之后|以后|后|过后|起|开始)`)

// zones follow a time of another place; the Chinese form may stand before it.
var zones = regexp.MustCompile(`^\s*\(?(?:(北京时间|beijing time|china time)|(?:utc|gmt|[ecmp][sd]?t|cet|cest|bst|ist|jst|hkt|sgt|aes?t)\b(?:\s*[+-]\s*\d+)?|(?:[a-z']+ )?(?:uk|us|london|york|local|their|her|his|customer's|eastern|pacific|central|mountain|singapore|tokyo|paris|berlin|sydney) time\b|` + zhPlace + `时间)\)?`)

const zhPlace = `(?:当地|伦敦|纽约|东京|巴黎|柏林|悉尼|新加坡|莫斯科|美国|英国|日本|澳洲|欧洲|美东|美西|东部|西部|太平洋|格林[威尼]治|国际|世界)`

var abroad = regexp.MustCompile(zhPlace + `时间$`)

// about follows a time that is not meant to the minute.
var about = regexp.MustCompile(`^\s*(?:左右|上下|前后)`)

// describes what follows an expression that says which one is meant, not when.
var describes = regexp.MustCompile(`^(?:'s\b|s'(?:\s|$))`)

// possessive is the same in Chinese, where 的 is followed by a thing.
var possessive = regexp.MustCompile(`^\s*的\s*(?:那|这)?(?:个|件|次|场|单|批)?\p{Han}`)

// rulesFor are the rules that may read a part beginning with b, in their order: no
// English one begins with a Chinese character, and the other way round.
func rulesFor(b byte) [][]rule {
	switch {
	case b >= '0' && b <= '9':
		return [][]rule{sharedRules, englishRules, chineseRules}
	case b >= 'a' && b <= 'z':
		return [][]rule{sharedRules, englishRules}
	case b >= utf8.RuneSelf:
		return [][]rule{chineseRules}
	}
	return nil
}

// scan finds every expression of time, from left to right.
func scan(t foldedText) []found {
	var all []found
	for i := 0; i < len(t.folded); {
		if f, ok := expression(t.folded, i); ok {
			all = append(all, f)
			i = f.end
			continue
		}
		_, size := utf8.DecodeRuneInString(t.folded[i:])
		i += size
	}
	return all
}

// inWord reports whether offset i lies inside a word of letters or digits.
func inWord(s string, i int) bool {
	return i > 0 && i < len(s) && wordByte(s[i-1]) && wordByte(s[i])
}

func wordByte(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '_' }

// expression reads one at offset i, the words leading into it included.
func expression(s string, i int) (found, bool) {
	if inWord(s, i) {
		return found{}, false
	}
	f, at := found{start: i, weight: plain}, i
	end, ok := f.take(s, at, false)
	for !ok {
		m := leads.FindStringSubmatchIndex(s[at:])
		if m == nil || m[1] == 0 || inWord(s, at+m[1]) {
			return found{}, false
		}
		switch {
		case m[2] >= 0:
			f.open = true
		case m[4] >= 0:
			f.weight = deadline
			f.before = s[at+m[4]:at+m[5]] == "before"
		case m[6] >= 0:
			f.weight = describing
		}
		at += m[1]
		at += len(s[at:]) - len(strings.TrimLeft(s[at:], " "))
		end, ok = f.take(s, at, false)
	}
	for {
		next := end + len(gaps.FindString(s[end:]))
		more, ok := f.take(s, next, true)
		if !ok {
			break
		}
		end = more
	}
	f.end = end
	f.finish(s)
	if f.part == dayEndOf && f.day.kind == noDay && !f.wday.set {
		return found{}, false
	}
	return f, true
}

// finish takes in what follows the expression.
func (f *found) finish(s string) {
	before := strings.TrimRight(s[:f.start], " ")
	f.abroad = f.clock.set && abroad.MatchString(before)
	f.beijing = strings.Contains(s[f.start:f.end], "北京时间")
	if m := zones.FindStringSubmatchIndex(s[f.end:]); m != nil && f.clock.set {
		f.beijing, f.abroad = m[2] >= 0, m[2] < 0
		f.end += m[1]
	}
	rest := s[f.end:]
	if f.wait == 0 && f.work == 0 && !f.past && opens.MatchString(rest) {
		f.open = true
	}
	if m := tails.FindStringIndex(rest); m != nil && m[1] > 0 && !(f.past && !endsDay.MatchString(rest)) {
		if f.weight != describing {
			f.weight = deadline
		}
		f.end += m[1]
		return
	}
	if m := about.FindString(rest); m != "" {
		f.end += len(m)
		return
	}
	if m := describes.FindString(rest); m != "" && !f.past {
		f.weight = describing
		return
	}
	if possessive.MatchString(rest) && f.weight == plain && f.clock == (clockRef{}) && f.wait == 0 {
		f.weight = describing
	}
}

// take reads the next part at offset i. It fails when there is none, or when its
// place in the expression is taken already: then it begins another expression.
func (f *found) take(s string, i int, joined bool) (end int, ok bool) {
	if i >= len(s) || inWord(s, i) {
		return 0, false
	}
	for _, list := range rulesFor(s[i]) {
		for _, r := range list {
			m := r.pattern.FindStringSubmatchIndex(s[i:])
			if m == nil || m[1] == 0 {
				continue
			}
			stop := m[1]
			if r.keep > 0 && m[2*r.keep] >= 0 {
				stop = m[2*r.keep]
			}
			if inWord(s, i+stop) {
				continue
			}
			next := *f
			groups := make([]string, len(m)/2)
			for g := range groups {
				if m[2*g] >= 0 {
					groups[g] = s[i+m[2*g] : i+m[2*g+1]]
				}
			}
			if r.fits != nil && !r.fits(s[:i], s[i+stop:], joined) || !r.read(groups, &next) || !f.joins(next) {
				continue
			}
			*f = next
			return i + stop, true
		}
	}
	return 0, false
}

// joins reports whether next only fills places that were empty in f.
func (f *found) joins(next found) bool {
	if f.wait != 0 || f.work != 0 || f.vague || f.past || f.repeats && f.day.kind != noDay {
		return false
	}
	if next.wait != f.wait || next.work != f.work || next.vague || next.past {
		return *f == found{start: f.start, weight: f.weight, before: f.before, open: f.open}
	}
	return (f.day == next.day || f.day.kind == noDay || f.day.kind == next.day.kind && !f.day.clock && next.day.clock) &&
		(f.wday == next.wday || !f.wday.set) &&
		(f.part == next.part || f.part == noPart || f.part == dayEndOf && next.part == f.part) &&
		(f.clock == next.clock || !f.clock.set)
}
