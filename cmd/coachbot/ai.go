package main

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"coachbot/bot"
	"coachbot/bot/coach"
	"coachbot/bot/llm"
	"coachbot/bot/llm/openai"
	"coachbot/bot/mask"
	"coachbot/prompts"
)

// aiConfig is the part of the environment that is about an AI service.
type aiConfig struct {
	Key     string `env:"OPENAI_API_KEY"`
	BaseURL string `env:"OPENAI_BASE_URL"`
	Model   string `env:"OPENAI_MODEL" envDefault:"gpt-4o-mini"`

	Embedding string `env:"COACH_AI_EMBEDDING_MODEL"`

	Prompts string        `env:"COACH_PROMPTS"`
	Timeout time.Duration `env:"COACH_AI_TIMEOUT" envDefault:"8s"`
	AtOnce  int           `env:"COACH_AI_CALLS" envDefault:"4"`
	Daily   int           `env:"COACH_AI_DAILY_TOKENS" envDefault:"500000"`
}

// wanted reports whether an AI service is configured.
func (c aiConfig) wanted() bool { return c.Key != "" || c.BaseURL != "" }

// faults says what is wrong with the settings, each in a line that names its variable.
func (c aiConfig) faults() (faults []string) {
	if c.BaseURL != "" {
		if u, err := url.Parse(c.BaseURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			faults = append(faults, "OPENAI_BASE_URL must be a web address such as https://api.openai.com/v1")
		}
	}
	if c.Timeout <= 0 {
		faults = append(faults, "COACH_AI_TIMEOUT must be longer than 0, such as 8s")
	}
	if c.AtOnce <= 0 {
		faults = append(faults, "COACH_AI_CALLS must be 1 or more")
	}
	if c.Daily < 0 {
		faults = append(faults, "COACH_AI_DAILY_TOKENS must be 0 (no bound) or more")
	}
	return faults
}

func (c aiConfig) limits() llm.Limits {
	return llm.Limits{AtOnce: c.AtOnce, DailyTokens: c.Daily, Seed: uint64(time.Now().UnixNano())}
}

// client asks the server. A call ends with its context; the bound here is for one that forgets.
func (c aiConfig) client() *openai.Client {
	return openai.New(openai.Options{Key: c.Key, BaseURL: c.BaseURL, Model: c.Model, EmbeddingModel: c.Embedding, HTTPClient: &http.Client{Timeout: c.Timeout + time.Second}})
}

// promptSet is the built-in prompts with those of the folder in their place.
func (c aiConfig) promptSet() (*prompts.Set, error) {
	set, err := prompts.Builtin()
	if err != nil || c.Prompts == "" {
		return set, err
	}
	if _, err := os.Stat(c.Prompts); err != nil {
		return nil, usageError("the prompt folder %s cannot be read: %v; set COACH_PROMPTS to a folder with files such as suggest.en.md", c.Prompts, err)
	}
	if set, err = set.Overlay(os.DirFS(c.Prompts)); err != nil {
		return nil, usageError("COACH_PROMPTS=%s: %s", c.Prompts, strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return set, nil
}

// forBot is the service as the bot uses it; nil without one.
func (c aiConfig) forBot() (*bot.AI, error) {
	set, err := c.promptSet()
	if err != nil || !c.wanted() {
		return nil, err
	}
	client := c.client()
	ai := &bot.AI{Model: client, Limits: c.limits(), Prompts: set, Timeout: c.Timeout}
	if c.Embedding != "" {
		ai.Embedder, ai.EmbeddingModel = client, c.Embedding
	}
	return ai, nil
}

// advisor answers messages on the command line: by the engine, and with the AI service when there is one.
func (c aiConfig) advisor(ctx context.Context, k knowledge, log *slog.Logger) (func(coach.Message) coach.Advice, error) {
	set, err := c.promptSet()
	if err != nil {
		return nil, err
	}
	if !c.wanted() {
		return k.engine.Advise, nil
	}
	client := c.client()
	var embedder llm.Embedder
	if c.Embedding != "" {
		embedder = client
	}
	model := llm.NewLimited(client, embedder, c.limits(), new(purse), func(_ context.Context, percent int) {
		if percent >= 100 {
			log.Warn("COACH_AI_DAILY_TOKENS are used up; the rest comes from the playbooks alone")
		}
	})
	service := llm.New(llm.Options{Model: model, Prompts: set, Guard: k.guard, Mask: mask.All, Timeout: c.Timeout, Log: log,
		Vectors: make(shelf), EmbeddingModel: c.Embedding})
	return func(m coach.Message) coach.Advice { return service.Advise(ctx, k.engine, k.set, m) }, nil
}

// purse counts the tokens of one run of the program.
type purse struct{ sum atomic.Int64 }

func (p *purse) Spent(context.Context) (int, error) { return int(p.sum.Load()), nil }

func (p *purse) Spend(_ context.Context, tokens int) (int, error) {
	return int(p.sum.Add(int64(tokens))), nil
}

// shelf keeps the vectors of one run of the program, which asks for one message at a time.
type shelf map[string][]float32

func (s shelf) Kept(_ context.Context, keys []string) (map[string][]float32, error) {
	found := make(map[string][]float32)
	for _, k := range keys {
		if v := s[k]; v != nil {
			found[k] = v
		}
	}
	return found, nil
}

func (s shelf) Keep(_ context.Context, vectors map[string][]float32) error {
	maps.Copy(s, vectors)
	return nil
}
