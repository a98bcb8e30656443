package guard

import (
	"strings"
	"unicode"

	"coachbot/playbooks/fold"
)

// piece is a run of folded points of one kind, points[start:end].
type piece struct {
	start, end int32
	kind       pieceKind
	mark       rune // of a gap: its first sign beside blanks; 0: blanks only
	wide       bool // of a gap: several blanks
	spelled    bool // of a word: its letters stood apart
}

type pieceKind uint8

// Kinds of pieces. The gaps are in the order of their strength: of several signs in a row the strongest counts.
const (
	pieceHan    pieceKind = iota // one Chinese character
	pieceLatin                   // a word of letters and digits
	pieceZhuyin                  // bopomofo
	pieceOther                   // letters of other scripts, addresses, mentions
	pieceSign                    // an emoji that is read as a word
	gapMarkup                    // * _ ` and the like: as good as nothing
	gapBlank
	gapSoft  // - · / and the like
	gapBreak // a line's end, an emoji, a bracket, an ellipsis
	gapComma // , 、 :
	gapStop  // . ! ? ; an empty line, a quoted line
	pieceOpen
	pieceClose
	pieceTitleOpen  // 《
	pieceTitleClose // 》
)

func (p piece) gap() bool { return p.kind >= gapMarkup && p.kind <= gapStop }

// lexer cuts folded points into pieces.
type lexer struct {
	points []fold.Point
	out    []piece
	quote  bool // a straight double quotation mark is open
	single bool // a straight single one is
	angled int  // where a label in angle brackets ends
	tagged int  // where a hashtag or handle ends
}

// lex appends the pieces to out.
func lex(out []piece, points []fold.Point) []piece {
	l := &lexer{points: points, out: out}
	lineStart := true
	for i := 0; i < len(points); {
		r := points[i].Rune
		switch {
		case l.tagged > 0 && i == l.tagged:
			i = l.add(i, i+1, pieceTitleClose)
			continue
		case r == '\n':
			lineStart = true
			i = l.line(i)
			continue
		case lineStart && r == '>':
			i = l.quoted(i)
			continue
		case r != ' ':
			i = l.piece(i, r, lineStart)
			lineStart = false
			continue
		}
		if n := len(l.out); n > 0 && !l.out[n-1].gap() { // one blank, as between most words
			l.out = append(l.out, piece{start: int32(i), end: int32(i + 1), kind: gapBlank})
		} else {
			l.gap(i, gapBlank, 0)
		}
		i++
	}
	return l.out
}

func (l *lexer) at(i int) rune {
	if i >= 0 && i < len(l.points) {
		return l.points[i].Rune
	}
	return 0
}

func (l *lexer) add(from, to int, kind pieceKind) int {
	l.out = append(l.out, piece{start: int32(from), end: int32(to), kind: kind})
	return to
}

// gap notes a sign between words; signs in a row become one piece.
func (l *lexer) gap(i int, kind pieceKind, mark rune) {
	if n := len(l.out); n > 0 && l.out[n-1].gap() {
		last := &l.out[n-1]
		last.wide = last.wide || kind == gapBlank && last.kind >= gapBlank && last.end > last.start && l.at(int(last.end)-1) == ' '
		last.kind, last.end = max(last.kind, kind), int32(i+1)
		if last.mark == 0 {
			last.mark = mark
		}
		return
	}
	l.out = append(l.out, piece{start: int32(i), end: int32(i + 1), kind: kind, mark: mark})
}

// line passes a line's end: an empty line, or a list's item behind it, ends the sentence too.
func (l *lexer) line(i int) int {
	l.gap(i, gapBreak, '\n')
	j := i + 1
	for l.at(j) == ' ' {
		j++
	}
	if r := l.at(j); r == '\n' || (r == '-' || r == '*' || r == '•') && l.at(j+1) == ' ' {
		l.gap(i, gapStop, '\n')
		l.quote, l.single = false, false
	}
	return i + 1
}

// quoted passes a line that begins with >: Slack's and e-mail's way to quote. Three of them quote all that follows.
func (l *lexer) quoted(i int) int {
	all := l.at(i+1) == '>' && l.at(i+2) == '>'
	for i < len(l.points) && (all || l.points[i].Rune != '\n') {
		i++
	}
	l.gap(i-1, gapStop, '>')
	return i
}

// piece reads what begins at i, which is no blank and no line's end, and returns where the next begins.
func (l *lexer) piece(i int, r rune, lineStart bool) int {
	switch {
	case isLatin(r):
		return l.latin(i)
	case isHan(r):
		return l.add(i, i+1, pieceHan)
	case r < 0x80:
		return l.ascii(i, r, lineStart)
	case isZhuyin(r):
		j := i + 1
		for isZhuyin(l.at(j)) || strings.ContainsRune("ˊˇˋ", l.at(j)) {
			j++
		}
		return l.add(i, j, pieceZhuyin)
	case unicode.IsLetter(r):
		j := i + 1
		for j < len(l.points) && !isLatin(l.points[j].Rune) && unicode.IsLetter(l.points[j].Rune) && !isHan(l.points[j].Rune) {
			j++
		}
		return l.add(i, j, pieceOther)
	}
	switch r {
	case '“', '「', '『', '【', '〝', '«':
		return l.add(i, i+1, pieceOpen)
	case '”', '」', '』', '】', '〞', '»':
		return l.add(i, i+1, pieceClose)
	case '《', '〈':
		return l.add(i, i+1, pieceTitleOpen)
	case '》', '〉':
		return l.add(i, i+1, pieceTitleClose)
	case '。', '｡':
		l.gap(i, gapStop, r)
	case '、', '､':
		l.gap(i, gapComma, r)
	case '·', '・', '•', '‧', '∙', '⋅', '˙', '|':
		l.gap(i, gapSoft, r)
	default:
		if pictures[r] != "" && l.readAsWord(i) {
			return l.add(i, i+1, pieceSign)
		}
		l.gap(i, gapBreak, r)
	}
	return i + 1
}

// isHan tells Chinese characters; most are of a block that holds nothing else.
func isHan(r rune) bool {
	return r >= 0x3400 && (r >= 0x4E00 && r <= hanLast || unicode.Is(unicode.Han, r))
}

func isZhuyin(r rune) bool { return r >= 0x3105 && r <= 0x312F }

// latin reads a word: letters, digits, and apostrophes inside, also mistyped ones (don;t, it`s).
func (l *lexer) latin(i int) int {
	j := i + 1
	for isLatin(l.at(j)) || isLatin(l.at(j+1)) && (l.at(j) == '\'' || l.at(j) == '`' || l.at(j-1) == 'n' && l.at(j+1) == 't' && !isLatin(l.at(j+2)) && strings.ContainsRune(";,\"^", l.at(j))) {
		j++
	}
	if l.at(j) == ':' && l.at(j+1) == '/' && l.at(j+2) == '/' { // an address
		for j < len(l.points) && l.points[j].Rune < 0x80 && !strings.ContainsRune(" \n>|\"", l.points[j].Rune) {
			j++
		}
		return l.add(i, j, pieceOther)
	}
	return l.add(i, j, pieceLatin)
}

func (l *lexer) ascii(i int, r rune, lineStart bool) int {
	switch r {
	case '<':
		return l.angle(i)
	case ':':
		if end := l.emojiCode(i); end > 0 {
			l.gap(end-1, gapBreak, ':')
			return end
		}
		l.gap(i, gapComma, r)
	case '"':
		l.quote = !l.quote
		if l.quote {
			return l.add(i, i+1, pieceOpen)
		}
		return l.add(i, i+1, pieceClose)
	case '\'':
		return l.apostrophe(i)
	case '.':
		return l.dots(i)
	case ',':
		l.gap(i, gapComma, r)
	case '>':
		if l.angled == i {
			return l.add(i, i+1, pieceClose)
		}
		l.gap(i, gapBreak, r)
	case '!', '?', ';':
		l.gap(i, gapStop, r)
	case '-':
		if lineStart && l.at(i+1) == ' ' || l.at(i-1) == ' ' && l.at(i+1) == ' ' {
			l.gap(i, gapBreak, r)
		} else {
			l.gap(i, gapSoft, r)
		}
	case '*', '_', '`', '^':
		l.gap(i, gapMarkup, r)
	case '#', '@':
		if end := l.handle(i); end > 0 {
			l.tagged = end
			return l.add(i, i+1, pieceTitleOpen)
		}
		l.gap(i, gapSoft, r)
	case '/', '|', '+', '=', '%', '&', '$', '\\':
		l.gap(i, gapSoft, r)
	default:
		l.gap(i, gapBreak, r)
	}
	return i + 1
}

// apostrophe tells a single quotation mark from an apostrophe set apart.
func (l *lexer) apostrophe(i int) int {
	before, after := l.at(i-1), l.at(i+1)
	switch {
	case l.single && (isLatin(before) || strings.ContainsRune(".!?,", before)) && !isLatin(after):
		l.single = false
		return l.add(i, i+1, pieceClose)
	case !l.single && (before == 0 || before == ' ' || before == '\n' || before == '(') && isLatin(after) && l.closesSingle(i):
		l.single = true
		return l.add(i, i+1, pieceOpen)
	}
	l.gap(i, gapMarkup, '\'')
	return i + 1
}

// closesSingle looks for the end of a single quotation of at most 200 characters.
func (l *lexer) closesSingle(i int) bool {
	for j := i + 2; j < len(l.points) && j < i+200 && l.points[j].Rune != '\n'; j++ {
		if l.points[j].Rune == '\'' && !isLatin(l.at(j+1)) && l.at(j-1) != ' ' {
			return j > i+3
		}
	}
	return false
}

// dots tells a sentence's end from an ellipsis and from a dot between words.
func (l *lexer) dots(i int) int {
	j := i
	for l.at(j) == '.' {
		j++
	}
	next := l.at(j)
	kind := gapStop
	switch {
	case j > i+1:
		kind = gapBreak
	case isLatin(next) && isLatin(l.at(i-1)) || next >= 0x3400 && l.at(i-1) >= 0x3400:
		kind = gapSoft
	}
	l.gap(i, kind, '.')
	l.out[len(l.out)-1].end = int32(j)
	return j
}

// longestMarkup bounds how far the end of a mention, link or emoji's code is looked for.
const longestMarkup = 300

// angle passes Slack's mentions and links; a link's label is read on as text.
func (l *lexer) angle(i int) int {
	if end := l.tag(i); end > 0 {
		for j := i; j < end; j++ {
			l.gap(j, gapMarkup, 0)
		}
		return end
	}
	if end := l.label(i); end > 0 {
		l.angled = end
		return l.add(i, i+1, pieceOpen)
	}
	next := l.at(i + 1)
	if next != '@' && next != '#' && next != '!' && !isLatin(next) {
		l.gap(i, gapSoft, '<')
		return i + 1
	}
	for j := i + 1; j < len(l.points) && j < i+longestMarkup; j++ {
		switch l.points[j].Rune {
		case '>', '|':
			return l.add(i, j+1, pieceOther)
		case ' ', '\n':
			l.gap(i, gapSoft, '<')
			return i + 1
		}
	}
	l.gap(i, gapSoft, '<')
	return i + 1
}

// label returns the closing bracket of Chinese characters in angle brackets, <快点>, that begin at i, or 0.
func (l *lexer) label(i int) int {
	const longest = 12
	j := i + 1
	for j < i+longest && isHan(l.at(j)) {
		j++
	}
	if j == i+1 || l.at(j) != '>' {
		return 0
	}
	return j
}

// handle returns the blank or sign behind Chinese characters that follow # or @, #快点暖起来#, or 0.
func (l *lexer) handle(i int) int {
	const longest = 14
	if before := l.at(i - 1); before != 0 && before != ' ' && before != '\n' {
		return 0
	}
	j := i + 1
	for j < i+longest && isHan(l.at(j)) {
		j++
	}
	if j == i+1 || l.at(j) != ' ' && l.at(j) != '#' {
		return 0
	}
	return j
}

// tags are HTML's marks inside a sentence.
var tags = map[string]bool{
	"b": true, "i": true, "u": true, "s": true, "em": true, "strong": true, "span": true, "del": true, "ins": true,
	"small": true, "big": true, "mark": true, "font": true, "sub": true, "sup": true, "wbr": true, "code": true,
}

// tag returns the end of one of them that begins at i, or 0.
func (l *lexer) tag(i int) int {
	j := i + 1
	if l.at(j) == '/' {
		j++
	}
	var name strings.Builder
	for ; isLatin(l.at(j)) && name.Len() < 8; j++ {
		name.WriteRune(l.at(j))
	}
	if !tags[name.String()] {
		return 0
	}
	for ; j < len(l.points) && j < i+longestMarkup; j++ {
		switch l.points[j].Rune {
		case '>':
			return j + 1
		case '<', '\n':
			return 0
		}
	}
	return 0
}

// emojiCode returns the end of an emoji's code like :smile: that begins at i, or 0.
func (l *lexer) emojiCode(i int) int {
	letter := false
	for j := i + 1; j < len(l.points) && j < i+40; j++ {
		switch r := l.points[j].Rune; {
		case r == ':' && letter && !isLatin(l.at(i-1)):
			return j + 1
		case r >= 'a' && r <= 'z':
			letter = true
		case !isLatin(r) && r != '_' && r != '-' && r != '+':
			return 0
		}
	}
	return 0
}
