package followups

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A kind of word stands for all of it: what is learned of "he" holds for "the lady".
var kindsOfEn = kinds(map[string]string{
	"WHO":    `he she him her his hers himself herself they them their he's she's they're they've he'd she'd they'd he'll she'll they'll hes shes theyre customer customers client guest caller passenger tenant patient lady gentleman woman man guy bloke dude chap fella mum mom mother dad father son daughter husband wife couple family bride groom student member parent parents buyer subscriber user cust mr mrs ms miss sir madam`,
	"US":     `i we me us my our i'm i've i'd i'll we're we've we'd we'll im ive myself ourselves`,
	"MATE":   `dana priya lin sam tom jo manager boss lead finance billing legal warehouse depot it ops support team colleague shift supervisor driver accounts logistics engineering maintenance housekeeping kitchen security marketing`,
	"HOT":    `angry angrier furious fuming livid raging mad upset annoyed cross irate seething screaming shouting yelling swearing crying tears sobbing screamed shouted yelled swore cried rude aggressive hostile nasty threatening threatened threatens lawyer solicitor court police press media regulator ombudsman complaint complaints refuses refused refusing rejects rejected demands demanding demanded insists worse louder unacceptable ridiculous disgusting joke exploded unhappy dissatisfied frustrated steaming kicking pissed ballistic berserk rant ranting ranted abusive insulting insulted sarcastic sulking declined declines pathetic loud louder lawsuit sue suing blames blaming blamed threaten curse cursing cursed escalated walking slammed stormed review chargeback dispute disputes disputing incensed erupted kicked boiling blew lost temper freaking freaked snapped snapping useless liars scam scammers fraud fed sick`,
	"MILD":   `calm calmed calmer calming happy happier fine ok okay good great pleased satisfied content relieved reassured alright sorted solved resolved settled fixed closed closing accepted accepts accepting agreed agrees thanks thanked thank grateful appreciates appreciated cheers laughed laughing laughs smiled smiling smiles joking chuckled friendly nice polite lovely sweet delighted chuffed forgave apologised apologized withdrew withdrawn cooled relaxed peace sunshine stars tipped kept stays staying renewed perfect brilliant chilled mellow softened past cool behind forgiven reassurance relief yay phew tip loved loves love glad smile withdraw`,
	"DEED":   `told said explained offered apologised apologized promised asked read used tried sent gave mentioned escalated repeated acknowledged suggested showed transferred reassured confirmed booked refunded arranged listened proposed emailed texted called rang phoned messaged summarised summarized walked let did done resent replied forwarded credited waived logged raised shared`,
	"NOT":    `not no never none nothing isn't aren't wasn't weren't doesn't don't didn't won't can't couldn't wouldn't hasn't haven't hadn't ain't isnt arent wasnt doesnt dont didnt wont cant hasnt havent hardly barely without nor nope far anything`,
	"THEN":   `yesterday earlier before originally previously initially ago monday last`,
	"NOW":    `now today finally eventually currently again just anymore longer`,
	"IF":     `if once when until till unless hope hopefully maybe perhaps might would should could try suggest imagine usually always sometimes probably`,
	"ASK":    `what who which where why how whose anyone anybody someone somebody can could does do did is are has have will shall`,
	"BUT":    `but although though however except yet still`,
	"SILENT": `reply replies answer answered hear heard picked silence waiting wait waits busy reach voicemail pending crickets silent quiet reading read pick word news shows seen typing queue`,
	"LATER":  `will i'll we'll going gonna about let's later soon after`,
})

var kindsOfZh = phrases(map[string]string{
	"WHO":    `他 她 它 客户 客人 顾客 对方 人家 用户 买家 旅客 乘客 业主 患者 病人 家属 家长 会员 学员 租客 那人 这人 女士 先生 小姐 太太 大爷 大妈 大姐 大哥 阿姨 老太太 老头 老人家 这位 那位 老公 老婆 他妈 她妈 闺女 儿子 女儿 新娘 新郎 佢 伊 渠 亲亲 那边 哥们 老板娘`,
	"US":     `我 我们 咱 咱们 俺 阿拉 我哋 自己`,
	"MATE":   `主管 经理 领导 老板 财务 法务 仓库 物流 技术 运维 陈姐 琳姐 小李 小林 小王 司机 师傅 前台 门店 同事 总部 客房 工程部 供应商 站点 组长 店长 运营 产品 后台`,
	"HOT":    `生气 气死 火大 发火 恼火 更火 火了 暴怒 愤怒 炸了 又炸 炸毛 骂 吼 喊 闹 哭 嚷 拍桌 砸 威胁 投诉 曝光 律师 起诉 法院 报警 媒体 记者 12315 12345 消协 工商 差评 不满意 抖音 微博 小红书 朋友圈 不满 不肯 不干 不行 不认 不信 不要 不接受 不同意 不买账 不依不饶 拒绝 要求 非要 非得 死活 坚持 点名 反悔 改口 阴阳怪气 难听 挂了 挂断 不走 更凶 更气 越说越 没完 嬲 来劲 变本加厉 怼 喷 杠 跳脚 翻脸 扯皮 被拒 难缠 摔 脏字 动手 飙 呵呵 质问 追问 反问 再也不 不续 终止 骗子 骗 忽悠 敷衍 垃圾 差劲 气炸 火冒 火了 很火 怒 爆炸 爆了 炸锅 急眼 撒泼 撕 翻旧账 抄送 抄了 总监 高层 发飙 咆哮 发疯 堵`,
	"MILD":   `消气 气消 消火 冷静 平静 平复 缓和 缓下来 好了 好啦 没事 搞定 搞掂 解决 处理好 同意 愿意 接受 收下 满意 高兴 开心 松口 笑 心平气和 谅解 理解 认可 结案 可以结 关单 结束 收工 不追究 撤诉 撤销 撤了 和解 谈妥 谈好 谈拢 客气 安静 谢谢 多谢 感谢 辛苦 表扬 五星 好评 放心 想通 气顺 不气 不生气 不骂 不吵 不闹 不退了 不投诉 算了 行吧 握手 缓过来 妥了 稳了 过去了 没再 冇事 勿气 释怀 舒坦 痛快 软下来 软了 服了 安抚住 稳住 哄好 翻篇 没怪 不怪 乐呵 挺客气 没意见 没关系 续约 续了 撤回 安抚住了 和好 放下 妥协 让步 接纳 消了 缓解 过关 圆满 完结 满分 点赞 喜欢 不计较 不闹了 讲和 好聚 赔笑 缓了 没脾气 气消 说行 说好 说可以 能接受`,
	"DEED":   `道歉 致歉 解释 安抚 安慰 告诉 答应 承诺 复述 总结 表示 建议 承认 确认 登记 申请 转给 转交 升级 回电 说了 讲了 问了 发了 给了 念了 提了 用了 试了 退了 免了 补发 留言 按你 照着 按卡 共情 照卡 照你`,
	"NOT":    `不 没 没有 未 别 无 甭 勿 唔 冇 莫 压根 根本 毫无 丝毫`,
	"THEN":   `昨天 上午 早上 之前 上次 上周 上个月 去年 原来 本来 起初 一开始 开始 刚开始 先前 前天 以前`,
	"NOW":    `现在 今天 下午 终于 总算 这会儿 刚才 刚刚 刚 又 已经 已 最后 如今 后来`,
	"IF":     `如果 要是 希望 等 除非 万一 估计 可能 应该 大概 一般 通常 但愿 假如 只要 可以 建议你 要不 不如 记得`,
	"ASK":    `吗 呢 么 没? 不? 什么 啥 咋 怎么 怎样 谁 哪 几点 多少 有没有 能不能 是不是 要不要 可不可以 为什么 为啥`,
	"BUT":    `但 但是 可是 不过 结果 转头 就是 还是 却 反而 依然 仍 依旧`,
	"SILENT": `没动静 没回我 没回复 没回过 没回 没接 没消息 没反应 没声 没看 等回 在等 等他 等她 等客户 占线 联系不上 关机 不回我 未读 没打来 没信 已读 没空 排队 打不通 没人接 没来电`,
	"LATER":  `准备 打算 马上 待会 等会 一会儿 回头 明天 晚点 吃完 正在 在查`,
})

func kinds(lists map[string]string) map[string]string {
	out := make(map[string]string)
	for _, kind := range sorted(lists) {
		for w := range strings.FieldsSeq(lists[kind]) {
			if out[w] == "" {
				out[w] = kind
			}
		}
	}
	return out
}

// phrase is a Chinese word of a kind.
type phrase struct{ word, kind string }

// phrases by their first character, the longest first.
func phrases(lists map[string]string) map[rune][]phrase {
	out := make(map[rune][]phrase)
	for _, kind := range sorted(lists) {
		for w := range strings.FieldsSeq(lists[kind]) {
			first := []rune(w)[0]
			out[first] = append(out[first], phrase{w, kind})
		}
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.word) - len(a.word) })
	}
	return out
}

func sorted(lists map[string]string) []string {
	out := make([]string, 0, len(lists))
	for kind := range lists {
		out = append(out, kind)
	}
	slices.Sort(out)
	return out
}

// emoji are Slack's names of them.
var emoji = regexp.MustCompile(`:(?:[a-z][a-z0-9_+\-]*|[+\-]1):`)

// wordsOf are the words of a folded text: English ones, Chinese characters, marks, emoji.
func wordsOf(said string) (list []string) {
	if at := emoji.FindStringIndex(said); at != nil {
		return append(append(wordsOf(said[:at[0]]), said[at[0]:at[1]]), wordsOf(said[at[1]:])...)
	}
	from := -1
	flush := func(to int) {
		if from >= 0 {
			list = append(list, said[from:to])
		}
		from = -1
	}
	for i, r := range said {
		switch {
		case unicode.Is(unicode.Han, r):
			flush(i)
			list = append(list, string(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' && from >= 0:
			if from < 0 {
				from = i
			}
		default:
			flush(i)
			if !unicode.IsSpace(r) {
				list = append(list, string(r))
			}
		}
	}
	flush(len(said))
	return list
}

// kindsIn are the words of a folded text, those of a kind by its name.
func kindsIn(said string) (list []string) {
	for rest := said; rest != ""; {
		r := []rune(rest[:min(len(rest), 4)])[0]
		if p, ok := phraseAt(rest, r); ok {
			list = append(list, p.kind)
			rest = rest[len(p.word):]
			continue
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		if end == 0 {
			list = append(list, string(r))
			rest = rest[len(string(r)):]
			continue
		}
		if end < 0 {
			end = len(rest)
		}
		for _, w := range wordsOf(rest[:end]) {
			if kind := kindsOfEn[w]; kind != "" {
				w = kind
			}
			list = append(list, w)
		}
		rest = rest[end:]
	}
	return list
}

// negated turns what is denied round: "not any happier" is no good news, "no longer
// angry" is. What is denied stands in the same clause, at most two words on.
func negated(kinds []string) []string {
	for i, k := range kinds {
		if k != "NOT" {
			continue
		}
		for j := i + 1; j < len(kinds) && j <= i+3; j++ {
			if strings.Contains(clauseMarks, kinds[j]) || kinds[j] == "BUT" || kinds[j] == "NOT" {
				break
			}
			if turned := opposite[kinds[j]]; turned != "" {
				kinds[j] = turned
				break
			}
		}
	}
	return kinds
}

var opposite = map[string]string{"MILD": "SOUR", "HOT": "EASED"}

func phraseAt(rest string, r rune) (phrase, bool) {
	for _, p := range kindsOfZh[r] {
		if strings.HasPrefix(rest, p.word) {
			return p, true
		}
	}
	return phrase{}, false
}
