package coach

import "math"

// bm25 ranks classes as if each were one document made of all its texts.
type bm25 struct{ postings }

const (
	bm25K = 1.2
	bm25B = 0.4
)

func trainBM25(features, classes int, counts []vector, class []int) *bm25 {
	sums := make([]map[int32]float32, classes)
	length := make([]float64, classes)
	known := make([]int, features) // in how many classes a feature occurs
	for c := range sums {
		sums[c] = make(map[int32]float32)
	}
	var total float64
	for i, d := range counts {
		for j, f := range d.at {
			if _, seen := sums[class[i]][f]; !seen {
				known[f]++
			}
			sums[class[i]][f] += d.v[j]
			length[class[i]] += float64(d.v[j])
			total += float64(d.v[j])
		}
	}
	mean := max(total/float64(max(classes, 1)), 1)
	return &bm25{collect(features, sums, func(c int, f int32, tf float32) float32 {
		idf := math.Log(1 + (float64(classes)-float64(known[f])+0.5)/(float64(known[f])+0.5))
		n := float64(tf)
		return float32(idf * n * (bm25K + 1) / (n + bm25K*(1-bm25B+bm25B*length[c]/mean)))
	})}
}

func (b *bm25) score(x vector, out []float64) {
	for _, f := range x.at {
		for _, p := range b.of(f) {
			out[p.class] += float64(p.weight)
		}
	}
}
