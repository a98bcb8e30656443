package blocks

import (
	"fmt"
	"strings"
)

// Sentence names a one-line note.
type Sentence int

// The notes. What stands in brackets is what Say takes after the sentence.
const (
	PasteWords       Sentence = iota // a picture or recording came without words
	NothingToGoOn                    // advice was asked without words that tell a case
	NothingToCheck                   // a check was asked without a draft
	WatchingThread                   // the channel is watched, answers in the thread
	WatchingPrivate                  // likewise, answers to the author alone
	WatchingQuiet                    // likewise, told to the leads alone, for a week
	Unwatched                        // the channel is no longer watched
	NotWatched                       // it was not watched in the first place
	WatchUsage                       // a word after watch that is none
	AppUsage                         // watch app without an app
	AppAdmitted                      // (app) an app's messages count as a colleague's
	QuietWeekOver                    // (channel, how often) a week of quiet watching is over
	NotAllowed                       // for admins and leads only
	InChannel                        // the command works in a channel only
	NotInChannel                     // the bot is not in the channel
	Archived                         // the channel is archived
	MissingScope                     // [scope] the app lacks a permission
	Gone                             // the button of a case that is no more
	Later                            // (word) a command that this version does not have
	HintsUsage                       // (level) hints without a level, or with one that is none
	HintsOff                         // nothing unasked from now on
	HintsShort                       // short cards
	HintsUsual                       // as usual
	HintsAll                         // every step at once
	Forgotten                        // (how many) a person's records are removed
	ForgottenBut                     // likewise, (how many) stay because they are owed
	AdminsOnly                       // for admins only
	ProductMarked                    // a case is product feedback now
	ProductUnmarked                  // and is none any more
	ProductNotYours                  // somebody may not mark a case
	TeamGone                         // a team that was removed already
	TeamUnknown                      // (words, names) no team has this name
	TeamReset                        // (team) what the environment says of it counts again
	TeamRemovedBy                    // (who, team, heir) a lead hears that the team is no more
	TeamInherited                    // (who, team, heir) a lead of the heir hears what is theirs now
	DigestUnposted                   // (channel) a digest that could not be posted
	DigestUsage                      // a word after digest that is none
	NotInTeam                        // somebody asks for the numbers of a team that is not theirs
	DismissedNote                    // a card was taken away as no case
	HelpfulNote                      // a suggestion was marked as helpful
	UnhelpfulNote                    // likewise as no help
	CustomersCanRead                 // private, because customers can read the channel
	Failed                           // something went wrong here
	PromiseGone                      // a promise that is not here any more, or not the person's
	PromiseNobody                    // (who) a person who cannot take anything over
	PromiseNotTeam                   // (who) a person of another team
	AlreadyTaken                     // (who) somebody was faster
	ClaimOfAsker                     // (who) a request cannot be handed to its asker
	ClaimElsewhere                   // (who) likewise, without saying who asked
	ClaimGiven                       // (who, question) a colleague hands a request over
	TooSlow                          // a modal came too late for Slack
	PlayBegun                        // a role play was begun in the direct messages
	PlayNone                         // (words) no scenario was found to play
	PlayOver                         // a role play that has ended
	PlayBeside                       // something was written beside the thread of a role play
	BudgetNear                       // (tokens, budget) four fifths of the day's AI budget are spent
	BudgetSpent                      // (tokens, budget) all of it
	Welcome                          // somebody thanked the bot
	PromiseUnclear                   // (words) a promise in a direct message whose time is not clear
	sentences                        // how many there are
)

// Say is a one-line note in the reader's language. Arguments are words put into
// the sentence in their order; a channel may be given as Slack's "<#C…>" markup.
func Say(lang string, s Sentence, args ...any) Message {
	w := wordsIn(lang)
	if s < 0 || s >= sentences {
		s = Failed
	}
	p := newPage(lang)
	p.section(fill(w.sentence[s], args...))
	return p.message()
}

// fill puts arguments into the places {1}, {2} … of a sentence. A place without
// its argument disappears, with the brackets [ ] around it when there are any.
func fill(pattern string, args ...any) string {
	for i := range 3 {
		place := fmt.Sprintf("{%d}", i+1)
		value := ""
		if i < len(args) {
			value = argument(args[i])
		}
		pattern = fillPlace(pattern, place, value)
	}
	return pattern
}

func fillPlace(pattern, place, value string) string {
	at := strings.Index(pattern, place)
	if at < 0 {
		return pattern
	}
	open, end := strings.LastIndexByte(pattern[:at], '['), strings.IndexByte(pattern[at:], ']')
	if open >= 0 && end >= 0 {
		inner := strings.ReplaceAll(pattern[open+1:at+end], place, value)
		if value == "" {
			inner = ""
		}
		return pattern[:open] + inner + pattern[at+end+1:]
	}
	return strings.ReplaceAll(pattern, place, value)
}

// Quoted are people's own words as an argument: they stay in the characters in
// which they were typed.
type Quoted string

// argument is a value as markup: escaped and short. A channel or a person in
// Slack's own markup stays one.
func argument(v any) string {
	if q, ok := v.(Quoted); ok {
		return theirs(argument(string(q)))
	}
	if m, ok := v.(markup); ok {
		return string(m)
	}
	s := strings.NewReplacer("{", "", "}", "", "[", "", "]", "").Replace(fmt.Sprint(v))
	if isReference(s) {
		return s
	}
	return lineEscaped(s, 200)
}

// isReference reports whether s is "<#C012>" or "<@U012>" and nothing else.
func isReference(s string) bool {
	inner, ok := strings.CutPrefix(s, "<")
	inner, ok2 := strings.CutSuffix(inner, ">")
	if !ok || !ok2 || len(inner) < 2 || len(inner) > 40 || inner[0] != '#' && inner[0] != '@' {
		return false
	}
	return strings.Trim(inner[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}
