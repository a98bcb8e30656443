package blocks

func english() *words {
	return &words{
		lang: "en", comma: ", ", stop: ". ", colon: ": ", semicolon: "; ", and: " and ", open: "“", close: "”",
		sentence: englishSentences(),
		reason:   englishReasons(),
		spoke:    "{1}: I answered. {2}",
		quiet:    "{1}: I kept quiet. {2}",
		admit:    "An admin lets it in with `/coach watch app {1}`.",
		severity: severities{"low severity", "medium severity", "high severity", "critical"},
		emotion: map[string]string{"anger": "angry", "disappointment": "disappointed", "anxiety": "worried", "sadness": "sad",
			"confusion": "confused", "impatience": "impatient", "sarcasm": "sarcastic"},
		kind: map[string]string{"demanding": "knows what they want", "confused": "needs it explained step by step",
			"agitated": "needs to be heard before the facts"},
		character: map[string]string{"eagle": "eagle: wants it quick and to the point", "peacock": "peacock: wants to feel valued",
			"dove": "dove: wants calm and someone who stays", "owl": "owl: wants facts in order"},
		step: map[string]string{"calm": "For yourself", "listen": "Listen", "empathise": "Show you understand", "clarify": "Clarify",
			"apologise": "Apologise", "offer": "Offer a way out", "commit": "Agree who does what by when", "follow-up": "Follow up"},
		careful: map[string]string{
			"dont-know":      "Don't stop at not having the answer.",
			"dont-like":      "Keep your own likes and dislikes out of it.",
			"dont-bother-me": "Don't let them feel they are in the way.",
			"dont-like-you":  "Keep it about the matter, never about the person.",
			"know-already":   "Don't cut them short, even if you have heard it before.",
			"you-dont-know":  "Don't tell them what they fail to see.",
			"your-kind":      "Don't put them in a drawer with others.",
			"dont-come-back": "Don't show them the door.",
			"not-my-fault":   "Don't argue about whose fault it is.",
			"hurry-or-wait":  "Don't rush them, and don't make them wait without a reason and a time.",
		},
		play: englishPlay(),
		ai:   englishAI(),
		card: cardWords{
			untitled: "A difficult case", sounds: "the customer sounds {1}",
			now: "Do this now", first: "Say this first", next: "Say this next", or: "Or put it this way", then: "Then",
			noPhrases: "There is nothing further to suggest for this step.",
			unsure:    "Not sure which fits. If it is rather one of these, switch:",
			perhaps:   "Perhaps: ", guess: "If it is “{1}”",
			bridges: [3]string{
				"I'm sorry that you're having this trouble, and I want to put it right. What matters most to you now?",
				"Thank you for telling me. I'll say back what I've understood, and you tell me what I've missed.",
				"I'm listening, and I'm staying with this. What should I look at first?",
			},
			escalate: "When to hand over, and to whom", avoid: "Careful with", avoidLine: "{1} Say: {2}",
			insteadOf: "Avoid “{1}”.", calm: "For yourself: {1}", seen: "Read from: {1}.",
			private: map[Reason]string{
				ReasonGuests:      "Only you see this: guests can read the channel.",
				ReasonShared:      "Only you see this: people outside your organisation can read the channel.",
				ReasonPrivateMode: "Only you see this: the channel is set to private coaching.",
			},
			about:      "It is about <{1}|this message>.",
			quiet:      "This channel is on quiet watch. I would have said this; only leads see it.",
			calmed:     "The customer has calmed down. Well done. Now keep what you promised.",
			unresolved: "Closed without a solution. Note what is still open, so that whoever takes over need not ask again.",
			fitted:     "Wording fitted to this case by AI. Read it before you use it.",
			dismissed:  "Put aside as no case.", deleted: "The message behind this was deleted.",
			used: "I said this: next step", another: "Show other wording", more: "Show further steps", less: "Hide further steps",
			helps: "This helps", help: "Ask for help", helpsNot: "This does not help", close: "The customer has calmed down", leave: "Close as unresolved",
			dismiss: "Not a case: take it away", pick: "Switch to: {1}", flared: "Not settled after all", settled: "It is settled now",
			after: "It is a case after all",
		},
		check: checkWords{
			clean: "I found none of the phrases that shut a customer out. Good to send from that side.",
			found: "Before you send this, change:", instead: "Say instead:",
			title: "Check a reply", submit: "Check", cancel: "Close", label: "Your reply",
			hint:    "Change it here and check again. Nothing is sent or kept.",
			tooLong: "The draft is longer than Slack lets me show here. Only its beginning stands below.",
			more:    "There is more to change further down. Check again after these.",
			hints:   "Could be better still",
			why: map[string]string{
				"solution-first":  "first show that you heard them.",
				"calm-down":       "nobody calms down because they are told to. Say what you hear.",
				"vague-time":      "name a time.",
				"blame-or-excuse": "it is not about whose fault. Say what happens next.",
				"flat-no":         "say what you can do.",
			},
		},
		book: bookWords{
			hits: "Playbooks for “{1}”", all: "All playbooks", none: "I found no playbook for “{1}”. Try one or two words for what happened, such as “late delivery” or “refund”.",
			open: "Open it: `/coach playbook {1}`", short: "There is more in this playbook than fits into one message.",
			inEnglish: "in English", inChinese: "in Chinese",
			now: "Do this now", escalate: "When to hand over, and to whom", instead: "Careful with",
		},
		help: helpWords{
			title:         "What I can do for you",
			intro:         "I am an automated coach. Post what an upset customer said, and I suggest what to say next. You decide what you say.",
			commandsTitle: "In any channel",
			commands: "`/coach WORDS`  coaching on a customer's words, for your eyes only\n" +
				"`/coach check DRAFT`  finds phrases that hurt in a reply before you send it\n" +
				"`/coach ask QUESTION`  asks colleagues for help; without a question I open a form\n" +
				"`/coach playbook WORDS`  finds a playbook, a guide or what colleagues have kept\n" +
				"`/coach promise WHAT by WHEN`  notes what you promised a customer and reminds you before it is due\n" +
				"`/coach handover`  lists what you still owe, to hand it to a colleague\n" +
				"`/coach practice`  a two-minute drill, for you alone\n" +
				"`/coach practice play`  a role play: I am the customer and react to what you write\n" +
				"`/coach digest [week|month]`  your team's day, week or month so far\n" +
				"`/coach hints 0-3`  fewer or more hints for you\n" +
				"`/coach forget`  removes your own records\n" +
				"`/coach why`  what I saw last in this channel, and why I spoke or kept quiet\n" +
				"`/coach help`  this page",
			adminTitle: "For admins and leads",
			admin: "`/coach watch`  I answer difficult cases in this channel, in their threads\n" +
				"`/coach watch private`  I answer the author in a direct message instead\n" +
				"`/coach watch quiet`  for a week I only tell the leads what I would have said\n" +
				"`/coach watch app B0123456789`  messages of this app, such as a ticket tool, count as a colleague's\n" +
				"`/coach setup [TEAM|new]`  the settings of this channel's team, of the team you name, or of a new one (admins)\n" +
				"`/coach unwatch`  I leave this channel alone",
			elsewhereTitle: "Elsewhere",
			elsewhere: "• Write to me directly: I coach you there. Start with “check” and I check your draft, with “promise” and I note what you promised.\n" +
				"• Mention me in a thread: I answer there.\n" +
				"• In the menu of a message, choose a shortcut: coaching, checking, asking colleagues, keeping what worked.\n" +
				"• Under a suggestion, ask colleagues or hand the case over to a lead. My Home tab shows what is open.\n" +
				"• In a watched channel, tell me in the thread what the customer said next, and I move on to the next step.",
			note: "If I was wrong, press “Not a case: take it away” or switch to another playbook. I learn from both.",
		},
		live:    englishLive(),
		promise: englishPromise(), owed: englishOwed(), duty: englishDuty(), care: englishCare(),
		peers:  englishPeers(),
		digest: englishDigest(), practice: englishPractice(), setup: englishSetup(), product: englishProduct(), tab: englishTab(), lasted: englishLasted(),
		whyTitle: "What I saw last in this channel", whyEmpty: "I have seen no message in this channel yet.",
	}
}

func englishSentences() [sentences]string {
	return [sentences]string{
		PasteWords:       "I can't read pictures or recordings. Paste the customer's words as text, and I'll suggest what to say.",
		NothingToGoOn:    "Tell me what the customer said, in their words if you can, and I'll suggest what to say.",
		NothingToCheck:   "Add the reply you want checked, for example `/coach check I'm sorry, I'll look into it now.`",
		WatchingThread:   "I'm watching this channel now. Difficult cases get one suggestion in their thread; small talk gets none.",
		WatchingPrivate:  "I'm watching this channel now. Whoever posts a difficult case gets my suggestion in a direct message.",
		WatchingQuiet:    "I'm watching this channel quietly for a week. Only the leads hear what I would have said. Then they decide.",
		Unwatched:        "I no longer watch this channel.",
		NotWatched:       "I don't watch this channel. An admin or lead can change that with `/coach watch`.",
		WatchUsage:       "Use `/coach watch`, `/coach watch private`, `/coach watch quiet` or `/coach watch app B0123456789`.",
		AppUsage:         "Name the app by its bot id, for example `/coach watch app B0123456789`. `/coach why` shows the id after the app has posted.",
		AppAdmitted:      "From now on, messages of the app {1} count as a colleague's in this channel.",
		QuietWeekOver:    "The quiet week in {1} is over. Cases I saw: {2}. Turn me on there with `/coach watch` or off with `/coach unwatch`.",
		NotAllowed:       "Only admins and leads can do that. Ask one of them.",
		InChannel:        "That works in a channel only. Go to the channel you mean and try again there.",
		NotInChannel:     "I'm not in this channel. Invite me first, then try again.",
		Archived:         "This channel is archived, so I can't post or watch here.",
		MissingScope:     "I lack a permission in this workspace[ ({1})]. An admin can grant it by reinstalling the app.",
		Gone:             "The case behind this button is gone, or it isn't yours to change.",
		Later:            "“{1}” doesn't work in this version yet. `/coach help` lists what does.",
		HintsUsage:       "Your hints are at {1}. Choose with `/coach hints 0` (nothing unasked), `1` (short), `2` (as usual) or `3` (every step at once).",
		HintsOff:         "From now on I say nothing about your cases unless you ask me. `/coach hints 2` turns the hints on again.",
		HintsShort:       "Your cards are short from now on: the next lines and the buttons.",
		HintsUsual:       "Your cards are as usual from now on.",
		HintsAll:         "Your cards show every step from now on.",
		Forgotten:        "Done: {1} records of yours are removed or no longer name you.",
		ForgottenBut:     "Done: {1} records of yours are removed or no longer name you. Still open, so they stay until they are done or handed over with `/coach handover`: {2}.",
		ProductMarked:    "Noted as product feedback. It stands in this week's digest.",
		ProductUnmarked:  "It is no product feedback any more.",
		ProductNotYours:  "The case's author and the team's leads mark it as product feedback. Please ask one of them.",
		TeamUnknown:      "No team is called “{1}”. There is: {2}. `/coach setup new` makes a further one.",
		TeamGone:         "This team was removed already. Nothing was changed.",
		TeamReset:        "*{1}*: what was set in Slack is undone, what the environment says counts again.",
		TeamRemovedBy:    "{1} removed the team *{2}*: its digest ends. What was open in it, and its knowledge, now belongs to *{3}*.",
		TeamInherited:    "{1} removed the team *{2}*. What was open in it now belongs to your team *{3}*; your Home tab lists it.",
		AdminsOnly:       "Only admins can do this. Please ask one of them.",
		DigestUnposted:   "I can't post your team's digest in {1}: I am not in it, it is archived, or outsiders can read it and the team has no lead to get it instead. Invite me there, or change the channel or the leads with `/coach setup`.",
		DigestUsage:      "Use `/coach digest`, `/coach digest week` or `/coach digest month`.",
		NotInTeam:        "I show a team's numbers to its own people only. Ask in one of your team's channels, or ask an admin to add you.",
		DismissedNote:    "Taken away. Thank you: I'll learn from that.",
		HelpfulNote:      "Noted, thank you.",
		UnhelpfulNote:    "Noted, thank you; whoever looks after the playbooks hears of it. “Show other wording” gives you another sentence, “Ask for help” a colleague.",
		CustomersCanRead: "People outside your team can read this channel, so I answer you privately.",
		PromiseGone:      "That promise isn't here any more, or it isn't yours to change.",
		PromiseNobody:    "{1} can't take it over: not an active member of this workspace. It stays where it is.",
		PromiseNotTeam:   "{1} isn't in this team, so nothing was handed over. It stays where it is.",
		AlreadyTaken:     "{1} has it already. Thank you.",
		ClaimOfAsker:     "{1} asked for this help, so somebody else has to give it. It stays with you.",
		ClaimElsewhere:   "{1} can't take this one. It stays with you; please choose somebody else.",
		ClaimGiven:       "{1} hands a request for help to you: {2}. You are shown as its helper; the thread is there.",
		Failed:           "Something went wrong on my side. Try again in a minute; if it happens again, tell an admin.",
		PlayBegun:        "I wrote to you directly: there I am the customer. Answer me in the thread.",
		PlayNone:         "I know no scenario for “{1}”. `/coach playbook` lists them; without words I choose one.",
		PlayOver:         "This role play is over. `/coach practice play` begins another.",
		PlayBeside:       "If that was for the customer of the role play, write it in the thread under what the customer said; “stop” ends the role play. Here I coach you on a real case.",
		BudgetNear:       "Four fifths of today's AI budget are spent: {1} of {2} tokens. When it is used up, suggestions come from the playbooks alone until midnight. To allow more, raise COACH_AI_DAILY_TOKENS.",
		BudgetSpent:      "Today's AI budget is used up: {1} of {2} tokens. Until midnight suggestions come from the playbooks alone; nothing else changes. To allow more, raise COACH_AI_DAILY_TOKENS.",
		Welcome:          "You're welcome. When the next customer is upset, send me their words.",
		PromiseUnclear:   "I'm not sure by when you mean. Send it as `/coach promise {1}`, and a form asks for the rest.",
		TooSlow:          "Slack gave me no time to open the form. Press the button or type the command once more.",
	}
}

func englishReasons() map[Reason]string {
	return map[Reason]string{
		ReasonSpoke:       "It is a difficult case.",
		ReasonMovedOn:     "It brought news on a case, so I moved on to the next step.",
		ReasonGuests:      "It went to the author alone because guests can read here.",
		ReasonShared:      "It went to the author alone because people outside your organisation can read here.",
		ReasonPrivateMode: "It went to the author alone because the channel is set to private coaching.",
		ReasonQuietMode:   "It went to the leads alone because the channel is on quiet watch.",
		ReasonSmallTalk:   "It is no difficult case.",
		ReasonUnsure:      "I was not sure that it is a difficult case.",
		ReasonTooOld:      "I saw it too late to be of use.",
		ReasonNotWatched:  "This channel is not watched.",
		ReasonBot:         "A bot wrote it.",
		ReasonApp:         "An app wrote it that is not admitted in this channel.",
		ReasonDeleted:     "The case was closed or its message deleted.",
		ReasonDismissed:   "Somebody said that it is no case.",
		ReasonStranger:    "Somebody from outside the team wrote it.",
		ReasonColleague:   "Colleagues were talking to each other.",
		ReasonCalmed:      "The customer has calmed down.",
		ReasonSameText:    "It was edited, but its words stayed the same.",
		ReasonNoWords:     "It has no words that I can read.",
		ReasonRevoked:     "The app's permission was withdrawn.",
		ReasonHintsOff:    "Its author asked me to say nothing unasked.",
		ReasonRefused:     "Slack did not accept my answer.",
	}
}
