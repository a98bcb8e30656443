package guard

import (
	"slices"
	"testing"
)

// gramsOf are the features of a text of one sentence.
func gramsOf(g *Guard, text string) []uint32 {
	var out []uint32
	g.c.v.read(text, func(read reading) {
		eachSentence(read.tokens, func(s span) {
			out = new(gramReader).read(g.c.v, read.tokens[s.first:s.last+1], read.tokens[s.last+1].sym == symAsk)
		})
	})
	return out
}

// What means the same has features in common although no word is; what does not, has fewer.
func TestConcepts(t *testing.T) {
	t.Parallel()
	g := New()
	common := func(a, b string) (n int) {
		other := gramsOf(g, b)
		for _, f := range gramsOf(g, a) {
			if slices.Contains(other, f) {
				n++
			}
		}
		return n
	}
	for _, x := range [][3]string{
		{"quit pestering us", "stop bothering me", "ask the warehouse"},
		{"别再骚扰我们", "甭来烦俺", "明天给您送到"},
	} {
		if near, far := common(x[0], x[1]), common(x[0], x[2]); near <= far+1 {
			t.Errorf("%q has %d features in common with %q, %d with %q", x[0], near, x[1], far, x[2])
		}
	}
}

func TestGrams(t *testing.T) {
	t.Parallel()
	g := New()
	if plain, question := gramsOf(g, "you know nothing"), gramsOf(g, "you know nothing?"); len(question) <= len(plain) {
		t.Errorf("a question has %d features, the same words without the mark %d", len(question), len(plain))
	}
	if a, b := stemOf([]byte("bothering")), stemOf([]byte("bothers")); a != b {
		t.Error("bothering and bothers have different stems")
	}
	if a, b := stemOf([]byte("sing")), stemOf([]byte("sed")); a == b {
		t.Error("words too short to have an ending lose it")
	}
	c := &compiled{v: &vocabulary{meaning: map[uint32][]uint8{}, little: map[uint32]bool{}}}
	for line, ok := range map[string]bool{"= a | b": true, "= 不知道啊我 | b": true, "a | b": false, "= a b": false, "= a | ": false, "= 不知道啊我们": false} {
		if err := c.concept("know", line); (err == nil) != ok {
			t.Errorf("%q: %v", line, err)
		}
	}
}
