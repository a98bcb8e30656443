package bolt

import (
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"
)

// batch is the transaction that several changes share.
type batch struct {
	tx      *bbolt.Tx
	current *change
	writes  int
	buckets map[string]*bbolt.Bucket
	counts  map[string]int64
	floors  map[string]time.Time // per lane: the last place given in this batch
}

func newBatch(tx *bbolt.Tx) *batch {
	return &batch{tx: tx, buckets: map[string]*bbolt.Bucket{}, counts: map[string]int64{}, floors: map[string]time.Time{}}
}

// after has fn run with the queue locked once the current change is durable.
func (b *batch) after(fn func()) { b.current.after = append(b.current.after, fn) }

func (b *batch) bucket(name string) *bbolt.Bucket {
	bucket := b.buckets[name]
	if bucket == nil {
		bucket = b.tx.Bucket([]byte(name))
		b.buckets[name] = bucket
	}
	return bucket
}

func (b *batch) put(bucket string, key, value []byte) error {
	b.writes++
	return b.bucket(bucket).Put(key, value)
}

func (b *batch) delete(bucket string, key []byte) error {
	if b.bucket(bucket).Get(key) == nil {
		return nil
	}
	b.writes++
	return b.bucket(bucket).Delete(key)
}

// count notes that a bucket gained or lost entries.
func (b *batch) count(bucket string, delta int64) { b.counts[bucket] += delta }

func (b *batch) flushCounts() error {
	for name, delta := range b.counts {
		if delta == 0 {
			continue
		}
		n := uint64(countOf(b.tx, name) + delta)
		if err := b.bucket(bucketCounts).Put([]byte(name), binary.BigEndian.AppendUint64(nil, n)); err != nil {
			return err
		}
	}
	return nil
}

// countOf is the number of entries of a bucket as last committed.
func countOf(tx *bbolt.Tx, bucket string) int64 {
	v := tx.Bucket([]byte(bucketCounts)).Get([]byte(bucket))
	if len(v) != 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(v))
}
