package when

import (
	"regexp"
	"strings"
	"time"
)

const zhUnit = `(分钟|分|个?小时|个?钟头?|个?工作小时|个?工作日|天|日|个?(?:星期|礼拜)|周|个?月|年)`

func chineseUnit(s string) string {
	switch {
	case strings.HasSuffix(s, "工作小时"):
		return "working hour"
	case strings.HasSuffix(s, "工作日"):
		return "working day"
	case strings.HasPrefix(s, "分"):
		return "minute"
	case strings.HasSuffix(s, "小时"), strings.Contains(s, "钟"):
		return "hour"
	case s == "天", s == "日":
		return "day"
	case strings.HasSuffix(s, "月"):
		return "month"
	case s == "年":
		return "year"
	}
	return "week"
}

// within is what makes a span a time to come: 半小时内, 两天后. 三天前 is past.
const within = `(?:之内|以内|内|之后|以后|后)`

// whichWeek is 本周, 下周, 下下周 and their like: how many weeks from this one.
const whichWeek = `(这个?|本|下个?|下下个?)`

func weeksAhead(s string) int { return strings.Count(s, "下") }

// partOfChinese names the parts of a day.
var chineseParts = map[string]partOfDay{"凌晨": dawn, "清晨": firstThing, "清早": firstThing, "一早": firstThing, "大早": firstThing,
	"一上班": firstThing, "上班": firstThing, "开门": firstThing, "早上": morning, "早晨": morning, "上午": morning, "早": firstThing,
	"中午": midday, "正午": midday, "午间": midday, "午饭": midday, "下午": afternoon, "午后": afternoon, "傍晚": evening, "晚上": evening,
	"晚间": evening, "夜里": evening, "夜间": evening, "深夜": evening, "半夜": evening, "晚": evening, "下班": closing, "收工": closing, "打烊": closing,
	"关门": closing, "交班": closing}

const zhPart = `(凌晨|清晨|清早|一大?早|一上班|早上|早晨|上午|中午|正午|午间|午饭|下午|午后|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|下班|收工|打烊|关门|交班)`

var (
	noHour  = regexp.MustCompile(`^(?:建议|意见|要求|问题|原因|说明|不足|内容|看法|想法|希望|心|儿|也|都|多|少|点|评|名|赞|击)`)
	isHour  = regexp.MustCompile(`^(?:钟|半|整|前|之前|以前|一刻|三刻|[零〇一二三四五六七八九十\d]+分)`)
	leadsZh = regexp.MustCompile(`(?:^|[\s,，、。；;：:(（]|在|于|到|至|截止|截至|最晚|最迟|晚于)$`)
	noDate  = regexp.MustCompile(`^\s*(?:楼|线|柜|窗|门|店|房|桌|库|车|机|位|院|厅|员|码|公路|仓|台|通知|文件|令)`)
)

var chineseRules = []rule{
	// what is no deadline
	on(`昨(?:天|日|晚|夜|儿)(?:早上|上午|中午|下午|晚上)?|前(?:天|晚|日)|大前天|刚才|刚刚|上个?(?:`+zhDay+`|周末?|星期|礼拜|月|次|回)|去年|(?:`+zhNumber+`(?:分钟|分|个?小时|个?钟头?|天|个?(?:星期|礼拜)|周|个?月|年)|[一二两三四五六七八九十]{1,3}日)(?:之前|以前|前)`, func(_ []string, f *found) bool {
		f.past = true
		return true
	}),
	on(`每(?:隔?(?:`+zhNumber+`)?(?:天|日|个?小时|个?月|个?星期|`+zhDay+`|周)|(?:早|晚)上?)|天天`, func(_ []string, f *found) bool {
		f.repeats = true
		return true
	}).where(func(_, after string, _ bool) bool { return !startsWith(after, "人", "个人") }),
	on(`(?:最多|至多|不超过)(`+zhNumber+`)`+zhUnit, func(m []string, f *found) bool {
		n, ok := number(m[1])
		return ok && f.setSpan(n, chineseUnit(m[2]))
	}),
	on(`尽快|尽早|稍后|稍晚(?:一?些|点)?|稍等|等(?:一?会儿?|一?下)|待会儿?|马上|立刻|立即|回头|改天|过(?:几|两|一两|两三)(?:天|个?小时|分钟|周|个?月)|(?:几|两三|三四|三五|一两|四五|若干|数)个?(?:分钟|小时|钟头|天|工作日|周|星期|月)(?:之?内|以内|之?后|以后)?|过?(?:一会儿?|一阵子?|不久)|早日|有空|有时间|近期|近日|月初|下?个?月中旬?|晚些时候|迟些|最近[几两]天|这[几两]天(?:之?内)?|明后(?:两)?天`, func(_ []string, f *found) bool {
		f.vague = true
		return true
	}),
	// 半小时内, 一个半小时后, 两个工作日内, 再过两天
	on(`(?:再过|过|在)?(半|一刻|三刻)(个?(?:小时|钟头)|钟)`+within+`?`, func(m []string, f *found) bool {
		minutes := map[string]float64{"半": 30, "一刻": 15, "三刻": 45}[m[1]]
		return (m[1] == "半") == (m[2] != "钟") && f.setSpan(minutes, "minute")
	}).where(func(before, _ string, _ bool) bool { return !strings.HasSuffix(before, "个") }),
	on(`(?:再过|过)?半个月`+within, func(_ []string, f *found) bool { return f.setSpan(15, "day") }),
	on(`(?:再过|过)?(`+zhNumber+`)个半(?:小时|钟头)`+within+`?`, func(m []string, f *found) bool {
		n, ok := number(m[1])
		return ok && f.setSpan(n+0.5, "hour")
	}),
	on(`(?:再过|过)?(`+zhNumber+`)个?(?:小时|钟头)(?:零|又)?(半|`+zhNumber+`)(?:分钟?|刻钟)?`+within, func(m []string, f *found) bool {
		h, ok := number(m[1])
		n, ok2 := number(m[2])
		if m[2] == "半" {
			n = 30
		}
		return ok && ok2 && f.setSpan(h*60+n, "minute")
	}),
	on(`(?:再过|过)?(?:`+zhNumber+`个?\s?(?:-|到|至)\s?)?(`+zhNumber+`)(?:来)?\s?`+zhUnit+within, func(m []string, f *found) bool {
		n, ok := number(m[1])
		return ok && f.setSpan(n, chineseUnit(m[2]))
	}),
	on(`(?:再过|过)(`+zhNumber+`)`+zhUnit, func(m []string, f *found) bool {
		n, ok := number(m[1])
		return ok && f.setSpan(n, chineseUnit(m[2]))
	}),
	// ends
	on(`(?:这个?|本)(?:周|星期|礼拜)(?:之内|内|结束|末尾)?|周内|`+whichWeek+`(?:周|星期|礼拜)(?:之内|内|结束)?`, func(m []string, f *found) bool {
		return f.setDay(dayRef{kind: endOfWeek, n: weeksAhead(m[0])})
	}).where(func(_, after string, _ bool) bool { return !weekGoesOn.MatchString(after) }),
	on(`(?:`+whichWeek+`)?周(?:末|六日|六、日|六周日)`, func(m []string, f *found) bool { return f.setDay(dayRef{kind: weekendOf, n: weeksAhead(m[1])}) }),
	on(`(?:(?:本|这个?|当)?月(?:底|末)|(?:本|这个?)月(?:之内|内)?|(下个?)月(?:底|末|之内|内)?)`, func(m []string, f *found) bool {
		return f.setDay(dayRef{kind: endOfMonth, n: weeksAhead(m[1])})
	}).where(func(_, after string, _ bool) bool { return !monthGoesOn.MatchString(after) }),
	on(`(?:今年|(明年))?(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:底|末)`, func(m []string, f *found) bool {
		n, ok := whole(m[2])
		return ok && n >= 1 && n <= 12 && f.setDay(dayRef{kind: endOfMonthAt, n: len(m[1]) / len("明年"), date: Day{Month: time.Month(n)}})
	}),
	on(`年(?:底|末)|今年(?:之?内|底)|(?:本)?季度(?:末|底)`, func(m []string, f *found) bool {
		if strings.Contains(m[0], "季度") {
			return f.setDay(dayRef{kind: endOfQuarter})
		}
		return f.setDay(dayRef{kind: endOfYear})
	}),
	// days
	on(`今(天|日|儿|早|晚)(?:内|之内|晚些时候|稍晚)?|当天`, func(m []string, f *found) bool {
		return f.setDay(dayRef{kind: inDays}) && f.setTail(m[1])
	}),
	on(`明(天|日|儿|早|晚)`, func(m []string, f *found) bool {
		return f.setDay(dayRef{kind: inDays, n: 1}) && f.setTail(m[1])
	}),
	on(`次日|第二天|翌日`, func(_ []string, f *found) bool { return f.setDay(dayRef{kind: inDays, n: 1}) }),
	on(`(?:的)?(?:这个?时候|此时|同一时间|同一时候)`, func(_ []string, f *found) bool {
		f.day.clock = f.day.kind == inDays
		return f.day.clock
	}),
	on(`(大)?后(天|日|儿)`, func(m []string, f *found) bool { return f.setDay(dayRef{kind: inDays, n: 2 + len(m[1])/len("大")}) }).
		where(func(before, _ string, _ bool) bool {
			return !strings.HasSuffix(before, "以") && !strings.HasSuffix(before, "之")
		}),
	on(`(?:下一?个|次一?个?|第一个)工作日`, func(_ []string, f *found) bool { return f.setDay(dayRef{kind: workingDay, n: 1}) }),
	on(`(?:`+whichWeek+`)?`+zhDay+`(?:(早|晚)(?:上)?)?`, func(m []string, f *found) bool {
		w := weekdayRef{day: weekdayOf(m[2])}
		if m[1] != "" {
			w.mode, w.n = inWeek, weeksAhead(m[1])
		}
		part := map[string]partOfDay{"早": morning, "晚": evening}[m[3]]
		return f.setWeekday(w) && (m[3] == "" || f.setPart(part))
	}),
	// dates
	on(`(?:(20\d\d|今|明|后)年)?\s?(\d{1,2}|[一二三四五六七八九十]{1,2})月\s?(\d{1,2}|[一二三四五六七八九十廿]{1,3})\s?[日号]`, func(m []string, f *found) bool {
		month, ok := whole(m[2])
		day, ok2 := whole(m[3])
		ref := dayRef{kind: onDate, date: Day{figure(m[1]), time.Month(month), day}}
		switch m[1] {
		case "今":
			ref.date.Year, ref.n = -1, 0
		case "明":
			ref.date.Year, ref.n = -1, 1
		case "后":
			ref.date.Year, ref.n = -1, 2
		}
		return ok && ok2 && f.setDay(ref)
	}),
	on(`(本月|这个?月|下个?月)?(\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日]`, func(m []string, f *found) bool {
		d, ok := whole(m[2])
		ref := dayRef{kind: nextOf, date: Day{Day: d}}
		if m[1] != "" {
			ref.kind, ref.n = ofMonth, weeksAhead(m[1])
		}
		return ok && d >= 1 && d <= 31 && f.setDay(ref)
	}).where(func(_, after string, _ bool) bool { return !noDate.MatchString(after) }),
	// clocks
	on(`(?:差(\d{1,2}分|一刻|[一二三四五六七八九十]{1,3}分)(?:钟)?(?:到)?)(\d{1,2}|[一二两三四五六七八九十]{1,3})点`, func(m []string, f *found) bool {
		h, ok := whole(m[2])
		n := 15
		ok2 := true
		if m[1] != "一刻" {
			n, ok2 = whole(strings.TrimSuffix(m[1], "分"))
		}
		return ok && ok2 && f.setAround(h, -n, "")
	}),
	on(`(?:从)?(\d{1,2}|[一二两三四五六七八九十]{1,3})点(?:半|钟)?\s?(?:到|至|-)\s?`+zhPart+`?(\d{1,2}|[一二两三四五六七八九十]{1,3})点(半|一刻|三刻)?(?:钟)?(?:之间)?`, func(m []string, f *found) bool {
		return (m[2] == "" || f.setPart(chineseParts[m[2]])) && f.setChineseClock(m[3], m[4])
	}),
	on(`(\d{1,2}|[零〇一二两三四五六七八九十]{1,3})(?:点过?|时)(半|一刻|三刻|整|钟|\d{1,2}分?|[零〇一二三四五六七八九十]{1,3}分?)?(?:钟)?`, func(m []string, f *found) bool {
		return f.setChineseClock(m[1], m[2])
	}).where(func(before, after string, joined bool) bool {
		return !noHour.MatchString(after) && (joined || leadsZh.MatchString(before))
	}),
	on(`(早|晚)(\d{1,2}|[一二两三四五六七八九十]{1,3})点(半|一刻|三刻)?`, func(m []string, f *found) bool {
		part := morning
		if m[1] == "晚" {
			part = evening
		}
		return f.setPart(part) && f.setChineseClock(m[2], m[3])
	}),
	on(`([二两三四五六七八九]|十[一二]?|\d{1,2})点过?(?:(半|一刻|三刻|\d{1,2}分|[零〇一二三四五六七八九十]{1,3}分)|整|钟)?(?:钟)?`, func(m []string, f *found) bool {
		return f.setChineseClock(m[1], m[2])
	}).where(func(before, after string, _ bool) bool {
		return isHour.MatchString(after) || strings.HasSuffix(before, "我") || strings.HasSuffix(before, "会")
	}),
	on(`(一)点(半|一刻|三刻)`, func(m []string, f *found) bool { return f.setChineseClock(m[1], m[2]) }),
	on(`零点`, func(_ []string, f *found) bool { return f.setClock(24, 0, true) }),
	// parts of a day
	on(zhPart+`(?:的时候|时)?(?:之?内)?`, func(m []string, f *found) bool {
		p, ok := chineseParts[m[1]]
		if !ok {
			p = firstThing // 一大早
		}
		return f.setPart(p)
	}),
}

var (
	weekGoesOn  = regexp.MustCompile(`^(?:[一二三四五六日天末1-7]|个)`)
	monthGoesOn = regexp.MustCompile(`^(?:\d|[一二三四五六七八九十廿初中上下旬份])`)
)

// setTail takes the last character of 今晚, 明早.
func (f *found) setTail(s string) bool {
	switch s {
	case "早":
		return f.setPart(firstThing)
	case "晚":
		return f.setPart(evening)
	}
	return true
}

func (f *found) setChineseClock(hour, rest string) bool {
	h, ok := whole(hour)
	m := 0
	switch rest = strings.TrimSuffix(rest, "分"); rest {
	case "", "整", "钟":
	case "半":
		m = 30
	case "一刻":
		m = 15
	case "三刻":
		m = 45
	default:
		n, ok2 := whole(rest)
		ok, m = ok && ok2, n
	}
	return ok && f.setClock(h, m, len(hour) == 2 && hour[0] == '0')
}
