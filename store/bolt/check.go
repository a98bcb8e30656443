package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// maxFaults bounds a report: beyond it the file is beyond reading anyway.
const maxFaults = 1000

// Backup writes the whole file, as it stood at one moment, to w.
func (s *Store) Backup(ctx context.Context, w io.Writer) (n int64, err error) {
	guarded := &backupWriter{ctx: ctx, w: w}
	err = s.view(ctx, func(tx *bbolt.Tx) (err error) {
		n, err = tx.WriteTo(guarded)
		return err
	})
	if guarded.err != nil {
		return n, guarded.err
	}
	return n, err
}

// backupWriter stops when the context ends, and keeps the error of which bbolt
// passes on only the words.
type backupWriter struct {
	ctx context.Context
	w   io.Writer
	err error
}

func (b *backupWriter) Write(p []byte) (n int, err error) {
	if err = b.ctx.Err(); err == nil {
		n, err = b.w.Write(p)
	}
	if err != nil {
		b.err = err
	}
	return n, err
}

// Stats counts the records.
func (s *Store) Stats(ctx context.Context) (st store.Stats, err error) {
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		count := func(bucket string) int { return int(countOf(tx, bucket)) }
		st = store.Stats{
			Jobs:           count(jobTable.bucket) - count(bucketBuried),
			Buried:         count(bucketBuried),
			Keys:           count(keyTable.bucket),
			Cases:          count(caseTable.bucket),
			Posts:          count(postTable.bucket),
			Channels:       count(channelTable.bucket),
			Decisions:      count(decisionTable.bucket),
			Evidence:       count(evidenceTable.bucket),
			Installations:  count(installationTable.bucket),
			Teams:          count(teamTable.bucket),
			HelpRequests:   count(helpTable.bucket),
			KnowledgeCards: count(knowledgeTable.bucket),
			Promises:       count(promiseTable.bucket),
			Spendings:      count(spendingTable.bucket),
			Embeddings:     count(embeddingTable.bucket),
			RolePlays:      count(rolePlayTable.bucket),
			Digests:        count(digestTable.bucket),
			Slips:          count(slipsTable.bucket),
			People:         count(personTable.bucket),
		}
		return nil
	})
	return st, err
}

// Check reads every record and index entry, then every page.
func (s *Store) Check(ctx context.Context) (faults []string, err error) {
	c := &checker{ctx: ctx}
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		c.tx = tx
		if info, err := os.Stat(s.path); err == nil && info.Size() < tx.Size() {
			return fmt.Errorf("%w: %s is cut short", store.ErrCorrupt, s.path)
		}
		return c.records()
	})
	if errors.Is(err, store.ErrCorrupt) {
		// bbolt's own check would run into the same page, where nothing could catch it.
		return append(c.faults, err.Error()), nil
	}
	if err != nil {
		return nil, err
	}
	pages, err := s.checkPages(ctx)
	return append(c.faults, pages...), err
}

// checkPages runs bbolt's check, which needs the list of free pages to stand
// still: no change is written meanwhile.
func (s *Store) checkPages(ctx context.Context) (faults []string, err error) {
	run := func(tx *bbolt.Tx) error {
		for fault := range tx.Check() {
			if len(faults) < maxFaults {
				faults = append(faults, fault.Error())
			}
		}
		return nil
	}
	if s.readOnly {
		err = s.view(ctx, run)
	} else {
		err = s.update(ctx, func(b *batch) error {
			faults = nil
			return s.db.View(run)
		})
	}
	return faults, err
}

type checker struct {
	ctx    context.Context
	tx     *bbolt.Tx
	faults []string
}

func (c *checker) fault(format string, args ...any) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, fmt.Sprintf(format, args...))
	}
}

func (c *checker) records() error {
	return firstError(
		func() error { return checkTable(c, jobTable, c.job) },
		func() error { return checkTable(c, keyTable, func(*keyRecord) error { return nil }) },
		func() error { return checkTable(c, caseTable, valid) },
		func() error { return checkTable(c, postTable, valid) },
		func() error { return checkTable(c, channelTable, valid) },
		func() error { return checkTable(c, decisionTable, valid) },
		func() error { return checkTable(c, evidenceTable, valid) },
		func() error { return checkTable(c, installationTable, valid) },
		func() error { return checkTable(c, teamTable, valid) },
		func() error { return checkTable(c, helpTable, valid) },
		func() error { return checkTable(c, knowledgeTable, valid) },
		func() error { return checkTable(c, promiseTable, valid) },
		func() error { return checkTable(c, spendingTable, valid) },
		func() error { return checkTable(c, embeddingTable, valid) },
		func() error { return checkTable(c, rolePlayTable, valid) },
		func() error { return checkTable(c, digestTable, valid) },
		func() error { return checkTable(c, slipsTable, valid) },
		func() error { return checkTable(c, personTable, valid) },
		c.payloads,
	)
}

func valid[T noun[T]](rec *T) error { return (*rec).Validate() }

// job: each of its keys must lead back to it, or it could be enqueued twice.
func (c *checker) job(rec *jobRecord) error {
	for _, k := range rec.Keys {
		key, err := keyTable.get(c.tx, []byte(k))
		if err != nil {
			return err
		}
		if key.Seq != rec.Seq {
			return fmt.Errorf("its key %q belongs to another job", k)
		}
	}
	return rec.job(c.tx).Validate()
}

func (c *checker) payloads() error {
	jobs := c.tx.Bucket([]byte(jobTable.bucket))
	return c.tx.Bucket([]byte(bucketPayloads)).ForEach(func(k, _ []byte) error {
		if jobs.Get(k) == nil {
			c.fault("%s %x: no such job", bucketPayloads, k)
		}
		return c.ctx.Err()
	})
}

// checkTable reads every record, and every entry of its indexes both ways.
func checkTable[T any](c *checker, t *table[T], extra func(*T) error) error {
	var n int64
	entries := make([]int64, len(t.indexes))
	err := c.tx.Bucket([]byte(t.bucket)).ForEach(func(k, v []byte) error {
		n++
		rec, err := decode[T](t.bucket, k, v)
		if err != nil {
			c.fault("%v", err)
			return c.ctx.Err()
		}
		if !bytes.Equal(t.key(rec), k) {
			c.fault("%s %q holds the record %q", t.bucket, k, t.key(rec))
		}
		for i, ix := range t.indexes {
			key := ix.key(rec)
			if key == nil {
				continue
			}
			entries[i]++
			if leads := c.tx.Bucket([]byte(ix.bucket)).Get(key); !bytes.Equal(leads, k) {
				c.fault("%s %q is missing from %s", t.bucket, k, ix.bucket)
			}
		}
		if err := extra(rec); err != nil {
			c.fault("%s %q: %v", t.bucket, k, err)
		}
		return c.ctx.Err()
	})
	if err != nil {
		return err
	}
	c.count(t.bucket, n)
	for i, ix := range t.indexes {
		if err := c.index(t.bucket, ix.bucket, entries[i]); err != nil {
			return err
		}
	}
	return nil
}

// index: as every record has its entry, one too many belongs to none.
func (c *checker) index(bucket, index string, want int64) error {
	var n int64
	records := c.tx.Bucket([]byte(bucket))
	err := c.tx.Bucket([]byte(index)).ForEach(func(k, v []byte) error {
		n++
		if records.Get(v) == nil {
			c.fault("%s %q leads nowhere", index, k)
		}
		return c.ctx.Err()
	})
	if err != nil {
		return err
	}
	if n != want {
		c.fault("%s has %d entries for %d records", index, n, want)
	}
	c.count(index, n)
	return nil
}

func (c *checker) count(bucket string, n int64) {
	if counted := countOf(c.tx, bucket); counted != n {
		c.fault("%s holds %d entries and is counted as %d", bucket, n, counted)
	}
}
