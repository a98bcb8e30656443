package coach

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"coachbot/playbooks/fold"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// lexicon is what words tell in one language; lexicon/README.md describes the files.
type lexicon struct {
	sections []section
	index    phraseIndex
}

type section struct {
	name     string
	heat     float64
	floor    string
	isCase   float64
	emotion  string
	scenario string
	boost    float64
}

// readLexica reads the embedded lexicons, by language.
func readLexica() (map[string]*lexicon, error) {
	all := make(map[string]*lexicon)
	for _, lang := range []string{"en", "zh"} {
		raw, err := lexiconFiles.ReadFile("lexicon/" + lang + ".txt")
		if err != nil {
			return nil, fmt.Errorf("coach: %w", err)
		}
		if all[lang], err = parseLexicon(string(raw)); err != nil {
			return nil, fmt.Errorf("coach: %s: %w", lang, err)
		}
	}
	return all, nil
}

func parseLexicon(source string) (*lexicon, error) {
	l := &lexicon{}
	number := 0
	for line := range strings.Lines(source) {
		number++
		line = strings.TrimSpace(line)
		head, isHead := strings.CutPrefix(line, "[")
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case isHead:
			s, err := parseSection(strings.TrimSuffix(head, "]"))
			if err != nil {
				return nil, fmt.Errorf("lexicon line %d: %w", number, err)
			}
			l.sections = append(l.sections, s)
		case len(l.sections) == 0:
			return nil, fmt.Errorf("lexicon line %d: %q stands before any section", number, line)
		default:
			l.index.add(fold.String(line), int32(len(l.sections)-1))
		}
	}
	return l, nil
}

func parseSection(head string) (section, error) {
	fields := strings.Fields(head)
	if len(fields) == 0 {
		return section{}, fmt.Errorf("a section without a name")
	}
	s := section{name: fields[0]}
	for _, field := range fields[1:] {
		key, value, _ := strings.Cut(field, "=")
		var err error
		switch key {
		case "heat":
			s.heat, err = strconv.ParseFloat(value, 64)
		case "case":
			s.isCase, err = strconv.ParseFloat(value, 64)
		case "boost":
			s.boost, err = strconv.ParseFloat(value, 64)
		case "floor":
			s.floor = value
			if rank(value) <= 0 {
				err = fmt.Errorf("no such severity")
			}
		case "emotion":
			s.emotion = value
		case "scenario":
			s.scenario = value
		default:
			err = fmt.Errorf("no such key")
		}
		if err != nil {
			return section{}, fmt.Errorf("section %s, %s: %w", s.name, field, err)
		}
	}
	return s, nil
}

// hits is what a lexicon found in a message.
type hits struct {
	count map[string]int // section name to how often
	found []hit
}

type hit struct {
	*section
	word string
}

func (h *hits) has(name string) bool { return h.count[name] > 0 }

// read finds the entries of the lexicon in a folded text.
func (l *lexicon) read(folded string, into *hits) {
	for _, m := range l.index.find(folded) {
		s := &l.sections[m.owner]
		if s.emotion != "" && negated(folded[:m.start]) {
			continue
		}
		word := folded[m.start:m.end]
		into.count[s.name]++
		if !slices.ContainsFunc(into.found, func(h hit) bool { return h.section == s && h.word == word }) {
			into.found = append(into.found, hit{s, word})
		}
	}
}

// negated reports whether what comes next is denied: "isn't angry", 没生气.
func negated(before string) bool {
	for _, no := range []string{"不", "没", "没有", "别", "唔", "不是很", "不太"} {
		if strings.HasSuffix(before, no) {
			return true
		}
	}
	last := before[max(0, strings.LastIndexAny(before, ".!?,;:\n")+1):]
	fields := strings.Fields(last)
	for _, w := range fields[max(0, len(fields)-2):] {
		if w == "not" || w == "never" || w == "no" || w == "isn't" || w == "wasn't" || w == "aren't" || w == "without" {
			return true
		}
	}
	return false
}
