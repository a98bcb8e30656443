package coach

import (
	"slices"
	"strings"
	"unicode"
)

// own reports words of the agent's own, about what a hard conversation has done to them:
// lexicon/own-*.txt have what it does (shaken) and what shows that it was work (shift). Nobody
// is quoted, nobody is addressed, as customers do, and no life is in danger.
func (e *Engine) own(t text, h *hits) bool {
	if t.quoted != "" || t.spoken || h.has("life") || addresses(t.folded) {
		return false
	}
	said := hits{count: make(map[string]int)}
	e.lexica["own-"+t.lang].read(t.folded, &said)
	return said.has("shaken") && said.has("shift")
}

// addresses reports words to somebody.
func addresses(folded string) bool {
	return strings.Contains(folded, "你们") || strings.Contains(folded, "您") ||
		slices.ContainsFunc(strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }), func(w string) bool {
			return w == "your" || w == "yours"
		})
}
