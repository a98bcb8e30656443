package bot

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"coachbot/store"
	"coachbot/store/bolt"
)

// against is an App whose Slack is a function, with a store of its own.
func against(t *testing.T, answer func(method string) string) *App {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, answer(r.URL.Path[1:]))
	}))
	t.Cleanup(server.Close)
	s, err := bolt.Open(filepath.Join(t.TempDir(), "bot.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &App{core: &core{store: s, now: time.Now, log: slog.New(slog.DiscardHandler), self: identity{Workspace: "T1", User: "U0BOT"},
		api: slack.New("xoxb-test", slack.OptionAPIURL(server.URL+"/"))}}
}

// A guest joins while the bot is reading who is in a channel: what it read is not
// believed for ten minutes, or customers would read over the team's shoulder.
func TestWhatIsHeardWhileSlackIsAskedCounts(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		method string
		ask    func(a *App) error
		heard  func(a *App)
		kept   func(a *App) bool
	}{
		"who reads a channel": {"conversations.info", func(a *App) error { _, err := a.audience(t.Context(), "C1"); return err },
			func(a *App) { a.forgetAudience("C1") }, func(a *App) bool { _, ok := a.people.channels["C1"]; return ok }},
		"who is in a channel": {"conversations.members", func(a *App) error { _, err := a.members(t.Context(), "C1"); return err },
			func(a *App) { a.forgetAudience("C1") }, func(a *App) bool { _, ok := a.people.members["C1"]; return ok }},
		"a person": {"users.info", func(a *App) error { _, err := a.person(t.Context(), "U1"); return err },
			func(a *App) { a.forgetPerson("U1") }, func(a *App) bool { _, ok := a.people.persons["U1"]; return ok }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var a *App
			var once sync.Once
			a = against(t, func(method string) string {
				if method == tt.method {
					once.Do(func() { tt.heard(a) })
				}
				return map[string]string{
					"conversations.info":    `{"ok":true,"channel":{"id":"C1","is_member":true}}`,
					"conversations.members": `{"ok":true,"members":["U1"]}`,
					"users.info":            `{"ok":true,"user":{"id":"U1","team_id":"T1"}}`,
				}[method]
			})
			for _, want := range []bool{false, true} { // then nothing is heard, and the answer is believed
				if err := tt.ask(a); err != nil {
					t.Fatal(err)
				}
				if tt.kept(a) != want {
					t.Errorf("the answer is kept: %v, want %v", !want, want)
				}
			}
			if n := len(a.people.asked); n != 0 {
				t.Errorf("%d questions are still under way", n)
			}
		})
	}
}

// A press waits for a post that is on its way, and not for one that never got through.
func TestUnderWay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	a := against(t, func(string) string { return `{"ok":true}` })
	a.now = func() time.Time { return now }
	if _, _, err := a.store.ClaimPost(t.Context(), store.Post{Key: "help:1", Workspace: "T1", Channel: "C1", Kind: "help", ClaimedAt: now}); err != nil {
		t.Fatal(err)
	}
	for after, waits := range map[time.Duration]bool{time.Second: true, 9 * time.Minute: true, 11 * time.Minute: false} {
		a.now = func() time.Time { return now.Add(after) }
		if err := a.underWay(t.Context(), []string{"help:0", "help:1"}); (err != nil) != waits {
			t.Errorf("%v after the claim: %v, want that it waits: %v", after, err, waits)
		}
	}
}
