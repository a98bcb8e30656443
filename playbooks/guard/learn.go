package guard

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	learnC      = 3
	learnRounds = 12
	learnDearer = 3 // a phrase's own few sentences, beside all others
)

// lesson is a sentence with the phrases that it says.
type lesson struct {
	grams   []uint32
	phrases []int
}

// Learn makes what learned.gz holds from labelled drafts and from texts that are
// known to say no phrase. The same input always gives the same bytes.
func Learn(rows []Row, good []string) ([]byte, error) {
	l := learn(New().lessons(rows, good))
	var out bytes.Buffer
	zip, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if err := gob.NewEncoder(zip).Encode(l); err != nil {
		return nil, err
	}
	if err := zip.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// lessons takes the drafts' sentences apart. Of a draft of several that says
// phrases, the patterns tell which sentence says them. Disguised and debatable
// drafts teach no words, and neither do sentences that say a phrase and are excused.
func (g *Guard) lessons(rows []Row, good []string) []lesson {
	var list []lesson
	for _, row := range rows {
		if row.Kind != "borderline" && row.Kind != "evasion" {
			list = append(list, g.lessonsOf(row.Text, row.Expect)...)
		}
	}
	for _, text := range good {
		list = append(list, g.lessonsOf(text, nil)...)
	}
	return list
}

func (g *Guard) lessonsOf(text string, expect []string) []lesson {
	var list []lesson
	g.c.v.read(text, func(read reading) {
		ends := g.c.ends(&g.c.phrases, read.tokens)
		found := g.c.said(&g.c.phrases, read.tokens, ends)
		sentences := 0
		eachSentence(read.tokens, func(span) { sentences++ })
		eachSentence(read.tokens, func(s span) {
			one := lesson{grams: g.c.v.sentenceGrams(nil, read.tokens[s.first:s.last+1])}
			switch {
			case len(one.grams) == 0:
				return
			case sentences == 1:
				for _, id := range expect {
					if i := g.index(id); i >= 0 {
						one.phrases = append(one.phrases, i)
					}
				}
			default:
				for _, h := range found {
					if h.first >= s.first && h.last <= s.last && slices.Contains(expect, g.phrases[h.phrase].ID) && !slices.Contains(one.phrases, h.phrase) {
						one.phrases = append(one.phrases, h.phrase)
					}
				}
			}
			excused := slices.ContainsFunc(ends, func(e end) bool { return e.last >= s.first && e.last <= s.last })
			unplaced := sentences > 1 && len(expect) > 0 && len(found) == 0
			if len(one.phrases) > 0 || !excused && !unplaced {
				list = append(list, one)
			}
		})
	})
	return list
}

func learn(list []lesson) *learner {
	l := &learner{}
	pack := func(w []float32, bias float32) []int8 {
		var most float32
		for _, x := range w {
			most = max(most, x, -x)
		}
		step := max(most/math.MaxInt8, math.SmallestNonzeroFloat32)
		packed := make([]int8, len(w))
		for i, x := range w {
			packed[i] = int8(math.Round(float64(x / step)))
		}
		l.Step, l.Bias = append(l.Step, step), append(l.Bias, bias)
		return packed
	}
	l.Any = pack(separate(list, func(x lesson) bool { return len(x.phrases) > 0 }, learnC))
	for i := range builtInPhrases() {
		l.Phrase = append(l.Phrase, pack(separate(list, func(x lesson) bool { return slices.Contains(x.phrases, i) }, learnDearer*learnC)))
	}
	return l
}

// separate is a linear support vector machine by dual coordinate descent (Hsieh et
// al., 2008) with a fixed seed; c bounds what a mistake on the positive side weighs.
func separate(list []lesson, positive func(lesson) bool, c float32) ([]float32, float32) {
	w, alpha, order := make([]float32, buckets), make([]float32, len(list)), make([]int, len(list))
	var bias float32
	for i := range order {
		order[i] = i
	}
	shuffle := rand.New(rand.NewPCG(1, 2))
	for range learnRounds {
		shuffle.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			y, most := float32(-1), float32(learnC)
			if positive(list[i]) {
				y, most = 1, c
			}
			grams := list[i].grams
			scale := float32(1 / math.Sqrt(float64(len(grams))))
			var sum float32
			for _, g := range grams {
				sum += w[g]
			}
			next := min(max(alpha[i]-(y*(sum*scale+bias)-1)/2, 0), most) // a sentence and the bias have length 1 each
			if step := (next - alpha[i]) * y; step != 0 {
				alpha[i] = next
				for _, g := range grams {
					w[g] += step * scale
				}
				bias += step
			}
		}
	}
	return w, bias
}
