package guard

import (
	"sync"
	"testing"
)

// TestMadeTogether has several goroutines make what a guard leaves until it is first needed,
// as the first drafts do that come at once. The parts share their patterns, and the race detector looks on.
func TestMadeTogether(t *testing.T) {
	t.Parallel()
	for range 4 { // one round alone may hide a race by luck
		makeTogether(t)
	}
}

func makeTogether(t *testing.T) {
	g, err := build(nil)
	if err != nil {
		t.Fatal(err)
	}
	var lazy []func()
	known := map[*excuses]bool{}
	once := func(x *excuses) { // who asks for what another has made would wait for it, and see no race
		if !known[x] {
			known[x] = true
			lazy = append(lazy, func() { x.built() })
		}
	}
	for _, set := range []ruleSet{g.c.phrases, g.c.hints} {
		for _, r := range set.rules {
			once(r.excuses)
			lazy = append(lazy, func() { r.back() })
		}
	}
	for _, x := range g.c.voice {
		once(x)
	}
	const makers = 8
	var start, done sync.WaitGroup
	start.Add(1)
	for n := range makers {
		done.Go(func() {
			start.Wait()
			for i := n; i < len(lazy); i += makers {
				lazy[i]()
			}
		})
	}
	start.Done()
	done.Wait()
}
