package openai_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"coachbot/bot/llm"
	"coachbot/bot/llm/openai"
	"coachbot/bot/llm/openai/script"
)

func serve(t *testing.T, answer func(script.Question) script.Answer) (*script.Server, *openai.Client) {
	t.Helper()
	s := script.New(answer)
	t.Cleanup(s.Close)
	return s, openai.New(openai.Options{Key: "sk-1", BaseURL: s.URL() + "/", Model: "small", EmbeddingModel: "near"})
}

func TestComplete(t *testing.T) {
	t.Parallel()
	s, c := serve(t, func(script.Question) script.Answer { return script.Answer{Text: "hello"} })
	got, err := c.Complete(t.Context(), llm.Request{Task: "suggest", System: "rules", User: "the case", MaxTokens: 300, Schema: `{"type":"object"}`})
	if err != nil || got.Text != "hello" || got.Tokens == 0 {
		t.Errorf("got %+v %v", got, err)
	}
	want := script.Question{Task: "suggest", Model: "small", System: "rules", User: "the case", MaxTokens: 300, Key: "sk-1"}
	if asked := s.Asked(); len(asked) != 1 || !equal(asked[0], want) {
		t.Errorf("asked %+v, want %+v", asked, want)
	}
}

func equal(a, b script.Question) bool {
	return a.Task == b.Task && a.Model == b.Model && a.System == b.System && a.User == b.User && a.MaxTokens == b.MaxTokens && a.Key == b.Key && slices.Equal(a.Texts, b.Texts)
}

// Models that think before they answer are asked in their own words, and to think little.
func TestReasoningModels(t *testing.T) {
	t.Parallel()
	for model, want := range map[string]string{"o3-mini": `{"max_completion_tokens":300,"reasoning_effort":"low"}`, "small": `{"max_tokens":300,"temperature":0.3}`} {
		var body []byte
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ = io.ReadAll(r.Body)
			_, _ = w.Write([]byte(`{"choices":[]}`))
		}))
		c := openai.New(openai.Options{BaseURL: s.URL, Model: model})
		if _, err := c.Complete(t.Context(), llm.Request{MaxTokens: 300}); err != nil {
			t.Error(err)
		}
		s.Close()
		var sent map[string]any
		if err := json.Unmarshal(body, &sent); err != nil {
			t.Fatal(err)
		}
		for _, key := range slices.Collect(maps.Keys(sent)) {
			if key == "model" || key == "messages" || key == "stream" {
				delete(sent, key)
			}
		}
		if got, _ := json.Marshal(sent); string(got) != want {
			t.Errorf("%s is asked %s, want %s", model, got, want)
		}
	}
}

// A server that knows no schemas is asked without, from then on.
func TestNoSchema(t *testing.T) {
	t.Parallel()
	s, c := serve(t, func(q script.Question) script.Answer {
		if q.Task != "" {
			return script.Answer{Status: http.StatusBadRequest}
		}
		return script.Answer{Text: "{}"}
	})
	for range 2 {
		if _, err := c.Complete(t.Context(), llm.Request{Task: "suggest", Schema: `{}`}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.Asked()); n != 3 {
		t.Errorf("asked %d times, want 3", n)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for after, want := range map[string]time.Duration{"7": 7 * time.Second, "": 0, "soon": 0, "99999": time.Hour} {
		_, c := serve(t, func(script.Question) script.Answer { return script.Answer{Status: 429, RetryAfter: after} })
		_, err := c.Complete(t.Context(), llm.Request{})
		var status *llm.StatusError
		if !errors.As(err, &status) || status.Code != 429 || status.RetryAfter != want {
			t.Errorf("Retry-After %q: got %v %+v, want %v", after, err, status, want)
		}
	}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	s := script.New(func(script.Question) script.Answer {
		return script.Answer{Status: 503, RetryAfter: at.Add(time.Minute).Format(http.TimeFormat)}
	})
	defer s.Close()
	c := openai.New(openai.Options{BaseURL: s.URL(), Now: func() time.Time { return at }})
	_, err := c.Complete(t.Context(), llm.Request{})
	var status *llm.StatusError
	if !errors.As(err, &status) || status.RetryAfter != time.Minute {
		t.Errorf("a date: got %v %+v", err, status)
	}
}

func TestJunkAndSilence(t *testing.T) {
	t.Parallel()
	_, c := serve(t, func(script.Question) script.Answer { return script.Answer{Raw: "<html>"} })
	if _, err := c.Complete(t.Context(), llm.Request{}); err == nil {
		t.Error("a page was taken for an answer")
	}
	_, c = serve(t, func(script.Question) script.Answer { return script.Answer{Raw: `{"choices":[]}`} })
	if got, err := c.Complete(t.Context(), llm.Request{}); err != nil || got.Text != "" {
		t.Errorf("no choices: got %+v %v", got, err)
	}
	never := make(chan struct{})
	_, c = serve(t, func(script.Question) script.Answer { return script.Answer{Hold: never} })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := c.Complete(ctx, llm.Request{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the end of the wait", err)
	}
	if _, err := openai.New(openai.Options{BaseURL: "http://127.0.0.1:1/v1"}).Complete(t.Context(), llm.Request{}); err == nil {
		t.Error("nobody listens there")
	}
}

// Whatever a server sends, the caller gets an answer or an error in time, and the key goes nowhere else.
func TestMisbehavingServers(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the words were sent elsewhere") }))
	t.Cleanup(elsewhere.Close)
	completion := func(message string) string { return `{"choices":[{"index":0,"message":` + message + `}]}` }
	body := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
	}
	for name, tt := range map[string]struct {
		serve http.HandlerFunc
		text  string
		fails bool
	}{
		"stops in the middle": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"choices":[{"message":{"content":"half`)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, "", true},
		"never ends": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"choices":[{"message":{"content":"`)
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, strings.Repeat("a", 1<<16)); err != nil {
					return
				}
			}
		}, "", true},
		"breaks off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"choices":[{"mess`)
		}, "", true},
		"sends elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		}, "", true},
		"moved": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) }, "", true},
		"a page": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<p>hi")
		}, "", true},
		"no body": {body(""), "", true},
		"a list":  {body("[]"), "", true},
		"another type": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(w, completion(`{"content":"fine"}`))
		}, "fine", false},
		"broken letters":      {body(completion("{\"content\":\"a\xff\"}")), "a\ufffd", false},
		"an error with 200":   {body(`{"error":{"message":"overloaded"}}`), "", false},
		"a refusal":           {body(completion(`{"content":null,"refusal":"I cannot help with that."}`)), "", false},
		"a tool call":         {body(completion(`{"content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"refund","arguments":"{}"}}]}`)), "", false},
		"no message":          {body(`{"choices":[{}]}`), "", false},
		"many choices":        {body(`{"choices":[{"message":{"content":"first"}},{"message":{"content":"second"}}]}`), "first", false},
		"more than it counts": {body(`{"choices":[{"message":{"content":"x"}}],"usage":{"total_tokens":-5}}`), "x", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(tt.serve)
			t.Cleanup(s.Close)
			c := openai.New(openai.Options{Key: "sk-secret", BaseURL: s.URL + "/v1", Model: "m"})
			ctx := t.Context()
			if tt.fails { // perhaps with the time alone; a good answer may take as long as a busy machine needs
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 2*time.Second)
				defer cancel()
			}
			got, err := c.Complete(ctx, llm.Request{Task: "suggest", User: "words"})
			if (err != nil) != tt.fails || got.Text != tt.text {
				t.Errorf("got %.40q %v", got.Text, err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells the key: %v", err)
			}
		})
	}
}

func TestEmbed(t *testing.T) {
	t.Parallel()
	_, c := serve(t, func(script.Question) script.Answer { return script.Answer{} })
	v, tokens, err := c.Embed(t.Context(), []string{"late parcel", "refund"})
	if err != nil || tokens == 0 || len(v) != 2 || !slices.Equal(v[0], script.Vector("late parcel")) || !slices.Equal(v[1], script.Vector("refund")) {
		t.Errorf("got %v %d %v", v, tokens, err)
	}
	_, c = serve(t, func(script.Question) script.Answer { return script.Answer{Raw: `{"data":[]}`} })
	if _, _, err := c.Embed(t.Context(), []string{"a"}); err == nil {
		t.Error("a vector is missing and nobody said so")
	}
}
