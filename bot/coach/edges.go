package coach

import "unicode"

// How a text begins and ends tells talk among colleagues from a case ("Reminder:",
// "who has …", "… all sorted"): its first and last units are marked as such.
const (
	edgeBuckets = 1 << 15
	edgeFirst   = 3
	edgeLast    = 5
)

// edges hashes the beginning and the end of a folded text into edgeBuckets
// buckets. A unit is a word or a Chinese character.
func edges(folded string) []int32 {
	var out []int32
	units := unitsOf(folded)
	put := func(seed uint32, list []uint32) {
		for _, u := range list {
			seed = seed*31 + u
		}
		out = append(out, int32(seed%edgeBuckets))
	}
	n := len(units)
	for i := 1; i <= min(edgeFirst, n); i++ {
		put(1, units[:i])
		put(2, units[n-i:])
	}
	for i := max(0, n-edgeLast); i < n; i++ {
		put(3, units[i:i+1])
		if i+2 <= n {
			put(3, units[i:i+2])
		}
	}
	return out
}

// unitsOf hashes each word and each Chinese character of a folded text, in order.
func unitsOf(folded string) []uint32 {
	var units []uint32
	word := seedWord
	end := func() {
		if word != seedWord {
			units = append(units, word)
			word = seedWord
		}
	}
	for _, r := range folded {
		switch {
		case unicode.Is(unicode.Han, r):
			end()
			units = append(units, hash(seedHan, r))
		case unicode.IsLetter(r):
			word = hash(word, r)
		case r != '\'':
			end()
		}
	}
	end()
	return units
}
