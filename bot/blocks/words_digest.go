package blocks

import "coachbot/store"

// digestWords are those of digests. {1} and {2} are what a line counts.
type digestWords struct {
	team                              string
	title, titleRunning, span, weekOf string // {1} team, {2} date; {1} first, {2} last day
	days, weeks, months               string // what a chart goes by
	quiet, quietDays                  string // {1} the date; of several days
	quietWeek, quietMonth             string
	first                             map[store.DigestKind]string
	late                              string
	summed                            string // {1} days

	headline map[string][2]string // by code: of one, of more

	cases, calmed, firstWords, help, taken, solved, promises, slips, cards string // {1} how many, {2} of how many or how long
	more, fewer, same, usually                                             string
	said, sayings                                                          string

	learned, by, rising, rise, openHelp, claimed, openAsked, today, due, waiting, waitingItem, andMore string

	drill, customer, better, answerA, answerB string
	inThread                                  string
	missed, missedItem, promisesUsual         string // {1} what, {2} when it was due; {1} kept, {2} missed

	details, scenarios, slipsTitle, slip, calming, calmingLine, failing, failingLine, gaps, unsure, unhelpful, passed, instead, nothingToChange string
	chartTitle, chartCases, chartCalmed                                                                                                         string

	read, readNow, readAlready, unread, everybody string
}

// practiceWords are those of drills.
type practiceWords struct {
	title, right, wrong, again, known string
	why                               map[string]string // by kind of drill
	next, none, private               string
}

// lasted are lengths of time in short.
type lastedWords struct{ seconds, minutes, hours, days string }
