package playbooks

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The headings beside the steps.
const (
	headNow        = "now"
	headEscalate   = "escalate"
	headSayInstead = "say-instead"
	headExamples   = "examples"
)

// headings lists the "## " headings a kind of file can have, in the order they are written.
func headings(k Kind) []string {
	if k == NotACase {
		return []string{headExamples}
	}
	all := []string{headNow}
	for _, s := range Steps() {
		all = append(all, string(s))
	}
	return append(all, headEscalate, headSayInstead, headExamples)
}

var (
	headingForm = regexp.MustCompile(`^(#+)[\s\p{Zs}\x{200b}\x{feff}]*(.*?)[\s\p{Zs}\x{200b}\x{feff}]*#*$`)
	arrowForm   = regexp.MustCompile(`[ \t]*(?:->|→)[ \t]*`)
)

// bodyReader takes the body of one file line by line.
type bodyReader struct {
	p       *Playbook
	faults  *faultList
	heading string // the "## " heading we are under; "" before the first or under an unknown one
	seen    bool   // a "## " heading, known or not, has been met
	skip    bool   // under an unknown heading: its items have been reported with it
	variant Phrase // what the "### " heading we are under asks for
	comment int    // the line where the <!-- began that we are in; 0: none
}

// readBody reads the body of a scenario or a not-a-case file. offset is the
// number of lines before it.
func readBody(p *Playbook, body []string, offset int, faults *faultList) {
	r := &bodyReader{p: p, faults: faults}
	for i, line := range body {
		r.line(line, offset+i+1)
	}
	if r.comment > 0 {
		faults.add(r.comment, 1, "this comment has no end; write --> behind it, or all that follows is passed over")
	}
}

func (r *bodyReader) line(line string, n int) {
	text := strings.TrimSpace(strings.TrimLeft(line, "\u200b\ufeff"))
	indent := utf8.RuneCountInString(line) - utf8.RuneCountInString(strings.TrimLeftFunc(line, unicode.IsSpace))
	switch {
	case r.comment > 0 || strings.HasPrefix(text, "<!--"):
		r.inComment(text, n)
	case text == "":
	case indent > 0 && text != "":
		r.faults.add(n, indent+1, "an indented line; an entry is one line that begins with - at the left margin")
	case text[0] == '#':
		m := headingForm.FindStringSubmatch(text)
		r.enter(len(m[1]), m[2], n)
	default:
		r.item(text, n)
	}
}

// inComment takes a line that begins within a comment or begins one.
func (r *bodyReader) inComment(text string, n int) {
	if r.comment == 0 {
		r.comment = n
	}
	_, after, ends := strings.Cut(text, "-->")
	if !ends {
		return
	}
	r.comment = 0
	if strings.TrimSpace(after) != "" {
		r.faults.add(n, utf8.RuneCountInString(text[:len(text)-len(after)])+1, "text behind a comment is passed over; put it on a line of its own")
	}
}

// enter takes a heading.
func (r *bodyReader) enter(level int, title string, n int) {
	id := strings.ToLower(title)
	switch level {
	case 2:
		r.seen, r.variant, r.heading, r.skip = true, Phrase{}, "", true
		if !slices.Contains(headings(r.p.Kind), id) {
			r.faults.add(n, 4, "unknown heading %q; %s", title, didYouMean(headingID(id), headings(r.p.Kind)))
			return
		}
		r.heading, r.skip = id, false
		if first, twice := r.p.at.heading[id]; twice {
			r.faults.add(n, 4, "the heading %q stands in line %d already; keep one and join the entries", id, first)
			return
		}
		r.p.at.heading[id] = n
	case 3:
		r.enterVariant(id, n)
	default:
		r.faults.add(n, 1, "a heading of level %d; use ## for a step and ### for a variant (the title stands in the front matter)", level)
	}
}

// enterVariant takes a "### " heading: conditions separated by commas, and in
// quotation marks words of the case.
func (r *bodyReader) enterVariant(title string, n int) {
	r.variant = Phrase{}
	if r.skip {
		return
	}
	if !slices.Contains(Steps(), Step(r.heading)) {
		r.faults.add(n, 5, "a variant heading belongs below a step such as ## offer")
		return
	}
	for _, word := range splitVariant(title) {
		inner, quoted := unquote(word)
		switch {
		case quoted && utf8.RuneCountInString(strings.TrimSuffix(inner, "*")) < minWord:
			r.faults.add(n, 5, "%q is too short to tell one case from another; write a longer word", inner)
		case quoted && slices.Contains(r.variant.Words, inner), slices.Contains(r.variant.For, word):
			r.faults.add(n, 5, "the variant names %q twice", cmp.Or(inner, word))
		case quoted:
			r.variant.Words = append(r.variant.Words, inner)
		case strings.ContainsAny(word, quotationMarks):
			r.faults.add(n, 5, "the quotation marks of %s do not match; write \"word\", \"another word\"", word)
		case !slices.Contains(Conditions(), word):
			r.faults.add(n, 5, "unknown variant %q; %s", word, didYouMean(word, Conditions()))
		default:
			r.checkTogether(word, n)
			r.variant.For = append(r.variant.For, word)
		}
	}
	if r.variant.Plain() && strings.TrimSpace(title) == "" {
		r.faults.add(n, 1, "an empty variant heading; name whom its phrases are for: %s", strings.Join(Conditions(), ", "))
	}
}

// checkTogether reports a condition that can never hold with one already taken.
func (r *bodyReader) checkTogether(word string, n int) {
	for _, group := range conditionGroups() {
		if !slices.Contains(group, word) {
			continue
		}
		for _, other := range r.variant.For {
			if slices.Contains(group, other) {
				r.faults.add(n, 5, "%q and %q never hold together; give each a ### heading of its own", other, word)
			}
		}
	}
}

// item takes a line that should be a list item.
func (r *bodyReader) item(line string, n int) {
	text, isItem := itemText(line)
	switch {
	case r.skip:
		return
	case !r.seen:
		r.faults.add(n, 1, "text before the first heading; put it below one such as ## listen")
		return
	case strings.HasPrefix(line, "＃"):
		r.faults.add(n, 1, "a full-width ＃; begin a heading with the ordinary ##")
		return
	case !isItem && strings.IndexAny(line, "－–—•·●") == 0:
		r.faults.add(n, 1, "%q is no hyphen; begin an entry with an ordinary - and a space", string([]rune(line)[:1]))
		return
	case !isItem && strings.TrimLeft(line, "-*+") == "":
		r.faults.add(n, 1, "an empty entry; write one line after the - or remove it")
		return
	case !isItem:
		r.faults.add(n, 1, "this is no list item; begin an entry with - and keep it on one line")
		return
	}
	if strings.Contains(text, "<!--") {
		r.faults.add(n, 1, "a comment within an entry would be said; put it on a line of its own")
		return
	}
	col := utf8.RuneCountInString(line[:len(line)-len(text)]) + 1
	p := r.p
	switch r.heading {
	case headNow:
		p.Now, p.at.now = append(p.Now, text), append(p.at.now, n)
	case headExamples:
		p.Examples = append(p.Examples, readExample(text, n))
	case headEscalate:
		if when, to, ok := r.pair(text, n, col, "WHEN -> WHOM"); ok {
			p.Escalate = append(p.Escalate, Escalation{When: when, To: to, Line: n})
		}
	case headSayInstead:
		r.sayInstead(text, n, col)
	default:
		if p.Steps == nil {
			p.Steps = map[Step][]Phrase{}
		}
		step := Step(r.heading)
		p.Steps[step] = append(p.Steps[step], Phrase{Text: text, For: slices.Clone(r.variant.For), Words: slices.Clone(r.variant.Words), Line: n})
	}
}

// itemText is what stands behind the mark of a list item. Every line of every
// file passes here: a regular expression would take half of the time of reading.
func itemText(line string) (text string, ok bool) {
	if line == "" || line[0] != '-' && line[0] != '*' && line[0] != '+' {
		return "", false
	}
	text = strings.TrimLeft(line[1:], " \t\u00a0\u3000\u200b\ufeff")
	return text, len(text) < len(line)-1
}

// readExample takes "text" or "(severity) text".
func readExample(text string, n int) Example {
	if mark, rest, ok := strings.Cut(text, ") "); ok && strings.HasPrefix(mark, "(") {
		if slices.Contains(Severities(), mark[1:]) && strings.TrimSpace(rest) != "" {
			return Example{Text: strings.TrimSpace(rest), Severity: mark[1:], Line: n}
		}
	}
	return Example{Text: text, Line: n}
}

// pair splits "left -> right".
func (r *bodyReader) pair(text string, n, col int, form string) (left, right string, ok bool) {
	at := arrowForm.FindStringIndex(text)
	if at == nil {
		r.faults.add(n, col, "the arrow is missing; write - %s", form)
		return "", "", false
	}
	left, right = strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
	if left == "" || right == "" {
		r.faults.add(n, col, "one side of the arrow is empty; write - %s", form)
		return "", "", false
	}
	return left, right, true
}

// sayInstead takes "id -> words" or "“wording” -> words".
func (r *bodyReader) sayInstead(text string, n, col int) {
	left, right, ok := r.pair(text, n, col, "dont-know -> better words")
	if !ok {
		return
	}
	s := SayInstead{Text: right, Line: n}
	switch wording, quoted := unquote(left); {
	case quoted:
		s.Wording = wording
	case idForm.MatchString(left):
		s.Phrase = left
	default:
		r.faults.add(n, col, "before the arrow stands the id of a forbidden phrase or a wording in quotation marks, not %s", left)
		return
	}
	r.p.SayInstead = append(r.p.SayInstead, s)
}

// minWord is how many characters a word of the case in a variant heading has at least.
const minWord = 2

// quotationMarks holds every mark that quotes opens or closes with.
const quotationMarks = `"“”‘’「」『』«»`

func quotes() [][2]string {
	return [][2]string{{`"`, `"`}, {"“", "”"}, {"‘", "’"}, {"「", "」"}, {"『", "』"}, {"«", "»"}}
}

// splitVariant splits a variant heading at the commas outside quotation marks.
func splitVariant(title string) (list []string) {
	closing := "" // of the quotation that we are in
	word := ""
	for _, c := range title {
		mark := string(c)
		switch {
		case closing == "" && strings.ContainsRune(",，、", c):
			list, word = append(list, strings.TrimSpace(word)), ""
			continue
		case mark == closing:
			closing = ""
		case closing == "":
			for _, q := range quotes() {
				if q[0] == mark {
					closing = q[1]
				}
			}
		}
		word += mark
	}
	list = append(list, strings.TrimSpace(word))
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// unquote removes a pair of quotation marks around s.
func unquote(s string) (inner string, quoted bool) {
	for _, q := range quotes() {
		if len(s) <= len(q[0])+len(q[1]) || !strings.HasPrefix(s, q[0]) || !strings.HasSuffix(s, q[1]) {
			continue
		}
		if inner = strings.TrimSpace(s[len(q[0]) : len(s)-len(q[1])]); inner != "" {
			return inner, true
		}
	}
	return "", false
}

// readGuide reads the free sections of a guide.
func readGuide(p *Playbook, body []string, offset int, faults *faultList) {
	var s Section
	var text []string
	flush := func() {
		s.Text = strings.Trim(strings.Join(text, "\n"), "\n")
		if s.Heading != "" || s.Text != "" {
			p.Sections = append(p.Sections, s)
		}
		text = nil
	}
	for i, line := range body {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if title, ok := strings.CutPrefix(line, "## "); ok && strings.TrimSpace(title) != "" {
			flush()
			s = Section{Heading: strings.TrimSpace(title), Line: offset + i + 1}
			continue
		}
		if strings.HasPrefix(line, "# ") {
			faults.add(offset+i+1, 1, "the title stands in the front matter; use ## for sections")
			continue
		}
		if s.Line == 0 && line != "" {
			s.Line = offset + i + 1
		}
		text = append(text, line)
	}
	flush()
	if len(p.Sections) == 0 {
		faults.add(max(offset, 1), 1, "the guide is empty; add sections with ## headings and text")
	}
}
