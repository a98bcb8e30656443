package blocks

import (
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"coachbot/store"
)

func TestMonstrousRequestsAndKnowledgeAreValid(t *testing.T) {
	t.Parallel()
	for name, s := range monsters() {
		for _, lang := range []string{"en", "zh"} {
			r := store.HelpRequest{ID: "help-1", Asker: s, Helper: s, Question: s, Tried: s, Worked: s, Link: "https://example.com/" + s,
				Packet: store.Packet{Facts: s, Promises: s, Mood: s, Authority: s, Sentence: s}, Urgency: store.UrgencyHigh, Many: true, Valued: true}
			for _, r.Kind = range []store.HelpKind{store.HelpPeers, store.HelpHandover} {
				for _, r.State = range []store.HelpState{store.HelpOpen, store.HelpClaimed, store.HelpResolved, store.HelpWithdrawn, "strange"} {
					for _, reader := range []HelpFor{ForTeam, ForOne, ForLead} {
						if err := Valid(HelpRequest{Lang: lang, Request: r, Scenario: s, Before: s, For: reader}.Message()); err != nil {
							t.Errorf("%s %s, %s, %s, reader %d: %v", lang, name, r.Kind, r.State, reader, err)
						}
					}
				}
			}
			k := store.KnowledgeCard{ID: "card-1", Situation: s, Words: s, Result: s, Scenario: s, State: store.CardReview}
			v := KnowledgeCard{Lang: lang, Card: k, Scenario: s, Author: s, Mine: true, Accept: true}
			card := monstrousCard(s, 40)
			card.Known, card.Lang, card.Expanded = &Known{Words: s, Author: s, Days: 1}, lang, true
			note := Note(lang, HelpThanks, nil, s, s)
			for view, m := range map[string]Message{"card": CardMessage(v, note.Text), "search": WithKnowledge(lang, PlaybookHits(lang, s, nil), []KnowledgeCard{v, v, v}),
				"suggestion": card.Message(), "note": note, "passed": Passed(lang, s), "people": Note(lang, HelpHandedOver, nil, People{s, s, s})} {
				if err := Valid(m); err != nil {
					t.Errorf("%s %s, %s: %v", lang, name, view, err)
				}
			}
			home := Home{Lang: lang, On: repeat(40, func(int) Linked { return Linked{r, "https://example.com/" + s} }), Asked: repeat(40, func(int) Linked { return Linked{r, "https://example.com/1"} })}
			c := checker{ids: map[string]bool{}}
			if c.blocks(home.View().Blocks.BlockSet); len(c.faults) > 0 {
				t.Errorf("%s %s, home: %v", lang, name, c.faults)
			}
			state := State{Lang: lang, Case: s, Channel: s, Urgency: s}
			for view, m := range map[string]slack.ModalViewRequest{"ask": HelpModal(state, Asked{Question: s, Tried: s, HandOver: true}), "packet": PacketModal(state, s, r.Packet),
				"resolve": ResolveModal(state, true), "knowledge": KnowledgeModal(state, k, []Choice{{s, s}, {"a", "A"}})} {
				if err := ValidModal(m); err != nil {
					t.Errorf("%s %s, form %s: %v", lang, name, view, err)
				}
			}
		}
	}
}

// A hostile text mentions nobody and links nowhere.
func TestRequestsNeverCarryMarkup(t *testing.T) {
	t.Parallel()
	evil := "<!channel> <@U1> <https://evil.example|click> *x*"
	r := store.HelpRequest{ID: "help-1", Kind: store.HelpPeers, Asker: "U024BE7LH", Question: evil, Tried: evil, Worked: evil, State: store.HelpResolved, Helper: "U012AB3CD"}
	m := HelpRequest{Lang: "en", Request: r, Scenario: evil, Before: evil}.Message()
	k := KnowledgeCard{Lang: "en", Card: store.KnowledgeCard{ID: "card-1", Situation: evil, Words: evil, Result: evil}, Author: evil}
	for name, text := range map[string]string{"request": m.Text, "card": CardMessage(k, "").Text, "note": Note("en", HelpThanks, nil, "<@U012AB3CD>", evil).Text,
		"known": english().known(Known{Words: evil, Author: evil})} {
		for _, bad := range []string{"<!", "<@U1>", "<https"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s: %q in %q", name, bad, text)
			}
		}
	}
	for _, b := range m.Blocks {
		if s, ok := b.(*slack.SectionBlock); ok && s.Text.Type == slack.MarkdownType && strings.Contains(s.Text.Text, "<!") {
			t.Errorf("markup gets through: %s", s.Text.Text)
		}
	}
}

// However long the playbook is, what colleagues found is under it.
func TestKnowledgeFitsUnderALongPlaybook(t *testing.T) {
	t.Parallel()
	long := Message{Text: "page"}
	for range 3 {
		long.Blocks = append(long.Blocks, slack.NewSectionBlock(markupText(strings.Repeat("怒", 2900)), nil, nil))
	}
	k := KnowledgeCard{Lang: "en", Card: store.KnowledgeCard{ID: "card-1", Situation: "s", Words: strings.Repeat("word ", 150)}, Mine: true}
	m := WithKnowledge("en", long, []KnowledgeCard{k, k, k})
	if err := Valid(m); err != nil {
		t.Error(err)
	}
	if n := strings.Count(m.Text, "Said or done"); n != 3 || len(buttonIDs(m)) != 6 {
		t.Errorf("%d cards with the buttons %v", n, buttonIDs(m))
	}
}

// Of more scenarios than Slack's select holds the card's own is among those offered.
func TestTheChosenOfVeryMany(t *testing.T) {
	t.Parallel()
	var many []Choice
	for i := range 3 * maxOptions / 2 {
		many = append(many, Choice{fmt.Sprintf("scenario-%d", i), fmt.Sprintf("Scenario %d", i)})
	}
	last := many[len(many)-1].ID
	v := KnowledgeModal(State{Lang: "en"}, store.KnowledgeCard{Words: "w", Scenario: last}, many)
	if err := ValidModal(v); err != nil {
		t.Error(err)
	}
	for _, b := range v.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok && in.BlockID == InputScenario {
			if e := in.Element.(*slack.SelectBlockElement); e.InitialOption == nil || e.InitialOption.Value != last {
				t.Errorf("chosen at first: %+v", e.InitialOption)
			}
			return
		}
	}
	t.Error("there is nothing to choose from")
}
