package coach

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"coachbot/playbooks/fold"
)

// Only the beginning and the end of a very long message are read: what
// happened stands at its beginning, what is wanted often at its end.
const (
	headRunes = 3000
	tailRunes = 1000
)

// text is a message made ready for reading.
type text struct {
	plain  string // readable: no markup, prefixes or emoji names
	folded string // plain, folded, with emoji names such as :rage: kept
	quoted string // the customer's own words, where they are marked as such; plain
	remark string // what the agent says around them; plain
	lang   string // zh or en
	mixed  bool   // holds words of both languages
	spoken bool   // the customer is named as the one who speaks ("Customer: …")
}

var (
	angled     = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)
	emojiName  = regexp.MustCompile(`:[a-z][a-z0-9_+\-]*(?:::skin-tone-[2-6])?:`)
	codeFence  = strings.NewReplacer("```", "\n", "`", "")
	speakerEn  = regexp.MustCompile(`(?i)^\s*[*_]*(?:the )?(?:customer|cust|client|guest|caller|user|passenger|patient|tenant|buyer|member)(?: (?:says|said|writes|wrote))?[*_]*\s*[:：][*_]*\s*`)
	speakerZh  = regexp.MustCompile(`^\s*[*_]*(?:客户|顾客|客人|用户|买家|旅客|乘客|业主|患者|会员|顧客|客戶|用戶|買家|客仔|個客)(?:又|刚才|刚刚|現在|现在)?(?:原话|原話|说|說|讲|講|写道|回复|表示|反馈|话|話)?[*_]*\s*[:：][*_]*\s*`)
	quoteMarks = regexp.MustCompile(`^\s*(?:>|&gt;|＞)+\s*`)
)

// clean reads Slack's markup away and tells the customer's words from the agent's.
func clean(raw string) text {
	raw = shorten(strings.ToValidUTF8(raw, ""))
	raw = codeFence.Replace(raw)
	var quoted, remark []string
	inQuote, spoken := false, false
	for line := range strings.SplitSeq(raw, "\n") {
		q := quoteMarks.MatchString(line)
		line = quoteMarks.ReplaceAllString(line, "")
		line = html.UnescapeString(html.UnescapeString(unmark(line)))
		for _, speaker := range []*regexp.Regexp{speakerEn, speakerZh} {
			if at := speaker.FindString(line); at != "" {
				line, q, inQuote, spoken = line[len(at):], true, true, true
			}
		}
		switch line = strings.TrimSpace(line); {
		case line == "":
			inQuote = false
		case q || inQuote:
			quoted = append(quoted, line)
		default:
			remark = append(remark, line)
		}
	}
	all := strings.Join(append(append([]string{}, remark...), quoted...), "\n")
	t := text{
		plain:  withoutEmojiNames(all),
		folded: fold.String(all),
		quoted: withoutEmojiNames(strings.Join(quoted, "\n")),
		remark: withoutEmojiNames(strings.Join(remark, "\n")),
		spoken: spoken,
	}
	t.lang, t.mixed = language(t.plain)
	return t
}

// shorten keeps the head and the tail of what is too long to read whole.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= headRunes+tailRunes {
		return s
	}
	runes := []rune(s)
	return string(runes[:headRunes]) + "\n" + string(runes[len(runes)-tailRunes:])
}

// unmark replaces Slack's references by what a reader sees of them.
func unmark(line string) string {
	return angled.ReplaceAllStringFunc(line, func(ref string) string {
		m := angled.FindStringSubmatch(ref)
		switch sigil, label := m[1], m[3]; {
		case sigil == "@" || sigil == "!":
			return " "
		case label != "":
			return " " + label + " "
		case sigil == "#" || strings.Contains(m[2], "://") || strings.HasPrefix(m[2], "mailto:"):
			return " "
		default:
			return ref // not markup: a comparison, a placeholder
		}
	})
}

func withoutEmojiNames(s string) string {
	if strings.Count(s, ":") < 2 {
		return s
	}
	return strings.TrimSpace(emojiName.ReplaceAllString(s, ""))
}

// words reports whether there is anything in a text to read: a letter or digit of any script.
func words(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// isCommand reports whether a text is a command to a bot, such as "/remind me".
func isCommand(plain string) bool {
	rest, slash := strings.CutPrefix(strings.TrimSpace(plain), "/")
	first, _ := utf8.DecodeRuneInString(rest)
	return slash && unicode.IsLetter(first)
}
