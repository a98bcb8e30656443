package blocks

import (
	"cmp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/store"
)

// Choice is a playbook to switch to.
type Choice struct{ ID, Title string }

// Card is the suggestion for one case, as it stands.
type Card struct {
	Lang     string
	CaseID   string
	Advice   coach.Advice
	Title    string   // of the playbook
	Others   []Choice // up to three other playbooks
	Expanded bool     // further steps are shown
	Short    bool     // no more than the next lines and the buttons, unless Expanded
	State    string   // a store.CaseState; "" is open
	Where    Where
	Why      string // a Reason why it is private, or ""
	Link     string // address of the message it is about, or ""
	Product  bool   // it is marked as product feedback
	Known    *Known // what a colleague found in a case like this, or nil
}

// What a glance shows, and the most a card holds of anything.
const (
	glancePhrases = 3
	stepPhrases   = 3
	maxPhrases    = 30
	maxItems      = 6
	maxPhrase     = playbooks.MaxPhrase
	maxItem       = 200
	buttonRoom    = 1200 // what all buttons of a card may need
)

// Message draws the card: what the case is, what to say first, the buttons.
func (c Card) Message() Message {
	w, p := wordsIn(c.Lang), newPage(c.Lang)
	p.reserve(buttonRoom)
	c.heading(w, p)
	if c.over() {
		c.closed(w, p)
	} else {
		c.open(w, p)
	}
	return p.message()
}

func (c Card) open(w *words, p *page) {
	quiet := c.Where == Quiet
	picks := c.picks(w)
	if len(c.Advice.Now) > 0 {
		p.section(numbered(w.card.now, c.Advice.Now))
	}
	first, further := c.glance()
	c.say(w, p, first)
	if c.Advice.Wanted != "" {
		p.small(strings.ReplaceAll(w.live.elsewhere, "{1}", lineEscaped(c.Advice.Wanted, 20)))
	}
	if c.Advice.Source == "llm" {
		p.small(w.card.fitted)
	}
	if c.Known != nil && !c.brief() {
		p.small(w.known(*c.Known))
	}
	if !c.Advice.Sure && len(picks) > 0 && !quiet {
		p.small(w.card.unsure)
		p.borrow(func() { p.buttons(picks...) })
		picks = nil
	}
	if c.Expanded {
		c.further(w, p, further)
	}
	if quiet {
		return
	}
	p.release(buttonRoom)
	p.buttons(c.mainRow(w, len(further) > 0)...)
	p.buttons(c.lastRow(w)...)
	if !c.brief() {
		p.buttons(picks...)
	}
}

// brief reports whether the card shows the least.
func (c Card) brief() bool { return c.Short && !c.Expanded }

// heading says why the card stands where it does, and the reading in one line.
func (c Card) heading(w *words, p *page) {
	var notes []string
	if c.Where == Quiet {
		notes = append(notes, w.card.quiet)
	} else if note := w.card.private[Reason(c.Why)]; note != "" {
		notes = append(notes, note)
	}
	if link := safeLink(c.Link); link != "" && c.Where != Thread {
		notes = append(notes, strings.ReplaceAll(w.card.about, "{1}", link))
	}
	p.small(w.join(notes))
	title := c.title(w)
	if c.over() {
		p.section("*" + title + "*")
		return
	}
	reading := c.reading(w, title)
	p.addQuietly(slack.NewSectionBlock(markupText(reading), nil, nil), size(reading))
	p.say(c.spoken(w, title))
}

// over reports whether nothing is to be said in the case any more.
func (c Card) over() bool { return c.State != "" && c.State != string(store.CaseOpen) }

func (c Card) title(w *words) string {
	if t := bare(c.Title, maxHeader); t != "" {
		return t
	}
	return w.card.untitled
}

// tentative reports whether the playbook is a guess at its beginning. What it says of
// the customer would be untrue too often, so that a sentence that holds of anybody goes first. In
// danger nothing is lost by the playbook's own words, and a pause would be.
func (c Card) tentative() bool {
	if c.Advice.Sure || c.Advice.Source == "llm" || c.Advice.Severity == "critical" || len(c.Advice.Phrases) == 0 {
		return false
	}
	return opening(c.Advice.Phrases[0].Step)
}

// opening reports whether a conversation begins with a step.
func opening(step string) bool {
	return step == string(playbooks.Listen) || step == string(playbooks.Empathise)
}

// bridge is what holds of any customer, turned with the wording. Who has
// hardly complained is thanked first.
func (c Card) bridge(w *words) string {
	n := max(c.Advice.Position.Variation, 0)
	if c.Advice.Severity == "low" || c.Advice.Severity == "none" {
		n++
	}
	return w.card.bridges[n%len(w.card.bridges)]
}

// First is the sentence that the card shows first, "" when it has none.
func (c Card) First() string {
	switch {
	case len(c.Advice.Phrases) == 0:
		return ""
	case c.tentative():
		return c.bridge(wordsIn(c.Lang))
	}
	return c.Advice.Phrases[0].Text
}

// reading is what the case is, at a glance: words between dots.
func (c Card) reading(w *words, title string) string {
	parts := []string{"*" + title + "*"}
	if c.tentative() {
		parts[0] = w.card.perhaps + parts[0]
	}
	for _, part := range []string{w.severity.of(c.Advice.Severity), w.list(c.emotions(w)),
		w.kind[c.Advice.CustomerType], w.character[c.Advice.Personality]} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// Reading is what a case is, in words between dots, for a terminal.
func Reading(lang, title string, a coach.Advice) string {
	return strings.ReplaceAll(Card{Lang: lang, Advice: a}.reading(wordsIn(lang), title), "*", "")
}

// Opening is what is said first, and how the playbook's own words are led in, where
// the playbook is a guess; "" where it is none.
func Opening(lang, title string, a coach.Advice) (said, lead string) {
	c, w := Card{Lang: lang, Advice: a, Title: title}, wordsIn(lang)
	if !c.tentative() {
		return "", ""
	}
	return c.bridge(w), strings.ReplaceAll(w.card.guess, "{1}", c.title(w))
}

// StepName is what people call a step of a playbook.
func StepName(lang, step string) string { return cmp.Or(wordsIn(lang).step[step], step) }

// spoken is the same as sentences, for who hears it or reads it in a notification.
func (c Card) spoken(w *words, title string) string {
	s := title
	if c.tentative() {
		s = w.card.perhaps + s
	}
	if severity := w.severity.of(c.Advice.Severity); severity != "" {
		s += w.comma + severity
	}
	if emotions := c.emotions(w); len(emotions) > 0 {
		s += w.colon + strings.ReplaceAll(w.card.sounds, "{1}", w.list(emotions))
	}
	for _, more := range []string{w.kind[c.Advice.CustomerType], w.character[c.Advice.Personality]} {
		if more != "" {
			s += w.semicolon + more
		}
	}
	return s + strings.TrimSpace(w.stop)
}

func (c Card) emotions(w *words) []string {
	var all []string
	for _, e := range c.Advice.Emotions {
		if word := w.emotion[e]; word != "" && len(all) < 3 {
			all = append(all, word)
		}
	}
	return all
}

// glance parts the phrases: those of the step to take now, at least two when
// there are two, and the rest.
func (c Card) glance() (first, further []coach.Phrase) {
	var all []coach.Phrase
	for _, ph := range c.Advice.Phrases[:min(maxPhrases, len(c.Advice.Phrases))] {
		if ph.Text = line(ph.Text, maxPhrase); ph.Text != "" {
			all = append(all, ph)
		}
	}
	n := 0
	most := glancePhrases
	if c.brief() {
		most = 2
	}
	for n < len(all) && n < most && (n < 2 || all[n].Step == all[0].Step) {
		n++
	}
	return all[:n], all[n:]
}

// say shows the phrases of this step, the one to say first by itself.
func (c Card) say(w *words, p *page, phrases []coach.Phrase) {
	if len(phrases) == 0 {
		p.section(w.card.noPhrases)
		return
	}
	label := w.card.first
	if !opening(phrases[0].Step) {
		label = w.card.next
	}
	p.section("*" + label + "*")
	said, or := phrases[0].Text, w.card.or
	rest := phrases[1:]
	if c.tentative() {
		said, or = c.bridge(w), strings.ReplaceAll(w.card.guess, "{1}", c.title(w))
		rest = phrases
		if c.brief() {
			rest = phrases[:1]
		}
	}
	p.lines([]string{said})
	var same, next []string
	for _, ph := range rest {
		if ph.Step == phrases[0].Step {
			same = append(same, ph.Text)
		} else {
			next = append(next, ph.Text)
		}
	}
	p.labelled(or, same)
	p.labelled(w.card.then, next)
}

// further shows the steps after this one, and what else helps.
func (c Card) further(w *words, p *page, phrases []coach.Phrase) {
	for len(phrases) > 0 {
		step, n := phrases[0].Step, 0
		var texts []string
		for n < len(phrases) && phrases[n].Step == step {
			if len(texts) < stepPhrases {
				texts = append(texts, phrases[n].Text)
			}
			n++
		}
		label := w.step[step]
		if label == "" {
			label = w.card.then
		}
		p.labelled(label, texts)
		phrases = phrases[n:]
	}
	c.escalations(w, p)
	p.section(bullets(w.card.avoid, c.avoid(w)))
	if calm := lineEscaped(c.Advice.Calm, maxItem); calm != "" {
		p.small(strings.ReplaceAll(w.card.calm, "{1}", calm))
	}
	var seen []string
	for _, word := range c.Advice.Why[:min(maxItems, len(c.Advice.Why))] {
		within := func(longer string) bool { return longer != word && strings.Contains(longer, word) }
		if slices.ContainsFunc(c.Advice.Why, within) {
			continue // “promised” says nothing beside “I was promised”
		}
		if word = theirs(lineEscaped(word, 60)); word != "" {
			seen = append(seen, w.open+word+w.close)
		}
	}
	if len(seen) > 0 {
		p.small(strings.ReplaceAll(w.card.seen, "{1}", w.list(seen)))
	}
}

func (c Card) escalations(w *words, p *page) {
	var all []string
	for _, e := range c.Advice.Escalate {
		if e.When != "" && e.To != "" && len(all) < maxItems {
			all = append(all, lineEscaped(e.When, maxItem)+w.colon+lineEscaped(e.To, maxItem))
		}
	}
	p.section(bullets(w.card.escalate, all))
}

// avoid says what not to do and what to say. A forbidden phrase is described
// and not repeated: nothing on a card should stick in the mind that must not be said.
func (c Card) avoid(w *words) []string {
	var all []string
	for _, a := range c.Advice.Avoid {
		if len(a.SayInstead) > 0 && len(all) < maxItems {
			all = append(all, w.avoid(a.Phrase, a.SayInstead[0]))
		}
	}
	return all
}

func (w *words) avoid(phrase, instead string) string {
	careful := w.careful[phrase]
	if careful == "" {
		careful = strings.ReplaceAll(w.card.insteadOf, "{1}", lineEscaped(phrase, 100))
	}
	return strings.NewReplacer("{1}", careful, "{2}", lineEscaped(instead, maxItem)).Replace(w.card.avoidLine)
}

// closed is what stays of a case that is over.
func (c Card) closed(w *words, p *page) {
	var back, more, product *slack.ButtonBlockElement
	switch store.CaseState(c.State) {
	case store.CaseCalmed:
		p.section(w.card.calmed)
		back = button(ActionUnresolved, c.CaseID, w.card.flared)
		more, product = button(ActionSave, c.CaseID, w.peers.help.save), c.product(w)
	case store.CaseUnresolved:
		p.section(w.card.unresolved)
		c.escalations(w, p)
		back = button(ActionCalmed, c.CaseID, w.card.settled)
		more, product = button(ActionHelpOpen, c.CaseID, w.card.help), c.product(w)
	case store.CaseDismissed:
		p.section(w.card.dismissed)
		if id := c.playbook(); id != "" && c.CaseID != "" {
			back = button(ActionPick, c.CaseID+ValueSeparator+id, w.card.after)
		}
	default:
		p.section(w.card.deleted)
	}
	if c.Where != Quiet {
		p.release(buttonRoom)
		p.buttons(back, more, product)
	}
}

// playbook is the id of the one the card shows.
func (c Card) playbook() string {
	if id := c.Advice.Position.Playbook; id != "" {
		return id
	}
	if len(c.Advice.Playbooks) > 0 {
		return c.Advice.Playbooks[0].ID
	}
	return ""
}

// mainRow is for going on with the conversation.
func (c Card) mainRow(w *words, further bool) []*slack.ButtonBlockElement {
	var used, another, more *slack.ButtonBlockElement
	if len(c.Advice.Phrases) > 0 {
		another = button(ActionAnother, c.CaseID, w.card.another)
		if c.Advice.Phrases[0].Step != string(playbooks.FollowUp) { // nothing comes after it
			used = button(ActionUsed, c.CaseID, w.card.used)
		}
	}
	if used != nil {
		used.Style = slack.StylePrimary
	}
	switch {
	case c.Expanded:
		more = button(ActionMore, c.CaseID, w.card.less)
	case further || len(c.Advice.Escalate)+len(c.Advice.Avoid) > 0:
		more = button(ActionMore, c.CaseID, w.card.more)
	}
	return []*slack.ButtonBlockElement{used, another, more, c.promise(w), button(ActionHelpOpen, c.CaseID, w.card.help)}
}

// promise notes what was agreed, at the step at which it is.
func (c Card) promise(w *words) *slack.ButtonBlockElement {
	if len(c.Advice.Phrases) == 0 || c.Advice.Phrases[0].Step != string(playbooks.Commit) {
		return nil
	}
	return button(ActionPromiseNew, c.CaseID, w.promise.button)
}

// lastRow is for how it ended and what the advice was worth.
func (c Card) lastRow(w *words) []*slack.ButtonBlockElement {
	row := []*slack.ButtonBlockElement{
		button(ActionCalmed, c.CaseID, w.card.close),
		button(ActionUnresolved, c.CaseID, w.card.leave),
		button(ActionDismiss, c.CaseID, w.card.dismiss),
		button(ActionFeedback, c.CaseID, w.card.helps),
		button(ActionFeedback+":2", c.CaseID, w.card.helpsNot),
	}
	if c.Expanded {
		row = append(row, c.product(w))
	}
	return row
}

// picks are the other playbooks, by title.
func (c Card) picks(w *words) []*slack.ButtonBlockElement {
	var all []*slack.ButtonBlockElement
	for _, o := range c.Others {
		title := line(o.Title, maxButton)
		if title == "" || o.ID == "" || c.CaseID == "" || len(all) == 3 {
			continue
		}
		id := ActionPick
		if len(all) > 0 {
			id += ":" + string(rune('1'+len(all)))
		}
		if b := button(id, c.CaseID+ValueSeparator+o.ID, strings.ReplaceAll(w.card.pick, "{1}", title)); b != nil {
			all = append(all, b)
		}
	}
	return all
}
