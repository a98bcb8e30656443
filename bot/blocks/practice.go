package blocks

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/practice"
)

// maxAnswerText is the most of one answer that a drill shows.
const maxAnswerText = 400

// drillQuestion asks which of two answers is better.
func drillQuestion(w *words, p *page, d practice.Drill, title string) {
	lines := []string{"*" + title + "*"}
	if d.Customer == "" {
		lines = append(lines, lineEscaped(d.Title, maxHeader))
	} else {
		customer := lineEscaped(d.Customer, maxAnswerText)
		if d.Kind == practice.OwnCase {
			customer = theirs(customer)
		}
		lines = append(lines, strings.ReplaceAll(w.digest.customer, "{1}", customer))
	}
	lines = append(lines, strings.NewReplacer("{1}", lineEscaped(d.Answers[0], maxAnswerText), "{2}", lineEscaped(d.Answers[1], maxAnswerText)).Replace(drillLetters(w)))
	p.section(strings.Join(lines, "\n"))
}

// drillLetters are the two answers under their letters.
func drillLetters(w *words) string { return w.digest.better }

// drillButtons answer it. Their value is the drill's id, which of the answers, and
// what tells one showing from another.
func drillButtons(w *words, d practice.Drill, showing string) []*slack.ButtonBlockElement {
	value := func(answer string) string {
		return strings.Join([]string{d.Lang, d.ID, answer, showing}, ValueSeparator)
	}
	return []*slack.ButtonBlockElement{
		button(ActionPracticeAnswer, value("0"), w.digest.answerA),
		button(ActionPracticeAnswer+":2", value("1"), w.digest.answerB),
	}
}

// Practice is a drill for one person. Showing is new each time.
func Practice(d practice.Drill, showing string) Message {
	w, p := wordsIn(d.Lang), newPage(d.Lang)
	drillQuestion(w, p, d, w.practice.title)
	p.small(w.practice.private)
	p.buttons(drillButtons(w, d, showing)...)
	return p.message()
}

// PracticeAnswered tells whether an answer was the better one, why, and when the
// drill returns.
func PracticeAnswered(d practice.Drill, right bool, rest time.Duration) Message {
	w, p := wordsIn(d.Lang), newPage(d.Lang)
	verdict := w.practice.right
	if !right {
		verdict = w.practice.wrong
	}
	p.section("*" + verdict + "*")
	p.lines([]string{line(d.Answers[d.Better], maxAnswerText)})
	why := []string{}
	if careful := w.careful[d.Phrase]; careful != "" {
		why = append(why, careful)
	}
	p.section(w.join(append(why, w.practice.why[string(d.Kind)])))
	back := w.practice.again
	if right {
		back = fill(w.practice.known, w.lasting(rest))
	}
	p.small(w.join([]string{back, w.practice.private}))
	p.buttons(button(ActionPracticeNext, d.Lang, w.practice.next))
	return p.message()
}

// NoPractice says that there is nothing to practise with.
func NoPractice(lang string) Message {
	w, p := wordsIn(lang), newPage(lang)
	p.section(w.practice.none)
	return p.message()
}
