package blocks

import (
	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

func chineseSample() sample {
	return sample{
		lang: "zh",
		card: Card{Lang: "zh", CaseID: "T024BE7LD.C024BE91L.1700000000.000100", Title: "送货延误", State: "open",
			Others: []Choice{{"broken-promise", "承诺没有兑现"}, {"repeat-contact", "同一件事反复来电"}, {"refund-refused", "退款被拒"}},
			Advice: sampleAdvice(coach.Advice{
				Lang: "zh",
				Phrases: []coach.Phrase{
					{Step: "empathise", Text: "婴儿床等了四天还没到，孩子周五就要出生，换了谁都会着急。", Playbook: "late-delivery"},
					{Step: "empathise", Text: "您是按约定的日子安排的，我们没有做到，让您为难了。", Playbook: "late-delivery"},
					{Step: "clarify", Text: "为了马上查到，请问您的单号是＿＿（单号）吗？", Playbook: "late-delivery"},
					{Step: "offer", Text: "我可以今天为您安排＿＿（可提供的方案），也可以改为自提，您觉得哪种方便？", Playbook: "late-delivery"},
					{Step: "commit", Text: "不管司机那边怎么说，＿＿（时间）之前我一定给您回电话。", Playbook: "late-delivery"},
				},
				Avoid:    []coach.Avoid{{Phrase: "not-my-fault", SayInstead: []string{"我来查清楚卡在哪一步，从我这里帮您解决。"}}, {Phrase: "尽快", SayInstead: []string{"今天下午四点前我给您答复。"}}},
				Why:      []string{"等了四天", "还没到"},
				Calm:     "客户气的是延误。先呼一口气，再开口。",
				Escalate: []coach.Escalation{{When: "客户的要求超出你的权限", To: "组长"}},
			})},
		draft: "我不知道货在哪，你等着吧。",
		findings: []guard.Finding{
			{Phrase: "dont-know", Text: "我不知道", Start: 0, End: 4, SayInstead: []string{"我现在就向仓库核实，十分钟内答复您。", "我来帮您查清楚。"}},
			{Phrase: "hurry-or-wait", Text: "你等着吧", Start: 8, End: 12, SayInstead: []string{"核实大约要两分钟，您方便在线上稍候吗？"}},
		},
		hints: []guard.Hint{
			{Hint: guard.HintSolutionFirst, Text: "给您补发", SayInstead: []string{"四天没有一个消息，换谁都会生气。接下来我这样办："}},
			{Hint: guard.HintVagueTime, Text: "尽快", SayInstead: []string{"今天＿＿（几点）前，我给您回电。"}},
		},
		query: "送货",
		hits: []Hit{{"late-delivery", "zh", "送货延误", "货没按时到，客户等得不耐烦。"},
			{"contact-step-by-step", "zh", "一次来电的完整步骤", "从问候到跟进，每一步都有一句可说的话。"}},
		guide: playbooks.Playbook{ID: "outgoing-call", Lang: "zh", Kind: playbooks.Guide, Title: "主动致电",
			Summary: "做好准备，征得同意，说明对客户有什么好处。", Sections: []playbooks.Section{
				{Text: "拨号之前先想好**打给谁**、**为什么打**、**接下来做什么**。"},
				{Heading: "征得同意", Text: "- 报上姓名和单位。\n- 问对方现在是否方便。\n\n> “您现在方便说两分钟吗？”"}}},
		scenario: playbooks.Playbook{ID: "late-delivery", Lang: "zh", Kind: playbooks.Scenario, Title: "送货延误",
			Summary: "货没按时到，客户等得不耐烦。",
			Now:     []string{"有人身危险时，马上拨打急救或报警电话。", "叫来值班负责人，不要挂断。"},
			Steps: map[playbooks.Step][]playbooks.Phrase{
				playbooks.Listen:  {{Text: "请您说说当时是怎么约定的，我记下来。"}},
				playbooks.Clarify: {{Text: "请问您的单号是{order}吗？"}, {Text: "您最晚什么时候要用[，是{date}吗]？"}}},
			Escalate:   []playbooks.Escalation{{When: "客户的要求超出你的权限", To: "组长"}},
			SayInstead: []playbooks.SayInstead{{Phrase: "dont-know", Text: "我现在就帮您查清楚，{time}前给您回电。"}, {Wording: "请您冷静", Text: "这件事让您这么费心，我听明白了。"}}},
		laterWord: "日报", permission: "channels:history",
		teamName: "售后一组", summary: "昨天送货延误最多，多数客户听到确切时间后平静下来；还有一件承诺没做到。", aiMark: "由智能服务撰写",
		titles: map[string]string{"late-delivery": "送货延误", "refund-refused": "退款被拒", "broken-promise": "承诺没有兑现", "repeat-contact": "同一件事反复来电",
			"dont-know": "我不知道", "hurry-or-wait": "快点 / 等候"},
		promise: "给李女士回电，说清退款进度", question: "配件断货，怎么跟客户说？",
		repair: []string{"说好五点给您回话，我没做到，对不起。", "现在到这一步了，明天十点我再给您打电话。"},
	}
}
