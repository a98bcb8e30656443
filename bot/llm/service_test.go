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
	want := map[string]int{"suggest refused": 1, "suggest fault forbidden": 1, "suggest fault unlike": 1, "suggest fault schema": 1}
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
		"customer who threatens": {[]string{`{"text":"I'll kill you all."}`, `{"text":"What the fuck."}`},
			func(s *Service) (string, error) {
				return s.Customer(t.Context(), "en", Role{Scenario: "late", Mood: "furious"}, []prompts.Line{{Text: "Wait."}})
			}, ""},
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

// In a language without prompts nothing is asked: an answer in English would help nobody.
func TestOtherLanguages(t *testing.T) {
	t.Parallel()
	r := newRig(t, good, good)
	c := caseOf(t, parcel)
	c.Advice.Lang = "fr"
	if _, err := r.Suggest(t.Context(), c); !errors.Is(err, ErrLanguage) {
		t.Errorf("got %v", err)
	}
	if _, err := r.Rewrite(t.Context(), "en", "Je ne sais pas où se trouve votre colis, attendez encore.", "", nil); !errors.Is(err, ErrLanguage) {
		t.Errorf("got %v", err)
	}
	if len(r.asked) > 0 {
		t.Errorf("asked %+v", r.asked)
	}
}

// What worked for a colleague once is no promise to the next customer.
func TestCardsAreNoGround(t *testing.T) {
	t.Parallel()
	answer := strings.Replace(good, "I'm sorry that nobody told you anything.", "I'm giving you a $20 voucher for the wait.", 1)
	r := newRig(t, answer, answer)
	c := caseOf(t, parcel)
	c.Cards = []string{"I'm giving you a $20 voucher for the wait, I said, and she was happy. Her phone is 13800138000."}
	c.Shown = []string{"I'll call you on 13800138000."}
	if got, err := r.Suggest(t.Context(), c); !errors.Is(err, ErrRefused) {
		t.Errorf("got %+v %v", got, err)
	}
	if !strings.Contains(r.asked[0].User, "$20 voucher") {
		t.Error("the card was not shown to the service")
	}
	if strings.Contains(r.asked[0].User, "138001") {
		t.Errorf("a number was sent: %s", r.asked[0].User)
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
		{"zh", "我们不退。你快点决定。", "您想退钱，我理解。我们这边不退，您想怎么处理，慢慢跟我说。", true},
		{"zh", "我们不退。你快点决定。", "您想退钱，我理解。我们可以退。", false},
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
	count := counters(t)
	long := strings.Repeat("客户说等了三个星期快递没到，打电话没人接，气得要投诉。", 60)
	texts := append(devCases(t), long, strings.Repeat("She has waited three weeks for the parcel and nobody answers the phone. ", 60))
	most, asked := 0, 0
	for _, text := range texts {
		a := engine().Advise(coach.Message{ID: "1", Text: text, Ask: true})
		if len(a.Phrases) == 0 {
			continue
		}
		p, _ := engine().Playbook(a.Playbooks[0].ID, a.Lang)
		n := suggestCosts(t, count, Case{Text: text, Playbook: p, Advice: a, Cards: []string{a.Phrases[0].Text, a.Phrases[1].Text}, Shown: []string{a.Phrases[0].Text}})
		most, asked = max(most, n), asked+1
	}
	t.Logf("at most %d tokens of input in %d cases, the schema and the second try included", most, asked)
}

// TestTokensAtWorst holds the same for every playbook at an early and a late step, with the
// longest lines it has, the longest cards and a case as long as Slack lets it be.
func TestTokensAtWorst(t *testing.T) {
	t.Parallel()
	count := counters(t)
	set := library(t)
	most, asked := 0, 0
	for _, lang := range set.Languages() {
		case_, card := strings.Repeat("客户说等了三个星期，气得要投诉！", 250), strings.Repeat("先把记录念给她听，再问她最急的是哪一件。", 100)
		if lang == "en" {
			case_, card = strings.Repeat("She's waited 3 weeks & nobody answers!! ", 100), strings.Repeat("Read her the last scan first, then ask what she needs it for. ", 60)
		}
		for _, p := range set.Scenarios(lang) {
			for _, step := range []int{0, 4} {
				a := coach.Advice{Lang: lang, Severity: "critical", Emotions: []string{"anger", "disappointment", "anxiety", "sarcasm"}, CustomerType: "agitated", Personality: "peacock"}
				for _, id := range playbooks.Steps()[1+step:] {
					a.Phrases = append(a.Phrases, coach.Phrase{Step: string(id), Text: card[:60]})
				}
				book := *p
				book.Steps = make(map[playbooks.Step][]playbooks.Phrase)
				for id, lines := range p.Steps {
					book.Steps[id] = slices.Clone(lines)
					slices.SortFunc(book.Steps[id], func(a, b playbooks.Phrase) int { return len(b.Text) - len(a.Text) })
				}
				n := suggestCosts(t, count, Case{Text: case_, Playbook: book, Advice: a, Cards: []string{card, card, card}, Shown: []string{card, card, card, card}})
				most, asked = max(most, n), asked+1
			}
		}
	}
	t.Logf("at most %d tokens of input in %d cases", most, asked)
}

// suggestCosts is what a suggestion sends at the most, by whichever tokenizer makes most of it.
func suggestCosts(t *testing.T, count func(string) int, c Case) (most int) {
	t.Helper()
	r := newRig(t, "junk", "junk")
	_, _ = r.Suggest(t.Context(), c)
	if len(r.asked) != 2 {
		t.Fatalf("asked %d times", len(r.asked))
	}
	for _, q := range r.asked { // the second question is the longer one
		n, bound := count(q.System)+count(q.User)+count(q.Schema)+framing, Tokens(q.System)+Tokens(q.User)+Tokens(q.Schema)+framing
		if n > 1200 || n > bound || bound > 1200 || q.MaxTokens > 300 {
			t.Errorf("%s in %s takes %d tokens for %.60q, the bound says %d; %d may be answered", c.Playbook.ID, c.Advice.Lang, n, c.Text, bound, q.MaxTokens)
		}
		most = max(most, n)
	}
	return most
}

// counters counts a text's tokens by the tokenizers of today's services, the worst of them.
func counters(t *testing.T) func(string) int {
	t.Helper()
	var codecs []tokenizer.Codec
	for _, e := range []tokenizer.Encoding{tokenizer.Cl100kBase, tokenizer.O200kBase} {
		c, err := tokenizer.Get(e)
		if err != nil {
			t.Fatal(err)
		}
		codecs = append(codecs, c)
	}
	return func(text string) (most int) {
		for _, c := range codecs {
			n, err := c.Count(text)
			if err != nil {
				t.Fatal(err)
			}
			most = max(most, n)
		}
		return most
	}
}

// TestTokensOfOtherTasks: each of them has a bound too, however long what it is given.
func TestTokensOfOtherTasks(t *testing.T) {
	t.Parallel()
	count, g, set := counters(t), guard.New(), library(t)
	for _, lang := range []string{"en", "zh"} {
		long := strings.Repeat("I don't know, and I've waited 3 weeks!! ", 500)
		if lang == "zh" {
			long = strings.Repeat("我不知道，等了三个星期了！", 1500)
		}
		said := slices.Repeat([]string{long}, 60)
		var books []playbooks.Playbook
		for _, p := range set.Scenarios(lang)[:5] {
			books = append(books, *p)
		}
		lines := slices.Repeat([]prompts.Line{{Text: long}}, 40)
		for task, tt := range map[prompts.Task]struct {
			most int
			run  func(r *rig)
		}{
			prompts.Rewrite: {1300, func(r *rig) {
				draft := string([]rune(long)[:250])
				_, _ = r.Rewrite(t.Context(), lang, draft, long, g.Check(draft))
			}},
			prompts.Read:     {2000, func(r *rig) { _, _ = r.Read(t.Context(), lang, long, books) }},
			prompts.Headline: {4500, func(r *rig) { _, _ = r.Headline(t.Context(), lang, said) }},
			prompts.Customer: {4000, func(r *rig) { _, _ = r.Customer(t.Context(), lang, Role{Scenario: long, Mood: "upset"}, lines) }},
			prompts.Card:     {6500, func(r *rig) { _, _ = r.Card(t.Context(), lang, Thread{Question: long, Worked: long, Said: said}) }},
		} {
			r := newRig(t, "junk", "junk")
			tt.run(r)
			if len(r.asked) != 2 {
				t.Errorf("%s in %s asked %d times", task, lang, len(r.asked))
			}
			for _, q := range r.asked {
				if n := count(q.System) + count(q.User); n > tt.most || q.MaxTokens > 400 {
					t.Errorf("%s in %s takes %d tokens and may answer %d, want at most %d", task, lang, n, q.MaxTokens, tt.most)
				}
			}
		}
		r := newRig(t)
		if _, err := r.Rewrite(t.Context(), lang, long, "", g.Check(long)); err == nil || len(r.asked) > 0 {
			t.Errorf("a draft too long to be written anew was sent: %v", err)
		}
	}
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
