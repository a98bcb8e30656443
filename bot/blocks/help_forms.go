package blocks

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"coachbot/store"
)

// Asked is what stands in the form that asks for help when it opens.
type Asked struct {
	Question, Tried string
	Urgency         store.Urgency
	Many, Valued    bool
	Hide            bool // without the asker's name
	HandOver        bool // may be handed over: not when details are added to a request that stands
}

// HelpModal asks what is happening, what was tried, how urgent it is, whether
// names may be shown and who should help.
func HelpModal(s State, a Asked) slack.ModalViewRequest {
	w := wordsIn(s.Lang)
	k := w.peers.ask
	f := newForm(ViewHelpOpen, s, k.title, k.submit, k.cancel)
	f.text(ask{id: InputQuestion, label: k.question, hint: k.questionHint}, a.Question, true, maxQuestion)
	f.text(ask{id: InputTried, label: k.tried, hint: k.triedHint, optional: true}, a.Tried, true, maxTried)
	urgency := a.Urgency
	if urgency == "" {
		urgency = store.UrgencyNormal
	}
	f.choice(ask{id: InputUrgency, label: k.urgency}, []Choice{{string(store.UrgencyHigh), k.high}, {string(store.UrgencyNormal), k.normal}, {string(store.UrgencyLow), k.low}}, string(urgency))
	var weight []string
	if a.Many {
		weight = append(weight, WeightMany)
	}
	if a.Valued {
		weight = append(weight, WeightValued)
	}
	f.boxes(ask{id: InputWeight, label: k.weight}, []Choice{{WeightMany, k.many}, {WeightValued, k.valued}}, weight...)
	names := NamesShow
	if a.Hide {
		names = NamesHide
	}
	f.choice(ask{id: InputNames, label: k.names}, []Choice{{NamesShow, k.show}, {NamesHide, k.hide}}, names)
	if a.HandOver {
		f.choice(ask{id: InputWhom, label: k.whom}, []Choice{{WhomPeers, k.peers}, {WhomLead, k.lead}}, WhomPeers)
	}
	return f.modal()
}

// PacketModal shows the packet of a hand-over, to be changed before it is sent.
func PacketModal(s State, tried string, k store.Packet) slack.ModalViewRequest {
	w := wordsIn(s.Lang)
	t := w.peers.pack
	s.Step = StepPacket
	f := newForm(ViewHelpOpen, s, t.title, t.submit, w.peers.ask.cancel)
	f.small(t.hint)
	f.text(ask{id: InputFacts, label: t.facts}, k.Facts, true, maxPacket)
	f.text(ask{id: InputTried, label: t.tried, optional: true}, tried, true, maxPacket)
	f.text(ask{id: InputPromises, label: t.promises, optional: true}, k.Promises, true, maxPacket)
	f.text(ask{id: InputMood, label: t.mood, optional: true}, k.Mood, false, maxPacket)
	f.text(ask{id: InputAuthority, label: t.authority, hint: t.authorityHint}, k.Authority, false, maxPacket)
	f.text(ask{id: InputSentence, label: t.sentence, hint: t.sentenceHint}, k.Sentence, true, maxPacket)
	return f.modal()
}

// Draft is a packet put together from what is known, in words.
type Draft struct {
	Facts, Severity, When string
	Emotions              []string
	Turns                 int
	Promises              []store.Promise
}

// Packet puts the draft into words.
func (d Draft) Packet(lang string) store.Packet {
	w := wordsIn(lang)
	t := w.peers.pack
	k := store.Packet{Facts: d.Facts, Authority: d.When, Sentence: t.draft, Promises: t.noPromises}
	var due []string
	for _, p := range d.Promises {
		due = append(due, strings.NewReplacer("{1}", theirs(p.What), "{2}", inZone(p.DueAt, p.Zone)).Replace(t.promiseLine))
	}
	if len(due) > 0 {
		k.Promises = strings.Join(due, "\n")
	}
	var emotions []string
	for _, e := range d.Emotions {
		if word := w.emotion[e]; word != "" && len(emotions) < 3 {
			emotions = append(emotions, word)
		}
	}
	var mood []string
	if severity := w.severity.of(d.Severity); severity != "" {
		mood = append(mood, fill(t.moodLine, severity, w.list(emotions))+strings.TrimSpace(w.stop))
	}
	if d.Turns > 0 {
		mood = append(mood, fill(t.moodTurns, d.Turns))
	}
	k.Mood = w.join(mood)
	for _, part := range []*string{&k.Promises, &k.Mood, &k.Sentence} {
		*part = settled(lang, *part)
	}
	return k
}

// Shorten cuts a text to so many characters.
func Shorten(s string, n int) string { return cut(s, n) }

// ShortenPacket cuts every part of a packet.
func ShortenPacket(k store.Packet, n int) store.Packet {
	return store.Packet{Facts: cut(k.Facts, n), Promises: cut(k.Promises, n), Mood: cut(k.Mood, n), Authority: cut(k.Authority, n), Sentence: cut(k.Sentence, n)}
}

// inZone is a time as plain text can show it: Slack's own date markup does not work in a form.
func inZone(t time.Time, zone string) string {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		loc = time.UTC
	}
	return t.In(loc).Format("2006-01-02 15:04 MST")
}

// ResolveModal asks what worked, whether the customer calmed and whether it may be kept.
func ResolveModal(s State, helper bool) slack.ModalViewRequest {
	w := wordsIn(s.Lang)
	k := w.peers.done
	f := newForm(ViewHelpResolve, s, k.title, k.submit, w.peers.ask.cancel)
	f.text(ask{id: InputWorked, label: k.worked, hint: k.workedHint, optional: true}, "", true, maxTried)
	f.choice(ask{id: InputCalmed, label: k.calmed}, []Choice{{"yes", k.yes}, {"no", k.no}, {"unknown", k.unknown}}, "unknown")
	keep := []Choice{{KeepCard, k.card}}
	if helper {
		keep = append(keep, Choice{KeepName, k.name})
	}
	f.boxes(ask{id: InputKeep, label: k.keep}, keep, KeepCard)
	return f.modal()
}

// SayModal asks what to pass on for an asker who stays unnamed.
func SayModal(s State) slack.ModalViewRequest {
	w := wordsIn(s.Lang)
	f := newForm(ViewHelpSay, s, w.peers.help.say, w.peers.help.saySend, w.peers.ask.cancel)
	f.text(ask{id: InputWords, label: w.peers.help.sayWords}, "", true, maxQuestion)
	return f.modal()
}

// HelpFaults says what must be mended in the form that asks for help, by input.
func HelpFaults(s State, text func(input string) string) map[string]string {
	k, t := wordsIn(s.Lang).peers.ask, wordsIn(s.Lang).peers.pack
	faults := map[string]string{}
	if s.Step != StepPacket && clean(text(InputQuestion)) == "" {
		faults[InputQuestion] = settled(s.Lang, k.empty)
	}
	for _, input := range []string{InputFacts, InputAuthority, InputSentence} {
		if s.Step == StepPacket && clean(text(input)) == "" {
			faults[input] = settled(s.Lang, t.missing)
		}
	}
	return faults
}

// MissingWorked is what must be mended when something is to be kept and nothing was said.
func MissingWorked(lang string) string {
	return settled(lang, wordsIn(lang).peers.done.missing)
}

// ForbiddenWords is what must be mended about words that no card may suggest.
func ForbiddenWords(lang, found, instead string) string {
	return settled(lang, fill(wordsIn(lang).peers.done.forbidden, theirs(found), instead))
}
