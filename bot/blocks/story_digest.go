package blocks

import (
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/digest"
	"coachbot/bot/practice"
	"coachbot/store"
)

// digestStories are a full, a quiet, a first and a huge day, a week and a month, and drills.
func digestStories(s sample) map[string]Message {
	zone := time.FixedZone("", 8*60*60)
	team := store.Team{Zone: "Asia/Shanghai"}
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, zone)
	full := sampleRecords(s, 12, now)
	view := func(kind store.DigestKind, date string, r digest.Records) Digest {
		slot, err := digest.On(team, kind, date)
		if err != nil {
			return Digest{}
		}
		d := Digest{Lang: s.lang, Digest: digest.Make(slot, s.teamName, r), Now: now, Zone: zone, Names: true, Titles: s.titles, Links: map[string]string{}}
		for _, c := range d.Digest.Cases {
			d.Links[c.ID] = sampleLink
		}
		for _, id := range []string{"k1", "h1", "p1", "w1"} {
			d.Links[id] = sampleLink
		}
		drill := sampleDrill(s)
		d.Drill = &drill
		return d
	}
	day := view(store.DigestDay, "2026-11-25", full)
	without := digest.Records{Tellings: 3}
	quiet := view(store.DigestDay, "2026-11-25", without)
	quietDays, quietWeek, quietMonth := view(store.DigestDay, "2026-11-23", without), view(store.DigestWeek, "2026-11-23", without), view(store.DigestMonth, "2026-11-01", without)
	first := view(store.DigestDay, "2026-11-25", func() digest.Records { r := full; r.Before, r.Tellings = nil, 0; return r }())
	huge := view(store.DigestDay, "2026-11-23", sampleRecords(s, 400, now))
	late, asked, quietAsked, written := day, day, quiet, day
	late.Late, asked.Asked, quietAsked.Asked = true, true, true
	written.Summary, written.AI = s.summary, s.aiMark
	asked.Digest.Running = true
	week, month := view(store.DigestWeek, "2026-11-23", full), view(store.DigestMonth, "2026-11-01", full)
	lateWeek, lateMonth := summed(team, week, week.Digest.From.AddDate(0, 0, -7)), summed(team, month, month.Digest.From.AddDate(0, -1, 0))
	drill := sampleDrill(s)
	forbidden := drill
	forbidden.Kind, forbidden.Phrase = practice.Forbidden, "dont-know"
	return map[string]Message{
		"digest-full": day.Message(), "digest-full-thread": day.Thread(), "digest-quiet": quiet.Message(), "digest-quiet-asked": quietAsked.Message(),
		"digest-quiet-days": quietDays.Message(), "digest-quiet-week": quietWeek.Message(), "digest-quiet-month": quietMonth.Message(),
		"digest-first": first.Message(), "digest-huge": huge.Message(), "digest-huge-thread": huge.Thread(), "digest-late": late.Message(),
		"digest-asked": asked.Message(), "digest-written": written.Message(), "digest-week": week.Message(), "digest-week-thread": week.Thread(), "digest-month": month.Message(),
		"digest-week-summed": lateWeek.Message(), "digest-month-summed": lateMonth.Message(),
		"digest-signed": DigestSigned(s.lang, false, false, []string{"U012AB3CD"}), "digest-signed-lead": DigestSigned(s.lang, false, true, []string{"U012AB3CD", "U024BE7LH"}),
		"digest-signed-again": DigestSigned(s.lang, true, true, nil),
		"practice":            Practice(drill, "1"), "practice-right": PracticeAnswered(drill, true, 3*24*time.Hour), "practice-wrong": PracticeAnswered(forbidden, false, 0),
		"practice-none": NoPractice(s.lang),
		"setup-saved":   TeamSaved(s.lang, s.teamName, []string{"name", "digest_at", "leads"}, nil), "setup-unchanged": TeamSaved(s.lang, s.teamName, nil, nil),
		"setup-removed": TeamRemoved(s.lang, s.teamName, TeamName(s.lang), []string{"C024BE91L"}),
		"setup-unsaved": TeamUnsaved(s.lang, s.teamName, map[string]string{InputName: SetupFault(s.lang, "named", s.teamName), InputHelp: SetupFault(s.lang, "taken", TeamName(s.lang))}),
		"setup-absent":  TeamSaved(s.lang, s.teamName, []string{"escalation"}, []string{"C024BE91L"}),
	}
}

// summed is a digest after a long outage: late, and of two periods in one.
func summed(team store.Team, d Digest, from time.Time) Digest {
	d.Digest.Slot = digest.Since(team, d.Digest.Slot, from)
	d.Late = true
	return d
}

func sampleDrill(s sample) practice.Drill {
	return practice.Drill{ID: "d1", Kind: practice.FirstStep, Lang: s.lang, Scenario: "late-delivery", Title: s.card.Title, Customer: s.hits[0].Summary,
		Answers: [2]string{s.card.Advice.Phrases[3].Text, s.card.Advice.Phrases[0].Text}, Better: 1}
}

// sampleRecords are those of a day with n cases.
func sampleRecords(s sample, n int, now time.Time) digest.Records {
	r := digest.Records{Tellings: 5}
	begin := now.Add(-33 * time.Hour)
	scenarios := []string{"late-delivery", "late-delivery", "refund-refused", "broken-promise", "late-delivery", "repeat-contact"}
	for i := range n {
		c := store.Case{ID: fmt.Sprint("c", i), OpenedAt: begin.Add(time.Duration(i) * 7 * time.Minute), Playbook: scenarios[i%len(scenarios)], Sure: i%5 > 0, State: store.CaseCalmed}
		c.AdvisedAt = c.OpenedAt.Add(time.Duration(2+i%4) * time.Second)
		if i%6 == 5 {
			c.State = store.CaseUnresolved
		}
		r.Cases = append(r.Cases, c)
		if i%3 == 0 {
			r.Evidence = append(r.Evidence, store.Evidence{Case: c.ID, Kind: "used", Playbook: c.Playbook, Phrase: s.card.Advice.Phrases[i%2].Text})
		}
	}
	r.Evidence = append(r.Evidence, store.Evidence{Case: "c1", Kind: "unhelpful", Playbook: "refund-refused", Phrase: s.card.Advice.Phrases[1].Text},
		store.Evidence{Case: "c5", Kind: "used", Phrase: s.card.Advice.Phrases[2].Text}, store.Evidence{Case: "c11", Kind: "used", Phrase: s.card.Advice.Phrases[2].Text}, store.Evidence{Case: "c2", Kind: "picked", Playbook: "late-delivery", Instead: "broken-promise"})
	help := store.HelpRequest{ID: "h1", Question: s.question, State: store.HelpOpen, OpenedAt: now.Add(-80 * time.Minute)}
	solved := store.HelpRequest{ID: "h2", State: store.HelpResolved, OpenedAt: begin, ClaimedAt: begin.Add(4 * time.Minute), ClosedAt: begin.Add(35 * time.Minute)}
	r.Help, r.Open = []store.HelpRequest{help, solved}, []store.HelpRequest{help}
	promise := store.Promise{ID: "p1", What: s.promise, State: store.PromiseOpen, DueAt: now.Add(8 * time.Hour)}
	r.Promises = []store.Promise{{ID: "p2", State: store.PromiseKept, DueAt: begin}, {ID: "p3", What: s.promise, State: store.PromiseMissed, DueAt: begin, MissedAt: begin}}
	r.Today = []store.Promise{promise}
	r.Waiting = []store.Promise{{ID: "w1", What: s.promise, State: store.PromiseMissed, MadeAt: now.AddDate(0, 0, -5)}}
	r.Cards = []store.KnowledgeCard{{ID: "k1", Situation: s.question, Words: s.repair[0], Author: "U012AB3CD", Named: true, State: store.CardLive}}
	r.Product = []digest.Product{{ID: "c1", Scenario: "late-delivery", Note: s.promise}, {ID: "k1", Note: s.question}}
	r.Slips = []store.Slips{{Counts: map[string]int{"dont-know": 3, "hurry-or-wait": 1}}}
	for i := range 5 {
		d := store.DigestRecord{Date: fmt.Sprintf("2026-11-%02d", 18+i), From: begin.AddDate(0, 0, i-6), Numbers: store.DigestNumbers{Days: 1, Cases: 8 + i, Calmed: 5 + i, Slips: 2, Opened: 2,
			First: 5 * time.Second, Scenarios: map[string]int{"late-delivery": 3, "refund-refused": 2}}}
		w := d
		w.From = now.AddDate(0, 0, -7*(9-i))
		r.Before, r.Trend = append(r.Before, d), append(r.Trend, w)
	}
	return r
}

// setupForms are the modals of a team's settings.
func setupForms(s sample) map[string]slack.ModalViewRequest {
	full := store.Team{ID: "S1", Name: s.teamName, Escalation: []string{"C024BE91L"}, Help: "C024BE91M", Digest: "C024BE91N", Leads: []string{"U012AB3CD"},
		DutyLeads: []string{"U024BE7LH"}, Lang: s.lang, Zone: "Asia/Shanghai", Hours: []store.Hours{{Day: time.Monday, From: 540, To: 1080}},
		Holidays: []string{"2026-10-01", "2026-10-02"}, MakeUp: []string{"2026-10-10"}, DigestAt: "08:30", DigestDays: []string{"mon", "fri"},
		Remind: []time.Duration{5 * time.Minute, 15 * time.Minute}, Rotation: true, SetBy: "U012AB3CD"}
	reset := full
	reset.ID = store.EnvironmentTeam
	return map[string]slack.ModalViewRequest{
		"found":               FoundPlaybooks(s.lang, PlaybookHits(s.lang, s.query, s.hits)),
		"setup-form":          TeamForm{Lang: s.lang, State: State{Team: "S1"}, Team: full, Heir: TeamName(s.lang)}.Modal(),
		"product-form":        ProductForm(State{Lang: s.lang, Case: "c1"}, store.Feedback{}),
		"product-form-marked": ProductForm(State{Lang: s.lang, Case: "c1"}, store.Feedback{By: "U012AB3CD", At: time.Unix(1, 0), Note: s.question}),
		"setup-form-reset":    TeamForm{Lang: s.lang, State: State{Team: reset.ID}, Team: reset}.Modal(),
		"setup-form-done":     TeamNote(s.lang, TeamRemoved(s.lang, s.teamName, TeamName(s.lang), nil)),
		"setup-form-new":      TeamForm{Lang: s.lang, State: State{Channel: "C024BE91L"}, Team: store.Team{Escalation: []string{"C024BE91L"}, Zone: "UTC"}, New: true}.Modal(),
	}
}

// homeStories are the Home tabs of an agent, a lead and an admin, and what a search from one finds.
func homeStories(s sample) map[string]slack.HomeTabViewRequest {
	zone := time.FixedZone("", 8*60*60)
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, zone)
	promise := store.Promise{ID: "p1", What: s.promise, State: store.PromiseMissed, DueAt: now.Add(-time.Hour)}
	agent := Home{Lang: s.lang, Thanks: 2, Owed: []store.Promise{promise}, Week: Week{Cases: 9, Calmed: 7, Helped: 2, Kept: 3}, Now: now, Zone: zone}
	r := sampleRecords(s, 12, now)
	slot := digest.Running(store.Team{Zone: "Asia/Shanghai"}, store.DigestDay, now)
	today := Digest{Lang: s.lang, Digest: digest.Make(slot, s.teamName, r), Now: now, Zone: zone, Titles: s.titles, Asked: true}
	lead, admin := agent, agent
	lead.Teams = []TeamToday{{Today: today, AtRisk: []store.Promise{promise}, Unread: map[string][]string{"2026-11-24": {"U012AB3CD"}},
		Links: map[string]string{"2026-11-24": sampleLink},
		Last:  []store.DigestRecord{{Date: "2026-11-24", Kind: store.DigestDay, From: slot.From.AddDate(0, 0, -2), To: slot.From.AddDate(0, 0, -1), Headline: "…", Found: today.Digest.Headline}}}}
	admin.Admin = &Upkeep{Playbooks: 72, Overdue: 3, Faults: []string{s.hits[0].Summary}, Teams: []store.Team{{Name: s.teamName, Escalation: []string{"C1"}, Leads: []string{"U1"}, Digest: "C2", DigestAt: "09:00", Zone: "UTC"}, {}}}
	return map[string]slack.HomeTabViewRequest{"home-agent": agent.View(), "home-lead": lead.View(), "home-admin": admin.View()}
}
