package coach

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// svm is a linear support vector machine, one class against the rest, trained
// by dual coordinate descent (Hsieh et al., 2008) with a fixed seed.
type svm struct {
	classes int
	w       []int8    // feature by feature, its weight in every class, in steps of the feature's own
	step    []float32 // of each feature
	bias    []float32
}

// machine is one linear machine that tells two kinds of texts apart.
type machine struct {
	w    []int8
	step float32
	bias float32
}

func newMachine(w []float32, bias float32) machine {
	m := machine{w: make([]int8, len(w)), step: stepOf(w), bias: bias}
	for i, x := range w {
		m.w[i] = inSteps(x, m.step)
	}
	return m
}

// margin is above 0 on the positive side.
func (m *machine) margin(x vector) float64 {
	var sum float32
	for i, f := range x.at {
		sum += float32(m.w[f]) * x.v[i]
	}
	return float64(sum*m.step + m.bias)
}

// stepOf is the step in which the greatest of some weights fits into a byte.
func stepOf(w []float32) float32 {
	var most float32
	for _, x := range w {
		most = max(most, x, -x)
	}
	return most / math.MaxInt8
}

func inSteps(x, step float32) int8 {
	if step == 0 {
		return 0
	}
	return int8(math.Round(float64(x / step)))
}

const (
	svmC      = 0.2
	svmRounds = 5
	// svmPositive is how much dearer a mistake on the few texts of the class
	// itself is than one on the many others.
	svmPositive = 6
)

func trainSVM(features, classes int, docs []vector, class []int) *svm {
	m := &svm{classes: classes, w: make([]int8, features*classes), step: make([]float32, features), bias: make([]float32, classes)}
	raw := make([]float32, features*classes)
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
					raw[f*classes+c] = x
				}
				m.bias[c] = bias
			}
		})
	}
	all.Wait()
	for f := range features {
		row := raw[f*classes : (f+1)*classes]
		m.step[f] = stepOf(row)
		for c, x := range row {
			m.w[f*classes+c] = inSteps(x, m.step[f])
		}
	}
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
		v := float64(x.v[i] * m.step[f])
		for c, w := range m.w[int(f)*m.classes : (int(f)+1)*m.classes] {
			out[c] += v * float64(w)
		}
	}
}
