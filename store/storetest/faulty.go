package storetest

import (
	"context"
	"fmt"
	"io"
	"reflect"
	"sync"
	"time"

	"coachbot/store"
)

// Fault is what goes wrong with calls of a method.
type Fault struct {
	Err   error         // returned in place of the call; nil: none
	Lost  bool          // the call is made all the same: its change stands, its answer is lost
	Delay time.Duration // waited first, or until the context ends
	Times int           // how many calls; 0: until Heal
}

// FaultyStore is a store in which calls go wrong on demand. It is safe for
// concurrent use.
type FaultyStore struct {
	inner store.Store

	mu     sync.Mutex
	faults map[string][]Fault
	calls  map[string]int
}

var _ store.Store = (*FaultyStore)(nil)

// Faulty wraps a store, which at first works as before.
func Faulty(s store.Store) *FaultyStore {
	return &FaultyStore{inner: s, faults: map[string][]Fault{}, calls: map[string]int{}}
}

// Inject queues a fault for a method, named as in store.Store; faults of one
// method take effect one after the other. It panics for a method that is not there.
func (f *FaultyStore) Inject(method string, fault Fault) {
	if _, ok := reflect.TypeFor[store.Store]().MethodByName(method); !ok {
		panic(fmt.Sprintf("storetest: store.Store has no method %q", method))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults[method] = append(f.faults[method], fault)
}

// FailWrites has every change fail with err, such as store.ErrNoRoom, until Heal.
func (f *FaultyStore) FailWrites(err error) {
	for _, method := range writes() {
		f.Inject(method, Fault{Err: err})
	}
}

// Heal removes every fault.
func (f *FaultyStore) Heal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.faults)
}

// Calls is how often a method was called, those that went wrong included.
func (f *FaultyStore) Calls(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[method]
}

func writes() []string {
	return []string{
		"Enqueue", "Finish", "Retry", "Defer", "Bury", "UpdateCase", "DeleteCase", "ClaimPost", "UpdatePost",
		"UpdateChannel", "PutDecision", "AddEvidence", "UpdateInstallation", "UpdateTeam", "UpdateHelpRequest",
		"UpdateKnowledgeCard", "UpdatePromise", "UpdateSpending", "PutEmbeddings", "UpdateRolePlay", "DeleteRolePlay",
		"UpdateDigest", "UpdateSlips", "UpdatePerson", "Delete", "Put", "Purge",
	}
}

// take counts the call and uses up one time of the first fault.
func (f *FaultyStore) take(method string) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[method]++
	list := f.faults[method]
	if len(list) == 0 {
		return Fault{}
	}
	fault := list[0]
	if fault.Times == 1 {
		f.faults[method] = list[1:]
	} else if fault.Times > 1 {
		list[0].Times--
	}
	return fault
}

// ask makes a call that returns a value, or what the fault makes of it.
func ask[T any](ctx context.Context, f *FaultyStore, method string, do func() (T, error)) (T, error) {
	var none T
	fault := f.take(method)
	if fault.Delay > 0 {
		timer := time.NewTimer(fault.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return none, ctx.Err()
		}
	}
	if fault.Err == nil {
		return do()
	}
	if fault.Lost {
		if _, err := do(); err != nil {
			return none, err
		}
	}
	return none, fault.Err
}

// tell makes a call that returns only an error.
func tell(ctx context.Context, f *FaultyStore, method string, do func() error) error {
	_, err := ask(ctx, f, method, func() (struct{}, error) { return struct{}{}, do() })
	return err
}

// Enqueue and all below do as the wrapped store, unless a fault is in force.
func (f *FaultyStore) Enqueue(ctx context.Context, jobs ...store.Job) ([]bool, error) {
	return ask(ctx, f, "Enqueue", func() ([]bool, error) { return f.inner.Enqueue(ctx, jobs...) })
}

func (f *FaultyStore) Claim(ctx context.Context, now time.Time, max int) ([]store.Job, error) {
	return ask(ctx, f, "Claim", func() ([]store.Job, error) { return f.inner.Claim(ctx, now, max) })
}

func (f *FaultyStore) Finish(ctx context.Context, id string) error {
	return tell(ctx, f, "Finish", func() error { return f.inner.Finish(ctx, id) })
}

func (f *FaultyStore) Retry(ctx context.Context, id string, at time.Time, cause string) error {
	return tell(ctx, f, "Retry", func() error { return f.inner.Retry(ctx, id, at, cause) })
}

func (f *FaultyStore) Defer(ctx context.Context, id string, at time.Time) error {
	return tell(ctx, f, "Defer", func() error { return f.inner.Defer(ctx, id, at) })
}

func (f *FaultyStore) Bury(ctx context.Context, id string, at time.Time, cause string) error {
	return tell(ctx, f, "Bury", func() error { return f.inner.Bury(ctx, id, at, cause) })
}

func (f *FaultyStore) NextDue(ctx context.Context) (at time.Time, ok bool, err error) {
	at, err = ask(ctx, f, "NextDue", func() (t time.Time, err error) {
		t, ok, err = f.inner.NextDue(ctx)
		return t, err
	})
	return at, ok && err == nil, err
}

func (f *FaultyStore) Case(ctx context.Context, id string) (store.Case, error) {
	return ask(ctx, f, "Case", func() (store.Case, error) { return f.inner.Case(ctx, id) })
}

func (f *FaultyStore) CaseOfThread(ctx context.Context, workspace, channel, thread string) (store.Case, error) {
	return ask(ctx, f, "CaseOfThread", func() (store.Case, error) { return f.inner.CaseOfThread(ctx, workspace, channel, thread) })
}

func (f *FaultyStore) UpdateCase(ctx context.Context, id string, fn func(*store.Case) error) (store.Case, error) {
	return ask(ctx, f, "UpdateCase", func() (store.Case, error) { return f.inner.UpdateCase(ctx, id, fn) })
}

func (f *FaultyStore) DeleteCase(ctx context.Context, id string) error {
	return tell(ctx, f, "DeleteCase", func() error { return f.inner.DeleteCase(ctx, id) })
}

func (f *FaultyStore) CasesOpened(ctx context.Context, channel string, from, to time.Time, fn func(store.Case) error) error {
	return tell(ctx, f, "CasesOpened", func() error { return f.inner.CasesOpened(ctx, channel, from, to, fn) })
}

func (f *FaultyStore) ClaimPost(ctx context.Context, p store.Post) (now store.Post, fresh bool, err error) {
	now, err = ask(ctx, f, "ClaimPost", func() (p2 store.Post, err error) {
		p2, fresh, err = f.inner.ClaimPost(ctx, p)
		return p2, err
	})
	return now, fresh && err == nil, err
}

func (f *FaultyStore) UpdatePost(ctx context.Context, key string, fn func(*store.Post) error) (store.Post, error) {
	return ask(ctx, f, "UpdatePost", func() (store.Post, error) { return f.inner.UpdatePost(ctx, key, fn) })
}

func (f *FaultyStore) Post(ctx context.Context, key string) (store.Post, error) {
	return ask(ctx, f, "Post", func() (store.Post, error) { return f.inner.Post(ctx, key) })
}

func (f *FaultyStore) PostAt(ctx context.Context, workspace, channel, ts string) (store.Post, error) {
	return ask(ctx, f, "PostAt", func() (store.Post, error) { return f.inner.PostAt(ctx, workspace, channel, ts) })
}

func (f *FaultyStore) Channel(ctx context.Context, workspace, id string) (store.Channel, error) {
	return ask(ctx, f, "Channel", func() (store.Channel, error) { return f.inner.Channel(ctx, workspace, id) })
}

func (f *FaultyStore) UpdateChannel(ctx context.Context, workspace, id string, fn func(*store.Channel) error) (store.Channel, error) {
	return ask(ctx, f, "UpdateChannel", func() (store.Channel, error) { return f.inner.UpdateChannel(ctx, workspace, id, fn) })
}

func (f *FaultyStore) ChannelList(ctx context.Context, workspace string) ([]store.Channel, error) {
	return ask(ctx, f, "ChannelList", func() ([]store.Channel, error) { return f.inner.ChannelList(ctx, workspace) })
}

func (f *FaultyStore) PutDecision(ctx context.Context, d store.Decision) error {
	return tell(ctx, f, "PutDecision", func() error { return f.inner.PutDecision(ctx, d) })
}

func (f *FaultyStore) LastDecisions(ctx context.Context, workspace, channel string, max int) ([]store.Decision, error) {
	return ask(ctx, f, "LastDecisions", func() ([]store.Decision, error) {
		return f.inner.LastDecisions(ctx, workspace, channel, max)
	})
}

func (f *FaultyStore) AddEvidence(ctx context.Context, e store.Evidence) error {
	return tell(ctx, f, "AddEvidence", func() error { return f.inner.AddEvidence(ctx, e) })
}

func (f *FaultyStore) EvidenceOf(ctx context.Context, caseID string) ([]store.Evidence, error) {
	return ask(ctx, f, "EvidenceOf", func() ([]store.Evidence, error) { return f.inner.EvidenceOf(ctx, caseID) })
}

func (f *FaultyStore) EvidenceBetween(ctx context.Context, from, to time.Time, fn func(store.Evidence) error) error {
	return tell(ctx, f, "EvidenceBetween", func() error { return f.inner.EvidenceBetween(ctx, from, to, fn) })
}

func (f *FaultyStore) Installation(ctx context.Context, workspace string) (store.Installation, error) {
	return ask(ctx, f, "Installation", func() (store.Installation, error) { return f.inner.Installation(ctx, workspace) })
}

func (f *FaultyStore) UpdateInstallation(ctx context.Context, workspace string, fn func(*store.Installation) error) (store.Installation, error) {
	return ask(ctx, f, "UpdateInstallation", func() (store.Installation, error) {
		return f.inner.UpdateInstallation(ctx, workspace, fn)
	})
}

func (f *FaultyStore) Backup(ctx context.Context, w io.Writer) (int64, error) {
	return ask(ctx, f, "Backup", func() (int64, error) { return f.inner.Backup(ctx, w) })
}

func (f *FaultyStore) Check(ctx context.Context) ([]string, error) {
	return ask(ctx, f, "Check", func() ([]string, error) { return f.inner.Check(ctx) })
}

func (f *FaultyStore) Walk(ctx context.Context, fn func(store.Record) error) error {
	return tell(ctx, f, "Walk", func() error { return f.inner.Walk(ctx, fn) })
}

func (f *FaultyStore) Put(ctx context.Context, records ...store.Record) error {
	return tell(ctx, f, "Put", func() error { return f.inner.Put(ctx, records...) })
}

func (f *FaultyStore) Purge(ctx context.Context, before store.PurgeBefore, max int) (int, error) {
	return ask(ctx, f, "Purge", func() (int, error) { return f.inner.Purge(ctx, before, max) })
}

func (f *FaultyStore) Stats(ctx context.Context) (store.Stats, error) {
	return ask(ctx, f, "Stats", func() (store.Stats, error) { return f.inner.Stats(ctx) })
}

func (f *FaultyStore) Close() error {
	return tell(context.Background(), f, "Close", f.inner.Close)
}
