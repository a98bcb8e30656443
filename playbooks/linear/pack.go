package linear

import (
	"bytes"
	"encoding/gob"
	"errors"
	"math"

	"github.com/andybalholm/brotli"
)

// Steps are weights as whole numbers of a step, of which the greatest has so many (127
// at most); 0 where all are 0.
func Steps(w []float32, most int) (list []int8, step float32) {
	for _, x := range w {
		step = max(step, x, -x)
	}
	step /= float32(most)
	list = make([]int8, len(w))
	if step == 0 {
		return list, 0
	}
	for i, x := range w {
		list[i] = int8(math.Round(float64(x / step)))
	}
	return list, step
}

// Pack writes values as small as they get, as go generate keeps what was learned.
// The same values always give the same bytes.
func Pack(values ...any) ([]byte, error) {
	var out bytes.Buffer
	zip := brotli.NewWriterLevel(&out, brotli.BestCompression)
	enc := gob.NewEncoder(zip)
	var err error
	for _, v := range values {
		err = errors.Join(err, enc.Encode(v))
	}
	err = errors.Join(err, zip.Close()) // writes what is left
	return out.Bytes(), err
}

// Open reads what Pack wrote, value by value.
func Open(packed []byte) *gob.Decoder {
	return gob.NewDecoder(brotli.NewReader(bytes.NewReader(packed)))
}
