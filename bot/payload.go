package bot

// Kinds of jobs.
const (
	kindMessage    = "message"     // a message to read: live or caught up
	kindEdit       = "edit"        // its text may have changed
	kindDelete     = "delete"      // it is gone
	kindAction     = "action"      // a button was pressed
	kindCommand    = "command"     // /coach
	kindShortcut   = "shortcut"    // on a message
	kindChannel    = "channel"     // the bot or somebody joined; the channel changed
	kindSubmit     = "submit"      // a modal was submitted
	kindHome       = "home"        // the Home tab was opened
	kindHelpRemind = "help-remind" // a request that nobody took is announced again
	kindHelpTurn   = "help-turn"   // the next colleague in turn is asked
	kindHelpSilent = "help-silent" // a helper is asked who has been silent
	kindCardReview = "card-review" // a knowledge card may be out of date
	kindDigest     = "digest"      // a team's digest is due
	kindQuietEnd   = "quiet-end"   // a week of quiet watching is over
	kindRemind     = "remind"      // a promise comes due
	kindShiftEnd   = "shift-end"   // somebody's shift ends
	kindLeft       = "left"        // somebody left the workspace
	kindDuty       = "duty"        // a critical case calls a lead
	kindCare       = "care"        // a minute for somebody after a severe case
	kindFit        = "fit"         // an AI service fits phrases to a case
	kindRewrite    = "rewrite"     // an AI service words a checked draft anew
	kindDraft      = "card-draft"  // an AI service drafts a knowledge card
	kindBudget     = "ai-budget"   // the admins hear how far its budget is spent
)

// said is a message of a person or an app, as jobs carry it.
type said struct {
	Workspace string `json:"workspace"`
	Channel   string `json:"channel"`
	IM        bool   `json:"im,omitempty"`
	TS        string `json:"ts"`
	Thread    string `json:"thread,omitempty"` // root of its thread when it is a reply
	User      string `json:"user,omitempty"`
	BotID     string `json:"bot_id,omitempty"`
	Text      string `json:"text"`
	Files     bool   `json:"files,omitempty"`
	Edited    string `json:"edited,omitempty"`
}

// root is the thread that an answer belongs in.
func (s said) root() string {
	if s.Thread != "" {
		return s.Thread
	}
	return s.TS
}

// press is a button pressed.
type press struct {
	Workspace   string `json:"workspace"`
	Channel     string `json:"channel"`
	User        string `json:"user"`
	Action      string `json:"action"`
	Value       string `json:"value"`
	Block       string `json:"block,omitempty"`
	Chosen      string `json:"chosen,omitempty"` // the colleague picked in a select
	Message     string `json:"message"`          // ts of the message the button stands in
	View        string `json:"view,omitempty"`   // the modal or Home tab it stands in
	At          string `json:"at"`               // Slack's action_ts
	Trigger     string `json:"trigger,omitempty"`
	ResponseURL string `json:"response_url,omitempty"`
}

// command is a slash command.
type command struct {
	Workspace   string `json:"workspace"`
	Channel     string `json:"channel"`
	User        string `json:"user"`
	Text        string `json:"text"`
	Trigger     string `json:"trigger"`
	ResponseURL string `json:"response_url,omitempty"`
}

// shortcut is a shortcut used on a message.
type shortcut struct {
	Workspace   string `json:"workspace"`
	Channel     string `json:"channel"`
	User        string `json:"user"`
	Callback    string `json:"callback"`
	Text        string `json:"text"`
	Message     string `json:"message"`
	Thread      string `json:"thread,omitempty"` // of the message
	Trigger     string `json:"trigger"`
	ResponseURL string `json:"response_url,omitempty"`
}
