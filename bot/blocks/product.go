package blocks

import (
	"strings"

	"github.com/slack-go/slack"

	"coachbot/bot/digest"
	"coachbot/store"
)

// maxProductNote is the most that is said to those who make the product.
const maxProductNote = 300

// ProductForm asks what those who make the product should hear of a case.
func ProductForm(s State, f store.Feedback) slack.ModalViewRequest {
	w := wordsIn(s.Lang)
	t := w.product
	form := newForm(ViewProduct, s, t.title, t.submit, w.check.cancel)
	form.text(ask{id: InputWords, label: t.note, hint: t.hint}, f.Note, true, maxProductNote)
	if f.Marked() {
		form.boxes(ask{id: InputKeep, label: t.marked}, []Choice{{ProductAway, t.away}})
	}
	return form.modal()
}

// product is the button that marks a case, where the case is not for one reader alone.
func (c Card) product(w *words) *slack.ButtonBlockElement {
	switch {
	case c.Where != Thread:
		return nil
	case c.Product:
		return button(ActionProduct, c.CaseID, w.product.change)
	}
	return button(ActionProduct, c.CaseID, w.product.mark)
}

// product lists what was marked for those who make the product.
func (d Digest) product(w *words, most int) string {
	return listed(w, w.product.listed, d.Digest.Product, most, func(p digest.Product) string {
		title := d.title(p.Scenario)
		if title == "" {
			return d.linked(p.ID, theirs(p.Note))
		}
		return strings.NewReplacer("{1}", d.linked(p.ID, theirs(p.Note)), "{2}", lineEscaped(title, maxItem)).Replace(w.product.item)
	})
}
