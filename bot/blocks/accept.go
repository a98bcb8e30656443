package blocks

import (
	"strings"

	"github.com/slack-go/slack"

	"coachbot/playbooks"
	"coachbot/store"
)

// The inputs of AcceptModal beside InputWords.
const (
	InputStep     = "step"
	InputDecision = "decision" // DecisionAccept or DecisionDecline
	InputWhy      = "why"

	DecisionAccept  = "accept"
	DecisionDecline = "decline"
)

// AcceptModal asks an admin whether a phrase becomes part of a playbook, how it is worded, and at which step.
func AcceptModal(s State, title string, k store.KnowledgeCard, phrase string, step playbooks.Step) slack.ModalViewRequest {
	w := wordsIn(s.Lang)
	t := w.live.accept
	f := newForm(ViewAccept, s, t.title, t.submit, w.peers.keep.cancel)
	f.section(strings.ReplaceAll(t.intro, "{1}", "*"+bare(title, maxHeader)+"*"))
	f.small(theirs(lineEscaped(k.Situation, maxTried)))
	f.choice(ask{id: InputDecision, label: t.decision}, []Choice{{DecisionAccept, t.yes}, {DecisionDecline, t.no}}, DecisionAccept)
	f.text(ask{id: InputWords, label: t.words, hint: t.wordsHint}, phrase, true, maxTried)
	var steps []Choice
	for _, x := range playbooks.Steps()[1:] { // calm is the agent's own, never said aloud
		steps = append(steps, Choice{string(x), w.step[string(x)]})
	}
	f.pick(ask{id: InputStep, label: t.step}, steps, string(step))
	f.text(ask{id: InputWhy, label: t.why, hint: t.whyHint, optional: true}, "", false, maxItem)
	return f.modal()
}

// Accepted tells an admin where an accepted phrase went.
type Accepted struct {
	Lang, Title string
	File        string
	Patch       string // "": it stands in the file; else the change to be made there
}

// Message draws it.
func (a Accepted) Message() Message {
	w, p := wordsIn(a.Lang), newPage(a.Lang)
	t, title := w.live.accept, bare(a.Title, maxHeader)
	if a.Patch == "" {
		p.section(strings.NewReplacer("{1}", title, "{2}", code(a.File)).Replace(t.written))
		return p.message()
	}
	p.section(strings.NewReplacer("{1}", title, "{2}", code(a.File)).Replace(t.patch))
	fence := strings.Repeat("`", 3)
	for _, part := range split(escape(strings.ReplaceAll(a.Patch, fence, "")), maxSection-2*len(fence)-2) {
		p.section(theirs(fence + "\n" + part + "\n" + fence))
	}
	return p.message()
}
