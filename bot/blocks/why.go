package blocks

import (
	"fmt"
	"strings"
	"time"

	"coachbot/store"
)

const maxDecisions = 10

// Why puts decisions into words, in their order: when the bot saw a message,
// whether it spoke and why. Times show in the reader's own time zone.
func Why(lang string, decisions []store.Decision) Message {
	w, p := wordsIn(lang), newPage(lang)
	if len(decisions) == 0 {
		p.section(w.whyEmpty)
		return p.message()
	}
	p.section("*" + w.whyTitle + "*")
	for i, d := range decisions {
		if i == maxDecisions || !p.section(w.decision(d)) {
			break
		}
	}
	return p.message()
}

func (w *words) decision(d store.Decision) string {
	reason := Reason(d.Reason)
	why := w.reason[reason]
	if why == "" {
		why = w.reason[ReasonUnsure]
		if d.Spoke {
			why = w.reason[ReasonSpoke]
		}
	}
	if id := lineEscaped(d.Author, 30); reason == ReasonApp && strings.HasPrefix(id, "B") {
		why = w.join([]string{why, strings.ReplaceAll(w.admit, "{1}", strings.ReplaceAll(id, "`", ""))})
	}
	pattern := w.quiet
	if d.Spoke {
		pattern = w.spoke
	}
	return strings.NewReplacer("{1}", date(d.At), "{2}", why).Replace(pattern)
}

// date is a time in Slack's markup, which shows it in the reader's zone and language.
func date(t time.Time) string {
	t = t.UTC()
	return fmt.Sprintf("<!date^%d^{date_num} {time}|%s UTC>", t.Unix(), t.Format("2006-01-02 15:04"))
}
