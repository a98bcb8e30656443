package followups

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"coachbot/playbooks/linear"
)

const learnRounds = 40

// What a mistake may weigh: a message taken for one of a turn, and one of it not seen.
// A wrong "calmed" costs most.
var weights = [linear.Lanes]struct{ dear, cheap float32 }{{2, 1}, {2, 1}, {1, 1}, {1, 1}}

// Taught are the sets of labelled messages that are learned from; the others judge.
var Taught = [...]string{"dev", "taught"}

// Row is one labelled message in the thread of a case.
type Row struct {
	ID     string `json:"id"`
	Lang   string `json:"lang"`
	Author bool   `json:"author"` // by the agent who opened the case
	Turn   string `json:"turn"`
	Text   string `json:"text"`
}

// ReadRows reads labelled messages, one JSON object a line.
func ReadRows(r io.Reader) (list []Row, err error) {
	for in := json.NewDecoder(r); ; {
		var row Row
		switch err := in.Decode(&row); err {
		case nil:
			if !slices.Contains(Turns[:], row.Turn) {
				return nil, fmt.Errorf("labelled message %s: no turn %q", row.ID, row.Turn)
			}
			list = append(list, row)
		case io.EOF:
			return list, nil
		default:
			return nil, fmt.Errorf("labelled message %d: %w", len(list)+1, err)
		}
	}
}

// Learn makes what learned.br holds from labelled messages. The same ones always give the same bytes.
func Learn(rows []Row) ([]byte, error) { return linear.Pack(learn(rows)) }

func learn(rows []Row) *Reader {
	texts := make([]linear.Text, len(rows))
	for i, row := range rows {
		texts[i] = vector(features(row.Text, row.Author))
	}
	var tasks []linear.Task
	for k, turn := range Turns {
		tasks = append(tasks, linear.Task{Positive: func(i int) bool { return rows[i].Turn == turn }, Dear: weights[k].dear, Cheap: weights[k].cheap})
	}
	w, bias := linear.Train(buckets, learnRounds, texts, tasks)
	r := &Reader{Bias: bias, Made: digestOf(rows)}
	for k := range Turns {
		r.Weights[k], r.Step[k] = linear.Steps(linear.Of(k, w), steps)
	}
	return r
}

// steps either side of nought are kept of a weight.
const steps = 15

// vector is a message of length 2 and something: features said twice weigh twice.
func vector(list []uint32) (t linear.Text) {
	v := float32(scale / math.Sqrt(float64(len(list))))
	slices.SortFunc(list, cmp.Compare[uint32])
	for _, f := range list {
		if n := len(t.At); n > 0 && t.At[n-1] == int32(f) {
			t.V[n-1] += v
			continue
		}
		t.At, t.V = append(t.At, int32(f)), append(t.V, v)
	}
	return t
}

// digestOf tells what was learned from: the messages, and how their words are seen.
func digestOf(rows []Row) string {
	sum := sha256.New()
	for _, row := range rows {
		fmt.Fprintf(sum, "%s %v\n", row.Turn, features(row.Text, row.Author))
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}
