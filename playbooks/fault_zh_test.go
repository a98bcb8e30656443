package playbooks

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every fault that reading a file can find has its Chinese words: admins get
// them in a message. The verbs must agree, or the sentence would show %!.
func TestFaultsHaveChineseWords(t *testing.T) {
	t.Parallel()
	call := regexp.MustCompile(`(?:faults\.(?:add|warn)|r\.fault|\bl\.add|\bpg\.(?:add|warn)|\bu\.warn)\((?:[^"\n]|\([^)]*\))*?("(?:[^"\\]|\\.)*")`)
	verb := regexp.MustCompile(`%[a-z]`)
	found := 0
	for _, name := range []string{"parse.go", "frontmatter.go", "body.go", "load.go", "lint.go", "lint_words.go", "lint_together.go", "lint_unread.go"} {
		for line := range strings.SplitSeq(readTestFile(t, name), "\n") {
			m := call.FindStringSubmatch(line)
			if m == nil || strings.Contains(line, "func ") {
				continue
			}
			// Of a call such as add(p.at.field["id"], 1, "…") the last literal is the pattern.
			format := m[1]
			if rest := line[strings.Index(line, m[1])+len(m[1]):]; strings.HasPrefix(rest, "]") {
				format = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`).FindString(rest)
			}
			format, err := strconv.Unquote(format)
			if err != nil {
				t.Fatalf("%s: %s: %v", name, line, err)
			}
			found++
			zh, ok := faultsInChinese()[format]
			if strings.HasPrefix(name, "lint") {
				zh, ok = lintInChinese()[format]
			}
			if !ok {
				t.Errorf("%s: no Chinese for %q", name, format)
			}
			if got, want := verb.FindAllString(zh, -1), verb.FindAllString(format, -1); strings.Join(got, "") != strings.Join(want, "") {
				t.Errorf("%q takes %v, its Chinese %v", format, want, got)
			}
		}
	}
	if found < 75 {
		t.Errorf("only %d faults were looked at", found)
	}
}

func TestFaultIn(t *testing.T) {
	t.Parallel()
	_, faults := Parse("zh/a.md", []byte("---\nid: a\nlang: zh\ntitel: x\n---\n## offr\n"))
	var zh, en []string
	for _, f := range faults {
		zh, en = append(zh, f.In("zh-CN")), append(en, f.In("en"))
	}
	if got := strings.Join(zh, "\n"); !strings.Contains(got, `没有 "titel" 这个字段；是不是想写 "title"？`) || !strings.Contains(got, `没有 "offr" 这个标题；是不是想写 "offer"？`) {
		t.Errorf("in Chinese: %s", got)
	}
	if got := strings.Join(en, "\n"); !strings.Contains(got, `unknown field "titel"; did you mean "title"?`) {
		t.Errorf("in English: %s", got)
	}
}
