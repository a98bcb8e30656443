package when

import (
	"regexp"
	"time"
)

// Kind is what sort of promise it is; the course gives each its deadline.
type Kind string

// Kinds with a default deadline. Other is any other promise.
const (
	Other       Kind = ""
	CallBack    Kind = "call-back"    // 24 hours
	Complaint   Kind = "complaint"    // an answer to a complaint or suggestion: 2 working days of the team
	AfterRepair Kind = "after-repair" // a follow-up 3 days after a repair
	AfterSale   Kind = "after-sale"   // a follow-up 7 days after a sale
)

var kindRules = []struct {
	kind Kind
	all  []*regexp.Regexp // every one must be found
}{
	{AfterRepair, patterns(followUp, `\b(?:repairs?|repaired|fix|fixed|serviced?|workshop)\b|维修|修理|修好|修车|保养|返修`)},
	{AfterSale, patterns(followUp, `\b(?:sales?|sold|purchased?|bought|buy|new car|delivery|delivered|handover)\b|购车|购买|买车|买了|新车|成交|提车|交车|售出|销售`)},
	{Complaint, patterns(`\b(?:complaints?|complained|suggestions?|grievances?)\b|投诉|意见|建议`,
		`\b(?:answer|reply|respond|response|write back|get back|deal with|handle|look into|settle)|答复|回复|答覆|回覆|反馈|处理|回应|回音`)},
	{CallBack, patterns(`\b(?:call|ring|phone|give)\b.*\b(?:back|a call|a ring)\b|\bcall[- ]?backs?\b|回电|回个电话|回通电话|打回|回拨|回她?他?电话|再打(?:个)?电话`)},
}

const followUp = `\bfollow(?:s|ed|ing)?[- ]?up|\bcheck(?:ing)? (?:in|back|that|whether|if|how)|\bcourtesy call|回访|跟进|跟踪`

func patterns(list ...string) (all []*regexp.Regexp) {
	for _, p := range list {
		all = append(all, regexp.MustCompile(p))
	}
	return all
}

// kindOf reads the kind from folded words.
func kindOf(folded string) Kind {
next:
	for _, rule := range kindRules {
		for _, p := range rule.all {
			if !p.MatchString(folded) {
				continue next
			}
		}
		return rule.kind
	}
	return Other
}

// deadline is the course's default for the kind; zero when it has none.
func (k Kind) deadline(c Context) time.Time {
	now := c.Now.In(c.Zone)
	switch k {
	case CallBack:
		return now.Add(24 * time.Hour)
	case Complaint:
		if d, ok := c.Work.WorkingDay(DayOf(now), 2); ok {
			return c.Work.Closes(d, c.Zone)
		}
	case AfterRepair:
		return sameClock(now, 3)
	case AfterSale:
		return sameClock(now, 7)
	}
	return time.Time{}
}

// sameClock is the same time of day, days later.
func sameClock(now time.Time, days int) time.Time {
	h, m, _ := now.Clock()
	t, _ := at(DayOf(now).Add(days), h*60+m, now.Location())
	return t
}
