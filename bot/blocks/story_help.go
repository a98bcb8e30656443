package blocks

import (
	"time"

	"github.com/slack-go/slack"

	"coachbot/playbooks"
	"coachbot/store"
)

// helpStories are the views of help requests and knowledge cards.
func helpStories(s sample) map[string]Message {
	at := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	r := store.HelpRequest{ID: "help-1", Kind: store.HelpPeers, Asker: "U024BE7LH", Question: s.question, Tried: s.draft, Lang: s.lang,
		Urgency: store.UrgencyHigh, Valued: true, State: store.HelpOpen, OpenedAt: at, Link: sampleLink}
	as := func(reader HelpFor, change func(*store.HelpRequest)) Message {
		v := HelpRequest{Lang: s.lang, Request: r, Scenario: s.card.Title, For: reader}
		change(&v.Request)
		return v.Message()
	}
	none := func(*store.HelpRequest) {}
	handed := func(r *store.HelpRequest) {
		r.Kind, r.Packet = store.HelpHandover, Draft{Facts: s.question, Severity: "high", Emotions: []string{"anger", "impatience"}, Turns: 2,
			When: s.query, Promises: []store.Promise{{What: s.promise, DueAt: at.Add(time.Hour), Zone: "Asia/Shanghai"}}}.Packet(s.lang)
	}
	first := HelpRequest{Lang: s.lang, Request: r, For: ForOne, Before: Note(s.lang, HelpFirst, nil).Text}
	first.Request.Waiting = "U012AB3CD"
	k := store.KnowledgeCard{ID: "card-1", Lang: s.lang, Scenario: "late-delivery", Situation: s.question, Words: s.repair[0], Result: "yes",
		Author: "U012AB3CD", State: store.CardLive, CreatedAt: at}
	card := KnowledgeCard{Lang: s.lang, Card: k, Scenario: s.card.Title, Mine: true}
	due, offered := card, card
	due.Card.State = store.CardReview
	offered.Mine, offered.Accept, offered.Author = false, true, "Mei"
	known, fitted := s.card, s.card
	fitted.Advice.Source = "llm"
	known.Known = &Known{Words: s.repair[0], Days: 9}
	stories := map[string]Message{
		"request":          as(ForTeam, none),
		"request-low":      as(ForTeam, func(r *store.HelpRequest) { r.Urgency, r.Many, r.Valued = store.UrgencyLow, true, false }),
		"request-unnamed":  as(ForTeam, func(r *store.HelpRequest) { r.Anonymous = true }),
		"request-turn":     as(ForTeam, func(r *store.HelpRequest) { r.Waiting = "U012AB3CD" }),
		"request-first":    first.Message(),
		"request-claimed":  as(ForTeam, func(r *store.HelpRequest) { r.State, r.Helper = store.HelpClaimed, "U012AB3CD" }),
		"request-resolved": as(ForTeam, func(r *store.HelpRequest) { r.State, r.Helper, r.Worked = store.HelpResolved, "U012AB3CD", s.repair[0] }),
		"request-thanked": as(ForTeam, func(r *store.HelpRequest) {
			r.State, r.Helper, r.ThankedAt, r.Card = store.HelpResolved, "U012AB3CD", at, "card-1"
		}),
		"request-withdrawn": as(ForTeam, func(r *store.HelpRequest) { r.State = store.HelpWithdrawn }),
		"request-passed":    Passed(s.lang, s.question),
		"request-handover":  as(ForLead, handed),
		"knowledge-search":  WithKnowledge(s.lang, PlaybookHits(s.lang, s.query, s.hits), []KnowledgeCard{card, offered}),
		"knowledge-due":     CardMessage(due, Note(s.lang, CardReview, nil, 90).Text),
		"knowledge-offered": CardMessage(offered, Note(s.lang, CardProposedTo, nil, s.card.Title).Text),
		"card-known":        known.Message(),
		"card-fitted":       fitted.Message(),
	}
	for n := range peerNotes {
		stories["note-"+peerNoteNames()[n]] = Note(s.lang, n, s.noteButtons(n), s.noteArguments(n)...)
	}
	return stories
}

func (s sample) noteButtons(n PeerNote) []*slack.ButtonBlockElement {
	switch n {
	case HelpPosted:
		return PostedButtons(s.lang, "help-1")
	case HelpComingUnnamed:
		return SayButtons(s.lang, "help-1")
	case HelpSilent:
		return SilentButtons(s.lang, "help-1")
	case HelpSolved:
		return ThankButtons(s.lang, "help-1")
	}
	return nil
}

// noteArguments are those that a note takes.
func (s sample) noteArguments(n PeerNote) []any {
	const helper, asker = "<@U012AB3CD>", "<@U024BE7LH>"
	switch n {
	case HelpPosted, HelpSame:
		return []any{sampleLink}
	case HelpTaken, HelpMeetUnnamed, HelpReleased:
		return []any{helper}
	case HelpUnposted, HelpUnpostedLost:
		return []any{"<#C024BE91L>"}
	case HelpMeet:
		return []any{helper, asker}
	case HelpComing, HelpComingUnnamed, HelpSolved:
		return []any{helper, sampleLink}
	case HelpStillOpen, HelpForLeads:
		return []any{15 * time.Minute}
	case HelpSilent:
		return []any{30 * time.Minute, sampleLink}
	case HelpThanks:
		return []any{asker, Quoted(s.question)}
	case HelpThanksUnnamed:
		return []any{Quoted(s.question)}
	case HelpHandedOver:
		return []any{People{"U012AB3CD", "U024BE7LH"}}
	case CardReview, ThanksCount:
		return []any{90}
	case CardDeclinedWhy:
		return []any{s.card.Title, Quoted(s.promise)}
	case CardProposed, CardProposedTo, CardAccepted, CardDeclined:
		return []any{s.card.Title}
	}
	return nil
}

func peerNoteNames() [peerNotes]string {
	return [peerNotes]string{
		HelpPosted: "posted", HelpSame: "same", HelpTaken: "taken", HelpOwn: "own", HelpOver: "over", HelpNotYours: "not-yours",
		HelpNotAsker: "not-asker", HelpGone: "gone", HelpEmpty: "empty", HelpNowhere: "nowhere", HelpUnposted: "unposted",
		HelpUnpostedLost: "unposted-lost", HelpMeet: "meet", HelpMeetUnnamed: "meet-unnamed", HelpComing: "coming", HelpComingUnnamed: "coming-unnamed", HelpReleased: "released",
		HelpStillOpen: "still-open", HelpForLeads: "for-leads", HelpFirst: "first", HelpSilent: "silent", HelpStillOn: "still-on",
		HelpPassed: "passed", HelpNoThread: "no-thread", HelpCalledOff: "called-off", HelpSolved: "solved", HelpThanks: "thanks", HelpThanksUnnamed: "thanks-unnamed",
		HelpThanked: "thanked", HelpHandedOver: "handed-over", CardSaved: "card-saved", CardTakenBack: "card-taken-back",
		CardConfirmed: "card-confirmed", CardNotYours: "card-not-yours", CardGuest: "card-guest", CardGone: "card-gone", CardReview: "card-review",
		CardProposed: "card-proposed", CardProposedTo: "card-proposed-to", CardNoScenario: "card-no-scenario", CardAccepted: "card-accepted",
		CardDeclined: "card-declined", CardDeclinedWhy: "card-declined-why",
		HelpLeft: "help-left", CardAdminsOnly: "card-admins-only", ThanksCount: "thanks-count",
	}
}

// helpForms are the modals of help requests and knowledge.
func helpForms(s sample) map[string]slack.ModalViewRequest {
	state := State{Lang: s.lang, Case: s.card.CaseID, Channel: "C024BE91L"}
	packet := Draft{Facts: s.question, Severity: "high", Emotions: []string{"anger"}, Turns: 2}.Packet(s.lang)
	scenarios := []Choice{{"late-delivery", s.card.Title}, s.card.Others[0]}
	card := store.KnowledgeCard{ID: "card-1", Situation: s.question, Words: s.repair[0], Result: "yes", Scenario: "late-delivery", Named: true}
	return map[string]slack.ModalViewRequest{
		"form-ask":       HelpModal(state, Asked{Question: s.question, HandOver: true}),
		"form-details":   HelpModal(State{Lang: s.lang, Request: "help-1"}, Asked{Question: s.question, Tried: s.draft, Urgency: store.UrgencyHigh, Many: true, Hide: true}),
		"form-packet":    PacketModal(state, s.draft, packet),
		"form-say":       SayModal(State{Lang: s.lang, Request: "help-1"}),
		"form-resolve":   ResolveModal(State{Lang: s.lang, Request: "help-1"}, true),
		"form-accept":    AcceptModal(State{Lang: s.lang, Card: "card-1"}, s.card.Title, card, card.Words, playbooks.Commit),
		"form-knowledge": KnowledgeModal(State{Lang: s.lang, Card: "card-1"}, card, scenarios),
	}
}

// homeStory is a Home tab with a question of each standing.
func homeStory(s sample) slack.HomeTabViewRequest {
	r := store.HelpRequest{ID: "help-1", Question: s.question, State: store.HelpOpen}
	claimed := r
	claimed.State, claimed.Helper = store.HelpClaimed, "U012AB3CD"
	return Home{Lang: s.lang, Thanks: 3, On: []Linked{{claimed, sampleLink}}, Asked: []Linked{{r, ""}, {claimed, sampleLink}}}.View()
}
