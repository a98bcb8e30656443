package coach

import (
	"math"
	"strings"

	"coachbot/playbooks/linear"
)

// gauge reads the severity of a case from its words: a machine for each step up,
// trained on the examples whose playbook says how serious they are.
type gauge struct{ steps [3]machine }

const (
	gaugeC       = 0.6
	minGauged    = 200 // fewer examples with a severity teach too little: the lexicon alone decides
	cueSection   = 0.35
	cueHeat      = 0.25
	cueShouting  = 0.6
	cueMarks     = 0.3
	maxSections  = 128
	cueQuoted    = 0.5
	cueEdge      = 0.15
	cues         = maxSections + 6 + edgeBuckets
	shortInRunes = 40
)

// rarity is how much dearer, step by step, a mistake on the rarer side is, as a
// power of how rare it is. A critical case that is missed is the worst mistake.
var rarity = [...]float64{0.15, 0.25, 0.55}

// gauged is a text to learn a severity from.
type gauged struct {
	x     vector
	level int // 1 low to 4 critical
}

// cuesOf adds to a text's features what is seen beside its words.
func cuesOf(x vector, features int, t text, h *hits) vector {
	at, v := append([]int32{}, x.at...), append([]float32{}, x.v...)
	add := func(cue int, value float64) {
		if value != 0 {
			at, v = append(at, int32(features+cue)), append(v, float32(value))
		}
	}
	seen := make(map[int]bool)
	for _, s := range h.found {
		if n := s.number % maxSections; !seen[n] {
			seen[n] = true
			add(n, cueSection)
		}
	}
	add(maxSections, cueHeat*max(min(heat(t, h), 4), -1))
	add(maxSections+1, cueShouting*shouting(t.plain))
	add(maxSections+2, cueMarks*float64(min(strings.Count(t.folded, "!"), 3)))
	if len([]rune(t.plain)) < shortInRunes {
		add(maxSections+3, cueMarks)
	}
	if t.quoted != "" {
		add(maxSections+4, cueQuoted)
		if t.remark != "" {
			add(maxSections+5, cueQuoted)
		}
	}
	for _, e := range edges(t.folded) {
		add(maxSections+6+int(e), cueEdge)
	}
	return vector{at, v}
}

// trainGauge learns from texts whose severity is known; nil when they are too few.
func trainGauge(features int, list []gauged) *gauge {
	if len(list) < minGauged {
		return nil
	}
	g := &gauge{}
	docs := make([]vector, len(list))
	for i, x := range list {
		docs[i] = x.x
	}
	var tasks []linear.Task
	var taught []int // the steps that there is something to learn about
	for step := range g.steps {
		above := 0
		for _, x := range list {
			if x.level > step+1 {
				above++
			}
		}
		if above == 0 || above == len(list) {
			g.steps[step] = newMachine(make([]float32, features+cues), float32(2*min(above, 1)-1))
			continue
		}
		rare := float32(math.Pow(float64(len(list)-above)/float64(above), rarity[step]))
		tasks = append(tasks, linear.Task{Positive: func(i int) bool { return list[i].level > step+1 }, Dear: gaugeC * rare, Cheap: gaugeC / rare})
		taught = append(taught, step)
	}
	w, bias := trainSide(features+cues, machineRounds, docs, tasks)
	for i, step := range taught {
		g.steps[step] = newMachine(linear.Of(i, w), bias[i])
	}
	return g
}

// margins says for each step how far the text stands above it; below 0 it stands below.
func (g *gauge) margins(x vector) [3]float64 {
	var out [3]float64
	for step := range g.steps {
		out[step] = g.steps[step].margin(x)
	}
	return out
}

// odds is how the chance that a case stands above a step follows from the step's
// machine and from what the playbooks that may fit say of their cases; fitted to
// held-out examples by logistic regression.
var odds = [3]struct{ bias, margin, high, critical float64 }{
	{-0.15, 1.95, 1.8, 2.1},
	{-0.85, 2.2, 2.4, 2.45},
	{-1.7, 2.6, 1.8, 2.2},
}

// chances says for each step how likely the case stands above it, 0 to 1. high and
// critical are the shares of the ranking that such playbooks hold.
func (g *gauge) chances(x vector, high, critical float64) [3]float64 {
	out := g.margins(x)
	for step, o := range odds {
		out[step] = 1 / (1 + math.Exp(-(o.bias + o.margin*out[step] + o.high*high + o.critical*critical)))
	}
	return out
}
