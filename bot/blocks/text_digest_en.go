package blocks

import "coachbot/store"

func englishDigest() digestWords {
	return digestWords{
		team: "The team", title: "{1} · {2}", titleRunning: "{1} · {2}, so far", span: "{1} – {2}", weekOf: "week of {1}",
		days: "day", weeks: "week", months: "month",
		quiet:     "{1}: a quiet day. No difficult case, nothing left open. Enjoy the calm.",
		quietDays: "{1}: quiet days. No difficult case, nothing left open. Enjoy the calm.",
		quietWeek: "The {1} was quiet. No difficult case, nothing left open. Enjoy the calm.", quietMonth: "{1}: a quiet month. No difficult case, nothing left open.",
		first: map[store.DigestKind]string{store.DigestDay: "This is your first digest. From now on it compares with the days before.",
			store.DigestWeek: "This is your first look back on a week. The next one compares with it.", store.DigestMonth: "This is your first look back on a month. The next one compares with it."},
		late:   "Later than usual: it could not go out at its hour.",
		summed: "This one sums up {1} days.",
		headline: map[string][2]string{
			"missed":    {"1 promise to a customer was missed.", "{1} promises to customers were missed."},
			"waiting":   {"1 complaint or suggestion has waited two working days for its answer.", "{1} complaints or suggestions have waited two working days for their answers."},
			"critical":  {"1 case was critical.", "{1} cases were critical."},
			"open-help": {"1 colleague still waits for help.", "{1} colleagues still wait for help."},
			"rising":    {"{3}: {1} case, usually {2}.", "{3}: {1} cases, usually {2}."},
			"less":      {"{1}% of the customers were calmed, usually {2}%.", "{1}% of the customers were calmed, usually {2}%."},
			"more":      {"{1}% of the customers were calmed, up from {2}%.", "{1}% of the customers were calmed, up from {2}%."},
			"all":       {"The one upset customer was calmed.", "All {1} upset customers were calmed."},
			"slips":     {"1 forbidden phrase was caught in a draft.", "{1} forbidden phrases were caught in drafts, usually {2}."},
			"cases":     {"1 difficult case, calmed: {2}.", "{1} difficult cases, {2} of them calmed."},
			"today":     {"No difficult case, and 1 promise to keep today.", "No difficult case, and {1} promises to keep today."},
			"quiet":     {"No difficult case.", "No difficult case."},
		},
		cases: "Difficult cases: {1}", calmed: "Calmed: {1} of {2}", firstWords: "First suggestion after {1}",
		help: "Help asked: {1}", taken: "taken: {1}[, after {2}][ (usually {3})]", solved: "solved: {1}[, after {2}][ (usually {3})]",
		promises: "Promises due: {1}, kept: {2}, missed: {3}", slips: "Forbidden phrases caught in drafts: {1}", cards: "New knowledge cards: {1}",
		more: "{1} more than usual", fewer: "{1} fewer than usual", same: "as usual", usually: "usually {1}",
		said: "Said most", sayings: "“{1}” ({2}×)",
		learned: "What we learned", by: "from {1}", rising: "On the rise", rise: "{1}: {2}, usually {3}",
		openHelp: "Help still open", claimed: "{1} (with a colleague for {2})", openAsked: "{1} (asked {2} ago)",
		today: "Promises due today", due: "{1}, by {2}", waiting: "Unanswered for two working days", waitingItem: "{1} (since {2})",
		andMore: "and {1} more",
		drill:   "Two minutes for you: which answer is better?", customer: "The case: “{1}”", better: "*A*  {1}\n*B*  {2}", answerA: "A is better", answerB: "B is better",
		missed: "Promises missed", missedItem: "{1} (due {2})", promisesUsual: "usually kept {1}, missed {2}",
		inThread: "The details are in this message's thread.",
		details:  "The details", scenarios: "By scenario", slipsTitle: "Forbidden phrases caught, by phrase", slip: "{1}: {2}",
		calming: "Which phrases calm", calmingLine: "“{1}”: used {2}×, calmed {3}×",
		failing: "Which phrases do not", failingLine: "“{1}”: used {2}×, not calmed {3}×",
		gaps: "What to change in the playbooks", unsure: "Cases without a playbook that clearly fits: {1}", unhelpful: "Marked unhelpful: {1} ({3}, {2}×)",
		passed: "Asked for other words: {1} ({2}×)", instead: "Picked by agents instead: {1} ({2}×)", nothingToChange: "Nothing asks for a change.",
		chartTitle: "Cases by {1}", chartCases: "Cases", chartCalmed: "Calmed",
		read: "I have read this", readNow: "Signed as read. Thank you.", readAlready: "You had signed this one already.",
		unread: "Not yet read by {1}.", everybody: "Every lead has read this one.",
	}
}

func englishPractice() practiceWords {
	return practiceWords{
		title: "Which answer is better?", right: "Yes, that is the better one.", wrong: "The other one is better:",
		again: "It comes back in ten minutes, while it is fresh.", known: "It comes back in {1}.",
		why: map[string]string{
			"forbidden": "It says what you do next; the other one shuts the customer out.",
			"wording":   "It names the thing and takes care of it; the other one puts the customer off.",
			"first":     "Upset people cannot hear solutions yet. Name the feeling first; the offer comes right after.",
			"own-case":  "These words calmed a customer of ours. Name the feeling first; the offer comes right after.",
		},
		next: "Another one", none: "There is nothing to practise with yet.", private: "Only you see this, and it counts nowhere.",
	}
}

func englishLasted() lastedWords {
	return lastedWords{seconds: "{1} s", minutes: "{1} min", hours: "{1} h", days: "{1} days"}
}
