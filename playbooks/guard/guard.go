// Package guard finds the ten forbidden phrases of the customer-service course
// in a draft reply, however they are typed, and says what to say instead.
//
// The wordings are data: files in the folder patterns, in a small language that
// README.md explains. They are compiled into one automaton over words (of Latin
// letters) and characters (of Chinese), so that a draft is read once. What the way
// of typing hides is undone before (unwrap.go, reader.go, latin.go, torn.go); what the words around excuse, and
// what is not the agent's own (voice.go), is judged where the automaton found
// something. Spans lead back to the original. All steps are linear.
package guard

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"coachbot/playbooks/fold"
)

// Finding is one forbidden phrase in a draft.
type Finding struct {
	Phrase     string   `json:"phrase"` // id of the phrase
	Text       string   `json:"text"`   // the words of the draft, disguise and all
	Start      int      `json:"start"`  // code points of the draft
	End        int      `json:"end"`    // exclusive
	SayInstead []string `json:"say_instead"`
}

// Phrase is something an agent must not say to a customer.
type Phrase struct {
	ID         string
	Text       map[string]string   // the wording of the course by language
	SayInstead map[string][]string // better wordings by language
	Wordings   map[string][]string // what an added phrase is found by, by language
}

// Guard checks drafts. It does not change and is safe for concurrent use.
type Guard struct {
	phrases  []Phrase
	dislikes map[int]int // how narrow the phrases are that say a dislike, by their places
	c        *compiled
}

var builtIn = sync.OnceValue(func() *Guard {
	g, err := build(nil)
	if err != nil {
		panic("guard: " + err.Error()) // a test reads every file
	}
	return g
})

// New returns a guard for the ten phrases and the admins' additions. A phrase
// with the id of an earlier one is left out; ParseExtra reports such.
func New(extra ...Phrase) *Guard {
	if len(extra) == 0 {
		return builtIn()
	}
	g, err := build(extra)
	if err != nil {
		panic("guard: " + err.Error())
	}
	return g
}

func build(extra []Phrase) (*Guard, error) {
	g := &Guard{phrases: builtInPhrases()}
	ids := make([]string, len(g.phrases))
	for i, p := range g.phrases {
		ids[i] = p.ID
	}
	g.dislikes = map[int]int{g.index("dont-like"): 1, g.index("dont-like-you"): 2, g.index("your-kind"): 3}
	c, err := compile(ids)
	if err != nil {
		return nil, err
	}
	for _, p := range extra {
		if g.index(p.ID) >= 0 {
			continue
		}
		g.phrases = append(g.phrases, p.clone())
		for _, lang := range slices.Sorted(maps.Keys(p.Wordings)) {
			for _, w := range p.Wordings[lang] {
				if n := c.literal(w); n != nil {
					c.phrases.rules = append(c.phrases.rules, c.rule(len(g.phrases)-1, n, c.excuses(nil)))
				}
			}
		}
	}
	c.ready(&c.phrases)
	c.ready(&c.hints)
	c.v.hashes()
	c.parts = nil
	g.c = c
	return g, nil
}

// wordsOf are the words and characters of a wording.
func wordsOf(wording string) []string {
	points := fold.Map(wording)
	var words []string
	for _, p := range lex(nil, points) {
		if p.kind > pieceOther {
			continue
		}
		var b strings.Builder
		for _, at := range points[p.start:p.end] {
			if at.Rune != '\'' {
				b.WriteRune(at.Rune)
			}
		}
		words = append(words, b.String())
	}
	return words
}

// literal is a wording as a pattern: its words and characters one after the other; nil when it has none.
func (c *compiled) literal(wording string) *node {
	seq := &node{kind: nodeSeq}
	for _, w := range wordsOf(wording) {
		long := c.v.short[w]
		if long == nil {
			long = []string{w}
		}
		for _, w := range long {
			seq.kids = append(seq.kids, &node{kind: nodeWord, word: w})
		}
	}
	if len(seq.kids) == 0 {
		return nil
	}
	return seq.named(c.parts)
}

func (g *Guard) index(id string) int {
	return slices.IndexFunc(g.phrases, func(p Phrase) bool { return p.ID == id })
}

// Phrases returns the phrases that the guard looks for, the ten first, in the order of the course.
func (g *Guard) Phrases() []Phrase {
	out := make([]Phrase, len(g.phrases))
	for i, p := range g.phrases {
		out[i] = p.clone()
	}
	return out
}

func (p Phrase) clone() Phrase {
	p.Text = maps.Clone(p.Text)
	p.SayInstead, p.Wordings = cloneLists(p.SayInstead), cloneLists(p.Wordings)
	return p
}

func cloneLists(in map[string][]string) map[string][]string {
	out := make(map[string][]string, len(in))
	for k, v := range in {
		out[k] = slices.Clone(v)
	}
	return out
}

// Check returns the forbidden phrases that the draft says, ordered by Start, nil
// when there are none. Of phrases that say the same words, the most specific is reported.
func (g *Guard) Check(draft string) []Finding {
	var out []Finding
	g.c.v.read(draft, func(read reading) { out = g.check(draft, read) })
	return out
}

func (g *Guard) check(draft string, read reading) []Finding {
	ends := g.c.ends(&g.c.phrases, read.tokens)
	found := theLearner().hits(g, read.tokens, ends, g.c.said(&g.c.phrases, read.tokens, ends))
	if len(found) == 0 {
		return nil
	}
	return g.findings(draft, read, found)
}

// Forbidden reports whether the text says a forbidden phrase.
func (g *Guard) Forbidden(text string) bool { return len(g.Check(text)) > 0 }

// end is where a rule's pattern ends, by the last token.
type end struct {
	rule int32
	last int
}

// hit is a phrase in the tokens, both ends included.
type hit struct {
	phrase int
	span
}

// ends are the places at which patterns of a set end, excused or not, in order.
func (c *compiled) ends(set *ruleSet, tokens []token) []end {
	var ends []end
	set.says.run(tokens, 0, len(tokens), func(r int32, i int) { ends = append(ends, end{r, i}) })
	return ends
}

// read is the longest way in which a rule reads words up to an end, without the marks around them.
func (set *ruleSet) read(tokens []token, e end) span {
	s := span{set.rules[e.rule].back().begin(tokens, e.last), e.last}
	for s.first < s.last && tokens[s.first].sym.isMark() {
		s.first++
	}
	for s.last > s.first && tokens[s.last].sym.isMark() {
		s.last--
	}
	return s
}

// said are the hits of a set that nothing excuses, by where its patterns end. Of the ways in which a rule reads words from one place on, the longest counts.
func (c *compiled) said(set *ruleSet, tokens []token, ends []end) []hit {
	if len(ends) == 0 {
		return nil
	}
	type place struct {
		rule  int32
		first int
	}
	longest := map[place]int{}
	for _, e := range ends {
		s := set.read(tokens, e)
		p := place{e.rule, s.first}
		longest[p] = max(longest[p], s.last)
	}
	quotes := quotations(tokens)
	others := map[span]bool{}
	var out []hit
	for p, last := range longest {
		r, s := set.rules[p.rule], span{p.first, last}
		if r.excuses.holds(tokens, s) {
			continue
		}
		if _, known := others[s]; !known {
			others[s] = c.othersWords(tokens, quotes, s)
		}
		if !others[s] {
			out = append(out, hit{r.phrase, s})
		}
	}
	return out
}

// findings joins overlapping hits of a phrase and drops those that a more specific phrase covers.
func (g *Guard) findings(draft string, read reading, found []hit) []Finding {
	slices.SortFunc(found, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.phrase, b.phrase), cmp.Compare(a.first, b.first))
	})
	joined := found[:1]
	for _, h := range found[1:] {
		last := &joined[len(joined)-1]
		if last.phrase == h.phrase && h.first <= last.last {
			last.last = max(last.last, h.last)
		} else {
			joined = append(joined, h)
		}
	}
	specific := map[string][]hit{}
	for _, h := range joined {
		if id := g.phrases[h.phrase].ID; id == "dont-like-you" || id == "your-kind" {
			specific[id] = append(specific[id], h)
		}
	}
	points := []rune(draft)
	var out []Finding
	for _, h := range joined {
		if g.implied(h, specific) {
			continue
		}
		from, to := read.points(h.span)
		p := g.phrases[h.phrase]
		say := p.SayInstead[read.lang]
		if len(say) == 0 {
			say = append(slices.Clone(p.SayInstead["zh"]), p.SayInstead["en"]...)
		}
		out = append(out, Finding{Phrase: p.ID, Text: string(points[from:to]), Start: from, End: to, SayInstead: append([]string{}, say...)})
	}
	slices.SortFunc(out, func(a, b Finding) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return out
}

// implied reports whether a more specific phrase says the same words.
func (g *Guard) implied(h hit, specific map[string][]hit) bool {
	switch g.phrases[h.phrase].ID {
	case "dont-like":
		return overlaps(h, specific["dont-like-you"]) || overlaps(h, specific["your-kind"])
	case "dont-like-you":
		return overlaps(h, specific["your-kind"])
	}
	return false
}

// overlaps reports whether h shares a character with one of the hits, which are
// apart from each other and in order.
func overlaps(h hit, hits []hit) bool {
	i, _ := slices.BinarySearchFunc(hits, h.first, func(s hit, first int) int { return cmp.Compare(s.last, first) })
	return i < len(hits) && hits[i].first <= h.last
}
