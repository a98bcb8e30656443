package guard

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Fault is something wrong in a forbidden.yaml.
type Fault struct {
	Line, Col int    // from 1
	Message   string // what is wrong and how to mend it, one line
	Zh        string // the same in Chinese
}

var (
	extraID   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	extraLang = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	yamlLine  = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)
)

// ParseExtra reads admins' additions to the forbidden phrases: a list of entries
// with id, en and zh (lists of wordings) and say_instead (en and zh). It returns
// the entries that can be used and every fault.
func ParseExtra(file string, data []byte) ([]Phrase, []Fault) {
	x := extraReader{taken: map[string]bool{}}
	for _, p := range builtInPhrases() {
		x.taken[p.ID] = true
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		good := len(data) - len(bytes.TrimLeftFunc(data, func(r rune) bool { return r != utf8.RuneError }))
		x.add(1+bytes.Count(data[:good], []byte("\n")), 1, "this is not UTF-8; save the file in the encoding UTF-8", "这里不是 UTF-8 编码；请用 UTF-8 编码另存")
		return nil, x.faults
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil && !errors.Is(err, io.EOF) {
		if at := tabbed(data); at > 0 {
			x.add(at, 1, "a tab; indent with spaces", "这里用了制表符；缩进请用空格")
			return nil, x.faults
		}
		line, what := 1, err.Error()
		if m := yamlLine.FindStringSubmatch(what); m != nil {
			line, _ = strconv.Atoi(m[1])
			what = m[2]
		}
		x.add(max(line, 1), 1, fmt.Sprintf("%s is not YAML here (%s); put values with a colon or # in quotation marks", file, what),
			fmt.Sprintf("%s 这里不是合法的 YAML（%s）；含冒号或 # 的值请加引号", file, what))
		return nil, x.faults
	}
	if len(root.Content) == 0 || root.Content[0].Tag == "!!null" {
		return nil, nil
	}
	list := root.Content[0]
	if list.Kind != yaml.SequenceNode {
		x.at(list, "write a list of entries, each beginning with `- id: …`", "这里要写列表，每一条以 `- id: …` 开头")
		return nil, x.faults
	}
	for _, n := range list.Content {
		if p, ok := x.entry(n); ok {
			x.taken[p.ID] = true
			x.phrases = append(x.phrases, p)
		}
	}
	x.checkInstead()
	return x.phrases, x.faults
}

// tabbed is the first line that is indented with a tab, 0 when none is.
func tabbed(data []byte) int {
	for i, line := range strings.Split(string(data), "\n") {
		if strings.Contains(line[:len(line)-len(strings.TrimLeft(line, "- \t"))], "\t") {
			return i + 1
		}
	}
	return 0
}

// extraReader collects the entries of one file.
type extraReader struct {
	taken   map[string]bool
	phrases []Phrase
	faults  []Fault
	instead []*yaml.Node // every line to say instead
}

func (x *extraReader) add(line, col int, en, zh string) {
	x.faults = append(x.faults, Fault{Line: line, Col: col, Message: en, Zh: zh})
}

func (x *extraReader) at(n *yaml.Node, en, zh string) { x.add(n.Line, n.Column, en, zh) }

// entry reads one; what is wrong beside id and wordings leaves it in use.
func (x *extraReader) entry(n *yaml.Node) (Phrase, bool) {
	if n.Kind != yaml.MappingNode {
		x.at(n, "an entry has fields, such as id: calm-down and en: [calm down]", "每一条都要写字段，例如 id: calm-down 和 zh: [请您冷静]")
		return Phrase{}, false
	}
	p := Phrase{Text: map[string]string{}, SayInstead: map[string][]string{}, Wordings: map[string][]string{}}
	id := n
	before := len(x.faults)
	sound, seen := true, map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if seen[key.Value] {
			x.at(key, fmt.Sprintf("the field %q stands here a second time; keep one", key.Value), fmt.Sprintf("字段 %q 写了两次；请只留一个", key.Value))
			sound = false
			continue
		}
		seen[key.Value] = true
		switch key.Value {
		case "id":
			id, p.ID = value, value.Value
		case "en", "zh":
			wordings, ok := x.list(value)
			sound = sound && ok
			p.Wordings[key.Value] = wordings
			for _, w := range wordings {
				if len(wordsOf(w)) == 0 {
					x.at(value, fmt.Sprintf("a wording of %q is empty; remove it", p.ID), fmt.Sprintf("%q 有一个说法是空的；请删掉", p.ID))
					sound = false
				}
			}
		case "say_instead":
			x.sayInstead(value, p.SayInstead)
		default:
			x.at(key, fmt.Sprintf("unknown field %q; known are id, en, zh and say_instead", key.Value), fmt.Sprintf("没有 %q 这个字段；可用的有：id、en、zh、say_instead", key.Value))
		}
	}
	switch {
	case !extraID.MatchString(p.ID):
		x.at(id, fmt.Sprintf("the id %q does not fit: use lower-case letters, digits and hyphens", p.ID), fmt.Sprintf("id %q 不合规则：只能用小写字母、数字和连字符", p.ID))
		return p, false
	case x.taken[p.ID]:
		x.at(id, fmt.Sprintf("the id %q is taken; the ten phrases and earlier entries keep theirs", p.ID), fmt.Sprintf("id %q 已经用过了：十句禁语和前面各条的 id 不能重复", p.ID))
		return p, false
	case len(p.Wordings["en"])+len(p.Wordings["zh"]) == 0 && len(x.faults) == before:
		x.at(n, fmt.Sprintf("the entry %q has no wording; give en or zh a list of wordings", p.ID), fmt.Sprintf("%q 没有写说法；请在 en 或 zh 下面列出", p.ID))
		return p, false
	}
	for lang, list := range p.Wordings {
		if len(list) > 0 {
			p.Text[lang] = list[0]
		}
	}
	return p, sound && len(p.Text) > 0
}

// list reads a list of words; one alone need not be a list.
func (x *extraReader) list(n *yaml.Node) (words []string, ok bool) {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return []string{n.Value}, true
	}
	if n.Kind == yaml.ScalarNode {
		return nil, true
	}
	if n.Kind != yaml.SequenceNode {
		x.at(n, "a list belongs here, such as [calm down, take it easy]", "这里要写列表，例如 [请您冷静, 您先别激动]")
		return nil, false
	}
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode {
			x.at(item, "one line of text belongs here; put it in quotation marks", "这里要写一行文字；请加引号")
			return nil, false
		}
		words = append(words, item.Value)
	}
	return words, true
}

func (x *extraReader) sayInstead(n *yaml.Node, to map[string][]string) {
	if n.Kind != yaml.MappingNode {
		x.at(n, "say_instead has the lists en and zh", "say_instead 下面要分 en 和 zh 两个列表")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !extraLang.MatchString(key.Value) {
			x.at(key, fmt.Sprintf("%q is no language code such as en or zh", key.Value), fmt.Sprintf("%q 不是语言代码；请写 en 或 zh", key.Value))
			continue
		}
		if lines, ok := x.list(value); ok {
			to[key.Value] = lines
			x.instead = append(x.instead, value)
		}
	}
}

// checkInstead looks for forbidden phrases in what is to be said instead of one.
func (x *extraReader) checkInstead() {
	if len(x.instead) == 0 {
		return
	}
	g := New(x.phrases...)
	for _, n := range x.instead {
		nodes := n.Content
		if n.Kind == yaml.ScalarNode {
			nodes = []*yaml.Node{n}
		}
		for _, item := range nodes {
			if found := g.Check(item.Value); len(found) > 0 {
				x.at(item, fmt.Sprintf("%q is a forbidden phrase (%s); say it in other words", found[0].Text, found[0].Phrase), fmt.Sprintf("“%s”是禁语（%s）；请换个说法", found[0].Text, found[0].Phrase))
			}
		}
	}
	slices.SortStableFunc(x.faults, func(a, b Fault) int { return a.Line - b.Line })
}
