package guard

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
)

// between writes something between all characters.
func between(s, x string) string {
	var parts []string
	for _, r := range s {
		parts = append(parts, string(r))
	}
	return strings.Join(parts, x)
}

// Every course wording is found in every disguise, alone and in a reply, and good replies in a disguise are read as they are without.
func TestDisguises(t *testing.T) {
	t.Parallel()
	both := map[string]func(string) string{
		"as it is":     func(s string) string { return s },
		"invisible":    func(s string) string { return between(s, "\u200b") },
		"soft hyphens": func(s string) string { return between(s, "\u00ad") },
		"wide": func(s string) string {
			return strings.Map(func(r rune) rune {
				if r > ' ' && r < 0x7f {
					return r + 0xFEE0
				}
				return r
			}, s)
		},
		"entities": func(s string) string {
			var b strings.Builder
			for _, r := range s {
				fmt.Fprintf(&b, "&#%d;", r)
			}
			return b.String()
		},
		"capitals": strings.ToUpper,
		"turned round": func(s string) string {
			r := []rune(s)
			slices.Reverse(r)
			return "\u202e" + string(r) + "\u202c"
		},
	}
	chinese := map[string]func(string) string{
		"blanks": func(s string) string { return between(s, " ") },
		"dots":   func(s string) string { return between(s, "·") },
		"stops":  func(s string) string { return between(s, ".") },
		"emoji":  func(s string) string { return between(s, "😤") },
		"lines":  func(s string) string { return between(s, "\n") },
		"markup": func(s string) string { return between(s, "*") },
	}
	english := map[string]func(string) string{
		"letters apart": func(s string) string { return between(strings.ReplaceAll(s, " ", "  "), " ") },
		"hyphens":       func(s string) string { return strings.ReplaceAll(between(s, "-"), "- -", " ") },
		"dots":          func(s string) string { return strings.ReplaceAll(s, " ", ".") },
		"dotted":        func(s string) string { return strings.ReplaceAll(between(s, ".")+".", ". .", ". ") },
		"slashes":       func(s string) string { return strings.ReplaceAll(between(s, " "), "   ", " / ") },
		"lines":         func(s string) string { return strings.ReplaceAll(s, " ", "\n") },
		"no apostrophe": func(s string) string { return strings.ReplaceAll(s, "'", "") },
		"digits":        func(s string) string { return strings.NewReplacer("o", "0", "e", "3").Replace(s) },
		"drawn out":     func(s string) string { return s + strings.Repeat(s[len(s)-1:], 4) },
		"Cyrillic":      func(s string) string { return strings.NewReplacer("o", "о", "e", "е", "a", "а").Replace(s) },
		"emoji":         func(s string) string { return strings.ReplaceAll(s, " ", " 🙄 ") },
	}
	g := New()
	for _, p := range g.Phrases() {
		for lang, text := range p.Text {
			own, replies := chinese, []string{"%s", "您好，%s。", "关于您的订单，%s！"}
			if lang == "en" {
				own, replies = english, []string{"%s.", "Hi Anna, %s.", "As for your order: %s!"}
			}
			for wording := range strings.SplitSeq(text, " / ") {
				for _, ways := range []map[string]func(string) string{both, own} {
					for name, way := range ways {
						for _, reply := range replies {
							if draft := fmt.Sprintf(reply, way(wording)); !slices.Contains(g.IDs(draft), p.ID) {
								t.Errorf("%s, %s: %q is not found", p.ID, name, draft)
							}
						}
					}
				}
			}
		}
	}
	rows, err := LabelledRows()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if row.Kind != "benign" && row.Kind != "positive-language" && row.Kind != "substring" || len(row.Expect) > 0 {
			continue
		}
		found := g.IDs(row.Text)                             // TestFigures counts these
		for _, name := range []string{"invisible", "wide"} { // an entity with signs inside is none
			if draft := both[name](html.UnescapeString(row.Text)); !slices.Equal(g.IDs(draft), found) {
				t.Errorf("%s: %q is read otherwise than %q", name, draft, row.Text)
			}
		}
	}
}

// Disguises of single words: a letter hidden behind an emoji, a sign drawn out, pinyin as the south says it or with a slip, Cantonese in letters,
// an emoji for not; and what is only named.
func TestDisguisedWords(t *testing.T) {
	t.Parallel()
	g := New()
	for draft, want := range map[string]string{
		"It's n🙅t our fault": "not-my-fault", "h🏃rry up": "hurry-or-wait", "not my f——ault": "not-my-fault", "not my f--ault": "not-my-fault",
		"wo bu zi dao，问店里吧": "dont-know", "wo bu qin cu": "dont-know", "唔關ngo事": "not-my-fault", "我唔鍾意nei": "dont-like-you",
		"wo bu zhdiao": "dont-know", "我8zhi道": "dont-know", "n1 bu d0ng": "you-dont-know", "我 b u 知 道 您 的 单 号": "dont-know", "w也不知道": "dont-know",
		"我🚫知道": "dont-know", "这❌是我的错": "not-my-fault", "这“不是”我的“锅”": "not-my-fault", "【等】【着】": "hurry-or-wait",
		"ni bieshoule": "", "ni bieshuole": "know-already", "您选88号我喜欢": "",
		"<快点> 标签可以删掉": "", "#快点暖起来# 捐衣活动周六收": "", "@别烦我 这位摄影师周日有档": "", "The marina taxi is like new": "", "下雨天路滑🚫请慢走": "",
		"Fault codes: n🙂t": "", "Forms A / B / C": "", "I know that -- your order": "",
	} {
		var got []string
		for _, f := range g.Check(draft) {
			got = append(got, f.Phrase)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: found %v, want %q", draft, got, want)
		}
	}
}
