package blocks

import (
	"github.com/slack-go/slack"

	"coachbot/playbooks/guard"
)

// The most findings shown at once, and the most that is said in place of each.
const (
	maxFindings = 8
	maxInstead  = 3
	maxHints    = 3
)

// CheckResult tells what to change in a draft reply, and what to say instead; below,
// quietly, what would make it better. The draft is not repeated: its writer has it. Without a draft it asks for one.
func CheckResult(lang, draft string, findings []guard.Finding, hints []guard.Hint) Message {
	if clean(draft) == "" {
		return Say(lang, NothingToCheck)
	}
	w, p := wordsIn(lang), newPage(lang)
	p.findings(w, findings)
	p.hints(w, hints)
	return p.message()
}

// CheckModal is the form in which a draft is checked and changed. Unless it was
// checked, it shows the draft alone.
func CheckModal(s State, draft string, findings []guard.Finding, hints []guard.Hint, checked bool) slack.ModalViewRequest {
	w, p := wordsIn(s.Lang), newPage(s.Lang)
	p.reserve(maxInput + maxLabel)
	if checked {
		p.findings(w, findings)
		p.hints(w, hints)
	}
	return p.checkModal(w, s, draft)
}

// CheckModalRewritten is CheckModal with the draft in better words between what was found and the input.
func CheckModalRewritten(s State, draft string, findings []guard.Finding, hints []guard.Hint, text string) slack.ModalViewRequest {
	w, p := wordsIn(s.Lang), newPage(s.Lang)
	p.reserve(maxInput + maxLabel)
	p.rewritten(w, findings, hints, text)
	return p.checkModal(w, s, draft)
}

// checkModal puts the input below a page that tells what was found.
func (p *page) checkModal(w *words, s State, draft string) slack.ModalViewRequest {
	draft = clean(draft)
	shown := cut(draft, maxInput)
	if shown != draft {
		p.small(w.check.tooLong)
	}
	input := slack.NewPlainTextInputBlockElement(nil, InputDraft)
	input.Multiline, input.InitialValue, input.MaxLength = true, shown, maxInput
	block := slack.NewInputBlock(BlockDraft, plainText(w.check.label), plainText(w.check.hint), input)
	view := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: ViewCheckDraft, PrivateMetadata: s.metadata(),
		Title: plainText(w.check.title), Submit: plainText(w.check.submit), Close: plainText(w.check.cancel),
		Blocks: slack.Blocks{BlockSet: append(p.blocks, block)},
	}
	settle(s.Lang, &view)
	return view
}

func (p *page) findings(w *words, findings []guard.Finding) {
	if len(findings) == 0 {
		p.section(w.check.clean)
		return
	}
	p.section("*" + w.check.found + "*")
	p.reserve(size(w.check.more))
	shown := 0
	for _, f := range findings {
		if shown == maxFindings || !p.finding(w, f) {
			break
		}
		shown++
	}
	p.release(size(w.check.more))
	if shown < len(findings) {
		p.small(w.check.more)
	}
}

// finding shows one of them: the words of the draft, what is wrong with them, better ones to copy.
func (p *page) finding(w *words, f guard.Finding) bool {
	head := "*" + w.open + theirs(bare(f.Text, maxItem)) + w.close + "*"
	if careful := w.careful[f.Phrase]; careful != "" {
		head += "\n" + careful
	}
	var instead []string
	n := 0
	for _, s := range f.SayInstead {
		if len(instead) == maxInstead {
			break
		}
		if s = line(s, maxPhrase); s != "" {
			instead, n = append(instead, s), n+size(s)+1
		}
	}
	if !p.room(size(head) + size(w.check.instead) + n) {
		return false
	}
	p.section(head)
	p.labelled(w.check.instead, instead)
	return true
}

// hints are a few lines in small print: the words of the draft, why, and better ones.
func (p *page) hints(w *words, hints []guard.Hint) {
	var list []string
	for _, h := range hints {
		if why := w.check.why[h.Hint]; why != "" && len(list) < maxHints {
			text := w.open + theirs(bare(h.Text, maxItem)) + w.close + w.colon + why
			if len(h.SayInstead) > 0 {
				text += " " + w.open + bare(h.SayInstead[0], maxItem) + w.close
			}
			list = append(list, text)
		}
	}
	if len(list) > 0 {
		p.small(bullets(w.check.hints, list))
	}
}
