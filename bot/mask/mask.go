// Package mask takes away what tells who a customer is: phone numbers, e-mail
// addresses, card and identity numbers, addresses, order numbers and names. It is
// pure. What it leaves can still be read and coached on, and masking it again
// changes nothing.
package mask

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Names is what becomes of names that follow or precede a title.
type Names int

// What becomes of them.
const (
	HideNames    Names = iota // Ms Mary Li: Ms [name]
	KeepSurnames              // Ms Mary Li: Ms Li. For a promise and a request, which somebody must be able to keep
)

// All masks everything: what is stored of a message, goes into a digest or an
// export, or to an AI service.
func All(text string) string { return Text(text, HideNames) }

// Text masks a text.
func Text(text string, names Names) string {
	// What stood beside a number may be one itself once that is gone.
	for range rounds {
		masked := once(text, names)
		if masked == text {
			break
		}
		text = masked
	}
	return text
}

const rounds = 8

func once(text string, names Names) string {
	if text == "" {
		return text
	}
	t := newText(text)
	var found []span
	for _, k := range []func(*reading) []span{references, emails, identities, cards, phones, orders, addresses} {
		found = append(found, k(t)...)
	}
	found = append(found, t.named(names)...)
	return t.without(found)
}

// span is a part of the text, in bytes of its plain form, and what stands there
// instead. Of two that overlap the one of the stronger kind stays.
type span struct {
	from, to int
	kind     kind
	instead  string
}

// kind is what a span is, the strongest first.
type kind int

const (
	kindReference kind = iota // Slack's own: left as it is
	kindEmail
	kindIdentity
	kindCard
	kindPhone
	kindOrder
	kindAddress
	kindName
)

// reading is a text and its plain form, which has as many characters: full-width letters
// and digits as ASCII, every dash a hyphen, every space a space, every apostrophe straight.
type reading struct {
	raw     []rune
	plain   string
	at      []int // byte of plain at which character i begins; one more for the end
	chinese bool
}

func newText(text string) *reading {
	t := &reading{raw: []rune(text)}
	var plain strings.Builder
	for _, r := range t.raw {
		t.at = append(t.at, plain.Len())
		t.chinese = t.chinese || unicode.Is(unicode.Han, r)
		plain.WriteRune(plainRune(r))
	}
	t.at = append(t.at, plain.Len())
	t.plain = plain.String()
	return t
}

func plainRune(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r >= '‐' && r <= '―' || r == '−':
		return '-'
	case r == '’' || r == '‘' || r == 'ʼ': // O’Brien, as telephones write it
		return '\''
	case r == '\u00a0' || r >= '\u2000' && r <= '\u200a' || r == '\u202f' || r == '\u3000':
		return ' '
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	}
	return r
}

// label is what stands in a text's language for something taken away.
func (t *reading) label(en, zh string) string {
	if t.chinese {
		return "[" + zh + "]"
	}
	return "[" + en + "]"
}

// without replaces the spans; of those that overlap the stronger stays.
func (t *reading) without(found []span) string {
	if len(found) == 0 {
		return string(t.raw)
	}
	slices.SortFunc(found, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	var kept []span
	for _, s := range found {
		if !slices.ContainsFunc(kept, func(k span) bool { return s.from < k.to && k.from < s.to }) {
			kept = append(kept, s)
		}
	}
	slices.SortFunc(kept, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var out strings.Builder
	i := 0
	for _, s := range kept {
		from, _ := slices.BinarySearch(t.at, s.from)
		to, _ := slices.BinarySearch(t.at, s.to)
		out.WriteString(string(t.raw[i:from]))
		if s.kind == kindReference {
			out.WriteString(string(t.raw[from:to]))
		} else {
			out.WriteString(s.instead)
		}
		i = to
	}
	out.WriteString(string(t.raw[i:]))
	return out.String()
}

// digits are the digits of a text.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// before are at most n bytes in front of a place, whole characters, in lower case.
func (t *reading) before(at, n int) string {
	from := max(0, at-n)
	for from < at && t.plain[from]&0xC0 == 0x80 {
		from++
	}
	return strings.ToLower(t.plain[from:at])
}

// amount reports whether a number counts money, things or time.
func (t *reading) amount(from, to int) bool {
	after := min(len(t.plain), to+16)
	return amountForm.MatchString(strings.ToLower(t.plain[to:after])) || currency.MatchString(t.before(from, 8))
}

// alone reports whether no letter or digit of a code touches a span.
func (t *reading) alone(from, to int) bool {
	return (from == 0 || !codeByte(t.plain[from-1])) && (to == len(t.plain) || !codeByte(t.plain[to]))
}

func codeByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_'
}
