package blocks

func englishLive() liveWords {
	return liveWords{
		broken:    "*Something in the playbooks of {1} cannot be used as it stands*",
		fault:     "`{1}` line {2}: {3}",
		more:      "and {1} more; `coachbot playbooks lint` lists them all.",
		stays:     "Nothing is lost: until it is mended, I work with the last good version of each file. A new file waits until it has no fault.",
		unsaid:    "A phrase with forbidden words is never suggested; the rest of its file is in use.",
		mended:    "*Without a fault now, or gone:* {1}",
		allGood:   "No fault is left in the playbooks. Thank you.",
		elsewhere: "No playbook in the language `{1}` yet; these words are in the nearest language there is.",
		weekly: weeklyWords{
			title:   "*What the playbooks did not help with, {1} to {2}*",
			phrases: "Phrases, worst first", cases: "Cases without a good playbook, worst first",
			unhelpful: "no help {1}×", another: "other words wanted {1}×", used: "used {1}×",
			noHelp: "marked as no help", picked: "somebody chose “{1}” instead", unresolved: "not resolved", unsure: "no playbook was clearly ahead",
			more: "and {1} more.",
			hint: "A better phrase or an example in the playbook helps with the next case. `coachbot playbooks diff` shows what a change does before you save it.",
		},
		accept: acceptWords{
			title: "Into the playbook?", submit: "Decide",
			intro:    "Proposed as a further phrase of {1}:",
			decision: "Shall everybody be offered these words?", yes: "Accept", no: "Decline",
			words: "The phrase", wordsHint: "One full sentence or two, as they are said to the customer", step: "When is it said?",
			why: "Why not?", whyHint: "Only for a refusal; whoever proposed it reads this",
			written: "Accepted for “{1}”. It stands in {2} and will be suggested in a moment.",
			patch:   "Accepted for “{1}”. I cannot write to the folder of playbooks: save this change as a file and apply it there with `patch -p1` ({2}).",
		},
	}
}
