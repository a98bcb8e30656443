package knowledge_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"coachbot/bot/knowledge"
	"coachbot/playbooks"
	"coachbot/store"
)

var (
	libraryFS = sync.OnceValue(playbooks.BuiltinFS)
	library   = sync.OnceValues(playbooks.Builtin)
)

func builtin(t *testing.T, lang, id string) (file string, p playbooks.Playbook) {
	t.Helper()
	data, err := fs.ReadFile(libraryFS(), lang+"/"+id+".md")
	if err != nil {
		t.Fatal(err)
	}
	set, err := library()
	if err != nil {
		t.Fatal(err)
	}
	found, ok := set.ByID(id, lang)
	if !ok {
		t.Fatalf("no playbook %s in %s", id, lang)
	}
	return string(data), *found
}

// TestEveryPlaybookTakesAnAddition: the file with it is a playbook with that
// phrase, nothing else in it has changed, and the patch makes one out of the other.
func TestEveryPlaybookTakesAnAddition(t *testing.T) {
	t.Parallel()
	git, err := exec.LookPath("git")
	if err != nil {
		t.Logf("patches are not applied: %v", err)
	}
	set, err := library()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range set.All() {
		if p.Kind != playbooks.Scenario {
			continue
		}
		file, _ := builtin(t, p.Lang, p.ID)
		words := map[string]string{"en": "I drew {her} the route\non a napkin", "zh": "我在纸上\n把路线画给她看"}[p.Lang]
		want := map[string]string{"en": "- I drew (her) the route on a napkin.\n", "zh": "- 我在纸上 把路线画给她看。\n"}[p.Lang]
		cards := []store.KnowledgeCard{{Words: words, Lang: p.Lang}, {Words: words, Lang: p.Lang}}
		added := knowledge.AddTo(file, *p, cards[:1])
		if strings.Replace(added, want, "", 1) != file {
			t.Errorf("%s/%s: more than the phrase was changed", p.Lang, p.ID)
		}
		if again := knowledge.AddTo(added, *p, cards); again != added {
			t.Errorf("%s/%s: the phrase was added twice", p.Lang, p.ID)
		}
		applied(t, git, p.Lang+"/"+p.ID+".md", file, added)
	}
}

func applied(t *testing.T, git, path, before, after string) {
	t.Helper()
	for _, old := range []string{before, ""} {
		diff := knowledge.Patch(path, old, after)
		if git == "" {
			continue
		}
		dir := t.TempDir()
		target := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if old != "" {
			if err := os.WriteFile(target, []byte(old), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		c := exec.Command(git, "apply", "-p1", "-")
		c.Dir, c.Stdin = dir, strings.NewReader(diff)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s\n%s", path, err, out, diff)
		}
		if got, err := os.ReadFile(target); err != nil || string(got) != after {
			t.Errorf("%s: the patch makes another file: %v\n%s", path, err, diff)
		}
	}
}

func TestAnAdditionStandsAtTheStepItIsLike(t *testing.T) {
	t.Parallel()
	file, p := builtin(t, "en", "late-delivery")
	added := knowledge.AddTo(file, p, []store.KnowledgeCard{
		{Words: "I'm looking after this order now, and I write to you by six.", Lang: "en"}, {Words: "Zebra!", Lang: "en"},
	})
	section := func(step string) string {
		_, after, _ := strings.Cut(added, "## "+step+"\n")
		own, _, _ := strings.Cut(after, "\n#")
		return own
	}
	if s := section("commit"); !strings.Contains(s, "by six.") {
		t.Errorf("commit has %q", s)
	}
	if s := section("offer"); !strings.Contains(s, "Zebra!") {
		t.Errorf("offer has %q", s)
	}
	applied(t, "", "en/late-delivery.md", file, added)
	if n := strings.Count(knowledge.Patch("en/late-delivery.md", file, added), "@@ -"); n != 2 {
		t.Errorf("%d hunks, want 2", n)
	}
	if got := knowledge.Patch("x", file, file); got != "" {
		t.Errorf("no change has the patch %q", got)
	}
}
