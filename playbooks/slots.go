package playbooks

import (
	"regexp"
	"slices"
	"strings"
)

// Slot is a place in a phrase for what only the case or the agent knows.
type Slot struct {
	Name string
	// FromCase tells that the case may state it. Others are for the agent to fill in.
	FromCase bool
	// En and Zh label the visible blank when the slot is not filled.
	En, Zh string
}

// Slots lists every slot a phrase can have.
func Slots() []Slot {
	return []Slot{
		{"customer", true, "name", "称呼"},
		{"order", true, "order number", "单号"},
		{"amount", true, "amount", "金额"},
		{"waited", true, "how long", "多久"},
		{"times", true, "how many times", "第几次"},
		{"date", true, "date", "日期"},
		{"time", false, "by when", "时间"},
		{"remedy", false, "what you can offer", "可提供的方案"},
		{"alternative", false, "second option", "备选方案"},
		{"policy", false, "the rule", "相关规定"},
		{"team", false, "who takes over", "接手部门"},
		{"contact", false, "how to reach you", "联系方式"},
		{"agent", false, "your name", "你的姓名"},
		{"company", false, "company", "公司名称"},
	}
}

var slotForm = regexp.MustCompile(`\{([^{}\[\]]*)\}`)

// SlotsIn lists the names in braces in a phrase in their order, known or not.
func SlotsIn(phrase string) []string {
	var names []string
	for _, m := range slotForm.FindAllStringSubmatch(phrase, -1) {
		names = append(names, m[1])
	}
	return names
}

func slotNames() []string {
	var names []string
	for _, s := range Slots() {
		names = append(names, s.Name)
	}
	return names
}

// blank is what a reader sees where a slot is not filled. An unknown slot shows
// as a blank without a label.
func blank(name, lang string) string {
	zh := baseLang(lang) == "zh"
	all := Slots()
	i := slices.IndexFunc(all, func(s Slot) bool { return s.Name == name })
	switch {
	case i < 0 && zh:
		return "＿＿"
	case i < 0:
		return "____"
	case zh:
		return "＿＿（" + all[i].Zh + "）"
	default:
		return "____ (" + all[i].En + ")"
	}
}

// baseLang is the language without script and region: zh of zh-Hant.
func baseLang(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	return base
}
