package llm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strings"
	"time"

	"coachbot/bot/coach"
	"coachbot/playbooks"
)

// Vectors keeps embeddings of the playbooks' texts, so that each is embedded once. Those
// of customers' texts are not kept: nothing of them has to be found again to be removed.
type Vectors interface {
	// Kept returns those of the keys that are there.
	Kept(ctx context.Context, keys []string) (map[string][]float32, error)
	Keep(ctx context.Context, vectors map[string][]float32) error
}

// Bounds of embedding.
const (
	perBatch    = 64
	perPlaybook = 12 // examples that stand for a playbook, beside its title and summary
	nearTime    = 40 * time.Second
)

// Embeds reports whether the service makes embeddings.
func (s *Service) Embeds() bool { return s != nil && s.o.Vectors != nil && s.o.Model.embedder != nil }

// Near is how near a text lies to each scenario of a language: the cosine to the
// nearest of its examples. The examples are embedded the first time and kept, the text each time.
func (s *Service) Near(ctx context.Context, lang, text string, set *playbooks.Set) (map[string]float64, error) {
	ctx, cancel := context.WithTimeout(ctx, nearTime)
	defer cancel()
	near, err := s.near(ctx, lang, text, set)
	s.count("embed", outcome(err))
	if err != nil {
		s.o.Log.Info("the AI service was of no help", "task", "embed", "why", outcome(err))
	}
	return near, err
}

func (s *Service) near(ctx context.Context, lang, text string, set *playbooks.Set) (map[string]float64, error) {
	texts := []string{oneLine(s.o.Mask(text))}
	owner := []string{""}
	for _, p := range set.Scenarios(lang) {
		texts, owner = append(texts, p.Title+". "+p.Summary), append(owner, p.ID)
		for _, e := range p.Examples[:min(len(p.Examples), perPlaybook)] {
			texts, owner = append(texts, oneLine(e.Text)), append(owner, p.ID)
		}
	}
	vectors, err := s.embedded(ctx, texts)
	if err != nil {
		return nil, err
	}
	near := make(map[string]float64)
	for i, id := range owner {
		if id != "" {
			near[id] = max(near[id], cosine(vectors[0], vectors[i]))
		}
	}
	return near, nil
}

// embedded are the vectors of texts, the first of them a customer's, from what is kept
// and from the service.
func (s *Service) embedded(ctx context.Context, texts []string) ([][]float32, error) {
	keys := make([]string, len(texts))
	for i, t := range texts {
		sum := sha256.Sum256([]byte(s.o.EmbeddingModel + "\x00" + t))
		keys[i] = hex.EncodeToString(sum[:16])
	}
	kept, err := s.o.Vectors.Kept(ctx, keys)
	if err != nil {
		return nil, err
	}
	missing, out := []int{0}, make([][]float32, len(texts))
	for i, key := range keys {
		out[i] = kept[key]
		if i > 0 && out[i] == nil {
			missing = append(missing, i)
		}
	}
	for len(missing) > 0 {
		batch := missing[:min(len(missing), perBatch)]
		missing = missing[len(batch):]
		var ask []string
		for _, i := range batch {
			ask = append(ask, texts[i])
		}
		vectors, err := s.o.Model.Embed(ctx, ask)
		if err != nil {
			return nil, err
		}
		fresh := make(map[string][]float32)
		for n, i := range batch {
			out[i] = vectors[n]
			if i > 0 {
				fresh[keys[i]] = vectors[n]
			}
		}
		if len(fresh) == 0 {
			continue
		}
		if err := s.o.Vectors.Keep(ctx, fresh); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func oneLine(text string) string { return shortened(strings.Join(strings.Fields(text), " "), 2000) }

func cosine(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	var dot, x, y float64
	for i := range a {
		dot += float64(a[i]) * float64(b[i])
		x += float64(a[i]) * float64(a[i])
		y += float64(b[i]) * float64(b[i])
	}
	if x == 0 || y == 0 {
		return 0
	}
	return dot / math.Sqrt(x*y)
}

// blended puts nearness into an advice of which the rules are unsure, when there is any to be had.
func (s *Service) blended(ctx context.Context, e *coach.Engine, set *playbooks.Set, a coach.Advice, text string) coach.Advice {
	if !s.Embeds() || set == nil {
		return a
	}
	near, err := s.Near(ctx, a.Lang, text, set)
	if err != nil {
		return a
	}
	return e.Blend(a, near)
}
