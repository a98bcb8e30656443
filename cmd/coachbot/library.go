package main

import (
	"errors"
	"io/fs"
	"os"
	"sync"

	"github.com/spf13/cobra"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/live"
)

// knowledge is the playbooks in use with the engine and the guard made from them.
type knowledge struct {
	set    *playbooks.Set
	guard  *guard.Guard
	engine *coach.Engine
	faults []playbooks.Fault // of the folder; the files named are left out
	folder *live.Folder      // to be kept up with; nil for the built-in library alone
}

// What the program carries is loaded once: `playbooks diff` needs it twice, tests many times.
var (
	builtinSet       = sync.OnceValues(playbooks.Builtin)
	builtinKnowledge = sync.OnceValues(func() (knowledge, error) {
		set, err := builtinSet()
		if err != nil {
			return knowledge{}, err
		}
		return newKnowledge(set, guard.New())
	})
)

// knowledge loads the built-in library, unless it is not wanted, and over it the company's folder.
func (p *program) knowledge(cfg config) (knowledge, error) {
	dir := cfg.Playbooks
	if dir == "" && !cfg.NoBuiltin {
		return builtinKnowledge()
	}
	var k knowledge
	var err error
	if !cfg.NoBuiltin {
		if k.set, err = builtinSet(); err != nil {
			return k, err
		}
	}
	if dir == "" {
		return k, usageError("COACH_NO_BUILTIN leaves no playbooks; set COACH_PLAYBOOKS to a folder with your own")
	}
	if k.folder, err = live.Open(dir, live.Options{Base: k.set, CheckForbidden: forbiddenFaults, Forbidden: forbiddenIn}); err != nil {
		return k, folderError(dir, err)
	}
	k.set, k.faults = k.folder.State().Set, k.folder.State().Faults
	var extra []guard.Phrase
	if k.set.Forbidden != nil {
		extra, _ = guard.ParseExtra(playbooks.ForbiddenFile, k.set.Forbidden)
	}
	made, err := newKnowledge(k.set, guard.New(extra...))
	if err != nil {
		return k, usageError("the playbook folder %s cannot be used: %v; `coachbot playbooks lint --dir %s` says what is wrong", dir, err, dir)
	}
	made.faults, made.folder = k.faults, k.folder
	return made, nil
}

// forbiddenFaults says what is wrong with a forbidden.yaml.
func forbiddenFaults(data []byte) []playbooks.Fault {
	var faults []playbooks.Fault
	_, found := guard.ParseExtra(playbooks.ForbiddenFile, data)
	for _, f := range found {
		faults = append(faults, playbooks.Fault{File: playbooks.ForbiddenFile, Line: max(f.Line, 1), Col: max(f.Col, 1), Message: f.Message, Zh: f.Zh})
	}
	return faults
}

// forbiddenIn finds forbidden phrases, those of a forbidden.yaml among them.
func forbiddenIn(extra []byte) func(string) []playbooks.ForbiddenUse {
	own, _ := guard.ParseExtra(playbooks.ForbiddenFile, extra)
	return usesOf(guard.New(own...))
}

// newKnowledge makes the engine for a set.
func newKnowledge(set *playbooks.Set, g *guard.Guard) (knowledge, error) {
	engine, err := coach.New(set, g)
	return knowledge{set: set, guard: g, engine: engine}, err
}

func folderError(dir string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return usageError("the playbook folder %s does not exist; set COACH_PLAYBOOKS or --dir to a folder with en/ and zh/ in it", dir)
	}
	if info, serr := os.Stat(dir); serr == nil && !info.IsDir() {
		return usageError("%s is a file; name the folder that has en/ and zh/ in it", dir)
	}
	return usageError("the playbook folder %s cannot be read: %v", dir, err)
}

// extraPhrases are the company's additions to the forbidden phrases.
func (p *program) extraPhrases(dir string) ([]guard.Phrase, error) {
	if dir == "" {
		return nil, nil
	}
	data, err := fs.ReadFile(os.DirFS(dir), "forbidden.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(dir); err != nil {
			return nil, folderError(dir, err)
		}
		return nil, nil
	}
	if err != nil {
		return nil, usageError("%s/forbidden.yaml cannot be read: %v", dir, err)
	}
	phrases, faults := guard.ParseExtra("forbidden.yaml", data)
	if len(faults) > 0 {
		return phrases, usageError("%s/forbidden.yaml:%d: %s", dir, faults[0].Line, faults[0].Message)
	}
	return phrases, nil
}

// noBuiltinFlag is COACH_NO_BUILTIN on the command line.
func noBuiltinFlag(c *cobra.Command, to *bool) {
	c.Flags().BoolVar(to, "no-builtin", false, "use the folder of COACH_PLAYBOOKS alone, without the built-in library")
}
