package storetest

import (
	"context"
	"fmt"
	"time"

	"coachbot/store"
)

// fill puts something of every kind into the store.
func (b *bench) fill() {
	b.t.Helper()
	j := b.job("two", "a")
	j.Keys = []string{"two", "other"}
	b.enqueue(b.job("one", "a"), j, b.job("three", "b"), b.job("four", "c"), b.job("done", "d"))
	b.must(b.Bury(b.ctx(), "four", day(0), "gave up"))
	b.must(b.Finish(b.ctx(), "done"))
	for i := range 3 {
		ts := fmt.Sprintf("%d.1", i)
		c := aCase("C1", ts, day(i))
		b.putCase(c)
		p := aPost("p"+ts, ts)
		p.ClaimedAt = day(i)
		_, _, err := b.ClaimPost(b.ctx(), p)
		b.must(err)
		b.must(b.PutDecision(b.ctx(), aDecision("C1", ts, day(i))))
		b.must(b.AddEvidence(b.ctx(), anEvidence("e"+ts, c.ID, day(i))))
		b.putHelp(aHelpRequest("h"+ts, day(i)))
		b.putCard(aKnowledgeCard("k"+ts, day(i)))
		b.putPromise(aPromise("p"+ts, day(i)))
		b.putSpending(store.Spending{Day: day(i).Format(time.DateOnly), Tokens: 9, Calls: 1, At: day(i)})
		b.must(b.PutEmbeddings(b.ctx(), anEmbedding("e"+ts, day(i))))
		b.putRolePlay(aRolePlay("r"+ts, day(i)))
		b.putDigest(aDigest(day(i).Format(time.DateOnly), day(i)))
		b.putSlips(store.Slips{Workspace: "T1", Team: "S1", Day: day(i).Format(time.DateOnly), Counts: map[string]int{"dont-know": 1}, At: day(i)})
	}
	_, err := b.UpdateChannel(b.ctx(), "T1", "C1", func(c *store.Channel) error { c.Mode = store.WatchOff; return nil })
	b.must(err)
	_, err = b.UpdateInstallation(b.ctx(), "T1", func(i *store.Installation) error { i.Bot = "B"; return nil })
	b.must(err)
	b.putTeam(aTeam("S1"))
	b.putPerson(aPerson("U1", day(0)))
}

// filled are the counts of what fill puts in.
func filled() store.Stats {
	return store.Stats{
		Jobs: 3, Buried: 1, Keys: 6, Cases: 3, Posts: 3, Channels: 1, Decisions: 3, Evidence: 3, Installations: 1,
		Teams: 1, HelpRequests: 3, KnowledgeCards: 3, Promises: 3, Spendings: 3, Embeddings: 3, RolePlays: 3,
		Digests: 3, Slips: 3, People: 1,
	}
}

func (b *bench) stats(what string, want store.Stats) {
	b.t.Helper()
	got, err := b.Stats(b.ctx())
	b.must(err)
	same(b, what, got, want)
}

func maintenanceTests() []test {
	return []test{
		{"stats count", func(b *bench) {
			b.stats("empty", store.Stats{})
			b.fill()
			b.stats("filled", filled())
			b.reopen()
			b.stats("reopened", filled())
			b.must(b.DeleteCase(b.ctx(), "T1.C1.1.1"))
			b.must(b.Retry(b.ctx(), "four", day(0), ""))
			want := filled()
			want.Cases, want.Evidence, want.Jobs, want.Buried = 2, 2, 4, 0
			b.stats("changed", want)
		}},
		{"walking and putting makes the same store", func(b *bench) {
			b.fill()
			all := b.dump()
			same(b, "walked twice", b.dump(), all)
			b.must(b.Put(b.ctx(), all...)) // over itself
			same(b, "put over itself", b.dump(), all)
			b.stats("put over itself", filled())
			b.must(b.Finish(b.ctx(), "one"))
			b.must(b.DeleteCase(b.ctx(), "T1.C1.1.1"))
			b.must(b.Put(b.ctx(), all...))
			same(b, "put back", b.dump(), all)
			same(b, "order", b.drain(), []string{"one", "three", "two"})
		}},
		{"what is put works at once", func(b *bench) {
			j := b.job("1", "a")
			j.Attempt, j.Cause = 2, "before"
			b.must(b.Put(b.ctx(), store.Record{Job: &j}, store.Record{Key: &store.Key{Key: "old", At: day(0)}}))
			b.attempt("1", 3, "before")
			fresh, err := b.Enqueue(b.ctx(), b.job("old", "a"), b.job("1", "a"))
			b.must(err)
			same(b, "fresh", fresh, []bool{false, false})
		}},
		{"putting all or none", func(b *bench) {
			good, bad := aPost("good", ""), aPost("", "")
			for name, r := range map[string]store.Record{"nothing": {}, "bad post": {Post: &bad}, "bad key": {Key: &store.Key{Key: "k"}}} {
				b.is(name, b.Put(b.ctx(), store.Record{Post: &good}, r), store.ErrInvalid)
			}
			b.stats("nothing put", store.Stats{})
		}},
		{"walking stops", func(b *bench) {
			b.fill()
			n := 0
			b.is("walk", b.Walk(b.ctx(), func(store.Record) error { n++; return errStop }), errStop)
			same(b, "calls", n, 1)
		}},
		{"purging records", func(b *bench) {
			b.fill()
			b.purge(store.PurgeBefore{}, 100, 0)
			b.stats("nothing is old", filled())
			old := store.PurgeBefore{Records: day(1).Add(time.Microsecond)}
			b.purge(old, 3, 3)
			b.purge(old, 4, 4)
			b.purge(old, 24, 17)
			b.purge(old, 4, 0)
			want := filled()
			want.Cases, want.Posts, want.Decisions, want.Evidence = 1, 1, 1, 1
			want.HelpRequests, want.KnowledgeCards, want.Promises = 1, 1, 1
			want.Spendings, want.Embeddings, want.RolePlays = 1, 1, 1
			want.Digests, want.Slips = 1, 1
			b.stats("after", want)
			same(b, "cases left", b.opened("", day(-9), day(9)), []string{"T1.C1.2.1"})
			same(b, "evidence left", b.said(day(-9), day(9)), []string{"e2.1"})
			_, err := b.PostAt(b.ctx(), "T1", "C1", "0.1")
			b.is("old post", err, store.ErrNotFound)
		}},
		{"the oldest go first", func(b *bench) {
			for _, d := range []int{3, 1, 2, 0} {
				b.putCase(aCase("C1", fmt.Sprint(d), day(d)))
			}
			b.purge(store.PurgeBefore{Records: day(9)}, 2, 2)
			same(b, "left", b.opened("", day(-9), day(9)), []string{"T1.C1.2", "T1.C1.3"})
		}},
		{"keys of living jobs are never purged", func(b *bench) {
			b.fill()
			old := store.PurgeBefore{Keys: day(9)}
			b.purge(old, 100, 3) // the buried job, its key and that of the finished job
			want := filled()
			want.Keys, want.Buried = 4, 0
			b.stats("after", want)
			fresh, err := b.Enqueue(b.ctx(), b.job("other", "x"), b.job("one", "x"), b.job("done", "x"), b.job("four", "x"))
			b.must(err)
			same(b, "fresh", fresh, []bool{false, false, true, true})
		}},
		{"purging more than a batch", func(b *bench) {
			records := make([]store.Record, 0, 700)
			for i := range 700 {
				records = append(records, store.Record{Key: &store.Key{Key: fmt.Sprint(i), At: day(0).Add(time.Duration(i))}})
			}
			b.must(b.Put(b.ctx(), records...))
			b.purge(store.PurgeBefore{Keys: day(1)}, 650, 650)
			b.purge(store.PurgeBefore{Keys: day(1)}, 650, 50)
			b.stats("after", store.Stats{})
		}},
		{"a sound store has no faults", func(b *bench) {
			b.fill()
			faults, err := b.Check(b.ctx())
			b.must(err)
			same(b, "faults", len(faults), 0)
		}},
		{"a backup that cannot be written", func(b *bench) {
			b.fill()
			_, err := b.Backup(b.ctx(), failing{})
			b.is("backup", err, errWriter)
			ctx, cancel := context.WithCancel(b.ctx())
			_, err = b.Backup(ctx, cancelling{cancel})
			b.is("backup", err, context.Canceled)
			b.stats("after", filled())
		}},
	}
}

func (b *bench) purge(before store.PurgeBefore, max, want int) {
	b.t.Helper()
	got, err := b.Purge(b.ctx(), before, max)
	b.must(err)
	same(b, "purged", got, want)
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errWriter }

type cancelling struct{ cancel context.CancelFunc }

func (c cancelling) Write(p []byte) (int, error) { c.cancel(); return len(p), nil }
