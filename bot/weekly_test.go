package bot_test

import (
	"testing"
	"time"

	"coachbot/bot"
)

// On Monday the admins read once what did not help in the week before, worst
// first; a week in which all went well passes in silence.
func TestAdminsReadTheWeeksGaps(t *testing.T) {
	t.Parallel()
	x := newWorld(t, adaDecides, func(o *bot.Options) { o.Team.Zone = "Asia/Shanghai" })
	x.tom.Post(watched, furious)
	card := x.said(1)[0]
	x.click(x.tom, card, "suggestion_feedback:2")
	x.click(x.tom, card, "suggestion_pick")
	x.advance(nextMonday(x.now()).Sub(x.now()) - time.Minute)
	x.said(1)
	x.advance(2 * time.Minute)
	list := x.said(2)[1]
	if list.Channel != x.ada.DMChannel() {
		t.Errorf("told in %s, want the admin's direct messages", list.Channel)
	}
	contains(t, list.Text, "what the playbooks did not help with", "no help 1×", "Where is my parcel", "marked as no help", "somebody chose")
	x.advance(7*24*time.Hour + time.Minute)
	x.said(2)
}

// nextMonday is nine o'clock of the next Monday in Shanghai.
func nextMonday(after time.Time) time.Time {
	zone := time.FixedZone("Shanghai", 8*60*60)
	day := after.In(zone)
	at := time.Date(day.Year(), day.Month(), day.Day(), 9, 0, 0, 0, zone)
	for at.Weekday() != time.Monday || !at.After(after) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}
