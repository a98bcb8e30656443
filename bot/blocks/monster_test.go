package blocks

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/store"
)

// monsters are words that no one should have to say.
func monsters() map[string]string {
	return map[string]string{
		"empty": "", "space": " \n\t ", "long": strings.Repeat("word ", 10000), "han": strings.Repeat("怒", 50000),
		"markup": strings.Repeat("<!channel> & *b* `c` ", 3000), "ampersands": strings.Repeat("&", 50000),
		"broken": "\xff\xfe\x00 broken", "lines": strings.Repeat("a\n", 20000), "emoji": strings.Repeat("👨‍👩‍👧", 9000),
	}
}

func repeat[T any](n int, one func(i int) T) []T {
	var all []T
	for i := range n {
		all = append(all, one(i))
	}
	return all
}

func monstrousCard(s string, n int) Card {
	steps := []string{"listen", "empathise", "clarify", "apologise", "offer", "commit", "follow-up", "strange"}
	return Card{CaseID: "T.C.1.2", Title: s, Link: "https://example.com/" + s, Why: s,
		Others: repeat(n, func(i int) Choice { return Choice{fmt.Sprintf("p%d", i), s} }),
		Advice: coach.Advice{Severity: "critical", Emotions: repeat(n, func(i int) string { return "anger" }),
			CustomerType: "agitated", Personality: "owl",
			Phrases:  repeat(n, func(i int) coach.Phrase { return coach.Phrase{Step: steps[i*len(steps)/max(n, 1)], Text: s} }),
			Avoid:    repeat(n, func(int) coach.Avoid { return coach.Avoid{Phrase: s, SayInstead: []string{s}} }),
			Why:      repeat(n, func(int) string { return s }),
			Now:      repeat(n, func(int) string { return s }),
			Calm:     s,
			Escalate: repeat(n, func(int) coach.Escalation { return coach.Escalation{When: s, To: s} })}}
}

func TestMonstrousCardsAreValid(t *testing.T) {
	t.Parallel()
	valid := func(name string, c Card) {
		if err := Valid(c.Message()); err != nil {
			t.Errorf("%s, %d of each, %s, %q, place %d, expanded %v: %v", name, len(c.Others), c.Lang, c.State, c.Where, c.Expanded, err)
		}
	}
	for name, s := range monsters() {
		for _, n := range []int{0, 2, 40} {
			c := monstrousCard(s, n)
			for _, c.Lang = range []string{"en", "zh"} {
				for _, c.Expanded = range []bool{false, true} {
					for _, c.Where = range []Where{Thread, Private, Quiet} {
						valid(name, c)
					}
				}
				for _, c.State = range []string{"calmed", "unresolved", "dismissed", "strange"} {
					valid(name, c)
				}
				c.State = ""
			}
		}
	}
	if err := Valid(Card{}.Message()); err != nil {
		t.Errorf("an empty card: %v", err)
	}
	if err := Valid(Card{CaseID: strings.Repeat("x", 3000), Advice: coach.Advice{Phrases: []coach.Phrase{{Text: "A."}}}}.Message()); err != nil {
		t.Errorf("an overlong id: %v", err)
	}
}

// However much there is, the phrase to say first and all buttons are there.
func TestMonstrousCardsKeepWhatMatters(t *testing.T) {
	t.Parallel()
	c := monstrousCard(strings.Repeat("怒", 50000), 40)
	c.Lang, c.Expanded = "zh", true
	m := c.Message()
	if got := buttonIDs(m); len(got) != 13 {
		t.Errorf("%d buttons, want 13: %v", len(got), got)
	}
	if want := cut(c.Advice.Phrases[0].Text, maxPhrase); !strings.Contains(m.Text, want) {
		t.Error("the phrase to say first is missing")
	}
}

func TestMonstrousPagesAreValid(t *testing.T) {
	t.Parallel()
	for name, s := range monsters() {
		for _, n := range []int{0, 1, 60} {
			for _, lang := range []string{"en", "zh"} {
				book := playbooks.Playbook{ID: "id", Lang: lang, Title: s, Summary: s, Now: repeat(n, func(int) string { return s }),
					Steps:      map[playbooks.Step][]playbooks.Phrase{},
					Escalate:   repeat(n, func(int) playbooks.Escalation { return playbooks.Escalation{When: s, To: s} }),
					SayInstead: repeat(n, func(int) playbooks.SayInstead { return playbooks.SayInstead{Wording: s, Text: s} }),
					Sections:   repeat(n, func(int) playbooks.Section { return playbooks.Section{Heading: s, Text: s} })}
				for _, step := range playbooks.Steps() {
					book.Steps[step] = repeat(n, func(int) playbooks.Phrase { return playbooks.Phrase{Text: s} })
				}
				guide := book
				guide.Kind = playbooks.Guide
				findings := repeat(n, func(int) guard.Finding {
					return guard.Finding{Phrase: "dont-know", Text: s, SayInstead: repeat(n, func(int) string { return s })}
				})
				hints := repeat(n, func(int) guard.Hint {
					return guard.Hint{Hint: guard.HintVagueTime, Text: s, SayInstead: repeat(n, func(int) string { return s })}
				})
				hits := repeat(n, func(int) Hit { return Hit{s, lang, s, s} })
				for view, m := range map[string]Message{"scenario": PlaybookPage(lang, book), "guide": PlaybookPage(lang, guide),
					"hits": PlaybookHits(lang, s, hits), "check": CheckResult(lang, s, findings, hints), "checked": CheckResult(lang, "a", findings, hints), "hinted": CheckResult(lang, "a", nil, hints),
					"say": Say(lang, Later, s),
					"why": Why(lang, repeat(n, func(int) store.Decision { return store.Decision{Reason: s, Author: "B" + s, At: time.Unix(0, 0)} }))} {
					if err := Valid(m); err != nil {
						t.Errorf("%s of %d %s, %s: %v", view, n, name, lang, err)
					}
				}
				if err := ValidModal(CheckModal(State{Lang: lang}, s, findings, hints, true)); err != nil {
					t.Errorf("modal of %d %s: %v", n, name, err)
				}
				if err := ValidModal(CheckModalRewritten(State{Lang: lang}, s, findings, hints, s)); err != nil {
					t.Errorf("modal with new words of %d %s: %v", n, name, err)
				}
			}
		}
	}
}

func buttonIDs(m Message) []string {
	var all []string
	for _, b := range m.Blocks {
		if a, ok := b.(*slack.ActionBlock); ok {
			for _, e := range a.Elements.ElementSet {
				all = append(all, e.(*slack.ButtonBlockElement).ActionID)
			}
		}
	}
	slices.Sort(all)
	return all
}

func TestValidRefuses(t *testing.T) {
	t.Parallel()
	section := func(s string) slack.Block { return slack.NewSectionBlock(markupText(s), nil, nil) }
	press := func(id, value, label string) slack.Block {
		return slack.NewActionBlock("", slack.NewButtonBlockElement(id, value, plainText(label)))
	}
	for name, m := range map[string]Message{
		"no text":          {Blocks: []slack.Block{section("a")}},
		"no blocks":        {Text: "a"},
		"many blocks":      {Text: "a", Blocks: repeat(51, func(int) slack.Block { return section("a") })},
		"long section":     {Text: "a", Blocks: []slack.Block{section(strings.Repeat("a", 3001))}},
		"empty section":    {Text: "a", Blocks: []slack.Block{section("")}},
		"long header":      {Text: "a", Blocks: []slack.Block{slack.NewHeaderBlock(plainText(strings.Repeat("a", 151)))}},
		"long sum":         {Text: "a", Blocks: repeat(4, func(int) slack.Block { return section(strings.Repeat("a", 2500)) })},
		"long label":       {Text: "a", Blocks: []slack.Block{press("a", "v", strings.Repeat("a", 76))}},
		"long value":       {Text: "a", Blocks: []slack.Block{press("a", strings.Repeat("v", 2001), "a")}},
		"same id twice":    {Text: "a", Blocks: []slack.Block{press("a", "v", "a"), press("a", "v", "b")}},
		"empty row":        {Text: "a", Blocks: []slack.Block{slack.NewActionBlock("")}},
		"an unknown block": {Text: "a", Blocks: []slack.Block{slack.NewMarkdownBlock("", "a")}},
		"broken text":      {Text: "a\xff", Blocks: []slack.Block{section("a")}},
	} {
		if Valid(m) == nil {
			t.Errorf("%s passes", name)
		}
	}
}
