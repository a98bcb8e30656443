package coach

import (
	"runtime"
	"sync"

	"coachbot/playbooks/linear"
)

// svm is a linear support vector machine, one class against the rest.
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
	steps, step := linear.Steps(w, machineSteps)
	return machine{steps, step, bias}
}

// margin is above 0 on the positive side.
func (m *machine) margin(x vector) float64 {
	var sum float32
	for i, f := range x.at {
		sum += float32(m.w[f]) * x.v[i]
	}
	return float64(sum*m.step + m.bias)
}

// Weights are kept in few steps, and a feature's for all classes count for nothing up to
// faint of them: that does not change what comes first, and packs well.
const (
	classSteps   = 15
	faint        = 1
	machineSteps = 31
)

const (
	svmC      = 0.2
	svmRounds = 5
	// machineRounds is how often the texts are gone over for a single machine: with few rounds, a dozen more
	// examples move its border as much as what they say.
	machineRounds = 15
	// svmPositive is how much dearer a mistake on the few texts of the class
	// itself is than one on the many others.
	svmPositive = 6
)

func trainSVM(features, classes, none int, docs []vector, class []int) *svm {
	m := &svm{classes: classes, w: make([]int8, features*classes), step: make([]float32, features), bias: make([]float32, classes)}
	raw := make([]float32, features*classes)
	worth := worths(class, classes, none)
	next := make(chan int, classes)
	for c := 0; c < classes; c += linear.Lanes {
		next <- c
	}
	close(next)
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), max(classes, 1)) {
		all.Go(func() {
			for from := range next {
				var tasks []linear.Task
				for c := from; c < min(from+linear.Lanes, classes); c++ {
					tasks = append(tasks, linear.Task{Positive: func(i int) bool { return class[i] == c }, Dear: svmPositive * svmC * worth[c], Cheap: svmC})
				}
				w, bias := trainSide(features, svmRounds, docs, tasks)
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
		var row []int8
		row, m.step[f] = linear.Steps(raw[f*classes:(f+1)*classes], classSteps)
		for c, w := range row {
			if w > faint || w < -faint {
				m.w[f*classes+c] = w
			}
		}
	}
	return m
}

// trainOne trains a single machine.
func trainOne(features int, docs []vector, positive func(int) bool, dear, cheap float32) ([]float32, float32) {
	w, bias := trainSide(features, machineRounds, docs, []linear.Task{{Positive: positive, Dear: dear, Cheap: cheap}})
	return linear.Of(0, w), bias[0]
}

// trainSide trains some machines side by side.
func trainSide(features, rounds int, docs []vector, tasks []linear.Task) ([][linear.Lanes]float32, [linear.Lanes]float32) {
	texts := make([]linear.Text, len(docs))
	for i, d := range docs {
		texts[i] = linear.Text{At: d.at, V: d.v}
	}
	return linear.Train(features, rounds, texts, tasks)
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
