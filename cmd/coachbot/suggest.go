package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/playbooks/traditional"
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
			p.printAdvice(k, a, inTraditional(a, lang, text))
			return nil
		},
	}
	formats(c, &asJSON, &asLines)
	noBuiltinFlag(c, &noBuiltin)
	c.Flags().StringVar(&lang, "lang", "", "answer in zh, zh-Hant, en or another language of your playbooks; default: the message's own language")
	return c
}

// adviceWords are the labels of the printed advice.
type adviceWords struct{ none, nearest, now, say, rather, escalate, avoid string }

func wordsFor(lang string) adviceWords {
	if isChinese(lang) {
		return adviceWords{"看不出是棘手情况；请贴上客户的原话。", "还没有 %s 的手册，这里用的是最接近的语言", "现在就做", "接下来可以说", "也可能是", "何时升级", "别说 → 改说"}
	}
	return adviceWords{"This does not look like a difficult case; paste the customer's own words.", "no playbook in %s; the nearest language is used",
		"Do now", "Say next", "Or it is one of these", "Escalate", "Do not say → say instead"}
}

// printAdvice prints an advice for people to read, labels and all in their script.
func (p *program) printAdvice(k knowledge, a coach.Advice, traditionally bool) {
	var out strings.Builder
	writeAdvice(&out, k, a)
	text := out.String()
	if traditionally {
		text = traditional.String(text)
	}
	fmt.Fprint(p.out, text)
}

func writeAdvice(out *strings.Builder, k knowledge, a coach.Advice) {
	w := wordsFor(a.Lang)
	if a.Own {
		fmt.Fprintln(out, strings.NewReplacer("*", "", "`", "").Replace(blocks.RecoveryAsked(a.Lang).Text))
		return
	}
	if a.NothingToGoOn() {
		fmt.Fprintln(out, w.none)
		return
	}
	title := k.engine.Title(a.Phrases[0].Playbook, a.Lang)
	fmt.Fprintln(out, blocks.Reading(a.Lang, title, a))
	if a.Wanted != "" {
		fmt.Fprintf(out, w.nearest+"\n", a.Wanted)
	}
	writeList(out, w.now, a.Now)
	lead := w.say + " · "
	if said, guess := blocks.Opening(a.Lang, title, a); said != "" {
		writeList(out, w.say, []string{said})
		var others []string
		for _, r := range a.Playbooks[:min(len(a.Playbooks), 4)] {
			if r.ID != a.Phrases[0].Playbook {
				others = append(others, k.engine.Title(r.ID, a.Lang))
			}
		}
		writeList(out, w.rather, others)
		fmt.Fprintf(out, "\n%s\n", guess)
		lead = ""
	}
	step := ""
	for _, ph := range a.Phrases {
		if ph.Step != step {
			heading := blocks.StepName(a.Lang, ph.Step)
			if step == "" {
				heading = lead + heading
			}
			fmt.Fprintf(out, "\n%s\n", heading)
			step = ph.Step
		}
		fmt.Fprintln(out, "  "+ph.Text)
	}
	var escalate, avoid []string
	for _, e := range a.Escalate {
		escalate = append(escalate, e.When+" → "+e.To)
	}
	said, lang := map[string]string{}, a.Lang
	if isChinese(lang) {
		lang = "zh"
	}
	for _, f := range k.guard.Phrases() {
		said[f.ID] = f.Text[lang]
	}
	for _, v := range a.Avoid {
		avoid = append(avoid, cmp.Or(said[v.Phrase], v.Phrase)+" → "+strings.Join(v.SayInstead, " / "))
	}
	writeList(out, w.escalate, escalate)
	writeList(out, w.avoid, avoid)
}

func writeList(out *strings.Builder, heading string, items []string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", heading)
	for _, i := range items {
		fmt.Fprintln(out, "  "+i)
	}
}
