package knowledge_test

import (
	"testing"
	"time"

	"coachbot/bot/knowledge"
	"coachbot/store"
)

func TestSame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"May I refund after 60 days?", "may I refund after 60 days", true},
		{"客户过了六十天要退款，能退吗？", "客户过了六十天要退款 能退吗", true},
		{"客戶過了六十天要退款", "客户过了六十天要退款", true},
		{"Customer wants a refund after 60 days, what may I offer?", "Customer wants a refund after 60 days, what may I offer him?", true},
		{"May I refund after 60 days?", "May I refund after 90 days?", false},
		{"客户要退款", "客户要换货", false},
		{"The customer of order …1234 wants her money back and has no receipt, what may I offer?", "The customer of order …5678 wants her money back and has no receipt, what may I offer?", false},
		{"订单尾号1234的客人没有小票也要退款，我可以给她什么方案？", "订单尾号5678的客人没有小票也要退款，我可以给她什么方案？", false},
		{"printer on fire", "printer is out of paper", false},
		{"!!", "??", true},
	} {
		if got := knowledge.Same(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: got %v, want %v (alike %.2f)", c.a, c.b, got, c.want, knowledge.Alike(c.a, c.b))
		}
	}
}

func cards() []store.KnowledgeCard {
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	card := func(id, lang, scenario, situation, words string, day int) store.KnowledgeCard {
		return store.KnowledgeCard{ID: id, Lang: lang, Scenario: scenario, Situation: situation, Words: words, State: store.CardLive,
			UpdatedAt: at.AddDate(0, 0, day), ReviewAt: at.AddDate(0, 0, day+90)}
	}
	return []store.KnowledgeCard{
		card("parcel", "en", "late-delivery", "Wedding parcel three weeks late, the bride is crying", "I offered to drive it over myself", 0),
		card("parcel-new", "en", "late-delivery", "Wedding parcel three weeks late, the bride is crying", "I sent a courier", 1),
		card("refund", "en", "refund-refused", "Refund refused after 60 days", "Store credit and a call back", 2),
		card("快递", "zh", "late-delivery", "婚礼用的快递晚了三周，新娘急哭了", "我亲自送过去", 0),
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{"courier wedding": "parcel-new", "store credit": "refund", "新娘的快递": "快递", "the of a": "", "": "", "zebra": ""} {
		got := ""
		if hits := knowledge.Search(cards(), query, 2); len(hits) > 0 {
			got = hits[0].ID
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
	if n := len(knowledge.Search(cards(), "parcel refund", 2)); n != 2 {
		t.Errorf("got %d hits, want at most 2", n)
	}
}

func TestFitting(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 5, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct{ situation, lang, want string }{
		{"The parcel for her wedding is late and she is crying on the phone", "en", "parcel-new"},
		{"The parcel for her wedding is late and she is crying on the phone", "zh", ""},
		{"新娘的快递还没到，她急哭了", "zh", "快递"},
		{"My cat ate the manual", "en", ""},
	} {
		k, ok := knowledge.Fitting(cards(), c.situation, c.lang, now)
		if k.ID != c.want || ok != (c.want != "") {
			t.Errorf("%q in %s: got %q %v, want %q", c.situation, c.lang, k.ID, ok, c.want)
		}
	}
	if k, ok := knowledge.Fitting(cards(), "Wedding parcel late, bride crying", "en", now.AddDate(1, 0, 0)); ok {
		t.Errorf("a year later %q still shows unasked", k.ID)
	}
	for _, state := range []store.CardState{store.CardReview, store.CardWithdrawn} {
		one := cards()[:1]
		one[0].State = state
		if _, ok := knowledge.Fitting(one, one[0].Situation, "en", now); ok {
			t.Errorf("a card in state %s shows unasked", state)
		}
	}
}
