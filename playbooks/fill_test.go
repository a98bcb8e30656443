package playbooks

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFill(t *testing.T) {
	t.Parallel()
	li := map[string]string{"customer": "Ms Li", "waited": "three weeks", "amount": "  "}
	liZh := map[string]string{"customer": "李女士", "waited": "两周"}
	tests := []struct {
		name, phrase, lang string
		values             map[string]string
		want               string
	}{
		{"plain", "I am on it.", "en", nil, "I am on it."},
		{"filled in brackets", "I am sorry[, {customer}], that this happened.", "en", li, "I am sorry, Ms Li, that this happened."},
		{"left out in brackets", "I am sorry[, {customer}], that this happened.", "en", nil, "I am sorry, that this happened."},
		{"space before part", "You have waited[ {waited}] for this.", "en", nil, "You have waited for this."},
		{"space before full stop", "I see your order [{order}].", "en", nil, "I see your order."},
		{"left out at the beginning", "[{customer}, ]you are right.", "en", nil, "You are right."},
		{"kept at the beginning", "[{customer}, ]you are right.", "en", li, "Ms Li, you are right."},
		{"visible blank", "I will call you by {time}.", "en", nil, "I will call you by ____ (by when)."},
		{"value of spaces is none", "It is {amount}[, {amount}].", "en", li, "It is ____ (amount)."},
		{"brackets without slot", "I am here[ for you].", "en", nil, "I am here for you."},
		{"unknown slot", "Ask {nobody}.", "en", nil, "Ask ____."},
		{"nested, inner missing", "A[ b {waited}[ c {order}]].", "en", li, "A b three weeks."},
		{"nested, outer missing", "A[ b {order}[ c {waited}]].", "en", li, "A."},
		{"unbalanced", "A] b [c {waited", "en", li, "A b c waited"},
		{"value with braces", "Dear {customer}.", "en", map[string]string{"customer": "[{order}]"}, "Dear order."},
		{"value with lines", "Dear {customer}.", "en", map[string]string{"customer": "Ms\n\tLi"}, "Dear Ms Li."},
		{"space in the braces", "Dear { customer }.", "en", li, "Dear Ms Li."},
		{"etc. keeps its comma", "Bills, receipts etc., are welcome.", "en", nil, "Bills, receipts etc., are welcome."},
		{"zh filled", "非常抱歉[，{customer}]，让您等了[{waited}]。", "zh", liZh, "非常抱歉，李女士，让您等了两周。"},
		{"zh left out", "非常抱歉[，{customer}]，让您等了[{waited}]。", "zh", nil, "非常抱歉，让您等了。"},
		{"zh comma after full stop", "抱歉。[{customer}]，我来查。", "zh", nil, "抱歉。我来查。"},
		{"zh at the beginning", "[{customer}]，我来查。", "zh", nil, "我来查。"},
		{"zh blank", "我{time}前回您电话。", "zh", nil, "我＿＿（时间）前回您电话。"},
		{"zh-Hant blank", "我{time}前回您電話。", "zh-Hant", nil, "我＿＿（时间）前回您電話。"},
		{"empty", "", "en", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Fill(tt.phrase, tt.lang, tt.values); got != tt.want {
				t.Errorf("Fill(%q) = %q, want %q", tt.phrase, got, tt.want)
			}
		})
	}
}

// Every slot of the README's table is known, with the same source, and labelled.
func TestSlotsAgreeWithReadme(t *testing.T) {
	t.Parallel()
	readme := readTestFile(t, "README.md")
	for _, s := range Slots() {
		source := "blank"
		if s.FromCase {
			source = "yes"
		}
		row := "| `{" + s.Name + "}` |"
		at := strings.Index(readme, row)
		if at < 0 {
			t.Errorf("README.md has no row %s", row)
			continue
		}
		if line, _, _ := strings.Cut(readme[at:], "\n"); !strings.HasSuffix(line, "| "+source+" |") {
			t.Errorf("README.md row of %s: got %q, want it to end in %q", s.Name, line, source)
		}
		if s.En == "" || s.Zh == "" {
			t.Errorf("slot %s has no label", s.Name)
		}
	}
	if got, want := strings.Count(readme, "\n| `{"), len(Slots()); got != want {
		t.Errorf("README.md describes %d slots, want %d", got, want)
	}
}

func FuzzFill(f *testing.F) {
	f.Add("I am sorry[, {customer}], that {amount} is gone.", "en", "Ms Li")
	f.Add("[{customer}]，让您等了[{waited}。]}", "zh", "李女士")
	f.Add("[[{{[}]]", "", "{[")
	f.Add("\xff[{order}] , .", "en", "\xfe")
	f.Fuzz(func(t *testing.T, phrase, lang, value string) {
		values := map[string]string{"customer": value, "waited": value}
		got := Fill(phrase, lang, values)
		if strings.ContainsAny(got, "{}[]\n\r\t") {
			t.Errorf("Fill(%q) = %q, which holds a brace, bracket or line end", phrase, got)
		}
		if !utf8.ValidString(got) {
			t.Errorf("Fill(%q) = %q, which is not UTF-8", phrase, got)
		}
		if strings.Contains(got, "  ") || strings.TrimSpace(got) != got {
			t.Errorf("Fill(%q) = %q, want single spaces and none at the ends", phrase, got)
		}
		if again := Fill(got, lang, values); again != got {
			t.Errorf("Fill(Fill(%q)) = %q, want %q", phrase, again, got)
		}
	})
}
