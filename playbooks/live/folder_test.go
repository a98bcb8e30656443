package live_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"coachbot/playbooks"
	"coachbot/playbooks/live"
)

// scenario is a whole file, as short as may be, with a title of its own.
func scenario(id, title string) string {
	return fmt.Sprintf("---\nid: %s\nlang: en\ntitle: %s\nsummary: S.\nroot: state\nseverity: low\nsignals: [late]\n---\n## offer\n- %s can be done.\n", id, title, title)
}

// desk is a folder of playbooks with somebody working in it.
type desk struct {
	t      *testing.T
	dir    string
	folder *live.Folder
}

func newDesk(t *testing.T, o live.Options, files map[string]string) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir()}
	d.write("en/a.md", scenario("a", "old"))
	for name, text := range files {
		d.write(name, text)
	}
	d.open(o)
	return d
}

func (d *desk) open(o live.Options) {
	d.t.Helper()
	f, err := live.Open(d.dir, o)
	if err != nil {
		d.t.Fatal(err)
	}
	d.folder = f
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) write(name, text string) {
	d.t.Helper()
	d.must(os.MkdirAll(filepath.Dir(d.path(name)), 0o755))
	d.must(os.WriteFile(d.path(name), []byte(text), 0o600))
}

// looks is how many looks it took until something new was taken in; -1: it never was.
func (d *desk) looks(most int) int {
	for n := range most {
		if s, ok := d.folder.Look(); ok && !s.Calm {
			return n + 1
		}
	}
	return -1
}

// taken waits for what is within a second's looks.
func (d *desk) taken() live.State {
	d.t.Helper()
	if d.looks(int(time.Second/live.Every)) < 0 {
		d.t.Fatal("nothing was taken in within a second")
	}
	return d.folder.State()
}

// titles are the titles in use, by id.
func titles(s live.State) string {
	var list []string
	for _, p := range s.Set.All() {
		list = append(list, p.Lang+"/"+p.ID+"="+p.Title)
	}
	return strings.Join(list, " ")
}

func (d *desk) uses(want string) {
	d.t.Helper()
	if got := titles(d.folder.State()); got != want {
		d.t.Errorf("in use: %s\nwant:   %s", got, want)
	}
}

// How editors save: each leaves the new text in a.md.
func TestEditorsSaves(t *testing.T) {
	t.Parallel()
	now := scenario("a", "new")
	for name, save := range map[string]func(d *desk){
		"vim: renames the old one away, writes anew": func(d *desk) {
			d.write("en/.a.md.swp", "swap")
			d.write("en/4913", "")
			d.must(os.Remove(d.path("en/4913")))
			d.must(os.Rename(d.path("en/a.md"), d.path("en/a.md~")))
			d.write("en/a.md", now)
			d.must(os.Remove(d.path("en/a.md~")))
			d.must(os.Remove(d.path("en/.a.md.swp")))
		},
		"VS Code: cuts the file and writes into it": func(d *desk) {
			d.must(os.Truncate(d.path("en/a.md"), 0))
			d.folder.Look()
			d.write("en/a.md", strings.TrimSuffix(now, "\n"))
		},
		"nano: writes into it": func(d *desk) { d.write("en/a.md", now) },
		"emacs: locks, keeps a copy": func(d *desk) {
			d.must(os.Symlink("ann@desk.1", d.path("en/.#a.md")))
			d.write("en/#a.md#", "half")
			d.must(os.Rename(d.path("en/a.md"), d.path("en/a.md~")))
			d.write("en/a.md", now)
			d.must(os.Remove(d.path("en/#a.md#")))
			d.must(os.Remove(d.path("en/.#a.md")))
		},
		"sed -i": func(d *desk) {
			d.must(exec.Command("sed", "-i", "s/old/new/", d.path("en/a.md")).Run())
		},
		"JetBrains: a new file over the old one": func(d *desk) {
			d.write("en/a.md___jb_tmp___", now)
			d.must(os.Rename(d.path("en/a.md"), d.path("en/a.md___jb_old___")))
			d.must(os.Rename(d.path("en/a.md___jb_tmp___"), d.path("en/a.md")))
			d.must(os.Remove(d.path("en/a.md___jb_old___")))
		},
		"Dropbox, rsync, Syncthing: a hidden file over the old one": func(d *desk) {
			d.write("en/.a.md.Xy12", now[:40])
			d.folder.Look()
			d.write("en/.a.md.Xy12", now)
			d.must(os.Rename(d.path("en/.a.md.Xy12"), d.path("en/a.md")))
		},
		"Obsidian: writes into it, keeps its own folders": func(d *desk) {
			d.must(os.MkdirAll(d.path(".trash/en"), 0o755))
			d.write(".obsidian/workspace.json", "{}")
			d.write("en/.obsidian/a.md", "no playbook")
			d.write("en/a.md", strings.TrimSuffix(now, "\n"))
		},
		"Notepad: Windows' line ends and a mark": func(d *desk) {
			d.write("en/a.md", "\ufeff"+strings.ReplaceAll(now, "\n", "\r\n"))
		},
		"in pieces": func(d *desk) {
			f, err := os.Create(d.path("en/a.md"))
			d.must(err)
			for _, piece := range []string{now[:30], now[30:90], now[90:]} {
				_, err := f.WriteString(piece)
				d.must(err)
				d.folder.Look()
			}
			d.must(f.Close())
		},
		"the same length, the same second": func(d *desk) {
			info, err := os.Stat(d.path("en/a.md"))
			d.must(err)
			d.write("en/a.tmp", now)
			d.must(os.Chtimes(d.path("en/a.tmp"), info.ModTime(), info.ModTime()))
			d.must(os.Rename(d.path("en/a.tmp"), d.path("en/a.md")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, live.Options{}, nil)
			save(d)
			s := d.taken()
			d.uses("en/a=new")
			if len(s.Faults) > 0 {
				t.Errorf("faults: %v", s.Faults)
			}
			if d.looks(20) >= 0 {
				t.Error("one save was taken in twice")
			}
		})
	}
}

// A file that is cut off where it still reads well is waited for.
func TestHalfWrittenFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t, live.Options{}, nil)
	whole := scenario("a", "new") + "- One more can be done.\n"
	d.write("en/a.md", whole[:len(whole)-12])
	if n := d.looks(3); n >= 0 {
		t.Errorf("half a file was taken in at look %d", n)
	}
	d.write("en/a.md", whole)
	s := d.taken()
	p, _ := s.Set.ByID("a", "en")
	if got := len(p.Steps[playbooks.Offer]); got != 2 {
		t.Errorf("%d phrases, want 2", got)
	}
}

func TestBrokenFileKeepsItsLastGoodVersion(t *testing.T) {
	t.Parallel()
	d := newDesk(t, live.Options{}, map[string]string{"en/b.md": scenario("b", "old")})
	d.write("en/a.md", "---\nid: a\nlang: en\ntitel: x\n---\n")
	d.write("en/b.md", scenario("b", "new"))
	s := d.taken()
	d.uses("en/a=old en/b=new")
	if len(s.Faults) == 0 || s.Faults[0].File != "en/a.md" || s.Faults[0].Line < 1 {
		t.Fatalf("faults: %v", s.Faults)
	}
	calm := 0
	for range 40 {
		if s, ok := d.folder.Look(); ok && s.Calm {
			calm++
		}
	}
	if calm != 1 {
		t.Errorf("%d times calm, want once", calm)
	}
	d.write("en/a.md", scenario("a", "mended"))
	if s := d.taken(); len(s.Faults) > 0 {
		t.Errorf("faults after mending: %v", s.Faults)
	}
	d.uses("en/a=mended en/b=new")
	d.must(os.Remove(d.path("en/a.md")))
	d.taken()
	d.uses("en/b=new")
}

func TestDeletedAndRenamed(t *testing.T) {
	t.Parallel()
	base := playbooks.NewSet([]playbooks.Playbook{{ID: "a", Lang: "en", Title: "built in", Kind: playbooks.Scenario}})
	d := newDesk(t, live.Options{Base: base}, nil)
	d.uses("en/a=old")
	d.must(os.Rename(d.path("en/a.md"), d.path("en/b.md")))
	if s := d.taken(); len(s.Faults) != 1 || !strings.Contains(s.Faults[0].Message, `the file is called "b.md"`) {
		t.Errorf("faults: %v", s.Faults)
	}
	d.uses("en/a=built in")
	d.write("en/b.md", scenario("b", "renamed"))
	d.taken()
	d.uses("en/a=built in en/b=renamed")
	d.must(os.RemoveAll(d.path("en")))
	d.taken()
	d.uses("en/a=built in")
}

// A folder from which the last scenario is taken stays as it was, and says so.
func TestNothingLeft(t *testing.T) {
	t.Parallel()
	d := newDesk(t, live.Options{}, nil)
	d.must(os.RemoveAll(d.path("en")))
	if s := d.taken(); len(s.Faults) != 1 || !strings.Contains(s.Faults[0].Message, "no scenario is left") {
		t.Errorf("faults: %v", s.Faults)
	}
	d.uses("en/a=old")
	d.must(os.RemoveAll(d.dir))
	if s := d.taken(); len(s.Faults) != 1 || !strings.Contains(s.Faults[0].Message, "cannot be read") {
		t.Errorf("faults: %v", s.Faults)
	}
	d.uses("en/a=old")
	d.write("en/a.md", scenario("a", "back"))
	if s := d.taken(); len(s.Faults) > 0 {
		t.Errorf("faults: %v", s.Faults)
	}
	d.uses("en/a=back")
}

// What is wrong stays told while something else goes wrong too.
func TestNothingLeftButABrokenFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t, live.Options{}, nil)
	d.must(os.RemoveAll(d.path("en")))
	d.taken()
	d.write("en/a.md", "broken\n")
	s := d.taken()
	var said []string
	for _, f := range s.Faults {
		said = append(said, f.Message)
	}
	if !strings.Contains(strings.Join(said, "; "), "no scenario is left") {
		t.Errorf("faults: %v", s.Faults)
	}
	d.uses("en/a=old")
}

// A broken file that could not be read for a while is as broken when it comes back.
func TestBrokenFileComesBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t, live.Options{}, map[string]string{"en/b.md": scenario("b", "old")})
	d.write("en/b.md", "broken\n")
	was := d.taken().Faults
	d.must(os.Rename(d.path("en/b.md"), d.path("en/b.md~")))
	d.must(os.Symlink("nowhere", d.path("en/b.md")))
	if s := d.taken(); len(s.Faults) != 1 || !strings.Contains(s.Faults[0].Message, "cannot be read") {
		t.Errorf("faults: %v", s.Faults)
	}
	d.must(os.Rename(d.path("en/b.md~"), d.path("en/b.md")))
	if s := d.taken(); len(was) == 0 || fmt.Sprint(s.Faults) != fmt.Sprint(was) {
		t.Errorf("faults: %v, were %v", s.Faults, was)
	}
	d.uses("en/a=old en/b=old")
}

// Kubernetes swaps one link; the files below it are others then.
func TestConfigMapSwap(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := &desk{t: t, dir: dir}
	d.write("..2026_1/en/a.md", scenario("a", "old"))
	d.write("..2026_1/en/b.md", scenario("b", "old"))
	d.must(os.Symlink("..2026_1", d.path("..data")))
	d.must(os.Symlink("..data/en", d.path("en")))
	d.open(live.Options{})
	d.uses("en/a=old en/b=old")
	d.write("..2026_2/en/a.md", scenario("a", "new"))
	d.write("..2026_2/en/c.md", scenario("c", "new"))
	d.must(os.Symlink("..2026_2", d.path("..data_tmp")))
	d.must(os.Rename(d.path("..data_tmp"), d.path("..data")))
	d.must(os.RemoveAll(d.path("..2026_1")))
	d.taken()
	d.uses("en/a=new en/c=new")
}

// A release folder is a link that is swapped from outside.
func TestFolderItselfIsALink(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	d := &desk{t: t, dir: filepath.Join(root, "current")}
	at := &desk{t: t, dir: root}
	at.write("1/en/a.md", scenario("a", "one"))
	at.write("2/en/a.md", scenario("a", "two"))
	d.must(os.Symlink("1", d.dir))
	d.open(live.Options{})
	d.must(os.Symlink("2", filepath.Join(root, "next")))
	d.must(os.Rename(filepath.Join(root, "next"), d.dir))
	d.taken()
	d.uses("en/a=two")
}

// A pull changes fifty files: none is used before all are there.
func TestGitPull(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		if strings.Contains(os.Getenv("COACH_TEST_REQUIRE"), "git") {
			t.Fatal("git is not installed, and this run requires it")
		}
		t.Skip("git is not installed")
	}
	d := &desk{t: t, dir: t.TempDir()}
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", d.dir, "-c", "user.name=a", "-c", "user.email=a@b.c"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
	git("init", "-q", "-b", "main")
	for _, title := range []string{"old", "new"} {
		for i := range 50 {
			id := fmt.Sprintf("p%02d", i)
			d.write("en/"+id+".md", scenario(id, title))
		}
		git("add", "-A")
		git("commit", "-q", "-m", title)
	}
	git("checkout", "-q", "HEAD~1")
	d.open(live.Options{})
	for i := range 50 { // half of a slow pull, git still at work
		if i == 25 {
			break
		}
		id := fmt.Sprintf("p%02d", i)
		d.write("en/"+id+".md", scenario(id, "new"))
	}
	d.write(".git/index.lock", "")
	if n := d.looks(20); n >= 0 {
		t.Errorf("half a pull was taken in at look %d", n)
	}
	d.must(os.Remove(d.path(".git/index.lock")))
	git("checkout", "-q", "-f", "main")
	s := d.taken()
	for _, p := range s.Set.All() {
		if p.Title != "new" {
			t.Errorf("%s is %q", p.ID, p.Title)
		}
	}
	if d.looks(20) >= 0 {
		t.Error("one pull was taken in twice")
	}
}

func TestUnreadableFileKeepsItsLastGoodVersion(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 {
		// Root reads everything; a link to nowhere cannot be read by anybody.
		d := newDesk(t, live.Options{}, map[string]string{"en/b.md": scenario("b", "old")})
		d.must(os.Remove(d.path("en/a.md")))
		d.must(os.Symlink("nowhere", d.path("en/a.md")))
		if s := d.taken(); len(s.Faults) != 1 || !strings.Contains(s.Faults[0].Message, "cannot be read") {
			t.Errorf("faults: %v", s.Faults)
		}
		d.uses("en/a=old en/b=old")
		return
	}
	d := newDesk(t, live.Options{}, map[string]string{"en/b.md": scenario("b", "old")})
	d.must(os.Chmod(d.path("en/a.md"), 0))
	if s := d.taken(); len(s.Faults) != 1 || !strings.Contains(s.Faults[0].Message, "permission denied") {
		t.Errorf("faults: %v", s.Faults)
	}
	d.uses("en/a=old en/b=old")
}

func TestForbiddenPhrasesAreReadAnew(t *testing.T) {
	t.Parallel()
	check := func(data []byte) []playbooks.Fault {
		if strings.Contains(string(data), "bad") {
			return []playbooks.Fault{{File: playbooks.ForbiddenFile, Line: 1, Col: 1, Message: "bad"}}
		}
		return nil
	}
	d := newDesk(t, live.Options{CheckForbidden: check}, map[string]string{playbooks.ForbiddenFile: "good 1\n"})
	d.write(playbooks.ForbiddenFile, "bad 2\n")
	if s := d.taken(); len(s.Faults) != 1 || string(s.Set.Forbidden) != "good 1\n" {
		t.Errorf("faults %v, in use %q", s.Faults, s.Set.Forbidden)
	}
	d.write(playbooks.ForbiddenFile, "good 3\n")
	if s := d.taken(); len(s.Faults) != 0 || string(s.Set.Forbidden) != "good 3\n" {
		t.Errorf("faults %v, in use %q", s.Faults, s.Set.Forbidden)
	}
	d.must(os.Remove(d.path(playbooks.ForbiddenFile)))
	if s := d.taken(); len(s.Faults) != 0 || s.Set.Forbidden != nil {
		t.Errorf("faults %v, in use %q", s.Faults, s.Set.Forbidden)
	}
}

// A forbidden phrase is told and leaves its file in use; one that a company forbids later is
// found in the files that are there already.
func TestForbiddenPhrasesInFilesAreTold(t *testing.T) {
	t.Parallel()
	find := func(extra []byte) func(string) []playbooks.ForbiddenUse {
		phrases := append([]string{"no idea"}, strings.Fields(string(extra))...)
		return func(text string) (uses []playbooks.ForbiddenUse) {
			for _, phrase := range phrases {
				if at := strings.Index(text, phrase); at >= 0 {
					uses = append(uses, playbooks.ForbiddenUse{ID: "x", Text: phrase, Start: at})
				}
			}
			return uses
		}
	}
	d := newDesk(t, live.Options{Forbidden: find}, nil)
	said := func(title, phrase string) string {
		return scenario("a", title) + "- " + phrase + "\n"
	}
	expect := func(title string, words ...string) {
		t.Helper()
		s := d.taken()
		var got []string
		for _, f := range s.Faults {
			if !f.Used || f.Warning {
				t.Errorf("%v is told as a fault of another kind", f)
			}
			got = append(got, strings.Split(f.Message, `"`)[1])
		}
		if !slices.Equal(got, words) {
			t.Errorf("told of %q, want %q", got, words)
		}
		d.uses("en/a=" + title)
	}
	d.write("en/a.md", said("new", "I have no idea yet."))
	expect("new", "no idea")
	d.write(playbooks.ForbiddenFile, "voucher\n")
	expect("new", "no idea")
	d.write("en/a.md", said("newer", "I can send a voucher."))
	expect("newer", "voucher")
	d.must(os.Remove(d.path(playbooks.ForbiddenFile)))
	expect("newer")
}

// A file that is away only while the folder is read, and then back as it was, is in use again.
func TestWhatIsAwayWhileTheFolderIsRead(t *testing.T) {
	t.Parallel()
	var d *desk
	back := func() {}
	d = newDesk(t, live.Options{CheckForbidden: func([]byte) []playbooks.Fault { back(); return nil }},
		map[string]string{"en/b.md": scenario("b", "old"), playbooks.ForbiddenFile: "one\n"})
	for _, name := range []string{"en/a.md", playbooks.ForbiddenFile} {
		d.must(os.Rename(d.path(name), d.path(name)+"~"))
	}
	d.write(playbooks.ForbiddenFile, "two\n")
	back = func() {
		back = func() {}
		for _, name := range []string{"en/a.md", playbooks.ForbiddenFile} {
			d.must(os.Rename(d.path(name)+"~", d.path(name)))
		}
	}
	d.taken()
	d.uses("en/a=old en/b=old")
	if got := string(d.folder.State().Set.Forbidden); got != "one\n" {
		t.Errorf("forbidden: %q", got)
	}
}

// What only breaks keeps the set itself: nothing has to be learnt anew.
func TestBrokenFileKeepsTheSet(t *testing.T) {
	t.Parallel()
	d := newDesk(t, live.Options{}, nil)
	before := d.folder.State().Set
	d.write("en/a.md", "broken\n")
	if d.taken().Set != before {
		t.Error("the set was made anew")
	}
}

func TestOpenWithoutFolder(t *testing.T) {
	t.Parallel()
	if _, err := live.Open(filepath.Join(t.TempDir(), "nowhere"), live.Options{}); err == nil {
		t.Error("no error")
	}
}

// BenchmarkSwapOne is the time from a changed file among a thousand to the new set.
func BenchmarkTakeOne(b *testing.B) {
	dir := b.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "en"), 0o755); err != nil {
		b.Fatal(err)
	}
	for i := range 1000 {
		id := fmt.Sprintf("p%03d", i)
		if err := os.WriteFile(filepath.Join(dir, "en", id+".md"), []byte(scenario(id, "old")), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	f, err := live.Open(dir, live.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		if err := os.WriteFile(filepath.Join(dir, "en", "p500.md"), []byte(scenario("p500", fmt.Sprint("new ", i))), 0o600); err != nil {
			b.Fatal(err)
		}
		for ok := false; !ok; {
			_, ok = f.Look()
		}
	}
}

// A pipe or a device named like a playbook is told and never waited for.
func TestNoFileIsNeverWaitedFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t, live.Options{}, nil)
	d.must(syscall.Mkfifo(d.path("en/pipe.md"), 0o600))
	d.must(os.Symlink("/dev/zero", d.path("en/zero.md")))
	s := d.taken()
	if len(s.Faults) != 2 || !strings.Contains(s.Faults[0].Message, "a device or a pipe") {
		t.Errorf("faults %v, want those of pipe and device", s.Faults)
	}
	d.write("en/a.md", scenario("a", "new"))
	d.taken()
	d.uses("en/a=new")
}

// A file that a cloud service took off the disk to save room is not deleted: its last
// good version stays in use, and admins hear where it is.
func TestFileKeptInTheCloud(t *testing.T) {
	t.Parallel()
	d := newDesk(t, live.Options{}, map[string]string{"en/b.md": scenario("b", "b")})
	d.must(os.Rename(d.path("en/a.md"), d.path("en/.a.md.icloud")))
	s := d.taken()
	d.uses("en/a=old en/b=b")
	if len(s.Faults) != 1 || s.Faults[0].File != "en/a.md" || !strings.Contains(s.Faults[0].Message, "iCloud") || !strings.Contains(s.Faults[0].In("zh"), "iCloud") {
		t.Errorf("faults %v, want that a.md lies in the cloud", s.Faults)
	}
	d.must(os.Remove(d.path("en/.a.md.icloud")))
	d.write("en/a.md", scenario("a", "new"))
	if s := d.taken(); len(s.Faults) > 0 {
		t.Errorf("downloaded again: %v", s.Faults)
	}
	d.uses("en/a=new en/b=b")
}

// Two people's versions that a synchronising service keeps side by side are told.
func TestConflictedCopy(t *testing.T) {
	t.Parallel()
	d := newDesk(t, live.Options{}, nil)
	d.write("en/a (Ann's conflicted copy 2026-11-25).md", scenario("a", "hers"))
	d.write("en/a.sync-conflict-20261125-101500-ABCDEFG.md", scenario("a", "theirs"))
	s := d.taken()
	d.uses("en/a=old")
	if len(s.Faults) != 2 || !strings.Contains(s.Faults[0].Message, "conflicted copy") {
		t.Errorf("faults %v, want one a copy", s.Faults)
	}
}
