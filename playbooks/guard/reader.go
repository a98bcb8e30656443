package guard

import (
	"strings"
	"sync"

	"coachbot/playbooks/fold"
)

// token is one word or character of a draft, or a mark between them.
type token struct {
	sym        symbol
	r          rune   // the character, of tokens of one
	stem       uint32 // the hash of its stem, of a word that no pattern holds
	start, end int32  // code points of the draft
	title      bool   // it begins with a capital letter and goes on with small ones
	name       bool   // it stands in a book's or song's title
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
	lately       *[1 << latelyBits]knownWord
}

const latelyBits = 11

var readers = sync.Pool{New: func() any { return new(reader) }}

// longestKept bounds the draft, in bytes, whose buffers are kept.
const longestKept = 1 << 18

// read folds a draft and undoes its disguises, then hands the tokens to use, for
// as long as it runs. The tokens begin and end with a stop.
func (v *vocabulary) read(draft string, use func(reading)) {
	r := readers.Get().(*reader)
	if r.v != v {
		r.lately = new([1 << latelyBits]knownWord)
	}
	*r = reader{v: v, lately: r.lately, points: fold.AppendMap(r.points[:0], draft), pieces: r.pieces[:0], out: r.out[:0], buf: r.buf, own: r.own}
	if strings.Contains(draft, "\u202e") {
		turnBack(draft, r.points)
	}
	r.points = unwrap(r.points)
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
		if r.kind(i+1) == pieceHan && r.v.mayBeOdd(at) {
			if whole, ok := r.v.parts[[2]rune{at, r.points[r.pieces[i+1].start].Rune}]; ok {
				r.emit(r.v.of(whole), p.start, r.pieces[i+1].end).r = whole
				return i + 2
			}
		}
		r.emit(r.v.of(at), p.start, p.end).r = at
	case pieceLatin:
		return r.latin(i)
	case pieceZhuyin:
		r.zhuyin(p)
	case pieceOther:
		r.emit(symOther, p.start, p.end)
	case pieceSign:
		for _, s := range r.v.words[pictures[r.points[p.start].Rune]] {
			r.emit(s, p.start, p.end)
		}
	case pieceOpen:
		r.emit(symOpen, p.start, p.end)
	case pieceClose:
		r.emit(symClose, p.start, p.end)
	case pieceTitleOpen, pieceTitleClose:
		r.titles = max(0, r.titles+map[pieceKind]int{pieceTitleOpen: 1, pieceTitleClose: -1}[p.kind])
		r.emit(symBreak, p.start, p.end)
	default:
		if s := r.between(i); s != symOther {
			t := r.emit(s, p.start, p.end)
			if p.kind == gapBreak && r.v.signs[p.mark] {
				t.r = p.mark // it may stand for a character: 我🚫知道
			}
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
