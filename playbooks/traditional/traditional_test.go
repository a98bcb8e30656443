package traditional_test

import (
	"testing"
	"unicode/utf8"

	"coachbot/playbooks"
	"coachbot/playbooks/traditional"
)

func TestString(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"":             "",
		"late, {time}": "late, {time}",
		"非常抱歉让您等了这么久。": "非常抱歉讓您等了這麼久。",
		"我马上为您查询，今天下午五点前给您回电话。":  "我馬上為您查詢，今天下午五點前給您回電話。",
		"头发里发现了面条":               "頭髮裡發現了麵條",
		"干净的后台，皇后在干杯":            "乾淨的後臺，皇后在乾杯",
		"系统里没有联系方式":              "系統裡沒有聯繫方式",
		"請您放心":                   "請您放心",
		"订单{order}[，{customer}]": "訂單{order}[，{customer}]",
	} {
		if got := traditional.String(from); got != want {
			t.Errorf("%s: got %s, want %s", from, got, want)
		}
	}
}

func TestIs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": false, "where is it": false, "我的货还没到": false, "我的貨還沒到": true, "你好": false,
		"客户说：「我的貨還沒到，怎麼辦？」": true, "我在台灣买的东西，货还没到": false,
	} {
		if got := traditional.Is(text); got != want {
			t.Errorf("%s: %t, want %t", text, got, want)
		}
	}
}

func TestReader(t *testing.T) {
	t.Parallel()
	for locale, want := range map[string]bool{
		"": false, "en-US": false, "zh": false, "zh-CN": false, "zh_TW": true, "zh-HK": true, "zh-Hant": true, "zh-Hant-HK": true, "zh-Hans-HK": false, "tw": false,
	} {
		if got := traditional.Reader(locale); got != want {
			t.Errorf("%s: %t, want %t", locale, got, want)
		}
	}
}

// Every phrase of the library keeps its length: what Slack takes in Simplified it takes in Traditional.
func TestLibraryConverts(t *testing.T) {
	t.Parallel()
	set, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range set.Scenarios("zh") {
		for _, step := range playbooks.Steps() {
			for _, ph := range p.Steps[step] {
				got := traditional.String(ph.Text)
				if utf8.RuneCountInString(got) != utf8.RuneCountInString(ph.Text) {
					t.Errorf("%s:%d: %s becomes %s", p.File, ph.Line, ph.Text, got)
				}
			}
		}
	}
}

func BenchmarkString(b *testing.B) {
	const card = "非常抱歉让您等了这么久。我马上为您查询，今天下午五点前给您回电话。"
	traditional.String(card)
	b.SetBytes(int64(len(card)))
	for b.Loop() {
		traditional.String(card)
	}
}
