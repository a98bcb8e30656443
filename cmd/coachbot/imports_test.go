package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the table of rooms in ARCHITECTURE.md.
func TestImports(t *testing.T) {
	t.Parallel()
	may := map[string][]string{
		"store":                 {},
		"store/bolt":            {"store"},
		"playbooks":             {"playbooks/bundle", "playbooks/fold"},
		"playbooks/fold":        {},
		"playbooks/bundle":      {},
		"playbooks/linear":      {},
		"playbooks/canned":      {"playbooks/bundle", "playbooks", "playbooks/fold"},
		"playbooks/traditional": {"playbooks/fold", "playbooks/traditional/table"},
		"playbooks/live":        {"playbooks/bundle", "playbooks", "playbooks/fold"},
		"playbooks/guard":       {"playbooks/bundle", "playbooks/fold", "playbooks/linear"},
		"playbooks/search":      {"playbooks/bundle", "playbooks", "playbooks/fold"},
		"bot/coach":             {"playbooks/bundle", "bot/coach/followups", "playbooks", "playbooks/guard", "playbooks/linear", "playbooks/fold"},
		"bot/coach/followups":   {"playbooks/linear", "playbooks/fold"},
		"bot/blocks":            {"playbooks/bundle", "playbooks/traditional", "playbooks/traditional/table", "store", "playbooks", "playbooks/guard", "playbooks/linear", "playbooks/fold", "bot/coach", "bot/coach/followups", "playbooks/search", "bot/digest", "bot/practice"},
		"bot/knowledge":         {"playbooks/bundle", "store", "playbooks", "playbooks/fold"},
		"bot/roleplay":          {"playbooks/bundle", "store", "playbooks", "playbooks/guard", "playbooks/linear", "playbooks/fold"},
		"bot/router":            {},
		"bot/when":              {"playbooks/fold"},
		"bot/mask":              {},
		"prompts":               {},
		"bot/llm":               {"playbooks/bundle", "prompts", "bot/coach", "bot/coach/followups", "playbooks", "playbooks/guard", "playbooks/linear", "playbooks/fold", "playbooks/traditional", "playbooks/traditional/table"},
		"bot/llm/openai":        {"playbooks/bundle", "bot/llm", "prompts", "bot/coach", "bot/coach/followups", "playbooks", "playbooks/guard", "playbooks/linear", "playbooks/fold", "playbooks/traditional", "playbooks/traditional/table"},
		"bot/digest":            {"store"},
		"bot/practice":          {"playbooks/bundle", "store", "playbooks", "playbooks/guard", "playbooks/linear", "playbooks/fold"},
		"bot/slacksim":          {},
		"bot": {"playbooks/bundle", "store", "playbooks", "playbooks/guard", "playbooks/linear", "playbooks/fold", "playbooks/live", "playbooks/search", "playbooks/traditional", "playbooks/traditional/table", "bot/coach", "bot/coach/followups",
			"bot/blocks", "bot/router", "bot/when", "bot/knowledge", "bot/mask", "bot/llm", "prompts", "bot/roleplay", "bot/digest", "bot/practice"},
	}
	for room, allowed := range may {
		out, err := exec.Command("go", "list", "-deps", "coachbot/"+room).Output()
		if err != nil {
			t.Fatalf("go list %s: %v", room, err)
		}
		for _, dep := range strings.Fields(string(out)) {
			ours, ok := strings.CutPrefix(dep, "coachbot/")
			if ok && ours != room && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports %s; ARCHITECTURE.md does not allow it", room, ours)
			}
			if room == "bot/slacksim" && strings.HasPrefix(dep, "github.com/slack-go/") {
				t.Errorf("the simulated workspace imports %s", dep)
			}
		}
	}
}
