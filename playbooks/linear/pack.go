package linear

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"errors"
	"fmt"
)

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
