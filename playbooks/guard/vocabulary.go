package guard

import "unicode/utf8"

// vocabulary knows the words that the patterns hold, and how they are disguised.
type vocabulary struct {
	words    map[string][]symbol // what a word stands for: itself, a short form, a slip
	han      [hanLast - hanFirst + 1]symbol
	odd      [hanLast - hanFirst + 1]bool // what single or begins knows of these
	goes     [hanLast - hanFirst + 1]bool // characters with which a sound goes on
	rest     map[rune]symbol              // characters of other blocks
	known    map[string]symbol            // every word and character with its number
	names    []uint32                     // the hash of each, by number
	stems    []uint32                     // the hash of each one's stem
	alone    []uint32                     // the feature that each is by itself
	concepts uint8                        // how many
	meaning  map[uint32][]uint8           // the concepts that a word stands for, by its hash or stem
	little   map[uint32]bool              // words that mean little
	means    [][]uint8                    // the concepts of each word that has a number
	small    []bool                       // the little ones of those
	telling  hashSet                      // the keys of meaning
	drawn    map[string][]symbol          // words with all double letters single
	short    map[string][]string          // short forms: the words they stand for
	sounds   map[[2]rune][]sound          // by the first two written
	single   map[rune]rune                // characters that always stand for another
	parts    map[[2]rune]rune             // two halves of a character, written side by side
	begins   map[rune]bool                // characters with which a sound begins
	signs    map[rune]bool                // emoji that stand for characters
	pinyin   *pinyin
	whole    map[string]bool // words that are looked for in two parts
	torn     [26][26]uint32  // their lengths, as bits, by their first and last letters
	shapes   [26][26]uint32  // the same of all words of four letters or more
	outlines [26][26]uint32  // by their first two letters: the last letters, as bits, of words that mean something
	digits   map[rune]digitWord
	cut      map[string][]symbol // mistyped words that end with 't
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
