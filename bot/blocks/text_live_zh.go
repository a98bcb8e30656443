package blocks

func chineseLive() liveWords {
	return liveWords{
		broken:    "*{1} 里的手册有些内容暂时用不了*",
		fault:     "`{1}` 第 {2} 行：{3}",
		more:      "还有 {1} 处；运行 `coachbot playbooks lint` 可以看到全部。",
		stays:     "不影响使用：改好之前，每个文件都沿用上一个正确的版本；新文件要等到没有错误才会用。",
		unsaid:    "带禁语的句子不会被建议出去，文件里其余的内容照常使用。",
		mended:    "*已没有错误（改好了，或文件已移走）：* {1}",
		allGood:   "手册里没有错误了，谢谢。",
		elsewhere: "还没有语言为 `{1}` 的手册，这里用了最接近的语言。",
		weekly: weeklyWords{
			title:   "*{1} 至 {2}，手册没帮上忙的地方*",
			phrases: "最该改的说法", cases: "最缺合适手册的个案",
			unhelpful: "{1} 次说没帮助", another: "{1} 次换了说法", used: "{1} 次用了",
			noHelp: "有人说没帮助", picked: "有人改选了“{1}”", unresolved: "没有解决", unsure: "没有一个手册明显合适",
			more: "还有 {1} 条。",
			hint: "在手册里换一句更好的话，或加一条例句，下一次就用得上。保存之前可以用 `coachbot playbooks diff` 看看改动的效果。",
		},
		accept: acceptWords{
			title: "加进手册吗？", submit: "确定",
			intro:    "有人提议给 {1} 加一句：",
			decision: "要不要把这句话推荐给大家？", yes: "采纳", no: "不采纳",
			words: "这句话", wordsHint: "一两个完整的句子，照原样说给客户听", step: "在哪一步说？",
			why: "为什么不采纳？", whyHint: "只在不采纳时填写，提议的人会看到",
			written: "已采纳，用于“{1}”。内容写在 {2}，马上就会推荐给大家。",
			patch:   "已采纳，用于“{1}”。手册文件夹不能写入：请把下面的改动存成文件，在那里用 `patch -p1` 应用（{2}）。",
		},
	}
}
