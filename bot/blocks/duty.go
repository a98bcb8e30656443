package blocks

import "strings"

// DutyCall is a critical case that calls a lead on duty.
type DutyCall struct {
	Lang   string
	CaseID string
	Title  string // of the case's playbook
	Author string // the agent
	Link   string
	Now    []string // what to do at once
	Taken  string   // who answered, or ""
	Closed bool     // the case is over
	Last   bool     // nobody comes after this lead
}

// Message draws the call.
func (d DutyCall) Message() Message {
	w, p := wordsIn(d.Lang), newPage(d.Lang)
	title := linked(lineEscaped(d.Title, maxItem), d.Link)
	who := w.duty.somebody
	if d.Author != "" {
		who = mention(d.Author)
	}
	fill := func(pattern string) string {
		return strings.NewReplacer("{1}", title, "{2}", who, "{3}", mention(d.Taken)).Replace(pattern)
	}
	switch {
	case d.Taken != "":
		p.section(fill(w.duty.taken))
		return p.message()
	case d.Closed:
		p.section(fill(w.duty.closed))
		return p.message()
	}
	p.section(fill(w.duty.call))
	var now []string
	for _, s := range d.Now[:min(maxItems, len(d.Now))] {
		now = append(now, line(s, maxItem))
	}
	if len(now) > 0 {
		p.section(numbered(w.card.now, now))
	}
	next := w.duty.next
	if d.Last {
		next = w.duty.last
	}
	p.small(next)
	p.buttons(button(ActionDutyTake, d.CaseID, w.duty.take))
	return p.message()
}

// DutyTaken tells the agent who is coming.
func DutyTaken(lang, lead, link string) Message {
	w, p := wordsIn(lang), newPage(lang)
	pattern := w.duty.coming
	if link = safeLink(link); link != "" {
		pattern = w.join([]string{pattern, strings.ReplaceAll(w.card.about, "{1}", link)})
	}
	p.section(strings.ReplaceAll(pattern, "{1}", mention(lead)))
	return p.message()
}

// Recovery is a minute for the agent after a severe case. Peer is a colleague to
// talk to, or "".
func Recovery(lang, peer string) Message { return recovery(lang, peer).message() }

// RecoveryAsked is the same for somebody who said how hard it was; customers' words
// that were taken for the agent's can be sent again.
func RecoveryAsked(lang string) Message {
	p := recovery(lang, "")
	p.small(wordsIn(lang).care.customer)
	return p.message()
}

func recovery(lang, peer string) *page {
	w, p := wordsIn(lang), newPage(lang)
	p.section(w.care.opening)
	p.section(numbered(w.care.title, w.care.steps[:]))
	if peer != "" {
		p.section(strings.ReplaceAll(w.care.peer, "{1}", mention(peer)))
	} else {
		p.section(w.care.anybody)
	}
	p.small(w.care.private)
	return p
}
