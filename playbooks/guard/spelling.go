package guard

import (
	"bytes"
	"strings"
)

// undo finds what a word means that is not in the vocabulary as it is typed:
// digits and signs for letters (d0n't, kn*w), letters drawn out (youuu, nott),
// words run together (dontbotherme). A word that means nothing to the patterns is symOther.
func (v *vocabulary) undo(word []byte) []symbol {
	drawn, masked := false, false
	for i, c := range word {
		masked = masked || c < 'a'
		drawn = drawn || i >= 2 && c == word[i-1] && c == word[i-2]
	}
	if masked {
		if syms := v.unmask(word); syms != nil {
			return syms
		}
	}
	if drawn {
		if syms := v.drawn[string(squeeze(word, 1))]; syms != nil {
			return syms
		}
		word = squeeze(word, 2)
	}
	if n := len(word); n > 2 && word[n-1] == word[n-2] {
		if syms := v.words[string(word[:n-1])]; syms != nil {
			return syms
		}
	}
	if len(word) >= apartFrom {
		if syms := v.apart(word); syms != nil {
			return syms
		}
	}
	return unknownWord
}

// unknownWord is what a word stands for that means nothing; it is not changed.
var unknownWord = []symbol{symOther}

// hides tells which letters a digit or sign may stand for.
var hides = [256]string{'0': "o", '1': "il", '3': "e", '4': "a", '5': "s", '7': "t", '@': "a", '$': "s", '!': "i", '|': "il", '*': "oiaeu"}

// unmask reads digits and signs as letters; nil when no word of the patterns comes out.
func (v *vocabulary) unmask(word []byte) []symbol {
	const most = 4
	n := 0
	for _, c := range word {
		if c < 'a' {
			n++
		}
	}
	if n == 0 || n > most || n == len(word) {
		return nil
	}
	if syms := v.unmaskFrom(bytes.Clone(word), 0); syms != nil || n > 1 || bytes.IndexByte(word, '*') < 1 || len(word) < 4 {
		return syms
	}
	hidden := bytes.Clone(word)
	for c := byte('a'); c <= 'z'; c++ { // one star may hide any letter
		hidden[bytes.IndexByte(word, '*')] = c
		if syms := v.words[string(hidden)]; syms != nil {
			return syms
		}
	}
	return nil
}

func (v *vocabulary) unmaskFrom(word []byte, i int) []symbol {
	for i < len(word) && word[i] >= 'a' {
		i++
	}
	if i == len(word) {
		return v.words[string(word)]
	}
	sign := word[i]
	defer func() { word[i] = sign }()
	for _, letter := range []byte(hides[sign]) {
		word[i] = letter
		if syms := v.unmaskFrom(word, i+1); syms != nil {
			return syms
		}
	}
	return nil
}

// squeeze shortens letters in a row to at most n.
func squeeze(word []byte, n int) []byte {
	var out []byte
	for i, c := range word {
		if i < n || !bytes.Equal(bytes.Repeat([]byte{c}, n), word[i-n:i]) {
			out = append(out, c)
		}
	}
	return out
}

// Words run together are looked for in words of this length, of single letters
// in any, that begin like one of the starters.
const (
	apartFrom = 7
	apartTo   = 60
)

var starters = []string{"i", "we", "you", "its", "dont", "do", "not", "no", "never", "hurry", "leave", "get", "stop", "quit", "this", "thats", "beats", "how", "go", "wait", "just", "im", "dnt", "u",
	"my", "our", "like", "already", "people", "please", "stay", "buzz", "back", "nobody", "your", "it", "that", "let", "sit", "look", "guests", "customers", "what", "why", "who", "so", "cant", "hate", "none"}

// apart takes words run together apart: all of it into words of the patterns, at
// least three of them, or two of which one is long; nil when it cannot.
func (v *vocabulary) apart(word []byte) []symbol {
	if len(word) == 0 || len(word) > apartTo {
		return nil
	}
	for _, s := range starters {
		if word[0] == s[0] && bytes.HasPrefix(word, []byte(s)) && v.words[s] != nil {
			if syms, n, long := v.remainder(word[len(s):], len(s)); syms != nil && (n >= 2 && long >= 4 || n == 1 && long >= 4) {
				return append(append([]symbol{}, v.words[s]...), syms...)
			}
		}
	}
	return nil
}

// remainder takes the rest of a word apart with the fewest words and returns their symbols, number and longest.
func (v *vocabulary) remainder(word []byte, long int) ([]symbol, int, int) {
	const longest = 12
	type way struct{ from, n int }
	var ways [apartTo + 1]way // how the first letters are reached; n counts words from 1
	ways[0].n = 1
	for i := range word {
		if ways[i].n == 0 {
			continue
		}
		for j := i + 2; j <= len(word) && j-i <= longest; j++ {
			if v.words[string(word[i:j])] != nil && (ways[j].n == 0 || ways[j].n > ways[i].n+1) {
				ways[j] = way{i, ways[i].n + 1}
			}
		}
		if word[i] == 'u' && ways[i+1].n == 0 {
			ways[i+1] = way{i, ways[i].n + 1}
		}
	}
	n := ways[len(word)].n
	if n == 0 {
		return nil, 0, 0
	}
	var syms []symbol
	for j := len(word); j > 0; j = ways[j].from {
		part := word[ways[j].from:j]
		long = max(long, len(part))
		syms = append(append([]symbol{}, v.words[string(part)]...), syms...)
	}
	return syms, n - 1, long
}

// tear makes the reader look for a word in two parts.
func (v *vocabulary) tear(word string) {
	v.whole[word] = true
	v.torn[word[0]-'a'][word[len(word)-1]-'a'] |= 1 << len(word)
}

// digitWord is a word that a digit is written for where one of some words stands behind it.
type digitWord struct {
	word   symbol
	before map[symbol]bool
}

// slips are the ways in which a word is often mistyped: two neighbours swapped, a
// letter doubled and, with all, one left out or taken for another vowel or the key
// beside it; and all vowels left out. The first letter stays. Short words have too many neighbours for all.
func slips(word string, all bool) []string {
	var out []string
	add := func(parts ...string) { out = append(out, strings.Join(parts, "")) }
	for i := 1; i < len(word); i++ {
		if i+1 < len(word) {
			add(word[:i], word[i+1:i+2], word[i:i+1], word[i+2:])
		}
		add(word[:i], word[i:i+1], word[i:])
		if !all {
			continue
		}
		add(word[:i], word[i+1:])
		near := besideKey[word[i]]
		if strings.IndexByte("aeiou", word[i]) >= 0 {
			near += "aeiou"
		}
		for _, c := range near {
			add(word[:i], string(c), word[i+1:])
		}
	}
	if len(word) > 2 {
		add(word[1:2], word[:1], word[2:])
	}
	if short := withoutVowels(word); len(short) > 2 && short != word {
		add(short)
	}
	return out
}

// withoutVowels is what typing in a hurry leaves of a word: stnd, undrstnd.
func withoutVowels(word string) string {
	out := []byte{word[0]}
	for _, c := range []byte(word[1:]) {
		if strings.IndexByte("aeiou", c) < 0 && c != out[len(out)-1] {
			out = append(out, c)
		}
	}
	return string(out)
}

// besideKey are the neighbours of a key on the keyboard.
var besideKey = func() map[byte]string {
	near := map[byte]string{}
	for _, row := range []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"} {
		for i := range len(row) {
			near[row[i]] = row[max(0, i-1):i] + row[i+1:min(len(row), i+2)]
		}
	}
	return near
}()
