package main

import (
	"strings"

	"coachbot/bot/coach"
	"coachbot/playbooks/traditional"
)

// inTraditional reports whether the reader of an advice reads Traditional characters.
func inTraditional(a coach.Advice, lang, text string) bool {
	return isChinese(a.Lang) && (traditional.Reader(a.Lang) || traditional.Reader(lang) || traditional.Is(text))
}

// isChinese reports whether a language is a form of Chinese: playbooks may be in one of their own.
func isChinese(lang string) bool { return lang == "zh" || strings.HasPrefix(lang, "zh-") }

// inScript is an advice as its reader writes Chinese: in Traditional characters
// when they were asked for or the message is written so.
func inScript(a coach.Advice, lang, text string) coach.Advice {
	if !inTraditional(a, lang, text) {
		return a
	}
	for i := range a.Phrases {
		a.Phrases[i].Text = traditional.String(a.Phrases[i].Text)
	}
	for i := range a.Avoid {
		for j, s := range a.Avoid[i].SayInstead {
			a.Avoid[i].SayInstead[j] = traditional.String(s)
		}
	}
	for i := range a.Now {
		a.Now[i] = traditional.String(a.Now[i])
	}
	for i, e := range a.Escalate {
		a.Escalate[i] = coach.Escalation{When: traditional.String(e.When), To: traditional.String(e.To)}
	}
	a.Calm = traditional.String(a.Calm)
	return a
}
