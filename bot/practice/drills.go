// Package practice makes two-minute drills, "which of two answers is the better
// one, and why", from playbooks, from the forbidden phrases and from a team's own
// masked cases, and spaces them so that what somebody missed returns. It is pure.
package practice

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/store"
)

// Kind is what a drill is about.
type Kind string

// Kinds of drills.
const (
	Forbidden Kind = "forbidden" // a forbidden phrase, or words instead
	Wording   Kind = "wording"   // what the playbook says instead of a wording
	FirstStep Kind = "first"     // feelings before solutions
	OwnCase   Kind = "own-case"  // likewise, with a case that the team calmed
)

// Drill is a situation with two answers.
type Drill struct {
	ID       string
	Kind     Kind
	Lang     string
	Scenario string // playbook
	Case     string // of OwnCase, its id
	Title    string // its title
	Customer string // the case, as an agent tells it; "" when the answers speak for themselves
	Answers  [2]string
	Better   int    // 0 or 1
	Phrase   string // of Forbidden, the phrase's id
}

// Right reports whether an answer is the better one.
func (d Drill) Right(answer int) bool { return answer == d.Better }

// From makes every drill of a language: from the playbooks and the guard's
// phrases, and from cases with the phrase that calmed them.
func From(set *playbooks.Set, g *guard.Guard, lang string, cases []store.Case) []Drill {
	var all []Drill
	for _, p := range set.Scenarios(lang) {
		all = append(all, ofPlaybook(p, g)...)
	}
	for _, c := range cases {
		if d, ok := ofCase(set, c, lang); ok {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b Drill) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b Drill) bool { return a.ID == b.ID })
}

func ofPlaybook(p *playbooks.Playbook, g *guard.Guard) (list []Drill) {
	for _, s := range p.SayInstead {
		d := Drill{Kind: Wording}
		worse := sentence(s.Wording, p.Lang) // its form must not give it away
		if s.Phrase != "" {
			d.Kind, d.Phrase, worse = Forbidden, s.Phrase, wordingOf(g, s.Phrase, p.Lang)
		}
		if worse != "" {
			list = append(list, d.filled(p, s.Text, worse))
		}
	}
	kind, offer := plain(p.Steps[playbooks.Empathise]), plain(p.Steps[playbooks.Offer])
	if len(kind) > 0 && len(offer) > 0 && feelingsFirst(p) {
		for i, text := range upset(p) {
			d := Drill{Kind: FirstStep, Customer: text}
			list = append(list, d.filled(p, kind[i%len(kind)], offer[i%len(offer)]))
		}
	}
	return list
}

// feelingsFirst reports whether an upset customer is what a playbook is about. Where
// somebody is in danger, what to do comes first; a prank wants no sympathy.
func feelingsFirst(p *playbooks.Playbook) bool { return p.Severity != "critical" && p.Root != "state" }

// examplesEach is how many of a playbook's examples become drills.
const examplesEach = 3

// upset are examples of customers who are upset and in no danger; short ones, that
// are read in a moment.
func upset(p *playbooks.Playbook) (list []string) {
	marked := slices.ContainsFunc(p.Examples, func(e playbooks.Example) bool { return e.Severity != "" })
	for _, e := range p.Examples {
		fits := e.Severity == "medium" || e.Severity == "high" || !marked
		if fits && len(list) < examplesEach && len(e.Text) < longestExample {
			list = append(list, e.Text)
		}
	}
	return list
}

// longestExample is how many bytes an example may have that is read in a drill.
const longestExample = 300

// ofCase makes a drill of a case that was calmed with a phrase. Its text is masked already.
func ofCase(set *playbooks.Set, c store.Case, lang string) (Drill, bool) {
	p, ok := set.ByID(c.Playbook, lang)
	if !ok || c.State != store.CaseCalmed || c.Private || c.Lang != lang || len(c.Used) == 0 || c.Severity == "critical" || !feelingsFirst(p) {
		return Drill{}, false
	}
	offer := plain(p.Steps[playbooks.Offer])
	for _, said := range c.Used {
		if len(offer) > 0 && offer[0] != said && isPhrase(p.Steps[playbooks.Empathise], said) {
			return Drill{Kind: OwnCase, Case: c.ID, Customer: c.Text}.filled(p, said, offer[0]), true
		}
	}
	return Drill{}, false
}

// isPhrase reports whether words are one of the phrases, whomever it is for.
func isPhrase(list []playbooks.Phrase, said string) bool {
	return slices.ContainsFunc(list, func(p playbooks.Phrase) bool { return playbooks.Fill(p.Text, lang(p.Text), nil) == said })
}

// filled sets the answers in an order that the drill's own words decide.
func (d Drill) filled(p *playbooks.Playbook, better, worse string) Drill {
	d.Lang, d.Scenario, d.Title = p.Lang, p.ID, p.Title
	better, worse = playbooks.Fill(better, p.Lang, nil), playbooks.Fill(worse, p.Lang, nil)
	sum := sha256.Sum256([]byte(strings.Join([]string{string(d.Kind), p.Lang, p.ID, better, worse, d.Customer}, "\x00")))
	d.ID, d.Better = hex.EncodeToString(sum[:8]), int(sum[8]&1)
	d.Answers[d.Better], d.Answers[1-d.Better] = better, worse
	return d
}

// plain are the phrases for everybody.
func plain(list []playbooks.Phrase) (out []string) {
	for _, p := range list {
		if p.Plain() {
			out = append(out, playbooks.Fill(p.Text, lang(p.Text), nil))
		}
	}
	return out
}

func lang(s string) string {
	for _, r := range s {
		if r >= 0x4e00 && r <= 0x9fff {
			return "zh"
		}
	}
	return "en"
}

// wordingOf is a forbidden phrase as somebody would say it. The one that is two
// phrases in one gives its first.
func wordingOf(g *guard.Guard, id, lang string) string {
	for _, p := range g.Phrases() {
		if p.ID == id {
			first, _, _ := strings.Cut(p.Text[lang], " / ")
			return ended(first, lang)
		}
	}
	return ""
}

// sentence writes a wording as one that somebody says.
func sentence(s, lang string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return ended(string(unicode.ToUpper(first))+s[size:], lang)
}

func ended(s, lang string) string {
	last, _ := utf8.DecodeLastRuneInString(s)
	if s == "" || strings.ContainsRune(".!?…。！？", last) {
		return s
	}
	if lang == "zh" {
		return s + "。"
	}
	return s + "."
}
