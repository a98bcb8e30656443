package blocks

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"coachbot/store"
)

// Claim is a help request that somebody is on.
type Claim struct{ ID, Question, Asker string }

// Owed is what somebody still has to do, each thing to be handed to a colleague
// with one choice.
type Owed struct {
	Lang     string
	Left     string // the person who left, when a lead reads it; "" : the reader's own
	Asked    bool   // the reader asked for it; otherwise the shift has just ended
	Promises []store.Promise
	Claims   []Claim
	Later    int // promises that come due later and are not listed
	Handed   []string
	To       string // who got what was handed over just now
	Now      time.Time
	Zone     *time.Location
}

// MaxOwed is how many things one list shows.
const MaxOwed = 15

// Message draws the list.
func (o Owed) Message() Message {
	w, p := wordsIn(o.Lang), newPage(o.Lang)
	p.section(o.head(w))
	for _, what := range o.Handed {
		p.small(strings.NewReplacer("{1}", theirs(lineEscaped(what, maxWhat)), "{2}", mention(o.To)).Replace(w.owed.handed))
	}
	n := 0
	for _, pr := range o.Promises {
		due := pr.DueAt.UTC()
		if o.Zone != nil {
			due = pr.DueAt.In(o.Zone)
		}
		n++
		o.item(w, p, n, pr.ID, strings.NewReplacer("{1}", theirs(lineEscaped(pr.What, maxItem)), "{2}", w.moment(due, o.Now)).Replace(w.owed.promise))
	}
	for _, c := range o.Claims {
		n++
		asker := w.owed.somebody
		if c.Asker != "" {
			asker = mention(c.Asker)
		}
		o.item(w, p, n, c.ID, strings.NewReplacer("{1}", theirs(lineEscaped(c.Question, maxItem)), "{2}", asker).Replace(w.owed.claim))
	}
	if more := o.Later + max(0, n-MaxOwed); more > 0 {
		p.small(fill(w.owed.later, more))
	}
	if n > 1 {
		all := BlockHandAll
		if o.Left != "" {
			all += ValueSeparator + o.Left
		}
		o.choose(p, ActionHand+":all", all, w.owed.everything, w.owed.toColleague)
	}
	return p.message()
}

func (o Owed) head(w *words) string {
	switch {
	case len(o.Promises)+len(o.Claims) == 0 && o.Later > 0: // what was listed is handed over
		return ""
	case len(o.Promises)+len(o.Claims) == 0:
		return w.owed.nothing
	case o.Left != "":
		return strings.ReplaceAll(w.owed.left, "{1}", mention(o.Left))
	case o.Asked:
		return w.owed.asked
	}
	return w.owed.ended
}

func (o Owed) item(w *words, p *page, n int, id, markup string) {
	if n > MaxOwed {
		return
	}
	action := ActionHand
	if n > 1 {
		action += ":" + string(rune('a'+n-1))
	}
	block := BlockHand + id
	if o.Left != "" {
		block += ValueSeparator + o.Left
	}
	o.choose(p, action, block, markup, w.owed.toColleague)
}

// choose is a line with a select of a colleague beside it.
func (o Owed) choose(p *page, action, block, markup, placeholder string) {
	size := size(markup) + size(placeholder)
	if len(block) > maxActionID || !p.room(size) {
		return
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plainText(line(placeholder, maxPlaceholder)), action)
	p.add(slack.NewSectionBlock(markupText(markup), nil, slack.NewAccessory(e), slack.SectionBlockOptionBlockID(block)), size)
	p.say(markup)
}
