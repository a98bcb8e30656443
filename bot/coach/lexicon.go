package coach

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
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
	number   int // among all sections of the lexicon
	heat     float64
	floor    string
	firm     bool // the floor holds and the scenario leads, whatever the rest of the message speaks for
	isCase   float64
	emotion  string
	scenario string
	boost    float64
}

// readLexica reads the embedded lexicons, by language; those of the agent's own words by "own-" and language.
func readLexica() (map[string]*lexicon, error) {
	all := make(map[string]*lexicon)
	for _, name := range []string{"en", "zh", "own-en", "own-zh"} {
		raw, err := lexiconFiles.ReadFile("lexicon/" + name + ".txt")
		if err != nil {
			return nil, fmt.Errorf("coach: %w", err)
		}
		if all[name], err = parseLexicon(string(raw)); err != nil {
			return nil, fmt.Errorf("coach: %s: %w", name, err)
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
			s.number = len(l.sections)
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
		case "firm":
			s.firm = true
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

// read finds the entries of the lexicon in a folded text. Of one that stands
// inside a longer one of another section only the longer counts.
func (l *lexicon) read(folded string, into *hits) {
	found := l.index.find(folded)
	for _, m := range found {
		if slices.ContainsFunc(found, func(o match) bool { return o.hides(m) }) {
			continue
		}
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

// concepts are groups of words that mean much the same for a case.
type concepts struct {
	index phraseIndex
	hash  []uint32 // of each group's name, to stand among the other features
}

func readConcepts(lang string) (*concepts, error) {
	c := &concepts{}
	raw, err := lexiconFiles.ReadFile("lexicon/concepts-" + lang + ".txt")
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil // playbooks may be in a language that has no groups yet
	}
	if err != nil {
		return nil, fmt.Errorf("coach: %w", err)
	}
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "//") || strings.TrimSpace(line) == "" {
			continue
		}
		name, list, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("coach: concepts-%s.txt: no colon in %q", lang, line)
		}
		h := seedConcept
		for _, r := range name {
			h = hash(h, r)
		}
		for word := range strings.SplitSeq(list, ",") {
			c.index.add(fold.String(strings.TrimSpace(word)), int32(len(c.hash)))
		}
		c.hash = append(c.hash, h)
	}
	return c, nil
}

// grams lists the groups found in a folded text and each pair of groups that
// stand one after the other.
func (c *concepts) grams(folded string) []uint32 {
	var out []uint32
	var previous uint32
	seen := make(map[uint32]bool)
	for _, m := range c.index.find(folded) {
		h := c.hash[m.owner]
		for _, g := range []uint32{h, previous*31 + h} {
			if !seen[g] && (g == h || previous != 0 && previous != h) {
				seen[g] = true
				out = append(out, ofKind(g, kindOther))
			}
		}
		previous = h
	}
	return out
}
