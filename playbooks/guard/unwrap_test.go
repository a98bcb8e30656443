package guard

import (
	"strings"
	"testing"

	"coachbot/playbooks/fold"
)

// Letters in brackets, words quoted one by one, blanks as addresses write them, and pictures for words.
func TestUnwrap(t *testing.T) {
	t.Parallel()
	g := New()
	for draft, want := range map[string]string{
		"I d(o)n't kn(o)w the dye lot": "dont-know", "y()u d()n't kn()w": "you-dont-know", `"not" "my" "fault"`: "not-my-fault", "leave%20me%20alone": "dont-bother-me", "“not” “my” “fault”": "not-my-fault",
		"❌ my fault, ask the courier": "not-my-fault", "🙅🏿‍♀️ our fault": "not-my-fault", "🚫 come back here": "dont-come-back", "🛑 bothering me": "dont-bother-me", "🫵 don't understand": "you-dont-know",
		"I 👎 your tone": "dont-like", "I don't like 🫵": "dont-like-you", "It's n❌t my fault": "not-my-fault",
		"Form(s) in the post, call print() to see": "", "20%20off": "", "❌ Wi-Fi, ✅ parking": "", `The "yes" "no" cards are back`: "", "We ❤️ you all": "", "Forms “A” “B” “C” are in the post": "",
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

// In text turned back, what stands for several signs still begins before it ends.
func TestUnwrapTurnedBack(t *testing.T) {
	t.Parallel()
	const draft = "ok \u202etluaf02%ym02%t)(n\u202c"
	points := fold.AppendMap(nil, draft)
	turnBack(draft, points)
	var text strings.Builder
	for _, p := range unwrap(points) {
		text.WriteRune(p.Rune)
		if p.Start >= p.End {
			t.Errorf("%q stands for %d to %d", p.Rune, p.Start, p.End)
		}
	}
	if text.String() != "ok not my fault" {
		t.Errorf("read as %q", text.String())
	}
}
