package search

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"coachbot/playbooks"
)

// sample is a small library in both languages.
func sample() *playbooks.Set {
	book := func(id, lang, title, summary string, signals, examples []string, kind playbooks.Kind) playbooks.Playbook {
		var list []playbooks.Example
		for _, x := range examples {
			list = append(list, playbooks.Example{Text: x})
		}
		return playbooks.Playbook{ID: id, Lang: lang, Kind: kind, Title: title, Summary: summary, Signals: signals, Examples: list,
			Steps: map[playbooks.Step][]playbooks.Phrase{playbooks.Listen: {{Text: "I am listening[, {customer}]."}}}}
	}
	sc := playbooks.Scenario
	return playbooks.NewSet([]playbooks.Playbook{
		book("late-delivery", "en", "Late delivery", "An order did not come when it was due.", []string{"where is my parcel"}, []string{"the sofa was due on Monday"}, sc),
		book("late-delivery", "zh", "送货延误", "订单过了日子还没到。", []string{"还没到", "催单"}, []string{"沙发说好这周到"}, sc),
		book("refund-refused", "en", "Refund refused", "The customer does not get the money back.", []string{"money back"}, []string{"give me my money"}, sc),
		book("refund-refused", "zh", "拒绝退款", "客户要退钱，按规定退不了。", []string{"不给退"}, []string{"把钱退给我"}, sc),
		book("staff-attitude", "en", "Staff were rude", "A colleague was unfriendly.", []string{"so rude"}, nil, sc),
		book("only-here", "zh", "客户遗失物品", "东西丢在店里。", nil, []string{"我的伞落在店里"}, sc),
		{ID: "hand-over", Lang: "en", Kind: playbooks.Guide, Title: "Handing over", Sections: []playbooks.Section{{Heading: "Why", Text: "A transfer without a word feels like being passed around."}}},
		{ID: "chatter", Lang: "en", Kind: playbooks.NotACase, Examples: []playbooks.Example{{Text: "lunch anyone"}}},
	})
}

func newIndex(tb testing.TB, set *playbooks.Set) *Index {
	tb.Helper()
	x, err := New(set)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := x.Close(); err != nil {
			tb.Error(err)
		}
	})
	return x
}

func TestSearch(t *testing.T) {
	t.Parallel()
	x := newIndex(t, sample())
	tests := []struct {
		name, words, lang string
		want              string // LANG/ID of the best hit; "" for none
	}{
		{"title", "late delivery", "en", "en/late-delivery"},
		{"other form of a word", "deliveries", "en", "en/late-delivery"},
		{"id", "refund-refused", "en", "en/refund-refused"},
		{"part of an id", "refused", "zh", "zh/refund-refused"},
		{"case", "LATE", "en", "en/late-delivery"},
		{"signal", "parcel", "en", "en/late-delivery"},
		{"example", "sofa", "en", "en/late-delivery"},
		{"misspelt", "delivary", "en", "en/late-delivery"},
		{"guide by its text", "transfer", "en", "en/hand-over"},
		{"Chinese title", "退款", "zh", "zh/refund-refused"},
		{"Chinese summary", "过了日子", "zh", "zh/late-delivery"},
		{"Chinese signal", "催单", "zh", "zh/late-delivery"},
		{"Chinese example", "沙发", "zh", "zh/late-delivery"},
		{"Traditional", "還沒到", "zh", "zh/late-delivery"},
		{"one character", "伞", "zh", "zh/only-here"},
		{"full width", "ＬＡＴＥ", "en", "en/late-delivery"},
		{"Chinese words, English reader", "退款", "en", "en/refund-refused"},
		{"English words, Chinese reader", "parcel", "zh", "zh/late-delivery"},
		{"both languages in one", "parcel 还没到", "zh", "zh/late-delivery"},
		{"not in the reader's language", "伞落在店里", "en", "zh/only-here"},
		{"no such language", "refund", "fr", "en/refund-refused"},
		{"small talk is no playbook", "lunch anyone", "en", ""},
		{"nothing", "", "en", ""},
		{"spaces", " \u3000\n", "en", ""},
		{"unheard of", "zzzzzzzz", "en", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			hits, err := x.Search(t.Context(), tt.words, tt.lang, 5)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if len(hits) > 0 {
				got = hits[0].Lang + "/" + hits[0].ID
			}
			if got != tt.want {
				t.Errorf("Search(%q, %s): best is %q, want %q (all: %+v)", tt.words, tt.lang, got, tt.want, hits)
			}
		})
	}
}

// The title counts for more than the summary, that for more than what is said.
func TestSearchOrder(t *testing.T) {
	t.Parallel()
	s := playbooks.Scenario
	x := newIndex(t, playbooks.NewSet([]playbooks.Playbook{
		{ID: "a", Lang: "en", Kind: s, Title: "One", Summary: "Two", Examples: []playbooks.Example{{Text: "the fridge"}}},
		{ID: "b", Lang: "en", Kind: s, Title: "One", Summary: "Two", Signals: []string{"the fridge"}},
		{ID: "c", Lang: "en", Kind: s, Title: "One", Summary: "The fridge"},
		{ID: "d", Lang: "en", Kind: s, Title: "The fridge", Summary: "Two"},
	}))
	hits, err := x.Search(t.Context(), "fridge", "en", 3)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range hits {
		got = append(got, h.ID)
	}
	if want := []string{"d", "c", "b"}; !slices.Equal(got, want) {
		t.Errorf("order: got %v, want %v", got, want)
	}
}

func TestSearchTakesAnything(t *testing.T) {
	t.Parallel()
	x := newIndex(t, sample())
	for _, words := range []string{
		`title:"`, `+refund -late`, `/re(fund/`, `*`, `?`, `~2`, `^`, `a AND (b OR`, `\`, "\x00", "\xff\xfe", `{}[]<>|&!`,
		"🙂🙂🙂", strings.Repeat("refund ", 5000), strings.Repeat("退", 40000), "\u202elate", "<!channel>", "'; DROP TABLE",
	} {
		if _, err := x.Search(t.Context(), words, "en", 5); err != nil {
			t.Errorf("Search(%.40q): %v", words, err)
		}
	}
	hits, err := x.Search(t.Context(), "+refund", "en", 5)
	if err != nil || len(hits) == 0 || hits[0].ID != "refund-refused" {
		t.Errorf("signs beside a word: got %+v, %v; want refund-refused", hits, err)
	}
}

func TestSearchLimit(t *testing.T) {
	t.Parallel()
	x := newIndex(t, sample())
	for _, limit := range []int{-1, 0, 1, 2} {
		hits, err := x.Search(t.Context(), "refund delivery rude", "en", limit)
		if err != nil || len(hits) != max(limit, 0) {
			t.Errorf("limit %d: got %d hits, %v", limit, len(hits), err)
		}
	}
}

func TestSearchStopsWithItsContext(t *testing.T) {
	t.Parallel()
	x := newIndex(t, sample())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Search(ctx, "refund", "en", 5); err == nil {
		t.Error("a cancelled search: want an error")
	}
}

func TestSearchEmptySet(t *testing.T) {
	t.Parallel()
	x := newIndex(t, playbooks.NewSet(nil))
	if hits, err := x.Search(t.Context(), "refund", "en", 5); err != nil || len(hits) > 0 {
		t.Errorf("got %v, %v; want nothing", hits, err)
	}
}

func TestSearchConcurrently(t *testing.T) {
	t.Parallel()
	x := newIndex(t, sample())
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if hits, err := x.Search(t.Context(), "退款", "zh", 3); err != nil || len(hits) == 0 {
					t.Errorf("got %v, %v", hits, err)
				}
			}
		})
	}
	wg.Wait()
}

// A closed index leaves nothing running.
func TestCloseWaits(t *testing.T) {
	const rounds = 10
	before := runtime.NumGoroutine()
	for range rounds {
		x, err := New(sample())
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if after := runtime.NumGoroutine(); after >= before+rounds {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}

func library(tb testing.TB) *playbooks.Set {
	tb.Helper()
	set, err := playbooks.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	return set
}

// BenchmarkNew builds the index of the built-in library; heap-MB is what it keeps.
func BenchmarkNew(b *testing.B) {
	set := library(b)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept, err := New(set)
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	for b.Loop() {
		x, err := New(set)
		if err != nil {
			b.Fatal(err)
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(after.HeapAlloc)/(1<<20)-float64(before.HeapAlloc)/(1<<20), "heap-MB")
	if err := kept.Close(); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkSearch(b *testing.B) {
	x := newIndex(b, library(b))
	queries := []string{"refund", "退款", "customer threatens to go to the press", "客户说东西坏了要退货"}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if _, err := x.Search(b.Context(), queries[i%len(queries)], "en", 5); err != nil {
			b.Fatal(err)
		}
	}
}
