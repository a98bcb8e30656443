package llm

import (
	"context"
	"strings"

	"coachbot/prompts"
)

const cardSchema = `{"type":"object","properties":{"situation":{"type":"string"},"words":{"type":"string"},"result":{"type":"string"}},"required":["situation","words","result"],"additionalProperties":false}`

// Thread is a resolved help request: what was asked, what worked, what was said.
type Thread struct {
	Question, Worked string
	Said             []string // oldest first
}

// CardDraft is a knowledge card for its author to edit.
type CardDraft struct{ Situation, Words, Result string }

// Card drafts a knowledge card from a resolved help thread.
func (s *Service) Card(ctx context.Context, lang string, t Thread) (CardDraft, error) {
	in := prompts.CardInput{Question: shortened(s.o.Mask(t.Question), 800), Worked: shortened(s.o.Mask(t.Worked), 800)}
	for _, said := range t.Said[max(0, len(t.Said)-12):] {
		in.Thread = append(in.Thread, shortened(s.o.Mask(said), 300))
	}
	told, plain := findOrders(strings.Join(append([]string{in.Question, in.Worked}, in.Thread...), "\n"))
	check := checker{guard: s.guard, lang: lang, orders: told, words: 90, han: 160, whole: true, grounds: newGrounds(newCompany(lang, []string{plain}), "")}
	var out CardDraft
	err := s.do(ctx, errand{task: prompts.Card, lang: lang, tokens: cardOutput, schema: cardSchema,
		prompt: func(wrong []string) prompts.Input { in.Wrong = wrong; return in },
		read: func(answer string) (found faults) {
			var got CardDraft
			if !decode(answer, &got) {
				return faults{{code: faultSchema}}
			}
			for _, text := range []*string{&got.Situation, &got.Words, &got.Result} {
				if *text = strings.Join(strings.Fields(*text), " "); *text == "" && text == &got.Result {
					continue
				}
				found = append(found, check.text(*text, 0)...)
			}
			out = got
			return found
		}})
	if err != nil {
		return CardDraft{}, err
	}
	return out, nil
}
