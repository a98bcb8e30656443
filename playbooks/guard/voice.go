package guard

import (
	"slices"
	"unicode/utf8"
)

// window is how many tokens around a place are looked at to judge it.
const window = 60

// span is a run of tokens, both ends included.
type span struct{ first, last int }

// holds reports whether one of the unless lines holds for the words at s.
func (x *excuses) holds(tokens []token, s span) bool {
	if len(x.list) == 0 {
		return false
	}
	b := x.built()
	before := make([]bool, len(b.list))
	b.before.run(tokens, max(0, s.first-window), s.first, func(p int32, i int) {
		before[p] = before[p] || i == s.first-1
	})
	after := make([]bool, len(b.list))
	b.after.run(tokens, s.last+1, min(len(tokens), s.last+1+window), func(p int32, _ int) { after[p] = true })
	for i, e := range b.list {
		if (e.before != nil || e.after != nil) && (e.before == nil || before[i]) && (e.after == nil || after[i]) {
			return true
		}
	}
	from, to := sentence(tokens, s)
	found := false
	b.around.run(tokens, from, to, func(int32, int) { found = true })
	return found
}

// sentence is the part of the tokens that holds s, its stops included, cut where it is long.
func sentence(tokens []token, s span) (from, to int) {
	from, to = s.first, s.last+1
	for from > 0 && s.first-from < window && !tokens[from].sym.stops() {
		from--
	}
	for to < len(tokens) && to-s.last < window && !tokens[to-1].sym.stops() {
		to++
	}
	return from, to
}

// longestQuote bounds how many tokens stand between quotation marks.
const longestQuote = 160

// quotations finds what stands in quotation marks, in order of the openings.
func quotations(tokens []token) []span {
	var out []span
	var open []int
	for i, t := range tokens {
		switch t.sym {
		case symOpen:
			open = append(open, i)
		case symClose:
			if n := len(open); n > 0 {
				if i-open[n-1] <= longestQuote {
					out = append(out, span{open[n-1], i})
				}
				open = open[:n-1]
			}
		}
	}
	slices.SortFunc(out, func(a, b span) int { return a.first - b.first })
	return out
}

// quotation returns the quotation that holds the token at.
func quotation(quotes []span, at int) (span, bool) {
	i, _ := slices.BinarySearchFunc(quotes, at, func(q span, at int) int { return q.first - at })
	for n := 0; i > 0 && n < 4; n++ { // marks inside marks are few
		i--
		if quotes[i].last > at {
			return quotes[i], true
		}
	}
	return span{}, false
}

// othersWords reports whether the words at s are not the agent's own to the
// customer: quoted or reported, a name, or talk about the words (labelling guide, G1 and G10).
func (c *compiled) othersWords(tokens []token, quotes []span, s span) bool {
	if c.isName(tokens, s) || c.voice["reported"].holds(tokens, s) {
		return true
	}
	q, ok := quotation(quotes, s.first)
	if ok && scare(tokens, q, s) {
		return false
	}
	if !ok { // "and" of: "calm down" and "hurry up" ...
		q, ok = quotation(quotes, s.last)
		return ok && !scare(tokens, q, s) && (c.voice["theirs"].holds(tokens, q) || c.voice["others"].holds(tokens, q))
	}
	switch {
	case c.voice["theirs"].holds(tokens, q):
		return true
	case c.voice["own"].holds(tokens, q):
		return false
	case c.voice["others"].holds(tokens, q):
		return true
	}
	return mentioned(tokens, q)
}

// scare reports a quotation that holds no more than a character or two of those at s: 这“不是”我的“锅”.
func scare(tokens []token, q, s span) bool {
	const most = 2
	if q.last-q.first-1 > most || q.first < s.first && q.last > s.last {
		return false
	}
	return !slices.ContainsFunc(tokens[q.first+1:q.last], func(t token) bool { return t.r < utf8.RuneSelf })
}

// mentioned judges a quotation by how the sentence holds it: one that the sentence
// goes on behind, or that follows without a colon, is mentioned; one that a colon
// leads to, or that stands alone, is said.
func mentioned(tokens []token, q span) bool {
	for i := q.last + 1; i < len(tokens) && !tokens[i].sym.stops(); i++ {
		if !tokens[i].sym.isMark() {
			return true
		}
	}
	before := tokens[q.first-1].sym
	return !before.isMark() || before == symClose
}

// isName reports words in a title's marks, and English words of which each begins
// with a capital letter behind a word that does not, or behind an article.
func (c *compiled) isName(tokens []token, s span) bool {
	if tokens[s.first].name || tokens[s.last].name || c.isTitled(tokens, s) {
		return true
	}
	n := 0
	for _, t := range tokens[s.first : s.last+1] {
		if !t.sym.isMark() {
			if !t.title {
				return false
			}
			n++
		}
	}
	before := tokens[s.first-1]
	if s.last+2 < len(tokens) && tokens[s.last+1].title && tokens[s.last+1].r == 0 { // Hurry Curry is open
		if behind := tokens[s.last+2]; !behind.sym.isMark() && !behind.title {
			return true
		}
	}
	return n >= 2 && (c.voice["name"].holds(tokens, s) || !before.sym.isMark() && !before.title && before.r == 0)
}

// isTitled reports words of a title that begins a sentence, or follows an article, and of which the rest
// tells something: Hurry Up, Franklin is back on the shelf. The Dunno lamp comes with ...
func (c *compiled) isTitled(tokens []token, s span) bool {
	for _, t := range tokens[s.first : s.last+1] {
		if !t.sym.isMark() && !t.inTitle() {
			return false
		}
	}
	whole := span{s.first - titleWords(tokens, s.first, -1), s.last + titleWords(tokens, s.last, 1)}
	return c.voice["title"].holds(tokens, whole)
}

// inTitle reports an English word that may belong to a title.
func (t token) inTitle() bool { return t.title && t.r == 0 }

// titleWords tells how many tokens on a title goes on that way: single marks within the sentence divide it.
func titleWords(tokens []token, from, step int) int {
	const longest = 8
	n := 0
	for i := 1; i <= longest && from+step*i >= 0 && from+step*i < len(tokens); i++ {
		t := tokens[from+step*i]
		switch {
		case t.inTitle():
			n = i
		case !t.sym.isMark() || t.sym.stops() || i > n+1:
			return n
		}
	}
	return n
}
