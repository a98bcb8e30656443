package blocks

import "strings"

// words is everything the views say in one language. A test refuses an empty field.
type words struct {
	lang                          string
	comma, stop, colon, semicolon string // punctuation with the space that follows it
	and                           string // between the last two of a list
	open, close                   string // quotation marks

	sentence [sentences]string
	reason   map[Reason]string
	spoke    string // {1} when {2} why
	quiet    string // likewise
	admit    string // {1} the app's id

	severity  severities
	emotion   map[string]string // as the customer sounds
	kind      map[string]string // the customer in this moment
	character map[string]string // the personality and what it wants
	step      map[string]string
	careful   map[string]string // of each forbidden phrase, what not to do

	card  cardWords
	check checkWords
	book  bookWords
	help  helpWords
	peers peersWords

	live    liveWords
	promise promiseWords
	owed    owedWords
	duty    dutyWords
	care    careWords

	digest   digestWords
	practice practiceWords
	setup    setupWords
	product  productWords
	tab      tabWords
	play     playWords
	ai       aiWords
	lasted   lastedWords

	whyTitle, whyEmpty string
}

type severities struct{ low, medium, high, critical string }

func (s severities) of(code string) string {
	switch code {
	case "low":
		return s.low
	case "medium":
		return s.medium
	case "high":
		return s.high
	case "critical":
		return s.critical
	}
	return ""
}

type cardWords struct {
	untitled  string
	sounds    string // {1} emotions, in a sentence of its own or after a colon
	now       string
	first     string
	next      string
	or        string
	then      string
	noPhrases string
	unsure    string
	perhaps   string    // before the title of a playbook that is a guess
	guess     string    // above what such a playbook says; {1} its title
	bridges   [3]string // true of any customer
	escalate  string
	avoid     string
	avoidLine string // {1} what not to do, {2} what to say
	insteadOf string // {1} a wording
	calm      string // {1} a thought
	seen      string // {1} words of the message
	fitted    string // the wording is an AI service's

	private                                map[Reason]string
	about                                  string // {1} link
	quiet                                  string
	calmed, unresolved, dismissed, deleted string

	used, another, more, less, helps, helpsNot, help    string
	close, leave, dismiss, pick, flared, settled, after string
}

type checkWords struct {
	clean, found, instead              string
	title, submit, cancel, label, hint string
	tooLong, more                      string

	hints string            // above the hints
	why   map[string]string // by a hint's id: one sentence that leads to better words
}

type bookWords struct {
	hits, all, none, open, short string
	inEnglish, inChinese         string
	now, escalate, instead       string
}

type helpWords struct {
	title, intro                               string
	commandsTitle, commands, adminTitle, admin string
	elsewhereTitle, elsewhere, note            string
}

// wordsIn are the words of a language: Chinese for zh and its variants, else English.
func wordsIn(lang string) *words {
	if isChinese(lang) {
		return chinese()
	}
	return english()
}

func isChinese(lang string) bool { return baseOf(lang) == "zh" }

// baseOf is a language without its script and country: zh of zh-Hant.
func baseOf(lang string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(lang), "_", "-"), "-")
	return base
}

// list joins words the way the language does: "a, b and c", "甲、乙".
func (w *words) list(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	last := len(all) - 1
	return strings.Join(all[:last], w.listComma()) + w.and + all[last]
}

func (w *words) listComma() string {
	if w.lang == "zh" {
		return "、"
	}
	return w.comma
}

// join puts sentences one after the other.
func (w *words) join(all []string) string {
	if w.lang == "zh" {
		return strings.Join(all, "")
	}
	return strings.Join(all, " ")
}
