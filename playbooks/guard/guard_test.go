package guard

import (
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

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"我不知道", "I d o n ' t know", "> 快点\n&gt; x", "\xff\xfe我不\u200b知道", "it's not m\u0443 fault &amp;amp; <@U1>", "好\u202e道知不我\u202c。", "ㄨㄛˇ ㄅㄨˋ zhi1dao4 8知道", "h u r r y  u p 'wait' k*n*w"} {
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
	rows, err := LabelledRows()
	if err != nil {
		b.Fatal(err)
	}
	good := map[string]*strings.Builder{"zh": {}, "en": {}} // good replies as they are written
	for _, row := range rows {
		if len(row.Expect) == 0 && (row.Kind == "long" || row.Kind == "benign" || row.Kind == "positive-language") {
			good[row.Lang[:2]].WriteString(row.Text + "\n\n")
		}
	}
	clean := strings.Repeat("Thank you for the details, Ms Li; I have the order open and I am checking each line. 您放心，我现在一项一项核对。 ", 500)
	near := strings.Repeat("我不知我不知 i do not i do not ", 3000)
	for name, text := range map[string]string{
		"clean": clean, "clean/en": strings.Repeat(good["en"].String(), 10), "clean/zh": strings.Repeat(good["zh"].String(), 10), "near": near,
		"hits": strings.Repeat("我不喜欢你。", 5000), "hits ten times": strings.Repeat("我不喜欢你。", 50000),
		"quoted": strings.Repeat("您说“我不知道”，", 5000), "quoted ten times": strings.Repeat("您说“我不知道”，", 50000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				g.Check(text)
			}
		})
	}
}
