package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"coachbot/store"
)

// schema is the layout that this program writes; a higher one in a file is
// refused, a lower one converted in initialise: 1 knew no teams, help requests,
// knowledge and promises, 2 no spendings, embeddings and role plays, 3 no
// digests, slips and people, 4 no index of what a team owes.
const schema = 5

const magic = "coachbot store"

var (
	keyMagic  = []byte("magic")
	keySchema = []byte("schema")
	keyClean  = []byte("clean")
)

// openFile opens the database at path, makes sure that it is ours, and sets up
// a new one. What is not ours is looked at without being written to.
func openFile(path string, o Options) (db *bbolt.DB, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %s: %v", store.ErrCorrupt, path, p)
		}
	}()
	exists, err := inspect(path, o)
	if err != nil {
		return nil, err
	}
	db, err = bbolt.Open(path, 0o600, options(o))
	if err != nil {
		return nil, translate(path, err)
	}
	if !o.ReadOnly {
		if err = initialise(db); err == nil && !exists {
			err = syncFolder(path)
		}
	}
	if err == nil {
		err = db.View(func(tx *bbolt.Tx) error {
			if v, err := recognise(tx, path); err != nil || v == schema {
				return err
			}
			return fmt.Errorf("%w: %s has an older layout; open it once to be written", store.ErrNoRoom, path)
		})
	}
	if err != nil {
		return nil, errors.Join(translate(path, err), db.Close())
	}
	return db, nil
}

func options(o Options) *bbolt.Options {
	opts := &bbolt.Options{Timeout: o.Timeout, ReadOnly: o.ReadOnly, FreelistType: bbolt.FreelistMapType}
	if strconv.IntSize == 64 && runtime.GOOS != "windows" && !o.ReadOnly {
		// Address space costs nothing, and a file that grows within its mapping
		// never makes the writer wait for a long reader such as a backup.
		opts.InitialMmapSize = 1 << 30
	}
	return opts
}

// inspect looks at what is at path: exists is false for nothing or an empty file.
func inspect(path string, o Options) (exists bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !o.ReadOnly:
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return false, fmt.Errorf("the folder of the store %s: %w", path, err)
		}
		return false, nil
	case err != nil:
		return false, translate(path, err)
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("%w: %s is not a regular file", store.ErrForeign, path)
	case info.Size() == 0 && !o.ReadOnly:
		return false, nil
	}
	if err := foreign(path); err != nil {
		return true, err
	}
	look := o
	look.ReadOnly = true
	db, err := bbolt.Open(path, 0o600, options(look))
	if err != nil {
		if _, system := errors.AsType[syscall.Errno](err); system || errors.Is(err, berrors.ErrTimeout) {
			return true, translate(path, err)
		}
		return true, fmt.Errorf("%w: %s: %w", store.ErrCorrupt, path, err)
	}
	err = db.View(func(tx *bbolt.Tx) error {
		if info, err := os.Stat(path); err != nil || info.Size() < tx.Size() {
			return fmt.Errorf("%w: %s is cut short: it should have at least %d bytes", store.ErrCorrupt, path, tx.Size())
		}
		if empty(tx) && !o.ReadOnly {
			return nil
		}
		_, err := recognise(tx, path)
		return err
	})
	return true, errors.Join(translate(path, err), db.Close())
}

// recognise says whether a Bolt file is a store that this program can use, and
// of which layout.
func recognise(tx *bbolt.Tx, path string) (version int, err error) {
	meta := tx.Bucket([]byte(bucketMeta))
	if meta == nil || string(meta.Get(keyMagic)) != magic {
		return 0, fmt.Errorf("%w: %s is another program's Bolt file", store.ErrForeign, path)
	}
	version, err = strconv.Atoi(string(meta.Get(keySchema)))
	switch {
	case err != nil || version < 1:
		return 0, fmt.Errorf("%w: %s has schema version %q", store.ErrCorrupt, path, meta.Get(keySchema))
	case version > schema:
		return 0, fmt.Errorf("%w: %s has schema version %d, this program knows up to %d", store.ErrNewer, path, version, schema)
	}
	names := buckets()
	if version < schema {
		names = firstBuckets()
	}
	for _, name := range names {
		if tx.Bucket([]byte(name)) == nil {
			return 0, fmt.Errorf("%w: %s lacks the bucket %s", store.ErrCorrupt, path, name)
		}
	}
	return version, nil
}

// initialise makes an empty Bolt file a store, and one of an older layout one of
// ours, in one transaction.
func initialise(db *bbolt.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // no effect after Commit
	if meta := tx.Bucket([]byte(bucketMeta)); !empty(tx) && (meta == nil || string(meta.Get(keySchema)) == strconv.Itoa(schema)) {
		return nil
	}
	for _, name := range buckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	if err := fill(tx, promiseTable, promisesOwedByTeam); err != nil {
		return err
	}
	meta := tx.Bucket([]byte(bucketMeta))
	if err := meta.Put(keyMagic, []byte(magic)); err != nil {
		return err
	}
	if err := meta.Put(keySchema, []byte(strconv.Itoa(schema))); err != nil {
		return err
	}
	return tx.Commit()
}

// fill puts the records of a table into an index that came later.
func fill[T any](tx *bbolt.Tx, t *table[T], name string) error {
	b := newBatch(tx)
	for _, ix := range t.indexes {
		if first, _ := b.bucket(name).Cursor().First(); ix.bucket != name || first != nil {
			continue
		}
		err := b.bucket(t.bucket).ForEach(func(key, value []byte) error {
			rec, err := decode[T](t.bucket, key, value)
			if err != nil {
				return err
			}
			return ix.move(b, nil, rec, key)
		})
		if err != nil {
			return err
		}
	}
	return b.flushCounts()
}

func empty(tx *bbolt.Tx) bool {
	k, _ := tx.Cursor().First()
	return k == nil
}

// foreign tells a file that never was a Bolt database, by the mark that Bolt
// puts on its two first pages, whatever their size.
func foreign(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return translate(path, err)
	}
	defer func() { _ = f.Close() }()
	const pageHeader = 16
	mark := make([]byte, 4)
	offsets := []int64{0}
	for size := int64(1 << 10); size <= 1<<24; size <<= 1 {
		offsets = append(offsets, size)
	}
	for _, at := range offsets {
		if n, _ := f.ReadAt(mark, at+pageHeader); n == len(mark) && isBoltMark(mark) {
			return nil
		}
	}
	return fmt.Errorf("%w: %s is no Bolt file", store.ErrForeign, path)
}

// isBoltMark compares in either byte order: Bolt writes the machine's own.
func isBoltMark(b []byte) bool {
	mark := [4]byte{0xED, 0x0C, 0xDA, 0xED}
	return [4]byte(b) == mark || [4]byte{b[3], b[2], b[1], b[0]} == mark
}

// syncFolder makes the name of a new file survive a loss of power.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil // folders cannot be synced there
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
