package playbooks

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fill makes a phrase ready to show: slots with a value are filled, a part in
// square brackets is left out when a slot in it has none, and other slots show
// as a visible blank in the language lang. Spaces and commas that a left-out
// part strands are tidied. The result never holds braces or square brackets,
// whatever the phrase or the values hold.
func Fill(phrase, lang string, values map[string]string) string {
	f := filler{lang: lang, values: values, parts: []part{{}}}
	rest := phrase
	for rest != "" {
		at := strings.IndexAny(rest, "{}[]")
		if at < 0 {
			f.text(rest)
			break
		}
		f.text(rest[:at])
		mark := rest[at]
		rest = rest[at+1:]
		switch mark {
		case '[':
			f.open()
		case ']':
			f.close()
		case '{':
			end := strings.IndexAny(rest, "{}[]")
			if end >= 0 && rest[end] == '}' {
				f.slot(rest[:end])
				rest = rest[end+1:]
			}
		}
	}
	for len(f.parts) > 1 {
		f.close()
	}
	text := tidy(string(f.parts[0].text))
	if f.startDropped {
		text = upperFirst(text)
	}
	return text
}

// filler holds the parts of a phrase that are still open: the whole and the
// brackets within it.
type filler struct {
	lang         string
	values       map[string]string
	parts        []part
	startDropped bool // the beginning of the sentence was left out
}

type part struct {
	text    []byte
	missing bool // a slot in it has no value
}

func (f *filler) text(s string) {
	p := &f.parts[len(f.parts)-1]
	p.text = append(p.text, s...)
}

func (f *filler) open() { f.parts = append(f.parts, part{}) }

func (f *filler) close() {
	last := len(f.parts) - 1
	if last == 0 {
		return // a bracket that was never opened
	}
	done := f.parts[last]
	f.parts = f.parts[:last]
	switch {
	case !done.missing:
		f.text(string(done.text))
	case last == 1 && strings.TrimSpace(string(f.parts[0].text)) == "":
		f.startDropped = true
	}
}

func (f *filler) slot(name string) {
	name = strings.TrimSpace(name)
	value := strings.NewReplacer("{", "", "}", "", "[", "", "]", "").Replace(f.values[name])
	if value = oneLine(value); value != "" {
		f.text(value)
		return
	}
	f.parts[len(f.parts)-1].missing = true
	f.text(blank(name, f.lang))
}

// tidy mends what leaving out a part strands: doubled spaces, a space before a
// mark, a comma before another mark or at the beginning.
func tidy(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			if len(out) == 0 || out[len(out)-1] == ' ' {
				continue
			}
			r = ' '
		case isComma(r) || isEnd(r):
			out = trimSpaceRight(out)
			for len(out) > 0 && isComma(out[len(out)-1]) {
				out = trimSpaceRight(out[:len(out)-1])
			}
			if isComma(r) && (len(out) == 0 || isWide(r) && isWideEnd(out[len(out)-1])) {
				continue
			}
		}
		out = append(out, r)
	}
	return string(trimSpaceRight(out))
}

func trimSpaceRight(out []rune) []rune {
	for len(out) > 0 && out[len(out)-1] == ' ' {
		out = out[:len(out)-1]
	}
	return out
}

func isComma(r rune) bool { return strings.ContainsRune(",，、;；:：", r) }

func isEnd(r rune) bool { return strings.ContainsRune(".。!！?？", r) }

// isWide and isWideEnd know the Chinese marks: in Chinese a comma never follows
// a full stop, while English has "etc.,".
func isWide(r rune) bool { return strings.ContainsRune("，、；：", r) }

func isWideEnd(r rune) bool { return strings.ContainsRune("。！？", r) }

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
