package when_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"coachbot/bot/when"
)

// TestPhrases reads the table of what people say.
func TestPhrases(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/phrases.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var c when.Context
	seen := 0
	for lines, n := bufio.NewScanner(f), 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		switch {
		case text == "" || text[0] == '#':
			continue
		case text[0] == '@':
			c = scene(t, text)
			continue
		}
		parts := strings.Split(text, "|")
		if len(parts) != 3 {
			t.Fatalf("line %d: %q", n, text)
		}
		seen++
		said, want := strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1])+" | "+strings.TrimSpace(parts[2])
		if got := shown(when.Read(said, c), strings.Contains(want, "T")); got != strings.TrimSpace(want) {
			t.Errorf("line %d: %q\n got  %s\n want %s", n, said, got, want)
		}
	}
	if seen < 200 {
		t.Errorf("%d phrases, want at least 200", seen)
	}
}

func shown(p when.Promise, offset bool) string {
	layout := "2006-01-02 15:04"
	if offset && p.By.Month() == time.November && p.By.Day() == 1 {
		layout = time.RFC3339
	}
	out := p.What + " | "
	if p.Unclear != when.Clear {
		out += "?" + string(p.Unclear) + " "
	}
	if !p.By.IsZero() {
		out += p.By.Format(layout)
	}
	if p.Default {
		out += " default " + string(p.Kind)
	}
	return strings.TrimSpace(out)
}

// scene reads "@ date time zone locale [hours] [holidays=…] [makeup=…]".
func scene(t testing.TB, line string) when.Context {
	t.Helper()
	w := strings.Fields(line)
	zone, err := time.LoadLocation(w[3])
	if err != nil {
		t.Fatal(err)
	}
	now, err := time.ParseInLocation("2006-01-02 15:04", w[1]+" "+w[2], zone)
	if err != nil {
		t.Fatal(err)
	}
	c := when.Context{Now: now, Zone: zone, Locale: w[4]}
	for _, more := range w[5:] {
		if days, ok := strings.CutPrefix(more, "holidays="); ok {
			c.Work.Holidays = daysOf(t, days)
		} else if days, ok := strings.CutPrefix(more, "makeup="); ok {
			c.Work.MakeUp = daysOf(t, days)
		} else {
			var h1, m1, h2, m2 int
			if _, err := fmt.Sscanf(more, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); err != nil {
				t.Fatal(err)
			}
			span := when.Span{Start: h1*60 + m1, End: h2*60 + m2}
			if span.End <= span.Start {
				span.End += 24 * 60
			}
			c.Work.Week = map[time.Weekday]when.Span{}
			for d := time.Monday; d <= time.Friday; d++ {
				c.Work.Week[d] = span
			}
		}
	}
	return c
}

func daysOf(t testing.TB, list string) map[when.Day]bool {
	t.Helper()
	days := make(map[when.Day]bool)
	for _, item := range strings.Split(list, ",") {
		from, to, ok := strings.Cut(item, "..")
		if !ok {
			to = from
		}
		d, last := dayOf(t, from), dayOf(t, to)
		for ; !last.Before(d); d = d.Add(1) {
			days[d] = true
		}
	}
	return days
}

func dayOf(t testing.TB, s string) when.Day {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return when.DayOf(d)
}

// FuzzRead holds what must be true of any text: nothing is invented, and what is clear lies ahead.
func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("testdata/phrases.txt")
	if err != nil {
		f.Fatal(err)
	}
	for n, line := range strings.Split(string(data), "\n") {
		if said, _, ok := strings.Cut(line, "|"); ok && n%3 == 0 {
			f.Add(said, int64(1795572000+n*3600), n)
		}
	}
	zones := []string{"UTC", "Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"}
	f.Fuzz(func(t *testing.T, text string, unix int64, n int) {
		zone, err := time.LoadLocation(zones[uint(n)%uint(len(zones))])
		if err != nil {
			t.Fatal(err)
		}
		c := when.Context{Now: time.Unix(unix%(1<<32), 0), Zone: zone, Locale: []string{"", "en-US", "en-GB", "zh-CN"}[uint(n)%4]}
		p := when.Read(text, c)
		if again := when.Read(text, c); again != p {
			t.Fatalf("%q reads %+v, then %+v", text, p, again)
		}
		if p.Unclear == when.Clear && (!p.By.After(c.Now) || p.What == "") {
			t.Fatalf("%q at %v is clear with %+v", text, c.Now, p)
		}
		if !p.By.IsZero() && !p.By.After(c.Now) {
			t.Fatalf("%q at %v is guessed in the past: %v", text, c.Now, p.By)
		}
		if !strings.Contains(text, p.Said) {
			t.Fatalf("%q was said in %q", p.Said, text)
		}
		if p.Default && p.Said != "" {
			t.Fatalf("%q has a default although %q was said", text, p.Said)
		}
	})
}

// TestTheYearRound: whatever the hour and the season, tomorrow at noon is ahead and at noon.
func TestTheYearRound(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Africa/Casablanca"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for now := time.Date(2026, 1, 1, 0, 30, 0, 0, zone); now.Year() == 2026; now = now.Add(37 * time.Hour) {
			c := when.Context{Now: now, Zone: zone, Locale: "en-US"}
			y, m, d := now.Date()
			want := time.Date(y, m, d+1, 12, 0, 0, 0, zone)
			for _, text := range []string{"call by noon tomorrow", "明天中午十二点前回电"} {
				if got := when.Read(text, c); got.Unclear != when.Clear || !got.By.Equal(want) {
					t.Fatalf("%q at %v: got %v %s, want %v", text, now, got.By, got.Unclear, want)
				}
			}
			if got := when.Read("call within two hours", c); got.By.Sub(now) != 2*time.Hour {
				t.Fatalf("two hours at %v: got %v", now, got.By)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	c := when.Context{Now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), Zone: time.UTC}
	for b.Loop() {
		when.Read("call Ms Li back by 5pm tomorrow", c)
		when.Read("明天下午五点前给李女士回电", c)
	}
}
