package slacksim_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

func TestBlockLimits(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	long := func(n int) string { return strings.Repeat("字", n) }
	p := func(s string) string {
		b, _ := json.Marshal(s)
		return `{"type":"plain_text","text":` + string(b) + `}`
	}
	repeat := func(s string, n int) string { return strings.TrimSuffix(strings.Repeat(s+",", n), ",") }
	btn := func(extra string) string {
		return `{"type":"actions","elements":[{"type":"button","text":` + p("Go") + extra + `}]}`
	}
	cases := []struct{ name, ok, bad, pointer string }{
		{"section text", `{"type":"section","text":` + p(long(3000)) + `}`, `{"type":"section","text":` + p(long(3001)) + `}`, "/blocks/0/text/text"},
		{"section field", `{"type":"section","fields":[` + p(long(2000)) + `]}`, `{"type":"section","fields":[` + p(long(2001)) + `]}`, "/blocks/0/fields/0/text"},
		{"section fields", `{"type":"section","fields":[` + repeat(p("a"), 10) + `]}`, `{"type":"section","fields":[` + repeat(p("a"), 11) + `]}`, "/blocks/0/fields"},
		{"empty text", `{"type":"section","text":` + p("a") + `}`, `{"type":"section","text":` + p("") + `}`, "/blocks/0/text/text"},
		{"header", `{"type":"header","text":` + p(long(150)) + `}`, `{"type":"header","text":` + p(long(151)) + `}`, "/blocks/0/text/text"},
		{"header kind", `{"type":"header","text":` + p("a") + `}`, `{"type":"header","text":{"type":"mrkdwn","text":"a"}}`, "/blocks/0/text/type"},
		{"context", `{"type":"context","elements":[` + repeat(p("a"), 10) + `]}`, `{"type":"context","elements":[` + repeat(p("a"), 11) + `]}`, "/blocks/0/elements"},
		{"actions", `{"type":"actions","elements":[` + repeat(`{"type":"button","text":`+p("a")+`}`, 25) + `]}`, `{"type":"actions","elements":[` + repeat(`{"type":"button","text":`+p("a")+`}`, 26) + `]}`, "/blocks/0/elements"},
		{"button text", `{"type":"actions","elements":[{"type":"button","text":` + p(long(75)) + `}]}`, `{"type":"actions","elements":[{"type":"button","text":` + p(long(76)) + `}]}`, "/blocks/0/elements/0/text/text"},
		{"button value", btn(`,"value":"` + long(2000) + `"`), btn(`,"value":"` + long(2001) + `"`), "/blocks/0/elements/0/value"},
		{"button style", btn(`,"style":"danger"`), btn(`,"style":"default"`), "/blocks/0/elements/0/style"},
		{"action_id", btn(`,"action_id":"` + long(255) + `"`), btn(`,"action_id":"` + long(256) + `"`), "/blocks/0/action_id"},
		{"block_id", `{"type":"divider","block_id":"` + long(255) + `"}`, `{"type":"divider","block_id":"` + long(256) + `"}`, "/blocks/0/block_id"},
		{"same block_id", `{"type":"divider","block_id":"a"},{"type":"divider","block_id":"b"}`, `{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}`, "/blocks/1/block_id"},
		{"same action_id", `{"type":"actions","elements":[` + repeat(`{"type":"button","text":`+p("a")+`}`, 2) + `]}`,
			`{"type":"actions","elements":[` + repeat(`{"type":"button","action_id":"x","text":`+p("a")+`}`, 2) + `]}`, "/blocks/0"},
		{"overflow options", `{"type":"section","text":` + p("a") + `,"accessory":{"type":"overflow","options":[{"text":` + p("a") + `,"value":"1"}]}}`,
			`{"type":"section","text":` + p("a") + `,"accessory":{"type":"overflow","options":[` + repeat(`{"text":`+p("a")+`,"value":"1"}`, 6) + `]}}`, "/blocks/0/accessory/options"},
		{"image alt text", `{"type":"image","image_url":"https://e.x/i.png","alt_text":"a cat"}`, `{"type":"image","image_url":"https://e.x/i.png"}`, "/blocks/0"},
		{"kind of block", `{"type":"divider"}`, `{"type":"alert","text":` + p("a") + `}`, "/blocks/0/type"},
		{"card", `{"type":"divider"}`, `{"type":"card"}`, "/blocks/0/type"},
		{"chart labels", `{"type":"data_visualization","title":"t","chart":{"type":"pie","segments":[{"label":"` + long(20) + `","value":1}]}}`,
			`{"type":"data_visualization","title":"t","chart":{"type":"pie","segments":[{"label":"` + long(21) + `","value":1}]}}`, "/blocks/0/chart/segments/0/label"},
		{"container", `{"type":"container","child_blocks":[{"type":"divider"}]}`, `{"type":"container","child_blocks":[]}`, "/blocks/0/child_blocks"},
		{"feedback", `{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"f","positive_button":{"text":` + p("Good") + `,"value":"g"},"negative_button":{"text":` + p("Bad") + `,"value":"b"}}]}`,
			`{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"f","positive_button":{"text":` + p("Good") + `,"value":"g"}}]}`, "/blocks/0/elements/0/negative_button/text"},
		{"multi-select in actions", `{"type":"divider"}`, `{"type":"actions","elements":[{"type":"multi_users_select"}]}`, "/blocks/0/elements/0/type"},
	}
	send := func(blocks string) error {
		var raw []json.RawMessage
		if err := json.Unmarshal([]byte("["+blocks+"]"), &raw); err != nil {
			t.Fatalf("%s: %v", blocks, err)
		}
		var list []slack.Block
		for _, r := range raw {
			b, err := slack.BlockFromJSON(string(r))
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, b)
		}
		_, _, err := x.client().PostMessage(x.desk, text("x"), slack.MsgOptionBlocks(list...))
		return err
	}
	for _, c := range cases {
		wantCode(t, c.name+", allowed", send(c.ok), "")
		err := send(c.bad)
		wantCode(t, c.name+", refused", err, "invalid_blocks")
		var se slack.SlackErrorResponse
		if errors.As(err, &se) && (len(se.ResponseMetadata.Messages) == 0 || !strings.HasSuffix(se.ResponseMetadata.Messages[0], "[json-pointer:"+c.pointer+"]")) {
			t.Errorf("%s: got %q, want a fault at %s", c.name, se.ResponseMetadata.Messages, c.pointer)
		}
	}
	block := `{"type":"section","text":` + p(long(2500)) + `}`
	wantCode(t, "10,000 characters in all", send(repeat(block, 4)), "")
	wantCode(t, "more in all", send(repeat(block, 4)+`,{"type":"section","text":`+p("a")+`}`), "msg_blocks_too_long")
	wantCode(t, "markdown", send(`{"type":"markdown","text":"`+long(12_000)+`"}`), "")
	wantCode(t, "too much markdown", send(`{"type":"markdown","text":"`+long(12_001)+`"}`), "msg_blocks_too_long")
}
