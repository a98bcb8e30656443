package blocks

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"coachbot/bot/digest"
	"coachbot/bot/practice"
	"coachbot/store"
)

// Digest is a team's digest to be drawn. What could tell who a customer is was
// masked by whoever filled it in.
type Digest struct {
	Lang    string
	Digest  digest.Digest
	Now     time.Time
	Zone    *time.Location
	Titles  map[string]string // of playbooks, by id
	Links   map[string]string // addresses, by the id of the record
	Names   bool              // authors who agreed are named
	Drill   *practice.Drill   // of the morning; nil: none
	Summary string            // written by an AI service from the digest's own facts; "" : by rules
	AI      string            // marks Summary as such
	Late    bool
	Asked   bool     // one reader asked for it: nothing to sign
	Read    []string // who signed it
}

// Most lines of the lists that the digest itself shows; the thread has the rest.
const (
	maxDigestItems  = 3
	maxThreadItems  = 15
	maxDigestText   = 120
	maxDayItems     = 8 // of all lists together, before each shows one less
	maxScenarioRows = 12
)

// Message draws the digest: at most one screen.
func (d Digest) Message() Message {
	w, p := wordsIn(d.Lang), newPage(d.Lang)
	if d.Digest.Quiet && !d.Asked {
		p.section(d.quiet(w))
		return p.message()
	}
	title := w.digest.title
	if d.Digest.Running {
		title = w.digest.titleRunning
	}
	p.header(strings.NewReplacer("{1}", theirs(d.Digest.Team), "{2}", d.period(w)).Replace(title))
	if d.Digest.Quiet {
		p.section(d.quiet(w))
		return p.message()
	}
	p.reserve(buttonRoom)
	d.head(w, p)
	most := d.most()
	p.section(d.waiting(w, most))
	p.section(d.figures(w))
	p.section(d.learned(w, maxLearnedShown))
	p.section(d.rising(w, most))
	p.section(d.open(w, most))
	if d.Digest.Kind == store.DigestDay { // a week's stands beside the day's, which has them
		p.section(d.today(w, most))
	}
	if d.Digest.Kind != store.DigestDay {
		d.look(w, p)
	}
	if d.Digest.Kind == store.DigestDay {
		d.drill(w, p)
	}
	if !d.Asked && d.Detailed() {
		p.small(w.digest.inThread)
	}
	p.release(buttonRoom)
	if !d.Asked {
		p.buttons(button(ActionDigestRead, d.Value(), w.digest.read))
	}
	return p.message()
}

// maxLearnedShown is how many new cards the digest itself shows, each of two texts.
const maxLearnedShown = 2

// most is how many items each list of the digest itself shows: with all of them long, a
// day's would be more than one screen. The thread has the rest.
func (d Digest) most() int {
	if d.crowded() {
		return maxDigestItems - 1
	}
	return maxDigestItems
}

// longest is how many characters of a record's words a line shows: about a line of the
// screen, on which Chinese ones are twice as wide, and less where there are many.
func (d Digest) longest() int {
	n := maxDigestText
	if d.crowded() {
		n /= 2
	}
	if wordsIn(d.Lang).lang == "zh" {
		n = n * 2 / 3
	}
	return n
}

// crowded reports whether a day has so much to list that it would not fit on a screen.
func (d Digest) crowded() bool {
	g, all := d.Digest, 0
	for _, n := range []int{len(g.Waiting), len(g.Rising), len(g.Open), len(g.Today)} {
		all += min(n, maxDigestItems)
	}
	return g.Kind == store.DigestDay && all > maxDayItems
}

// Value is what the digest's button carries: where its record is.
func (d Digest) Value() string { return string(d.Digest.Kind) + ValueSeparator + d.Digest.Date }

// head says what mattered.
func (d Digest) head(w *words, p *page) {
	if d.Summary != "" {
		p.section("*" + lineEscaped(d.Summary, maxSection/4) + "*")
		p.small(d.AI)
	} else {
		var all []string
		for _, f := range d.Digest.Headline {
			all = append(all, linked(d.finding(w, f), d.Links[d.behind(f)]))
		}
		p.section("*" + w.join(all) + "*")
	}
	var notes []string
	if d.Digest.First && !d.Asked {
		notes = append(notes, w.digest.first[d.Digest.Kind])
	}
	if d.Late {
		notes = append(notes, w.digest.late)
	}
	if d.Digest.Summed {
		notes = append(notes, fill(w.digest.summed, d.Digest.Days))
	}
	p.small(w.join(notes))
}

// behind is the record that a finding is about, the first to look at where it is about several.
func (d Digest) behind(f store.DigestFinding) string {
	g := d.Digest
	switch f.Code {
	case digest.FoundMissed:
		return first(g.Missed, func(store.Promise) bool { return true }, func(p store.Promise) string { return p.ID })
	case digest.FoundWaiting:
		return first(g.Waiting, func(store.Promise) bool { return true }, func(p store.Promise) string { return p.ID })
	case digest.FoundCritical:
		return first(g.Cases, func(c store.Case) bool { return c.Severity == "critical" }, func(c store.Case) string { return c.ID })
	case digest.FoundOpenHelp:
		return first(g.Open, func(h store.HelpRequest) bool { return h.State == store.HelpOpen }, func(h store.HelpRequest) string { return h.ID })
	case digest.FoundRising:
		return first(g.Rising, func(r digest.Rise) bool { return r.Scenario == f.Scenario }, func(r digest.Rise) string { return r.Case.ID })
	}
	return ""
}

// first is the id of the first record that fits.
func first[T any](list []T, fits func(T) bool, id func(T) string) string {
	if i := slices.IndexFunc(list, fits); i >= 0 {
		return id(list[i])
	}
	return ""
}

func (d Digest) finding(w *words, f store.DigestFinding) string {
	patterns := w.digest.headline[f.Code]
	pattern := patterns[1]
	if f.N == 1 {
		pattern = patterns[0]
	}
	return fill(pattern, f.N, f.Of, d.title(f.Scenario))
}

// Headlines are what mattered, in words.
func (d Digest) Headlines() string {
	return settled(d.Lang, d.findings(wordsIn(d.Lang), d.Digest.Headline))
}

func (d Digest) findings(w *words, found []store.DigestFinding) string {
	var all []string
	for _, f := range found {
		all = append(all, d.finding(w, f))
	}
	return w.join(all)
}

func (d Digest) title(scenario string) string {
	if t := d.Titles[scenario]; t != "" {
		return t
	}
	return scenario
}

// period names the days that the digest looks back on.
func (d Digest) period(w *words) string {
	from, last := d.Digest.From.In(d.zone()), d.Digest.To.Add(-time.Microsecond).In(d.zone())
	switch {
	case d.Digest.Kind == store.DigestMonth && sameMonth(from, last):
		return w.month(from)
	case d.Digest.Kind == store.DigestMonth:
		return fill(w.digest.span, w.month(from), w.month(last))
	case d.Digest.Kind == store.DigestWeek && !d.Digest.Summed:
		return fill(w.digest.weekOf, w.day(from))
	case sameDate(from, last):
		return w.day(from)
	}
	return fill(w.digest.span, w.day(from), w.day(last))
}

func sameMonth(a, b time.Time) bool { return a.Year() == b.Year() && a.Month() == b.Month() }

func (w *words) month(t time.Time) string {
	if w.lang == "zh" {
		return fmt.Sprintf("%d年%d月", t.Year(), t.Month())
	}
	return t.Format("January 2006")
}

// quiet is all there is to say of days on which nothing happened.
func (d Digest) quiet(w *words) string {
	pattern := w.digest.quiet
	switch {
	case d.Digest.Summed:
		pattern = w.digest.quietDays
	case d.Digest.Kind == store.DigestMonth:
		pattern = w.digest.quietMonth
	case d.Digest.Kind == store.DigestWeek:
		pattern = w.digest.quietWeek
	case !sameDate(d.Digest.From.In(d.zone()), d.Digest.To.Add(-time.Microsecond).In(d.zone())):
		pattern = w.digest.quietDays
	}
	return fill(pattern, d.period(w))
}

func (d Digest) zone() *time.Location {
	if d.Zone == nil {
		return time.UTC
	}
	return d.Zone
}

// figures are the numbers with their change.
func (d Digest) figures(w *words) string {
	n, a := d.Digest.Numbers, d.Digest.Average
	var lines []string
	add := func(line string, notes ...string) {
		notes = slices.DeleteFunc(notes, func(s string) bool { return s == "" })
		if len(notes) > 0 {
			line += w.open3(strings.Join(notes, w.semicolon))
		}
		lines = append(lines, "• "+line)
	}
	usual := func(mean func(*digest.Average) float64, count int) string {
		if a == nil {
			return ""
		}
		all := mean(a) * float64(max(1, n.Days))
		if d.Digest.Running { // what is not over has not fewer yet
			return fill(w.digest.usually, average(all))
		}
		return w.change(count, all)
	}
	add(fill(w.digest.cases, n.Cases), usual(func(a *digest.Average) float64 { return a.Cases }, n.Cases))
	if n.Cases > 0 {
		share := fmt.Sprintf("%d%%", digest.Percent(n.Calmed, n.Cases))
		if a != nil && a.Cases > 0 {
			share += w.comma + fill(w.digest.usually, fmt.Sprintf("%.0f%%", 100*a.Calmed))
		}
		add(fill(w.digest.calmed, n.Calmed, n.Cases), share)
	}
	if n.First > 0 {
		was := ""
		if a != nil && a.First > 0 {
			was = fill(w.digest.usually, w.lasting(a.First))
		}
		add(fill(w.digest.firstWords, w.lasting(n.First)), was)
	}
	if n.Opened > 0 {
		var claim, resolve string
		if a != nil && n.Claim > 0 {
			claim = w.lasting(a.Claim)
		}
		if a != nil && n.Resolve > 0 {
			resolve = w.lasting(a.Resolve)
		}
		asked := fill(w.digest.help, n.Opened)
		if was := usual(func(a *digest.Average) float64 { return a.Opened }, n.Opened); was != "" {
			asked += w.open3(was)
		}
		parts := []string{asked, fill(w.digest.taken, n.Claimed, w.lasting(n.Claim), claim), fill(w.digest.solved, n.Resolved, w.lasting(n.Resolve), resolve)}
		add(strings.Join(parts, w.semicolon))
	}
	if n.Due > 0 {
		was := ""
		if a != nil && a.Kept+a.Missed > 0 {
			days := float64(max(1, n.Days))
			was = fill(w.digest.promisesUsual, fmt.Sprintf("%.0f", a.Kept*days), fmt.Sprintf("%.0f", a.Missed*days))
		}
		add(fill(w.digest.promises, n.Due, n.Kept, n.Missed), was)
	}
	if n.Slips > 0 || len(d.Digest.Slipped) > 0 {
		add(fill(w.digest.slips, n.Slips), strings.Join(d.slips(w, 2), w.comma), usual(func(a *digest.Average) float64 { return a.Slips }, n.Slips))
	}
	if n.Cards > 0 && d.Digest.Kind != store.DigestDay {
		add(fill(w.digest.cards, n.Cards))
	}
	if len(d.Digest.Said) > 0 {
		s := d.Digest.Said[0]
		add(w.digest.said + w.colon + strings.NewReplacer("{1}", d.linked(s.Case, s.Text), "{2}", fmt.Sprint(s.N)).Replace(w.digest.sayings))
	}
	return strings.Join(lines, "\n")
}

// open3 puts a remark into round brackets.
func (w *words) open3(s string) string {
	if w.lang == "zh" {
		return "（" + s + "）"
	}
	return " (" + s + ")"
}

// change compares a count with what is usual, in whole numbers unless they are small.
func (w *words) change(n int, usual float64) string {
	by := float64(n) - usual
	if math.Abs(by) < 0.5 {
		return w.digest.same
	}
	pattern := w.digest.more
	if by < 0 {
		pattern = w.digest.fewer
	}
	return fill(pattern, fmt.Sprintf("%.0f", math.Abs(by)))
}

// lasting is a length of time in short; "" of none.
func (w *words) lasting(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d < time.Minute:
		return fill(w.lasted.seconds, max(1, int(d.Round(time.Second)/time.Second)))
	case d < 90*time.Minute:
		return fill(w.lasted.minutes, int(d.Round(time.Minute)/time.Minute))
	case d < 36*time.Hour:
		return fill(w.lasted.hours, int(d.Round(time.Hour)/time.Hour))
	}
	return fill(w.lasted.days, max(2, int(d.Round(24*time.Hour)/(24*time.Hour))))
}

// slips are the forbidden phrases caught most.
func (d Digest) slips(w *words, most int) (list []string) {
	for _, s := range d.Digest.Slipped[:min(most, len(d.Digest.Slipped))] {
		list = append(list, fill(w.digest.slip, w.open+d.title(s.Text)+w.close, s.N))
	}
	return list
}

// listed is a list of at most most items under a title.
func listed[T any](w *words, title string, all []T, most int, show func(T) string) string {
	if len(all) == 0 {
		return ""
	}
	lines := []string{"*" + title + "*"}
	for _, item := range all[:min(most, len(all))] {
		lines = append(lines, "• "+show(item))
	}
	if len(all) > most {
		lines = append(lines, "• "+fill(w.digest.andMore, len(all)-most))
	}
	for len(lines) > 1 && size(strings.Join(lines, "\n")) > maxSection {
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n")
}

// linked makes words a link to a record.
func (d Digest) linked(id, words string) string {
	return linked(lineEscaped(words, d.longest()), d.Links[id])
}

func (d Digest) learned(w *words, most int) string {
	return listed(w, w.digest.learned, d.Digest.Learned, most, func(k store.KnowledgeCard) string {
		what := d.linked(k.ID, theirs(k.Situation)) + w.colon + w.open + theirs(lineEscaped(k.Words, d.longest())) + w.close
		if k.Situation == "" {
			what = d.linked(k.ID, theirs(k.Words))
		}
		if k.Named && d.Names {
			what += w.open3(fill(w.digest.by, mention(k.Author)))
		}
		return what
	})
}

func (d Digest) rising(w *words, most int) string {
	return listed(w, w.digest.rising, d.Digest.Rising, most, func(r digest.Rise) string {
		return strings.NewReplacer("{1}", d.linked(r.Case.ID, d.title(r.Scenario)), "{2}", fmt.Sprint(r.N), "{3}", average(r.Before)).Replace(w.digest.rise)
	})
}

func (d Digest) open(w *words, most int) string {
	return listed(w, w.digest.openHelp, d.Digest.Open, most, func(h store.HelpRequest) string {
		pattern, since := w.digest.openAsked, h.OpenedAt
		if h.State == store.HelpClaimed {
			pattern, since = w.digest.claimed, h.ClaimedAt
		}
		return strings.NewReplacer("{1}", d.linked(h.ID, theirs(h.Question)), "{2}", w.lasting(max(time.Minute, d.Now.Sub(since)))).Replace(pattern)
	})
}

func (d Digest) today(w *words, most int) string {
	return listed(w, w.digest.today, d.Digest.Today, most, func(p store.Promise) string {
		text := strings.NewReplacer("{1}", d.linked(p.ID, theirs(p.What)), "{2}", p.DueAt.In(d.zone()).Format("15:04")).Replace(w.digest.due)
		if p.DueAt.Before(d.Now) {
			text += w.open3(w.tab.missed)
		}
		return text
	})
}

func (d Digest) waiting(w *words, most int) string {
	return listed(w, w.digest.waiting, d.Digest.Waiting, most, func(p store.Promise) string {
		return strings.NewReplacer("{1}", d.linked(p.ID, theirs(p.What)), "{2}", w.day(p.MadeAt.In(d.zone()))).Replace(w.digest.waitingItem)
	})
}

// drill asks the morning's question.
func (d Digest) drill(w *words, p *page) {
	if d.Drill == nil || d.Asked {
		return
	}
	drillQuestion(w, p, *d.Drill, w.digest.drill)
	p.buttons(drillButtons(w, *d.Drill, "")...)
}

// TeamName is what a team without a name is called.
func TeamName(lang string) string { return settled(lang, wordsIn(lang).digest.team) }
