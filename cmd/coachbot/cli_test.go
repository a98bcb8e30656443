package main

import (
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"coachbot/bot/slacksim"

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
		"unknown command":            {args: []string{"frobnicate"}, says: `no command "frobnicate"; `},
		"a command misspelt":         {args: []string{"serv"}, says: "did you mean serve?"},
		"a command below misspelt":   {args: []string{"store", "chek"}, says: "did you mean check?"},
		"one argument missing":       {args: []string{"store", "backup"}, says: "usage: coachbot store backup PATH"},
		"a text beside lines":        {args: []string{"check", "--jsonl", "x"}, says: "standard input"},
		"a store into itself":        {args: []string{"store", "copy", "bolt:cli_test.go", "bolt:cli_test.go"}, says: "the same store"},
		"a playbook in no language":  {args: []string{"playbooks", "show", "late-delivery", "--lang", "fr"}, says: `in "fr"`},
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
		"no such digest hour":        {env: []string{"COACH_DIGEST_AT=noon"}, args: []string{"suggest", angry}, says: "COACH_DIGEST_AT"},
		"no such digest day":         {env: []string{"COACH_DIGEST_DAYS=mon-payday"}, args: []string{"suggest", angry}, says: "COACH_DIGEST_DAYS"},
		"retention in words":         {env: []string{"COACH_RETENTION_DAYS=long"}, args: []string{"suggest", angry}, says: "COACH_RETENTION_DAYS=long must be a whole number"},
		"yes and no in words":        {env: []string{"COACH_NO_BUILTIN=maybe"}, args: []string{"suggest", angry}, says: "COACH_NO_BUILTIN=maybe must be true or false"},
		"a time without its unit":    {env: []string{"COACH_AI_TIMEOUT=8"}, args: []string{"suggest", angry}, says: "COACH_AI_TIMEOUT=8 must be a time with its unit, such as 30m or 8s\n"},
		"a person by name":           {env: []string{"COACH_ADMINS=U01,bob"}, args: []string{"suggest", angry}, says: `COACH_ADMINS: "bob" is no user id`},
		"a channel by name":          {env: []string{"COACH_ESCALATION_CHANNELS=#help"}, args: []string{"suggest", angry}, says: `COACH_ESCALATION_CHANNELS: "#help" is no channel id`},
		"a person for a channel":     {env: []string{"COACH_HELP_CHANNEL=U0123"}, args: []string{"suggest", angry}, says: "COACH_HELP_CHANNEL"},
		"a port alone":               {env: []string{"COACH_HTTP_ADDR=80"}, args: []string{"suggest", angry}, says: "COACH_HTTP_ADDR=80 must be"},
		"no such store":              {env: []string{"COACH_STORE=bolt:" + nowhere}, args: []string{"store", "check"}, says: "COACH_STORE"},
		"nothing to export":          {env: []string{"COACH_STORE=bolt:" + nowhere}, args: []string{"export"}, says: "COACH_STORE"},
		"unknown export format":      {args: []string{"export", "--format", "xml"}, says: "--format"},
		"a digest of two kinds":      {args: []string{"digest", "--week", "--month"}, says: "--month"},
		"a digest of no store":       {env: []string{"COACH_STORE=bolt:" + nowhere}, args: []string{"digest"}, says: "COACH_STORE"},
		"a digest to post nowhere":   {args: []string{"digest", "--post"}, says: "SLACK_BOT_TOKEN"},
		"teams of no store":          {env: []string{"COACH_STORE=bolt:" + nowhere}, args: []string{"teams"}, says: "COACH_STORE"},
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

func TestALineOfAnotherKindSaysWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	for line, says := range map[string]string{`{"id":1,"text":"x"}`: `"id" is a number and must be a string`, `[1]`: "of the kind array", `{`: "unexpected end"} {
		r := command(t, nil, line+"\n", "check", "--jsonl")
		if r.code != exitUsage || !strings.Contains(r.errs, "line 1 ") || !strings.Contains(r.errs, says) {
			t.Errorf("%s: exit status %d, %q; want it to say %q", line, r.code, r.errs, says)
		}
	}
}

func TestABackupIntoNoFolderNamesTheFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	env := storeEnv(filepath.Join(dir, "coach.db"))
	s, err := openStore("bolt:"+filepath.Join(dir, "coach.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	none := filepath.Join(dir, "none")
	command(t, env, "", "store", "backup", filepath.Join(none, "b.db")).refused(t, "there is no folder "+none+";")
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
		"shortcuts": {shortcuts, []string{"coach_message", "check_message", "ask_peers", "save_knowledge"}},
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
