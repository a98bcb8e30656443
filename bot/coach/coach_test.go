package coach

import (
	"strings"
	"testing"
)

func TestAdvise(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	for _, c := range []struct{ text, playbook, lang string }{
		{"Customer: where is my parcel? It was due on Monday and the tracking hasn't moved, I'm furious", "late-delivery", "en"},
		{"客户说：快递显示派送中好几天了，物流一直没更新，到底什么时候到", "late-delivery", "zh"},
	} {
		got := e.Advise(Message{ID: "x", Text: c.text})
		if !got.Escalation || got.Playbooks[0].ID != c.playbook || got.Lang != c.lang || got.ID != "x" {
			t.Errorf("%q: got %+v", c.text, got)
		}
		if len(got.Phrases) < 4 || got.Phrases[0].Step != got.Phrases[1].Step || got.Phrases[0].Step != "empathise" {
			t.Errorf("%q: phrases %+v", c.text, got.Phrases)
		}
	}
	for _, quiet := range []string{"", "   ", ":tada:", "👍", "\xff\xfe", "> ", "lunch anyone?", "大家中午吃什么？周五团建别忘了"} {
		got := e.Advise(Message{Text: quiet})
		if got.Escalation || got.Severity != "none" || got.Phrases == nil || got.Playbooks == nil || got.Avoid == nil || got.Emotions == nil {
			t.Errorf("%q: got %+v", quiet, got)
		}
	}
}

func TestAdviseLong(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	got := e.Advise(Message{Text: strings.Repeat("客户的快递还没到，他很生气。", 3000)})
	if !got.Escalation || got.Playbooks[0].ID != "late-delivery" {
		t.Errorf("got %+v", got)
	}
}
