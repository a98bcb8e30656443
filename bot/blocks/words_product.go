package blocks

// productWords are those of product feedback.
type productWords struct {
	mark, change, title, submit, note, hint string
	marked, away                            string
	listed, item                            string // {1} what, {2} the scenario
	box, boxes                              string
}

func englishProduct() productWords {
	return productWords{
		mark: "Product feedback", change: "Change product feedback", title: "Product feedback", submit: "Save",
		note: "What should the product team hear?", hint: "A sentence or two. It stands in the week's digest and can be exported.",
		marked: "No product feedback after all?", away: "Take it away",
		listed: "For the product team", item: "{1} ({2})", box: "It is product feedback too", boxes: "How is it kept?",
	}
}

func chineseProduct() productWords {
	return productWords{
		mark: "产品反馈", change: "修改产品反馈", title: "产品反馈", submit: "保存",
		note: "想让产品团队知道什么？", hint: "一两句话就好。会出现在周报里，也可以导出。",
		marked: "不算产品反馈？", away: "撤掉",
		listed: "给产品团队的反馈", item: "{1}（{2}）", box: "这也是产品反馈", boxes: "怎样保存？",
	}
}
