package guard

import (
	"encoding/binary"
	"unicode/utf8"
)

// latin takes a word in: spelled out in single letters, in pinyin, or as it is.
func (r *reader) latin(i int) int {
	if r.usual(i) {
		return i + 1
	}
	p := r.pieces[i]
	if p.spelled && r.runTogether(p) || r.cut(p) || r.digitWord(i) {
		return i + 1
	}
	r.own = r.appendLetters(r.own[:0], p)
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
	if i+1 < len(r.pieces) && r.pieces[i+1].hides() {
		if next = r.masked(i); next > i+1 {
			p.end = r.pieces[next-1].end
			word = r.maskedLetters(p)
		}
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
		short := len(word) <= longestHalf
		if r.joinBefore(i) || short && r.shiftedBefore(i) {
			return next
		}
		if end := r.joinAfter(i); end > next {
			next, p.end = end, r.pieces[end-1].end
		} else if short && r.shifted(i) {
			return i + 3
		}
		word = r.joined(i, next-1)
		syms = r.v.words[string(word)]
	}
	r.word(word, syms, p)
	return next
}

// knownWord is what a word stands for, by its letters.
type knownWord struct {
	first, rest uint64
	syms        []symbol
	usual       bool // the patterns hold it, and it means something
	joins       bool
}

// usual takes in a word of small letters that the patterns hold, as most are, where nothing
// beside it changes what it means; false leaves it to latin. Drafts say the same
// words again and again: those read last are at hand, without a search in all words.
func (r *reader) usual(i int) bool {
	p := r.pieces[i]
	if p.spelled || p.end-p.start > 16 || r.kind(i-1) == pieceHan || !r.standsAlone(i) {
		return false
	}
	var letters [16]byte
	points := r.points[p.start:p.end]
	title := points[0].Upper
	for k, at := range points {
		if at.Rune < 'a' || at.Rune > 'z' {
			return false
		}
		letters[k] = byte(at.Rune)
		title = title && (k == 0 || !at.Upper)
	}
	first, rest := binary.LittleEndian.Uint64(letters[:8]), binary.LittleEndian.Uint64(letters[8:])
	const odd = 0x9E3779B97F4A7C15
	w := &r.lately[((first^rest*odd)*odd)>>(64-latelyBits)]
	if w.first != first || w.rest != rest {
		word := letters[:len(points)]
		syms := r.v.words[string(word)]
		*w = knownWord{first, rest, syms, !nothing(word, syms), joins(word)}
	}
	if !w.usual || r.parted(i) > i {
		return false
	}
	r.letters += len(points)
	if w.joins {
		r.clause(p.start)
	}
	for _, s := range w.syms {
		t := r.emit(s, p.start, p.end)
		t.title = title
		if len(points) == 1 {
			t.r = points[0].Rune
		}
	}
	return true
}

// standsAlone reports whether a blank, the end of a clause or a line's end follows a word.
func (r *reader) standsAlone(i int) bool {
	if i+1 == len(r.pieces) {
		return true
	}
	gap := r.pieces[i+1]
	switch gap.kind {
	case gapBlank:
		return true
	case gapBreak:
		return gap.mark == '\n'
	}
	return (gap.kind == gapComma || gap.kind == gapStop) && !gap.hides()
}

// clause notes that a clause begins at a point, unless one does anyway.
func (r *reader) clause(from int32) {
	if !r.out[len(r.out)-1].sym.isMark() {
		r.out = append(r.out, token{sym: symBreak, start: r.points[from].Start, end: r.points[from].Start})
	}
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
	if syms == nil && len(word) <= apartTo { // whoever sets letters apart hides something: any words will do, m y f a u l t
		if all, n, long := r.v.remainder(word, 0); n >= 2 && long >= 4 {
			syms = all
		}
	}
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

// lettersOf are the letters and digits of a piece, valid until the next call.
func (r *reader) lettersOf(p piece) []byte {
	r.buf = r.appendLatin(r.buf[:0], p)
	return r.buf
}

// joined are the letters and digits of two pieces and of those between that are no gaps.
func (r *reader) joined(i, j int) []byte {
	r.buf = r.buf[:0]
	for ; i <= j; i++ {
		if p := r.pieces[i]; !p.gap() {
			r.buf = r.appendLatin(r.buf, p)
		}
	}
	return r.buf
}

// appendLatin appends the letters and digits of a piece.
func (r *reader) appendLatin(to []byte, p piece) []byte {
	for _, at := range r.points[p.start:p.end] {
		if isLatin(at.Rune) {
			to = append(to, byte(at.Rune))
		}
	}
	return to
}

// letterBytes is a word without its apostrophes, valid until the next call.
func (r *reader) letterBytes(p piece) []byte {
	r.buf = r.appendLetters(r.buf[:0], p)
	return r.buf
}

// appendLetters appends a word without its apostrophes.
func (r *reader) appendLetters(to []byte, p piece) []byte {
	if p.spelled {
		return r.appendLatin(to, p)
	}
	for _, at := range r.points[p.start:p.end] {
		if at.Rune >= utf8.RuneSelf {
			to = utf8.AppendRune(to, at.Rune)
		} else if !apostrophe[at.Rune] {
			to = append(to, byte(at.Rune))
		}
	}
	return to
}

// apostrophe are the signs that are typed for one.
var apostrophe = [utf8.RuneSelf]bool{'\'': true, '`': true, ';': true, ',': true, '"': true, '^': true}

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
	if joins(word) {
		r.clause(from)
	}
	if syms == nil && digits(word) {
		syms = []symbol{symNumber}
	}
	if syms == nil {
		syms = r.v.undo(word)
	}
	for _, s := range syms {
		t := r.emit(s, from, to)
		if s == symOther {
			t.stem = stemOf(word)
		}
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
