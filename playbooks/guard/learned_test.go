package guard

import (
	"maps"
	"slices"
	"testing"

	"coachbot/playbooks"
)

// judged reports whether the second reader alone finds a draft, and which phrase; excused sentences of a draft that says nothing are passed over.
func judged(g *Guard, l *learner, row Row) (phrase int, found bool) {
	g.c.v.read(row.Text, func(read reading) {
		ends := g.c.ends(&g.c.phrases, read.tokens)
		if len(row.Expect) > 0 {
			ends = nil
		}
		for _, h := range l.hits(g, read.tokens, ends, nil) {
			phrase, found = h.phrase, true
		}
	})
	return phrase, found
}

// TestLearned holds a fifth of the labelled drafts out, five times, and prints how
// many of them the second reader would find alone. Drafts that were written at one
// time resemble each other, so what is held out stands together.
func TestLearned(t *testing.T) {
	if underRace {
		t.Skip("five trainings, minutes under the race detector and no goroutine in them: .ci/run calls this test without it")
	}
	t.Parallel()
	g := New()
	rows, err := LabelledRows()
	if err != nil {
		t.Fatal(err)
	}
	set, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	const folds = 5
	found, right, falsely, good := map[string]Share{}, map[string]Share{}, map[string]Share{}, map[string]Share{}
	count := func(shares map[string]Share, lang string, hit bool) {
		s := shares[lang]
		s.Of++
		if hit {
			s.Hits++
		}
		shares[lang] = s
	}
	for fold := range folds {
		from, to := fold*len(rows)/folds, (fold+1)*len(rows)/folds
		l := learn(g.lessons(slices.Concat(rows[:from], rows[to:]), set.Said()))
		for _, row := range rows[from:to] {
			if row.Kind == "borderline" || row.Kind == "evasion" {
				continue
			}
			phrase, hit := judged(g, l, row)
			lang := row.Lang[:2]
			if row.Hard {
				lang += ", hard"
			}
			switch {
			case len(row.Expect) > 0:
				count(found, lang, hit)
				if hit {
					count(right, lang, slices.Contains(row.Expect, g.phrases[phrase].ID))
				}
			case row.Kind == "benign" || row.Kind == "positive-language" || row.Kind == "long":
				count(good, lang, hit)
			default:
				count(falsely, lang, hit)
			}
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(found)) {
		t.Logf("%s, held out: %d of %d drafts that say a phrase found, the right one in %d; falsely %d of %d look-alikes, quotes and training talk, %d of %d good replies",
			lang, found[lang].Hits, found[lang].Of, right[lang].Hits, falsely[lang].Hits, falsely[lang].Of, good[lang].Hits, good[lang].Of)
		if len(lang) > 2 { // no sample of what people write
			continue
		}
		if found[lang].Value() < 0.75 || right[lang].Value() < 0.9 || falsely[lang].Value() > 0.05 || good[lang].Value() > 0.03 {
			t.Errorf("%s: the second reader is worth little: found %.2f, right %.2f, falsely %.3f and %.3f", lang, found[lang].Value(), right[lang].Value(), falsely[lang].Value(), good[lang].Value())
		}
	}
}

func TestSecondReader(t *testing.T) {
	t.Parallel()
	g := New()
	for text, want := range map[string]string{
		"您别老是打电话过来烦我了":                                    "dont-bother-me",
		"I really cannot stand customers like you":        "your-kind",
		"您的退款今天下午三点前到账，到了我跟您说一声":                          "",
		"I'll call you at three with what the depot says": "",
	} {
		g.c.v.read(text, func(read reading) {
			hits := theLearner().hits(g, read.tokens, nil, nil)
			got := ""
			if len(hits) > 0 {
				got = g.phrases[hits[0].phrase].ID
				if from, to := read.points(hits[0].span); from != 0 || to != len([]rune(text)) {
					t.Errorf("%q: points %d to %d, want all", text, from, to)
				}
			}
			if got != want {
				t.Errorf("%q: got %q, want %q", text, got, want)
			}
		})
	}
	// Where somebody is quoted it keeps quiet.
	for _, text := range []string{"“您别老是打电话过来烦我了”", "You said \"I really cannot stand customers like you\""} {
		g.c.v.read(text, func(read reading) {
			if hits := theLearner().hits(g, read.tokens, nil, nil); len(hits) > 0 {
				t.Errorf("%q: quoted words found", text)
			}
		})
	}
	// Where a pattern was excused it must be surer; what a pattern found it does not take back.
	for _, c := range []struct {
		text string
		said []hit
		want int
	}{
		{"您别老是打电话过来烦我了", nil, 1},
		{"不要让人打电话来问您", nil, 0},
		{"您的退款今天下午三点前到账，到了我跟您说一声", []hit{{0, span{2, 4}}}, 1},
	} {
		g.c.v.read(c.text, func(read reading) {
			if hits := theLearner().hits(g, read.tokens, []end{{0, 3}}, c.said); len(hits) != c.want {
				t.Errorf("%q: %v", c.text, hits)
			}
		})
	}
}

// Sentences are cut at stops, without the marks at their ends.
func TestEachSentence(t *testing.T) {
	t.Parallel()
	draft := "Yes, I Know. …“您好”！ok"
	var got []string
	New().c.v.read(draft, func(read reading) {
		eachSentence(read.tokens, func(s span) {
			from, to := read.points(s)
			got = append(got, string([]rune(draft)[from:to]))
		})
	})
	if want := []string{"Yes, I Know", "您好", "ok"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
