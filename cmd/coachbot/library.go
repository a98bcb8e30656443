package main

import (
	"errors"
	"io/fs"
	"os"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

// knowledge is the playbooks in use with the engine and the guard made from them.
type knowledge struct {
	set    *playbooks.Set
	guard  *guard.Guard
	engine *coach.Engine
	faults []playbooks.Fault // of the folder; the files named are left out
}

// knowledge loads the built-in library and, over it, the company's folder.
func (p *program) knowledge(dir string) (knowledge, error) {
	var k knowledge
	var err error
	if k.set, err = playbooks.Builtin(); err != nil {
		return k, err
	}
	if dir != "" {
		over, faults, err := playbooks.Load(os.DirFS(dir))
		if err != nil {
			return k, folderError(dir, err)
		}
		k.faults, k.set = faults, playbooks.Overlay(k.set, over)
	}
	var extra []guard.Phrase
	if k.set.Forbidden != nil {
		phrases, faults := guard.ParseExtra("forbidden.yaml", k.set.Forbidden)
		for _, f := range faults {
			k.faults = append(k.faults, playbooks.Fault{File: "forbidden.yaml", Line: f.Line, Col: f.Col, Message: f.Message})
		}
		extra = phrases
	}
	made, err := newKnowledge(k.set, guard.New(extra...))
	made.faults = k.faults
	return made, err
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
