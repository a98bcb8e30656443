package blocks

// promiseWords are about promises. In a note: {1} what, {2} when, {3} how long
// until or since then, {4} who has it, {5} who had it, {6} the zone.
type promiseWords struct {
	today, tomorrow, onDay             string // {1} the clock, or the day and {2} the clock
	aMinute, minutes, hours, days      string
	made, turned, given                string
	near, missed                       string
	kept, dropped, with                string
	about                              string // {1} the case
	remind, remindOnce, unseen, repair string
	usual                              map[string]string // by kind, where the course's time was taken
	done, change, drop, reopen         string
	newTitle, changeTitle, submit      string
	what, whatHint, due, dueHint       string
	forCase, noCase                    string
	unclear                            map[string]string // by code: {1} what was said
	button                             string            // under a suggestion
}

// owedWords list what somebody owes: {1} what, {2} when or who asked.
type owedWords struct {
	ended, asked, left, nothing string
	promise, claim, somebody    string
	later, everything           string
	toColleague, handed         string
}

// dutyWords call a lead: {1} the case, {2} the agent, {3} who answered.
type dutyWords struct {
	call, taken, closed, next, last, take string
	somebody, coming                      string
}

// careWords are for the agent after a severe case.
type careWords struct {
	opening, title string
	steps          [4]string
	peer, anybody  string
	private        string
	customer       string
}
