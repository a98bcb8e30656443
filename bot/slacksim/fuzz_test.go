package slacksim

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzBlocks: whatever an app sends as blocks or view is refused or taken, and
// what was taken can be shown, named and asked for its state.
func FuzzBlocks(f *testing.F) {
	for _, s := range []string{
		`[{"type":"section","text":{"type":"mrkdwn","text":"hi"},"accessory":{"type":"overflow","options":[{"text":{"type":"plain_text","text":"a"},"value":"1"}]}}]`,
		`[{"type":"container","child_blocks":[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"a"}}]}]}]`,
		`[{"type":"input","label":{"type":"plain_text","text":"a"},"element":{"type":"multi_static_select","options":[null]}}]`,
		`[null,1,"x",{"type":"actions","elements":[null]},{"type":"table","rows":[[1]]}]`,
		`{"type":"modal","title":{"type":"plain_text","text":"t"},"blocks":[{"type":"context","elements":[{"type":"image","alt_text":"a","image_url":"u"}]}]}`,
		`[{"type":"data_visualization","title":"t","chart":{"type":"bar","series":[{"name":"n","data":[{"label":"l","value":1}]}]}}]`,
		"", "null", "[]",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		w := New(Options{})
		for _, where := range []surface{inMessage, inModal, inHome} {
			blocks, err := w.parseBlocks(raw, where)
			if err != nil {
				continue
			}
			for _, i := range interactives(blocks) {
				if str(i.block["block_id"]) == "" || str(i.element["action_id"]) == "" {
					t.Errorf("an element without IDs in %s", mustJSON(blocks))
				}
			}
			v := view{spec: obj{"blocks": blocks}}
			mustJSON(v.state())
			v.incomplete()
		}
		for _, where := range []surface{inModal, inHome} {
			if spec, err := w.parseView(raw, where); err == nil {
				if v, err := w.newView("U", spec); err == nil {
					mustJSON(w.wireView(v))
				}
			}
		}
	})
}

// FuzzCompose: whatever is typed becomes valid text in which nothing but
// Slack's own references stands in angle brackets.
func FuzzCompose(f *testing.F) {
	for _, s := range []string{"a < b & c > d", "<@U0COACH01> hi", "see https://e.x/?a=1&b=2.", "@coach @coachx", "\xff<!here>", "<http://a b>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		text, blocks := New(Options{}).compose(typed)
		if !utf8.ValidString(text) {
			t.Errorf("%q became invalid UTF-8", typed)
		}
		if rest := composed.ReplaceAllString(text, ""); strings.ContainsAny(rest, "<>") {
			t.Errorf("%q became %q: brackets that are no reference", typed, text)
		}
		if (text == "") != (len(blocks) == 0) {
			t.Errorf("%q: got text %q with %d blocks", typed, text, len(blocks))
		}
	})
}
