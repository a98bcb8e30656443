// Package playbooks is the coaching content and its format: what a playbook
// holds, how one is read from Markdown and written back, how a folder of them
// is loaded and checked, and how the slots in a phrase are filled. The built-in
// library lives in library/ and travels inside the program.
//
// The format is described for authors in README.md beside this file.
package playbooks

import "time"

// Kind says what a file is for.
type Kind string

// The kinds of playbook files.
const (
	Scenario Kind = "scenario"   // what to say in one kind of difficult case
	Guide    Kind = "guide"      // background to read: how to open a call, how to hand over
	NotACase Kind = "not-a-case" // messages that need no answer
)

// Kinds lists every kind, the default first.
func Kinds() []Kind { return []Kind{Scenario, Guide, NotACase} }

// Step is one step of a difficult conversation; its value is the heading in a file.
type Step string

// The steps in the order in which a difficult conversation takes them.
const (
	Calm      Step = "calm" // for the agent alone, never said aloud
	Listen    Step = "listen"
	Empathise Step = "empathise"
	Clarify   Step = "clarify"
	Apologise Step = "apologise"
	Offer     Step = "offer"
	Commit    Step = "commit"
	FollowUp  Step = "follow-up"
)

// Steps lists every step in the order of a conversation.
func Steps() []Step {
	return []Step{Calm, Listen, Empathise, Clarify, Apologise, Offer, Commit, FollowUp}
}

// Playbook is one file: one scenario or guide in one language. Values handed
// out by a Set are shared and must not be changed.
type Playbook struct {
	ID   string
	Lang string // the folder's name: "en", "zh"
	Kind Kind
	File string // slash-separated path below the folder it was read from
	// Addition tells that this is no playbook but phrases to add to one; see AcceptedFolder.
	Addition bool

	Title      string
	Summary    string
	Root       string // see Roots; empty unless a scenario
	Severity   string // see Severities; the least severity of such a case; empty unless a scenario
	Precedence int    // 0 to 3; a higher one wins over any topic
	Signals    []string
	Strong     []string  // signals that nearly decide alone
	Review     time.Time // midnight UTC of the day to look at the file again; zero when not given

	Now        []string // what the agent does this minute
	Steps      map[Step][]Phrase
	Escalate   []Escalation
	SayInstead []SayInstead
	Examples   []Example
	Sections   []Section // guides only

	at lines
}

// Phrase is one sentence to say, with slots as written in the file.
type Phrase struct {
	Text string
	// For names the conditions that must all hold: kinds of customer,
	// personalities, where it is said. Empty means for everybody.
	For []string
	// Words are for what the phrase takes for granted: it is said only in a case that
	// holds one of them, see README.md. Empty means in any case.
	Words []string
	Line  int
}

// Plain reports whether the phrase is for everybody, in any case.
func (p Phrase) Plain() bool { return len(p.For) == 0 && len(p.Words) == 0 }

// Example is a message that the playbook answers.
type Example struct {
	Text     string
	Severity string // see Severities; empty when the file does not say
	Line     int
}

// Escalation says when a case is beyond the agent's authority and who takes over.
type Escalation struct {
	When, To string
	Line     int
}

// SayInstead pairs something better left unsaid with better words. Exactly one of Phrase and
// Wording is set: the id of a forbidden phrase, or any other wording.
type SayInstead struct {
	Phrase  string
	Wording string
	Text    string
	Line    int
}

// Section is one part of a guide. Text is Markdown without the heading; the
// heading is empty for text before the first one.
type Section struct {
	Heading string
	Text    string
	Line    int
}

// lines remembers where in the file things stand, for faults found later.
type lines struct {
	field   map[string]int // front matter field to its line
	heading map[string]int // "## " heading to its line
	now     []int
	signals []int
	strong  []int
}

// Roots lists what a conflict can have grown from.
func Roots() []string { return []string{"expectation", "communication", "state", "policy"} }

// Severities lists the severities a scenario can have, mildest first.
func Severities() []string { return []string{"low", "medium", "high", "critical"} }

// MaxTitle is the longest title in characters.
const MaxTitle = 60

// MaxPrecedence is the highest precedence.
const MaxPrecedence = 3

// conditionGroups lists the words allowed in a variant heading. Of one group at
// most one can hold at a time.
func conditionGroups() [][]string {
	return [][]string{
		{"demanding", "confused", "agitated"},
		{"eagle", "peacock", "dove", "owl"},
		{"chat", "phone"},
	}
}

// Conditions lists every word a variant heading can hold.
func Conditions() []string {
	var all []string
	for _, g := range conditionGroups() {
		all = append(all, g...)
	}
	return all
}
