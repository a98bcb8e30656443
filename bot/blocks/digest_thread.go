package blocks

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"coachbot/bot/digest"
	"coachbot/store"
)

// look is the longer look back of a week or a month.
func (d Digest) look(w *words, p *page) {
	d.chart(w, p)
	p.section(d.scenarios(w, maxScenarioRows/2, 0))
	p.section(d.calming(w, maxDigestItems))
	p.section(d.failing(w, maxDigestItems))
	p.section(d.product(w, maxDigestItems))
	p.section(d.gaps(w))
}

// Detailed reports whether there is anything to say in the digest's thread.
func (d Digest) Detailed() bool { return !d.Digest.Quiet && len(d.Thread().Blocks) > 1 }

// Thread draws what did not fit on one screen, for the digest's thread.
func (d Digest) Thread() Message {
	w, p := wordsIn(d.Lang), newPage(d.Lang)
	p.section("*" + w.digest.details + "*")
	if d.Digest.Kind == store.DigestDay {
		d.chart(w, p)
	}
	p.section(d.missed(w))
	p.section(d.scenarios(w, maxScenarioRows, 5))
	p.section(listed(w, w.digest.slipsTitle, d.Digest.Slipped, maxThreadItems, func(c digest.Count) string {
		return fill(w.digest.slip, w.open+d.title(c.Text)+w.close, c.N)
	}))
	p.section(d.calming(w, maxThreadItems/2))
	p.section(d.failing(w, maxThreadItems/2))
	most := d.most()
	if len(d.Digest.Waiting) > most {
		p.section(d.waiting(w, maxThreadItems))
	}
	if len(d.Digest.Learned) > maxLearnedShown {
		p.section(d.learned(w, maxThreadItems))
	}
	if len(d.Digest.Rising) > most {
		p.section(d.rising(w, maxThreadItems))
	}
	if len(d.Digest.Open) > most {
		p.section(d.open(w, maxThreadItems))
	}
	if len(d.Digest.Today) > most && d.Digest.Kind == store.DigestDay {
		p.section(d.today(w, maxThreadItems))
	}
	if len(d.Digest.Product) > maxDigestItems {
		p.section(d.product(w, maxThreadItems))
	}
	if d.Digest.Kind == store.DigestDay {
		p.section(d.gaps(w))
	}
	return p.message()
}

func (d Digest) chart(w *words, p *page) {
	var labels []string
	cases, calmed := series{name: w.digest.chartCases}, series{name: w.digest.chartCalmed}
	for _, pt := range d.Digest.Points {
		label := w.shortDay(pt.From.In(d.zone()))
		if d.Digest.By == store.DigestMonth {
			label = w.shortMonth(pt.From.In(d.zone()))
		}
		if i := slices.Index(labels, label); i >= 0 { // told twice, by hand say: a label stands once
			cases.values[i], calmed.values[i] = pt.Cases, pt.Calmed
			continue
		}
		labels = append(labels, label)
		cases.values, calmed.values = append(cases.values, pt.Cases), append(calmed.values, pt.Calmed)
	}
	unit := map[store.DigestKind]string{store.DigestDay: w.digest.days, store.DigestWeek: w.digest.weeks, store.DigestMonth: w.digest.months}[d.Digest.By]
	if len(labels) > 1 {
		p.bars(w, fill(w.digest.chartTitle, unit), labels, cases, calmed)
	}
}

func (w *words) shortDay(t time.Time) string {
	if w.lang == "zh" {
		return fmt.Sprintf("%d月%d日", t.Month(), t.Day())
	}
	return t.Format("2 Jan")
}

func (w *words) shortMonth(t time.Time) string {
	if w.lang == "zh" {
		return fmt.Sprintf("%d年%d月", t.Year(), t.Month())
	}
	return t.Format("Jan 2006")
}

// at is when a case was opened: the time, and the day where the digest is about several.
func (d Digest) at(w *words, c store.Case) string {
	t := c.OpenedAt.In(d.zone())
	if d.Digest.Days > 1 {
		return w.shortDay(t) + " " + t.Format("15:04")
	}
	return t.Format("15:04")
}

// newest links to the last of some cases, in brackets.
func (d Digest) newest(w *words, cases []store.Case, most int) string {
	var at []string
	for _, c := range cases[max(0, len(cases)-most):] {
		if d.Links[c.ID] != "" {
			at = append(at, d.linked(c.ID, d.at(w, c)))
		}
	}
	if len(at) == 0 {
		return ""
	}
	return w.open3(strings.Join(at, w.listComma()))
}

// average writes an average: in whole numbers unless it is small.
func average(n float64) string {
	if n > 0 && n < 1 {
		return fmt.Sprintf("%.1f", n)
	}
	return fmt.Sprintf("%.0f", n)
}

// missed lists the promises that were not kept in time.
func (d Digest) missed(w *words) string {
	return listed(w, w.digest.missed, d.Digest.Missed, maxThreadItems, func(p store.Promise) string {
		due := p.DueAt.In(d.zone())
		return strings.NewReplacer("{1}", d.linked(p.ID, theirs(p.What)), "{2}", w.day(due)+" "+due.Format("15:04")).Replace(w.digest.missedItem)
	})
}

// scenarios lists how many cases each had: by number with links to the newest, or,
// without links, by trend, those that are no more too.
func (d Digest) scenarios(w *words, most, links int) string {
	by := map[string][]store.Case{}
	for _, c := range d.Digest.Cases {
		by[c.Playbook] = append(by[c.Playbook], c)
	}
	if links == 0 {
		for id, usual := range d.Digest.Usual {
			if usual >= 1 && len(by[id]) == 0 && !d.Digest.Running { // what is not over may still have some
				by[id] = nil
			}
		}
	}
	moved := func(id string) float64 {
		if links > 0 || d.Digest.Usual == nil {
			return 0
		}
		return math.Abs(float64(len(by[id])) - d.Digest.Usual[id])
	}
	ids := slices.SortedFunc(maps.Keys(by), func(a, b string) int {
		return cmp.Or(cmp.Compare(moved(b), moved(a)), cmp.Compare(len(by[b]), len(by[a])), cmp.Compare(a, b))
	})
	return listed(w, w.digest.scenarios, ids, most, func(id string) string {
		title := d.title(id)
		if title == "" {
			title = w.card.untitled
		}
		cases := by[id]
		if links == 0 {
			text := lineEscaped(title, maxItem)
			if len(cases) > 0 {
				text = d.linked(cases[len(cases)-1].ID, title)
			}
			text += w.colon + fmt.Sprint(len(cases))
			if d.Digest.Usual != nil {
				text += w.open3(fill(w.digest.usually, average(d.Digest.Usual[id])))
			}
			return text
		}
		return lineEscaped(title, maxItem) + w.colon + fmt.Sprint(len(cases)) + d.newest(w, cases, links)
	})
}

func (d Digest) calming(w *words, most int) string {
	return listed(w, w.digest.calming, d.Digest.Calming, most, func(p digest.Phrase) string {
		return strings.NewReplacer("{1}", d.linked(p.Case, p.Text), "{2}", fmt.Sprint(p.Used), "{3}", fmt.Sprint(p.Calmed)).Replace(w.digest.calmingLine)
	})
}

func (d Digest) failing(w *words, most int) string {
	return listed(w, w.digest.failing, d.Digest.Failing, most, func(p digest.Phrase) string {
		return strings.NewReplacer("{1}", d.linked(p.Case, p.Text), "{2}", fmt.Sprint(p.Used), "{3}", fmt.Sprint(p.Left)).Replace(w.digest.failingLine)
	})
}

// gaps are what playbooks lack.
func (d Digest) gaps(w *words) string {
	g := d.Digest.Gaps
	var lines []string
	if g.Unsure > 0 {
		var unsure []store.Case
		for _, c := range d.Digest.Cases {
			if !c.Sure {
				unsure = append(unsure, c)
			}
		}
		lines = append(lines, fill(w.digest.unsure, g.Unsure)+d.newest(w, unsure, 3))
	}
	for _, c := range g.Unhelpful[:min(2, len(g.Unhelpful))] {
		said := w.open + d.linked(c.Case, c.Text) + w.close
		lines = append(lines, strings.NewReplacer("{1}", said, "{2}", fmt.Sprint(c.N), "{3}", lineEscaped(d.title(c.Scenario), maxItem)).Replace(w.digest.unhelpful))
	}
	for _, part := range []struct {
		pattern string
		list    []digest.Count
	}{{w.digest.instead, g.Instead}, {w.digest.passed, g.Another}} {
		for _, c := range part.list[:min(2, len(part.list))] {
			lines = append(lines, strings.NewReplacer("{1}", d.linked(c.Case, d.title(c.Text)), "{2}", fmt.Sprint(c.N)).Replace(part.pattern))
		}
	}
	if len(lines) == 0 {
		if d.Digest.Kind == store.DigestDay {
			return ""
		}
		lines = append(lines, w.digest.nothingToChange)
	}
	return listed(w, w.digest.gaps, lines, len(lines), func(s string) string { return s })
}

// people mentions the first of some.
func (w *words) people(users []string) string {
	var who []string
	for _, u := range users[:min(len(users), 20)] {
		who = append(who, mention(u))
	}
	return w.list(who)
}

// DigestSigned tells whoever pressed the button of a digest. Unread are the leads
// who have not; none are named to somebody who does not lead.
func DigestSigned(lang string, already, lead bool, unread []string) Message {
	w, p := wordsIn(lang), newPage(lang)
	said := w.digest.readNow
	if already {
		said = w.digest.readAlready
	}
	if lead && len(unread) > 0 {
		said = w.join([]string{said, strings.ReplaceAll(w.digest.unread, "{1}", w.people(unread))})
	} else if lead {
		said = w.join([]string{said, w.digest.everybody})
	}
	p.section(said)
	return p.message()
}
