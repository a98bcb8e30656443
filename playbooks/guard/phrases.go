package guard

// builtInPhrases are the ten, in the order of the course.
func builtInPhrases() []Phrase {
	type both = map[string][]string
	entry := func(id, zh, en string, say both) Phrase {
		return Phrase{ID: id, Text: map[string]string{"zh": zh, "en": en}, SayInstead: say}
	}
	return []Phrase{
		entry("dont-know", "我不知道", "I don't know", both{
			"zh": {"这个问题我来帮您查清楚，今天下班前给您答复。", "我请负责这一块的同事一起看，查到就告诉您。"},
			"en": {"Let me find that out for you; I'll tell you today by the end of my shift.", "I'll ask the colleague who handles this and come back to you with the answer."}}),
		entry("dont-like", "我不喜欢", "I don't like it", both{
			"zh": {"您的意思我听明白了，我们一起看看怎么处理。", "谢谢您说得这么直接，我先把这一点记下来。"},
			"en": {"I hear what you mean; let's look at how to put it right.", "Thank you for being so direct; I'm noting that point now."}}),
		entry("dont-bother-me", "别打搅我", "Don't bother me", both{
			"zh": {"您的事我放在手上，今天下午三点前跟您说进展。", "您随时可以找我，我先把手上这一步核实完。"},
			"en": {"Your case is on my desk; I'll update you by three this afternoon.", "I'm glad you wrote again; here is where things stand."}}),
		entry("dont-like-you", "我不喜欢你", "I don't like you", both{
			"zh": {"我想把这件事办好，请您把经过再说一遍，我来记。", "我理解您现在很生气，我们先把问题解决。"},
			"en": {"I want to get this right for you; please take me through it once more.", "I can hear how upset you are; let's solve the problem first."}}),
		entry("know-already", "我都知道了", "I know all that already", both{
			"zh": {"您说的这几点我都记下了，跟您核对一遍。", "谢谢您说得这么详细，我想再确认一个细节。"},
			"en": {"I've noted each of those points; may I read them back to you?", "Thank you for the details; there is one thing I'd like to confirm."}}),
		entry("you-dont-know", "你不知道", "You don't know", both{
			"zh": {"这个规则确实绕，我一步一步给您讲。", "是我没说清楚，我换个说法。"},
			"en": {"The rule is confusing; let me take you through it step by step.", "I wasn't clear; let me put it another way."}}),
		entry("your-kind", "不喜欢你这种人", "I don't like people like you", both{
			"zh": {"您对服务有要求，我按您的标准再核对一遍。", "每位客户的事我都认真办，我们先说眼前这一件。"},
			"en": {"You expect good service, and I'll check this against that.", "Every customer's case matters to me; let's take yours now."}}),
		entry("dont-come-back", "别再回来", "Don't come back", both{
			"zh": {"这次没让您满意，我想把它补回来。", "您愿意的话，下次直接找我，我来跟进。"},
			"en": {"We let you down this time, and I'd like to put that right.", "If you give us another chance, ask for me and I'll see to it."}}),
		entry("not-my-fault", "这不是我的错", "It's not my fault", both{
			"zh": {"给您添麻烦了，对不起，这件事由我来跟进。", "我先查清楚是哪一步出了问题，再告诉您怎么解决。"},
			"en": {"I'm sorry for the trouble this caused; I'll take it from here.", "I'll find out which step went wrong and tell you how it is put right."}}),
		entry("hurry-or-wait", "快点 / 等候", "Hurry up / Wait", both{
			"zh": {"请您稍等两分钟，我马上核实。", "您慢慢说，我边听边记。"},
			"en": {"May I take two minutes to check this? I'll stay on the line.", "Take your time; I'm writing it down as you speak."}}),
	}
}
