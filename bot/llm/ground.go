package llm

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	characters "coachbot/playbooks/fold"
)

// company is what the company's own texts say: the playbook, or the draft that is rewritten.
type company struct {
	lang     string
	texts    string          // folded, as one
	amounts  []string        // the quantities in them
	own      []ownSentence   // their sentences
	ours     map[string]bool // their words
	exact    map[string]bool // their sentences without marks
	promises []ownSentence   // the sentences that promise something
}

// grounds are what an answer may rest on: the company's texts and the case.
type grounds struct {
	*company
	spoken  bool            // what rests on them is said to a customer
	second  *learner        // reads it as well; nil: the rules alone
	all     string          // all texts folded, without the orders that the case gives to machines
	numbers []string        // the quantities in them
	told    map[string]bool // the words of the case
	bare    []string        // the numbers in the case that say not of what
}

func newCompany(lang string, texts []string) *company {
	c := &company{lang: lang, texts: fold(marked(strings.Join(texts, "\n"))), ours: make(map[string]bool), exact: make(map[string]bool)}
	for _, s := range sentences(c.texts) {
		own := ownSentence{s, contentSet(s, lang)}
		c.exact[plain(s)] = true
		maps.Copy(c.ours, own.words)
		for _, pair := range append(pairsOf(s), pairsEn(s)...) {
			own.words[pair] = true
		}
		c.own = append(c.own, own)
		if promising.MatchString(s) && !denying.MatchString(s) {
			c.promises = append(c.promises, own)
		}
	}
	c.amounts = quantities(c.texts)
	return c
}

// newGrounds adds what the case tells to the company's texts.
func newGrounds(c *company, told string) *grounds {
	told = fold(told)
	return &grounds{company: c, all: told + "\n" + c.texts, numbers: append(quantities(told), c.amounts...), told: contentSet(told, c.lang), bare: bareNumbers(told)}
}

// counted reports whether the case has the number of a quantity without saying of what: "wants 140 back", "9 calls".
func (g *grounds) counted(q string) bool {
	value, _, _ := strings.Cut(q, " ")
	return slices.Contains(g.bare, value)
}

// bareNumbers are the numbers of a folded text that have no unit.
func bareNumbers(text string) (list []string) {
	for _, m := range quantityForm.FindAllStringSubmatch(oneForm.ReplaceAllString(text, " "), -1) {
		if value, sure := valueOf(strings.TrimSpace(m[2])); sure && m[1] == "" && kindOf(m[3]) == "" {
			list = append(list, value)
		}
	}
	return list
}

// toCustomer is the same for words that are said to a customer, where each deed must have its ground.
func (g *grounds) toCustomer() *grounds {
	g.spoken = true
	return g
}

// readTwice is the same for words that fit a playbook to a case: the second reader has learned from such.
func (g *grounds) readTwice() *grounds {
	g.second = theLearner()
	return g.toCustomer()
}

// fold makes texts comparable: full-width forms as ASCII, lower case, curly marks straight.
func fold(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r >= '！' && r <= '～':
			r = r - '！' + '!'
		case r == '\u3000' || r == '\u00a0':
			r = ' '
		case r == '’' || r == '‘':
			r = '\''
		case r == '￥':
			r = '¥'
		case formalNumerals[r] != 0:
			r = formalNumerals[r]
		}
		out.WriteRune(characters.Rune(unicode.ToLower(r))) // Traditional ones as Simplified
	}
	return out.String()
}

// formalNumerals are written on cheques, and as well in promises.
var formalNumerals = map[rune]rune{'壹': '一', '贰': '二', '叁': '三', '肆': '四', '伍': '五', '陆': '六', '柒': '七', '捌': '八', '玖': '九', '拾': '十', '佰': '百', '仟': '千', '圆': '元'}

var sentenceEnd = regexp.MustCompile(`[.!?。！？;；\n]+(?:\s|$)|[!?。！？；\n]+`)

func sentences(text string) []string { return sentenceEnd.Split(text, -1) }

// missing are the codes of what a text has and the grounds have not.
func (g *grounds) missing(text string) (codes []string) {
	text = clockForm.ReplaceAllString(fold(text), "$1")
	for _, q := range quantities(text) {
		if !slices.Contains(g.numbers, q) && !g.loose(q, text) && !g.counted(q) {
			codes = append(codes, faultNumber)
			break
		}
	}
	for _, s := range splitKeep(text) {
		if len(codes) == 0 && slices.ContainsFunc(dayForm.FindAllString(s, -1), func(d string) bool { return !strings.Contains(g.all, d) && !g.anyDay(d, s) }) {
			codes = append(codes, faultDate)
		}
	}
	if len(codes) == 0 && g.spoken && !g.due(text) {
		codes = append(codes, faultDate)
	}
	code := ""
	if g.spoken {
		code = g.doubt(text)
	}
	if !g.covers(text) {
		code = faultPromise
	}
	if code != "" {
		codes = append(codes, code)
	}
	return codes
}

// anyDay reports whether a sentence may name a day that nobody has named: the running one,
// of which deeds are looked at apart, and in a question to the customer the one before.
func (g *grounds) anyDay(d, sentence string) bool {
	switch {
	case slices.Contains([]string{"today", "今天", "上午", "下午"}, d):
		return true
	case g.second == nil:
		return false
	case slices.Contains([]string{"this morning", "this afternoon", "this evening", "tonight", "今晚", "今早", "今日"}, d):
		return !dueEn.MatchString(sentence) && !strings.ContainsAny(sentence, "我咱送到会将能") || asksOnly(sentence)
	}
	return slices.Contains([]string{"yesterday", "last night", "昨天", "昨晚", "前天"}, d) && asksOnly(sentence)
}

// asksOnly reports whether a sentence asks the customer and offers nothing.
func asksOnly(sentence string) bool {
	return strings.ContainsAny(sentence, "?？") && !speaksForUs(sentence)
}

// has reports whether the company's texts or the case name each of these.
func (g *grounds) has(list []string) bool {
	return !slices.ContainsFunc(list, func(w string) bool { return !strings.Contains(g.all, fold(w)) })
}

// covers reports whether every thing of value that a text speaks of may be spoken
// of. What only the customer named may be named and not promised.
func (g *grounds) covers(text string) bool {
	for _, s := range sentences(text) {
		promise := promising.MatchString(s) && !denying.MatchString(s)
		for _, thing := range valuables {
			if !thing.MatchString(s) {
				continue
			}
			kept := slices.ContainsFunc(g.promises, func(own ownSentence) bool {
				return thing.MatchString(own.text) && (!conditions.MatchString(own.text) || conditions.MatchString(s))
			})
			if promise && !kept || !thing.MatchString(g.all) {
				return false
			}
		}
	}
	return true
}

var (
	// promising sentences say what the company does or gives.
	promising = regexp.MustCompile(`\b(?:i|we)(?:'ll| will| can| could|'m going to| am going to|'ve| have|'d| would)\b|\byou(?:'ll| will| can| get| receive|'re entitled| are entitled)\b|\b(?:has|have) been (?:approved|arranged|issued|sent)\b|\b(?:is|are) (?:approved|guaranteed|free|on us|on its way)\b|\blet me\b|\bhere(?:'s| is) (?:a|your)\b|\bwill be\b|` +
		`(?:我|我们|咱们|这边|公司|店里).{0,10}(?:会|给|为|帮|可以|能|马上|安排|办理|已经|保证|承诺)|(?:给|为|帮|替|送|退|赔|补)您|您.{0,6}(?:会|将|可以|能).{0,4}(?:收到|得到|拿到|享|领|获)|全额|包退|包换|包赔`)
	denying = regexp.MustCompile(`n't\b|\bnot\b|\bno\b|\bcannot\b|\bunable\b|\bwithout\b|不|没|無|无法|未`)
	dayForm = regexp.MustCompile(`\b(?:today|yesterday|weekend|last (?:night|week|month|year)|first thing|(?:by|before|after|at|over) (?:lunch|dinner|breakfast|tea|christmas|new year)|in the (?:morning|afternoon|evening)|fortnight|a (?:couple|few) of? ?(?:hours|days|weeks|months)|a few (?:hours|days|weeks|months)|(?:within|inside|in) the (?:hour|day|week|month)|(?:the )?\d{1,2}(?:st|nd|rd|th)|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|thirtieth) of\b|in no time|shortly|any (?:minute|moment|day) now|tonight|tomorrow|overnight|(?:this|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:this|next) (?:morning|afternoon|evening|week|weekend|month|year)|end of (?:the )?(?:day|week|month|year)|close of business|by noon|at noon|midnight|(?:jan|febr)uary|march \d|april|june|july|august|september|october|november|december)\b|` +
		`昨天|昨晚|前天|昨日|今天|今日|今儿|明儿|今早|今晚|明天|明日|明早|明晚|后天|大后天|今年|明年|去年|本周|这周|下周|本月|这个月|下个月|下月|月底|年底|周末|(?:周|星期|礼拜)[一二三四五六日天]|[上下]午|中午前|下班前|春节前|节前|节后|凌晨|半夜|过[一两几]天|这两天|过阵子|过会儿|[两三四五六七八九]{2}天|几天[内后]|不日|近日`)
)

// valuables are what a company may give, each with its names in both languages.
var valuables = func() (list []*regexp.Regexp) {
	for _, form := range []string{
		`\brefund|\breimburs|\bmoney back\b|\bpay(?:ing)? (?:you )?back\b|退|全额退|返还|退您|退回`,
		`\breplac(?:e|ement|ing)\b|\bswap\b|\bbrand[- ]new\b|\bnew one\b|换货|换新|更换|补发|重发|换一[个台件份部]`,
		`\bexchang|\breturn label\b|退`,
		`\bfor free\b|\bfree of charge\b|\b(?:is|be|are|it|completely|totally) free\b|\b(?:a|another|your|with) free\b|\bfree (?:delivery|shipping|repair|replacement|return|coffee|drink|night|month|meal|upgrade|gift|ticket|item|service)|\bcomplimentary\b|\bno (?:extra )?(?:charge|cost|fees?)\b|\bcosts? (?:you )?nothing\b|\b(?:a|one) penny\b|\bon the house\b|\bon us\b|\bwithout charge\b|免费|免单|不收|免除|白送`,
		`\bvoucher|\bcoupon|\bgift ?card|\bstore credit|\bcredit(?:ed|s)?\b|\bgift\b|\bbonus|\bpoints\b|优惠券|代金券|券|红包|积分|礼品|礼物|赠`,
		`\bdiscount|\d ?% off\b|\bhalf price\b|\bprice match|折扣|打折|[一二三四五六七八九半]折|优惠|减免|便宜`,
		`\bcompensat|\bdamages\b|\bgoodwill\b|赔|补偿|赔付`,
		`\bwaiv|\bwrite off\b|\bcancel the (?:fee|charge|bill)|免去|取消费用|销账`,
		`\bupgrad|升级`,
		`\bguarantee|\bi promise\b|\bwe promise\b|\bwarrant(?:y|ies)\b|保证|担保|质保|保修|承诺`,
		`\bexpedit|\bnext[- ]day\b|\bsame[- ]day\b|\bpriority shipping|加急|当日达|次日达`,
		`\blawyer|\blegal advice|\badmit|\bliab(?:le|ility)|\bour (?:fault|negligence)\b|法律责任|全责|承担责任`,
	} {
		list = append(list, regexp.MustCompile(form))
	}
	return list
}()

// clockForm is a time of day in which the morning is no day, and "first of all" none either.
var clockForm = regexp.MustCompile(`\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d) in the (?:morning|afternoon|evening)\b|\bfirst of (?:all|everything)\b`)

// quantityForm finds numbers with what they count.
var quantityForm = regexp.MustCompile(`([$£€¥]|us\$|hk\$|rmb ?|cny ?)? ?(\d[\d,]*(?:\.\d+)?(?:k\b|万)?|` + enNumber + `|` + zhNumber + `)(?: |-|\b)?(` + unit + `)?`)

const (
	enNumber = `\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|an|a|one|half an|half a)\b`
	zhNumber = `[零〇一二两三四五六七八九十百千万半几]+`
	unit     = `%|percent|per cent|dollars?|bucks|pounds?|euros?|yuan|rmb|usd|pm\b|am\b|p\.m|a\.m|o'clock|seconds|minutes?|mins?\b|hours?|hrs?\b|h\b|(?:working |business )?days?|weeks?|wks?\b|months?|mths?\b|mos\b|years?|yrs?\b|times|块钱|块|元|万元|美元|秒|分钟|小时|个小时|钟头|个钟头|个工作日|工作日|天|日|号|周|个星期|星期|礼拜|个礼拜|个月|月|年|点|次|折|倍`
)

// currencies are the kinds of sums by the sign before them.
var currencies = map[string]string{"$": "dollar", "us$": "dollar", "hk$": "hk dollar", "£": "pound", "€": "euro", "¥": "yuan", "rmb": "yuan", "cny": "yuan"}

// hundredsForm is a sum without its unit: 三百.
var hundredsForm = regexp.MustCompile(`[一二三四五六七八九两几][百千万]`)

// percentForm is a share in Chinese: 百分之三十.
var percentForm = regexp.MustCompile(`百分之([\d.]+|` + zhNumber + `)`)

// oneForm are words that begin like a number.
var oneForm = regexp.MustCompile(`一(?:下|起|直|定|样|时|再|旦|边|路|番|声|向|味|概|律|切)`)

// ordinalForm counts times: "the third time", "twice".
var (
	ordinalForm = regexp.MustCompile(`\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:(month|week|day|year)|(?:time|visit|call|attempt|repair|e-?mail|letter|complaint|message|statement|try))s?\b|\btwice\b`)
	ordinals    = map[string]string{"second": "2", "twice": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10"}
)

// quantities are the amounts, spans and clock times of a folded text, in one
// form each. A small number that counts nothing is none: "two questions".
func quantities(text string) (list []string) {
	text = percentForm.ReplaceAllString(oneForm.ReplaceAllString(text, " "), "$1%")
	text = ordinalForm.ReplaceAllStringFunc(text, func(m string) string {
		parts := ordinalForm.FindStringSubmatch(m)
		if parts[2] != "" {
			return ordinals[parts[1]] + " " + parts[2] + "s"
		}
		return ordinals[strings.Fields(m)[0]] + " times"
	})
	for _, m := range quantityForm.FindAllStringSubmatch(text, -1) {
		sign, number, of := m[1], strings.TrimSpace(m[2]), kindOf(m[3])
		if sign != "" {
			of = currencies[strings.TrimSpace(sign)]
		}
		value, sure := valueOf(number)
		if of == "" && (number[0] > '9' && !hundredsForm.MatchString(number) || len(value) < 2) {
			continue // counts nothing, or is a word: "十分抱歉"
		}
		if !sure && (of == "" || number == "几" || of == "times" || m[3] == "块" || of == "clock" && !strings.Contains(m[3], "o'clock")) {
			continue // "一点", "a time": a figure of speech
		}
		list = append(list, value+" "+of)
		if of != "" && len(value) > 1 {
			list = append(list, value+" ") // the bare number is known too
		}
	}
	return list
}

// kindOf puts a unit into one form.
func kindOf(unit string) string {
	for _, k := range []struct{ kind, form string }{
		{"percent", "% percent per cent"}, {"dollar", "dollar dollars bucks usd 美元"}, {"pound", "pound pounds"}, {"euro", "euro euros"}, {"yuan", "yuan rmb 块钱 块 元 万元"},
		{"clock", "pm am p.m a.m o'clock 点"}, {"second", "second seconds 秒"}, {"minute", "minute minutes min mins 分钟"},
		{"hour", "hour hours hr hrs h 小时 个小时 钟头 个钟头"}, {"workday", "工作日 个工作日"},
		{"day", "day days 天 日 号"}, {"week", "week weeks wk wks 周 星期 个星期 礼拜 个礼拜"}, {"month", "month months mth mths mos 个月 月"}, {"year", "year years yr yrs 年"},
		{"times", "times 次"}, {"off", "折"}, {"fold", "倍"},
	} {
		if unit != "" && slices.Contains(strings.Fields(k.form), unit) || k.kind == "workday" && strings.Contains(unit, " day") {
			return k.kind
		}
	}
	if strings.HasPrefix(unit, "per") {
		return "percent"
	}
	return ""
}

// valueOf reads a number. It is not sure of "a" and "one", which mostly count nothing.
func valueOf(number string) (value string, sure bool) {
	words := map[string]string{"a": "1", "an": "1", "one": "1", "half a": "0.5", "half an": "0.5", "two": "2", "three": "3", "four": "4", "five": "5",
		"six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20",
		"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90", "hundred": "100", "thousand": "1000"}
	if tens, ones, ok := strings.Cut(number, "-"); ok && words[tens] != "" && words[ones] != "" {
		return words[tens][:1] + words[ones], true
	}
	if v, ok := words[number]; ok {
		return v, v != "1"
	}
	if number[0] >= '0' && number[0] <= '9' {
		number, times := strings.ReplaceAll(number, ",", ""), 1.0
		if short, ok := strings.CutSuffix(number, "k"); ok {
			number, times = short, 1000
		} else if short, ok := strings.CutSuffix(number, "万"); ok {
			number, times = short, 10000
		}
		f, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return number, true
		}
		return strconv.FormatFloat(f*times, 'f', -1, 64), true
	}
	return chinese(number)
}

// chinese reads a Chinese number below a hundred million; "一", "几" and "万" alone mostly count nothing.
func chinese(number string) (string, bool) {
	if number == "半" {
		return "0.5", true
	}
	digits := []rune("零一二三四五六七八九")
	total, section, digit := 0, 0, -1
	for _, r := range number {
		switch r {
		case '十', '百', '千':
			times := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			section += max(digit, 1) * times
			digit = -1
		case '万':
			total, section, digit = (section+max(digit, 0))*10000, 0, -1
		case '两':
			digit = 2
		case '〇':
			digit = 0
		case '半':
			return number, true
		case '几':
			return number, false
		default:
			digit = slices.Index(digits, r)
		}
	}
	total += section + max(digit, 0)
	return strconv.Itoa(total), total > 1
}
