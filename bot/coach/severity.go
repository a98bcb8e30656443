package coach

import (
	"slices"
	"strings"
	"unicode"

	"coachbot/playbooks"
)

// rank is the place of a severity: none 0, low 1, medium 2, high 3, critical 4;
// -1 for any other word.
func rank(severity string) int {
	if severity == "none" {
		return 0
	}
	if i := slices.Index(playbooks.Severities(), severity); i >= 0 {
		return i + 1
	}
	return -1
}

func severityAt(rank int) string {
	if rank <= 0 {
		return "none"
	}
	return playbooks.Severities()[min(rank, len(playbooks.Severities()))-1]
}

// Where the heat of a conversation passes from one severity to the next, and
// where it stands before any word is weighed.
const (
	heatBase   = 0.85
	heatMedium = 0.7
	heatHigh   = 2.0
)

// heat says how hot the conversation is.
func heat(t text, h *hits) float64 {
	sum := heatBase
	seen := make(map[string]int)
	for _, x := range h.found {
		if seen[x.name]++; seen[x.name] <= 2 {
			sum += x.heat
		}
	}
	sum += min(shouting(t.plain)*1.5, 1.2)
	if n := len([]rune(t.plain)); n < 45 && t.lang == "en" || n < 18 {
		sum -= 0.3 // a few bare words
	}
	return sum
}

// shouting is the share of words in capitals, of those long enough to tell.
func shouting(s string) float64 {
	upper, all := 0, 0
	for _, w := range strings.Fields(s) {
		letters := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		if len([]rune(letters)) < 3 || !isWordRune([]rune(letters)[0]) {
			continue
		}
		all++
		if strings.ToUpper(letters) == letters && strings.ToLower(letters) != letters {
			upper++
		}
	}
	if upper < 2 {
		return 0
	}
	return float64(upper) / float64(all)
}

// A case stands above a step where that is likely. A critical case that is missed is
// the worst mistake: one that is perhaps critical is high at least.
const (
	likely  = 0.5
	perhaps = 0.25
)

// severity of a difficult case: from its words, not below what the words found
// and a scenario that is surely the right one ask for; but one level less where the
// whole message speaks against it ("the chef who poisoned me" of a joke), save for words of firm sections and of those whose scenario leads. isCase is
// how likely it is a case at all, 0 to 1.
func severity(t text, h *hits, r *ranker, k ranking, best *playbooks.Playbook, isCase float64) string {
	level := 1
	above := [...]float64{1, 1, 1}
	if r.gauge != nil {
		above = r.gauge.chances(k.seen, r.shareOf(k, "high"), r.shareOf(k, "critical"))
		switch {
		case above[2]*isCase > likely:
			level = 4
		case above[1]*isCase > likely || above[2] > perhaps:
			level = 3
		case above[0]*isCase > likely:
			level = 2
		}
	} else {
		switch x := heat(t, h); {
		case x >= heatHigh:
			level = 3
		case x >= heatMedium:
			level = 2
		}
	}
	least, firm := 1, 1
	for _, x := range h.found {
		least = max(least, rank(x.floor))
		if x.firm || best != nil && k.sure() && x.scenario == best.ID {
			firm = max(firm, rank(x.floor))
		}
	}
	if best != nil {
		switch asks := rank(best.Severity); {
		case k.sure():
			least = max(least, asks)
		case r.gauge == nil: // else its share in the ranking has told already
			least = max(least, min(asks, level+1))
		}
	}
	if least > 2 && above[least-2] < perhaps {
		least--
	}
	return severityAt(max(level, least, firm))
}

// shareOf is what part of the ranking playbooks of a severity hold, 0 to 1.
func (r *ranker) shareOf(k ranking, severity string) float64 {
	var sum float64
	for _, s := range k.best {
		if r.playbooks[s.class].Severity == severity {
			sum += s.share
		}
	}
	return sum
}
