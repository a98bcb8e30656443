package playbooks

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func mapFile(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

func named(id, lang, title string) string {
	return fmt.Sprintf("---\nid: %s\nlang: %s\ntitle: %s\nsummary: Y.\nroot: state\nseverity: low\nsignals: [z]\n---\n", id, lang, title)
}

func names(list []*Playbook) []string {
	var all []string
	for _, p := range list {
		all = append(all, p.Lang+"/"+p.ID)
	}
	return all
}

func TestLoad(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"README.md":           mapFile("# ours"),
		"forbidden.yaml":      mapFile("phrases: []"),
		"en/b.md":             mapFile(named("b", "en", "B")),
		"en/a.md":             mapFile(named("a", "en", "A")),
		"en/broken.md":        mapFile("---\nid: broken\n---\n"),
		"en/.hidden.md":       mapFile("x"),
		"en/#a.md#":           mapFile("x"),
		"en/a.md~":            mapFile("x"),
		"en/a.md.swp":         mapFile("x"),
		"en/notes.txt":        mapFile("x"),
		"en/deep/c.md":        mapFile("x"),
		"en/dir.md/x":         mapFile("x"),
		".git/en/a.md":        mapFile("x"),
		"drafts/a.md":         mapFile("x"),
		"zh/a.md":             mapFile(named("a", "zh", "甲")),
		"zh/g.md":             mapFile("---\nid: g\nlang: zh\nkind: guide\ntitle: 指南\nsummary: 说明。\n---\n## 一\n二\n"),
		"zh/n.md":             mapFile("---\nid: n\nlang: zh\nkind: not-a-case\n---\n## examples\n- 早\n"),
		"zh/with-warning.md":  mapFile("---\nid: with-warning\nlang: zh\nkind: not-a-case\nroot: state\n---\n## examples\n- 早上好\n"),
		"..data/en/linked.md": mapFile("x"),
	}
	set, faults, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := names(set.All()), []string{"en/a", "zh/a", "en/b", "zh/g", "zh/n", "zh/with-warning"}; !slices.Equal(got, want) {
		t.Errorf("playbooks: got %v, want %v", got, want)
	}
	for _, f := range faults {
		if f.File != "en/broken.md" && !(f.File == "zh/with-warning.md" && f.Warning) {
			t.Errorf("unexpected fault %s", f)
		}
	}
	if !Broken(faults) {
		t.Error("the broken file is not among the faults")
	}
	if got, want := string(set.Forbidden), "phrases: []"; got != want {
		t.Errorf("Forbidden: got %q, want %q", got, want)
	}
	if got, want := set.Languages(), []string{"en", "zh"}; !slices.Equal(got, want) {
		t.Errorf("languages: got %v, want %v", got, want)
	}
	for _, tt := range []struct {
		what string
		got  []*Playbook
		want []string
	}{
		{"Scenarios", set.Scenarios("zh"), []string{"zh/a"}},
		{"Guides", set.Guides("zh"), []string{"zh/g"}},
		{"NotACase", set.NotACase("zh"), []string{"zh/n", "zh/with-warning"}},
		{"Scenarios in a language without any", set.Scenarios("fr"), nil},
	} {
		if got := names(tt.got); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.what, got, tt.want)
		}
	}
}

func TestLoadWithoutFolder(t *testing.T) {
	t.Parallel()
	if _, _, err := Load(os.DirFS(filepath.Join(t.TempDir(), "nowhere"))); err == nil {
		t.Error("loading a folder that does not exist: want an error")
	}
}

// refusing is a folder in which one path cannot be read.
type refusing struct {
	fs.FS
	path string
}

func (r refusing) Open(name string) (fs.File, error) {
	if name == r.path {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.FS.Open(name)
}

func TestLoadUnreadableFileIsToldAndTheRestUsed(t *testing.T) {
	t.Parallel()
	fsys := refusing{fstest.MapFS{"en/a.md": mapFile(named("a", "en", "A")), "en/b.md": mapFile(named("b", "en", "B"))}, "en/b.md"}
	set, faults, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := names(set.All()), []string{"en/a"}; !slices.Equal(got, want) {
		t.Errorf("playbooks: got %v, want %v", got, want)
	}
	if len(faults) != 1 || faults[0].File != "en/b.md" || !strings.Contains(faults[0].Message, "permission denied") {
		t.Errorf("faults: got %v, want one that en/b.md cannot be read", faults)
	}
}

// Kubernetes mounts a ConfigMap as links to files in a hidden folder.
func TestLoadFollowsLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	real := filepath.Join(dir, "..2027", "en")
	if err := os.MkdirAll(real, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(real, "a.md"), []byte(named("a", "en", "A")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, filepath.Join(dir, "en")); err != nil {
		t.Fatal(err)
	}
	set, faults, err := Load(os.DirFS(dir))
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	if got, want := names(set.All()), []string{"en/a"}; !slices.Equal(got, want) {
		t.Errorf("playbooks: got %v, want %v", got, want)
	}
}

func TestOverlay(t *testing.T) {
	t.Parallel()
	base := NewSet([]Playbook{{ID: "a", Lang: "en", Title: "old"}, {ID: "a", Lang: "zh", Title: "旧"}, {ID: "b", Lang: "en"}})
	over := NewSet([]Playbook{{ID: "a", Lang: "en", Title: "new"}, {ID: "c", Lang: "en"}})
	over.Forbidden = []byte("ours")
	got := Overlay(base, over)
	if got, want := names(got.All()), []string{"en/a", "zh/a", "en/b", "en/c"}; !slices.Equal(got, want) {
		t.Errorf("playbooks: got %v, want %v", got, want)
	}
	if p, ok := got.ByID("a", "en"); !ok || p.Title != "new" {
		t.Errorf("a in en: got %+v, want the company's", p)
	}
	if p, ok := got.ByID("a", "zh"); !ok || p.Title != "旧" {
		t.Errorf("a in zh: got %+v, want the base's", p)
	}
	if p, _ := base.ByID("a", "en"); p.Title != "old" {
		t.Errorf("the base has changed: a in en is now %q", p.Title)
	}
	if string(got.Forbidden) != "ours" || string(Overlay(over, base).Forbidden) != "ours" {
		t.Error("the forbidden phrases of the company are lost")
	}
}

func BenchmarkLoad1000(b *testing.B) {
	builtin := NewSet(nil)
	if set, _, err := Load(BuiltinFS()); err == nil {
		builtin = set
	}
	all := builtin.All()
	fsys := fstest.MapFS{}
	for i := range 1000 {
		p := *all[i%len(all)]
		p.ID = fmt.Sprintf("%s-%d", p.ID, i)
		fsys[p.Lang+"/"+p.ID+".md"] = mapFile(p.Markdown())
	}
	b.ReportAllocs()
	for b.Loop() {
		set, _, err := Load(fsys)
		if err != nil || len(set.All()) != 1000 {
			b.Fatal(len(set.All()), err)
		}
	}
}
