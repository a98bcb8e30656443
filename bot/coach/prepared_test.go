package coach

import (
	"math"
	"slices"
	"testing"
)

// TestPrepared holds what is embedded against the library and the code: trained
// anew, the rankers answer the labelled rows the same.
func TestPrepared(t *testing.T) {
	t.Parallel()
	set := builtin(t)
	lexica, err := readLexica()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range set.Languages() {
		kept, err := untrained(set, lang)
		if err != nil {
			t.Fatal(err)
		}
		ok, err := kept.takePrepared()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			t.Errorf("trained/%s.gob.br was made from other examples or another lexicon; run go generate ./bot/coach", lang)
			continue
		}
		anew, err := untrained(set, lang)
		if err != nil {
			t.Fatal(err)
		}
		anew.train(anew.samples(), lexica)
		for _, row := range readRows[labelled](t, "testdata/cases-dev.jsonl") {
			if row.Lang != lang {
				continue
			}
			text := clean(row.Text)
			h := hitsIn(lexica, text)
			x, y := kept.rank(text, &h, nil), anew.rank(text, &h, nil)
			// Another processor may add up in another order: the last digits are free.
			if x.best[0].class != y.best[0].class || math.Abs(x.margin-y.margin) > 1e-3 || math.Abs(x.best[0].z-y.best[0].z) > 1e-3 {
				t.Errorf("%s: prepared %v margin %.4f, trained anew %v margin %.4f; run go generate ./bot/coach", row.ID, x.best[0], x.margin, y.best[0], y.margin)
				break
			}
			if a, b := kept.gauge.margins(x.seen), anew.gauge.margins(y.seen); slices.ContainsFunc([]int{0, 1, 2}, func(i int) bool { return math.Abs(a[i]-b[i]) > 1e-3 }) {
				t.Errorf("%s: prepared severities %.4f, trained anew %.4f; run go generate ./bot/coach", row.ID, a, b)
				break
			}
		}
	}
}

// TestPreparedFitsOnlyItsExamples trains anew when one example is another.
func TestPreparedFitsOnlyItsExamples(t *testing.T) {
	t.Parallel()
	set := fewer(builtin(t), 30)
	r, err := untrained(set, "en")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := r.takePrepared(); ok || err != nil {
		t.Errorf("taken %v, %v: numbers trained on other examples", ok, err)
	}
}

// With few examples, what is usually written tells which words say little.
func TestRareness(t *testing.T) {
	t.Parallel()
	of, unknown := rareness("en")
	word := func(w string) float32 {
		g := grams(w, "en")[0]
		if r, ok := of[g]; ok {
			return r
		}
		return unknown
	}
	if a, b, c := word("the"), word("refund"), word("zyzzyva"); !(a < b && b < c) {
		t.Errorf("the %.2f, refund %.2f, zyzzyva %.2f: want them rarer and rarer", a, b, c)
	}
	if of, _ := rareness("de"); of != nil {
		t.Errorf("a language without a library knows %d features", len(of))
	}
}
