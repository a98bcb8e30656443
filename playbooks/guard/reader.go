package guard

import (
	"strings"
	"sync"
	"unicode/utf8"

	"coachbot/playbooks/fold"
)

// token is one word or character of a draft, or a mark between them.
type token struct {
	sym        symbol
	r          rune  // the character, of tokens of one
	start, end int32 // code points of the draft
	title      bool  // it begins with a capital letter and goes on with small ones
	name       bool  // it stands in a book's or song's title
}

// tokens of a draft: between two stops, with what a language it is.
type reading struct {
	tokens []token
	lang   string
}

// points are the code points of the draft that some tokens stand for. In text
// turned back the first token need not be the first in the draft.
func (r reading) points(s span) (from, to int) {
	first, last := r.tokens[s.first].start, r.tokens[s.first].end
	for _, t := range r.tokens[s.first+1 : s.last+1] {
		first, last = min(first, t.start), max(last, t.end)
	}
	return int(first), int(last)
}

// vocabulary knows the words that the patterns hold, and how they are disguised.
type vocabulary struct {
	words  map[string][]symbol // what a word stands for: itself, a short form, a slip
	han    [hanLast - hanFirst + 1]symbol
	odd    [hanLast - hanFirst + 1]bool // what single or begins knows of these
	rest   map[rune]symbol              // characters of other blocks
	known  map[string]symbol            // every word and character with its number
	names  []uint32                     // the hash of each, by number
	drawn  map[string][]symbol          // words with all double letters single
	short  map[string][]string          // short forms: the words they stand for
	sounds map[[2]rune][]sound          // by the first two written
	single map[rune]rune                // characters that always stand for another
	begins map[rune]bool                // characters with which a sound begins
	pinyin *pinyin
	whole  map[string]bool // words that are looked for in two parts
	torn   [26][26]uint32  // their lengths, as bits, by their first and last letters
	shapes [26][26]uint32  // the same of all words of four letters or more
	digits map[rune]digitWord
	cut    map[string][]symbol // mistyped words that end with 't
}

const hanFirst, hanLast = 0x3400, 0x9FFF

// symbol gives a word its number, a new one when it has none.
func (v *vocabulary) symbol(word string) symbol {
	switch word {
	case ",":
		return symComma
	case ".":
		return symStop
	case "?":
		return symAsk
	}
	if s, ok := v.known[word]; ok {
		return s
	}
	s := symFirst + symbol(len(v.known))
	v.known[word] = s
	if r, size := utf8.DecodeRuneInString(word); size == len(word) && r >= utf8.RuneSelf {
		if r >= hanFirst && r <= hanLast {
			v.han[r-hanFirst] = s
		} else {
			v.rest[r] = s
		}
	} else {
		v.words[word] = []symbol{s}
	}
	return s
}

func (v *vocabulary) of(r rune) symbol {
	if r >= hanFirst && r <= hanLast {
		return v.han[r-hanFirst]
	}
	return v.rest[r]
}

// reader turns pieces into tokens. It is used again for the next draft.
type reader struct {
	v            *vocabulary
	points       []fold.Point
	pieces       []piece
	out          []token
	han, letters int
	titles       int // depth of open title marks
	plain        int // pieces before this one are known to be no pinyin
	buf          []byte
	own          []byte // the word that is read
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// longestKept bounds the draft, in bytes, whose buffers are kept.
const longestKept = 1 << 18

// read folds a draft and undoes its disguises, then hands the tokens to use, for
// as long as it runs. The tokens begin and end with a stop.
func (v *vocabulary) read(draft string, use func(reading)) {
	r := readers.Get().(*reader)
	*r = reader{v: v, points: fold.AppendMap(r.points[:0], draft), pieces: r.pieces[:0], out: r.out[:0], buf: r.buf, own: r.own}
	if strings.Contains(draft, "\u202e") {
		turnBack(draft, r.points)
	}
	r.pieces = r.gather(lex(r.pieces, r.points))
	r.out = append(r.out, token{sym: symStop})
	for i := 0; i < len(r.pieces); {
		i = r.piece(i)
	}
	end := int32(0)
	if n := len(r.points); n > 0 {
		end = r.points[n-1].End
	}
	r.out = append(r.out, token{sym: symStop, start: end, end: end})
	v.unsound(r.out)
	lang := "en"
	if 4*r.han > r.letters {
		lang = "zh"
	}
	use(reading{r.out, lang})
	if len(draft) <= longestKept {
		readers.Put(r)
	}
}

// turnBack brings text that runs from right to left by a control character into the order in which it is read.
func turnBack(draft string, points []fold.Point) {
	n, from := int32(0), int32(-1)
	p := 0
	turn := func(to int32) {
		for p < len(points) && points[p].Start < from {
			p++
		}
		q := p
		for q < len(points) && points[q].Start < to {
			q++
		}
		for i, j := p, q-1; i < j; i, j = i+1, j-1 {
			points[i], points[j] = points[j], points[i]
		}
		p, from = q, -1
	}
	for _, r := range draft {
		switch {
		case r == '\u202e' && from < 0:
			from = n
		case (r == '\u202c' || r == '\n') && from >= 0:
			turn(n)
		}
		n++
	}
	if from >= 0 {
		turn(n)
	}
}

func (r *reader) emit(s symbol, from, to int32) *token {
	start, end := r.points[from].Start, r.points[to-1].End
	if start > end || r.points[to-1].Start < start { // text turned back
		start, end = r.points[to-1].Start, r.points[from].End
	}
	r.out = append(r.out, token{sym: s, start: start, end: end, name: r.titles > 0})
	return &r.out[len(r.out)-1]
}

// piece takes one or more pieces in and returns the next.
func (r *reader) piece(i int) int {
	p := r.pieces[i]
	switch p.kind {
	case pieceHan:
		r.han++
		at := r.points[p.start].Rune
		r.emit(r.v.of(at), p.start, p.end).r = at
	case pieceLatin:
		return r.latin(i)
	case pieceZhuyin:
		r.zhuyin(p)
	case pieceOther:
		r.emit(symOther, p.start, p.end)
	case pieceOpen:
		r.emit(symOpen, p.start, p.end)
	case pieceClose:
		r.emit(symClose, p.start, p.end)
	case pieceTitleOpen, pieceTitleClose:
		r.titles = max(0, r.titles+map[pieceKind]int{pieceTitleOpen: 1, pieceTitleClose: -1}[p.kind])
		r.emit(symBreak, p.start, p.end)
	default:
		if s := r.between(i); s != symOther {
			r.emit(s, p.start, p.end)
		}
	}
	return i + 1
}

// between is the mark that a gap stands for; symOther is none.
func (r *reader) between(i int) symbol {
	p := r.pieces[i]
	chinese := r.kind(i-1) == pieceHan && r.kind(i+1) == pieceHan
	if chinese && p.kind >= gapBlank && (r.repeats(i, -1) || r.repeats(i, 1)) { // set between single characters
		if p.kind >= gapComma {
			return symBreak
		}
		return symOther
	}
	switch p.kind {
	case gapStop:
		if r.stopped(i, -2) || r.stopped(i, 2) {
			return symBreak
		}
	case gapMarkup:
		return symOther
	case gapBlank:
		if chinese && r.kind(i-2) == pieceHan && r.kind(i+2) == pieceHan {
			return symBreak
		}
		return symOther
	case gapSoft:
		if r.kind(i-1) == pieceLatin && r.kind(i+1) == pieceLatin {
			return symOther
		}
		return symBreak
	case gapBreak:
		return symBreak
	case gapComma:
		return symComma
	}
	if p.mark == '?' {
		return symAsk
	}
	return symStop
}

// repeats reports whether the gap beyond the one character on that side is of the same sign.
func (r *reader) repeats(i, step int) bool {
	p := r.pieces[i]
	k := i + 2*step
	if k < 0 || k >= len(r.pieces) || !r.pieces[k].gap() {
		return false
	}
	o := r.pieces[k]
	beyond := r.kind(k + step)
	return o.kind == p.kind && o.mark == p.mark && (beyond == pieceHan || step < 0)
}

// stopped reports whether a stop behind a word, and the one a word away, are the same: It. Is. Not. My. Fault.
func (r *reader) stopped(i, step int) bool {
	if i+step < 1 || i+step >= len(r.pieces) {
		return false
	}
	a, b := r.pieces[i], r.pieces[i+step]
	return b.kind == gapStop && a.mark == b.mark && r.kind(i-1) == pieceLatin && r.kind(i+1) == pieceLatin && r.kind(i+step-1) == pieceLatin
}

// kind is that of a piece; beyond the draft it is a stop.
func (r *reader) kind(i int) pieceKind {
	if i < 0 || i >= len(r.pieces) {
		return gapStop
	}
	return r.pieces[i].kind
}

// latin takes a word in: spelled out in single letters, in pinyin, or as it is.
func (r *reader) latin(i int) int {
	p := r.pieces[i]
	if p.spelled && r.runTogether(p) || r.cut(p) || r.digitWord(i) {
		return i + 1
	}
	r.own = append(r.own[:0], r.letterBytes(p)...)
	word := r.own
	plain := !p.spelled && smallLetters(word) // the word is what its letters are
	syms := r.v.words[string(word)]
	english := plain && syms != nil && r.kind(i-1) != pieceHan && r.kind(i+1) != pieceHan
	if i >= r.plain && !english && r.v.pinyin.mayBe(word) {
		if next := r.romanised(i); next > i {
			return next
		}
	}
	next := i + 1
	if i+1 < len(r.pieces) && hides[byte(r.pieces[i+1].mark)] != "" {
		next = r.masked(i)
		p.end = r.pieces[next-1].end
		word = r.letterBytes(p)
	}
	if next == i+1 {
		end := max(r.broken(i), r.parted(i))
		if end > next {
			next, p.end = end, r.pieces[end-1].end
		}
		if end > i+1 || !plain {
			word = r.joined(i, next-1)
		}
	}
	r.letters += len(word)
	if next > i+1 || !plain {
		syms = r.v.words[string(word)]
	}
	if next == i+1 && nothing(word, syms) {
		if r.joinBefore(i) {
			return next
		}
		if end := r.joinAfter(i); end > next {
			next, p.end = end, r.pieces[end-1].end
		}
		word = r.joined(i, next-1)
		syms = r.v.words[string(word)]
	}
	r.word(word, syms, p)
	return next
}

func smallLetters(word []byte) bool {
	for _, c := range word {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// runTogether emits the words that letters set apart make up: i d o n t k n o w.
func (r *reader) runTogether(p piece) bool {
	word := r.letterBytes(p)
	if r.v.words[string(word)] != nil {
		return false
	}
	syms := r.v.apart(word)
	for _, s := range syms {
		r.emit(s, p.start, p.end)
	}
	r.letters += len(word)
	return syms != nil
}

// nothing reports a word, or a letter, that means nothing by itself.
func nothing(word []byte, syms []symbol) bool {
	return syms == nil || len(word) == 1 && word[0] != 'a' && word[0] != 'i' && word[0] != 'u'
}

// meansNothing is the same of a piece.
func (r *reader) meansNothing(p piece) bool {
	word := r.letterBytes(p)
	return nothing(word, r.v.words[string(word)])
}

// cut emits a mistyped word that ends with 't: do't know.
func (r *reader) cut(p piece) bool {
	if p.end-p.start < 4 || r.points[p.end-1].Rune != 't' || r.points[p.end-2].Rune != '\'' {
		return false
	}
	r.buf = r.buf[:0]
	for _, at := range r.points[p.start:p.end] {
		r.buf = utf8.AppendRune(r.buf, at.Rune)
	}
	syms := r.v.cut[string(r.buf)]
	for _, s := range syms {
		r.emit(s, p.start, p.end).title = r.titled(p)
	}
	return syms != nil
}

// joinBefore joins a word that means nothing with the one before it: whol e, an noying.
func (r *reader) joinBefore(i int) bool {
	if i < 2 || !r.apart(i-2) || r.pieces[i-2].spelled {
		return false
	}
	p := piece{start: r.pieces[i-2].start, end: r.pieces[i].end}
	last := len(r.out) - 1
	if r.out[last].start != r.points[p.start].Start {
		return false
	}
	syms := r.v.words[string(r.joined(i-2, i))]
	if len(syms) != 1 {
		return false
	}
	r.out = r.out[:last]
	r.emit(syms[0], p.start, p.end).title = r.titled(p)
	return true
}

// joinAfter returns the piece behind a word that means nothing and the next, where both make one word: t hat.
func (r *reader) joinAfter(i int) int {
	if r.apart(i) && r.v.words[string(r.joined(i, i+2))] != nil {
		return i + 3
	}
	return i
}

// apart reports whether a blank parts a word from the next, and both together could be one of the patterns' by
// their length, first and last letter.
func (r *reader) apart(i int) bool {
	if i+2 >= len(r.pieces) || r.pieces[i+1].kind != gapBlank || r.pieces[i+2].kind != pieceLatin {
		return false
	}
	first, second := r.pieces[i], r.pieces[i+2]
	n := first.end - first.start + second.end - second.start
	begin, end := r.points[first.start].Rune-'a', r.points[second.end-1].Rune-'a'
	return n < 32 && begin >= 0 && begin < 26 && end >= 0 && end < 26 && r.v.shapes[begin][end]>>n&1 == 1
}

// broken joins a word that signs or markup break up, under-stand or y~ou, and
// returns the piece behind it. One part at least must mean nothing, or the word be long.
func (r *reader) broken(i int) int {
	const long, most = 5, 4
	best, markup, whole := i+1, true, true
	for j := i + 2; j < len(r.pieces) && j <= i+2*most; j += 2 {
		gap := r.pieces[j-1]
		sign := gap.kind == gapSoft || gap.kind == gapBreak && gap.mark != '\n' && gap.mark != '('
		if gap.kind != gapMarkup && (!sign || gap.end-gap.start != 1) || r.pieces[j].kind != pieceLatin {
			break
		}
		markup = markup && gap.kind == gapMarkup
		if j == i+2 {
			whole = !r.meansNothing(r.pieces[i])
		}
		whole = whole && !r.meansNothing(r.pieces[j])
		if word := r.joined(i, j); (len(word) >= long || markup || !whole) && r.v.words[string(word)] != nil {
			best = j + 1
		}
	}
	return best
}

// parted joins a word that one blank parts, kn ow or hur ry, and returns the piece
// behind it. Of words that are often mistyped one part may be a word of its own.
func (r *reader) parted(i int) int {
	if i+2 >= len(r.pieces) || r.pieces[i+1].kind != gapBlank || r.pieces[i+2].kind != pieceLatin {
		return i
	}
	first, second := r.pieces[i], r.pieces[i+2]
	a, b := first.end-first.start, second.end-second.start
	begin, end := r.points[first.start].Rune-'a', r.points[second.end-1].Rune-'a'
	if a+b > 31 || begin < 0 || begin >= 26 || end < 0 || end >= 26 || r.v.torn[begin][end]>>(a+b)&1 == 0 || second.start-first.end != 1 {
		return i
	}
	word := r.joined(i, i+2)
	if len(word) != int(a+b) || !r.v.whole[string(word)] || r.v.words[string(word[:a])] != nil && r.v.words[string(word[a:])] != nil {
		return i
	}
	return i + 3
}

// lettersOf are the letters and digits of a word, valid until the next call.
func (r *reader) lettersOf(p piece) []byte {
	r.buf = r.buf[:0]
	for _, at := range r.points[p.start:p.end] {
		if isLatin(at.Rune) {
			r.buf = append(r.buf, byte(at.Rune))
		}
	}
	return r.buf
}

// joined are the letters and digits of two pieces and of those between that are no gaps.
func (r *reader) joined(i, j int) []byte {
	r.buf = r.buf[:0]
	for ; i <= j; i++ {
		if p := r.pieces[i]; !p.gap() {
			for _, at := range r.points[p.start:p.end] {
				if isLatin(at.Rune) {
					r.buf = append(r.buf, byte(at.Rune))
				}
			}
		}
	}
	return r.buf
}

// letterBytes is a word without its apostrophes, valid until the next call.
func (r *reader) letterBytes(p piece) []byte {
	if p.spelled {
		return r.lettersOf(p)
	}
	r.buf = r.buf[:0]
	for _, at := range r.points[p.start:p.end] {
		switch at.Rune {
		case '\'', '`', ';', ',', '"', '^':
		default:
			r.buf = utf8.AppendRune(r.buf, at.Rune)
		}
	}
	return r.buf
}

// joins reports words that begin a new clause without a comma before them.
func joins(word []byte) bool {
	switch string(word) {
	case "because", "but", "although", "cuz":
		return true
	}
	return false
}

// word emits what a word stands for: syms, or where it has none what undo makes of it.
func (r *reader) word(word []byte, syms []symbol, p piece) {
	from, to := p.start, p.end
	if joins(word) && !r.out[len(r.out)-1].sym.isMark() {
		r.out = append(r.out, token{sym: symBreak, start: r.points[from].Start, end: r.points[from].Start})
	}
	if syms == nil && digits(word) {
		syms = []symbol{symNumber}
	}
	if syms == nil {
		syms = r.v.undo(word)
	}
	for _, s := range syms {
		t := r.emit(s, from, to)
		t.title = r.titled(p)
		if len(word) == 1 {
			t.r = rune(word[0])
		}
	}
}

// titled reports a word that begins with a capital letter and goes on with small ones.
func (r *reader) titled(p piece) bool {
	for i := p.start + 1; i < p.end; i++ {
		if r.points[i].Upper {
			return false
		}
	}
	return r.points[p.start].Upper
}

func digits(word []byte) bool {
	for _, c := range word {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// gather joins letters set apart one by one: d o n ' t   k n o w. Where two
// widths of gaps alternate the wider parts words; else the letters are one word,
// which latin takes apart.
func (r *reader) gather(pieces []piece) []piece {
	n := 0
	for i := 0; i < len(pieces); {
		end := i
		if p := &pieces[i]; p.kind == pieceLatin && p.end-p.start == 1 {
			var before piece
			if n > 1 {
				before = pieces[n-2]
			}
			end = r.letterRun(pieces, i, before)
		}
		if end == i {
			if n < i {
				pieces[n] = pieces[i]
			}
			n, i = n+1, i+1
			continue
		}
		signs := false
		for k := i + 1; k < end; k += 2 {
			signs = signs || pieces[k].kind != gapBlank && pieces[k].mark != '\''
		}
		word := piece{start: pieces[i].start, end: pieces[i].end, kind: pieceLatin, spelled: true}
		for k := i + 2; k < end; k += 2 {
			gap, next := pieces[k-1], pieces[k]
			if gap.wide && gap.mark != '\'' || signs && gap.kind == gapBlank {
				pieces[n], pieces[n+1] = word, gap
				n, word.start = n+2, next.start
			}
			word.end = next.end
		}
		pieces[n] = word
		n, i = n+1, end
	}
	return pieces[:n]
}

// letterRun returns the piece behind single letters that stand apart from i on; i
// when they are too few. Two letters are enough when they and a word beside them are pinyin: w o bu zhidao.
func (r *reader) letterRun(pieces []piece, i int, before piece) int {
	letter := func(p piece) bool { return p.kind == pieceLatin && p.end-p.start == 1 && r.points[p.start].Rune >= 'a' }
	if !letter(pieces[i]) {
		return i
	}
	mark := rune(-1)
	j, letters := i, 1
	for j+2 < len(pieces) {
		gap := pieces[j+1]
		if !gap.gap() || gap.kind > gapBreak && gap.mark != '.' || !letter(pieces[j+2]) {
			break
		}
		if gap.mark != '\'' && gap.kind != gapBlank {
			if mark >= 0 && gap.mark != mark {
				break
			}
			mark = gap.mark
		}
		letters++
		j += 2
	}
	if letters > 3 || letters == 3 && mark >= 0 {
		return j + 1
	}
	syllable := func(p piece) bool {
		if p.kind != pieceLatin || p.end-p.start == 1 {
			return false
		}
		word := r.letterBytes(p)
		return r.v.pinyin.count(word) > 0 && !r.v.pinyin.english[string(word)] && r.v.words[string(word)] == nil
	}
	if letters < 2 || r.v.pinyin.count(r.lettersOf(piece{start: pieces[i].start, end: pieces[j].end})) == 0 {
		return i
	}
	if j+2 < len(pieces) && pieces[j+1].kind == gapBlank && syllable(pieces[j+2]) || before.end > 0 && syllable(before) {
		return j + 1
	}
	return i
}

// digitWord emits the word that a lone digit is written for: 1 don't know, you have 2 wait.
func (r *reader) digitWord(i int) bool {
	p := r.pieces[i]
	if p.end-p.start != 1 || r.points[p.start].Rune > '9' || r.kind(i+1) != gapBlank || r.kind(i+2) != pieceLatin {
		return false
	}
	d, ok := r.v.digits[r.points[p.start].Rune]
	if !ok {
		return false
	}
	word := r.letterBytes(r.pieces[i+2])
	syms := r.v.words[string(word)]
	if syms == nil {
		syms = r.v.undo(word)
	}
	if d.before[syms[0]] {
		r.emit(d.word, p.start, p.end)
	}
	return d.before[syms[0]]
}

// masked joins a word with letters hidden behind a sign, kn*w or h@te, when the
// whole is a word of the patterns, and returns the piece behind it.
func (r *reader) masked(i int) int {
	const most = 3
	j := i
	for j+2 < len(r.pieces) && j-i < 2*most {
		gap := r.pieces[j+1]
		if !gap.gap() || gap.end-gap.start != 1 && (gap.end-gap.start != 2 || r.points[gap.start+1].Rune != '\'') || gap.mark >= utf8.RuneSelf || hides[byte(gap.mark)] == "" || r.pieces[j+2].kind != pieceLatin {
			break
		}
		j += 2
	}
	if j == i || r.v.unmask(r.letterBytes(piece{start: r.pieces[i].start, end: r.pieces[j].end})) == nil {
		return i + 1
	}
	return j + 1
}
