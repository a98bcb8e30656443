package coach

import (
	"regexp"
	"strings"
)

// slotForm finds what a case itself states: the value is the first of its groups that
// found something. A value counts only when the case states just one.
type slotForm struct {
	slot, lang string
	form       *regexp.Regexp
}

func slotForms() []slotForm {
	const (
		number = `(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half an|a few|several)`
		count  = `(?:\d+(?:\.\d+)?|半|一|两|二|三|四|五|六|七|八|九|十|十几|几)`
		span   = count + `(?:个多?|個多?)?(?:小时|小時|钟头|分钟|分鐘|天|周|星期|礼拜|月|年)`
		nearly = `(?:快|整整|足足|将近)?`
		figure = `(?:\d{1,3}(?:[,，]\d{3})+|\d+)`
		day    = `(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day`
	)
	f := func(slot, lang, form string) slotForm { return slotForm{slot, lang, regexp.MustCompile(form)} }
	return []slotForm{
		f("order", "en", `(?i)\b(?:order|booking|reference|ref|ticket|invoice|case)(?: (?:no|number|num|id)\b\.?)?[ :#]*(…[A-Z0-9]{2,4}\b|\b[A-Z]{0,4}-?\d[A-Z0-9-]{4,19}\b)`),
		f("order", "zh", `(?:订单|單號|单号|订单号|訂單號|工单|運單|运单|快递单)(?:号|號)?(?:是|为|[:：#\s])*(…[A-Za-z0-9]{2,4}|[A-Za-z]{0,4}-?\d[A-Za-z0-9-]{4,19})`),
		f("amount", "en", `([$£€]\s?`+figure+`(?:\.\d{2})?)`),
		f("amount", "zh", `([¥￥]\s?`+figure+`(?:\.\d{1,2})?|`+figure+`(?:\.\d{1,2})?(?:块钱|塊錢|元|块|塊))`),
		f("waited", "en", `(?i)\b(?:waited|waiting|on hold|in the queue|without (?:it|power|water))(?: for)?(?: over| about| nearly| almost)? (`+number+` (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?))\b`),
		f("waited", "zh", `(?:等了|等咗|拖了|已经等|已經等|一直等)`+nearly+`(`+span+`)|等`+nearly+`(`+span+`)(?:了|还|還)`), // not 再等三天
		f("times", "en", `(?i)\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:time|call|visit|attempt|email)\b`),
		f("times", "zh", `(第[二三四五六七八九十\d]+次)`),
		f("date", "en", `\b(?:due|promised (?:for|by)|booked for|supposed to (?:come|arrive|be here)|meant to (?:come|arrive)) (?:on |by )?(`+day+`|(?:the )?\d{1,2}(?:st|nd|rd|th))\b`),
		f("date", "zh", `(?:说好|約好|约好|约的是?|约了|原定|本来定|答应)(?:是|在)?((?:上|这|本)?(?:周|星期|礼拜)[一二三四五六日天]|\d{1,2}月\d{1,2}[号日])`),
		f("customer", "en", `(?i:\b(?:customer|client|guest|caller|patient|member|this is|i'm|i am|name is))[ ,:]+((?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][\p{L}'-]+)`),
		f("customer", "zh", `(?:^|客户|顾客|客人|我是|我姓|一位|用户|[，。：:,\s])([`+surnames+`](?:先生|女士|小姐|太太))`),
	}
}

// surnames are the common ones of one character: "老先生" names nobody.
const surnames = `王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇盧鍾譚陸錢嚴`

// slots reads what the case states about itself, for the slots of phrases.
func (e *Engine) slots(t text) map[string]string {
	values := make(map[string]string)
	if t.plain == "" {
		return values
	}
	for _, f := range e.forms {
		if f.lang != t.lang {
			continue
		}
		found := ""
		for _, m := range f.form.FindAllStringSubmatchIndex(t.plain, -1) {
			value := strings.TrimSpace(group(t.plain, m))
			if f.slot == "amount" && partOfMore(t.plain[:m[0]], t.plain[m[1]:]) {
				found = ""
				break
			}
			if f.slot == "order" && noOrder.MatchString(value) {
				continue
			}
			if end, masked := strings.CutPrefix(value, "…"); masked && f.lang == "zh" {
				value = "尾号" + end // what masking leaves of an order number
			}
			if f.slot == "times" {
				value = strings.ToLower(value) // it stood at the start of a sentence
			}
			if found != "" && found != value {
				found = ""
				break
			}
			found = value
		}
		if found != "" {
			values[f.slot] = found
		}
	}
	return values
}

// group is the group of a form that found something.
func group(s string, m []int) string {
	for i := 2; i+1 < len(m); i += 2 {
		if m[i] >= 0 {
			return s[m[i]:m[i+1]]
		}
	}
	return ""
}

// noOrder stands behind "order" and is no number of one: "30minutes ago", a date.
var noOrder = regexp.MustCompile(`^(?i:\d+(?:min|hour|hr|day|week|month|year)[a-z]*|\d{4}-\d{1,2}-\d{1,2})$`)

var (
	numberBefore = regexp.MustCompile(`\d[.,，]?$`)
	moreBehind   = regexp.MustCompile(`^(?:[.,，]?\d|\s?(?i:k|m|mn|bn|grand|thousand|million|billion)\b|\s?[百千万萬亿億]|\s?[-–~～至到]\s?[$£€¥￥]?\d)`)
)

// partOfMore reports whether a sum is but a part of one: $5k, 3.5万, $5-7. Half of it
// must never be said to a customer.
func partOfMore(before, behind string) bool {
	return numberBefore.MatchString(before) || moreBehind.MatchString(behind)
}
