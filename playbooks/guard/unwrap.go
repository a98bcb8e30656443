package guard

import (
	"slices"

	"coachbot/playbooks/fold"
)

// unwrap takes signs away that stand around letters or for one: d(o)n't, d()n't, "not" "my" "fault", leave%20me. It works in place.
func unwrap(points []fold.Point) []fold.Point {
	at := func(i int) rune {
		if i >= 0 && i < len(points) {
			return points[i].Rune
		}
		return 0
	}
	first := slices.IndexFunc(points, func(p fold.Point) bool { return p.Rune == '(' || quoteMark(p.Rune) || p.Rune == '%' })
	if first < 0 {
		return points
	}
	out := points[:first]
	bracket := 0 // that ends letters in brackets
	quoted := 0  // where the last of several words ends that are quoted one by one
	for i := first; i < len(points); i++ {
		p := points[i]
		if p.Rune != '(' && p.Rune != ')' && p.Rune != '%' && !quoteMark(p.Rune) {
			out = append(out, p)
			continue
		}
		var before rune
		short := len(out) < 2 || out[len(out)-2].Rune == ' ' // a letter alone stands before
		if n := len(out); n > 0 {
			before = out[n-1].Rune
		}
		switch {
		case p.Rune == '%' && at(i+1) == '2' && at(i+2) == '0' && isLatin(before):
			p = merged(' ', points[i:i+3])
			i += 2
		case p.Rune == '(' && at(i+1) == ')' && (isLatin(at(i+2)) || short && isLatin(before)):
			p = merged('o', points[i:i+2])
			i++
		case i == bracket && i > 0:
			continue
		case p.Rune == '(' && isLatin(before) && wrapped(at, i) > 0:
			bracket = wrapped(at, i)
			continue
		case quoteMark(p.Rune) && i < quoted:
			continue
		case quoteMark(p.Rune):
			if quoted = quotedWords(at, i); quoted > 0 {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// merged is one point for several; in text turned back the last of them comes first in the draft.
func merged(r rune, of []fold.Point) fold.Point {
	p, last := of[0], of[len(of)-1]
	p.Rune, p.Start, p.End = r, min(p.Start, last.Start), max(p.End, last.End)
	return p
}

// quoteMark reports a straight or curly quotation mark.
func quoteMark(r rune) bool { return r == '"' || r == '“' || r == '”' }

// wrapped returns the bracket that ends one or two letters which begin behind i and have letters behind them; 0 when there is none.
func wrapped(at func(int) rune, i int) int {
	for j := i + 2; j <= i+3; j++ {
		if at(j) == ')' && isLatin(at(i+1)) && isLatin(at(j-1)) && isLatin(at(j+1)) {
			return j
		}
	}
	return 0
}

// quotedWords returns the end of two words or more, from i on, of which each stands in quotation marks; 0 when there are none.
func quotedWords(at func(int) rune, i int) int {
	end, words := 0, 0
	for quoteMark(at(i)) && isLatin(at(i+1)) {
		for i++; isLatin(at(i)) || at(i) == '\''; {
			i++
		}
		if !quoteMark(at(i)) {
			break
		}
		end, words = i+1, words+1
		if i += 2; at(i-1) != ' ' {
			break
		}
	}
	if words < 2 {
		return 0
	}
	return end
}

// pictures are what is read as a word: at the beginning or end of what is said 🚫 refuses, 🫵 points anywhere.
var pictures = map[rune]string{
	'🚫': "never", '❌': "never", '⛔': "never", '🙅': "never", '🚷': "never", '🛑': "stop",
	'🫵': "you", '🔙': "back", '👁': "i", '👎': "dislike", '👍': "like", '❤': "like", '💕': "like",
}

// readAsWord reports whether the picture at i stands where a word would: nothing joins it to letters on both sides.
func (l *lexer) readAsWord(i int) bool {
	j := i + 1
	for l.at(j) >= 0x1F3FB && l.at(j) <= 0x1F3FF || l.at(j) == '♂' || l.at(j) == '♀' {
		j++ // the colour of the skin, and a man or a woman
	}
	if l.at(j) == ' ' {
		j++
	}
	before := i - 1
	if l.at(before) == ' ' {
		before--
	}
	if j == i+1 && before == i-1 && isLatin(l.at(before)) && isLatin(l.at(j)) {
		return false // it hides a letter
	}
	last := piece{kind: gapStop}
	if n := len(l.out); n > 0 {
		last = l.out[n-1]
	}
	switch l.points[i].Rune {
	case '🫵', '🔙':
		return true
	case '👎', '👍', '❤', '💕':
		return isLatin(l.at(j)) && (l.ends(before, "i") || l.ends(before, "we") || l.ends(before, "don't") || l.ends(before, "dont"))
	}
	return isLatin(l.at(j)) && last.kind > gapBlank
}

// ends reports whether a word ends at i.
func (l *lexer) ends(i int, word string) bool {
	at := i - len(word) + 1
	for k, r := range word {
		if l.at(at+k) != r {
			return false
		}
	}
	return !isLatin(l.at(at - 1))
}
