package digest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"coachbot/store"
)

func pick[T any](rnd *rand.Rand, list ...T) T { return list[rnd.IntN(len(list))] }

// randomRecords are records of a period, with some that must not count.
func randomRecords(rnd *rand.Rand, s Slot) Records {
	var r Records
	at := func() time.Time { return s.From.Add(time.Duration(rnd.Int64N(int64(s.To.Sub(s.From))))) }
	for i := range rnd.IntN(60) {
		c := store.Case{ID: fmt.Sprint("c", i), OpenedAt: at(), Playbook: pick(rnd, "", "late-delivery", "refund-refused", "long-wait"), Private: rnd.IntN(6) == 0,
			Severity: pick(rnd, "low", "high", "critical"), Sure: rnd.IntN(2) == 0,
			State: pick(rnd, store.CaseOpen, store.CaseCalmed, store.CaseUnresolved, store.CaseDismissed, store.CaseDeleted)}
		if rnd.IntN(3) > 0 {
			c.AdvisedAt = c.OpenedAt.Add(time.Duration(rnd.IntN(60)) * time.Second)
		}
		r.Cases = append(r.Cases, c)
		if rnd.IntN(2) == 0 {
			r.Evidence = append(r.Evidence, store.Evidence{Case: c.ID, Kind: pick(rnd, "used", "another", "unhelpful", "picked"), Playbook: c.Playbook,
				Phrase: pick(rnd, "", "I am sorry.", "I look at it now."), Instead: pick(rnd, "", "long-wait")})
		}
	}
	for i := range rnd.IntN(5) {
		c := store.Case{ID: fmt.Sprint("e", i), OpenedAt: s.From.Add(-time.Hour), Playbook: "long-wait", Private: rnd.IntN(2) == 0, State: pick(rnd, store.CaseCalmed, store.CaseDismissed)}
		r.Earlier = append(r.Earlier, c)
		r.Evidence = append(r.Evidence, store.Evidence{Case: c.ID, Kind: pick(rnd, "used", "unhelpful"), Playbook: c.Playbook, Phrase: "I am sorry."})
	}
	for i := range rnd.IntN(20) {
		h := store.HelpRequest{ID: fmt.Sprint("h", i), OpenedAt: at(), State: pick(rnd, store.HelpOpen, store.HelpClaimed, store.HelpResolved, store.HelpWithdrawn)}
		if h.State != store.HelpOpen {
			h.ClaimedAt = h.OpenedAt.Add(time.Minute)
		}
		if h.State == store.HelpResolved {
			h.ClosedAt = h.OpenedAt.Add(time.Hour)
		}
		r.Help = append(r.Help, h)
	}
	for i := range rnd.IntN(20) {
		p := store.Promise{ID: fmt.Sprint("p", i), DueAt: at(), State: pick(rnd, store.PromiseOpen, store.PromiseMissed, store.PromiseKept, store.PromiseDropped)}
		if p.State == store.PromiseMissed || rnd.IntN(4) == 0 {
			p.MissedAt = p.DueAt.Add(time.Minute)
		}
		r.Promises = append(r.Promises, p)
	}
	for range rnd.IntN(4) {
		r.Slips = append(r.Slips, store.Slips{Counts: map[string]int{"dont-know": rnd.IntN(4), "hurry-or-wait": rnd.IntN(4)}})
	}
	for i := range rnd.IntN(6) {
		r.Cards = append(r.Cards, store.KnowledgeCard{ID: fmt.Sprint("k", i), CreatedAt: at(), State: pick(rnd, store.CardLive, store.CardReview, store.CardWithdrawn)})
	}
	for i := range rnd.IntN(6) {
		r.Before = append(r.Before, store.DigestRecord{Date: fmt.Sprintf("2026-11-1%d", i), Numbers: store.DigestNumbers{Days: 1 + rnd.IntN(3),
			Cases: rnd.IntN(20), Scenarios: map[string]int{"long-wait": rnd.IntN(5)}}})
	}
	return r
}

// TestNumbersAddUp: every number is the count of records that can be shown.
func TestNumbersAddUp(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		s, err := On(store.Team{Zone: pick(rnd, "UTC", "Asia/Shanghai", "America/New_York")}, pick(rnd, store.DigestDay, store.DigestWeek, store.DigestMonth), "2026-11-02")
		if err != nil {
			t.Fatal(err)
		}
		r := randomRecords(rnd, s)
		d := Make(s, "team", r)
		quiet := r
		quiet.Evidence = saidOf(slices.Concat(d.Cases, d.Earlier), r.Evidence)
		if rest := Make(s, "team", quiet); !reflect.DeepEqual(rest, d) {
			t.Errorf("seed %d: what was said of cases that are not shown changes the digest", seed)
		}
		n := d.Numbers
		check := func(what string, got, want int) {
			t.Helper()
			if got != want {
				t.Errorf("seed %d: %s: got %d, want %d", seed, what, got, want)
			}
		}
		count := func(want func(store.Case) bool) (k int) {
			for _, c := range r.Cases {
				if !c.Private && c.State != store.CaseDismissed && c.State != store.CaseDeleted && want(c) {
					k++
				}
			}
			return k
		}
		check("cases", n.Cases, count(func(store.Case) bool { return true }))
		check("cases listed", len(d.Cases), n.Cases)
		check("calmed", n.Calmed, count(func(c store.Case) bool { return c.State == store.CaseCalmed }))
		check("states", n.Calmed+n.Unresolved+n.Open, n.Cases)
		check("suggested", n.Suggested, count(func(c store.Case) bool { return !c.AdvisedAt.IsZero() }))
		scenarios := 0
		for _, k := range n.Scenarios {
			scenarios += k
		}
		check("scenarios", scenarios, count(func(c store.Case) bool { return c.Playbook != "" }))
		check("help", n.Opened, len(r.Help))
		if n.Resolved > n.Opened || n.Claimed > n.Opened {
			t.Errorf("seed %d: of %d requests %d claimed, %d resolved", seed, n.Opened, n.Claimed, n.Resolved)
		}
		dropped := 0
		for _, p := range r.Promises {
			if p.State == store.PromiseDropped {
				dropped++
			}
		}
		check("promises", n.Kept+n.Missed, n.Due)
		check("promises due", n.Due, len(r.Promises)-dropped)
		check("missed, listed", len(d.Missed), n.Missed)
		cases, calmed := 0, 0
		for _, p := range d.Points {
			cases, calmed = cases+p.Cases, calmed+p.Calmed
		}
		if s.Kind != store.DigestDay { // the first of its kind is drawn by what is in it
			check("chart", cases, n.Cases)
			check("chart, calmed", calmed, n.Calmed)
		} else {
			check("chart, the day itself", d.Points[len(d.Points)-1].Cases, n.Cases)
		}
		slips, listed := 0, 0
		for _, day := range r.Slips {
			for _, k := range day.Counts {
				slips += k
			}
		}
		for _, c := range d.Slipped {
			listed += c.N
		}
		check("slips", n.Slips, slips)
		check("slips by phrase", listed, slips)
		for _, f := range d.Headline {
			if f.Code == FoundMissed && (f.N != n.Missed || f.Of != n.Due) || f.Code == FoundCases && f.N != n.Cases || f.Code == FoundAll && f.N != n.Calmed {
				t.Errorf("seed %d: the headline %+v does not say what %+v says", seed, f, n)
			}
		}
		if len(d.Headline) == 0 || len(d.Headline) > 2 {
			t.Errorf("seed %d: %d headlines", seed, len(d.Headline))
		}
		if d.Quiet != (n.Cases+n.Opened+n.Due+n.Slips+n.Cards == 0) {
			t.Errorf("seed %d: quiet is %v with %+v", seed, d.Quiet, n)
		}
	}
}

// Which phrases calm and which do not; those that were marked are told by their words.
func TestPhrasesThatCalmAndThatDoNot(t *testing.T) {
	t.Parallel()
	s, _ := On(store.Team{}, store.DigestWeek, "2026-11-23")
	var r Records
	say := func(id, phrase string, state store.CaseState) {
		r.Cases = append(r.Cases, store.Case{ID: id, State: state, Playbook: "long-wait", Sure: true, OpenedAt: s.From})
		r.Evidence = append(r.Evidence, store.Evidence{Case: id, Kind: "used", Phrase: phrase})
	}
	say("c1", "calms", store.CaseCalmed)
	say("c2", "calms", store.CaseCalmed)
	say("c3", "calms once", store.CaseCalmed)
	say("c4", "does not", store.CaseUnresolved)
	say("c5", "does not", store.CaseUnresolved)
	say("c6", "does not", store.CaseCalmed)
	say("c7", "failed once", store.CaseUnresolved)
	say("c8", "is open", store.CaseOpen)
	for _, id := range []string{"c1", "c2"} {
		r.Evidence = append(r.Evidence, store.Evidence{Case: id, Kind: "unhelpful", Playbook: "long-wait", Phrase: "calms"})
	}
	r.Evidence = append(r.Evidence, store.Evidence{Case: "c3", Kind: "unhelpful", Playbook: "refund-refused", Phrase: "calms"})
	d := Make(s, "t", r)
	if want := []Phrase{{"calms", 2, 2, 0, "c2"}, {"calms once", 1, 1, 0, "c3"}}; !slices.Equal(d.Calming, want) {
		t.Errorf("calming: got %+v, want %+v", d.Calming, want)
	}
	if want := []Phrase{{"does not", 3, 1, 2, "c6"}}; !slices.Equal(d.Failing, want) {
		t.Errorf("failing: got %+v, want %+v", d.Failing, want)
	}
	if want := []Count{{"calms", 2, "c2", "long-wait"}, {"calms", 1, "c3", "refund-refused"}}; !slices.Equal(d.Gaps.Unhelpful, want) {
		t.Errorf("unhelpful: got %+v, want %+v", d.Gaps.Unhelpful, want)
	}
}

// What is said of a case after midnight counts on the day on which it was said, and
// nothing counts of a case that is not shown.
func TestWhatIsSaidOfEarlierCases(t *testing.T) {
	t.Parallel()
	s, _ := On(store.Team{}, store.DigestDay, "2026-11-24")
	said := func(id, kind string) store.Evidence {
		return store.Evidence{Case: id, Kind: kind, Playbook: "long-wait", Phrase: "I am sorry.", Instead: "refund-refused"}
	}
	r := Records{
		Cases:   []store.Case{{ID: "private", Private: true, State: store.CaseOpen}, {ID: "dismissed", State: store.CaseDismissed}},
		Earlier: []store.Case{{ID: "before", State: store.CaseCalmed}, {ID: "before, private", Private: true, State: store.CaseCalmed}},
	}
	for _, id := range []string{"private", "dismissed", "before, private", "erased"} {
		r.Evidence = append(r.Evidence, said(id, "used"), said(id, "unhelpful"), said(id, "another"), said(id, "picked"))
	}
	if d := Make(s, "t", r); len(d.Said)+len(d.Gaps.Unhelpful)+len(d.Gaps.Another)+len(d.Gaps.Instead) != 0 {
		t.Errorf("counted of cases that are not shown: %+v, %+v", d.Said, d.Gaps)
	}
	r.Evidence = append(r.Evidence, said("before", "used"), said("before", "unhelpful"))
	d := Make(s, "t", r)
	if len(d.Said) != 1 || d.Said[0].N != 1 || len(d.Calming) != 1 || len(d.Gaps.Unhelpful) != 1 || d.Gaps.Unhelpful[0].Case != "before" || d.Numbers.Cases != 0 {
		t.Errorf("got %+v, %+v, %+v", d.Said, d.Calming, d.Gaps)
	}
}

func TestMedian(t *testing.T) {
	t.Parallel()
	s := time.Second
	for _, tt := range []struct {
		list []time.Duration
		want time.Duration
	}{{nil, 0}, {[]time.Duration{3 * s}, 3 * s}, {[]time.Duration{9 * s, 1 * s, 3 * s}, 3 * s}, {[]time.Duration{4 * s, 1 * s, 2 * s, 9 * s}, 3 * s}} {
		if got := median(tt.list); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.list, got, tt.want)
		}
	}
}

func TestHeadline(t *testing.T) {
	t.Parallel()
	s, err := On(store.Team{}, store.DigestDay, "2026-11-25")
	if err != nil {
		t.Fatal(err)
	}
	calmed := func(n, of int) (list []store.Case) {
		for i := range of {
			c := store.Case{ID: fmt.Sprint(i), Playbook: fmt.Sprint("p", i%4), State: store.CaseOpen}
			if i < n {
				c.State = store.CaseCalmed
			}
			list = append(list, c)
		}
		return list
	}
	usual := []store.DigestRecord{{Numbers: store.DigestNumbers{Days: 1, Cases: 10, Calmed: 7, Scenarios: map[string]int{"p0": 3, "p1": 3, "p2": 3, "p3": 3}}}}
	for name, tt := range map[string]struct {
		r    Records
		want []string
	}{
		"nothing":         {Records{}, []string{FoundQuiet}},
		"only promises":   {Records{Today: []store.Promise{{ID: "p"}}}, []string{FoundToday}},
		"missed":          {Records{Cases: calmed(1, 2), Promises: []store.Promise{{State: store.PromiseMissed}}}, []string{FoundMissed}},
		"missed and late": {Records{Promises: []store.Promise{{State: store.PromiseMissed}}, Waiting: []store.Promise{{ID: "p"}}, Open: []store.HelpRequest{{State: store.HelpOpen}}}, []string{FoundMissed, FoundWaiting}},
		"all calmed":      {Records{Cases: calmed(6, 6), Before: usual}, []string{FoundAll}},
		"fewer calmed":    {Records{Cases: calmed(5, 10), Before: usual}, []string{FoundLess}},
		"more calmed":     {Records{Cases: calmed(9, 10), Before: usual}, []string{FoundMore}},
		"as usual":        {Records{Cases: calmed(7, 10), Before: usual}, []string{FoundCases}},
		"rising": {Records{Cases: append(calmed(0, 0), store.Case{ID: "a", Playbook: "late"}, store.Case{ID: "b", Playbook: "late"}, store.Case{ID: "c", Playbook: "late"}),
			Before: usual}, []string{FoundRising}},
	} {
		var got []string
		for _, f := range Make(s, "t", tt.r).Headline {
			got = append(got, f.Code)
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

// The first week is drawn by days and the first month by weeks, across a change of the clocks too; later ones by their like.
func TestPointsOfTheFirst(t *testing.T) {
	t.Parallel()
	team := store.Team{Zone: "Europe/Berlin"}
	zone := Zone(team)
	sunday := store.Case{ID: "c", OpenedAt: time.Date(2026, 10, 25, 23, 30, 0, 0, zone), State: store.CaseCalmed} // clocks went back that night
	for kind, want := range map[store.DigestKind]struct {
		on    string
		by    store.DigestKind
		n, at int
	}{store.DigestWeek: {"2026-10-26", store.DigestDay, 7, 6}, store.DigestMonth: {"2026-11-01", store.DigestWeek, 5, 3}} {
		s, err := On(team, kind, want.on)
		if err != nil {
			t.Fatal(err)
		}
		d := Make(s, "team", Records{Cases: []store.Case{sunday}})
		if d.By != want.by || len(d.Points) != want.n || d.Points[want.at].Cases != 1 || d.Points[want.at].Calmed != 1 {
			t.Errorf("%s: by %s, got %+v", kind, d.By, d.Points)
		}
		d = Make(s, "team", Records{Cases: []store.Case{sunday}, Trend: []store.DigestRecord{{From: s.From.AddDate(0, 0, -7), Numbers: store.DigestNumbers{Cases: 4}}}})
		if d.By != kind || len(d.Points) != 2 || d.Points[0].Cases != 4 || d.Points[1].Cases != 1 {
			t.Errorf("%s, the second: by %s, got %+v", kind, d.By, d.Points)
		}
	}
}

// A week's scenarios are compared with the weeks before, a month's with the months.
func TestScenariosByTrend(t *testing.T) {
	t.Parallel()
	for kind, on := range map[store.DigestKind]string{store.DigestWeek: "2026-11-23", store.DigestMonth: "2026-11-01"} {
		s, err := On(store.Team{}, kind, on)
		if err != nil {
			t.Fatal(err)
		}
		r := Records{Trend: []store.DigestRecord{{Numbers: store.DigestNumbers{Days: 2 * s.Days, Scenarios: map[string]int{"late-delivery": 4, "long-wait": 12}}}}}
		for i := range 5 {
			r.Cases = append(r.Cases, store.Case{ID: fmt.Sprint("c", i), Playbook: "late-delivery", OpenedAt: s.From.Add(time.Hour)})
		}
		d := Make(s, "team", r)
		if d.Usual["late-delivery"] != 2 || d.Usual["long-wait"] != 6 || len(d.Rising) != 1 || d.Rising[0].Scenario != "late-delivery" || d.Rising[0].Before != 2 {
			t.Errorf("%s: usual %v, rising %+v", kind, d.Usual, d.Rising)
		}
	}
}

// What calmed nobody is no lesson, and an open end is worth less than a known one.
func TestLearnedIsWhatWorked(t *testing.T) {
	t.Parallel()
	card := func(id, result string) store.KnowledgeCard {
		return store.KnowledgeCard{ID: id, State: store.CardLive, Result: result, CreatedAt: time.Unix(int64(len(id)), 0)}
	}
	var got []string
	for _, k := range learned([]store.KnowledgeCard{card("failed", "no"), card("later", "unknown"), card("ok", "yes"), card("plain", "")}) {
		got = append(got, k.ID)
	}
	if want := []string{"ok", "later", "plain"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
