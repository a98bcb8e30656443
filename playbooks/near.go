package playbooks

import (
	"fmt"
	"strings"
)

// hint words the way out of a misspelt name.
type hint struct {
	nearest string // the allowed name nearest to it; "": none is near
	allowed []string
}

// didYouMean finds the allowed name nearest to one that is not.
func didYouMean(got string, allowed []string) hint {
	h, bestDist := hint{allowed: allowed}, 3
	for _, a := range allowed {
		if d := distance(strings.ToLower(got), a, bestDist); d < bestDist {
			h.nearest, bestDist = a, d
		}
	}
	return h
}

func (h hint) String() string {
	if h.nearest != "" {
		return fmt.Sprintf("did you mean %q?", h.nearest)
	}
	return "known are " + strings.Join(h.allowed, ", ")
}

func (h hint) chinese() string {
	if h.nearest != "" {
		return fmt.Sprintf("是不是想写 %q？", h.nearest)
	}
	return "可用的有：" + strings.Join(h.allowed, "、")
}

// headingID guesses the id behind a heading that authors write in other words.
func headingID(title string) string {
	switch strings.ReplaceAll(title, " ", "-") {
	case "empathize", "empathy", "共情", "同理", "同理心":
		return string(Empathise)
	case "apologize", "apology", "道歉", "致歉":
		return string(Apologise)
	case "followup", "跟进", "回访":
		return string(FollowUp)
	case "冷静", "镇定", "平静":
		return string(Calm)
	case "倾听", "聆听":
		return string(Listen)
	case "澄清", "确认", "核实":
		return string(Clarify)
	case "方案", "解决", "解决方案", "solution":
		return string(Offer)
	case "承诺", "promise":
		return string(Commit)
	case "升级", "上报", "escalation":
		return headEscalate
	case "例子", "示例", "例句", "example":
		return headExamples
	case "换个说法", "改说", "say", "instead":
		return headSayInstead
	case "立即", "马上", "现在":
		return headNow
	}
	return strings.ReplaceAll(title, " ", "-")
}

// distance is the edit distance of a and b in characters, cut off at limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= limit || len(y)-len(x) >= limit {
		return limit
	}
	prev := make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i, c := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j, d := range y {
			cost := 1
			if c == d {
				cost = 0
			}
			row[j+1] = min(prev[j]+cost, prev[j+1]+1, row[j]+1)
		}
		prev = row
	}
	return min(prev[len(y)], limit)
}
