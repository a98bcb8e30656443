package blocks

import (
	"cmp"
	"fmt"
	"maps"
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
	p.section(d.product(w, maxDigestItems))
	p.section(d.gaps(w))
}

// Thread draws what did not fit on one screen, for the digest's thread.
func (d Digest) Thread() Message {
	w, p := wordsIn(d.Lang), newPage(d.Lang)
	p.section("*" + w.digest.details + "*")
	if d.Digest.Kind == store.DigestDay {
		d.chart(w, p)
	}
	p.section(d.scenarios(w, maxScenarioRows, 5))
	p.section(listed(w, w.digest.slipsTitle, d.Digest.Slipped, maxThreadItems, func(c digest.Count) string {
		return fill(w.digest.slip, w.open+d.title(c.Text)+w.close, c.N)
	}))
	p.section(d.calming(w, maxThreadItems/2))
	if len(d.Digest.Learned) > maxDigestItems-1 {
		p.section(d.learned(w, maxThreadItems))
	}
	if len(d.Digest.Open) > maxDigestItems {
		p.section(d.open(w, maxThreadItems))
	}
	if len(d.Digest.Today) > maxDigestItems {
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
		day, err := time.Parse(time.DateOnly, pt.Date)
		if err != nil {
			continue
		}
		if d.Digest.Kind == store.DigestDay && !d.Digest.Running {
			day = day.AddDate(0, 0, -1)
		}
		labels = append(labels, w.shortDay(day))
		cases.values, calmed.values = append(cases.values, pt.Cases), append(calmed.values, pt.Calmed)
	}
	unit := map[store.DigestKind]string{store.DigestDay: w.digest.days, store.DigestWeek: w.digest.weeks, store.DigestMonth: w.digest.months}[d.Digest.Kind]
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

// scenarios lists how many cases each had, with links to the newest.
func (d Digest) scenarios(w *words, most, links int) string {
	by := map[string][]store.Case{}
	for _, c := range d.Digest.Cases {
		by[c.Playbook] = append(by[c.Playbook], c)
	}
	ids := slices.SortedFunc(maps.Keys(by), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(by[b]), len(by[a])), cmp.Compare(a, b))
	})
	return listed(w, w.digest.scenarios, ids, most, func(id string) string {
		title := d.title(id)
		if title == "" {
			title = w.card.untitled
		}
		cases := by[id]
		text := lineEscaped(title, maxItem) + w.colon + fmt.Sprint(len(cases))
		var at []string
		for _, c := range cases[max(0, len(cases)-links):] {
			if d.Links[c.ID] != "" {
				at = append(at, d.linked(c.ID, c.OpenedAt.In(d.zone()).Format("15:04")))
			}
		}
		if len(at) > 0 {
			text += w.open3(strings.Join(at, w.listComma()))
		}
		return text
	})
}

func (d Digest) calming(w *words, most int) string {
	if len(d.Digest.Calming) == 0 {
		return ""
	}
	return listed(w, w.digest.calming, d.Digest.Calming, most, func(p digest.Phrase) string {
		return strings.NewReplacer("{1}", lineEscaped(p.Text, maxDigestText), "{2}", fmt.Sprint(p.Used), "{3}", fmt.Sprint(p.Calmed)).Replace(w.digest.calmingLine)
	})
}

// gaps are what playbooks lack.
func (d Digest) gaps(w *words) string {
	g := d.Digest.Gaps
	var lines []string
	if g.Unsure > 0 {
		lines = append(lines, fill(w.digest.unsure, g.Unsure))
	}
	for _, part := range []struct {
		pattern string
		list    []digest.Count
	}{{w.digest.unhelpful, g.Unhelpful}, {w.digest.instead, g.Instead}, {w.digest.passed, g.Another}} {
		for _, c := range part.list[:min(2, len(part.list))] {
			lines = append(lines, fill(part.pattern, d.title(c.Text), c.N))
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

// DigestSigned tells whoever pressed the button of a digest. Unread are the leads
// who have not; none are named to somebody who does not lead.
func DigestSigned(lang string, already, lead bool, unread []string) Message {
	w, p := wordsIn(lang), newPage(lang)
	said := w.digest.readNow
	if already {
		said = w.digest.readAlready
	}
	if lead && len(unread) > 0 {
		var who []string
		for _, u := range unread[:min(len(unread), 20)] {
			who = append(who, mention(u))
		}
		said = w.join([]string{said, strings.ReplaceAll(w.digest.unread, "{1}", w.list(who))})
	} else if lead {
		said = w.join([]string{said, w.digest.everybody})
	}
	p.section(said)
	return p.message()
}
