package guard

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Fault is something wrong in a forbidden.yaml.
type Fault struct {
	Line, Col int // from 1; 0 when the place is not known
	Message   string
}

var extraID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ParseExtra reads admins' additions to the forbidden phrases: a list of entries
// with id, en and zh (lists of wordings) and say_instead (en and zh). It returns
// the entries that are sound and every fault of the others.
func ParseExtra(file string, data []byte) ([]Phrase, []Fault) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil && !errors.Is(err, io.EOF) {
		return nil, []Fault{{1, 1, fmt.Sprintf("%s is not valid YAML: %v", file, err)}}
	}
	if len(root.Content) == 0 {
		return nil, nil
	}
	list := root.Content[0]
	if list.Kind != yaml.SequenceNode {
		return nil, []Fault{{list.Line, list.Column, "write a list of entries, each beginning with `- id: …`"}}
	}
	taken := map[string]bool{}
	for _, p := range builtInPhrases() {
		taken[p.ID] = true
	}
	var phrases []Phrase
	var faults []Fault
	for _, n := range list.Content {
		p, message := extraEntry(n, taken)
		if message != "" {
			faults = append(faults, Fault{n.Line, n.Column, message})
			continue
		}
		taken[p.ID] = true
		phrases = append(phrases, p)
	}
	return phrases, faults
}

func extraEntry(n *yaml.Node, taken map[string]bool) (Phrase, string) {
	var e struct {
		ID  string              `yaml:"id"`
		EN  []string            `yaml:"en"`
		ZH  []string            `yaml:"zh"`
		Say map[string][]string `yaml:"say_instead"`
	}
	if err := n.Decode(&e); err != nil {
		return Phrase{}, "the entry cannot be read: " + strings.ReplaceAll(err.Error(), "\n", " ")
	}
	switch {
	case !extraID.MatchString(e.ID):
		return Phrase{}, fmt.Sprintf("the id %q does not fit: use lower-case letters, digits and hyphens", e.ID)
	case taken[e.ID]:
		return Phrase{}, fmt.Sprintf("the id %q is taken; the ten phrases and earlier entries keep theirs", e.ID)
	case len(e.EN)+len(e.ZH) == 0:
		return Phrase{}, fmt.Sprintf("the entry %q has no wording; give en or zh a list of wordings", e.ID)
	}
	for _, w := range slices.Concat(e.EN, e.ZH) {
		if len(wordsOf(w)) == 0 {
			return Phrase{}, fmt.Sprintf("the entry %q has an empty wording", e.ID)
		}
	}
	p := Phrase{ID: e.ID, Text: map[string]string{}, SayInstead: e.Say, Wordings: map[string][]string{"en": e.EN, "zh": e.ZH}}
	for lang, list := range p.Wordings {
		if len(list) > 0 {
			p.Text[lang] = list[0]
		}
	}
	return p, ""
}
