package digest

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"time"

	"coachbot/store"
)

// Records are what a team's digest is made from.
type Records struct {
	Cases    []store.Case          // opened in the period; private ones are left out
	Earlier  []store.Case          // opened before it, of which Evidence speaks
	Evidence []store.Evidence      // said in the period; of cases that are not shown it is left out
	Help     []store.HelpRequest   // opened in the period
	Promises []store.Promise       // due in the period
	Cards    []store.KnowledgeCard // made in the period
	Slips    []store.Slips         // of the period's days

	Before   []store.DigestRecord // day digests of the week before, any order
	Trend    []store.DigestRecord // earlier digests of the same kind, for charts, newest first
	Open     []store.HelpRequest  // unsettled now
	Today    []store.Promise      // owed and due on the day it is posted
	Waiting  []store.Promise      // owed answers to suggestions and complaints
	Product  []Product            // marked in the period for those who make the product
	Tellings int                  // digests of this kind that the team got before
}

// Digest is what a team is told.
type Digest struct {
	Slot
	Team    string
	Numbers store.DigestNumbers
	Average *Average // of a day in the week before, or in the weeks or months before; nil: nothing to compare with
	First   bool     // the team's first
	Quiet   bool     // nothing happened and nothing is open

	Headline []store.DigestFinding // what mattered, the most important first, at most two
	Said     []Count               // phrases most used, with how often
	Calming  []Phrase              // after which customers calmed down, the most often first
	Failing  []Phrase              // after which they more often did not
	Slipped  []Count               // forbidden phrases by id
	Rising   []Rise
	Usual    map[string]float64 // cases of a scenario in a period of this length; nil: nothing to compare with
	Learned  []store.KnowledgeCard
	Open     []store.HelpRequest // by urgency and age
	Today    []store.Promise     // by time
	Missed   []store.Promise     // by time, those that Numbers count
	Waiting  []store.Promise     // unanswered for two working days, oldest first
	Product  []Product           // for those who make the product, oldest first
	Gaps     Gaps
	By       store.DigestKind // what a point of the chart is
	Points   []Point          // oldest first
	Cases    []store.Case
	Earlier  []store.Case // opened before, of which something was said in the period
}

// Average is what a day of the week before had.
type Average struct {
	Days    int
	Cases   float64
	Calmed  float64 // share of the cases, 0 to 1
	Opened  float64
	Kept    float64
	Missed  float64
	Slips   float64
	First   time.Duration
	Claim   time.Duration
	Resolve time.Duration
}

// Product is a case or a card that those who make the product should hear of.
type Product struct {
	ID       string // of the case or the card
	Scenario string
	Note     string
	At       time.Time
	Case     store.Case
	Card     store.KnowledgeCard
}

// Shown reports whether a case may be shown and counted.
func Shown(c store.Case) bool {
	return !c.Private && c.State != store.CaseDismissed && c.State != store.CaseDeleted
}

// Count is how often something was, and the case it was in last.
type Count struct {
	Text     string
	N        int
	Case     string
	Scenario string // of a phrase in Gaps, the playbook it stands in
}

// Phrase is how the cases ended in which agents used it.
type Phrase struct {
	Text               string
	Used, Calmed, Left int    // Left: closed as not resolved
	Case               string // the last of them
}

// Rise is a scenario that came up more often than on the days before.
type Rise struct {
	Scenario string
	N        int
	Before   float64 // a period of the same length on average
	Case     store.Case
}

// Gaps are what playbooks lack.
type Gaps struct {
	Unsure    int     // cases for which no playbook was clearly ahead
	Unhelpful []Count // phrases that were marked as no help
	Another   []Count // playbooks whose phrases were passed over
	Instead   []Count // scenarios that somebody chose in place of the one shown
}

// Point is a period of the chart.
type Point struct {
	From          time.Time
	Cases, Calmed int
}

// How much one list shows.
const (
	maxSaid    = 3
	maxRising  = 3
	maxLearned = 3
)

// Make makes the digest of a slot. It is told the team's name.
func Make(s Slot, team string, r Records) Digest {
	d := Digest{Slot: s, Team: team, First: r.Tellings == 0}
	for _, c := range r.Cases {
		if Shown(c) {
			d.Cases = append(d.Cases, c)
		}
	}
	for _, c := range r.Earlier {
		if Shown(c) {
			d.Earlier = append(d.Earlier, c)
		}
	}
	spoken := slices.Concat(d.Cases, d.Earlier)
	evidence := saidOf(spoken, r.Evidence)
	d.Numbers = numbers(s, d.Cases, r)
	d.Average = average(r.Before)
	if s.Kind != store.DigestDay {
		d.Average = average(r.Trend)
	}
	d.Said, d.Calming, d.Failing = phrases(spoken, evidence)
	d.Slipped = slipped(r.Slips)
	d.Usual = usual(s, r.Before)
	if s.Kind != store.DigestDay {
		d.Usual = usual(s, r.Trend)
	}
	d.Rising = rising(d.Cases, d.Usual)
	d.Learned = learned(r.Cards)
	d.Open = slices.Clone(r.Open)
	slices.SortStableFunc(d.Open, func(a, b store.HelpRequest) int {
		return cmp.Or(cmp.Compare(b.Priority, a.Priority), a.OpenedAt.Compare(b.OpenedAt))
	})
	d.Today = byTime(r.Today)
	d.Waiting = byTime(r.Waiting)
	d.Product = r.Product
	d.Gaps = gaps(d.Cases, evidence)
	d.By, d.Points = points(s, d.Numbers, d.Cases, r)
	for _, p := range byTime(r.Promises) {
		if missed(s, p) {
			d.Missed = append(d.Missed, p)
		}
	}
	n := d.Numbers
	d.Quiet = n.Cases+n.Opened+n.Due+n.Slips+n.Cards+len(d.Open)+len(d.Today)+len(d.Waiting)+len(d.Product) == 0
	d.Headline = headline(d)
	return d
}

func byTime(list []store.Promise) []store.Promise {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b store.Promise) int { return a.DueAt.Compare(b.DueAt) })
	return list
}

// numbers add up the records.
func numbers(s Slot, cases []store.Case, r Records) store.DigestNumbers {
	n := store.DigestNumbers{Days: s.Days, Cases: len(cases), Opened: len(r.Help)}
	var first, claim, resolve []time.Duration
	for _, c := range cases {
		switch c.State {
		case store.CaseCalmed:
			n.Calmed++
		case store.CaseUnresolved:
			n.Unresolved++
		default:
			n.Open++
		}
		if !c.AdvisedAt.IsZero() {
			n.Suggested++
			first = append(first, max(0, c.AdvisedAt.Sub(c.OpenedAt)))
		}
		if c.Playbook != "" {
			if n.Scenarios == nil {
				n.Scenarios = map[string]int{}
			}
			n.Scenarios[c.Playbook]++
		}
	}
	for _, h := range r.Help {
		if !h.ClaimedAt.IsZero() {
			n.Claimed++
			claim = append(claim, max(0, h.ClaimedAt.Sub(h.OpenedAt)))
		}
		if h.State == store.HelpResolved {
			n.Resolved++
			resolve = append(resolve, max(0, h.ClosedAt.Sub(h.OpenedAt)))
		}
	}
	for _, p := range r.Promises {
		switch {
		case p.State == store.PromiseDropped:
			continue
		case p.State == store.PromiseKept && p.MissedAt.IsZero():
			n.Kept++
		case missed(s, p):
			n.Missed++
		}
		n.Due++
	}
	for _, day := range r.Slips {
		for _, k := range day.Counts {
			n.Slips += k
		}
	}
	for _, k := range r.Cards {
		if k.State != store.CardWithdrawn {
			n.Cards++
		}
	}
	n.First, n.Claim, n.Resolve = median(first), median(claim), median(resolve)
	return n
}

// missed reports whether a promise that came due in the period was not kept in time.
func missed(s Slot, p store.Promise) bool {
	if p.State == store.PromiseDropped {
		return false
	}
	return !p.MissedAt.IsZero() || p.State == store.PromiseMissed || p.DueAt.Before(s.To) && p.State == store.PromiseOpen && !s.Running
}

// median of durations; 0 of none.
func median(list []time.Duration) time.Duration {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	mid := len(list) / 2
	if len(list)%2 == 1 {
		return list[mid]
	}
	return (list[mid-1] + list[mid]) / 2
}

// average is a day of the digests given, nil of none.
func average(before []store.DigestRecord) *Average {
	var a Average
	var cases, calmed int
	var first, claim, resolve []time.Duration
	for _, d := range before {
		n := d.Numbers
		a.Days += n.Days
		cases, calmed = cases+n.Cases, calmed+n.Calmed
		a.Opened += float64(n.Opened)
		a.Kept += float64(n.Kept)
		a.Missed += float64(n.Missed)
		a.Slips += float64(n.Slips)
		first, claim, resolve = known(first, n.First), known(claim, n.Claim), known(resolve, n.Resolve)
	}
	if a.Days == 0 {
		return nil
	}
	days := float64(a.Days)
	a.Cases, a.Opened, a.Kept, a.Missed, a.Slips = float64(cases)/days, a.Opened/days, a.Kept/days, a.Missed/days, a.Slips/days
	if cases > 0 {
		a.Calmed = float64(calmed) / float64(cases)
	}
	a.First, a.Claim, a.Resolve = median(first), median(claim), median(resolve)
	return &a
}

func known(list []time.Duration, d time.Duration) []time.Duration {
	if d > 0 {
		return append(list, d)
	}
	return list
}

// fails is how many cases a phrase must have left unresolved to be told of as one that does not calm.
const fails = 2

// saidOf is the evidence about cases.
func saidOf(cases []store.Case, all []store.Evidence) (list []store.Evidence) {
	counts := make(map[string]bool, len(cases))
	for _, c := range cases {
		counts[c.ID] = true
	}
	for _, e := range all {
		if counts[e.Case] {
			list = append(list, e)
		}
	}
	return list
}

// phrases are those that agents marked as used in cases.
func phrases(cases []store.Case, evidence []store.Evidence) (said []Count, calming, failing []Phrase) {
	states := make(map[string]store.CaseState, len(cases))
	for _, c := range cases {
		states[c.ID] = c.State
	}
	used := map[string]*Phrase{}
	for _, e := range evidence {
		state := states[e.Case]
		if e.Kind != "used" || e.Phrase == "" {
			continue
		}
		p := used[e.Phrase]
		if p == nil {
			p = &Phrase{Text: e.Phrase}
			used[e.Phrase] = p
		}
		p.Used++
		p.Case = e.Case
		switch state {
		case store.CaseCalmed:
			p.Calmed++
		case store.CaseUnresolved:
			p.Left++
		}
	}
	for _, text := range slices.Sorted(maps.Keys(used)) {
		said = append(said, Count{Text: text, N: used[text].Used, Case: used[text].Case})
		switch p := *used[text]; {
		case p.Left > p.Calmed && p.Left >= fails:
			failing = append(failing, p)
		case p.Calmed > 0:
			calming = append(calming, p)
		}
	}
	slices.SortStableFunc(calming, func(a, b Phrase) int { return cmp.Or(cmp.Compare(b.Calmed, a.Calmed), cmp.Compare(a.Used, b.Used)) })
	slices.SortStableFunc(failing, func(a, b Phrase) int { return cmp.Or(cmp.Compare(b.Left, a.Left), cmp.Compare(a.Used, b.Used)) })
	return most(said, maxSaid), calming, failing
}

func most(list []Count, n int) []Count {
	slices.SortStableFunc(list, func(a, b Count) int { return cmp.Compare(b.N, a.N) })
	return list[:min(n, len(list))]
}

func slipped(days []store.Slips) []Count {
	sum := map[string]int{}
	for _, d := range days {
		for phrase, n := range d.Counts {
			sum[phrase] += n
		}
	}
	return counts(sum)
}

func counts(sum map[string]int) (list []Count) {
	for _, text := range slices.Sorted(maps.Keys(sum)) {
		if sum[text] > 0 {
			list = append(list, Count{Text: text, N: sum[text]})
		}
	}
	return most(list, len(list))
}

// usual is how often each scenario came up in a period as long as the slot's.
func usual(s Slot, before []store.DigestRecord) map[string]float64 {
	days, sum := 0, map[string]int{}
	for _, d := range before {
		days += d.Numbers.Days
		for scenario, n := range d.Numbers.Scenarios {
			sum[scenario] += n
		}
	}
	if days == 0 {
		return nil
	}
	mean := make(map[string]float64, len(sum))
	for scenario, n := range sum {
		mean[scenario] = float64(n) / float64(days) * float64(max(1, s.Days))
	}
	return mean
}

// rising are scenarios with at least three cases and half as many again as usual.
func rising(cases []store.Case, usual map[string]float64) (list []Rise) {
	if usual == nil {
		return nil
	}
	now, newest := map[string]int{}, map[string]store.Case{}
	for _, c := range cases {
		if c.Playbook != "" {
			now[c.Playbook]++
			newest[c.Playbook] = c
		}
	}
	for _, scenario := range slices.Sorted(maps.Keys(now)) {
		mean := usual[scenario]
		if n := now[scenario]; n >= 3 && float64(n) >= 1.5*mean {
			list = append(list, Rise{scenario, n, mean, newest[scenario]})
		}
	}
	slices.SortStableFunc(list, func(a, b Rise) int {
		return cmp.Compare(float64(b.N)-b.Before, float64(a.N)-a.Before)
	})
	return list[:min(maxRising, len(list))]
}

// learned are the best new cards: those with a result first, then the newest. What
// calmed nobody is nothing to repeat.
func learned(cards []store.KnowledgeCard) (list []store.KnowledgeCard) {
	for _, k := range cards {
		if k.State != store.CardWithdrawn && k.Result != "no" {
			list = append(list, k)
		}
	}
	slices.SortStableFunc(list, func(a, b store.KnowledgeCard) int {
		return cmp.Or(cmp.Compare(worth(b), worth(a)), b.CreatedAt.Compare(a.CreatedAt))
	})
	return list[:min(maxLearned, len(list))]
}

func worth(k store.KnowledgeCard) (n int) {
	if k.Result != "" && k.Result != "unknown" {
		n++
	}
	if k.Request != "" { // it solved somebody's question
		n++
	}
	return n
}

func gaps(cases []store.Case, evidence []store.Evidence) (g Gaps) {
	for _, c := range cases {
		if !c.Sure {
			g.Unsure++
		}
	}
	unhelpful, another, instead := map[string]Count{}, map[string]Count{}, map[string]Count{}
	add := func(sum map[string]Count, id string, e store.Evidence) {
		sum[id] = Count{Text: id, N: sum[id].N + 1, Case: e.Case}
	}
	for _, e := range evidence {
		switch {
		case e.Kind == "unhelpful" && e.Phrase != "":
			key := e.Playbook + "\x00" + e.Phrase
			unhelpful[key] = Count{Text: e.Phrase, N: unhelpful[key].N + 1, Case: e.Case, Scenario: e.Playbook}
		case e.Kind == "another" && e.Playbook != "":
			add(another, e.Playbook, e)
		case e.Kind == "picked" && e.Instead != "" && e.Instead != e.Playbook:
			add(instead, e.Instead, e)
		}
	}
	top := func(sum map[string]Count) (list []Count) {
		for _, id := range slices.Sorted(maps.Keys(sum)) {
			list = append(list, sum[id])
		}
		return most(list, 5)
	}
	g.Unhelpful, g.Another, g.Instead = top(unhelpful), top(another), top(instead)
	return g
}

// points are the periods of the chart, the digest's own last. The first week is
// drawn by days, and the first month by weeks: there is nothing else to see yet.
func points(s Slot, n store.DigestNumbers, cases []store.Case, r Records) (by store.DigestKind, list []Point) {
	trend := r.Trend
	switch {
	case s.Kind == store.DigestDay:
		trend = r.Before
	case len(trend) == 0 && s.Kind == store.DigestWeek:
		return store.DigestDay, within(s, 1, cases)
	case len(trend) == 0:
		return store.DigestWeek, within(s, 7, cases)
	}
	for _, d := range trend {
		list = append(list, Point{d.From, d.Numbers.Cases, d.Numbers.Calmed})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].From.Before(list[j].From) })
	return s.Kind, append(list, Point{s.From, n.Cases, n.Calmed})
}

// within draws the period itself, so many days a point.
func within(s Slot, days int, cases []store.Case) (list []Point) {
	zone := zoneNamed(s.Zone)
	for d := dateOf(s.From.In(zone)); d.starts(zone).Before(s.To); d = d.add(days) {
		p, end := Point{From: d.starts(zone).UTC()}, d.add(days).starts(zone)
		for _, c := range cases {
			if !c.OpenedAt.Before(p.From) && c.OpenedAt.Before(end) {
				p.Cases++
				if c.State == store.CaseCalmed {
					p.Calmed++
				}
			}
		}
		list = append(list, p)
	}
	return list
}
