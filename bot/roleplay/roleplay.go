// Package roleplay plays the customer with whom an agent practises: a scenario, a
// kind of customer and a personality that react to what the agent writes. It is
// pure and works by rules; an AI service may only word the customer's line.
//
// The customer grows hotter at a forbidden phrase and at a solution before
// understanding, and calms as the steps of a difficult conversation are taken.
package roleplay

import (
	"slices"
	"strings"
	"unicode/utf8"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/store"
)

// Slips beside the ids of forbidden phrases.
const (
	SlipEarly = "solution-first" // a solution before the customer felt understood
	SlipVague = "vague"          // a promise without a time
	SlipLong  = "long"           // too many words for who has no time
	SlipEmpty = "nothing-said"   // a turn that took no step
	SlipPress = "pressing"       // pushing who needs calm
)

// Ends of a role play.
const (
	EndCalm   = "calm"   // the customer is content
	EndLeft   = "left"   // the customer has had enough
	EndLong   = "long"   // it went on for MaxTurns
	EndByHand = "byhand" // the agent ended it
)

// Bounds of a role play.
const (
	MaxTurns = 12
	boiling  = 10
	coolAt   = 2
)

// Steps are those that a role play looks for, in their order.
func Steps() []playbooks.Step {
	return []playbooks.Step{playbooks.Empathise, playbooks.Clarify, playbooks.Apologise, playbooks.Offer, playbooks.Commit}
}

// Reaction is what the customer makes of the agent's words.
type Reaction struct {
	Line string // what the customer says
	Mood string // furious, upset, softening, calm
	End  string // why it is over, or ""
}

// Begin opens a role play: r has its scenario, language and seed's choices; the
// customer's first words and heat are added.
func Begin(r store.RolePlay, p playbooks.Playbook, seed uint64) store.RolePlay {
	kinds, characters := []string{"agitated", "demanding", "confused"}, []string{"eagle", "peacock", "dove", "owl"}
	if r.Kind == "" {
		r.Kind = kinds[seed%3]
	}
	if r.Personality == "" {
		r.Personality = characters[seed/3%4]
	}
	r.Heat = map[string]int{"agitated": 7, "demanding": 6, "confused": 5}[r.Kind]
	r.Lines = []store.RolePlayLine{{Customer: true, Text: opening(p, seed)}}
	return r
}

// opening is something a customer really said: a quoted example of the playbook.
func opening(p playbooks.Playbook, seed uint64) string {
	var said []string
	for _, e := range p.Examples {
		if words, ok := customersOwn(e.Text); ok {
			said = append(said, words)
		}
	}
	if len(said) == 0 {
		return wordsFor(p.Lang).open(p.Title)
	}
	return said[seed/12%uint64(len(said))]
}

// customersOwn is what an example quotes of the customer.
func customersOwn(example string) (string, bool) {
	example = strings.TrimSpace(example)
	for _, mark := range []string{">", "Customer:", "客户说：", "客户：", "顾客说：", "顾客："} {
		if words, ok := strings.CutPrefix(example, mark); ok {
			words = unquoted(strings.TrimSpace(words))
			n := utf8.RuneCountInString(words)
			return words, n >= 8 && n <= 220
		}
	}
	return "", false
}

// unquoted takes quotation marks away that stand around the whole; those around a
// part of it are the customer's own.
func unquoted(words string) string {
	for _, marks := range []string{`“”`, `""`} {
		open, shut := marks[:len(marks)/2], marks[len(marks)/2:]
		inner, begins := strings.CutPrefix(words, open)
		inner, ends := strings.CutSuffix(inner, shut)
		if begins && ends && !strings.Contains(inner, open) && !strings.Contains(inner, shut) {
			return strings.TrimSpace(inner)
		}
	}
	return words
}

// React lets the customer react to what the agent wrote, by rules. It returns the
// role play as it stands then; the agent's and the customer's lines are added.
func React(g *guard.Guard, ear *Ear, r store.RolePlay, text, turn string) (store.RolePlay, Reaction) {
	r.Done, r.Slips, r.Lines = slices.Clone(r.Done), slices.Clone(r.Slips), slices.Clone(r.Lines)
	heat, slip := r.Heat, ""
	found := g.Check(text)
	for _, f := range found {
		r.Slips = append(r.Slips, f.Phrase)
		slip = f.Phrase
	}
	heard := withoutGreeting(text)
	taken, early := counted(r.Done, ear.Steps(heard))
	switch {
	case len(found) > 0:
		heat += 1 + min(len(found), 2)
	case early:
		heat, slip = heat+1, SlipEarly
	default:
		heat -= calming(r, taken)
	}
	if len(found) == 0 {
		for _, s := range taken {
			if !slices.Contains(r.Done, string(s)) {
				r.Done = append(r.Done, string(s))
			}
		}
	}
	if slip == "" {
		if slip = manners(r, text, heard, taken); slip != "" {
			heat++
		}
	}
	if slip != "" && len(found) == 0 {
		r.Slips = append(r.Slips, slip)
	}
	r.Heat = min(max(heat, 0), boiling)
	r.LastTurn = turn
	reaction := Reaction{Mood: mood(r), End: end(r)}
	reaction.Line = wordsFor(r.Lang).line(r, reaction, slip, asked(text))
	r.Lines = append(r.Lines, store.RolePlayLine{Text: text, Turn: turn}, store.RolePlayLine{Customer: true, Text: reaction.Line, Turn: turn})
	return r, reaction
}

// counted are the steps of a reply that count after those done: a solution before any
// understanding is early and counts not, what was asked all the same was asked.
func counted(done []string, taken []playbooks.Step) (steps []playbooks.Step, early bool) {
	acknowledged := slices.ContainsFunc([]playbooks.Step{playbooks.Empathise, playbooks.Apologise}, func(s playbooks.Step) bool {
		return slices.Contains(done, string(s)) || slices.Contains(taken, s)
	})
	if acknowledged || !slices.ContainsFunc(taken, solves) {
		return taken, false
	}
	return slices.DeleteFunc(taken, solves), true
}

// solves reports whether a step is one of the solution, which comes after the feeling.
func solves(s playbooks.Step) bool { return s == playbooks.Offer || s == playbooks.Commit }

// Took are the agent's own sentences that took the steps of a role play, each the
// first that counted.
func Took(g *guard.Guard, ear *Ear, r store.RolePlay) map[playbooks.Step]string {
	took := make(map[playbooks.Step]string)
	var done []string
	for _, l := range r.Lines {
		if l.Customer || len(g.Check(l.Text)) > 0 {
			continue
		}
		steps, _ := counted(done, ear.Steps(withoutGreeting(l.Text)))
		for _, s := range steps {
			if done = append(done, string(s)); took[s] == "" && slices.Contains(r.Done, string(s)) {
				took[s] = sentenceOf(ear, l.Text, s)
			}
		}
	}
	return took
}

// sentenceOf is the sentence of a text that takes a step, or the text.
func sentenceOf(ear *Ear, text string, step playbooks.Step) string {
	for _, s := range sentenceForm.FindAllString(text, -1) {
		if !greetForm.MatchString(s) && slices.Contains(ear.Steps(s), step) {
			return strings.TrimSpace(s)
		}
	}
	return text
}
