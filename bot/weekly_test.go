package bot_test

import (
	"strings"
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

// A line of the list holds whatever a message and a playbook's title hold: bars, line
// breaks and Slack's own markup.
func TestAWeeksGapsStandOnTheirLines(t *testing.T) {
	t.Parallel()
	s := shelf{t, t.TempDir()}
	s.write("en/drone-noise.md", strings.Replace(drones("That noise would wear me out as well.", "drone"), "title: Drone noise", "title: \"Drones | *noise* <!here>\"", 1))
	x := newWorld(t, adaDecides, shelved(t, s.dir, smallLibrary()))
	x.tom.Post(watched, "> Your drone | the big one\n> buzzes over my garden & house all day, see https://drones.example/log and @mei\n> I am furious!")
	x.click(x.tom, x.said(1)[0], "suggestion_feedback:2")
	x.moveTo(time.Date(2026, 11, 30, 9, 1, 0, 0, time.UTC))
	list := x.direct(x.ada, 1)[0]
	contains(t, list.Text, "|Your drone ¦ the big one buzzes over my garden &amp; house all day, see https://drones.example/log and @"+x.mei.ID()+" I am furious!>\nDrones | noise &lt;!here&gt;: ")
	x.lacks(list, "&amp;amp;", "&amp;gt;", "<!here>", "*noise*")
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
