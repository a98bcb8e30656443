package playbooks

import (
	"cmp"
	"slices"
	"strings"
)

// Set is a fixed collection of playbooks: at most one for an id and language.
// It is safe for concurrent use; nothing in it changes once it is made. The
// playbooks it hands out are shared and must not be changed.
type Set struct {
	// Forbidden is the content of forbidden.yaml as it stood in the folder; nil without one.
	Forbidden []byte

	all []*Playbook // by id, then language
	// additions are those whose playbook is not in the set: it may lie below, see Overlay.
	additions []Playbook
	byName    map[name]*Playbook
	langs     []string
}

type name struct{ id, lang string }

// NewSet collects playbooks. Of two with the same id and language the later one
// counts; additions are put into it.
func NewSet(list []Playbook) *Set {
	s := &Set{byName: make(map[name]*Playbook, len(list))}
	var additions []Playbook
	list = slices.DeleteFunc(slices.Clone(list), func(p Playbook) bool {
		if p.Addition {
			additions = append(additions, p)
		}
		return p.Addition
	})
	s.additions = add(list, additions)
	for i := range list {
		s.byName[name{list[i].ID, list[i].Lang}] = &list[i]
	}
	for n, p := range s.byName {
		s.all = append(s.all, p)
		if !slices.Contains(s.langs, n.lang) {
			s.langs = append(s.langs, n.lang)
		}
	}
	slices.Sort(s.langs)
	slices.SortFunc(s.all, func(a, b *Playbook) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Lang, b.Lang))
	})
	return s
}

// ByID returns the playbook of that id and language.
func (s *Set) ByID(id, lang string) (*Playbook, bool) {
	p, ok := s.byName[name{id, lang}]
	return p, ok
}

// All lists every playbook by id, then language.
func (s *Set) All() []*Playbook { return slices.Clone(s.all) }

// Scenarios lists the scenarios in a language by id.
func (s *Set) Scenarios(lang string) []*Playbook { return s.ofKind(Scenario, lang) }

// Guides lists the guides in a language by id.
func (s *Set) Guides(lang string) []*Playbook { return s.ofKind(Guide, lang) }

// NotACase lists the files in a language whose examples need no answer.
func (s *Set) NotACase(lang string) []*Playbook { return s.ofKind(NotACase, lang) }

// Languages lists the languages that have at least one file, sorted.
func (s *Set) Languages() []string { return slices.Clone(s.langs) }

// Said lists all that the playbooks show and say, each text with words for its slots:
// phrases, better wordings, when to escalate to whom, and the lists of the guides.
func (s *Set) Said() []string {
	var list []string
	for _, p := range s.all {
		list = append(list, p.Now...)
		for _, step := range Steps() {
			for _, phrase := range p.Steps[step] {
				list = append(list, Fill(phrase.Text, p.Lang, nil))
			}
		}
		for _, e := range p.Escalate {
			list = append(list, e.When, e.To)
		}
		for _, better := range p.SayInstead {
			list = append(list, Fill(better.Text, p.Lang, nil))
		}
		for _, section := range p.Sections {
			for line := range strings.Lines(section.Text) {
				if text, ok := itemText(strings.TrimSpace(line)); ok {
					list = append(list, text)
				}
			}
		}
	}
	return list
}

func (s *Set) ofKind(k Kind, lang string) []*Playbook {
	var list []*Playbook
	for _, p := range s.all {
		if p.Kind == k && p.Lang == lang {
			list = append(list, p)
		}
	}
	return list
}

// Overlay is base with the playbooks of over added, replacing those with the
// same id and language. The forbidden phrases are those of over when it has
// some, else those of base.
func Overlay(base, over *Set) *Set {
	var list []Playbook
	for _, s := range []*Set{base, over} {
		for _, p := range s.all {
			list = append(list, *p)
		}
		list = append(list, s.additions...)
	}
	merged := NewSet(list)
	merged.Forbidden = base.Forbidden
	if over.Forbidden != nil {
		merged.Forbidden = over.Forbidden
	}
	return merged
}
