// Package guard finds the ten forbidden phrases of the customer-service course
// in a draft reply, however they are typed, and says what to say instead.
//
// A draft is folded (package fold) into a stream in which disguises are undone:
// markup, invisible characters and what stands between single Han characters or
// letters are gone, words are parted by one blank, sentences by a line's end. The
// families of wordings (families.go) are matched there; what the words around
// excuse (the customer quoted, the phrase talked about, a condition, a courteous
// wait) is left alone. Spans lead back to the original. All steps are linear.
package guard

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Finding is one forbidden phrase in a draft.
type Finding struct {
	Phrase     string   `json:"phrase"` // id of the phrase
	Text       string   `json:"text"`   // the words of the draft, disguise and all
	Start      int      `json:"start"`  // code points of the draft
	End        int      `json:"end"`    // exclusive
	SayInstead []string `json:"say_instead"`
}

// Phrase is something an agent must not say to a customer.
type Phrase struct {
	ID         string
	Text       map[string]string   // the wording of the course by language
	SayInstead map[string][]string // better wordings by language
	Wordings   map[string][]string // what an added phrase is found by, by language
}

// Guard checks drafts. It does not change and is safe for concurrent use.
type Guard struct {
	phrases  []Phrase
	families []family
}

// family is one compiled pattern of a phrase.
type family struct {
	phrase int
	needs  []string // stems, one of which a text must hold; nil: none
	match  *regexp.Regexp
	unless *regexp.Regexp // tried on the sentence with the match replaced by a mark; nil: none
}

// New returns a guard for the ten phrases and the admins' additions. A phrase
// with the id of an earlier one is left out; ParseExtra reports such.
func New(extra ...Phrase) *Guard {
	g := &Guard{phrases: builtInPhrases()}
	for _, f := range builtInFamilies() {
		i := g.index(f.phrase)
		for _, pattern := range f.match {
			g.families = append(g.families, family{i, strings.Fields(f.needs), regexp.MustCompile(pattern), f.unless})
		}
	}
	for _, p := range extra {
		if g.index(p.ID) >= 0 {
			continue
		}
		g.phrases = append(g.phrases, p.clone())
		for _, lang := range slices.Sorted(maps.Keys(p.Wordings)) {
			for _, w := range p.Wordings[lang] {
				if s := plain(w); s != "" {
					g.families = append(g.families, family{len(g.phrases) - 1, nil, regexp.MustCompile(bounded(s)), nil})
				}
			}
		}
	}
	return g
}

// bounded is a wording as a pattern: English ones at the bounds of words.
func bounded(s string) string {
	pattern := regexp.QuoteMeta(s)
	if first, _ := utf8.DecodeRuneInString(s); first < utf8.RuneSelf {
		pattern = `\b` + pattern
	}
	if last, _ := utf8.DecodeLastRuneInString(s); last < utf8.RuneSelf {
		pattern += `\b`
	}
	return pattern
}

func (g *Guard) index(id string) int {
	return slices.IndexFunc(g.phrases, func(p Phrase) bool { return p.ID == id })
}

// Phrases returns the phrases that the guard looks for, the ten first, in the order of the course.
func (g *Guard) Phrases() []Phrase {
	out := make([]Phrase, len(g.phrases))
	for i, p := range g.phrases {
		out[i] = p.clone()
	}
	return out
}

func (p Phrase) clone() Phrase {
	p.Text = maps.Clone(p.Text)
	p.SayInstead, p.Wordings = cloneLists(p.SayInstead), cloneLists(p.Wordings)
	return p
}

func cloneLists(in map[string][]string) map[string][]string {
	out := make(map[string][]string, len(in))
	for k, v := range in {
		out[k] = slices.Clone(v)
	}
	return out
}

// Check returns the forbidden phrases that the draft says, ordered by Start, nil
// when there are none. Of phrases that say the same words, the most specific is reported.
func (g *Guard) Check(draft string) []Finding {
	st := read(draft)
	var found []hit
	for from := 0; from < len(st.text); {
		end := from + strings.IndexByte(st.text[from:], '\n')
		if end < from {
			end = len(st.text)
		}
		found = g.sentence(found, st, from, end)
		from = end + 1
	}
	if len(found) == 0 {
		return nil
	}
	return g.findings(draft, st, found)
}

type hit struct{ phrase, start, end int }

// sentence adds what one sentence says. No wording reaches over its end.
func (g *Guard) sentence(found []hit, st stream, from, end int) []hit {
	text := st.text[from:end]
	last, possible := -1, true
	for _, f := range g.families {
		if f.phrase != last { // a phrase's families share their stems
			last = f.phrase
			possible = f.needs == nil || slices.ContainsFunc(f.needs, func(stem string) bool { return strings.Contains(text, stem) })
		}
		if !possible {
			continue
		}
		for _, at := range f.match.FindAllStringIndex(text, -1) {
			if !st.excused(from+at[0], from+at[1], f) {
				found = append(found, hit{f.phrase, from + at[0], from + at[1]})
			}
		}
	}
	return found
}

// findings joins overlapping hits of a phrase and drops those that a more specific phrase covers.
func (g *Guard) findings(draft string, st stream, found []hit) []Finding {
	slices.SortFunc(found, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.phrase, b.phrase), cmp.Compare(a.start, b.start))
	})
	joined := found[:1]
	for _, h := range found[1:] {
		last := &joined[len(joined)-1]
		if last.phrase == h.phrase && h.start < last.end {
			last.end = max(last.end, h.end)
		} else {
			joined = append(joined, h)
		}
	}
	specific := map[string][]hit{}
	for _, h := range joined {
		if id := g.phrases[h.phrase].ID; id == "dont-like-you" || id == "your-kind" {
			specific[id] = append(specific[id], h)
		}
	}
	lang := st.lang
	points := []rune(draft)
	var out []Finding
	for _, h := range joined {
		if g.implied(h, specific) {
			continue
		}
		from, to := st.span(h.start, h.end)
		p := g.phrases[h.phrase]
		say := p.SayInstead[lang]
		if len(say) == 0 {
			say = append(slices.Clone(p.SayInstead["zh"]), p.SayInstead["en"]...)
		}
		out = append(out, Finding{Phrase: p.ID, Text: string(points[from:to]), Start: from, End: to, SayInstead: append([]string{}, say...)})
	}
	slices.SortFunc(out, func(a, b Finding) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return out
}

// implied reports whether a more specific phrase says the same words.
func (g *Guard) implied(h hit, specific map[string][]hit) bool {
	switch g.phrases[h.phrase].ID {
	case "dont-like":
		return overlaps(h, specific["dont-like-you"]) || overlaps(h, specific["your-kind"])
	case "dont-like-you":
		return overlaps(h, specific["your-kind"])
	}
	return false
}

// overlaps reports whether h shares a character with one of the hits, which are
// apart from each other and in order.
func overlaps(h hit, hits []hit) bool {
	i, _ := slices.BinarySearchFunc(hits, h.start, func(s hit, start int) int { return cmp.Compare(s.end, start+1) })
	return i < len(hits) && hits[i].start < h.end
}

// plain is a wording in the stream's form.
func plain(s string) string { return strings.TrimSpace(read(s).text) }
