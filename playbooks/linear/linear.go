// Package linear trains linear support vector machines, by dual coordinate descent
// (Hsieh et al., 2008) with a fixed seed: the same texts always give the same weights.
package linear

import (
	"math"
	"math/rand/v2"
)

// Text is a sparse vector: the features At and their values V, as many.
type Text struct {
	At []int32
	V  []float32
}

// Even gives features the same value, and their text length 1.
func Even(features []uint32) Text {
	t := Text{At: make([]int32, len(features)), V: make([]float32, len(features))}
	value := float32(1 / math.Sqrt(float64(len(features))))
	for i, f := range features {
		t.At[i], t.V[i] = int32(f), value
	}
	return t
}

// Lanes is how many machines learn from the same texts side by side: each text is
// read once for all of them, and their sums do not wait for each other.
const Lanes = 4

// Task is one machine to train: the texts for which Positive holds are told from
// the others; Dear and Cheap bound what a mistake on either may weigh.
type Task struct {
	Positive    func(text int) bool
	Dear, Cheap float32
}

// Of returns one machine's weights of those trained side by side.
func Of(lane int, w [][Lanes]float32) []float32 {
	one := make([]float32, len(w))
	for f := range w {
		one[f] = w[f][lane]
	}
	return one
}

// Train goes over the texts in rounds and returns, for up to Lanes machines, the
// weight of each feature and the bias. Each comes out as if it were trained alone.
//
// The race detector leaves it out: it goes over each text dozens of times, in one
// goroutine, and writes nothing that others see.
//
//go:norace
func Train(features, rounds int, texts []Text, tasks []Task) (w [][Lanes]float32, bias [Lanes]float32) {
	w = make([][Lanes]float32, features)
	alpha := make([][Lanes]float32, len(texts))
	positive := make([]uint8, len(texts)) // a bit a machine
	order := make([]int, len(texts))
	square := make([]float32, len(texts)) // of the text itself, and 1 more for the bias
	for i, d := range texts {
		order[i], square[i] = i, 1
		for _, v := range d.V {
			square[i] += v * v
		}
		for k, t := range tasks {
			if t.Positive(i) {
				positive[i] |= 1 << k
			}
		}
	}
	shuffle := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		shuffle.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			d := texts[i]
			margin, vs := bias, d.V[:len(d.At)]
			for j, f := range d.At {
				row, v := &w[f], vs[j]
				margin[0] += row[0] * v
				margin[1] += row[1] * v
				margin[2] += row[2] * v
				margin[3] += row[3] * v
			}
			for k := range tasks {
				y, c := float32(-1), tasks[k].Cheap
				if positive[i]&(1<<k) != 0 {
					y, c = 1, tasks[k].Dear
				}
				next := min(max(alpha[i][k]-(y*margin[k]-1)/square[i], 0), c)
				if step := (next - alpha[i][k]) * y; step != 0 {
					alpha[i][k] = next
					for j, f := range d.At {
						w[f][k] += step * vs[j]
					}
					bias[k] += step
				}
			}
		}
	}
	return w, bias
}
