package blocks

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"
)

// Message is something to post. Text says the same as Blocks, in Slack's
// markup: it is what phones notify with and screen readers read.
type Message struct {
	Text   string
	Blocks []slack.Block
	Plain  []slack.Block // the same without the newest kinds of blocks, where there are any; nil: Blocks has none
}

// page builds a message from top to bottom and keeps it within Slack's
// limits: what has no room left is cut or left out.
type page struct {
	lang   string
	text   strings.Builder
	blocks []slack.Block
	plain  []slack.Block // the blocks, with words in place of charts
	charts bool
	left   int // characters that the blocks may still hold
	short  bool
}

func newPage(lang string) *page { return &page{lang: lang, left: maxSum} }

// reserve keeps n characters free for what comes last; release gives them back.
func (p *page) reserve(n int) { p.left -= n }
func (p *page) release(n int) { p.left += n }

// room reports whether another block with n characters fits.
func (p *page) room(n int) bool {
	if p.left < n || len(p.blocks) >= maxBlocks {
		p.short = true
		return false
	}
	return true
}

func (p *page) add(b slack.Block, n int) {
	p.blocks, p.plain = append(p.blocks, b), append(p.plain, b)
	p.left -= n
}

// say adds a line to the plain text. It is markup already.
func (p *page) say(markup string) {
	if markup == "" {
		return
	}
	if p.text.Len() > 0 {
		p.text.WriteByte('\n')
	}
	p.text.WriteString(markup)
}

// section adds markup that the caller has escaped and cut. Too much of it is left out whole.
func (p *page) section(markup string) bool {
	n := size(markup)
	if markup == "" || n > maxSection || !p.room(n) {
		p.short = p.short || markup != ""
		return false
	}
	p.add(slack.NewSectionBlock(markupText(markup), nil, nil), n)
	p.say(markup)
	return true
}

// lines adds sentences to be read or copied as they are: no markup, each on a line of its own.
func (p *page) lines(sentences []string) bool {
	var fit []string
	n := 0
	for _, s := range sentences {
		if s == "" {
			continue
		}
		cost := size(s) + 1
		if n+cost > maxSection || !p.room(n+cost) {
			p.short = true
			break
		}
		fit, n = append(fit, s), n+cost
	}
	if len(fit) == 0 {
		return false
	}
	all := strings.Join(fit, "\n")
	p.add(slack.NewSectionBlock(plainText(all), nil, nil), size(all))
	p.say(escape(all))
	return true
}

// small adds a line in small print; markup like section.
func (p *page) small(markup string) bool {
	n := size(markup)
	if markup == "" || n > maxSection || !p.room(n) {
		p.short = p.short || markup != ""
		return false
	}
	p.add(slack.NewContextBlock("", markupText(markup)), n)
	p.say(markup)
	return true
}

func (p *page) header(s string) bool {
	s = line(s, maxHeader)
	if s == "" || !p.room(size(s)) {
		return false
	}
	p.add(slack.NewHeaderBlock(plainText(s)), size(s))
	p.say("*" + escape(s) + "*")
	return true
}

// buttons adds a row; buttons that Slack would refuse are left out.
func (p *page) buttons(row ...*slack.ButtonBlockElement) {
	var fit []slack.BlockElement
	n := 0
	for _, b := range row {
		if b != nil && len(fit) < maxActions && p.room(n+size(b.Text.Text)) {
			fit, n = append(fit, b), n+size(b.Text.Text)
		}
	}
	if len(fit) > 0 {
		p.add(slack.NewActionBlock("", fit...), n)
	}
}

func (p *page) message() Message {
	m := Message{Text: settled(p.lang, p.text.String()), Blocks: p.blocks}
	settle(p.lang, p.blocks, p.plain)
	if p.charts {
		m.Plain = p.plain
	}
	return m
}

// button is nil when its value or label could not be sent.
func button(action, value, label string) *slack.ButtonBlockElement {
	label = line(label, maxButton)
	if label == "" || value == "" || size(value) > maxValue || clean(value) != value {
		return nil
	}
	return slack.NewButtonBlockElement(action, value, plainText(label))
}

func markupText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, s, false, false)
}

// plainText keeps a word between colons a word: no emoji.
func plainText(s string) *slack.TextBlockObject {
	off := false
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: s, Emoji: &off}
}

// addQuietly adds a block whose text the caller says in other words.
func (p *page) addQuietly(b slack.Block, n int) {
	if p.room(n) {
		p.add(b, n)
	}
}

// borrow lets f use what was reserved for buttons; it stays reserved for the rest.
func (p *page) borrow(f func()) {
	before := p.left
	p.left += buttonRoom
	f()
	p.left = before
}

// labelled adds sentences under a label in small print.
func (p *page) labelled(label string, sentences []string) {
	if len(sentences) == 0 || !p.room(size(label)+size(sentences[0])+1) {
		return
	}
	p.small(label)
	p.lines(sentences)
}

// bullets is a list under a label, "" when it is empty.
func bullets(label string, items []string) string {
	if len(items) == 0 {
		return ""
	}
	return "*" + label + "*\n• " + strings.Join(items, "\n• ")
}

// numbered is a list of things to do in their order; items are plain words.
func numbered(label string, items []string) string {
	var b strings.Builder
	n := 0
	for _, item := range items {
		if n == maxItems {
			break
		}
		if item = lineEscaped(item, maxItem); item != "" {
			n++
			b.WriteString("\n" + strconv.Itoa(n) + ". " + item)
		}
	}
	if n == 0 {
		return ""
	}
	return "*" + label + "*" + b.String()
}

// safeLink is a web address that can stand in Slack's markup, else "".
func safeLink(s string) string {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") || size(s) > 1000 || strings.ContainsAny(s, "<>|\" \n\t") || clean(s) != s {
		return ""
	}
	return strings.ReplaceAll(s, "&", "&amp;")
}

// linked makes words, escaped already, lead to a web address. The bar that is Slack's own
// mark between the two stands for no word.
func linked(words, address string) string {
	if address = safeLink(address); address == "" {
		return words
	}
	return "<" + address + "|" + strings.ReplaceAll(words, "|", "¦") + ">"
}
