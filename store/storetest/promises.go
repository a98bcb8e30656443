package storetest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"coachbot/store"
)

// call is one call of each method, for what all of them promise.
type call struct {
	name string
	do   func(ctx context.Context, s store.Store) error
}

func calls() []call {
	now := day(0)
	return []call{
		{"Enqueue", func(ctx context.Context, s store.Store) error {
			_, err := s.Enqueue(ctx, store.Job{ID: "call", Lane: "call", Kind: "k"})
			return err
		}},
		{"Claim", func(ctx context.Context, s store.Store) error { _, err := s.Claim(ctx, now, 1); return err }},
		{"Finish", func(ctx context.Context, s store.Store) error { return s.Finish(ctx, "there") }},
		{"Retry", func(ctx context.Context, s store.Store) error { return s.Retry(ctx, "there", now, "") }},
		{"Defer", func(ctx context.Context, s store.Store) error { return s.Defer(ctx, "there", now) }},
		{"Bury", func(ctx context.Context, s store.Store) error { return s.Bury(ctx, "there", now, "") }},
		{"NextDue", func(ctx context.Context, s store.Store) error { _, _, err := s.NextDue(ctx); return err }},
		{"Case", func(ctx context.Context, s store.Store) error { _, err := s.Case(ctx, "x"); return err }},
		{"CaseOfThread", func(ctx context.Context, s store.Store) error {
			_, err := s.CaseOfThread(ctx, "T1", "C1", "1.1")
			return err
		}},
		{"UpdateCase", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdateCase(ctx, "x", func(c *store.Case) error { *c = aCase("C1", "1.1", now); c.ID = "x"; return nil })
			return err
		}},
		{"DeleteCase", func(ctx context.Context, s store.Store) error { return s.DeleteCase(ctx, "x") }},
		{"CasesOpened", func(ctx context.Context, s store.Store) error {
			return s.CasesOpened(ctx, "", now, day(1), func(store.Case) error { return nil })
		}},
		{"ClaimPost", func(ctx context.Context, s store.Store) error {
			_, _, err := s.ClaimPost(ctx, aPost("call", ""))
			return err
		}},
		{"UpdatePost", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdatePost(ctx, "there", func(p *store.Post) error { p.TS = "call"; return nil })
			return err
		}},
		{"Post", func(ctx context.Context, s store.Store) error { _, err := s.Post(ctx, "x"); return err }},
		{"PostAt", func(ctx context.Context, s store.Store) error { _, err := s.PostAt(ctx, "T1", "C1", "x"); return err }},
		{"Channel", func(ctx context.Context, s store.Store) error { _, err := s.Channel(ctx, "T1", "C1"); return err }},
		{"UpdateChannel", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdateChannel(ctx, "T1", "C1", func(c *store.Channel) error { c.Cursor = "1.1"; return nil })
			return err
		}},
		{"ChannelList", func(ctx context.Context, s store.Store) error { _, err := s.ChannelList(ctx, ""); return err }},
		{"PutDecision", func(ctx context.Context, s store.Store) error { return s.PutDecision(ctx, aDecision("C1", "1.1", now)) }},
		{"LastDecisions", func(ctx context.Context, s store.Store) error {
			_, err := s.LastDecisions(ctx, "T1", "C1", 1)
			return err
		}},
		{"AddEvidence", func(ctx context.Context, s store.Store) error { return s.AddEvidence(ctx, anEvidence("x", "x", now)) }},
		{"EvidenceOf", func(ctx context.Context, s store.Store) error { _, err := s.EvidenceOf(ctx, "x"); return err }},
		{"EvidenceBetween", func(ctx context.Context, s store.Store) error {
			return s.EvidenceBetween(ctx, now, day(1), func(store.Evidence) error { return nil })
		}},
		{"Installation", func(ctx context.Context, s store.Store) error { _, err := s.Installation(ctx, "T1"); return err }},
		{"UpdateInstallation", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdateInstallation(ctx, "T1", func(i *store.Installation) error { i.Bot = "B"; return nil })
			return err
		}},
		{"Team", func(ctx context.Context, s store.Store) error { _, err := s.Team(ctx, "T1", "there"); return err }},
		{"UpdateTeam", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdateTeam(ctx, "T1", "there", func(t *store.Team) error { t.Name = "x"; return nil })
			return err
		}},
		{"TeamList", func(ctx context.Context, s store.Store) error { _, err := s.TeamList(ctx, ""); return err }},
		{"HelpRequest", func(ctx context.Context, s store.Store) error { _, err := s.HelpRequest(ctx, "x"); return err }},
		{"UpdateHelpRequest", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdateHelpRequest(ctx, "x", func(h *store.HelpRequest) error { *h = aHelpRequest("x", now); return nil })
			return err
		}},
		{"HelpRequestsOpened", func(ctx context.Context, s store.Store) error {
			return s.HelpRequestsOpened(ctx, "T1", "S1", now, day(1), func(store.HelpRequest) error { return nil })
		}},
		{"HelpRequestsAsked", func(ctx context.Context, s store.Store) error {
			return s.HelpRequestsAsked(ctx, "T1", "U1", now, day(1), func(store.HelpRequest) error { return nil })
		}},
		{"HelpRequestsHelped", func(ctx context.Context, s store.Store) error {
			return s.HelpRequestsHelped(ctx, "T1", "U2", now, day(1), func(store.HelpRequest) error { return nil })
		}},
		{"HelpRequestsLike", func(ctx context.Context, s store.Store) error {
			return s.HelpRequestsLike(ctx, "T1", "S1", "x", now, day(1), func(store.HelpRequest) error { return nil })
		}},
		{"HelpRequestsUnsettled", func(ctx context.Context, s store.Store) error {
			return s.HelpRequestsUnsettled(ctx, "T1", "S1", func(store.HelpRequest) error { return nil })
		}},
		{"KnowledgeCard", func(ctx context.Context, s store.Store) error { _, err := s.KnowledgeCard(ctx, "x"); return err }},
		{"UpdateKnowledgeCard", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdateKnowledgeCard(ctx, "x", func(k *store.KnowledgeCard) error { *k = aKnowledgeCard("x", now); return nil })
			return err
		}},
		{"KnowledgeCardsShown", func(ctx context.Context, s store.Store) error {
			return s.KnowledgeCardsShown(ctx, "T1", "S1", func(store.KnowledgeCard) error { return nil })
		}},
		{"KnowledgeCardsLike", func(ctx context.Context, s store.Store) error {
			return s.KnowledgeCardsLike(ctx, "T1", "S1", "x", func(store.KnowledgeCard) error { return nil })
		}},
		{"KnowledgeCardsCreated", func(ctx context.Context, s store.Store) error {
			return s.KnowledgeCardsCreated(ctx, "T1", "S1", now, day(1), func(store.KnowledgeCard) error { return nil })
		}},
		{"KnowledgeCardsBy", func(ctx context.Context, s store.Store) error {
			return s.KnowledgeCardsBy(ctx, "T1", "U2", func(store.KnowledgeCard) error { return nil })
		}},
		{"Digest", func(ctx context.Context, s store.Store) error {
			_, err := s.Digest(ctx, "T1", "S1", store.DigestDay, "2026-03-02")
			return err
		}},
		{"UpdateDigest", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdateDigest(ctx, "T1", "S1", store.DigestDay, "2026-03-02", func(d *store.DigestRecord) error {
				*d = aDigest("2026-03-02", day(1))
				return nil
			})
			return err
		}},
		{"LastDigests", func(ctx context.Context, s store.Store) error {
			_, err := s.LastDigests(ctx, "T1", "S1", store.DigestDay, "2026-03-02", 1)
			return err
		}},
		{"UpdateSlips", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdateSlips(ctx, "T1", "S1", "2026-03-02", func(l *store.Slips) error { l.At = now; return nil })
			return err
		}},
		{"SlipsBetween", func(ctx context.Context, s store.Store) error {
			_, err := s.SlipsBetween(ctx, "T1", "S1", "2026-03-01", "2026-03-02")
			return err
		}},
		{"Person", func(ctx context.Context, s store.Store) error { _, err := s.Person(ctx, "T1", "U1"); return err }},
		{"UpdatePerson", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdatePerson(ctx, "T1", "U1", func(p *store.Person) error { p.UpdatedAt = now; return nil })
			return err
		}},
		{"PersonList", func(ctx context.Context, s store.Store) error { _, err := s.PersonList(ctx, ""); return err }},
		{"Delete", func(ctx context.Context, s store.Store) error {
			return s.Delete(ctx, store.Record{Post: &store.Post{Key: "gone"}})
		}},
		{"Promise", func(ctx context.Context, s store.Store) error { _, err := s.Promise(ctx, "x"); return err }},
		{"UpdatePromise", func(ctx context.Context, s store.Store) error {
			_, err := s.UpdatePromise(ctx, "x", func(p *store.Promise) error { *p = aPromise("x", now); return nil })
			return err
		}},
		{"PromisesDue", func(ctx context.Context, s store.Store) error {
			return s.PromisesDue(ctx, "T1", "S1", now, day(1), func(store.Promise) error { return nil })
		}},
		{"PromisesOwed", func(ctx context.Context, s store.Store) error {
			return s.PromisesOwed(ctx, "T1", "U1", func(store.Promise) error { return nil })
		}},
		{"PromisesOwedIn", func(ctx context.Context, s store.Store) error {
			return s.PromisesOwedIn(ctx, "T1", "S1", func(store.Promise) error { return nil })
		}},
		{"PromisesOfCase", func(ctx context.Context, s store.Store) error { _, err := s.PromisesOfCase(ctx, "x"); return err }},
		{"Backup", func(ctx context.Context, s store.Store) error { _, err := s.Backup(ctx, discard{}); return err }},
		{"Check", func(ctx context.Context, s store.Store) error { _, err := s.Check(ctx); return err }},
		{"Walk", func(ctx context.Context, s store.Store) error {
			return s.Walk(ctx, func(store.Record) error { return nil })
		}},
		{"Put", func(ctx context.Context, s store.Store) error {
			p := aPost("put", "")
			return s.Put(ctx, store.Record{Post: &p})
		}},
		{"Purge", func(ctx context.Context, s store.Store) error {
			_, err := s.Purge(ctx, store.PurgeBefore{Keys: day(9), Records: day(9)}, 10)
			return err
		}},
		{"Stats", func(ctx context.Context, s store.Store) error { _, err := s.Stats(ctx); return err }},
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// promiseTests: what package store says of every method.
func promiseTests() []test {
	return []test{
		{"an ended context changes nothing", func(b *bench) {
			b.enqueue(b.job("there", "a"))
			_, _, err := b.ClaimPost(b.ctx(), aPost("there", ""))
			b.must(err)
			before := b.dump()
			ended, cancel := context.WithCancel(b.ctx())
			cancel()
			late, cancel := context.WithDeadline(b.ctx(), time.Now().Add(-time.Second))
			defer cancel()
			for _, c := range calls() {
				b.is(c.name, c.do(ended, b), context.Canceled)
				b.is(c.name, c.do(late, b), context.DeadlineExceeded)
			}
			same(b, "store", b.dump(), before)
		}},
		{"a context that ends in the middle", func(b *bench) {
			for i := range 3 {
				b.putCase(aCase("C1", string(rune('1'+i)), day(0)))
				b.must(b.AddEvidence(b.ctx(), anEvidence(string(rune('1'+i)), "x", day(0))))
			}
			for name, run := range map[string]func(ctx context.Context, seen func()) error{
				"CasesOpened": func(ctx context.Context, seen func()) error {
					return b.CasesOpened(ctx, "", day(0), day(1), func(store.Case) error { seen(); return nil })
				},
				"EvidenceBetween": func(ctx context.Context, seen func()) error {
					return b.EvidenceBetween(ctx, day(0), day(1), func(store.Evidence) error { seen(); return nil })
				},
				"Walk": func(ctx context.Context, seen func()) error {
					return b.Walk(ctx, func(store.Record) error { seen(); return nil })
				},
			} {
				ctx, cancel := context.WithCancel(b.ctx())
				n := 0
				err := run(ctx, func() { n++; cancel() })
				b.is(name, err, context.Canceled)
				same(b, name+" calls", n, 1)
			}
		}},
		{"a closed store", func(b *bench) {
			b.enqueue(b.job("there", "a"))
			b.must(b.Close())
			b.must(b.Close())
			for _, c := range calls() {
				b.is(c.name, c.do(b.ctx(), b), store.ErrClosed)
			}
			b.Store = nil
			b.reopen()
		}},
		{"times are UTC and cut to microseconds", func(b *bench) {
			zone := time.FixedZone("Shanghai", 8*3600)
			at := time.Date(2026, 3, 1, 8, 0, 0, 123456789, zone)
			want := time.Date(2026, 3, 1, 0, 0, 0, 123456000, time.UTC)
			c := aCase("C1", "1.1", at)
			b.putCase(c)
			got, err := b.Case(b.ctx(), c.ID)
			b.must(err)
			same(b, "case", got.OpenedAt, want)
			same(b, "found by its own time", b.opened("", at, at.Add(time.Second)), []string{c.ID})
			j := b.job("1", "a")
			j.At, j.RunAt = at.Add(-time.Hour), at
			b.enqueue(j)
			jobs, err := b.Claim(b.ctx(), at, 1)
			b.must(err)
			same(b, "job", []time.Time{jobs[0].RunAt, jobs[0].At}, []time.Time{want, want.Add(-time.Hour)})
			b.must(b.Retry(b.ctx(), "1", at.Add(time.Hour), ""))
			due, _, err := b.NextDue(b.ctx())
			b.must(err)
			same(b, "due", due, want.Add(time.Hour))
		}},
		{"times far away sort like others", func(b *bench) {
			old := time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC)
			times := []time.Time{time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), time.Unix(0, 0), old, time.Unix(-1, 0), day(0)}
			for i, at := range times {
				c := aCase("C1", string(rune('a'+i)), day(0))
				c.OpenedAt = at
				b.putCase(c)
			}
			end := times[0].Add(time.Second)
			same(b, "order", b.opened("", old, end), []string{"T1.C1.c", "T1.C1.d", "T1.C1.b", "T1.C1.e", "T1.C1.a"})
		}},
		{"text is valid UTF-8 without NUL, in keys too", func(b *bench) {
			c := aCase("C\x001", "1\xff.1", day(0))
			c.Text, c.Emotions = "a\x00b\xffc界", []string{"\x00", "\xf0\x9f"}
			b.putCase(c)
			clean := store.CaseID("T1", "C1", "1\uFFFD.1")
			for _, id := range []string{c.ID, clean} {
				got, err := b.Case(b.ctx(), id)
				b.must(err)
				same(b, "text", got.Text, "ab\uFFFDc界")
				same(b, "emotions", got.Emotions, []string{"", "\uFFFD"})
				same(b, "id", got.ID, clean)
			}
			got, err := b.CaseOfThread(b.ctx(), "T1\x00", "C\x001", "1\xff.1")
			b.must(err)
			same(b, "by thread", got.ID, clean)
			same(b, "by channel", b.opened("C1\x00", day(0), day(1)), []string{clean})
			b.enqueue(store.Job{ID: "j\x001", Lane: "l\xff", Kind: "k", Payload: []byte("raw \x00\xff")})
			fresh, err := b.Enqueue(b.ctx(), store.Job{ID: "j1", Lane: "a", Kind: "k"})
			b.must(err)
			same(b, "the same key", fresh, []bool{false})
			jobs, err := b.Claim(b.ctx(), b.clock.Now(), 1)
			b.must(err)
			same(b, "payload", string(jobs[0].Payload), "raw \x00\xff")
			b.must(b.Finish(b.ctx(), "j\x001"))
		}},
		{"what is returned is a copy", func(b *bench) {
			in := aCase("C1", "1.1", day(0))
			var held *store.Case
			got, err := b.UpdateCase(b.ctx(), in.ID, func(c *store.Case) error { *c = in; held = c; return nil })
			b.must(err)
			in.Emotions[0], got.Emotions[1], held.Candidates[0], held.Text = "mine", "mine", "mine", "mine"
			again, err := b.Case(b.ctx(), in.ID)
			b.must(err)
			same(b, "case", again, aCase("C1", "1.1", day(0)))
			again.Used[0], again.Followed[0].TS, again.Followed[0].Before.Emotions[0] = "mine", "mine", "mine"
			again, err = b.Case(b.ctx(), in.ID)
			b.must(err)
			same(b, "case", again, aCase("C1", "1.1", day(0)))

			j := b.job("1", "a")
			b.enqueue(j)
			j.Payload[0] = 'X'
			jobs, err := b.Claim(b.ctx(), b.clock.Now(), 1)
			b.must(err)
			same(b, "payload", string(jobs[0].Payload), "payload of 1")
			jobs[0].Payload[0], jobs[0].Keys[0] = 'X', "X"
			b.must(b.Retry(b.ctx(), "1", time.Time{}, ""))
			jobs, err = b.Claim(b.ctx(), b.clock.Now(), 1)
			b.must(err)
			same(b, "payload", string(jobs[0].Payload)+jobs[0].Keys[0], "payload of 11")
		}},
		{"an empty list comes back as none", func(b *bench) {
			c := aCase("C1", "1.1", day(0))
			c.Emotions, c.Candidates, c.Used, c.Followed = []string{}, nil, []string{}, []store.CaseTurn{}
			b.putCase(c)
			got, err := b.Case(b.ctx(), c.ID)
			b.must(err)
			same(b, "lists", [][]string{got.Emotions, got.Candidates, got.Used}, [][]string{nil, nil, nil})
			same(b, "follow-ups", got.Followed, nil)
		}},
		{"an error of the caller is the caller's", func(b *bench) {
			b.putCase(aCase("C1", "1.1", day(0)))
			mine := fmt.Errorf("mine: %w", fs.ErrPermission) // which a backend knows as one of its own
			for name, run := range map[string]func() error{
				"UpdateCase": func() error {
					_, err := b.UpdateCase(b.ctx(), "x", func(*store.Case) error { return mine })
					return err
				},
				"CasesOpened": func() error {
					return b.CasesOpened(b.ctx(), "", day(0), day(1), func(store.Case) error { return mine })
				},
				"Walk": func() error { return b.Walk(b.ctx(), func(store.Record) error { return mine }) },
			} {
				if err := run(); err != mine {
					b.t.Errorf("%s: got %v, want it as it was", name, err)
				}
			}
		}},
		{"a panic of the caller is the caller's", func(b *bench) {
			for name, run := range map[string]func(){
				"UpdateCase": func() {
					_, _ = b.UpdateCase(b.ctx(), "x", func(*store.Case) error { panic("mine") })
				},
				"Walk": func() {
					_ = b.Walk(b.ctx(), func(store.Record) error { panic("mine") })
				},
			} {
				b.putCase(aCase("C1", "1.1", day(0)))
				func() {
					defer func() {
						if p := recover(); p != "mine" {
							b.t.Errorf("%s: recovered %v, want the caller's panic", name, p)
						}
					}()
					run()
				}()
				b.putCase(aCase("C1", "1.2", day(0)))
			}
		}},
	}
}

// dump is every record of the store.
func (b *bench) dump() (all []store.Record) {
	b.t.Helper()
	b.must(b.Walk(context.WithoutCancel(b.ctx()), func(r store.Record) error {
		all = append(all, r)
		return nil
	}))
	return all
}

var errWriter = errors.New("the disk of the backup is full")
