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

// severity of a difficult case: from its words, not below what the words found
// and the scenario ask for at least. A scenario that is not surely the right one
// raises it by one level, no more.
func severity(t text, h *hits, r *ranker, k ranking, best *playbooks.Playbook) string {
	level := 1
	if r.gauge != nil {
		level = r.gauge.level(k.seen)
	} else {
		switch x := heat(t, h); {
		case x >= heatHigh:
			level = 3
		case x >= heatMedium:
			level = 2
		}
	}
	for _, x := range h.found {
		level = max(level, rank(x.floor))
	}
	if best != nil {
		least := rank(best.Severity)
		if !k.sure() {
			least = min(least, level+1)
		}
		level = max(level, least)
	}
	return severityAt(level)
}
