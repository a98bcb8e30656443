package llm

import (
	"regexp"
	"slices"
	"strings"
)

// facts are what a draft tells and its rewriting must tell as well.
type facts struct {
	numbers []string
	dates   []string
	things  map[int]bool // of value, by their place among valuables: whether they are refused
}

// newFacts reads a draft.
func newFacts(draft string) *facts {
	text := fold(marked(draft))
	f := &facts{numbers: weighty(text), dates: dayForm.FindAllString(text, -1), things: make(map[int]bool)}
	for i, thing := range valuables {
		if refused, named := refusedIn(thing.MatchString, text); named {
			f.things[i] = refused
		}
	}
	return f
}

// keptBy reports whether a text tells all of them, none turned round.
func (f *facts) keptBy(answer string) bool {
	text := fold(marked(answer))
	numbers := quantities(text)
	for _, n := range f.numbers {
		if !slices.Contains(numbers, n) {
			return false
		}
	}
	for _, d := range f.dates {
		if !strings.Contains(text, d) {
			return false
		}
	}
	for i, refused := range f.things {
		if now, named := refusedIn(valuables[i].MatchString, text); !named || now != refused {
			return false
		}
	}
	return true
}

// weighty are the quantities of a text that a reader counts on: "one day" is a turn of phrase.
func weighty(text string) []string {
	return slices.DeleteFunc(quantities(text), func(q string) bool {
		value, kind, _ := strings.Cut(q, " ")
		return kind == "" || value == "1" && timeKinds[kind]
	})
}

// wishForm says what the customer wants: it gives nothing and refuses nothing.
var wishForm = regexp.MustCompile(`\byou(?:'d like| (?:want|wanted|asked for|hoped for|expected))\b[^,;]*|您(?:是)?(?:想|要|希望|要求)[^，,；;]*`)

// refusedIn reports whether a text names a thing, and whether only in sentences that
// deny. What the customer wants counts where nothing else names it.
func refusedIn(names func(string) bool, text string) (refused, named bool) {
	refused = true
	wished, wishedRefused := false, true
	for _, s := range sentences(text) {
		if !names(s) {
			continue
		}
		if names(wishForm.ReplaceAllString(s, "")) {
			named, refused = true, refused && denying.MatchString(s)
		} else {
			wished, wishedRefused = true, wishedRefused && denying.MatchString(s)
		}
	}
	if !named {
		return wishedRefused, wished
	}
	return refused, true
}
