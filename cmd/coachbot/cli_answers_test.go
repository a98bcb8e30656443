package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
)

func TestCheckFindsForbiddenPhrases(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		draft, phrase, words string
		start, end           int
	}{
		"English":           {"I don't know.", "dont-know", "I don't know", 0, 12},
		"Chinese":           {"我不知道", "dont-know", "我不知道", 0, 4},
		"after other signs": {"😀您好，我不知道。", "dont-know", "我不知道", 4, 8},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := command(t, nil, test.draft, "check", "--json", "--customer", "Where is it?")
			if r.code != exitFailed || r.errs != "" {
				t.Fatalf("exit status %d, standard error %q; want 1 and nothing", r.code, r.errs)
			}
			got := parsed[checkResult](t, r.out)
			if got.ID == "" || got.OK || len(got.Findings) != 1 {
				t.Fatalf("got %s, want one finding, an id and ok false", r.out)
			}
			f := got.Findings[0]
			want := guard.Finding{Phrase: test.phrase, Text: test.words, Start: test.start, End: test.end}
			if f.Phrase != want.Phrase || f.Text != want.Text || f.Start != want.Start || f.End != want.End || len(f.SayInstead) == 0 {
				t.Errorf("got %+v, want %+v with better words", f, want)
			}
			for _, field := range []string{`"phrase"`, `"text"`, `"start"`, `"end"`, `"say_instead"`} {
				if !strings.Contains(r.out, field) {
					t.Errorf("%s lacks the field %s", r.out, field)
				}
			}
			if plain := command(t, nil, "", "check", test.draft); plain.code != exitFailed || !strings.Contains(plain.out, test.phrase) {
				t.Errorf("as text: exit status %d, output %q", plain.code, plain.out)
			}
		})
	}
}

// Hints come with a draft that passes; whether the customer is angry decides about some.
func TestCheckHints(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ draft, customer, hint, text string }{
		"a filler for a time":         {"我们会尽快处理。", "", "vague-time", "尽快"},
		"calm down":                   {"Please calm down.", "", "calm-down", "calm down"},
		"a solution to an angry one":  {"We can send you a replacement today.", "This is the third time! I am furious, you people are useless!", "solution-first", ""},
		"a solution to a calm one":    {"We can send you a replacement today.", "Hello, could I have a replacement, please?", "", ""},
		"a solution, nothing known":   {"We can send you a replacement today.", "", "", ""},
		"an angry one who was heard":  {"I'm sorry, three times is too many. We can send you a replacement today.", "I am furious, this is the third time!", "", ""},
		"a solution to a furious one": {"我给您补发一份，明天到。", "气死我了，第三次了！你们到底管不管？太过分了！", "solution-first", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := command(t, nil, "", "check", "--json", "--customer", test.customer, test.draft)
			r.done(t)
			got := parsed[checkResult](t, r.out)
			if test.hint == "" {
				if got.Hints == nil || len(got.Hints) > 0 {
					t.Errorf("got %s, want an empty list of hints", r.out)
				}
				return
			}
			if len(got.Hints) != 1 || got.Hints[0].Hint != test.hint || test.text != "" && got.Hints[0].Text != test.text || len(got.Hints[0].SayInstead) == 0 {
				t.Errorf("got %s, want the hint %s", r.out, test.hint)
			}
			if plain := command(t, nil, "", "check", "--customer", test.customer, test.draft); plain.code != exitDone || !strings.Contains(plain.out, "hint: "+test.hint) {
				t.Errorf("as text: exit status %d, output %q", plain.code, plain.out)
			}
		})
	}
	r := command(t, nil, `{"id":"a","text":"We can send you a replacement today.","customer":"I am furious, this is the third time!"}`+"\n", "check", "--jsonl")
	if r.done(t); !strings.Contains(r.out, "solution-first") {
		t.Errorf("got %s: a line's customer is not read", r.out)
	}
}

func TestCheckPassesWhatMayBeSaid(t *testing.T) {
	t.Parallel()
	for _, draft := range []string{"您的包裹明天上午送到。", "Your parcel comes tomorrow morning."} {
		command(t, nil, "", "check", draft).done(t)
		r := command(t, nil, "", "check", "--json", draft)
		r.done(t)
		if got := parsed[map[string]any](t, r.out); got["ok"] != true || got["findings"] == nil {
			t.Errorf("got %s, want ok and a list without findings", r.out)
		}
	}
}

func TestCheckManyDrafts(t *testing.T) {
	t.Parallel()
	const good = `{"id":"a","text":"Your parcel comes tomorrow."}` + "\n"
	const bad = `{"id":"b","text":"我不知道","customer":"我的包裹呢？"}` + "\n"
	tests := map[string]struct {
		in   string
		code int
		ids  string
	}{
		"none":              {good, exitDone, "a"},
		"one":               {good + bad, exitFailed, "a b"},
		"no end of line":    {good + strings.TrimSpace(bad), exitFailed, "a b"},
		"a line not to use": {good + "{nonsense\n" + bad, exitUsage, "a b"},
		"no lines":          {"", exitDone, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := command(t, nil, test.in, "check", "--jsonl")
			var ids []string
			for l := range strings.Lines(r.out) {
				ids = append(ids, parsed[checkResult](t, l).ID)
			}
			if got := strings.Join(ids, " "); r.code != test.code || got != test.ids {
				t.Errorf("exit status %d, ids %q; want %d, %q (standard error %q)", r.code, got, test.code, test.ids, r.errs)
			}
		})
	}
}

// Where the playbook is a guess, what holds of any customer goes first in a terminal too.
func TestSuggestSaysWhatIsAGuess(t *testing.T) {
	t.Parallel()
	set, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	k, err := newKnowledge(set, guard.New())
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string][]string{
		"en": {"Perhaps: Billing", "\nSay next\n  I'm ", "\nOr it is one of these\n  Refund", "\nIf it is “Billing", "\nShow you understand\n  One.\n"},
		"zh": {"可能是：", "\n接下来可以说\n  ", "\n也可能是\n  退款", "\n如果是“", "\n体谅心情\n  One.\n"},
	} {
		a := coach.Advice{Lang: lang, Escalation: true, Severity: "medium", Confidence: 0.9, Phrases: []coach.Phrase{{Step: "empathise", Text: "One.", Playbook: "billing-dispute"}},
			Playbooks: []coach.Ranked{{ID: "billing-dispute", Score: 0.4}, {ID: "refund-refused", Score: 0.3}}}
		var out strings.Builder
		writeAdvice(&out, k, a)
		for _, w := range want {
			if !strings.Contains(out.String(), w) {
				t.Errorf("%s lacks %q: %s", lang, w, out.String())
			}
		}
		a.Sure = true
		out.Reset()
		writeAdvice(&out, k, a)
		if got := out.String(); strings.Contains(got, want[0]) || strings.Contains(got, want[2]) {
			t.Errorf("%s: what is sure is told as a guess: %s", lang, got)
		}
	}
}

func TestSuggestHasTheFieldsOfTheInterface(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, lang, playbook string }{
		"English": {angry, "en", "late-delivery"},
		"Chinese": {angryZ, "zh", "late-delivery"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := command(t, nil, test.text, "suggest", "--json")
			r.done(t)
			raw := parsed[map[string]any](t, r.out)
			for _, field := range []string{"id", "lang", "escalation", "severity", "emotions", "customer_type", "personality",
				"playbooks", "phrases", "avoid", "source"} {
				if raw[field] == nil {
					t.Errorf("there is no field %q in %s", field, r.out)
				}
			}
			got := parsed[struct {
				Lang, Severity, Source string
				Escalation             bool
				Emotions               []string
				Playbooks              []struct {
					ID    string
					Score float64
				}
				Phrases []struct{ Step, Text, Playbook string }
				Avoid   []struct {
					Phrase     string
					SayInstead []string `json:"say_instead"`
				}
			}](t, r.out)
			if got.Lang != test.lang || !got.Escalation || got.Source != "playbook" || !slices.Contains([]string{"low", "medium", "high", "critical"}, got.Severity) {
				t.Errorf("got %+v, want an escalation in %s from a playbook", got, test.lang)
			}
			if len(got.Playbooks) == 0 || len(got.Playbooks) > 5 || got.Playbooks[0].ID != test.playbook {
				t.Errorf("playbooks %+v, want up to five with %s first", got.Playbooks, test.playbook)
			}
			for i, p := range got.Playbooks[1:] {
				if p.Score > got.Playbooks[i].Score {
					t.Errorf("playbooks %+v, want the best first", got.Playbooks)
				}
			}
			if len(got.Phrases) < 2 {
				t.Errorf("%d phrases, want at least two", len(got.Phrases))
			}
			for _, p := range got.Phrases {
				if p.Step == "" || p.Playbook == "" || !strings.ContainsRune(".?!。？！…", lastRune(p.Text)) {
					t.Errorf("phrase %+v, want a step, a playbook and a full sentence", p)
				}
			}
			for _, a := range got.Avoid {
				if a.Phrase == "" || len(a.SayInstead) == 0 {
					t.Errorf("avoid %+v, want a phrase and what to say instead", a)
				}
			}
			plain := command(t, nil, "", "suggest", test.text)
			plain.done(t)
			if !strings.Contains(plain.out, got.Phrases[0].Text) {
				t.Errorf("as text it lacks %q:\n%s", got.Phrases[0].Text, plain.out)
			}
		})
	}
}

func lastRune(s string) rune {
	r := []rune(s)
	return r[max(0, len(r)-1)]
}

func TestSuggestHasListsForSmallTalkToo(t *testing.T) {
	t.Parallel()
	r := command(t, nil, "", "suggest", "--json", "Good morning everyone, lunch at twelve?")
	r.done(t)
	got := parsed[map[string]any](t, r.out)
	if got["escalation"] != false || got["severity"] != "none" {
		t.Errorf("got %s, want no escalation", r.out)
	}
	for _, field := range []string{"emotions", "playbooks", "phrases", "avoid"} {
		if _, ok := got[field].([]any); !ok {
			t.Errorf("%s is %v, want a list: scripts count on it", field, got[field])
		}
	}
}

func TestSuggestManyKeepsTheOrderAndTellsABadLine(t *testing.T) {
	t.Parallel()
	line := func(id, text string) string {
		b, err := json.Marshal(map[string]string{"id": id, "text": text})
		if err != nil {
			t.Fatal(err)
		}
		return string(b) + "\n"
	}
	r := command(t, nil, line("z", angry)+"\n"+line("y", angryZ)+"not json\n"+line("x", "Lunch?"), "suggest", "--jsonl")
	var ids []string
	for l := range strings.Lines(r.out) {
		ids = append(ids, parsed[struct{ ID string }](t, l).ID)
	}
	if got, want := strings.Join(ids, " "), "z y x"; got != want {
		t.Errorf("ids %q, want %q", got, want)
	}
	if r.code != exitUsage || !strings.Contains(r.errs, "line 4 ") {
		t.Errorf("exit status %d, standard error %q; want 2 and the number of the line", r.code, r.errs)
	}
}

// People read an advice in their own language and script, without ids; machines keep theirs.
func TestSuggestReadsAsPeopleRead(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		message string
		want    []string
		ids     []string
	}{
		"Chinese":     {"客户说：我要去法院告你们！", []string{"情况危急", "体谅心情", "何时升级"}, []string{"critical", "high", "empathise", "anger", "hurry-or-wait"}},
		"Traditional": {"客戶說：三個星期了，快遞到現在沒到，打電話也沒人管，你們太過分了！", []string{"體諒心情", "何時升級", "別說 → 改說"}, []string{"体谅", "empathise", "high"}},
		"English":     {angry, []string{"severity", "Say next · ", "Escalate"}, []string{"empathise", "hurry-or-wait"}},
		"no case":     {"lunch at the taco place at 12:30, who's in?", []string{"does not look like a difficult case"}, []string{"Say next"}},
		"无关":          {"中午拼奶茶的来接龙", []string{"看不出是棘手情况"}, []string{"接下来"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := command(t, nil, "", "suggest", test.message)
			r.done(t)
			for _, want := range test.want {
				if !strings.Contains(r.out, want) {
					t.Errorf("lacks %q: %s", want, r.out)
				}
			}
			for _, id := range test.ids {
				if strings.Contains(r.out, id) {
					t.Errorf("has %q: %s", id, r.out)
				}
			}
		})
	}
}
