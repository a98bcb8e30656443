package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"coachbot/bot/digest"
	"coachbot/store"
)

// spoken is output that is read while it is written.
type spoken struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *spoken) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *spoken) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// TestDemoShowsADigestInAMinute: the button that moves the clock to the next morning brings the digest of today.
func TestDemoShowsADigestInAMinute(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	run1, stop := context.WithCancel(ctx)
	var out, errs spoken
	done := make(chan int, 1)
	go func() {
		done <- run(run1, []string{"demo", "--addr", "127.0.0.1:0"}, nil, strings.NewReader(""), &out, &errs)
	}()
	defer func() {
		stop()
		if code := <-done; code != exitDone {
			t.Errorf("the demo ended with %d: %s", code, errs.String())
		}
	}()
	poll := func(what string, look func() bool) {
		t.Helper()
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for !look() {
			select {
			case <-ctx.Done():
				t.Fatalf("never: %s; %s", what, errs.String())
			case <-tick.C:
			}
		}
	}
	var base string
	poll("the page's address", func() bool {
		base = regexp.MustCompile(`http://[0-9.:]+`).FindString(out.String())
		return base != ""
	})
	state := func() string {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/web/state?me="+demoLin, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return ""
		}
		defer resp.Body.Close()
		data, _ := io.ReadAll(resp.Body)
		var v struct {
			Morning bool `json:"morning"`
		}
		if json.Unmarshal(data, &v) != nil || !v.Morning {
			t.Errorf("the page has no button: %.200s", data)
		}
		return string(data)
	}
	poll("two cases answered", func() bool { return strings.Count(state(), "suggestion_used") >= 2 })
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/web/morning", strings.NewReader(`{"me":"`+demoLin+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("the button answers %v, %v", resp, err)
	}
	resp.Body.Close()
	poll("the digest", func() bool { return strings.Contains(state(), `"digest_read"`) })
}

// Whenever it is pressed, the button goes to the first morning that tells of today: a
// demo begun before nine, or late in Shanghai, shows no digest of an empty yesterday.
func TestTheNextMorningTellsOfToday(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"UTC", "Asia/Shanghai", "America/New_York"} {
		team := store.Team{Zone: zone, Digest: "C1", DigestAt: "09:00", DigestDays: store.Days()}
		for hour := range 48 {
			now := time.Date(2026, 10, 31, 0, 30, 0, 0, time.UTC).Add(time.Duration(hour) * time.Hour) // clocks go back in New York
			at, ok := morningOf(team, now)
			s, due := digest.Due(team, store.DigestDay, at.Add(time.Second))
			if !ok || !due || s.From.After(now) || !s.To.After(now) || at.Sub(now) > 34*time.Hour {
				t.Errorf("%s at %s: to %s, which tells of %s to %s", zone, now, at, s.From, s.To)
			}
		}
		if _, ok := morningOf(store.Team{Zone: zone}, time.Now()); ok {
			t.Error("a team without a digest has a morning")
		}
	}
}
