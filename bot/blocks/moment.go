package blocks

import (
	"fmt"
	"strings"
	"time"
)

// moment is a time to keep, in words and in the zone of t: the day by name where
// it is near, the year where it is another one.
func (w *words) moment(t, now time.Time) string {
	now = now.In(t.Location())
	clock := t.Format("15:04")
	y, m, d := now.Date()
	switch {
	case sameDate(t, now):
		return strings.ReplaceAll(w.promise.today, "{1}", clock)
	case sameDate(t, time.Date(y, m, d+1, 12, 0, 0, 0, t.Location())):
		return strings.NewReplacer("{1}", w.day(t), "{2}", clock).Replace(w.promise.tomorrow)
	}
	day := w.day(t)
	if t.Year() != y {
		day = w.dayAndYear(t)
	}
	return strings.NewReplacer("{1}", day, "{2}", clock).Replace(w.promise.onDay)
}

func sameDate(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

func (w *words) day(t time.Time) string {
	if w.lang == "zh" {
		return fmt.Sprintf("%d月%d日周%s", t.Month(), t.Day(), string([]rune("日一二三四五六")[t.Weekday()]))
	}
	return t.Format("Mon 2 Jan")
}

func (w *words) dayAndYear(t time.Time) string {
	if w.lang == "zh" {
		return fmt.Sprintf("%d年%s", t.Year(), w.day(t))
	}
	return t.Format("Mon 2 Jan 2006")
}

// offset is a zone as people can check it: UTC+8, UTC-3:30.
func offset(t time.Time) string {
	_, seconds := t.Zone()
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	if minutes := seconds / 60 % 60; minutes != 0 {
		return fmt.Sprintf("UTC%s%d:%02d", sign, seconds/3600, minutes)
	}
	return fmt.Sprintf("UTC%s%d", sign, seconds/3600)
}

// left is a time to wait in words: minutes below two hours, then hours, then days.
func (w *words) left(d time.Duration) string {
	switch minutes := int((d + 30*time.Second) / time.Minute); {
	case minutes < 1:
		return w.promise.aMinute
	case minutes == 1:
		return w.promise.aMinute
	case minutes < 120:
		return strings.ReplaceAll(w.promise.minutes, "{1}", fmt.Sprint(minutes))
	case minutes < 48*60:
		return strings.ReplaceAll(w.promise.hours, "{1}", fmt.Sprint(minutes/60))
	default:
		return strings.ReplaceAll(w.promise.days, "{1}", fmt.Sprint(minutes/60/24))
	}
}
