package guard

import (
	"bufio"
	_ "embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"coachbot/playbooks/bundle"
)

// patternFiles is the folder patterns, packed; README.md explains what is in it.
//
//go:generate go run ../gen patterns patterns.zip.br
//go:embed patterns.zip.br
var patternFiles []byte

// rule is one line that says a phrase.
type rule struct {
	phrase  int
	pattern *node
	excuses *excuses
	back    func() *automaton // reads the pattern from its end; made when first needed
}

// excuse is one unless line: what must stand before the words found, behind them, or anywhere in their sentence.
type excuse struct{ before, after, around *node }

// excuses are the unless lines that hold for a rule.
type excuses struct {
	list  []excuse
	built func() *excusing
}

type excusing struct {
	list                  []excuse
	before, after, around *automaton
}

// compiled is everything that the pattern files say. It does not change once made.
type compiled struct {
	files   fs.FS // while it is made
	v       *vocabulary
	classes map[string]*node
	parts   map[string]*node // of patterns, by name, while they are read
	phrases ruleSet
	hints   ruleSet             // in the order of hintFiles
	voice   map[string]*excuses // by the name of the section of voice.txt
}

// ruleSet are rules that are looked for together.
type ruleSet struct {
	rules []rule
	says  *automaton // every rule's pattern, by its place in rules
}

func (c *compiled) ready(set *ruleSet) {
	set.says = newAutomaton(c.v.symbol)
	for i, r := range set.rules {
		set.says.add(r.pattern, int32(i))
	}
	set.says.ready()
}

// compile reads the pattern files. The phrases' numbers are their places in the list.
func compile(ids []string) (*compiled, error) {
	files, err := bundle.Open(patternFiles)
	if err != nil {
		return nil, fmt.Errorf("patterns.zip.br: %w", err)
	}
	c := &compiled{files: files, v: &vocabulary{
		words: map[string][]symbol{}, known: map[string]symbol{}, rest: map[rune]symbol{}, drawn: map[string][]symbol{}, short: map[string][]string{},
		sounds: map[[2]rune][]sound{}, single: map[rune]rune{}, parts: map[[2]rune]rune{}, begins: map[rune]bool{}, signs: map[rune]bool{}, whole: map[string]bool{}, digits: map[rune]digitWord{}, meaning: map[uint32][]uint8{}, little: map[uint32]bool{}, cut: map[string][]symbol{}, pinyin: &pinyin{syllables: map[string]bool{}, words: map[string]string{}, english: map[string]bool{}, never: map[string]bool{}, slips: map[string]string{}},
	}, classes: map[string]*node{}, parts: map[string]*node{}, voice: map[string]*excuses{}}
	read := []struct {
		file string
		line func(key, rest string) error
	}{{"words", c.class}, {"concepts", c.concept}, {"pinyin", c.pinyinLine}, {"sounds", (&soundFile{v: c.v, alike: map[rune][]rune{}}).line}}
	for _, r := range read {
		if err := c.eachLine(r.file, r.line); err != nil {
			return nil, err
		}
	}
	c.v.initials()
	if err := c.voices(); err != nil {
		return nil, err
	}
	for i, id := range ids {
		if err := c.phrase(&c.phrases, i, id); err != nil {
			return nil, err
		}
	}
	for i, name := range hintFiles {
		if err := c.phrase(&c.hints, i, "hints/"+name); err != nil {
			return nil, err
		}
	}
	if err := c.eachLine("spelling", c.spellingLine); err != nil {
		return nil, err
	}
	for _, w := range slices.Sorted(maps.Keys(c.v.words)) {
		if first, second, last := w[0]-'a', w[min(1, len(w)-1)]-'a', w[len(w)-1]-'a'; first < 26 && second < 26 && last < 26 && !nothing([]byte(w), c.v.words[w]) {
			c.v.outlines[first][second] |= 1 << last
		}
		if first, last := w[0]-'a', w[len(w)-1]-'a'; len(w) >= 4 && len(w) <= 12 && first < 26 && last < 26 {
			c.v.shapes[first][last] |= 1 << len(w)
		}
		if short := string(squeeze([]byte(w), 1)); c.v.drawn[short] == nil || short == w {
			c.v.drawn[short] = c.v.words[w]
		}
	}
	c.files = nil
	return c, nil
}

// eachLine calls do with the first word and the rest of each line. A line that
// begins with a blank goes on with the one before; an empty line has no key.
func (c *compiled) eachLine(file string, do func(key, rest string) error) error {
	f, err := c.files.Open(file + ".txt")
	if err != nil {
		return err
	}
	defer f.Close()
	var logical string
	number := 0
	flush := func() error {
		key, rest, _ := strings.Cut(logical, " ")
		if err := do(key, strings.TrimSpace(rest)); err != nil {
			return fmt.Errorf("patterns/%s.txt:%d: %w", file, number, err)
		}
		return nil
	}
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		line, _, _ := strings.Cut(in.Text(), "//")
		if line != "" && line[0] == ' ' {
			logical += " " + strings.TrimSpace(line)
			continue
		}
		if line == "" && in.Text() != "" {
			continue // a comment
		}
		if n > 1 {
			if err := flush(); err != nil {
				return err
			}
		}
		logical, number = strings.TrimSpace(line), n
	}
	if err := in.Err(); err != nil {
		return err
	}
	return flush()
}

// class reads `$name = pattern` of words.txt.
func (c *compiled) class(name, rest string) error {
	if name == "" {
		return nil
	}
	pattern, ok := strings.CutPrefix(rest, "=")
	if !ok || name[0] != '$' || c.classes[name] != nil {
		return fmt.Errorf("write `$name = words`, each name once: %s", name)
	}
	n, err := parsePattern(pattern, c.classes, c.parts)
	c.classes[name] = n
	return err
}

// paragraph is what a phrase's file says between two empty lines.
type paragraph struct {
	says   []*node
	unless []excuse
}

// phrase reads the file of a phrase, or hint, into a set.
func (c *compiled) phrase(set *ruleSet, number int, id string) error {
	var all []paragraph
	var now paragraph
	err := c.eachLine(id, func(key, rest string) error {
		switch key {
		case "":
			if len(now.says)+len(now.unless) > 0 {
				all, now = append(all, now), paragraph{}
			}
			return nil
		case "says":
			n, err := parsePattern(rest, c.classes, c.parts)
			now.says = append(now.says, n)
			return err
		case "unless":
			e, err := c.excuse(rest)
			now.unless = append(now.unless, e)
			return err
		}
		return fmt.Errorf("a line begins with says or unless, not with %q", key)
	})
	if err != nil {
		return err
	}
	all = append(all, now)
	var everywhere []excuse
	for _, p := range all {
		if len(p.says) == 0 {
			everywhere = append(everywhere, p.unless...)
		}
	}
	for _, p := range all {
		if len(p.says) == 0 {
			continue
		}
		x := c.excuses(slices.Concat(p.unless, everywhere))
		for _, n := range p.says {
			set.rules = append(set.rules, c.rule(number, n, x))
		}
	}
	return nil
}

// rule readies a pattern, and numbers its words.
func (c *compiled) rule(phrase int, n *node, x *excuses) rule {
	n.words(func(w string) { c.v.symbol(w) })
	return rule{phrase, n, x, sync.OnceValue(func() *automaton {
		a := newAutomaton(c.v.symbol)
		a.anchored = true
		a.add(n.turned().named(nil), 0)
		return a.ready()
	})}
}

// excuse reads an unless line: the part before ~, the part behind it, or all of it for the whole sentence.
func (c *compiled) excuse(s string) (excuse, error) {
	parts := strings.Split(s, "~")
	if len(parts) > 2 {
		return excuse{}, fmt.Errorf("~ stands once in a line")
	}
	nodes := make([]*node, len(parts))
	for i, part := range parts {
		if strings.TrimSpace(part) == "" {
			continue
		}
		n, err := parsePattern(part, c.classes, c.parts)
		if err != nil {
			return excuse{}, err
		}
		n.words(func(w string) { c.v.symbol(w) })
		nodes[i] = n
	}
	if len(parts) == 1 {
		return excuse{around: nodes[0]}, nil
	}
	if nodes[0] == nil && nodes[1] == nil {
		return excuse{}, fmt.Errorf("~ alone would excuse everything")
	}
	return excuse{before: nodes[0], after: nodes[1]}, nil
}

func (c *compiled) excuses(list []excuse) *excuses {
	return &excuses{list, sync.OnceValue(func() *excusing {
		x := &excusing{list, newAutomaton(c.v.symbol), newAutomaton(c.v.symbol), newAutomaton(c.v.symbol)}
		x.after.anchored = true
		for i, e := range list {
			for _, part := range []struct {
				a *automaton
				n *node
			}{{x.before, e.before}, {x.after, e.after}, {x.around, e.around}} {
				if part.n != nil {
					part.a.add(part.n, int32(i))
				}
			}
		}
		x.before.ready()
		x.after.ready()
		x.around.ready()
		return x
	})}
}

// voices reads voice.txt: lines that begin with the name of a section, then an unless line.
func (c *compiled) voices() error {
	lists := map[string][]excuse{"own": nil, "theirs": nil, "others": nil, "reported": nil, "name": nil, "title": nil}
	err := c.eachLine("voice", func(key, rest string) error {
		if key == "" {
			return nil
		}
		if _, ok := lists[key]; !ok {
			return fmt.Errorf("no section has the name %q", key)
		}
		e, err := c.excuse(rest)
		lists[key] = append(lists[key], e)
		return err
	})
	for key, list := range lists {
		c.voice[key] = c.excuses(list)
	}
	return err
}

// pinyinLine reads `zhi dao = 知道`, `ㄅㄨ = bu`, `english women men` and `never like`.
func (c *compiled) pinyinLine(key, rest string) error {
	y := c.v.pinyin
	switch key {
	case "":
		return nil
	case "never":
		for _, w := range strings.Fields(rest) {
			y.never[w] = true
		}
		return nil
	case "english":
		for _, w := range strings.Fields(rest) {
			y.english[w] = true
		}
		return nil
	}
	written, meant, ok := strings.Cut(key+" "+rest, " = ")
	if !ok {
		return fmt.Errorf("write `syllables = characters`")
	}
	y.words[written] = meant
	if first, _ := utf8.DecodeRuneInString(written); isZhuyin(first) {
		return nil
	}
	syllables := strings.Fields(written)
	if len(syllables) != utf8.RuneCountInString(meant) {
		return fmt.Errorf("%s and %s differ in length", written, meant)
	}
	y.slip(strings.Fields(written))
	for _, s := range syllables {
		if err := y.add(s); err != nil {
			return err
		}
	}
	y.longest = max(y.longest, len(syllables))
	return nil
}

// soundFile reads sounds.txt.
type soundFile struct {
	v     *vocabulary
	alike map[rune][]rune // characters that sound like one
	used  bool            // words were read for what is alike; the next line begins anew
}

// line reads `补知 = 不知`, `like 知 之只支` and, behind some of those, `of 不知道 都知道`: the words that are written with any of them.
func (f *soundFile) line(key, rest string) error {
	switch key {
	case "":
		return nil
	case "like":
		if f.used {
			f.alike, f.used = map[rune][]rune{}, false
		}
		char, alike, _ := strings.Cut(rest, " ")
		r, _ := utf8.DecodeRuneInString(char)
		f.alike[r] = []rune(alike)
		return nil
	case "of":
		f.used = true
		for _, w := range strings.Fields(rest) {
			f.word([]rune(w), []rune(w), 0)
		}
		return nil
	}
	written, meant, ok := strings.Cut(key+" "+rest, " = ")
	s := sound{[]rune(written), []rune(meant)}
	if ok && len(s.written) == 2 && len(s.meant) == 1 {
		f.v.parts[[2]rune(s.written)] = s.meant[0]
		f.v.markOdd(s.written[0])
		return nil
	}
	if !ok || len(s.written) != len(s.meant) {
		return fmt.Errorf("write as many characters on the right as on the left, or two halves and their character: %s", key)
	}
	if len(s.written) == 1 {
		f.v.single[s.written[0]] = s.meant[0]
		f.v.markOdd(s.written[0])
		return nil
	}
	f.v.sound(s)
	return nil
}

// word adds the ways to write a word by characters that sound like its own.
func (f *soundFile) word(word, written []rune, from int) {
	for k := from; k < len(word); k++ {
		for _, r := range f.alike[word[k]] {
			by := slices.Clone(written)
			by[k] = r
			f.v.sound(sound{by, word})
			f.word(word, by, k+1)
		}
	}
}

// spellingLine reads `u = you`, `slips know dont`, `real brother along`, `torn you`, `cut dont` and `digit 1 i dont hate`. It is read
// last: a word that the patterns hold is never taken for another.
func (c *compiled) spellingLine(key, rest string) error {
	v := c.v
	switch key {
	case "":
	case "real":
		for _, w := range strings.Fields(rest) {
			v.symbol(w)
		}
	case "digit":
		words := strings.Fields(rest)
		if len(words) < 3 || len(words[0]) != 1 {
			return fmt.Errorf("write `digit 1 i dont hate`: the digit, what it is written for, and the words behind it")
		}
		d := digitWord{v.symbol(words[1]), map[symbol]bool{}}
		for _, w := range words[2:] {
			d.before[v.symbol(w)] = true
		}
		v.digits[rune(words[0][0])] = d
	case "cut":
		for _, w := range strings.Fields(rest) {
			for _, slip := range slips(w[:len(w)-1], true) {
				v.cut[slip+"'t"] = v.words[w]
			}
		}
	case "torn":
		for _, w := range strings.Fields(rest) {
			v.symbol(w)
			v.tear(w)
		}
	case "slips", "close":
		for _, w := range strings.Fields(rest) {
			if v.words[w] == nil {
				return fmt.Errorf("no pattern holds the word %q", w)
			}
			v.tear(w)
			for _, slip := range slips(w, key == "close" || len(w) > 4) {
				if v.words[slip] == nil {
					v.words[slip] = v.words[w]
				}
			}
		}
	default:
		meant, ok := strings.CutPrefix(rest, "= ")
		if !ok || v.words[key] != nil {
			return fmt.Errorf("write `short = long`, and no word that a pattern holds: %s", key)
		}
		var syms []symbol
		for _, w := range strings.Fields(meant) {
			syms = append(syms, v.symbol(w))
		}
		v.words[key], v.short[key] = syms, strings.Fields(meant)
	}
	return nil
}
