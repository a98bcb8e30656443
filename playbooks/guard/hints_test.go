package guard

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// missedHints are the labelled drafts whose hint is known not to be found.
var missedHints = []string{"hc005", "hf034", "hf078"}

func TestHints(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/hints.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g := New()
	n := 0
	for in := json.NewDecoder(f); in.More(); n++ {
		var row struct {
			ID, Lang, Customer, Text string
			Expect                   []string
		}
		if err := in.Decode(&row); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range g.Hints(row.Text, Situation{Angry: row.Customer == "angry"}) {
			got = append(got, h.Hint)
			if points := []rune(row.Text); string(points[h.Start:h.End]) != h.Text || len(h.SayInstead) == 0 {
				t.Errorf("%s: %+v", row.ID, h)
			}
		}
		slices.Sort(got)
		slices.Sort(row.Expect)
		if slices.Equal(got, row.Expect) == slices.Contains(missedHints, row.ID) {
			t.Errorf("%s (%s customer) %q: got %v, want %v", row.ID, row.Customer, row.Text, got, row.Expect)
		}
	}
	if n < 1120 {
		t.Errorf("%d labelled rows", n)
	}
}

// The wording answers what was said, not only its kind.
func TestHintsAnswerWhatWasSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		draft, hint string
		cause       int
	}{
		{"We'll get back to you soon.", HintVagueTime, hintVague},
		{"Someone will be in touch shortly.", HintVagueTime, hintOthers},
		{"Your parcel should arrive soon.", HintVagueTime, hintDo},
		{"We will look into it.", HintVagueTime, hintLook},
		{"Please be patient.", HintVagueTime, hintWait},
		{"Please calm down.", HintCalmDown, hintCalm},
		{"Mind your language, please.", HintCalmDown, hintTone},
		{"You're overreacting.", HintCalmDown, hintSmall},
		{"You should have read the instructions.", HintBlame, hintCustomer},
		{"It's the courier's fault.", HintBlame, hintBlamed},
		{"It's company policy.", HintBlame, hintPolicy},
		{"We're short-staffed at the moment.", HintBlame, hintBusy},
		{"As I already told you, it takes ten days.", HintBlame, hintTold},
		{"I'm sorry you feel that way.", HintBlame, hintDoubt},
		{"We cannot refund this.", HintFlatNo, hintNo},
		{"I don't have the authority.", HintFlatNo, hintAuthority},
		{"Rules are rules.", HintFlatNo, hintRule},
		{"You'll have to call the bank.", HintFlatNo, hintElsewhere},
		{"回头给您打电话。", HintVagueTime, hintVague},
		{"马上有人联系您。", HintVagueTime, hintOthers},
		{"包裹不久就会送到。", HintVagueTime, hintDo},
		{"我们后续会跟进。", HintVagueTime, hintLook},
		{"请耐心等待。", HintVagueTime, hintWait},
		{"请您冷静。", HintCalmDown, hintCalm},
		{"麻烦您注意一下语气。", HintCalmDown, hintTone},
		{"多大点事儿啊。", HintCalmDown, hintSmall},
		{"您应该早点跟我们说的。", HintBlame, hintCustomer},
		{"都是快递的问题。", HintBlame, hintBlamed},
		{"系统就是这样设定的。", HintBlame, hintPolicy},
		{"最近人手不足。", HintBlame, hintBusy},
		{"我都跟您说过三遍了。", HintBlame, hintTold},
		{"别人都没遇到过这个问题。", HintBlame, hintDoubt},
		{"我们不能给您退款。", HintFlatNo, hintNo},
		{"这个我说了不算。", HintFlatNo, hintAuthority},
		{"规定就是规定。", HintFlatNo, hintRule},
		{"您自己联系厂家吧。", HintFlatNo, hintElsewhere},
	} {
		lang := "en"
		if c.draft[0] >= 0x80 {
			lang = "zh"
		}
		hints := New().Hints(c.draft, Situation{})
		if len(hints) != 1 || hints[0].Hint != c.hint || !slices.Equal(hints[0].SayInstead, betterWords[c.cause][lang]) {
			t.Errorf("%q: got %+v, want %s answered by %q", c.draft, hints, c.hint, betterWords[c.cause][lang])
		}
	}
}

// What the guard and the hints suggest is free of what they find.
func TestSuggestionsAreClean(t *testing.T) {
	t.Parallel()
	g := New()
	check := func(text string) {
		if found := g.Check(text); len(found) > 0 {
			t.Errorf("%q: %+v", text, found)
		}
		for _, h := range g.Hints(text, Situation{Angry: true}) {
			if h.Hint != HintSolutionFirst { // a sentence is no whole answer
				t.Errorf("%q: %+v", text, h)
			}
		}
	}
	for _, words := range betterWords {
		for _, list := range words {
			for _, w := range list {
				check(w)
			}
		}
	}
	for _, p := range g.Phrases() {
		for _, list := range p.SayInstead {
			for _, w := range list {
				check(w)
			}
		}
	}
}
