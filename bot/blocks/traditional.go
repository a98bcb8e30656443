package blocks

import (
	"reflect"
	"strings"

	"github.com/slack-go/slack"

	"coachbot/playbooks/traditional"
)

// What a view says is drawn in Simplified Chinese. Where the language asked for is
// zh-Hant (or zh-TW …), it is written in Traditional characters when it is finished:
// page.message, form.modal and Home.View settle it. People's own words stay as they
// were typed: theirs marks them until then, with two code points that no text holds.
const (
	ownOpen  = '\ufdd0'
	ownClose = '\ufdd1'
)

// theirs marks people's own words (a question, a name, a draft) within what a view says.
func theirs(s string) string {
	if s == "" {
		return ""
	}
	return string(ownOpen) + s + string(ownClose)
}

// settled is finished text: in Traditional characters for who reads them, but for
// people's own words, and without marks.
func settled(lang, s string) string {
	convert := func(s string) string { return s }
	if traditional.Reader(lang) {
		convert = traditional.String
	}
	if !strings.ContainsAny(s, string(ownOpen)+string(ownClose)) {
		return convert(s)
	}
	var b strings.Builder
	for s != "" {
		ours, rest, _ := strings.Cut(s, string(ownOpen))
		own, after, _ := strings.Cut(rest, string(ownClose))
		b.WriteString(convert(unmarked(ours)) + unmarked(own))
		s = after
	}
	return b.String()
}

func unmarked(s string) string {
	return strings.NewReplacer(string(ownOpen), "", string(ownClose), "").Replace(s)
}

// settle finishes every text that people read in what was drawn, in place. Ids,
// values and what stands in an input at first stay.
func settle(lang string, drawn ...any) {
	done := map[*slack.TextBlockObject]bool{} // an option chosen at first stands in two places
	for _, d := range drawn {
		settleIn(reflect.ValueOf(d), func(t *slack.TextBlockObject) {
			if !done[t] {
				t.Text, done[t] = settled(lang, t.Text), true
			}
		})
	}
}

func settleIn(v reflect.Value, finish func(*slack.TextBlockObject)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return
		}
		if text, ok := v.Interface().(*slack.TextBlockObject); ok {
			finish(text)
			return
		}
		settleIn(v.Elem(), finish)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				settleIn(v.Field(i), finish)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			settleIn(v.Index(i), finish)
		}
	}
}
