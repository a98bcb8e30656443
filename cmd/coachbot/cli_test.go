package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"coachbot/bot/slacksim"
	"coachbot/playbooks/guard"
	"coachbot/store"
	"coachbot/store/bolt"
)

// result is what a command left behind.
type result struct {
	code      int
	out, errs string
}

// command runs the program with an environment and standard input.
func command(t *testing.T, env []string, stdin string, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), args, env, strings.NewReader(stdin), &out, &errs)
	return result{code, out.String(), errs.String()}
}

// refused checks that a command ended with exit status 2 and one line that says each of the words.
func (r result) refused(t *testing.T, words ...string) {
	t.Helper()
	if r.code != exitUsage {
		t.Errorf("exit status %d, want %d; it printed %q", r.code, exitUsage, r.out)
	}
	if !strings.HasPrefix(r.errs, "coachbot: ") || strings.Count(r.errs, "\n") != 1 {
		t.Errorf("standard error: %q, want one line that begins with the program's name", r.errs)
	}
	for _, w := range words {
		if !strings.Contains(r.errs, w) {
			t.Errorf("standard error: %q, want it to say %q", r.errs, w)
		}
	}
}

// done checks that a command ended well and complained of nothing.
func (r result) done(t *testing.T) {
	t.Helper()
	if r.code != exitDone || r.errs != "" {
		t.Fatalf("exit status %d, standard error %q; want 0 and nothing", r.code, r.errs)
	}
}

func parsed[T any](t *testing.T, text string) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%q is no JSON of the shape: %v", text, err)
	}
	return v
}

func write(t *testing.T, text string, path ...string) string {
	t.Helper()
	name := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestHelpOnEveryCommand(t *testing.T) {
	t.Parallel()
	p := &program{in: strings.NewReader(""), out: io.Discard, err: io.Discard}
	var known []string
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		path := strings.Fields(c.CommandPath())[1:]
		known = append(known, strings.Join(path, " "))
		r := command(t, nil, "", append(path, "--help")...)
		if r.code != exitDone || !strings.Contains(r.out, "Usage:") || r.errs != "" {
			t.Errorf("%s --help: exit status %d, standard error %q, output %q", c.CommandPath(), r.code, r.errs, r.out)
		}
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(p.root())
	for _, name := range []string{"demo", "serve", "suggest", "check", "playbooks lint", "playbooks test", "playbooks list",
		"playbooks show", "playbooks new", "playbooks import", "playbooks diff", "digest", "export", "store copy", "store backup",
		"store check", "manifest", "version"} {
		if !slices.Contains(known, name) {
			t.Errorf("there is no command %q; there are %q", name, known)
		}
	}
}

func TestWrongUsageIsRefusedInOneLine(t *testing.T) {
	t.Parallel()
	nowhere := filepath.Join(t.TempDir(), "none")
	tests := map[string]struct {
		env, args []string
		stdin     string
		says      string
	}{
		"unknown command":            {args: []string{"frobnicate"}, says: "frobnicate"},
		"unknown flag":               {args: []string{"suggest", "--frobnicate"}, says: "frobnicate"},
		"too many arguments":         {args: []string{"manifest", "now"}, says: "now"},
		"two formats":                {args: []string{"check", "--json", "--jsonl", "x"}, says: "jsonl"},
		"check without a text":       {args: []string{"check"}, says: "no text"},
		"suggest without a text":     {args: []string{"suggest"}, stdin: " \n", says: "no text"},
		"a text without end":         {args: []string{"check"}, stdin: strings.Repeat("x", maxInput+1), says: "--jsonl"},
		"unknown language":           {args: []string{"suggest", "--lang", "fr", "x"}, says: "--lang"},
		"no playbook folder":         {env: []string{"COACH_PLAYBOOKS=" + nowhere}, args: []string{"suggest", angry}, says: nowhere},
		"no folder to check with":    {env: []string{"COACH_PLAYBOOKS=" + nowhere}, args: []string{"check", "x"}, says: nowhere},
		"no folder to lint":          {args: []string{"playbooks", "lint", "--dir", nowhere}, says: nowhere},
		"no such playbook":           {args: []string{"playbooks", "show", "no-such-thing"}, says: "playbooks list"},
		"a playbook without folder":  {args: []string{"playbooks", "new", "house-rule"}, says: "--dir"},
		"no such time zone":          {env: []string{"COACH_TIMEZONE=Mars/Olympus"}, args: []string{"suggest", angry}, says: "COACH_TIMEZONE"},
		"no such locale":             {env: []string{"COACH_LOCALE=fr"}, args: []string{"suggest", angry}, says: "COACH_LOCALE"},
		"no such log level":          {env: []string{"COACH_LOG_LEVEL=loud"}, args: []string{"suggest", angry}, says: "COACH_LOG_LEVEL"},
		"retention in words":         {env: []string{"COACH_RETENTION_DAYS=long"}, args: []string{"suggest", angry}, says: "Retention"},
		"no such store":              {env: []string{"COACH_STORE=bolt:" + nowhere}, args: []string{"store", "check"}, says: "COACH_STORE"},
		"nothing to export":          {env: []string{"COACH_STORE=bolt:" + nowhere}, args: []string{"export"}, says: "COACH_STORE"},
		"unknown export format":      {args: []string{"export", "--format", "xml"}, says: "--format"},
		"digest":                     {args: []string{"digest", "--team", "x"}, says: "not part of this version"},
		"playbooks import":           {args: []string{"playbooks", "import", "x"}, says: "not part of this version"},
		"playbooks diff":             {args: []string{"playbooks", "diff", "a", "b"}, says: "not part of this version"},
		"a store of another make":    {env: []string{"COACH_STORE=postgres://db/coach"}, args: []string{"store", "check"}, says: "COACH_STORE=bolt:PATH"},
		"a store of no make":         {env: []string{"COACH_STORE=coach.db"}, args: []string{"store", "check"}, says: "bolt:PATH"},
		"health without an address":  {args: []string{"health"}, says: "COACH_HTTP_ADDR"},
		"a page that cannot be seen": {args: []string{"demo", "--addr", "256.0.0.1:1"}, says: "--addr"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			command(t, test.env, test.stdin, test.args...).refused(t, test.says)
		})
	}
}

func TestWithoutACommandItShowsHelp(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"store"}, {"playbooks"}} {
		r := command(t, nil, "", args...)
		if r.code != exitUsage || !strings.Contains(r.out, "Usage:") {
			t.Errorf("coachbot %q: exit status %d, output %q; want 2 and the usage", args, r.code, r.out)
		}
	}
}

func TestServeNamesTheSettingThatIsWrong(t *testing.T) {
	t.Parallel()
	sim := slacksim.New(slacksim.Options{})
	server := sim.Start()
	t.Cleanup(server.Close)
	api, bot, app := "SLACK_API_URL="+server.APIURL(), "SLACK_BOT_TOKEN="+sim.BotToken(), "SLACK_APP_TOKEN="+sim.AppToken()
	tests := map[string]struct{ env, says []string }{
		"nothing set":              {nil, []string{"SLACK_BOT_TOKEN", "OAuth & Permissions"}},
		"no bot token":             {[]string{app}, []string{"SLACK_BOT_TOKEN", "OAuth & Permissions"}},
		"no app token":             {[]string{bot}, []string{"SLACK_APP_TOKEN", "Basic Information"}},
		"tokens swapped":           {[]string{"SLACK_BOT_TOKEN=xapp-1", "SLACK_APP_TOKEN=xoxb-1"}, []string{"SLACK_BOT_TOKEN", "xoxb-"}},
		"app token of wrong kind":  {[]string{bot, "SLACK_APP_TOKEN=xoxb-1"}, []string{"SLACK_APP_TOKEN", "xapp-"}},
		"only a signing secret":    {[]string{"SLACK_SIGNING_SECRET=s"}, []string{"HTTP mode", "SLACK_APP_TOKEN"}},
		"signing secret, no app":   {[]string{bot, "SLACK_SIGNING_SECRET=s"}, []string{"HTTP mode", "SLACK_APP_TOKEN"}},
		"API address is none":      {[]string{bot, app, "SLACK_API_URL=slack"}, []string{"SLACK_API_URL"}},
		"bot token Slack refuses":  {[]string{api, "SLACK_BOT_TOKEN=xoxb-wrong", app}, []string{"SLACK_BOT_TOKEN", "invalid_auth", "OAuth & Permissions"}},
		"app token Slack refuses":  {[]string{api, bot, "SLACK_APP_TOKEN=xapp-wrong"}, []string{"SLACK_APP_TOKEN", "invalid_auth", "Basic Information"}},
		"a store of another make":  {[]string{api, bot, app, "COACH_STORE=postgres://db/coach"}, []string{"COACH_STORE=bolt:PATH"}},
		"a store in no folder":     {[]string{api, bot, app, "COACH_STORE=bolt:/no/such/folder/coach.db"}, []string{"/no/such/folder/coach.db"}},
		"an address that is taken": {[]string{api, bot, app, "COACH_HTTP_ADDR=" + strings.TrimPrefix(server.URL, "http://")}, []string{"COACH_HTTP_ADDR"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := append([]string{"COACH_LOG_LEVEL=error", "COACH_STORE=bolt:" + filepath.Join(t.TempDir(), "coach.db")}, test.env...)
			command(t, env, "", "serve").refused(t, test.says...)
		})
	}
}

func TestCheckFindsForbiddenPhrases(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		draft, phrase, words string
		start, end           int
	}{
		"English":           {"I don't know.", "dont-know", "I don't know", 0, 12},
		"Chinese":           {"我不知道", "dont-know", "我不知道", 0, 4},
		"after other signs": {"😀您好，我不知道。", "dont-know", "我不知道", 4, 8},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := command(t, nil, test.draft, "check", "--json", "--customer", "Where is it?")
			if r.code != exitFailed || r.errs != "" {
				t.Fatalf("exit status %d, standard error %q; want 1 and nothing", r.code, r.errs)
			}
			got := parsed[checkResult](t, r.out)
			if got.ID == "" || got.OK || len(got.Findings) != 1 {
				t.Fatalf("got %s, want one finding, an id and ok false", r.out)
			}
			f := got.Findings[0]
			want := guard.Finding{Phrase: test.phrase, Text: test.words, Start: test.start, End: test.end}
			if f.Phrase != want.Phrase || f.Text != want.Text || f.Start != want.Start || f.End != want.End || len(f.SayInstead) == 0 {
				t.Errorf("got %+v, want %+v with better words", f, want)
			}
			for _, field := range []string{`"phrase"`, `"text"`, `"start"`, `"end"`, `"say_instead"`} {
				if !strings.Contains(r.out, field) {
					t.Errorf("%s lacks the field %s", r.out, field)
				}
			}
			if plain := command(t, nil, "", "check", test.draft); plain.code != exitFailed || !strings.Contains(plain.out, test.phrase) {
				t.Errorf("as text: exit status %d, output %q", plain.code, plain.out)
			}
		})
	}
}

func TestCheckPassesWhatMayBeSaid(t *testing.T) {
	t.Parallel()
	for _, draft := range []string{"您的包裹明天上午送到。", "Your parcel comes tomorrow morning."} {
		command(t, nil, "", "check", draft).done(t)
		r := command(t, nil, "", "check", "--json", draft)
		r.done(t)
		if got := parsed[map[string]any](t, r.out); got["ok"] != true || got["findings"] == nil {
			t.Errorf("got %s, want ok and a list without findings", r.out)
		}
	}
}

func TestCheckManyDrafts(t *testing.T) {
	t.Parallel()
	const good = `{"id":"a","text":"Your parcel comes tomorrow."}` + "\n"
	const bad = `{"id":"b","text":"我不知道","customer":"我的包裹呢？"}` + "\n"
	tests := map[string]struct {
		in   string
		code int
		ids  string
	}{
		"none":              {good, exitDone, "a"},
		"one":               {good + bad, exitFailed, "a b"},
		"no end of line":    {good + strings.TrimSpace(bad), exitFailed, "a b"},
		"a line not to use": {good + "{nonsense\n" + bad, exitUsage, "a b"},
		"no lines":          {"", exitDone, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := command(t, nil, test.in, "check", "--jsonl")
			var ids []string
			for l := range strings.Lines(r.out) {
				ids = append(ids, parsed[checkResult](t, l).ID)
			}
			if got := strings.Join(ids, " "); r.code != test.code || got != test.ids {
				t.Errorf("exit status %d, ids %q; want %d, %q (standard error %q)", r.code, got, test.code, test.ids, r.errs)
			}
		})
	}
}

func TestSuggestHasTheFieldsOfTheInterface(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, lang, playbook string }{
		"English": {angry, "en", "late-delivery"},
		"Chinese": {angryZ, "zh", "late-delivery"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := command(t, nil, test.text, "suggest", "--json")
			r.done(t)
			raw := parsed[map[string]any](t, r.out)
			for _, field := range []string{"id", "lang", "escalation", "severity", "emotions", "customer_type", "personality",
				"playbooks", "phrases", "avoid", "source"} {
				if raw[field] == nil {
					t.Errorf("there is no field %q in %s", field, r.out)
				}
			}
			got := parsed[struct {
				Lang, Severity, Source string
				Escalation             bool
				Emotions               []string
				Playbooks              []struct {
					ID    string
					Score float64
				}
				Phrases []struct{ Step, Text, Playbook string }
				Avoid   []struct {
					Phrase     string
					SayInstead []string `json:"say_instead"`
				}
			}](t, r.out)
			if got.Lang != test.lang || !got.Escalation || got.Source != "playbook" || !slices.Contains([]string{"low", "medium", "high", "critical"}, got.Severity) {
				t.Errorf("got %+v, want an escalation in %s from a playbook", got, test.lang)
			}
			if len(got.Playbooks) == 0 || len(got.Playbooks) > 5 || got.Playbooks[0].ID != test.playbook {
				t.Errorf("playbooks %+v, want up to five with %s first", got.Playbooks, test.playbook)
			}
			for i, p := range got.Playbooks[1:] {
				if p.Score > got.Playbooks[i].Score {
					t.Errorf("playbooks %+v, want the best first", got.Playbooks)
				}
			}
			if len(got.Phrases) < 2 {
				t.Errorf("%d phrases, want at least two", len(got.Phrases))
			}
			for _, p := range got.Phrases {
				if p.Step == "" || p.Playbook == "" || !strings.ContainsRune(".?!。？！…", lastRune(p.Text)) {
					t.Errorf("phrase %+v, want a step, a playbook and a full sentence", p)
				}
			}
			for _, a := range got.Avoid {
				if a.Phrase == "" || len(a.SayInstead) == 0 {
					t.Errorf("avoid %+v, want a phrase and what to say instead", a)
				}
			}
			plain := command(t, nil, "", "suggest", test.text)
			plain.done(t)
			if !strings.Contains(plain.out, got.Phrases[0].Text) {
				t.Errorf("as text it lacks %q:\n%s", got.Phrases[0].Text, plain.out)
			}
		})
	}
}

func lastRune(s string) rune {
	r := []rune(s)
	return r[max(0, len(r)-1)]
}

func TestSuggestHasListsForSmallTalkToo(t *testing.T) {
	t.Parallel()
	r := command(t, nil, "", "suggest", "--json", "Good morning everyone, lunch at twelve?")
	r.done(t)
	got := parsed[map[string]any](t, r.out)
	if got["escalation"] != false || got["severity"] != "none" {
		t.Errorf("got %s, want no escalation", r.out)
	}
	for _, field := range []string{"emotions", "playbooks", "phrases", "avoid"} {
		if _, ok := got[field].([]any); !ok {
			t.Errorf("%s is %v, want a list: scripts count on it", field, got[field])
		}
	}
}

func TestSuggestManyKeepsTheOrderAndTellsABadLine(t *testing.T) {
	t.Parallel()
	line := func(id, text string) string {
		b, err := json.Marshal(map[string]string{"id": id, "text": text})
		if err != nil {
			t.Fatal(err)
		}
		return string(b) + "\n"
	}
	r := command(t, nil, line("z", angry)+"\n"+line("y", angryZ)+"not json\n"+line("x", "Lunch?"), "suggest", "--jsonl")
	var ids []string
	for l := range strings.Lines(r.out) {
		ids = append(ids, parsed[struct{ ID string }](t, l).ID)
	}
	if got, want := strings.Join(ids, " "), "z y x"; got != want {
		t.Errorf("ids %q, want %q", got, want)
	}
	if r.code != exitUsage || !strings.Contains(r.errs, "line 4 ") {
		t.Errorf("exit status %d, standard error %q; want 2 and the number of the line", r.code, r.errs)
	}
}

func TestManifestIsReadyToPaste(t *testing.T) {
	t.Parallel()
	r := command(t, nil, "", "manifest")
	r.done(t)
	var m struct {
		Features struct {
			Commands []struct {
				Command string `yaml:"command"`
			} `yaml:"slash_commands"`
			Shortcuts []struct {
				ID string `yaml:"callback_id"`
			} `yaml:"shortcuts"`
		} `yaml:"features"`
		OAuth struct {
			Scopes struct{ Bot []string } `yaml:"scopes"`
		} `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				Bot []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
			Socket bool `yaml:"socket_mode_enabled"`
		} `yaml:"settings"`
	}
	if err := yaml.Unmarshal([]byte(r.out), &m); err != nil {
		t.Fatalf("the manifest is no YAML: %v", err)
	}
	if len(m.Features.Commands) != 1 || m.Features.Commands[0].Command != "/coach" || !m.Settings.Socket {
		t.Errorf("commands %+v, Socket Mode %t; want /coach and true", m.Features.Commands, m.Settings.Socket)
	}
	var shortcuts []string
	for _, s := range m.Features.Shortcuts {
		shortcuts = append(shortcuts, s.ID)
	}
	for what, list := range map[string]struct{ got, want []string }{
		"shortcuts": {shortcuts, []string{"coach_message", "check_message"}},
		"scopes":    {m.OAuth.Scopes.Bot, []string{"app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "groups:history", "groups:read", "im:history", "im:write", "users:read"}},
		"events":    {m.Settings.Events.Bot, []string{"app_mention", "message.channels", "message.groups", "message.im", "tokens_revoked", "app_uninstalled"}},
	} {
		for _, w := range list.want {
			if !slices.Contains(list.got, w) {
				t.Errorf("%s %q lack %q", what, list.got, w)
			}
		}
	}
}

func TestVersionNamesTheRelease(t *testing.T) {
	t.Parallel()
	r := command(t, nil, "", "version")
	r.done(t)
	if !regexp.MustCompile(`^coachbot \d+\.\d+\.\d+, commit \S+, \S+\n$`).MatchString(r.out) {
		t.Errorf("got %q, want version, commit and Go version", r.out)
	}
}

// filledStore is a store with one case to see, one private and one deleted.
func filledStore(t *testing.T) (path string, s *bolt.Store) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "coach.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for _, k := range []store.Case{
		{TS: "1.1", Text: "A secret, of the customer", Severity: "high", Emotions: []string{"anger", "anxiety"}, State: store.CaseOpen},
		{TS: "1.2", State: store.CaseOpen, Private: true},
		{TS: "1.3", State: store.CaseDeleted},
	} {
		k.ID, k.Workspace, k.Channel, k.Thread, k.OpenedAt = store.CaseID("T0TEAM", "C0DESK", k.TS), "T0TEAM", "C0DESK", k.TS, at
		if _, err := s.UpdateCase(t.Context(), k.ID, func(c *store.Case) error { *c = k; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	return path, s
}

func storeEnv(path string) []string { return []string{"COACH_STORE=bolt:" + path} }

func TestStoreCheck(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	s.Close()
	r := command(t, storeEnv(path), "", "store", "check")
	r.done(t)
	if want := "ok: 3 cases, 0 posts, 0 jobs waiting, 0 given up\n"; r.out != want {
		t.Errorf("got %q, want %q", r.out, want)
	}
}

func TestAForeignFileIsNoStoreAndStaysAsItIs(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"short": "minutes of the meeting", "long": strings.Repeat("minutes of the meeting\n", 4000)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, text, t.TempDir(), "minutes.txt")
			command(t, storeEnv(path), "", "store", "check").refused(t, path)
			if kept, err := os.ReadFile(path); err != nil || string(kept) != text {
				t.Errorf("the file holds %d bytes (%v), want the %d of before", len(kept), err, len(text))
			}
		})
	}
}

func TestAStoreInUseIsBackedUpAndOtherwiseRefused(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	stop := serveBackups(t.Context(), backupName(path), s, slog.New(slog.DiscardHandler))
	t.Cleanup(stop)
	target := filepath.Join(t.TempDir(), "backup.db")
	r := command(t, storeEnv(path), "", "store", "backup", target)
	r.done(t)
	if !strings.HasPrefix(r.out, "ok: ") {
		t.Errorf("got %q, want a line that begins with ok", r.out)
	}
	if r := command(t, storeEnv(target), "", "store", "check"); r.code != exitDone || !strings.HasPrefix(r.out, "ok: 3 cases") {
		t.Errorf("the backup: exit status %d, %q, %q", r.code, r.out, r.errs)
	}
	command(t, storeEnv(path), "", "store", "backup", target).refused(t, "exists already")
	since := time.Now()
	command(t, storeEnv(path), "", "store", "check").refused(t, path)
	if took := time.Since(since); took > 5*time.Second {
		t.Errorf("it took %v to see that the store is in use, want at most 5s", took)
	}
	command(t, storeEnv(path), "", "export").refused(t, path)
}

func TestBackupAndCopyOfAStoreAtRest(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	s.Close()
	dir := t.TempDir()
	command(t, storeEnv(path), "", "store", "backup", filepath.Join(dir, "backup.db")).done(t)
	copied := filepath.Join(dir, "copy.db")
	command(t, nil, "", "store", "copy", "bolt:"+path, "bolt:"+copied).done(t)
	command(t, nil, "", "store", "copy", "bolt:"+path, "bolt:"+copied).refused(t, "empty store")
	for _, name := range []string{"backup.db", "copy.db"} {
		if r := command(t, storeEnv(filepath.Join(dir, name)), "", "store", "check"); r.code != exitDone || !strings.HasPrefix(r.out, "ok: 3 cases") {
			t.Errorf("%s: exit status %d, %q, %q", name, r.code, r.out, r.errs)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("the folder holds %v (%v), want the two files alone", left, err)
	}
}

func TestExportHoldsNoCustomersWordsAndNoPrivateCase(t *testing.T) {
	t.Parallel()
	path, s := filledStore(t)
	s.Close()
	lines := command(t, storeEnv(path), "", "export", "--format", "jsonl", "--kind", "case")
	lines.done(t)
	got := parsed[exportedCase](t, lines.out) // one object: the private and the deleted case are not there
	if got.Kind != "case" || got.TS != "1.1" || got.Severity != "high" || !slices.Equal(got.Emotions, []string{"anger", "anxiety"}) {
		t.Errorf("got %s", lines.out)
	}
	table := command(t, storeEnv(path), "", "export", "--format", "csv")
	table.done(t)
	rows, err := csv.NewReader(strings.NewReader(table.out)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("got %d rows (%v), want a heading and one case: %q", len(rows), err, table.out)
	}
	if i := slices.Index(rows[0], "severity"); rows[0][0] != "kind" || rows[1][0] != "case" || i < 0 || rows[1][i] != "high" {
		t.Errorf("got %q", rows)
	}
	if strings.Contains(lines.out+table.out, "secret") {
		t.Error("a customer's words are in the export")
	}
}

func TestABrokenPlaybookStopsNothingAndIsFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, "---\nid: house-rule\nlang: en\nkind: no-such-kind\n---\n## offer\n- Yes.\n", dir, "en", "house-rule.md")
	env := []string{"COACH_PLAYBOOKS=" + dir}
	r := command(t, env, "", "suggest", "--json", angry)
	if r.code != exitDone || !strings.Contains(r.out, `"late-delivery"`) {
		t.Errorf("suggest: exit status %d, output %q, standard error %q; want advice all the same", r.code, r.out, r.errs)
	}
	for _, args := range [][]string{{"playbooks", "lint", "--dir", dir}, {"playbooks", "lint"}} {
		r := command(t, env, "", args...)
		if r.code != exitFailed || r.out == "" || r.errs != "" {
			t.Fatalf("lint: exit status %d, output %q, standard error %q; want 1 and the faults", r.code, r.out, r.errs)
		}
		form := regexp.MustCompile(`^en/house-rule\.md:[1-9]\d*:[1-9]\d*: .+\n$`)
		for l := range strings.Lines(r.out) {
			if !form.MatchString(l) {
				t.Errorf("lint printed %q, want file:line:column: message", l)
			}
		}
		if !strings.Contains(r.out, "en/house-rule.md:4:") {
			t.Errorf("lint printed %q, want the fault in line 4 among it", r.out)
		}
	}
}

func TestTheBuiltInLibraryIsWithoutFault(t *testing.T) {
	t.Parallel()
	if r := command(t, nil, "", "playbooks", "lint"); r.code != exitDone {
		t.Errorf("exit status %d:\n%s%s", r.code, r.out, r.errs)
	}
}

func TestPlaybooksAreListedShownAndMade(t *testing.T) {
	t.Parallel()
	list := command(t, nil, "", "playbooks", "list")
	list.done(t)
	for _, want := range []string{"en\tlate-delivery", "zh\tlate-delivery"} {
		if !strings.Contains(list.out, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	both := command(t, nil, "", "playbooks", "show", "late-delivery")
	one := command(t, nil, "", "playbooks", "show", "late-delivery", "--lang", "zh")
	both.done(t)
	one.done(t)
	if strings.Count(both.out, "id: late-delivery") != 2 || strings.Count(one.out, "id: late-delivery") != 1 || !strings.Contains(both.out, one.out) {
		t.Error("show prints something else than both languages, and with --lang that one")
	}
	dir := t.TempDir()
	made := command(t, nil, "", "playbooks", "new", "house-rule", "--dir", dir)
	made.done(t)
	command(t, nil, "", "playbooks", "new", "house-rule", "--dir", dir).refused(t, "house-rule.md")
	for _, lang := range []string{"en", "zh"} {
		if _, err := os.Stat(filepath.Join(dir, lang, "house-rule.md")); err != nil {
			t.Errorf("no playbook to start from: %v", err)
		}
	}
}
