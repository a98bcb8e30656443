// Package fold brings text to a common form for matching: what a reader sees
// as the same words becomes the same runes, however they were typed. String
// serves ranking and search; Map serves the guard, which must also undo
// disguises and lead every folded rune back to where it came from.
package fold

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:generate go run ./gen han_table.go

// han holds, for each character of the unified block, what it folds to;
// hanRest holds the few outside of the block.
var han, hanRest = hanTables()

const hanFirst, hanLast = 0x3400, 0x9FFF

func hanTables() (*[hanLast - hanFirst + 1]rune, map[rune]rune) {
	var block [hanLast - hanFirst + 1]rune
	for i := range block {
		block[i] = hanFirst + rune(i)
	}
	rest := make(map[rune]rune)
	to := simplified
	for _, from := range traditional {
		r, size := utf8.DecodeRuneInString(to)
		to = to[size:]
		if from >= hanFirst && from <= hanLast {
			block[from-hanFirst] = r
		} else {
			rest[from] = r
		}
	}
	return &block, rest
}

// Rune returns the Simplified form of a Traditional character and every other
// rune as it is.
func Rune(r rune) rune {
	if r < hanFirst {
		return r
	}
	if r <= hanLast {
		return han[r-hanFirst]
	}
	if s, ok := hanRest[r]; ok {
		return s
	}
	return r
}

// String folds text for ranking and search: HTML entities decoded (twice where
// they were escaped twice), NFKC, lower case, Traditional to Simplified, curly
// apostrophes straight, invisible characters and broken UTF-8 removed. Spaces,
// punctuation, accents and emoji stay.
func String(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(html.UnescapeString(s))
	}
	s = norm.NFKC.String(strings.ToValidUTF8(s, ""))
	return strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			return r
		case r >= hanFirst:
			r = Rune(r)
			if invisible(r) {
				return -1
			}
			return unicode.ToLower(r)
		case r == '’' || r == '‘' || r == 'ʼ' || r == '′':
			return '\''
		case invisible(r):
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// invisible reports runes that show nothing of their own: zero-width and
// bidirectional controls, soft hyphens, variation selectors, tags, and control
// characters other than white space.
func invisible(r rune) bool {
	switch {
	case r < 0x20 || r == 0x7F:
		return !(r >= '\t' && r <= '\r')
	case r < 0xA0:
		return r >= 0x80 && r != 0x85
	case r == 0xAD || r == 0x034F || r == 0x061C || r == 0x115F || r == 0x1160,
		r == 0x17B4 || r == 0x17B5 || r >= 0x180B && r <= 0x180F,
		r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E,
		r >= 0x2060 && r <= 0x206F || r == 0x3164 || r == 0xFFA0,
		r >= 0xFE00 && r <= 0xFE0F || r == 0xFEFF || r >= 0xFFF0 && r <= 0xFFFB,
		r >= 0x1D173 && r <= 0x1D17A || r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}
