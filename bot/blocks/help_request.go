package blocks

import (
	"strings"

	"github.com/slack-go/slack"

	"coachbot/store"
)

// How much of a request a message shows, in characters.
const (
	maxQuestion = 1200
	maxTried    = 800
	maxPacket   = 600 // of each part of a hand-over
)

// HelpRequest is a request as it stands, for its own message in the help
// channel and for the private messages that ask somebody for it.
type HelpRequest struct {
	Lang     string
	Request  store.HelpRequest
	Scenario string  // title of the playbook that fits, or ""
	Before   string  // a note that stands first, or ""
	For      HelpFor // who reads it
}

// HelpFor is who reads a request.
type HelpFor int

// Readers of a request.
const (
	ForTeam HelpFor = iota // the help channel
	ForOne                 // a colleague asked first
	ForLead                // a lead
)

// Message draws the request: what is asked, who is on it, the buttons.
func (v HelpRequest) Message() Message {
	w, p := wordsIn(v.Lang), newPage(v.Lang)
	r, h := v.Request, w.peers.help
	p.reserve(buttonRoom)
	p.section(lineEscaped(v.Before, maxItem))
	p.section("*" + v.title(h) + "*" + v.marks(w))
	if r.Kind == store.HelpHandover {
		v.packet(w, p)
	} else {
		p.lines([]string{theirs(cut(r.Question, maxQuestion))})
		if tried := cut(r.Tried, maxTried); tried != "" {
			p.labelled(h.tried, []string{theirs(tried)})
		}
	}
	p.small(w.join(v.origin(w)))
	v.standing(w, p)
	p.release(buttonRoom)
	p.buttons(v.buttons(h)...)
	return p.message()
}

func (v HelpRequest) title(h requestWords) string {
	if v.Request.Kind == store.HelpHandover {
		return h.handover
	}
	return h.wanted
}

// marks say how urgent the request is, in words.
func (v HelpRequest) marks(w *words) string {
	h, r := w.peers.help, v.Request
	var all []string
	switch r.Urgency {
	case store.UrgencyHigh:
		all = append(all, "*"+h.urgent+"*")
	case store.UrgencyLow:
		all = append(all, h.today)
	}
	if r.Many {
		all = append(all, h.many)
	}
	if r.Valued {
		all = append(all, h.valued)
	}
	if len(all) == 0 || r.Over() {
		return ""
	}
	return " · " + strings.Join(all, " · ")
}

func (v HelpRequest) packet(w *words, p *page) {
	k, r := w.peers.pack, v.Request
	for _, part := range []struct{ label, text string }{
		{k.facts, r.Packet.Facts}, {k.tried, r.Tried}, {k.promises, r.Packet.Promises}, {k.mood, r.Packet.Mood},
		{k.authority, r.Packet.Authority}, {k.sentence, r.Packet.Sentence},
	} {
		if text := cut(part.text, maxPacket); text != "" {
			p.section("*" + part.label + "*")
			p.lines([]string{theirs(text)})
		}
	}
}

// origin is who asked, about what.
func (v HelpRequest) origin(w *words) []string {
	h, r := w.peers.help, v.Request
	asker := h.unnamed
	if !r.Anonymous {
		asker = fill(h.from, mention(r.Asker))
	}
	all := []string{asker}
	if link := safeLink(r.Link); link != "" && !r.Anonymous { // the message tells who wrote it
		all = append(all, strings.ReplaceAll(h.about, "{1}", link))
	}
	if title := line(v.Scenario, maxHeader); title != "" && !r.Over() {
		all = append(all, fill(h.scenario, title))
	}
	return all
}

// standing is who is on it, or how it ended.
func (v HelpRequest) standing(w *words, p *page) {
	h, r := w.peers.help, v.Request
	switch r.State {
	case store.HelpClaimed:
		p.section("*" + fill(h.claimed, mention(r.Helper)) + "*")
	case store.HelpResolved:
		if r.Helper == "" {
			p.section("*" + h.nobody + "*")
		} else {
			p.section("*" + fill(h.solved, mention(r.Helper)) + "*")
		}
		if worked := cut(r.Worked, maxTried); worked != "" {
			p.labelled(h.worked, []string{theirs(worked)})
		}
	case store.HelpWithdrawn:
		p.section("*" + h.withdrawn + "*")
	default:
		if r.Waiting != "" && v.For == ForTeam {
			p.section(h.first)
		} else {
			p.section(h.open)
		}
	}
}

func (v HelpRequest) buttons(h requestWords) []*slack.ButtonBlockElement {
	id := v.Request.ID
	claim := button(ActionHelpClaim, id, h.claim)
	if claim != nil {
		claim.Style = slack.StylePrimary
	}
	var withdraw *slack.ButtonBlockElement
	if v.For == ForTeam {
		withdraw = button(ActionHelpWithdraw, id, h.withdraw)
	}
	switch v.Request.State {
	case store.HelpOpen:
		if v.For == ForOne && v.Request.Waiting != "" {
			return []*slack.ButtonBlockElement{claim, button(ActionHelpPass, id, h.pass)}
		}
		return []*slack.ButtonBlockElement{claim, withdraw}
	case store.HelpClaimed:
		return []*slack.ButtonBlockElement{button(ActionHelpResolve, id, h.resolve), button(ActionHelpRelease, id, h.release), withdraw}
	case store.HelpResolved:
		var thank, save *slack.ButtonBlockElement
		if v.Request.ThankedAt.IsZero() && v.Request.Helper != "" && v.For == ForTeam {
			thank = button(ActionHelpThank, id, h.thank)
		}
		if v.Request.Card == "" && v.For == ForTeam {
			save = button(ActionSave, id, h.save)
		}
		return []*slack.ButtonBlockElement{thank, save}
	}
	return nil
}

// Buttons that stand under notes about a request.
func helpButton(lang, action, id string, label func(requestWords) string) []*slack.ButtonBlockElement {
	return []*slack.ButtonBlockElement{button(action, id, label(wordsIn(lang).peers.help))}
}

// PostedButtons add details to a request or withdraw it.
func PostedButtons(lang, id string) []*slack.ButtonBlockElement {
	return append(helpButton(lang, ActionHelpOpen, id, func(h requestWords) string { return h.details }),
		helpButton(lang, ActionHelpWithdraw, id, func(h requestWords) string { return h.withdraw })...)
}

// SilentButtons answer whether somebody is still on a request.
func SilentButtons(lang, id string) []*slack.ButtonBlockElement {
	row := helpButton(lang, ActionHelpStill, id, func(h requestWords) string { return h.still })
	row = append(row, helpButton(lang, ActionHelpResolve, id, func(h requestWords) string { return h.resolve })...)
	return append(row, helpButton(lang, ActionHelpRelease, id, func(h requestWords) string { return h.release })...)
}

// ThankButtons thank the helper.
func ThankButtons(lang, id string) []*slack.ButtonBlockElement {
	return helpButton(lang, ActionHelpThank, id, func(h requestWords) string { return h.thank })
}

// SayButtons let an asker who stays unnamed speak in the thread.
func SayButtons(lang, id string) []*slack.ButtonBlockElement {
	return helpButton(lang, ActionHelpSay, id, func(h requestWords) string { return h.say })
}

// Passed is what an asker who stays unnamed says in the thread.
func Passed(lang, text string) Message {
	w, p := wordsIn(lang), newPage(lang)
	p.small(w.peers.help.says)
	p.lines([]string{theirs(cut(text, maxQuestion))})
	return p.message()
}
