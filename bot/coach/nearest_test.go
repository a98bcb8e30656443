package coach

import (
	"testing"

	"coachbot/playbooks"
)

// A team with phrasing in Japanese gets it; where a playbook is not in it, the
// nearest language, and is told so.
func TestFurtherLanguages(t *testing.T) {
	t.Parallel()
	ja := playbooks.Playbook{ID: "late-delivery", Lang: "ja", Kind: playbooks.Scenario, Title: "配送の遅れ", Severity: "low", Root: "expectation",
		Signals: []string{"荷物"}, Steps: map[playbooks.Step][]playbooks.Phrase{playbooks.Empathise: {{Text: "ご不便をおかけして申し訳ございません。"}}}}
	for _, x := range []string{"にもつ が まだ とどきません", "はいそう が おくれて います", "いつ とどきますか にもつ", "まだ とどきません はいそう"} {
		ja.Examples = append(ja.Examples, playbooks.Example{Text: x})
	}
	e, err := New(playbooks.Overlay(builtin(t), playbooks.NewSet([]playbooks.Playbook{ja})), newEngine(t).guard)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ asked, text, lang, wanted string }{
		"its own":               {"ja", "にもつ が まだ とどきません！ひどい", "ja", ""},
		"English words":         {"ja", "> Where is my parcel?! Three weeks late, I am furious!", "ja", ""},
		"no playbook in it":     {"ja", "> My account is locked and nobody lets me in, I am furious!", "ja", "ja"},
		"no language like it":   {"fr", "> Where is my parcel?! Three weeks late, I am furious!", "fr", "fr"},
		"a form of Chinese":     {"zh-Hant", "> 三個星期了，快遞到現在沒到！", "zh", ""},
		"a form of English":     {"en-GB", "> Where is my parcel?! Three weeks late, I am furious!", "en", ""},
		"the message's own way": {"auto", "> 三个星期了，快递到现在没到！", "zh", ""},
	} {
		a := e.Advise(Message{Text: test.text, Lang: test.asked, Ask: true})
		if a.Lang != test.lang || a.Wanted != test.wanted || len(a.Phrases) == 0 {
			t.Errorf("%s: in %q, wanted %q, %d phrases; want in %q, wanted %q", name, a.Lang, a.Wanted, len(a.Phrases), test.lang, test.wanted)
		}
		if name == "its own" && (len(a.Phrases) == 0 || a.Phrases[0].Text != "ご不便をおかけして申し訳ございません。") {
			t.Errorf("%s: %+v", name, a.Phrases)
		}
	}
	prior := Prior{Lang: "ja", Severity: "medium", Position: Position{Playbook: "late-delivery", Step: "empathise"}, Text: "にもつ が まだ とどきません！", Author: true}
	for _, said := range []string{"> Where is it?! I am furious!", "I apologised to her, what next?"} {
		f := e.FollowUp(prior, Message{Text: said})
		if f.Advice.Lang != "ja" || len(f.Advice.Phrases) == 0 || f.Advice.Phrases[0].Text != "ご不便をおかけして申し訳ございません。" {
			t.Errorf("what comes after %q: in %q, %+v", said, f.Advice.Lang, f.Advice.Phrases)
		}
	}
	for given, want := range map[string]string{"zh-Hant": "zh", "": "en", "en": "en"} {
		prior.Lang = given
		if f := e.FollowUp(prior, Message{Text: "> Where is it?! I am furious!"}); f.Advice.Lang != want {
			t.Errorf("a case in %q goes on in %q, want %q", given, f.Advice.Lang, want)
		}
	}
	const said = "> はいそう が おくれて います！にもつ が まだ とどきません！"
	before := e.Advise(Message{Text: said, Lang: "ja"})
	quiet := e.Learn([]Lesson{{Text: said}})
	if a := e.Advise(Message{Text: said, Lang: "ja", Lessons: quiet}); a.Escalation || !before.Escalation {
		t.Errorf("what was dismissed in a further language is a case again: %v, before %v", a.Confidence, before.Confidence)
	}
}
