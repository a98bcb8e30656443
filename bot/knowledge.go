package bot

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/bot/knowledge"
	"coachbot/playbooks"
	"coachbot/store"
)

// cardPrefix begins the id of every knowledge card.
const cardPrefix = "card-"

// reviewAfter is how long a card is believed before somebody must say that it still holds.
const reviewAfter = 90 * 24 * time.Hour

// keep records a card, live at once, and plans its review. mine is false when a
// colleague's card stands under the same id: that one stays as it is.
func (a *App) keep(ctx context.Context, k store.KnowledgeCard) (mine bool, err error) {
	now := a.now()
	k.Workspace, k.State, k.CreatedAt, k.UpdatedAt, k.UpdatedBy, k.ReviewAt = a.self.Workspace, store.CardLive, now, now, k.Author, now.Add(reviewAfter)
	// A request keeps a customer's surname, for its helper; knowledge is for everybody.
	k.Situation, k.Words, k.Result = letIn(k.Situation), letIn(k.Words), letIn(k.Result)
	k.Lang = a.wordsLang(k.Words)
	kept, err := a.store.UpdateKnowledgeCard(ctx, k.ID, func(old *store.KnowledgeCard) error {
		if old.State == "" {
			*old = k
		}
		return nil
	})
	if err != nil || kept.Author != k.Author || kept.Words != k.Words {
		return false, err
	}
	return true, a.planReview(ctx, kept)
}

// cardReview is the job that asks whether a card still holds.
type cardReview struct {
	Card string    `json:"card"`
	At   time.Time `json:"at"` // the card's ReviewAt when it was planned
}

func (a *App) planReview(ctx context.Context, k store.KnowledgeCard) error {
	return a.later(ctx, kindCardReview, "card/"+k.ID, kindCardReview+":"+k.ID+":"+slackTime(k.ReviewAt), k.ReviewAt, cardReview{Card: k.ID, At: k.ReviewAt})
}

// cardDue sends a card to review: its author, else the leads, are asked.
func (a *App) cardDue(ctx context.Context, job store.Job, d cardReview) error {
	k, err := a.store.KnowledgeCard(ctx, d.Card)
	if err != nil || k.State == store.CardWithdrawn || !k.ReviewAt.Equal(d.At) {
		return ignoreAbsent(err)
	}
	k, err = a.store.UpdateKnowledgeCard(ctx, k.ID, func(k *store.KnowledgeCard) error {
		if k.State == "" || k.State == store.CardWithdrawn || !k.ReviewAt.Equal(d.At) { // taken back, or confirmed, a moment ago
			return store.ErrNotFound
		}
		k.State = store.CardReview
		return nil
	})
	if err != nil {
		return ignoreAbsent(err)
	}
	readers := []string{k.Author}
	who, err := a.person(ctx, k.Author)
	if err != nil && !refusedWith(err, "user_not_found", "users_not_found", "user_not_visible") {
		return err
	}
	if err != nil || who.gone {
		t, err := a.team(ctx, k.Team)
		if err != nil {
			return err
		}
		readers = a.leadsOfTeam(t)
	}
	days := int(a.now().Sub(k.UpdatedAt).Hours() / 24)
	for _, user := range readers {
		lang := a.readerLang(ctx, user, "")
		m := blocks.CardMessage(a.cardView(ctx, k, lang, true), blocks.Note(lang, blocks.CardReview, nil, days).Text)
		if err := a.whisper(ctx, user, job.ID+":"+user, k.ID, m); err != nil {
			return err
		}
	}
	return nil
}

// cardView is a card as somebody sees it; mine shows the buttons to change it.
func (a *App) cardView(ctx context.Context, k store.KnowledgeCard, lang string, mine bool) blocks.KnowledgeCard {
	v := blocks.KnowledgeCard{Lang: lang, Card: k, Mine: mine}
	if k.Scenario != "" {
		v.Scenario = a.engine.Title(k.Scenario, lang)
	}
	if k.Named {
		if who, err := a.person(ctx, k.Author); err == nil {
			v.Author = who.name
		}
	}
	return v
}

// shownCards are the cards a team may read.
func (a *App) shownCards(ctx context.Context, team string) (cards []store.KnowledgeCard, err error) {
	err = a.store.KnowledgeCardsShown(ctx, a.self.Workspace, team, func(k store.KnowledgeCard) error {
		cards = append(cards, k)
		return nil
	})
	return cards, err
}

// searchCards finds a team's cards for words, as one sees them who may change their own.
func (a *App) searchCards(ctx context.Context, channel, user, words, lang string) ([]blocks.KnowledgeCard, error) {
	t, err := a.teamFor(ctx, channel, user)
	if err != nil {
		return nil, err
	}
	in, err := a.inTeam(ctx, t, user)
	if err != nil || !in {
		return nil, err
	}
	cards, err := a.shownCards(ctx, t.ID)
	if err != nil || len(cards) == 0 {
		return nil, err
	}
	var views []blocks.KnowledgeCard
	for _, k := range knowledge.Search(cards, words, 3) {
		if len(a.guard.Check(k.Words)) > 0 {
			continue // a phrase was forbidden after the card was made
		}
		mine, err := a.mayChangeCard(ctx, k, user)
		if err != nil {
			return nil, err
		}
		v := a.cardView(ctx, k, lang, mine)
		if !k.ProposedAt.IsZero() && k.AcceptedAt.IsZero() && k.DeclinedAt.IsZero() {
			if v.Accept, err = a.isAdmin(ctx, user); err != nil {
				return nil, err
			}
		}
		views = append(views, v)
	}
	return views, nil
}

// daysSince is how many midnights lie between two times in a zone.
func daysSince(then, now time.Time, zone *time.Location) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(now).Sub(day(then)) / (24 * time.Hour))
}

// fitting is the card to show under a suggestion, if one fits.
func (a *App) fitting(ctx context.Context, c store.Case) *blocks.Known {
	if c.Playbook == "" || c.Private && c.Team == "" {
		return nil
	}
	var cards []store.KnowledgeCard
	err := a.store.KnowledgeCardsLike(ctx, c.Workspace, c.Team, c.Playbook, func(k store.KnowledgeCard) error {
		cards = append(cards, k)
		return nil
	})
	if err != nil {
		a.log.Error("the knowledge cannot be read", "cause", err)
		return nil
	}
	k, ok := knowledge.Fitting(cards, c.Text, c.Lang, a.now())
	if !ok || len(a.guard.Check(k.Words)) > 0 {
		return nil
	}
	known := &blocks.Known{Words: k.Words, Days: daysSince(k.CreatedAt, a.now(), a.zoneOfTeam(ctx, c.Team))}
	if k.Named {
		if who, err := a.person(ctx, k.Author); err == nil {
			known.Author = who.name
		}
	}
	return known
}

func (a *App) mayChangeCard(ctx context.Context, k store.KnowledgeCard, user string) (bool, error) {
	if k.Author == user {
		return true, nil
	}
	t, err := a.team(ctx, k.Team)
	if err != nil {
		return false, err
	}
	return a.isLead(ctx, t, user)
}

// knowledgePressed does what a button about knowledge asks for.
func (a *App) knowledgePressed(ctx context.Context, action string, p press) error {
	lang := a.readerLang(ctx, p.User, "")
	reply := func(m blocks.Message) error { return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, false) }
	say := func(n blocks.PeerNote, args ...any) error { return reply(blocks.Note(lang, n, nil, args...)) }
	who, err := a.whoIs(ctx, p.User)
	if err != nil {
		return err
	}
	if who.guest {
		return say(blocks.CardGuest)
	}
	if !strings.HasPrefix(p.Value, cardPrefix) {
		return a.saveFrom(ctx, p, lang, reply)
	}
	k, err := a.store.KnowledgeCard(ctx, p.Value)
	if errors.Is(err, store.ErrNotFound) || err == nil && k.State == store.CardWithdrawn {
		return say(blocks.CardGone)
	}
	if err != nil {
		return err
	}
	if action == blocks.ActionAccept {
		return a.decideCard(ctx, k, p, lang, say)
	}
	may, err := a.mayChangeCard(ctx, k, p.User)
	if err != nil {
		return err
	}
	if !may {
		return say(blocks.CardNotYours)
	}
	switch action {
	case blocks.ActionSave:
		return a.openModal(ctx, p.Trigger, blocks.KnowledgeModal(blocks.State{Lang: lang, Card: k.ID}, k, a.scenarios(lang, k.Scenario)), reply)
	case blocks.ActionTakeBack:
		return a.changeCard(ctx, k.ID, func(k *store.KnowledgeCard) { k.State = store.CardWithdrawn }, p.User, func() error { return say(blocks.CardTakenBack) })
	case blocks.ActionConfirm:
		return a.changeCard(ctx, k.ID, func(k *store.KnowledgeCard) { k.State, k.ReviewAt = store.CardLive, a.now().Add(reviewAfter) }, p.User,
			func() error { return say(blocks.CardConfirmed) })
	case blocks.ActionPropose:
		return a.proposeCard(ctx, k, p.User, say)
	}
	a.log.Warn("a button of no known kind", "action", p.Action)
	return nil
}

// changeCard changes a card, plans its review and says so.
func (a *App) changeCard(ctx context.Context, id string, change func(*store.KnowledgeCard), by string, done func() error) error {
	now := a.now()
	k, err := a.store.UpdateKnowledgeCard(ctx, id, func(k *store.KnowledgeCard) error {
		if k.State == "" || k.State == store.CardWithdrawn { // taken back a moment ago: whoever asks again hears that
			return store.ErrNotFound
		}
		change(k)
		k.UpdatedAt, k.UpdatedBy = now, by
		return nil
	})
	if err != nil {
		return err
	}
	if k.State == store.CardLive {
		if err := a.planReview(ctx, k); err != nil {
			return err
		}
	}
	return done()
}

// proposeCard asks the admins to take a card into its playbook.
func (a *App) proposeCard(ctx context.Context, k store.KnowledgeCard, user string, say sayNote) error {
	if k.Scenario == "" {
		return say(blocks.CardNoScenario)
	}
	now := a.now()
	k, err := a.store.UpdateKnowledgeCard(ctx, k.ID, func(k *store.KnowledgeCard) error {
		if k.ProposedAt.IsZero() {
			k.ProposedAt, k.ProposedBy = now, user
		}
		return nil
	})
	if err != nil {
		return err
	}
	admins, err := a.admins(ctx)
	if err != nil {
		return err
	}
	for _, admin := range admins {
		lang := a.readerLang(ctx, admin, "")
		v := a.cardView(ctx, k, lang, false)
		v.Accept = true
		m := blocks.CardMessage(v, blocks.Note(lang, blocks.CardProposedTo, nil, v.Scenario).Text)
		if err := a.whisper(ctx, admin, "propose:"+k.ID+":"+slackTime(k.ProposedAt)+":"+admin, k.ID, m); err != nil {
			return err
		}
	}
	return say(blocks.CardProposed, a.engine.Title(k.Scenario, a.readerLang(ctx, user, "")))
}

// saveFrom opens the form with what a case or a request that ended well holds.
func (a *App) saveFrom(ctx context.Context, p press, lang string, reply func(blocks.Message) error) error {
	state, k := blocks.State{Lang: lang, Channel: p.Channel}, store.KnowledgeCard{}
	if strings.HasPrefix(p.Value, helpPrefix) {
		r, err := a.store.HelpRequest(ctx, p.Value)
		if ignoreAbsent(err) != nil {
			return err
		}
		may := false
		if err == nil {
			if may, err = a.mayPressHelp(ctx, r, p); err != nil {
				return err
			}
		}
		if !may {
			return reply(blocks.Note(lang, blocks.HelpGone, nil))
		}
		state.Request = r.ID
		k = store.KnowledgeCard{Situation: r.Question, Words: r.Worked, Scenario: r.Scenario}
		if r.Draft.Words != "" {
			k.Situation, k.Words = r.Draft.Situation, r.Draft.Words
		}
	} else {
		c, err := a.store.Case(ctx, p.Value)
		if ignoreAbsent(err) != nil {
			return err
		}
		if err != nil || c.State == store.CaseDeleted || !a.mayPress(ctx, c, p) {
			return reply(blocks.Say(lang, blocks.Gone))
		}
		state.Case, state.Channel = c.ID, c.Channel
		k = store.KnowledgeCard{Words: strings.Join(c.Used, "\n"), Scenario: c.Playbook}
		if !c.Private {
			k.Situation = plainWords(c.Text)
		}
	}
	return a.openModal(ctx, p.Trigger, blocks.KnowledgeModal(state, k, a.scenarios(lang, k.Scenario)), reply)
}

// saveShortcut opens the form with a message as the words to keep; a case's own message
// is the situation, and the words are those that were said in it.
func (a *App) saveShortcut(ctx context.Context, s shortcut, lang string, reply func(blocks.Message) error) error {
	who, err := a.whoIs(ctx, s.User)
	if err != nil {
		return err
	}
	if who.guest {
		return reply(blocks.Note(lang, blocks.CardGuest, nil))
	}
	k := store.KnowledgeCard{Words: plainWords(s.Text)}
	c, inCase, err := a.caseAround(ctx, s)
	if err != nil {
		return err
	}
	if inCase {
		k.Situation, k.Scenario = plainWords(c.Text), c.Playbook
		if c.TS == s.Message {
			k.Words = strings.Join(c.Used, "\n")
		}
	} else if advice := a.engine.Advise(coach.Message{ID: s.Message, Text: s.Text, Lang: a.o.Locale}); advice.Escalation && len(advice.Playbooks) > 0 {
		k.Scenario = advice.Playbooks[0].ID
	}
	return a.openModal(ctx, s.Trigger, blocks.KnowledgeModal(blocks.State{Lang: lang, Channel: s.Channel, Message: s.Message}, k, a.scenarios(lang, k.Scenario)), reply)
}

// caseAround is the case on whose message, or in whose thread, a shortcut was used.
func (a *App) caseAround(ctx context.Context, s shortcut) (c store.Case, ok bool, err error) {
	c, err = a.store.CaseOfThread(ctx, s.Workspace, s.Channel, cmp.Or(s.Thread, s.Message))
	return c, err == nil && !c.Private && c.State != store.CaseDeleted, ignoreAbsent(err)
}

// scenarios are the playbooks that a card can belong to: those in a language, and the
// one that it belongs to, in whatever language.
func (a *App) scenarios(lang, own string) []blocks.Choice {
	var list []blocks.Choice
	if _, there := a.library.ByID(own, a.bookLang(lang)); own != "" && !there {
		list = append(list, blocks.Choice{ID: own, Title: a.engine.Title(own, lang)})
	}
	for _, p := range a.library.Scenarios(a.bookLang(lang)) {
		if p.Kind == playbooks.Scenario {
			list = append(list, blocks.Choice{ID: p.ID, Title: p.Title})
		}
	}
	return list
}

// knowledgeFormDone makes or corrects a card as the form says.
func (a *App) knowledgeFormDone(ctx context.Context, job store.Job, f form) error {
	lang := a.readerLang(ctx, f.User, "")
	k := store.KnowledgeCard{Situation: f.text(blocks.InputSituation), Words: f.text(blocks.InputWords), Result: f.text(blocks.InputResult),
		Scenario: f.text(blocks.InputScenario), Author: f.User, Named: f.ticked(blocks.InputKeep, blocks.KeepName), Request: f.State.Request}
	if f.ticked(blocks.InputKeep, blocks.KeepProduct) {
		k.Feedback = store.Feedback{By: f.User, At: a.now()}
	}
	say := func(n blocks.PeerNote, args ...any) error {
		return a.whisper(ctx, f.User, "form:"+job.ID, cmp.Or(f.State.Card, job.ID), blocks.Note(lang, n, nil, args...))
	}
	who, err := a.whoIs(ctx, f.User)
	if err != nil {
		return err
	}
	if who.guest {
		return say(blocks.CardGuest)
	}
	if f.State.Card != "" {
		return a.correctCard(ctx, f, k, say)
	}
	t, err := a.teamFor(ctx, f.State.Channel, f.User)
	if err != nil {
		return err
	}
	own := idFrom(cardPrefix, job.ID)
	k.ID, k.Team = own, t.ID
	if f.State.Request != "" {
		if err := a.cardOfRequest(ctx, f, &k); err != nil {
			return err
		}
	}
	if f.State.Message != "" && !strings.HasPrefix(f.State.Channel, "D") {
		k.Source = a.permalink(ctx, f.State.Channel, f.State.Message)
	}
	mine, err := a.keep(ctx, k)
	if err == nil && !mine { // a colleague was faster by a moment; both are kept
		k.ID = own
		_, err = a.keep(ctx, k)
	}
	if err != nil {
		return err
	}
	return a.keptAndProposed(ctx, f, k.ID, say)
}

// keptAndProposed says that a card is kept; where its form asks for it, the card is
// proposed for its playbook in the same step.
func (a *App) keptAndProposed(ctx context.Context, f form, id string, say sayNote) error {
	if !f.ticked(blocks.InputPropose, blocks.KeepPropose) {
		return say(blocks.CardSaved)
	}
	k, err := a.store.KnowledgeCard(ctx, id)
	if err != nil {
		return err
	}
	return a.proposeCard(ctx, k, f.User, say)
}

// cardOfRequest makes a card that of a help request, unless the request has one or
// is none of the person's team.
func (a *App) cardOfRequest(ctx context.Context, f form, k *store.KnowledgeCard) error {
	r, err := a.store.HelpRequest(ctx, f.State.Request)
	if err != nil {
		return ignoreAbsent(err)
	}
	t, err := a.team(ctx, r.Team)
	if err != nil {
		return err
	}
	if in, err := a.inTeam(ctx, t, f.User); err != nil || !in {
		return err
	}
	k.Team, k.Source = r.Team, sourceOf(r)
	id := idFrom(cardPrefix, r.ID)
	kept, err := a.store.KnowledgeCard(ctx, id)
	if ignoreAbsent(err) != nil {
		return err
	}
	if err == nil && (kept.Author != k.Author || kept.Words != k.Words) {
		return nil // a colleague was faster; both are kept
	}
	k.ID = id
	if _, err = a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error { h.Card = id; return nil }); err != nil {
		return err
	}
	return a.refreshHelp(ctx, r.ID)
}

// correctCard changes the words of a card that stands.
func (a *App) correctCard(ctx context.Context, f form, to store.KnowledgeCard, say sayNote) error {
	k, err := a.store.KnowledgeCard(ctx, f.State.Card)
	if errors.Is(err, store.ErrNotFound) || err == nil && k.State == store.CardWithdrawn {
		return say(blocks.CardGone)
	}
	if err != nil {
		return err
	}
	may, err := a.mayChangeCard(ctx, k, f.User)
	if err != nil {
		return err
	}
	if !may {
		return say(blocks.CardNotYours)
	}
	lang := a.wordsLang(to.Words)
	return a.changeCard(ctx, k.ID, func(k *store.KnowledgeCard) {
		if k.Words != to.Words || k.Scenario != to.Scenario { // what was proposed and decided is not what stands now
			k.ProposedAt, k.AcceptedAt, k.DeclinedAt = time.Time{}, time.Time{}, time.Time{}
			k.ProposedBy, k.AcceptedBy, k.DeclinedBy, k.DeclinedWhy = "", "", "", ""
		}
		k.Situation, k.Words, k.Result, k.Scenario = to.Situation, to.Words, to.Result, to.Scenario
		k.State, k.ReviewAt = store.CardLive, a.now().Add(reviewAfter)
		if k.Feedback.Marked() != to.Feedback.Marked() { // the mark keeps its day when only words are changed
			k.Feedback = to.Feedback
		}
		if k.Author == f.User {
			k.Named = to.Named
		}
		k.Lang = lang
	}, f.User, func() error { return a.keptAndProposed(ctx, f, k.ID, say) })
}
