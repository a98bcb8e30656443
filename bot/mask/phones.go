package mask

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

var (
	phoneForm   = regexp.MustCompile(`(?i)<tel:[^<>]*>|(?:\+|\b00)?\(?[0-9](?:[ .()/-]{0,2}[0-9]){5,17}(?:[ ,;]*(?:ext|x|转|轉|分机|分機)\.?[ :]*[0-9]{1,6})?`)
	spokenForm  = regexp.MustCompile(`[零〇一二三四五六七八九幺两兩壹贰叁肆伍陆柒捌玖][零〇一二三四五六七八九幺两兩壹贰叁肆伍陆柒捌玖\s-]{5,20}[零〇一二三四五六七八九幺两兩壹贰叁肆伍陆柒捌玖]`)
	phoneWords  = regexp.MustCompile(`(?i)phone|mobile|cell|tel\b|tel[.:]|call\b|ring\b|reach (?:me|him|her|them)|text (?:me|him|her)|whatsapp|landline|contact|number is|fax|电话|電話|手机|手機|号码|號碼|联系|聯繫|致电|打给|打給|打我|拨打|撥打|座机|座機|微信|回电|回電|来电|來電`)
	orderWords  = regexp.MustCompile(`(?i)(?:order|booking|reference|ref|ticket|invoice|case|account|policy|tracking|parcel|serial|claim|订单|訂單|单号|單號|工单|運單|运单|快递单|流水|编号|編號|尾号|保单|发票|运号)(?:号|號| (?:no|number|num|id))?\.?(?:是|为| is)?[ :#：]*$`)
	amountForm  = regexp.MustCompile(`^(?:\s*(?:元|块|塊|圆|万|人|次|件|天|小时|分钟|公里|usd|rmb|eur|gbp|dollars|pounds|euros|yuan|km|kg|ml|%))`)
	currency    = regexp.MustCompile(`[$£€¥￥]\s?$`)
	dateForm    = regexp.MustCompile(`^(?:19|20)[0-9]{2}[-./ ]?(?:0?[1-9]|1[0-2])[-./ ]?(?:0?[1-9]|[12][0-9]|3[01])(?:[ T-]+[0-9]{1,2}(?:[:.]?[0-9]{2}){0,2})?$|^(?:0?[1-9]|[12][0-9]|3[01])[-./ ](?:0?[1-9]|[12][0-9]|3[01])[-./ ](?:19|20)?[0-9]{2}$`)
	counting    = regexp.MustCompile(`^[0-9](?: [0-9]{1,2}){5,}$`)
	certainForm = regexp.MustCompile(`^(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|400-?[0-9]{3}-?[0-9]{4})$`)
)

// homes are the regions whose national numbers are known without a country code,
// for texts with Chinese and without. Those that tell a number by more than its
// length come first.
func homes(chinese bool) []string {
	if chinese {
		return []string{"CN", "TW", "HK", "MO", "SG"}
	}
	return []string{"US", "GB", "AU", "IN", "IE", "NZ", "ZA", "SG", "HK", "DE", "FR", "CN"}
}

// phones are telephone numbers: with a country code, in the way that people write
// them, or after a word that says so.
func phones(t *reading) []span {
	instead := t.label("phone", "电话")
	found := t.each(phoneForm, kindPhone, func(from, to int) (string, bool) { return instead, t.phone(from, to) })
	return append(found, t.each(spokenForm, kindPhone, func(from, to int) (string, bool) {
		n := len([]rune(strings.Map(dropSpace, t.plain[from:to])))
		return instead, n >= 11 || n >= 7 && phoneWords.MatchString(t.before(from, 40))
	})...)
}

func dropSpace(r rune) rune {
	if r == ' ' || r == '-' || r == '\n' || r == '\t' {
		return -1
	}
	return r
}

func (t *reading) phone(from, to int) bool {
	s := t.plain[from:to]
	if strings.HasPrefix(s, "<") {
		return true
	}
	if !t.alone(from, to) || t.amount(from, to) || dateForm.MatchString(strings.TrimSpace(s)) {
		return false
	}
	if from > 1 && t.plain[from-1] == '-' && codeByte(t.plain[from-2]) {
		return false // the end of a code
	}
	front := t.before(from, 40)
	if strings.HasPrefix(s, "+") || strings.HasPrefix(s, "00") {
		n, err := phonenumbers.Parse("+"+strings.TrimLeft(digits(s), "0"), "")
		if err == nil && phonenumbers.IsPossibleNumber(n) {
			return true
		}
	}
	if orderWords.MatchString(front) {
		return false
	}
	d, said := digits(s), phoneWords.MatchString(front)
	if !said && counting.MatchString(s) && !certainForm.MatchString(d) {
		return false
	}
	if t.chinese && certainForm.MatchString(strings.NewReplacer(" ", "-", "(", "", ")", "-").Replace(s)) {
		return true
	}
	if certainForm.MatchString(d) && len(d) == 11 && d[0] == '1' {
		return true
	}
	shaped := len(d) >= 9 && strings.ContainsAny(s, " -.()") || strings.HasPrefix(d, "0") && len(d) >= 10
	if !said && !shaped {
		return false
	}
	for _, home := range homes(t.chinese) {
		if n, err := phonenumbers.Parse(s, home); err == nil && phonenumbers.IsValidNumberForRegion(n, home) {
			return true
		}
	}
	return said && len(d) >= 7 && len(d) <= 15
}
