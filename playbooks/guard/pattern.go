package guard

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"coachbot/playbooks/fold"
)

// nodeKind says what a node of a pattern stands for.
type nodeKind uint8

const (
	nodeWord   nodeKind = iota // one word or character
	nodeSeq                    // its children one after the other
	nodeAlt                    // one of its children
	nodeMaybe                  // its child or nothing
	nodeMany                   // its child any number of times, also none
	nodeGap                    // up to gapShort words of a clause
	nodeFar                    // up to gapLong words and commas of a sentence
	nodeOne                    // any one word
	nodeNot                    // any one word but those with which its child begins
	nodeBound                  // a clause begins or ends
	nodeNumber                 // digits
	nodeFound                  // ~: the words found, in an unless line
)

// How many words or characters a gap may hold. Both are short, so that a pattern
// says what stands together, and the work for each word of a draft is bounded.
const (
	gapShort = 8
	gapLong  = 20
)

// node is a pattern, or a part of one.
type node struct {
	kind nodeKind
	word string // nodeWord: as a reader folds it
	kids []*node
	name string // the same for patterns that mean the same by construction; by named
}

// named gives the pattern and its parts their names, and returns the pattern of that name among
// those known, if there is one: most parts occur in many patterns. Parts that have a name are
// left as they are: a guard makes automata of them when drafts are being read already.
func (n *node) named(known map[string]*node) *node {
	if n.name != "" {
		return n
	}
	n.name = n.word
	if n.kind != nodeWord {
		parts := make([]string, len(n.kids))
		for i, k := range n.kids {
			same := k.named(known)
			if same != k { // what several patterns share is not written to
				n.kids[i] = same
			}
			parts[i] = same.name
		}
		n.name = strconv.Itoa(int(n.kind)) + "(" + strings.Join(parts, " ") + ")"
	}
	if known == nil {
		return n
	}
	if same := known[n.name]; same != nil {
		return same
	}
	n.kids = slices.Clone(n.kids) // no room to grow is kept
	known[n.name] = n
	return n
}

// patternParser reads one pattern of the language that README.md explains.
type patternParser struct {
	in      []rune
	at      int
	classes map[string]*node
}

// parsePattern reads a pattern. Classes are looked up by their name with the dollar sign; what is known
// already is shared.
func parsePattern(s string, classes, known map[string]*node) (*node, error) {
	var in []rune
	for _, p := range fold.Map(s) {
		in = append(in, p.Rune)
	}
	p := &patternParser{in: in, classes: classes}
	n, err := p.alternatives()
	if err == nil && p.at < len(p.in) {
		err = fmt.Errorf("%q closes nothing", p.in[p.at])
	}
	if err != nil {
		return nil, err
	}
	return n.named(known), nil
}

func (p *patternParser) peek() rune {
	for p.at < len(p.in) && unicode.IsSpace(p.in[p.at]) {
		p.at++
	}
	if p.at == len(p.in) {
		return 0
	}
	return p.in[p.at]
}

func (p *patternParser) alternatives() (*node, error) {
	var options []*node
	for {
		seq, err := p.sequence()
		if err != nil {
			return nil, err
		}
		options = append(options, seq)
		if p.peek() != '|' {
			break
		}
		p.at++
	}
	if len(options) == 1 {
		return options[0], nil
	}
	return &node{kind: nodeAlt, kids: options}, nil
}

func (p *patternParser) sequence() (*node, error) {
	seq := &node{kind: nodeSeq}
	for {
		r := p.peek()
		if r == 0 || r == '|' || r == ')' || r == ']' {
			if len(seq.kids) == 0 {
				return nil, fmt.Errorf("a part of the pattern is empty")
			}
			if len(seq.kids) == 1 {
				return seq.kids[0], nil
			}
			return seq, nil
		}
		items, err := p.items(r)
		if err != nil {
			return nil, err
		}
		if p.peek() == '*' {
			p.at++
			last := len(items) - 1
			items[last] = &node{kind: nodeMany, kids: []*node{items[last]}}
		}
		seq.kids = append(seq.kids, items...)
	}
}

// signs stand for one node each.
var signs = map[rune]nodeKind{'<': nodeBound, '>': nodeBound, '_': nodeOne, '#': nodeNumber, '~': nodeFound}

// items reads what stands next: a group, a class, a sign, a word, or the characters of a Chinese word.
func (p *patternParser) items(r rune) ([]*node, error) {
	p.at++
	if kind, ok := signs[r]; ok {
		return []*node{{kind: kind}}, nil
	}
	switch r {
	case '^':
		if p.peek() == 0 {
			return nil, fmt.Errorf("nothing stands behind the last ^")
		}
		inner, err := p.items(p.peek())
		if err != nil {
			return nil, err
		}
		if len(inner[0].begins()) == 0 {
			return nil, fmt.Errorf("behind ^ stands a word, a class or a group of words")
		}
		return append([]*node{{kind: nodeNot, kids: inner[:1]}}, inner[1:]...), nil
	case '(', '[':
		inner, err := p.alternatives()
		if err != nil {
			return nil, err
		}
		closing := map[rune]rune{'(': ')', '[': ']'}[r]
		if p.peek() != closing {
			return nil, fmt.Errorf("%q is not closed", r)
		}
		p.at++
		if r == '[' {
			inner = &node{kind: nodeMaybe, kids: []*node{inner}}
		}
		return []*node{inner}, nil
	case '$':
		name := "$" + p.latin()
		class := p.classes[name]
		if class == nil {
			return nil, fmt.Errorf("no class has the name %s", name)
		}
		return []*node{class}, nil
	case '.':
		n := 1
		for p.at < len(p.in) && p.in[p.at] == '.' {
			n, p.at = n+1, p.at+1
		}
		return []*node{map[int]*node{1: {kind: nodeWord, word: "."}, 2: {kind: nodeGap}}[n].or(&node{kind: nodeFar})}, nil
	case ',', '?':
		return []*node{{kind: nodeWord, word: string(r)}}, nil
	}
	p.at--
	if isLatin(r) {
		return []*node{{kind: nodeWord, word: p.latin()}}, nil
	}
	if !unicode.IsLetter(r) {
		return nil, fmt.Errorf("%q has no meaning in a pattern", r)
	}
	var chars []*node
	for p.at < len(p.in) && unicode.IsLetter(p.in[p.at]) && !isLatin(p.in[p.at]) {
		chars = append(chars, &node{kind: nodeWord, word: string(p.in[p.at])})
		p.at++
	}
	return chars, nil
}

func (n *node) or(other *node) *node {
	if n == nil {
		return other
	}
	return n
}

// latin reads a word of letters and digits; apostrophes in it are dropped, as in a draft.
func (p *patternParser) latin() string {
	var b strings.Builder
	for p.at < len(p.in) && (isLatin(p.in[p.at]) || p.in[p.at] == '\'') {
		if p.in[p.at] != '\'' {
			b.WriteRune(p.in[p.at])
		}
		p.at++
	}
	return b.String()
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// turned is the pattern read from its end, without names.
func (n *node) turned() *node {
	out := &node{kind: n.kind, word: n.word}
	if n.kind == nodeNot {
		out.kids = n.kids
		return out
	}
	for _, k := range n.kids {
		out.kids = append(out.kids, k.turned())
	}
	if n.kind == nodeSeq {
		slices.Reverse(out.kids)
	}
	return out
}

// begins are the words with which the pattern can begin.
func (n *node) begins() []string {
	switch n.kind {
	case nodeWord:
		return []string{n.word}
	case nodeAlt, nodeMaybe, nodeMany:
		var out []string
		for _, k := range n.kids {
			out = append(out, k.begins()...)
		}
		return out
	case nodeSeq:
		var out []string
		for _, k := range n.kids {
			out = append(out, k.begins()...)
			if k.kind != nodeMaybe && k.kind != nodeMany {
				break
			}
		}
		return out
	}
	return nil
}

// words calls do with every word of the pattern.
func (n *node) words(do func(string)) {
	if n.kind == nodeWord {
		do(n.word)
	}
	for _, k := range n.kids {
		k.words(do)
	}
}
