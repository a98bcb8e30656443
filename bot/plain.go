package bot

import (
	"html"
	"regexp"
	"strings"
)

// angled is what Slack puts into angle brackets: people, channels, links.
var angled = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// plainWords are words as they were typed: Slack's markup is read away.
func plainWords(text string) string {
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
