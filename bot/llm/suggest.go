package llm

import (
	"context"
	"slices"
	"strings"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/traditional"
	"coachbot/prompts"
)

// What a suggestion may cost, in tokens, and how much of a playbook it is given.
const (
	suggestInput  = 1200
	suggestOutput = 300
	fittedSteps   = 3 // that phrases are asked for
	nowLines      = 4 // of the step to take now
	laterLines    = 2
	maxCards      = 2
	longestCase   = 4000 // characters of a case that are read at all
)

const suggestSchema = `{"type":"object","properties":{"phrases":{"type":"array","items":{"type":"object","properties":{"step":{"type":"string"},"text":{"type":"string"}},"required":["step","text"],"additionalProperties":false}}},"required":["phrases"],"additionalProperties":false}`

// Case is a case to fit phrases to.
type Case struct {
	Text     string
	Playbook playbooks.Playbook
	Advice   coach.Advice // as the playbook answers it
	Cards    []string     // what worked for colleagues in like cases: words to learn from, no ground for a promise
	Shown    []string     // phrases the agent wants in other words
}

// Suggest returns phrases fitted to a case, for the first steps of its advice,
// with slots as a playbook has them. Each has passed every check.
func (s *Service) Suggest(ctx context.Context, c Case) ([]coach.Phrase, error) {
	lang := c.Advice.Lang
	masked := shortened(s.o.Mask(c.Text), longestCase)
	told, plain := findOrders(masked)
	in := prompts.SuggestInput{
		Reading: prompts.Reading{Severity: c.Advice.Severity, Emotions: c.Advice.Emotions, Kind: c.Advice.CustomerType, Personality: c.Advice.Personality},
		Title:   c.Playbook.Title, Steps: stepsOf(c), Cards: s.masked(c.Cards[:min(len(c.Cards), maxCards)]),
		Forbidden: s.never(lang), Shown: s.masked(c.Shown), Case: masked,
	}
	check := checker{guard: s.guard, lang: lang, orders: told, words: 45, han: 75, whole: true, hant: traditional.Is(masked),
		grounds: newGrounds(newCompany(lang, wordsOf(c.Playbook)), plain).readTwice()}
	var phrases []coach.Phrase
	err := s.do(ctx, errand{task: prompts.Suggest, lang: lang, tokens: suggestOutput, schema: suggestSchema,
		prompt: func(wrong []string) prompts.Input { in.Wrong = wrong; return s.within(suggestInput, in, lang) },
		read: func(answer string) (found faults) {
			phrases, found = readPhrases(answer, in.Steps, c.Playbook.ID, check)
			return found
		}})
	return phrases, err
}

// stepsOf are the first steps of the advice with the playbook's lines for such a customer.
func stepsOf(c Case) (steps []prompts.Step) {
	for _, p := range c.Advice.Phrases {
		if slices.ContainsFunc(steps, func(s prompts.Step) bool { return s.ID == p.Step }) || len(steps) == fittedSteps {
			continue
		}
		step := prompts.Step{ID: p.Step, Count: 1}
		most := laterLines
		if len(steps) == 0 {
			step.Count, most = 2, nowLines
		}
		for _, line := range c.Playbook.Steps[playbooks.Step(p.Step)] {
			fits := !slices.ContainsFunc(line.For, func(f string) bool { return f != c.Advice.CustomerType && f != c.Advice.Personality })
			fits = fits && (len(line.Words) == 0 || coach.Mentions(c.Text, line.Words))
			if fits && len(step.Lines) < most {
				step.Lines = append(step.Lines, strings.NewReplacer("[", "", "]", "").Replace(line.Text))
			}
		}
		steps = append(steps, step)
	}
	return steps
}

// wordsOf is all that a playbook says: the ground of what a phrase may promise.
func wordsOf(p playbooks.Playbook) (all []string) {
	all = append(all, p.Now...)
	for _, step := range playbooks.Steps() {
		for _, line := range p.Steps[step] {
			all = append(all, line.Text)
		}
	}
	for _, x := range p.SayInstead {
		all = append(all, x.Text)
	}
	for _, x := range p.Escalate {
		all = append(all, x.When, x.To)
	}
	return all
}

// framing is what a service adds to a prompt: the marks around its two messages.
const framing = 16

// within makes a prompt fit the budget, the answer's schema and the framing counted:
// what helps least goes first, the playbook's own lines last.
func (s *Service) within(most int, in prompts.SuggestInput, lang string) prompts.SuggestInput {
	in.Steps = slices.Clone(in.Steps)
	for {
		p, err := s.o.Prompts.Render(in, lang)
		over := Tokens(p.System) + Tokens(p.User) + Tokens(suggestSchema) + framing - most
		switch {
		case err != nil || over <= 0:
			return in
		case len(in.Shown) > 2:
			in.Shown = in.Shown[:2]
		case len(in.Cards) > 0:
			in.Cards = in.Cards[:len(in.Cards)-1]
		case len([]rune(in.Case)) > shortCase:
			in.Case = shortened(in.Case, max(len([]rune(in.Case))-over/2-8, shortCase-3))
		case len(in.Shown) > 0:
			in.Shown = in.Shown[:len(in.Shown)-1]
		case !fewer(in.Steps):
			return in
		}
	}
}

// shortCase is how many characters of a case are left when the budget is short.
const shortCase = 80

// fewer takes a line from the step that has most, or shortens the longest line.
func fewer(steps []prompts.Step) bool {
	most, longest := 0, 0
	for i, step := range steps {
		if len(step.Lines) > len(steps[most].Lines) {
			most = i
		}
		if len(step.Lines) > 0 && (len(steps[longest].Lines) == 0 || len(step.Lines[0]) > len(steps[longest].Lines[0])) {
			longest = i
		}
	}
	if len(steps) == 0 || len(steps[longest].Lines) == 0 {
		return false
	}
	if lines := steps[most].Lines; len(lines) > 1 {
		steps[most].Lines = lines[:len(lines)-1]
		return true
	}
	line := []rune(steps[longest].Lines[0])
	if len(line) < 24 {
		return false
	}
	steps[longest].Lines = []string{string(line[:len(line)/2]) + " …"}
	return true
}

// shortened keeps the beginning and the end of a text: n characters of it.
func shortened(text string, n int) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	head := n * 2 / 3
	return string(r[:head]) + " … " + string(r[len(r)-(n-head):])
}

// readPhrases takes an answer in: phrases of the steps asked for, in their order.
func readPhrases(answer string, steps []prompts.Step, playbook string, check checker) (phrases []coach.Phrase, found faults) {
	var got struct {
		Phrases []struct {
			Step string `json:"step"`
			Text string `json:"text"`
		} `json:"phrases"`
	}
	if !decode(answer, &got) || len(got.Phrases) == 0 {
		return nil, faults{{code: faultSchema}}
	}
	for i, p := range got.Phrases {
		known := slices.ContainsFunc(steps, func(s prompts.Step) bool { return s.ID == p.Step })
		if !known {
			found = append(found, fault{code: faultSchema, at: i + 1})
			continue
		}
		text := slotted(p.Text)
		found = append(found, check.text(text, i+1)...)
		phrases = append(phrases, coach.Phrase{Step: p.Step, Text: text, Playbook: playbook})
	}
	if len(found) > 0 {
		return nil, found
	}
	var ordered []coach.Phrase
	for _, s := range steps {
		for _, p := range phrases {
			if p.Step == s.ID && countOf(ordered, s.ID) < s.Count && !slices.Contains(ordered, p) {
				ordered = append(ordered, p)
			}
		}
	}
	if countOf(ordered, steps[0].ID) == 0 {
		return nil, faults{{code: faultSchema}} // nothing for the step to take now
	}
	return ordered, nil
}

func countOf(list []coach.Phrase, step string) (n int) {
	for _, p := range list {
		if p.Step == step {
			n++
		}
	}
	return n
}

// slotted writes what masking left in a text as slots, which the case fills again.
func slotted(text string) string {
	return strings.NewReplacer("[name]", "{customer}", "[姓名]", "{customer}", "[order]", "{order}", "[单号]", "{order}", "[订单号]", "{order}").Replace(strings.TrimSpace(text))
}
