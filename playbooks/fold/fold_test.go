package fold

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRune(t *testing.T) {
	t.Parallel()
	for from, want := range map[rune]rune{'請': '请', '們': '们', '的': '的', 'a': 'a', '歡': '欢', '讓': '让', '𨦫': '䦀', '𠮷': '𠮷', '！': '！'} {
		if got := Rune(from); got != want {
			t.Errorf("Rune(%c) = %c, want %c", from, got, want)
		}
	}
	if a, b := utf8.RuneCountInString(traditional), utf8.RuneCountInString(simplified); a != b || a < 3000 {
		t.Errorf("table has %d Traditional and %d Simplified characters", a, b)
	}
}

func TestString(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"":                          "",
		"訂單沒收到!":                    "订单没收到!",
		"ＡＢＣ　１２３":                   "abc 123",
		"It’s LATE&#33;":            "it's late!",
		"a &amp;lt; b":              "a < b",
		"soft\u00adhy\u200bphen":    "softhyphen",
		"bad\xffbyte":               "badbyte",
		"Café 😀, 您好。":               "café 😀, 您好。",
		"\ufeff①  line\none\r\ntwo": "1  line\none\r\ntwo",
	} {
		if got := String(from); got != want {
			t.Errorf("String(%q) = %q, want %q", from, got, want)
		}
	}
}

func TestMap(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"Dоn’t":                    "don't", // Cyrillic o
		"d\u00ado\u200bn&#39;t":    "don't",
		"don&amp;amp;#x27;t":       "don't",
		"&amp;lt;b&gt; &nosuch; &": "<b> &nosuch; &",
		"wǒ bù zhīdào":             "wo bu zhidao",
		"𝗜 𝓭𝓸𝓷𝓽 🅺now ⓘ":            "i dont know i",
		"ᴅᴏɴ'ᴛ":                    "don't",
		"別再回來，ＯＫ":                  "别再回来,ok",
		"a\r\nb\u2028c\u3000d":     "a\nb\nc d",
		"x — y":                    "x — y",
		"\xff!":                    "\ufffd!",
		"\u202eabc\u202c":          "abc",
		"a–b‑c―d":                  "a-b-c—d",
	} {
		var got strings.Builder
		for _, p := range Map(from) {
			got.WriteRune(p.Rune)
		}
		if got.String() != want {
			t.Errorf("Map(%q) reads %q, want %q", from, got.String(), want)
		}
	}
}

func TestMapSpans(t *testing.T) {
	t.Parallel()
	original := []rune("您&#65;\u200b\r\n㍿!")
	points := Map(string(original))
	want := []string{"您", "&#65;", "\r\n", "㍿", "㍿", "㍿", "㍿", "!"}
	if len(points) != len(want) {
		t.Fatalf("got %d points %v, want %d", len(points), points, len(want))
	}
	for i, p := range points {
		if got := string(original[p.Start:p.End]); got != want[i] {
			t.Errorf("point %d stands for %q, want %q", i, got, want[i])
		}
	}
	if !points[1].Upper || points[0].Upper {
		t.Errorf("capital letters: got %v and %v", points[1].Upper, points[0].Upper)
	}
}

func FuzzMap(f *testing.F) {
	for _, seed := range []string{"", "&amp;amp;#39;", "a\u0301\u200d\xff\r", "別\u2060再ﷺ", "&#x10FFFF;&#0;"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		total := int32(len([]rune(s)))
		last := int32(0)
		for _, p := range Map(s) {
			if p.Start < last || p.End <= p.Start || p.End > total {
				t.Fatalf("point %+v after %d of %d", p, last, total)
			}
			last = p.Start
		}
		if !utf8.ValidString(String(s)) {
			t.Fatal("String returned broken UTF-8")
		}
	})
}

func BenchmarkMap(b *testing.B) {
	for name, text := range map[string]string{
		"english": strings.Repeat("Your parcel left the depot this morning. ", 500),
		"chinese": strings.Repeat("您的包裹今天早上已经从仓库发出，請您留意簡訊。", 300),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Map(text)
			}
		})
	}
}
