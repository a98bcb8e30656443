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

// faint is up to how many steps a weight counts for nothing: such weights do not
// change what comes first, and zeros pack well.
const faint = 8

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
	for c := 0; c < classes; c += lanes {
		next <- c
	}
	close(next)
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), max(classes, 1)) {
		all.Go(func() {
			for from := range next {
				var tasks []task
				for c := from; c < min(from+lanes, classes); c++ {
					tasks = append(tasks, task{positive: func(i int) bool { return class[i] == c }, cp: svmPositive * svmC * worth[c], cn: svmC})
				}
				w, bias := trainSide(features, docs, tasks)
				for i := range tasks {
					for f := range w {
						raw[f*classes+from+i] = w[f][i]
					}
					m.bias[from+i] = bias[i]
				}
			}
		})
	}
	all.Wait()
	for f := range features {
		row := raw[f*classes : (f+1)*classes]
		m.step[f] = stepOf(row)
		for c, x := range row {
			if w := inSteps(x, m.step[f]); w > faint || w < -faint {
				m.w[f*classes+c] = w
			}
		}
	}
	return m
}

// lanes is how many machines learn from the same texts side by side: each text is
// read once for all of them, and their sums do not wait for each other.
const lanes = 4

// task is one machine to train: the texts for which positive holds are told from
// the others; cp and cn bound what a mistake on either may weigh.
type task struct {
	positive func(int) bool
	cp, cn   float32
}

// trainOne trains a single machine.
func trainOne(features int, docs []vector, positive func(int) bool, cp, cn float32) ([]float32, float32) {
	w, bias := trainSide(features, docs, []task{{positive, cp, cn}})
	return lane(w, 0), bias[0]
}

// lane is one machine's weights of those trained side by side.
func lane(w [][lanes]float32, of int) []float32 {
	one := make([]float32, len(w))
	for f := range w {
		one[f] = w[f][of]
	}
	return one
}

// trainSide trains up to lanes machines on the same texts. Each comes out as if it were trained alone.
func trainSide(features int, docs []vector, tasks []task) (w [][lanes]float32, bias [lanes]float32) {
	w = make([][lanes]float32, features)
	alpha := make([][lanes]float32, len(docs))
	positive := make([]uint8, len(docs)) // a bit a machine
	order := make([]int, len(docs))
	square := make([]float32, len(docs)) // of the text itself, and 1 more for the bias
	for i, d := range docs {
		order[i], square[i] = i, 1
		for _, v := range d.v {
			square[i] += v * v
		}
		for k, t := range tasks {
			if t.positive(i) {
				positive[i] |= 1 << k
			}
		}
	}
	shuffle := rand.New(rand.NewPCG(1, 2))
	for range svmRounds {
		shuffle.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			d := docs[i]
			margin, vs := bias, d.v[:len(d.at)]
			for j, f := range d.at {
				row, v := &w[f], vs[j]
				margin[0] += row[0] * v
				margin[1] += row[1] * v
				margin[2] += row[2] * v
				margin[3] += row[3] * v
			}
			for k := range tasks {
				y, c := float32(-1), tasks[k].cn
				if positive[i]&(1<<k) != 0 {
					y, c = 1, tasks[k].cp
				}
				next := min(max(alpha[i][k]-(y*margin[k]-1)/square[i], 0), c)
				if step := (next - alpha[i][k]) * y; step != 0 {
					alpha[i][k] = next
					for j, f := range d.at {
						w[f][k] += step * d.v[j]
					}
					bias[k] += step
				}
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
