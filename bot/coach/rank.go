package coach

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"coachbot/playbooks"
	"coachbot/playbooks/fold"
)

// How much each method says in the ranking, and what a signal adds to it, in
// standard deviations.
const (
	weightBayes = 1
	weightSVM   = 1.3
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
	clearly = 1.8
)

// ranker knows the scenarios of one language.
type ranker struct {
	lang      string
	playbooks []*playbooks.Playbook // class number to playbook
	gone      []bool                // classes whose playbook was taken away since the training; nil: none
	quiet     []*playbooks.Playbook // messages that need no answer
	byID      map[string]int
	none      int // the class of messages that need no answer; -1 without examples of them
	concepts  *concepts
	words     *vocabulary
	bayes     *bayes
	svm       *svm              // nil with too many scenarios
	binary    *machine          // case or not; nil without examples of messages that are none
	gauge     *gauge            // nil with too few examples of known severity
	signals   phraseIndex       // owner: class*2, and 1 more for strong ones
	learnt    [sha256.Size]byte // digest of what it was trained on, see inputs
}

// sample is one text to learn from.
type sample struct {
	text     text
	grams    []uint32
	class    int
	severity int // rank of what its playbook says; 0 when it does not
}

// newRanker trains on the examples of the playbooks in a language.
// What go generate has prepared for just these examples is taken instead, or what
// an earlier ranker, if there is one, has learnt from just these. One for ranking
// alone does not learn what is a case and how severe it is.
func newRanker(set *playbooks.Set, lang string, lexica map[string]*lexicon, earlier *ranker, alone bool) (*ranker, error) {
	r, err := untrained(set, lang)
	if r == nil || err != nil {
		return nil, err
	}
	if earlier != nil && earlier.learnt == r.learnt {
		r.words, r.bayes, r.svm, r.binary, r.gauge = earlier.words, earlier.bayes, earlier.svm, earlier.binary, earlier.gauge
		return r, nil
	}
	if ok, err := r.takePrepared(); ok || err != nil {
		return r, err
	}
	if alone {
		lexica = nil
	}
	r.train(r.samples(), lexica)
	return r, nil
}

// untrained knows the classes and signals of a language; nil when it has no scenario.
func untrained(set *playbooks.Set, lang string) (*ranker, error) {
	r := &ranker{lang: lang, playbooks: set.Scenarios(lang), quiet: set.NotACase(lang), byID: make(map[string]int), none: -1}
	var err error
	if r.concepts, err = readConcepts(lang); err != nil {
		return nil, err
	}
	if len(r.playbooks) == 0 {
		return nil, nil
	}
	if len(r.playbooks) >= maxClasses {
		return nil, fmt.Errorf("coach: %d scenarios in %s, at most %d", len(r.playbooks), lang, maxClasses-1)
	}
	for c, p := range r.playbooks {
		r.byID[p.ID] = c
		for _, s := range p.Signals {
			r.signals.add(fold.String(s), int32(c*2))
		}
		for _, s := range p.Strong {
			r.signals.add(fold.String(s), int32(c*2+1))
		}
	}
	if len(r.quiet) > 0 {
		r.none = len(r.playbooks)
	}
	r.learnt = r.inputs()
	return r, nil
}

// eachText calls fn with every text to learn from, in a fixed order.
func (r *ranker) eachText(fn func(class int, text, severity string)) {
	for c, p := range r.playbooks {
		for _, x := range p.Examples {
			fn(c, x.Text, x.Severity)
		}
		if len(p.Examples) < fewExamples {
			for _, text := range ownWords(p) {
				fn(c, text, "")
			}
		}
	}
	for _, p := range r.quiet {
		for _, x := range p.Examples {
			fn(r.none, x.Text, "")
		}
	}
}

// samples makes the texts ready to learn from.
func (r *ranker) samples() []sample {
	var list []sample
	r.eachText(func(class int, raw, severity string) {
		if t := clean(raw); t.folded != "" {
			list = append(list, sample{t, r.grams(t.folded), class, max(rank(severity), 0)})
		}
	})
	return list
}

// ownWords is what a playbook without many examples is known by: its title, what
// it is about, what it says, and each sentence of that, which alone may be what
// somebody asks about.
func ownWords(p *playbooks.Playbook) []string {
	said := slices.Clone(p.Now)
	for _, step := range playbooks.Steps() {
		for _, phrase := range p.Steps[step] {
			said = append(said, phrase.Text)
		}
	}
	list := []string{p.Title, strings.Join(append([]string{p.Title, p.Summary}, p.Signals...), "\n"), strings.Join(said, "\n")}
	for _, text := range append(said, p.Summary) {
		for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".?!。？！\n", r) }) {
			list = append(list, sentence, p.Title+" "+sentence)
		}
	}
	return list
}

// thin reports whether most playbooks have few examples.
func (r *ranker) thin() bool {
	few := 0
	for _, p := range r.playbooks {
		if len(p.Examples) < fewExamples {
			few++
		}
	}
	return 2*few > len(r.playbooks)
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

// train learns from the samples; without lexica nothing but the ranking.
func (r *ranker) train(samples []sample, lexica map[string]*lexicon) {
	texts := make([][]uint32, len(samples))
	for i, s := range samples {
		texts[i] = s.grams
	}
	r.words = newVocabulary(r.lang, texts, r.thin())
	docs, class := make([]vector, len(samples)), make([]int, len(samples))
	for i, s := range samples {
		docs[i] = r.words.weigh(r.words.counts(s.grams))
		class[i] = s.class
	}
	n, k := len(r.words.idf), r.classes()
	var tail sync.WaitGroup
	defer tail.Wait()
	if lexica != nil {
		tail.Go(func() { r.trainMachines(samples, docs, class, lexica) })
	}
	r.bayes = trainBayes(n, k, r.none, docs, class)
	if k <= maxSVM {
		r.svm = trainSVM(n, k, r.none, docs, class)
	}
}

// trainMachines trains what says whether a message is a case, and how severe.
func (r *ranker) trainMachines(samples []sample, docs []vector, class []int, lexica map[string]*lexicon) {
	n := len(r.words.idf)
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
			rare := float32(len(class)-none) / float32(none)
			m := newMachine(trainOne(n+cues, seen, func(i int) bool { return class[i] != r.none }, svmBinary, svmBinary*min(rare, 8)))
			r.binary = &m
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
	likely float64  // the same of naive Bayes alone, in log-odds for each unit of the message's features
	known  bool     // anything in the message was known
	strong bool     // a strong signal stood in the message
	words  []string // signals found
	taught float64  // by lessons: above 0 that it is a case, below 0 that it is none
}

// sure reports whether the first scenario is clearly ahead of the second.
func (k *ranking) sure() bool {
	return len(k.best) == 1 || k.best[0].z-k.best[1].z >= clearly
}

func (r *ranker) rank(t text, h *hits, taught *Lessons) ranking {
	folded := t.folded
	x := r.words.weigh(r.words.counts(r.grams(folded)))
	k := r.classes()
	z := make([]float64, k)
	buffer := make([]float64, k)
	fuse := func(score func(vector, []float64), x vector, weight float64) {
		clear(buffer)
		score(x, buffer)
		addStandard(z, buffer, weight)
	}
	fuse(r.bayes.score, x, weightBayes)
	var likely float64
	if r.none >= 0 {
		likely = slices.Max(buffer[:r.none]) - buffer[r.none]
	}
	if r.svm != nil {
		fuse(r.svm.score, x, weightSVM)
	}
	out := ranking{likely: likely, seen: cuesOf(x, len(r.words.idf), t, h), known: len(x.at) > 0}
	r.lift(z, folded, h, &out)
	class, near, quiet := taught.heard(r, x)
	if class >= 0 {
		z[class] += lessonLift * near
	}
	out.taught = near - quiet
	r.lead(z, h)
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
		out.margin = r.binary.margin(out.seen)
	}
	return out
}

// firmLead is how far the scenario of a firm section leads at least.
const firmLead = 1.5

// lead puts the scenario of a firm section ahead of all that signals, the lexicon and lessons lifted.
func (r *ranker) lead(z []float64, h *hits) {
	for _, x := range h.found {
		if c, ok := r.byID[x.scenario]; ok && x.firm {
			z[c] = max(z[c], slices.Max(z)+firmLead)
			return
		}
	}
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
