package playbooks

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lintWords checks everything that is shown or said.
func (pg *page) lintWords() {
	pg.spoken(pg.sentence, pg.words)
	ids := pg.options.ForbiddenIDs
	for _, s := range pg.p.SayInstead {
		if s.Phrase != "" && ids != nil && !slices.Contains(ids, s.Phrase) {
			pg.add(s.Line, pg.col(s.Line, s.Phrase), "there is no forbidden phrase %q; %s", s.Phrase, didYouMean(s.Phrase, ids))
		}
	}
}

// spoken calls sentence with every whole sentence that is shown or said, and part
// with what is less than one.
func (pg *page) spoken(sentence, part func(text string, line int)) {
	p := pg.p
	for i, text := range p.Now {
		sentence(text, p.at.now[i])
	}
	for _, s := range Steps() {
		for _, ph := range p.Steps[s] {
			sentence(ph.Text, ph.Line)
		}
	}
	for _, e := range p.Escalate {
		part(e.When, e.Line)
		sentence(e.To, e.Line)
	}
	for _, s := range p.SayInstead {
		sentence(s.Text, s.Line)
	}
}

// ForbiddenIn finds the forbidden phrases in what a file says. The file can be used, but
// for the words that hold one.
func ForbiddenIn(path string, data []byte, find func(string) []ForbiddenUse) []Fault {
	pg := openPage(File{Path: path, Data: data}, LintOptions{Forbidden: find})
	pg.all = nil // what Parse found is told elsewhere
	look := func(text string, line int) { pg.forbidden(text, line, pg.col(line, text)) }
	pg.spoken(look, look)
	pg.keepOnPage(pg.text)
	for i := range pg.all {
		pg.all[i].Used = true
	}
	return pg.all
}

// MaxPhrase is how many characters of one phrase a card shows.
const MaxPhrase = 600

// sentence checks a whole sentence.
func (pg *page) sentence(text string, line int) {
	if n := utf8.RuneCountInString(text); n > MaxPhrase {
		pg.warn(line, pg.col(line, text)+MaxPhrase, "the phrase has %d characters, of which a card shows %d; make several of it", n, MaxPhrase)
	}
	if !endsSentence(text) {
		pg.add(line, pg.col(line, text)+utf8.RuneCountInString(text), "the end mark is missing; end the sentence with one such as . ? ! 。？！")
	}
	if other := otherLanguage(slotForm.ReplaceAllString(text, " "), pg.p.Lang); other != "" {
		pg.warn(line, pg.col(line, text), "this is in another language than the file's, which is %q; write it anew, or move it to %s/%s.md", pg.p.Lang, other, pg.p.ID)
	}
	pg.words(text, line)
}

// otherLanguage is the language that a sentence is in, when that is plainly not the
// file's: more Chinese characters than words in an English file, or words alone in a Chinese one.
func otherLanguage(text, lang string) string {
	han, words := 0, 0
	for _, f := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		chinese := false
		for _, r := range f {
			if unicode.Is(unicode.Han, r) {
				chinese, han = true, han+1
			}
		}
		if !chinese {
			words++
		}
	}
	switch {
	case lang == "en" && han > words:
		return "zh"
	case lang == "zh" && han == 0 && words > 2:
		return "en"
	}
	return ""
}

// words checks slots, brackets and forbidden phrases.
func (pg *page) words(text string, line int) {
	col := pg.col(line, text)
	for _, m := range slotForm.FindAllStringSubmatchIndex(text, -1) {
		if slot := text[m[2]:m[3]]; !slices.Contains(slotNames(), slot) {
			pg.add(line, col+utf8.RuneCountInString(text[:m[0]]), "there is no slot {%s}; %s", slot, didYouMean(slot, slotNames()))
		}
	}
	if at := strings.IndexAny(text, "｛｝"); at >= 0 {
		pg.add(line, col+utf8.RuneCountInString(text[:at]), "full-width braces ｛｝ are no slot; write it as {time}")
	}
	if at, what := bracketFault(text); what != "" {
		pg.add(line, col+at, "%s", what)
	} else if at := idleBracket(text); at >= 0 {
		pg.warn(line, col+at, "a bracketed part without a slot is always shown; remove the brackets or put a slot in")
	}
	pg.forbidden(text, line, col)
}

// forbidden looks for forbidden phrases in the text as written and as it reads
// with nothing filled, where leaving out a part can join two halves of one.
func (pg *page) forbidden(text string, line, col int) {
	if pg.options.Forbidden == nil {
		return
	}
	found := pg.options.Forbidden(text)
	for _, f := range found {
		pg.add(line, col+f.Start, "%q is a forbidden phrase (%s); say it in other words", f.Text, f.ID)
	}
	if len(found) > 0 {
		return
	}
	for _, f := range pg.options.Forbidden(Fill(text, pg.p.Lang, nil)) {
		pg.add(line, col, "with its brackets left out this holds the forbidden phrase %q (%s); say it in other words", f.Text, f.ID)
	}
}

// lintGuide checks what a guide tells agents to say: its list items.
func (pg *page) lintGuide() {
	for _, s := range pg.p.Sections {
		first := s.Line
		if s.Heading != "" {
			first++
			if s.Text == "" {
				pg.add(s.Line, 4, "nothing stands below %q; add text or remove the heading", s.Heading)
			}
		}
		// Blank lines before the text are not part of it.
		for first <= len(pg.text) && strings.TrimSpace(pg.text[first-1]) == "" {
			first++
		}
		for i, line := range strings.Split(s.Text, "\n") {
			if text, ok := itemText(strings.TrimSpace(line)); ok {
				pg.forbidden(text, first+i, pg.col(first+i, text))
			}
		}
	}
}

// endsSentence reports whether text ends with an end mark, closing quotation
// marks and brackets aside.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, "\"'”’」』)）]*_ ")
	return strings.HasSuffix(text, "…") || text != "" && isEnd(lastRune(text))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// idleBracket is the place in characters of the first bracketed part without a
// slot, -1 when there is none.
func idleBracket(text string) int {
	rest, at := text, 0
	for {
		before, after, open := strings.Cut(rest, "[")
		inside, next, closed := strings.Cut(after, "]")
		if !open || !closed {
			return -1
		}
		at += utf8.RuneCountInString(before)
		if len(SlotsIn(inside)) == 0 {
			return at
		}
		at += utf8.RuneCountInString(inside) + 2
		rest = next
	}
}

// bracketFault finds the first brace or bracket that is not closed, not opened
// or nested. at counts characters.
func bracketFault(text string) (at int, what string) {
	bracket, brace := -1, -1
	for i, r := range []rune(text) {
		switch {
		case r == '[' && bracket >= 0:
			return i, "a bracket within a bracket; close the first one before"
		case r == '[':
			bracket = i
		case r == ']' && bracket < 0:
			return i, "a ] without [ before it"
		case r == ']':
			bracket = -1
		case r == '{' && brace >= 0:
			return i, "a { within a slot; close the first one before"
		case r == '{':
			brace = i
		case r == '}' && brace < 0:
			return i, "a } without { before it"
		case r == '}':
			brace = -1
		}
	}
	switch {
	case brace >= 0:
		return brace, "this { is not closed; write a slot as {time}"
	case bracket >= 0:
		return bracket, "this [ is not closed; put ] after the part that can be left out"
	}
	return 0, ""
}
