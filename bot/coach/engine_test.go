package coach

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]text{
		"<@U1> see <https://x.example/a|the order> &amp; tell": {plain: "see  the order  & tell"},
		"fyi\n> where is it?":       {plain: "fyi\nwhere is it?", quoted: "where is it?", remark: "fyi"},
		"&gt; where is it?":         {plain: "where is it?", quoted: "where is it?"},
		"Customer: it broke :rage:": {plain: "it broke", quoted: "it broke", spoken: true},
		"客户说：坏了":                    {plain: "坏了", quoted: "坏了", spoken: true},
		"`code` a < b":              {plain: "code a < b"},
		"<!here> <#C1|general> hm":  {plain: "general  hm"},
		"客户：等了三天\n\n怎么回？":           {plain: "怎么回？\n等了三天", quoted: "等了三天", remark: "怎么回？", spoken: true},
	} {
		got := clean(raw)
		if want.remark == "" && want.quoted == "" {
			want.remark = want.plain
		}
		if got.plain != want.plain || got.quoted != want.quoted || got.remark != want.remark || got.spoken != want.spoken {
			t.Errorf("clean(%q) = %q, quoted %q, remark %q, spoken %v", raw, got.plain, got.quoted, got.remark, got.spoken)
		}
	}
}

func TestCommandsAreNoCase(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	for text, want := range map[string]bool{
		"/refund customer is furious, parcel three weeks late": false,
		"/帮助 客户很生气":                                            false,
		"customer is furious, parcel three weeks late":         true,
		"客户很生气，快递晚了三个星期还没到":                                    true,
	} {
		if got := e.Advise(Message{Text: text}).Escalation; got != want {
			t.Errorf("%q: a case %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]bool{"/remind me": true, " /帮助": true, "/ 3": false, "24/7": false, "": false, "/": false} {
		if got := isCommand(text); got != want {
			t.Errorf("isCommand(%q) = %v", text, got)
		}
	}
}

// Plain anger is heard in words that small talk knows too; a bare word is no case.
func TestPlainWords(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	for text, want := range map[string]bool{
		"> You lost my passport at the desk and nobody apologised. I am furious!": true,
		"You lost my parcel and nobody apologised. I am furious!":                 true,
		"You lost my parcel":                      true,
		"You lost my keys and nobody apologised.": true,
		"This is the worst hotel ever":            true,
		"Your driver was rude to me":              true,
		"The food was cold":                       true,
		"这家店服务真差，没人道歉":                            true,
		"My order never came":                     true,
		"I want my money back":                    true,
		"Customer is angry, parcel lost":          true,
		"你们把我的快递弄丢了，没人道歉，我很生气！":                   true,
		"我要退款，你们一直不退":                             true,
		"客户气炸了，没人回电":                              true,
		"> The courier left my parcel in the rain at the wrong door and nobody answers my calls": true,
		"The soup was salty":                     true,
		"The zip broke":                          true,
		"> 快递放错了门口，电话没人接":                        true,
		"> The courier carried it up to my door": false,
		"> 师傅来得很准时，还帮我搬上楼":                       false,
		"stop": false, "结束": false, "test": false, "谢谢你": false, "morning all": false, "收到": false,
	} {
		if got := e.Advise(Message{Text: text}).Escalation; got != want {
			t.Errorf("%q: a case %v, want %v", text, got, want)
		}
	}
}

// What one sentence of a playbook without examples says is enough to find it.
func TestPlaybookIsKnownByEachSentence(t *testing.T) {
	t.Parallel()
	list := []playbooks.Playbook{
		{ID: "gift-wrap", Title: "Gifts", Summary: "Questions about presents", Steps: map[playbooks.Step][]playbooks.Phrase{playbooks.Offer: {{Text: "Ribbon costs two dollars. We can stitch a name onto boots for nine dollars. Cards are free."}}}},
		{ID: "opening-hours", Title: "Hours", Summary: "When we are there", Steps: map[playbooks.Step][]playbooks.Phrase{playbooks.Offer: {{Text: "The store opens at nine. The annual sale begins in June. Sundays we rest."}}}},
		{ID: "boots", Title: "Boots", Summary: "Questions about boots", Steps: map[playbooks.Step][]playbooks.Phrase{playbooks.Offer: {{Text: "Our boots are waterproof. Soles last two years."}}}},
	}
	for i := range list {
		list[i].Lang, list[i].Kind, list[i].Root, list[i].Severity = "en", playbooks.Scenario, "expectation", "low"
	}
	e, err := New(playbooks.NewSet(list), guard.New())
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"how much would it be to stitch my name onto these boots":   "gift-wrap",
		"when does the annual sale begin, I want to buy some boots": "opening-hours",
	} {
		if got := e.Advise(Message{Text: text, Ask: true}).Playbooks; len(got) == 0 || got[0].ID != want {
			t.Errorf("%q: got %v, want %s first", text, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"": "en", "where is it": "en", "客户很生气": "zh", "你哋個 system 冇 record 㗎咩": "zh",
		"the sign said 请 and the customer could not read it at all": "en", "😀": "en", "order 没到": "zh",
	} {
		if got, _ := language(s); got != want {
			t.Errorf("language(%q) = %s, want %s", s, got, want)
		}
	}
}

func TestSlots(t *testing.T) {
	t.Parallel()
	e := &Engine{forms: slotForms()}
	for text, want := range map[string]map[string]string{
		"Customer Ms Li says order #AB-12345 is late":     {"customer": "Ms Li", "order": "AB-12345"},
		"Ms Li from billing was rude to the customer":     {},
		"She has been waiting for three weeks for $49.90": {"waited": "three weeks", "amount": "$49.90"},
		"charged $5 and then $7":                          {},
		"this is the third time I've called":              {"times": "third"},
		"Third call about the same invoice":               {"times": "third"},
		"it was due on Friday":                            {"date": "Friday"},
		"客户李女士的订单号：2024110233 等了三天还没到":                    {"customer": "李女士", "order": "2024110233", "waited": "三天"},
		"老先生很生气":                                          {},
		"订单号…0233 等了三天":                                   {"order": "尾号0233", "waited": "三天"},
		"order number …0917 is stuck":                     {"order": "…0917"},
		"扣了59元，这是第三次打来了":                                  {"amount": "59元", "times": "第三次"},
		"说好周三送到":                                          {"date": "周三"},
		"she placed the order 30minutes ago":              {},
		"the booking 2026-11-25 is gone":                  {},
		"order 30minutes ago, order number 20261125-7":    {"order": "20261125-7"},
		"charged $1234 twice":                             {"amount": "$1234"},
		"the invoice says $12345.60":                      {"amount": "$12345.60"},
		"she paid $1,234.50 for it":                       {"amount": "$1,234.50"},
		"he lost $5k":                                     {},
		"they want $2 million":                            {},
		"about £1.5m in damages":                          {},
		"扣了1,200元":                                        {"amount": "1,200元"},
		"订金¥1,200没退":                                      {"amount": "¥1,200"},
		"客户说损失了¥3万":                                       {},
		"客户说损失了3.5万元":                                     {},
		"客服让我再等3天":                                        {},
		"她说要等两周，她等不了":                                     {},
		"他已经等了3天":                                         {"waited": "3天"},
		"让我等了3天，又让我再等3天":                                  {"waited": "3天"},
	} {
		got := e.slots(clean(text))
		if len(got) != len(want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
			continue
		}
		for k, v := range want {
			if got[k] != v {
				t.Errorf("%q: got %v, want %v", text, got, want)
			}
		}
	}
}

func TestComposeFromAnywhere(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	const said = "Customer: my parcel is late and I'm furious"
	reading := e.Advise(Message{Text: said})
	first := e.Compose("en", reading, Position{Playbook: "late-delivery", Step: "offer"}, said)
	if first.Phrases[0].Step != "offer" || first.Phrases[1].Step != "offer" || first.Position.Step != "offer" {
		t.Fatalf("got %+v", first.Phrases)
	}
	again := e.Compose("en", reading, Position{Playbook: "late-delivery", Step: "offer", Variation: 1}, said)
	if again.Phrases[0].Text == first.Phrases[0].Text {
		t.Errorf("other wording is the same: %q", again.Phrases[0].Text)
	}
	if got := e.Compose("en", reading, Position{Playbook: "no-such"}, said); len(got.Phrases) != 0 || got.Avoid == nil {
		t.Errorf("unknown playbook: %+v", got)
	}
	if zh := e.Compose("zh", reading, Position{Playbook: "late-delivery"}, said); !strings.ContainsFunc(zh.Phrases[0].Text, func(r rune) bool { return r > 0x4E00 && r < 0x9FFF }) {
		t.Errorf("asked for Chinese, got %q", zh.Phrases[0].Text)
	}
	seen := []string{}
	for pos, ok := first.Position, true; ok; pos, ok = e.NextStep(pos, "en") {
		seen = append(seen, pos.Step)
	}
	if want := []string{"offer", "commit", "follow-up"}; !slices.Equal(seen, want) {
		t.Errorf("steps %v, want %v", seen, want)
	}
	if e.Title("late-delivery", "en") == "late-delivery" || e.Title("none-such", "en") != "none-such" {
		t.Error("titles")
	}
}

// TestPhraseIsSaidWhereItsWordsStand: what a phrase takes for granted must be in the case.
func TestPhraseIsSaidWhereItsWordsStand(t *testing.T) {
	p := playbooks.Playbook{ID: "no-show", Lang: "en", Kind: playbooks.Scenario, Title: "No show", Summary: "Nobody came.", Root: "expectation", Severity: "low",
		Signals: []string{"nobody came"},
		Steps: map[playbooks.Step][]playbooks.Phrase{playbooks.Empathise: {
			{Text: "You kept the time free."},
			{Text: "Nobody came, nor called."},
			{Text: "You are angry.", For: []string{"agitated"}},
			{Text: "A day off is gone.", Words: []string{"day off", "off work"}},
			{Text: "With the little one at home, too.", Words: []string{"baby", "child*"}},
		}}}
	e, err := New(playbooks.NewSet([]playbooks.Playbook{p}), guard.New())
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"Nobody came to fix the boiler":                               {"You kept the time free.", "Nobody came, nor called."},
		"Nobody came and I TOOK A DAY\u00a0OFF for it":                {"A day off is gone.", "You kept the time free."},
		"Nobody came, and the children were waiting":                  {"With the little one at home, too.", "You kept the time free."},
		"Nobody came, she was off work for it and has a baby":         {"A day off is gone.", "You kept the time free."},
		"Nobody came; it was no day off, and there is no baby":        {"You kept the time free.", "Nobody came, nor called."},
		"Nobody came on her day offset, whatever that is, babysitter": {"You kept the time free.", "Nobody came, nor called."},
	} {
		var got []string
		for _, phrase := range e.Advise(Message{Text: text, Ask: true}).Phrases {
			got = append(got, phrase.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestReading(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	for _, c := range []struct{ text, severity, emotion, kind string }{
		{"Customer: I'm FURIOUS, my parcel STILL hasn't arrived, I'm closing my account!!", "high", "anger", "agitated"},
		{"Customer says her lawyer will be in touch, she is going to court over the refund", "critical", "", ""},
		{"客户说：你们再不退款我就找律师起诉你们", "critical", "", ""},
		{"客户气炸了，在电话里大骂，快递一直没到", "high", "anger", "agitated"},
	} {
		got := e.Advise(Message{Text: c.text})
		if got.Severity != c.severity || c.emotion != "" && !slices.Contains(got.Emotions, c.emotion) || got.CustomerType != c.kind && c.kind != "" {
			t.Errorf("%q: severity %s emotions %v kind %q", c.text, got.Severity, got.Emotions, got.CustomerType)
		}
	}
}

// TestMentionsAreNotCries: a grave word that is only mentioned does not make a case grave.
func TestMentionsAreNotCries(t *testing.T) {
	e := newEngine(t)
	for _, text := range []string{
		"She's with the credit union next door and asks why her invoice shows the setup fee twice",
		"He saw our advert on the news and wants to know if the offer price still holds",
		"客户压着火问：我妈的快递到底几号能到？",
		"客户说他家养猪的，问饲料为什么少发了两袋",
	} {
		if got := e.Advise(Message{Text: text, Ask: true}); !got.Escalation || rank(got.Severity) > 2 {
			t.Errorf("%q is read as %s because of %v", text, got.Severity, got.Why)
		}
	}
}

// Whoever threatens lives, or to go to court, is answered for that, whatever it is about;
// words that only look so change nothing.
func TestThreatsLead(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	for text, want := range map[string]string{
		"Customer says if the refund isn't in by tonight he'll kill himself":                        "safety-risk",
		"no refund and I end it tonight, you'll read about it":                                      "safety-risk",
		"parcel late again, he says he's going to burn your shop down":                              "safety-risk",
		"> Fix my internet or I will kill one of you":                                               "safety-risk",
		"chat cust just typed 'doesnt matter about the loan anymore i wont be around by the wkend'": "safety-risk",
		"客户说再不退钱就跳楼":                                                                                "safety-risk",
		"客户：不退钱我就死给你们看":                                                                             "safety-risk",
		"再不解决我就不活了":                                                                                 "safety-risk",
		"客户说不退钱就跳楼，还要去法院告你们":                                                                        "safety-risk",
		"he'll kill himself if it isn't back, and sue you, and his lawyer calls your manager":       "safety-risk",
		"房东说再不赔他就点火烧店":                                                                              "safety-risk",
		"See you in court. My kitchen has been in boxes since May.":                                 "legal-or-media-threat",
		"Customer is going on A Current Affair about it":                                            "legal-or-media-threat",
		"> I've filed with the CFPB and my state AG":                                                "legal-or-media-threat",
		"師傅裝完冷氣把我家牆壁打裂了，還叫我自己補，我要上爆料公社":                                                             "legal-or-media-threat",
		"我拍片放上連登，睇下你哋點收科":                                                                           "legal-or-media-threat",
		"客户说：三个星期了，快递到现在没到，打电话也没人管，你们太过分了！我要去法院告你们！":                                                "legal-or-media-threat",
	} {
		if a := e.Advise(Message{Text: text}); a.Severity != "critical" || a.Playbooks[0].ID != want {
			t.Errorf("%q: %s, %v", text, a.Severity, a.Playbooks)
		}
	}
	for _, text := range []string{"> saw it on TikTok, does the code work in your shops too?", "在小红书看到你们的券，怎么用？", "the wait's killing me, two hours on hold", "孩子想坐跳楼机，身高不够能退票吗", "我警告你们，再打电话我就投诉", "笑不活了这个表情包"} {
		if a := e.Advise(Message{Text: text}); a.Severity == "critical" {
			t.Errorf("%q is read as critical because of %v", text, a.Why)
		}
	}
}

// Whoever asks for the manager is answered for that, whatever went wrong before;
// a manager who is only spoken of changes nothing.
func TestDemandsLead(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	for _, text := range []string{
		"customer furious, 3rd time engineer didn't turn up, took a day off work AGAIN, says he wants the manager now",
		"parcel 2 weeks late, refund still stuck, he keeps saying 'put me through to your boss'",
		"Oven repaired 3 times, broke again on Christmas Eve. He asked if he could please have a word with my team leader.",
		"扣款扣兩次，客戶說換能作主的人來講", "师傅没来，白等一天，非要投诉到总部，让总部的人联系他", "外賣遲咗兩個鐘，仲凍晒，佢話要同經理傾",
	} {
		if a := e.Advise(Message{Text: text}); rank(a.Severity) < rank("high") || a.Playbooks[0].ID != "demands-manager" {
			t.Errorf("%q: %s, %v", text, a.Severity, a.Playbooks)
		}
	}
	for _, text := range []string{
		"my manager asked me to cover Saturday, anyone free to swap?", "主管說下午三點開會，記得帶報表",
		"> Your manager rang me yesterday and sorted it, thank you so much", "经理已经给客户回过电话了，这单可以关了",
	} {
		if a := e.Advise(Message{Text: text}); a.Escalation {
			t.Errorf("%q is read as a case because of %v", text, a.Why)
		}
	}
}

func TestFollowUp(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	en := Prior{Lang: "en", Severity: "medium", Author: true, Text: "Customer: my parcel is late", Position: Position{Playbook: "late-delivery", Step: "empathise"}}
	zh := Prior{Lang: "zh", Severity: "medium", Author: true, Text: "客户说：快递一直没到", Position: Position{Playbook: "late-delivery", Step: "empathise"}}
	for _, c := range []struct {
		prior  Prior
		author bool
		text   string
		want   Turn
	}{
		{en, true, "now she says she'll go to the press", TurnCustomer},
		{en, true, "> The battery is on fire in my kitchen right now, what do I do?!", TurnCustomer},
		{zh, true, "> 电池在厨房着火了，怎么办啊？", TurnCustomer},
		{en, true, "told him that, still shouting", TurnTried},
		{en, true, "apologised", TurnTried},
		{en, true, "she's calmed down now", TurnCalmed},
		{en, true, "thanks!", TurnColleague},
		{en, false, "good luck, I had one like that last week", TurnColleague},
		{en, false, "which depot is it?", TurnColleague},
		{en, true, "can someone take my next call?", TurnColleague},
		{en, true, "> I want your manager", TurnCustomer},
		{en, true, ":+1:", TurnColleague},
		{zh, true, "她现在说要找记者曝光", TurnCustomer},
		{zh, true, "跟他说了，还在骂", TurnTried},
		{zh, true, "道歉了", TurnTried},
		{zh, true, "客户消气了", TurnCalmed},
		{zh, false, "加油", TurnColleague},
		{zh, true, "谢谢大家", TurnColleague},
	} {
		c.prior.Author = c.author
		got := e.FollowUp(c.prior, Message{Text: c.text})
		if got.Turn != c.want {
			t.Errorf("%q: %s, want %s", c.text, got.Turn, c.want)
		}
		moves := c.want == TurnCustomer || c.want == TurnTried
		if moves != (len(got.Advice.Phrases) > 0) {
			t.Errorf("%q: %d phrases", c.text, len(got.Advice.Phrases))
		}
		if moves && got.Advice.Position == c.prior.Position {
			t.Errorf("%q: the advice stands still", c.text)
		}
	}
	if got := e.FollowUp(zh, Message{Text: "她现在说要找记者曝光"}).Advice; got.Severity != "critical" || got.Playbooks[0].ID != "legal-or-media-threat" {
		t.Errorf("press: %s %v", got.Severity, got.Playbooks)
	}
}

func TestHeldOut(t *testing.T) {
	t.Parallel()
	results, err := HeldOut(fewer(builtin(t), 60), 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 2 {
		t.Fatalf("got %d languages", len(results))
	}
	for _, r := range results {
		if r.Examples < 500 || r.Hit1 < 0.3 || r.Hit3 <= r.Hit1 || r.MRR <= r.Hit1 || r.MRR > 1 || len(r.Confusions) == 0 {
			t.Errorf("got %+v", r)
		}
	}
}

// fewer is a set with at most n examples a playbook.
func fewer(set *playbooks.Set, n int) *playbooks.Set {
	var list []playbooks.Playbook
	for _, p := range set.All() {
		q := *p
		q.Examples = p.Examples[:min(n, len(p.Examples))]
		list = append(list, q)
	}
	return playbooks.NewSet(list)
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	if _, err := New(playbooks.NewSet(nil), newEngine(t).guard); err == nil {
		t.Error("no scenario: no error")
	}
	if _, err := New(nil, nil); err == nil {
		t.Error("nothing: no error")
	}
}

func TestParseLexiconFaults(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"word", "[]", "[a heat=x]", "[a floor=huge]", "[a colour=red]"} {
		if _, err := parseLexicon(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func FuzzAdvise(f *testing.F) {
	e := newEngine(f)
	for _, seed := range []string{"", "Customer: my parcel is late!!", "客户说：骗子，退钱", "\xff<@U1|>:rage:", "> [x]{order}", "Ms {agent} order #12345-[x]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := e.Advise(Message{Text: s, Ask: true})
		if a.Playbooks == nil || a.Phrases == nil || a.Avoid == nil || a.Emotions == nil || rank(a.Severity) < 0 {
			t.Fatalf("incomplete: %+v", a)
		}
		for _, p := range a.Phrases {
			if found := e.guard.Check(p.Text); len(found) > 0 {
				t.Fatalf("forbidden: %q", p.Text)
			}
			if !utf8.ValidString(p.Text) || strings.ContainsAny(p.Text, "{}[]\n") || p.Text == "" {
				t.Fatalf("phrase %q", p.Text)
			}
		}
		e.FollowUp(Prior{Position: a.Position, Author: true, Text: s}, Message{Text: s})
	})
}

func BenchmarkNew(b *testing.B) {
	set := builtin(b)
	guard := newEngine(b).guard
	for b.Loop() {
		if _, err := New(set, guard); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTrain is a whole library trained anew, as after an admin's edit.
func BenchmarkTrain(b *testing.B) {
	changed := playbooks.Overlay(builtin(b), fewer(builtin(b), 200))
	g := guard.New()
	for b.Loop() {
		if _, err := New(changed, g); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnew is what an example added to the built-in library in one language costs.
func BenchmarkAnew(b *testing.B) {
	base := builtin(b)
	g := guard.New()
	e, err := New(base, g)
	if err != nil {
		b.Fatal(err)
	}
	p, _ := base.ByID("late-delivery", "en")
	for i := 0; b.Loop(); i++ {
		q := *p
		q.Examples = append(slices.Clone(p.Examples), playbooks.Example{Text: fmt.Sprintf("drone %d dropped my parcel into the pond", i)})
		if _, err := e.Anew(playbooks.Overlay(base, playbooks.NewSet([]playbooks.Playbook{q})), g); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAdvise(b *testing.B) {
	e := newEngine(b)
	rows := readRows[labelled](b, "testdata/cases-dev.jsonl")
	for i := 0; b.Loop(); i++ {
		e.Advise(Message{Text: rows[i%len(rows)].Text})
	}
}

// BenchmarkAdviseThousand has the built-in scenarios over and over, each time
// under other names and with words of their own.
func BenchmarkAdviseThousand(b *testing.B) {
	base := builtin(b)
	var list []playbooks.Playbook
	for n := 0; len(list) < 1000; n++ {
		for _, p := range base.Scenarios("en") {
			q := *p
			q.ID += "-" + string(rune('a'+n%26)) + string(rune('a'+n/26))
			q.Examples = nil
			for i, x := range p.Examples[:min(40, len(p.Examples))] {
				q.Examples = append(q.Examples, playbooks.Example{Text: x.Text + " " + q.ID + " " + string(rune('a'+i%26))})
			}
			list = append(list, q)
		}
	}
	e, err := New(playbooks.NewSet(list), newEngine(b).guard)
	if err != nil {
		b.Fatal(err)
	}
	rows := slices.DeleteFunc(readRows[labelled](b, "testdata/cases-dev.jsonl"), func(r labelled) bool { return r.Lang != "en" })
	for i := 0; b.Loop(); i++ {
		e.Advise(Message{Text: rows[i%len(rows)].Text})
	}
}

// However many examples a scenario has, together they weigh what those of most have; no case weighs as it is.
func TestWorths(t *testing.T) {
	t.Parallel()
	class := slices.Concat(slices.Repeat([]int{0}, 2), slices.Repeat([]int{1}, 4), slices.Repeat([]int{2}, 8), slices.Repeat([]int{3}, 4), slices.Repeat([]int{4}, 16))
	if got, want := worths(class, 5, 4), []float32{2, 1, 0.5, 1, 1}; !slices.Equal(got, want) {
		t.Errorf("worths %v, want %v", got, want)
	}
	if got, want := worths(class, 5, -1), []float32{2, 1, 0.5, 1, 0.25}; !slices.Equal(got, want) {
		t.Errorf("worths without a class of no case %v, want %v", got, want)
	}
}
