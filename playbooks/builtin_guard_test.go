package playbooks_test

import (
	"testing"
	"time"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

// No word the library suggests holds a forbidden phrase, and every say-instead
// entry names one that exists.
func TestBuiltinLibrarySaysNothingForbidden(t *testing.T) {
	t.Parallel()
	g := guard.New()
	var ids []string
	for _, p := range g.Phrases() {
		ids = append(ids, p.ID)
	}
	faults, err := playbooks.Lint(playbooks.BuiltinFS(), playbooks.LintOptions{
		Forbidden: func(text string) (uses []playbooks.ForbiddenUse) {
			for _, f := range g.Check(text) {
				uses = append(uses, playbooks.ForbiddenUse{ID: f.Phrase, Text: f.Text, Start: f.Start})
			}
			return uses
		},
		ForbiddenIDs: ids,
		Now:          time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		if !f.Warning {
			t.Error(f)
		}
	}
}
