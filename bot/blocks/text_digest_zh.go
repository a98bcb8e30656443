package blocks

import "coachbot/store"

func chineseDigest() digestWords {
	return digestWords{
		team: "本团队", title: "{1} · {2}", titleRunning: "{1} · {2}，到现在为止", span: "{1}至{2}", weekOf: "{1}起的一周",
		days: "天", weeks: "周", months: "月",
		quiet:     "{1}：平静的一天。没有棘手情况，也没有待办。好好享受这份清静。",
		quietDays: "{1}：这几天都平静。没有棘手情况，也没有待办。好好享受这份清静。",
		quietWeek: "{1}很平静。没有棘手情况，也没有待办。好好享受这份清静。", quietMonth: "{1}：平静的一个月。没有棘手情况，也没有待办。",
		first: map[store.DigestKind]string{store.DigestDay: "这是你们的第一份日报。往后会和前几天对比。",
			store.DigestWeek: "这是你们的第一份周报。下一份会和它对比。", store.DigestMonth: "这是你们的第一份月报。下一份会和它对比。"},
		late:   "比平时晚：到点时没能发出。",
		summed: "这一份合并了 {1} 天。",
		headline: map[string][2]string{
			"missed":    {"答应客户的事，有 {1} 件没按时做到。", "答应客户的事，有 {1} 件没按时做到。"},
			"waiting":   {"有 {1} 条投诉或建议等了两个工作日还没答复。", "有 {1} 条投诉或建议等了两个工作日还没答复。"},
			"critical":  {"出现 {1} 起危急情况。", "出现 {1} 起危急情况。"},
			"open-help": {"还有 {1} 位同事在等人帮忙。", "还有 {1} 位同事在等人帮忙。"},
			"rising":    {"{3}：{1} 起，平时 {2} 起。", "{3}：{1} 起，平时 {2} 起。"},
			"less":      {"{1}% 的客户平静下来，平时是 {2}%。", "{1}% 的客户平静下来，平时是 {2}%。"},
			"more":      {"{1}% 的客户平静下来，高于平时的 {2}%。", "{1}% 的客户平静下来，高于平时的 {2}%。"},
			"all":       {"唯一一位生气的客户平静下来了。", "{1} 位生气的客户全都平静下来了。"},
			"slips":     {"草稿里拦下 {1} 处禁语，平时 {2} 处。", "草稿里拦下 {1} 处禁语，平时 {2} 处。"},
			"cases":     {"棘手情况 {1} 起，平静下来的 {2} 起。", "棘手情况 {1} 起，平静下来的 {2} 起。"},
			"today":     {"没有棘手情况，今天有 {1} 件承诺要做到。", "没有棘手情况，今天有 {1} 件承诺要做到。"},
			"quiet":     {"没有棘手情况。", "没有棘手情况。"},
		},
		cases: "棘手情况：{1} 起", calmed: "平静下来：{2} 起里的 {1} 起", firstWords: "第一条建议：{1}内",
		help: "求助：{1} 次", taken: "接手 {1} 次[，用了 {2}][（平时 {3}）]", solved: "解决 {1} 次[，用了 {2}][（平时 {3}）]",
		promises: "到期的承诺：{1} 件，做到 {2} 件，错过 {3} 件", slips: "草稿里拦下的禁语：{1} 处", cards: "新的经验卡：{1} 张",
		more: "比平时多 {1}", fewer: "比平时少 {1}", same: "和平时一样", usually: "平时 {1}",
		said: "说得最多", sayings: "“{1}”（{2} 次）",
		learned: "我们学到了", by: "来自 {1}", rising: "正在变多", rise: "{1}：{2} 起，平时 {3} 起",
		openHelp: "还没解决的求助", claimed: "{1}（同事接手 {2}）", openAsked: "{1}（等了 {2}）",
		today: "今天到期的承诺", due: "{1}，{2} 之前", waiting: "两个工作日还没答复", waitingItem: "{1}（{2}起）",
		andMore: "还有 {1} 条",
		drill:   "给自己两分钟：哪个回答更好？", customer: "情况：“{1}”", better: "*甲*  {1}\n*乙*  {2}", answerA: "甲更好", answerB: "乙更好",
		missed: "没按时做到的承诺", missedItem: "{1}（原定 {2}）", promisesUsual: "平时做到 {1} 件，错过 {2} 件",
		inThread: "明细在这条消息的消息列里。",
		details:  "明细", scenarios: "按情况分", slipsTitle: "拦下的禁语，按说法分", slip: "{1}：{2} 处",
		calming: "哪些话能让客户平静", calmingLine: "“{1}”：用了 {2} 次，平静 {3} 次",
		failing: "哪些话没能让客户平静", failingLine: "“{1}”：用了 {2} 次，没平静 {3} 次",
		gaps: "手册里该改的", unsure: "没有明显合适的手册：{1} 起", unhelpful: "被标为没帮助：{1}（{3}，{2} 次）",
		passed: "要求换个说法：{1}（{2} 次）", instead: "手动换成：{1}（{2} 次）", nothingToChange: "没有需要改的地方。",
		chartTitle: "每{1}的棘手情况", chartCases: "棘手情况", chartCalmed: "平静下来",
		read: "我看过了", readNow: "记下了，你已看过。谢谢。", readAlready: "这一份你之前已经签过。",
		unread: "还没看：{1}。", everybody: "这一份，负责人都看过了。",
	}
}

func chinesePractice() practiceWords {
	return practiceWords{
		title: "哪个回答更好？", right: "对，这个更好。", wrong: "另一个更好：",
		again: "十分钟后再出现一次，趁热记住。", known: "{1}后再出现。",
		why: map[string]string{
			"forbidden": "它说清了你接下来做什么；另一句把客户推开了。",
			"wording":   "它说到事情，也担起来了；另一句会让客户更气。",
			"first":     "人在气头上，听不进办法。先说出对方的感受，办法紧跟着来。",
			"own-case":  "这句话让我们的一位客户平静了下来。先说出对方的感受，办法紧跟着来。",
		},
		next: "再来一题", none: "现在还没有可以练的题。", private: "只有你看得到，不计入任何统计。",
	}
}

func chineseLasted() lastedWords {
	return lastedWords{seconds: "{1} 秒", minutes: "{1} 分钟", hours: "{1} 小时", days: "{1} 天"}
}
