package blocks

func englishLive() liveWords {
	return liveWords{
		broken:  "*Something in the playbooks of {1} cannot be used as it stands*",
		fault:   "`{1}` line {2}: {3}",
		more:    "and {1} more; `coachbot playbooks lint` lists them all.",
		stays:   "Nothing is lost: until it is mended, I work with the last good version of each file.",
		mended:  "*Mended and in use:* {1}",
		allGood: "No fault is left in the playbooks. Thank you.",
	}
}
