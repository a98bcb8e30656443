package storetest

import (
	"errors"
	"fmt"
	"math"
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
		Step: "listen", Variation: 1, Turns: 2, LastTurn: ts, Sure: true, Expanded: true, Private: true,
		Card: "card:" + ts, Used: []string{"p1"}, State: store.CaseOpen, OpenedAt: opened,
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

func aPost(key, ts string) store.Post {
	return store.Post{
		Key: key, Workspace: "T1", Team: "S1", Channel: "C1", Thread: "1.1", TS: ts, Case: "T1.C1.1.1",
		Kind: "card", ClaimedAt: day(0), SentAt: day(1), RemovedAt: day(2),
	}
}

func postTests() []test {
	return []test{
		{"a key is claimed once", func(b *bench) {
			p := aPost("k", "")
			got, fresh, err := b.ClaimPost(b.ctx(), p)
			b.must(err)
			same(b, "post", got, p)
			same(b, "fresh", fresh, true)
			other := p
			other.Channel, other.Kind = "C2", "note"
			got, fresh, err = b.ClaimPost(b.ctx(), other)
			b.must(err)
			same(b, "post", got, p)
			same(b, "fresh", fresh, false)
			b.reopen()
			got, err = b.Post(b.ctx(), "k")
			b.must(err)
			same(b, "post", got, p)
		}},
		{"a post is found by its message", func(b *bench) {
			_, err := b.PostAt(b.ctx(), "T1", "C1", "5.5")
			b.is("absent", err, store.ErrNotFound)
			_, _, err = b.ClaimPost(b.ctx(), aPost("k", ""))
			b.must(err)
			_, err = b.PostAt(b.ctx(), "T1", "C1", "")
			b.is("not yet sent", err, store.ErrNotFound)
			want, err := b.UpdatePost(b.ctx(), "k", func(p *store.Post) error { p.TS = "5.5"; return nil })
			b.must(err)
			got, err := b.PostAt(b.ctx(), "T1", "C1", "5.5")
			b.must(err)
			same(b, "post", got, want)
			for _, other := range [][3]string{{"T2", "C1", "5.5"}, {"T1", "C2", "5.5"}, {"T1", "C1", "5."}, {"T1", "C1", "5.50"}} {
				_, err := b.PostAt(b.ctx(), other[0], other[1], other[2])
				b.is(fmt.Sprint(other), err, store.ErrNotFound)
			}
			_, err = b.UpdatePost(b.ctx(), "k", func(p *store.Post) error { p.TS = "6.6"; return nil })
			b.must(err)
			_, err = b.PostAt(b.ctx(), "T1", "C1", "5.5")
			b.is("moved away", err, store.ErrNotFound)
		}},
		{"what cannot be stored", func(b *bench) {
			for name, p := range map[string]store.Post{
				"no key": aPost("", ""), "no time": {Key: "k", Workspace: "T1", Channel: "C1"},
				"no channel": {Key: "k", Workspace: "T1", ClaimedAt: day(0)},
				"long key":   aPost(strings.Repeat("x", store.MaxKey+1), ""),
			} {
				_, _, err := b.ClaimPost(b.ctx(), p)
				b.is(name, err, store.ErrInvalid)
			}
			_, err := b.UpdatePost(b.ctx(), "no", func(*store.Post) error { b.t.Error("called without a post"); return nil })
			b.is("absent", err, store.ErrNotFound)
			_, err = b.Post(b.ctx(), "no")
			b.is("absent", err, store.ErrNotFound)
			_, _, err = b.ClaimPost(b.ctx(), aPost("k", ""))
			b.must(err)
			_, err = b.UpdatePost(b.ctx(), "k", func(p *store.Post) error { p.TS = "1"; return errStop })
			b.is("its own error", err, errStop)
			got, err := b.Post(b.ctx(), "k")
			b.must(err)
			same(b, "post", got, aPost("k", ""))
		}},
	}
}

func channelTests() []test {
	return []test{
		{"channels", func(b *bench) {
			got, err := b.Channel(b.ctx(), "T1", "C1")
			b.must(err)
			same(b, "absent", got, store.Channel{Workspace: "T1", ID: "C1"})
			want := store.Channel{
				Workspace: "T1", ID: "C1", Team: "S1", Mode: store.WatchQuiet, Quiet: day(7),
				Apps: []string{"B1", "B2"}, SetBy: "U1", SetAt: day(0), Cursor: "1.1",
			}
			got, err = b.UpdateChannel(b.ctx(), "T1", "C1", func(c *store.Channel) error {
				same(b, "blank", *c, store.Channel{Workspace: "T1", ID: "C1"})
				*c = want
				return nil
			})
			b.must(err)
			same(b, "set", got, want)
			b.reopen()
			got, err = b.Channel(b.ctx(), "T1", "C1")
			b.must(err)
			same(b, "kept", got, want)
			for name, fn := range map[string]func(c *store.Channel) error{
				"mode":      func(c *store.Channel) error { c.Mode = "loud"; return nil },
				"other id":  func(c *store.Channel) error { c.ID = "C2"; return nil },
				"workspace": func(c *store.Channel) error { c.Workspace = ""; return nil },
			} {
				_, err := b.UpdateChannel(b.ctx(), "T1", "C1", fn)
				b.is(name, err, store.ErrInvalid)
			}
		}},
		{"list of channels", func(b *bench) {
			list, err := b.ChannelList(b.ctx(), "")
			b.must(err)
			same(b, "none", len(list), 0)
			for _, k := range [][2]string{{"T2", "C1"}, {"T1", "C2"}, {"T10", "C0"}, {"T1", "C10"}} {
				_, err := b.UpdateChannel(b.ctx(), k[0], k[1], func(c *store.Channel) error { c.Mode = store.WatchThread; return nil })
				b.must(err)
			}
			for workspace, want := range map[string][]string{
				"T1": {"T1 C10", "T1 C2"}, "T2": {"T2 C1"}, "T": {}, "": {"T1 C10", "T1 C2", "T10 C0", "T2 C1"},
			} {
				list, err := b.ChannelList(b.ctx(), workspace)
				b.must(err)
				got := []string{}
				for _, c := range list {
					got = append(got, c.Workspace+" "+c.ID)
				}
				same(b, "list of "+workspace, got, want)
			}
		}},
		{"installations", func(b *bench) {
			got, err := b.Installation(b.ctx(), "T1")
			b.must(err)
			same(b, "absent", got, store.Installation{Workspace: "T1"})
			want := store.Installation{Workspace: "T1", Bot: "B1", SeenAt: day(0), RevokedAt: day(1)}
			_, err = b.UpdateInstallation(b.ctx(), "T1", func(i *store.Installation) error { *i = want; return nil })
			b.must(err)
			b.reopen()
			got, err = b.Installation(b.ctx(), "T1")
			b.must(err)
			same(b, "kept", got, want)
			_, err = b.UpdateInstallation(b.ctx(), "", func(*store.Installation) error { return nil })
			b.is("without workspace", err, store.ErrInvalid)
		}},
	}
}

func aDecision(channel, ts string, at time.Time) store.Decision {
	return store.Decision{
		Workspace: "T1", Team: "S1", Channel: channel, TS: ts, Author: "U1", At: at, Spoke: true,
		Reason: "case", Case: "T1." + channel + "." + ts, Playbook: "long-wait", Severity: "low", Score: 0.625,
	}
}

func anEvidence(id, caseID string, at time.Time) store.Evidence {
	return store.Evidence{
		ID: id, Workspace: "T1", Team: "S1", Channel: "C1", Case: caseID, Kind: "picked", Playbook: "long-wait",
		Instead: "late-delivery", Step: "listen", Phrase: "p1", By: "U1", At: at,
	}
}

// said are the ids of the evidence of a time, in order.
func (b *bench) said(from, to time.Time) []string {
	b.t.Helper()
	got := []string{}
	b.must(b.EvidenceBetween(b.ctx(), from, to, func(e store.Evidence) error {
		got = append(got, e.ID)
		return nil
	}))
	return got
}

func evidenceTests() []test {
	return []test{
		{"the last decisions of a channel", func(b *bench) {
			for _, ts := range []string{"1.2", "1.1", "1.3"} {
				b.must(b.PutDecision(b.ctx(), aDecision("C1", ts, day(0))))
			}
			b.must(b.PutDecision(b.ctx(), aDecision("C10", "9.9", day(0))))
			b.reopen()
			got, err := b.LastDecisions(b.ctx(), "T1", "C1", 2)
			b.must(err)
			same(b, "last two", got, []store.Decision{aDecision("C1", "1.3", day(0)), aDecision("C1", "1.2", day(0))})
			for name, want := range map[string]int{"C1": 3, "C10": 1, "C": 0, "": 0, "C2": 0} {
				got, err := b.LastDecisions(b.ctx(), "T1", name, 10)
				b.must(err)
				same(b, "of "+name, len(got), want)
			}
			got, err = b.LastDecisions(b.ctx(), "T1", "C1", 0)
			b.must(err)
			same(b, "none", len(got), 0)
		}},
		{"the later decision on a message stays", func(b *bench) {
			first, later, same2 := aDecision("C1", "1.1", day(0)), aDecision("C1", "1.1", day(1)), aDecision("C1", "1.1", day(1))
			same2.Reason = "put last"
			for _, d := range []store.Decision{later, first, same2} {
				b.must(b.PutDecision(b.ctx(), d))
			}
			got, err := b.LastDecisions(b.ctx(), "T1", "C1", 9)
			b.must(err)
			same(b, "decisions", got, []store.Decision{same2})
		}},
		{"decisions that cannot be stored", func(b *bench) {
			nan, untold := aDecision("C1", "1.1", day(0)), aDecision("C1", "1.1", day(0))
			nan.Score, untold.Reason = math.NaN(), ""
			b.is("score", b.PutDecision(b.ctx(), nan), store.ErrInvalid)
			b.is("reason", b.PutDecision(b.ctx(), untold), store.ErrInvalid)
		}},
		{"evidence by case and by day", func(b *bench) {
			c1, c2, c3 := anEvidence("3", "a", day(0)), anEvidence("2", "a", day(1)), anEvidence("1", "a", day(2))
			other := anEvidence("4", "ab", day(1))
			for _, e := range []store.Evidence{c3, c1, other, c2} {
				b.must(b.AddEvidence(b.ctx(), e))
			}
			twice := c1
			twice.Kind, twice.At = "used", day(5)
			b.must(b.AddEvidence(b.ctx(), twice))
			b.reopen()
			got, err := b.EvidenceOf(b.ctx(), "a")
			b.must(err)
			same(b, "of a case", got, []store.Evidence{c1, c2, c3})
			got, err = b.EvidenceOf(b.ctx(), "b")
			b.must(err)
			same(b, "of another", len(got), 0)
			same(b, "of a day", b.said(day(1), day(2)), []string{"2", "4"})
			same(b, "of days", b.said(day(0), day(3)), []string{"3", "2", "4", "1"})
			b.is("stopped", b.EvidenceBetween(b.ctx(), day(0), day(3), func(store.Evidence) error { return errStop }), errStop)
			b.is("without case", b.AddEvidence(b.ctx(), anEvidence("9", "", day(0))), store.ErrInvalid)
		}},
	}
}
