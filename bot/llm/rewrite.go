package llm

import (
	"context"
	"strings"
	"unicode"

	"coachbot/playbooks/guard"
	"coachbot/playbooks/traditional"
	"coachbot/prompts"
)

const textSchema = `{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}`

// What one text of each task may cost in tokens of the answer.
const (
	rewriteOutput  = 400
	headlineOutput = 80
	customerOutput = 120
	cardOutput     = 300
)

// How long a draft may be that is written anew: the answer must fit its tokens.
const (
	rewriteWords = 150
	rewriteHan   = 260
)

// How many sentences of a digest a headline is made of, and of how many characters.
const (
	headlineFacts = 24
	headlineFact  = 120
)

// one asks for a single text and judges it.
func (s *Service) one(ctx context.Context, task prompts.Task, lang string, tokens int, check checker, prompt func(wrong []string) prompts.Input) (text string, err error) {
	err = s.do(ctx, errand{task: task, lang: lang, tokens: tokens, schema: textSchema, prompt: prompt,
		read: func(answer string) faults {
			var got struct {
				Text string `json:"text"`
			}
			if !decode(answer, &got) {
				return faults{{code: faultSchema}}
			}
			text = strings.Join(strings.Fields(slotted(got.Text)), " ")
			return check.text(text, 0)
		}})
	if err != nil {
		return "", err
	}
	return text, nil
}

// Rewrite returns a checked draft in words that can be sent, with slots where
// the agent must fill something in. What the draft does not promise it does not
// either, and what the draft tells (sums, days, times, what is given or refused) it keeps.
func (s *Service) Rewrite(ctx context.Context, lang, draft, customer string, found []guard.Finding) (string, error) {
	draft = s.o.Mask(draft)
	if count(draft, unicode.Han) > rewriteHan || len(strings.Fields(draft)) > rewriteWords {
		return "", ErrTooLong
	}
	if len(strings.Fields(draft)) > 6 && !inLanguage(draft, lang) {
		return "", ErrLanguage
	}
	told, plain := findOrders(s.o.Mask(customer))
	in := prompts.RewriteInput{Draft: draft, Customer: shortened(s.o.Mask(customer), 500), Forbidden: s.never(lang)}
	for _, f := range found {
		if len(f.SayInstead) > 0 && len(in.Instead) < 4 {
			in.Instead = append(in.Instead, f.SayInstead[0])
		}
	}
	check := checker{guard: s.guard, lang: lang, orders: told, words: rewriteWords, han: rewriteHan, whole: true, hant: traditional.Is(draft),
		grounds: newGrounds(newCompany(lang, append([]string{draft}, in.Instead...)), plain).toCustomer()}
	check.facts = newFacts(draft)
	return s.one(ctx, prompts.Rewrite, lang, rewriteOutput, check, func(wrong []string) prompts.Input { in.Wrong = wrong; return in })
}

// Headline returns one line over a digest, from the digest's own sentences.
func (s *Service) Headline(ctx context.Context, lang string, facts []string) (string, error) {
	in := prompts.HeadlineInput{}
	for _, f := range facts[:min(len(facts), headlineFacts)] {
		in.Facts = append(in.Facts, shortened(s.o.Mask(f), headlineFact))
	}
	told, plain := findOrders(strings.Join(in.Facts, "\n"))
	check := checker{guard: s.guard, lang: lang, orders: told, words: 28, han: 55, whole: true, grounds: newGrounds(newCompany(lang, []string{plain}), "")}
	return s.one(ctx, prompts.Headline, lang, headlineOutput, check, func(wrong []string) prompts.Input { in.Wrong = wrong; return in })
}
