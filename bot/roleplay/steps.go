package roleplay

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"coachbot/playbooks"
	"coachbot/store"
)

// stepForms tell by their wording which steps a reply takes.
var stepForms = map[playbooks.Step]*regexp.Regexp{
	playbooks.Empathise: regexp.MustCompile(`(?i)\bunderstand\b|\bi (?:can )?(?:see|hear) (?:how|why|that)\b|\bthat(?:'s| is| must be| sounds) (?:really |so |very )?(?:frustrat|upset|hard|annoy|tiring|worry|stress|disappoint|exhaust|a long)|\bmust (?:be|have been|feel)\b|\bno wonder\b|\bi'd (?:be|feel)\b|\b(?:would|anyone would) (?:be|feel|wear)|\bevery right\b|\bfrustrating\b|\bdisappoint|\bwearing\b|` +
		`理解|换(?:了)?(?:谁|我|作我)|难怪|着急|辛苦|委屈|不容易|心里(?:一定|肯定|不)|让您(?:失望|担心|着急|难受)|等了(?:这么|那么)久|(?:生气|失望|担心)是`),
	playbooks.Apologise: regexp.MustCompile(`(?i)\bsorry\b|\bapologi[sz]e|\bapolog(?:y|ies)\b|抱歉|对不起|歉意|道歉|不好意思`),
	playbooks.Clarify: regexp.MustCompile(`(?i)\b(?:what|which|when|where|who|how)\b[^.!]*\?|\b(?:could|can|would|may|do|did|is|are|have|has)\b[^.!]*\?|\bso (?:you|the|what)\b.*(?:right|correct)\b|` +
		`(?:吗|呢|哪|什么|多少|是不是|对吧|对不对|几)[^。！]*[？?]|我(?:确认|核对|复述)一下|您(?:是说|的意思是)|也就是说`),
	playbooks.Offer: regexp.MustCompile(`(?i)\b(?:what )?i can (?:do|offer|arrange|send|replace|refund|give|put|move|find|trace|look)\b|\bi(?:'ll| will) (?:arrange|send|replace|refund|trace|look into|find out|check|sort|fix|get|put|bring|organi[sz]e|ask|chase|go through|take)\b|\b(?:option|alternative|instead|you (?:can )?choose|would you (?:like|prefer|rather))\b|\blet me (?:arrange|check|find|trace|look|sort|get|see)\b|` +
		`我(?:来|去|这就|马上|先|现在就|可以|能)?(?:给您|帮您|替您|为您|联系|安排|核实|查|跟进|申请|补发|退款|换)|可以(?:给您|为您|帮您|选)|方案|两个(?:办法|选择)|要么|您看(?:哪|是)`),
	playbooks.Commit: regexp.MustCompile(`(?i)\bby (?:\d|noon|tomorrow|tonight|today|the end|monday|tuesday|wednesday|thursday|friday|five|four|three|two|six|\{)|\bwithin (?:\d|an|one|two|the|half)|\bin (?:\d+|ten|five|two|half an?|an) (?:min|hour)|\b(?:today|tomorrow|this (?:morning|afternoon|evening)) at\b|\bat \d|\bbefore \d|` +
		`\d+ ?(?:分钟|小时|点|天)(?:内|前|之内|之前|以内)?|(?:今天|明天|今晚|明早|周[一二三四五六日天]|下班|中午)[^。]{0,6}(?:前|之前|点|给您|回)|[一二两三四五六七八九十半]+个?(?:分钟|小时)(?:内|前|之内|后)`),
}

var (
	vagueForm = regexp.MustCompile(`(?i)\bas soon as (?:possible|i can|we can)\b|\basap\b|\bsoon\b|\bshortly\b|\bin due course\b|\bsome ?time\b|尽快|尽早|稍后|一会儿|过几天|回头|到时候`)
	// pastForm tells of time that went by, or of what somebody promised before: both are true, and no promise.
	pastForm = regexp.MustCompile(`(?i)\b(?:for|taken|took|lost|spent|quite) some ?time\b|\b(?:told|promised|said|assured|heard)\b[^.!?;]*\b(?:soon|shortly|asap|in due course)\b|` +
		`等了[^，。！？；]{0,3}一会儿|(?:之前|上次|当时|原来|曾经)[^，。！？；]{0,8}(?:尽快|尽早|稍后)`)
	mustForm = regexp.MustCompile(`(?i)\byou (?:must|have to|need to|should)\b|您?必须|你得|您得|您应该`)
)

// calming is how much new steps cool the customer.
func calming(r store.RolePlay, taken []playbooks.Step) (n int) {
	weight := map[playbooks.Step]int{playbooks.Empathise: 2, playbooks.Clarify: 1, playbooks.Apologise: 1, playbooks.Offer: 2, playbooks.Commit: 2}
	for _, s := range taken {
		if !slices.Contains(r.Done, string(s)) {
			n += weight[s]
		}
	}
	return n
}

// manners are slips of how it is said, by who the customer is. heard is the text
// without a greeting; whoever greets or takes notes says something, though it is no step.
func manners(r store.RolePlay, text, heard string, taken []playbooks.Step) string {
	words := len(strings.Fields(text))
	switch {
	case vagueForm.MatchString(pastForm.ReplaceAllString(text, "")) && !slices.Contains(taken, playbooks.Commit):
		return SlipVague
	case r.Personality == "eagle" && (words > 70 || words < 10 && utf8.RuneCountInString(text) > 140):
		return SlipLong
	case r.Personality == "dove" && mustForm.MatchString(text):
		return SlipPress
	case len(taken) == 0 && heard == text && !listenForm.MatchString(text):
		return SlipEmpty
	}
	return ""
}

// greetForm is a sentence with which a conversation is opened: no question and no offer.
var greetForm = regexp.MustCompile(`(?i)^\s*(?:(?:hello|hi|hey|dear customer|good (?:morning|afternoon|evening))\b[^.!?]*|(?:this is|my name is) \w+[^.!?]{0,30}|(?:how|what) (?:can|may|could) i (?:help|do for)[^.!?]*|(?:您好|你好|早上好|下午好|晚上好)[^。！？!?]*|我是[^。！？!?，,]{1,12}|[^。！？!?]{0,6}(?:有什么(?:可以|能)?(?:帮|为)|请问有什么)[^。！？!?]*)[.!?。！？]?\s*$`)

// withoutGreeting leaves greetings out.
func withoutGreeting(text string) string {
	rest, greeted := "", false
	for _, s := range sentenceForm.FindAllString(text, -1) {
		if greetForm.MatchString(s) {
			greeted = true
		} else {
			rest += s
		}
	}
	if !greeted {
		return text
	}
	return rest
}

// listenForm tells that the agent listens or writes down.
var listenForm = regexp.MustCompile(`(?i)\b(?:written|noted|noting|writing|taking) (?:that|it|this|everything)?\s*down\b|\bi've noted\b|\bi'm listening\b|\bgo on\b|\btake your time\b|\btell me\b|记下|在听|您(?:慢慢|接着|继续)?[说讲]|慢慢说`)

// What an agent can ask, each with a form of its own; the first that fits counts.
const (
	askGreet  = "greet"
	askPermit = "permit"
	askNumber = "number"
	askWhen   = "when"
	askMuch   = "much"
	askWho    = "who"
	askWish   = "wish"
	askAgree  = "agree"
	askYes    = "yes"
	askWhat   = "what"
)

var askForms = []struct {
	ask  string
	form *regexp.Regexp
}{
	{askPermit, regexp.MustCompile(`(?i)\b(?:may|can|could|shall) i\b|我(?:可以|能)[^。]*吗|能不能让我|方便(?:让我|我)`)},
	{askAgree, regexp.MustCompile(`(?i)\b(?:ok|okay|all right|alright|fine)(?: (?:with|for|by) you)?\s*\?|(?:行|好|可以|成|行不行|好不好)吗?\s*[?？]`)},
	{askNumber, regexp.MustCompile(`(?i)\b(?:order|booking|reference|account|invoice|case|phone|contract) (?:number|reference)\b|单号|编号|账号|手机号|号码`)},
	{askWhen, regexp.MustCompile(`(?i)\bwhen\b|\bhow long\b|\bwhat (?:time|day|date)\b|\bwhich (?:day|date)\b|什么时候|几点|哪天|几号|多久|多长时间`)},
	{askMuch, regexp.MustCompile(`(?i)\bhow (?:much|many)\b|\bwhat amount\b|多少|几块|几笔`)},
	{askWho, regexp.MustCompile(`(?i)\bwho\b|\bwhose\b|谁|哪位`)},
	{askWish, regexp.MustCompile(`(?i)\bwhat (?:would|do|can) you (?:want|like|need|wish|expect|hope)\b|\bmatters? most\b|\bwould (?:help|put (?:this|it) right)\b|\bprefer\b|\brather\b|想要|想怎么|希望|最要紧|最需要|最在意|怎么解决`)},
	{askYes, regexp.MustCompile(`(?i)(?:^|[.!,:;]\s*)(?:so|is|are|was|were|do|does|did|have|has|had|would|will)\b|\b(?:right|correct)\s*\?|吗|是不是|对吧|对不对|有没有`)},
}

// asked is what the agent's last question asks for, or "".
func asked(text string) string {
	ask := ""
	for _, s := range sentenceForm.FindAllString(text, -1) {
		switch {
		case greetForm.MatchString(s):
			if ask == "" {
				ask = askGreet
			}
			continue
		case !strings.ContainsAny(s, "?？"):
			continue
		}
		ask = askWhat
		for _, f := range askForms {
			if f.form.MatchString(strings.TrimSpace(s)) {
				ask = f.ask
				break
			}
		}
	}
	return ask
}

func mood(r store.RolePlay) string {
	switch {
	case r.Heat >= 8:
		return "furious"
	case r.Heat >= 5:
		return "upset"
	case r.Heat > coolAt:
		return "softening"
	}
	return "calm"
}

// EndOf says why a role play is over.
func EndOf(r store.RolePlay) string {
	switch {
	case settled(r):
		return EndCalm
	case r.Heat >= boiling:
		return EndLeft
	}
	return EndLong
}

// settled reports whether the customer is content: calm, and told who does what by when.
func settled(r store.RolePlay) bool {
	return r.Heat <= coolAt && slices.Contains(r.Done, string(playbooks.Commit))
}

// end says why a role play is over, or "". A customer who is calm but was not told
// who does what by when waits for that.
func end(r store.RolePlay) string {
	turns := 1
	for _, l := range r.Lines {
		if !l.Customer {
			turns++
		}
	}
	switch {
	case settled(r):
		return EndCalm
	case r.Heat >= boiling:
		return EndLeft
	case turns >= MaxTurns:
		return EndLong
	}
	return ""
}

// Missing are the steps that were not taken.
func Missing(r store.RolePlay) (missing []playbooks.Step) {
	for _, s := range Steps() {
		if !slices.Contains(r.Done, string(s)) {
			missing = append(missing, s)
		}
	}
	return missing
}
