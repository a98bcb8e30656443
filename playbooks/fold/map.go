package fold

import (
	"html"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Point is one folded rune and the piece of the original it stands for, as
// code points Start (inclusive) to End (exclusive).
type Point struct {
	Rune       rune
	Start, End int32
	// Upper tells that the original was a capital letter.
	Upper bool
}

// Map folds text for matching and says of each rune where it came from.
// Beyond String it removes accents and other combining marks, reads
// look-alike letters of other scripts as the Latin ones they imitate, turns
// every kind of space into ' ', every line break into '\n', every short
// dash into '-', a long one into '—', and every apostrophe into a straight one. A byte that is no UTF-8 counts
// as one code point, as in a []rune conversion, and folds to U+FFFD.
func Map(s string) []Point { return AppendMap(make([]Point, 0, len(s)/2+8), s) }

// AppendMap adds what Map returns to points.
func AppendMap(points []Point, s string) []Point {
	at := int32(0)
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && c != '&' && c != '\r' {
			if r := ascii[c]; r != 0 {
				points = append(points, Point{Rune: r, Start: at, End: at + 1, Upper: c >= 'A' && c <= 'Z'})
			}
			i, at = i+1, at+1
			continue
		}
		if s[i] == '&' {
			if decoded, size := entity(s[i:]); size > 0 {
				for _, r := range decoded {
					points = appendRune(points, r, at, at+int32(size))
				}
				i, at = i+size, at+int32(size)
				continue
			}
		}
		if s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n' {
			points = append(points, Point{Rune: '\n', Start: at, End: at + 2})
			i, at = i+2, at+2
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		points = appendRune(points, r, at, at+1)
		i, at = i+size, at+1
	}
	return points
}

// ascii folds the seven-bit characters; 0 means the character is dropped.
var ascii = func() (table [utf8.RuneSelf]rune) {
	for r := range rune(utf8.RuneSelf) {
		switch {
		case r >= 'A' && r <= 'Z':
			table[r] = r + 'a' - 'A'
		case r == '\t' || r == ' ':
			table[r] = ' '
		case r >= '\n' && r <= '\r':
			table[r] = '\n'
		case r < ' ' || r == 0x7F:
			table[r] = 0
		default:
			table[r] = r
		}
	}
	return table
}()

// Chinese punctuation and the wide forms of ASCII, which Chinese text is full of.
const (
	marksFirst, marksLast = 0x3000, 0x303F
	wideFirst, wideLast   = 0xFF00, 0xFF5E
)

// marks and wide hold what these fold to, where it is one rune that is no capital; else 0.
var (
	marks = singly(marksFirst, marksLast)
	wide  = singly(wideFirst, wideLast)
)

func singly(first, last rune) []rune {
	table := make([]rune, last-first+1)
	for i := range table {
		if p := appendOther(nil, first+rune(i), 0, 0); len(p) == 1 && !p[0].Upper {
			table[i] = p[0].Rune
		}
	}
	return table
}

// appendRune adds what one rune of the original folds to: nothing, one rune,
// or the several of its compatibility decomposition.
func appendRune(points []Point, r rune, start, end int32) []Point {
	var to rune
	switch {
	case r >= 0x4E00 && r <= hanLast:
		to = han[r-hanFirst]
	case r >= marksFirst && r <= marksLast:
		to = marks[r-marksFirst]
	case r >= wideFirst && r <= wideLast:
		to = wide[r-wideFirst]
	}
	if to != 0 {
		return append(points, Point{Rune: to, Start: start, End: end})
	}
	return appendOther(points, r, start, end)
}

// appendOther is appendRune of any rune, not by the tables.
func appendOther(points []Point, r rune, start, end int32) []Point {
	if r == utf8.RuneError {
		return append(points, Point{Rune: r, Start: start, End: end})
	}
	if invisible(r) {
		return points
	}
	if like := lookAlike(r); like != 0 {
		return append(points, Point{Rune: like, Start: start, End: end, Upper: unicode.IsUpper(r)})
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	decomposed := norm.NFKD.Properties(buf[:n]).Decomposition()
	if decomposed == nil {
		return appendSimple(points, r, start, end)
	}
	for len(decomposed) > 0 {
		part, size := utf8.DecodeRune(decomposed)
		decomposed = decomposed[size:]
		points = appendSimple(points, part, start, end)
	}
	return points
}

// appendSimple adds a rune that decomposes no further.
func appendSimple(points []Point, r rune, start, end int32) []Point {
	upper := unicode.IsUpper(r)
	switch {
	case r < utf8.RuneSelf:
		if r = ascii[r]; r == 0 {
			return points
		}
	case invisible(r) || unicode.Is(unicode.M, r):
		return points
	case r == 0x2028 || r == 0x2029 || r == 0x85:
		r = '\n'
	case unicode.IsSpace(r):
		r = ' '
	case r == '—' || r == '―':
		r = '—'
	case unicode.Is(unicode.Pd, r) || r == '−' || r == '⁃':
		r = '-'
	default:
		if like := lookAlike(r); like != 0 {
			r = like
		} else {
			r = Rune(unicode.ToLower(r))
		}
	}
	return append(points, Point{Rune: r, Start: start, End: end, Upper: upper})
}

// entity decodes the HTML entity at the start of s, also one whose ampersand
// was escaped again and again, and returns how many bytes (all of them ASCII)
// it takes; 0 when there is none.
func entity(s string) (string, int) {
	const longest = 32
	i := 1
	for len(s)-i >= 4 && s[i:i+4] == "amp;" {
		i += 4
	}
	end := i
	for end < len(s) && end-i < longest && (s[end] == '#' || isAlphanumeric(s[end])) {
		end++
	}
	if end < len(s) && s[end] == ';' && end > i {
		raw := "&" + s[i:end+1]
		if decoded := html.UnescapeString(raw); decoded != raw {
			return decoded, end + 1
		}
	}
	if i > 1 {
		return "&", i
	}
	return "", 0
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
