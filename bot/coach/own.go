package coach

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// own reports words of the agent's own, about what a hard conversation has done to them:
// lexicon/own-*.txt have what it does (shaken), of nobody else, and what shows that it was work (shift). Nobody
// is quoted, nobody is addressed, as customers do, and no life is in danger.
func (e *Engine) own(t text, h *hits) bool {
	if t.quoted != "" || t.spoken || h.has("life") || addresses(t.folded) {
		return false
	}
	l := e.lexica["own-"+t.lang]
	found := l.index.find(t.folded)
	shaken, shift := false, false
	for _, m := range found {
		if slices.ContainsFunc(found, func(o match) bool { return o.hides(m) }) {
			continue
		}
		switch l.sections[m.owner].name {
		case "shaken":
			shaken = shaken || !ofOthers(t.folded[:m.end])
		case "shift":
			shift = true
		}
	}
	return shaken && shift
}

// persons are words for the agent, in the first group, and for others; but not for who did something to the agent (被那个客户…).
var persons = regexp.MustCompile(`(我|\b(?:i|im|ive|me|my)\b)|(?:被|让|给|跟|和|对|怼|接完|碰到|碰上|遇到|遇上)(?:了|完)?(?:那个|这个|一个|那位|这位|个)?(?:客户|顾客|客人|用户|买家|老人|他|她)|其他|其它|` +
	`(客户|顾客|客人|用户|买家|老人|朋友|家人|孩子|他|她|\b(?:s?he|s?hes|her|his|they|theyre|their|customers?|callers?|guests?|clients?|users?|patients?|passengers?|tenants?|lady|woman|man|gentleman|gent|bloke|guy|mum|dad|wife|husband|friend)\b)`)

// ofOthers reports that what a text ends with is said of somebody else: in its last clause another person is named behind the agent, or alone.
func ofOthers(text string) bool {
	const signs = ",.!?;:。！？；：\n"
	text = strings.TrimRight(text, signs)
	if i := strings.LastIndexAny(text, signs); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[i:])
		text = text[i+size:]
	}
	others := false
	for _, m := range persons.FindAllStringSubmatch(text, -1) {
		if m[1] != "" || m[2] != "" {
			others = m[2] != ""
		}
	}
	return others
}

// addresses reports words to somebody.
func addresses(folded string) bool {
	return strings.Contains(folded, "你们") || strings.Contains(folded, "您") ||
		slices.ContainsFunc(strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }), func(w string) bool {
			return w == "your" || w == "yours"
		})
}
