package bot

import (
	"testing"
	"time"

	"coachbot/bot/when"
	"coachbot/store"
)

// A team that works around the clock works on each of its days, and its work ends when
// the last of them does.
func TestWorkAroundTheClock(t *testing.T) {
	t.Parallel()
	wednesday := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	for text, end := range map[string]time.Time{
		"Mon-Fri 0:00-24:00":                 wednesday.Add(62 * time.Hour),
		"Mon-Sun 0:00-24:00":                 {},
		"Mon-Fri 22:00-6:00":                 time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC),
		"Mon-Wed 0:00-24:00\nThu 0:00-12:00": time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC),
	} {
		hours, fault := readHours(text)
		if fault != "" {
			t.Fatalf("%q: %s", text, fault)
		}
		cal := calendarOf(store.Team{Hours: hours})
		if got, ok := cal.NextEnd(wednesday); ok == end.IsZero() || ok && !got.Equal(end) {
			t.Errorf("%q: work ends %v (%v), want %v", text, got, ok, end)
		}
		for d, day := when.DayOf(wednesday), 0; day < 2; d, day = d.Add(1), day+1 {
			if !cal.Works(d) {
				t.Errorf("%q: %v is no working day", text, d)
			}
		}
	}
}
