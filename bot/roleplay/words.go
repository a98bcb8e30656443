package roleplay

import (
	"hash/fnv"
	"slices"
	"strings"

	"coachbot/playbooks"
	"coachbot/store"
)

// words are a customer's lines in one language.
type words struct {
	opens string // {1} the scenario's title
	slip  map[string][]string
	mood  map[string][]string
	next  map[playbooks.Step][]string // what a softening customer still wants to hear
	kind  map[string][]string         // added while furious or upset, by kind and by personality
	reply map[string][]string         // to what the agent asks
	going []string                    // behind a reply while furious or upset
	leave []string
	thank []string
}

func wordsFor(lang string) *words {
	if lang == "zh" {
		return chineseWords()
	}
	return englishWords()
}

func (w *words) open(title string) string { return strings.ReplaceAll(w.opens, "{1}", title) }

// line is what the customer says: to a slip, at an end, to a question, or by the mood
// and what is still missing.
func (w *words) line(r store.RolePlay, x Reaction, slip, ask string) string {
	switch {
	case x.End == EndLeft:
		return choose(r, w.leave)
	case x.End == EndCalm:
		return choose(r, w.thank)
	case slip != "":
		list := w.slip[slip]
		if list == nil {
			list = w.slip["forbidden"]
		}
		return choose(r, list)
	}
	between, said := w.kind["between"][0], ""
	if ask != "" {
		said = choose(r, w.reply[ask])
		if ask == askGreet {
			return said
		}
		said += between
	}
	if missing := Missing(r); len(missing) > 0 && (x.Mood == "softening" || x.Mood == "calm") {
		return said + choose(r, w.next[missing[0]])
	}
	if ask != "" && x.Mood != "calm" {
		return said + choose(r, w.going)
	}
	said += choose(r, w.mood[x.Mood])
	if more := append(slices.Clone(w.kind[r.Kind]), w.kind[r.Personality]...); x.Mood != "calm" && len(more) > 0 {
		said += between + choose(r, more)
	}
	return said
}

// choose takes the line that was not said before, by the turn: the same turn always gets the same.
func choose(r store.RolePlay, list []string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(r.ID + r.LastTurn))
	for i := range list {
		line := list[(int(h.Sum32()%uint32(len(list)))+i)%len(list)]
		if !slices.ContainsFunc(r.Lines, func(l store.RolePlayLine) bool { return l.Customer && strings.Contains(l.Text, line) }) {
			return line
		}
	}
	return list[h.Sum32()%uint32(len(list))]
}

func englishWords() *words {
	return &words{
		opens: "I want to talk to somebody about this: {1}. And I've had enough.",
		slip: map[string][]string{
			"forbidden": {"Did you really just say that to me?", "So that's how you talk to people who pay you.", "Unbelievable. Is there anybody there who wants to help?"},
			SlipEarly:   {"You're not even listening. Do you know what this has cost me?", "Don't hand me a solution before you've understood what happened.", "There you go, reading from a script. Did you hear what I said?"},
			SlipVague:   {"Soon? I've been hearing soon all along. When?", "That's no answer. Give me a time.", "“As soon as possible” means never. When exactly?"},
			SlipLong:    {"I haven't got time for a speech. What are you going to do?", "Shorter, please. What now?"},
			SlipEmpty:   {"And?", "That tells me nothing.", "Is that all you have to say?"},
			SlipPress:   {"Please don't push me. I'm already nervous about this.", "I don't want to do something wrong. You're hurrying me."},
		},
		mood: map[string][]string{
			"furious":   {"This is a disgrace, and nobody takes it seriously.", "I'm this close to telling everybody about you.", "Words, words, words."},
			"upset":     {"All right, I'm listening. But I've heard nice words before.", "Fine. And what does that change for me?", "I hear you. It's still not sorted."},
			"softening": {"Okay. At least somebody sees it.", "That's the first sensible thing I've heard today."},
			"calm":      {"All right.", "Good. I can live with that."},
		},
		next: map[playbooks.Step][]string{
			playbooks.Empathise: {"Do you even see what this has been like for me?", "It isn't only the thing itself, you know. It's how I've been treated."},
			playbooks.Clarify:   {"Don't you want to know what exactly happened?", "You haven't asked me what I need."},
			playbooks.Apologise: {"Nobody has said sorry so far, by the way.", "An apology wouldn't hurt."},
			playbooks.Offer:     {"Thank you for seeing it. So what can you do?", "Okay. And now? What happens next?"},
			playbooks.Commit:    {"That sounds good. By when will I hear from you?", "Fine. Who does that, and by when?"},
		},
		kind: map[string][]string{"between": {" "},
			"demanding": {"I told you what I want. Yes or no?", "I want it settled, not discussed."},
			"confused":  {"I don't understand what I'm supposed to do now.", "Nobody has explained it so that I get it."},
			"agitated":  {"I'm shaking, I'm so angry.", "I can't believe this is happening again."},
			"eagle":     {"Get to the point.", "I've got five minutes."},
			"peacock":   {"I've told all my friends about you. What do I tell them now?", "I used to love coming to you."},
			"dove":      {"I don't like having to complain.", "I just don't want any trouble."},
			"owl":       {"I've got every date written down.", "I'd like that exactly, with figures."}},
		reply: map[string][]string{
			askGreet:  {"I've just told you what it's about.", "By reading what I wrote, to begin with."},
			askPermit: {"If you must.", "Go ahead, then.", "Go on."},
			askNumber: {"It's in the e-mail you sent me. You've got that, haven't you?", "I've read that number out so often I know it by heart.", "Hold on … there. I'll type it in a second."},
			askWhen:   {"Days ago. I'd have to look up the exact date.", "Long enough ago, that's for sure.", "I told your colleague that already, with the date."},
			askMuch:   {"You can see that on your screen, can't you?", "Enough that it hurts.", "Too much, whichever way you count."},
			askWho:    {"I didn't get a name. Nobody gives you a name.", "Somebody at your place. They all sound alike.", "Me. Who else?"},
			askWish:   {"I want it put right, and I want to know when.", "That somebody takes care of it, and I don't have to ask again.", "What anybody would want: that it works."},
			askAgree:  {"All right.", "If that's what it takes.", "Fine."},
			askYes:    {"Yes.", "Exactly.", "That's right."},
			askWhat:   {"What I wrote at the start. It isn't complicated.", "Just as I said: it went wrong, and nobody did anything.", "Where shall I begin? It's one thing after the other."},
		},
		going: []string{"And now?", "So what happens next?", "Write that down, please.", "Does that help you?"},
		leave: []string{"That's it. I'm done with you, and I'll tell others why.", "Forget it. I'm going somewhere else."},
		thank: []string{"Thank you. That's all I wanted: somebody who takes care of it.", "Okay, that works for me. Thanks for sorting it out.", "All right, I'll wait for your news. Thank you for listening."},
	}
}

func chineseWords() *words {
	return &words{
		opens: "我就问你们一件事：{1}，到底管不管？我受够了。",
		slip: map[string][]string{
			"forbidden": {"你刚才说什么？你就这么跟顾客说话？", "这是什么态度！我花钱买气受？", "行，你这话我记下了。叫个能管事的来。"},
			SlipEarly:   {"你听我说完了吗？你知道这事给我添了多少麻烦？", "别一上来就给方案，你先弄清楚我为什么生气。", "又是背稿子。我说的你听进去了吗？"},
			SlipVague:   {"又是尽快，尽快是什么时候？", "别说过会儿，给个准时间。", "上次也说很快，到现在也没人理我。几点？"},
			SlipLong:    {"我没工夫听这么多，你就说怎么办。", "说重点，行吗？"},
			SlipEmpty:   {"然后呢？", "你这等于没说。", "就这？"},
			SlipPress:   {"你别催我，我本来就怕弄错。", "你这么一说我更慌了。"},
		},
		mood: map[string][]string{
			"furious":   {"太过分了，没一个人当回事！", "再这样我就发到网上去，让大家都看看。", "光会说，说有什么用！"},
			"upset":     {"行，我听着。好听的话我也听过不少了。", "那对我来说有什么不一样？", "你说的我知道，可事情还是没解决。"},
			"softening": {"嗯，总算有人明白了。", "今天就你这句话像样。"},
			"calm":      {"行吧。", "好，这样我能接受。"},
		},
		next: map[playbooks.Step][]string{
			playbooks.Empathise: {"你知道我这几天是怎么过来的吗？", "不光是这件事，是你们对人的态度。"},
			playbooks.Clarify:   {"你也不问问到底是怎么回事？", "你还没问我要的是什么呢。"},
			playbooks.Apologise: {"到现在连句道歉都没有。", "起码说声对不起吧。"},
			playbooks.Offer:     {"你能理解就好。那你能怎么办？", "行，那接下来呢？"},
			playbooks.Commit:    {"听着还行。那什么时候给我回话？", "好，谁来办，几点之前？"},
		},
		kind: map[string][]string{"between": {""},
			"demanding": {"我要什么已经说清楚了，行还是不行？", "我要的是解决，不是听你解释。"},
			"confused":  {"我到现在也没搞懂该怎么弄。", "你们说的我一句也没听明白。"},
			"agitated":  {"我气得手都在抖。", "怎么又是这样！"},
			"eagle":     {"捡要紧的说。", "我就五分钟。"},
			"peacock":   {"我还跟朋友夸过你们呢，现在叫我怎么说？", "以前我可喜欢找你们了。"},
			"dove":      {"我其实不爱跟人吵。", "我就是怕麻烦。"},
			"owl":       {"每回的日期我都记着。", "我要具体的，别说大概。"}},
		reply: map[string][]string{
			askGreet:  {"我刚才不是说了吗？", "你先把我上面写的看一遍，就算帮我了。"},
			askPermit: {"行，你问吧。", "那你弄吧。", "可以。"},
			askNumber: {"短信里有，你们自己发的，你那边看不到？", "这号我都报了好几遍了。", "等一下，我翻翻……找到了，一会儿打给你。"},
			askWhen:   {"好些天了，具体哪天我得翻翻。", "早就该办了的事。", "日期我跟你同事说过了。"},
			askMuch:   {"你那边看得到的吧？", "反正不是小数。", "怎么算都不该是这样。"},
			askWho:    {"没记住名字，你们又不说名字。", "就是你们那边的人，听着都差不多。", "还能有谁，我啊。"},
			askWish:   {"我就想有个人管，给我办好。", "给我个准话：怎么办，什么时候办。", "谁不想事情办好呢。"},
			askAgree:  {"行。", "也只能这样了。", "好吧。"},
			askYes:    {"对。", "是啊。", "就是这样。"},
			askWhat:   {"我一开始都写了，没那么复杂。", "就是我说的那样，一直没人管。", "从哪儿说起呢，一件接一件的。"},
		},
		going: []string{"那现在呢？", "接下来怎么弄？", "你记好了。", "这下清楚了吧？"},
		leave: []string{"算了，不跟你说了。以后不会再来，也会告诉别人。", "行，我找别家去。"},
		thank: []string{"谢谢你，我要的就是有个人管这件事。", "好，那就这样，辛苦你了。", "行，我等你消息。谢谢你肯听我说。"},
	}
}
