package coach

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// phraseIndex finds many phrases in a folded text in one walk over it, however
// many there are.
type phraseIndex struct {
	by map[string][]entry // the first two runes of a phrase to the phrases
}

// entry is one phrase and what it belongs to.
type entry struct {
	parts []string // one, or several with something between them
	open  bool     // any ending may follow
	owner int32
}

// match is a place where a phrase stands.
type match struct {
	owner      int32
	start, end int // bytes of the folded text
}

// hides reports whether other is part of a longer phrase that belongs to something else.
func (m match) hides(other match) bool {
	return m.owner != other.owner && m.start <= other.start && other.end <= m.end && m.end-m.start > other.end-other.start
}

// gapBytes is how much may stand between the parts of one phrase.
const gapBytes = 24

// add takes a folded phrase; "~" parts it, a final "*" takes any ending. "won't" is
// found as people in a hurry type it, too: "wont".
func (x *phraseIndex) add(phrase string, owner int32) {
	if hasty := strings.ReplaceAll(phrase, "n't", "nt"); hasty != phrase {
		x.add(hasty, owner)
	}
	e := entry{owner: owner}
	// A word masked with stars ("f***") is spelled out, not left open.
	if p, found := strings.CutSuffix(phrase, "*"); found && !strings.HasSuffix(p, "*") {
		phrase, e.open = p, true
	}
	for part := range strings.SplitSeq(phrase, "~") {
		if part = strings.TrimSpace(part); part != "" {
			e.parts = append(e.parts, part)
		}
	}
	if len(e.parts) == 0 {
		return
	}
	if x.by == nil {
		x.by = make(map[string][]entry)
	}
	key := e.parts[0][:keyLength(e.parts[0])]
	if !slices.ContainsFunc(x.by[key], func(o entry) bool {
		return o.owner == e.owner && o.open == e.open && slices.Equal(o.parts, e.parts)
	}) {
		x.by[key] = append(x.by[key], e)
	}
}

// keyLength is the length in bytes of the first two runes, or of the only one.
func keyLength(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	_, m := utf8.DecodeRuneInString(s[n:])
	return n + m
}

// find lists the matches in the order of their places.
func (x *phraseIndex) find(s string) []match {
	var found []match
	before := ' '
	for i, r := range s {
		if !(isWordRune(r) && isWordRune(before)) {
			one, two := utf8.RuneLen(r), keyLength(s[i:])
			for _, e := range x.by[s[i:i+two]] {
				found = e.at(s, i, found)
			}
			if two > one {
				for _, e := range x.by[s[i:i+one]] {
					found = e.at(s, i, found)
				}
			}
		}
		before = r
	}
	return found
}

func (e *entry) at(s string, start int, found []match) []match {
	end := start
	for n, part := range e.parts {
		at := end
		if n > 0 {
			window := s[end:min(len(s), end+gapBytes+len(part))]
			if stop := strings.IndexAny(window, ".!?。！？\n"); stop >= 0 {
				window = window[:stop]
			}
			skip := strings.Index(window, part)
			if skip < 0 {
				return found
			}
			at = end + skip
		}
		if !strings.HasPrefix(s[at:], part) {
			return found
		}
		end = at + len(part)
		last := n == len(e.parts)-1
		if !(last && e.open) && inWord(s, end) {
			return found
		}
	}
	return append(found, match{e.owner, start, end})
}

// inWord reports whether position at cuts a word of a script that writes spaces.
func inWord(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	return at < len(s) && isWordRune(before) && isWordRune(after)
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) && !unicode.Is(unicode.Han, r) || unicode.IsDigit(r)
}
