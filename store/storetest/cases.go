package storetest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"coachbot/store"
)

var errStop = errors.New("stop here")

// aCase is a valid case opened by message ts of a channel.
func aCase(channel, ts string, opened time.Time) store.Case {
	return store.Case{
		ID: store.CaseID("T1", channel, ts), Workspace: "T1", Team: "S1", Channel: channel, TS: ts, Thread: ts,
		Author: "U1", Text: "顾客说要投诉到总部 and she wants <b>a refund</b> 😡", TextHash: "h", Lang: "zh",
		Severity: "high", Emotions: []string{"angry", "tired"}, Kind: "demanding", Personality: "eagle",
		Root: "policy", Playbook: "refund-refused", Candidates: []string{"refund-refused", "long-wait"},
		Step: "listen", Variation: 1, Turns: 2, LastTurn: ts, Sure: true, Expanded: true, Private: true, LastPress: "p", CardWhy: "guests",
		Followed: []store.CaseTurn{{TS: ts, TextHash: "t", Kind: "customer", Severity: "low", Press: "p", Before: store.CaseStand{
			Severity: "medium", Emotions: []string{"angry"}, Playbook: "long-wait", Candidates: []string{"long-wait"}, Step: "calm", Variation: 3},
			State: store.CaseCalmed, ClosedAt: opened, Duty: "U9"}},
		Card: "card:" + ts, Used: []string{"p1"}, State: store.CaseOpen, OpenedAt: opened,
		Feedback:  store.Feedback{By: "U8", At: opened, Note: "包装盒太薄 & thin"},
		Fitted:    store.Fitted{Hash: "h", Turns: 2, Playbook: "refund-refused", Step: "listen", Variation: 1, Phrases: []store.FittedPhrase{{Step: "listen", Text: "请讲 {order}"}}},
		UpdatedAt: opened.Add(time.Second), ClosedAt: opened.Add(2 * time.Second), AdvisedAt: opened.Add(3 * time.Second),
	}
}

func (b *bench) putCase(c store.Case) {
	b.t.Helper()
	got, err := b.UpdateCase(b.ctx(), c.ID, func(to *store.Case) error { *to = c; return nil })
	b.must(err)
	same(b, "stored case", got, c.Clean())
}

func (b *bench) opened(channel string, from, to time.Time) []string {
	b.t.Helper()
	got := []string{}
	b.must(b.CasesOpened(b.ctx(), channel, from, to, func(c store.Case) error {
		got = append(got, c.ID)
		return nil
	}))
	return got
}

func caseTests() []test {
	return []test{
		{"a case comes out as it went in", func(b *bench) {
			_, err := b.Case(b.ctx(), "no")
			b.is("absent", err, store.ErrNotFound)
			_, err = b.Case(b.ctx(), "")
			b.is("without id", err, store.ErrNotFound)
			c := aCase("C1", "1.1", day(0))
			b.putCase(c)
			b.reopen()
			got, err := b.Case(b.ctx(), c.ID)
			b.must(err)
			same(b, "case", got, c)
		}},
		{"an update starts from what stands", func(b *bench) {
			c := aCase("C1", "1.1", day(0))
			_, err := b.UpdateCase(b.ctx(), c.ID, func(to *store.Case) error {
				same(b, "blank", *to, store.Case{ID: c.ID})
				*to = c
				return nil
			})
			b.must(err)
			got, err := b.UpdateCase(b.ctx(), c.ID, func(to *store.Case) error {
				same(b, "before", *to, c)
				to.Turns++
				return nil
			})
			b.must(err)
			c.Turns++
			same(b, "after", got, c)
		}},
		{"an update that fails writes nothing", func(b *bench) {
			c := aCase("C1", "1.1", day(0))
			b.putCase(c)
			for name, fn := range map[string]func(to *store.Case) error{
				"its own error": func(to *store.Case) error { to.Text = "changed"; return errStop },
				"another id":    func(to *store.Case) error { to.ID = "other"; return nil },
				"no time":       func(to *store.Case) error { to.OpenedAt = time.Time{}; return nil },
				"no state":      func(to *store.Case) error { to.State = "lost"; return nil },
				"long thread":   func(to *store.Case) error { to.Thread = strings.Repeat("x", store.MaxKey+1); return nil },
			} {
				want := store.ErrInvalid
				if name == "its own error" {
					want = errStop
				}
				_, err := b.UpdateCase(b.ctx(), c.ID, fn)
				b.is(name, err, want)
				got, err := b.Case(b.ctx(), c.ID)
				b.must(err)
				same(b, name, got, c)
			}
		}},
		{"the newest case of a thread", func(b *bench) {
			_, err := b.CaseOfThread(b.ctx(), "T1", "C1", "1.1")
			b.is("absent", err, store.ErrNotFound)
			for i, ts := range []string{"1.2", "1.4", "1.3"} {
				c := aCase("C1", ts, day(0).Add(time.Duration([]int{2, 4, 3}[i])*time.Hour))
				c.Thread = "1.1"
				b.putCase(c)
			}
			b.putCase(aCase("C1", "1.10", day(1))) // a longer thread that begins alike
			got, err := b.CaseOfThread(b.ctx(), "T1", "C1", "1.1")
			b.must(err)
			same(b, "newest", got.TS, "1.4")
			for _, other := range [][3]string{{"T2", "C1", "1.1"}, {"T1", "C2", "1.1"}, {"T1", "C1", "1."}, {"T1", "C1", "1.2"}, {"", "", ""}} {
				_, err := b.CaseOfThread(b.ctx(), other[0], other[1], other[2])
				b.is(fmt.Sprint(other), err, store.ErrNotFound)
			}
			b.must(b.DeleteCase(b.ctx(), got.ID))
			got, err = b.CaseOfThread(b.ctx(), "T1", "C1", "1.1")
			b.must(err)
			same(b, "newest", got.TS, "1.3")
		}},
		{"moving a case moves it everywhere", func(b *bench) {
			c := aCase("C1", "1.1", day(0))
			b.putCase(c)
			c.Channel, c.Thread, c.OpenedAt = "C2", "9.9", day(5)
			b.putCase(c)
			_, err := b.CaseOfThread(b.ctx(), "T1", "C1", "1.1")
			b.is("old thread", err, store.ErrNotFound)
			same(b, "old day", b.opened("", day(0), day(1)), []string{})
			same(b, "old channel", b.opened("C1", day(0), day(9)), []string{})
			same(b, "new channel", b.opened("C2", day(5), day(6)), []string{c.ID})
		}},
		{"deleting takes the evidence along", func(b *bench) {
			c, other := aCase("C1", "1.1", day(0)), aCase("C1", "1.10", day(0))
			b.putCase(c)
			b.putCase(other)
			b.must(b.AddEvidence(b.ctx(), anEvidence("e1", c.ID, day(0))))
			b.must(b.AddEvidence(b.ctx(), anEvidence("e2", c.ID, day(1))))
			b.must(b.AddEvidence(b.ctx(), anEvidence("e3", other.ID, day(1))))
			b.must(b.DeleteCase(b.ctx(), c.ID))
			b.must(b.DeleteCase(b.ctx(), c.ID))
			b.must(b.DeleteCase(b.ctx(), ""))
			_, err := b.Case(b.ctx(), c.ID)
			b.is("deleted", err, store.ErrNotFound)
			same(b, "opened", b.opened("", day(0), day(1)), []string{other.ID})
			same(b, "evidence left", b.said(day(-9), day(9)), []string{"e3"})
			b.must(b.AddEvidence(b.ctx(), anEvidence("e1", c.ID, day(0))))
		}},
		{"cases of a day and of a channel", func(b *bench) {
			for d := range 4 {
				for _, ch := range []string{"C1", "C11"} {
					b.putCase(aCase(ch, fmt.Sprintf("%d.1", d), day(d)))
					b.putCase(aCase(ch, fmt.Sprintf("%d.2", d), day(d+1).Add(-time.Microsecond)))
				}
			}
			same(b, "day", b.opened("", day(1), day(2)), []string{"T1.C1.1.1", "T1.C11.1.1", "T1.C1.1.2", "T1.C11.1.2"})
			same(b, "channel", b.opened("C1", day(1), day(2)), []string{"T1.C1.1.1", "T1.C1.1.2"})
			same(b, "instant", b.opened("", day(1), day(1)), []string{})
			same(b, "backwards", b.opened("", day(2), day(1)), []string{})
			same(b, "all of one", len(b.opened("C11", time.Time{}, day(99))), 8)
			err := b.CasesOpened(b.ctx(), "", day(0), day(9), func(store.Case) error { return errStop })
			b.is("stopped", err, errStop)
		}},
		{"more cases than a page, and a function that calls the store", func(b *bench) {
			var want []string
			records := make([]store.Record, 0, 600)
			for i := range 600 {
				c := aCase("C1", fmt.Sprintf("%06d", i), day(0).Add(time.Duration(i)*time.Millisecond))
				records = append(records, store.Record{Case: &c})
				want = append(want, c.ID)
			}
			b.must(b.Put(b.ctx(), records...))
			got := []string{}
			b.must(b.CasesOpened(b.ctx(), "C1", day(0), day(1), func(c store.Case) error {
				got = append(got, c.ID)
				if len(got)%100 > 0 {
					return nil
				}
				_, err := b.UpdateCase(b.ctx(), c.ID, func(c *store.Case) error { c.Turns = 99; return nil })
				return err
			}))
			same(b, "cases", got, want)
		}},
	}
}
