package blocks

func chineseLive() liveWords {
	return liveWords{
		broken:  "*{1} 里的手册有些内容暂时用不了*",
		fault:   "`{1}` 第 {2} 行：{3}",
		more:    "还有 {1} 处；运行 `coachbot playbooks lint` 可以看到全部。",
		stays:   "不影响使用：改好之前，每个文件都沿用上一个正确的版本。",
		mended:  "*已经改好并开始使用：* {1}",
		allGood: "手册里没有错误了，谢谢。",
	}
}
