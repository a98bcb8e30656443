package guard

import (
	"cmp"
	"slices"
	"sync"
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
	states  []state // while patterns are added
	packed  packed  // after ready
	symbols func(string) symbol
	shared  map[sharedKey]int32
	// anchored: patterns begin with the first symbol only.
	anchored bool
	walks    struct {
		sync.Mutex
		idle []*walk
	}
}

type state struct {
	on      []edge
	word    []int32 // on any word
	far     []int32 // on any word or comma
	but     []but   // on any word that is not among some
	bound   []int32 // on a mark
	free    []int32 // without reading
	accepts []int32 // patterns that end here
}

// packed is what states hold, those of one kind in a row: a third of the space.
type packed struct {
	at      []place // where each state's begin; those of the next are the ends
	on      []edge  // of each state by symbol
	word    []int32
	far     []int32
	but     []but
	bound   []int32
	accepts []int32
	reach   []int32 // the state and all reached from it without reading
}

type place struct{ on, word, far, but, bound, accepts, reach uint32 }

func (p *packed) place() place {
	return place{uint32(len(p.on)), uint32(len(p.word)), uint32(len(p.far)), uint32(len(p.but)), uint32(len(p.bound)), uint32(len(p.accepts)), uint32(len(p.reach))}
}

func (p *packed) reachOf(st int32) []int32 { return p.reach[p.at[st].reach:p.at[st+1].reach] }

func (p *packed) acceptsOf(st int32) []int32 { return p.accepts[p.at[st].accepts:p.at[st+1].accepts] }

type edge struct {
	sym symbol
	to  int32
}

type but struct {
	not []symbol // in order
	to  int32
}

type sharedKey struct {
	from int32
	node string
}

func newAutomaton(symbols func(string) symbol) *automaton {
	return &automaton{states: make([]state, 1), symbols: symbols, shared: map[sharedKey]int32{}}
}

// add makes the automaton accept pattern n, which has its name, under the number id.
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
}

// ready ends the adding of patterns.
func (a *automaton) ready() *automaton {
	p := &a.packed
	for i, st := range a.states {
		p.at = append(p.at, p.place())
		set := []int32{int32(i)}
		for k := 0; k < len(set); k++ {
			for _, to := range a.states[set[k]].free {
				if !slices.Contains(set, to) {
					set = append(set, to)
				}
			}
		}
		slices.SortStableFunc(st.on, func(x, y edge) int { return cmp.Compare(x.sym, y.sym) })
		p.on, p.word, p.far, p.but = append(p.on, st.on...), append(p.word, st.word...), append(p.far, st.far...), append(p.but, st.but...)
		p.bound, p.accepts, p.reach = append(p.bound, st.bound...), append(p.accepts, st.accepts...), append(p.reach, set...)
	}
	p.at = slices.Clone(append(p.at, p.place())) // no room to grow is kept
	p.on, p.word, p.far, p.but = slices.Clone(p.on), slices.Clone(p.word), slices.Clone(p.far), slices.Clone(p.but)
	p.bound, p.accepts, p.reach = slices.Clone(p.bound), slices.Clone(p.accepts), slices.Clone(p.reach)
	a.states, a.shared = nil, nil
	return a
}

func (a *automaton) state() int32 {
	a.states = append(a.states, state{})
	return int32(len(a.states) - 1)
}

// after is the state in which n has been read from a state on.
func (a *automaton) after(from int32, n *node) int32 {
	k := sharedKey{from, n.name}
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
	at := &a.states[from]
	switch n.kind {
	case nodeWord:
		a.connectSymbol(from, a.symbols(n.word), to)
	case nodeNumber:
		a.connectSymbol(from, symNumber, to)
	case nodeOne:
		at.word = append(at.word, to)
	case nodeBound:
		at.bound = append(at.bound, to)
	case nodeNot:
		var not []symbol
		for _, w := range n.kids[0].begins() {
			not = append(not, a.symbols(w))
		}
		slices.Sort(not)
		at.but = append(at.but, but{slices.Compact(not), to})
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
		at.free = append(at.free, to)
		a.connect(from, n.kids[0], to)
	case nodeMany:
		hub := a.state()
		a.states[from].free = append(a.states[from].free, hub)
		a.states[hub].free = append(a.states[hub].free, to)
		a.connect(hub, n.kids[0], hub)
	case nodeGap, nodeFar:
		length := gapShort
		if n.kind == nodeFar {
			length = gapLong
		}
		at.free = append(at.free, to)
		for range length {
			next := a.state()
			at = &a.states[from]
			if n.kind == nodeGap {
				at.word = append(at.word, next)
			} else {
				at.far = append(at.far, next)
			}
			a.states[next].free = append(a.states[next].free, to)
			from = next
		}
	}
}

func (a *automaton) connectSymbol(from int32, s symbol, to int32) {
	at := &a.states[from]
	at.on = append(at.on, edge{s, to})
}

// next appends to out the states that s leads to from st.
func (p *packed) next(out []int32, st int32, s symbol) []int32 {
	at, end := p.at[st], p.at[st+1]
	on := p.on[at.on:end.on]
	for len(on) > 8 { // slices.BinarySearchFunc calls a function each time: half the work of near misses
		half := len(on) / 2
		if on[half-1].sym < s {
			on = on[half:]
		} else if on[half].sym > s {
			on = on[:half]
		} else {
			break
		}
	}
	for i := range on {
		if on[i].sym == s {
			out = append(out, on[i].to)
		}
	}
	if !s.isMark() {
		for _, b := range p.but[at.but:end.but] {
			if _, among := slices.BinarySearch(b.not, s); !among {
				out = append(out, b.to)
			}
		}
		out = append(out, p.word[at.word:end.word]...)
		return append(out, p.far[at.far:end.far]...)
	}
	if s == symComma {
		out = append(out, p.far[at.far:end.far]...)
	}
	return append(out, p.bound[at.bound:end.bound]...)
}

// walk runs an automaton over tokens and remembers the sets of states it met.
// It serves one goroutine at a time.
type walk struct {
	a     *automaton
	sets  []stateSet
	names map[uint64]int32 // the sets by a hash of their states
	steps steps
	begun []int32 // steps of the set before the first symbol; 0 is not yet known
	out   []int32
	reach []int32
}

type stateSet struct {
	states  []int32
	accepts []int32
}

// Sets with a meaning of their own.
const (
	setBegin int32 = iota // nothing is read, or nothing of what was read matters
	setDead               // of an anchored automaton: nothing can be found any more
	setFirst
)

// maxSets bounds what a walk remembers.
const maxSets = 1 << 15

// walk takes an idle walk, or a new one; give it back with done.
func (a *automaton) walk() *walk {
	a.walks.Lock()
	defer a.walks.Unlock()
	if n := len(a.walks.idle); n > 0 {
		w := a.walks.idle[n-1]
		a.walks.idle = a.walks.idle[:n-1]
		return w
	}
	w := &walk{a: a}
	w.forget()
	return w
}

func (w *walk) done() {
	w.a.walks.Lock()
	w.a.walks.idle = append(w.a.walks.idle, w)
	w.a.walks.Unlock()
}

func (w *walk) forget() {
	w.sets = append(w.sets[:0], stateSet{}, stateSet{})
	w.names = map[uint64]int32{}
	w.steps.clear()
	clear(w.begun)
}

// step leads from a set to the one after reading s. A set is known by its number
// until the next call.
func (w *walk) step(from int32, s symbol) int32 {
	if from == setBegin {
		if int(s) >= len(w.begun) {
			w.begun = append(w.begun, make([]int32, int(s)+1-len(w.begun))...)
		}
		if to := w.begun[s]; to != 0 {
			return to - 1
		}
		to := w.compute(from, s)
		w.begun[s] = to + 1
		return to
	}
	k := uint64(from)<<32 | uint64(s)
	if to, ok := w.steps.get(k); ok {
		return to
	}
	if len(w.sets) >= maxSets {
		states := w.sets[from].states
		w.forget()
		from, w.sets = setFirst, append(w.sets, stateSet{states: states})
		return w.compute(from, s)
	}
	to := w.compute(from, s)
	w.steps.put(k, to)
	return to
}

func (w *walk) compute(from int32, s symbol) int32 {
	p := &w.a.packed
	states, out, reach := w.sets[from].states, w.out[:0], w.reach[:0]
	if from == setBegin {
		states = p.reachOf(0)
	} else if !w.a.anchored { // a pattern may begin here as well
		begun := w.step(setBegin, s) // may make a set
		reach = append(reach, w.sets[begun].states...)
	}
	for _, st := range states {
		out = p.next(out, st, s)
	}
	for _, st := range out {
		reach = append(reach, p.reachOf(st)...)
	}
	if s.passable() {
		reach = append(reach, w.sets[from].states...)
		if from == setBegin && w.a.anchored {
			reach = append(reach, p.reachOf(0)...)
		}
	}
	w.out, w.reach = out, reach
	slices.Sort(reach)
	reach = slices.Compact(reach)
	if len(reach) == 0 {
		if w.a.anchored {
			return setDead
		}
		return setBegin
	}
	name := nameOf(reach)
	for {
		to, known := w.names[name]
		if !known {
			break
		}
		if slices.Equal(w.sets[to].states, reach) {
			return to
		}
		name++ // another set has the same hash
	}
	to := int32(len(w.sets))
	set := stateSet{states: slices.Clone(reach)}
	for _, st := range reach {
		set.accepts = append(set.accepts, p.acceptsOf(st)...)
	}
	w.sets = append(w.sets, set)
	w.names[name] = to
	return to
}

func nameOf(states []int32) uint64 {
	h := uint64(14695981039346656037) // FNV-1a, a state at a time
	for _, st := range states {
		h = (h ^ uint64(uint32(st))) * 1099511628211
	}
	return h
}

// run reads tokens[from:to] and calls found with each pattern that ends with token i.
func (a *automaton) run(tokens []token, from, to int, found func(pattern int32, i int)) {
	w := a.walk()
	defer w.done()
	set := setBegin
	for i := from; i < to && set != setDead; i++ {
		set = w.step(set, tokens[i].sym)
		for _, p := range w.sets[set].accepts {
			found(p, i)
		}
	}
}

// begin is the first token of the longest way in which the pattern of an anchored
// automaton, which was added turned round, reads the tokens from the last on back.
func (a *automaton) begin(tokens []token, last int) int {
	w := a.walk()
	defer w.done()
	set, first := setBegin, last
	for i := last; i >= 0 && last-i < window && set != setDead; i-- {
		set = w.step(set, tokens[i].sym)
		if len(w.sets[set].accepts) > 0 {
			first = i
		}
	}
	return first
}

// steps is where each set leads to by each symbol: a table with open addressing,
// which is read for every word of a draft. At most three quarters of it are full.
type steps struct {
	table []step
	n     int
}

// step is one entry; key 0, which would be a step of setBegin, is none.
type step struct {
	key uint64
	to  int32
}

func (s *steps) clear() { s.table, s.n = make([]step, 64), 0 }

// place is where a key stands, or would.
func (s *steps) place(key uint64) *step {
	i := key * 0x9E3779B97F4A7C15 >> 32
	for {
		e := &s.table[i&uint64(len(s.table)-1)]
		if e.key == key || e.key == 0 {
			return e
		}
		i++
	}
}

func (s *steps) get(key uint64) (int32, bool) {
	e := s.place(key)
	return e.to, e.key == key
}

func (s *steps) put(key uint64, to int32) {
	if 4*s.n >= 3*len(s.table) {
		old := s.table
		s.table = make([]step, 2*len(old))
		for _, e := range old {
			if e.key != 0 {
				*s.place(e.key) = e
			}
		}
	}
	*s.place(key) = step{key, to}
	s.n++
}
