// Package when understands what was promised and by when, in Chinese and English:
// "call Ms Li back by 5pm tomorrow", "明天下午五点前给李女士回电". It is pure: the
// clock, the zone and the team's working time come in as values. What it is not
// sure of it says, with the time it would guess, so that a person can be asked.
//
// The rules are our own. github.com/olebedev/when v1.1.0 was measured on the table in
// testdata: its Chinese rules panic on most phrases, its English ones read 32 of 150
// as they are meant here (it knows no end of work), and of 28 phrases that a person
// must be asked about it answers 21 without a sign of doubt.
package when

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// Unclear is why a time could not be taken as it was said; "" when it could.
type Unclear string

// Reasons to ask. All but NoTime and NoWhat may come with a guess.
const (
	Clear   Unclear = ""
	NoWhat  Unclear = "no-what" // a time and nothing to do
	NoTime  Unclear = "no-time"
	Vague   Unclear = "vague"    // soon, in a few days, after lunch
	Past    Unclear = "past"     // over already
	Half    Unclear = "half"     // 8 o'clock: morning or evening
	Which   Unclear = "which"    // Friday, said on a Friday; 11/12
	Several Unclear = "several"  // two times in one promise
	NoDay   Unclear = "no-day"   // 30 February; Friday the 13th that is a Sunday
	Skipped Unclear = "skipped"  // an hour that daylight saving leaves out
	Zone    Unclear = "zone"     // 3pm London time, where the person lives elsewhere
	Repeats Unclear = "repeats"  // every Friday
	TooFar  Unclear = "too-far"  // more than Farthest from now
	TooLong Unclear = "too-long" // more text than a promise has
)

// Bounds of what is read as a promise.
const (
	MaxText  = 1000 // characters
	Farthest = 2 * 366 * 24 * time.Hour
)

// Context is who says it, when and where.
type Context struct {
	Now    time.Time
	Zone   *time.Location // the person's own
	Locale string         // as Slack names it: en-US reads 11/12 as 12 November, en-GB as 11 December
	Work   Calendar       // the team's
}

// Promise is what was understood.
type Promise struct {
	What    string    // the words without the time
	By      time.Time // the time; a guess when Unclear is set; zero when there is none
	Said    string    // the words that were read as the time
	Kind    Kind      // what sort of promise the words name
	Default bool      // By is the course's default for the kind
	Unclear Unclear
}

// Read understands a promise.
func Read(text string, c Context) Promise {
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	c.Now = c.Now.In(c.Zone)
	text = strings.TrimSpace(text)
	t := fold(text)
	if len(t.starts)-1 > MaxText {
		return Promise{What: text, Unclear: TooLong}
	}
	p := Promise{Kind: kindOf(t.folded)}
	best, unclear := choose(t, scan(t), c)
	switch {
	case unclear == Vague && best[0].vague: // "soon" promises nothing: it goes, as a time would
		p.What, p.Said, p.Unclear = what(t, &best[0]), t.original(best[0].start, best[0].end), Vague
		return p
	case unclear == Past: // "by yesterday"
		p.What, p.Said, p.Unclear = what(t, &best[0]), t.original(best[0].start, best[0].end), Past
		if best[0].clock.set {
			p.By, _ = resolve(best[0], c)
		}
		return p
	case unclear != Clear:
		p.What, p.Unclear = what(t, nil), unclear
		p.By, _ = resolveAny(best, c)
		return p
	}
	if len(best) == 0 {
		p.What = what(t, nil)
		return p.byDefault(c)
	}
	said := best[0]
	p.What, p.Said = what(t, &said), t.original(said.start, said.end)
	p.By, p.Unclear = resolve(said, c)
	if p.What == "" {
		p.Unclear = NoWhat
	}
	return p
}

// byDefault takes the course's deadline for the kind of promise that the words name.
func (p Promise) byDefault(c Context) Promise {
	p.By = p.Kind.deadline(c)
	switch {
	case p.What == "":
		p.Unclear = NoWhat
	case p.By.IsZero():
		p.Unclear = NoTime
	case hints.MatchString(fold(p.What).folded):
		p.Unclear = NoTime
	default:
		p.Default = true
	}
	return p
}

// hints are signs that a time was said that no rule understood: the default must not hide it.
var hints = regexp.MustCompile(`\b(?:in|by|at|within|before|after|until|till) (?:a |an |the )?(?:\d|half|quarter|lunch|dinner|christmas|xmas|easter|thanksgiving|new year|holidays?\b|few\b|couple\b)|\b\d+ ?(?:min|hour|hr|day|week)|` +
	`\d\s?[点时分天号月年]|[一二两三四五六七八九十半][个]?(?:小时|钟头|分钟|天|周|月|年)(?:内|后|之)|节(?:前|后)|(?:国庆|春节|元旦|中秋|清明|端午|五一|十一)`)

// choose finds the expression that says when. A deadline (by, before, 前) wins over
// a time alone, a time alone over one that describes something ("Friday's delivery").
func choose(t foldedText, all []found, c Context) ([]found, Unclear) {
	var best, vague, late []found
	for _, f := range joinPast(t, all) {
		switch {
		case f.repeats:
			return nil, Repeats
		case f.past && f.weight == deadline:
			late = append(late, f)
			continue
		case f.past:
			continue
		case f.vague, f.open:
			vague = append(vague, f)
			continue
		case f.weight == describing:
			continue
		}
		if len(best) > 0 && best[0].weight != f.weight {
			if best[0].weight > f.weight {
				continue
			}
			best = best[:0]
		}
		best = append(best, f)
	}
	switch {
	case len(best) > 0:
	case len(late) > 0:
		return late, Past
	case len(vague) > 0:
		return vague, Vague
	default:
		return nil, Clear
	}
	if i := slices.Index(all, best[0]); len(best) == 1 && (i > 0 && either(t, all[i-1], all[i]) || i+1 < len(all) && either(t, all[i], all[i+1])) {
		return best, Several
	}
	first, _ := resolve(best[0], c)
	for _, f := range best[1:] {
		if other, _ := resolve(f, c); !other.Equal(first) {
			return best, Several
		}
	}
	return best[:1], Clear
}

// joinPast makes one of a past day and the hour beside it: 昨天下午三点, 5pm yesterday.
// An hour with a word of its own that makes it a deadline stays by itself: "about her
// visit yesterday by 5pm".
func joinPast(t foldedText, all []found) []found {
	var list []found
	for _, f := range all {
		n := len(list) - 1
		if n < 0 || !beside(t, list[n], f) {
			list = append(list, f)
			continue
		}
		hour, day := f, list[n]
		if list[n].clock.set {
			hour, day = list[n], f
		}
		if hour.start > day.start && led(t, hour) {
			list = append(list, f)
			continue
		}
		hour.past, hour.weight = true, max(hour.weight, day.weight)
		hour.start, hour.end = list[n].start, f.end
		list[n] = hour
	}
	return list
}

// beside reports whether one is a past day and the other an hour without a day, with nothing between.
func beside(t foldedText, a, b found) bool {
	between := t.folded[a.end:b.start]
	hour := func(f found) bool { return !f.past && f.clock.set && f.day.kind == noDay && !f.wday.set }
	return (a.past && !a.clock.set && hour(b) || hour(a) && b.past) && len(gaps.FindString(between)) == len(between)
}

// led reports whether an expression begins with a word that makes it a deadline.
func led(t foldedText, f found) bool {
	m := leads.FindStringSubmatchIndex(t.folded[f.start:f.end])
	return m != nil && m[4] >= 0
}

// alternatives stand between two times of which either may be meant.
var alternatives = regexp.MustCompile(`^[\s,，、]*(?:or|/|或者?|还是)[\s,，、]*$`)

func either(t foldedText, a, b found) bool {
	return !a.past && !b.past && a.end <= b.start && alternatives.MatchString(t.folded[a.end:b.start])
}

// resolveAny is the guess where none of the expressions can be taken as it is.
func resolveAny(all []found, c Context) (time.Time, Unclear) {
	for _, f := range all {
		if f.open {
			continue
		}
		if t, _ := resolve(f, c); t.After(c.Now) {
			return t, Several
		}
	}
	return time.Time{}, NoTime
}
