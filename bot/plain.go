package bot

import (
	"html"
	"regexp"
	"strings"
)

// angled is what Slack puts into angle brackets: people, channels, links.
var angled = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// quoteMark is how Slack writes down a quotation, at the beginning of a line.
var quoteMark = regexp.MustCompile(`(?m)^[ \t]*(?:&gt;|>)+[ \t]*`)

// plainWords are words as they were typed: Slack's markup is read away, marks of quotation too.
func plainWords(text string) string {
	text = quoteMark.ReplaceAllString(text, "")
	text = angled.ReplaceAllStringFunc(text, func(s string) string {
		m := angled.FindStringSubmatch(s)
		label := m[3]
		if label == "" {
			label = m[2]
		}
		if m[1] == "@" || m[1] == "#" {
			return m[1] + label
		}
		return label
	})
	return strings.TrimSpace(html.UnescapeString(text))
}
