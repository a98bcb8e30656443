package coach

import (
	"cmp"
	"slices"
	"strings"

	"coachbot/playbooks"
	"coachbot/playbooks/fold"
)

// atOnce is how many phrases the step to say now offers.
const atOnce = 2

// spoken lists the steps that are said aloud.
func spoken() []playbooks.Step { return playbooks.Steps()[1:] }

// Compose answers with the phrases of any playbook from any position: other
// wording (Variation one higher), the next step, another playbook. The reading
// stays as it is; caseText is the case as posted, for what it states of itself.
// An unknown playbook gives no phrases.
func (e *Engine) Compose(lang string, reading Advice, pos Position, caseText string) Advice {
	return e.compose(lang, reading, pos, clean(caseText))
}

func (e *Engine) compose(lang string, a Advice, pos Position, t text) Advice {
	a.Lang = lang
	a.Phrases, a.Avoid, a.Escalate, a.Now, a.Calm = []Phrase{}, []Avoid{}, nil, nil, ""
	a.Position = pos
	p := e.find(pos.Playbook, lang)
	if p == nil {
		return a
	}
	a.Wanted = wanted(lang, p.Lang)
	h := e.hitsOf(t)
	w := writer{e: e, lang: p.Lang, values: e.slots(t), holds: conditions(a, &h), text: t.folded, variation: pos.Variation}
	a.Root = cmp.Or(p.Root, a.Root)
	step := e.startAt(p, pos.Step, a, &h)
	a.Position.Step = string(step)
	for i, s := range stepsFrom(p, step) {
		n := 1
		if i == 0 {
			n = atOnce
		}
		for _, text := range w.pick(p.Steps[s], n) {
			a.Phrases = append(a.Phrases, Phrase{string(s), text, p.ID})
		}
	}
	a.Avoid = w.avoid(p)
	if calm := w.pick(p.Steps[playbooks.Calm], 1); len(calm) > 0 {
		a.Calm = calm[0]
	}
	if a.Severity == "critical" {
		for _, line := range p.Now {
			if text, ok := w.say(line); ok {
				a.Now = append(a.Now, text)
			}
		}
	}
	for _, x := range p.Escalate {
		when, ok1 := w.say(x.When)
		to, ok2 := w.say(x.To)
		if ok1 && ok2 {
			a.Escalate = append(a.Escalate, Escalation{when, to})
		}
	}
	return a
}

// startAt is the step to begin with. Listening is for live calls: who wrote or
// has been quoted has already told what happened, and an upset customer must
// feel understood before anything else.
func (e *Engine) startAt(p *playbooks.Playbook, asked string, a Advice, h *hits) playbooks.Step {
	want := playbooks.Step(asked)
	if !slices.Contains(spoken(), want) {
		want = playbooks.Empathise
		if place(h) == "phone" && rank(a.Severity) <= 2 && a.CustomerType != "agitated" && !slices.Contains(a.Emotions, "sadness") {
			want = playbooks.Listen
		}
	}
	if rest := stepsFrom(p, want); len(rest) > 0 {
		return rest[0]
	}
	return want
}

// stepsFrom lists the steps a playbook has, from one on.
func stepsFrom(p *playbooks.Playbook, step playbooks.Step) []playbooks.Step {
	all := spoken()
	var rest []playbooks.Step
	for _, s := range all[max(slices.Index(all, step), 0):] {
		if len(p.Steps[s]) > 0 {
			rest = append(rest, s)
		}
	}
	return rest
}

// NextStep is the position of the step after this one, and false at the end of
// the playbook.
func (e *Engine) NextStep(pos Position, lang string) (Position, bool) {
	p := e.find(pos.Playbook, lang)
	if p == nil {
		return pos, false
	}
	at := playbooks.Step(pos.Step)
	if !slices.Contains(spoken(), at) {
		at = playbooks.Listen
	}
	for _, s := range stepsFrom(p, at) {
		if s != at {
			return Position{Playbook: pos.Playbook, Step: string(s)}, true
		}
	}
	return pos, false
}

// conditions lists what holds of this case, for the variants of phrases.
func conditions(a Advice, h *hits) []string {
	var holds []string
	for _, c := range []string{a.CustomerType, a.Personality, place(h)} {
		if c != "" {
			holds = append(holds, c)
		}
	}
	return holds
}

// writer turns the phrases of a playbook into words for one case.
type writer struct {
	e         *Engine
	lang      string
	values    map[string]string
	holds     []string
	text      string // of the case, folded
	variation int
}

// say fills a phrase and lets it pass the guard; false when it does not.
func (w *writer) say(phrase string) (string, bool) {
	text := playbooks.Fill(phrase, w.lang, w.values)
	if text == "" {
		return "", false
	}
	for _, slot := range playbooks.SlotsIn(phrase) {
		if w.values[strings.TrimSpace(slot)] != "" {
			return text, w.e.passes(text) // words of the case stand in it: never seen before
		}
	}
	if known, ok := w.e.passed.Load(text); ok {
		return text, known.(bool)
	}
	ok := w.e.passes(text)
	w.e.passed.Store(text, ok)
	return text, ok
}

func (e *Engine) passes(text string) bool { return len(e.guard.Check(text)) == 0 }

// fits reports whether a phrase is for such a customer, and takes nothing for
// granted that the case does not say.
func (w *writer) fits(p playbooks.Phrase) bool {
	return !slices.ContainsFunc(p.For, func(c string) bool { return !slices.Contains(w.holds, c) }) &&
		(len(p.Words) == 0 || mentions(w.text, p.Words))
}

// narrow is how few cases a phrase is written for. What the case itself says counts most.
func narrow(p playbooks.Phrase) int { return len(p.For) + 2*min(len(p.Words), 1) }

// Mentions reports whether a text holds one of the words that a phrase is for
// ("### "day off"" in a playbook), whole and not denied; ~ stands for something
// in between, a final * for any ending.
func Mentions(s string, words []string) bool { return mentions(clean(s).folded, words) }

func mentions(folded string, words []string) bool {
	var x phraseIndex
	for _, w := range words {
		x.add(fold.String(w), 0)
	}
	return slices.ContainsFunc(x.find(folded), func(m match) bool { return !negated(folded[:m.start]) })
}

// pick chooses up to n phrases: those written for such a case first, then
// those for any, turned by the variation.
func (w *writer) pick(list []playbooks.Phrase, n int) []string {
	var fitting []playbooks.Phrase
	for _, p := range list {
		if w.fits(p) {
			fitting = append(fitting, p)
		}
	}
	slices.SortStableFunc(fitting, func(a, b playbooks.Phrase) int { return cmp.Compare(narrow(b), narrow(a)) })
	if n > 1 {
		fitting = alternate(fitting)
	}
	var picked []string
	for i := range fitting {
		// Another wording begins after what was shown before.
		p := fitting[(i+max(w.variation, 0)%len(fitting)*n)%len(fitting)]
		if text, ok := w.say(p.Text); ok && !slices.Contains(picked, text) {
			if picked = append(picked, text); len(picked) == n {
				break
			}
		}
	}
	return picked
}

// alternate puts one phrase for any such customer behind each that rests on words of
// the case: two of those side by side may speak of things that do not go together.
func alternate(list []playbooks.Phrase) []playbooks.Phrase {
	var worded, others, out []playbooks.Phrase
	for _, p := range list {
		if len(p.Words) > 0 {
			worded = append(worded, p)
		} else {
			others = append(others, p)
		}
	}
	for i := range max(len(worded), len(others)) {
		if i < len(worded) {
			out = append(out, worded[i])
		}
		if i < len(others) {
			out = append(out, others[i])
		}
	}
	return out
}

// avoid lists the forbidden phrases that tempt in this scenario with better words.
func (w *writer) avoid(p *playbooks.Playbook) []Avoid {
	list := []Avoid{}
	for _, s := range p.SayInstead {
		if s.Phrase == "" {
			continue
		}
		text, ok := w.say(s.Text)
		if !ok {
			continue
		}
		if i := slices.IndexFunc(list, func(a Avoid) bool { return a.Phrase == s.Phrase }); i >= 0 {
			list[i].SayInstead = append(list[i].SayInstead, text)
		} else {
			list = append(list, Avoid{s.Phrase, []string{text}})
		}
	}
	return list
}
