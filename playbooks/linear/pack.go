package linear

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"errors"
	"fmt"
	"math"
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
	zip, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	enc := gob.NewEncoder(zip)
	for _, v := range values {
		err = errors.Join(err, enc.Encode(v))
	}
	if err := errors.Join(err, zip.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Open reads what Pack wrote, value by value.
func Open(packed []byte) (*gob.Decoder, error) {
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("packed by go generate: %w", err)
	}
	return gob.NewDecoder(unzip), nil
}
