package blocks

// liveWords are about the company's own playbooks, for admins.
type liveWords struct {
	broken  string // {1} the folder
	fault   string // {1} file, {2} line, {3} what is wrong
	more    string // {1} how many
	stays   string
	mended  string // {1} files
	allGood string
	accept  acceptWords
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
