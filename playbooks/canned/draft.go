package canned

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"coachbot/playbooks"
	"coachbot/playbooks/fold"
)

// Options are what a draft is made with.
type Options struct {
	// Set has the playbooks that replies can belong to, and whose phrases tell which step a sentence is of.
	Set *playbooks.Set
	// Place finds the scenario that a reply belongs to; false when it is not clear.
	Place func(title string, tags []string, lang string) (id string, ok bool)
	// Forbidden finds forbidden phrases in a text, each with what to say instead.
	Forbidden func(text string) []Forbidden
}

// Forbidden is a forbidden phrase in a sentence.
type Forbidden struct{ ID, Text, Instead string }

// Draft is a playbook made of replies: one that the set has, with further
// phrases, or a new one that still lacks much.
type Draft struct {
	Playbook playbooks.Playbook
	New      bool
	Added    int
}

// Left is a part of a reply that is in no draft.
type Left struct {
	Sheet string
	Row   int
	Text  string
	Why   string
}

// Placed says where a reply went.
type Placed struct {
	Sheet string
	Row   int
	Title string
	File  string // LANG/ID.md
	Added int    // phrases
	New   bool
}

// Report is what became of the replies.
type Report struct {
	Drafts []Draft
	Placed []Placed
	Left   []Left
}

// drafter gathers drafts.
type drafter struct {
	o      Options
	report Report
	drafts map[string]*Draft // by LANG/ID
	order  []string
	steps  map[string][]known // by language
}

// known is a phrase of the set with its step.
type known struct {
	step  playbooks.Step
	words map[string]bool
}

// Drafts makes drafts of replies.
func Drafts(list []Reply, o Options) Report {
	d := drafter{o: o, drafts: map[string]*Draft{}, steps: map[string][]known{}}
	for _, r := range list {
		d.reply(r)
	}
	for _, name := range d.order {
		if x := d.drafts[name]; x.Added > 0 {
			d.report.Drafts = append(d.report.Drafts, *x)
		}
	}
	return d.report
}

func (d *drafter) leave(r Reply, text, format string, args ...any) {
	d.report.Left = append(d.report.Left, Left{r.Sheet, r.Row, text, fmt.Sprintf(format, args...)})
}

func (d *drafter) reply(r Reply) {
	text := plain(r.Body)
	if strings.TrimSpace(text) == "" {
		d.leave(r, r.Title, "the reply is empty")
		return
	}
	lang := "en"
	if isHan(text) {
		lang = "zh"
	}
	if tag := condition.FindString(text); tag != "" {
		d.leave(r, tag, "a condition of the help desk; its sentences are taken without it, see that each can stand alone")
	}
	draft := d.draft(r, lang)
	before := draft.Added
	for _, s := range sentences(text) {
		d.sentence(draft, r, s)
	}
	if added := draft.Added - before; added > 0 {
		d.report.Placed = append(d.report.Placed, Placed{Sheet: r.Sheet, Row: r.Row, Title: r.Title, File: draft.Playbook.File, Added: added, New: draft.New})
	}
}

// draft is where a reply belongs: a scenario that there is, else a new one of its first tag or title.
func (d *drafter) draft(r Reply, lang string) *Draft {
	id, known := "", false
	if d.o.Place != nil {
		id, known = d.o.Place(r.Title, r.Tags, lang)
	}
	var book *playbooks.Playbook
	if known {
		book, known = d.o.Set.ByID(id, lang)
	}
	if !known {
		id = newID(r)
		if _, taken := d.o.Set.ByID(id, lang); taken {
			id += "-imported"
		}
	}
	name := lang + "/" + id
	if x, ok := d.drafts[name]; ok {
		return x
	}
	x := &Draft{New: !known}
	if known {
		x.Playbook = *book
		x.Playbook.Steps = map[playbooks.Step][]playbooks.Phrase{}
		for step, phrases := range book.Steps {
			x.Playbook.Steps[step] = slices.Clone(phrases)
		}
	} else {
		title := cmp.Or(strings.Join(r.Tags[:min(1, len(r.Tags))], ""), r.Title, id)
		if runes := []rune(title); len(runes) > playbooks.MaxTitle {
			title = string(runes[:playbooks.MaxTitle])
		}
		x.Playbook = playbooks.Playbook{ID: id, Lang: lang, Kind: playbooks.Scenario, Title: title, Summary: cmp.Or(r.Title, title),
			Root: playbooks.Roots()[0], Severity: playbooks.Severities()[0], Signals: signals(r, title), Steps: map[playbooks.Step][]playbooks.Phrase{}}
	}
	x.Playbook.File = name + ".md"
	d.drafts[name] = x
	d.order = append(d.order, name)
	return x
}

// newID makes an id of the first tag or the title that has letters for one.
func newID(r Reply) string {
	for _, s := range append(slices.Clone(r.Tags), r.Title) {
		words := strings.FieldsFunc(strings.ToLower(fold.String(s)), func(c rune) bool { return c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) })
		if id := strings.Join(words[:min(len(words), 5)], "-"); id != "" {
			return id
		}
	}
	return fmt.Sprintf("imported-%d", r.Row)
}

func signals(r Reply, title string) []string {
	var list []string
	for _, s := range append(slices.Clone(r.Tags), cmp.Or(r.Title, title)) {
		if s = strings.Join(strings.Fields(s), " "); s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// sentence puts one sentence of a reply into the draft or says why not.
func (d *drafter) sentence(draft *Draft, r Reply, s string) {
	item := listed.MatchString(s)
	s = listed.ReplaceAllString(s, "")
	text, unknown := fillIn(s)
	text = withoutOpening(strings.TrimSpace(text))
	switch {
	case text == "":
		return
	case greeting.MatchString(text) || farewell.MatchString(text) || isName(text):
		d.leave(r, s, "a greeting or a signature; the agent writes it")
		return
	case len(unknown) > 0:
		d.leave(r, s, "no slot stands for %s; write it with one of the slots in the format's description", strings.Join(unknown, ", "))
		return
	}
	text, whole := ended(text)
	if !whole {
		d.leave(r, s, "no whole sentence: a heading or a part of a list")
		return
	}
	if d.o.Forbidden != nil {
		if found := d.o.Forbidden(playbooks.Fill(text, draft.Playbook.Lang, nil)); len(found) > 0 {
			f := found[0]
			why := fmt.Sprintf("the forbidden phrase %q (%s)", f.Text, f.ID)
			if f.Instead != "" {
				why += "; say instead: " + f.Instead
			}
			d.leave(r, s, "%s", why)
			return
		}
	}
	step := d.stepOf(text, draft.Playbook.Lang)
	if item { // one of several steps to take
		step = playbooks.Offer
	}
	for _, phrases := range draft.Playbook.Steps {
		if slices.ContainsFunc(phrases, func(p playbooks.Phrase) bool { return p.Text == text }) {
			return
		}
	}
	draft.Playbook.Steps[step] = append(draft.Playbook.Steps[step], playbooks.Phrase{Text: text})
	draft.Added++
}

// likeEnough is how alike a phrase of the set must be for its step to be taken.
const likeEnough = 0.3

// stepOf is the step whose phrases say most nearly the same; offer when none does.
func (d *drafter) stepOf(text, lang string) playbooks.Step {
	all, ok := d.steps[lang]
	if !ok {
		for _, b := range d.o.Set.Scenarios(lang) {
			for _, step := range playbooks.Steps()[1:] { // calm is the agent's own, never said aloud
				for _, p := range b.Steps[step] {
					all = append(all, known{step, wordsOf(p.Text)})
				}
			}
		}
		d.steps[lang] = all
	}
	words := wordsOf(text)
	best, most := playbooks.Offer, likeEnough
	for _, k := range all {
		both := 0
		for w := range words {
			if k.words[w] {
				both++
			}
		}
		if like := 2 * float64(both) / float64(len(words)+len(k.words)); like > most {
			best, most = k.step, like
		}
	}
	return best
}

// wordsOf are the words of a text; in Chinese its pairs of characters.
func wordsOf(s string) map[string]bool {
	words := map[string]bool{}
	var han []rune
	end := func() {
		for i := 1; i < len(han); i++ {
			words[string(han[i-1:i+1])] = true
		}
		han = nil
	}
	for _, w := range strings.FieldsFunc(fold.String(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '\'' }) {
		for _, r := range w {
			if unicode.Is(unicode.Han, r) {
				han = append(han, r)
			}
		}
		if len(han) == 0 {
			words[w] = true
		}
		end()
	}
	return words
}
