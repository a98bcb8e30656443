package storetest

import (
	"fmt"
	"strings"
	"time"

	"coachbot/store"
)

func aTeam(id string) store.Team {
	return store.Team{
		Workspace: "T1", ID: id, Name: "售后 Returns", Escalation: []string{"C1", "C2"}, Help: "C3", Digest: "C4",
		Leads: []string{"U8"}, DutyLeads: []string{"U8", "U9"}, HideNames: true, Lang: "zh", Zone: "Asia/Shanghai",
		Hours:    []store.Hours{{Day: time.Monday, From: 540, To: 1080}, {Day: time.Sunday, From: 0, To: 1440}},
		Holidays: []string{"2026-10-01"}, MakeUp: []string{"2026-10-10"}, DigestAt: "08:30", DigestDays: []string{"mon", "fri"},
		Remind: []time.Duration{time.Minute, time.Hour}, Rotation: true, RotateAfter: time.Minute, Cleared: []string{"help"}, RemovedAt: day(2), SetBy: "U9", SetAt: day(1),
		History: []store.TeamChange{{By: "U9", At: day(1), What: []string{"name"}}},
	}
}

func aHelpRequest(id string, opened time.Time) store.HelpRequest {
	return store.HelpRequest{
		ID: id, Workspace: "T1", Team: "S1", Kind: store.HelpHandover, Channel: "C1", Case: "T1.C1.1.1", Link: "https://x",
		Asker: "U1", Anonymous: true, Draft: store.CardDraft{Situation: "等", Words: "说"}, Question: "客户要经理 & now", Tried: "apology", Lang: "zh", Scenario: "demands-manager",
		Urgency: store.UrgencyHigh, Many: true, Valued: true, Priority: 9,
		Packet: store.Packet{Facts: "f", Promises: "p", Mood: "m", Authority: "a", Sentence: "s"},
		State:  store.HelpClaimed, Posts: []string{"help:" + id, "x"}, Helper: "U2", Offered: []string{"U3", "U2"}, Waiting: "U2",
		OpenedAt: opened, UpdatedAt: opened.Add(1 * time.Second), OpenSince: opened, ClaimedAt: opened.Add(2 * time.Second), HeardAt: opened.Add(3 * time.Second),
		ClosedAt: opened.Add(4 * time.Second), Worked: "w", Calmed: "yes", NameHelper: true, Card: "k", ThankedAt: opened.Add(5 * time.Second),
	}
}

func aKnowledgeCard(id string, created time.Time) store.KnowledgeCard {
	return store.KnowledgeCard{
		ID: id, Workspace: "T1", Team: "S1", Lang: "zh", Scenario: "long-wait", Situation: "等了三天", Words: "我陪您一起等", Result: "平静了",
		Author: "U2", Named: true, Request: "h1", Source: "https://x", State: store.CardLive, CreatedAt: created,
		UpdatedAt: created, UpdatedBy: "U2", ReviewAt: created.Add(90 * 24 * time.Hour), ProposedAt: created, ProposedBy: "U2", DeclinedAt: created, DeclinedBy: "U3", DeclinedWhy: "too long",
		AcceptedAt: created, AcceptedBy: "U9", Feedback: store.Feedback{By: "U8", At: created, Note: "包装盒太薄"},
	}
}

func aPromise(id string, due time.Time) store.Promise {
	return store.Promise{
		ID: id, Workspace: "T1", Team: "S1", Channel: "C1", Case: "T1.C1.1.1", Owner: "U1", From: "U2", What: "给李女士回电",
		When: "明天五点前", Kind: "call-back", Lang: "zh", Zone: "Asia/Shanghai", State: store.PromiseOpen, DueAt: due, MadeAt: day(0), Posts: []string{"promise:" + id},
		UpdatedAt: day(0), MissedAt: day(1), ClosedAt: day(2),
	}
}

func (b *bench) putTeam(t store.Team) {
	b.t.Helper()
	got, err := b.UpdateTeam(b.ctx(), t.Workspace, t.ID, func(to *store.Team) error { *to = t; return nil })
	b.must(err)
	same(b, "stored team", got, t.Clean())
}

func (b *bench) putHelp(h store.HelpRequest) {
	b.t.Helper()
	got, err := b.UpdateHelpRequest(b.ctx(), h.ID, func(to *store.HelpRequest) error { *to = h; return nil })
	b.must(err)
	same(b, "stored help request", got, h.Clean())
}

func (b *bench) putCard(k store.KnowledgeCard) {
	b.t.Helper()
	got, err := b.UpdateKnowledgeCard(b.ctx(), k.ID, func(to *store.KnowledgeCard) error { *to = k; return nil })
	b.must(err)
	same(b, "stored card", got, k.Clean())
}

func (b *bench) putPromise(p store.Promise) {
	b.t.Helper()
	got, err := b.UpdatePromise(b.ctx(), p.ID, func(to *store.Promise) error { *to = p; return nil })
	b.must(err)
	same(b, "stored promise", got, p.Clean())
}

// listed are the ids that a method calls its function with.
func listed[T any](b *bench, id func(T) string, run func(fn func(T) error) error) []string {
	b.t.Helper()
	got := []string{}
	b.must(run(func(rec T) error { got = append(got, id(rec)); return nil }))
	return got
}

func helpID(h store.HelpRequest) string   { return h.ID }
func cardID(k store.KnowledgeCard) string { return k.ID }
func promiseID(p store.Promise) string    { return p.ID }

// requests are a team's requests, by each way in which they can be found.
func (b *bench) requests(team string, from, to time.Time) map[string][]string {
	b.t.Helper()
	by := map[string]func(fn func(store.HelpRequest) error) error{
		"opened": func(fn func(store.HelpRequest) error) error {
			return b.HelpRequestsOpened(b.ctx(), "T1", team, from, to, fn)
		},
		"asked": func(fn func(store.HelpRequest) error) error {
			return b.HelpRequestsAsked(b.ctx(), "T1", "U1", from, to, fn)
		},
		"helped": func(fn func(store.HelpRequest) error) error {
			return b.HelpRequestsHelped(b.ctx(), "T1", "U2", from, to, fn)
		},
		"like": func(fn func(store.HelpRequest) error) error {
			return b.HelpRequestsLike(b.ctx(), "T1", team, "demands-manager", from, to, fn)
		},
		"unsettled": func(fn func(store.HelpRequest) error) error {
			return b.HelpRequestsUnsettled(b.ctx(), "T1", team, fn)
		},
	}
	got := map[string][]string{}
	for name, run := range by {
		got[name] = listed(b, helpID, run)
		b.is(name+" stopped", stopped(got[name], run(func(store.HelpRequest) error { return errStop })), errStop)
	}
	return got
}

// stopped is what a method returned whose function stops it; of no records it is never called.
func stopped(ids []string, err error) error {
	if len(ids) == 0 && err == nil {
		return errStop
	}
	return err
}

func teamTests() []test {
	return []test{
		{"a team comes out as it went in", func(b *bench) {
			_, err := b.Team(b.ctx(), "T1", "S1")
			b.is("absent", err, store.ErrNotFound)
			list, err := b.TeamList(b.ctx(), "")
			b.must(err)
			same(b, "none", len(list), 0)
			for _, id := range []string{"S2", "S1"} {
				b.putTeam(aTeam(id))
			}
			other := aTeam("S1")
			other.Workspace = "T10"
			b.putTeam(other)
			b.reopen()
			got, err := b.Team(b.ctx(), "T1", "S1")
			b.must(err)
			same(b, "team", got, aTeam("S1"))
			for workspace, want := range map[string][]store.Team{
				"T1": {aTeam("S1"), aTeam("S2")}, "T": nil, "": {aTeam("S1"), aTeam("S2"), other},
			} {
				list, err := b.TeamList(b.ctx(), workspace)
				b.must(err)
				same(b, "list of "+workspace, list, want)
			}
		}},
		{"an update of a team that fails writes nothing", func(b *bench) {
			_, err := b.UpdateTeam(b.ctx(), "T1", "S1", func(t *store.Team) error {
				same(b, "blank", *t, store.Team{Workspace: "T1", ID: "S1"})
				t.Name = "x"
				return errStop
			})
			b.is("its own error", err, errStop)
			for name, fn := range map[string]func(t *store.Team){
				"other id":    func(t *store.Team) { t.ID = "S2" },
				"workspace":   func(t *store.Team) { t.Workspace = "" },
				"language":    func(t *store.Team) { t.Lang = "Français" },
				"zone":        func(t *store.Team) { t.Zone = "Mars/Olympus" },
				"hours":       func(t *store.Team) { t.Hours = []store.Hours{{Day: time.Monday, From: 9, To: 9}} },
				"late hours":  func(t *store.Team) { t.Hours = []store.Hours{{Day: time.Monday, From: 9, To: 1441}} },
				"no weekday":  func(t *store.Team) { t.Hours = []store.Hours{{Day: 7, From: 9, To: 10}} },
				"holiday":     func(t *store.Team) { t.Holidays = []string{"1.10."} },
				"make-up":     func(t *store.Team) { t.MakeUp = []string{"2026-02-30"} },
				"digest hour": func(t *store.Team) { t.DigestAt = "25:00" },
				"digest day":  func(t *store.Team) { t.DigestDays = []string{"monday"} },
				"reminder":    func(t *store.Team) { t.Remind = []time.Duration{-1} },
				"rotation":    func(t *store.Team) { t.RotateAfter = -1 },
				"history":     func(t *store.Team) { t.History = make([]store.TeamChange, store.MaxTeamHistory+1) },
			} {
				_, err := b.UpdateTeam(b.ctx(), "T1", "S1", func(t *store.Team) error { fn(t); return nil })
				b.is(name, err, store.ErrInvalid)
			}
			_, err = b.Team(b.ctx(), "T1", "S1")
			b.is("nothing written", err, store.ErrNotFound)
		}},
	}
}

func helpTests() []test {
	return []test{
		{"a help request comes out as it went in", func(b *bench) {
			_, err := b.HelpRequest(b.ctx(), "h1")
			b.is("absent", err, store.ErrNotFound)
			h := aHelpRequest("h1", day(0))
			_, err = b.UpdateHelpRequest(b.ctx(), "h1", func(to *store.HelpRequest) error {
				same(b, "blank", *to, store.HelpRequest{ID: "h1"})
				*to = h
				return nil
			})
			b.must(err)
			b.reopen()
			got, err := b.HelpRequest(b.ctx(), "h1")
			b.must(err)
			same(b, "help request", got, h)
		}},
		{"help requests that cannot be stored", func(b *bench) {
			for name, fn := range map[string]func(h *store.HelpRequest){
				"other id":           func(h *store.HelpRequest) { h.ID = "h2" },
				"no asker":           func(h *store.HelpRequest) { h.Asker = "" },
				"no workspace":       func(h *store.HelpRequest) { h.Workspace = "" },
				"no time":            func(h *store.HelpRequest) { h.OpenedAt = time.Time{} },
				"no state":           func(h *store.HelpRequest) { h.State = "lost" },
				"claimed by nobody":  func(h *store.HelpRequest) { h.Helper = "" },
				"no kind":            func(h *store.HelpRequest) { h.Kind = "" },
				"no urgency":         func(h *store.HelpRequest) { h.Urgency = "" },
				"long scenario":      func(h *store.HelpRequest) { h.Scenario = strings.Repeat("x", store.MaxKey+1) },
				"a time far too far": func(h *store.HelpRequest) { h.ThankedAt = time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC) },
			} {
				_, err := b.UpdateHelpRequest(b.ctx(), "h1", func(h *store.HelpRequest) error {
					*h = aHelpRequest("h1", day(0))
					fn(h)
					return nil
				})
				b.is(name, err, store.ErrInvalid)
			}
			_, err := b.HelpRequest(b.ctx(), "h1")
			b.is("nothing written", err, store.ErrNotFound)
		}},
		{"help requests are found by team, day, person and scenario", func(b *bench) {
			for i := range 4 {
				b.putHelp(aHelpRequest(fmt.Sprint("h", i), day(i)))
			}
			elsewhere := aHelpRequest("h9", day(1))
			elsewhere.Team, elsewhere.Asker, elsewhere.Helper, elsewhere.Scenario = "S10", "U10", "U20", "demands"
			b.putHelp(elsewhere)
			none := aHelpRequest("h8", day(1))
			none.Team, none.Scenario, none.State, none.Helper, none.Asker = "", "", store.HelpOpen, "", "U3"
			b.putHelp(none)
			two := []string{"h1", "h2"}
			same(b, "of S1", b.requests("S1", day(1), day(3)), map[string][]string{
				"opened": two, "asked": two, "helped": two, "like": two, "unsettled": {"h0", "h1", "h2", "h3"},
			})
			same(b, "of no team", b.requests("", day(1), day(3))["opened"], []string{"h8"})
			same(b, "unsettled of no team", b.requests("", day(1), day(3))["unsettled"], []string{"h8"})
		}},
		{"a settled request is found by what it was and not as unsettled", func(b *bench) {
			h := aHelpRequest("h1", day(0))
			for _, state := range []store.HelpState{store.HelpOpen, store.HelpClaimed, store.HelpResolved, store.HelpWithdrawn} {
				h.State = state
				b.putHelp(h)
				want := []string{"h1"}
				if h.Over() {
					want = []string{}
				}
				got := b.requests("S1", day(0), day(1))
				same(b, string(state), got["unsettled"], want)
				same(b, string(state), got["opened"], []string{"h1"})
			}
			h.Team, h.Asker, h.Helper, h.State = "S2", "U7", "U8", store.HelpClaimed
			b.putHelp(h)
			same(b, "moved", b.requests("S1", day(0), day(1)), map[string][]string{
				"opened": {}, "asked": {}, "helped": {}, "like": {}, "unsettled": {},
			})
		}},
	}
}

func knowledgeTests() []test {
	return []test{
		{"a knowledge card comes out as it went in", func(b *bench) {
			_, err := b.KnowledgeCard(b.ctx(), "k1")
			b.is("absent", err, store.ErrNotFound)
			b.putCard(aKnowledgeCard("k1", day(0)))
			b.reopen()
			got, err := b.KnowledgeCard(b.ctx(), "k1")
			b.must(err)
			same(b, "card", got, aKnowledgeCard("k1", day(0)))
			for name, fn := range map[string]func(k *store.KnowledgeCard){
				"no author": func(k *store.KnowledgeCard) { k.Author = "" },
				"no words":  func(k *store.KnowledgeCard) { k.Words = "" },
				"no time":   func(k *store.KnowledgeCard) { k.CreatedAt = time.Time{} },
				"no state":  func(k *store.KnowledgeCard) { k.State = "" },
				"other id":  func(k *store.KnowledgeCard) { k.ID = "k2" },
			} {
				_, err := b.UpdateKnowledgeCard(b.ctx(), "k1", func(k *store.KnowledgeCard) error { fn(k); return nil })
				b.is(name, err, store.ErrInvalid)
			}
		}},
		{"cards are found by team, day and author", func(b *bench) {
			for i := range 3 {
				b.putCard(aKnowledgeCard(fmt.Sprint("k", i), day(i)))
			}
			gone := aKnowledgeCard("k3", day(3))
			gone.State = store.CardWithdrawn
			b.putCard(gone)
			old := aKnowledgeCard("k4", day(4))
			old.State = store.CardReview
			b.putCard(old)
			other := aKnowledgeCard("k5", day(5))
			other.Team, other.Author = "", "U20"
			b.putCard(other)
			same(b, "shown", listed(b, cardID, func(fn func(store.KnowledgeCard) error) error {
				return b.KnowledgeCardsShown(b.ctx(), "T1", "S1", fn)
			}), []string{"k0", "k1", "k2", "k4"})
			same(b, "shown to no team", listed(b, cardID, func(fn func(store.KnowledgeCard) error) error {
				return b.KnowledgeCardsShown(b.ctx(), "T1", "", fn)
			}), []string{"k5"})
			same(b, "like", listed(b, cardID, func(fn func(store.KnowledgeCard) error) error {
				return b.KnowledgeCardsLike(b.ctx(), "T1", "S1", "long-wait", fn)
			}), []string{"k0", "k1", "k2", "k4"})
			same(b, "like nothing", listed(b, cardID, func(fn func(store.KnowledgeCard) error) error {
				return b.KnowledgeCardsLike(b.ctx(), "T1", "S1", "long", fn)
			}), []string{})
			same(b, "created", listed(b, cardID, func(fn func(store.KnowledgeCard) error) error {
				return b.KnowledgeCardsCreated(b.ctx(), "T1", "S1", day(2), day(4), fn)
			}), []string{"k2", "k3"})
			same(b, "by", listed(b, cardID, func(fn func(store.KnowledgeCard) error) error {
				return b.KnowledgeCardsBy(b.ctx(), "T1", "U2", fn)
			}), []string{"k0", "k1", "k2", "k3", "k4"})
		}},
	}
}

func promiseKeepingTests() []test {
	owed := func(b *bench, owner string) []string {
		return listed(b, promiseID, func(fn func(store.Promise) error) error { return b.PromisesOwed(b.ctx(), "T1", owner, fn) })
	}
	owedIn := func(b *bench, team string) []string {
		return listed(b, promiseID, func(fn func(store.Promise) error) error { return b.PromisesOwedIn(b.ctx(), "T1", team, fn) })
	}
	return []test{
		{"a promise comes out as it went in", func(b *bench) {
			_, err := b.Promise(b.ctx(), "p1")
			b.is("absent", err, store.ErrNotFound)
			b.putPromise(aPromise("p1", day(1)))
			b.reopen()
			got, err := b.Promise(b.ctx(), "p1")
			b.must(err)
			same(b, "promise", got, aPromise("p1", day(1)))
			for name, fn := range map[string]func(p *store.Promise){
				"no owner":    func(p *store.Promise) { p.Owner = "" },
				"no what":     func(p *store.Promise) { p.What = "" },
				"no due time": func(p *store.Promise) { p.DueAt = time.Time{} },
				"no state":    func(p *store.Promise) { p.State = "forgotten" },
				"other id":    func(p *store.Promise) { p.ID = "p2" },
			} {
				_, err := b.UpdatePromise(b.ctx(), "p1", func(p *store.Promise) error { fn(p); return nil })
				b.is(name, err, store.ErrInvalid)
			}
		}},
		{"promises are found by team and due time, owner and case", func(b *bench) {
			for i, due := range []int{2, 0, 1} {
				b.putPromise(aPromise(fmt.Sprint("p", i), day(due)))
			}
			other := aPromise("p9", day(1))
			other.Team, other.Owner, other.Case = "", "U10", "T1.C1.1.10"
			b.putPromise(other)
			same(b, "due", listed(b, promiseID, func(fn func(store.Promise) error) error {
				return b.PromisesDue(b.ctx(), "T1", "S1", day(0), day(2), fn)
			}), []string{"p1", "p2"})
			same(b, "owed", owed(b, "U1"), []string{"p1", "p2", "p0"})
			same(b, "owed in the team", owedIn(b, "S1"), []string{"p1", "p2", "p0"})
			same(b, "owed in no team", owedIn(b, ""), []string{"p9"})
			list, err := b.PromisesOfCase(b.ctx(), "T1.C1.1.1")
			b.must(err)
			same(b, "of the case", list, []store.Promise{aPromise("p1", day(0)), aPromise("p2", day(1)), aPromise("p0", day(2))})
		}},
		{"a closed promise is owed no more", func(b *bench) {
			p := aPromise("p1", day(1))
			for state, want := range map[store.PromiseState][]string{
				store.PromiseOpen: {"p1"}, store.PromiseMissed: {"p1"}, store.PromiseKept: {}, store.PromiseDropped: {},
			} {
				p.State = state
				b.putPromise(p)
				same(b, string(state), owed(b, "U1"), want)
				same(b, string(state)+" in the team", owedIn(b, "S1"), want)
			}
			p.State, p.Owner = store.PromiseOpen, "U5"
			b.putPromise(p)
			same(b, "handed over", owed(b, "U1"), []string{})
			same(b, "taken over", owed(b, "U5"), []string{"p1"})
			p.Team = "S2"
			b.putPromise(p)
			same(b, "given to another team", owedIn(b, "S1"), []string{})
			same(b, "in the other team", owedIn(b, "S2"), []string{"p1"})
		}},
	}
}
