package coach

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"coachbot/playbooks"
)

// keywordSearch is Okapi BM25 over whole documents, the plain thing to beat.
type keywordSearch struct {
	ids    []string
	terms  []map[string]float64
	length []float64
	mean   float64
	in     map[string]int // in how many documents a term stands
}

// keywords cuts a text into lower-case words and, where it is Chinese, pairs of characters.
func keywords(s string) []string {
	var out []string
	var han []rune
	flush := func() {
		for i := range han {
			if i+1 < len(han) {
				out = append(out, string(han[i:i+2]))
			}
		}
		han = han[:0]
	}
	for _, field := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		var word []rune
		for _, r := range field {
			if unicode.Is(unicode.Han, r) {
				han = append(han, r)
				continue
			}
			flush()
			word = append(word, r)
		}
		flush()
		if len(word) > 0 {
			out = append(out, string(word))
		}
	}
	return out
}

func newKeywordSearch(set *playbooks.Set, lang string) *keywordSearch {
	k := &keywordSearch{in: make(map[string]int)}
	for _, p := range slices.Concat(set.Scenarios(lang), set.NotACase(lang)) {
		parts := append([]string{p.Title, p.Summary}, slices.Concat(p.Signals, p.Strong, p.Now)...)
		for _, step := range playbooks.Steps() {
			for _, phrase := range p.Steps[step] {
				parts = append(parts, phrase.Text)
			}
		}
		for _, x := range p.Examples {
			parts = append(parts, x.Text)
		}
		terms := make(map[string]float64)
		for _, w := range keywords(strings.Join(parts, "\n")) {
			terms[w]++
		}
		var n float64
		for w, c := range terms {
			k.in[w]++
			n += c
		}
		id := p.ID
		if p.Kind == playbooks.NotACase {
			id = ""
		}
		k.ids, k.terms, k.length, k.mean = append(k.ids, id), append(k.terms, terms), append(k.length, n), k.mean+n
	}
	k.mean /= float64(max(len(k.ids), 1))
	return k
}

// rank returns the ids, best first; "" stands for the messages that are no case.
func (k *keywordSearch) rank(text string) []string {
	type scored struct {
		id    string
		score float64
	}
	var list []scored
	words := keywords(text)
	for d, id := range k.ids {
		var sum float64
		for _, w := range words {
			tf, n := k.terms[d][w], float64(k.in[w])
			idf := math.Log(1 + (float64(len(k.ids))-n+0.5)/(n+0.5))
			sum += idf * tf * 2.2 / (tf + 1.2*(0.25+0.75*k.length[d]/k.mean))
		}
		list = append(list, scored{id, sum})
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var out []string
	for _, s := range list {
		out = append(out, s.id)
	}
	return out
}

// plainReader ranks by keyword search, speaks when a scenario comes before the
// messages that are no case, and takes the scenario's own severity.
func plainReader(set *playbooks.Set) reader {
	by := make(map[string]*keywordSearch)
	for _, lang := range set.Languages() {
		by[lang] = newKeywordSearch(set, lang)
	}
	return func(row labelled) ([]string, bool, string, bool) {
		ranked := by[row.Lang].rank(row.Text)
		isCase, severity := ranked[0] != "", "none"
		ranked = slices.DeleteFunc(ranked, func(id string) bool { return id == "" })
		if p, ok := set.ByID(ranked[0], row.Lang); ok && isCase {
			severity = p.Severity
		}
		return ranked, isCase, severity, false
	}
}
