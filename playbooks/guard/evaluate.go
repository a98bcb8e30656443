package guard

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Row is a labelled draft. What the labels mean is in testdata/guard-labelling.md.
type Row struct {
	ID     string   `json:"id"`
	Lang   string   `json:"lang"` // zh-Hans, zh-Hant or en
	Text   string   `json:"text"`
	Expect []string `json:"expect"` // ids of the phrases that the draft says
	Kind   string   `json:"kind"`
	Note   string   `json:"note,omitempty"`
	Hard   bool     `json:"hard,omitempty"` // kept because the guard of its day misread it, or is the like of one
}

//go:embed testdata/guard-dev.jsonl
var givenRows []byte

//go:embed testdata/guard-own.jsonl
var ownRows []byte

// LabelledRows are the labelled drafts that the package carries: those given with the guide, and our own.
func LabelledRows() ([]Row, error) {
	return ReadRows(io.MultiReader(bytes.NewReader(givenRows), bytes.NewReader(ownRows)))
}

// ReadRows reads labelled drafts, one JSON object a line.
func ReadRows(r io.Reader) ([]Row, error) {
	var rows []Row
	in := json.NewDecoder(r)
	for {
		var row Row
		switch err := in.Decode(&row); err {
		case nil:
			rows = append(rows, row)
		case io.EOF:
			return rows, nil
		default:
			return nil, fmt.Errorf("labelled row %d: %w", len(rows)+1, err)
		}
	}
}

// Share is how many of the rows of a group were found: caught, or falsely.
type Share struct {
	Hits int `json:"hits"`
	Of   int `json:"of"`
}

// Value is the share from 0 to 1; 0 of an empty group.
func (s Share) Value() float64 {
	if s.Of == 0 {
		return 0
	}
	return float64(s.Hits) / float64(s.Of)
}

// Noise is the standard error of the share, never 0: a group of few rows tells little.
func (s Share) Noise() float64 {
	p := float64(s.Hits+1) / float64(s.Of+2)
	return math.Sqrt(p * (1 - p) / float64(max(s.Of, 1)))
}

// Group are the shares of the rows of one phrase or kind: by language, and "all" together.
type Group map[string]Share

// Figures say how well a check does on labelled drafts. Rows of the kind
// borderline are left out, as the guide asks.
type Figures struct {
	Phrases     map[string]Group `json:"recall_by_phrase"` // of the rows that say the phrase, those in which it was found
	Kinds       map[string]Group `json:"recall_by_kind"`   // of the rows that say a phrase, those in which one of them was found
	FalseAlarms map[string]Group `json:"false_alarms"`     // by kind: of the rows that say none, those in which one was found
}

// Evaluate runs a check, which returns the ids of the phrases that it finds, over labelled drafts.
func Evaluate(rows []Row, check func(draft string) []string) Figures {
	f := Figures{map[string]Group{}, map[string]Group{}, map[string]Group{}}
	count := func(groups map[string]Group, name, lang string, hit bool) {
		if groups[name] == nil {
			groups[name] = Group{}
		}
		for _, key := range []string{lang, "all"} {
			s := groups[name][key]
			s.Of++
			if hit {
				s.Hits++
			}
			groups[name][key] = s
		}
	}
	for _, row := range rows {
		if row.Kind == "borderline" {
			continue
		}
		found := check(row.Text)
		if len(row.Expect) == 0 {
			count(f.FalseAlarms, row.Kind, row.Lang, len(found) > 0)
			continue
		}
		caught := false
		for _, id := range row.Expect {
			hit := slices.Contains(found, id)
			caught = caught || hit
			count(f.Phrases, id, row.Lang, hit)
		}
		count(f.Kinds, row.Kind, row.Lang, caught)
	}
	return f
}

// IDs checks a draft and returns the ids of the phrases found, each once: a check for Evaluate.
func (g *Guard) IDs(draft string) []string {
	var ids []string
	for _, f := range g.Check(draft) {
		if !slices.Contains(ids, f.Phrase) {
			ids = append(ids, f.Phrase)
		}
	}
	return ids
}

// Verbatim is the baseline to compare with: it finds the phrases where the course's
// own wording stands in the draft, letter for letter but for capital ones.
func (g *Guard) Verbatim(draft string) []string {
	draft = strings.ToLower(draft)
	var ids []string
	for _, p := range g.phrases {
		said := false
		for _, text := range p.Text {
			for wording := range strings.SplitSeq(strings.ToLower(text), " / ") {
				said = said || strings.Contains(draft, wording)
			}
		}
		if said {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
