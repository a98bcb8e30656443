package blocks

import (
	"strings"

	"github.com/slack-go/slack"

	"coachbot/store"
)

// Known is a colleague's knowledge under a suggestion.
type Known struct {
	Words  string
	Author string // name, or "" for one who stays unnamed
	Days   int    // since it was kept: 0 today, 1 yesterday
}

// known is the line under a suggestion.
func (w *words) known(k Known) string {
	t := w.peers.keep
	pattern := t.known
	if k.Author != "" {
		pattern = t.knownBy
	}
	return strings.NewReplacer("{1}", w.ago(k.Days), "{2}", theirs(lineEscaped(k.Words, maxPhrase)), "{3}", theirs(bare(k.Author, 60))).Replace(pattern)
}

func (w *words) ago(days int) string {
	t := w.peers.keep
	switch {
	case days < 1:
		return t.today
	case days < 2:
		return t.yesterday
	case days < 7:
		return fill(t.days, days)
	case days < 14:
		return t.lastWeek
	case days < 60:
		return fill(t.weeks, days/7)
	}
	return fill(t.months, days/30)
}

// KnowledgeCard is a card as somebody sees it.
type KnowledgeCard struct {
	Lang     string
	Card     store.KnowledgeCard
	Scenario string // title
	Author   string // name, or ""
	Mine     bool   // the reader may change it
	Accept   bool   // the reader may accept it into the playbook
}

// CardMessage shows one card under a note, with what its reader may do.
func CardMessage(v KnowledgeCard, before string) Message {
	w, p := wordsIn(v.Lang), newPage(v.Lang)
	p.reserve(buttonRoom)
	p.section(before)
	v.body(w, p)
	p.release(buttonRoom)
	p.buttons(v.buttons(w, 0, v.Card.State == store.CardReview)...)
	return p.message()
}

// body is what happened, what was said, how it ended, and where it comes from.
func (v KnowledgeCard) body(w *words, p *page) {
	t, k := w.peers.keep, v.Card
	if situation := line(k.Situation, maxTried); situation != "" {
		p.section("*" + theirs(escape(situation)) + "*")
	}
	p.labelled(t.said, []string{theirs(cut(k.Words, maxTried))})
	small := []string{}
	switch k.Result {
	case "", "no", "unknown":
	case "yes":
		small = append(small, t.calmedThem)
	default:
		small = append(small, theirs(lineEscaped(k.Result, maxItem)))
	}
	small = append(small, t.source)
	if title := line(v.Scenario, maxHeader); title != "" {
		small = append(small, escape(title))
	}
	if v.Author != "" {
		small = append(small, fill(t.by, theirs(v.Author)))
	}
	if k.State == store.CardReview {
		small = append(small, t.review)
	}
	p.small(strings.Join(small, " · "))
}

func (v KnowledgeCard) buttons(w *words, n int, review bool) []*slack.ButtonBlockElement {
	t, id := w.peers.keep, v.Card.ID
	further := ""
	if n > 0 {
		further = ":" + string(rune('1'+n))
	}
	var row []*slack.ButtonBlockElement
	if v.Accept && v.Card.AcceptedAt.IsZero() && v.Card.DeclinedAt.IsZero() {
		row = append(row, button(ActionAccept+further, id, t.accept))
	}
	if !v.Mine {
		return row
	}
	if review {
		row = append(row, button(ActionConfirm+further, id, t.confirm))
	}
	row = append(row, button(ActionSave+further, id, t.save))
	if v.Card.ProposedAt.IsZero() && v.Card.Scenario != "" {
		row = append(row, button(ActionPropose+further, id, t.propose))
	}
	return append(row, button(ActionTakeBack+further, id, t.takeBack))
}

// WithKnowledge adds what colleagues found to the answer of a search. A playbook
// too long for both gives way at its end.
func WithKnowledge(lang string, m Message, found []KnowledgeCard) Message {
	if len(found) == 0 {
		return m
	}
	w, cards, p := wordsIn(lang), newPage(lang), newPage(lang)
	cards.section("*" + w.peers.keep.hits + "*")
	for i, v := range found {
		v.body(w, cards)
		cards.buttons(v.buttons(w, i, v.Card.State == store.CardReview)...)
	}
	p.left = cards.left
	for _, b := range m.Blocks {
		n := blockSize(b)
		if p.left < n || len(p.blocks)+len(cards.blocks) >= maxBlocks {
			break
		}
		p.add(b, n)
	}
	p.say(m.Text)
	below := cards.message()
	p.say(below.Text)
	return Message{Text: cut(p.text.String(), maxText), Blocks: append(p.blocks, below.Blocks...)}
}

// blockSize is how many characters a block holds, as far as the sum of a message counts them.
func blockSize(b slack.Block) int {
	n := 0
	switch b := b.(type) {
	case *slack.SectionBlock:
		n = size(b.Text.Text)
	case *slack.HeaderBlock:
		n = size(b.Text.Text)
	case *slack.ContextBlock:
		for _, e := range b.ContextElements.Elements {
			if t, ok := e.(*slack.TextBlockObject); ok {
				n += size(t.Text)
			}
		}
	case *slack.ActionBlock:
		for _, e := range b.Elements.ElementSet {
			if t, ok := e.(*slack.ButtonBlockElement); ok {
				n += size(t.Text.Text)
			}
		}
	}
	return n
}

// KnowledgeModal asks for a card: what happened, what was said, how it ended.
func KnowledgeModal(s State, k store.KnowledgeCard, scenarios []Choice) slack.ModalViewRequest {
	w := wordsIn(s.Lang)
	t := w.peers.keep
	title := t.title
	if s.Card != "" {
		title = t.correct
	}
	f := newForm(ViewKnowledgeSave, s, title, t.submit, t.cancel)
	f.text(ask{id: InputSituation, label: t.situation}, k.Situation, true, maxQuestion)
	f.text(ask{id: InputWords, label: t.words, hint: t.wordsHint}, k.Words, true, maxTried)
	result := k.Result
	switch result {
	case "yes":
		result = settled(s.Lang, t.calmedThem)
	case "no", "unknown":
		result = ""
	}
	f.text(ask{id: InputResult, label: t.result, optional: true}, result, false, maxItem)
	f.pick(ask{id: InputScenario, label: t.scenario, optional: true}, scenarios, k.Scenario)
	var named []string
	if k.Named {
		named = append(named, KeepName)
	}
	if k.Feedback.Marked() {
		named = append(named, KeepProduct)
	}
	f.boxes(ask{id: InputKeep, label: w.product.boxes}, []Choice{{KeepName, w.peers.done.name}, {KeepProduct, w.product.box}}, named...)
	if k.ProposedAt.IsZero() && len(scenarios) > 0 {
		f.boxes(ask{id: InputPropose, label: t.forBook}, []Choice{{KeepPropose, t.proposeNow}})
	}
	return f.modal()
}

// NoPlaybook is what must be mended when something is proposed for a playbook and none is chosen.
func NoPlaybook(lang string) string { return settled(lang, wordsIn(lang).peers.keep.noBook) }

// Missing says which inputs that must be filled in are blank.
func Missing(lang string, text func(input string) string, inputs ...string) map[string]string {
	faults := map[string]string{}
	for _, input := range inputs {
		if clean(text(input)) == "" {
			faults[input] = settled(lang, wordsIn(lang).peers.keep.missing)
		}
	}
	return faults
}
