package storetest

import (
	"math"
	"time"

	"coachbot/store"
)

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
