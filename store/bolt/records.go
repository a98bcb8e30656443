package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// noun is what revise needs of a noun of package store.
type noun[T any] interface {
	Clean() T
	Validate() error
}

// find returns the record under key, or ErrNotFound.
func find[T any](ctx context.Context, s *Store, t *table[T], key []byte) (rec T, err error) {
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		found, err := t.get(tx, key)
		if err == nil {
			rec = *found
		}
		return err
	})
	return rec, err
}

// revise applies fn to the record under key, or to blank when there is none (an
// error when blank is nil), and stores the result.
func revise[T noun[T]](ctx context.Context, s *Store, t *table[T], key []byte, blank *T, fn func(*T) error) (out T, err error) {
	err = s.update(ctx, func(b *batch) error {
		rec, err := t.get(b.tx, key)
		if errors.Is(err, store.ErrNotFound) && blank != nil {
			fresh := *blank
			rec, err = &fresh, nil
		}
		if err != nil {
			return err
		}
		if err := protect(func() error { return fn(rec) }); err != nil {
			return err
		}
		changed := (*rec).Clean()
		if err := changed.Validate(); err != nil {
			return err
		}
		if !bytes.Equal(t.key(&changed), key) {
			return fmt.Errorf("%w: %s %q was given another key", store.ErrInvalid, t.bucket, key)
		}
		out = changed.Clean() // a copy: what is stored is not what the caller gets
		return t.put(b, &changed)
	})
	if err != nil {
		return *new(T), err
	}
	return out, nil
}

// pageSize is how many records are read at a time for a caller's function, which
// then runs outside of any transaction.
const pageSize = 256

// between calls fn with the records whose index key is prefix and a time in
// [from, to), in order, a page at a time.
func between[T any](ctx context.Context, s *Store, t *table[T], index string, prefix []byte, from, to time.Time, fn func(T) error) error {
	start := appendTime(bytes.Clone(prefix), from)
	end := appendTime(bytes.Clone(prefix), to)
	for start != nil {
		var page []*T
		var next []byte
		if err := s.view(ctx, func(tx *bbolt.Tx) error {
			var err error
			page, next, err = readPage(tx, t, index, start, end)
			return err
		}); err != nil {
			return err
		}
		for _, rec := range page {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := fn(*rec); err != nil {
				return err
			}
		}
		start = next
	}
	return nil
}

// readPage reads at most pageSize records with index keys in [start, end). next
// is where the following page starts, nil after the last.
func readPage[T any](tx *bbolt.Tx, t *table[T], index string, start, end []byte) (page []*T, next []byte, err error) {
	c := tx.Bucket([]byte(index)).Cursor()
	for k, v := c.Seek(start); k != nil && bytes.Compare(k, end) < 0; k, v = c.Next() {
		if len(page) == pageSize {
			return page, bytes.Clone(k), nil
		}
		rec, err := t.indexed(tx, index, k, v)
		if err != nil {
			return nil, nil, err
		}
		page = append(page, rec)
	}
	return page, nil, nil
}

// indexed follows an index entry to its record.
func (t *table[T]) indexed(tx *bbolt.Tx, index string, k, v []byte) (*T, error) {
	rec, err := t.get(tx, v)
	if errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("%w: %s %q leads nowhere", store.ErrCorrupt, index, k)
	}
	return rec, err
}

// list returns the records of a workspace, or of all with "", of a table whose
// keys begin with the workspace.
func list[T any](ctx context.Context, s *Store, t *table[T], workspace string) (all []T, err error) {
	var prefix []byte
	if workspace = store.Text(workspace); workspace != "" {
		prefix = join(workspace)
	}
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		all = nil
		c := tx.Bucket([]byte(t.bucket)).Cursor()
		for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
			rec, err := decode[T](t.bucket, k, v)
			if err != nil {
				return err
			}
			all = append(all, *rec)
		}
		return nil
	})
	return all, err
}

// last returns the record of the greatest index key that begins with prefix, or ErrNotFound.
func last[T any](ctx context.Context, s *Store, t *table[T], index string, prefix []byte) (rec T, err error) {
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		k, v := lastOf(tx.Bucket([]byte(index)).Cursor(), prefix)
		if k == nil {
			return fmt.Errorf("%s %q: %w", t.bucket, prefix, store.ErrNotFound)
		}
		found, err := t.indexed(tx, index, k, v)
		if err == nil {
			rec = *found
		}
		return err
	})
	return rec, err
}

// lastOf moves the cursor to the last key that begins with prefix; nil when
// there is none. The prefix ends with NUL.
func lastOf(c *bbolt.Cursor, prefix []byte) (k, v []byte) {
	beyond := bytes.Clone(prefix)
	beyond[len(beyond)-1]++
	if k, _ = c.Seek(beyond); k == nil {
		k, v = c.Last()
	} else {
		k, v = c.Prev()
	}
	if !bytes.HasPrefix(k, prefix) {
		return nil, nil
	}
	return k, v
}
