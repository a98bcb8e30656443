package linear

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

// texts of two random features each and, of every third, feature 0.
func texts() []Text {
	random := rand.New(rand.NewPCG(3, 4))
	var list []Text
	for i := range 300 {
		t := Text{[]int32{1 + random.Int32N(20), 21 + random.Int32N(20)}, []float32{0.5, 0.5}}
		if i%3 == 0 {
			t.At, t.V = append(t.At, 0), append(t.V, 0.7)
		}
		list = append(list, t)
	}
	return list
}

func margin(w []float32, bias float32, t Text) float32 {
	for j, f := range t.At {
		bias += w[f] * t.V[j]
	}
	return bias
}

func TestTrain(t *testing.T) {
	t.Parallel()
	list := texts()
	w, bias := Train(41, 20, list, []Task{{func(i int) bool { return i%3 == 0 }, 10, 10}})
	one := Of(0, w)
	for i, x := range list {
		if m := margin(one, bias[0], x); m > 0 != (i%3 == 0) {
			t.Errorf("text %d: margin %.3f", i, m)
		}
	}
}

// A mistake that weighs more on one side moves the border away from that side.
func TestDear(t *testing.T) {
	t.Parallel()
	list := texts()
	positive := func(i int) bool { return i%7 == 0 } // which nothing in the texts tells
	found := func(dear float32) (n int) {
		w, bias := Train(41, 20, list, []Task{{positive, dear, 0.1}})
		one := Of(0, w)
		for _, x := range list {
			if margin(one, bias[0], x) > 0 {
				n++
			}
		}
		return n
	}
	if few, many := found(0.1), found(2); few >= many {
		t.Errorf("%d found where a mistake weighs the same, %d where one on the positive side weighs more", few, many)
	}
}

// Machines trained side by side come out as if each were trained alone.
func TestTrainedSideBySide(t *testing.T) {
	t.Parallel()
	var tasks []Task
	for c := range Lanes {
		tasks = append(tasks, Task{func(i int) bool { return i%(c+2) == 0 }, 0.5 + float32(c), 0.2})
	}
	w, bias := Train(41, 5, texts(), tasks)
	for c, x := range tasks {
		alone, one := Train(41, 5, texts(), []Task{x})
		if bias[c] != one[0] || !slices.Equal(Of(c, w), Of(0, alone)) {
			t.Errorf("machine %d of %d differs from itself alone", c+1, Lanes)
		}
	}
}

// What is packed comes back, to the same bytes each time; what is no such file is refused.
func TestPack(t *testing.T) {
	t.Parallel()
	first, err := Pack("of what", []int8{1, -2, 3})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Pack("of what", []int8{1, -2, 3})
	if err != nil || !slices.Equal(first, again) {
		t.Errorf("the same values give other bytes, %v", err)
	}
	in := Open(first)
	var of string
	var weights []int8
	if err := errors.Join(in.Decode(&of), in.Decode(&weights)); err != nil || of != "of what" || !slices.Equal(weights, []int8{1, -2, 3}) {
		t.Errorf("got %q %v %v", of, weights, err)
	}
	if err := Open([]byte("no such file")).Decode(&of); err == nil {
		t.Error("what was not packed is read")
	}
}

func TestSteps(t *testing.T) {
	t.Parallel()
	if list, step := Steps([]float32{0.5, -1, 0.26, 0}, 4); step != 0.25 || !slices.Equal(list, []int8{2, -4, 1, 0}) {
		t.Errorf("got %v in steps of %v", list, step)
	}
	if list, step := Steps(make([]float32, 2), 4); step != 0 || !slices.Equal(list, []int8{0, 0}) {
		t.Errorf("of nothing: %v in steps of %v", list, step)
	}
}

func TestEven(t *testing.T) {
	t.Parallel()
	if got := Even([]uint32{7, 2, 7, 9}); !slices.Equal(got.At, []int32{7, 2, 7, 9}) || !slices.Equal(got.V, []float32{0.5, 0.5, 0.5, 0.5}) {
		t.Errorf("got %+v", got)
	}
}
