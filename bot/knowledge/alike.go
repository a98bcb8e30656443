// Package knowledge finds what colleagues have learned: how alike two texts are,
// which knowledge cards fit a query or a case, and how a card becomes an addition
// to a playbook. It is pure: cards in, cards out.
package knowledge

import (
	"slices"
	"strings"
	"unicode"

	"coachbot/playbooks/fold"
)

// features of a text: the words of alphabets, the pairs of Chinese characters.
type features map[string]int

func featuresOf(text string) features {
	f := features{}
	var word []rune
	var han rune
	end := func() {
		if len(word) > 1 && !common(string(word)) {
			f[string(word)]++
		}
		word = word[:0]
	}
	for _, r := range fold.String(text) {
		switch {
		case unicode.Is(unicode.Han, r):
			end()
			if han != 0 {
				f[string([]rune{han, r})]++
			}
			han = r
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word = append(word, r)
		default:
			end()
		}
		han = 0
	}
	end()
	return f
}

// common words say nothing about what a text is about.
func common(word string) bool {
	return strings.Contains(" a an and are as at be but by can did do for from get had has have he her him his how i if in is it its just me my no not of on or our she so that the their them they this to us was we were what when which who will with you your ", " "+word+" ")
}

// Alike says how much two texts have in common, 0 to 1.
func Alike(a, b string) float64 { return alike(featuresOf(a), featuresOf(b)) }

// alike is Dice's coefficient of two bags.
func alike(a, b features) float64 {
	shared, all := 0, 0
	for word, n := range a {
		shared += min(n, b[word])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(all)
}

// Same reports whether two texts ask the same, but for marks, spaces and a word or two.
// Other figures are another order, sum or day.
func Same(a, b string) bool {
	if plain(a) == plain(b) {
		return true
	}
	return Alike(a, b) >= 0.85 && slices.Equal(figures(a), figures(b))
}

// figures are the numbers of a text, sorted.
func figures(text string) []string {
	list := strings.FieldsFunc(fold.String(text), func(r rune) bool { return !unicode.IsDigit(r) })
	slices.Sort(list)
	return list
}

func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, fold.String(text))
}
