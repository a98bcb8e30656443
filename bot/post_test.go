package bot

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"coachbot/bot/blocks"
)

// Two workers owe the same post at once: the second waits until the first is recorded,
// since what is on its way to Slack cannot be found there yet.
func TestTheSameSaidTwiceAtOnceStandsOnce(t *testing.T) {
	t.Parallel()
	var posts atomic.Int32
	posting, release := make(chan struct{}, 2), make(chan struct{})
	a := against(t, func(method string) string {
		if method == "chat.postMessage" {
			posts.Add(1)
			posting <- struct{}{}
			<-release
			return `{"ok":true,"channel":"C1","ts":"1.000001"}`
		}
		return `{"ok":true,"messages":[]}`
	})
	var done sync.WaitGroup
	say := func() {
		p, err := a.say(t.Context(), post{key: "k", kind: "note", channel: "C1", message: blocks.Message{Text: "once"}})
		if err != nil || p.TS != "1.000001" {
			t.Errorf("said as %+v, %v", p, err)
		}
	}
	done.Go(say)
	<-posting
	done.Go(say)
	second := func() bool { // it waits for the first
		a.cards.mu.Lock()
		defer a.cards.mu.Unlock()
		l := a.cards.held["post:k"]
		return l != nil && l.users == 2
	}
	for tick := time.NewTicker(time.Millisecond); !second() && posts.Load() < 2; <-tick.C {
	}
	close(release)
	done.Wait()
	if n := posts.Load(); n != 1 {
		t.Errorf("posted %d times", n)
	}
}

// Whether Slack took a private answer is told by its words too, not by the status alone.
func TestAPrivateAnswerThatSlackRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status       int
		body         string
		taken, final bool
	}{
		"taken":                     {200, "ok", true, false},
		"taken, in JSON":            {200, `{"ok":true}`, true, false},
		"refused in words alone":    {200, `{"ok":false,"error":"used_url"}`, false, true},
		"refused by the status too": {404, `{"ok":false,"error":"expired_url"}`, false, true},
		"too many":                  {429, "", false, false},
		"Slack is down":             {503, "<html>", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(tt.status)
				fmt.Fprint(w, tt.body)
			}))
			t.Cleanup(server.Close)
			a := against(t, func(method string) string {
				if method == "conversations.open" {
					return `{"ok":true,"channel":{"id":"D1"}}`
				}
				return `{"ok":true,"channel":"D1","ts":"1.000001"}`
			})
			a.http, a.apiHost = server.Client(), strings.TrimPrefix(server.URL, "http://")
			var permanent permanentError
			err := a.respond(t.Context(), server.URL, blocks.Message{Text: "hello"}, false)
			if (err == nil) != tt.taken || errors.As(err, &permanent) != tt.final {
				t.Errorf("got %v", err)
			}
			if err := a.answer(t.Context(), server.URL, "U1", "k", blocks.Message{Text: "hello"}, false); err != nil {
				t.Fatal(err)
			}
			if p, err := a.store.Post(t.Context(), "k"); (err == nil && p.Sent()) == tt.taken {
				t.Errorf("a direct message: %+v, %v", p, err)
			}
		})
	}
}
