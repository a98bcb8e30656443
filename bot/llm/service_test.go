package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tiktoken-go/tokenizer"

	"bufio"
	"os"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/prompts"
)

// rig is a service whose answers a test writes, with what it was asked and what it logged.
type rig struct {
	*Service
	asked []Request
	log   bytes.Buffer
}

func newRig(t testing.TB, answers ...string) *rig {
	t.Helper()
	set, err := prompts.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	r := new(rig)
	var mu sync.Mutex
	m, _, _ := limited(func(_ context.Context, q Request) (Response, error) {
		mu.Lock()
		defer mu.Unlock()
		r.asked = append(r.asked, q)
		if len(answers) == 0 {
			return Response{}, errors.New("no more answers")
		}
		text := answers[0]
		answers = answers[1:]
		return Response{Text: text, Tokens: 100}, nil
	}, Limits{Tries: 1, BreakAfter: 1000})
	r.Service = New(Options{Model: m, Prompts: set, Guard: guard.New(), Mask: func(s string) string { return strings.ReplaceAll(s, "13800138000", "[phone]") },
		Log: slog.New(slog.NewTextHandler(&r.log, nil))})
	return r
}

var engine = sync.OnceValue(func() *coach.Engine {
	set, err := playbooks.Builtin()
	if err != nil {
		panic(err)
	}
	e, err := coach.New(set, guard.New())
	if err != nil {
		panic(err)
	}
	return e
})

func caseOf(t testing.TB, text string) Case {
	t.Helper()
	a := engine().Advise(coach.Message{ID: "1", Text: text, Ask: true})
	if len(a.Playbooks) == 0 {
		t.Fatalf("no playbook for %q", text)
	}
	p, _ := engine().Playbook(a.Playbooks[0].ID, a.Lang)
	return Case{Text: text, Playbook: p, Advice: a}
}

const parcel = "> Three weeks! Nobody tells me anything. Where is my parcel?! This is a disgrace. Call 13800138000."

const good = `{"phrases":[{"step":"empathise","text":"Three weeks of hearing nothing about your parcel would wear anybody out."},` +
	`{"step":"empathise","text":"You asked where your parcel is, and nobody told you."},{"step":"clarify","text":"So what matters most is knowing where it is, is that right?"},` +
	`{"step":"apologise","text":"I'm sorry that nobody told you anything."}]}`

func TestSuggest(t *testing.T) {
	t.Parallel()
	r := newRig(t, good)
	got, err := r.Suggest(t.Context(), caseOf(t, parcel))
	if err != nil || len(got) != 4 || got[0].Text != "Three weeks of hearing nothing about your parcel would wear anybody out." || got[0].Playbook != "late-delivery" {
		t.Errorf("got %+v %v", got, err)
	}
	q := r.asked[0]
	if q.MaxTokens != 300 || strings.Contains(q.User, "13800138000") || !strings.Contains(q.User, "[phone]") || !strings.Contains(q.System, "I don't know") {
		t.Errorf("asked %+v", q)
	}
}

// A bad answer is asked for once more, with what was wrong; then the playbook stands.
func TestOneRetry(t *testing.T) {
	t.Parallel()
	bad := strings.Replace(good, "I'm sorry that nobody told you anything.", "I do not know where it is, sorry.", 1)
	r := newRig(t, bad, good)
	if got, err := r.Suggest(t.Context(), caseOf(t, parcel)); err != nil || len(got) != 4 {
		t.Errorf("got %+v %v", got, err)
	}
	if len(r.asked) != 2 || !strings.Contains(r.asked[1].User, "phrase 4: it says one of the things that must never be said (dont-know)") {
		t.Errorf("asked %d times, the last %q", len(r.asked), r.asked[len(r.asked)-1].User)
	}
	r = newRig(t, bad, "nonsense", good)
	if got, err := r.Suggest(t.Context(), caseOf(t, parcel)); !errors.Is(err, ErrRefused) || got != nil {
		t.Errorf("got %+v %v, want no third try", got, err)
	}
	want := map[string]int{"suggest refused": 1, "suggest fault forbidden": 1, "suggest fault schema": 1}
	if !maps.Equal(r.Counts(), want) {
		t.Errorf("counted %v, want %v", r.Counts(), want)
	}
	for _, text := range []string{"parcel", "do not know", "nonsense", "disgrace"} {
		if strings.Contains(r.log.String(), text) {
			t.Errorf("the log tells text: %s", r.log.String())
		}
	}
	if !strings.Contains(r.log.String(), "forbidden") {
		t.Errorf("the log does not say why: %s", r.log.String())
	}
}

func TestSuggestRefuses(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"nothing":                      `{"phrases":[]}`,
		"a step not asked for":         `{"phrases":[{"step":"follow-up","text":"I'm calling you back as I said I would."}]}`,
		"nothing for the step now":     `{"phrases":[{"step":"apologise","text":"I'm sorry that nobody told you anything."}]}`,
		"an essay":                     strings.Replace(good, "I'm sorry", strings.Repeat("I'm very sorry indeed and ", 20)+"sorry", 1),
		"an invented refund":           strings.Replace(good, "I'm sorry that nobody told you anything.", "I'll refund you in full.", 1),
		"talk around the JSON":         "Here you are: " + good,
		"the language of someone else": strings.Replace(good, "I'm sorry that nobody told you anything.", "没人告诉您，我很抱歉。", 1),
	} {
		r := newRig(t, answer, answer)
		if got, err := r.Suggest(t.Context(), caseOf(t, parcel)); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: got %+v %v", name, got, err)
		}
	}
}

// Fitted phrases take the playbook's place step by step, slots filled from the case.
func TestFit(t *testing.T) {
	t.Parallel()
	c := caseOf(t, "Customer: order AB-123456, three weeks late, nobody tells me where my parcel is!")
	made := []coach.Phrase{{Step: "empathise", Text: "Three weeks without order {order} would wear anybody out.", Playbook: "late-delivery"},
		{Step: "apologise", Text: "I don't know.", Playbook: "late-delivery"}}
	got := engine().Fit(c.Advice, made, c.Text)
	if got.Source != "llm" || got.Phrases[0].Text != "Three weeks without order AB-123456 would wear anybody out." || len(got.Phrases) != len(c.Advice.Phrases) {
		t.Errorf("got %+v", got)
	}
	if !slices.Equal(got.Phrases[1:], c.Advice.Phrases[1:]) {
		t.Errorf("more than one phrase changed: %+v", got.Phrases)
	}
	if none := engine().Fit(c.Advice, made[1:], c.Text); none.Source != "playbook" || !slices.Equal(none.Phrases, c.Advice.Phrases) {
		t.Errorf("a forbidden phrase got in: %+v", none)
	}
}

func TestReread(t *testing.T) {
	t.Parallel()
	a := caseOf(t, parcel).Advice
	second := a.Playbooks[1].ID
	if got := engine().Reread(a, []string{second}, a.Severity); got.Playbooks[0].ID != second || len(got.Playbooks) != len(a.Playbooks) || got.Playbooks[0].Score < got.Playbooks[1].Score {
		t.Errorf("got %+v", got.Playbooks)
	}
	for _, tt := range []struct{ was, judged, want string }{
		{"critical", "low", "critical"}, {"high", "low", "medium"}, {"medium", "low", "low"}, {"low", "critical", "critical"}, {"medium", "junk", "medium"}, {"none", "high", "none"},
	} {
		a.Severity = tt.was
		if got := engine().Reread(a, nil, tt.judged).Severity; got != tt.want {
			t.Errorf("%s judged %s: got %s, want %s", tt.was, tt.judged, got, tt.want)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	set := library(t)
	late, _ := set.ByID("late-delivery", "en")
	broken, _ := set.ByID("broken-promise", "en")
	offered := []playbooks.Playbook{*late, *broken}
	r := newRig(t, `{"playbooks":["broken-promise"],"severity":"high"}`)
	got, err := r.Read(t.Context(), "en", "You promised Tuesday.", offered)
	if err != nil || !slices.Equal(got.Playbooks, []string{"broken-promise"}) || got.Severity != "high" {
		t.Errorf("got %+v %v", got, err)
	}
	for _, answer := range []string{`{"playbooks":["refund-refused"],"severity":"high"}`, `{"playbooks":["late-delivery"],"severity":"apocalyptic"}`, `{"playbooks":[],"severity":"low"}`, `yes`} {
		r := newRig(t, answer, answer)
		if got, err := r.Read(t.Context(), "en", "You promised Tuesday.", offered); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: got %+v %v", answer, got, err)
		}
	}
}

func TestOtherTasks(t *testing.T) {
	t.Parallel()
	g := guard.New()
	draft := "I don't know, wait until Friday."
	for name, tt := range map[string]struct {
		answers []string
		run     func(s *Service) (string, error)
		want    string // "": refused
	}{
		"rewrite": {[]string{`{"text":"I can see how long this is taking; let me find out for you by Friday."}`},
			func(s *Service) (string, error) {
				return s.Rewrite(t.Context(), "en", draft, "where is it", g.Check(draft))
			},
			"I can see how long this is taking; let me find out for you by Friday."},
		"rewrite that promises": {[]string{`{"text":"I'll send you a voucher by Friday."}`, `{"text":"I'll find out by Monday."}`},
			func(s *Service) (string, error) { return s.Rewrite(t.Context(), "en", draft, "", g.Check(draft)) }, ""},
		"headline": {[]string{`{"text":"Late delivery came up 5 times, and 9 of 12 cases were calmed."}`},
			func(s *Service) (string, error) {
				return s.Headline(t.Context(), "en", []string{"12 cases, 9 calmed.", "Late delivery came up 5 times."})
			}, "Late delivery came up 5 times, and 9 of 12 cases were calmed."},
		"headline with made-up numbers": {[]string{`{"text":"Late delivery came up 17 times."}`, `{"text":"All is well at 100 percent."}`},
			func(s *Service) (string, error) {
				return s.Headline(t.Context(), "en", []string{"12 cases, 9 calmed."})
			}, ""},
		"customer": {[]string{`{"text":"不知道？那你们谁知道！"}`},
			func(s *Service) (string, error) {
				return s.Customer(t.Context(), "zh", Role{Scenario: "快递没到", Kind: "agitated", Mood: "furious"}, []prompts.Line{{Customer: true, Text: "快递呢"}, {Text: "我不知道"}})
			}, "不知道？那你们谁知道！"},
		"card": {[]string{`{"situation":"A customer needs a parcel sooner than it can come.","words":"Ask whether a pick-up point is near.","result":""}`},
			func(s *Service) (string, error) {
				c, err := s.Card(t.Context(), "en", Thread{Question: "She needs the parcel now.", Worked: "A pick-up point.", Said: []string{"Is a pick-up point near her?"}})
				return c.Words, err
			}, "Ask whether a pick-up point is near."},
		"card with a forbidden phrase": {[]string{`{"situation":"x","words":"Say: I don't know.","result":""}`, `{}`},
			func(s *Service) (string, error) {
				c, err := s.Card(t.Context(), "en", Thread{Question: "q", Worked: "w"})
				return c.Words, err
			}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, tt.answers...)
			got, err := tt.run(r.Service)
			if got != tt.want || (tt.want == "") != errors.Is(err, ErrRefused) {
				t.Errorf("got %q %v (log %s)", got, err, r.log.String())
			}
		})
	}
}

// A draft in better words tells what the draft told: no sum, day or refusal gets lost or turned round.
func TestRewriteKeepsFacts(t *testing.T) {
	t.Parallel()
	g := guard.New()
	for _, tt := range []struct {
		lang, draft, answer string
		kept                bool
	}{
		{"en", "I don't know. The refund of $40 takes 5 days.", "I can see why you ask; the refund of $40 takes five days.", true},
		{"en", "I don't know. The refund of $40 takes 5 days.", "I can see why you ask; the refund of $40 takes a little time.", false},
		{"en", "I don't know. The refund of $40 takes 5 days.", "I can see why you ask; the refund takes 5 days.", false},
		{"en", "Not my fault. We can't refund you.", "I'm sorry for the trouble; we can't refund you.", true},
		{"en", "Not my fault. We can't refund you.", "I'm sorry for the trouble; we refund you.", false},
		{"en", "Not my fault. I'll refund you on Friday.", "I'm sorry for the trouble; I'll refund you on Friday.", true},
		{"en", "Not my fault. I'll refund you on Friday.", "I'm sorry for the trouble; I can't refund you on Friday.", false},
		{"en", "Not my fault. I'll refund you on Friday.", "I'm sorry for the trouble; I'll refund you.", false},
		{"zh", "我不知道。退款三天到账。", "您着急我理解，退款3天到账。", true},
		{"zh", "我不知道。退款三天到账。", "您着急我理解，退款会到账。", false},
		{"zh", "这不是我的错，不能退款。", "给您添麻烦了，这单不能退款。", true},
		{"zh", "这不是我的错，不能退款。", "给您添麻烦了，这单可以退款。", false},
		{"zh", "我不知道，周五给您回电。", "我先去弄清楚，周五给您回电。", true},
		{"zh", "我不知道，周五给您回电。", "我先去弄清楚再给您回电。", false},
	} {
		answer := `{"text":"` + tt.answer + `"}`
		r := newRig(t, answer, answer)
		got, err := r.Rewrite(t.Context(), tt.lang, tt.draft, "", g.Check(tt.draft))
		if kept := err == nil; kept != tt.kept || kept && got != tt.answer {
			t.Errorf("%q as %q: got %q %v, counted %v", tt.draft, tt.answer, got, err, r.Counts())
		}
	}
}

// TestTokens holds the budget of a suggestion over the labelled cases, counted by
// the tokenizers that today's services use, and the bound that the program reckons with.
func TestTokens(t *testing.T) {
	t.Parallel()
	var codecs []tokenizer.Codec
	for _, e := range []tokenizer.Encoding{tokenizer.Cl100kBase, tokenizer.O200kBase} {
		c, err := tokenizer.Get(e)
		if err != nil {
			t.Fatal(err)
		}
		codecs = append(codecs, c)
	}
	long := strings.Repeat("客户说等了三个星期快递没到，打电话没人接，气得要投诉。", 60)
	texts := append(devCases(t), long, strings.Repeat("She has waited three weeks for the parcel and nobody answers the phone. ", 60))
	most, bound := 0, 0
	for _, text := range texts {
		a := engine().Advise(coach.Message{ID: "1", Text: text, Ask: true})
		if len(a.Phrases) == 0 {
			continue
		}
		r := newRig(t, "junk", "junk")
		p, _ := engine().Playbook(a.Playbooks[0].ID, a.Lang)
		c := Case{Text: text, Playbook: p, Advice: a, Cards: []string{a.Phrases[0].Text, a.Phrases[1].Text}, Shown: []string{a.Phrases[0].Text}}
		_, _ = r.Suggest(t.Context(), c)
		for _, q := range r.asked[1:] { // the second question is the longer one
			if q.MaxTokens > 300 {
				t.Fatalf("asks for %d tokens", q.MaxTokens)
			}
			bound = max(bound, Tokens(q.System+q.User))
			for _, codec := range codecs {
				n, err := codec.Count(q.System + q.User)
				if err != nil {
					t.Fatal(err)
				}
				if n > 1200 || n > Tokens(q.System)+Tokens(q.User) {
					t.Errorf("%s takes %d tokens for %q, the bound says %d", codec.GetName(), n, text[:min(len(text), 60)], Tokens(q.System)+Tokens(q.User))
				}
				most = max(most, n)
			}
		}
	}
	t.Logf("at most %d tokens of input for %d cases; the bound is %d", most, len(texts), bound)
}

func devCases(t testing.TB) (texts []string) {
	t.Helper()
	f, err := os.Open("../coach/testdata/cases-dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var row struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, row.Text)
	}
	return texts
}
