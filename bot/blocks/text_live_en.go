package blocks

func englishLive() liveWords {
	return liveWords{
		broken:  "*Something in the playbooks of {1} cannot be used as it stands*",
		fault:   "`{1}` line {2}: {3}",
		more:    "and {1} more; `coachbot playbooks lint` lists them all.",
		stays:   "Nothing is lost: until it is mended, I work with the last good version of each file.",
		mended:  "*Mended and in use:* {1}",
		allGood: "No fault is left in the playbooks. Thank you.",
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
