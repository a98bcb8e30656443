package main

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"coachbot/store"
)

// Everything that a team can be set to is listed: a field that is added to a team is missed here.
func TestEverySettingIsListed(t *testing.T) {
	t.Parallel()
	team := store.Team{ID: "bank", Name: "Bank desk", Escalation: []string{"C0ESC"}, Help: "C0HELP", Digest: "C0NEWS", Leads: []string{"U0LEAD"}, DutyLeads: []string{"U0DUTY"},
		HideNames: true, Lang: "zh", Zone: "Asia/Shanghai", Hours: []store.Hours{{Day: time.Tuesday, From: 545, To: 1085}}, Holidays: []string{"2026-10-01"}, MakeUp: []string{"2026-10-10"},
		DigestAt: "08:45", DigestDays: []string{"wed"}, Remind: []time.Duration{7 * time.Minute}, Rotation: true, RotateAfter: 3 * time.Minute}
	want := map[string]string{"ID": "bank", "Name": "Bank desk", "Escalation": "C0ESC", "Help": "C0HELP", "Digest": "C0NEWS", "Leads": "U0LEAD", "DutyLeads": "U0DUTY", "HideNames": "names shown          no",
		"Lang": "zh", "Zone": "Asia/Shanghai", "Hours": "Tue 09:05-18:05", "Holidays": "2026-10-01", "MakeUp": "2026-10-10", "DigestAt": "08:45", "DigestDays": "wed", "Remind": "7m",
		"Rotation": "rotation             yes", "RotateAfter": "after 3m"}
	noSetting := []string{"Workspace", "Cleared", "RemovedAt", "SetBy", "SetAt", "History"}
	var out bytes.Buffer
	(&program{out: &out}).printTeam(team)
	fields := reflect.TypeFor[store.Team]()
	for i := range fields.NumField() {
		name := fields.Field(i).Name
		if strings.Contains(strings.Join(noSetting, " "), name) {
			continue
		}
		if want[name] == "" || !strings.Contains(out.String(), want[name]) {
			t.Errorf("%s is not listed: %s", name, out.String())
		}
	}
}
