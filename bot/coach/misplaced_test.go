package coach

import (
	"slices"
	"testing"

	"coachbot/playbooks"
)

// Of a company's own playbook, only the examples that belong elsewhere are named,
// with what speaks for the other playbook.
func TestFindMisplaced(t *testing.T) {
	t.Parallel()
	own := playbooks.Playbook{ID: "zeppelin", Lang: "en", Kind: playbooks.Scenario, Title: "Zeppelin", Signals: []string{"zeppelin"}}
	for i, text := range []string{"my zeppelin left without me", "zeppelin delayed", "the zeppelin was cold", "zeppelin ticket upside down",
		"no seat in the zeppelin", "where is my parcel, the delivery is three weeks late"} {
		own.Examples = append(own.Examples, playbooks.Example{Text: text, Line: 20 + i})
	}
	found, err := FindMisplaced(playbooks.Overlay(fewer(builtin(t), 150), playbooks.NewSet([]playbooks.Playbook{own})),
		func(p *playbooks.Playbook) bool { return p.ID == "zeppelin" })
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0].Example.Line != 25 || found[0].Instead != "late-delivery" || !slices.Contains(found[0].Words, "where is my parcel") || found[0].Like.Text == "" {
		t.Errorf("misplaced: %+v, want the last example alone, to late-delivery", found)
	}
}
