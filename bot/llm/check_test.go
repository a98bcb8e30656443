package llm

import (
	"flag"
	"slices"
	"strings"
	"sync"
	"testing"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/traditional"
)

var builtin = sync.OnceValues(playbooks.Builtin)

func library(t testing.TB) *playbooks.Set {
	t.Helper()
	set, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func checkerFor(p playbooks.Playbook, g *guard.Guard, text string) checker {
	return checkerOf(newCompany(p.Lang, wordsOf(p)), g, text)
}

func checkerOf(c *company, g *guard.Guard, text string) checker {
	told, plain := findOrders(text)
	return checker{guard: g, lang: c.lang, orders: told, words: 45, han: 75, whole: true, hant: traditional.Is(text), grounds: newGrounds(c, plain).readTwice()}
}

const answersKept = "testdata/answers.jsonl"

var answersFile = flag.String("answers", answersKept, "labelled answers for TestAnswers: new ones tell what the checks do at first sight")

// TestAnswers holds the corpus of answers (testdata/README.md): the good pass, the bad
// fail for the reasons given ("any": whichever), perhaps for others too. -v lists what goes wrong.
func TestAnswers(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	of := companiesOf(t, set)
	var all judged
	for _, a := range answersIn(t, *answersFile) {
		got := checkerOf(of(a), g, a.Case).text(a.Text, 1).codes()
		all.add(a, got)
		switch {
		case len(a.Want) == 0 && len(got) > 0:
			t.Logf("refused for %v: case %q, text %q", got, a.Case, a.Text)
		case len(a.Want) > 0 && len(got) == 0:
			t.Logf("let through: case %q, text %q", a.Case, a.Text)
		case len(a.Want) > 0 && a.Want[0] != "any" && slices.ContainsFunc(a.Want, func(w string) bool { return !slices.Contains(got, w) }):
			t.Errorf("case %q, text %q: refused for %v, want %v", a.Case, a.Text, got, a.Want)
		}
	}
	bad, through, good, lost := all.bad, all.bad-all.refused, all.good, all.good-all.passed
	t.Logf("of %d bad answers %d are let through, of %d good ones %d refused", bad, through, good, lost)
	if *answersFile == answersKept && (through > maxThrough || lost > maxLost) {
		t.Errorf("%d bad answers are let through and %d good ones refused, want at most %d and %d", through, lost, maxThrough, maxLost)
	}
}

// TestUnseen holds the answers on which nothing was ever mended and from which nothing
// was learned: what new answers can be expected to meet.
func TestUnseen(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	of := companiesOf(t, set)
	var all judged
	for _, a := range answersIn(t, "testdata/unseen.jsonl") {
		got := checkerOf(of(a), g, a.Case).text(a.Text, 1).codes()
		all.add(a, got)
		if (len(got) == 0) != (len(a.Want) == 0) {
			t.Logf("%v for case %q, text %q", got, a.Case, a.Text)
		}
	}
	t.Logf("unseen: %d of %d bad answers are refused and %d of %d good ones pass", all.refused, all.bad, all.passed, all.good)
	if all.refused*100 < all.bad*93 || all.passed*100 < all.good*90 {
		t.Error("want 93 % of the bad ones refused and 90 % of the good ones passed; mend no word for a row of this file")
	}
}

// What the checks are known to get wrong in the corpus.
const (
	maxThrough = 0
	maxLost    = 3
)

// Amounts, days, links, secrets and gifts are the rules' alone: a second reader that
// likes everything lets none of them through, one that likes nothing keeps no true one out.
func TestRulesStand(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	for _, tt := range []struct{ lang, told, text, fault string }{
		{"en", "parcel late", "That comes to $300.", faultNumber},
		{"en", "wants 140 back", "You want the 140 pounds back.", ""},
		{"en", "9 calls in 5 wks", "Nine times you called in five weeks.", ""},
		{"zh", "要退900", "让您为这900块来回折腾，对不起。", ""},
		{"zh", "扣了30%", "扣了百分之三十，您心疼我理解。", ""},
		{"zh", "扣了30%", "扣了百分之二十，您心疼我理解。", faultNumber},
		{"en", "parcel late", "It comes on Friday.", faultDate},
		{"en", "he wants it by Friday", "I'll bring it by Friday.", faultDate},
		{"en", "he wants it by Friday", "Friday is close, and I understand the hurry.", ""},
		{"en", "parcel late", "Would this evening still be of use to you?", ""},
		{"en", "parcel late", "It will be there this evening.", faultDate},
		{"en", "since 3 am", "Off since three in the morning: that's hard.", ""},
		{"zh", "顾客要周五前送到", "我周五前给您送到。", faultDate},
		{"zh", "周五前要交首付", "首付周五前要交，换谁都着急。", ""},
		{"zh", "快递没到", "昨晚有没有人给您打过电话？", ""},
		{"zh", "快递没到", "昨晚就该到了。", faultDate},
		{"zh", "等了两小时", "我去跟主管说您等了两小时，{time}前告诉您。", ""},
		{"en", "parcel late", "Here is a voucher.", faultPromise},
		{"en", "parcel late, wants a refund", "I'll refund you.", faultPromise},
		{"zh", "快递没到，要退款", "我给您退款。", faultPromise},
		{"en", "parcel late", "Write to help@shop.example.", faultLink},
		{"en", "locked out", "Tell me your password.", faultSecret},
		{"zh", "收不到验证码", "收验证码的那个号码还在用吗？", ""},
		{"zh", "收不到验证码", "您把验证码发给我。", faultSecret},
		{"en", "shoes", "You've still got time to get used to them.", ""},
		{"en", "shoes", "You'll get used to them.", faultTone},
	} {
		p, _ := set.ByID("late-delivery", tt.lang)
		c := checkerFor(*p, g, tt.told)
		c.grounds.second = &learner{Weights: make([]int8, buckets), Bias: 9}
		got := c.text(tt.text, 1).codes()
		if tt.fault == "" && len(got) > 0 || tt.fault != "" && !slices.Contains(got, tt.fault) {
			t.Errorf("case %q, text %q: got %v, want %q", tt.told, tt.text, got, tt.fault)
		}
		c.grounds.second = &learner{Weights: make([]int8, buckets), Bias: -9}
		if own := strings.NewReplacer("[", "", "]", "").Replace(p.Steps[playbooks.Empathise][0].Text); len(c.text(own, 1)) > 0 {
			t.Errorf("the playbook's own %q is refused", own)
		}
	}
}

// What the playbooks say is beyond doubt: a check that it fails would keep good answers out.
func TestPlaybooksPass(t *testing.T) {
	t.Parallel()
	set, g := library(t), guard.New()
	phrases, failed := 0, 0
	for _, lang := range set.Languages() {
		for _, p := range set.Scenarios(lang) {
			check := checkerFor(*p, g, "")
			for step, list := range p.Steps {
				if step == playbooks.Calm {
					continue
				}
				for _, line := range list {
					phrases++
					text := strings.NewReplacer("[", "", "]", "").Replace(line.Text)
					if found := check.text(text, 1); len(found) > 0 {
						failed++
						t.Logf("%s %s: %q: %v", lang, p.ID, line.Text, found.codes())
					}
				}
			}
		}
	}
	if failed*100 > phrases {
		t.Errorf("%d of %d phrases of the playbooks fail the checks, want at most 1 in 100", failed, phrases)
	}
}

// One amount in many forms: what the case writes one way an answer may write another, and no other amount.
func TestQuantities(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"三百块", "300元", "￥300", "¥ 300", "３００元", "叁佰元", "三百块钱", "300 rmb", "300 yuan"},
		{"$1,500", "1500 dollars", "$1.5k", "us$ 1500"},
		{"1.5万元", "一万五千元", "15000块"},
		{"三天", "3天", "three days", "3 days", "3-day"},
		{"半小时", "half an hour", "半个小时"},
		{"48小时", "四十八小时", "forty-eight hours", "48 hrs"},
		{"第三次", "the third time", "3 times", "三次"},
		{"two weeks", "2 weeks", "两周", "两个星期"},
		{"5 working days", "五个工作日", "five business days"},
		{"20%", "20 percent", "twenty per cent"},
		{"八折", "8折"},
		{"third month", "3 months", "三个月"},
	} {
		want := quantities(fold(same[0]))
		for _, form := range same {
			if got := quantities(fold(form)); len(got) == 0 || got[0] != want[0] {
				t.Errorf("%q is %q, want %q as of %q", form, got, want, same[0])
			}
		}
	}
	for _, other := range [][2]string{{"$300", "£300"}, {"$300", "300元"}, {"hk$300", "$300"}, {"3 days", "3 working days"}, {"3 days", "3 weeks"}, {"300元", "3000元"}, {"20%", "20元"}} {
		if a, b := quantities(fold(other[0])), quantities(fold(other[1])); a[0] == b[0] {
			t.Errorf("%q and %q are both %q", other[0], other[1], a)
		}
	}
	for _, none := range []string{"十分抱歉", "一点都不", "a time of stress", "我一直在", "一下子", "一起看", "say it one more time", "几号", "万一", "千万别"} {
		if got := quantities(fold(none)); len(got) > 0 {
			t.Errorf("%q counts %q", none, got)
		}
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]bool{
		`{"text":"a"}`:                                           true,
		"```json\n{\"text\":\"a\"}\n```":                         true,
		"```JSON\n{\"text\":\"a\"}```":                           true,
		"<think>She wants {\"text\"}.</think>\n{\"text\":\"a\"}": true,
		"<think>She wants it {\"text\":\"a\"}":                   false,
		"```":                                                    false,
		"{\"text\":\"" + strings.Repeat("a", 20_000) + "\"}":     false,
		`  {"text":"a","more":1} `:                               true,
		`{"text":"a"} and then some`:                             false,
		`Sure! {"text":"a"}`:                                     false,
		`{"text":`:                                               false,
		`[{"text":"a"}]`:                                         false,
		`{"text":1}`:                                             false,
		``:                                                       false,
		"{\"text\":\"\xff\"}":                                    false,
		strings.Repeat("[", 100_000):                             false,
		`{"text":"` + strings.Repeat("a", 1e5):                   false,
	} {
		var v struct{ Text string }
		if got := decode(answer, &v); got != want {
			t.Errorf("%.60q: got %v, want %v", answer, got, want)
		}
	}
}

// FuzzCheck: no answer breaks the checks, and none with a forbidden phrase passes.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "I don't know.", "我不知道。", "{", "{time}", "$1,000,000.00.", "十十十十年。", "\xff"} {
		f.Add(s, s)
	}
	p, _ := library(f).ByID("late-delivery", "en")
	g, c := guard.New(), newCompany(p.Lang, wordsOf(*p))
	f.Fuzz(func(t *testing.T, text, answer string) {
		if len(text)+len(answer) > 4000 {
			return
		}
		found := checkerOf(c, g, text).text(answer, 1)
		if bare := slotForm.ReplaceAllString(answer, " "); len(found) == 0 && len(g.Check(bare)) > 0 {
			t.Errorf("%q passed", answer)
		}
	})
}
