package guard

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for draft, want := range map[string]string{
		"这个嘛，我不知道。":                           "dont-know",
		"我不矢口道":                               "dont-know",
		"i dont lik eyou":                     "dont-like-you",
		"it's notm y fault":                   "not-my-fault",
		"dont both erme":                      "dont-bother-me",
		"這個我 不 知 道":                           "dont-know",
		"我*不知*道哦":                             "dont-know",
		"Honestly, I don’t know.":             "dont-know",
		"I dont know, ask the store":          "dont-know",
		"别再烦我了，行不行":                           "dont-bother-me",
		"我真的不喜欢你":                             "dont-like-you",
		"I don't like people like you":        "your-kind",
		"这不是我们的错，是快递公司":                       "not-my-fault",
		"It’s not our fault.":                 "not-my-fault",
		"快点！":                                 "hurry-or-wait",
		"请您稍等，我马上为您核实。":                       "",
		"我们配送快。点餐后半小时就到":                      "",
		"不知道您现在方便吗？":                          "",
		"> 我不知道怎么办\n您放心，我来查。":                 "",
		"Thank you for your kind words!":      "",
		"这不是您的错，是页面没写清楚。":                     "",
		"欢迎您再回来看看。":                           "",
		"I know how frustrating this is.":     "",
		"Customers like you deserve no less.": "", "Customers like you deserve no help.": "your-kind",
		"Guests like you deserve nothing but our best.": "", "Guests like you deserve nothing.": "your-kind",
		"Customers like you should not go through this.": "", "Customers like you should not come in.": "your-kind",
		"Customers like you shouldn't be let down, and I'm sorry.": "", "Customers like you shouldn't be let in.": "your-kind",
		"We'd never give up on someone like you.": "", "We never give refunds to someone like you.": "your-kind",
		"Our letter was too complicated for you to follow, I'm sorry.": "", "This is too complicated for you to follow.": "you-dont-know",
		"I see you're not familiar with the app, let me walk you through it.": "", "I see you're not familiar with insurance.": "you-dont-know",
		"It's safe to say we know what went wrong, and it's fixed.": "", "It's safe to say we know.": "know-already",
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

// Whatever an admin may write is told by line, in both languages, and costs no other entry its use.
func TestExtraFaults(t *testing.T) {
	t.Parallel()
	const good = "- id: calm-down\n  en: [calm down]\n"
	for name, c := range map[string]struct {
		text string
		line int    // of the only fault; 0: none
		says string // in English
		used int
	}{
		"nothing":               {"", 0, "", 0},
		"comments only":         {"# to be written\n", 0, "", 0},
		"one wording":           {"- id: calm-down\n  en: calm down\n  zh: 冷静一下\n", 0, "", 1},
		"byte order mark":       {"\ufeff" + good, 0, "", 1},
		"line ends of Windows":  {strings.ReplaceAll(good, "\n", "\r\n"), 0, "", 1},
		"UTF-16":                {"\xff\xfe-\x00 \x00i\x00d\x00:\x00", 1, "UTF-8", 0},
		"another encoding":      {good + "- id: x\n  zh: [\xc0\xe4\xbe\xb2]\n", 4, "UTF-8", 0},
		"tabs":                  {good + "-\tid: x\n\ten: [y]\n", 3, "spaces", 0},
		"no list":               {"id: calm-down\nen: [calm down]\n", 1, "write a list", 0},
		"words alone":           {good + "- calm down\n", 3, "fields", 1},
		"unknown field":         {good + "  chinese: [冷静]\n", 3, "unknown field \"chinese\"", 1},
		"field twice":           {good + "  en: [easy]\n", 3, "second time", 0},
		"id of Chinese":         {good + "- id: 冷静\n  zh: [冷静]\n", 3, "does not fit", 1},
		"no id":                 {good + "- zh: [冷静]\n", 3, "does not fit", 1},
		"id taken":              {good + good, 3, "is taken", 1},
		"no wording":            {good + "- id: x\n", 3, "no wording", 1},
		"empty wording":         {good + "- id: x\n  en: [easy, \" \"]\n", 4, "empty", 1},
		"a map for a list":      {good + "- id: x\n  en: {a: b}\n", 4, "a list belongs here", 1},
		"a list in a list":      {good + "- id: x\n  en: [[a]]\n", 4, "one line of text", 1},
		"instead without lists": {good + "  say_instead: I can hear you.\n", 3, "en and zh", 1},
		"instead in no tongue":  {good + "  say_instead:\n    English: [I can hear you.]\n", 4, "language code", 1},
		"instead is forbidden":  {good + "  say_instead:\n    en: [I can hear you., I don't know.]\n", 4, "forbidden phrase (dont-know)", 1},
		"instead is this one":   {good + "  say_instead:\n    en: Please calm down.\n", 4, "forbidden phrase (calm-down)", 1},
		"colon in a wording":    {good + "- id: x\n  en: [well: no]\n", 4, "one line of text", 1},
		"not closed":            {good + "- id: x\n  en: [a\n", 3, "not YAML", 0},
	} {
		phrases, faults := ParseExtra("forbidden.yaml", []byte(c.text))
		if len(phrases) != c.used {
			t.Errorf("%s: %d entries are used, want %d", name, len(phrases), c.used)
		}
		if c.line == 0 && len(faults) == 0 {
			continue
		}
		if len(faults) != 1 || faults[0].Line != c.line || !strings.Contains(faults[0].Message, c.says) || faults[0].Col < 1 {
			t.Errorf("%s: faults %+v, want one in line %d that says %q", name, faults, c.line, c.says)
			continue
		}
		if zh := faults[0].Zh; !strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || strings.Contains(zh, "\n") {
			t.Errorf("%s: in Chinese %q", name, zh)
		}
	}
}

func FuzzParseExtra(f *testing.F) {
	for _, s := range []string{"- id: a\n  en: b\n", "- &x [*x]\n", "- ? {}\n  : x\n", "\ufeff- id: a\n  say_instead: {en: *a}\n", "---\n---\n", "- id: a\n  en: !!binary aGk=\n", "- <<: {id: a}\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		phrases, faults := ParseExtra("forbidden.yaml", []byte(text))
		for _, p := range phrases {
			if p.ID == "" || len(p.Text) == 0 {
				t.Fatalf("%q: an entry that forbids nothing: %+v", text, p)
			}
		}
		for _, x := range faults {
			if x.Line < 1 || x.Col < 1 || x.Message == "" || x.Zh == "" || strings.Contains(x.Message+x.Zh, "\n") {
				t.Fatalf("%q: a fault that says too little: %+v", text, x)
			}
		}
		New(phrases...)
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"我不知道", "I d o n ' t know", "> 快点\n&gt; x", "\xff\xfe我不\u200b知道", "it's not m\u0443 fault &amp;amp; <@U1>", "好\u202e道知不我\u202c。", "ㄨㄛˇ ㄅㄨˋ zhi1dao4 8知道", "h u r r y  u p 'wait' k*n*w", "\u202etluaf02%ym02%t)(n\u202c", "“not” \"my\" f(au)lt", "#快点暖起来# <快点> 我🚫知道 🙅🏿‍♀️ i 👎", "n1 bu d0ng 8zhidao 88"} {
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

// longDraft repeats a text and cuts it below the length up to which buffers are kept.
func longDraft(text string) string {
	return strings.ToValidUTF8(strings.Repeat(text, 10)[:min(10*len(text), 200_000)], "")
}

func BenchmarkCheck(b *testing.B) {
	g := New()
	rows, err := LabelledRows()
	if err != nil {
		b.Fatal(err)
	}
	good := map[string]*strings.Builder{"zh": {}, "en": {}} // good replies as they are written
	for _, row := range rows {
		if len(row.Expect) == 0 && !row.Hard && (row.Kind == "long" || row.Kind == "benign" || row.Kind == "positive-language") {
			good[row.Lang[:2]].WriteString(row.Text + "\n\n")
		}
	}
	clean := strings.Repeat("Thank you for the details, Ms Li; I have the order open and I am checking each line. 您放心，我现在一项一项核对。 ", 500)
	near := strings.Repeat("我不知我不知 i do not i do not ", 3000)
	for name, text := range map[string]string{
		"clean": clean, "clean/en": longDraft(good["en"].String()), "clean/zh": longDraft(good["zh"].String()), "near": near,
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
