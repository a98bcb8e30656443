package bolt

import (
	"bytes"
	"context"

	"coachbot/store"
)

// Purge removes what is old, a small transaction at a time.
func (s *Store) Purge(ctx context.Context, before store.PurgeBefore, max int) (removed int, err error) {
	type step func(b *batch, max int) (int, error)
	var steps []step
	if !before.Keys.IsZero() {
		end := timeKey(before.Keys, "")
		steps = append(steps,
			func(b *batch, max int) (int, error) { return s.purgeBuried(b, end, max) },
			func(b *batch, max int) (int, error) { return purgeKeys(b, end, max) })
	}
	if !before.Records.IsZero() {
		end := timeKey(before.Records, "")
		steps = append(steps,
			func(b *batch, max int) (int, error) { return purge(b, caseTable, "cases_opened", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, postTable, "posts_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, decisionTable, "decisions_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, evidenceTable, "evidence_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, helpTable, "help_requests_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, knowledgeTable, "knowledge_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, promiseTable, "promises_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, spendingTable, "spendings_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, embeddingTable, "embeddings_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, rolePlayTable, "role_plays_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, digestTable, "digests_by_time", end, max) },
			func(b *batch, max int) (int, error) { return purge(b, slipsTable, "slips_by_time", end, max) })
	}
	for _, run := range steps {
		for removed < max {
			want, n := min(max-removed, pageSize), 0
			if err := s.update(ctx, func(b *batch) (err error) {
				n, err = run(b, want)
				return err
			}); err != nil {
				return removed, err
			}
			removed += n
			if n < want {
				break
			}
		}
	}
	return removed, nil
}

// old lists the records that an index by time has before end, at most max of
// those that keep does not spare.
func old(b *batch, index string, end []byte, max int, keep func(key []byte) (bool, error)) (keys [][]byte, err error) {
	c := b.bucket(index).Cursor()
	for k, v := c.First(); k != nil && bytes.Compare(k, end) < 0 && len(keys) < max; k, v = c.Next() {
		if keep != nil {
			spare, err := keep(v)
			if err != nil {
				return nil, err
			}
			if spare {
				continue
			}
		}
		keys = append(keys, bytes.Clone(v))
	}
	return keys, nil
}

func purge[T any](b *batch, t *table[T], index string, end []byte, max int) (int, error) {
	keys, err := old(b, index, end, max, nil)
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		if err := t.remove(b, key); err != nil {
			return 0, err
		}
	}
	return len(keys), nil
}

// purgeKeys leaves the keys of jobs that are still kept.
func purgeKeys(b *batch, end []byte, max int) (int, error) {
	keys, err := old(b, "keys_by_time", end, max, func(key []byte) (bool, error) {
		rec, err := keyTable.get(b.tx, key)
		if err != nil {
			return false, err
		}
		return b.bucket(jobTable.bucket).Get(seqKey(rec.Seq)) != nil, nil
	})
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		if err := keyTable.remove(b, key); err != nil {
			return 0, err
		}
	}
	return len(keys), nil
}

func (s *Store) purgeBuried(b *batch, end []byte, max int) (int, error) {
	keys, err := old(b, bucketBuried, end, max, nil)
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		rec, err := jobTable.get(b.tx, key)
		if err != nil {
			return 0, err
		}
		if err := s.takeOut(b, rec, false); err != nil {
			return 0, err
		}
	}
	return len(keys), nil
}
