package blocks

import (
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"coachbot/playbooks/guard"
)

func TestCardButtons(t *testing.T) {
	t.Parallel()
	all := []string{ActionCalmed, ActionUnresolved, ActionAnother, ActionHelpOpen, ActionDismiss, ActionFeedback, ActionFeedback + ":2",
		ActionMore, ActionPick, ActionPick + ":2", ActionPick + ":3", ActionUsed}
	for _, c := range []struct {
		name   string
		change func(*Card)
		want   []string
	}{
		{"open", func(*Card) {}, all},
		{"expanded", func(c *Card) { c.Expanded = true }, append([]string{ActionProduct}, all...)},
		{"expanded, private", func(c *Card) { c.Expanded, c.Where = true, Private }, all},
		{"not sure", func(c *Card) { c.Advice.Sure = false }, all},
		{"private", func(c *Card) { c.Where = Private }, all},
		{"quiet", func(c *Card) { c.Where = Quiet }, nil},
		{"calmed", func(c *Card) { c.State = "calmed" }, []string{ActionUnresolved, ActionSave, ActionProduct}},
		{"unresolved", func(c *Card) { c.State = "unresolved" }, []string{ActionCalmed, ActionHelpOpen, ActionProduct}},
		{"dismissed", func(c *Card) { c.State = "dismissed" }, []string{ActionPick}},
		{"deleted", func(c *Card) { c.State = "deleted" }, nil},
	} {
		card := englishSample().card
		c.change(&card)
		m := card.Message()
		slices.Sort(c.want)
		if got := buttonIDs(m); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
		rows := 0
		for _, b := range m.Blocks {
			if a, ok := b.(*slack.ActionBlock); ok {
				rows++
				for _, e := range a.Elements.ElementSet {
					button := e.(*slack.ButtonBlockElement)
					id, argument, picks := strings.Cut(button.Value, ValueSeparator)
					if id != card.CaseID || picks != strings.HasPrefix(button.ActionID, ActionPick) || picks && argument == "" {
						t.Errorf("%s: %s has the value %q", c.name, button.ActionID, button.Value)
					}
				}
			}
		}
		if rows > 3 {
			t.Errorf("%s: %d rows of buttons", c.name, rows)
		}
	}
}

// Phrases stand whole, each on a line of its own, in the blocks as in the text.
func TestCardPhrases(t *testing.T) {
	t.Parallel()
	for _, sample := range []sample{englishSample(), chineseSample()} {
		card := sample.card
		for _, card.Expanded = range []bool{false, true} {
			m := card.Message()
			shown := card.Advice.Phrases[:2]
			if card.Expanded {
				shown = card.Advice.Phrases
			}
			text := strings.Split(m.Text, "\n")
			last := -1
			for _, ph := range shown {
				at := slices.Index(text, escape(ph.Text))
				if at <= last {
					t.Errorf("%s, expanded %v: %q is line %d of the text, after %d", sample.lang, card.Expanded, ph.Text, at, last)
				}
				last = at
				if !slices.ContainsFunc(m.Blocks, func(b slack.Block) bool {
					s, ok := b.(*slack.SectionBlock)
					return ok && s.Text.Type == slack.PlainTextType && slices.Contains(strings.Split(s.Text.Text, "\n"), ph.Text)
				}) {
					t.Errorf("%s: no block has %q on a line of its own", sample.lang, ph.Text)
				}
			}
			if !card.Expanded && slices.Contains(text, escape(card.Advice.Phrases[3].Text)) {
				t.Errorf("%s: a later step shows at a glance", sample.lang)
			}
		}
	}
}

func TestCardShowsTwoPhrasesOfTwoSteps(t *testing.T) {
	t.Parallel()
	card := englishSample().card
	card.Advice.Phrases = card.Advice.Phrases[1:]
	m := card.Message()
	for _, want := range []string{escape(card.Advice.Phrases[0].Text), "\nThen\n" + card.Advice.Phrases[1].Text} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("%q is missing in %q", want, m.Text)
		}
	}
}

func TestCardNeverMentionsAnybody(t *testing.T) {
	t.Parallel()
	for _, where := range []Where{Thread, Private, Quiet} {
		card := monstrousCard("<!channel> <@U1> *x*", 3)
		card.Where, card.Expanded, card.Link = where, true, "https://example.com/a|<!here>"
		m := card.Message()
		if strings.Contains(m.Text, "<") {
			t.Errorf("place %d: %s", where, m.Text)
		}
		for _, b := range m.Blocks {
			if s, ok := b.(*slack.SectionBlock); ok && s.Text.Type == slack.MarkdownType && strings.Contains(s.Text.Text, "<") {
				t.Errorf("place %d: %s", where, s.Text.Text)
			}
		}
	}
}

// A guess says first what holds of any customer, in words that pass the guard; what is known, is in danger, or is further on does not.
func TestCardGuess(t *testing.T) {
	t.Parallel()
	g := guard.New()
	for _, s := range []sample{englishSample(), chineseSample()} {
		w := wordsIn(s.lang)
		for _, b := range w.card.bridges {
			if f := g.Check(b); len(f) > 0 {
				t.Errorf("%s: %q holds the forbidden %v", s.lang, b, f)
			}
		}
		for _, c := range []struct {
			name   string
			change func(*Card)
			want   string
		}{
			{"unsure", func(*Card) {}, w.card.bridges[0]},
			{"unsure, other wording", func(c *Card) { c.Advice.Position.Variation = 4 }, w.card.bridges[1]},
			{"unsure, mild", func(c *Card) { c.Advice.Severity = "low" }, w.card.bridges[1]},
			{"unsure, short", func(c *Card) { c.Short = true }, w.card.bridges[0]},
			{"sure", func(c *Card) { c.Advice.Sure = true }, ""},
			{"danger", func(c *Card) { c.Advice.Severity = "critical" }, ""},
			{"fitted", func(c *Card) { c.Advice.Source = "llm" }, ""},
			{"further on", func(c *Card) { c.Advice.Phrases = c.Advice.Phrases[len(c.Advice.Phrases)-1:] }, ""},
			{"nothing to say", func(c *Card) { c.Advice.Phrases = nil }, ""},
		} {
			card := s.card
			card.Advice.Sure = false
			c.change(&card)
			said := card.Message().Text
			first := max(strings.Index(said, w.card.first), 0)
			_, after, _ := strings.Cut(said[first:], "\n")
			after, _, _ = strings.Cut(after, "\n")
			if c.want != "" && (after != c.want || !strings.HasPrefix(said, w.card.perhaps) || !strings.Contains(said, line(card.Advice.Phrases[0].Text, maxPhrase))) {
				t.Errorf("%s, %s: the card says %q", s.lang, c.name, said)
			}
			if c.want == "" && (strings.Contains(said, w.card.perhaps) || strings.Contains(said, w.card.bridges[0])) {
				t.Errorf("%s, %s: the card guesses: %q", s.lang, c.name, said)
			}
		}
	}
}

// What a reading rests on is told once: "promised" says nothing beside "was promised".
func TestCardTellsEvidenceOnce(t *testing.T) {
	t.Parallel()
	card := englishSample().card
	card.Expanded, card.Advice.Why = true, []string{"was promised", "promised", "nobody called"}
	if said := card.Message().Text; !strings.Contains(said, "Read from: “was promised” and “nobody called”.") {
		t.Errorf("the card says %q", said)
	}
}
