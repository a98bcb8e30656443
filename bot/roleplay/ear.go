package roleplay

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"coachbot/playbooks"
)

// Ear hears which steps a reply takes: by wordings that are sure signs, and by
// likeness to what the playbooks say at each step. It does not change.
type Ear struct {
	steps []playbooks.Step
	seen  []map[string]float64 // how often a feature stands in the phrases of a step
	sum   []float64
	known map[string]bool
}

// NewEar learns from the phrases of a language.
func NewEar(set *playbooks.Set, lang string) *Ear {
	var books []playbooks.Playbook
	for _, p := range set.Scenarios(lang) {
		books = append(books, *p)
	}
	return learn(books)
}

func learn(books []playbooks.Playbook) *Ear {
	e := &Ear{steps: playbooks.Steps()[1:], known: make(map[string]bool)}
	for range e.steps {
		e.seen, e.sum = append(e.seen, make(map[string]float64)), append(e.sum, 0)
	}
	for _, p := range books {
		for i, s := range e.steps {
			for _, line := range p.Steps[s] {
				for _, f := range features(slotless.Replace(line.Text)) {
					e.seen[i][f]++
					e.sum[i]++
					e.known[f] = true
				}
			}
		}
	}
	return e
}

var slotless = strings.NewReplacer("{", " ", "}", " ", "[", " ", "]", " ")

// What it takes to hear a step by likeness.
const (
	clearly  = 2.0  // the step's lead over the next one, in nats
	enough   = 4    // features that the playbooks know
	smoothed = 0.25 // for what a step never said
)

// Steps are those that a reply takes, in their order. Each sentence is heard by itself.
func (e *Ear) Steps(text string) (taken []playbooks.Step) {
	heard := make(map[playbooks.Step]bool)
	for _, s := range Steps() {
		heard[s] = stepForms[s].MatchString(text)
	}
	for _, sentence := range sentenceForm.FindAllString(text, -1) {
		if s, ok := e.likest(sentence); ok {
			heard[s] = true
		}
	}
	for _, s := range Steps() {
		if heard[s] {
			taken = append(taken, s)
		}
	}
	return taken
}

var sentenceForm = regexp.MustCompile(`[^.!?。！？\n]+[.!?。！？]?`)

func (e *Ear) likest(sentence string) (playbooks.Step, bool) {
	list := features(sentence)
	known := 0
	for _, f := range list {
		if e.known[f] {
			known++
		}
	}
	if known < enough {
		return "", false
	}
	best, next, at := math.Inf(-1), math.Inf(-1), 0
	for i := range e.steps {
		score := 0.0
		for _, f := range list {
			if e.known[f] {
				score += math.Log((e.seen[i][f] + smoothed) / (e.sum[i] + smoothed*float64(len(e.known))))
			}
		}
		if score > best {
			best, next, at = score, best, i
		} else if score > next {
			next = score
		}
	}
	return e.steps[at], best-next >= clearly && slices.Contains(Steps(), e.steps[at])
}

// features are words and pairs of words, or of Chinese characters.
func features(text string) (list []string) {
	last := ""
	add := func(s string) {
		list = append(list, s)
		if last != "" {
			list = append(list, last+" "+s)
		}
		last = s
	}
	word := ""
	for _, r := range strings.ToLower(text) + " " {
		switch {
		case unicode.Is(unicode.Han, r):
			add(string(r))
		case unicode.IsLetter(r) || r == '\'' || r == '’':
			word += strings.ReplaceAll(string(r), "’", "'")
			continue
		case unicode.IsDigit(r):
			add("#")
		}
		if word != "" {
			add(word)
			word = ""
		}
	}
	if strings.ContainsAny(text, "?？") {
		list = append(list, "?", "?")
	}
	return list
}
