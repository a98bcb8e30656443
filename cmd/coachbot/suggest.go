package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"coachbot/bot/coach"
)

func (p *program) suggest() *cobra.Command {
	var asJSON, asLines, noBuiltin bool
	var lang string
	c := &cobra.Command{
		Use:     "suggest [TEXT]",
		Short:   "Coaches one customer message from the arguments or standard input",
		Example: `  coachbot suggest "Third call about the same invoice and nobody has fixed it!"`,
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := p.config()
			if err != nil {
				return err
			}
			if lang != "" && !cfg.speaks(lang) {
				return usageError("--lang must be zh, zh-Hant, en or a language that COACH_PLAYBOOKS has a folder for, not %q", lang)
			}
			cfg.NoBuiltin = cfg.NoBuiltin || noBuiltin
			if lang == "" {
				lang = cfg.Locale
			}
			k, err := p.knowledge(cfg)
			if err != nil {
				return err
			}
			advise, err := cfg.AI.advisor(c.Context(), k, p.logger(cfg))
			if err != nil {
				return err
			}
			if asLines {
				return p.lines(func(l line) (any, error) {
					return inScript(advise(coach.Message{ID: l.ID, Text: l.Text, Lang: lang}), lang, l.Text), nil
				})
			}
			text, err := p.text(args)
			if err != nil {
				return err
			}
			if asJSON {
				return p.printJSON(inScript(advise(coach.Message{ID: "1", Text: text, Lang: lang}), lang, text))
			}
			a := inScript(advise(coach.Message{ID: "1", Text: text, Lang: lang, Ask: true}), lang, text)
			p.printAdvice(k, a)
			return nil
		},
	}
	formats(c, &asJSON, &asLines)
	noBuiltinFlag(c, &noBuiltin)
	c.Flags().StringVar(&lang, "lang", "", "answer in zh, zh-Hant, en or another language of your playbooks; default: the message's own language")
	return c
}

// adviceWords are the labels of the printed advice.
type adviceWords struct{ none, severity, now, say, further, escalate, avoid string }

func wordsFor(lang string) adviceWords {
	if lang == "zh" {
		return adviceWords{"看不出是棘手个案；请贴上客户的原话。", "严重程度", "现在就做", "接下来可以说", "之后", "何时升级", "别说 → 改说"}
	}
	return adviceWords{"This does not look like a difficult case; paste the customer's own words.", "severity", "Do now", "Say next", "Then", "Escalate", "Do not say -> say instead"}
}

// printAdvice prints an advice for people to read.
func (p *program) printAdvice(k knowledge, a coach.Advice) {
	w := wordsFor(a.Lang)
	if len(a.Phrases) == 0 {
		fmt.Fprintln(p.out, w.none)
		return
	}
	reading := []string{k.engine.Title(a.Phrases[0].Playbook, a.Lang), w.severity + ": " + a.Severity}
	reading = append(reading, a.Emotions...)
	for _, s := range []string{a.CustomerType, a.Personality} {
		if s != "" {
			reading = append(reading, s)
		}
	}
	fmt.Fprintln(p.out, strings.Join(reading, " · "))
	if a.Wanted != "" {
		fmt.Fprintf(p.out, "no playbook in %s; the nearest language is used\n", a.Wanted)
	}
	p.printList(w.now, a.Now)
	step := ""
	for _, ph := range a.Phrases {
		if ph.Step != step {
			heading := ph.Step
			if step == "" {
				heading = w.say + " (" + ph.Step + ")"
			}
			fmt.Fprintf(p.out, "\n%s\n", heading)
			step = ph.Step
		}
		fmt.Fprintln(p.out, "  "+ph.Text)
	}
	var escalate, avoid []string
	for _, e := range a.Escalate {
		escalate = append(escalate, e.When+" → "+e.To)
	}
	for _, v := range a.Avoid {
		avoid = append(avoid, v.Phrase+" → "+strings.Join(v.SayInstead, " / "))
	}
	p.printList(w.escalate, escalate)
	p.printList(w.avoid, avoid)
}

func (p *program) printList(heading string, items []string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(p.out, "\n%s\n", heading)
	for _, i := range items {
		fmt.Fprintln(p.out, "  "+i)
	}
}
