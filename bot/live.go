package bot

import (
	"context"
	"errors"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"coachbot/bot/coach"
	"coachbot/playbooks"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/live"
	"coachbot/playbooks/search"
)

// Knowledge is a set of playbooks with all that is made of it. It is one value:
// its parts always speak of the same files, but that Engine may rank, and Search
// find, as they did a few seconds ago. Nothing in it changes.
type Knowledge struct {
	Library *playbooks.Set
	Guard   *guard.Guard
	Engine  *coach.Engine
	Search  *search.Index
}

// guardOf is the guard with the phrases that a company added to those always forbidden.
func guardOf(set *playbooks.Set) *guard.Guard {
	extra, _ := guard.ParseExtra(playbooks.ForbiddenFile, set.Forbidden) // what is wrong in it was told when it was read
	return guard.New(extra...)
}

// With is the knowledge with the words of another set, ranked as before.
func (k Knowledge) With(set *playbooks.Set) (Knowledge, error) {
	g := k.Guard
	if string(set.Forbidden) != string(k.Library.Forbidden) {
		g = guardOf(set)
	}
	engine, err := k.Engine.With(set, g)
	return Knowledge{Library: set, Guard: g, Engine: engine, Search: k.Search}, err
}

// learn makes everything anew from a set that came of k's. It takes a second.
func (k Knowledge) learn(set *playbooks.Set) (Knowledge, error) {
	next := Knowledge{Library: set, Guard: guardOf(set)}
	var searchable sync.WaitGroup
	var failed error
	searchable.Go(func() { next.Search, failed = search.New(set) })
	var err error
	next.Engine, err = k.Engine.Anew(set, next.Guard)
	searchable.Wait()
	return next, errors.Join(err, failed)
}

// in is the App that works with this knowledge.
func (k Knowledge) in(c *core) *App {
	return &App{core: c, engine: k.Engine, guard: k.Guard, library: k.Library, search: k.Search, ai: c.ai.With(k.Guard)}
}

// inUse is the knowledge that new work begins with, and who still searches in which index.
type inUse struct {
	mu      sync.Mutex
	now     Knowledge
	readers map[*search.Index]int
	broken  []playbooks.Fault // in the folder's files as they are now
}

// current is the App with the playbooks as they are now; done gives them back.
func (a *App) current() (now *App, done func()) {
	a.use.mu.Lock()
	defer a.use.mu.Unlock()
	k := a.use.now
	a.use.readers[k.Search]++
	return k.in(a.core), func() {
		a.use.mu.Lock()
		defer a.use.mu.Unlock()
		a.use.readers[k.Search]--
		a.closeUnread(k.Search)
	}
}

// swap lets all work that begins from now on use k.
func (a *App) swap(k Knowledge) {
	a.use.mu.Lock()
	defer a.use.mu.Unlock()
	old := a.use.now
	a.use.now = k
	a.closeUnread(old.Search)
}

// closeUnread closes an index that nobody will search any more. The first one
// belongs to whoever made the App.
func (a *App) closeUnread(x *search.Index) {
	if x == a.use.now.Search || a.use.readers[x] > 0 {
		return
	}
	delete(a.use.readers, x)
	if x == a.first.Search {
		return
	}
	if err := x.Close(); err != nil {
		a.log.Warn("a search index could not be closed", "cause", err)
	}
}

// keepUp looks at the folder of playbooks until ctx ends. What was saved is said
// at once in its new words; the ranking learns it in the background and follows
// within seconds.
func (a *App) keepUp(ctx context.Context) {
	tick := time.NewTicker(live.Every)
	defer tick.Stop()
	learnt := make(chan lesson, 1)
	var learning sync.WaitGroup
	defer func() {
		learning.Wait()
		close(learnt)
		for l := range learnt { // learnt too late
			l.forget()
		}
	}()
	busy, behind := false, false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if state, ok := a.o.Folder.Look(); ok {
				a.noteFaults(state)
				behind = a.adopt(state) || behind
				a.foldersFaults(ctx, state)
			}
		case l := <-learnt:
			busy = false
			a.adoptLearnt(l)
		}
		if behind && !busy {
			busy, behind = true, false
			set := a.o.Folder.State().Set
			a.use.mu.Lock()
			now := a.use.now
			a.use.mu.Unlock()
			learning.Go(func() {
				k, err := now.learn(set)
				learnt <- lesson{k, err}
			})
		}
	}
}

// noteFaults remembers what is wrong in the folder's files, for whoever asks.
func (a *App) noteFaults(s live.State) {
	a.use.mu.Lock()
	defer a.use.mu.Unlock()
	a.use.broken = slices.DeleteFunc(slices.Clone(s.Faults), func(f playbooks.Fault) bool { return f.Warning })
}

// brokenNow is what is wrong in the folder's files.
func (a *App) brokenNow() []playbooks.Fault {
	a.use.mu.Lock()
	defer a.use.mu.Unlock()
	return a.use.broken
}

// lesson is what came of learning a set.
type lesson struct {
	Knowledge
	err error
}

// forget closes the index of what will not be used.
func (l lesson) forget() {
	if l.Search != nil {
		_ = l.Search.Close()
	}
}

// adopt uses the words of a new state and reports whether there is something to learn.
func (a *App) adopt(s live.State) bool {
	a.use.mu.Lock()
	now := a.use.now
	a.use.mu.Unlock()
	if s.Set == now.Library {
		return false
	}
	k, err := now.With(s.Set)
	if err != nil { // nothing of what was ranked is left: only learning helps
		a.log.Info("the playbooks have changed; all of them are learnt first")
		return true
	}
	a.swap(k)
	a.log.Info("the playbooks have changed", "files", len(s.Set.All()), "faults", len(s.Faults))
	return true
}

// adoptLearnt uses what was learnt. When files were saved meanwhile, it ranks by
// what it learnt and says what is written now.
func (a *App) adoptLearnt(l lesson) {
	k := l.Knowledge
	if set := a.o.Folder.State().Set; l.err == nil && set != k.Library {
		k, l.err = k.With(set)
	}
	if l.err != nil {
		l.forget()
		a.log.Error("the changed playbooks cannot be ranked; the ranking stays as it was", "cause", l.err)
		return
	}
	a.swap(k)
	debug.FreeOSMemory() // training took much more than its result
	a.log.Info("the ranking knows the changed playbooks")
}
