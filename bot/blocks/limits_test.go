package blocks

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"", 5, ""}, {"short", 5, "short"}, {"longer", 5, "long…"}, {"我不太清楚", 3, "我不…"}, {"我不太清楚", 5, "我不太清楚"},
		{"a b c", 3, "a…"}, {"ab", 1, "…"}, {"ab", 0, ""}, {"a\xffb\x00", 9, "ab"}, {"one\r\ntwo\u2028three", 20, "one\ntwo\nthree"},
		{" \n ", 4, ""}, {"👍👍👍", 2, "👍…"},
		{"a" + strings.Repeat("\x00", 5000) + "b", 5, "a…"}, {strings.Repeat("怒", 5000), 3, "怒怒…"},
	} {
		if got := cut(c.in, c.n); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestCutEscaped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"a & b", 20, "a &amp; b"}, {"&&&", 11, "&amp;&amp;…"}, {"&&&", 10, "&amp;…"}, {"<!here>", 40, "&lt;!here&gt;"},
		{"&", 4, "…"}, {"&", 5, "&amp;"}, {"a&", 6, "a&amp;"}, {"&amp;", 40, "&amp;amp;"},
	} {
		if got := cutEscaped(c.in, c.n); got != c.want {
			t.Errorf("cutEscaped(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func FuzzCut(f *testing.F) {
	for _, s := range []string{"", "我不知道", "a & <b>", "\xff\xfe", "&amp;", "👨‍👩‍👧 e\u0301", "\x00\n\r\n"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		n = max(0, min(n, 5000))
		for name, got := range map[string]string{"cut": cut(s, n), "line": line(s, n), "cutEscaped": cutEscaped(s, n), "lineEscaped": lineEscaped(s, n)} {
			if !utf8.ValidString(got) || size(got) > n {
				t.Errorf("%s(%q, %d) = %q", name, s, n, got)
			}
		}
		if got := html.UnescapeString(cutEscaped(s, 10*len(s)+10)); !strings.Contains(s, "&") && got != clean(s) {
			t.Errorf("escaping changed %q to %q", s, got)
		}
		if got := escape(s); strings.ContainsAny(got, "<>") || len(got) < len(s) {
			t.Errorf("escape(%q) = %q", s, got)
		}
		if got := lineEscaped(s, n); strings.ContainsAny(got, "\n<>") {
			t.Errorf("lineEscaped(%q, %d) = %q", s, n, got)
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# a\n- **b** & <c>\n> d", 7)
	f.Fuzz(func(t *testing.T, s string, n int) {
		n = max(6, min(n, 3000))
		for _, part := range split(markdown(s), n) {
			if size(part) > n || !utf8.ValidString(part) || strings.Contains(part, "<") {
				t.Errorf("split(markdown(%q), %d) has %q", s, n, part)
			}
		}
	})
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"know **who** and **why**.": "know *who* and *why*.",
		"先想好**打给谁**，再拨号":            "先想好打给谁，再拨号",
		"**注意**：慢一点":                "*注意*：慢一点",
		"- a\n- b & <c>":            "• a\n• b &amp; &lt;c&gt;",
		"> said":                    "> said",
		"### Part\ntext":            "*Part*\ntext",
	} {
		if got := markdown(in); got != want {
			t.Errorf("markdown(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestForUpdate(t *testing.T) {
	t.Parallel()
	whole := strings.Repeat("怒", maxUpdate)
	for in, want := range map[string]string{"": "", "a\nb": "a\nb", whole: whole, whole + "怒": whole,
		"first\n" + whole: "first", strings.Repeat("怒", maxUpdate-1) + "\nmore": strings.Repeat("怒", maxUpdate-1)} {
		if got := ForUpdate(in); got != want {
			t.Errorf("ForUpdate of %d characters has %d, want %d", size(in), size(got), size(want))
		}
	}
}
