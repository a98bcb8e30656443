package llm

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A deed is what a clause says that somebody does, has done or gives, or how a
// matter stands. Feelings, questions and what the customer has told are free. A
// deed must be one of attention (look, ask, write down) or stand so in the
// company's texts. What is on no list is refused: a good phrase lost is a pity, an
// invented promise cannot be taken back.

// clause is a part of a sentence that says one thing, in folded letters.
type clause struct {
	text     string
	sentence string
	before   string // the clause before it in its sentence
	asks     bool   // its sentence is a question
}

// givingEn are the stems of words about giving.
// settledStems are the stems of words about settling.
var settledStems = func() map[string]bool {
	set := make(map[string]bool)
	for w := range settledEn {
		set[stem(w)] = true
	}
	return set
}()

var givingEn = stemsOf("refund replace replacement free new credit voucher coupon gift discount compensate compensation waive upgrade back swap exchange send ship deliver pay")

var (
	clauseEndEn = regexp.MustCompile(`[,;:—–()]\s*|\s(?:and|but|so|because|while|although|or|then|that|if|until|as|since|than)\b`)
	// askingEn begins a clause that stays with its word: "where it is".
	askingEn    = regexp.MustCompile(`\s(which|who|when|whether|where|what|why|how)\b`)
	clauseEndZh = regexp.MustCompile(`[,;:，；：—\s]`)
)

// clausesOf cuts a folded text into clauses.
func clausesOf(text, lang string) (list []clause) {
	cut := clauseEndEn
	if lang == "zh" {
		cut = clauseEndZh
	}
	for _, s := range splitKeep(text) {
		before := ""
		if lang != "zh" {
			s = askingEn.ReplaceAllString(s, ", $1")
		}
		for _, part := range cut.Split(s, -1) {
			if part = strings.Trim(part, " .!?。！？…\"“”'‘’()（）—–-"); part != "" {
				list = append(list, clause{part, s, before, strings.ContainsAny(s, "?？")})
				before = part
			}
		}
	}
	return list
}

// ownSentence is one sentence of the company's own, by its words.
type ownSentence struct {
	text  string
	words map[string]bool
}

// conditions make a promise depend on something.
var conditions = regexp.MustCompile(`\b(?:if|once|unless|provided|whether|may|might)\b|如果|要是|若|符合|核实|确认后|确认了|审核|之后`)

// doubt is what both readers have against a folded text, or "": a deed without
// ground, or something that a good answer does not say.
func (g *grounds) doubt(text string) string {
	for _, s := range splitKeep(text) {
		if g.exact[plain(s)] {
			continue
		}
		founded := g.deeds(s)
		switch {
		case !founded && (g.second == nil || g.second.reads(g, s) < sureFrom):
			return faultPromise
		case founded && g.second != nil && g.second.reads(g, s) < goodFrom:
			return faultUnlike
		}
	}
	return ""
}

// deeds reports whether every deed of a folded text is allowed.
func (g *grounds) deeds(text string) bool {
	for _, c := range clausesOf(text, g.lang) {
		free := g.freeEn
		if g.lang == "zh" {
			free = g.freeZh
		}
		if !free(c) && !g.said(c) {
			return false
		}
	}
	return true
}

// marked writes slots as words, so that a clause keeps them: what the case states
// (a sum, a date) under its name, what only the agent knows as "slot".
func marked(text string) string {
	return slotForm.ReplaceAllStringFunc(text, func(slot string) string {
		name := strings.Trim(slot, "{} ")
		switch name {
		case "amount", "date", "waited", "times":
			return " slot" + name + " "
		}
		return " slot "
	})
}

// statedSlot is a slot that the case fills.
var statedSlot = regexp.MustCompile(`\bslot(?:amount|date|waited|times)\b`)

// verbatim reports whether each sentence of a text is the company's own, word for word.
func (g *grounds) verbatim(text string) bool {
	for _, s := range sentences(fold(text)) {
		if s = plain(s); s != "" && !g.exact[s] {
			return false
		}
	}
	return true
}

// plain is a sentence without marks and spaces.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// said reports whether a sentence of the company's has every word of a clause that
// the customer has not, and every number, under no condition that the answer leaves out.
func (g *grounds) said(c clause) bool {
	words := contentOf(c.text, g.lang)
	for _, q := range quantities(c.text) {
		if !slices.Contains(g.amounts, q) {
			return false
		}
	}
	for _, slot := range statedSlot.FindAllString(c.text, -1) {
		if !strings.Contains(g.texts, slot) {
			return false
		}
	}
	pairs, share := pairsEn(c.text), 3 // in five
	if g.lang == "zh" {
		pairs, share = pairsOf(c.text), 4
	}
	return len(words) > 1 && len(pairs) > 0 && slices.ContainsFunc(g.own, func(s ownSentence) bool {
		for _, w := range words {
			if !s.words[w] && (!g.told[w] || g.weighs(w)) && (g.lang != "zh" || g.weighs(w)) {
				return false
			}
		}
		known := 0
		for _, p := range pairs {
			if s.words[p] {
				known++
			}
		}
		if denying.MatchString(s.text) && !denying.MatchString(c.sentence) {
			return false
		}
		return known*5 >= len(pairs)*share && (!conditions.MatchString(s.text) || conditions.MatchString(c.sentence))
	})
}

// pairsEn are the pairs of words that stand together, by their stems.
func pairsEn(text string) (list []string) {
	words := wordsEn.FindAllString(text, -1)
	for i := 1; i < len(words); i++ {
		list = append(list, stem(words[i-1])+" "+stem(words[i]))
	}
	return list
}

// pairsOf are the pairs of Chinese characters that stand together.
func pairsOf(text string) (list []string) {
	var last rune
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			if last != 0 {
				list = append(list, string([]rune{last, r}))
			}
			last = r
		} else if !unicode.IsSpace(r) {
			last = 0
		}
	}
	return list
}

// contentOf are the words of a text that carry its meaning: in English their
// stems, in Chinese the characters.
func contentOf(text, lang string) (list []string) {
	if lang == "zh" {
		for _, r := range text {
			if unicode.Is(unicode.Han, r) && !strings.ContainsRune(littleZh, r) {
				list = append(list, string(r))
			}
		}
		return list
	}
	for _, w := range wordsEn.FindAllString(text, -1) {
		if w = stem(w); !littleEn[w] {
			list = append(list, w)
		}
	}
	return list
}

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func contentSet(text, lang string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range contentOf(text, lang) {
		set[w] = true
	}
	return set
}

// weighs reports whether a word is about giving or settling: the case is no ground for it.
func (g *grounds) weighs(w string) bool {
	if g.lang == "zh" {
		return strings.Contains("退赔换补送寄返免减抵充付赠报销派除分罚问题绝肯安全", w)
	}
	return givingEn[w] || settledEn[w] || settledStems[w]
}

// due reports whether each day, time and span that a text names as the time of a
// deed stands in the company's own texts: what the customer demands is no deadline.
func (g *grounds) due(text string) bool {
	for _, c := range clausesOf(text, g.lang) {
		rest := c.text
		if g.lang == "zh" {
			if c.asks && !strings.ContainsAny(rest, "我咱") && (!strings.Contains(rest, "给") || somebodyZh.MatchString(rest)) || reflectZh.MatchString(rest) || noticedZh.MatchString(rest) || !dueZh.MatchString(notFuture.ReplaceAllString(rest, "")) ||
				yoursZh.MatchString(rest) || g.second != nil && g.tells(rest) && !strings.ContainsAny(rest, "我咱") && !strings.Contains(rest, "给您") {
				continue
			}
		} else {
			at := dueEn.FindStringIndex(rest)
			if at == nil || noticedEn.MatchString(rest) {
				continue
			}
			rest = possessedEn.ReplaceAllString(rest[at[0]:], " ")
		}
		if slot := statedSlot.FindString(rest); (slot == "slotdate" || slot == "slotwaited") && !strings.Contains(g.texts, slot) {
			return false
		}
		for _, d := range dayForm.FindAllString(rest, -1) {
			if !strings.Contains(g.texts, d) {
				return false
			}
		}
		for _, q := range quantities(rest) {
			if value, kind, _ := strings.Cut(q, " "); timeKinds[kind] && value != "" && !slices.Contains(g.amounts, q) {
				return false
			}
		}
	}
	return true
}

// dueEn and dueZh are clauses about what will be; noticedEn and noticedZh tell of what
// was heard; possessedEn is a day that something belongs to.
var (
	timeKinds   = setOf("clock second minute hour workday day week month year")
	dueEn       = regexp.MustCompile(`\b(?:i|we|you|it|they|he|she|someone|somebody)(?:'ll| will| can| could|'m going to| are going to)\b|\blet me\b|\b(?:expect|will)\b`)
	noticedEn   = regexp.MustCompile(`\bi (?:can |do )?(?:see|hear|understand|know|imagine|realise|realize|notice)\b`)
	possessedEn = regexp.MustCompile(`\b(?:since|from|your|that|last|of|the|those|these|about)\s(?:\S+\s){0,1}\S*day\b|\b\S+day's\b`)
	dueZh       = regexp.MustCompile(`[我咱]|给您|为您|帮您|替您|[内前]|会|将|[^不]能|^能`)
	noticedZh   = regexp.MustCompile(`(?:我|都)(?:也|都|很|能|真的|完全|特别)*(?:理解|明白|知道|听到|听出|看到|体会|感受|懂)|能不能|来不来得及|赶不赶|问.{0,10}(?:怎么|多久|什么)|^(?:说好|说的|答应|原定|约好|讲好|写着)|您.{0,4}(?:等|跑|打|花|排|拖|耽误)了`)
)

// somebodyZh is anybody at all, asked for.
var somebodyZh = regexp.MustCompile(`有没有人|有人|没人|谁`)

// yoursZh is a clause about what the customer has to do or has planned.
var yoursZh = regexp.MustCompile(`^您[^我咱给能会将收拿到得领退换送]*$`)

// loose are quantities that count nothing much: "for one month", 一天 by themselves.
func (g *grounds) loose(q, text string) bool {
	value, kind, _ := strings.Cut(q, " ")
	if kind == "times" {
		if value == "2" {
			return true
		}
		n, err := strconv.Atoi(value)
		return err == nil && slices.Contains(g.numbers, strconv.Itoa(n-1)+" times") // once more than the case tells
	}
	return value == "1" && timeKinds[kind] && !(deadlineForm.MatchString(text) && (dueEn.MatchString(text) || dueZh.MatchString(text)))
}

// deadlineForm makes "one day" a deadline.
var deadlineForm = regexp.MustCompile(`\b(?:within|inside|in|by|under|less than|up to|only) (?:an?|one|the)\b|[一1] ?个?(?:小时|钟头|天|周|星期|礼拜|月|年|工作日|分钟)(?:之?[内后里前]|以[内后]|就|送|到|搞|解|办)|(?:最多|最迟|只要|不出|不到)[一1]`)
