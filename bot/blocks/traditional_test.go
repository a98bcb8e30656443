package blocks

import (
	"encoding/json"
	"strings"
	"testing"

	"coachbot/bot/coach"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/traditional"
)

// Who reads Traditional characters gets every message, form and tab in them; people's
// own words stay as they were typed.
func TestEverythingIsTraditional(t *testing.T) {
	t.Parallel()
	s := chineseSample()
	s.lang, s.card.Lang = "zh-Hant", "zh-Hant"
	s.question, s.promise, s.draft, s.query, s.teamName = "于先生问台历何时发货", "给范女士发货", "我不清楚发货时间", "发货", "台历发货组"
	s.findings = []guard.Finding{{Phrase: "dont-know", Text: "不清楚发货", SayInstead: s.findings[0].SayInstead}}
	s.hints = []guard.Hint{{Hint: guard.HintVagueTime, Text: "发货时间", SayInstead: s.hints[1].SayInstead}}
	s.repair = []string{"好的，大家都在。"}
	s.card.Advice = sampleAdvice(s.card.Advice)
	s.card.Advice.Why = []string{"台历发货"}
	s.card.Advice.Phrases = append([]coach.Phrase{}, s.card.Advice.Phrases...)
	own := []string{s.question, s.promise, s.draft, s.teamName, s.findings[0].Text, s.hints[0].Text, s.card.Advice.Why[0], s.query}
	kept := map[string]bool{}
	check := func(name string, view any) {
		data, err := json.Marshal(view)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if strings.ContainsAny(text, string(ownOpen)+string(ownClose)) {
			t.Errorf("%s still holds marks: %s", name, text)
		}
		for _, o := range own {
			kept[o] = kept[o] || strings.Contains(text, o)
			if changed := traditional.String(o); strings.Contains(text, changed) {
				t.Errorf("%s writes people's words as %s", name, changed)
			}
			text = strings.ReplaceAll(text, o, "")
		}
		if got := traditional.String(text); got != text {
			t.Errorf("%s holds Simplified characters:\n%s", name, text)
		}
	}
	for _, story := range stories(s) {
		check(story.Name, story.Message)
		if err := Valid(story.Message); err != nil {
			t.Errorf("%s: %v", story.Name, err)
		}
	}
	for _, views := range []map[string]any{named(promiseForms(s)), named(helpForms(s)), named(setupForms(s)), named(homeStories(s)),
		{"home-help": homeStory(s), "check-modal": CheckModal(State{Lang: s.lang}, s.draft, s.findings, s.hints, true)}} {
		for name, view := range views {
			check(name, view)
		}
	}
	for _, o := range own {
		if !kept[o] {
			t.Errorf("no view shows %s as it was typed", o)
		}
	}
}

// Words that a sentence quotes are people's own too.
func TestQuotedArguments(t *testing.T) {
	t.Parallel()
	for _, m := range []Message{Note("zh-Hant", HelpThanksUnnamed, nil, Quoted("台历何时发货")), Say("zh-Hant", PlayNone, Quoted("台历何时发货"))} {
		if !strings.Contains(m.Text, "台历何时发货") || traditional.String(strings.ReplaceAll(m.Text, "台历何时发货", "")) != strings.ReplaceAll(m.Text, "台历何时发货", "") {
			t.Errorf("got %s", m.Text)
		}
	}
}

func named[T any](views map[string]T) map[string]any {
	all := map[string]any{}
	for name, v := range views {
		all[name] = v
	}
	return all
}

func TestSettled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, in, want string }{
		{"zh", "发货：" + theirs("发货") + "。", "发货：发货。"},
		{"zh-TW", "发货：" + theirs("发货") + "。", "發貨：发货。"},
		{"zh-Hant", theirs("于先生") + "发货" + theirs(""), "于先生發貨"},
		{"zh-Hant", theirs("于"+theirs("发")) + "发", "于发發"},
		{"en", "late " + theirs("发货"), "late 发货"},
		{"zh-Hant", cut("发货"+theirs("发货发货发货"), 5) + "发", "發貨发货…發"},
	} {
		if got := settled(c.lang, c.in); got != c.want {
			t.Errorf("%s, %q: got %q, want %q", c.lang, c.in, got, c.want)
		}
	}
}
