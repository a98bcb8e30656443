package blocks

import (
	"strings"

	"coachbot/store"
)

// ActionPlayEnd ends a role play; its value is the role play's id.
const ActionPlayEnd = "roleplay_end"

// maxCustomer is the most that a customer of a role play says at once.
const maxCustomer = 600

// PlayStart is the first message of a role play: what it is, and the customer's first words.
func PlayStart(lang, title, line string) Message {
	w, p := wordsIn(lang), newPage(lang)
	p.section(strings.ReplaceAll(w.play.start, "{1}", lineEscaped(title, maxHeader)))
	p.section(w.customerSays(line))
	p.small(w.play.how)
	return p.message()
}

// PlayLine is something that the customer says.
func PlayLine(lang, id, line string) Message {
	w, p := wordsIn(lang), newPage(lang)
	p.section(w.customerSays(line))
	p.buttons(button(ActionPlayEnd, id, w.play.stop))
	return p.message()
}

func (w *words) customerSays(line string) string {
	return strings.ReplaceAll(w.play.customer, "{1}", lineEscaped(line, maxCustomer))
}

// PlayStep is one step in the feedback.
type PlayStep struct {
	Step  string
	Done  bool
	Yours string // the agent's own words that took it, or ""
	Say   string // a line to say at this step
}

// PlaySlip is something better left unsaid.
type PlaySlip struct {
	Code    string // id of a forbidden phrase, or of a slip
	Instead string // better words for a forbidden phrase, or ""
}

// PlayFeedback is what an agent hears at the end of a role play, alone.
type PlayFeedback struct {
	Lang  string
	Play  store.RolePlay
	End   string // calm, left, long, byhand
	Steps []PlayStep
	Slips []PlaySlip
}

// Message draws the feedback: how it ended, who the customer was, each step, each slip.
func (f PlayFeedback) Message() Message {
	w, p := wordsIn(f.Lang), newPage(f.Lang)
	p.section("*" + w.play.end[f.End] + "*")
	p.small(w.join([]string{strings.ReplaceAll(w.play.was, "{1}", w.kind[f.Play.Kind]), w.character[f.Play.Personality] + strings.TrimSpace(w.stop)}))
	var done, open []string
	for _, s := range f.Steps {
		switch {
		case s.Done && s.Yours != "":
			done = append(done, strings.NewReplacer("{1}", w.step[s.Step], "{2}", theirs(lineEscaped(s.Yours, maxItem))).Replace(w.play.took))
		case s.Done:
			done = append(done, w.step[s.Step])
		default:
			open = append(open, strings.NewReplacer("{1}", w.step[s.Step], "{2}", lineEscaped(s.Say, maxItem)).Replace(w.play.missed))
		}
	}
	if len(done) > 0 {
		p.section(bullets(w.play.done, done))
	}
	if len(open) > 0 {
		p.section(bullets(w.play.open, open))
	} else {
		p.section(w.play.all)
	}
	var slips []string
	for _, s := range f.Slips {
		line := w.play.slip[s.Code]
		if line == "" && s.Instead != "" {
			line = w.avoid(s.Code, s.Instead)
		}
		if line != "" && len(slips) < maxItems {
			slips = append(slips, line)
		}
	}
	if len(slips) > 0 {
		p.section(bullets(w.play.slips, slips))
	}
	p.small(w.play.again)
	return p.message()
}
