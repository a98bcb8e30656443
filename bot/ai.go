package bot

import (
	"context"
	"encoding/binary"
	"log/slog"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/llm"
	"coachbot/bot/mask"
	"coachbot/prompts"
	"coachbot/store"
)

// AI is an AI service and what the bot may ask of it.
type AI struct {
	Model   llm.Model
	Limits  llm.Limits
	Prompts *prompts.Set
	Timeout time.Duration // of one task; 0: 8 seconds

	Embedder       llm.Embedder // nil: embeddings are not used
	EmbeddingModel string
}

// serviceOf puts the service behind its limits, with the store as their ledger.
func (a *App) serviceOf(o *AI) *llm.Service {
	if o == nil {
		return nil
	}
	model := llm.NewLimited(o.Model, o.Embedder, o.Limits, aiLedger{a.core}, a.budgetSpent)
	return llm.New(llm.Options{Model: model, Prompts: o.Prompts, Guard: a.guard, Mask: mask.All, Timeout: o.Timeout, Log: a.log,
		Vectors: aiVectors{a.core}, EmbeddingModel: o.EmbeddingModel})
}

// AICounts is how often each of the AI service's tasks came to each end.
func (a *App) AICounts() map[string]int {
	if a.core.ai == nil {
		return nil
	}
	return a.core.ai.Counts()
}

// logAI tells the operator how the AI service's tasks have ended since the start.
func (a *App) logAI() {
	counts := a.AICounts()
	if len(counts) == 0 {
		return
	}
	var attrs []any
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		attrs = append(attrs, slog.Int(strings.ReplaceAll(key, " ", "_"), counts[key]))
	}
	a.log.Info("what the AI service did since the start", attrs...)
}

// aiLedger keeps a day's tokens in the store, so that a restart does not forget them.
type aiLedger struct{ c *core }

func (l aiLedger) Spent(ctx context.Context) (int, error) {
	s, err := l.c.store.Spending(ctx, l.c.aiDay())
	return s.Tokens, err
}

func (l aiLedger) Spend(ctx context.Context, tokens int) (int, error) {
	s, err := l.c.store.UpdateSpending(ctx, l.c.aiDay(), func(s *store.Spending) error {
		s.Tokens, s.Calls, s.At = s.Tokens+tokens, s.Calls+1, l.c.now()
		return nil
	})
	return s.Tokens, err
}

// aiVectors keeps embeddings in the store, as little-endian float32.
type aiVectors struct{ c *core }

func (v aiVectors) Kept(ctx context.Context, keys []string) (map[string][]float32, error) {
	found, err := v.c.store.EmbeddingsOf(ctx, keys)
	out := make(map[string][]float32, len(found))
	for key, e := range found {
		vector := make([]float32, len(e.Vector)/4)
		for i := range vector {
			vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(e.Vector[4*i:]))
		}
		out[key] = vector
	}
	return out, err
}

func (v aiVectors) Keep(ctx context.Context, vectors map[string][]float32) error {
	var list []store.Embedding
	for key, vector := range vectors {
		e := store.Embedding{Key: key, Model: v.c.o.AI.EmbeddingModel, At: v.c.now()}
		for _, x := range vector {
			e.Vector = binary.LittleEndian.AppendUint32(e.Vector, math.Float32bits(x))
		}
		list = append(list, e)
	}
	return v.c.store.PutEmbeddings(ctx, list...)
}

// aiDay is the day that tokens are counted on, in the team's time zone.
func (c *core) aiDay() string {
	zone, err := time.LoadLocation(c.o.Team.Zone)
	if err != nil {
		zone = time.UTC
	}
	return c.now().In(zone).Format(time.DateOnly)
}

// budgetNotice is news of the budget as a job carries it.
type budgetNotice struct {
	Day     string `json:"day"`
	Percent int    `json:"percent"`
}

// budgetSpent has the admins told, once a day and threshold.
func (a *App) budgetSpent(ctx context.Context, percent int) {
	n := budgetNotice{Day: a.aiDay(), Percent: percent}
	key := kindBudget + ":" + n.Day + ":" + strconv.Itoa(percent)
	job, err := newJob(kindBudget, a.self.Workspace+"/ai", key, n)
	if err == nil {
		job.At = a.now()
		err = a.enqueue(ctx, *job)
	}
	if err != nil && ctx.Err() == nil {
		a.log.Error("the admins cannot be told of the AI budget", "cause", err)
	}
}

// tellBudget tells the admins how far the day's budget is spent and what follows.
func (a *App) tellBudget(ctx context.Context, job store.Job, n budgetNotice) error {
	which := blocks.BudgetNear
	if n.Percent >= 100 {
		which = blocks.BudgetSpent
	}
	s, err := a.store.Spending(ctx, n.Day)
	if err != nil {
		return err
	}
	return a.tellAdmins(ctx, job.ID, func(lang string) blocks.Message {
		return blocks.Say(lang, which, strconv.Itoa(s.Tokens), strconv.Itoa(a.o.AI.Limits.DailyTokens))
	})
}
