package llm

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"coachbot/playbooks"
	"coachbot/playbooks/linear"
)

const (
	learnC      = 3 // what a mistake may weigh
	learnRounds = 12
)

// Answer is a labelled answer: for a case and a playbook, with why it must be refused.
type Answer struct {
	Lang     string   `json:"lang"`
	Playbook string   `json:"playbook"`
	Case     string   `json:"case"`
	Text     string   `json:"text"`
	Want     []string `json:"want"` // codes of faults; none: it must pass; "any": whichever
}

// ReadAnswers reads labelled answers, one JSON object a line.
func ReadAnswers(r io.Reader) (list []Answer, err error) {
	for in := json.NewDecoder(r); ; {
		var a Answer
		switch err := in.Decode(&a); err {
		case nil:
			list = append(list, a)
		case io.EOF:
			return list, nil
		default:
			return nil, fmt.Errorf("labelled answer %d: %w", len(list)+1, err)
		}
	}
}

// Learn makes what learned.br holds from labelled answers and the playbooks' own
// phrases. The same input always gives the same bytes.
func Learn(answers []Answer, set *playbooks.Set) ([]byte, error) {
	list, err := lessonsOf(answers, set)
	if err != nil {
		return nil, err
	}
	l := separate(append(list, ownLessons(set)...))
	l.Made = digestOf(answers, set)
	return linear.Pack(l)
}

// digestOf tells what was learned from: labelled answers and all that the playbooks say.
func digestOf(answers []Answer, set *playbooks.Set) string {
	sum := sha256.New()
	for _, lang := range set.Languages() {
		for _, p := range set.Scenarios(lang) {
			fmt.Fprintf(sum, "%s %s %q\n", lang, p.ID, wordsOf(*p))
		}
	}
	for _, a := range answers {
		fmt.Fprintf(sum, "%q\n", a)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// lesson is a sentence and whether a good answer may say it.
type lesson struct {
	features []uint32
	good     bool
	of       int // which answer it is from
}

// lessonsOf takes answers apart. Which sentence of a bad one is to blame is not told,
// so a bad one teaches only when it is a single sentence.
func lessonsOf(answers []Answer, set *playbooks.Set) (list []lesson, err error) {
	companies := make(map[*playbooks.Playbook]*company)
	for i, a := range answers {
		p, ok := set.ByID(a.Playbook, a.Lang)
		if !ok {
			return nil, fmt.Errorf("labelled answer %d: no playbook %s in %s", i+1, a.Playbook, a.Lang)
		}
		if companies[p] == nil {
			companies[p] = newCompany(p.Lang, wordsOf(*p))
		}
		_, told := findOrders(a.Case)
		some := newGrounds(companies[p], told).lessons(a.Text, len(a.Want) == 0, i)
		if len(a.Want) == 0 || len(splitKeep(strings.TrimSpace(formulas.ReplaceAllString(fold(a.Text), "")))) < 3 {
			list = append(list, some...)
		}
	}
	return list, nil
}

func (g *grounds) lessons(text string, good bool, of int) (list []lesson) {
	for _, s := range splitKeep(fold(marked(text))) {
		rest := behindFormula(s)
		if plain(formulas.ReplaceAllString(s, "")) == "" && !good {
			continue // it is not the formula that is bad
		}
		if f := g.features(s); len(f) > 0 {
			list = append(list, lesson{f, good, of})
		}
		if f := g.features(rest); len(f) > 0 {
			list = append(list, lesson{f, good, of})
		}
	}
	return list
}

// ownLessons are the playbooks' phrases. Those that promise nothing must be known
// from the rest of their playbook; the others are good because they stand in it.
func ownLessons(set *playbooks.Set) (list []lesson) {
	for _, lang := range set.Languages() {
		for _, p := range set.Scenarios(lang) {
			all := wordsOf(*p)
			whole := newGrounds(newCompany(lang, all), "")
			for _, step := range playbooks.Steps()[1:] {
				for _, line := range p.Steps[step] {
					text := strings.NewReplacer("[", "", "]", "").Replace(line.Text)
					g := whole
					switch step {
					case playbooks.Listen, playbooks.Empathise, playbooks.Clarify, playbooks.Apologise:
						g = newGrounds(newCompany(lang, slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == line.Text })), "")
					}
					list = append(list, g.lessons(text, true, -1)...)
				}
			}
		}
	}
	return list
}

// separate trains the machine that tells good sentences from bad ones.
func separate(list []lesson) *learner {
	texts := make([]linear.Text, len(list))
	for i, x := range list {
		texts[i] = linear.Even(x.features)
	}
	w, bias := linear.Train(buckets, learnRounds, texts, []linear.Task{{Positive: func(i int) bool { return list[i].good }, Dear: learnC, Cheap: learnC}})
	l := &learner{Bias: bias[0]}
	l.Weights, l.Step = linear.Steps(linear.Of(0, w), math.MaxInt8)
	return l
}
