package blocks

import (
	"strconv"
	"strings"
	"time"

	"coachbot/bot/digest"
)

// MaxPoor is how many phrases, and how many cases, one weekly list holds.
const MaxPoor = 10

// Weekly lists for admins what the playbooks did not help with.
type Weekly struct {
	Lang        string
	From, Until time.Time // days, the last one included
	Phrases     []digest.PoorPhrase
	Cases       []digest.PoorCase
	Links       map[string]string // to the messages, by case
	Title       func(playbook string) string
}

// Message draws the list.
func (v Weekly) Message() Message {
	w, p := wordsIn(v.Lang), newPage(v.Lang)
	t := w.live.weekly
	p.section(strings.NewReplacer("{1}", v.From.Format(time.DateOnly), "{2}", v.Until.Format(time.DateOnly)).Replace(t.title))
	if len(v.Phrases) > 0 {
		p.section("*" + t.phrases + "*")
	}
	for i, x := range v.Phrases[:min(len(v.Phrases), MaxPoor)] {
		var counts []string
		for _, c := range []struct {
			n       int
			pattern string
		}{{x.Unhelpful, t.unhelpful}, {x.Another, t.another}, {x.Used, t.used}} {
			if c.n > 0 {
				counts = append(counts, strings.ReplaceAll(c.pattern, "{1}", strconv.Itoa(c.n)))
			}
		}
		p.section(strconv.Itoa(i+1) + ". " + lineEscaped(x.Phrase, maxPhrase) + "\n" + v.title(x.Playbook) + w.comma + w.step[x.Step] + w.colon + strings.Join(counts, w.comma))
	}
	if len(v.Cases) > 0 {
		p.section("*" + t.cases + "*")
	}
	for i, x := range v.Cases[:min(len(v.Cases), MaxPoor)] {
		var why []string
		if x.Unhelpful {
			why = append(why, t.noHelp)
		}
		if x.Picked {
			why = append(why, strings.ReplaceAll(t.picked, "{1}", v.title(x.Instead)))
		}
		if x.Unresolved {
			why = append(why, t.unresolved)
		}
		if x.Unsure {
			why = append(why, t.unsure)
		}
		entry := strconv.Itoa(i+1) + ". " + linked(theirs(lineEscaped(x.Case.Text, maxItem)), v.Links[x.Case.ID])
		p.section(entry + "\n" + v.title(x.Case.Playbook) + w.colon + strings.Join(why, w.comma))
	}
	if more := max(len(v.Phrases)-MaxPoor, 0) + max(len(v.Cases)-MaxPoor, 0); more > 0 {
		p.small(fill(t.more, more))
	}
	p.small(t.hint)
	return p.message()
}

func (v Weekly) title(playbook string) string {
	if v.Title != nil {
		playbook = v.Title(playbook)
	}
	return bare(playbook, maxHeader)
}
