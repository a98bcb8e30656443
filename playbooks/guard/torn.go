package guard

import "unicode/utf8"

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

// longestHalf is the length up to which a word that means nothing may be what a shifted blank left.
const longestHalf = 8

// shifted emits two words of which the blank between stands some letters off: lik eyou, not m yfault.
func (r *reader) shifted(i int) bool {
	if i+2 >= len(r.pieces) || r.pieces[i+1].kind != gapBlank || r.kind(i) != pieceLatin || r.kind(i+2) != pieceLatin || r.pieces[i].spelled || r.pieces[i+2].spelled {
		return false
	}
	const least, longest = 5, 16
	first, second := r.pieces[i], r.pieces[i+2]
	if n := first.end - first.start + second.end - second.start; n < least || n > longest {
		return false
	}
	for _, by := range [...]int32{1, -1, 2, -2} {
		border := second.start + by // the point at which the second word begins
		if by < 0 {
			border = first.end + by
		}
		a, b := first.end-first.start+by, second.end-second.start-by
		if a < 1 || b < 1 || !r.shaped(border, second.end, b) || !r.shaped(first.start, border, a) {
			continue
		}
		word := r.lettersOf(piece{start: first.start, end: border})
		before := r.v.words[string(word)]
		if nothing(word, before) {
			continue
		}
		word = r.lettersOf(piece{start: border, end: second.end})
		behind := r.v.words[string(word)]
		if nothing(word, behind) {
			continue
		}
		for _, s := range before {
			r.emit(s, first.start, border)
		}
		for _, s := range behind {
			r.emit(s, border, second.end)
		}
		r.letters += int(second.end - first.start)
		return true
	}
	return false
}

// shiftedBefore is the same of a word that means nothing and the one before it: both erme.
func (r *reader) shiftedBefore(i int) bool {
	if i < 2 || r.kind(i-2) != pieceLatin {
		return false
	}
	start, kept := r.points[r.pieces[i-2].start].Start, len(r.out)
	for kept > 0 && r.out[kept-1].start == start && !r.out[kept-1].sym.isMark() {
		kept--
	}
	if kept == len(r.out) {
		return false
	}
	n := len(r.out)
	if !r.shifted(i - 2) {
		return false
	}
	r.out = append(r.out[:kept], r.out[n:]...)
	return true
}

// shaped reports whether the letters between two points could be a word of the patterns by the first two, the last and their number.
func (r *reader) shaped(from, to, letters int32) bool {
	letter := func(at int32) int32 { return r.points[at].Rune - 'a' }
	first, last := letter(from), letter(to-1)
	next := min(from+1, to-1)
	if second := letter(next); second < 0 || second >= 26 { // a blank or an apostrophe
		next = min(from+2, to-1)
	}
	second := letter(next)
	if first < 0 || first >= 26 || second < 0 || second >= 26 || last < 0 || last >= 26 || r.v.outlines[first][second]>>last&1 == 0 {
		return false
	}
	return letters < 4 || letters > 12 || r.v.shapes[first][last]>>letters&1 == 1
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
		if gap.kind != gapMarkup && (!sign || gap.end-gap.start > 1 && !r.same(gap)) || r.pieces[j].kind != pieceLatin {
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

// same reports a gap of up to four of one sign: f---ault.
func (r *reader) same(gap piece) bool {
	for _, at := range r.points[gap.start:gap.end] {
		if at.Rune != gap.mark {
			return false
		}
	}
	return gap.end-gap.start <= 4
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
		signs, blanks := 0, 0
		for k := i + 1; k < end; k += 2 {
			switch {
			case pieces[k].kind == gapBlank:
				blanks++
			case pieces[k].mark != '\'':
				signs++
			}
		}
		parts := func(gap piece) bool { // the gaps of which there are fewer part words
			switch {
			case gap.mark == '\'':
				return false
			case gap.wide:
				return true
			case signs >= blanks:
				return gap.kind == gapBlank || r.points[gap.end-1].Rune == ' '
			}
			return signs > 0 && gap.kind != gapBlank
		}
		word := piece{start: pieces[i].start, end: pieces[i].end, kind: pieceLatin, spelled: true}
		for k := i + 2; k < end; k += 2 {
			gap, next := pieces[k-1], pieces[k]
			if parts(gap) {
				gap.kind = min(gap.kind, gapSoft) // the dot of h.u.r.r.y. u.p. ends no sentence
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
// when they are too few. Two letters are enough when they and a word beside them are pinyin, w o bu zhidao, or when a
// Chinese character stands beside them: 我 b u 知 道.
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
	if j+2 < len(pieces) && pieces[j+1].kind == gapBlank && syllable(pieces[j+2]) || before.end > 0 && syllable(before) || besideHan(pieces, i, -1) || besideHan(pieces, j, 1) {
		return j + 1
	}
	return i
}

// besideHan reports whether the piece on that side, a blank passed over, is a Chinese character.
func besideHan(pieces []piece, i, step int) bool {
	k := i + step
	if k >= 0 && k < len(pieces) && pieces[k].kind == gapBlank {
		k += step
	}
	return k >= 0 && k < len(pieces) && pieces[k].kind == pieceHan
}

// masked joins a word with letters hidden behind a sign or an emoji, kn*w or h@te, when
// the whole is a word of the patterns, and returns the piece behind it.
func (r *reader) masked(i int) int {
	const most = 3
	j := i
	for j+2 < len(r.pieces) && j-i < 2*most {
		gap := r.pieces[j+1]
		if !gap.hides() || gap.end-gap.start != 1 && (gap.end-gap.start != 2 || r.points[gap.start+1].Rune != '\'') || r.pieces[j+2].kind != pieceLatin {
			break
		}
		j += 2
	}
	if j == i || r.v.unmask(r.maskedLetters(piece{start: r.pieces[i].start, end: r.pieces[j].end})) == nil {
		return i + 1
	}
	return j + 1
}

// hides reports a gap that may stand for a letter.
func (p piece) hides() bool {
	return p.mark != 0 && p.gap() && (p.mark < utf8.RuneSelf && hides[byte(p.mark)] != "" || p.mark >= firstEmoji)
}

// firstEmoji begins the pictures; what is below are signs of writing.
const firstEmoji = 0x1F000

// maskedLetters is a word with a star for each emoji, valid until the next call.
func (r *reader) maskedLetters(p piece) []byte {
	r.buf = r.buf[:0]
	for _, at := range r.points[p.start:p.end] {
		if at.Rune >= utf8.RuneSelf {
			r.buf = append(r.buf, '*')
		} else if !apostrophe[at.Rune] {
			r.buf = append(r.buf, byte(at.Rune))
		}
	}
	return r.buf
}
