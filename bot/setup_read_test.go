package bot

import (
	"reflect"
	"testing"
	"time"

	"coachbot/store"
)

func TestReadHours(t *testing.T) {
	t.Parallel()
	week := func(from, to int, days ...time.Weekday) (list []store.Hours) {
		for _, d := range days {
			list = append(list, store.Hours{Day: d, From: from, To: to})
		}
		return list
	}
	five := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	for text, want := range map[string][]store.Hours{
		"":                               nil,
		"Mon-Fri 9:00-18:00":             week(540, 1080, five...),
		"monday to friday 9-18":          week(540, 1080, five...),
		"周一至周五 9:00-18:00":               week(540, 1080, five...),
		"周一到周五：9点-18点":                   week(540, 1080, five...),
		"Sat, Sun 10:30–16:00":           week(630, 960, time.Saturday, time.Sunday),
		"周六、周日 10:30-16:00":              week(630, 960, time.Saturday, time.Sunday),
		"Mon 9-12\nMon 13-18":            append(week(540, 720, time.Monday), week(780, 1080, time.Monday)...),
		"Sun 22:00-6:00":                 append(week(1320, 1440, time.Sunday), week(0, 360, time.Monday)...),
		"Fri 18:00-24:00; Sat 0:00-2:00": append(week(1080, 1440, time.Friday), week(0, 120, time.Saturday)...),
	} {
		got, fault := readHours(text)
		if fault != "" || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %v, fault %q", text, got, fault)
		}
	}
	for _, text := range []string{"whenever", "Mon-Fri", "9-18", "Mon 25:00-26:00", "Mon 9:75-10:00", "Moon 9-18", "Mon 9-9", "Mon 24:00-8:00"} {
		if got, fault := readHours(text); fault == "" {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestReadDates(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                         nil,
		"2026-10-02, 2026-10-01":   {"2026-10-01", "2026-10-02"},
		"2026-10-01..2026-10-03":   {"2026-10-01", "2026-10-02", "2026-10-03"},
		"2026-10-01至2026-10-02":    {"2026-10-01", "2026-10-02"},
		"2026-10-01 至 2026-10-02":  {"2026-10-01", "2026-10-02"},
		"2026-10-01 到2026-10-02":   {"2026-10-01", "2026-10-02"},
		"2026-10-01 to 2026-10-02": {"2026-10-01", "2026-10-02"},
		"2026-10-01 ~ 2026-10-02":  {"2026-10-01", "2026-10-02"},
		"2026-10-01\n2026-10-01":   {"2026-10-01"},
		"2026-12-31 .. 2027-01-01": {"2026-12-31", "2027-01-01"},
	} {
		got, fault := readDates(text)
		if fault != "" || len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %v, fault %q", text, got, fault)
		}
	}
	for _, text := range []string{"Christmas", "2026-13-01", "2026-10-05..2026-10-01", "2026-01-01..2027-01-01"} {
		if got, fault := readDates(text); fault == "" {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestReadMinutes(t *testing.T) {
	t.Parallel()
	got, fault := readMinutes("30, 5、15分钟")
	if want := []time.Duration{5 * time.Minute, 15 * time.Minute, 30 * time.Minute}; fault != "" || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, fault %q", got, fault)
	}
	for _, text := range []string{"soon", "0", "-5", "1441"} {
		if got, fault := readMinutes(text); fault == "" {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestZoneNamesInOtherLetters(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"Asia/Shanghai": "Asia/Shanghai", " asia/shanghai ": "Asia/Shanghai", "AMERICA/NEW YORK": "America/New_York", "UTC": "UTC", "Mars/Olympus": "Mars/Olympus",
		"america/argentina/buenos aires": "America/Argentina/Buenos_Aires",
	} {
		if got := zoneName(typed); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}
