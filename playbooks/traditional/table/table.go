// Package table is the dictionary of package traditional: how it is kept, and how
// a text is converted with it, the longest entry first.
package table

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table maps runs of characters to what stands for them. The zero value is ready.
type Table struct {
	entries map[string]string
	longest map[rune]int // the most characters of an entry that begins with a rune
}

// Add adds an entry; of the same one the later counts.
func (t *Table) Add(from, to string) {
	if t.entries == nil {
		t.entries, t.longest = make(map[string]string), make(map[rune]int)
	}
	t.entries[from] = to
	first, _ := utf8.DecodeRuneInString(from)
	t.longest[first] = max(t.longest[first], utf8.RuneCountInString(from))
}

// Parse reads what Bytes wrote.
func Parse(text string) Table {
	var t Table
	for line := range strings.Lines(text) {
		if from, to, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok {
			t.Add(from, to)
		}
	}
	return t
}

// Bytes writes the table, a line an entry, in order.
func (t *Table) Bytes() []byte {
	var b strings.Builder
	for _, from := range slices.Sorted(maps.Keys(t.entries)) {
		b.WriteString(from + "\t" + t.entries[from] + "\n")
	}
	return []byte(b.String())
}

// Convert replaces entries from left to right, the longest that fits first.
func (t *Table) Convert(s string) string {
	var b strings.Builder
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		ends := make([]int, 0, 8) // where the first, second … character ends
		for end := at; len(ends) < t.longest[r] && end < len(s); {
			_, n := utf8.DecodeRuneInString(s[end:])
			end += n
			ends = append(ends, end)
		}
		found := false
		for i := len(ends) - 1; i >= 0 && !found; i-- {
			if to, ok := t.entries[s[at:ends[i]]]; ok {
				b.WriteString(to)
				at, found = ends[i], true
			}
		}
		if !found {
			b.WriteString(s[at : at+size])
			at += size
		}
	}
	return b.String()
}
