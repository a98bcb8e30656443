package canned

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	unseen    = regexp.MustCompile(`(?is)<(style|script|head|title)\b.*?</\s*(style|script|head|title)\s*>|<!--.*?-->`)
	cellTag   = regexp.MustCompile(`(?i)<\s*/(td|th)[^>]*>`)
	condition = regexp.MustCompile(`\{%-?\s*(if|unless|case|for|elsif|else|when)\b[^%]*%\}`)
	lineTag   = regexp.MustCompile(`(?i)<\s*(br|/p|/div|/li|/tr|/h[1-6])[^>]*>`)
	itemTag   = regexp.MustCompile(`(?i)<\s*li[^>]*>`)
	anyTag    = regexp.MustCompile(`(?s)<[a-zA-Z/!][^>]*>`)
	liquidTag = regexp.MustCompile(`(?s)\{%.*?%\}`)
	holder    = regexp.MustCompile(`\{\{+\s*([^{}]*?)\s*\}+\}|\[\[\s*([^\[\]]*?)\s*\]\]|<%=?\s*([^<>%]{1,40}?)\s*%>|%+([A-Za-z_.]+)%+|[$#]?\{[!#$]?\s*([^{}\n]{1,40}?)\s*\}|【([^【】]{1,12})】|##([^#\n]{1,20})##|\[([A-Za-z\p{Han}][^\[\]\n]{0,24})\]|(_{3,}|＿{2,}|[Xx×＊*]{3,})`)
)

// plain is the text of a reply: no HTML, entities decoded.
func plain(body string) string {
	if anyTag.MatchString(body) {
		body = cellTag.ReplaceAllString(unseen.ReplaceAllString(body, ""), " ")
		body = itemTag.ReplaceAllString(body, "\n- ")
		body = anyTag.ReplaceAllString(lineTag.ReplaceAllString(body, "\n"), "")
	}
	return strings.ReplaceAll(html.UnescapeString(body), "\u00a0", " ")
}

// slotOf is the slot that a help desk's placeholder stands for; "" when none does.
func slotOf(placeholder string) string {
	p := strings.ToLower(strings.NewReplacer("_", " ", ".", " ", "-", " ").Replace(placeholder))
	p, _, _ = strings.Cut(p, "|") // a filter, such as a default
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(p, w) })
	}
	switch {
	case has("agent", "current user", "assignee", "operator", "admin", "signature", "客服", "坐席", "工号"):
		return "agent"
	case has("first name", "last name", "full name", "firstname", "lastname"):
		return "customer"
	case has("created at", "updated at", "order date", "order time", "下单时间", "下單時間"):
		return "date"
	case has("phone", "email", "电话", "邮箱", "電話", "郵箱"):
		return "contact"
	case has("amount", "price", "total", "refund", "金额", "金額"):
		return "amount"
	case has("order", "ticket id", "ticket number", "case number", "conversation id", "tracking", "单号", "订单", "工单", "單號", "訂單"):
		return "order"
	case has("requester", "customer", "contact first", "contact name", "user name", "first name", "last name", "client", "visitor", "客户", "姓名", "称呼", "买家", "昵称", "客戶", "稱呼", "暱稱"):
		return "customer"
	case has("company", "organization", "organisation", "brand", "account name", "store name", "店铺", "公司", "品牌"):
		return "company"
	case has("date", "日期"):
		return "date"
	case has("time", "deadline", "时间"):
		return "time"
	case has("url", "link", "网址"):
		return "contact"
	case has("group", "team", "department", "部门"):
		return "team"
	case p == "name":
		return "customer"
	}
	return ""
}

// fillIn turns placeholders into slots. Of a placeholder that stands for no slot
// it returns the name.
func fillIn(text string) (filled string, unknown []string) {
	text = liquidTag.ReplaceAllString(text, "")
	filled = holder.ReplaceAllStringFunc(text, func(m string) string {
		name := ""
		for _, part := range holder.FindStringSubmatch(m)[1:] {
			if part != "" {
				name = part
			}
		}
		if slot := slotOf(name); slot != "" {
			return "\x00" + slot + "\x01"
		}
		unknown = append(unknown, m)
		return m
	})
	if len(unknown) > 0 {
		return filled, unknown
	}
	// What braces and brackets are left would be read as slots.
	filled = strings.NewReplacer("{", "(", "}", ")", "[", "(", "]", ")").Replace(filled)
	return strings.NewReplacer("\x00", "{", "\x01", "}").Replace(filled), nil
}

// sentences cuts a reply into sentences, each line for itself.
func sentences(text string) []string {
	var list []string
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		var b strings.Builder
		all := []rune(line)
		for i, r := range all {
			b.WriteRune(r)
			end := strings.ContainsRune("。！？", r) ||
				strings.ContainsRune(".!?", r) && (i+1 == len(all) || all[i+1] == ' ') && !abbreviated(b.String())
			if next := i + 1; end && next < len(all) && strings.ContainsRune("”’」』\"')）", all[next]) {
				end = false // the mark belongs to what is quoted
			}
			if end {
				list = append(list, strings.TrimSpace(b.String()))
				b.Reset()
			}
		}
		if rest := strings.TrimSpace(b.String()); rest != "" {
			list = append(list, rest)
		}
	}
	return list
}

// abbreviated reports whether the mark at the end of s ends no sentence: that of
// an abbreviation or of a number in a list.
func abbreviated(s string) bool {
	if listed.FindString(s+" ") == s+" " {
		return true
	}
	return slices.ContainsFunc([]string{"Mr.", "Mrs.", "Ms.", "Dr.", "No.", "e.g.", "i.e.", "St."}, func(a string) bool { return strings.HasSuffix(s, a) })
}

var (
	greeting = regexp.MustCompile(`(?i)^(hi|hello|hey|dear|good (morning|afternoon|evening))\b[^.!?]{0,40}[,!.:]?$|^(\{customer\}[，, ]?)?(亲亲?[，,~～ ]*)?(您好呀?|你好呀?|亲|在的呢?|欢迎光临|尊敬的.{0,12}|亲爱的.{0,12})[，,!！:：。~～ ]*$`)
	// opening is a greeting that a sentence goes on behind.
	opening  = regexp.MustCompile(`(?i)^(hi|hello|hey|dear|good (morning|afternoon|evening))\b[^.!?,]{0,40},\s+`)
	farewell = regexp.MustCompile(`(?i)^((kind|best|warm) (regards|wishes)|regards|sincerely|yours.{0,20}|cheers|thanks|thank you|many thanks|(kind|best|warm)ly)[,.!]?$|^(此致|敬礼|祝好|顺祝商祺|祝您生活愉快|谢谢)[，,!！。]?$`)
	listed   = regexp.MustCompile(`^([-*•·]|\d+[.)、])\s*`)
)

// withoutOpening is a sentence without the greeting it begins with.
func withoutOpening(s string) string {
	rest := s[len(opening.FindString(s)):]
	if rest == s || len(strings.Fields(rest)) < 3 {
		return s
	}
	r := []rune(rest)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// isName reports whether a line is a signature: nothing but slots.
func isName(s string) bool {
	rest := regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllString(s, "")
	return rest != s && !strings.ContainsFunc(rest, unicode.IsLetter)
}

// ended gives a sentence its end mark: one that ends with none is a heading or a
// part of a list, unless it has the length of a sentence.
func ended(s string) (string, bool) {
	r := []rune(s)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"”'’」』)）")) // the mark may belong to what is quoted
	switch {
	case strings.ContainsRune(".!?。！？…", last):
		return s, true
	case strings.ContainsRune(":：,，;；", r[len(r)-1]):
		return s, false
	}
	if isHan(s) {
		return s + "。", len(r) >= 8
	}
	return s + ".", len(strings.Fields(s)) >= 5
}

func isHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
