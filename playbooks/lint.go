package playbooks

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Least numbers that lint asks of a scenario.
const (
	minPhrases  = 3  // a step, variants counted
	minCalm     = 2  // the calm step, which is read in a breath
	minExamples = 40 // messages a scenario is recognised by
)

// ForbiddenUse is a forbidden phrase found in a text.
type ForbiddenUse struct {
	ID    string // the phrase's id: "dont-know"
	Text  string // the words found
	Start int    // where they begin, in characters
}

// LintOptions is what lint needs to know beside the folder.
type LintOptions struct {
	// Forbidden finds forbidden phrases in a text; nil: they are not looked for.
	Forbidden func(text string) []ForbiddenUse
	// ForbiddenIDs are the ids a say-instead entry can name; nil: any.
	ForbiddenIDs []string
	// Elsewhere finds the examples of a scenario that rank another playbook clearly
	// first; nil: they are not looked for.
	Elsewhere func(Playbook) []Elsewhere
	Now       time.Time // review dates before its day have passed
}

// Elsewhere is an example that ranks another playbook clearly first.
type Elsewhere struct {
	Example Example
	Instead string // the id of that playbook
	Why     string // what in the example speaks for it
	WhyZh   string // the same in Chinese
}

// reason is why an example ranks elsewhere, in both languages.
type reason struct{ en, zh string }

func (r reason) String() string  { return r.en }
func (r reason) chinese() string { return r.zh }

// Lint checks a whole folder and returns every fault in it: those of Parse, what
// is missing or cannot be said in a file, and what does not fit between files.
// The error is set only when the folder cannot be read.
func Lint(fsys fs.FS, o LintOptions) ([]Fault, error) {
	files, faults, err := readFolder(fsys)
	if err != nil {
		return nil, err
	}
	faults = append(faults, unread(fsys)...)
	var pages []*page
	for _, f := range files {
		pg := openPage(f, o)
		if pg.p.Addition {
			pg.lintWords()
		} else if len(pg.p.at.field) > 0 { // else its kind is a guess and all that follows too
			pg.lint()
		}
		pages = append(pages, pg)
	}
	lintTogether(pages)
	for _, pg := range pages {
		pg.keepOnPage(pg.text)
		faults = append(faults, pg.all...)
	}
	sortFaults(faults)
	return faults, nil
}

// page is one file under lint.
type page struct {
	faultList
	options LintOptions
	p       Playbook
	text    []string // the file's lines

	untouched map[string]bool // texts that are still the template's
}

// openPage parses a file for lint.
func openPage(f File, o LintOptions) *page {
	pg := &page{options: o}
	pg.p, pg.all = Parse(f.Path, f.Data)
	pg.file = f.Path
	pg.text = strings.Split(strings.TrimSuffix(string(lineEnds(f.Data)), "\n"), "\n")
	return pg
}

func (pg *page) lint() {
	pg.lintReview()
	pg.lintTemplate()
	switch pg.p.Kind {
	case Scenario:
		pg.lintHeadings()
		pg.lintSteps()
		pg.lintWords()
	case Guide:
		pg.lintGuide()
	case NotACase:
		if len(pg.p.Examples) == 0 {
			pg.add(1, 1, "there are no examples; add ## examples with one message an item")
		}
	}
	pg.lintExamples()
}

// lintTemplate finds what playbooks new has put there for its author to replace:
// it would be in use as it stands.
func (pg *page) lintTemplate() {
	base := baseLang(pg.p.Lang)
	data, err := fs.ReadFile(templates, "template/"+string(pg.p.Kind)+"."+base+".md")
	if err != nil {
		return
	}
	t, _ := Parse("template.md", data)
	pg.untouched = map[string]bool{}
	told := func(text string, line int) {
		pg.untouched[text] = true
		pg.warn(line, pg.col(line, text), "this is still the template's; write your own")
	}
	for _, f := range []struct{ name, got, template string }{{"title", pg.p.Title, t.Title}, {"summary", pg.p.Summary, t.Summary}} {
		if f.got != "" && f.got == f.template {
			told(f.got, pg.p.at.field[f.name])
		}
	}
	for i, s := range pg.p.Signals {
		if slices.Contains(t.Signals, s) {
			told(s, pg.p.at.signals[i])
		}
	}
	for i, s := range pg.p.Strong {
		if slices.Contains(t.Strong, s) {
			told(s, pg.p.at.strong[i])
		}
	}
	for _, x := range pg.p.Examples {
		if slices.ContainsFunc(t.Examples, func(y Example) bool { return y.Text == x.Text }) {
			told(x.Text, x.Line)
		}
	}
}

func (pg *page) lintReview() {
	day := pg.options.Now.UTC().Truncate(24 * time.Hour)
	if r := pg.p.Review; !r.IsZero() && r.Before(day) {
		pg.warn(pg.p.at.field["review"], 1, "the review date %s has passed; read the file again and set a new one", r.Format(time.DateOnly))
	}
}

// lintHeadings asks for every heading a scenario needs, with something below it.
func (pg *page) lintHeadings() {
	p := pg.p
	full := map[string]bool{
		headNow: len(p.Now) > 0, headEscalate: len(p.Escalate) > 0,
		headSayInstead: len(p.SayInstead) > 0, headExamples: len(p.Examples) > 0,
	}
	for _, s := range Steps() {
		full[string(s)] = len(p.Steps[s]) > 0
	}
	var missing []string
	for _, h := range headings(Scenario) {
		line, given := p.at.heading[h]
		switch {
		case given && !full[h]:
			pg.add(line, 4, "nothing stands below %q; add entries or remove the heading", h)
		case given:
		case h == headNow && p.Severity == "critical":
			pg.add(p.at.field["severity"], 1, "a critical scenario needs ## now: what the agent does this minute and whom they call in")
		case h != headNow:
			missing = append(missing, "## "+h)
		}
	}
	if len(missing) > 0 {
		pg.add(len(pg.text), 1, "headings are missing; add each with its entries: %s", strings.Join(missing, ", "))
	}
}

// lintSteps asks for enough phrases in each step, some of them for everybody.
func (pg *page) lintSteps() {
	for _, s := range Steps() {
		phrases := pg.p.Steps[s]
		if len(phrases) == 0 {
			continue // told with the headings
		}
		line, least := pg.p.at.heading[string(s)], minPhrases
		if s == Calm {
			least = minCalm
		}
		if len(phrases) < least {
			pg.add(line, 4, "%q has %d of at least %d phrases; add more", s, len(phrases), least)
		}
		if !slices.ContainsFunc(phrases, func(ph Phrase) bool { return ph.Plain() }) {
			pg.add(line, 4, "every phrase of %q is for some cases only; add one for all of them above the first ### heading", s)
		}
	}
}

// lintExamples looks for too few examples and for the same one twice.
func (pg *page) lintExamples() {
	p := pg.p
	if p.Kind == Scenario && pg.options.Elsewhere != nil {
		for _, e := range pg.options.Elsewhere(p) {
			pg.warn(e.Example.Line, pg.col(e.Example.Line, e.Example.Text), "this example ranks %s clearly first (%s); move it there, or let it say more of what happened", e.Instead, reason{e.Why, e.WhyZh})
		}
	}
	if n := len(p.Examples); p.Kind == Scenario && n > 0 && n < minExamples {
		pg.warn(p.at.heading[headExamples], 4, "%d of at least %d examples; more of them make the scenario easier to recognise", n, minExamples)
	}
	seen := map[string]int{}
	for _, x := range p.Examples {
		k, line, text := sameKey(x.Text), x.Line, x.Text
		if first, twice := seen[k]; twice {
			pg.warn(line, pg.col(line, text), "the same example stands in line %d; keep one", first)
			continue
		}
		seen[k] = line
	}
}

// col is the column at which part stands in a line, 1 when it does not.
func (pg *page) col(line int, part string) int {
	if line < 1 || line > len(pg.text) {
		return 1
	}
	at := strings.Index(pg.text[line-1], part)
	if at < 0 {
		return 1
	}
	return utf8.RuneCountInString(pg.text[line-1][:at]) + 1
}

// place names a line in a file for a message about another.
func place(file string, line int) string { return fmt.Sprintf("%s:%d", file, line) }
