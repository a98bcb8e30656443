package playbooks

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// frontMatter is the front matter as it is written.
type frontMatter struct {
	ID         string   `yaml:"id"`
	Lang       string   `yaml:"lang"`
	Kind       Kind     `yaml:"kind"`
	Title      string   `yaml:"title,omitempty"`
	Summary    string   `yaml:"summary,omitempty"`
	Root       string   `yaml:"root,omitempty"`
	Severity   string   `yaml:"severity,omitempty"`
	Precedence *int     `yaml:"precedence,omitempty"`
	Signals    []string `yaml:"signals,omitempty"`
	Strong     []string `yaml:"strong,omitempty"`
}

// Markdown writes the playbook back as a file. Parsing the result gives the same
// playbook; comments and the layout of the original are not kept.
func (p Playbook) Markdown() string {
	var b strings.Builder
	p.writeFront(&b)
	if p.Kind == Guide {
		for _, s := range p.Sections {
			if s.Heading != "" {
				fmt.Fprintf(&b, "\n## %s", s.Heading)
			}
			fmt.Fprintf(&b, "\n%s\n", s.Text)
		}
		return b.String()
	}
	writeList(&b, headNow, p.Now)
	for _, s := range Steps() {
		writeStep(&b, s, p.Steps[s])
	}
	var escalate, sayInstead []string
	for _, e := range p.Escalate {
		escalate = append(escalate, e.When+" -> "+e.To)
	}
	for _, s := range p.SayInstead {
		left := s.Phrase
		if left == "" {
			left = `"` + s.Wording + `"`
		}
		sayInstead = append(sayInstead, left+" -> "+s.Text)
	}
	writeList(&b, headEscalate, escalate)
	writeList(&b, headSayInstead, sayInstead)
	var examples []string
	for _, x := range p.Examples {
		if x.Severity != "" {
			x.Text = "(" + x.Severity + ") " + x.Text
		}
		examples = append(examples, x.Text)
	}
	writeList(&b, headExamples, examples)
	return b.String()
}

func (p Playbook) writeFront(b *strings.Builder) {
	f := frontMatter{ID: p.ID, Lang: p.Lang, Kind: p.Kind, Title: p.Title, Summary: p.Summary,
		Root: p.Root, Severity: p.Severity, Signals: p.Signals, Strong: p.Strong}
	if p.Kind == Scenario {
		f.Precedence = &p.Precedence
	}
	b.WriteString("---\n")
	enc := yaml.NewEncoder(b)
	enc.SetIndent(2)
	// Strings and numbers alone can always be encoded, and a Builder never refuses a write.
	_ = enc.Encode(f)
	_ = enc.Close()
	if !p.Review.IsZero() {
		fmt.Fprintf(b, "review: %s\n", p.Review.Format(time.DateOnly))
	}
	b.WriteString("---\n")
}

func writeList(b *strings.Builder, heading string, items []string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n", heading)
	for _, item := range items {
		fmt.Fprintf(b, "- %s\n", item)
	}
}

// writeStep writes the phrases in their order, with a variant heading wherever
// the conditions change. Phrases for everybody must come first in a file, so
// they are moved up; among themselves the order is kept.
func writeStep(b *strings.Builder, s Step, phrases []Phrase) {
	if len(phrases) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n", s)
	for _, p := range phrases {
		if p.Plain() {
			fmt.Fprintf(b, "- %s\n", p.Text)
		}
	}
	variant := ""
	for _, p := range phrases {
		if p.Plain() {
			continue
		}
		conditions := slices.Clone(p.For)
		for _, w := range p.Words {
			conditions = append(conditions, quote(w))
		}
		if v := strings.Join(conditions, ", "); v != variant {
			fmt.Fprintf(b, "\n### %s\n", v)
			variant = v
		}
		fmt.Fprintf(b, "- %s\n", p.Text)
	}
}

// quote puts a word of the case into quotation marks that it does not hold.
func quote(word string) string {
	for _, q := range quotes() {
		if !strings.Contains(word, q[0]) && !strings.Contains(word, q[1]) {
			return q[0] + word + q[1]
		}
	}
	return word
}
