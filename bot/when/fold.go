package when

import (
	"strings"
	"unicode"
	"unicode/utf8"

	foldtable "coachbot/playbooks/fold"
)

// folded is a text in the form that the rules read: lower case, Simplified, narrow,
// each rune where it was, so that what is found can be cut out of the original.
type foldedText struct {
	text   string
	folded string
	starts []int // offset in text of each rune, and its end
	at     []int // rune number of each offset in folded, and its end
}

func fold(text string) foldedText {
	t := foldedText{text: text}
	var b strings.Builder
	n := 0
	for i, r := range text {
		t.starts = append(t.starts, i)
		r = foldRune(r)
		for range utf8.RuneLen(r) {
			t.at = append(t.at, n)
		}
		b.WriteRune(r)
		n++
	}
	t.starts, t.at = append(t.starts, len(text)), append(t.at, n)
	t.folded = b.String()
	return t
}

// original is the text between two offsets of its folded form.
func (t foldedText) original(start, end int) string {
	return t.text[t.starts[t.at[start]]:t.starts[t.at[end]]]
}

func foldRune(r rune) rune {
	switch {
	case r == utf8.RuneError || r == 0:
		return ' '
	case r == '\u3000' || unicode.IsSpace(r):
		return ' '
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r == '’' || r == '‘' || r == 'ʼ':
		return '\''
	case r == '–' || r == '—' || r == '‐' || r == '‑' || r == '−' || r == '～' || r == '〜':
		return '-'
	case r == '鐘' || r == '鍾':
		return '钟'
	case r == '點':
		return '点'
	case r == '週':
		return '周'
	}
	r = foldtable.Rune(unicode.ToLower(r))
	return r
}
