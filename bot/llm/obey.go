package llm

import (
	"regexp"
	"strings"
	"unicode"
)

// orders are what a text tells a machine to do. They are no ground for anything,
// and their words must not turn up in an answer.
type orders struct{ words []string }

var (
	orderForm = regexp.MustCompile(`(?i)\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|above|previous|prior|earlier|everything|guideline)|` +
		`\b(?:system|assistant|developer) ?(?:prompt|message)?\s*[:：]|\byou are (?:now|an? (?:ai|assistant|bot|language))|\bact as\b|\bpretend (?:to be|you)|\bjailbreak|\bdan mode\b|` +
		`\b(?:answer|reply|respond|output|print|write|say|repeat|return|include|add|begin|end|start)\b.{0,30}(?:\bwith\b|\bexactly\b|\bonly\b|\bverbatim\b|\bthe (?:word|phrase|text|sentence|following)s?\b|["“”'‘’「『:：])|` +
		`\b(?:tell|offer|promise|give|grant|issue|assure|guarantee) (?:the customer|the client|him|her|them|me|every customer)\b.{0,80}|\b(?:to|note to|dear|hey|attention)\b.{0,12}\b(?:ai|bot|assistant|llm|model|chatgpt|gpt|coach)\b|\bas an ai\b|\bnew (?:instruction|rule|task|policy)|` +
		`(?:忽略|无视|忘记|忘掉|不要管|跳过|推翻).{0,20}(?:指令|提示|规则|要求|上面|以上|之前|前面|设定)|系统(?:提示|消息|指令)?[:：]|你现在是|从现在起你|扮演|假装你|` +
		`(?:请|必须|务必|只能|只要|直接|现在)?(?:回答|回复|输出|打印|写出|说出|重复|复述|返回|加上|附上)(?:[:：“”"「『]|以下|这句|下面|一句|内容).{0,80}|(?:告诉|答应|承诺|保证|许诺)(?:顾客|客户|用户|对方|他|她|我).{0,60}|(?:AI|机器人|助手|大模型|模型|人工智能)[,，:：].{0,60}|新的?(?:指令|规则|任务)`)
	selfForm = regexp.MustCompile(`(?i)\b(?:as an? )?(?:ai|language) (?:model|assistant)\b|\bi'?m an? (?:ai|bot|assistant)\b|\bsystem prompt\b|\b(?:my|the|these|your) (?:instructions?|prompts?|schema)\b|\bplaybook\b|\bjson\b|\brole['"“”]? ?:|\bassistant\b|\btold (?:not )?to (?:mention|say|write|answer)\b|\bignore (?:all|previous|the)\b|` +
		`作为(?:一个|一名)?(?:AI|人工智能|语言模型|助手)|人工智能|语言模型|大模型|系统提示|系统说|提示词|指令|我的(?:规则|规定|设定)|手册里|手册上|按手册`)
	quotedForm = regexp.MustCompile(`["“”「『'‘’]([^"“”」』'‘’\n]{3,80})["“”」』'’]`)
	wordForm   = regexp.MustCompile(`[\p{Latin}\d]{4,}|\p{Han}{2,}`)
)

// findOrders takes the sentences that order a machine about out of a text, and returns the rest.
func findOrders(text string) (orders, string) {
	var rest, told []string
	for _, s := range splitKeep(text) {
		if orderForm.MatchString(s) {
			told = append(told, s)
		} else {
			rest = append(rest, s)
		}
	}
	plain := strings.Join(rest, "")
	if len(told) == 0 {
		return orders{}, plain
	}
	known := fold(plain)
	var o orders
	add := func(words string) {
		if words = fold(strings.TrimSpace(words)); len(words) > 3 && !strings.Contains(known, words) && !common(words) {
			o.words = append(o.words, words)
		}
	}
	for _, s := range told {
		for _, m := range quotedForm.FindAllStringSubmatch(s, -1) {
			add(m[1])
		}
		// Words in capitals, and what follows a colon, are what is to be said.
		for _, w := range wordForm.FindAllString(s, -1) {
			if w == strings.ToUpper(w) && strings.IndexFunc(w, unicode.IsLetter) >= 0 && !unicode.Is(unicode.Han, []rune(w)[0]) {
				add(w)
			}
		}
		if _, after, ok := strings.Cut(strings.ReplaceAll(s, "：", ":"), ":"); ok {
			add(strings.Trim(after, " .。!！\n"))
		}
	}
	return o, plain
}

// common words prove nothing.
func common(words string) bool {
	return !strings.ContainsRune(words, ' ') && regexp.MustCompile(`^(?:sorry|hello|please|thanks|thank|your|with|that|this|抱歉|您好|谢谢)$`).MatchString(words)
}

// splitKeep cuts a text after each sentence, its end included.
func splitKeep(text string) (list []string) {
	at := 0
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		list = append(list, text[at:m[1]])
		at = m[1]
	}
	return append(list, text[at:])
}

// obeyed reports whether an answer speaks of itself or says what it was told to say.
func (o orders) obeyed(text string) bool {
	if selfForm.MatchString(text) {
		return true
	}
	text = fold(text)
	for _, w := range o.words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
