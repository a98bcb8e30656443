package guard

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sync"
	"unicode/utf8"

	"coachbot/playbooks/linear"
)

// A second reader for wordings that no pattern foresees: linear machines over the
// words and concepts of a sentence (grams.go). One tells whether it says a
// forbidden phrase at all, one for each phrase tells which. It keeps quiet where
// somebody is quoted, and is believed when clear; where the patterns have had their
// say, only when it is clearer still.
//
//go:generate go run ./gen learned.br
//go:embed learned.br
var learnedFile []byte

const (
	buckets = 1 << 16 // of features, by their hash
	phrases = 10
	// From where on a sentence of words, or of characters, is clear. TestLearned
	// prints how many that were held out are found so, and how many wrongly.
	clearWords, clearCharacters = 0.2, 0.05
	// share is the say of the phrase's own machine beside the one that says whether.
	share = 0.6
	// doubtful is how far a sentence may stand on the innocent side for the phrases' machines to be asked.
	doubtful = -0.5
	// promising is from where on a sentence is worth a closer look, by its single words.
	promising = -1.25
	// overrules is how far beyond clear a sentence is said to say a phrase although its pattern was excused there.
	overrules = 0.8
	// A sentence of fewer words, or characters, says too little to be judged, and what
	// was learned are short ones.
	leastWords, leastCharacters, longestLearned = 3, 4, 45
)

// learner is what go generate made of the labelled drafts.
type learner struct {
	Gate   []int8 // by feature: what single words promise
	Any    []int8 // by feature: whether a phrase is said
	Phrase []int8 // feature by feature, the weight in each phrase's machine
	Step   []float32
	Bias   []float32 // of Gate, Any and each phrase's machine, as Step
}

var theLearner = sync.OnceValue(func() *learner {
	l, err := readLearner(learnedFile)
	if err != nil {
		panic("guard: " + err.Error()) // go generate made it, and a test reads it
	}
	return l
})

func readLearner(data []byte) (*learner, error) {
	l := &learner{}
	if err := linear.Open(data).Decode(l); err != nil {
		return nil, fmt.Errorf("learned.br: %w", err)
	}
	return l, nil
}

// hits are what a draft says by the patterns' hits and by all that was learned. Sentences that quote or
// name something are left to the patterns. No hit of theirs is taken back: of what was
// tried, that lost six guilty drafts for each innocent one that it spared.
func (l *learner) hits(g *Guard, tokens []token, ends []end, said []hit) []hit {
	said = slices.SortedFunc(slices.Values(said), func(a, b hit) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last)) })
	var more []hit
	grams := gramReaders.Get().(*gramReader)
	quotes := sync.OnceValue(func() []span { return quotations(tokens) })
	others := func(e end) bool { return g.c.othersWords(tokens, quotes(), g.c.phrases.read(tokens, e)) }
	says := func(s span, beyond float64, ends []end) bool {
		return beyond >= 0 && (len(ends) == 0 || beyond >= overrules && !slices.ContainsFunc(ends, others))
	}
	nextEnd, nextHit := 0, 0
	var before span // the sentence before, where it says nothing that was found
	beforeEnd := 0  // and its first end
	eachSentence(tokens, func(s span) {
		for nextEnd < len(ends) && ends[nextEnd].last < s.first-1 {
			nextEnd++
		}
		firstEnd := nextEnd
		for nextEnd < len(ends) && ends[nextEnd].last <= s.last+1 {
			nextEnd++
		}
		here := ends[firstEnd:nextEnd]
		for nextHit < len(said) && said[nextHit].first < s.first {
			nextHit++
		}
		from := nextHit
		for nextHit < len(said) && said[nextHit].first <= s.last {
			nextHit++
		}
		last, lastEnd := before, beforeEnd
		before, beforeEnd = span{}, firstEnd
		if mayQuote(tokens, s) {
			return
		}
		if from == nextHit {
			before = s
		}
		if n := s.last - s.first + 1; n <= longestLearned && (len(here) > 0 || l.promises(g.c.v, tokens[s.first:s.last+1])) {
			phrase, beyond, ok := l.judge(grams, g.c.v, tokens, s)
			if ok && from == nextHit && says(s, beyond, here) {
				more, before = append(more, hit{phrase, s}), span{}
				return
			}
			for i, h := range said[from:nextHit] {
				if ok && beyond >= 0 && h.last <= s.last && g.dislikes[h.phrase] > 0 && g.dislikes[phrase] > g.dislikes[h.phrase] {
					said[from+i].phrase = phrase // whom the dislike is for, all of the sentence tells better
				}
			}
		}
		if both, ok := joined(last, before); ok && l.promises(g.c.v, tokens[both.first:both.last+1]) {
			if phrase, beyond, ok := l.judge(grams, g.c.v, tokens, both); ok && says(both, beyond, ends[lastEnd:nextEnd]) {
				more, before = append(more, hit{phrase, both}), span{}
			}
		}
	})
	gramReaders.Put(grams)
	return append(said, more...)
}

// mayQuote reports whether a sentence quotes or names something, a mark before and behind it included.
func mayQuote(tokens []token, s span) bool {
	return slices.ContainsFunc(tokens[s.first-1:s.last+2], func(t token) bool { return t.sym == symOpen || t.sym == symClose || t.name })
}

// joined are two sentences of which one says little without the other: Like you? Never.
func joined(a, b span) (span, bool) {
	const little, most = 5, 24
	both := span{a.first, b.last}
	short := a.last-a.first+1 < little || b.last-b.first+1 < little
	return both, a.last > 0 && b.last > 0 && short && both.last-both.first+1 <= most
}

var gramReaders = sync.Pool{New: func() any { return new(gramReader) }}

// promises reports whether a sentence's single words make it worth a closer look.
func (l *learner) promises(v *vocabulary, tokens []token) bool {
	var sum, n int32
	for _, t := range tokens {
		switch {
		case t.sym >= symFirst:
			sum += int32(l.Gate[v.alone[t.sym-symFirst]])
		case t.sym.isMark():
			continue
		default:
			sum += int32(l.Gate[gram(gramWord, v.name(t), 0, 0)])
		}
		n++
	}
	return float64(sum)*float64(l.Step[0])/math.Sqrt(float64(n))+float64(l.Bias[0]) >= promising
}

// judge names the likeliest phrase, and how far beyond doubt a sentence says it; not ok is one that says too little.
func (l *learner) judge(g *gramReader, v *vocabulary, tokens []token, s span) (phrase int, beyond float64, ok bool) {
	clear, n, characters := clearWords, s.last-s.first+1, 0
	for _, t := range tokens[s.first : s.last+1] {
		if t.r >= utf8.RuneSelf {
			characters++
		}
	}
	least := leastWords
	if 2*characters >= n {
		clear, least = clearCharacters, leastCharacters
	}
	if n < least {
		return 0, 0, false
	}
	grams := g.read(v, tokens[s.first:s.last+1], tokens[s.last+1].sym == symAsk)
	scale := 1 / math.Sqrt(float64(len(grams)))
	margin := func(machine int, sum int32) float64 {
		return float64(sum)*float64(l.Step[machine])*scale + float64(l.Bias[machine])
	}
	var sum int32
	for _, f := range grams {
		sum += int32(l.Any[f])
	}
	says := margin(1, sum)
	if says < doubtful {
		return 0, says - clear, true
	}
	var sums [phrases]int32
	for _, f := range grams {
		for i, w := range l.Phrase[int(f)*phrases : int(f+1)*phrases] {
			sums[i] += int32(w)
		}
	}
	best := math.Inf(-1)
	for i, sum := range sums {
		if x := margin(2+i, sum); x > best {
			phrase, best = i, x
		}
	}
	return phrase, (1-share)*says + share*best - clear, true
}

// eachSentence hands on the words between two stops, without the marks at their ends.
func eachSentence(tokens []token, use func(s span)) {
	from := 0
	for i, t := range tokens {
		if !t.sym.stops() {
			continue
		}
		s := span{from, i - 1}
		from = i + 1
		for s.first <= s.last && tokens[s.first].sym.isMark() {
			s.first++
		}
		for s.last >= s.first && tokens[s.last].sym.isMark() {
			s.last--
		}
		if s.first <= s.last {
			use(s)
		}
	}
}
