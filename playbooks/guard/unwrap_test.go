package guard

import (
	"strings"
	"testing"
)

// Letters in brackets, words quoted one by one, blanks as addresses write them, and pictures for words.
func TestUnwrap(t *testing.T) {
	t.Parallel()
	g := New()
	for draft, want := range map[string]string{
		"I d(o)n't kn(o)w the dye lot": "dont-know", "y()u d()n't kn()w": "you-dont-know", `"not" "my" "fault"`: "not-my-fault", "leave%20me%20alone": "dont-bother-me",
		"❌ my fault, ask the courier": "not-my-fault", "🙅🏿‍♀️ our fault": "not-my-fault", "🚫 come back here": "dont-come-back", "🛑 bothering me": "dont-bother-me", "🫵 don't understand": "you-dont-know",
		"I 👎 your tone": "dont-like", "I don't like 🫵": "dont-like-you", "It's n❌t my fault": "not-my-fault",
		"Form(s) in the post, call print() to see": "", "20%20off": "", "❌ Wi-Fi, ✅ parking": "", `The "yes" "no" cards are back`: "", "We ❤️ you all": "",
	} {
		var got []string
		for _, f := range g.Check(draft) {
			got = append(got, f.Phrase)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: found %v, want %q", draft, got, want)
		}
	}
}
