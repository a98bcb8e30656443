package guard

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/gob"
	"fmt"
	"math"
	"sync"
)

// A second reader for wordings that no pattern foresees: linear machines over the
// words and Chinese characters of a sentence. One tells whether it says a
// forbidden phrase at all, one for each phrase tells which. It is asked
// where no pattern ends and nobody is quoted, and believed when clear.
//
//go:generate go run ./gen learned.gz
//go:embed learned.gz
var learnedFile []byte

const (
	buckets = 1 << 15 // of features, by their hash
	// learnedFrom is how far a sentence must stand on the forbidden side. TestLearned
	// prints how many that were held out are found so, and how many wrongly.
	learnedFrom = 0.25
	// A sentence of fewer words or characters says too little to be judged, and what
	// was learned are short ones.
	shortestLearned, longestLearned = 3, 45
)

// learner is what go generate made of the labelled drafts.
type learner struct {
	Any    []int8   // weight of each bucket
	Phrase [][]int8 // the same of each of the ten phrases
	Step   []float32
	Bias   []float32 // of Any, then of each phrase, as Step
}

var theLearner = sync.OnceValue(func() *learner {
	l, err := readLearner(learnedFile)
	if err != nil {
		panic("guard: " + err.Error()) // go generate made it, and a test reads it
	}
	return l
})

func readLearner(data []byte) (*learner, error) {
	unzip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("learned.gz: %w", err)
	}
	l := &learner{}
	if err := gob.NewDecoder(unzip).Decode(l); err != nil {
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
	buffer := grams.Get().(*[]uint32)
	eachSentence(tokens, func(s span) {
		if n := s.last - s.first + 1; n < shortestLearned || n > longestLearned {
			return
		}
		for i := s.first - 1; i <= s.last+1; i++ { // a mark before and behind included
			if t := tokens[i]; t.sym == symOpen || t.sym == symClose || t.name || known[i] {
				return
			}
		}
		*buffer = v.sentenceGrams((*buffer)[:0], tokens[s.first:s.last+1])
		if phrase, margin := l.judge(*buffer); margin >= learnedFrom {
			out = append(out, hit{phrase, s})
		}
	})
	grams.Put(buffer)
	return out
}

// grams are lists of features to be used again.
var grams = sync.Pool{New: func() any { return new([]uint32) }}

// judge names the likeliest phrase, and how clearly a sentence says it.
func (l *learner) judge(grams []uint32) (phrase int, margin float64) {
	if len(grams) == 0 {
		return 0, math.Inf(-1)
	}
	scale := 1 / math.Sqrt(float64(len(grams)))
	margin = score(l.Any, grams)*float64(l.Step[0])*scale + float64(l.Bias[0])
	if margin < learnedFrom {
		return 0, margin
	}
	best := math.Inf(-1)
	for i, w := range l.Phrase {
		if m := score(w, grams)*float64(l.Step[i+1])*scale + float64(l.Bias[i+1]); m > best {
			phrase, best = i, m
		}
	}
	return phrase, min(margin, best)
}

func score(weights []int8, grams []uint32) float64 {
	var sum int32
	for _, g := range grams {
		sum += int32(weights[g])
	}
	return float64(sum)
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

const (
	hashStart uint32 = 2166136261
	hashStep  uint32 = 16777619
)

// hashOf is FNV-1a over the runes of a word.
func hashOf(word string) uint32 {
	h := hashStart
	for _, r := range word {
		h = (h ^ uint32(r)) * hashStep
	}
	return h
}

// sentenceGrams appends the buckets of a sentence's features: each word or Chinese
// character as the patterns read it, short forms written out; each with the one
// before, and with the one before that. Its beginning and end count as a word, and
// so does a word that no pattern knows.
func (v *vocabulary) sentenceGrams(out []uint32, tokens []token) []uint32 {
	one, two := hashStep, uint32(0) // the words before
	put := func(h uint32) {
		out = append(out, bucket(h))
		if one != 0 {
			out = append(out, bucket(h*31+one))
			if two != 0 {
				out = append(out, bucket(h*37+two+5))
			}
		}
		one, two = h, one
	}
	for _, t := range tokens {
		switch {
		case t.sym.isMark():
			one, two = 0, 0
		case t.sym >= symFirst:
			put(v.names[t.sym-symFirst])
		case t.r != 0:
			put((hashStart ^ uint32(t.r)) * hashStep)
		case t.sym == symNumber:
			put(hashStart)
		default:
			put(hashStart + 3)
		}
	}
	put(hashStep)
	return out
}

func bucket(h uint32) uint32 { return (h ^ h>>15) % buckets }
