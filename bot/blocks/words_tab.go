package blocks

// tabWords are those of the Home tab.
type tabWords struct {
	mine, promises, promise, missed, noPromises string // {1} what, {2} by when
	week                                        string // {1} cases, {2} calmed, {3} helped, {4} promises kept
	practise, find, findHint, found             string
	atRisk, last, unread                        string // {1} leads who have not read it
	admin, playbooks, faults, teams, teamLine   string
	digestAt, noDigest, setup                   string
}

func englishTab() tabWords {
	return tabWords{
		mine: "Yours", promises: "Promises to keep", promise: "{1}: {2}", missed: "past due", noPromises: "No promise is waiting for you.",
		week:     "*Your week*\nCases: {1}, calmed: {2}. Colleagues helped: {3}. Promises kept: {4}. Only you see this.",
		practise: "Practise for two minutes", find: "Find a playbook", findHint: "A few words, such as refund or late parcel", found: "Playbooks",
		atRisk: "Promises at risk", last: "Last digests", unread: "not yet read by {1}",
		admin: "Upkeep", playbooks: "Playbooks in use: {1}. Faults: {2}. Due to be looked at again: {3}.", faults: "Faults in the playbooks' files",
		teams: "Teams", teamLine: "*{1}*: escalation channels: {2}; leads: {3}; {4}", digestAt: "digest at {1} ({2})", noDigest: "no digest",
		setup: "`/coach setup` in a team's channel changes its settings.",
	}
}

func chineseTab() tabWords {
	return tabWords{
		mine: "你手上的事", promises: "要做到的承诺", promise: "{1}：{2}", missed: "已过期", noPromises: "没有等着你兑现的承诺。",
		week:     "*你的这一周*\n情况 {1} 起，平静下来 {2} 起。帮过同事 {3} 次。做到的承诺 {4} 件。只有你看得到。",
		practise: "练习两分钟", find: "查找手册", findHint: "写一两个词，比如退款、送货延误", found: "手册",
		atRisk: "有风险的承诺", last: "最近的日报", unread: "还没看：{1}",
		admin: "维护", playbooks: "在用的手册：{1} 份。错误：{2} 处。该复查的：{3} 份。", faults: "手册文件里的错误",
		teams: "团队", teamLine: "*{1}*：受关注频道 {2} 个，负责人 {3} 位，{4}", digestAt: "{1} 发日报（{2}）", noDigest: "不发日报",
		setup: "在团队的频道里用 `/coach 设置` 修改设置。",
	}
}
