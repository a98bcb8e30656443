package coach

import (
	"slices"
	"strings"
)

// nearest lists the languages that playbooks are in, the one to answer lang in
// first: itself, another form of the same language (zh for zh-Hant), English, the rest.
func (e *Engine) nearest(lang string) []string {
	base := baseOf(lang)
	far := func(l string) int {
		switch {
		case l == lang:
			return 0
		case l == base:
			return 1
		case baseOf(l) == base:
			return 2
		case l == "en":
			return 3
		}
		return 4
	}
	list := e.set.Languages()
	slices.SortStableFunc(list, func(a, b string) int { return far(a) - far(b) })
	return list
}

func baseOf(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	return base
}

// answerIn is the language to answer in: the one asked for, else the text's own,
// each in the nearest form that there are playbooks in.
func (e *Engine) answerIn(asked, own string) string {
	if asked == "" || asked == "auto" {
		asked = own
	}
	for _, lang := range e.nearest(asked) {
		if e.rankers[lang] != nil && baseOf(lang) == baseOf(asked) {
			return lang
		}
	}
	if b := baseOf(asked); b == "zh" || b == "en" {
		return b
	}
	return asked
}

// rankerOf is the ranker for a text. What is neither Chinese nor English is told
// from English by which of the two rankers knows more of its words.
func (e *Engine) rankerOf(t text, answer string) *ranker {
	r := e.rankerFor(t.lang)
	other := e.rankers[answer]
	if b := baseOf(answer); b == "zh" || b == "en" || other == nil || r == nil || r == other || t.lang != "en" {
		return r
	}
	if other.knows(t) > r.knows(t) {
		return other
	}
	return r
}

// rankersOf are the rankers that may be asked about a text, whatever the language to answer in.
func (e *Engine) rankersOf(t text) (list []*ranker) {
	for lang := range e.rankers {
		if r := e.rankerOf(t, lang); !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	return list
}

// knows is how many of a text's features a ranker has met.
func (r *ranker) knows(t text) (n int) {
	for _, g := range r.grams(t.folded) {
		if _, ok := r.words.id[g]; ok {
			n++
		}
	}
	return n
}

// wanted is the language asked for where a playbook is not in it: "" when it is,
// or in another form of it.
func wanted(asked, got string) string {
	if asked == "" || baseOf(asked) == baseOf(got) {
		return ""
	}
	return asked
}
