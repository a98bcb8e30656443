package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"coachbot/playbooks/guard"
)

// checkResult is one object of check --json.
type checkResult struct {
	ID       string          `json:"id"`
	OK       bool            `json:"ok"`
	Findings []guard.Finding `json:"findings"`
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
			found := false
			check := func(id, text string) checkResult {
				r := checkResult{ID: id, Findings: g.Check(text)}
				if r.Findings == nil {
					r.Findings = []guard.Finding{}
				}
				r.OK = len(r.Findings) == 0
				found = found || !r.OK
				return r
			}
			if asLines {
				err = p.lines(func(l line) (any, error) { return check(l.ID, l.Text), nil })
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
	c.Flags().StringVar(&customer, "customer", "", "what the customer said (the situation of the draft)")
	return c
}

func (p *program) guard(dir string) (*guard.Guard, error) {
	k, err := p.extraPhrases(dir)
	return guard.New(k...), err
}

func (p *program) checkOne(args []string, asJSON bool, check func(id, text string) checkResult) error {
	text, err := p.text(args)
	if err != nil {
		return err
	}
	r := check("1", text)
	if asJSON {
		return p.printJSON(r)
	}
	if r.OK {
		fmt.Fprintln(p.out, "ok: none of the forbidden phrases")
		return nil
	}
	for _, f := range r.Findings {
		fmt.Fprintf(p.out, "%d-%d  %s  %q\n", f.Start, f.End, f.Phrase, f.Text)
		fmt.Fprintf(p.out, "       → %s\n", strings.Join(f.SayInstead, "\n       → "))
	}
	return nil
}
