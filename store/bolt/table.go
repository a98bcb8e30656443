package bolt

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// form is the stored form that this program writes: JSON of the nouns of package
// store, or of the record types here. testdata holds a value of each kind; a
// change that cannot read them needs a new form.
const form = 1

func encode(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrInvalid, err)
	}
	return append([]byte{form}, data...), nil
}

func decode[T any](bucket string, key, value []byte) (*T, error) {
	if len(value) == 0 || value[0] != form {
		return nil, fmt.Errorf("%w: %s %q has no known form", store.ErrCorrupt, bucket, key)
	}
	v := new(T)
	if err := json.Unmarshal(value[1:], v); err != nil {
		return nil, fmt.Errorf("%w: %s %q: %w", store.ErrCorrupt, bucket, key, err)
	}
	return v, nil
}

// table is a bucket of records with the indexes that follow it.
type table[T any] struct {
	bucket  string
	key     func(*T) []byte
	indexes []index[T]
}

// index is a bucket that leads to records by something else than their key.
// Its keys are unique; nil keeps a record out.
type index[T any] struct {
	bucket string
	key    func(*T) []byte
}

// get returns ErrNotFound when there is none.
func (t *table[T]) get(tx *bbolt.Tx, key []byte) (*T, error) {
	value := tx.Bucket([]byte(t.bucket)).Get(key)
	if value == nil {
		return nil, fmt.Errorf("%s %q: %w", t.bucket, key, store.ErrNotFound)
	}
	return decode[T](t.bucket, key, value)
}

// put stores the record and has the indexes follow. What stands already is not
// written again.
func (t *table[T]) put(b *batch, rec *T) error {
	value, err := encode(rec)
	if err != nil {
		return err
	}
	key := t.key(rec)
	var old *T
	if stands := b.bucket(t.bucket).Get(key); stands != nil {
		if bytes.Equal(stands, value) {
			return nil
		}
		if old, err = decode[T](t.bucket, key, stands); err != nil {
			return err
		}
	} else {
		b.count(t.bucket, 1)
	}
	for _, ix := range t.indexes {
		if err := ix.move(b, old, rec, key); err != nil {
			return err
		}
	}
	return b.put(t.bucket, key, value)
}

// remove deletes the record if it is there.
func (t *table[T]) remove(b *batch, key []byte) error {
	stands := b.bucket(t.bucket).Get(key)
	if stands == nil {
		return nil
	}
	old, err := decode[T](t.bucket, key, stands)
	if err != nil {
		return err
	}
	for _, ix := range t.indexes {
		if err := ix.move(b, old, nil, key); err != nil {
			return err
		}
	}
	b.count(t.bucket, -1)
	return b.delete(t.bucket, key)
}

// move takes the entry of old out and puts that of rec in; nil is none.
func (ix index[T]) move(b *batch, old, rec *T, key []byte) error {
	var from, to []byte
	if old != nil {
		from = ix.key(old)
	}
	if rec != nil {
		to = ix.key(rec)
	}
	if bytes.Equal(from, to) {
		return nil
	}
	if from != nil {
		b.count(ix.bucket, -1)
		if err := b.delete(ix.bucket, from); err != nil {
			return err
		}
	}
	if to != nil {
		b.count(ix.bucket, 1)
		return b.put(ix.bucket, to, key)
	}
	return nil
}

// join makes a key of texts, each closed by the NUL that no text holds, so that
// it sorts like the texts one after the other and begins every longer key.
func join(texts ...string) []byte {
	n := 0
	for _, s := range texts {
		n += len(s) + 1
	}
	key := make([]byte, 0, n)
	for _, s := range texts {
		key = append(append(key, s...), 0)
	}
	return key
}

// joinText is join for what a caller looks up.
func joinText(texts ...string) []byte {
	for i, t := range texts {
		texts[i] = store.Text(t)
	}
	return join(texts...)
}

// appendTime adds eight bytes that sort like the time.
func appendTime(key []byte, t time.Time) []byte {
	return binary.BigEndian.AppendUint64(key, uint64(t.UnixMicro())^1<<63)
}

func timeKey(t time.Time, rest string) []byte { return append(appendTime(nil, t), rest...) }

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
