package blocks

// liveWords are about the company's own playbooks, for admins.
type liveWords struct {
	broken  string // {1} the folder
	fault   string // {1} file, {2} line, {3} what is wrong
	more    string // {1} how many
	stays   string
	unsaid  string // below forbidden phrases in files that are in use
	mended  string // {1} files
	allGood string
	accept  acceptWords

	elsewhere string // under phrases that are in another language: {1} the one asked for
	weekly    weeklyWords
}

// weeklyWords are about what the playbooks did not help with in a week.
type weeklyWords struct {
	title                              string // {1} from, {2} until
	phrases, cases                     string
	unhelpful, another, used           string // {1} how often
	noHelp, picked, unresolved, unsure string // {1} the playbook picked
	more                               string // {1} how many
	hint                               string
}

// acceptWords are about what is proposed for a playbook.
type acceptWords struct {
	title, submit               string
	intro                       string // {1} the playbook
	decision, yes, no           string
	words, wordsHint, step, why string
	whyHint                     string
	written, patch              string // {1} the playbook, {2} the file
}
