package coach

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"coachbot/playbooks"
	"coachbot/playbooks/fold"
)

// How much each method says in the ranking, and what a signal adds to it, in
// standard deviations.
const (
	weightBayes = 1
	weightSVM   = 1.3
	weightBM25  = 0.6
	perSignal   = 0.3
	maxSignals  = 3
	perStrong   = 1.2
	perLevel    = 0.3 // per level of precedence, where a strong signal or the lexicon speaks for it

	// maxSVM is the number of classes beyond which the machine, whose memory and
	// time grow with texts times classes, is left out.
	maxSVM = 150
	// fewExamples is below how many examples a playbook is also known by its own words.
	fewExamples = 40
	// clearly is how far ahead the first playbook must be for us to be sure.
	clearly = 0.9
)

// ranker knows the scenarios of one language.
type ranker struct {
	lang      string
	playbooks []*playbooks.Playbook // class number to playbook
	gone      []bool                // classes whose playbook was taken away since the training; nil: none
	byID      map[string]int
	none      int // the class of messages that need no answer; -1 without examples of them
	concepts  *concepts
	words     *vocabulary
	bayes     *bayes
	svm       *svm // nil with too many scenarios
	bm25      *bm25
	binary    []float32 // case or not; nil without examples of messages that are none
	bias      float32
	gauge     *gauge      // nil with too few examples of known severity
	signals   phraseIndex // owner: class*2, and 1 more for strong ones
}

// sample is one text to learn from.
type sample struct {
	text     text
	grams    []uint32
	class    int
	severity int // rank of what its playbook says; 0 when it does not
}

// newRanker trains on the examples of the playbooks in a language.
func newRanker(set *playbooks.Set, lang string, lexica map[string]*lexicon) (*ranker, error) {
	r, samples, err := prepare(set, lang)
	if r != nil {
		r.train(samples, lexica)
	}
	return r, err
}

// prepare lists the classes and their texts without training; nil when the
// language has no scenario.
func prepare(set *playbooks.Set, lang string) (*ranker, []sample, error) {
	r := &ranker{lang: lang, playbooks: set.Scenarios(lang), byID: make(map[string]int), none: -1}
	var err error
	if r.concepts, err = readConcepts(lang); err != nil {
		return nil, nil, err
	}
	if len(r.playbooks) == 0 {
		return nil, nil, nil
	}
	var samples []sample
	add := func(class int, text, severity string) {
		if t := clean(text); t.folded != "" {
			samples = append(samples, sample{t, r.grams(t.folded), class, max(rank(severity), 0)})
		}
	}
	for c, p := range r.playbooks {
		r.byID[p.ID] = c
		for _, x := range p.Examples {
			add(c, x.Text, x.Severity)
		}
		if len(p.Examples) < fewExamples {
			for _, text := range ownWords(p) {
				add(c, text, "")
			}
		}
		for _, s := range p.Signals {
			r.signals.add(fold.String(s), int32(c*2))
		}
		for _, s := range p.Strong {
			r.signals.add(fold.String(s), int32(c*2+1))
		}
	}
	for _, p := range set.NotACase(lang) {
		r.none = len(r.playbooks)
		for _, x := range p.Examples {
			add(r.none, x.Text, "")
		}
	}
	return r, samples, nil
}

// ownWords is what a playbook without many examples is known by: its title, what
// it is about, and what it says.
func ownWords(p *playbooks.Playbook) []string {
	said := slices.Clone(p.Now)
	for _, step := range playbooks.Steps() {
		for _, phrase := range p.Steps[step] {
			said = append(said, phrase.Text)
		}
	}
	return []string{p.Title, strings.Join(append([]string{p.Title, p.Summary}, p.Signals...), "\n"), strings.Join(said, "\n")}
}

// grams lists every feature of a folded text.
func (r *ranker) grams(folded string) []uint32 {
	return append(grams(folded, r.lang), r.concepts.grams(folded)...)
}

func (r *ranker) classes() int {
	if r.none >= 0 {
		return r.none + 1
	}
	return len(r.playbooks)
}

func (r *ranker) train(samples []sample, lexica map[string]*lexicon) {
	texts := make([][]uint32, len(samples))
	for i, s := range samples {
		texts[i] = s.grams
	}
	r.words = newVocabulary(r.lang, texts)
	counts, docs, class := make([]vector, len(samples)), make([]vector, len(samples)), make([]int, len(samples))
	for i, s := range samples {
		counts[i] = r.words.counts(s.grams)
		docs[i] = r.words.weigh(counts[i])
		class[i] = s.class
	}
	// What a playbook says of itself counts for the search among its words, not as an example.
	bmCounts, bmClass := counts, class
	for c, p := range r.playbooks {
		about := strings.Join(append(append([]string{p.Title, p.Summary}, p.Signals...), p.Strong...), "\n")
		bmCounts = append(bmCounts, r.words.counts(r.grams(fold.String(about))))
		bmClass = append(bmClass, c)
	}
	n, k := len(r.words.idf), r.classes()
	r.bayes = trainBayes(n, k, docs, class)
	r.bm25 = trainBM25(n, k, bmCounts, bmClass)
	if k <= maxSVM {
		r.svm = trainSVM(n, k, docs, class)
	}
	var severe []gauged
	seen := make([]vector, len(samples))
	for i, s := range samples {
		h := hitsIn(lexica, s.text)
		seen[i] = cuesOf(docs[i], n, s.text, &h)
		if s.severity > 0 {
			severe = append(severe, gauged{seen[i], s.severity})
		}
	}
	r.gauge = trainGauge(n, severe)
	if r.none >= 0 {
		none := 0
		for _, c := range class {
			if c == r.none {
				none++
			}
		}
		if none > 0 && none < len(class) {
			balance := float32(len(class)-none) / float32(none)
			r.binary, r.bias = trainOne(n+cues, seen, func(i int) bool { return class[i] != r.none }, svmBinary, svmBinary*min(balance, 8))
		}
	}
}

// svmBinary is C of the machine that tells cases from other messages.
const svmBinary = 1

// scored is a scenario with its place in the ranking.
type scored struct {
	class int
	z     float64
	share float64 // of one among all scenarios
}

// ranking is what the ranker makes of a message.
type ranking struct {
	seen   vector   // the message's features and cues
	best   []scored // best first, every scenario
	margin float64  // of the machine that tells cases from others; above 0: a case
	lead   float64  // of the best scenario over the class of no case, in standard deviations
	known  bool     // anything in the message was known
	strong bool     // a strong signal stood in the message
	words  []string // signals found
}

func (r *ranker) rank(t text, h *hits) ranking {
	folded := t.folded
	counts := r.words.counts(r.grams(folded))
	x := r.words.weigh(counts)
	k := r.classes()
	z := make([]float64, k)
	buffer := make([]float64, k)
	fuse := func(score func(vector, []float64), x vector, weight float64) {
		clear(buffer)
		score(x, buffer)
		addStandard(z, buffer, weight)
	}
	fuse(r.bayes.score, x, weightBayes)
	fuse(r.bm25.score, counts, weightBM25)
	if r.svm != nil {
		fuse(r.svm.score, x, weightSVM)
	}
	out := ranking{seen: cuesOf(x, len(r.words.idf), t, h), known: len(x.at) > 0}
	r.lift(z, folded, h, &out)
	for c := range r.playbooks {
		if r.gone == nil || !r.gone[c] {
			out.best = append(out.best, scored{class: c, z: z[c]})
		}
	}
	slices.SortFunc(out.best, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.z, a.z), cmp.Compare(a.class, b.class))
	})
	share(out.best)
	if r.none >= 0 {
		out.lead = out.best[0].z - z[r.none]
	}
	if r.binary != nil {
		m := float64(r.bias)
		for i, f := range out.seen.at {
			m += float64(r.binary[f]) * float64(out.seen.v[i])
		}
		out.margin = m
	}
	return out
}

// lift adds what signals and the lexicon say to the scores.
func (r *ranker) lift(z []float64, folded string, h *hits, out *ranking) {
	plain, strong := make(map[int]int), make(map[int]bool)
	for _, m := range r.signals.find(folded) {
		c := int(m.owner / 2)
		if m.owner%2 == 1 {
			strong[c], out.strong = true, true
		} else {
			plain[c]++
		}
		if word := folded[m.start:m.end]; !slices.Contains(out.words, word) {
			out.words = append(out.words, word)
		}
	}
	for c, n := range plain {
		z[c] += perSignal * float64(min(n, maxSignals))
	}
	for c := range strong {
		z[c] += perStrong + perLevel*float64(r.playbooks[c].Precedence)
	}
	lifted := make(map[string]bool)
	for _, x := range h.found {
		c, ok := r.byID[x.scenario]
		if !ok || lifted[x.name] {
			continue
		}
		lifted[x.name] = true
		z[c] += x.boost + perLevel*float64(r.playbooks[c].Precedence)
	}
}

// addStandard adds scores to z after bringing them to mean 0 and deviation 1.
func addStandard(z, scores []float64, weight float64) {
	var sum, squares float64
	for _, s := range scores {
		sum += s
	}
	mean := sum / float64(len(scores))
	for _, s := range scores {
		squares += (s - mean) * (s - mean)
	}
	deviation := math.Sqrt(squares / float64(len(scores)))
	if deviation < 1e-9 {
		return
	}
	for i, s := range scores {
		z[i] += weight * (s - mean) / deviation
	}
}

// share gives each scenario its part of one.
func share(list []scored) {
	var sum float64
	for i := range list {
		list[i].share = math.Exp(list[i].z - list[0].z)
		sum += list[i].share
	}
	for i := range list {
		list[i].share /= sum
	}
}
