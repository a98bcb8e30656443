package blocks

func englishPromise() promiseWords {
	return promiseWords{
		today: "today, {1}", tomorrow: "tomorrow, {1}, {2}", onDay: "{1}, {2}",
		aMinute: "a minute", minutes: "{1} minutes", hours: "{1} hours", days: "{1} days",
		made:       "*Noted: {1}*\nDue {2} ({6}).",
		turned:     "*Changed: {1}*\nNow due {2} ({6}).",
		given:      "{5} hands this promise to you: *{1}*\nDue {2} ({6}).",
		near:       "*Due in {3}: {1}*\nThat's {2}.",
		missed:     "*Was due {3} ago: {1}*\nThat was {2}, and it isn't marked as kept. If you've done it, press “Kept”.",
		kept:       "*Kept: {1}*\nThe customer got what was promised. Well done.",
		dropped:    "Set aside: {1}. I won't remind you any more.",
		with:       "{4} has this now: {1}, due {2}.",
		about:      "For the case {1}.",
		remind:     "I'll remind you an hour and ten minutes before. Only you see this.",
		remindOnce: "I'll remind you ten minutes before. Only you see this.",
		unseen:     "Only you see this.",
		repair:     "If it isn't done: call before they do. A promise repaired is remembered too. You could say:",
		usual: map[string]string{
			"call-back":    "You named no time, so I took 24 hours, as usual for a call back.",
			"complaint":    "You named no time, so I took two working days, as usual for an answer to a complaint.",
			"after-repair": "You named no time, so I took three days, as usual after a repair.",
			"after-sale":   "You named no time, so I took seven days, as usual after a sale.",
		},
		done: "Kept", change: "Change", drop: "No longer needed", reopen: "Not kept yet after all",
		newTitle: "A promise", changeTitle: "Change the promise", submit: "Save",
		what: "What did you promise?", whatHint: "For example: call Ms Li back about the refund",
		due: "By when?", dueHint: "In your own time ({1})",
		forCase: "For which case?", noCase: "None of these",
		unclear: map[string]string{
			"no-what":  "I understood when, and not what was promised.",
			"no-time":  "I found no time I understand in “{1}”. By when is it due?",
			"vague":    "“{1}” names no point in time. A promise needs one: which?",
			"past":     "That time has passed. Which one did you mean?",
			"half":     "I can't tell which half of the day you mean. Is this right?",
			"which":    "That could be one of two days. Is this the one?",
			"several":  "I found more than one time. Which one is it due at?",
			"no-day":   "That day isn't in the calendar. Which one did you mean?",
			"skipped":  "The clocks go forward then, and that hour is left out. Is this right?",
			"repeats":  "I keep promises that are due once. When is it due next?",
			"zone":     "That's the time of another place. Please give it in your own time.",
			"too-far":  "That's more than two years away. Is this right?",
			"too-long": "That's longer than a promise can be. Please shorten it.",
		},
		button: "Note a promise",
	}
}

func englishOwed() owedWords {
	return owedWords{
		ended:   "*Your shift is ending.* This is still open. Choose a colleague for what can't wait, or leave it for tomorrow.",
		asked:   "*What you still owe.* Choose a colleague to hand something over.",
		left:    "*{1} has left, and this is still open.* The promises are with the first of the leads for now. Choose who keeps them.",
		nothing: "Nothing is open: no promises, no requests you're on.",
		promise: "Promise: *{1}*, due {2}", claim: "You're on a request from {2}: *{1}*", somebody: "a colleague",
		later: "Due later, not listed: {1}.", everything: "Everything listed here",
		toColleague: "Hand to…", handed: "Handed to {2}: {1}",
	}
}

func englishDuty() dutyWords {
	return dutyWords{
		call:   "*Critical case: {1}*\n{2} is on it and needs a lead now.",
		taken:  "{3} answered: {1}.",
		closed: "The case is over: {1}.",
		next:   "If nobody answers within five minutes, I call the next in line.",
		last:   "You're the last in line. Please answer, or find somebody who can.",
		take:   "I've got it", somebody: "Somebody", coming: "{1} has seen your critical case and is on it.",
	}
}

func englishCare() careWords {
	return careWords{
		opening: "*That was a hard one. Take a minute for yourself.*",
		title:   "One minute",
		steps: [4]string{
			"Both feet on the floor. Let your shoulders drop.",
			"Breathe in for four, out for six. Five times.",
			"Say to yourself: the anger was at what happened, not at me.",
			"Get up, drink some water, look out of a window.",
		},
		peer:     "Then a word with somebody helps: {1}, for example, or whoever you trust.",
		anybody:  "Then a word with somebody helps: a colleague you trust.",
		private:  "Only you see this. I tell nobody, and it's counted nowhere.",
		customer: "Was it a customer who said that? Send it again with `Customer:` in front, and I'll suggest what to say.",
	}
}
