package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/canned"
	"coachbot/playbooks/search"
)

func (p *program) playbooksImport(folder func() (string, error)) *cobra.Command {
	return &cobra.Command{Use: "import FILE", Short: "Reads a CSV or XLSX of canned replies into draft playbooks and reports what it left out",
		Long: "Reads the export of a help desk's macros or saved replies, a CSV or XLSX with the columns title, body and tags, and writes\n" +
			"drafts to " + playbooks.DraftsFolder + "/LANG/ID.md in the playbook folder, where the bot does not use them. Read each, mend it, run\n" +
			"`coachbot playbooks lint --dir FOLDER/" + playbooks.DraftsFolder + "`, then move it to LANG/ID.md.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := folder()
			if err != nil {
				return err
			}
			if dir == "" {
				return usageError("name the folder for the drafts with --dir or COACH_PLAYBOOKS")
			}
			data, err := os.ReadFile(args[0])
			if err != nil {
				return usageError("%v", err)
			}
			replies, err := canned.Read(args[0], data)
			if err != nil {
				return usageError("%v", err)
			}
			used := dir
			if _, err := os.Stat(dir); err != nil {
				used = "" // the drafts are what the folder begins with
			}
			k, err := p.knowledge(config{Playbooks: used})
			if err != nil {
				return err
			}
			index, err := search.New(k.set)
			if err != nil {
				return err
			}
			defer index.Close()
			report := canned.Drafts(replies, canned.Options{Set: k.set, Forbidden: k.forbidden, Place: func(title string, tags []string, lang string) (string, bool) {
				return k.place(c, index, title, tags, lang)
			}})
			if err := p.writeDrafts(dir, report.Drafts); err != nil {
				return err
			}
			p.printImport(replies, report)
			return nil
		}}
}

// place finds the scenario that a reply belongs to: the one that is named so, or
// one that the search and the ranking agree on.
func (k knowledge) place(c *cobra.Command, index *search.Index, title string, tags []string, lang string) (string, bool) {
	for _, s := range append(slices.Clone(tags), title) {
		id := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), " ", "-")
		if b, ok := k.set.ByID(id, lang); ok && b.Kind == playbooks.Scenario {
			return id, true
		}
	}
	words := strings.Join(append([]string{title}, tags...), " ")
	hits, err := index.Search(c.Context(), words, lang, 3)
	if err != nil {
		return "", false
	}
	hits = slices.DeleteFunc(hits, func(h search.Hit) bool { return h.Kind != playbooks.Scenario })
	a := k.engine.Advise(coach.Message{Text: words, Ask: true})
	if len(hits) == 0 || len(a.Playbooks) == 0 || hits[0].ID != a.Playbooks[0].ID {
		return "", false
	}
	return hits[0].ID, true
}

func (k knowledge) forbidden(text string) (list []canned.Forbidden) {
	for _, f := range k.guard.Check(text) {
		x := canned.Forbidden{ID: f.Phrase, Text: f.Text}
		if len(f.SayInstead) > 0 {
			x.Instead = f.SayInstead[0]
		}
		list = append(list, x)
	}
	return list
}

// writeDrafts writes every draft or, when one is there already, none.
func (p *program) writeDrafts(dir string, drafts []canned.Draft) error {
	for _, d := range drafts {
		path := filepath.Join(dir, playbooks.DraftsFolder, filepath.FromSlash(d.Playbook.File))
		if _, err := os.Stat(path); err == nil {
			return usageError("%s exists already; move it away or take it into use first", path)
		}
	}
	for _, d := range drafts {
		path := filepath.Join(dir, playbooks.DraftsFolder, filepath.FromSlash(d.Playbook.File))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return usageError("%v", err)
		}
		if err := os.WriteFile(path, []byte(d.Playbook.Markdown()), 0o644); err != nil {
			return usageError("%s is not written: %v", path, err)
		}
	}
	return nil
}

// rowOf names a row, with its sheet where there are several.
func rowOf(sheet string, row int) string {
	if sheet != "" {
		return fmt.Sprintf("%s, row %d", sheet, row)
	}
	return fmt.Sprintf("row %d", row)
}

func (p *program) printImport(replies []canned.Reply, r canned.Report) {
	for _, x := range r.Placed {
		what := "with what the playbook has"
		if x.New {
			what = "new; its headings, examples and fields are yours to complete"
		}
		fmt.Fprintf(p.out, "%s, %s: %d phrases in %s/%s (%s)\n", rowOf(x.Sheet, x.Row), oneLine(x.Title), x.Added, playbooks.DraftsFolder, x.File, what)
	}
	if len(r.Left) > 0 {
		fmt.Fprintln(p.out, "\nLeft out:")
	}
	for _, x := range r.Left {
		fmt.Fprintf(p.out, "%s: %q: %s\n", rowOf(x.Sheet, x.Row), oneLine(x.Text), x.Why)
	}
	phrases := 0
	for _, d := range r.Drafts {
		phrases += d.Added
	}
	fmt.Fprintf(p.out, "\n%d replies read: %d placed in %d drafts with %d phrases; %d sentences left out.\n", len(replies), len(r.Placed), len(r.Drafts), phrases, len(r.Left))
}
