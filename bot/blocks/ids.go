// Package blocks draws what people see in Slack: cards, notes, modals. Its
// functions are pure: values in, a message of text and blocks out. All of
// Slack's limits are kept here, so that nothing drawn here is ever refused.
package blocks

// Actions: the ids of the buttons. A further button of a kind in the same
// message carries ":2", ":3"; everything before the colon names the kind. The
// value of a button is the id of the case; that of ActionPick is the id of the
// case, ValueSeparator and the id of a playbook.
const (
	ActionUsed       = "suggestion_used"
	ActionAnother    = "suggestion_another"
	ActionMore       = "suggestion_more"
	ActionFeedback   = "suggestion_feedback" // helps; ActionFeedback + ":2" does not
	ActionDismiss    = "suggestion_dismiss"
	ActionPick       = "suggestion_pick"
	ActionCalmed     = "case_calmed"
	ActionUnresolved = "case_unresolved"
	ActionProduct    = "case_product" // those who make the product should hear of it
)

// Actions between colleagues. The value of a button is the id of the help
// request, the knowledge card, or, of ActionHelpOpen and ActionSave under a
// suggestion, of the case.
const (
	ActionHelpOpen     = "help_open"
	ActionHelpClaim    = "help_claim"
	ActionHelpRelease  = "help_release"
	ActionHelpResolve  = "help_resolve"
	ActionHelpWithdraw = "help_withdraw"
	ActionHelpPass     = "help_pass"  // who was asked first has no time now
	ActionHelpStill    = "help_still" // the helper is still on it
	ActionHelpThank    = "help_thank"
	ActionHelpSay      = "help_say"       // the asker speaks in the thread without a name
	ActionSave         = "knowledge_save" // keep or correct
	ActionTakeBack     = "knowledge_withdraw"
	ActionConfirm      = "knowledge_confirm" // it still holds
	ActionPropose      = "knowledge_propose" // as an addition to the playbook
	ActionAccept       = "knowledge_accept"
)

// ValueSeparator stands between the id of the case and what follows it in the value of a button.
const ValueSeparator = "|"

// ViewCheckDraft is the callback id of CheckModal; the draft is the value of
// its input InputDraft in the block BlockDraft.
const (
	ViewCheckDraft = "check_draft"
	BlockDraft     = "draft"
	InputDraft     = "draft"
)

// The callback ids of the modals between colleagues, and their inputs.
const (
	ViewHelpOpen      = "help_open"
	ViewHelpResolve   = "help_resolve"
	ViewHelpSay       = "help_say"
	ViewKnowledgeSave = "knowledge_save"
	ViewAccept        = "knowledge_accept" // AcceptModal
	ViewProduct       = "case_product"     // ProductForm

	InputQuestion  = "question"
	InputTried     = "tried"
	InputUrgency   = "urgency"
	InputWeight    = "weight" // boxes: WeightMany, WeightValued
	InputNames     = "names"  // NamesShow or NamesHide
	InputWhom      = "whom"   // WhomPeers or WhomLead
	InputFacts     = "facts"
	InputPromises  = "promises"
	InputMood      = "mood"
	InputAuthority = "authority"
	InputSentence  = "sentence"
	InputWorked    = "worked"
	InputCalmed    = "calmed"
	InputKeep      = "keep" // boxes: KeepCard, KeepName
	InputSituation = "situation"
	InputWords     = "words"
	InputResult    = "result"
	InputScenario  = "scenario"
	InputPropose   = "propose" // box: KeepPropose

	WeightMany   = "many"
	WeightValued = "valued"
	NamesShow    = "show"
	NamesHide    = "hide"
	WhomPeers    = "peers"
	WhomLead     = "lead"
	KeepCard     = "keep"
	KeepName     = "name"
	KeepProduct  = "product" // it is for those who make the product
	ProductAway  = "away"    // no more
	KeepPropose  = "propose"
)

// StepPacket is the second page of ViewHelpOpen: the packet of a hand-over.
const StepPacket = "packet"

// The callback ids of the shortcuts on a message.
const (
	ShortcutCoach = "coach_message"
	ShortcutCheck = "check_message"
	ShortcutAsk   = "ask_peers"
	ShortcutSave  = "save_knowledge"
)

// Where is where a card stands.
type Where int

// Places of a card.
const (
	Thread    Where = iota // in the thread of the message it is about
	Private                // in the author's direct messages
	Ephemeral              // an answer that only its reader sees
	Quiet                  // told to a lead: what would have been said; nothing to press
)

// Reason is a code for why the bot spoke or kept quiet. Codes are stored: never change one.
type Reason string

// Reasons why the bot spoke, where it did, or kept quiet.
const (
	ReasonSpoke       Reason = "spoke"
	ReasonMovedOn     Reason = "moved-on"     // a follow-up brought the next step
	ReasonGuests      Reason = "guests"       // told the author in private: guests can read the channel
	ReasonShared      Reason = "shared"       // likewise: another organisation can read it
	ReasonPrivateMode Reason = "private-mode" // likewise: the channel is set so
	ReasonQuietMode   Reason = "quiet-mode"   // told the leads alone
	ReasonSmallTalk   Reason = "small-talk"
	ReasonUnsure      Reason = "unsure"
	ReasonTooOld      Reason = "too-old"
	ReasonNotWatched  Reason = "not-watched"
	ReasonBot         Reason = "bot"
	ReasonApp         Reason = "app" // another app's message, and the app is not admitted here
	ReasonDeleted     Reason = "deleted"
	ReasonDismissed   Reason = "dismissed"
	ReasonStranger    Reason = "stranger" // a guest or somebody of another organisation wrote it
	ReasonColleague   Reason = "colleague"
	ReasonCalmed      Reason = "calmed"
	ReasonSameText    Reason = "same-text"
	ReasonNoWords     Reason = "no-words"
	ReasonRevoked     Reason = "revoked"
	ReasonRefused     Reason = "refused"   // Slack would not take the answer
	ReasonHintsOff    Reason = "hints-off" // the author turned the hints off
)

// Reasons lists every code.
func Reasons() []Reason {
	return []Reason{ReasonSpoke, ReasonMovedOn, ReasonGuests, ReasonShared, ReasonPrivateMode, ReasonQuietMode,
		ReasonSmallTalk, ReasonUnsure, ReasonTooOld, ReasonNotWatched, ReasonBot, ReasonApp, ReasonDeleted,
		ReasonDismissed, ReasonStranger, ReasonColleague, ReasonCalmed, ReasonSameText, ReasonNoWords, ReasonRevoked,
		ReasonRefused, ReasonHintsOff}
}

// Actions on promises and on what somebody owes. The value of a button is the id
// of the promise, of ActionPromiseNew and ActionDutyTake that of the case. A select
// of a colleague carries no value: the id of its block is BlockHand and the id of
// what is handed over, or BlockHandAll for everything, then ValueSeparator and the
// person who left where it is about one.
const (
	ActionPromiseNew    = "promise_new"
	ActionPromiseDone   = "promise_done"
	ActionPromiseChange = "promise_change"
	ActionPromiseDrop   = "promise_drop"
	ActionPromiseReopen = "promise_reopen"
	ActionHand          = "promise_hand"
	ActionDutyTake      = "duty_take"

	BlockHand    = "hand|"
	BlockHandAll = "hand|all"
)

// ViewPromise is the callback id of PromiseForm, and its inputs.
const (
	ViewPromise  = "promise_new"
	InputPromise = "promise"
	InputDue     = "due"
	InputCase    = "case"
)

// Actions of digests and drills. The value of ActionDigestRead is the kind and date
// of the digest; of ActionPracticeAnswer the drill's language and id, the answer and
// the showing; of ActionPracticeNext a language.
const (
	ActionDigestRead     = "digest_read"
	ActionPracticeAnswer = "practice_answer"
	ActionPracticeNext   = "practice_next"
	ActionFind           = "playbook_find" // an input of the Home tab
)

// ViewTeamSetup is the callback id of TeamForm, and its inputs.
const (
	ViewTeamSetup   = "team_setup"
	InputName       = "name"
	InputEscalation = "escalation"
	InputHelp       = "help"
	InputDigest     = "digest"
	InputLeads      = "leads"
	InputDuty       = "duty"
	InputLang       = "lang"
	InputZone       = "zone"
	InputHours      = "hours"
	InputHolidays   = "holidays"
	InputMakeUp     = "make_up"
	InputDigestAt   = "digest_at"
	InputDigestDays = "digest_days"
	InputRemind     = "remind"
	InputTurn       = "rotate_after"
	InputHabits     = "habits" // boxes: BoxNames, BoxRotation

	BoxNames    = "names"
	BoxRotation = "rotation"

	// ActionTeamRemove is the form's button that ends a team; its value is the team's id.
	ActionTeamRemove = "team_remove"
)

// What a team's history calls the end of a team, and of what was set for the environment's.
const (
	ChangeRemoved = "removed"
	ChangeReset   = "reset"
)
