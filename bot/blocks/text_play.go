package blocks

func englishPlay() playWords {
	return playWords{
		start:    "*Role play: {1}.* I am the customer. Answer me in this thread the way you would write to a customer.",
		customer: "*Customer:* {1}",
		how:      "Only you see this, and what you write here is not kept. Write “stop” when you have had enough.",
		stop:     "Stop and hear how it went",
		end: map[string]string{
			"calm":   "The customer is content. That is how it goes well.",
			"left":   "The customer left angry. Here it costs nothing; look at what to do differently.",
			"long":   "Enough for today; real conversations rarely take this long.",
			"byhand": "You stopped. This is how far you came.",
		},
		was: "The customer: {1}.", done: "What you did, in your words:", took: "{1}: “{2}”", open: "Still open, and what you could say:", missed: "{1}: {2}",
		all: "You took every step.", slips: "What made it harder:",
		slip: map[string]string{
			"solution-first": "You offered a solution before the customer felt understood. Name the feeling and its cause first.",
			"vague":          "“Soon” is not heard as a promise. Name a time.",
			"long":           "This customer wanted it short. Say in one sentence what happens now.",
			"nothing-said":   "A reply took no step. One sentence of understanding is a step.",
			"pressing":       "“You must” pushes somebody who needs calm. Offer instead: “If you like, we can …”.",
		},
		again: "Once more: `/coach practice play`, with a scenario behind it if you like.",
	}
}

func chinesePlay() playWords {
	return playWords{
		start:    "*对练：{1}。*我来当顾客。请在这条消息的回复里回我，就像平时回顾客那样。",
		customer: "*顾客：*{1}",
		how:      "只有你看得到，你写的内容不会留下来。想停就发“结束”。",
		stop:     "到此为止，看点评",
		end: map[string]string{
			"calm":   "顾客满意了。就该这样聊。",
			"left":   "顾客带着气走了。练习不要紧，看看哪里可以换个做法。",
			"long":   "今天先到这里，真实的对话很少聊这么久。",
			"byhand": "你叫了停。走到这一步：",
		},
		was: "这位顾客：{1}。", done: "你做到的，用你自己的话：", took: "{1}：“{2}”", open: "还差的步骤，可以这样说：", missed: "{1}：{2}",
		all: "每一步都做到了。", slips: "这些让事情更难：",
		slip: map[string]string{
			"solution-first": "顾客还没觉得被理解，你就给了方案。先说出他的心情和原因。",
			"vague":          "“尽快”听起来不算承诺，给个具体时间。",
			"long":           "这位顾客要的是短。用一句话说清接下来怎么办。",
			"nothing-said":   "有一次回复什么也没推进。哪怕一句理解的话，也是往前走。",
			"pressing":       "对需要安心的人说“必须”，会让他更慌。换成“您要是愿意，我们可以……”。",
		},
		again: "再来一次：`/coach 练习 扮演`，后面可以写想练的场景。",
	}
}
