package when

import (
	"regexp"
	"strings"
	"unicode"
)

// openings are words before the deed that say that it is promised.
var openings = regexp.MustCompile(`(?i)^(?:(?:i|we)(?:'ll| will|'m going to| am going to)? (?:promise(?:d)? )?(?:to )?|to |that (?:i|we)(?:'ll| will) |promise(?:d)? to )`)

// what is the text without the words that said when.
func what(t foldedText, said *found) string {
	text := t.text
	if said != nil {
		before, after := t.original(0, said.start), t.original(said.end, len(t.folded))
		before = strings.TrimRightFunc(before, unicode.IsSpace)
		after = strings.TrimLeftFunc(after, unicode.IsSpace)
		joint := " "
		if before == "" || after == "" || isHan(lastRune(before)) || isHan(firstRune(after)) || unicode.IsPunct(firstRune(after)) {
			joint = ""
		}
		text = before + joint + after
	}
	text = strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",，、;；:：。.!！-–—", r)
	})
	text = openings.ReplaceAllString(text, "")
	for _, opening := range []string{"我会", "我要", "我将"} {
		if rest, ok := strings.CutPrefix(text, opening); ok {
			text = rest
			break
		}
	}
	return strings.TrimSpace(text)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastRune(s string) rune {
	r := []rune(s)
	if len(r) == 0 {
		return 0
	}
	return r[len(r)-1]
}
