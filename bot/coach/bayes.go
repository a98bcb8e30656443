package coach

import (
	"math"
	"slices"
)

// posting is one class's weight for a feature, in steps of postingStep.
type posting struct {
	class  uint16
	weight uint8
}

const (
	postingStep = 1.0 / 4 // the greatest weight, log(1+sum/smoothing), stays below 255 steps
	maxClasses  = 1 << 16
)

// postings lists, for each feature, the classes that know it. Most features
// belong to few classes, so this stays small with a thousand playbooks.
type postings struct {
	first []int32 // feature to its first entry; one more at the end
	list  []posting
}

// collect turns per-class sums into postings, weighing each by weigh.
func collect(features int, classes []map[int32]float32, weigh func(sum float32) float64) postings {
	p := postings{first: make([]int32, features+1)}
	for _, sums := range classes {
		for f := range sums {
			p.first[f+1]++
		}
	}
	for f := range features {
		p.first[f+1] += p.first[f]
	}
	p.list = make([]posting, p.first[features])
	next := append([]int32{}, p.first...)
	for c, sums := range classes { // classes in order: each feature's list is sorted by class
		for f, sum := range sums {
			p.list[next[f]] = posting{uint16(c), uint8(min(math.Round(weigh(sum)/postingStep), math.MaxUint8))}
			next[f]++
		}
	}
	return p
}

func (p *postings) of(feature int32) []posting { return p.list[p.first[feature]:p.first[feature+1]] }

// bayes is multinomial naive Bayes on tf-idf, every class as likely as any other beforehand.
type bayes struct {
	postings
	unseen []float32 // per class: log probability of a feature it never showed
}

// balance is how far few examples are made up for; 1 is wholly.
const balance = 1

// smoothing is added to every count, so that nothing is impossible.
const smoothing = 0.1

func trainBayes(features, classes, none int, docs []vector, class []int) *bayes {
	sums := make([]map[int32]float32, classes)
	total := make([]float64, classes)
	for c := range sums {
		sums[c] = make(map[int32]float32)
	}
	worth := worths(class, classes, none)
	for i, d := range docs {
		for j, f := range d.at {
			v := d.v[j] * worth[class[i]]
			sums[class[i]][f] += v
			total[class[i]] += float64(v)
		}
	}
	b := &bayes{unseen: make([]float32, classes)}
	for c := range classes {
		b.unseen[c] = float32(math.Log(smoothing / (total[c] + smoothing*float64(features))))
	}
	b.postings = collect(features, sums, func(sum float32) float64 { return math.Log1p(float64(sum) / smoothing) })
	return b
}

func (b *bayes) score(x vector, out []float64) {
	var sum float64
	for i, f := range x.at {
		sum += float64(x.v[i])
		v := float64(x.v[i]) * postingStep
		for _, p := range b.of(f) {
			out[p.class] += v * float64(p.weight)
		}
	}
	for c, u := range b.unseen {
		out[c] += sum * float64(u)
	}
}

// worths is how much one text of each class weighs, so that a playbook with few
// examples can win against those with many, and one with very many wins no more for
// that: as if each had as many as most have. The class of no case, if any, weighs as it is.
func worths(class []int, classes, none int) []float32 {
	count := make([]int, classes)
	for _, c := range class {
		count[c]++
	}
	sorted := slices.Sorted(slices.Values(count))
	usual := float64(sorted[len(sorted)/2])
	out := make([]float32, classes)
	for c, n := range count {
		out[c] = 1
		if n > 0 && (c != none || float64(n) < usual) {
			out[c] = float32(math.Pow(usual/float64(n), balance))
		}
	}
	return out
}
