package playbooks

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// frontFields lists the fields of the front matter in the order they are written.
func frontFields() []string {
	return []string{"id", "lang", "kind", "title", "summary", "root", "severity", "precedence", "signals", "strong", "review"}
}

// requiredFields lists the fields a kind cannot do without.
func requiredFields(k Kind) []string {
	switch k {
	case Scenario:
		return []string{"id", "lang", "title", "summary", "root", "severity", "signals"}
	case Guide:
		return []string{"id", "lang", "title", "summary"}
	default:
		return []string{"id", "lang"}
	}
}

// scenarioOnly lists the fields that mean nothing in a guide or a not-a-case file.
func scenarioOnly() []string { return []string{"root", "severity", "precedence", "strong"} }

var (
	idForm   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	langForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)
)

// frontReader takes the fields of one front matter into a playbook.
type frontReader struct {
	p      *Playbook
	faults *faultList
}

func readFrontMatter(p *Playbook, front []string, faults *faultList) {
	if front == nil {
		return
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(strings.Join(front, "\n")), &doc); err != nil {
		if plainFaults(front, faults) {
			return
		}
		line, what := 1, err.Error()
		if m := yamlLine.FindStringSubmatch(what); m != nil {
			if n, convErr := strconv.Atoi(m[1]); convErr == nil {
				line = min(n, len(front)) + 1
			}
			what = m[2]
		}
		faults.add(line, 1, "the front matter is not YAML (%s); put values with a colon or # in quotation marks", oneLine(what))
		return
	}
	r := frontReader{p: p, faults: faults}
	if len(doc.Content) == 0 {
		faults.add(1, 1, "the front matter is empty; fill in id, lang, title …")
		return
	}
	fields := doc.Content[0]
	if fields.Kind != yaml.MappingNode {
		faults.add(fields.Line+1, fields.Column, "the front matter must be lines of the form field: value")
		return
	}
	for i := 0; i+1 < len(fields.Content); i += 2 {
		r.field(fields.Content[i], fields.Content[i+1])
	}
	r.checkPresent()
}

// fieldForm is a line of the front matter in which the colon went wrong: full-width, or without its space.
var fieldForm = regexp.MustCompile(`^([a-z]+)(?:：|[ \t]*:([^ \t]))`)

// plainFaults tells of tabs, and of colons that are none to YAML, where the YAML
// reader would say nothing that helps.
func plainFaults(front []string, faults *faultList) (found bool) {
	for i, line := range front {
		if strings.Contains(line[:len(line)-len(strings.TrimLeft(line, " \t"))], "\t") {
			found = true
			faults.add(i+2, 1, "a tab; indent with spaces")
			continue
		}
		m := fieldForm.FindStringSubmatch(line)
		if m == nil || m[2] != "" && !slices.Contains(frontFields(), m[1]) {
			continue
		}
		found = true
		if m[2] == "" {
			faults.add(i+2, utf8.RuneCountInString(m[1])+1, "a full-width colon ：; write %s: and a space before the value", m[1])
		} else {
			faults.add(i+2, utf8.RuneCountInString(m[1])+2, "the space after the colon is missing; write %s: and a space before the value", m[1])
		}
	}
	return found
}

func (r frontReader) fault(n *yaml.Node, format string, args ...any) {
	r.faults.add(n.Line+1, n.Column, format, args...)
}

func (r frontReader) field(key, value *yaml.Node) {
	name := key.Value
	if _, twice := r.p.at.field[name]; twice {
		r.fault(key, "the field %q stands here a second time; keep one", oneLine(name))
		return
	}
	if key.Kind != yaml.ScalarNode || !slices.Contains(frontFields(), name) {
		r.fault(key, "unknown field %q; %s", oneLine(name), didYouMean(name, frontFields()))
		return
	}
	r.p.at.field[name] = key.Line + 1
	p := r.p
	switch name {
	case "id":
		p.ID = r.formed(value, idForm, "an id is lower-case letters, digits and hyphens, such as late-delivery")
	case "lang":
		p.Lang = r.formed(value, langForm, "lang is a language code such as en or zh")
	case "kind":
		p.Kind = Kind(r.oneOf(value, name, kindNames()))
		if p.Kind == "" {
			p.Kind = Scenario
		}
	case "title":
		p.Title = r.text(value)
		if n := utf8.RuneCountInString(p.Title); n > MaxTitle {
			r.fault(value, "the title has %d characters; at most %d fit", n, MaxTitle)
		}
	case "summary":
		p.Summary = r.text(value)
	case "root":
		p.Root = r.oneOf(value, name, Roots())
	case "severity":
		p.Severity = r.oneOf(value, name, Severities())
	case "precedence":
		p.Precedence = r.precedence(value)
	case "signals":
		p.Signals, p.at.signals = r.list(value)
	case "strong":
		p.Strong, p.at.strong = r.list(value)
	case "review":
		p.Review = r.date(value)
	}
}

// text reads a single-line text.
func (r frontReader) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		r.fault(n, "one line of text belongs here; put it in quotation marks if it begins with [, {, & or *")
		return ""
	}
	return oneLine(n.Value)
}

func (r frontReader) formed(n *yaml.Node, form *regexp.Regexp, rule string) string {
	s := r.text(n)
	if s != "" && !form.MatchString(s) {
		r.fault(n, "%q does not fit: %s", s, rule)
	}
	return s
}

func (r frontReader) oneOf(n *yaml.Node, name string, allowed []string) string {
	s := r.text(n)
	if s == "" || slices.Contains(allowed, s) {
		return s
	}
	r.fault(n, "%s cannot be %q; it is one of %s", name, s, strings.Join(allowed, ", "))
	return ""
}

func (r frontReader) precedence(n *yaml.Node) int {
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || v < 0 || v > MaxPrecedence {
		r.fault(n, "precedence is a number from 0 to %d: 3 danger, 2 legal and media, 1 manager and abuse, else 0", MaxPrecedence)
		return 0
	}
	return v
}

func (r frontReader) date(n *yaml.Node) time.Time {
	t, err := time.Parse(time.DateOnly, n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		r.fault(n, "review is a date such as 2027-11-01")
		return time.Time{}
	}
	return t
}

func (r frontReader) list(n *yaml.Node) (items []string, at []int) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil, nil
	}
	if n.Kind != yaml.SequenceNode {
		r.fault(n, "a list belongs here, one item a line: - words")
		return nil, nil
	}
	for _, item := range n.Content {
		s := r.text(item)
		if s == "" {
			if item.Kind == yaml.ScalarNode {
				r.fault(item, "an empty item; remove it")
			}
			continue
		}
		items, at = append(items, s), append(at, item.Line+1)
	}
	return items, at
}

// checkPresent reports fields that are missing or do not belong.
func (r frontReader) checkPresent() {
	p := r.p
	empty := map[string]bool{
		"id": p.ID == "", "lang": p.Lang == "", "title": p.Title == "", "summary": p.Summary == "",
		"root": p.Root == "", "severity": p.Severity == "", "signals": len(p.Signals) == 0,
	}
	for _, name := range requiredFields(p.Kind) {
		line, given := p.at.field[name]
		switch {
		case !given:
			r.faults.add(1, 1, "the field %q is missing in the front matter", name)
		case empty[name] && !r.faultAt(line):
			r.faults.add(line, 1, "the field %q is empty", name)
		}
	}
	if p.Kind == Scenario {
		return
	}
	for _, name := range scenarioOnly() {
		if line, given := p.at.field[name]; given {
			r.faults.warn(line, 1, "the field %q means nothing in a file of kind %s; remove it", name, p.Kind)
		}
	}
}

// faultAt reports whether the line has a fault already, so that one mistake is told once.
func (r frontReader) faultAt(line int) bool {
	return slices.ContainsFunc(r.faults.all, func(f Fault) bool { return f.Line == line })
}

func kindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return names
}

// oneLine joins the lines of s with single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
