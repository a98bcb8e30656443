package guard

import (
	"encoding/binary"
	"slices"
)

// symbol is a word or character that some pattern holds, or one of the marks below.
type symbol int32

// Symbols of every vocabulary. What no pattern holds is symOther.
const (
	symOther symbol = iota
	symNumber
	symComma // parts clauses
	symStop  // parts sentences
	symAsk   // parts sentences, the one before a question
	symBreak // a line's end, an emoji, a bracket: a clause may end here, and a phrase may go on
	symOpen  // an opening quotation mark; like a break
	symClose // a closing one
	symFirst // the first of the vocabulary's own
)

// isMark reports symbols that are no words.
func (s symbol) isMark() bool { return s >= symComma && s < symFirst }

// stops reports marks that end a sentence.
func (s symbol) stops() bool { return s == symStop || s == symAsk }

// passable reports marks that a phrase may go on behind.
func (s symbol) passable() bool { return s >= symBreak && s < symFirst }

// automaton finds patterns in a stream of symbols. It is a non-deterministic
// automaton; sets of its states are named and remembered by a walk while it runs.
// Patterns with the same beginning share its states.
type automaton struct {
	states  []state
	root    []int32 // the states in which a search begins anew at each symbol
	symbols func(string) symbol
	shared  map[sharedKey]int32
}

type state struct {
	on      map[symbol][]int32
	word    []int32 // on any word
	far     []int32 // on any word or comma
	bound   []int32 // on a mark
	free    []int32 // without reading
	accepts []int32 // patterns that end here
}

type sharedKey struct {
	from int32
	node string
}

func newAutomaton(symbols func(string) symbol) *automaton {
	return &automaton{states: make([]state, 1), symbols: symbols, shared: map[sharedKey]int32{}}
}

// add makes the automaton accept pattern n under the number id. Patterns are
// added before the first search.
func (a *automaton) add(n *node, id int32) {
	at := int32(0)
	items := []*node{n}
	if n.kind == nodeSeq {
		items = n.kids
	}
	for _, item := range items {
		at = a.after(at, item)
	}
	a.states[at].accepts = append(a.states[at].accepts, id)
	a.root = a.closure([]int32{0})
}

func (a *automaton) state() int32 {
	a.states = append(a.states, state{})
	return int32(len(a.states) - 1)
}

// after is the state in which n has been read from a state on.
func (a *automaton) after(from int32, n *node) int32 {
	k := sharedKey{from, n.key()}
	if to, ok := a.shared[k]; ok {
		return to
	}
	to := a.state()
	a.shared[k] = to
	a.connect(from, n, to)
	return to
}

// connect makes n lead from one state to another.
func (a *automaton) connect(from int32, n *node, to int32) {
	switch n.kind {
	case nodeWord:
		s := a.symbols(n.word)
		if a.states[from].on == nil {
			a.states[from].on = map[symbol][]int32{}
		}
		a.states[from].on[s] = append(a.states[from].on[s], to)
	case nodeNumber:
		a.connectSymbol(from, symNumber, to)
	case nodeOne:
		a.states[from].word = append(a.states[from].word, to)
	case nodeBound:
		a.states[from].bound = append(a.states[from].bound, to)
	case nodeSeq:
		for _, k := range n.kids[:len(n.kids)-1] {
			from = a.after(from, k)
		}
		a.connect(from, n.kids[len(n.kids)-1], to)
	case nodeAlt:
		for _, k := range n.kids {
			a.connect(from, k, to)
		}
	case nodeMaybe:
		a.free(from, to)
		a.connect(from, n.kids[0], to)
	case nodeMany:
		hub := a.state()
		a.free(from, hub)
		a.free(hub, to)
		a.connect(hub, n.kids[0], hub)
	case nodeGap, nodeFar:
		length := gapShort
		if n.kind == nodeFar {
			length = gapLong
		}
		a.free(from, to)
		for range length {
			next := a.state()
			if n.kind == nodeGap {
				a.states[from].word = append(a.states[from].word, next)
			} else {
				a.states[from].far = append(a.states[from].far, next)
			}
			a.free(next, to)
			from = next
		}
	}
}

func (a *automaton) connectSymbol(from int32, s symbol, to int32) {
	if a.states[from].on == nil {
		a.states[from].on = map[symbol][]int32{}
	}
	a.states[from].on[s] = append(a.states[from].on[s], to)
}

func (a *automaton) free(from, to int32) {
	a.states[from].free = append(a.states[from].free, to)
}

// closure adds what is reached without reading, sorted, each once.
func (a *automaton) closure(set []int32) []int32 {
	for i := 0; i < len(set); i++ {
		for _, to := range a.states[set[i]].free {
			if !slices.Contains(set, to) {
				set = append(set, to)
			}
		}
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// next appends to out the states that s leads to from st.
func (a *automaton) next(out []int32, st int32, s symbol) []int32 {
	at := &a.states[st]
	if s.isMark() {
		out = append(out, at.bound...)
		if s == symComma {
			out = append(out, at.far...)
		}
		return append(out, at.on[s]...)
	}
	out = append(out, at.on[s]...)
	out = append(out, at.word...)
	return append(out, at.far...)
}

// walk runs an automaton over drafts and remembers the sets of states it met.
// It serves one goroutine at a time.
type walk struct {
	a     *automaton
	sets  []stateSet
	names map[string]int32
	steps map[uint64]int32
	first []int32 // steps of set 0, by symbol; -1 is not yet known
	buf   []int32
	key   []byte
}

type stateSet struct {
	states  []int32 // beside the root's
	accepts []int32
}

// maxSets bounds what a walk remembers.
const maxSets = 1 << 14

func newWalk(a *automaton, vocabulary int) *walk {
	w := &walk{a: a, first: make([]int32, vocabulary)}
	w.forget()
	return w
}

func (w *walk) forget() {
	w.sets = append(w.sets[:0], stateSet{})
	w.names = map[string]int32{"": 0}
	w.steps = map[uint64]int32{}
	for i := range w.first {
		w.first[i] = -1
	}
}

// step leads from a set to the one after reading s. A set is known by its number until the next call.
func (w *walk) step(from int32, s symbol) int32 {
	if from == 0 {
		if to := w.first[s]; to >= 0 {
			return to
		}
	} else if to, ok := w.steps[uint64(from)<<32|uint64(s)]; ok {
		return to
	}
	out := w.buf[:0]
	for _, st := range w.a.root {
		out = w.a.next(out, st, s)
	}
	for _, st := range w.sets[from].states {
		out = w.a.next(out, st, s)
	}
	if s.passable() {
		out = append(out, w.sets[from].states...)
	}
	out = w.a.closure(out)
	w.buf = out
	w.key = w.key[:0]
	for _, st := range out {
		w.key = binary.LittleEndian.AppendUint32(w.key, uint32(st))
	}
	to, known := w.names[string(w.key)]
	if !known {
		if len(w.sets) == maxSets {
			w.forget()
			from = -1
		}
		to = int32(len(w.sets))
		set := stateSet{states: slices.Clone(out)}
		for _, st := range out {
			set.accepts = append(set.accepts, w.a.states[st].accepts...)
		}
		w.sets = append(w.sets, set)
		w.names[string(w.key)] = to
	}
	switch {
	case from == 0:
		w.first[s] = to
	case from > 0:
		w.steps[uint64(from)<<32|uint64(s)] = to
	}
	return to
}

// run reads tokens[from:to] and calls found with each pattern that ends behind
// token i. Anchored, a pattern must begin with the first token. It remembers
// nothing, so it suits a few tokens around a place of interest.
func (a *automaton) run(tokens []token, from, to int, anchored bool, found func(pattern int32, i int)) {
	set := a.root
	for i := from; i < to; i++ {
		s := tokens[i].sym
		var out []int32
		for _, st := range set {
			out = a.next(out, st, s)
		}
		if s.passable() {
			out = append(out, set...)
		}
		if !anchored {
			out = append(out, a.root...)
		}
		set = a.closure(out)
		if len(set) == 0 {
			return
		}
		for _, st := range set {
			for _, p := range a.states[st].accepts {
				found(p, i)
			}
		}
	}
}

// begin is the first token of the longest way in which an automaton of one
// pattern reads tokens that end behind token last, looking back no further than from.
func (a *automaton) begin(tokens []token, from, last int) int {
	begins := map[int32]int{} // state: the earliest token on a way to it
	for i := from; i <= last; i++ {
		for _, st := range a.root {
			if _, ok := begins[st]; !ok {
				begins[st] = i
			}
		}
		s := tokens[i].sym
		after := map[int32]int{}
		reach := func(st int32, begin int) {
			for _, to := range a.closure([]int32{st}) {
				if b, ok := after[to]; !ok || begin < b {
					after[to] = begin
				}
			}
		}
		for st, begin := range begins {
			for _, to := range a.next(nil, st, s) {
				reach(to, begin)
			}
			if s.passable() && !slices.Contains(a.root, st) {
				reach(st, begin)
			}
		}
		begins = after
	}
	best := last
	for st, begin := range begins {
		if len(a.states[st].accepts) > 0 {
			best = min(best, begin)
		}
	}
	return best
}
