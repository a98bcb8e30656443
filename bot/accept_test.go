package bot_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coachbot/bot"
	"coachbot/bot/slacksim"
)

// proposed is a card of Tom's that Ada is asked about.
func (x *peers) proposed(words string, named bool) slacksim.Message {
	x.t.Helper()
	x.kept(x.tom, words, late(named))
	x.slash(x.tom, "playbook "+words, lounge)
	seen := x.whispersSoFar(x.tom, lounge)
	before := len(x.standing())
	x.click(x.tom, seen[len(seen)-1], "knowledge_propose")
	return x.said(before + 1)[before]
}

// lastTo is the newest message in a person's direct messages.
func (x *peers) lastTo(p *slacksim.Person) string {
	text := ""
	for _, m := range x.standing() {
		if m.Channel == p.DMChannel() {
			text = m.Text
		}
	}
	return text
}

func adaDecides(o *bot.Options) { o.Admins = []string{"U0ADA0001"} }

// An accepted phrase is written into the folder with its author and date, and is suggested a moment later.
func TestAnAcceptedPhraseIsWrittenAndSuggested(t *testing.T) {
	t.Parallel()
	s := shelf{t, t.TempDir()}
	x := newPeers(t, adaDecides, shelved(t, s.dir, smallLibrary()))
	asked := x.proposed("I named the day and called her that evening.", true)
	x.click(x.ada, asked, "knowledge_accept")
	view := x.ada.View()
	if view == nil || view.CallbackID != "knowledge_accept" {
		t.Fatalf("the admin sees %+v, want the form", view)
	}
	x.submit(x.ada, "knowledge_accept", map[string]any{"decision": "accept", "words": "I will name the day and call you that evening.", "step": "empathise"})
	contains(t, x.lastTo(x.ada), "accepted/en/late-delivery.md", "will be suggested")
	contains(t, x.lastTo(x.tom), "accepted for the playbook")
	data, err := os.ReadFile(filepath.Join(s.dir, "accepted", "en", "late-delivery.md"))
	if err != nil {
		t.Fatal(err)
	}
	want := "## empathise\n<!-- " + x.now().UTC().Format("2006-01-02") + ": words of tom, accepted by ada -->\n- I will name the day and call you that evening.\n"
	if got := string(data); got != want {
		t.Errorf("the file holds\n%s\nwant\n%s", got, want)
	}
	x.until("the phrase is in the playbook", func() bool {
		before := len(x.whispersSoFar(x.ada, lounge))
		x.slash(x.ada, "playbook late-delivery", lounge)
		return strings.Contains(x.whispers(x.ada, lounge, before+1)[before].Text, "I will name the day and call you")
	})
	x.click(x.ada, asked, "knowledge_accept") // once more: it is decided
	if x.ada.View() != nil {
		t.Error("a decided proposal opens the form again")
	}
}

// Words that must not be said are refused in the form; a refusal reaches the proposer with its reason.
func TestAProposalIsDeclinedWithAReason(t *testing.T) {
	t.Parallel()
	x := newPeers(t, adaDecides)
	asked := x.proposed("I named the day and called her that evening.", false)
	x.click(x.ada, asked, "knowledge_accept")
	res, err := x.ada.Submit(x.ctx, map[string]map[string]any{"decision": {"decision": "accept"}, "words": {"words": "I don't know when it comes."}, "step": {"step": "commit"}})
	if err != nil || len(res.Errors) != 1 || res.Errors["words"] == "" {
		t.Fatalf("forbidden words: %+v, %v", res, err)
	}
	x.submit(x.ada, "knowledge_accept", map[string]any{"decision": "decline", "words": "x", "step": "commit", "why": "We may not promise a day."})
	contains(t, x.lastTo(x.tom), "declined", "We may not promise a day.")
	if k := x.cards()[0]; k.DeclinedBy != x.ada.ID() || !k.AcceptedAt.IsZero() {
		t.Errorf("declined, the card is %+v", k)
	}
}

// Where the folder cannot be written the admin gets the change as a patch. A
// file stands where the folder of accepted phrases should be: nobody can write there.
func TestAnAcceptedPhraseComesAsAPatch(t *testing.T) {
	t.Parallel()
	s := shelf{t, t.TempDir()}
	s.write("accepted", "in the way\n")
	x := newPeers(t, adaDecides, shelved(t, s.dir, smallLibrary()))
	asked := x.proposed("I named the day and called her that evening.", false)
	x.click(x.ada, asked, "knowledge_accept")
	x.submit(x.ada, "knowledge_accept", map[string]any{"decision": "accept", "words": "I will name the day.", "step": "commit"})
	contains(t, x.lastTo(x.ada), "patch -p1", "+++ b/accepted/en/late-delivery.md", "+## commit", "words of a colleague, accepted by ada", "+- I will name the day.")
}
