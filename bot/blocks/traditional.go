package blocks

import (
	"reflect"

	"github.com/slack-go/slack"

	"coachbot/playbooks/traditional"
)

// Traditional is the message in Traditional Chinese characters. Ids, values and
// whatever is not Chinese stay.
func (m Message) Traditional() Message {
	for _, b := range m.Blocks {
		toTraditional(reflect.ValueOf(b))
	}
	m.Text = traditional.String(m.Text)
	return m
}

// toTraditional converts every text that people read below v. What was drawn
// belongs to one message alone, so it is changed in place.
func toTraditional(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return
		}
		if text, ok := v.Interface().(*slack.TextBlockObject); ok {
			text.Text = traditional.String(text.Text)
			return
		}
		toTraditional(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				toTraditional(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			toTraditional(v.Index(i))
		}
	}
}
