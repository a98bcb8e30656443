package coach

// Lesson is what people said of a case: which playbook served it, or that it was none.
type Lesson struct {
	Text     string
	Playbook string // "" when it was no case
}

// Lessons are a team's own, ready to be compared with a message. They never
// change once made, and belong to the Engine that made them.
type Lessons struct{ by map[*ranker][]lesson }

type lesson struct {
	x     vector
	class int // -1 when it was no case
}

// How near a lesson must be (the cosine of both texts' features) to be heard, and
// what one of the very same words adds: standard deviations in the ranking,
// log-odds of a case.
const (
	lessonNear  = 0.3
	lessonLift  = 20
	lessonQuiet = 14
)

// Learn makes lessons ready, the newest first: of two on the same words the first counts.
func (e *Engine) Learn(list []Lesson) *Lessons {
	l := &Lessons{by: make(map[*ranker][]lesson)}
	told := make(map[string]bool)
	for _, x := range list {
		t := clean(x.Text)
		if told[t.folded] {
			continue
		}
		told[t.folded] = true
		for _, r := range e.rankersOf(t) {
			class := -1
			if x.Playbook != "" {
				known := false
				if class, known = r.byID[x.Playbook]; !known {
					continue // of a playbook that is no more
				}
			}
			if v := r.words.weigh(r.words.counts(r.grams(t.folded))); len(v.at) > 0 {
				l.by[r] = append(l.by[r], lesson{v, class})
			}
		}
	}
	return l
}

// heard is what the lessons say to a text: for the playbook of the nearest one
// that names any how near it is, 0 to 1, and how near the nearest is that was no case.
func (l *Lessons) heard(r *ranker, x vector) (class int, near, quiet float64) {
	class = -1
	if l == nil {
		return class, 0, 0
	}
	for _, one := range l.by[r] {
		n := (cosine(one.x, x) - lessonNear) / (1 - lessonNear)
		if one.class < 0 {
			quiet = max(quiet, n)
		} else if n > near {
			class, near = one.class, n
		}
	}
	return class, near, quiet
}

// cosine of two vectors of length 1.
func cosine(a, b vector) float64 {
	var sum float64
	for i, j := 0, 0; i < len(a.at) && j < len(b.at); {
		switch {
		case a.at[i] < b.at[j]:
			i++
		case a.at[i] > b.at[j]:
			j++
		default:
			sum += float64(a.v[i]) * float64(b.v[j])
			i, j = i+1, j+1
		}
	}
	return sum
}
