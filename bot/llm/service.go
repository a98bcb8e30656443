package llm

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"coachbot/playbooks/guard"
	"coachbot/prompts"
)

// Options make a Service. Model, Prompts, Guard and Mask are required.
type Options struct {
	Model          *Limited
	Prompts        *prompts.Set
	Guard          *guard.Guard
	Mask           func(text string) string // takes away what tells who a customer is, before anything is sent
	Vectors        Vectors                  // keeps embeddings; nil: none are made
	EmbeddingModel string                   // tells vectors of one model from another's
	Timeout        time.Duration            // of one task with all its tries; 0: 8 seconds
	Log            *slog.Logger             // nil: none
}

// Service does the tasks. It is safe for concurrent use.
type Service struct {
	o     Options
	guard *guard.Guard
	tally *tally
}

// tally counts how tasks ended.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

// New makes a service.
func New(o Options) *Service {
	if o.Timeout <= 0 {
		o.Timeout = 8 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{o: o, guard: o.Guard, tally: &tally{counts: make(map[string]int)}}
}

// With is the same service with another guard: phrases may be forbidden while it runs.
func (s *Service) With(g *guard.Guard) *Service {
	if s == nil {
		return nil
	}
	return &Service{o: s.o, guard: g, tally: s.tally}
}

// Counts is how often each task came to each end: "suggest ok", "suggest timeout",
// "suggest refused forbidden" and so on.
func (s *Service) Counts() map[string]int {
	s.tally.mu.Lock()
	defer s.tally.mu.Unlock()
	return maps.Clone(s.tally.counts)
}

func (s *Service) count(task prompts.Task, words ...string) {
	key := string(task)
	for _, w := range words {
		key += " " + w
	}
	s.tally.mu.Lock()
	s.tally.counts[key]++
	s.tally.mu.Unlock()
}

// errand is one task for one language: how it is asked, and what judges the answer.
type errand struct {
	task   prompts.Task
	lang   string
	tokens int // at most, of the answer
	schema string
	prompt func(wrong []string) prompts.Input
	read   func(answer string) faults // takes the answer in, or says what is wrong with it
}

// do asks; when the answer fails a check it asks once more and says what was
// wrong. Then it is ErrRefused. Nothing of any text is logged or counted.
func (s *Service) do(ctx context.Context, e errand) error {
	ctx, cancel := context.WithTimeout(ctx, s.o.Timeout)
	defer cancel()
	err := ErrLanguage // an answer in another language than the playbook's helps nobody
	if slices.Contains(prompts.Languages(), e.lang) {
		err = s.twice(ctx, e)
	}
	s.count(e.task, outcome(err))
	if err != nil && !errors.Is(err, ErrRefused) {
		s.o.Log.Info("the AI service was of no help", "task", e.task, "why", outcome(err))
	}
	return err
}

func (s *Service) twice(ctx context.Context, e errand) error {
	var wrong []string
	for try := 1; try <= 2; try++ {
		p, err := s.o.Prompts.Render(e.prompt(wrong), e.lang)
		if err != nil {
			return err
		}
		answer, err := s.o.Model.Complete(ctx, Request{Task: string(e.task), System: p.System, User: p.User, MaxTokens: e.tokens, Schema: e.schema})
		if err != nil {
			return err
		}
		found := e.read(answer.Text)
		if len(found) == 0 {
			return nil
		}
		for _, code := range found.codes() {
			s.count(e.task, "fault", code)
		}
		s.o.Log.Info("an AI answer failed the checks", "task", e.task, "lang", e.lang, "try", try, "why", found.codes())
		wrong = found.words(e.lang)
	}
	return ErrRefused
}

// never are the wordings that a prompt forbids.
func (s *Service) never(lang string) (list []string) {
	for _, p := range s.guard.Phrases() {
		if text := p.Text[lang]; text != "" && len(list) < maxForbidden {
			list = append(list, text)
		}
	}
	return list
}

// maxForbidden is how many wordings a prompt can name; the guard knows all.
const maxForbidden = 16

// masked masks every text of a list.
func (s *Service) masked(list []string) []string {
	out := slices.Clone(list)
	for i := range out {
		out[i] = s.o.Mask(out[i])
	}
	return out
}
