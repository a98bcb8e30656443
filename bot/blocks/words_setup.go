package blocks

// setupWords are those of a team's settings.
type setupWords struct {
	title, newTitle, submit                     string
	name, escalation, help, digest, leads, duty string
	escalationHint, helpHint, digestHint        string
	dutyHint                                    string
	lang, auto, zh, hant, en, zone, zoneHint    string
	hours, hoursHint, holidays, datesHint       string
	makeUp, makeUpHint, digestAt, digestDays    string
	remind, remindHint, habits, names, rotation string
	turn, turnHint                              string
	days                                        [7]string // Monday first
	what                                        map[string]string
	fault                                       map[string]string // {1} what was written
	saved, unchanged, invite, listed            string            // {1} the team or channels, {2} the settings
	unsaved                                     string            // {1} the team
	end, reset                                  ending
	removed, unwatched, close                   string // {1} the team or channels, {2} the heir
}

// ending is a button that cannot be undone, and what is asked before it counts.
type ending struct{ button, title, what, yes, no string } // {1} the heir

func englishSetup() setupWords {
	return setupWords{
		title: "Team settings", newTitle: "A new team", submit: "Save",
		name: "Name of the team", escalation: "Escalation channels", escalationHint: "Difficult cases there get a suggestion in their thread.",
		help: "Help channel", helpHint: "Where requests for help are posted. Empty: where they were asked.",
		digest: "Digest channel", digestHint: "Where the digest is posted. Empty: none.",
		leads: "Leads", duty: "Duty leads", dutyHint: "Whom a critical case calls, in this order. Empty: the leads.",
		lang: "Language", auto: "That of each message", zh: "Chinese", hant: "Chinese, Traditional", en: "English", zone: "Time zone", zoneHint: "Such as Asia/Shanghai or Europe/Berlin",
		hours: "Working hours", hoursHint: "A line each, such as Mon-Fri 9:00-18:00. Empty: Monday to Friday, 9:00 to 18:00.",
		holidays: "Holidays", datesHint: "Dates such as 2026-10-01, or spans such as 2026-10-01..2026-10-07",
		makeUp: "Make-up working days", makeUpHint: "Weekend dates that are worked like a Monday",
		digestAt: "Digest at", digestDays: "Digest on",
		remind: "Announce unanswered requests again after", remindHint: "Minutes, such as 5, 15, 30; the last time the leads are told",
		habits: "Habits", names: "Show names in what the team reads together", rotation: "Ask one colleague after the other instead of everybody",
		turn: "When asking one after the other: ask the next one after", turnHint: "Minutes. Empty: 5.",
		days: [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
		what: map[string]string{"name": "name", "escalation": "escalation channels", "help": "help channel", "digest": "digest channel", "leads": "leads",
			"duty_leads": "duty leads", "lang": "language", "zone": "time zone", "hours": "working hours", "holidays": "holidays", "make_up": "make-up days",
			"digest_at": "digest hour", "digest_days": "digest days", "remind": "reminder delays", "hide_names": "names", "rotation": "rotation", "rotate_after": "minutes until the next colleague is asked"},
		fault: map[string]string{
			"name":  "Please give the team a name.",
			"zone":  "“{1}” is no time zone I know. Write it like Asia/Shanghai.",
			"hours": "I can't read “{1}”. Write a line like Mon-Fri 9:00-18:00.",
			"dates": "“{1}” is no date. Write it like 2026-10-01, or 2026-10-01..2026-10-07.",
			"days":  "Tick at least one day, or leave the digest channel empty.",
			"delay": "“{1}” is no number of minutes from 1 to 1440.",
			"named": "There is a team “{1}” already. Give this one another name.",
			"taken": "This channel belongs to the team “{1}” already. A channel belongs to one team.",
		},
		saved: "Saved for *{1}*: {2}. It applies from now on.", unchanged: "Nothing was changed for {1}.",
		unsaved: "Nothing was saved for *{1}*: somebody else saved a team a moment before. Please open the settings again and change this:",
		invite:  "I am not in {1} yet. Please invite me there.", listed: "`coachbot teams` lists every setting, and who changed what.",
		end: ending{"Remove this team", "Remove this team?", "Its channels become free and its digest ends. Open requests, promises and cases, and what the team keeps as knowledge, go to “{1}”. Older records stay until their time is over.",
			"Remove", "Keep"},
		reset:   ending{"Undo all settings made here", "Undo all settings made here?", "What was set in Slack for this team no longer counts. What the environment says counts again.", "Undo", "Keep"},
		removed: "The team *{1}* is removed. What was open in it, and its knowledge, now belongs to *{2}*.", unwatched: "I no longer watch {1}.", close: "Close",
	}
}

func chineseSetup() setupWords {
	return setupWords{
		title: "团队设置", newTitle: "新建团队", submit: "保存",
		name: "团队名称", escalation: "受关注的频道", escalationHint: "那里的棘手情况，我在消息列里给建议。",
		help: "求助频道", helpHint: "求助发在哪里。不填：在哪里求助就发在哪里。",
		digest: "日报频道", digestHint: "日报发在哪里。不填：不发。",
		leads: "负责人", duty: "值班负责人", dutyHint: "危急情况按这个顺序叫人。不填：叫负责人。",
		lang: "语言", auto: "跟随每条消息", zh: "中文", hant: "中文（繁体）", en: "英文", zone: "时区", zoneHint: "例如 Asia/Shanghai、Asia/Tokyo",
		hours: "工作时间", hoursHint: "每行一条，例如：周一至周五 9:00-18:00。不填：周一至周五九点到十八点。",
		holidays: "节假日", datesHint: "日期，例如 2026-10-01；或一段，例如 2026-10-01..2026-10-07",
		makeUp: "调休上班日", makeUpHint: "按周一上班的周末日期",
		digestAt: "日报时间", digestDays: "哪几天发日报",
		remind: "没人接的求助，过多久再提醒", remindHint: "分钟，例如 5, 15, 30；最后一次告诉负责人",
		habits: "习惯", names: "团队共同看到的内容里显示姓名", rotation: "一位一位地问同事，不一起问所有人",
		turn: "一位一位地问时，隔多久问下一位", turnHint: "分钟。不填：5。",
		days: [7]string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"},
		what: map[string]string{"name": "名称", "escalation": "受关注的频道", "help": "求助频道", "digest": "日报频道", "leads": "负责人",
			"duty_leads": "值班负责人", "lang": "语言", "zone": "时区", "hours": "工作时间", "holidays": "节假日", "make_up": "调休上班日",
			"digest_at": "日报时间", "digest_days": "日报日子", "remind": "提醒间隔", "hide_names": "显示姓名", "rotation": "轮流询问", "rotate_after": "隔多久问下一位"},
		fault: map[string]string{
			"name":  "请给团队起个名字。",
			"zone":  "没有“{1}”这个时区。请写成 Asia/Shanghai 这样。",
			"hours": "“{1}”我看不懂。请写成：周一至周五 9:00-18:00。",
			"dates": "“{1}”不是日期。请写成 2026-10-01，或 2026-10-01..2026-10-07。",
			"days":  "请至少勾一天；不想发日报，就把日报频道留空。",
			"delay": "“{1}”不是 1 到 1440 之间的分钟数。",
			"named": "已经有叫“{1}”的团队了，请换个名字。",
			"taken": "这个频道已经属于“{1}”。一个频道只能属于一个团队。",
		},
		saved: "*{1}* 的设置已保存：{2}。现在就生效。", unchanged: "{1} 的设置没有变化。",
		unsaved: "*{1}* 的设置没有保存：下面这些刚刚被别的团队先占用了。请重新打开设置，改好再保存。",
		invite:  "我还不在 {1} 里，请邀请我加入。", listed: "在命令行用 `coachbot teams` 可以列出全部设置，以及谁改了什么。",
		end:     ending{"删除这个团队", "删除这个团队？", "频道会空出来，日报不再发。还没了结的求助、承诺和情况，以及团队存下的经验，都转给“{1}”。以前的记录到期才清除。", "删除", "保留"},
		reset:   ending{"撤销在这里做过的设置", "撤销在这里做过的设置？", "在 Slack 里为这个团队做过的设置全部作废，重新按环境变量来。", "撤销", "保留"},
		removed: "*{1}* 已删除。没了结的事和团队存下的经验都转给了 *{2}*。", unwatched: "我不再关注 {1}。", close: "关闭",
	}
}
