package guard

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for draft, want := range map[string]string{
		"这个嘛，我不知道。":                       "dont-know",
		"這個我 不 知 道":                       "dont-know",
		"我*不知*道哦":                         "dont-know",
		"Honestly, I don’t know.":         "dont-know",
		"I dont know, ask the store":      "dont-know",
		"别再烦我了，行不行":                       "dont-bother-me",
		"我真的不喜欢你":                         "dont-like-you",
		"I don't like people like you":    "your-kind",
		"这不是我们的错，是快递公司":                   "not-my-fault",
		"It’s not our fault.":             "not-my-fault",
		"快点！":                             "hurry-or-wait",
		"请您稍等，我马上为您核实。":                   "",
		"我们配送快。点餐后半小时就到":                  "",
		"不知道您现在方便吗？":                      "",
		"> 我不知道怎么办\n您放心，我来查。":             "",
		"Thank you for your kind words!":  "",
		"这不是您的错，是页面没写清楚。":                 "",
		"欢迎您再回来看看。":                       "",
		"I know how frustrating this is.": "",
	} {
		var got []string
		for _, f := range New().Check(draft) {
			got = append(got, f.Phrase)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", draft, got, want)
		}
	}
}

func TestExtra(t *testing.T) {
	t.Parallel()
	phrases, faults := ParseExtra("forbidden.yaml", []byte("- id: calm-down\n  en: [calm down]\n  zh: [冷静一下]\n- id: dont-know\n  en: [x]\n- id: Bad Id\n"))
	if len(phrases) != 1 || len(faults) != 2 || faults[0].Line != 4 {
		t.Fatalf("got %v, faults %v", phrases, faults)
	}
	g := New(phrases...)
	if got := g.Check("Please CALM  down now"); len(got) != 1 || got[0].Phrase != "calm-down" || got[0].Text != "CALM  down" {
		t.Errorf("got %+v", got)
	}
}

// TestLabelled measures the guard on labelled drafts; the floors are a little below the figures it prints.
func TestLabelled(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/guard-dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g := New()
	type count struct{ hit, all int }
	kinds := map[string]*count{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var row struct {
			ID, Text, Kind string
			Expect         []string
		}
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		found := g.Check(row.Text)
		hit := len(found) > 0
		if len(row.Expect) > 0 {
			hit = slices.ContainsFunc(found, func(f Finding) bool { return slices.Contains(row.Expect, f.Phrase) })
		}
		key := row.Kind + "/clean"
		if len(row.Expect) > 0 {
			key = row.Kind + "/says"
		}
		if kinds[key] == nil {
			kinds[key] = &count{}
		}
		kinds[key].all++
		if hit {
			kinds[key].hit++
		}
		if testing.Verbose() && hit != (len(row.Expect) > 0) && row.Kind != "borderline" {
			t.Logf("%s %s %q %v", row.ID, key, row.Text, row.Expect)
		}
	}
	for key, c := range kinds {
		share := float64(c.hit) / float64(c.all)
		t.Logf("%-24s %3d of %3d  %.3f", key, c.hit, c.all, share)
		if floor, ok := floors[key]; ok && (strings.HasSuffix(key, "/says") && share < floor || strings.HasSuffix(key, "/clean") && share > floor) {
			t.Errorf("%s: %.3f, bound %.3f", key, share, floor)
		}
	}
}

// floors bound recall from below where a phrase is said, and false alarms from above where none is.
var floors = map[string]float64{"plain/says": 0.95, "variant/says": 0.90, "evasion/says": 0.90, "multi/says": 0.95, "mixed/says": 0.75, "long/says": 0.85,
	"benign/clean": 0.03, "positive-language/clean": 0, "quote/clean": 0.06, "meta/clean": 0.05, "substring/clean": 0.10, "long/clean": 0}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"我不知道", "I d o n ' t know", "> 快点\n&gt; x", "\xff\xfe我不\u200b知道", "it's not m\u0443 fault &amp;amp; <@U1>"} {
		f.Add(s)
	}
	g := New()
	f.Fuzz(func(t *testing.T, draft string) {
		points := []rune(draft)
		last := -1
		for _, hit := range g.Check(draft) {
			if hit.Start < last || hit.Start < 0 || hit.End > len(points) || hit.End <= hit.Start {
				t.Fatalf("span %d-%d of %d points after %d", hit.Start, hit.End, len(points), last)
			}
			if utf8.ValidString(draft) && string(points[hit.Start:hit.End]) != hit.Text {
				t.Fatalf("text %q is not the span %q", hit.Text, string(points[hit.Start:hit.End]))
			}
			last = hit.Start
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	g := New()
	clean := strings.Repeat("Thank you for the details, Ms Li; I have the order open and I am checking each line. 您放心，我现在一项一项核对。 ", 500)
	near := strings.Repeat("我不知我不知 i do not i do not ", 3000)
	for name, text := range map[string]string{"clean": clean, "near": near, "hits": strings.Repeat("我不喜欢你。", 5000), "hits ten times": strings.Repeat("我不喜欢你。", 50000)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				g.Check(text)
			}
		})
	}
}
