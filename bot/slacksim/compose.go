package slacksim

import (
	"regexp"
	"strings"
)

// tokens of typed text that Slack's composer turns into something else: what is
// already a Slack reference, and addresses.
var composed = regexp.MustCompile(`<(?:@[UW][A-Z0-9]+|#[CG][A-Z0-9]+(?:\|[^>]*)?|![a-z]+(?:\^[^>|]*)?(?:\|[^>]*)?|https?://[^>\s]+)>|https?://[^\s<>]+`)

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// compose turns what a person types into the text Slack delivers: &, < and >
// escaped, addresses in angle brackets, @name of someone in the workspace as a
// mention. References already in Slack's form stay as they are.
func (w *Workspace) compose(typed string) (text string, blocks []any) {
	typed = w.mentions(strings.ToValidUTF8(typed, "\uFFFD"))
	var out strings.Builder
	var elements []any
	plain := func(s string) {
		if s != "" {
			out.WriteString(escaper.Replace(s))
			elements = append(elements, obj{"type": "text", "text": s})
		}
	}
	last := 0
	for _, at := range composed.FindAllStringIndex(typed, -1) {
		plain(typed[last:at[0]])
		token := strings.Trim(typed[at[0]:at[1]], "<>")
		out.WriteString("<" + token + ">")
		elements = append(elements, richElement(token))
		last = at[1]
	}
	plain(typed[last:])
	if len(elements) == 0 {
		return "", nil
	}
	section := obj{"type": "rich_text_section", "elements": elements}
	return out.String(), []any{obj{"type": "rich_text", "block_id": w.id("r"), "elements": []any{section}}}
}

func richElement(token string) obj {
	switch token[0] {
	case '@':
		return obj{"type": "user", "user_id": token[1:]}
	case '#':
		id, _, _ := strings.Cut(token[1:], "|")
		return obj{"type": "channel", "channel_id": id}
	case '!':
		name, _, _ := strings.Cut(token[1:], "|")
		return obj{"type": "broadcast", "range": name}
	}
	return obj{"type": "link", "url": token}
}

// mentions replaces @name by <@ID> where name is the handle of a user and ends
// there.
func (w *Workspace) mentions(s string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	for id, u := range w.users {
		s = replaceName(s, "@"+u.Name, "<@"+id+">")
	}
	return s
}

func replaceName(s, name, with string) string {
	var out strings.Builder
	for {
		i := strings.Index(s, name)
		if i < 0 {
			out.WriteString(s)
			return out.String()
		}
		end := i + len(name)
		before := i > 0 && (nameByte(s[i-1]) || s[i-1] == '<')
		if before || (end < len(s) && nameByte(s[end])) {
			out.WriteString(s[:end])
		} else {
			out.WriteString(s[:i] + with)
		}
		s = s[end:]
	}
}

func nameByte(b byte) bool {
	return b == '_' || b == '-' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
