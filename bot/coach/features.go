package coach

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// grams lists what of a folded text the models count, as hashes, one for each
// occurrence. Chinese: runs of one to three characters. Other scripts: words,
// pairs of words, words of a clause that are denied ("nobody apologised") and runs of
// four letters within a word. Both kinds are always counted, as messages mix them. All digits count as the same one.
// The two highest bits of a hash say of which kind it is.
func grams(folded, lang string) []uint32 {
	var out []uint32
	var han, word []rune
	var previous uint32
	denied := 0 // how many words to come are denied
	endHan := func() {
		for i := range han {
			h := seedHan
			for n := 0; n < 3 && i+n < len(han); n++ {
				h = hash(h, han[i+n])
				out = append(out, ofKind(h, uint32(n)))
			}
		}
		han = han[:0]
	}
	endWord := func() {
		if len(word) == 0 {
			return
		}
		h := seedWord
		for _, r := range word {
			h = hash(h, r)
		}
		out = append(out, ofKind(h, kindWord))
		if previous != 0 {
			out = append(out, ofKind(previous*31+h, kindPair))
		}
		if denied > 0 {
			denied--
			out = append(out, ofKind(h*16777619^seedNot, kindWord))
		}
		if lang == "en" && denies(string(word)) {
			denied = deniedWords
		}
		previous = h
		if lang != "zh" && len(word) > 2 {
			out = letterRuns(out, word)
		}
		word = word[:0]
	}
	for _, r := range folded {
		switch {
		case unicode.Is(unicode.Han, r):
			endWord()
			previous = 0
			han = append(han, r)
		case unicode.IsLetter(r), r == '\'' && len(word) > 0:
			endHan()
			if n := len(word); n < 2 || word[n-1] != r || word[n-2] != r {
				word = append(word, r)
			}
		case unicode.IsDigit(r):
			endHan()
			if n := len(word); n == 0 || word[n-1] != '0' {
				word = append(word, '0')
			}
		default:
			endHan()
			endWord()
			if strings.ContainsRune(".!?,;:\n", r) {
				denied = 0
			}
			if unicode.IsSymbol(r) && r > 0x2000 || r == '?' || r == '!' {
				out = append(out, ofKind(hash(seedMark, r), kindOther))
			}
		}
	}
	endHan()
	endWord()
	return out
}

const (
	seedHan     uint32 = 2166136261
	seedWord    uint32 = 3166136261
	seedRun     uint32 = 1166136261
	seedMark    uint32 = 4166136261
	seedConcept uint32 = 1966136261
	seedNot     uint32 = 2366136261
)

// deniedWords is how many words of a clause a word that denies reaches.
const deniedWords = 3

// denies reports whether an English word turns what follows into its opposite.
func denies(word string) bool {
	switch word {
	case "no", "not", "nobody", "never", "none", "without", "nothing", "neither", "nor", "cannot":
		return true
	}
	return strings.HasSuffix(word, "n't")
}

// letterRuns appends the runs of four letters of a word with its edges marked.
func letterRuns(out []uint32, word []rune) []uint32 {
	edged := make([]rune, 0, len(word)+2)
	edged = append(append(append(edged, ' '), word...), ' ')
	for i := range len(edged) - 3 {
		h := seedRun
		for _, r := range edged[i : i+4] {
			h = hash(h, r)
		}
		out = append(out, ofKind(h, kindRun))
	}
	return out
}

// The kinds of features. One, two and three Chinese characters count like a
// word, a pair of words and a run of letters.
const (
	kindWord = iota
	kindPair
	kindRun
	kindOther // marks and groups of like words
)

// How much a feature of each kind weighs beside its rareness. A word alone says
// most, and there is but one where there are several runs of letters. With few
// examples few words are known, and parts of words and groups of words must help.
var (
	kindWeight     = [...]float32{kindWord: 1.6, kindPair: 1.2, kindRun: 0.8, kindOther: 0.85}
	kindWeightThin = [...]float32{kindWord: 1, kindPair: 1.2, kindRun: 0.8, kindOther: 1.7}
)

const kindShift = 30

func ofKind(h, kind uint32) uint32 { return h>>(32-kindShift) | kind<<kindShift }

// hash is FNV-1a over runes.
func hash(h uint32, r rune) uint32 {
	h = (h ^ uint32(r&0xFF)) * 16777619
	return (h ^ uint32(r>>8)) * 16777619
}

// vector is a sparse, sorted list of features and their weights, of length 1.
type vector struct {
	at []int32
	v  []float32
}

// vocabulary numbers the features that occur often enough to count.
type vocabulary struct {
	lang string
	id   map[uint32]int32
	idf  []float32 // by feature, with the weight of its kind
}

// How many texts a feature must occur in: one that occurs once says nothing about
// another message and costs memory. Of many texts, pairs and runs must occur in more:
// they are most of all features, and the rarest of them change no figure.
const (
	minTexts      = 2
	minTextsPairs = 3
	manyTexts     = 5000
)

// textsFor is how many texts a feature must occur in, of all that there are.
func textsFor(feature uint32, texts int) int32 {
	if kind := feature >> kindShift; texts >= manyTexts && (kind == kindPair || kind == kindRun) {
		return minTextsPairs
	}
	return minTexts
}

// usualShare is how much of a feature's rareness comes, with few examples, from what is usually written.
const usualShare = 0.7

// newVocabulary knows the features of texts; thin says that they are examples of playbooks that have few.
func newVocabulary(lang string, texts [][]uint32, thin bool) *vocabulary {
	weight := kindWeight
	var usual map[uint32]float32
	var unknown float32
	if thin {
		weight = kindWeightThin
		usual, unknown = rareness(lang)
	}
	df := make(map[uint32]int32, 1<<14)
	for _, t := range texts {
		sorted := slices.Clone(t)
		slices.Sort(sorted)
		for _, g := range slices.Compact(sorted) {
			df[g]++
		}
	}
	kept := make([]uint32, 0, len(df)/3)
	for g, n := range df {
		if n >= textsFor(g, len(texts)) {
			kept = append(kept, g)
		}
	}
	slices.Sort(kept) // map order must not decide the numbers: training is repeatable
	v := &vocabulary{lang: lang, id: make(map[uint32]int32, len(kept)), idf: make([]float32, len(kept))}
	for i, g := range kept {
		v.id[g] = int32(i)
		rare := math.Log(float64(1+len(texts))/float64(1+df[g])) + 1
		if usual != nil {
			other, ok := usual[g]
			if !ok {
				other = unknown
			}
			rare = math.Pow(rare, 1-usualShare) * math.Pow(float64(other), usualShare)
		}
		v.idf[i] = weight[g>>kindShift] * float32(rare)
	}
	return v
}

// counts numbers the known features of a text with how often they occur, sorted.
func (v *vocabulary) counts(g []uint32) vector {
	ids := make([]int32, 0, len(g))
	for _, h := range g {
		if id, ok := v.id[h]; ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	var out vector
	for i := 0; i < len(ids); {
		j := i
		for j < len(ids) && ids[j] == ids[i] {
			j++
		}
		out.at = append(out.at, ids[i])
		out.v = append(out.v, float32(j-i))
		i = j
	}
	return out
}

// weigh turns counts into tf-idf of length 1.
func (v *vocabulary) weigh(counts vector) vector {
	w := vector{at: counts.at, v: make([]float32, len(counts.v))}
	var sum float64
	for i, n := range counts.v {
		x := (1 + float32(math.Log(float64(n)))) * v.idf[counts.at[i]]
		w.v[i] = x
		sum += float64(x) * float64(x)
	}
	if sum > 0 {
		scale := float32(1 / math.Sqrt(sum))
		for i := range w.v {
			w.v[i] *= scale
		}
	}
	return w
}
