package digest

import "coachbot/store"

// What can matter, the most important first.
const (
	FoundMissed   = "missed"    // N promises of Of were missed
	FoundWaiting  = "waiting"   // N answers to complaints are overdue
	FoundCritical = "critical"  // N cases were critical
	FoundOpenHelp = "open-help" // N requests for help have nobody
	FoundRising   = "rising"    // N cases of Scenario, Of usually
	FoundLess     = "less"      // N per cent calmed, Of usually
	FoundMore     = "more"      // likewise, better
	FoundAll      = "all"       // all N cases calmed
	FoundSlips    = "slips"     // N slips, Of usually
	FoundCases    = "cases"     // N cases, Of calmed
	FoundToday    = "today"     // no case, but N promises due today
	FoundQuiet    = "quiet"
)

// headline says what mattered most, and one thing more. It is nothing but the
// digest's own numbers.
func headline(d Digest) (list []store.DigestFinding) {
	add := func(when bool, f store.DigestFinding) {
		if when && len(list) < 2 {
			list = append(list, f)
		}
	}
	n, a := d.Numbers, d.Average
	critical, unclaimed := 0, 0
	for _, c := range d.Cases {
		if c.Severity == "critical" {
			critical++
		}
	}
	for _, h := range d.Open {
		if h.State == store.HelpOpen {
			unclaimed++
		}
	}
	add(n.Missed > 0, store.DigestFinding{Code: FoundMissed, N: n.Missed, Of: n.Due})
	add(len(d.Waiting) > 0, store.DigestFinding{Code: FoundWaiting, N: len(d.Waiting)})
	add(critical > 0, store.DigestFinding{Code: FoundCritical, N: critical})
	add(unclaimed > 0, store.DigestFinding{Code: FoundOpenHelp, N: unclaimed})
	if len(d.Rising) > 0 {
		r := d.Rising[0]
		add(true, store.DigestFinding{Code: FoundRising, N: r.N, Of: int(r.Before + 0.5), Scenario: r.Scenario})
	}
	if n.Cases >= 5 && a != nil && a.Cases > 0 {
		now, usual := percent(n.Calmed, n.Cases), int(a.Calmed*100+0.5)
		add(now <= usual-10, store.DigestFinding{Code: FoundLess, N: now, Of: usual})
		add(now >= usual+10 && n.Calmed < n.Cases, store.DigestFinding{Code: FoundMore, N: now, Of: usual})
	}
	if a != nil {
		usual := int(a.Slips*float64(max(1, n.Days)) + 0.5)
		add(n.Slips >= 5 && n.Slips >= 2*usual, store.DigestFinding{Code: FoundSlips, N: n.Slips, Of: usual})
	}
	add(n.Cases > 0 && n.Calmed == n.Cases, store.DigestFinding{Code: FoundAll, N: n.Cases})
	if len(list) == 0 {
		add(n.Cases > 0, store.DigestFinding{Code: FoundCases, N: n.Cases, Of: n.Calmed})
		add(n.Cases == 0 && len(d.Today) > 0, store.DigestFinding{Code: FoundToday, N: len(d.Today)})
		add(len(list) == 0, store.DigestFinding{Code: FoundQuiet})
	}
	return list
}

func percent(n, of int) int {
	if of == 0 {
		return 0
	}
	return (200*n + of) / (2 * of)
}

// Percent is a share in whole per cent.
func Percent(n, of int) int { return percent(n, of) }
