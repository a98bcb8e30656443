package llm

import (
	"context"

	"coachbot/prompts"
)

// keepLines is how much of a conversation the customer of a role play remembers.
const keepLines = 8

// Role is the customer that the service plays.
type Role struct {
	Scenario    string // what it is about
	Kind        string
	Personality string
	Mood        string // furious, upset, softening, calm
}

// Customer returns the customer's next line in a role play.
func (s *Service) Customer(ctx context.Context, lang string, r Role, lines []prompts.Line) (string, error) {
	in := prompts.CustomerInput{Scenario: shortened(r.Scenario, 300), Kind: r.Kind, Personality: r.Personality, Mood: r.Mood}
	for _, l := range lines[max(0, len(lines)-keepLines):] {
		in.Lines = append(in.Lines, prompts.Line{Customer: l.Customer, Text: shortened(s.o.Mask(l.Text), 400)})
	}
	var told orders
	if len(in.Lines) > 0 {
		told, _ = findOrders(in.Lines[len(in.Lines)-1].Text)
	}
	// A customer may say what an agent may not, and make up what happened to him.
	check := checker{lang: lang, orders: told, words: 60, han: 90, clean: true}
	return s.one(ctx, prompts.Customer, lang, customerOutput, check, func(wrong []string) prompts.Input { in.Wrong = wrong; return in })
}
