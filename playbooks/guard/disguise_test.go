package guard

import (
	"fmt"
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
		found := g.IDs(row.Text) // TestFigures counts these
		for _, name := range []string{"invisible", "wide"} {
			if draft := both[name](row.Text); !slices.Equal(g.IDs(draft), found) {
				t.Errorf("%s: %q is read otherwise than %q", name, draft, row.Text)
			}
		}
	}
}
