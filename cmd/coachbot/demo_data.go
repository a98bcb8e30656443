package main

import (
	"context"

	"coachbot/bot/slacksim"
)

// People and channels of the demo.
const (
	demoMei    = "U0MEI0001"
	demoTom    = "U0TOM0001"
	demoLin    = "U0LIN0001"
	demoAda    = "U0ADA0001"
	demoCases  = "C0ESCALATE"
	demoTeam   = "C0TEAM0001"
	demoHelp   = "C0HELP0001"
	demoShared = "C0PARTNER1"
)

// demoWorkspace adds sample people and channels and returns the escalation channels.
func demoWorkspace(w *slacksim.Workspace) []string {
	w.AddUser(slacksim.UserSpec{ID: demoMei, Name: "mei", RealName: "陈美", Locale: "zh-CN", TZ: "Asia/Shanghai"})
	w.AddUser(slacksim.UserSpec{ID: demoTom, Name: "tom", RealName: "Tom Reyes", Locale: "en-GB", TZ: "Europe/London"})
	w.AddUser(slacksim.UserSpec{ID: demoLin, Name: "lin", RealName: "Lin Xiao", Locale: "zh-CN", TZ: "Asia/Shanghai"})
	w.AddUser(slacksim.UserSpec{ID: demoAda, Name: "ada", RealName: "Ada Novak", Locale: "en-US", TZ: "UTC", Admin: true})
	everyone := []string{demoMei, demoTom, demoLin, demoAda}
	w.AddChannel(slacksim.ChannelSpec{ID: demoCases, Name: "escalations", Members: everyone, WithBot: true})
	w.AddChannel(slacksim.ChannelSpec{ID: demoTeam, Name: "team", Members: everyone, WithBot: true})
	w.AddChannel(slacksim.ChannelSpec{ID: demoHelp, Name: "help", Members: everyone, WithBot: true})
	w.AddChannel(slacksim.ChannelSpec{ID: demoShared, Name: "partner-desk", Members: everyone, WithBot: true, ExtShared: true})
	return []string{demoCases, demoShared}
}

// demoPeople are who one can be on the page.
func demoPeople() []slacksim.WebPerson {
	return []slacksim.WebPerson{{ID: demoTom, Role: "agent"}, {ID: demoMei, Role: "agent"}, {ID: demoLin, Role: "lead"}, {ID: demoAda, Role: "admin"}}
}

// demoExamples are messages to send with one click.
func demoExamples() []slacksim.Example {
	return []slacksim.Example{
		{Lang: "en", Label: "Late parcel", Text: "> Three weeks! Nobody tells me anything and the birthday is TOMORROW. Where is my parcel?!"},
		{Lang: "zh", Label: "催了三次退款", Text: "客户说：退款你们答应了三次，到现在一分钱没到，你们是不是骗子？"},
		{Lang: "en", Label: "Wants the manager", Text: "Woman on line 2 won't give me the order number, just keeps repeating that she wants my manager right now"},
		{Lang: "zh", Label: "充电宝冒烟", Text: "客户的充电宝正在冒烟，他一个人在家，问我怎么办"},
		{Lang: "en", Label: "Going to the press", Text: "Customer: I have a journalist friend at the local paper. She will be very interested in your repair invoices."},
		{Lang: "zh", Label: "听不懂的老人", Text: "老人家打来，说页面上的“绑定”看不懂，点哪儿都不对，急得快哭了"},
		{Lang: "en", Label: "Ask colleagues", Text: "/coach ask The customer wants a refund after 60 days. What may I offer?"},
		{Lang: "zh", Label: "向同事求助", Text: "/coach 求助 客户要经理出面，经理今天不在，我该怎么说？"},
		{Lang: "en", Label: "Note a promise", Text: "/coach promise call Ms Li back by 5pm tomorrow"},
		{Lang: "zh", Label: "记下承诺", Text: "/coach 承诺 明天下午五点前给李女士回电"},
		{Lang: "en", Label: "Small talk (no answer)", Text: "Anyone up for noodles at noon?"},
	}
}

// demoDay posts a morning's activity once the bot listens, so that the page is not empty.
func demoDay(ctx context.Context, w *slacksim.Workspace) {
	if w.Wait(ctx, func() bool { return w.Connected() > 0 }) != nil {
		return
	}
	tom, mei, lin := w.Person(demoTom), w.Person(demoMei), w.Person(demoLin)
	lin.Post(demoTeam, "早，今天十点例会，议题是上周的回访。")
	tom.Post(demoTeam, "Morning all, I'm covering chat until two.")
	tom.Post(demoCases, "Hotel guest was promised a quiet room at booking and again at check-in. It's over the bar, he has two kids, and he is shouting at the desk.")
	mei.Post(demoCases, "客户的冰箱修了两次又坏，一冰箱菜全扔了，问我们到底会不会修")
	_, _ = mei.Slash(ctx, "/coach", "求助 有谁处理过冰箱二次返修的赔付？客户的菜都扔了", demoTeam)
}
