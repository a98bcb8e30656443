package llm

import (
	"context"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"testing"

	"coachbot/bot/coach"
)

// bag embeds texts by their words, and counts how many it was asked for.
type bag struct{ asked int }

func (b *bag) Embed(_ context.Context, texts []string) (vectors [][]float32, tokens int, err error) {
	for _, text := range texts {
		v := make([]float32, 256)
		for _, w := range strings.Fields(strings.ToLower(text)) {
			h := fnv.New32a()
			_, _ = h.Write([]byte(strings.Trim(w, ".,!?")))
			v[h.Sum32()%256]++
		}
		vectors = append(vectors, v)
	}
	b.asked += len(texts)
	return vectors, len(texts), nil
}

type memory map[string][]float32

func (m memory) Kept(context.Context, []string) (map[string][]float32, error) {
	return maps.Clone(map[string][]float32(m)), nil
}

func (m memory) Keep(_ context.Context, v map[string][]float32) error {
	maps.Copy(m, v)
	return nil
}

func TestNear(t *testing.T) {
	t.Parallel()
	set, b := library(t), new(bag)
	r := newRig(t)
	book, told := new(ledger), new(notices)
	r.o.Model = NewLimited(r.o.Model.model, b, Limits{}, book, told.add)
	kept := make(memory)
	r.o.Vectors, r.o.EmbeddingModel = kept, "bag"
	late, _ := set.ByID("late-delivery", "en")
	near, err := r.Near(t.Context(), "en", late.Examples[3].Text, set)
	if err != nil || len(near) != len(set.Scenarios("en")) {
		t.Fatalf("got %v %v", near, err)
	}
	best := slices.MaxFunc(slices.Sorted(maps.Keys(near)), func(x, y string) int {
		if near[x] < near[y] {
			return -1
		}
		return 1
	})
	if best != "late-delivery" || near[best] < 0.99 {
		t.Errorf("nearest is %s at %v, want the playbook whose example it is", best, near[best])
	}
	first, before := b.asked, len(kept)
	if before == 0 {
		t.Error("the examples are not kept")
	}
	if _, err := r.Near(t.Context(), "en", "something else", set); err != nil || b.asked != first+1 {
		t.Errorf("asked for %d more vectors, want the new text's alone (%v)", b.asked-first, err)
	}
	if len(kept) != before {
		t.Error("a customer's text left a vector behind")
	}
	if book.sum.Load() == 0 {
		t.Error("embeddings cost nothing")
	}
}

func TestBlend(t *testing.T) {
	t.Parallel()
	a := caseOf(t, parcel).Advice
	a.Playbooks, a.Sure = []coach.Ranked{{ID: "long-wait", Score: 0.4}, {ID: "late-delivery", Score: 0.38}, {ID: "broken-promise", Score: 0.1}}, false
	near := map[string]float64{"late-delivery": 0.9, "long-wait": 0.2, "broken-promise": 0.2, "refund-refused": 0.1, "no-such-playbook": 0.95}
	got := engine().Blend(a, near)
	if got.Playbooks[0].ID != "late-delivery" || !got.Sure {
		t.Errorf("got %+v", got.Playbooks)
	}
	if slices.ContainsFunc(got.Playbooks, func(r coach.Ranked) bool { return r.ID == "no-such-playbook" }) {
		t.Error("a playbook that does not exist is ranked")
	}
	level := engine().Blend(a, map[string]float64{"late-delivery": 0.5, "long-wait": 0.5})
	if !slices.Equal(level.Playbooks, a.Playbooks) {
		t.Errorf("nearness that tells nothing changed the order: %+v", level.Playbooks)
	}
}
