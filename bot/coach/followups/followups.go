// Package followups reads what somebody writes in a case's thread by what was learned
// from labelled messages: four linear machines, one a turn.
package followups

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
	"sync"

	"coachbot/playbooks/fold"
	"coachbot/playbooks/linear"
)

//go:generate go run ./gen learned.br
//go:embed learned.br
var learnedFile []byte

const buckets = 1 << 16 // of features, by their hash

// OverFrom is how far "it is over" must be ahead of every other turn: a case that is
// wrongly taken for over is coached no further.
const OverFrom = 0.2

// scale is the length of a message as a vector.
const scale = 2

// Turns a message can be, in the order of the machines.
var Turns = [linear.Lanes]string{"customer", "tried", "calmed", "colleague"}

// Reader is what go generate made of the labelled messages.
type Reader struct {
	Weights [linear.Lanes][]int8 // of each bucket, in steps
	Step    [linear.Lanes]float32
	Bias    [linear.Lanes]float32
	Made    string // of which messages and words: their digest
}

var theReader = sync.OnceValue(func() *Reader {
	r, err := read(learnedFile)
	if err != nil {
		panic("followups: " + err.Error()) // go generate made it, and a test reads it
	}
	return r
})

func read(data []byte) (*Reader, error) {
	r := &Reader{}
	if err := linear.Open(data).Decode(r); err != nil {
		return nil, fmt.Errorf("learned.br: %w", err)
	}
	return r, nil
}

// Scores of a message, by turn: each as far above zero as it is sure.
type Scores [linear.Lanes]float64

// Read a message by the agent who opened the case, or by somebody else.
func Read(text string, author bool) Scores { return theReader().scores(features(text, author)) }

func (r *Reader) scores(features []uint32) (s Scores) {
	for k := range s {
		var sum int
		for _, f := range features {
			sum += int(r.Weights[k][f])
		}
		s[k] = float64(sum)*float64(r.Step[k])*scale/math.Sqrt(float64(len(features))) + float64(r.Bias[k])
	}
	return s
}

// Best is the likeliest turn, and how far it is ahead of the next.
func (s Scores) Best() (turn string, ahead float64) {
	best, next := 0, -1
	for k := 1; k < len(s); k++ {
		switch {
		case s[k] > s[best]:
			best, next = k, best
		case next < 0 || s[k] > s[next]:
			next = k
		}
	}
	return Turns[best], s[best] - s[next]
}

// features of a message: its words and their kinds, alone and with those before, how
// it begins and ends, whose it is.
func features(text string, author bool) (list []uint32) {
	said := strings.TrimSpace(fold.String(text))
	put := func(parts ...string) { list = append(list, bucket(parts)) }
	run := func(name string, words []string, most int) {
		words = append(append([]string{"^"}, words...), "$")
		for n := 1; n <= most; n++ {
			for i := 0; i+n <= len(words); i++ {
				put(append([]string{name}, words[i:i+n]...)...)
			}
		}
	}
	words, kinds := wordsOf(said), negated(kindsIn(said))
	run("words", words, 2)
	run("kinds", kinds, 3)
	who := "mate"
	if author {
		who = "author"
	}
	var known []string // the kinds alone, in their order
	seen := make(map[string]bool)
	for _, k := range kinds {
		switch {
		case isKind(k):
			known = append(known, k)
			if !seen[k] {
				put("has", k)
				put("has", k, who)
			}
			seen[k] = true
		case strings.Contains(clauseMarks, k):
			known = append(known, ",")
		}
	}
	clauses := clausesOf(known)
	for _, k := range clauses[0] {
		put("first", k)
	}
	for _, k := range clauses[len(clauses)-1] {
		put("last", k)
	}
	put("who", who)
	return list
}

// clauseMarks stand between what is said first and next.
const clauseMarks = ",.;:!?~-–—"

// clausesOf are the kinds of each clause.
func clausesOf(known []string) (list [][]string) {
	list = [][]string{nil}
	for _, k := range known {
		if n := len(list) - 1; k != "," {
			list[n] = append(list[n], k)
		} else if len(list[n]) > 0 {
			list = append(list, nil)
		}
	}
	if n := len(list) - 1; n > 0 && len(list[n]) == 0 {
		list = list[:n]
	}
	return list
}

// isKind reports whether a word is the name of a kind: what was said is folded, small.
func isKind(word string) bool { return word[0] >= 'A' && word[0] <= 'Z' }

func bucket(parts []string) uint32 {
	h := fnv.New32a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return h.Sum32() % buckets
}
