package blocks

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Slack's limits, in characters unless a line says otherwise. Sources: the
// Block Kit reference and the chat.postMessage page of Slack's documentation.
const (
	maxText        = 40000 // text of a message, longer is cut by Slack
	maxBlocks      = 50    // blocks in a message
	maxModalBlocks = 100   // blocks in a modal
	maxSection     = 3000  // text of a section
	maxHeader      = 150   // text of a header
	maxContext     = 10    // elements of a context block
	maxActions     = 25    // elements of an actions block
	maxButton      = 75    // label of a button
	maxValue       = 2000  // value of a button
	maxActionID    = 255   // action, block and callback ids
	maxInput       = 3000  // text of an input
	maxLabel       = 2000  // label and hint of an input
	maxModalTitle  = 24    // title, submit and close of a modal
	maxMetadata    = 3000  // private metadata of a modal
	maxOptions     = 100   // options of a select
	maxBoxes       = 10    // radio buttons or checkboxes
	maxOption      = 75    // text of an option
	maxPlaceholder = 150   // what stands in an empty select
	maxOptionValue = 150   // value of an option

	// maxSum is the most text that all blocks of a message may hold together.
	// Slack does not document it: 9,597 characters were seen to pass and 11,341 to be refused.
	maxSum = 9000
)

const ellipsis = "…"

// cut shortens s to at most n characters, the last of them an ellipsis when
// something is missing. Bytes that are no text and control characters that
// Slack could not show are dropped.
func cut(s string, n int) string {
	return cutBy(clean(head(s, n)), n, func(rune) int { return 1 })
}

// escape makes s plain words within Slack's markup: nothing in it becomes a
// mention, a link or a channel.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// cutEscaped is escape(cut(…)) so that the escaped text has at most n
// characters and no entity is cut in half.
func cutEscaped(s string, n int) string {
	return escape(cutBy(clean(head(s, n)), n, func(r rune) int {
		switch r {
		case '&':
			return len("&amp;")
		case '<', '>':
			return len("&lt;")
		}
		return 1
	}))
}

// cutBy shortens s so that the costs of its characters sum up to n at most.
func cutBy(s string, n int, cost func(rune) int) string {
	sum, keep := 0, 0 // keep: the bytes that leave room for the ellipsis
	for i, r := range s {
		if r == ownOpen || r == ownClose {
			continue
		}
		if sum+1 <= n {
			keep = i
		}
		sum += cost(r)
		if sum > n {
			if n < 1 {
				return ""
			}
			return closed(strings.TrimRightFunc(s[:keep], unicode.IsSpace) + ellipsis)
		}
	}
	return s
}

// closed ends a mark of people's own words that was cut.
func closed(s string) string {
	if strings.LastIndex(s, string(ownOpen)) > strings.LastIndex(s, string(ownClose)) {
		return s + string(ownClose)
	}
	return s
}

// clean drops what is no text: broken UTF-8 and control characters other than
// line breaks and tabs. Line breaks of other systems become ours.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r) && r != '\n' && r != '\t', r == '\ufeff':
			return -1
		}
		return r
	}, s))
}

// line is cut on one line: what stands on a line of its own must not bring line breaks.
func line(s string, n int) string {
	return cut(strings.Join(strings.Fields(clean(head(s, n))), " "), n)
}

// lineEscaped is line for Slack's markup.
func lineEscaped(s string, n int) string {
	return cutEscaped(strings.Join(strings.Fields(clean(head(s, n))), " "), n)
}

// head is as much of s as can matter for n characters, so that an enormous
// text costs no more than a long one. What is left off shows as an ellipsis.
func head(s string, n int) string {
	s = strings.TrimSpace(s)
	if most := 64*max(n, 0) + 1024; len(s) > most {
		return s[:most] + ellipsis
	}
	return s
}

// size counts characters. Marks of people's own words are none.
func size(s string) int {
	return utf8.RuneCountInString(s) - strings.Count(s, string(ownOpen)) - strings.Count(s, string(ownClose))
}
