package bot

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/bot/when"
	"coachbot/playbooks/guard"
	"coachbot/store"
)

// verb is what the first word of /coach or of a direct message asks for.
type verb string

const (
	verbWords    verb = "" // a customer's words
	verbCheck    verb = "check"
	verbPlaybook verb = "playbook"
	verbWatch    verb = "watch"
	verbUnwatch  verb = "unwatch"
	verbWhy      verb = "why"
	verbHelp     verb = "help"
	verbAsk      verb = "ask"
	verbPromise  verb = "promise"
	verbHand     verb = "handover" // what I still owe, to be handed to colleagues
	verbDigest   verb = "digest"
	verbPractice verb = "practice"
	verbSetup    verb = "setup"
	verbHints    verb = "hints"
	verbForget   verb = "forget"
)

// verbOf splits off the first word when it is a verb, in English or Chinese.
// Chinese needs no space behind it: 检查我不知道.
func verbOf(text string) (v verb, rest string) {
	text = strings.TrimSpace(text)
	first, rest := firstWord(text)
	words := map[string]verb{"check": verbCheck, "检查": verbCheck, "檢查": verbCheck, "playbook": verbPlaybook, "playbooks": verbPlaybook, "手册": verbPlaybook, "手冊": verbPlaybook,
		"watch": verbWatch, "关注": verbWatch, "關注": verbWatch, "unwatch": verbUnwatch, "取消关注": verbUnwatch, "取消關注": verbUnwatch,
		"why": verbWhy, "为什么": verbWhy, "為什麼": verbWhy, "help": verbHelp, "帮助": verbHelp, "幫助": verbHelp,
		"ask": verbAsk, "求助": verbAsk, "promise": verbPromise, "承诺": verbPromise, "承諾": verbPromise, "handover": verbHand, "交班": verbHand,
		"交接": verbHand, "digest": verbDigest, "日报": verbDigest, "日報": verbDigest,
		"practice": verbPractice, "practise": verbPractice, "练习": verbPractice, "練習": verbPractice, "setup": verbSetup, "设置": verbSetup, "設置": verbSetup, "hints": verbHints, "提示": verbHints,
		"forget": verbForget, "忘记我": verbForget, "忘記我": verbForget}
	if greets(text) {
		return verbHelp, ""
	}
	lower := strings.ToLower(strings.TrimRight(first, ":：,，?？"))
	v, ok := words[lower]
	switch {
	case ok && bare(v) && rest != "":
		return verbWords, text // "why is my parcel late" is a customer speaking
	case ok:
		return v, rest
	}
	for glued, v := range map[string]verb{"检查": verbCheck, "檢查": verbCheck, "求助": verbAsk} {
		if after, found := strings.CutPrefix(text, glued); found {
			return v, strings.TrimLeft(after, " :：，,\n")
		}
	}
	for _, glued := range []string{"承诺", "承諾"} {
		// "承诺的赔偿没给" is a customer speaking; a promise says by when.
		if after, found := strings.CutPrefix(text, glued); found && when.Read(after, when.Context{Now: time.Unix(0, 0)}).Said != "" && !strings.HasPrefix(after, "的") && !strings.HasPrefix(after, "过") {
			return verbPromise, strings.TrimLeft(after, " :：，,\n")
		}
	}
	return verbWords, text
}

// firstWord cuts a text after its first word, at a space or at the end of its line.
func firstWord(text string) (first, rest string) {
	text = strings.TrimSpace(text)
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return text[:i], strings.TrimSpace(text[i:])
	}
	return text, ""
}

// courteous is a text without what a greeting or thanks may end with.
func courteous(text string) string {
	return strings.ToLower(strings.TrimRight(text, " .!?~,。！？～，🙏👍😊🙂"))
}

// greets reports whether somebody says hello to the bot, or asks what it is for.
func greets(text string) bool {
	switch courteous(text) {
	case "hi", "hello", "hey", "hi there", "hello there", "hey there", "hi coach", "hello coach", "good morning", "good afternoon", "good evening",
		"who are you", "what are you", "what can you do", "what do you do", "how do you work", "how does this work",
		"你好", "您好", "嗨", "早", "早上好", "下午好", "晚上好", "在吗", "你是谁", "你能做什么", "你会做什么", "你会什么", "怎么用", "你怎么用":
		return true
	}
	return false
}

// thanks reports whether somebody thanks the bot, or has understood.
func thanks(text string) bool {
	switch courteous(text) {
	case "thanks", "thank you", "thx", "ty", "cheers", "thanks a lot", "thank you so much", "many thanks", "thanks coach", "ok", "okay", "ok thanks", "ok thx", "got it",
		"谢谢", "谢谢你", "谢谢您", "谢了", "多谢", "感谢", "谢谢啦", "谢谢哈", "好", "好的", "好的谢谢", "收到", "明白了", "知道了":
		return true
	}
	return false
}

// bare verbs stand alone.
func bare(v verb) bool {
	return v == verbWhy || v == verbHelp || v == verbUnwatch || v == verbHand || v == verbForget || v == verbSetup
}

// commanded does a /coach command and answers in private.
func (a *App) commanded(ctx context.Context, c command) error {
	v, rest := verbOf(c.Text)
	if strings.TrimSpace(c.Text) == "" {
		v = verbHelp
	}
	if v == verbWords {
		which, asked, err := a.setupAsked(ctx, c.Text)
		if err != nil {
			return err
		}
		if asked {
			v, rest = verbSetup, which
		}
	}
	lang := a.readerLang(ctx, c.User, c.Text)
	reply := func(m blocks.Message) error {
		return a.answer(ctx, c.ResponseURL, c.User, "cmd:"+c.Workspace+"."+c.User+"."+c.Trigger, m, false)
	}
	if v == verbWords {
		m, ok, err := a.noSuchTeam(ctx, c, lang)
		if err != nil {
			return err
		}
		if ok {
			return reply(m)
		}
	}
	switch v {
	case verbCheck:
		if rest == "" {
			return reply(blocks.Say(lang, blocks.NothingToCheck))
		}
		behind := a.caseBehind(ctx, c.Workspace, c.Channel, "", c.User)
		return errors.Join(a.checkedFor(ctx, c.Channel, c.User, "cmd:"+c.User+"."+c.Trigger, rest), reply(a.checked(lang, rest, situationOf(behind))),
			a.rewriteLater(ctx, personLane(c.Workspace, c.User), c.User+"."+c.Trigger, rewrite{Lang: lang, Draft: rest, Case: behind.ID, Reply: c.ResponseURL}))
	case verbPlaybook:
		found, err := a.searchCards(ctx, c.Channel, c.User, rest, lang)
		if err != nil {
			return err
		}
		return reply(blocks.WithKnowledge(lang, a.playbook(ctx, lang, rest), found))
	case verbAsk:
		return a.askCommand(ctx, c, rest, lang, reply)
	case verbWatch, verbUnwatch:
		m, err := a.watchCommand(ctx, c, v, rest, lang)
		if err != nil {
			return err
		}
		return reply(m)
	case verbWhy:
		m, err := a.why(ctx, c, lang)
		if err != nil {
			return err
		}
		return reply(m)
	case verbHelp:
		may, err := a.mayManage(ctx, c.User)
		if err != nil {
			a.log.Debug("help without knowing the reader", "cause", err)
		}
		return reply(blocks.Help(lang, may))
	case verbPromise:
		return a.promiseCommand(ctx, c, rest, lang, reply)
	case verbHand:
		m, err := a.owedCommand(ctx, c, lang)
		if err != nil {
			return err
		}
		return reply(m)
	case verbHints:
		m, err := a.hintsCommand(ctx, c, rest, lang)
		if err != nil {
			return err
		}
		return reply(m)
	case verbForget:
		m, err := a.forgetCommand(ctx, c, lang)
		if err != nil {
			return err
		}
		return reply(m)
	case verbSetup:
		return a.setupCommand(ctx, c, rest, lang, reply)
	case verbDigest:
		m, err := a.digestCommand(ctx, c, rest, lang)
		if err != nil {
			return err
		}
		return reply(m)
	case verbPractice:
		if words, ok := playAsked(rest); ok {
			return a.play(ctx, c, words, lang, reply)
		}
		m, err := a.practiceCommand(ctx, c, lang)
		if err != nil {
			return err
		}
		return reply(m)
	}
	return a.coachPrivately(ctx, said{Workspace: c.Workspace, Channel: c.Channel, TS: "cmd-" + c.Trigger, User: c.User, Text: c.Text}, c.ResponseURL, reply)
}

// coachPrivately answers a person on a customer's words, for that person alone.
func (a *App) coachPrivately(ctx context.Context, s said, replyTo string, reply func(blocks.Message) error) error {
	advice := a.engine.Advise(coach.Message{ID: s.TS, Text: s.Text, Lang: a.o.Locale, Ask: true})
	if advice.Own {
		return reply(blocks.RecoveryAsked(a.readerLang(ctx, s.User, s.Text)))
	}
	if advice.NothingToGoOn() {
		return reply(blocks.Say(a.readerLang(ctx, s.User, s.Text), blocks.NothingToGoOn))
	}
	id := store.CaseID(s.Workspace, s.Channel, s.TS)
	team, err := a.caseTeam(ctx, s, true)
	if err != nil {
		return err
	}
	blank := store.Case{Author: s.User, Playbook: advice.Position.Playbook, Severity: advice.Severity}
	if err := a.lengthOf(ctx, &blank); err != nil {
		return err
	}
	c, err := a.store.UpdateCase(ctx, id, func(c *store.Case) error {
		if c.State != "" {
			return nil
		}
		now := a.now()
		*c = store.Case{ID: id, Workspace: s.Workspace, Team: team, Channel: s.Channel, TS: s.TS, Thread: s.TS, Author: s.User,
			State: store.CaseOpen, OpenedAt: now, UpdatedAt: now, AdvisedAt: now, Private: true, Short: blank.Short, Expanded: blank.Expanded}
		read(c, s.Text, advice)
		return nil
	})
	if err != nil {
		return err
	}
	return errors.Join(reply(a.card(ctx, c, advice, blocks.Ephemeral, "").Message()), a.fitLater(ctx, c, "", replyTo), a.watchOver(ctx, c))
}

// checked is the answer to a draft: the forbidden phrases in it, what to say instead, and hints for the situation.
func (a *App) checked(lang, draft string, s guard.Situation) blocks.Message {
	return blocks.CheckResult(lang, draft, a.guard.Check(draft), a.guard.Hints(draft, s))
}
