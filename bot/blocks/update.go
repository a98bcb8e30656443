package blocks

import (
	"strings"
	"unicode/utf8"
)

// maxUpdate is the most text that chat.update takes, in characters (its page in
// Slack's documentation); a post may be longer.
const maxUpdate = 4000

// ForUpdate is a message's text as chat.update takes it: whole lines, as many as fit.
func ForUpdate(text string) string {
	if utf8.RuneCountInString(text) <= maxUpdate {
		return text
	}
	short := string([]rune(text)[:maxUpdate])
	if end := strings.LastIndexByte(short, '\n'); end > 0 {
		return short[:end]
	}
	return short
}
