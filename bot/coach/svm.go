package coach

import (
	"math/rand/v2"
	"runtime"
	"sync"
)

// svm is a linear support vector machine, one class against the rest, trained
// by dual coordinate descent (Hsieh et al., 2008) with a fixed seed.
type svm struct {
	classes int
	w       []float32 // feature by feature, its weight in every class
	bias    []float32
}

const (
	svmC      = 0.2
	svmRounds = 5
	// svmPositive is how much dearer a mistake on the few texts of the class
	// itself is than one on the many others.
	svmPositive = 6
)

func trainSVM(features, classes int, docs []vector, class []int) *svm {
	m := &svm{classes: classes, w: make([]float32, features*classes), bias: make([]float32, classes)}
	worth := worths(class, classes)
	next := make(chan int, classes)
	for c := range classes {
		next <- c
	}
	close(next)
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), max(classes, 1)) {
		all.Go(func() {
			for c := range next {
				w, bias := trainOne(features, docs, func(i int) bool { return class[i] == c }, svmPositive*svmC*worth[c], svmC)
				for f, x := range w {
					m.w[f*classes+c] = x
				}
				m.bias[c] = bias
			}
		})
	}
	all.Wait()
	return m
}

// trainOne separates the texts for which positive holds from the others; cp and
// cn bound what a mistake on either may weigh.
func trainOne(features int, docs []vector, positive func(int) bool, cp, cn float32) ([]float32, float32) {
	w := make([]float32, features)
	alpha := make([]float32, len(docs))
	var bias float32
	order := make([]int, len(docs))
	square := make([]float32, len(docs)) // of the text itself, and 1 more for the bias
	for i, d := range docs {
		order[i], square[i] = i, 1
		for _, v := range d.v {
			square[i] += v * v
		}
	}
	shuffle := rand.New(rand.NewPCG(1, 2))
	for range svmRounds {
		shuffle.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			y, c := float32(-1), cn
			if positive(i) {
				y, c = 1, cp
			}
			d := docs[i]
			margin := bias
			for j, f := range d.at {
				margin += w[f] * d.v[j]
			}
			next := min(max(alpha[i]-(y*margin-1)/square[i], 0), c)
			if step := (next - alpha[i]) * y; step != 0 {
				alpha[i] = next
				for j, f := range d.at {
					w[f] += step * d.v[j]
				}
				bias += step
			}
		}
	}
	return w, bias
}

func (m *svm) score(x vector, out []float64) {
	for c, b := range m.bias {
		out[c] += float64(b)
	}
	for i, f := range x.at {
		row := m.w[int(f)*m.classes : (int(f)+1)*m.classes]
		for c, w := range row {
			out[c] += float64(w) * float64(x.v[i])
		}
	}
}
