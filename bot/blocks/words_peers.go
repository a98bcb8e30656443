package blocks

// peersWords is what colleagues read of each other's requests.
type peersWords struct {
	note [peerNotes]string
	ask  askWords
	help requestWords
	pack packetWords
	done resolveWords
	keep keepWords
	home homeWords
}

// homeWords are those of a person's Home tab.
type homeWords struct {
	title, on, asked, nothing, hint string
}

// askWords are those of the form that asks for help.
type askWords struct {
	title, submit, cancel      string
	question, questionHint     string
	tried, triedHint           string
	urgency, low, normal, high string
	weight, many, valued       string
	names, show, hide          string
	whom, peers, lead          string
	empty                      string // fault
}

// requestWords are those of a request's own message.
type requestWords struct {
	wanted, handover                     string
	urgent, today, many, valued          string
	from, unnamed                        string // {1} who
	about                                string // {1} link
	scenario                             string // {1} title
	tried                                string
	open, first, claimed, solved, nobody string // {1} who
	withdrawn, worked                    string
	claim, release, resolve, withdraw    string // buttons
	pass, still, thank, details, save    string
	say                                  string // button and title of its form
	sayWords, saySend, says              string // the form, and what stands before the words in the thread
}

// packetWords are those of a hand-over.
type packetWords struct {
	title, submit                                     string
	facts, tried, promises, mood, authority, sentence string
	hint, authorityHint, sentenceHint                 string
	moodLine                                          string // {1} how bad, {2} emotions
	moodTurns                                         string // {1} how often
	noPromises, promiseLine                           string // {1} what, {2} when
	draft                                             string // of the sentence
	missing                                           string // fault
}

// resolveWords are those of the form that closes a request.
type resolveWords struct {
	title, submit            string
	worked, workedHint       string
	calmed, yes, no, unknown string
	keep, card, name         string
	missing, forbidden       string // faults; {1} words, {2} better ones
}

// keepWords are those of knowledge.
type keepWords struct {
	title, correct, submit, cancel                string
	situation, words, wordsHint, result, scenario string
	named                                         string
	forBook, proposeNow, noBook                   string // proposing it at once; the fault when no playbook is chosen
	missing                                       string
	known, knownBy                                string // under a suggestion: {1} when, {2} words, {3} who
	today, yesterday, days                        string // {1} how many
	lastWeek, weeks, months                       string // likewise
	hits, source, by, calmedThem                  string // {1}
	review                                        string
	save, takeBack, confirm, propose, accept      string // buttons
	said                                          string // before a card's words
}
