package blocks

import (
	"time"

	"github.com/slack-go/slack"

	"coachbot/store"
)

// promiseStories are the views of promises, of what is owed, of calls and of care.
func promiseStories(s sample) map[string]Message {
	zone := time.FixedZone("", 8*60*60)
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, zone)
	p := store.Promise{ID: "T024BE7LD.p1", Owner: "U024BE7LH", What: s.promise, Lang: s.lang, State: store.PromiseOpen,
		Kind: "call-back", DueAt: time.Date(2026, 11, 26, 17, 0, 0, 0, zone), MadeAt: now}
	note := PromiseNote{Lang: s.lang, Promise: p, Reader: p.Owner, Now: now, Zone: zone, Case: s.card.Title, Link: sampleLink}
	with := func(change func(*PromiseNote)) Message {
		n := note
		change(&n)
		return n.Message()
	}
	at := func(n *PromiseNote, as PromiseAs, before time.Duration) { n.As, n.Now = as, p.DueAt.Add(-before) }
	next := p
	next.ID, next.DueAt = "T024BE7LD.p2", time.Date(2027, 1, 5, 18, 0, 0, 0, zone)
	owed := Owed{Lang: s.lang, Promises: []store.Promise{p, next}, Claims: []Claim{{"T024BE7LD.h1", s.question, "U012AB3CD"}}, Later: 2, Now: now, Zone: zone}
	of := func(change func(*Owed)) Message {
		o := owed
		change(&o)
		return o.Message()
	}
	call := DutyCall{Lang: s.lang, CaseID: s.card.CaseID, Title: s.card.Title, Author: "U024BE7LH", Link: sampleLink, Now: s.scenario.Now}
	called := func(change func(*DutyCall)) Message {
		d := call
		change(&d)
		return d.Message()
	}
	return map[string]Message{
		"promise":         note.Message(),
		"promise-soon":    with(func(n *PromiseNote) { n.Now = p.DueAt.Add(-30 * time.Minute) }),
		"promise-default": with(func(n *PromiseNote) { n.Default = true }),
		"promise-changed": with(func(n *PromiseNote) { n.As = PromiseTurned; n.Promise.DueAt = next.DueAt }),
		"promise-given":   with(func(n *PromiseNote) { n.As = PromiseGiven; n.Promise.From = "U012AB3CD" }),
		"promise-hour":    with(func(n *PromiseNote) { at(n, PromiseNear, time.Hour) }),
		"promise-minutes": with(func(n *PromiseNote) { at(n, PromiseNear, 10*time.Minute) }),
		"promise-missed":  with(func(n *PromiseNote) { at(n, PromisePast, -3*time.Minute); n.Repair = s.repair }),
		"promise-kept":    with(func(n *PromiseNote) { n.Promise.State = store.PromiseKept }),
		"promise-dropped": with(func(n *PromiseNote) { n.Promise.State = store.PromiseDropped }),
		"promise-with":    with(func(n *PromiseNote) { n.Reader = "U012AB3CD" }),
		"owed-shift":      owed.Message(),
		"owed-asked":      of(func(o *Owed) { o.Asked = true }),
		"owed-left":       of(func(o *Owed) { o.Left = "U0GONE001" }),
		"owed-handed":     of(func(o *Owed) { o.Asked, o.Claims, o.Handed, o.To = true, nil, []string{s.promise}, "U012AB3CD" }),
		"owed-nothing":    of(func(o *Owed) { o.Promises, o.Claims, o.Later = nil, nil, 0 }),
		"duty":            call.Message(),
		"duty-last":       called(func(d *DutyCall) { d.Last = true }),
		"duty-taken":      called(func(d *DutyCall) { d.Taken = "U012AB3CD" }),
		"duty-closed":     called(func(d *DutyCall) { d.Closed = true }),
		"duty-coming":     DutyTaken(s.lang, "U012AB3CD", sampleLink),
		"recovery":        Recovery(s.lang, "U012AB3CD"),
		"recovery-alone":  Recovery(s.lang, ""),
		"recovery-asked":  RecoveryAsked(s.lang),
	}
}

// promiseForms are the modals of promises.
func promiseForms(s sample) map[string]slack.ModalViewRequest {
	zone := time.FixedZone("", 8*60*60)
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, zone)
	f := PromiseForm{Lang: s.lang, State: State{Channel: "C024BE91L"}, Zone: zone, Now: now}
	unclear, change := f, f
	unclear.What, unclear.Unclear, unclear.Said, unclear.Due = s.promise, "past", s.promise, now.Add(23*time.Hour)
	unclear.Cases, unclear.Case = []Choice{NoCase(s.lang), {s.card.CaseID, s.card.Title}}, s.card.CaseID
	change.State.Promise, change.What, change.Due = "T024BE7LD.p1", s.promise, now.Add(7*time.Hour)
	return map[string]slack.ModalViewRequest{"promise-form": f.Modal(), "promise-form-unclear": unclear.Modal(), "promise-form-change": change.Modal()}
}
