// Package coach reads a message from the front line and answers with advice:
// is this a difficult case, how serious, what the customer feels, which
// playbook helps, and what to say next. It knows no Slack connection, store or
// network; it learns from the playbooks' own examples when it is made.
//
// The way of a message: clean.go takes the markup away, language.go names the
// language, lexicon.go finds telling words, rank.go fuses bayes.go and svm.go
// over the features of features.go and lifts what signals speak for,
// severity.go, emotions.go and persona.go read the customer, compose.go picks
// the phrases, follow.go reads what comes later in the case's thread.
package coach

import (
	"errors"
	"math"
	"slices"
	"sync"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

// Engine gives advice. It is safe for concurrent use; what it answers never changes once made.
type Engine struct {
	set     *playbooks.Set
	guard   *guard.Guard
	lexica  map[string]*lexicon
	rankers map[string]*ranker // by language of the playbooks
	forms   []slotForm
	// passed remembers what the guard said of phrases as the playbooks have them,
	// so that each is checked once; it cannot outgrow the playbooks.
	passed sync.Map
}

// New trains an engine on the examples of a set of playbooks. Every phrase it
// will ever hand out passes the guard first. It fails without any scenario.
func New(set *playbooks.Set, g *guard.Guard) (*Engine, error) { return (*Engine)(nil).Anew(set, g) }

// Anew is New for a set that came of the engine's own: in languages whose examples
// are the same nothing is trained again. The result is that of New.
func (e *Engine) Anew(set *playbooks.Set, g *guard.Guard) (*Engine, error) {
	return train(set, g, func(lang string) *ranker {
		if e == nil {
			return nil
		}
		return e.rankers[lang]
	}, false)
}

// train makes an engine, of what earlier ones have learnt where it fits; alone is one for ranking alone.
func train(set *playbooks.Set, g *guard.Guard, earlier func(lang string) *ranker, alone bool) (*Engine, error) {
	if set == nil || g == nil {
		return nil, errors.New("coach: needs playbooks and a guard")
	}
	lexica, err := readLexica()
	if err != nil {
		return nil, err
	}
	e := &Engine{set: set, guard: g, lexica: lexica, rankers: make(map[string]*ranker), forms: slotForms()}
	var all sync.WaitGroup
	var mutex sync.Mutex
	var failed error
	for _, lang := range set.Languages() {
		all.Go(func() {
			r, err := newRanker(set, lang, lexica, earlier(lang), alone)
			mutex.Lock()
			defer mutex.Unlock()
			if r != nil {
				e.rankers[lang] = r
			}
			failed = errors.Join(failed, err)
		})
	}
	all.Wait()
	if failed != nil {
		return nil, failed
	}
	if len(e.rankers) == 0 {
		return nil, errors.New("coach: the playbooks hold no scenario")
	}
	return e, nil
}

// Advise reads a message and says what helps. A message that is no difficult
// case has severity none and neither playbooks nor phrases, unless a person
// asked and there is something to go on.
func (e *Engine) Advise(m Message) Advice {
	t := clean(m.Text)
	advice, _ := e.read(t, m)
	if len(advice.Playbooks) == 0 {
		return advice
	}
	pos := Position{Playbook: advice.Playbooks[0].ID}
	return e.compose(advice.Lang, advice, pos, t)
}

// reading is what else is known of a message while it is answered.
type reading struct {
	hits  hits
	known bool
}

func (e *Engine) hitsOf(t text) hits { return hitsIn(e.lexica, t) }

// hitsIn reads a text with the lexicon of its language, and with both when it mixes them.
func hitsIn(lexica map[string]*lexicon, t text) hits {
	h := hits{count: make(map[string]int)}
	for _, lang := range []string{"en", "zh"} {
		if lang == t.lang || t.mixed {
			lexica[lang].read(t.folded, &h)
		}
	}
	return h
}

// read fills everything of an advice but what is said.
func (e *Engine) read(t text, m Message) (Advice, reading) {
	answer := e.answerIn(m.Lang, t.lang)
	a := Advice{ID: m.ID, Lang: answer, Severity: "none", Emotions: []string{}, Playbooks: []Ranked{}, Phrases: []Phrase{}, Avoid: []Avoid{}, Source: "playbook"}
	h := e.hitsOf(t)
	a.Own = m.Ask && e.own(t, &h)
	r := e.rankerOf(t, answer)
	if r == nil || !words(t.plain) && len(h.found) == 0 {
		return a, reading{hits: h}
	}
	k := r.rank(t, &h, m.Lessons)
	a.Confidence = confidence(t, &h, r, k)
	a.Escalation = a.Confidence >= caseFrom
	if !a.Escalation && !(m.Ask && (k.known || len(k.words) > 0)) {
		return a, reading{h, k.known}
	}
	best := r.playbooks[k.best[0].class]
	if a.Escalation {
		a.Severity = severity(t, &h, r, k, best, a.Confidence)
	}
	a.Emotions = emotions(&h)
	a.CustomerType = customerType(a.Severity, a.Emotions, &h, best.ID)
	a.Personality = personality(&h)
	a.Root = best.Root
	for _, s := range k.best[:min(len(k.best), 5)] {
		a.Playbooks = append(a.Playbooks, Ranked{r.playbooks[s.class].ID, math.Round(s.share*1000) / 1000})
	}
	a.Sure = k.sure()
	a.Why = why(&h, k)
	return a, reading{h, k.known}
}

// rankerFor prefers the text's own language and takes any other rather than none.
func (e *Engine) rankerFor(lang string) *ranker {
	if r := e.rankers[lang]; r != nil {
		return r
	}
	for _, other := range e.nearest(lang) {
		if r := e.rankers[other]; r != nil {
			return r
		}
	}
	return nil
}

// What tells a difficult case from other messages, in log-odds. The weights of
// what the trained models say were fitted to held-out examples by logistic
// regression; the lexicon's sections are among what the models see, and count once
// more, so that plain anger in words that small talk knows too is heard.
const (
	caseFrom   = 0.5
	caseMargin = 1.9
	caseLead   = 0.1
	caseLikely = 0.5
	caseLength = 1.0 // for each e-fold of features: who tells more has a case more often
	caseSpoken = 0.8 // the customer is named as the one who speaks
	caseMarked = 0.3 // quoted without a name
	caseWords  = 0.4 // what the lexicon's sections say for a case counts, where nothing is praised or resolved
	maxWords   = 3
	maxLead    = 3
	caseBare   = -1.5 // one word, or two Chinese characters, which alone are no case
	caseOrder  = -6   // a command to a bot
)

// caseBias is where the odds begin in a language.
func caseBias(lang string) float64 {
	switch lang {
	case "en":
		return -4.8
	case "zh":
		return -4.5
	default:
		return -4.8
	}
}

// The same without any example of a message that is no case: the lexicon decides.
const (
	unseenBias    = -0.1
	unseenStrong  = 0.7
	unseenQuoted  = 3.2
	unseenPraised = 0.5 // quoted with words of thanks among them
	unseenWords   = 0.6 // what the lexicon says counts
	sectionOnce   = 2   // entries of one section that count
)

// confidence is how likely the message is a difficult case, 0 to 1.
func confidence(t text, h *hits, r *ranker, k ranking) float64 {
	odds := unseenOdds(t, h, k)
	if r.binary != nil {
		odds = caseBias(r.lang) + caseMargin*k.margin + caseLead*max(min(k.lead, maxLead), -maxLead) + caseLikely*k.likely + caseLength*math.Log1p(float64(len(k.seen.at)))
		if !h.has("praise") && !h.has("resolved") {
			odds += caseWords * min(speaksForCase(h), maxWords)
		}
		switch {
		case t.spoken:
			odds += caseSpoken
		case t.quoted != "":
			odds += caseMarked
		}
	}
	if isCommand(t.plain) {
		odds += caseOrder
	}
	if n := len(unitsOf(t.folded)); n < 2 || n == 2 && t.lang == "zh" {
		odds += caseBare
	}
	odds += lessonQuiet * k.taught
	p := 1 / (1 + math.Exp(-odds))
	return math.Round(p*1000) / 1000
}

// speaksForCase sums what the sections found say for a case.
func speaksForCase(h *hits) float64 {
	var sum float64
	for _, s := range sections(h) {
		sum += max(s.isCase, 0)
	}
	return sum
}

// unseenOdds is what the lexicon alone says.
func unseenOdds(t text, h *hits, k ranking) float64 {
	odds := unseenBias
	if k.strong {
		odds += unseenStrong
	}
	switch grateful := h.has("praise") || h.has("resolved"); {
	case t.quoted != "" && grateful:
		odds += unseenPraised
	case t.quoted != "":
		odds += unseenQuoted
	}
	for _, s := range sections(h) {
		odds += s.isCase * (1 + 0.5*float64(min(h.count[s.name], sectionOnce)-1)) * unseenWords
	}
	return odds
}

// sections lists each section once in the order found.
func sections(h *hits) []*section {
	var list []*section
	for _, x := range h.found {
		if !slices.ContainsFunc(list, func(s *section) bool { return s.name == x.name }) {
			list = append(list, x.section)
		}
	}
	return list
}

// maxWhy keeps the reasons readable.
const maxWhy = 6

// why lists words of the message that the reading rests on: what raises the
// severity first, then signals, then feelings.
func why(h *hits, k ranking) []string {
	var list []string
	add := func(word string) {
		if len(list) < maxWhy && !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	for _, x := range h.found {
		if x.floor != "" {
			add(x.word)
		}
	}
	for _, w := range k.words {
		add(w)
	}
	for _, x := range h.found {
		if x.emotion != "" {
			add(x.word)
		}
	}
	return list
}

// Playbook returns the playbook of that id in a language, or in any other language it has.
func (e *Engine) Playbook(id, lang string) (playbooks.Playbook, bool) {
	if p := e.find(id, lang); p != nil {
		return *p, true
	}
	return playbooks.Playbook{}, false
}

func (e *Engine) find(id, lang string) *playbooks.Playbook {
	if p, ok := e.set.ByID(id, lang); ok {
		return p
	}
	for _, other := range e.nearest(lang) {
		if p, ok := e.set.ByID(id, other); ok {
			return p
		}
	}
	return nil
}

// Title is the title of a playbook, or its id when there is none such.
func (e *Engine) Title(id, lang string) string {
	if p := e.find(id, lang); p != nil && p.Title != "" {
		return p.Title
	}
	return id
}
