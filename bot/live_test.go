package bot_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/coach"
	"coachbot/bot/slacksim"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/live"
	"coachbot/playbooks/search"
)

// shelf is a company's folder of playbooks on the real file system.
type shelf struct {
	t   testing.TB
	dir string
}

func (s shelf) write(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s shelf) remove(name string) {
	s.t.Helper()
	if err := os.Remove(filepath.Join(s.dir, filepath.FromSlash(name))); err != nil {
		s.t.Fatal(err)
	}
}

// shelved lets a world work with a folder over base.
func shelved(t testing.TB, dir string, base *playbooks.Set) func(*bot.Options) {
	return func(o *bot.Options) {
		folder, err := live.Open(dir, live.Options{Base: base, Forbidden: func([]byte) func(string) []playbooks.ForbiddenUse { return forbiddenUses }})
		if err != nil {
			t.Fatal(err)
		}
		o.Folder, o.Library = folder, folder.State().Set
		o.Guard = guard.New()
		if o.Engine, err = coach.New(o.Library, o.Guard); err != nil {
			t.Fatal(err)
		}
		if o.Search, err = search.New(o.Library); err != nil {
			t.Fatal(err)
		}
	}
}

// smallLibrary is the built-in one with few examples, quick to train on.
func smallLibrary() *playbooks.Set {
	var list []playbooks.Playbook
	for _, p := range knowledge().set.All() {
		q := *p
		q.Examples = p.Examples[:min(len(p.Examples), 40)]
		list = append(list, q)
	}
	return playbooks.NewSet(list)
}

// drones is a scenario that the built-in library does not have.
func forbiddenUses(text string) (uses []playbooks.ForbiddenUse) {
	for _, f := range guard.New().Check(text) {
		uses = append(uses, playbooks.ForbiddenUse{ID: f.Phrase, Text: f.Text, Start: f.Start})
	}
	return uses
}

func drones(phrase, signals string) string {
	return "---\nid: drone-noise\nlang: en\ntitle: Drone noise\nsummary: Our drones are too loud.\nroot: expectation\nseverity: low\nsignals: [" +
		signals + "]\n---\n## empathise\n- " + phrase + "\n- That noise over your garden wears anybody out.\n## offer\n- I can have the route moved away from your house.\n" +
		"## examples\n- your drone buzzes over my garden all day\n- the drone noise wakes my baby\n- drones above my roof, I cannot sleep\n"
}

const buzz = "> Your drone buzzes over my garden all day long. I am furious!"

// A save is spoken at once, its examples rank soon after, and a file taken away is forgotten.
func TestSavedPlaybooksAreInUse(t *testing.T) {
	t.Parallel()
	s := shelf{t, t.TempDir()}
	x := newWorld(t, shelved(t, s.dir, smallLibrary()))
	answer := func() string {
		before := len(x.whispersSoFar(x.tom, lounge))
		x.slash(x.tom, buzz, lounge)
		return x.whispers(x.tom, lounge, before+1)[before].Text
	}
	if got := answer(); strings.Contains(got, "Drone noise") {
		t.Fatalf("before anybody wrote the playbook it is shown: %q", got)
	}
	s.write("en/drone-noise.md", drones("A buzzing drone all day would drive me mad as well.", "drone"))
	x.until("the new playbook is ranked", func() bool { return strings.Contains(answer(), "would drive me mad") })
	s.write("en/drone-noise.md", drones("Nobody should have to listen to that from morning to night.", "drone"))
	x.until("the new phrase is said", func() bool { return strings.Contains(answer(), "from morning to night") })
	s.remove("en/drone-noise.md")
	x.until("the playbook is forgotten", func() bool { return !strings.Contains(answer(), "Drone noise") })
}

// Admins hear of a fault once, of its mending once, each in their language, and
// of nothing again after a restart.
func TestAdminsHearOfFaultsOnce(t *testing.T) {
	t.Parallel()
	s := shelf{t, t.TempDir()}
	s.write("en/drone-noise.md", drones("That noise is too much.", "drone"))
	x := newWorld(t, shelved(t, s.dir, smallLibrary()), func(o *bot.Options) { o.Admins = []string{"U0ADA0001", "U0MEI0001"} })
	told := func(p *slacksim.Person) (list []string) {
		for _, m := range x.sim.BotMessages() {
			if m.Channel == p.DMChannel() {
				list = append(list, m.Text)
			}
		}
		return list
	}
	broken := strings.Replace(drones("That noise is too much.", "drone"), "title:", "titel:", 1)
	s.write("en/drone-noise.md", broken)
	x.until("the admins are told", func() bool { return len(told(x.ada)) == 1 && len(told(x.mei)) == 1 })
	contains(t, told(x.ada)[0], "en/drone-noise.md", "line 4", `unknown field "titel"; did you mean "title"?`, "last good version")
	contains(t, told(x.mei)[0], "en/drone-noise.md", "第 4 行", `没有 "titel" 这个字段；是不是想写 "title"？`)
	x.said(2)
	contains(t, x.opensHome(x.mei), "en/drone-noise.md:4: 没有", "是不是想写")
	x.stop()
	x.start()
	s.write("en/drone-noise.md", strings.Replace(broken, "too much", "far too much", 1))
	s.write("en/other.md", strings.NewReplacer("drone-noise", "other", "- That noise over", "That noise over", "- I can have", "I can have").Replace(drones("That noise is too much.", "other")))
	x.until("the second fault is told", func() bool { return len(told(x.ada)) == 2 && len(told(x.mei)) == 2 })
	if got := told(x.ada)[1]; strings.Contains(got, "titel") || strings.Count(got, "en/other.md") != 2 || !strings.Contains(got, "line 12") || !strings.Contains(got, "line 14") {
		t.Errorf("the second message is %q, want the new file's two faults alone", got)
	}
	s.write("en/drone-noise.md", drones("That noise is too much.", "drone"))
	s.remove("en/other.md")
	x.until("the mending is told", func() bool { return len(told(x.ada)) == 3 && len(told(x.mei)) == 3 })
	contains(t, told(x.ada)[2], "Without a fault now", "en/drone-noise.md", "No fault is left")
	contains(t, told(x.mei)[2], "已没有错误")
	x.until("the Home tab without the fault", func() bool { return !strings.Contains(string(x.mei.Home().Blocks), "en/drone-noise.md") })
	x.said(6)
}

// A forbidden phrase that somebody saves is never suggested, and the admins hear of it; the rest of its file is in use.
func TestAdminsHearOfAForbiddenPhrase(t *testing.T) {
	t.Parallel()
	s := shelf{t, t.TempDir()}
	s.write("en/drone-noise.md", drones("That noise is too much.", "drone"))
	x := newWorld(t, shelved(t, s.dir, smallLibrary()), func(o *bot.Options) { o.Admins = []string{"U0ADA0001"} })
	s.write("en/drone-noise.md", drones("I don't know why it buzzes.", "drone"))
	x.until("the admin is told", func() bool { return len(x.ada.Messages(x.ada.DMChannel())) == 1 })
	contains(t, x.direct(x.ada, 1)[0].Text, "en/drone-noise.md", "line 11", "dont-know", "never suggested")
	x.slash(x.tom, buzz, lounge)
	if got := x.whispers(x.tom, lounge, 1)[0].Text; strings.Contains(got, "don't know") || !strings.Contains(got, "wears anybody out") {
		t.Errorf("suggested: %q", got)
	}
	s.write("en/drone-noise.md", drones("That noise is far too much.", "drone"))
	x.until("the mending is told", func() bool { return len(x.ada.Messages(x.ada.DMChannel())) == 2 })
	contains(t, x.direct(x.ada, 2)[1].Text, "No fault is left")
}

// Without a name in COACH_ADMINS the workspace's admins in the bot's channels are told.
func TestWorkspaceAdminsHearOfFaults(t *testing.T) {
	t.Parallel()
	s := shelf{t, t.TempDir()}
	s.write("en/drone-noise.md", "broken from the start\n")
	x := newWorld(t, shelved(t, s.dir, smallLibrary()))
	got := x.said(1)[0]
	if got.Channel != x.ada.DMChannel() {
		t.Errorf("told in %s, want ada's direct messages", got.Channel)
	}
	contains(t, got.Text, "en/drone-noise.md", "the front matter is missing")
}

var editionForm = regexp.MustCompile(`edition (\d+)`)

// While up to a hundred messages a second are answered, two hundred files change
// three times, each time when the edition before has been seen in an answer. Every
// answer is of one edition from its title to its last line.
func TestTwoHundredFilesChangeUnderLoad(t *testing.T) {
	t.Parallel()
	const files, people, messages, waiting, editions = 200, 20, 300, 50, 4
	s := shelf{t, t.TempDir()}
	edition := func(n int) {
		s.write(".git/index.lock", "") // as git has it while it changes many files
		for i := range files {
			mark := fmt.Sprintf("of edition %d", n)
			s.write(fmt.Sprintf("en/p%03d.md", i), fmt.Sprintf("---\nid: p%03[1]d\nlang: en\ntitle: Case %[1]d %[2]s\nsummary: S.\nroot: state\n"+
				"severity: low\nsignals: [widget%03[1]d]\n---\n## empathise\n- I hear you about the widget %[2]s.\n- You waited for the widget %[2]s.\n"+
				"## offer\n- I can send the widget %[2]s.\n## commit\n- I call you about the widget %[2]s.\n"+
				"## escalate\n- The widget %[2]s burns -> The lead %[2]s.\n## examples\n- widget%03[1]d never came and I am angry\n- my widget%03[1]d is broken\n", i, mark))
		}
		s.remove(".git/index.lock")
	}
	edition(0)
	x := newWorld(t, quiet, shelved(t, s.dir, nil))
	var agents []*slacksim.Person
	for i := range people {
		agents = append(agents, x.sim.AddUser(slacksim.UserSpec{ID: fmt.Sprintf("U0SHELF%03d", i), Name: fmt.Sprintf("agent-%d", i)}))
		agents[i].Join(lounge)
	}
	// Of each answer the edition; none may hold two.
	answers := make([]int, editions)
	read := make([]int, people) // how many of each person's answers are counted
	count := func() (n int) {
		for i, p := range agents {
			list := x.whispersSoFar(p, lounge)
			for _, m := range list[read[i]:] {
				found := editionForm.FindAllString(m.Text+string(m.Blocks), -1)
				if len(found) < 8 { // title and phrases in text and blocks, the titles of others on buttons
					t.Fatalf("an answer of no edition: %q", m.Text)
				}
				for _, e := range found {
					if e != found[0] {
						t.Fatalf("one answer holds %s and %s: %q", found[0], e, m.Text)
					}
				}
				e, err := strconv.Atoi(editionForm.FindStringSubmatch(found[0])[1])
				if err != nil || e >= editions {
					t.Fatalf("an answer of %s: %q", found[0], m.Text)
				}
				answers[e]++
			}
			read[i] = len(list)
		}
		for _, of := range answers {
			n += of
		}
		return n
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	written, sent := 0, 0
	writing := make(chan struct{})
	close(writing)
	for answered := 0; sent < messages || answers[editions-1] == 0; {
		<-tick.C
		if sent%10 == 0 {
			if answered = count(); sent-answered > waiting && x.ctx.Err() == nil { // a machine too slow for the rate
				continue
			}
		}
		words := fmt.Sprintf("> My widget%03d never came and I am furious. This is a disgrace!", sent%files)
		if _, err := agents[sent%people].Slash(x.ctx, "/coach", words, lounge); err != nil {
			t.Fatalf("after %d messages, with %v answers by edition: %v", sent, answers, err)
		}
		sent++
		if answers[written] == 0 || written == editions-1 {
			continue
		}
		<-writing
		written++
		done := make(chan struct{})
		writing = done
		go func(n int) {
			defer close(done)
			edition(n)
		}(written)
	}
	<-writing
	x.until("every message is answered", func() bool { return count() >= sent })
	if slices.Contains(answers, 0) {
		t.Errorf("answers by edition: %v, want some of each", answers)
	}
}

// BenchmarkSwap is the time from a changed file to its words in use, with the
// built-in library and without waiting for the next look.
func BenchmarkSwap(b *testing.B) {
	s := shelf{b, b.TempDir()}
	s.write("en/drone-noise.md", drones("Edition 0.", "drone"))
	var o bot.Options
	shelved(b, s.dir, smallLibrary())(&o)
	k := bot.Knowledge{Library: o.Library, Guard: o.Guard, Engine: o.Engine, Search: o.Search}
	for i := 1; b.Loop(); i++ {
		s.write("en/drone-noise.md", drones(fmt.Sprintf("Edition %d.", i), "drone"))
		for ok := false; !ok; {
			var state live.State
			if state, ok = o.Folder.Look(); ok {
				if _, err := k.With(state.Set); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}
