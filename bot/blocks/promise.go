package blocks

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"coachbot/store"
)

// PromiseAs is why a promise is shown.
type PromiseAs int

// Reasons to show a promise.
const (
	PromiseMade   PromiseAs = iota // it was recorded just now
	PromiseNear                    // it comes due soon
	PromisePast                    // it was due and is not marked as kept
	PromiseGiven                   // a colleague hands it over
	PromiseTurned                  // its time was changed
)

// PromiseNote is a promise as one person sees it.
type PromiseNote struct {
	Lang    string
	As      PromiseAs
	Promise store.Promise
	Reader  string // the person's user id
	Now     time.Time
	Zone    *time.Location
	Default bool     // the time is the course's
	Case    string   // title of the case it belongs to, or ""
	Link    string   // address of that case, or ""
	Repair  []string // what to say when it was missed
}

const maxWhat = 300

// MaxPromise is how many characters a promise may have.
const MaxPromise = 1000

// Message draws the note.
func (n PromiseNote) Message() Message {
	w, p := wordsIn(n.Lang), newPage(n.Lang)
	p.reserve(buttonRoom)
	switch {
	case n.Promise.State == store.PromiseKept:
		p.section(n.fill(w, w.promise.kept))
		n.end(p, button(ActionPromiseReopen, n.Promise.ID, w.promise.reopen))
	case n.Promise.State == store.PromiseDropped:
		p.section(n.fill(w, w.promise.dropped))
		n.end(p, button(ActionPromiseReopen, n.Promise.ID, w.promise.reopen))
	case n.Promise.Owner != n.Reader:
		p.section(n.fill(w, w.promise.with))
	default:
		n.owed(w, p)
	}
	return p.message()
}

func (n PromiseNote) end(p *page, b *slack.ButtonBlockElement) {
	p.release(buttonRoom)
	if n.Promise.Owner == n.Reader {
		p.buttons(b)
	}
}

// owed is a promise that its reader still has to keep.
func (n PromiseNote) owed(w *words, p *page) {
	head, small := w.promise.made, n.reminding(w)
	late := !n.Promise.DueAt.After(n.Now)
	switch {
	case n.As == PromisePast || late:
		head, small = w.promise.missed, ""
	case n.As == PromiseNear:
		head, small = w.promise.near, ""
	case n.As == PromiseGiven:
		head = w.promise.given
	case n.As == PromiseTurned:
		head = w.promise.turned
	}
	p.section(n.fill(w, head))
	if n.Case != "" {
		p.small(n.about(w))
	}
	if n.Default && n.As == PromiseMade {
		small = w.join([]string{w.promise.usual[n.Promise.Kind], small})
	}
	p.small(n.fill(w, small))
	if n.As == PromisePast && len(n.Repair) > 0 {
		var say []string
		for _, s := range n.Repair {
			say = append(say, line(s, maxPhrase))
		}
		p.section(w.promise.repair)
		p.lines(say)
	}
	p.release(buttonRoom)
	done := button(ActionPromiseDone, n.Promise.ID, w.promise.done)
	if done != nil {
		done.Style = slack.StylePrimary
	}
	p.buttons(done, button(ActionPromiseChange, n.Promise.ID, w.promise.change), button(ActionPromiseDrop, n.Promise.ID, w.promise.drop))
}

// reminding says which reminders are still to come.
func (n PromiseNote) reminding(w *words) string {
	switch left := n.Promise.DueAt.Sub(n.Now); {
	case left > time.Hour:
		return w.promise.remind
	case left > 10*time.Minute:
		return w.promise.remindOnce
	}
	return w.promise.unseen
}

func (n PromiseNote) about(w *words) string {
	return strings.ReplaceAll(w.promise.about, "{1}", linked(lineEscaped(n.Case, maxItem), n.Link))
}

// fill puts the promise into a sentence: {1} what, {2} when, {3} how long until or
// since then, {4} who has it, {5} who had it, {6} the zone.
func (n PromiseNote) fill(w *words, pattern string) string {
	due := n.due()
	wait := due.Sub(n.Now)
	if wait < 0 {
		wait = -wait
	}
	return strings.NewReplacer("{1}", theirs(lineEscaped(n.Promise.What, maxWhat)), "{2}", w.moment(due, n.Now), "{3}", w.left(wait),
		"{4}", mention(n.Promise.Owner), "{5}", mention(n.Promise.From), "{6}", offset(due)).Replace(pattern)
}

func (n PromiseNote) due() time.Time {
	if n.Zone == nil {
		return n.Promise.DueAt.UTC()
	}
	return n.Promise.DueAt.In(n.Zone)
}

// mention names a person in Slack's markup.
func mention(user string) string {
	if m := "<@" + user + ">"; isReference(m) {
		return m
	}
	return lineEscaped(user, 40)
}

// PromiseForm is the modal that records a promise or changes one.
type PromiseForm struct {
	Lang    string
	State   State // with Promise set it changes that one
	What    string
	Due     time.Time // proposed; zero: none
	Unclear string    // why the time could not be taken as it was said: a code of bot/when, or ""
	Said    string    // what was said
	Cases   []Choice  // of which one it may be
	Case    string
	Zone    *time.Location
	Now     time.Time
}

// Modal draws the form.
func (f PromiseForm) Modal() slack.ModalViewRequest {
	w := wordsIn(f.Lang)
	title := w.promise.newTitle
	if f.State.Promise != "" {
		title = w.promise.changeTitle
	}
	f.State.Lang = f.Lang
	m := newForm(ViewPromise, f.State, title, w.promise.submit, w.peers.ask.cancel)
	if why := w.promise.unclear[f.Unclear]; why != "" {
		m.section(strings.ReplaceAll(why, "{1}", theirs(lineEscaped(f.Said, maxItem))))
	}
	m.text(ask{id: InputPromise, label: w.promise.what, hint: w.promise.whatHint}, f.What, true, MaxPromise)
	zone := f.Now
	if f.Zone != nil {
		zone = f.Now.In(f.Zone)
	}
	m.moment(ask{id: InputDue, label: w.promise.due, hint: strings.ReplaceAll(w.promise.dueHint, "{1}", offset(zone))}, f.Due)
	if len(f.Cases) > 0 {
		m.pick(ask{id: InputCase, label: w.promise.forCase, optional: true}, f.Cases, f.Case)
	}
	return m.modal()
}

// CaseNone is the choice of no case.
const CaseNone = "none"

// NoCase is the choice of no case, in words.
func NoCase(lang string) Choice { return Choice{CaseNone, wordsIn(lang).promise.noCase} }

// PromiseFault says why a promise cannot be taken in as it was entered.
func PromiseFault(lang, code string) string {
	return settled(lang, wordsIn(lang).promise.unclear[code])
}
