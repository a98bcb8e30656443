package coach

import (
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"coachbot/playbooks"
	"coachbot/playbooks/linear"
)

// Training the built-in library takes about a second; go generate does it once.
// TestPrepared says when it must be run again.
//
//go:generate go run ./gen
//go:embed trained
var trainedFiles embed.FS

// prepared is a trained ranker as it is kept, its numbers packed.
type prepared struct {
	Inputs                       [sha256.Size]byte // what it was trained on
	Features, Classes            int
	Grams, IDF                   []byte   // vocabulary, by feature; the first as steps up
	Known, Class, Weight, Unseen []byte   // naive Bayes: how many classes know each feature, and which, as steps up
	SVM, Step, Bias              []byte   // nil with too many scenarios
	Machines                     [][]byte // case or not, then the three steps of severity; nil where there is none
	MachineSteps, MachineBias    []float32
}

// inputs is the digest of all that a ranker learns from but the code.
func (r *ranker) inputs() [sha256.Size]byte {
	h := sha256.New()
	put := func(parts ...string) {
		for _, p := range parts {
			fmt.Fprintf(h, "%d %s\n", len(p), p)
		}
	}
	put(r.lang, fmt.Sprint(r.classes()))
	for _, p := range r.playbooks {
		put(p.ID)
	}
	r.eachText(func(class int, text, severity string) { put(fmt.Sprint(class), text, severity) })
	names, _ := fs.Glob(lexiconFiles, "lexicon/*.txt")
	for _, name := range names {
		if strings.HasPrefix(name, "lexicon/own-") { // read beside the rankers
			continue
		}
		data, _ := lexiconFiles.ReadFile(name) // what Glob names is there
		put(name, string(data))
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// takePrepared takes the numbers that go generate made, if it made them from just these texts.
func (r *ranker) takePrepared() (bool, error) {
	made, dec, err := openPrepared(r.lang)
	if dec == nil || err != nil || made != r.learnt {
		return false, err
	}
	var p prepared
	if err := dec.Decode(&p); err != nil {
		return false, fmt.Errorf("coach: trained/%s: %w", r.lang, err)
	}
	r.unpack(p)
	return true, nil
}

// openPrepared reads what a language's numbers were made from, and leaves the
// decoder before the numbers. Without a file the decoder is nil.
func openPrepared(lang string) (made [sha256.Size]byte, dec *gob.Decoder, err error) {
	data, err := trainedFiles.ReadFile("trained/" + lang + ".gob.br")
	if errors.Is(err, fs.ErrNotExist) {
		return made, nil, nil
	}
	if err != nil {
		return made, nil, err
	}
	dec = linear.Open(data)
	if err := dec.Decode(&made); err != nil {
		return made, nil, fmt.Errorf("coach: trained/%s: %w", lang, err)
	}
	return made, dec, nil
}

// rareness is how rare each feature is among what customers and agents write, as
// the built-in library shows it, and how rare one is that does not occur there.
// Nil where the language has no such library, or while go generate makes it.
func rareness(lang string) (of map[uint32]float32, unknown float32) {
	_, dec, err := openPrepared(lang)
	if dec == nil || err != nil {
		return nil, 0
	}
	var p prepared
	if err := dec.Decode(&p); err != nil {
		return nil, 0
	}
	grams, idf := p.grams(), unpacked[float32](p.IDF)
	of = make(map[uint32]float32, len(grams))
	for i, g := range grams {
		of[g] = idf[i] / kindWeight[g>>kindShift]
		unknown = max(unknown, of[g])
	}
	return of, unknown
}

// Prepare trains the scenarios of a language and packs the result as trained/ keeps it.
func Prepare(set *playbooks.Set, lang string) ([]byte, error) {
	lexica, err := readLexica()
	if err != nil {
		return nil, err
	}
	r, err := untrained(set, lang)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, fmt.Errorf("coach: no scenario in %s", lang)
	}
	r.train(r.samples(), lexica)
	return linear.Pack(r.learnt, r.pack())
}

func (r *ranker) pack() prepared {
	p := prepared{Features: len(r.words.idf), Classes: r.classes(), IDF: packed(r.words.idf), Unseen: packed(r.bayes.unseen)}
	grams := make([]uint32, p.Features)
	for g, id := range r.words.id {
		grams[id] = g
	}
	p.Grams = stepsUp(nil, grams)
	for f := range p.Features {
		list := r.bayes.of(int32(f))
		class := make([]uint32, len(list))
		for i, x := range list {
			class[i] = uint32(x.class)
			p.Weight = append(p.Weight, x.weight)
		}
		p.Known = binary.AppendUvarint(p.Known, uint64(len(list)))
		p.Class = stepsUp(p.Class, class)
	}
	if r.svm != nil {
		p.SVM, p.Step, p.Bias = packed(r.svm.w), packed(r.svm.step), packed(r.svm.bias)
	}
	machines := []*machine{r.binary, nil, nil, nil}
	if r.gauge != nil {
		for i := range r.gauge.steps {
			machines[i+1] = &r.gauge.steps[i]
		}
	}
	for _, m := range machines {
		if m == nil {
			m = &machine{}
		}
		p.Machines = append(p.Machines, packed(m.w))
		p.MachineSteps, p.MachineBias = append(p.MachineSteps, m.step), append(p.MachineBias, m.bias)
	}
	return p
}

func (r *ranker) unpack(p prepared) {
	r.words = &vocabulary{lang: r.lang, id: make(map[uint32]int32, p.Features), idf: unpacked[float32](p.IDF)}
	for i, g := range p.grams() {
		r.words.id[g] = int32(i)
	}
	r.bayes = &bayes{unseen: unpacked[float32](p.Unseen)}
	r.bayes.first = make([]int32, 1, p.Features+1)
	r.bayes.list = make([]posting, 0, len(p.Weight))
	known, class := p.Known, p.Class
	for range p.Features {
		var n, up uint64
		n, known = number(known)
		at := uint64(0)
		for range n {
			up, class = number(class)
			at += up
			r.bayes.list = append(r.bayes.list, posting{uint16(at), p.Weight[len(r.bayes.list)]})
		}
		r.bayes.first = append(r.bayes.first, int32(len(r.bayes.list)))
	}
	if p.SVM != nil {
		r.svm = &svm{classes: p.Classes, w: unpacked[int8](p.SVM), step: unpacked[float32](p.Step), bias: unpacked[float32](p.Bias)}
	}
	var machines []machine
	for i, w := range p.Machines {
		machines = append(machines, machine{unpacked[int8](w), p.MachineSteps[i], p.MachineBias[i]})
	}
	if len(machines[0].w) > 0 {
		r.binary = &machines[0]
	}
	if len(machines[1].w) > 0 {
		r.gauge = &gauge{steps: [3]machine(slices.Clone(machines[1:]))}
	}
}

// grams is the features' own numbers, in ascending order.
func (p *prepared) grams() []uint32 {
	list := make([]uint32, p.Features)
	rest, at := p.Grams, uint64(0)
	for i := range list {
		var up uint64
		up, rest = number(rest)
		at += up
		list[i] = uint32(at)
	}
	return list
}

// stepsUp appends ascending numbers, each by how much it is above the one before:
// such steps are small, and pack well.
func stepsUp(out []byte, list []uint32) []byte {
	last := uint32(0)
	for _, x := range list {
		out = binary.AppendUvarint(out, uint64(x-last))
		last = x
	}
	return out
}

// number reads the first number of what stepsUp or AppendUvarint wrote.
func number(data []byte) (x uint64, rest []byte) {
	x, n := binary.Uvarint(data)
	if n <= 0 {
		panic("coach: trained numbers end too early") // go generate wrote them, TestPrepared reads them
	}
	return x, data[n:]
}

// packed writes numbers of one width, little end first.
func packed[T int8 | float32](list []T) []byte {
	out, err := binary.Append(nil, binary.LittleEndian, list)
	if err != nil {
		panic(err) // only a type without a fixed width is refused
	}
	return out
}

func unpacked[T int8 | float32](data []byte) []T {
	var one T
	list := make([]T, len(data)/binary.Size(one))
	if _, err := binary.Decode(data, binary.LittleEndian, list); err != nil {
		panic(err) // the length is a multiple of the width
	}
	return list
}
