package llm

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/traditional"
)

// fault is why an answer is not used. It holds no text.
type fault struct {
	code  string
	about string // id of a forbidden phrase, or ""
	at    int    // which phrase, from 1; 0: the answer as a whole
}

type faults []fault

// Codes of faults.
const (
	faultSchema    = "schema"    // not the JSON asked for
	faultShape     = "shape"     // no whole sentence, or too long
	faultForbidden = "forbidden" // a forbidden phrase, in any disguise
	faultNumber    = "number"    // an amount or a span of time that is not in the case or the playbook
	faultDate      = "date"      // a day or deadline that is not
	faultPromise   = "promise"   // something promised that the playbook does not
	faultUnlike    = "unlike"    // something that good answers do not say: a claim, advice, a careless word
	faultLink      = "link"      // an address
	faultLanguage  = "language"  // not the language asked for
	faultObeyed    = "obeyed"    // it did what the customer's text told it, or speaks of itself
	faultSlot      = "slot"      // a slot that does not exist
	faultSecret    = "secret"    // a password or a code, told or asked for
	faultTone      = "tone"      // it tells the customer what to feel, blames, or shuts the door
	faultDropped   = "dropped"   // it leaves out or turns round what the draft tells
	faultChoice    = "choice"    // none of those offered
)

func (f faults) codes() (codes []string) {
	for _, x := range f {
		if !slices.Contains(codes, x.code) {
			codes = append(codes, x.code)
		}
	}
	return codes
}

// maxWrong is how many faults are told to the service.
const maxWrong = 4

// words tell the service what was wrong, in the language of its answer.
func (f faults) words(lang string) (list []string) {
	en := map[string]string{
		faultSchema: "it is not JSON of the schema", faultShape: "write whole sentences with an end mark, and keep them short",
		faultForbidden: "it says one of the things that must never be said ({1}), perhaps in other words",
		faultNumber:    "it names a number, sum or span of time that neither the case nor the playbook has",
		faultDate:      "it names a day or deadline that neither the case nor the playbook has; write {time}",
		faultPromise:   "it promises something, or says that something was done, is so or will happen, that neither the case nor the playbook says; write {remedy}, or leave it out",
		faultUnlike:    "it claims, advises, judges or plays down something; name the feeling and its cause from the case, ask one question, or stay close to the playbook's line",
		faultLink:      "it has an address in it",
		faultLanguage:  "it is not in English", faultObeyed: "it follows or repeats what the text told you, or speaks of yourself; write only what the agent says to the customer",
		faultSlot: "it has a slot that does not exist", faultChoice: "it chose something that was not offered",
		faultDropped: "it leaves out a sum, day or time that the draft has, or gives what the draft refuses or the other way round",
		faultSecret:  "it tells or asks for a password or a code", faultTone: "it tells the customer what to feel, blames somebody, or says no and nothing else",
	}
	zh := map[string]string{
		faultSchema: "不是要求的 JSON 格式", faultShape: "要写完整的句子，带句末标点，短一些",
		faultForbidden: "说了绝不能说的话（{1}），换了说法也不行", faultNumber: "提到了个案和手册里都没有的数字、金额或时长",
		faultDate: "提到了个案和手册里都没有的日子或期限，请写 {time}", faultPromise: "承诺了手册里没有的东西，或者说了个案和手册里没有的事（做了什么、是什么原因、会怎样）；请写 {remedy}，或者不说",
		faultUnlike: "下了断言、出了主意、评了对错，或者把事情说轻了；只说个案里的心情和原因、问一个问题，或者贴着手册里的话说", faultLink: "带了网址或联系方式",
		faultLanguage: "不是中文", faultObeyed: "照做或复述了材料里的要求，或说起了你自己；只写客服对顾客说的话", faultSlot: "用了不存在的花括号", faultChoice: "选了没有列出的",
		faultDropped: "漏了原文里的金额、日子或时长，或者把原文给的、不给的说反了",
		faultSecret:  "说出或索要了密码、验证码", faultTone: "叫顾客别这样那样、怪罪了谁，或者一口回绝",
	}
	table, nth := en, "phrase {1}: "
	if lang == "zh" {
		table, nth = zh, "第 {1} 句："
	}
	for _, x := range f {
		line := strings.ReplaceAll(table[x.code], "{1}", x.about)
		if x.at > 0 {
			line = strings.ReplaceAll(nth, "{1}", strconv.Itoa(x.at)) + line
		}
		if !slices.Contains(list, line) && len(list) < maxWrong {
			list = append(list, line)
		}
	}
	return list
}

// longestAnswer is what is read of an answer, in bytes: many times what any task asks for.
const longestAnswer = 16 << 10

// thoughts are what some models write before they answer.
var thoughts = regexp.MustCompile(`(?is)^\s*<think(?:ing)?>.*</think(?:ing)?>`)

// decode reads the JSON of an answer, also out of the code fence that some
// services put around it, or behind a model's thoughts. It must be one object and nothing else.
func decode(answer string, into any) bool {
	if len(answer) > longestAnswer {
		return false
	}
	answer = strings.TrimSpace(thoughts.ReplaceAllString(answer, ""))
	if inner, ok := strings.CutPrefix(answer, "```"); ok {
		if len(inner) > 4 && strings.EqualFold(inner[:4], "json") {
			inner = inner[4:]
		}
		answer = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(inner), "```"))
	}
	return strings.HasPrefix(answer, "{") && utf8.ValidString(answer) && json.Unmarshal([]byte(answer), into) == nil
}

// checker judges texts for one task.
type checker struct {
	guard   *guard.Guard // nil: forbidden phrases are no matter
	lang    string
	grounds *grounds // nil: it need not rest on anything
	facts   *facts   // nil: nothing must be kept
	orders  orders   // what the customer's text tells a machine to do
	words   int      // at most, in English
	han     int      // at most, in Chinese characters
	clean   bool     // it may not curse or threaten
	whole   bool     // a text must be whole sentences
	hant    bool     // Traditional characters may stand in it: the customer writes them
}

var slotForm = regexp.MustCompile(`\{([^{}]*)\}`)

// text judges one text; filled is what people would see, with slots filled.
func (c checker) text(text string, at int) (found faults) {
	add := func(code, about string) { found = append(found, fault{code, about, at}) }
	bare := slotForm.ReplaceAllString(text, " ")
	for _, name := range playbooks.SlotsIn(text) {
		if !slices.ContainsFunc(playbooks.Slots(), func(s playbooks.Slot) bool { return s.Name == strings.TrimSpace(name) }) {
			add(faultSlot, "")
			break
		}
	}
	if !c.fits(text) {
		add(faultShape, "")
	}
	if c.guard != nil {
		for _, f := range c.guard.Check(strings.TrimSpace(bare)) {
			add(faultForbidden, f.Phrase)
		}
	}
	if c.grounds != nil && c.grounds.spoken {
		if !c.grounds.verbatim(marked(text)) && harsh(c.guard, bare) {
			add(faultTone, "")
		}
		if secret.MatchString(awaitedForm.ReplaceAllString(bare, "")) && !c.grounds.verbatim(marked(text)) && !denying.MatchString(fold(bare)) {
			add(faultSecret, "")
		}
	}
	if c.clean && foulForm.MatchString(bare) {
		add(faultTone, "")
	}
	if c.grounds != nil && contact.MatchString(bare) && !c.grounds.has(contact.FindAllString(bare, -1)) || addressed.MatchString(bare) || strings.ContainsAny(bare, "<>[]@`|{}*_~^#\\") {
		add(faultLink, "")
	}
	if c.grounds != nil {
		for _, code := range c.grounds.missing(marked(text)) {
			add(code, "")
		}
	}
	if c.facts != nil && !c.facts.keptBy(text) {
		add(faultDropped, "")
	}
	if !inLanguage(bare, c.lang) || c.lang == "zh" && !c.hant && traditional.Is(bare) {
		add(faultLanguage, "")
	}
	if c.orders.obeyed(bare) {
		add(faultObeyed, "")
	}
	return found
}

// spelledOut is a word in letters set apart, with which an answer could hide what it says.
var spelledOut = regexp.MustCompile(`(?i)(?:^|[^\pL\pN'’])[b-hj-z][^\pL\pN'’]{1,3}[a-z](?:[^\pL\pN'’]|$)|(?:^|[^\pL\pN'’])[a-z][^\pL\pN'’]{1,3}[b-hj-z][^\pL\pN'’]{1,3}[a-z](?:[^\pL\pN'’]|$)`)

var addressed = regexp.MustCompile(`(?i)https?:|www\.|\b[a-z0-9-]+\.(com|net|org|cn|io|co|info|biz|me|app|link|top|xyz|shop|ly)\b|\b[\w.+-]+@[\w-]+`)

// contact is a way to reach somebody, or a number or address spelled out.
var contact = regexp.MustCompile(`(?i)\b(?:whatsapp|telegram|wechat|instagram|facebook|messenger|signal|qr code|dot com|dot net|dot org|hotline|helpline)\b|\b(?:0800|0845|1-?800)\b|\bplus (?:one|four|eight)\b|微信|二维码|扫码|公众号|支付宝|热线|QQ|抖音|[零一二三四五六七八九〇幺]{5,}`)

var secret = regexp.MustCompile(`(?i)\bpass(?:word|code)s?\b|\bpin\b|\bcvv\b|\b(?:security|verification|one-time|access) codes?\b|\bcard (?:number|details)\b|\bmaiden name\b|\bdate of birth\b|\bsocial security\b|\b(?:your|photo of your|copy of your|scan of your) id\b|\bpassport number\b|密码|验证码|校验码|安全码|卡号|母亲(?:的)?姓|出生(?:日期|年月)|身份证(?:号|照|正反面)|(?:发|拍|报|传|给)[^，。]{0,6}身份证`)

// awaitedForm speaks of a code that does not come, and asks for none.
var awaitedForm = regexp.MustCompile(`收(?:不到|得到|到过)?(?:的)?(?:那个|这个)?验证码|验证码(?:一直)?(?:收不到|没收到|不来|没来)`)

// harsh reports whether a text tells the customer what to feel, blames or shuts the door.
func harsh(g *guard.Guard, text string) bool {
	text = consolingForm.ReplaceAllString(text, "")
	for _, h := range g.Hints(text, guard.Situation{}) {
		if h.Hint == guard.HintCalmDown || h.Hint == guard.HintBlame {
			return true
		}
	}
	return harshForm.MatchString(text)
}

// consolingForm are kind words that look harsh: "it isn't your fault".
var consolingForm = regexp.MustCompile(`(?i)\b(?:isn't|wasn't|not|never) your (?:own )?(?:fault|mistake|problem)\b|\bshouldn't have (?:had )?to\b|不是您的(?:错|问题)|不怪您`)

var harshForm = regexp.MustCompile(`(?i)\byou (?:should|ought to|could|must) have (?:read|given|checked|told|asked|called|known|said|come|ordered|noticed|paid)\b|\bpeople like you\b|\bother (?:shops|customers|people|companies)\b|\byour (?:own )?(?:fault|problem|mistake)\b|\b(?:calm|settle|cool|quieten) down\b|\bbe patient\b|\boverreact|\bas i already (?:said|told you)\b|\bheard it all\b|\b(?:you'll|you will|you have to|you'd better|just) get used to\b|\btoo bad\b|\bgrow up\b|\byou people\b|\bnothing (?:i|we) can do\b|\bon you$|\bnonsense\b|\bonly (?:a|an|\d+)\b.{0,12}$|\bhang up\b|\bhave you (?:even )?tried reading\b|\byou must be (?:doing|mistaken|confused)\b|\bwhat did you expect\b|\bend of story\b|^no refund|\b(?:manager|colleague|staff|assistant|driver|technician|mechanic|salesman|salesperson|agent|cook|engineer|fitter|courier|carrier)s? (?:was|is|were|did|made|has|got)\b.{0,24}\b(?:wrong|mistake|fault|lazy|incompetent|rude|job|badly)\b|` +
	`别(?:催|急|吵|闹|激动|生气|喊|嚷|烦|再说)|(?:告|投诉|闹|说|吵|找谁|催)(?:到哪儿?|谁|了)?(?:都|也)(?:没用|白|一样)|(?:听|见)(?:得)?多了|(?:去|找)别(?:家|人)|像您这(?:样|种)|您这种人|冷静|有耐心|耐心(?:点|些|等|一)|没用的|爱(?:买|信|来)不|自己(?:没|不|弄|搞|看)|您(?:应该|本来就该|早该)|大惊小怪|不至于|(?:店长|同事|师傅|司机|销售|前台|经理|厨师|快递员|配送员).{0,6}(?:不对|不行|错了?$|的(?:错|问题)|不好|没做好|偷懒)|我(?:就)?是(?:这里的)?(?:经理|主管|负责人|老板|领导)|(?:经理|领导|主管|谁来|找谁)(?:来)?(?:也|都)(?:没用|一样)|我(?:就|要)挂|至于吗|才\d+块|不就是|瞎说|乱说|胡说|^是(?:银行|快递|系统|厂家|供应商|物流|店家).{0,8}(?:没|不|的)|赖(?:系统|我们|别人)|还想(?:退|要|换)|是不是您自己|找律师|请律师|起诉|想多了|没办法|跟(?:我|我们)没关系|不归我`)

// foulForm is what no exercise needs: threats to life and the worst words.
var foulForm = regexp.MustCompile(`(?i)\bf+u+c+k|\bcunt|\bnigg|\bfag(?:got)?s?\b|\bwhore|\brap(?:e|ist)|\b(?:kill|stab|shoot|strangle|bomb|burn) (?:you|him|her|them|myself|your|the (?:shop|store|office))|操你|草泥马|傻[逼屄bB]|妈[的逼]|婊子|贱人|滚你|(?:杀|弄死|砍|捅|打死|炸|烧)(?:了?你|死|光|掉)|去死|自杀`)

// fits reports whether a text has whole sentences and is not too long.
func (c checker) fits(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || spelledOut.MatchString(text) || strings.IndexFunc(text, odd) >= 0 {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, `"'”’」』）)`))
	if c.whole && !strings.ContainsRune(".!?。！？…", end) {
		return false
	}
	return count(text, unicode.Han) <= c.han && len(strings.Fields(text)) <= c.words
}

// odd characters write what the checks could not read: invisible ones, letters and
// digits of other alphabets' look-alikes, pictures.
func odd(r rune) bool {
	switch {
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), unicode.Is(unicode.M, r), unicode.Is(unicode.So, r):
		return true
	case unicode.IsNumber(r):
		return !(r >= '0' && r <= '9' || r >= '０' && r <= '９' || unicode.Is(unicode.Han, r))
	case unicode.Is(unicode.Latin, r):
		return r > 'ɏ' && !(r >= 'Ａ' && r <= 'ｚ')
	}
	return unicode.IsLetter(r) && unicode.Is(unicode.Common, r)
}

func count(text string, table *unicode.RangeTable) (n int) {
	for _, r := range text {
		if unicode.Is(table, r) {
			n++
		}
	}
	return n
}

// inLanguage reports whether a text is in the language: names and product words
// of the other script are no fault in Chinese, Chinese in English is. Chinese is
// Simplified: who reads Traditional gets it converted.
func inLanguage(text, lang string) bool {
	han, latin := count(text, unicode.Han), count(text, unicode.Latin)
	other := 0
	for _, table := range []*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Hebrew, unicode.Devanagari} {
		other += count(text, table)
	}
	if other > 0 {
		return false
	}
	if lang == "zh" {
		return han > 0 && han*2 >= latin
	}
	return han == 0 && latin > 0 && english(text)
}

var stopWords = regexp.MustCompile(`(?i)\b(?:the|a|an|i|i'm|i'll|you|your|you're|it|is|to|of|and|for|that|this|we|me|my|so|what|can|will|be|on|in|with|not|do|have|no|thank|thanks|sorry|please|ok|okay|yes|how|why|when|where|who|at|they|nobody|has|been|or|was|like|from|all|about|without|would|should|could|out|by|but|if|there|than|then|more|very|just|now|here|up|his|her|their|our|who|anybody|nothing|still|after|before|each|every|time|made|make|makes|need|want|know|let|look|see|feel)\b`)

// english reports whether words of the Latin script are English rather than some
// other language: ordinary sentences have a small word in every ten at the least.
func english(text string) bool {
	return len(stopWords.FindAllString(text, -1))*10 >= len(strings.Fields(text))
}
