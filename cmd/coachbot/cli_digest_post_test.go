package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"coachbot/bot/llm/openai/script"
	"coachbot/bot/slacksim"
	"coachbot/store"
	"coachbot/store/bolt"
)

// noonZone is a zone in which it is about noon now: what takes a minute ends on the
// day on which it began, whenever the test runs.
func noonZone() string {
	switch east := 12 - time.Now().UTC().Hour(); {
	case east > 0:
		return fmt.Sprint("Etc/GMT-", east) // they are named the other way round
	case east < 0:
		return fmt.Sprint("Etc/GMT+", -east)
	}
	return "UTC"
}

// postSite is a workspace with a digest channel, and a store with a case of yesterday.
func postSite(t *testing.T) (x *site, news string) {
	t.Helper()
	x = newSite(t, 1, 1)
	news = x.sim.AddChannel(slacksim.ChannelSpec{ID: "C0NEWS0001", Name: "news", Members: []string{x.people[0].ID()}, WithBot: true})
	x.env = append(x.env, "COACH_DIGEST_CHANNEL="+news, "COACH_DIGEST_AT=00:00", "COACH_TIMEZONE="+noonZone(), "COACH_DIGEST_DAYS=mon-sun", "COACH_LOCALE=en", "COACH_LOG_LEVEL=error")
	path := ""
	for _, kv := range x.env {
		if p, ok := strings.CutPrefix(kv, "COACH_STORE=bolt:"); ok {
			path = p
		}
	}
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at := time.Now().AddDate(0, 0, -1)
	for i, state := range []store.CaseState{store.CaseCalmed, store.CaseOpen} {
		c := store.Case{Workspace: x.sim.TeamID(), Team: store.EnvironmentTeam, Channel: x.channels[0], TS: "179560080" + string(rune('0'+i)) + ".000100",
			State: state, Playbook: "late-delivery", Lang: "en", OpenedAt: at, AdvisedAt: at.Add(3 * time.Second)}
		c.ID, c.Thread = store.CaseID(c.Workspace, c.Channel, c.TS), c.TS
		if err := s.Put(t.Context(), store.Record{Case: &c}); err != nil {
			t.Fatal(err)
		}
	}
	return x, news
}

// digests are a day's digests in the digest channel: roots, and replies in their threads.
// On a Monday and on the first of a month the bot posts others there too.
func (x *site) digests(news string) (roots, details []slacksim.Message) {
	for _, m := range x.sim.BotMessages() {
		switch {
		case m.Channel != news || !strings.Contains(string(m.Metadata), "digest:day:"):
		case m.ThreadTS == "" || m.ThreadTS == m.TS:
			roots = append(roots, m)
		default:
			details = append(details, m)
		}
	}
	return roots, details
}

func (x *site) oneDigest(news string, words ...string) {
	x.t.Helper()
	roots, details := x.digests(news)
	if len(roots) != 1 || len(details) != 1 || details[0].ThreadTS != roots[0].TS {
		x.t.Fatalf("%d digests with %d replies, want one with its thread", len(roots), len(details))
	}
	for _, w := range words {
		if !strings.Contains(roots[0].Text, w) {
			x.t.Errorf("the digest lacks %q: %s", w, roots[0].Text)
		}
	}
}

// The digest is posted once, whoever posts it: the command line, again, and then the bot.
func TestDigestPostedFromTheCommandLine(t *testing.T) {
	x, news := postSite(t)
	for _, want := range []string{"ok: posted\n", "ok: it was posted before; nothing was posted now\n"} {
		r := command(t, x.env, "", "digest", "--post")
		r.done(t)
		if r.out != want {
			t.Errorf("got %q, want %q", r.out, want)
		}
		x.oneDigest(news, "Difficult cases: 2", "Calmed: 1 of 2")
	}
	x.start() // the hour of today's digest has passed: it would be due
	x.until("connected and caught up", x.ready)
	command(t, x.env, "", "digest", "--post").refused(t, "open in another coachbot")
	x.terminate()
	x.oneDigest(news)
}

// The process dies at any moment of posting: the next run finds what Slack took.
func TestDigestPostKilled(t *testing.T) {
	for round := range 4 {
		x, news := postSite(t)
		post := exec.Command(os.Args[0], "digest", "--post")
		post.Env = x.env
		if err := post.Start(); err != nil {
			t.Fatal(err)
		}
		want := 1 + round%2 // after the digest, after its thread
		if err := x.sim.Wait(x.ctx, func() bool { return len(x.sim.Calls("chat.postMessage")) >= want }); err != nil {
			t.Fatal(err)
		}
		_ = post.Process.Kill()
		var exit *exec.ExitError
		if err := post.Wait(); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		command(t, x.env, "", "digest", "--post").done(t)
		x.oneDigest(news, "Difficult cases: 2")
		x.start()
		x.until("connected and caught up", x.ready)
		x.terminate()
		x.oneDigest(news)
	}
}

// Slack took it and the answer was lost: it is found by its metadata in the same run.
func TestDigestPostWhoseAnswerIsLost(t *testing.T) {
	x, news := postSite(t)
	x.sim.Faults().LoseAnswer("chat.postMessage", 1)
	r := command(t, x.env, "", "digest", "--post")
	if r.code != exitDone || r.out != "ok: posted\n" {
		t.Errorf("got %+v", r)
	}
	x.oneDigest(news)
}

// With an AI service the line over it is written by it, when it passes the checks.
func TestDigestPostedWithAnAIService(t *testing.T) {
	for line, shown := range map[string]bool{"One parcel case was calmed, another is still open.": true, "All 97 customers got $400.": false} {
		x, news := postSite(t)
		server := script.New(func(q script.Question) script.Answer {
			if q.Task != "headline" {
				return script.Answer{Text: "junk"}
			}
			return script.Answer{Text: script.Text(line)}
		})
		t.Cleanup(server.Close)
		command(t, append(x.env, "OPENAI_BASE_URL="+server.URL()), "", "digest", "--post").done(t)
		roots, _ := x.digests(news)
		if len(roots) != 1 || strings.Contains(roots[0].Text, line) != shown || strings.Contains(roots[0].Text, "AI") != shown {
			t.Errorf("%q: got %+v", line, roots)
		}
		if !shown {
			x.oneDigest(news, "Difficult cases: 2")
		}
		if len(server.Asked()) == 0 {
			t.Error("the service was not asked")
		}
	}
}
