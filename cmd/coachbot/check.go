package main

import (
	"cmp"
	"fmt"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"coachbot/bot/coach"
	"coachbot/playbooks/guard"
)

// checkResult is one object of check --json.
type checkResult struct {
	ID       string          `json:"id"`
	OK       bool            `json:"ok"`
	Findings []guard.Finding `json:"findings"`
	Hints    []guard.Hint    `json:"hints"` // they do not make OK false
}

func (p *program) check() *cobra.Command {
	var asJSON, asLines bool
	var customer string
	c := &cobra.Command{
		Use:     "check [TEXT]",
		Short:   "Checks a draft reply for forbidden phrases: exit status 0 none found, 1 found, 2 could not check",
		Example: `  coachbot check "I don't know, you'll have to wait."`,
		RunE: func(_ *cobra.Command, args []string) error {
			cfg, err := p.config()
			if err != nil {
				return err
			}
			g, err := p.guard(cfg.Playbooks)
			if err != nil {
				return err
			}
			situation := p.situations(cfg)
			found := false
			check := func(l line) (checkResult, error) {
				s, err := situation(cmp.Or(l.Customer, customer))
				if err != nil {
					return checkResult{}, err
				}
				r := checkResult{ID: l.ID, Findings: g.Check(l.Text), Hints: g.Hints(l.Text, s)}
				if r.Findings == nil {
					r.Findings = []guard.Finding{}
				}
				if r.Hints == nil {
					r.Hints = []guard.Hint{}
				}
				r.OK = len(r.Findings) == 0
				found = found || !r.OK
				return r, nil
			}
			if asLines {
				err = p.lines(func(l line) (any, error) { return check(l) })
			} else {
				err = p.checkOne(args, asJSON, check)
			}
			if err == nil && found {
				return exitError{code: exitFailed}
			}
			return err
		},
	}
	formats(c, &asJSON, &asLines)
	c.Flags().StringVar(&customer, "customer", "", "what the customer said: an angry one is to be heard before any solution")
	return c
}

func (p *program) guard(dir string) (*guard.Guard, error) {
	k, err := p.extraPhrases(dir)
	return guard.New(k...), err
}

// situations reads what a customer said. The engine that does it is made when the first words come.
func (p *program) situations(cfg config) func(customer string) (guard.Situation, error) {
	engine := sync.OnceValues(func() (*coach.Engine, error) {
		k, err := p.knowledge(cfg)
		return k.engine, err
	})
	return func(customer string) (guard.Situation, error) {
		if strings.TrimSpace(customer) == "" {
			return guard.Situation{}, nil
		}
		e, err := engine()
		if err != nil {
			return guard.Situation{}, err
		}
		a := e.Advise(coach.Message{Text: customer, Ask: true})
		return guard.Situation{Angry: coach.Angry(a.Severity, a.CustomerType, a.Emotions)}, nil
	}
}

func (p *program) checkOne(args []string, asJSON bool, check func(line) (checkResult, error)) error {
	text, err := p.text(args)
	if err != nil {
		return err
	}
	r, err := check(line{ID: "1", Text: text})
	if err != nil {
		return err
	}
	if asJSON {
		return p.printJSON(r)
	}
	if r.OK {
		fmt.Fprintln(p.out, "ok: none of the forbidden phrases")
	}
	show := func(kind string, start, end int, id, text string, instead []string) {
		fmt.Fprintf(p.out, "%d-%d  %s%s  %q\n", start, end, kind, id, text)
		fmt.Fprintf(p.out, "       → %s\n", strings.Join(instead, "\n       → "))
	}
	for _, f := range r.Findings {
		show("", f.Start, f.End, f.Phrase, f.Text, f.SayInstead)
	}
	for _, h := range r.Hints {
		show("hint: ", h.Start, h.End, h.Hint, h.Text, h.SayInstead)
	}
	return nil
}
