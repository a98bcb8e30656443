package blocks

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"coachbot/bot/digest"
	"coachbot/store"
)

// A screen of Slack: lines of so many columns, Chinese characters two columns wide.
const (
	screenLines   = 40
	screenColumns = 100
)

var shownLink = regexp.MustCompile(`<(https?://[^|>]+)\|([^>]*)>`)

// screenful is how many lines of a screen a message takes.
func screenful(text string) (lines int) {
	for line := range strings.SplitSeq(shownLink.ReplaceAllString(text, "$2"), "\n") {
		columns := 0
		for _, r := range line {
			columns++
			if r > 0x2E80 {
				columns++
			}
		}
		lines += max(1, (columns+screenColumns-1)/screenColumns)
	}
	return lines
}

// However much there is to say, the day's digest is one screen, and what it leaves out is in its thread.
func TestDayIsOneScreen(t *testing.T) {
	t.Parallel()
	for _, s := range []sample{englishSample(), chineseSample()} {
		now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
		r := sampleRecords(s, 400, now)
		r.Open, r.Today, r.Waiting, r.Cards = nil, nil, nil, nil
		long := strings.Repeat(s.question+" ", 20)
		for i := range 10 {
			id := fmt.Sprint(i)
			r.Open = append(r.Open, store.HelpRequest{ID: "h" + id, Question: "h" + id + " " + long, State: store.HelpOpen, OpenedAt: now.Add(-time.Hour)})
			r.Today = append(r.Today, store.Promise{ID: "t" + id, What: "t" + id + " " + long, State: store.PromiseOpen, DueAt: now.Add(time.Hour)})
			r.Waiting = append(r.Waiting, store.Promise{ID: "w" + id, What: "w" + id + " " + long, State: store.PromiseOpen, MadeAt: now.AddDate(0, 0, -7)})
			r.Cards = append(r.Cards, store.KnowledgeCard{ID: "k" + id, Situation: "k" + id + " " + long, Words: long, State: store.CardLive})
		}
		slot, err := digest.On(store.Team{}, store.DigestDay, "2026-11-25")
		if err != nil {
			t.Fatal(err)
		}
		drill := sampleDrill(s)
		d := Digest{Lang: s.lang, Digest: digest.Make(slot, s.teamName, r), Now: now, Titles: s.titles, Drill: &drill, Late: true, Summary: s.summary, AI: s.aiMark}
		text, thread := d.Message().Text, d.Thread().Text
		if n := screenful(text); n > screenLines {
			t.Errorf("%s: %d lines, want at most %d:\n%s", s.lang, n, screenLines, text)
		}
		for _, kind := range []string{"h", "t", "w"} {
			for i := range 10 {
				if id := kind + fmt.Sprint(i) + " "; !strings.Contains(thread, id) {
					t.Errorf("%s: the thread lacks %s", s.lang, id)
				}
			}
		}
	}
}
