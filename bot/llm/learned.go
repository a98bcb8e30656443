package llm

import (
	_ "embed"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"coachbot/playbooks/linear"
)

// A second reader for what no rule foresees: a linear machine that has learned from
// labelled answers and the playbooks' own phrases what a good answer says and how. It
// reads sentence by sentence, each word with what is known of it: told by the case,
// said by the company, about giving, about feelings, or on no list. Where the rules
// find an unfounded deed it must be sure of the sentence, else not be against it.
//
//go:generate go run ./gen learned.br
//go:embed learned.br
var learnedFile []byte

const (
	buckets = 1 << 16 // of features, by their hash
	// How far on the good side a sentence must stand: when the rules find nothing, and
	// when they miss the ground of a deed. TestLearned prints what each costs and saves.
	goodFrom = 0.2
	sureFrom = 0.5
	// What stands behind a formula is judged without its help, and a little less sternly.
	behindSlack = 0.2
)

// learner is what go generate made of the labelled answers.
type learner struct {
	Weights []int8 // of each bucket, in steps
	Step    float32
	Bias    float32
	Made    string // of which answers and playbooks: their digest
}

var theLearner = sync.OnceValue(func() *learner {
	l, err := readLearner(learnedFile)
	if err != nil {
		panic("llm: " + err.Error()) // go generate made it, and a test reads it
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

// score is how good a sentence is by all that was learned: bad below zero.
func (l *learner) score(features []uint32) float64 {
	if len(features) == 0 {
		return math.Inf(1) // marks alone
	}
	var sum int
	for _, f := range features {
		sum += int(l.Weights[f])
	}
	return float64(sum)*float64(l.Step)/math.Sqrt(float64(len(features))) + float64(l.Bias)
}

// reads is how good a sentence is, and what it says behind a formula of sympathy.
func (l *learner) reads(g *grounds, sentence string) float64 {
	score := l.score(g.features(sentence))
	if rest := behindFormula(sentence); rest != "" {
		score = min(score, l.score(g.features(rest))+behindSlack)
	}
	return score
}

// formulas of sympathy begin many a sentence, and say nothing of the rest.
var formulas = regexp.MustCompile(`^\s*(?:(?:i'm|i am) (?:so |very |really |truly |deeply )*sorry(?: (?:about|for) (?:that|this|it|the \w+|your \w+))?|(?:i |we )?(?:do |completely |fully |really |sincerely )*(?:understand|apologi[sz]e|hear you|see|respect that|feel for (?:you|your \w+))(?: completely| fully)?|sorry(?: about that)?|you're right(?: to be (?:upset|angry))?|that's (?:awful|terrible|bad|dreadful|heartbreaking|a shock|fair|embarrassing|sad)|(?:how|so|very) (?:awful|sad|sweet)|fair enough|all right|understood|thank you(?: for \w+ (?:me|us))?|of course|certainly|don't worry|poor \w+|congratulations|` +
	`(?:真|真的|非常|实在|很|太)*(?:对不起|抱歉|不好意思)(?:您)?了?|(?:我)?(?:太|很|完全|特别|也|非常)*(?:理解|懂|明白)(?:您的心情|您了|您)?|(?:您)?(?:别急|别担心|放心|请放心|消消气)|辛苦(?:您)?了|节哀顺变|请您节哀|太辛苦您了)\s*[,.;:!，。；：！]?\s*(?:(?:and|but|so|which is why|because|as|luckily)\b)?\s*`)

// behindFormula is what a sentence says behind formulas, or "" where it has none or nothing more.
func behindFormula(sentence string) string {
	rest := sentence
	for {
		m := formulas.FindString(rest)
		if m == "" || m == rest || !strings.ContainsAny(m, ",.;:!，。；：！") && !strings.HasSuffix(strings.TrimSpace(m), "and") && !strings.HasSuffix(strings.TrimSpace(m), "but") {
			break
		}
		rest = rest[len(m):]
	}
	if rest == sentence || len(spokenWords(rest)) < 3 {
		return ""
	}
	return rest
}

// features of a folded sentence: its words or characters, alone and with those before,
// the same by what is known of each; how many there are of a kind and how much of it the
// case has told; whether it asks, and of whom it speaks; how near it comes to a sentence
// of the company's.
func (g *grounds) features(sentence string) (list []uint32) {
	words := spokenWords(sentence)
	if len(words) == 0 {
		return nil
	}
	kinds, count := make([]string, len(words)), make(map[string]int)
	for i, w := range words {
		kinds[i] = g.kindOfWord(w)
		count[kinds[i]]++
	}
	put := func(parts ...string) { list = append(list, bucket(parts)) }
	run := func(name string, words []string, most int) {
		words = append(append([]string{name + "^"}, words...), "$")
		for n := 1; n <= most; n++ {
			for i := 0; i+n <= len(words); i++ {
				put(append([]string{name}, words[i:i+n]...)...)
			}
		}
	}
	run("words", words, 3)
	run("kinds", kinds, 4)
	if g.lang != "zh" {
		for i, w := range words {
			words[i] = stem(w)
		}
		run("stems", words, 2)
	}
	for _, k := range kindsOfWords {
		if n := count[k]; n > 0 {
			put("has", k)
			put("count", k, strconv.Itoa(min(n, 4)))
		}
	}
	all := 0
	for _, k := range kindsOfWords {
		all += count[k]
	}
	asks, me, you := yes(strings.ContainsAny(sentence, "?？")), yes(speaksForUs(sentence)), yes(strings.Contains(sentence, "您") || yourEn.MatchString(sentence))
	put("told", strconv.Itoa(5*count[kindTold]/max(all, 1)))
	put("told", strconv.Itoa(5*count[kindTold]/max(all, 1)), asks)
	put("told", strconv.Itoa(5*count[kindTold]/max(all, 1)), me, you)
	put("about", me, you, asks)
	put("about me", me, asks)
	put("about you", you, asks)
	put("begins", asks, kinds[0])
	put("begins", asks, kinds[0], kinds[min(1, len(kinds)-1)])
	put("language", g.lang)
	put("length", g.lang, strconv.Itoa(min(len(words)/3, 12)))
	put("near", strconv.Itoa(int(g.near(sentence)*5)))
	return list
}

// yourEn is the customer, spoken to.
var yourEn = regexp.MustCompile(`\byou`)

// speaksForUs reports whether a folded text says something of us.
func speaksForUs(text string) bool {
	return strings.ContainsAny(text, "我咱") || firstPerson.MatchString(text)
}

func yes(b bool) string { return strconv.FormatBool(b) }

// near is how much of a sentence, by pairs of words or characters, one of the company's has too.
func (g *grounds) near(sentence string) (best float64) {
	pairs := pairsEn(sentence)
	if g.lang == "zh" {
		pairs = pairsOf(sentence)
	}
	for _, own := range g.own {
		n := 0
		for _, p := range pairs {
			if own.words[p] {
				n++
			}
		}
		best = max(best, float64(n)/float64(max(len(pairs), 1)))
	}
	return best
}

// Kinds of words, by what is known of them.
const (
	kindGiving    = "GIVING"    // about giving or settling
	kindTold      = "TOLD"      // by the case
	kindAttention = "ATTENTION" // a deed that anybody may announce
	kindOurs      = "OURS"      // the company's
	kindEveryday  = "EVERYDAY"  // about people, time and how they feel
	kindStrange   = "STRANGE"   // on no list
)

var kindsOfWords = []string{kindGiving, kindTold, kindAttention, kindOurs, kindEveryday, kindStrange}

// turningZh are characters that turn what a sentence says; they are their own kind.
const turningZh = "不没说么是吗谁哪什别已再才都被还可以能会"

// kindOfWord is what is known of a word; little ones, marks and slots are their own kind.
func (g *grounds) kindOfWord(w string) string {
	zh := g.lang == "zh"
	key := w
	if !zh {
		key = stem(w)
	}
	switch {
	case !unicode.IsLetter([]rune(w)[0]), strings.HasPrefix(w, "slot"),
		zh && (strings.Contains(littleZh, w) || strings.Contains(turningZh, w)), !zh && (littleEn[key] || littleEn[w]):
		return w
	case g.weighs(key):
		return kindGiving
	case g.told[key]:
		return kindTold
	case !zh && attentionEn[key]:
		return kindAttention
	case g.ours[key]:
		return kindOurs
	case zh && strings.Contains(everydayZh, w), !zh && everyday(key):
		return kindEveryday
	}
	return kindStrange
}

// spokenWords are the words of a folded text, each Chinese character one, numbers as
// "#", and the marks within and behind it that can be heard.
func spokenWords(text string) (list []string) {
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			list = append(list, word.String())
			word.Reset()
		}
	}
	for _, r := range text {
		switch number := word.String() == "#"; {
		case unicode.Is(unicode.Han, r):
			flush()
			list = append(list, string(r))
		case unicode.IsDigit(r):
			if !number {
				flush()
				word.WriteRune('#')
			}
		case unicode.IsLetter(r) || r == '\'' && word.Len() > 0:
			if number {
				flush()
			}
			word.WriteRune(r)
		default:
			flush()
			if strings.ContainsRune(",;:?!，；：？！", r) {
				list = append(list, string(r))
			}
		}
	}
	flush()
	return list
}

// bucket is FNV-1a over the bytes of a feature's parts, folded to the number of buckets.
func bucket(parts []string) uint32 {
	h := uint32(2166136261)
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint32(p[i])) * 16777619
		}
		h = (h ^ 0x1f) * 16777619
	}
	return (h ^ h>>15) % buckets
}
