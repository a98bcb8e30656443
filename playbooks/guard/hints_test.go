package guard

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

func TestHints(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/hints.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g := New()
	n := 0
	for in := json.NewDecoder(f); in.More(); n++ {
		var row struct {
			ID, Lang, Customer, Text string
			Expect                   []string
		}
		if err := in.Decode(&row); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range g.Hints(row.Text, Situation{Angry: row.Customer == "angry"}) {
			got = append(got, h.Hint)
			if points := []rune(row.Text); string(points[h.Start:h.End]) != h.Text || len(h.SayInstead) == 0 {
				t.Errorf("%s: %+v", row.ID, h)
			}
		}
		slices.Sort(got)
		slices.Sort(row.Expect)
		if !slices.Equal(got, row.Expect) {
			t.Errorf("%s (%s customer) %q: got %v, want %v", row.ID, row.Customer, row.Text, got, row.Expect)
		}
	}
	if n < 120 {
		t.Errorf("%d labelled rows", n)
	}
}

// What the guard and the hints suggest is free of what they find.
func TestSuggestionsAreClean(t *testing.T) {
	t.Parallel()
	g := New()
	check := func(text string) {
		if found := g.Check(text); len(found) > 0 {
			t.Errorf("%q: %+v", text, found)
		}
		for _, h := range g.Hints(text, Situation{Angry: true}) {
			if h.Hint != HintSolutionFirst { // a sentence is no whole answer
				t.Errorf("%q: %+v", text, h)
			}
		}
	}
	for _, words := range betterWords {
		for _, list := range words {
			for _, w := range list {
				check(w)
			}
		}
	}
	for _, p := range g.Phrases() {
		for _, list := range p.SayInstead {
			for _, w := range list {
				check(w)
			}
		}
	}
}
