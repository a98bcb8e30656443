package guard

import (
	_ "embed"
	"fmt"
	"math"
	"sync"
	"unicode/utf8"

	"coachbot/playbooks/linear"
)

// A second reader for wordings that no pattern foresees: linear machines over the
// words and concepts of a sentence (grams.go). One tells whether it says a
// forbidden phrase at all, one for each phrase tells which. It is asked
// where no pattern ends and nobody is quoted, and believed when clear.
//
//go:generate go run ./gen learned.gz
//go:embed learned.gz
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
	promising = -1
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
	in, err := linear.Open(data)
	if err != nil {
		return nil, fmt.Errorf("learned.gz: %w", err)
	}
	l := &learner{}
	if err := in.Decode(l); err != nil {
		return nil, fmt.Errorf("learned.gz: %w", err)
	}
	return l, nil
}

// hits are the sentences that say a phrase by all that was learned. Sentences in
// which a pattern ends, excused or not, are left to the patterns; so are those that
// quote or name something.
func (l *learner) hits(v *vocabulary, tokens []token, ends []end) []hit {
	var known map[int]bool
	if len(ends) > 0 {
		known = make(map[int]bool, len(ends))
		for _, e := range ends {
			known[e.last] = true
		}
	}
	var out []hit
	g := gramReaders.Get().(*gramReader)
	eachSentence(tokens, func(s span) {
		if n := s.last - s.first + 1; n < leastWords || n > longestLearned || !l.promises(v, tokens[s.first:s.last+1]) {
			return
		}
		for i := s.first - 1; i <= s.last+1; i++ { // a mark before and behind included
			if t := tokens[i]; t.sym == symOpen || t.sym == symClose || t.name || known[i] {
				return
			}
		}
		if phrase, beyond := l.judge(g, v, tokens, s); beyond >= 0 {
			out = append(out, hit{phrase, s})
		}
	})
	gramReaders.Put(g)
	return out
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

// judge names the likeliest phrase, and how far beyond doubt a sentence says it.
func (l *learner) judge(g *gramReader, v *vocabulary, tokens []token, s span) (phrase int, beyond float64) {
	clear, n, characters := clearWords, s.last-s.first+1, 0
	for _, t := range tokens[s.first : s.last+1] {
		if t.r >= utf8.RuneSelf {
			characters++
		}
	}
	if 2*characters >= n {
		clear = clearCharacters
		if n < leastCharacters {
			return 0, math.Inf(-1)
		}
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
		return 0, says - clear
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
	return phrase, (1-share)*says + share*best - clear
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
