package bot_test

import (
	"testing"

	"coachbot/bot"
	"coachbot/store"
)

// A team that answers in a further language finds what its colleagues kept in it under a
// case like it, and what is accepted goes to the playbook in that language.
func TestKnowledgeInAFurtherLanguage(t *testing.T) {
	t.Parallel()
	const front = "root: expectation\nseverity: low\n---\n"
	for lang, said := range map[string]struct{ book, situation, words, again, asked string }{
		"de": {"title: Lieferung zu spät\nsummary: Die Ware kam nicht.\nsignals: [Paket]\n" + front +
			"## empathise\n- So lange auf ein Paket zu warten, ärgert jeden.\n## offer\n- Ich frage jetzt im Lager nach.\n" +
			"## examples\n- Wo bleibt mein Paket?\n- Mein Paket ist seit drei Wochen unterwegs, wo ist es?\n- Das Paket kommt und kommt nicht.\n",
			"Paket seit drei Wochen unterwegs, niemand weiß wo", "Ich habe ihr den Weg des Pakets aufgezeichnet.",
			"Mein Paket ist seit drei Wochen unterwegs, wo ist es?", "aufgezeichnet"},
		"ja": {"title: 配送の遅れ\nsummary: 荷物が届かない。\nsignals: [荷物]\n" + front +
			"## empathise\n- ご不便をおかけして申し訳ございません。\n## offer\n- 今すぐ倉庫に確認いたします。\n" +
			"## examples\n- にもつ が まだ とどきません\n- はいそう が おくれて います\n- いつ とどきますか にもつ\n- まだ とどきません はいそう\n",
			"にもつ が とどきません", "荷物の道順を紙に描いてお見せしました。", "にもつ が まだ とどきません！ひどい", "道順"},
	} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			s := shelf{t, t.TempDir()}
			s.write(lang+"/late-delivery.md", "---\nid: late-delivery\nlang: "+lang+"\n"+said.book)
			x := newPeers(t, adaDecides, shelved(t, s.dir, smallLibrary()), func(o *bot.Options) { o.Locale = lang })
			fields := late(false)
			fields["situation"] = said.situation
			k := x.kept(x.mei, said.words, fields)
			if k.Lang != lang {
				t.Errorf("kept in %q", k.Lang)
			}
			x.tom.Post(watched, "@coach > "+said.again)
			contains(t, x.last(watched).Text, said.words)
			x.slash(x.mei, "playbook "+said.asked, lounge)
			mine := x.whispers(x.mei, lounge, 1)[0]
			x.click(x.mei, mine, "knowledge_save")
			x.submit(x.mei, "knowledge_save", map[string]any{"words": said.words, "propose": []string{"propose"}})
			if k := x.cards()[0]; k.Lang != lang || k.State != store.CardLive {
				t.Errorf("corrected, the card is %+v", k)
			}
			x.click(x.ada, x.last(x.ada.DMChannel()), "knowledge_accept")
			x.submit(x.ada, "knowledge_accept", map[string]any{"decision": "accept", "words": said.words, "step": "offer"})
			contains(t, x.lastTo(x.ada), "accepted/"+lang+"/late-delivery.md")
		})
	}
}
