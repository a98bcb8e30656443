package coach

// Advice is the engine's whole answer to one message, in the shape of
// `coachbot suggest --json` with further fields for the card. Every phrase in it has passed the guard.
type Advice struct {
	ID           string   `json:"id"`
	Lang         string   `json:"lang"`          // zh or en
	Escalation   bool     `json:"escalation"`    // a difficult case
	Severity     string   `json:"severity"`      // none, low, medium, high, critical
	Emotions     []string `json:"emotions"`      // anger, disappointment, anxiety, sadness, confusion, impatience, sarcasm
	CustomerType string   `json:"customer_type"` // demanding, confused, agitated or ""
	Personality  string   `json:"personality"`   // eagle, peacock, dove, owl or "": only on evidence
	Root         string   `json:"root"`          // expectation, communication, state, policy or ""
	Playbooks    []Ranked `json:"playbooks"`     // best first, up to five
	Phrases      []Phrase `json:"phrases"`       // to say, in order; the next one first
	Avoid        []Avoid  `json:"avoid"`         // forbidden phrases that tempt in this scenario
	Source       string   `json:"source"`        // playbook, llm or knowledge

	Wanted     string       `json:"lang_wanted,omitempty"` // the language asked for, where the phrases had to be in another
	Confidence float64      `json:"confidence"`            // that this is a difficult case, 0 to 1
	Own        bool         `json:"own,omitempty"`         // somebody asked, and the words are the agent's own, after a hard conversation
	Sure       bool         `json:"sure"`                  // the first playbook is clearly ahead of the second
	Why        []string     `json:"why,omitempty"`         // words of the message that the reading rests on
	Now        []string     `json:"now,omitempty"`         // critical: what to do this minute and whom to call in
	Calm       string       `json:"calm,omitempty"`        // one thought for the agent alone, never said aloud
	Escalate   []Escalation `json:"escalate,omitempty"`    // when it is beyond the agent, and to whom
	Position   Position     `json:"-"`                     // where in the playbook the phrases begin
}

// leastSaid is the confidence below which words are no customer's; of the labelled
// cases none is below.
const leastSaid = 0.15

// NothingToGoOn reports whether somebody who asked gave nothing to answer: "test", "does that suit you?".
func (a Advice) NothingToGoOn() bool {
	return len(a.Phrases) == 0 || !a.Escalation && a.Confidence < leastSaid
}

// Ranked is a playbook with its score, 0 to 1; scores of one answer are comparable with each other only.
type Ranked struct {
	ID    string  `json:"id"`
	Score float64 `json:"score"`
}

// Phrase is one thing to say: full sentences with their end mark.
type Phrase struct {
	Step     string `json:"step"`
	Text     string `json:"text"`
	Playbook string `json:"playbook"`
}

// Avoid is a forbidden phrase that tempts in this scenario, and what to say instead.
type Avoid struct {
	Phrase     string   `json:"phrase"`
	SayInstead []string `json:"say_instead"`
}

// Escalation says when a case is beyond the agent's authority, and who takes over.
type Escalation struct {
	When string `json:"when"`
	To   string `json:"to"`
}

// Position is where an advice stands: a playbook, a step of it and how often
// the agent asked for other wording. It is all that a card must remember.
type Position struct {
	Playbook  string
	Step      string // "" is the first step that is said aloud
	Variation int
}

// Message is what an agent posted, or what somebody asks advice on.
type Message struct {
	ID   string
	Text string // as Slack delivers it: markup, entities and all
	Lang string // zh or en to answer in; "" or "auto" answers in the message's own
	Ask  bool   // a person asked for advice: answer even what looks like no case, when there is anything to go on

	Lessons *Lessons // the team's own, made by the same Engine; nil: none
}

// Prior is what is known of a case when somebody goes on in its thread.
type Prior struct {
	Lang     string
	Severity string
	Emotions []string
	Position Position
	Text     string // the message that opened the case
	Author   bool   // the follow-up is by the agent who opened it
}

// Turn is what a follow-up in a case's thread means.
type Turn string

// Turns. Only TurnCustomer and TurnTried move the advice.
const (
	TurnColleague Turn = "colleague" // colleagues among themselves, thanks, small talk: keep quiet
	TurnCustomer  Turn = "customer"  // the customer said or did something new
	TurnTried     Turn = "tried"     // the agent said or did what was advised: the next step
	TurnCalmed    Turn = "calmed"    // it is over
)

// Follow is the engine's answer to a follow-up.
type Follow struct {
	Turn     Turn
	Advice   Advice // with Position moved on; empty unless Turn moves the advice
	Severity string // of the news by itself, where Advice has the graver of it and what was known; "" unless the customer brought some
}
