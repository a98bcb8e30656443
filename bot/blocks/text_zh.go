package blocks

func chinese() *words {
	return &words{
		lang: "zh", comma: "，", stop: "。", colon: "：", semicolon: "；", and: "、", open: "“", close: "”",
		sentence: chineseSentences(),
		reason:   chineseReasons(),
		spoke:    "{1}：我作了回应。{2}",
		quiet:    "{1}：我没有出声。{2}",
		admit:    "管理员可以用 `/coach 关注 应用 {1}` 放行。",
		severity: severities{"程度较轻", "程度中等", "情况严重", "情况危急"},
		emotion: map[string]string{"anger": "愤怒", "disappointment": "失望", "anxiety": "焦虑", "sadness": "难过",
			"confusion": "困惑", "impatience": "不耐烦", "sarcasm": "话里带刺"},
		kind: map[string]string{"demanding": "需求型：要什么很清楚", "confused": "困惑型：需要一步步讲明白",
			"agitated": "激动型：先顾情绪，再谈事情"},
		character: map[string]string{"eagle": "老鹰型：要快，要结果", "peacock": "孔雀型：希望被看重",
			"dove": "鸽子型：要安心，怕被催", "owl": "猫头鹰型：看事实，讲条理"},
		step: map[string]string{"calm": "说给自己听", "listen": "倾听", "empathise": "体谅心情", "clarify": "问清情况",
			"apologise": "致歉", "offer": "给出办法", "commit": "说定谁在何时做什么", "follow-up": "跟进"},
		careful: map[string]string{
			"dont-know":      "答不上来时，话别停在那里。",
			"dont-like":      "别谈个人好恶。",
			"dont-bother-me": "别让客户觉得自己在添麻烦。",
			"dont-like-you":  "只谈事情，不评论人。",
			"know-already":   "听过也别打断，让客户说完。",
			"you-dont-know":  "别指责客户不懂。",
			"your-kind":      "别给客户贴标签。",
			"dont-come-back": "别把客户往外推。",
			"not-my-fault":   "别急着撇清责任。",
			"hurry-or-wait":  "别催客户；要客户等，就说明原因和时间。",
		},
		play: chinesePlay(),
		ai:   chineseAI(),
		card: cardWords{
			untitled: "棘手情况", sounds: "听得出客户{1}",
			now: "马上要做", first: "先说这句", next: "现在说这句", or: "也可以这样说", then: "接着说",
			noPhrases: "这一步没有更多可建议的话了。",
			unsure:    "还拿不准是哪一种。如果更像下面的情况，请换过去：",
			perhaps:   "可能是：", guess: "如果是“{1}”，就说",
			bridges: [3]string{
				"给您添了这样的麻烦，对不起。我想把事情办对：现在对您来说，最要紧的是哪一点？",
				"谢谢您告诉我。我把听到的跟您说一遍，哪里不对、哪里漏了，您直接讲。",
				"我在听，这件事我来跟。您看我先从哪一点查起？",
			},
			escalate: "什么时候转交，转给谁", avoid: "留意", avoidLine: "{1}可以说：{2}",
			insteadOf: "别说“{1}”。", calm: "说给自己听：{1}", seen: "判断依据：{1}。",
			private: map[Reason]string{
				ReasonGuests:      "只有你能看到：频道里有访客。",
				ReasonShared:      "只有你能看到：频道里有外部单位的人。",
				ReasonPrivateMode: "只有你能看到：这个频道设为私下辅导。",
			},
			about:      "针对的是<{1}|这条消息>。",
			quiet:      "这个频道正在静默关注。换作平时，我会这样说；现在只有负责人看得到。",
			calmed:     "客户平静下来了，处理得好。答应过的事，记得做到。",
			unresolved: "没能解决，先到这里。请记下还差什么，接手的人就不用再问一遍。",
			fitted:     "这些话由 AI 按这个个案改写，用之前先看一遍。",
			dismissed:  "已按“不算棘手情况”放到一边。", deleted: "对应的消息已被删除。",
			used: "说过了，看下一步", another: "换个说法", more: "展开后续步骤", less: "收起后续步骤",
			helps: "有帮助", help: "找人帮忙", helpsNot: "没有帮助", close: "客户已经平静", leave: "没能解决，先结束",
			dismiss: "不算棘手情况，撤掉", pick: "换成：{1}", flared: "其实还没解决", settled: "现在解决了",
			after: "还是算棘手情况",
		},
		check: checkWords{
			clean: "没有发现会伤到客户的说法，这方面可以放心发。",
			found: "发送之前，请改一改：", instead: "可以这样说：",
			title: "检查回复", submit: "检查", cancel: "关闭", label: "你的回复",
			hint:    "可以在这里改好再查一遍。内容不会发出，也不会保存。",
			tooLong: "草稿太长，这里只能放下开头一部分。",
			more:    "后面还有要改的地方，改完这些再查一遍。",
			hints:   "还可以更好",
			why: map[string]string{
				"solution-first":  "先让客户知道你听见了，再说方案。",
				"calm-down":       "没人会因为被劝就冷静下来，说出你听到的感受。",
				"vague-time":      "给一个具体的时间。",
				"blame-or-excuse": "不争是谁的错，说接下来怎么办。",
				"flat-no":         "说你能做什么。",
			},
		},
		book: bookWords{
			hits: "“{1}”的相关手册", all: "全部手册", none: "没有找到和“{1}”有关的手册。换一两个说明情况的词试试，比如“送货”“退款”。",
			open: "查看：`/coach 手册 {1}`", short: "这份手册较长，一条消息放不下全部内容。",
			inEnglish: "英文", inChinese: "中文",
			now: "马上要做", escalate: "什么时候转交，转给谁", instead: "留意",
		},
		help: helpWords{
			title:         "我能帮你做什么",
			intro:         "我是自动辅导助手。把客户的话发上来，我建议接下来怎么说。说什么、怎么说，由你决定。",
			commandsTitle: "在任何频道",
			commands: "`/coach 客户的话`  给你建议，只有你能看到\n" +
				"`/coach 检查 草稿`  回复发出之前，查一查有没有伤人的说法\n" +
				"`/coach 求助 问题`  请同事帮忙；不写问题，我就打开表单\n" +
				"`/coach 手册 关键词`  查找手册、指南和同事留下的经验\n" +
				"`/coach 承诺 什么时候前做什么`  记下答应客户的事，到期之前提醒你\n" +
				"`/coach 交班`  列出你手上还没完的事，方便交给同事\n" +
				"`/coach 练习`  两分钟小练习，只给你自己\n" +
				"`/coach 练习 扮演`  对练：我当顾客，看你怎么写就怎么回\n" +
				"`/coach 日报 [周|月]`  你们团队今天、本周或本月的情况\n" +
				"`/coach 提示 0-3`  调节给你的提示\n" +
				"`/coach 忘记我`  删除你自己的记录\n" +
				"`/coach 为什么`  我在这个频道最近看到了什么，为什么说话或没说话\n" +
				"`/coach 帮助`  显示这一页",
			adminTitle: "管理员和负责人",
			admin: "`/coach 关注`  这个频道里的棘手情况，我在消息列里回应\n" +
				"`/coach 关注 私下`  改为私信回复发帖的人\n" +
				"`/coach 关注 静默`  一周之内，只告诉负责人我会怎么说\n" +
				"`/coach 关注 应用 B0123456789`  这个应用（比如工单系统）的消息当作同事发的\n" +
				"`/coach 设置 [团队名|新建]`  这个频道的团队、指定的团队或一个新团队的设置（限管理员）\n" +
				"`/coach 取消关注`  不再关注这个频道",
			elsewhereTitle: "其他用法",
			elsewhere: "• 直接给我发私信，我在那里给建议；以“检查”开头，我就检查草稿；以“承诺”开头，我就记下承诺。\n" +
				"• 在消息列里提到我，我就在那里回应。\n" +
				"• 在一条消息的菜单里，可以选快捷方式：辅导、检查、向同事求助、留下管用的办法。\n" +
				"• 在建议下面可以请同事帮忙，也可以转交给负责人。我的主页上看得到还没了结的事。\n" +
				"• 在受关注的频道里，把客户接下来的反应写进同一个消息列，我会接着给出下一步。",
			note: "如果我判断错了，请按“不算棘手情况，撤掉”，或者换成另一份手册。两种做法都能让我改进。",
		},
		live:    chineseLive(),
		promise: chinesePromise(), owed: chineseOwed(), duty: chineseDuty(), care: chineseCare(),
		peers:  chinesePeers(),
		digest: chineseDigest(), practice: chinesePractice(), setup: chineseSetup(), product: chineseProduct(), tab: chineseTab(), lasted: chineseLasted(),
		whyTitle: "我在这个频道最近看到的", whyEmpty: "我在这个频道还没有看到消息。",
	}
}

func chineseSentences() [sentences]string {
	return [sentences]string{
		PasteWords:       "图片和语音我读不了。请把客户的话粘贴成文字，我来建议怎么说。",
		NothingToGoOn:    "请告诉我客户说了什么，最好用客户的原话，我来建议怎么回应。",
		NothingToCheck:   "请附上要检查的回复，例如：`/coach 检查 很抱歉，我现在就为您核实。`",
		WatchingThread:   "我开始关注这个频道了。遇到棘手情况，我在消息列里给一条建议；闲聊我不插话。",
		WatchingPrivate:  "我开始关注这个频道了。谁发了棘手情况，我就私信给谁建议。",
		WatchingQuiet:    "这一周我静默关注这个频道，只告诉负责人我会怎么说，到时由他们决定。",
		Unwatched:        "我不再关注这个频道。",
		NotWatched:       "我没有关注这个频道。管理员或负责人可以用 `/coach 关注` 开启。",
		WatchUsage:       "可以用 `/coach 关注`、`/coach 关注 私下`、`/coach 关注 静默` 或 `/coach 关注 应用 B0123456789`。",
		AppUsage:         "请写上应用的机器人编号，例如 `/coach 关注 应用 B0123456789`。应用发过消息后，`/coach 为什么` 会显示编号。",
		AppAdmitted:      "从现在起，应用 {1} 在这个频道发的消息当作同事的消息。",
		QuietWeekOver:    "{1} 的静默关注满一周了，期间看到的棘手情况：{2} 起。请在那里用 `/coach 关注` 开启，或用 `/coach 取消关注` 关闭。",
		NotAllowed:       "只有管理员和负责人可以这样做，请找他们帮忙。",
		InChannel:        "这个只能在频道里用。请到相应的频道再试一次。",
		NotInChannel:     "我不在这个频道里。请先邀请我，再试一次。",
		Archived:         "这个频道已归档，我没法在这里关注或发消息。",
		MissingScope:     "我在这个工作区缺少权限[（{1}）]。请管理员重新安装应用来授权。",
		Gone:             "这个按钮对应的情况已经不在了，或者不由你来改。",
		Later:            "这个版本还没有“{1}”。现有的功能请看 `/coach 帮助`。",
		HintsUsage:       "你的提示现在是 {1}。可以用 `/coach 提示 0`（不问就不说）、`1`（简短）、`2`（照常）或 `3`（一次列出全部步骤）来选。",
		HintsOff:         "从现在起，你不问，我就不对你的情况出声。用 `/coach 提示 2` 可以重新打开。",
		HintsShort:       "从现在起给你简短的卡片：只有接下来的话和按钮。",
		HintsUsual:       "从现在起你的卡片照常。",
		HintsAll:         "从现在起你的卡片一次列出全部步骤。",
		Forgotten:        "好了：你的 {1} 条记录已经删除，或者不再有你的名字。",
		ForgottenBut:     "好了：你的 {1} 条记录已经删除，或者不再有你的名字。还没完成的有 {2} 条，先留着；做完或者用 `/coach 交班` 交出去之后再删。",
		ProductMarked:    "已记为产品反馈，会出现在这周的周报里。",
		ProductUnmarked:  "已不再算产品反馈。",
		ProductNotYours:  "产品反馈由记下这个情况的人和团队负责人来标，请找他们帮忙。",
		TeamUnknown:      "没有叫“{1}”的团队。现在有：{2}。要再建一个，用 `/coach 设置 新建`。",
		TeamGone:         "这个团队已经删除，没有任何改动。",
		TeamReset:        "*{1}*：在 Slack 里做过的设置已撤销，重新按环境变量来。",
		TeamRemovedBy:    "{1} 删除了团队 *{2}*，日报不再发。没了结的事和团队存下的经验都转给了 *{3}*。",
		TeamInherited:    "{1} 删除了团队 *{2}*。没了结的事现在归你们 *{3}*，主页上都列着。",
		AdminsOnly:       "只有管理员可以这样做，请找他们帮忙。",
		DigestUnposted:   "团队的日报发不到 {1}：我不在里面、它已归档，或者外部人员看得到它，团队又没有负责人能私下收。请邀请我加入，或用 `/coach 设置` 换频道、补负责人。",
		DigestUsage:      "可以用 `/coach 日报`、`/coach 日报 周` 或 `/coach 日报 月`。",
		NotInTeam:        "团队的数字我只给本团队的人看。请在你们团队的频道里再试一次，或者请管理员把你加进来。",
		DismissedNote:    "已经撤掉。谢谢，我会从中改进。",
		HelpfulNote:      "记下了，谢谢。",
		UnhelpfulNote:    "记下了，谢谢，管手册的同事会看到。想换一句，按“换个说法”；想有人帮，按“找人帮忙”。",
		CustomersCanRead: "团队以外的人能看到这个频道，所以我私下回复你。",
		PromiseGone:      "这件承诺已经不在了，或者不由你来改。",
		PromiseNobody:    "{1} 接不了：不是这个工作区的在职成员。这件事仍留在原处。",
		PromiseNotTeam:   "{1} 不在这个团队，所以什么也没有交出去。这件事仍留在原处。",
		AlreadyTaken:     "{1} 已经接了，谢谢你。",
		ClaimOfAsker:     "{1} 就是求助的人，得由别人来帮。这件事仍在你手上。",
		ClaimElsewhere:   "这件事 {1} 接不了，仍在你手上，请另选一位同事。",
		ClaimGiven:       "{1} 把一条求助交给你：{2}。现在由你来帮，到求助的消息列里接着说就行。",
		Failed:           "我这边出了问题。过一分钟再试；如果还是这样，请告诉管理员。",
		PlayBegun:        "我给你发了私信，在那里我当顾客，请在那条消息的回复里回我。",
		PlayNone:         "没有找到“{1}”的场景。`/coach 手册` 可以看有哪些；不写就由我来挑。",
		PlayOver:         "这场对练已经结束。再来一次：`/coach 练习 扮演`。",
		PlayBeside:       "这句如果是回对练里那位顾客的，请写在那条消息的回复里；发“结束”就停止对练。写在这里，我会当成真的情况来给建议。",
		BudgetNear:       "今天的 AI 用量已到八成：用了 {1} 词元，上限 {2}。用完以后，到零点为止只按手册给建议。想多用，请调高 COACH_AI_DAILY_TOKENS。",
		BudgetSpent:      "今天的 AI 用量用完了：用了 {1} 词元，上限 {2}。到零点为止只按手册给建议，别的不受影响。想多用，请调高 COACH_AI_DAILY_TOKENS。",
		Welcome:          "不客气。下次遇到着急的客户，把原话发给我就行。",
		PromiseUnclear:   "期限我没看明白。请改用 `/coach 承诺 {1}`，我会打开表单，把缺的补上。",
		TooSlow:          "Slack 没来得及打开表单。请再按一次，或者再输入一次命令。",
	}
}

func chineseReasons() map[Reason]string {
	return map[Reason]string{
		ReasonSpoke:       "这是棘手情况。",
		ReasonMovedOn:     "客户那边有了新进展，所以我给出下一步。",
		ReasonGuests:      "频道里有访客，所以只告诉了发帖的人。",
		ReasonShared:      "频道里有外部单位的人，所以只告诉了发帖的人。",
		ReasonPrivateMode: "这个频道设为私下辅导，所以只告诉了发帖的人。",
		ReasonQuietMode:   "这个频道正在静默关注，所以只告诉了负责人。",
		ReasonSmallTalk:   "这不算棘手情况。",
		ReasonUnsure:      "我拿不准这算不算棘手情况。",
		ReasonTooOld:      "我看到时已经太晚，帮不上忙了。",
		ReasonNotWatched:  "这个频道没有受关注。",
		ReasonBot:         "这是机器人发的。",
		ReasonApp:         "这是应用发的，而它在这个频道还没有放行。",
		ReasonDeleted:     "这件事已经结束，或者消息被删除了。",
		ReasonDismissed:   "有人说这不算棘手情况。",
		ReasonStranger:    "这是团队以外的人写的。",
		ReasonColleague:   "这是同事之间在交谈。",
		ReasonCalmed:      "客户已经平静下来。",
		ReasonSameText:    "消息改过，但文字没有变。",
		ReasonNoWords:     "里面没有我能读的文字。",
		ReasonRevoked:     "应用的授权被收回了。",
		ReasonHintsOff:    "发帖的人让我不问就不说。",
		ReasonRefused:     "Slack 没有接受我的回应。",
	}
}
