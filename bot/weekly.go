package bot

import (
	"cmp"
	"context"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/digest"
	"coachbot/store"
)

// kindWeekly are jobs that list for the admins what the playbooks did not help with.
const kindWeekly = "weekly"

// weekly is the week that ends on a day, as jobs carry it.
type weekly struct {
	Until time.Time `json:"until"` // the first moment after the week
}

// planWeekly has the admins told of this week once it is over: on Monday, at the
// digest's hour of the environment's team. It is planned when there is something to tell.
func (a *App) planWeekly(ctx context.Context) error {
	t, err := a.team(ctx, store.EnvironmentTeam)
	if err != nil {
		return err
	}
	clock, err := time.Parse("15:04", cmp.Or(t.DigestAt, "09:00"))
	if err != nil {
		return err
	}
	now := a.now().In(zoneOf(t))
	until := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	for until.Weekday() != time.Monday {
		until = until.AddDate(0, 0, 1)
	}
	at := time.Date(until.Year(), until.Month(), until.Day(), clock.Hour(), clock.Minute(), 0, 0, now.Location())
	job, err := newJob(kindWeekly, a.self.Workspace+"/playbooks", kindWeekly+":"+a.self.Workspace+"."+until.Format(time.DateOnly), weekly{Until: until})
	if err != nil {
		return err
	}
	job.At, job.RunAt = a.now(), at
	return a.enqueue(ctx, *job)
}

// wantsBetter reports whether evidence says that the playbooks did not help.
func wantsBetter(kind string) bool {
	switch kind {
	case "unhelpful", "another", evidencePicked, string(store.CaseUnresolved):
		return true
	}
	return false
}

// weeklyDue tells the admins the week's phrases that did not help and its cases
// without a good playbook, worst first. A week without any passes in silence.
func (a *App) weeklyDue(ctx context.Context, job store.Job, w weekly) error {
	from := w.Until.AddDate(0, 0, -7)
	var cases []store.Case
	if err := a.store.CasesOpened(ctx, "", from, w.Until, func(c store.Case) error {
		cases = append(cases, c)
		return nil
	}); err != nil {
		return err
	}
	var evidence []store.Evidence
	if err := a.store.EvidenceBetween(ctx, from, w.Until, func(e store.Evidence) error {
		evidence = append(evidence, e)
		return nil
	}); err != nil {
		return err
	}
	phrases, poor := digest.Poor(cases, evidence)
	if len(phrases)+len(poor) == 0 {
		return nil
	}
	links := map[string]string{}
	for i, c := range poor[:min(len(poor), blocks.MaxPoor)] {
		poor[i].Case.Text = plainWords(c.Case.Text)
		links[c.Case.ID] = a.permalink(ctx, c.Case.Channel, c.Case.TS)
	}
	return a.tellAdmins(ctx, job.ID, func(lang string) blocks.Message {
		return blocks.Weekly{Lang: lang, From: from, Until: w.Until.AddDate(0, 0, -1), Phrases: phrases, Cases: poor, Links: links,
			Title: func(id string) string { return a.engine.Title(id, lang) }}.Message()
	})
}
