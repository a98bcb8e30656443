package blocks

import "coachbot/playbooks/guard"

// aiWords mark what an AI service has written.
type aiWords struct {
	headline string
	anew     string // over a draft written anew
	read     string
	draft    string // {1} the question: a knowledge card was drafted from the thread
}

func englishAI() aiWords {
	return aiWords{
		headline: "Headline written by AI from the figures below.",
		anew:     "*Or send it like this:*",
		read:     "Written anew by AI. Read it and fill in what is left blank before you send it.",
		draft:    "From the thread about “{1}” AI has drafted a knowledge card. Look at it, change what you like, and keep it if it helps others.",
	}
}

func chineseAI() aiWords {
	return aiWords{
		headline: "开头这句由 AI 根据下面的数字写成。",
		anew:     "*或者这样发：*",
		read:     "由 AI 改写。发之前先看一遍，把空着的地方填上。",
		draft:    "AI 根据“{1}”的讨论拟了一张经验卡。看一看，改成你想要的样子，觉得对别人有用就保存。",
	}
}

// HeadlineByAI marks a digest's headline.
func HeadlineByAI(lang string) string { return settled(lang, wordsIn(lang).ai.headline) }

// CheckRewritten is CheckResult with the draft in better words below.
func CheckRewritten(lang string, findings []guard.Finding, hints []guard.Hint, text string) Message {
	w, p := wordsIn(lang), newPage(lang)
	p.rewritten(w, findings, hints, text)
	return p.message()
}

// rewritten is what was found in a draft, and the draft in better words.
func (p *page) rewritten(w *words, findings []guard.Finding, hints []guard.Hint, text string) {
	p.reserve(maxCustomer + buttonRoom/2)
	p.findings(w, findings)
	p.hints(w, hints)
	p.release(maxCustomer + buttonRoom/2)
	if text = cut(clean(text), maxCustomer); text == "" {
		return
	}
	p.section(w.ai.anew)
	p.lines([]string{text})
	p.small(w.ai.read)
}

// CardDrafted tells that a knowledge card was drafted from a resolved request; id is
// what the button leads to.
func CardDrafted(lang, id, question string) Message {
	w, p := wordsIn(lang), newPage(lang)
	p.section(fill(w.ai.draft, theirs(line(question, maxItem))))
	p.buttons(button(ActionSave, id, w.peers.help.save))
	return p.message()
}
