package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/store"
)

// fields are a modal's inputs by block and action, which have the same name here.
func fields(values map[string]any) map[string]map[string]any {
	out := map[string]map[string]any{}
	for name, v := range values {
		out[name] = map[string]any{name: v}
	}
	return out
}

func TestSetupIsForAdmins(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.tom, "setup", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "Only admins")
	if x.tom.View() != nil {
		t.Error("an agent sees the settings")
	}
}

// A new team's settings apply at once, are recorded, and win over the environment.
func TestSetupOfANewTeam(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.ada, "设置", lounge)
	if v := x.ada.View(); v == nil || v.CallbackID != "team_setup" {
		t.Fatalf("got %+v", x.ada.View())
	}
	// What is wrong is said where it is wrong; nothing is kept.
	res, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "夜班", "zone": "Mars/Olympus", "hours": "whenever", "holidays": "Christmas", "remind": "soon", "rotate_after": "5, 10", "help": watched}))
	if err != nil {
		t.Fatal(err)
	}
	for _, input := range []string{"zone", "hours", "holidays", "remind", "rotate_after", "help"} {
		if res.Errors[input] == "" {
			t.Errorf("no word about %s: %v", input, res.Errors)
		}
	}
	if list, _ := x.store.TeamList(x.ctx, ""); len(list) != 0 {
		t.Fatalf("kept %+v", list)
	}
	_, err = x.ada.Submit(x.ctx, fields(map[string]any{"name": "夜班", "zone": "Asia/Shanghai", "lang": "zh", "hours": "周一至周五 22:00-6:00", "holidays": "2026-10-01..2026-10-03",
		"make_up": "2026-10-10", "remind": "10, 20", "rotate_after": "8", "help": lounge, "leads": []string{x.mei.ID()}, "digest_at": "08:30", "digest_days": []string{"mon", "tue"}, "habits": []string{"rotation"}}))
	if err != nil {
		t.Fatal(err)
	}
	x.settled()
	note := x.direct(x.ada, 1)[0]
	contains(t, note.Text, "夜班", "coachbot teams")
	list, err := x.store.TeamList(x.ctx, x.sim.TeamID())
	if err != nil || len(list) != 1 {
		t.Fatalf("got %d teams, %v", len(list), err)
	}
	got := list[0]
	if got.Name != "夜班" || got.Lang != "zh" || !got.HideNames || !got.Rotation || got.DigestAt != "08:30" || !slices.Equal(got.DigestDays, []string{"mon", "tue"}) ||
		len(got.Holidays) != 3 || len(got.Hours) != 10 || !slices.Equal(got.Escalation, []string{lounge}) || !slices.Equal(got.Leads, []string{x.mei.ID()}) ||
		got.RotateAfter != 8*time.Minute || !slices.Equal(got.Remind, []time.Duration{10 * time.Minute, 20 * time.Minute}) {
		t.Errorf("got %+v", got)
	}
	if len(got.History) != 1 || got.History[0].By != x.ada.ID() || !slices.Contains(got.History[0].What, "zone") {
		t.Errorf("the change is recorded as %+v", got.History)
	}
	x.tom.Post(lounge, furious) // watched from now on
	c := x.said(2)[1]
	if c.Channel != lounge {
		t.Errorf("the card stands in %s", c.Channel)
	}
}

// What is changed for the team of the environment wins; the rest stays the environment's.
func TestSetupOfTheEnvironmentsTeam(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.ada, "setup", watched)
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Desk", "digest_at": "10:00"})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	contains(t, x.direct(x.ada, 1)[0].Text, "Desk", "name", "digest hour")
	got, err := x.store.Team(x.ctx, x.sim.TeamID(), store.EnvironmentTeam)
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "Desk" || got.DigestAt != "10:00" || got.Digest != "" || len(got.Escalation) != 0 || len(got.Leads) != 0 || got.Zone != "" {
		t.Errorf("what was not changed is kept too: %+v", got)
	}
	x.busyStill()
	x.moveTo(nine(1).Add(30 * time.Minute))
	for _, m := range x.standing() {
		if m.Channel == news {
			t.Fatalf("told before its new hour: %q", m.Text)
		}
	}
	x.moveTo(nine(1).Add(time.Hour + time.Second))
	contains(t, x.told(1)[0].Text, "Desk", "Difficult cases: 1")
	x.slash(x.ada, "setup", watched)
	if v := x.ada.View(); v == nil || !strings.Contains(string(v.Blocks), "Desk") {
		t.Errorf("the form does not show what was set")
	}
}

// busyStill has one case.
func (x *world) busyStill() {
	x.t.Helper()
	x.tom.Post(watched, furious)
	x.settled()
}

// What an admin empties stays empty, whatever the environment says, and a channel that is
// taken out of the list is watched no more.
func TestWhatIsEmptiedInSlackStaysEmpty(t *testing.T) {
	t.Parallel()
	x := newTold(t, func(o *bot.Options) { o.Channels = []string{watched, lounge} })
	x.slash(x.ada, "setup", watched)
	res, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Desk", "digest_days": []string{}}))
	if err != nil || res.Errors["digest_days"] == "" {
		t.Fatalf("a digest on no day: %+v, %v", res, err)
	}
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Desk", "digest": "", "digest_days": []string{"mon"}, "leads": []string{}, "escalation": []string{watched}})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	listed, err := x.app.Teams(x.ctx)
	if err != nil || listed[0].Digest != "" || len(listed[0].Leads) != 0 || !slices.Equal(listed[0].Escalation, []string{watched}) {
		t.Errorf("got %+v, %v", listed[0], err)
	}
	x.busyStill()
	before := len(x.standing())
	x.tom.Post(lounge, furious)
	x.settled()
	if after := len(x.standing()); after != before {
		t.Errorf("a channel taken out of the list is watched: %q", texts(x.standing()[before:]))
	}
	x.moveTo(nine(5).Add(time.Second))
	x.told(0)
	x.slash(x.ada, "setup", watched) // what is filled again counts again
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Desk", "digest": news, "escalation": []string{watched, lounge}})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	if listed, _ = x.app.Teams(x.ctx); listed[0].Digest != news || len(listed[0].Escalation) != 2 || slices.Contains(listed[0].Cleared, "digest") {
		t.Errorf("got %+v", listed[0])
	}
}

// A team's language is that of the cards in its channels.
func TestATeamsLanguageIsThatOfItsCards(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.ada, "setup", watched)
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Desk", "lang": "zh"})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	x.tom.Post(watched, furious)
	x.settled()
	list := x.standing()
	if card := list[len(list)-1]; card.Channel != watched || !strings.Contains(card.Text, "先说") {
		t.Errorf("got %q", texts(list))
	}
}

// A team's name and dates are kept as they were written, whatever they look like.
func TestSettingsAreNotMasked(t *testing.T) {
	t.Parallel()
	x := newTold(t)
	x.slash(x.ada, "setup new", lounge)
	name := "Ms Li's desk, 12 High Street"
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": name, "zone": "UTC", "holidays": "2026-10-01 2026-10-02 2026-10-03\n2026-12-25..2027-01-03"})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	if teams, _ := x.app.Teams(x.ctx); len(teams) != 2 || teams[1].Name != name || len(teams[1].Holidays) != 13 {
		t.Errorf("got %+v", teams)
	}
}

// From any channel an admin opens the settings of a team by its name, or of a new one;
// other words after setup are a customer's.
func TestSetupOfAnyTeam(t *testing.T) {
	t.Parallel()
	x, _, _ := newBank(t)
	x.slash(x.ada, "setup bank", watched)
	if v := x.ada.View(); v == nil || !strings.Contains(string(v.Blocks), bankNews) {
		t.Fatalf("got %+v", v)
	}
	x.slash(x.ada, "设置 新建", watched)
	v := x.ada.View()
	if v == nil || strings.Contains(string(v.Blocks), bankNews) || strings.Contains(string(v.Blocks), watched) {
		t.Fatalf("a new team, without the channel of another: %+v", v)
	}
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "Night", "zone": "UTC"})); err != nil {
		t.Fatal(err)
	}
	x.settled()
	if teams, _ := x.app.Teams(x.ctx); len(teams) != 3 {
		t.Errorf("got %+v", teams)
	}
	x.slash(x.ada, "setup bank", watched)
	if _, err := x.ada.Submit(x.ctx, fields(map[string]any{"name": "night"})); err != nil {
		t.Fatal(err)
	}
	if got := x.ada.View(); got == nil || !strings.Contains(got.Errors["name"], "“Night”") {
		t.Errorf("two teams of one name: %+v", got)
	}
	x.slash(x.ada, "setup nosuch", watched)
	contains(t, x.whispers(x.ada, watched, 1)[0].Text, "No team is called “nosuch”", "Night", "Bank")
	x.slash(x.tom, "setup nosuch", watched)
	for _, m := range x.whispersSoFar(x.tom, watched) {
		if strings.Contains(m.Text, "No team is called") {
			t.Errorf("somebody who is no admin hears the teams' names: %q", m.Text)
		}
	}
	x.slash(x.tom, "setup of my router failed three times and nobody calls back!", lounge)
	contains(t, x.whispers(x.tom, lounge, 1)[0].Text, "Say this first")
}
