package guard

import (
	"strings"
	"unicode"

	"coachbot/playbooks/fold"
)

// undisguise puts back what was typed so that a program would not read it:
// letters set apart (H u r r y), letters drawn out (youuu), digits for letters
// (d0nt), short forms (ppl), slips of the finger (knwo), pinyin and homophones
// for characters (不zhi道, 布吉岛). What stays the same length or grows keeps its span.
func undisguise(points []fold.Point) []fold.Point {
	points = joinSpaced(points)
	out := make([]fold.Point, 0, len(points))
	for i := 0; i < len(points); {
		if !isLatin(points[i].Rune) {
			out = append(out, points[i])
			i++
			continue
		}
		end := i
		for end < len(points) && (isLatin(points[end].Rune) || points[end].Rune == '\'' && end+1 < len(points) && isLatin(points[end+1].Rune)) {
			end++
		}
		out = appendWord(out, points, i, end)
		i = end
	}
	return homophones(out)
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// joinSpaced joins four or more single letters set apart by one blank each; two blanks part words.
func joinSpaced(points []fold.Point) []fold.Point {
	single := func(i int) bool {
		return i < len(points) && points[i].Rune >= 'a' && points[i].Rune <= 'z'
	}
	out := make([]fold.Point, 0, len(points))
	for i := 0; i < len(points); {
		n, j := 0, i
		if i == 0 || !isLatin(points[i-1].Rune) {
			for single(j) && (j+1 >= len(points) || !isLatin(points[j+1].Rune)) {
				n++
				k := j + 1
				for k < len(points) && (points[k].Rune == ' ' || points[k].Rune == '\'') && k < j+4 {
					k++
				}
				if k == j+1 || !single(k) {
					j++
					break
				}
				j = k
			}
		}
		if n < 4 {
			out = append(out, points[i])
			i++
			continue
		}
		for k := i; k < j; k++ {
			blanks := points[k].Rune == ' '
			if !blanks || points[k-1].Rune == ' ' {
				out = append(out, points[k])
			}
		}
		i = j
	}
	return out
}

// appendWord writes a word in the form that the families use.
func appendWord(out, points []fold.Point, start, end int) []fold.Point {
	var b strings.Builder
	letters := 0
	for k := start; k < end; k++ {
		if points[k].Rune != '\'' {
			b.WriteRune(points[k].Rune)
		}
		if unicode.IsLetter(points[k].Rune) {
			letters++
		}
	}
	word := b.String()
	if letters == 0 {
		return append(out, points[start:end]...)
	}
	besideHan := start > 0 && unicode.Is(unicode.Han, points[start-1].Rune) || end < len(points) && unicode.Is(unicode.Han, points[end].Rune)
	if han, ok := syllables[word]; ok && (besideHan || besideSyllable(points, start, end)) {
		return append(out, fold.Point{Rune: han, Start: points[start].Start, End: points[end-1].End})
	}
	to := respell(word)
	if to == word {
		return append(out, points[start:end]...)
	}
	for _, r := range to {
		out = append(out, fold.Point{Rune: r, Start: points[start].Start, End: points[end-1].End})
	}
	return out
}

// besideSyllable reports whether a neighbouring word is pinyin of the table too:
// one alone may be any language's word.
func besideSyllable(points []fold.Point, start, end int) bool {
	word := func(i, step int) string {
		for i >= 0 && i < len(points) && points[i].Rune == ' ' {
			i += step
		}
		from := i
		for i >= 0 && i < len(points) && isLatin(points[i].Rune) {
			i += step
		}
		if step < 0 {
			from, i = i+1, from+1
		}
		if from < 0 || i > len(points) || from >= i {
			return ""
		}
		var b strings.Builder
		for _, p := range points[from:i] {
			b.WriteRune(p.Rune)
		}
		return b.String()
	}
	_, before := syllables[word(start-1, -1)]
	_, after := syllables[word(end, 1)]
	return before || after
}

// syllables are the pinyin of the characters that the phrases are made of.
var syllables = map[string]rune{"wo": '我', "ni": '你', "nin": '您', "bu": '不', "zhi": '知', "dao": '道', "xi": '喜', "huan": '欢', "da": '打', "rao": '扰',
	"jiao": '搅', "fan": '烦', "bie": '别', "zai": '再', "hui": '回', "lai": '来', "cuo": '错', "guai": '怪', "dong": '懂', "zhe": '这', "zhong": '种', "ren": '人',
	"shi": '是', "de": '的', "dou": '都', "le": '了', "kuai": '快', "dian": '点', "deng": '等', "men": '们'}

// respell undoes digits for letters, drawn-out letters, short forms and slips.
func respell(word string) string {
	if to, ok := shortForms[word]; ok {
		return to
	}
	if strings.ContainsAny(word, "013") && strings.ContainsFunc(word, unicode.IsLetter) {
		word = strings.NewReplacer("0", "o", "1", "i", "3", "e").Replace(word)
	}
	word = collapse(word)
	if to, ok := slips[word]; ok {
		return to
	}
	return word
}

// collapse brings three or more of a letter down to one: no English word has three.
func collapse(word string) string {
	rs := []rune(word)
	var out []rune
	for i := 0; i < len(rs); {
		j := i
		for j < len(rs) && rs[j] == rs[i] {
			j++
		}
		if j-i >= 3 {
			out = append(out, rs[i])
		} else {
			out = append(out, rs[i:j]...)
		}
		i = j
	}
	return string(out)
}

var shortForms = map[string]string{"u": "you", "ur": "your", "ppl": "people", "pls": "please", "plz": "please", "idont": "i dont", "youdont": "you dont", "itsnot": "its not"}

// slips are the words of the families with two neighbouring letters swapped, or a double letter single.
var slips = makeSlips("know", "dont", "like", "people", "bother", "hurry", "fault", "leave", "alone", "understand", "back", "already", "never", "idea")

func makeSlips(words ...string) map[string]string {
	real := map[string]bool{"nerve": true} // words of their own
	out := map[string]string{}
	for _, w := range words {
		for i := 0; i+1 < len(w); i++ {
			swapped := w[:i] + w[i+1:i+2] + w[i:i+1] + w[i+2:]
			if swapped != w && !real[swapped] {
				out[swapped] = w
			}
			if w[i] == w[i+1] {
				out[w[:i]+w[i+1:]] = w
			}
		}
	}
	return out
}

// homophones writes the phrases' own characters for what sounds like them, where
// the neighbours show that it does: 布吉岛, 布知道, 窝不, 憋再.
func homophones(points []fold.Point) []fold.Point {
	at := func(i int) rune {
		if i >= 0 && i < len(points) {
			return points[i].Rune
		}
		return 0
	}
	for i := range points {
		r := points[i].Rune
		switch {
		case r == '布' && at(i+1) == '吉' && at(i+2) == '岛':
			points[i].Rune, points[i+1].Rune, points[i+2].Rune = '不', '知', '道'
		case (r == '布' || r == '8') && strings.ContainsRune("知喜是懂关", at(i+1)):
			points[i].Rune = '不'
		case (r == '窝' || r == '俺') && strings.ContainsRune("不都真也早讨已8布", at(i+1)):
			points[i].Rune = '我'
		case (r == '憋' || r == '表') && strings.ContainsRune("再来烦打吵回", at(i+1)):
			points[i].Rune = '别'
		}
	}
	return points
}
