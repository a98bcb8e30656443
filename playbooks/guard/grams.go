package guard

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// What the second reader sees of a sentence: its words, their stems, the concepts
// they stand for (patterns/concepts.txt), and what stands beside what.

const (
	hashStart uint32 = 2166136261
	hashStep  uint32 = 16777619

	number  = hashStart     // any number
	unknown = hashStart + 3 // a sign, or a word that nothing is known of
	asks    = hashStart + 5 // the end of a question
	edge0   = hashStart + 7 // a sentence's beginning
	edge1   = hashStart + 9 // and its end
)

// hashOf is FNV-1a over the runes of a word.
func hashOf(word string) uint32 {
	h := hashStart
	for _, r := range word {
		h = (h ^ uint32(r)) * hashStep
	}
	return h
}

// endings are taken from a word of small letters, the first that fits, where three letters stay.
var endings = []string{"ing", "ed", "es", "s", "er", "ly"}

// stemOf is the hash of what stays of an English word without its ending.
func stemOf(word []byte) uint32 {
	n := len(word)
	for _, end := range endings {
		if rest := n - len(end); rest >= 3 && string(word[rest:]) == end {
			n = rest
			break
		}
	}
	if n > 0 && word[n-1] == 'e' {
		n--
	}
	h := hashStart + 1 // no word hashes like a stem
	for _, c := range word[:n] {
		h = (h ^ uint32(c)) * hashStep
	}
	return h
}

// maxConcept is the number of characters of the longest Chinese word in concepts.txt.
const maxConcept = 5

// concept reads `name = words` of concepts.txt.
func (c *compiled) concept(name, rest string) error {
	if name == "" {
		return nil
	}
	words, ok := strings.CutPrefix(rest, "=")
	if !ok {
		return fmt.Errorf("write `name = word | word`: %s", name)
	}
	c.v.concepts++
	for word := range strings.SplitSeq(words, "|") {
		word = strings.TrimSpace(word)
		if word == "" || strings.ContainsRune(word, ' ') || word[0] >= utf8.RuneSelf && utf8.RuneCountInString(word) > maxConcept {
			return fmt.Errorf("%q: a concept holds words, the Chinese ones of %d characters at most", word, maxConcept)
		}
		if name == "little" {
			c.v.little[hashOf(word)] = true
			continue
		}
		keys := []uint32{hashOf(word)}
		if word[0] < utf8.RuneSelf {
			keys = append(keys, stemOf([]byte(word)))
		}
		for _, k := range keys {
			if of := c.v.meaning[k]; len(of) == 0 || of[len(of)-1] != c.v.concepts {
				c.v.meaning[k] = append(of, c.v.concepts)
			}
		}
	}
	return nil
}

// hashes are what the second reader knows words by, one of each symbol.
func (v *vocabulary) hashes() {
	v.names, v.stems, v.alone = make([]uint32, len(v.known)), make([]uint32, len(v.known)), make([]uint32, len(v.known))
	v.means, v.small = make([][]uint8, len(v.known)), make([]bool, len(v.known))
	for word, s := range v.known {
		h := hashOf(word)
		v.names[s-symFirst], v.stems[s-symFirst], v.alone[s-symFirst] = h, h, gram(gramWord, h, 0, 0)
		if word[0] < utf8.RuneSelf {
			v.stems[s-symFirst] = stemOf([]byte(word))
		}
		v.means[s-symFirst], v.small[s-symFirst] = v.meaning[h], v.little[h]
	}
	for h := range v.meaning {
		v.telling.add(h)
	}
}

// hashSet tells hashes that are surely not in a set from those that may be.
type hashSet [1 << 11]uint32

func (s *hashSet) add(h uint32)      { s[(h>>5)%uint32(len(s))] |= 1 << (h % 32) }
func (s *hashSet) may(h uint32) bool { return s[(h>>5)%uint32(len(s))]&(1<<(h%32)) != 0 }

// meansOf are the concepts that a token of that name stands for.
func (v *vocabulary) meansOf(t token, name uint32) []uint8 {
	if t.sym >= symFirst {
		return v.means[t.sym-symFirst]
	}
	if !v.telling.may(name) {
		return nil
	}
	return v.meaning[name]
}

// isLittle reports a token of that name that means little.
func (v *vocabulary) isLittle(t token, name uint32) bool {
	if t.sym >= symFirst {
		return v.small[t.sym-symFirst]
	}
	return v.little[name]
}

// name is what a token is known by: the word as the patterns read it, short forms
// written out and disguises undone; the stem of a word that no pattern holds. Marks have none.
func (v *vocabulary) name(t token) uint32 {
	switch {
	case t.sym >= symFirst:
		return v.names[t.sym-symFirst]
	case t.sym.isMark():
		return 0
	case t.r != 0:
		return (hashStart ^ uint32(t.r)) * hashStep
	case t.sym == symNumber:
		return number
	case t.stem != 0:
		return t.stem
	}
	return unknown
}

// Kinds of features.
const (
	gramWord = iota + 1
	gramPair
	gramSkip // a word and the one before the last
	gramStem
	gramStems
	gramFar // two or three words with nothing but little ones between
	gramFar3
	gramConcept
	gramFirst // a concept with which the sentence begins
	gramConcepts
	gramConcepts3
	gramBefore // the word before a concept
	gramBehind
)

// gram is the bucket of a feature.
func gram(kind int, a, b, c uint32) uint32 {
	const odd = 0x9E3779B1
	h := (uint32(kind) ^ a) * odd
	h = (h ^ h>>15 ^ b) * odd
	h = (h ^ h>>15 ^ c) * odd
	return (h ^ h>>16) % buckets
}

// singles are the features of a sentence's words, each by itself.
func (v *vocabulary) singles(tokens []token) []uint32 {
	var out []uint32
	for _, t := range tokens {
		if name := v.name(t); name != 0 {
			out = append(out, gram(gramWord, name, 0, 0))
		}
	}
	return out
}

// gramReader makes the features of sentences. It is used again for the next.
type gramReader struct {
	out   []uint32
	names []uint32
	stems []uint32
	found []meant
}

// meant is a word, from a token up to another, and the concepts that it stands for.
type meant struct {
	from, to int
	of       []uint8
}

// read returns a sentence's features, valid until the next call.
func (g *gramReader) read(v *vocabulary, tokens []token, question bool) []uint32 {
	g.out, g.names, g.stems = g.out[:0], g.names[:0], g.stems[:0]
	for _, t := range tokens {
		name := v.name(t)
		stem := name
		if t.sym >= symFirst {
			stem = v.stems[t.sym-symFirst]
		}
		g.names, g.stems = append(g.names, name), append(g.stems, stem)
	}
	g.words()
	if question {
		g.names, g.stems = append(g.names, asks), append(g.stems, asks)
	}
	g.stemmed()
	g.apart(v, tokens)
	g.mean(v, tokens)
	g.concepts()
	return g.out
}

func (g *gramReader) put(kind int, a, b, c uint32) { g.out = append(g.out, gram(kind, a, b, c)) }

// words: each, with the one before, and with the one before that. A sentence's beginning and end count as words.
func (g *gramReader) words() {
	one, two := edge0, uint32(0)
	for i := 0; i <= len(g.names); i++ {
		w := edge1
		if i < len(g.names) {
			if w = g.names[i]; w == 0 {
				one, two = 0, 0
				continue
			}
		}
		g.put(gramWord, w, 0, 0)
		if one != 0 {
			g.put(gramPair, one, w, 0)
		}
		if two != 0 {
			g.put(gramSkip, two, w, 0)
		}
		one, two = w, one
	}
}

func (g *gramReader) stemmed() {
	for i, s := range g.stems {
		g.put(gramStem, s, 0, 0)
		if i > 0 {
			g.put(gramStems, g.stems[i-1], s, 0)
		}
	}
}

// apart: words that only little ones part.
func (g *gramReader) apart(v *vocabulary, tokens []token) {
	one, two := edge0, uint32(0)
	for i := 0; i <= len(g.names); i++ {
		w := edge1
		if i < len(g.names) {
			if w = g.names[i]; w == 0 {
				one, two = 0, 0
				continue
			}
			if i < len(tokens) && v.isLittle(tokens[i], w) { // the last of a question is no token
				continue
			}
		}
		if one != 0 {
			g.put(gramFar, one, w, 0)
			if two != 0 {
				g.put(gramFar3, two, one, w)
			}
		}
		one, two = w, one
	}
}

// mean finds the words that stand for concepts; of Chinese ones from a character on, the longest.
func (g *gramReader) mean(v *vocabulary, tokens []token) {
	g.found = g.found[:0]
	for i := 0; i < len(tokens); {
		m := meant{i, i + 1, v.meansOf(tokens[i], g.names[i])}
		if tokens[i].r >= utf8.RuneSelf {
			h := hashStart
			for k := i; k < len(tokens) && k < i+maxConcept && tokens[k].r >= utf8.RuneSelf; k++ {
				h = (h ^ uint32(tokens[k].r)) * hashStep
				if !v.telling.may(h) {
					continue
				}
				if of := v.meaning[h]; of != nil {
					m = meant{i, k + 1, of}
				}
			}
		}
		if m.of != nil {
			g.found = append(g.found, m)
		}
		i = m.to
	}
}

// concepts: each, with the word before and behind it, and with the next ones nearby.
func (g *gramReader) concepts() {
	const near = 4 // words between
	for i, m := range g.found {
		for _, a := range m.of {
			g.put(gramConcept, uint32(a), 0, 0)
			if i == 0 {
				g.put(gramFirst, uint32(a), 0, 0)
			}
			if m.from > 0 {
				g.put(gramBefore, g.names[m.from-1], uint32(a), 0)
			}
			if m.to < len(g.names) {
				g.put(gramBehind, uint32(a), g.names[m.to], 0)
			}
			for j := i + 1; j < len(g.found) && j <= i+2 && g.found[j].from-m.to <= near; j++ {
				for _, b := range g.found[j].of {
					g.put(gramConcepts, uint32(a), uint32(b), 0)
					if j > i+1 {
						continue
					}
					for k := j + 1; k < len(g.found) && k <= j+2 && g.found[k].from-g.found[j].to <= near; k++ {
						for _, c := range g.found[k].of {
							g.put(gramConcepts3, uint32(a), uint32(b), uint32(c))
						}
					}
				}
			}
		}
	}
}
