package guard

import (
	"strings"
	"unicode/utf8"
)

// pinyin turns syllables of the patterns' words back into characters.
type pinyin struct {
	syllables map[string]bool
	words     map[string]string // syllables parted by blanks: characters, one a syllable
	english   map[string]bool   // words that are pinyin by chance
	longest   int               // syllables of the longest word
}

const longestSyllable = 6

// split takes a word apart into syllables; digits behind one are its tone. nil when it cannot.
func (y *pinyin) split(word []byte) []string {
	if len(word) == 0 || len(word) > 48 {
		return nil
	}
	type way struct{ from, n int } // where the last syllable begins, and how many there are, counted from 1
	ways := make([]way, len(word)+1)
	ways[0].n = 1
	for i := range word {
		if ways[i].n == 0 {
			continue
		}
		for j := i + 1; j <= len(word) && j-i <= longestSyllable; j++ {
			if !y.syllables[string(word[i:j])] {
				continue
			}
			k := j
			if k < len(word) && word[k] >= '1' && word[k] <= '5' {
				k++
			}
			if ways[k].n == 0 || ways[k].n > ways[i].n+1 {
				ways[k] = way{i, ways[i].n + 1}
			}
		}
	}
	if ways[len(word)].n == 0 {
		return nil
	}
	var out []string
	for j := len(word); j > 0; j = ways[j].from {
		out = append([]string{strings.TrimRight(string(word[ways[j].from:j]), "12345")}, out...)
	}
	return out
}

// characters writes syllables as characters, the longest words first.
func (y *pinyin) characters(syllables []string) []rune {
	var out []rune
	for i := 0; i < len(syllables); {
		n := min(y.longest, len(syllables)-i)
		for ; n > 1; n-- {
			if _, ok := y.words[strings.Join(syllables[i:i+n], " ")]; ok {
				break
			}
		}
		chars, ok := y.words[strings.Join(syllables[i:i+n], " ")]
		if !ok { // a syllable known only inside a longer word
			chars = "\uFFFD"
		}
		out = append(out, []rune(chars)...)
		i += n
	}
	return out
}

// romanised takes in a stretch of pinyin that begins at piece i and returns the
// piece behind it; i when there is none. A stretch is pinyin when it is long, when
// it touches Chinese characters, or when it is a clause of its own.
func (r *reader) romanised(i int) int {
	y := r.v.pinyin
	if !y.mayBegin(r.points[r.pieces[i].start].Rune) {
		return i
	}
	type spelled struct {
		at        piece
		syllables []string
	}
	var found []spelled
	var all []string
	english := 0
	j := i
	for j < len(r.pieces) && r.pieces[j].kind == pieceLatin {
		word := r.letterBytes(r.pieces[j])
		syllables := y.split(word)
		if syllables == nil {
			break
		}
		if y.english[string(word)] {
			english++
		}
		found = append(found, spelled{r.pieces[j], syllables})
		all = append(all, syllables...)
		j++
		if j+1 >= len(r.pieces) || !r.pieces[j].gap() || r.pieces[j].kind > gapBreak || r.pieces[j+1].kind != pieceLatin {
			break
		}
		j++
	}
	if len(found) == 0 {
		return i
	}
	j = i + 2*len(found) - 1
	r.plain = j
	if !r.isPinyin(i, j, len(all), english == len(found)) {
		return i
	}
	chars := y.characters(all)
	r.han += len(chars)
	n := 0
	for _, f := range found {
		for range f.syllables {
			r.emit(r.v.of(chars[n]), f.at.start, f.at.end).r = chars[n]
			n++
		}
	}
	return j
}

// isPinyin judges pieces [i, j) by what stands beside them.
func (r *reader) isPinyin(i, j, syllables int, english bool) bool {
	chinese := func(k int) bool { return r.kind(k) == pieceHan || r.kind(k) == pieceZhuyin }
	clauseEnds := func(k int) bool { kind := r.kind(k); return kind >= gapBreak }
	near := func(k, step int) bool {
		return chinese(k) || (r.kind(k) <= gapSoft && r.kind(k) >= gapMarkup) && chinese(k+step)
	}
	switch {
	case english:
		return chinese(i-1) && chinese(j)
	case syllables >= 3, chinese(i-1), chinese(j):
		return true
	case near(i-1, -1) && (near(j, 1) || clauseEnds(j)), clauseEnds(i-1) && near(j, 1):
		return true
	}
	return syllables == 2 && clauseEnds(i-1) && clauseEnds(j)
}

func (y *pinyin) mayBegin(r rune) bool { return r >= 'a' && r <= 'z' && r != 'i' && r != 'u' && r != 'v' }

// zhuyin takes in a run of bopomofo, also one that stands for whole syllables by their first sounds.
func (r *reader) zhuyin(p piece) {
	var syllables []string
	ends := []int32{}
	for k := p.start; k < p.end; {
		best := k + 1
		syllable := ""
		for n := min(p.end, k+3); n > k; n-- {
			var b strings.Builder
			for _, at := range r.points[k:n] {
				b.WriteRune(at.Rune)
			}
			if s, ok := r.v.pinyin.words[b.String()]; ok {
				best, syllable = n, s
				break
			}
		}
		for best < p.end && !isZhuyin(r.points[best].Rune) {
			best++
		}
		syllables, ends = append(syllables, syllable), append(ends, best)
		k = best
	}
	from := p.start
	for n := 0; n < len(syllables); {
		m := n
		for m < len(syllables) && r.v.pinyin.syllables[syllables[m]] {
			m++
		}
		if m == n {
			r.emit(symOther, from, ends[n])
			from, n = ends[n], n+1
			continue
		}
		for _, c := range r.v.pinyin.characters(syllables[n:m]) {
			r.emit(r.v.of(c), from, ends[n]).r = c
			from, n = ends[n], n+1
		}
	}
	r.han += len(syllables)
}

// sound is a way to write characters by others that sound, or look, like them.
type sound struct{ written, meant []rune }

// unsound writes the characters that are meant.
func (v *vocabulary) unsound(tokens []token) {
	for i := range tokens {
		if tokens[i].r == 0 {
			continue
		}
		for _, s := range v.sounds[tokens[i].r] {
			if v.unsoundAt(tokens[i:], s) {
				break
			}
		}
	}
}

// unsoundAt tries one way at the first token. Marks a phrase may pass are passed.
func (v *vocabulary) unsoundAt(tokens []token, s sound) bool {
	places := make([]int, 0, 8)
	for i := 0; i < len(tokens) && len(places) < len(s.written); i++ {
		switch t := tokens[i]; {
		case t.r == s.written[len(places)]:
			places = append(places, i)
		case len(places) == 0 || !t.sym.passable():
			return false
		}
	}
	if len(places) < len(s.written) {
		return false
	}
	for k, i := range places {
		tokens[i].r, tokens[i].sym = s.meant[k], v.of(s.meant[k])
		if s.meant[k] < utf8.RuneSelf {
			tokens[i].sym = v.known[string(s.meant[k])]
		}
	}
	return true
}
