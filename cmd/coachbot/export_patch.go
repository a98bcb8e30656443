package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	cards "coachbot/bot/knowledge"
	"coachbot/playbooks"
	"coachbot/store"
)

// exportPatch prints the knowledge that admins accepted as a change to the
// playbook files of the folder, or, without one, to the built-in ones. A playbook
// that the folder does not have yet comes as a new file.
func (p *program) exportPatch(ctx context.Context, s store.Maintenance, dir string) error {
	k, err := p.knowledge(config{Playbooks: dir})
	if err != nil {
		return err
	}
	accepted := map[string][]store.KnowledgeCard{}
	books := map[string]*playbooks.Playbook{}
	err = s.Walk(ctx, func(r store.Record) error {
		if r.KnowledgeCard == nil || r.KnowledgeCard.AcceptedAt.IsZero() || r.KnowledgeCard.State == store.CardWithdrawn {
			return nil
		}
		card := *r.KnowledgeCard
		book, ok := k.set.ByID(card.Scenario, card.Lang)
		if !ok || len(k.guard.Check(card.Words)) > 0 {
			fmt.Fprintf(p.err, "warning: %s is left out: no playbook %q in %s, or a forbidden phrase in it\n", card.ID, card.Scenario, card.Lang)
			return nil
		}
		path := card.Lang + "/" + card.Scenario + ".md"
		accepted[path], books[path] = append(accepted[path], card), book
		return nil
	})
	if err != nil {
		return usageError("the export failed: %v", err)
	}
	for _, path := range slices.Sorted(maps.Keys(accepted)) {
		old, file, err := playbookFile(dir, path)
		if err != nil {
			return usageError("the playbook %s cannot be read: %v", path, err)
		}
		slices.SortFunc(accepted[path], func(a, b store.KnowledgeCard) int { return a.AcceptedAt.Compare(b.AcceptedAt) })
		fmt.Fprint(p.out, cards.Patch(path, old, cards.AddTo(file, *books[path], accepted[path])))
	}
	return nil
}

// playbookFile is a playbook's file: that of the folder, else the built-in one,
// which is then no file there: old is "".
func playbookFile(dir, path string) (old, file string, err error) {
	if dir != "" {
		data, err := fs.ReadFile(os.DirFS(dir), path)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return string(data), string(data), err
		}
	}
	data, err := fs.ReadFile(playbooks.BuiltinFS(), path)
	if dir == "" {
		old = string(data)
	}
	return old, string(data), err
}
