package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/bot/slacksim"
	"coachbot/store"
)

// cards are the knowledge cards of the environment's team that show, oldest first.
func (x *world) cards() (list []store.KnowledgeCard) {
	x.t.Helper()
	err := x.store.KnowledgeCardsShown(x.ctx, x.sim.TeamID(), store.EnvironmentTeam, func(k store.KnowledgeCard) error {
		list = append(list, k)
		return nil
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return list
}

// kept keeps a card through the shortcut on a message.
func (x *peers) kept(p *slacksim.Person, words string, fields map[string]any) store.KnowledgeCard {
	x.t.Helper()
	ts := p.Post(lounge, words)
	if err := p.Shortcut(x.ctx, "save_knowledge", lounge, ts); err != nil {
		x.t.Fatal(err)
	}
	x.submit(p, "knowledge_save", fields)
	list := x.cards()
	if len(list) == 0 {
		x.t.Fatal("nothing was kept")
	}
	return list[len(list)-1]
}

func late(name bool) map[string]any {
	fields := map[string]any{"situation": "Three weeks and nobody says where the parcel is", "scenario": "late-delivery", "result": "She laughed in the end"}
	if name {
		fields["keep"] = []string{"name"}
	}
	return fields
}

// What was kept last evening was kept yesterday, in the team's own zone.
func TestKnowledgeOfLastEveningIsYesterdays(t *testing.T) {
	t.Parallel()
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	x := newPeers(t, func(o *bot.Options) { o.Team.Zone = "Asia/Shanghai" })
	y, m, d := x.now().In(shanghai).Date()
	x.moveTo(time.Date(y, m, d+1, 22, 0, 0, 0, shanghai))
	x.kept(x.mei, "I drew her the parcel's route on a napkin and named a day.", late(false))
	x.advance(3 * time.Hour)
	x.tom.Post(watched, furious)
	contains(t, x.said(2)[1].Text, "Yesterday, a colleague calmed a case like this", "on a napkin")
}

// Whoever corrects a card leaves it where it belongs, though there is no such playbook in the reader's language.
func TestACorrectedCardKeepsItsScenario(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	card := x.kept(x.mei, "I drew her the parcel's route on a napkin and named a day.", late(false))
	if _, err := x.store.UpdateKnowledgeCard(x.ctx, card.ID, func(k *store.KnowledgeCard) error {
		k.Scenario = "house-rule"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	x.slash(x.mei, "playbook parcel napkin", lounge)
	x.click(x.mei, x.whispers(x.mei, lounge, 1)[0], "knowledge_save")
	x.submit(x.mei, "knowledge_save", map[string]any{"words": "I drew it on a napkin and named Friday."})
	if k := x.cards()[0]; k.Words != "I drew it on a napkin and named Friday." || k.Scenario != "house-rule" {
		t.Errorf("corrected, the card says %q and belongs to %q", k.Words, k.Scenario)
	}
}

func TestWhatAColleagueKeptShowsUnderALikeCaseAndInTheSearch(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	card := x.kept(x.mei, "I drew her the parcel's route on a napkin and named a day.", late(true))
	if card.State != store.CardLive || card.Author != x.mei.ID() || !card.Named || card.Source == "" {
		t.Errorf("the card is %+v", card)
	}
	x.tom.Post(watched, furious)
	list := x.said(2)
	contains(t, list[1].Text, "mei calmed a case like this", "on a napkin")
	x.lacks(list[1], x.mei.ID()) // named, not called

	x.slash(x.tom, "playbook parcel depot", lounge)
	found := x.whispers(x.tom, lounge, 1)[0]
	contains(t, found.Text, "what colleagues found", "on a napkin", "knowledge", "by mei")
	if ids := strings.Join(found.ActionIDs(), " "); strings.Contains(ids, "knowledge_") {
		t.Errorf("somebody else may change the card: %s", ids)
	}
	x.slash(x.mei, "playbook parcel depot", lounge)
	mine := x.whispers(x.mei, lounge, 1)[0]
	x.click(x.mei, mine, "knowledge_save")
	x.submit(x.mei, "knowledge_save", map[string]any{"words": "I drew it on a napkin and named Friday.", "keep": []string{}})
	if k := x.cards()[0]; k.Words != "I drew it on a napkin and named Friday." || k.Named {
		t.Errorf("corrected, the card is %+v", k)
	}
	x.click(x.mei, mine, "knowledge_withdraw")
	if n := len(x.cards()); n != 0 {
		t.Errorf("%d cards show after it was withdrawn", n)
	}
	x.slash(x.tom, "playbook parcel depot", lounge)
	x.lacks(x.whispers(x.tom, lounge, 2)[1], "napkin")
	x.tom.Post(watched, furious)
	list = x.said(4)
	x.lacks(list[3], "napkin")
}

func TestACalmedCaseCanBeKept(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.tom.Post(watched, furious)
	card := x.said(1)[0]
	x.click(x.tom, card, "suggestion_used")
	x.click(x.tom, card, "case_calmed")
	x.click(x.tom, card, "knowledge_save")
	x.submit(x.tom, "knowledge_save", nil)
	k := x.cards()[0]
	if k.Scenario != "late-delivery" || k.Situation == "" || k.Words == "" || k.Named {
		t.Errorf("the card is %+v", k)
	}
	contains(t, x.said(2)[1].Text, "kept")
}

func TestForbiddenPhrasesNeverEnterACard(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	ts := x.tom.Post(lounge, "I told her: I don't know, that's not my fault.")
	if err := x.tom.Shortcut(x.ctx, "save_knowledge", lounge, ts); err != nil {
		t.Fatal(err)
	}
	res := x.submit(x.tom, "knowledge_save", map[string]any{"situation": "Somebody asked"})
	contains(t, res.Errors["words"], "I don't know", "better")
	res = x.submit(x.tom, "knowledge_save", map[string]any{"words": "I'll find out and call you by five."})
	if len(res.Errors) > 0 || len(x.cards()) != 1 {
		t.Errorf("mended words are refused: %v", res.Errors)
	}
	x.slash(x.tom, "ask How do I answer when I have no idea?", lounge)
	request := x.in(helpDesk)[0]
	x.click(x.kai, request, "help_claim")
	x.click(x.kai, request, "help_resolve")
	res = x.submit(x.kai, "help_resolve", map[string]any{"worked": "Just say 我不知道", "calmed": "yes"})
	contains(t, res.Errors["worked"], "我不知道")
	x.submit(x.kai, "help_resolve", map[string]any{"worked": "Just say 我不知道", "keep": []string{}})
	if n := len(x.cards()); n != 1 {
		t.Errorf("%d cards, want none of forbidden words", n)
	}
}

func TestACardIsReviewedAfterNinetyDays(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.kept(x.tom, "I stayed on the line with her.", late(false))
	x.said(1)
	x.advance(89 * 24 * time.Hour)
	x.said(1)
	x.stop()
	x.ahead.Add(int64(25 * time.Hour))
	x.start()
	due := x.said(2)[1]
	if due.Channel != x.tom.DMChannel() {
		t.Errorf("asked in %s, want the author", due.Channel)
	}
	contains(t, due.Text, "still hold", "stayed on the line")
	if k := x.cards()[0]; k.State != store.CardReview {
		t.Errorf("the card is %s", k.State)
	}
	x.tom.Post(watched, furious)
	x.lacks(x.said(3)[2], "stayed on the line")
	x.click(x.tom, due, "knowledge_confirm")
	if k := x.cards()[0]; k.State != store.CardLive || k.ReviewAt.Before(x.now().Add(89*24*time.Hour)) {
		t.Errorf("confirmed, the card is %s until %v", k.State, k.ReviewAt)
	}
	x.tom.Post(watched, furious)
	contains(t, x.said(4)[3].Text, "stayed on the line")
}

func TestTheCardOfSomebodyWhoLeftGoesToTheLeads(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.kept(x.tom, "I stayed on the line with her.", late(false))
	x.said(1)
	x.sim.Faults().FailNext("users.info", 1, "user_not_found")
	x.advance(90*24*time.Hour + time.Minute)
	due := x.said(2)[1]
	if due.Channel != x.lin.DMChannel() {
		t.Errorf("asked in %s, want the lead", due.Channel)
	}
	contains(t, due.Text, "还管用吗", "stayed on the line")
	x.click(x.lin, due, "knowledge_withdraw")
	if n := len(x.cards()); n != 0 {
		t.Errorf("%d cards show after a lead withdrew it", n)
	}
	x.said(2)
}

func TestAProposalIsAcceptedByAnAdminOnly(t *testing.T) {
	t.Parallel()
	x := newPeers(t, func(o *bot.Options) { o.Admins = []string{"U0ADA0001"} })
	x.kept(x.tom, "I named the day and called her that evening.", late(false))
	x.slash(x.tom, "playbook called her that evening", lounge)
	mine := x.whispers(x.tom, lounge, 1)[0]
	x.click(x.tom, mine, "knowledge_propose")
	contains(t, x.whispers(x.tom, lounge, 2)[1].Text, "an admin decides")
	asked := x.said(2)[1]
	if asked.Channel != x.ada.DMChannel() || !slices.Contains(asked.ActionIDs(), "knowledge_accept") {
		t.Errorf("asked in %s with %v", asked.Channel, asked.ActionIDs())
	}
	x.slash(x.lin, "手册 called her that evening", lounge) // a lead may correct it, an admin alone accepts it
	if ids := x.whispers(x.lin, lounge, 1)[0].ActionIDs(); slices.Contains(ids, "knowledge_accept") || !slices.Contains(ids, "knowledge_save") {
		t.Errorf("a lead sees %v", ids)
	}
	x.slash(x.ada, "playbook called her that evening", lounge)
	if ids := x.whispers(x.ada, lounge, 1)[0].ActionIDs(); !slices.Contains(ids, "knowledge_accept") {
		t.Errorf("an admin who searches sees %v", ids)
	}
	x.click(x.ada, asked, "knowledge_accept")
	x.submit(x.ada, "knowledge_accept", map[string]any{"decision": "accept", "words": "I named the day and called her that evening.", "step": "commit"})
	if k := x.cards()[0]; k.AcceptedBy != x.ada.ID() || k.ProposedBy != x.tom.ID() {
		t.Errorf("accepted, the card is %+v", k)
	}
	x.said(4) // the admin sees where it went, the proposer what was decided
}

func TestACardChangedAfterItWasAcceptedIsProposedAnew(t *testing.T) {
	t.Parallel()
	x := newPeers(t, adaDecides)
	asked := x.proposed("I named the day and called her that evening.", false)
	x.click(x.ada, asked, "knowledge_accept")
	x.submit(x.ada, "knowledge_accept", map[string]any{"decision": "accept", "words": "I named the day and called her that evening.", "step": "commit"})
	x.slash(x.tom, "playbook called her that evening", lounge)
	list := x.whispersSoFar(x.tom, lounge)
	mine := list[len(list)-1]
	x.click(x.tom, mine, "knowledge_save")
	x.submit(x.tom, "knowledge_save", map[string]any{"words": "I named the hour and called her that evening."})
	if k := x.cards()[0]; !k.AcceptedAt.IsZero() || !k.ProposedAt.IsZero() {
		t.Errorf("other words than those accepted count as accepted: %+v", k)
	}
	x.advance(time.Second)
	x.slash(x.tom, "playbook called her that evening", lounge)
	list = x.whispersSoFar(x.tom, lounge)
	x.click(x.tom, list[len(list)-1], "knowledge_propose")
	again := x.last(x.ada.DMChannel())
	contains(t, again.Text, "named the hour")
	x.click(x.ada, again, "knowledge_accept")
	x.submit(x.ada, "knowledge_accept", map[string]any{"decision": "accept", "words": "I named the hour and called her that evening.", "step": "commit"})
	if k := x.cards()[0]; k.AcceptedBy != x.ada.ID() {
		t.Errorf("the new words are not accepted: %+v", k)
	}
}

func TestTwoWhoKeepWhatWorkedAreBothKept(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.slash(x.tom, "ask What do I say when the parcel is lost twice?", lounge)
	request := x.in(helpDesk)[0]
	x.click(x.kai, request, "help_claim")
	x.click(x.kai, request, "help_resolve")
	x.submit(x.kai, "help_resolve", map[string]any{"keep": []string{}})
	x.click(x.kai, request, "knowledge_save")
	x.click(x.tom, request, "knowledge_save")
	x.submit(x.kai, "knowledge_save", map[string]any{"words": "I trace it now and call you at four."})
	x.submit(x.tom, "knowledge_save", map[string]any{"words": "A courier brings a new one today."})
	if list := x.cards(); len(list) != 2 || list[0].Words == list[1].Words {
		t.Errorf("kept: %+v", list)
	}
}

// The card made of a question that somebody asked without a name leads to no message of theirs.
func TestACardDoesNotTellWhoAskedWithoutAName(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.tom.Post(watched, furious)
	x.click(x.tom, x.said(1)[0], "help_open")
	x.submit(x.tom, "help_open", map[string]any{"question": "She has waited three weeks. Who knows the depot?", "names": "hide"})
	request := x.in(helpDesk)[0]
	if x.requests()[0].Link == "" {
		t.Fatal("the request does not know its case's message")
	}
	x.click(x.kai, request, "help_claim")
	x.click(x.kai, request, "help_resolve")
	x.submit(x.kai, "help_resolve", map[string]any{"worked": "Ring the depot's night desk.", "calmed": "yes"})
	if k := x.cards(); len(k) != 1 || k[0].Source != "" {
		t.Errorf("kept as %+v", k)
	}
}

// What colleagues kept is found in direct messages as by the command, by those of the team.
func TestCardsAreFoundInDirectMessages(t *testing.T) {
	t.Parallel()
	x := newPeers(t)
	x.kept(x.mei, "I drew her the parcel's route on a napkin and named a day.", late(false))
	x.said(1)
	x.tom.DM("playbook parcel depot route")
	contains(t, x.said(2)[1].Text, "napkin")
}
