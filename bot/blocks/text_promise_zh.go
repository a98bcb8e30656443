package blocks

func chinesePromise() promiseWords {
	return promiseWords{
		today: "今天 {1}", tomorrow: "明天（{1}）{2}", onDay: "{1} {2}",
		aMinute: "1 分钟", minutes: "{1} 分钟", hours: "{1} 小时", days: "{1} 天",
		made:       "*记下了：{1}*\n期限：{2}（{6}）。",
		turned:     "*改好了：{1}*\n新的期限：{2}（{6}）。",
		given:      "{5} 把这件答应客户的事交给你：*{1}*\n期限：{2}（{6}）。",
		near:       "*还有 {3}：{1}*\n期限：{2}。",
		missed:     "*过期 {3}了：{1}*\n期限是{2}，还没有标记做到。如果已经做了，请按“做到了”。",
		kept:       "*做到了：{1}*\n答应客户的兑现了，真好。",
		dropped:    "放下了：{1}。我不再提醒。",
		with:       "这件事现在由 {4} 负责：{1}，期限{2}。",
		about:      "属于：{1}。",
		remind:     "到期前一小时和前十分钟我会提醒你。只有你看得到。",
		remindOnce: "到期前十分钟我会提醒你。只有你看得到。",
		unseen:     "只有你看得到。",
		repair:     "如果还没做：赶在客户找来之前先打过去，补上的承诺客户也会记得。可以这样说：",
		usual: map[string]string{
			"call-back":    "你没说时间，我按回电的惯例定在 24 小时内。",
			"complaint":    "你没说时间，我按答复投诉的惯例定在两个工作日内。",
			"after-repair": "你没说时间，我按维修后回访的惯例定在三天后。",
			"after-sale":   "你没说时间，我按售后回访的惯例定在七天后。",
		},
		done: "做到了", change: "修改", drop: "不需要了", reopen: "其实还没做到",
		newTitle: "记下承诺", changeTitle: "修改承诺", submit: "保存",
		what: "答应了什么？", whatHint: "例如：给李女士回电，说清退款进度",
		due: "什么时候之前？", dueHint: "按你自己的时区（{1}）",
		forCase: "属于哪件事？", noCase: "都不是",
		unclear: map[string]string{
			"no-what":  "时间我看懂了，但没看到答应了什么。",
			"no-time":  "“{1}”里没有我能看懂的时间。什么时候之前要做到？",
			"vague":    "“{1}”说的不是一个确定的时间。请定一个。",
			"past":     "这个时间已经过了。你指的是什么时候？",
			"half":     "我拿不准是上午还是下午。是这个时间吗？",
			"which":    "可能是两个日子中的一个。是这一天吗？",
			"several":  "我看到不止一个时间。以哪个为准？",
			"no-day":   "日历上没有这一天。你指的是哪一天？",
			"skipped":  "那时正好拨快时钟，没有这个钟点。是这个时间吗？",
			"repeats":  "我一次只记一个期限。下一次是什么时候？",
			"zone":     "这是别处的时间。请换成你自己的时间。",
			"too-far":  "这在两年以后了。没写错吧？",
			"too-long": "太长了，承诺放不下这么多字。请缩短一些。",
		},
		button: "记下承诺",
	}
}

func chineseOwed() owedWords {
	return owedWords{
		ended:   "*你的班快结束了。* 下面这些还没完。等不得的，选一位同事交出去；其余的可以留到明天。",
		asked:   "*你手上还没完的事。* 想交给谁，就在旁边选。",
		left:    "*{1} 已经离开，下面这些还没完。* 承诺先记在第一位负责人名下。请选由谁来做。",
		nothing: "没有未完的事：没有承诺，也没有接下的求助。",
		promise: "承诺：*{1}*，期限{2}", claim: "你接了 {2} 的求助：*{1}*", somebody: "一位同事",
		later: "以后才到期、没有列出的：{1} 件。", everything: "这里列出的全部",
		toColleague: "交给…", handed: "已交给 {2}：{1}",
	}
}

func chineseDuty() dutyWords {
	return dutyWords{
		call:   "*危急情况：{1}*\n{2} 正在处理，现在需要负责人。",
		taken:  "{3} 已经接手：{1}。",
		closed: "这件事已经结束：{1}。",
		next:   "五分钟内没人接，我就找下一位。",
		last:   "你是名单上的最后一位。请接手，或者找能接的人。",
		take:   "我来接", somebody: "有同事", coming: "{1} 看到了你的危急情况，正在接手。",
	}
}

func chineseCare() careWords {
	return careWords{
		opening: "*刚才那件事不容易，给自己一分钟。*",
		title:   "一分钟",
		steps: [4]string{
			"双脚踩稳地面，肩膀放下来。",
			"吸气数到四，呼气数到六，做五次。",
			"对自己说：他气的是那件事，不是我。",
			"站起来，喝口水，看看窗外。",
		},
		peer:    "然后找人说两句，会好受些：比如 {1}，或者你信得过的人。",
		anybody: "然后找人说两句，会好受些：一位你信得过的同事。",
		private: "只有你看得到。我不告诉任何人，也不作任何统计。",
	}
}
