package blocks

import (
	"time"

	"github.com/slack-go/slack"
)

// PeerNote names a line that colleagues hear about requests and knowledge.
type PeerNote int

// The notes. What stands in brackets is what Note takes after the note.
const (
	HelpPosted        PeerNote = iota // (link) the request is up
	HelpSame                          // (link) it was asked a moment ago
	HelpTaken                         // (who) somebody else is on it
	HelpOwn                           // the asker cannot take it
	HelpOver                          // it is settled
	HelpNotYours                      // only helper, asker or lead may do that
	HelpNotAsker                      // only the asker may do that
	HelpGone                          // the request is no more
	HelpEmpty                         // asked without a question
	HelpNowhere                       // there is no channel to post in
	HelpUnposted                      // (channel) it could not be posted; the leads were told
	HelpUnpostedLost                  // (channel) likewise, and there are no leads
	HelpMeet                          // (helper, asker) brought together in the thread
	HelpMeetUnnamed                   // (helper) likewise, the asker stays unnamed
	HelpComing                        // (helper, link) told to the asker in private
	HelpComingUnnamed                 // (helper, link) likewise, to one who stays unnamed
	HelpReleased                      // (helper) given back
	HelpLeft                          // to a lead: the helper has left
	HelpStillOpen                     // (how long) announced again
	HelpForLeads                      // (how long) likewise, to a lead
	HelpFirst                         // asked first: solved the like
	HelpSilent                        // (minutes, link) asked whether still on it
	HelpStillOn                       // thanks for saying so
	HelpPassed                        // that is all right
	HelpNoThread                      // the channel of the request cannot be written in any more
	HelpCalledOff                     // told to the helper in the thread
	HelpSolved                        // (helper, link) told to the asker
	HelpThanks                        // (who, question) told to the helper
	HelpThanksUnnamed                 // (question) likewise
	HelpThanked                       // told to who thanked
	HelpHandedOver                    // (leads) a case was handed over
	HelpChanged                       // the details are added
	CardSaved                         // the card is live
	CardTakenBack                     // the card is withdrawn
	CardConfirmed                     // it holds for another while
	CardNotYours                      // only author and leads may do that
	CardGuest                         // a guest of the workspace keeps nothing and changes nothing
	CardGone                          // the card is no more
	CardReview                        // (days) does it still hold
	CardProposed                      // (title) an admin is asked
	CardProposedTo                    // (title) asks an admin to take it into a playbook
	CardNoScenario                    // a card without scenario goes into no playbook
	CardAccepted                      // accepted
	CardDeclined                      // (title) declined
	CardDeclinedWhy                   // (title, why) likewise
	CardAdminsOnly                    // only admins accept
	ThanksCount                       // (how many) counted for the person alone
	peerNotes                         // how many there are
)

// Note is a line between colleagues, with buttons under it. Arguments are put in
// as Say does it.
func Note(lang string, n PeerNote, buttons []*slack.ButtonBlockElement, args ...any) Message {
	w, p := wordsIn(lang), newPage(lang)
	if n < 0 || n >= peerNotes {
		return Say(lang, Failed)
	}
	for i, a := range args {
		switch a := a.(type) {
		case People:
			args[i] = a.markup(w)
		case time.Duration:
			args[i] = w.left(a)
		}
	}
	p.section(fill(w.peers.note[n], args...))
	p.buttons(buttons...)
	return p.message()
}

// People are persons named one after the other.
type People []string

// markup is finished text in Slack's markup, which fill leaves as it is.
type markup string

func (all People) markup(w *words) markup {
	var names []string
	for _, user := range all[:min(len(all), maxItems)] {
		if m := mention(user); m != "" {
			names = append(names, m)
		}
	}
	return markup(w.list(names))
}
