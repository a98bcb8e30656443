package llm

import "unicode"

// Tokens is a bound on the tokens of a text that the tokenizers of today's
// services keep to on ordinary text in both languages (a test compares it over
// the labelled cases): a word costs one token for every four letters begun, any
// mark or digit one, a Chinese character one and a third.
func Tokens(text string) int {
	thirds, run := 0, 0
	for _, r := range text {
		switch {
		case r < unicode.MaxASCII && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'):
			if run%4 == 0 {
				thirds += 3
			}
			run++
			continue
		case r == ' ':
		case r < unicode.MaxASCII:
			thirds += 3
		default:
			thirds += 4
		}
		run = 0
	}
	return (thirds + 2) / 3
}
