package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

func (p *program) playbooks() *cobra.Command {
	var dir string
	c := &cobra.Command{Use: "playbooks", Short: "Lints, tests, lists and shows playbooks", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_ = c.Help()
			return exitError{code: exitUsage}
		}}
	c.PersistentFlags().StringVar(&dir, "dir", "", "the playbook folder; default COACH_PLAYBOOKS, else the built-in library")
	folder := func() (string, error) {
		if dir != "" {
			return dir, nil
		}
		cfg, err := p.config()
		return cfg.Playbooks, err
	}
	c.AddCommand(p.playbooksLint(folder), p.playbooksTest(folder), p.playbooksList(folder), p.playbooksShow(folder), p.playbooksNew(folder),
		p.playbooksSchema(), p.playbooksDiff(folder), p.playbooksImport(folder))
	return c
}

// folderFS is the folder, or the built-in library when none is named.
func folderFS(dir string) (fs.FS, error) {
	if dir == "" {
		return playbooks.BuiltinFS(), nil
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, folderError(dir, err)
	}
	return os.DirFS(dir), nil
}

func (p *program) playbooksTest(folder func() (string, error)) *cobra.Command {
	return &cobra.Command{Use: "test", Short: "Ranks every playbook's own examples, each held out, and prints hit@1 and hit@3", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			k, err := p.folderKnowledge(folder)
			if err != nil {
				return err
			}
			return p.printHeldOut(k)
		}}
}

// folderKnowledge is the knowledge of one folder alone, without the built-in library below it.
func (p *program) folderKnowledge(folder func() (string, error)) (knowledge, error) {
	set, err := p.folderSet(folder)
	if err != nil {
		return knowledge{}, err
	}
	k, err := newKnowledge(set, guard.New())
	if err != nil {
		return k, usageError("the folder cannot be tested: %v", err)
	}
	return k, nil
}

// folderSet is what is in one folder alone, or in the built-in library when none is named.
func (p *program) folderSet(folder func() (string, error)) (*playbooks.Set, error) {
	dir, err := folder()
	if err != nil {
		return nil, err
	}
	if dir == "" {
		return builtinSet()
	}
	fsys, err := folderFS(dir)
	if err != nil {
		return nil, err
	}
	set, faults, err := playbooks.Load(fsys)
	if err != nil {
		return nil, folderError(dir, err)
	}
	for _, f := range faults {
		fmt.Fprintln(p.err, f)
	}
	return set, nil
}

func (p *program) playbooksList(folder func() (string, error)) *cobra.Command {
	return &cobra.Command{Use: "list", Short: "Lists the playbooks: language, id, kind, examples, title", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			set, err := p.folderSet(folder)
			if err != nil {
				return err
			}
			for _, b := range set.All() {
				fmt.Fprintf(p.out, "%s\t%-28s\t%-10s\t%4d\t%s\n", b.Lang, b.ID, b.Kind, len(b.Examples), b.Title)
			}
			return nil
		}}
}

func (p *program) playbooksShow(folder func() (string, error)) *cobra.Command {
	var lang string
	c := &cobra.Command{Use: "show ID", Short: "Prints a playbook, in both languages by default", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			set, err := p.folderSet(folder)
			if err != nil {
				return err
			}
			shown := false
			for _, l := range set.Languages() {
				if b, ok := set.ByID(args[0], l); ok && (lang == "" || lang == l) {
					if shown {
						fmt.Fprintln(p.out)
					}
					fmt.Fprint(p.out, b.Markdown())
					shown = true
				}
			}
			if !shown && lang != "" {
				return usageError("there is no playbook %q in %q here; `coachbot playbooks list` names them all", args[0], lang)
			}
			if !shown {
				return usageError("there is no playbook %q here; `coachbot playbooks list` names them all", args[0])
			}
			return nil
		}}
	c.Flags().StringVar(&lang, "lang", "", "one language only: zh or en")
	return c
}

func (p *program) playbooksNew(folder func() (string, error)) *cobra.Command {
	var lang string
	c := &cobra.Command{Use: "new ID", Short: "Writes a playbook to start from, one file a language", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, err := folder()
			if err != nil {
				return err
			}
			if dir == "" {
				return usageError("name the folder with --dir or COACH_PLAYBOOKS; the built-in library is part of the program")
			}
			langs := []string{"zh", "en"}
			if lang != "" {
				langs = []string{lang}
			}
			for _, l := range langs {
				if err := p.scaffold(dir, args[0], l); err != nil {
					return err
				}
			}
			return nil
		}}
	c.Flags().StringVar(&lang, "lang", "", "one language only: zh or en")
	return c
}

func (p *program) scaffold(dir, id, lang string) error {
	text, err := playbooks.Scaffold(id, lang, playbooks.Scenario)
	if err != nil {
		return usageError("%v", err)
	}
	path := filepath.Join(dir, lang, id+".md")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return usageError("%v", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usageError("%s exists already; edit it, or choose another id", path)
	}
	if err != nil {
		return usageError("%s is not written: %v", path, err)
	}
	if _, err = f.WriteString(text); err == nil {
		err = f.Close()
	}
	if err != nil {
		return usageError("%s is not written: %v", path, err)
	}
	fmt.Fprintln(p.out, path)
	return nil
}
