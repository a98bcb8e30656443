package coach

import "unicode"

// language tells Chinese (any kind of it, also mixed with English) from
// everything else, which is read as English. A few Han characters outweigh many
// Latin letters: one of them carries about as much as a short word.
func language(s string) (lang string, mixed bool) {
	han, latinWords, inWord := 0, 0, false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
			inWord = false
		case r < 0x250 && unicode.IsLetter(r):
			if !inWord {
				latinWords++
			}
			inWord = true
		case r != '\'' && r != '’':
			inWord = false
		}
	}
	mixed = han > 0 && latinWords > 0
	if han > 0 && han*2 >= latinWords {
		return "zh", mixed
	}
	return "en", mixed
}
