package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

func (p *program) playbooksLint(folder func() (string, error)) *cobra.Command {
	var format, lang string
	var alone bool
	c := &cobra.Command{Use: "lint", Short: "Prints file:line:column: message for each fault; exit status 1 if any is more than a warning", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if format != "text" && format != "github" {
				return usageError("--format must be text or github, not %q", format)
			}
			if lang != "" && lang != "en" && lang != "zh" {
				return usageError("--lang must be en or zh, not %q", lang)
			}
			dir, err := folder()
			if err != nil {
				return err
			}
			fsys, err := folderFS(dir)
			if err != nil {
				return err
			}
			extra, forbidden := ownForbidden(dir)
			o := lintOptions(guard.New(extra...))
			cfg, _ := p.config() // what else is wrong with the environment is not lint's
			if dir != "" {       // how the built-in library ranks is measured by playbooks test
				if o.Elsewhere, err = elsewhere(dir, alone || cfg.NoBuiltin); err != nil {
					return err
				}
			}
			faults, err := playbooks.Lint(fsys, o)
			if err != nil {
				return folderError(dir, err)
			}
			faults = append(faults, forbidden...)
			if files, _, err := playbooks.Files(fsys); err == nil && len(files)+len(extra)+len(faults) == 0 {
				return usageError("there is no playbook in %s; they lie in folders named like languages, such as en/late-delivery.md", dir)
			}
			for _, f := range faults {
				if format == "github" {
					fmt.Fprintln(p.out, annotation(dir, f, cmp.Or(lang, cfg.Locale)))
				} else {
					fmt.Fprintln(p.out, f.Said(cmp.Or(lang, cfg.Locale)))
				}
			}
			if playbooks.Broken(faults) {
				return exitError{code: exitFailed}
			}
			return nil
		}}
	c.Flags().StringVar(&format, "format", "text", "text, or github: annotations for GitHub Actions")
	c.Flags().StringVar(&lang, "lang", "", "en or zh: the language of the messages; default COACH_LOCALE, else English")
	noBuiltinFlag(c, &alone)
	return c
}

// lintOptions lets lint ask the guard about every suggested word.
func lintOptions(g *guard.Guard) playbooks.LintOptions {
	o := playbooks.LintOptions{Now: time.Now()}
	for _, ph := range g.Phrases() {
		o.ForbiddenIDs = append(o.ForbiddenIDs, ph.ID)
	}
	o.Forbidden = usesOf(g)
	return o
}

// usesOf is the guard as lint asks it.
func usesOf(g *guard.Guard) func(string) []playbooks.ForbiddenUse {
	return func(text string) (uses []playbooks.ForbiddenUse) {
		for _, f := range g.Check(text) {
			uses = append(uses, playbooks.ForbiddenUse{ID: f.Phrase, Text: f.Text, Start: f.Start})
		}
		return uses
	}
}

// elsewhere finds the folder's examples that the ranking, with the built-in
// library below the folder unless it stands alone, gives to another playbook.
func elsewhere(dir string, alone bool) (func(playbooks.Playbook) []playbooks.Elsewhere, error) {
	base := playbooks.NewSet(nil)
	var err error
	if !alone {
		if base, err = builtinSet(); err != nil {
			return nil, err
		}
	}
	fsys, err := folderFS(dir)
	if err != nil {
		return nil, err
	}
	own, _, err := playbooks.Load(fsys)
	if err != nil {
		return nil, folderError(dir, err)
	}
	set := playbooks.Overlay(base, own)
	if !slices.ContainsFunc(set.Languages(), func(lang string) bool { return len(set.Scenarios(lang)) > 0 }) {
		return nil, nil // nothing is in use: the other faults say why
	}
	found, err := coach.FindMisplaced(set, func(p *playbooks.Playbook) bool {
		_, ok := own.ByID(p.ID, p.Lang)
		return ok
	})
	if err != nil {
		return nil, err
	}
	return func(p playbooks.Playbook) (list []playbooks.Elsewhere) {
		for _, m := range found {
			if m.ID == p.ID && m.Lang == p.Lang {
				list = append(list, playbooks.Elsewhere{Example: m.Example, Instead: m.Instead, Why: why(m), WhyZh: whyInChinese(m)})
			}
		}
		return list
	}, nil
}

func why(m coach.Misplaced) string {
	var reasons []string
	if len(m.Words) > 0 {
		reasons = append(reasons, fmt.Sprintf("for %q", strings.Join(m.Words, ", ")))
	}
	if m.Like.Text != "" {
		reasons = append(reasons, fmt.Sprintf("it is like %q there in line %d", m.Like.Text, m.Like.Line))
	}
	return strings.Join(reasons, "; ")
}

func whyInChinese(m coach.Misplaced) string {
	var reasons []string
	if len(m.Words) > 0 {
		reasons = append(reasons, fmt.Sprintf("因为有 %q", strings.Join(m.Words, "、")))
	}
	if m.Like.Text != "" {
		reasons = append(reasons, fmt.Sprintf("它很像那里第 %d 行的 %q", m.Like.Line, m.Like.Text))
	}
	return strings.Join(reasons, "；")
}

// ownForbidden are the forbidden phrases of the folder's forbidden.yaml, if it has one, and its faults.
func ownForbidden(dir string) ([]guard.Phrase, []playbooks.Fault) {
	if dir == "" {
		return nil, nil
	}
	data, err := os.ReadFile(filepath.Join(dir, playbooks.ForbiddenFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, []playbooks.Fault{playbooks.Unreadable(playbooks.ForbiddenFile, err)}
	}
	phrases, _ := guard.ParseExtra(playbooks.ForbiddenFile, data)
	return phrases, forbiddenFaults(data)
}

// annotation is a fault as GitHub Actions shows it beside the line:
// docs.github.com, workflow commands.
func annotation(dir string, f playbooks.Fault, lang string) string {
	kind := "error"
	if f.Warning {
		kind = "warning"
	}
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	message := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	return fmt.Sprintf("::%s file=%s,line=%d,col=%d,title=playbooks lint::%s", kind,
		property.Replace(filepath.ToSlash(filepath.Join(dir, f.File))), f.Line, f.Col, message.Replace(f.In(lang)))
}

func (p *program) playbooksSchema() *cobra.Command {
	return &cobra.Command{Use: "schema", Short: "Prints the JSON Schema of the front matter, for editors", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := p.out.Write(playbooks.Schema())
			return err
		}}
}
