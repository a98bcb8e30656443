package bolt

import "cmp"

// line is a heap of the waiting jobs of a lane.
type line []*entry

func compareEntries(a, b *entry) int {
	return cmp.Or(a.place.Compare(b.place), cmp.Compare(a.seq, b.seq))
}

func (l line) Len() int           { return len(l) }
func (l line) Less(i, j int) bool { return compareEntries(l[i], l[j]) < 0 }
func (l line) Swap(i, j int) {
	l[i], l[j] = l[j], l[i]
	l[i].pos, l[j].pos = i, j
}

func (l *line) Push(x any) {
	e := x.(*entry)
	e.pos = len(*l)
	*l = append(*l, e)
}

func (l *line) Pop() any {
	last := len(*l) - 1
	e := (*l)[last]
	(*l)[last] = nil
	*l = (*l)[:last]
	return e
}

// laneHeap is a heap of lanes by their first job.
type laneHeap struct {
	lanes  []*lane
	before func(a, b *entry) int
}

func longerWaiting(a, b *entry) int {
	return cmp.Or(a.since().Compare(b.since()), cmp.Compare(a.seq, b.seq))
}

func soonerDue(a, b *entry) int {
	return cmp.Or(a.runAt.Compare(b.runAt), cmp.Compare(a.seq, b.seq))
}

func (h *laneHeap) Len() int { return len(h.lanes) }
func (h *laneHeap) Less(i, j int) bool {
	return h.before(h.lanes[i].line[0], h.lanes[j].line[0]) < 0
}

func (h *laneHeap) Swap(i, j int) {
	h.lanes[i], h.lanes[j] = h.lanes[j], h.lanes[i]
	h.lanes[i].pos, h.lanes[j].pos = i, j
}

func (h *laneHeap) Push(x any) {
	l := x.(*lane)
	l.pos = len(h.lanes)
	h.lanes = append(h.lanes, l)
}

func (h *laneHeap) Pop() any {
	last := len(h.lanes) - 1
	l := h.lanes[last]
	h.lanes[last] = nil
	h.lanes = h.lanes[:last]
	l.pos = -1
	return l
}
