package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/store"
)

// builtinName stands for the built-in library where a folder is named.
const builtinName = "builtin"

// maxListed is how many messages a list of changes shows unless all are asked for.
const maxListed = 20

func (p *program) playbooksDiff(folder func() (string, error)) *cobra.Command {
	d := differ{p: p}
	c := &cobra.Command{Use: "diff [OLD] NEW", Short: "Says how suggestions change between two folders, for the examples and for recent cases",
		Long: "Answers every example of both folders, and the cases of the last weeks from the store, with OLD and with NEW and prints\n" +
			"what comes out differently. Without OLD the folder in use is meant; the word " + builtinName + " stands for the built-in library.\n" +
			"Each folder counts with the built-in library below it. The store must not be in use; a backup serves as well (--store bolt:PATH).",
		Args: cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			if d.weeks < 0 {
				return usageError("--weeks must be 0 (no cases) or more")
			}
			if len(args) == 1 {
				old, err := folder()
				if err != nil {
					return err
				}
				args = []string{cmp.Or(old, builtinName), args[0]}
			}
			return d.run(c.Context(), args[0], args[1])
		}}
	c.Flags().IntVar(&d.weeks, "weeks", 4, "how many weeks of cases are answered again; 0: none")
	c.Flags().StringVar(&d.store, "store", "", "where the cases are; default COACH_STORE")
	c.Flags().BoolVar(&d.all, "all", false, "list every message, not the first "+fmt.Sprint(maxListed))
	noBuiltinFlag(c, &d.noBuiltin)
	return c
}

// differ compares what two folders suggest.
type differ struct {
	p              *program
	weeks          int
	store          string
	all, noBuiltin bool
	old, new       knowledge
}

// asked is one message put to both.
type asked struct {
	where, text, lang string
	example           bool // known to be a case
}

func (d *differ) run(ctx context.Context, oldDir, newDir string) error {
	var err error
	if d.old, err = d.open(oldDir); err != nil {
		return err
	}
	if d.new, err = d.open(newDir); err != nil {
		return err
	}
	d.files()
	d.compare("examples", d.examples())
	cases, err := d.cases(ctx)
	if err != nil {
		return err
	}
	if d.weeks > 0 {
		d.compare(fmt.Sprintf("cases of the last %d weeks", d.weeks), cases)
	}
	return nil
}

func (d *differ) open(dir string) (knowledge, error) {
	if dir == builtinName {
		return d.p.knowledge(config{})
	}
	k, err := d.p.knowledge(config{Playbooks: dir, NoBuiltin: d.noBuiltin})
	for _, f := range k.faults {
		if !f.Warning {
			fmt.Fprintln(d.p.err, f)
		}
	}
	return k, err
}

// files says which playbooks came, went and changed.
func (d *differ) files() {
	n := 0
	say := func(mark string, b *playbooks.Playbook) {
		n++
		fmt.Fprintf(d.p.out, "%s %s/%s  %s\n", mark, b.Lang, b.ID, b.Title)
	}
	for _, b := range d.old.set.All() {
		now, ok := d.new.set.ByID(b.ID, b.Lang)
		switch {
		case !ok:
			say("-", b)
		case now.Markdown() != b.Markdown():
			say("~", now)
		}
	}
	for _, b := range d.new.set.All() {
		if _, ok := d.old.set.ByID(b.ID, b.Lang); !ok {
			say("+", b)
		}
	}
	if n == 0 {
		fmt.Fprintln(d.p.out, "The playbooks are the same.")
	}
}

// examples are those of either folder, each text once.
func (d *differ) examples() (list []asked) {
	seen := map[string]bool{}
	for _, set := range []*playbooks.Set{d.new.set, d.old.set} {
		for _, b := range set.All() {
			for _, x := range b.Examples {
				if !seen[x.Text] {
					seen[x.Text] = true
					list = append(list, asked{fmt.Sprintf("%s/%s.md:%d", b.Lang, b.ID, x.Line), x.Text, b.Lang, b.Kind == playbooks.Scenario})
				}
			}
		}
	}
	return list
}

// cases are those of the last weeks; what was asked in private stays so.
func (d *differ) cases(ctx context.Context) (list []asked, err error) {
	if d.weeks == 0 {
		return nil, nil
	}
	address := d.store
	if address == "" {
		cfg, err := d.p.config()
		if err != nil {
			return nil, err
		}
		address = cfg.Store
	}
	s, err := openExisting(address)
	if err != nil {
		var exit exitError
		if d.store == "" && errors.As(err, &exit) {
			fmt.Fprintln(d.p.err, "coachbot: no cases are answered again: "+exit.message)
			d.weeks = 0
			return nil, nil
		}
		return nil, err
	}
	defer s.Close()
	now := time.Now()
	err = s.CasesOpened(ctx, "", now.AddDate(0, 0, -7*d.weeks), now, func(c store.Case) error {
		if !c.Private && c.State != store.CaseDeleted && strings.TrimSpace(c.Text) != "" {
			list = append(list, asked{c.OpenedAt.Format(time.DateOnly), c.Text, c.Lang, false})
		}
		return nil
	})
	if err != nil {
		return nil, usageError("the cases cannot be read: %v", err)
	}
	return list, nil
}

// change is a message that comes out differently.
type change struct {
	asked
	old, new coach.Advice
}

// compare answers each message with both and prints what differs.
func (d *differ) compare(what string, list []asked) {
	var other, words []change
	for _, q := range list {
		m := coach.Message{ID: "1", Text: q.text, Lang: q.lang, Ask: q.example}
		c := change{q, d.old.engine.Advise(m), d.new.engine.Advise(m)}
		switch {
		case first(c.old) != first(c.new):
			other = append(other, c)
		case said(c.old) != said(c.new):
			words = append(words, c)
		}
	}
	fmt.Fprintf(d.p.out, "\n%d %s: %d get another playbook, %d other words, %d the same\n", len(list), what, len(other), len(words),
		len(list)-len(other)-len(words))
	for i, c := range other {
		if d.enough(i, len(other)) {
			break
		}
		fmt.Fprintf(d.p.out, "  %s: %s -> %s\n      %s\n", c.where, cmp.Or(first(c.old), "no case"), cmp.Or(first(c.new), "no case"), oneLine(c.text))
	}
	d.words(words)
}

// words prints each change of wording once, with how many messages meet it.
func (d *differ) words(list []change) {
	type wording struct{ playbook, old, new string }
	count := map[wording]int{}
	for _, c := range list {
		for i := range max(len(c.old.Phrases), len(c.new.Phrases)) {
			if old, new := phraseAt(c.old, i), phraseAt(c.new, i); old != new {
				count[wording{c.new.Lang + "/" + first(c.new), old, new}]++
			}
		}
	}
	all := make([]wording, 0, len(count))
	for w := range count {
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b wording) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.playbook, b.playbook), cmp.Compare(a.old, b.old), cmp.Compare(a.new, b.new))
	})
	for i, w := range all {
		if d.enough(i, len(all)) {
			break
		}
		fmt.Fprintf(d.p.out, "  %s, in %d\n", w.playbook, count[w])
		if w.old != "" {
			fmt.Fprintln(d.p.out, "    - "+w.old)
		}
		if w.new != "" {
			fmt.Fprintln(d.p.out, "    + "+w.new)
		}
	}
}

func (d *differ) enough(i, of int) bool {
	if d.all || i < maxListed {
		return false
	}
	fmt.Fprintf(d.p.out, "  and %d more; --all lists them\n", of-i)
	return true
}

// first is the playbook that answers, "" for what is no case.
func first(a coach.Advice) string {
	if len(a.Playbooks) == 0 {
		return ""
	}
	return a.Playbooks[0].ID
}

// said is all that an agent would read.
func said(a coach.Advice) string {
	var all []string
	for _, ph := range a.Phrases {
		all = append(all, ph.Step+" "+ph.Text)
	}
	return strings.Join(append(all, a.Now...), "\n")
}

func phraseAt(a coach.Advice, i int) string {
	if i < len(a.Phrases) {
		return a.Phrases[i].Step + ": " + a.Phrases[i].Text
	}
	return ""
}

// oneLine is a message short enough for a list.
func oneLine(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 100 {
		return string(r[:99]) + "…"
	}
	return string(r)
}
