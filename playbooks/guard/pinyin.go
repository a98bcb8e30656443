package guard

import (
	"bytes"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pinyin turns syllables of the patterns' words back into characters.
type pinyin struct {
	syllables map[string]bool
	words     map[string]string // syllables parted by blanks: characters, one a syllable
	english   map[string]bool   // words that are pinyin by chance
	never     map[string]bool   // words that only look like it
	longest   int               // syllables of the longest word
	begins    [256]uint32       // by a syllable's first letter: which letters come second
	tree      []letters         // of all syllables, from the root at 0
	slips     map[string]string // words with two letters swapped: the words
}

// letters is where a syllable's next letter leads in the tree; 0 is nowhere.
type letters struct {
	next [26]uint16
	ends bool // a syllable ends here
}

// add takes a syllable of small Latin letters in.
func (y *pinyin) add(syllable string) error {
	if len(y.tree) == 0 {
		y.tree = make([]letters, 1)
	}
	y.syllables[syllable] = true
	if len(syllable) > 1 {
		y.begins[syllable[0]] |= 1 << (syllable[1] & 31)
	}
	at := uint16(0)
	for i := range len(syllable) {
		c := syllable[i] - 'a'
		if c >= 26 {
			return fmt.Errorf("%q is no syllable of small letters", syllable)
		}
		if y.tree[at].next[c] == 0 {
			y.tree = append(y.tree, letters{})
			y.tree[at].next[c] = uint16(len(y.tree) - 1)
		}
		at = y.tree[at].next[c]
	}
	y.tree[at].ends = true
	return nil
}

const (
	longestSyllable = 6
	longestPinyin   = 60 // letters of a word
)

// count is the least number of syllables that make up a word; 0 when they do not.
func (y *pinyin) count(word []byte) int {
	if len(word) == 0 || len(word) > longestPinyin {
		return 0
	}
	for n, at := 1, uint64(1); at != 0; n++ { // at: the places that n-1 syllables lead to
		next := uint64(0)
		for ; at != 0; at &= at - 1 {
			next |= y.ends(word, bits.TrailingZeros64(at))
		}
		if next>>len(word)&1 == 1 {
			return n
		}
		at = next
	}
	return 0
}

// mended undoes what hides a word that is no pinyin as it is typed: letters swapped (zhdiao), and digits for
// letters or for 不 (zh1dao, 8zhidao). A number stays one.
func (y *pinyin) mended(word []byte) []byte {
	if meant, ok := y.slips[string(word)]; ok {
		if n := y.count(word); n > 0 && n <= y.count([]byte(meant)) { // shou is no slip of shuo
			return word
		}
		return []byte(meant)
	}
	const longest = 20
	if len(word) < 2 || len(word) > longest || !bytes.ContainsAny(word, "0168") || digits(word) || y.count(word) > 0 {
		return word
	}
	if meant := []byte(digitSounds.Replace(string(word))); y.count(meant) > 0 {
		return meant
	}
	return word
}

// digitSounds are the letters that digits stand for in pinyin: by their looks, and 8 for 不.
var digitSounds = strings.NewReplacer("0", "o", "1", "i", "6", "b", "8", "bu")

// slip notes a word with two of its letters swapped, if it is long enough to mean nothing else.
func (y *pinyin) slip(syllables []string) {
	const least = 4
	word := strings.Join(syllables, "")
	for i := 1; len(word) >= least && i+1 < len(word); i++ {
		if by := []byte(word); by[i] != by[i+1] {
			by[i], by[i+1] = by[i+1], by[i]
			y.slips[string(by)] = word
		}
	}
}

// ends are the places, as bits, at which a syllable that begins at i ends.
func (y *pinyin) ends(word []byte, i int) uint64 {
	var out uint64
	for j, at := i, uint16(0); j < len(word); j++ {
		c := word[j] - 'a'
		if c >= 26 {
			break
		}
		if at = y.tree[at].next[c]; at == 0 {
			break
		}
		if y.tree[at].ends && (j > i || len(word) == 1) {
			out |= 1 << toneBehind(word, j+1)
		}
	}
	return out
}

// toneBehind passes over the digit of a tone.
func toneBehind(word []byte, i int) int {
	if i < len(word) && word[i] >= '1' && word[i] <= '5' {
		return i + 1
	}
	return i
}

// syllable returns where the syllable word[i:j] ends, the digit of its tone
// included; 0 when it is none. One letter makes a syllable only as a word.
func (y *pinyin) syllable(word []byte, i, j int) int {
	if j-i == 1 && len(word) > 1 || j-i > 1 && y.begins[word[i]]>>(word[i+1]&31)&1 == 0 || !y.syllables[string(word[i:j])] {
		return 0
	}
	return toneBehind(word, j)
}

// split takes a word apart into count syllables.
func (y *pinyin) split(word []byte, count int) []string {
	if count == 0 {
		return nil
	}
	for j := min(len(word), longestSyllable); j > 0; j-- {
		k := y.syllable(word, 0, j)
		if k > 0 && (count == 1 && k == len(word) || count > 1 && y.count(word[k:]) == count-1) {
			return append([]string{string(word[:j])}, y.split(word[k:], count-1)...)
		}
	}
	return nil
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
	end, all, foreign := i, 0, 0 // foreign: syllables of words that are no English
	spelled := false
	for j := i; j < len(r.pieces) && r.pieces[j].kind == pieceLatin; j += 2 {
		word := r.syllables(r.pieces[j])
		n := y.count(word)
		if n == 0 || y.never[string(word)] {
			break
		}
		if !y.english[string(word)] && r.v.words[string(word)] == nil {
			foreign += n
		}
		spelled = spelled || r.pieces[j].spelled && n > 1
		all, end = all+n, j+1
		if end >= len(r.pieces) || !r.pieces[end].gap() || r.pieces[end].kind > gapBreak {
			break
		}
	}
	if end == i {
		return i
	}
	r.plain = end
	if !spelled && !r.isPinyin(i, end, all, foreign) {
		return i
	}
	var syllables []string
	var from []piece
	for j := i; j < end; j += 2 {
		word := r.syllables(r.pieces[j])
		for _, s := range y.split(word, y.count(word)) {
			syllables, from = append(syllables, s), append(from, r.pieces[j])
		}
	}
	for n, c := range y.characters(syllables) {
		r.emit(r.v.of(c), from[n].start, from[n].end).r = c
	}
	r.han += len(syllables)
	return end
}

// syllables are the letters of a word as pinyin, valid until the next call.
func (r *reader) syllables(p piece) []byte {
	word := r.letterBytes(p)
	if r.v.words[string(word)] != nil {
		return word
	}
	return r.v.pinyin.mended(word)
}

// isPinyin judges pieces [i, j) by what stands beside them.
func (r *reader) isPinyin(i, j, syllables, foreign int) bool {
	chinese := func(k int) bool { return r.kind(k) == pieceHan || r.kind(k) == pieceZhuyin }
	clauseEnds := func(k int) bool { kind := r.kind(k); return kind >= gapBreak }
	near := func(k, step int) bool {
		return chinese(k) || (r.kind(k) <= gapSoft && r.kind(k) >= gapMarkup) && chinese(k+step)
	}
	switch {
	case foreign == 0:
		return chinese(i-1) && chinese(j)
	case syllables >= 3 && foreign >= 2, chinese(i - 1), chinese(j):
		return true
	case near(i-1, -1) && (near(j, 1) || clauseEnds(j)), clauseEnds(i-1) && near(j, 1):
		return true
	}
	return foreign == 2 && clauseEnds(i-1) && clauseEnds(j)
}

// mayBe reports whether a word begins like a syllable.
func (y *pinyin) mayBe(word []byte) bool {
	return len(word) > 1 && (y.begins[word[0]]>>(word[1]&31)&1 == 1 || word[0] == '8' || word[1] <= '9') || len(word) == 1 && y.syllables[string(word)]
}

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

// initials adds the ways to write one character of a word by the first letter of its pinyin: 不z道.
func (v *vocabulary) initials() {
	for _, written := range slices.Sorted(maps.Keys(v.pinyin.words)) {
		meant := []rune(v.pinyin.words[written])
		for k, syllable := range strings.Fields(written) {
			if len(meant) < 2 || syllable[0] >= utf8.RuneSelf {
				continue
			}
			by := slices.Clone(meant)
			by[k] = rune(syllable[0])
			v.sound(sound{by, meant})
		}
	}
}

// sound adds a way to write two characters or more.
func (v *vocabulary) sound(s sound) {
	by := [2]rune{s.written[0], s.written[1]}
	v.sounds[by] = append(v.sounds[by], s)
	v.begins[by[0]] = true
	if r := by[1]; r >= hanFirst && r <= hanLast {
		v.goes[r-hanFirst] = true
	}
	v.markOdd(by[0])
	for _, r := range s.written {
		if r > hanLast || unicode.IsSymbol(r) { // an emoji
			v.signs[r] = true
		}
	}
}

// markOdd notes a character that may stand for another, alone or with the next.
func (v *vocabulary) markOdd(r rune) {
	if r >= hanFirst && r <= hanLast {
		v.odd[r-hanFirst] = true
	}
}

func (v *vocabulary) mayBeOdd(r rune) bool {
	return r != 0 && (r < hanFirst || r > hanLast || v.odd[r-hanFirst])
}

// mayGoOn reports a character that may be the second of a sound.
func (v *vocabulary) mayGoOn(r rune) bool {
	return r != 0 && (r < hanFirst || r > hanLast || v.goes[r-hanFirst])
}

// unsound writes the characters that are meant.
func (v *vocabulary) unsound(tokens []token) {
	for i := range tokens {
		if r := tokens[i].r; r >= utf8.RuneSelf && v.mayBeOdd(r) { // none of ASCII stands for another by itself
			if meant, ok := v.single[r]; ok {
				tokens[i].r, tokens[i].sym = meant, v.of(meant)
			}
		}
	}
	for i := range tokens {
		r := tokens[i].r
		if !v.mayBeOdd(r) || !v.begins[r] {
			continue
		}
		next := i + 1
		for next < len(tokens) && tokens[next].sym.passable() && tokens[next].r == 0 {
			next++
		}
		if next == len(tokens) || !v.mayGoOn(tokens[next].r) {
			continue
		}
		for _, s := range v.sounds[[2]rune{r, tokens[next].r}] {
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
