package storetest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"coachbot/store"
)

// seedVariable names the environment variable that repeats a random run.
const seedVariable = "STORETEST_SEED"

// randomTests run a random workload against a store and a plain model of it, and
// compare every answer.
func randomTests() []test {
	tests := []test{{"today's seed", func(b *bench) { runRandom(b, todaysSeed(b)) }}}
	for seed := range uint64(3) {
		tests = append(tests, test{fmt.Sprint("seed ", seed), func(b *bench) { runRandom(b, seed) }})
	}
	return tests
}

func todaysSeed(b *bench) uint64 {
	given := os.Getenv(seedVariable)
	if given == "" {
		return uint64(time.Now().UnixNano())
	}
	seed, err := strconv.ParseUint(given, 10, 64)
	b.must(err)
	return seed
}

const randomSteps = 400

func runRandom(b *bench, seed uint64) {
	b.t.Logf("%s=%d", seedVariable, seed)
	w := &workload{bench: b, rnd: rand.New(rand.NewPCG(seed, 0)), model: newModel()}
	steps := []struct {
		weight int
		do     func()
	}{
		{20, w.enqueue}, {16, w.claim}, {14, w.giveBack}, {6, w.pass}, {2, w.restart},
		{8, w.updateCase}, {2, w.deleteCase}, {6, w.post}, {4, w.decide}, {5, w.say}, {4, w.askHelp}, {3, w.keep}, {3, w.promise}, {2, w.spend}, {2, w.embed}, {3, w.play}, {3, w.digest}, {2, w.purge}, {2, w.look},
	}
	total := 0
	for _, s := range steps {
		total += s.weight
	}
	for n := range randomSteps {
		pick := w.rnd.IntN(total)
		for _, s := range steps {
			if pick -= s.weight; pick < 0 {
				s.do()
				break
			}
		}
		if b.t.Failed() {
			b.t.Fatalf("step %d of seed %d went wrong", n, seed)
		}
	}
	w.look()
}

// workload is the random caller.
type workload struct {
	*bench
	rnd   *rand.Rand
	model *model
}

// now is a time that was never given out before, so that nothing is left to ties.
func (w *workload) now() time.Time { return w.clock.advance(time.Millisecond) }

// soon is now or up to two hours later, not a whole millisecond, so that it is
// no time that now gives out.
func (w *workload) soon() time.Time {
	return w.now().Add(time.Duration(w.rnd.IntN(7200_000))*time.Millisecond + time.Duration(1+w.rnd.IntN(998))*time.Microsecond)
}

func (w *workload) name(kind string, n int) string { return fmt.Sprint(kind, w.rnd.IntN(n)) }

func (w *workload) pass() { w.clock.advance(time.Duration(w.rnd.IntN(3600)) * time.Second) }

func (w *workload) enqueue() {
	jobs := make([]store.Job, 1+w.rnd.IntN(3))
	for i := range jobs {
		j := store.Job{ID: w.name("job", 300), Lane: w.name("lane", 6), Kind: "k", At: w.now()}
		if w.rnd.IntN(3) == 0 {
			j.Keys = []string{j.ID, w.name("key", 300)}
		}
		if w.rnd.IntN(3) == 0 {
			j.RunAt = w.soon()
		}
		if w.rnd.IntN(2) == 0 {
			j.Payload = []byte(w.name("payload", 99))
		}
		jobs[i] = j
	}
	fresh, err := w.Enqueue(w.ctx(), jobs...)
	w.must(err)
	same(w.bench, "fresh", fresh, w.model.enqueue(jobs))
}

func (w *workload) claim() {
	now, max := w.now(), w.rnd.IntN(4)
	at, ok, err := w.NextDue(w.ctx())
	w.must(err)
	wantAt, wantOK := w.model.nextDue()
	same(w.bench, "due", ok, wantOK)
	same(w.bench, "next due", at, wantAt)
	got, err := w.Claim(w.ctx(), now, max)
	w.must(err)
	same(w.bench, "claimed", got, w.model.claim(now, max))
}

// giveBack finishes, retries, defers or buries any job, mostly one handed out.
func (w *workload) giveBack() {
	id := w.name("job", 300)
	if handed := w.model.ids(func(j *modelJob) bool { return j.handed }); len(handed) > 0 && w.rnd.IntN(6) > 0 {
		id = handed[w.rnd.IntN(len(handed))]
	}
	at := w.soon()
	var err error
	var change func(*modelJob)
	switch w.rnd.IntN(6) {
	case 0:
		err, change = w.Retry(w.ctx(), id, at, "retried"), func(j *modelJob) { w.model.retry(j, at, "retried") }
	case 1:
		err, change = w.Defer(w.ctx(), id, at), func(j *modelJob) { w.model.retryUncounted(j, at) }
	case 2:
		err, change = w.Bury(w.ctx(), id, at, "buried"), func(j *modelJob) { w.model.bury(j, at, "buried") }
	default:
		err, change = w.Finish(w.ctx(), id), w.model.finish
	}
	if j := w.model.find(id); j != nil {
		w.must(err)
		change(j)
	} else {
		w.is("job "+id, err, store.ErrNotFound)
	}
}

func (w *workload) restart() {
	w.reopen()
	w.model.restart()
}

func (w *workload) updateCase() {
	c := aCase(w.name("C", 3), w.name("", 40), w.soon())
	c.Thread = w.name("", 10)
	fail := w.rnd.IntN(5) == 0
	_, err := w.UpdateCase(w.ctx(), c.ID, func(to *store.Case) error {
		old := w.model.cases[c.ID]
		old.ID = c.ID
		same(w.bench, "case before", *to, old)
		*to = c
		if fail {
			return errStop
		}
		return nil
	})
	if fail {
		w.is("update", err, errStop)
		return
	}
	w.must(err)
	w.model.cases[c.ID] = c
}

func (w *workload) deleteCase() {
	id := store.CaseID("T1", w.name("C", 3), w.name("", 40))
	w.must(w.DeleteCase(w.ctx(), id))
	w.model.deleteCase(id)
}

func (w *workload) post() {
	p := aPost(w.name("post", 40), "")
	p.ClaimedAt = w.soon()
	got, fresh, err := w.ClaimPost(w.ctx(), p)
	w.must(err)
	stands, known := w.model.posts[p.Key]
	same(w.bench, "fresh", fresh, !known)
	if !known {
		stands = p
	}
	same(w.bench, "post", got, stands)
	stands.TS = "ts" + p.Key
	_, err = w.UpdatePost(w.ctx(), p.Key, func(to *store.Post) error { *to = stands; return nil })
	w.must(err)
	w.model.posts[p.Key] = stands
	got, err = w.PostAt(w.ctx(), "T1", "C1", stands.TS)
	w.must(err)
	same(w.bench, "post of message", got, stands)
}

func (w *workload) decide() {
	d := aDecision(w.name("C", 3), w.name("", 20), w.soon())
	w.must(w.PutDecision(w.ctx(), d))
	w.model.decide(d)
	got, err := w.LastDecisions(w.ctx(), "T1", d.Channel, 5)
	w.must(err)
	same(w.bench, "decisions", got, w.model.lastDecisions(d.Channel, 5))
}

func (w *workload) say() {
	e := anEvidence(w.name("ev", 60), store.CaseID("T1", w.name("C", 3), w.name("", 40)), w.soon())
	w.must(w.AddEvidence(w.ctx(), e))
	if _, known := w.model.evidence[e.ID]; !known {
		w.model.evidence[e.ID] = e
	}
	got, err := w.EvidenceOf(w.ctx(), e.Case)
	w.must(err)
	same(w.bench, "evidence", got, w.model.evidenceOf(e.Case))
}

func (w *workload) askHelp() {
	h := aHelpRequest(w.name("h", 20), w.soon())
	h.Team, h.State = w.name("S", 2), []store.HelpState{store.HelpOpen, store.HelpClaimed, store.HelpResolved, store.HelpWithdrawn}[w.rnd.IntN(4)]
	w.putHelp(h)
	w.model.help[h.ID] = h
	same(w.bench, "unsettled", listed(w.bench, helpID, func(fn func(store.HelpRequest) error) error {
		return w.HelpRequestsUnsettled(w.ctx(), "T1", h.Team, fn)
	}), w.model.unsettled(h.Team))
}

func (w *workload) keep() {
	k := aKnowledgeCard(w.name("k", 20), w.soon())
	k.Team, k.State = w.name("S", 2), []store.CardState{store.CardLive, store.CardReview, store.CardWithdrawn}[w.rnd.IntN(3)]
	w.putCard(k)
	w.model.knowledge[k.ID] = k
	same(w.bench, "shown", listed(w.bench, cardID, func(fn func(store.KnowledgeCard) error) error {
		return w.KnowledgeCardsShown(w.ctx(), "T1", k.Team, fn)
	}), w.model.shown(k.Team))
}

func (w *workload) promise() {
	p := aPromise(w.name("p", 20), w.soon())
	p.Team = w.name("S", 2)
	p.Owner, p.State = w.name("U", 2), []store.PromiseState{store.PromiseOpen, store.PromiseMissed, store.PromiseKept}[w.rnd.IntN(3)]
	w.putPromise(p)
	w.model.promises[p.ID] = p
	same(w.bench, "owed", listed(w.bench, promiseID, func(fn func(store.Promise) error) error {
		return w.PromisesOwed(w.ctx(), "T1", p.Owner, fn)
	}), w.model.owed(func(q store.Promise) bool { return q.Owner == p.Owner }))
	same(w.bench, "owed in a team", listed(w.bench, promiseID, func(fn func(store.Promise) error) error {
		return w.PromisesOwedIn(w.ctx(), "T1", p.Team, fn)
	}), w.model.owed(func(q store.Promise) bool { return q.Team == p.Team }))
}

func (w *workload) spend() {
	day := w.soon().Format(time.DateOnly)
	at := w.now()
	got, err := w.UpdateSpending(w.ctx(), day, func(s *store.Spending) error {
		s.Tokens, s.Calls, s.At = s.Tokens+7, s.Calls+1, at
		return nil
	})
	w.must(err)
	want := w.model.spent[day]
	want.Day, want.Tokens, want.Calls, want.At = day, want.Tokens+7, want.Calls+1, at
	same(w.bench, "spent", got, want)
	w.model.spent[day] = want
}

func (w *workload) embed() {
	e := anEmbedding(w.name("e", 20), w.soon())
	w.must(w.PutEmbeddings(w.ctx(), e))
	w.model.embedded[e.Key] = e
	key := w.name("e", 20)
	got, err := w.EmbeddingsOf(w.ctx(), []string{key})
	w.must(err)
	kept, ok := w.model.embedded[key]
	same(w.bench, "embedded", len(got) == 1, ok)
	same(w.bench, "embedding", got[key], kept)
}

func (w *workload) play() {
	r := aRolePlay(w.name("r", 20), w.soon())
	r.User = w.name("U", 2)
	if w.rnd.IntN(4) == 0 {
		w.must(w.DeleteRolePlay(w.ctx(), r.ID))
		delete(w.model.plays, r.ID)
	} else {
		w.putRolePlay(r)
		w.model.plays[r.ID] = r
	}
	same(w.bench, "role plays", w.rolePlays("T1", r.User), w.model.playsOf(r.User))
}

func (w *workload) purge() {
	now := w.now()
	back := func() time.Time { return now.Add(-time.Duration(w.rnd.IntN(20)) * time.Hour) }
	before := store.PurgeBefore{Keys: back(), Records: back()}
	got, err := w.Purge(w.ctx(), before, 10_000)
	w.must(err)
	same(w.bench, "purged", got, w.model.purge(before))
}

// look compares the counts and reads by day, channel and thread.
func (w *workload) look() {
	w.stats("stats", w.model.stats())
	from := day(0).Add(time.Duration(w.rnd.IntN(20)) * time.Hour)
	to := from.Add(time.Duration(w.rnd.IntN(20)) * time.Hour)
	for _, ch := range []string{"", "C0", "C1", "C2"} {
		same(w.bench, "opened in "+ch, w.opened(ch, from, to), w.model.opened(ch, from, to))
	}
	for n := range 10 {
		got, err := w.CaseOfThread(w.ctx(), "T1", "C1", fmt.Sprint(n))
		want, ok := w.model.newest("C1", fmt.Sprint(n))
		if !ok {
			w.is("thread", err, store.ErrNotFound)
			continue
		}
		w.must(err)
		same(w.bench, "newest", got, want)
	}
}

func (w *workload) digest() {
	d := aDigest(day(w.rnd.IntN(20)).Format(time.DateOnly), w.soon())
	d.Team = w.name("S", 2)
	key := d.Team + d.Date
	if w.rnd.IntN(5) == 0 {
		w.must(w.Delete(w.ctx(), store.Record{Digest: &d}))
		delete(w.model.digests, key)
	} else {
		w.putDigest(d)
		w.model.digests[key] = d
	}
	before := day(w.rnd.IntN(20)).Format(time.DateOnly)
	same(w.bench, "last digests", w.lastDigests(d.Team, store.DigestDay, before, 3), w.model.lastDigests(d.Team, before, 3))
}
