package guard

import (
	"maps"
	"math"
	"slices"

	"coachbot/playbooks/linear"
)

const (
	learnC      = 3
	learnGateC  = 1
	learnRounds = 24
	learnDearer = 3 // a phrase's own few sentences, beside all others
)

// lesson is a sentence with the phrases that it says: its features, and its single words alone.
type lesson struct {
	grams, words linear.Text
	phrases      []int
}

// Learn makes what learned.br holds from labelled drafts and from texts that are
// known to say no phrase; what the guard suggests is among them. The same input always gives the same bytes.
func Learn(rows []Row, good []string) ([]byte, error) {
	return linear.Pack(learn(New().lessons(rows, good)))
}

// lessons takes the drafts' sentences apart. Of a draft of several that says
// phrases, the patterns tell which sentence says them. Disguised and debatable
// drafts teach no words, and neither do sentences in which others are heard to say a phrase.
func (g *Guard) lessons(rows []Row, good []string) []lesson {
	var list []lesson
	for _, row := range rows {
		if row.Kind != "borderline" && row.Kind != "evasion" {
			list = append(list, g.lessonsOf(row)...)
		}
	}
	for _, text := range slices.Concat(good, g.better()) {
		list = append(list, g.lessonsOf(Row{Text: text})...)
	}
	return list
}

// better are the wordings that the guard and the hints suggest, in an order that does not change.
func (g *Guard) better() []string {
	var list []string
	for _, p := range g.phrases {
		for _, lang := range slices.Sorted(maps.Keys(p.SayInstead)) {
			list = append(list, p.SayInstead[lang]...)
		}
	}
	for _, cause := range slices.Sorted(maps.Keys(betterWords)) {
		for _, lang := range slices.Sorted(maps.Keys(betterWords[cause])) {
			list = append(list, betterWords[cause][lang]...)
		}
	}
	return list
}

func (g *Guard) lessonsOf(row Row) []lesson {
	var list []lesson
	var reader gramReader
	g.c.v.read(row.Text, func(read reading) {
		ends := g.c.ends(&g.c.phrases, read.tokens)
		var found []hit // of what the draft says
		for _, h := range g.c.said(&g.c.phrases, read.tokens, ends) {
			if slices.Contains(row.Expect, g.phrases[h.phrase].ID) {
				found = append(found, h)
			}
		}
		sentences := 0
		var before span
		eachSentence(read.tokens, func(span) { sentences++ })
		eachSentence(read.tokens, func(s span) {
			var all []string
			if sentences == 1 {
				all = row.Expect
			}
			one := g.lesson(&reader, read.tokens, s, all)
			if sentences > 1 {
				for _, h := range found {
					if h.first >= s.first && h.last <= s.last && !slices.Contains(one.phrases, h.phrase) {
						one.phrases = append(one.phrases, h.phrase)
					}
				}
			}
			if len(one.phrases) > 0 || !g.othersIn(row, read.tokens, s, ends) && (sentences == 1 || len(row.Expect) == 0 || len(found) > 0) {
				list = append(list, one)
			}
			if both, ok := joined(before, s); ok && (sentences == 2 || len(row.Expect) == 0) && !mayQuote(read.tokens, both) && !g.othersIn(row, read.tokens, both, ends) {
				list = append(list, g.lesson(&reader, read.tokens, both, row.Expect))
			}
			before = s
		})
	})
	return list
}

// lesson is what some words teach, which say phrases.
func (g *Guard) lesson(reader *gramReader, tokens []token, s span, says []string) lesson {
	words := tokens[s.first : s.last+1]
	one := lesson{grams: linear.Even(reader.read(g.c.v, words, tokens[s.last+1].sym == symAsk)), words: linear.Even(g.c.v.singles(words))}
	for _, id := range says {
		if i := g.index(id); i >= 0 {
			one.phrases = append(one.phrases, i)
		}
	}
	return one
}

// othersIn reports whether a pattern ends in a sentence that may be somebody else's words.
func (g *Guard) othersIn(row Row, tokens []token, s span, ends []end) bool {
	if !slices.ContainsFunc(ends, func(e end) bool { return e.last >= s.first && e.last <= s.last }) {
		return false
	}
	return mayQuote(tokens, s) || len(row.Expect) > 0 || row.Kind == "quote" || row.Kind == "meta"
}

func learn(list []lesson) *learner {
	says := func(i int) bool { return len(list[i].phrases) > 0 }
	grams, words := make([]linear.Text, len(list)), make([]linear.Text, len(list))
	for i, x := range list {
		grams[i], words[i] = x.grams, x.words
	}
	l := &learner{Gate: make([]int8, buckets), Any: make([]int8, buckets), Phrase: make([]int8, buckets*phrases)}
	keep := func(w []float32, bias float32, into []int8, stride int) {
		steps, step := linear.Steps(w, math.MaxInt8)
		for f, x := range steps {
			into[f*stride] = x
		}
		l.Step, l.Bias = append(l.Step, step), append(l.Bias, bias)
	}
	w, bias := linear.Train(buckets, learnRounds, words, []linear.Task{{Positive: says, Dear: learnGateC, Cheap: learnGateC}})
	keep(linear.Of(0, w), bias[0], l.Gate, 1)
	w, bias = linear.Train(buckets, learnRounds, grams, []linear.Task{{Positive: says, Dear: learnC, Cheap: learnC}})
	keep(linear.Of(0, w), bias[0], l.Any, 1)
	var tasks []linear.Task
	for p := range phrases {
		tasks = append(tasks, linear.Task{Positive: func(i int) bool { return slices.Contains(list[i].phrases, p) }, Dear: learnDearer * learnC, Cheap: learnC})
	}
	for from := 0; from < phrases; from += linear.Lanes {
		side := tasks[from:min(from+linear.Lanes, phrases)]
		w, bias := linear.Train(buckets, learnRounds, grams, side)
		for k := range side {
			keep(linear.Of(k, w), bias[k], l.Phrase[from+k:], phrases)
		}
	}
	return l
}
