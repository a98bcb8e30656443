package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coachbot/bot/coach"
	"coachbot/bot/llm/openai/script"
)

const lateParcel = "Three weeks! Nobody tells me anything. Where is my parcel?! This is a disgrace."

func TestSuggestWithAnAIService(t *testing.T) {
	t.Parallel()
	const fitted = "Three weeks of hearing nothing about your parcel would wear anybody out."
	server := script.New(func(q script.Question) script.Answer {
		if q.Task != "suggest" {
			return script.Answer{Text: "junk"}
		}
		return script.Answer{Text: script.Phrases("empathise", fitted, "empathise", "You asked where your parcel is, and nobody told you.")}
	})
	t.Cleanup(server.Close)
	env := []string{"OPENAI_BASE_URL=" + server.URL(), "OPENAI_API_KEY=sk-1", "OPENAI_MODEL=small"}
	r := command(t, env, "", "suggest", "--json", lateParcel)
	r.done(t)
	got := parsed[coach.Advice](t, r.out)
	if got.Source != "llm" || got.Phrases[0].Text != fitted || got.Phrases[0].Playbook != "late-delivery" || len(got.Phrases) < 4 {
		t.Errorf("got %s", r.out)
	}
	if q := server.Asked()[len(server.Asked())-1]; q.Key != "sk-1" || q.Model != "small" {
		t.Errorf("asked %+v", q)
	}
	r = command(t, env, `{"id":"a","text":"`+lateParcel+`"}`+"\n", "suggest", "--jsonl")
	r.done(t)
	if got := parsed[coach.Advice](t, r.out); got.ID != "a" || got.Source != "llm" {
		t.Errorf("by line: got %s", r.out)
	}
}

// A service that is down or talks nonsense changes nothing but where the words come from.
func TestSuggestWithoutHelp(t *testing.T) {
	t.Parallel()
	plain := command(t, nil, "", "suggest", "--json", lateParcel)
	plain.done(t)
	nonsense := script.New(func(script.Question) script.Answer { return script.Answer{Text: "nonsense"} })
	t.Cleanup(nonsense.Close)
	for name, base := range map[string]string{"nonsense": nonsense.URL(), "nobody listens": "http://127.0.0.1:1/v1"} {
		r := command(t, []string{"OPENAI_BASE_URL=" + base, "COACH_AI_TIMEOUT=2s", "COACH_LOG_LEVEL=error"}, "", "suggest", "--json", lateParcel)
		if r.code != exitDone || r.out != plain.out {
			t.Errorf("%s: exit status %d, got %s, want the playbook's answer", name, r.code, r.out)
		}
	}
}

func TestAISettings(t *testing.T) {
	t.Parallel()
	bad := t.TempDir()
	if err := os.WriteFile(filepath.Join(bad, "suggest.en.md"), []byte("=== system\n{{.Nonsense}}\n=== user\nx\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for env, want := range map[string]string{
		"OPENAI_BASE_URL=nowhere":     "OPENAI_BASE_URL must be a web address",
		"COACH_AI_TIMEOUT=0s":         "COACH_AI_TIMEOUT",
		"COACH_AI_CALLS=0":            "COACH_AI_CALLS",
		"COACH_AI_DAILY_TOKENS=-1":    "COACH_AI_DAILY_TOKENS",
		"COACH_PROMPTS=/no/such/dir":  "COACH_PROMPTS",
		"COACH_PROMPTS=" + bad:        "suggest.en.md",
		"COACH_AI_DAILY_TOKENS=a lot": "COACH_AI_DAILY_TOKENS=a lot must be",
	} {
		r := command(t, []string{env}, "", "suggest", "x")
		if r.code != exitUsage || !strings.Contains(r.errs, want) || strings.Count(strings.TrimSpace(r.errs), "\n") > 0 {
			t.Errorf("%s: exit status %d, standard error %q, want one line with %q", env, r.code, r.errs, want)
		}
	}
}
