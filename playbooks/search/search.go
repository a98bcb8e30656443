// Package search finds playbooks by people's words: what an agent types after
// /coach playbook. It answers with scenarios and guides in either language,
// whichever language the words are in. Which playbook fits a customer's message
// is another question, answered by the coaching engine.
package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"coachbot/playbooks"
	"coachbot/playbooks/fold"
)

// Hit is one playbook found.
type Hit struct {
	ID, Lang       string
	Kind           playbooks.Kind
	Title, Summary string
	// Score ranks the hits of one search; it means nothing between searches.
	Score float64
}

// Index is a full-text index of a set, in memory. It is safe for concurrent use.
type Index struct {
	set   *playbooks.Set
	docs  []*playbooks.Playbook // a document's id in the index is its place here
	index bleve.Index
}

// field is one searchable part of a playbook and what a match in it weighs.
type field struct {
	name  string
	boost float64
	text  func(*playbooks.Playbook) []string
}

func fields() []field {
	return []field{
		{"id", 6, func(p *playbooks.Playbook) []string { return []string{strings.ReplaceAll(p.ID, "-", " ")} }},
		{"title", 6, func(p *playbooks.Playbook) []string { return []string{p.Title} }},
		{"summary", 3, func(p *playbooks.Playbook) []string { return []string{p.Summary} }},
		{"signals", 2, func(p *playbooks.Playbook) []string { return slices.Concat(p.Signals, p.Strong) }},
		{"words", 1, words},
	}
}

// maxExamples is how many of a playbook's examples people's words are looked for
// in: they show its vocabulary, and hundreds more only make the index larger.
const maxExamples = 80

// words is everything said in a playbook: phrases, a guide's text, examples.
func words(p *playbooks.Playbook) []string {
	all := slices.Clone(p.Now)
	for _, x := range p.Examples[:min(len(p.Examples), maxExamples)] {
		all = append(all, x.Text)
	}
	for _, s := range playbooks.Steps() {
		for _, ph := range p.Steps[s] {
			all = append(all, playbooks.Fill(ph.Text, p.Lang, nil))
		}
	}
	for _, s := range p.Sections {
		all = append(all, s.Heading, s.Text)
	}
	return all
}

// analyzers are the ways to cut text into words, each with fields of its own:
// words in one language then find playbooks of that language.
func analyzers() []string { return []string{en.AnalyzerName, cjk.AnalyzerName} }

func analyzerFor(lang string) string {
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "zh", "ja", "ko":
		return cjk.AnalyzerName
	default:
		return en.AnalyzerName
	}
}

func fieldName(name, analyzer string) string { return name + "_" + analyzer }

// New builds the index of a set's scenarios and guides.
func New(set *playbooks.Set) (*Index, error) {
	// Without a path the index stays in memory. Bleve's segment index builds four
	// times as fast as the tree behind NewMemOnly.
	index, err := bleve.NewUsing("", indexMapping(), scorch.Name, bleve.Config.DefaultMemKVStore, nil)
	if err != nil {
		return nil, fmt.Errorf("playbook search: %w", err)
	}
	x := &Index{set: set, index: index}
	batch := index.NewBatch()
	for _, p := range set.All() {
		if p.Kind == playbooks.NotACase {
			continue
		}
		if err := batch.Index(strconv.Itoa(len(x.docs)), document(p)); err != nil {
			return nil, fmt.Errorf("playbook search: %s: %w", p.File, err)
		}
		x.docs = append(x.docs, p)
	}
	if err := index.Batch(batch); err != nil {
		return nil, fmt.Errorf("playbook search: %w", err)
	}
	return x, nil
}

// Close frees the index. No search may run or follow.
func (x *Index) Close() error { return x.index.Close() }

func indexMapping() mapping.IndexMapping {
	doc := bleve.NewDocumentStaticMapping()
	for _, f := range fields() {
		for _, a := range analyzers() {
			m := bleve.NewTextFieldMapping()
			m.Analyzer = a
			m.Store, m.IncludeInAll, m.IncludeTermVectors, m.DocValues = false, false, false, false
			doc.AddFieldMappingsAt(fieldName(f.name, a), m)
		}
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	return m
}

func document(p *playbooks.Playbook) map[string]any {
	a := analyzerFor(p.Lang)
	doc := map[string]any{}
	for _, f := range fields() {
		analyzer := a
		if f.name == "id" {
			analyzer = en.AnalyzerName // ids are English words in every language
		}
		doc[fieldName(f.name, analyzer)] = fold.String(strings.Join(f.text(p), "\n"))
	}
	return doc
}

// maxWords is how much of a query counts, in characters: more is a pasted
// conversation and would only slow the search.
const maxWords = 200

// Search finds the playbooks that answer to words, best first, at most limit.
// A playbook found in any language is given in lang when the set has it so, and
// once. Words may be anything a person types; what finds nothing gives an empty
// list. The error is that of ctx or of a closed index.
func (x *Index) Search(ctx context.Context, words, lang string, limit int) ([]Hit, error) {
	words = strings.Join(strings.Fields(fold.String(words)), " ")
	if r := []rune(words); len(r) > maxWords {
		words = string(r[:maxWords])
	}
	if words == "" || limit <= 0 {
		return nil, nil
	}
	hits, err := x.find(ctx, words, lang, 0)
	if err == nil && len(hits) == 0 {
		hits, err = x.find(ctx, words, lang, 1) // perhaps a letter is wrong
	}
	return hits[:min(limit, len(hits))], err
}

func (x *Index) find(ctx context.Context, words, lang string, fuzziness int) ([]Hit, error) {
	request := bleve.NewSearchRequestOptions(wordQuery(words, fuzziness), max(len(x.docs), 1), 0, false)
	result, err := x.index.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("playbook search: %w", err)
	}
	best := map[string]Hit{} // by id
	for _, match := range result.Hits {
		at, err := strconv.Atoi(match.ID)
		if err != nil || at >= len(x.docs) {
			continue
		}
		p, score := x.docs[at], match.Score
		if inLang, ok := x.set.ByID(p.ID, lang); ok && inLang.Kind == p.Kind {
			p = inLang
		}
		if old, seen := best[p.ID]; !seen || score > old.Score {
			best[p.ID] = Hit{ID: p.ID, Lang: p.Lang, Kind: p.Kind, Title: p.Title, Summary: p.Summary, Score: score}
		}
	}
	hits := make([]Hit, 0, len(best))
	for _, h := range best {
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return hits, nil
}

// wordQuery looks for the words in every field. Match queries take the words as
// they are: no sign in them is an operator.
func wordQuery(words string, fuzziness int) query.Query {
	either := bleve.NewDisjunctionQuery()
	for _, f := range fields() {
		for _, a := range analyzers() {
			if single := f.name != "id" && a == cjk.AnalyzerName && isSingleHan(words); single {
				// Chinese is indexed in pairs of characters; one alone is the beginning of a pair.
				q := bleve.NewPrefixQuery(words)
				q.SetField(fieldName(f.name, a))
				q.SetBoost(f.boost)
				either.AddQuery(q)
				continue
			}
			q := bleve.NewMatchQuery(words)
			q.SetField(fieldName(f.name, a))
			q.SetBoost(f.boost)
			if a == en.AnalyzerName {
				q.SetFuzziness(fuzziness)
			}
			either.AddQuery(q)
		}
	}
	return either
}

func isSingleHan(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && unicode.Is(unicode.Han, r)
}
