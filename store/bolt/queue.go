package bolt

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// loadQueue builds the lines from the stored jobs. clean tells whether the
// store was closed in order.
func (s *Store) loadQueue() (clean bool, err error) {
	err = s.read(func(tx *bbolt.Tx) error {
		clean = tx.Bucket([]byte(bucketMeta)).Get(keyClean) != nil
		return tx.Bucket([]byte(jobTable.bucket)).ForEach(func(k, v []byte) error {
			rec, err := decode[jobRecord](jobTable.bucket, k, v)
			if err == nil {
				s.queue.add(rec)
			}
			return err
		})
	})
	return clean, err
}

// Enqueue stores the jobs that are new.
func (s *Store) Enqueue(ctx context.Context, jobs ...store.Job) (fresh []bool, err error) {
	cleaned := make([]store.Job, len(jobs))
	for i, j := range jobs {
		j = j.Clean()
		if err := j.Validate(); err != nil {
			return nil, err
		}
		if j.At.IsZero() {
			j.At = store.Time(s.now())
		}
		j.Attempt, j.Cause, j.BuriedAt = 0, "", time.Time{}
		cleaned[i] = j
	}
	err = s.update(ctx, func(b *batch) error {
		fresh = make([]bool, len(cleaned))
		for i, j := range cleaned {
			if s.known(b, j.Keys) {
				continue
			}
			if err := s.addJob(b, j); err != nil {
				return err
			}
			fresh[i] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

func (s *Store) known(b *batch, keys []string) bool {
	bucket := b.bucket(keyTable.bucket)
	return slices.ContainsFunc(keys, func(k string) bool { return bucket.Get([]byte(k)) != nil })
}

// addJob stores a job that is new, with its keys.
func (s *Store) addJob(b *batch, j store.Job) error {
	rec, err := s.newRecord(b, j)
	if err != nil {
		return err
	}
	for _, k := range j.Keys {
		key := &keyRecord{Key: k, At: j.At, Seq: rec.Seq}
		if stands, err := keyTable.get(b.tx, []byte(k)); err == nil {
			key.At = stands.At // Put may have written the key before the job
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err := keyTable.put(b, key); err != nil {
			return err
		}
	}
	if len(j.Payload) > 0 {
		if err := b.put(bucketPayloads, seqKey(rec.Seq), j.Payload); err != nil {
			return err
		}
	}
	if err := jobTable.put(b, rec); err != nil {
		return err
	}
	b.after(func() { s.queue.add(rec) })
	return nil
}

// newRecord gives a job its number and its place in line: by the time at which
// it comes due, and after every job of its lane that was to run at once.
func (s *Store) newRecord(b *batch, j store.Job) (*jobRecord, error) {
	seq, err := b.bucket(jobTable.bucket).NextSequence()
	if err != nil {
		return nil, err
	}
	b.writes++
	rec := &jobRecord{
		Seq: seq, ID: j.ID, Keys: j.Keys, Lane: j.Lane, Kind: j.Kind, RunAt: j.RunAt, At: j.At,
		Place: j.RunAt, Timed: j.RunAt.After(j.At), Tries: j.Attempt, Cause: j.Cause, BuriedAt: j.BuriedAt,
	}
	if !rec.Timed {
		rec.Place = later(j.At, later(s.queue.floor(j.Lane), b.floors[j.Lane]))
		b.floors[j.Lane] = rec.Place
	}
	return rec, nil
}

// Claim hands out jobs that are due. It writes nothing.
func (s *Store) Claim(ctx context.Context, now time.Time, max int) ([]store.Job, error) {
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	if s.readOnly {
		return nil, fmt.Errorf("%w: %s was opened to be read only", store.ErrNoRoom, s.path)
	}
	s.queue.mu.Lock()
	entries := s.queue.claim(now, max)
	s.queue.mu.Unlock()
	if len(entries) == 0 {
		return nil, nil
	}
	var jobs []store.Job
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		jobs = make([]store.Job, 0, len(entries))
		for _, e := range entries {
			rec, err := jobTable.get(tx, seqKey(e.seq))
			if errors.Is(err, store.ErrNotFound) {
				continue // finished in this instant
			}
			if err != nil {
				return err
			}
			j := rec.job(tx)
			j.Attempt++
			jobs = append(jobs, j)
		}
		return nil
	})
	if err != nil {
		s.queue.mu.Lock()
		defer s.queue.mu.Unlock()
		for _, e := range entries {
			s.queue.release(e)
		}
		return nil, err
	}
	return jobs, nil
}

// job is the record with its payload, as the store's noun.
func (rec *jobRecord) job(tx *bbolt.Tx) store.Job {
	return store.Job{
		ID: rec.ID, Keys: rec.Keys, Lane: rec.Lane, Kind: rec.Kind,
		Payload: slices.Clone(tx.Bucket([]byte(bucketPayloads)).Get(seqKey(rec.Seq))),
		RunAt:   rec.RunAt, At: rec.At, Attempt: rec.Tries, Cause: rec.Cause, BuriedAt: rec.BuriedAt,
	}
}

// Finish removes the job.
func (s *Store) Finish(ctx context.Context, id string) error {
	return s.updateJob(ctx, id, func(*jobRecord, bool) bool { return false })
}

// Retry hands the job back with the attempt, if there was one, counted.
func (s *Store) Retry(ctx context.Context, id string, at time.Time, cause string) error {
	at, cause = store.Time(at), store.Text(cause)
	return s.updateJob(ctx, id, func(rec *jobRecord, handed bool) bool {
		if handed {
			rec.Tries++
		}
		rec.RunAt, rec.Cause, rec.BuriedAt = at, cause, time.Time{}
		return true
	})
}

// Defer hands the job back with the attempt not counted.
func (s *Store) Defer(ctx context.Context, id string, at time.Time) error {
	at = store.Time(at)
	return s.updateJob(ctx, id, func(rec *jobRecord, _ bool) bool {
		rec.RunAt, rec.BuriedAt = at, time.Time{}
		return true
	})
}

// Bury puts the job aside with the attempt, if there was one, counted.
func (s *Store) Bury(ctx context.Context, id string, at time.Time, cause string) error {
	at, cause = store.Time(at), store.Text(cause)
	if at.IsZero() {
		at = store.Time(s.now())
	}
	return s.updateJob(ctx, id, func(rec *jobRecord, handed bool) bool {
		if handed {
			rec.Tries++
		}
		if rec.BuriedAt.IsZero() {
			rec.BuriedAt = at
		}
		rec.Cause = cause
		return true
	})
}

// updateJob changes a job, or removes it when change returns false, and has the
// queue follow once that is durable.
func (s *Store) updateJob(ctx context.Context, id string, change func(rec *jobRecord, handed bool) (keep bool)) error {
	id = store.Text(id)
	return s.update(ctx, func(b *batch) error {
		seq, handed, ok := s.queue.find(id)
		if !ok {
			return fmt.Errorf("job %q: %w", id, store.ErrNotFound)
		}
		rec, err := jobTable.get(b.tx, seqKey(seq))
		if err != nil {
			return err
		}
		buried := !rec.BuriedAt.IsZero()
		keep := change(rec, handed)
		if !keep || buried && rec.BuriedAt.IsZero() {
			return s.takeOut(b, rec, keep)
		}
		b.after(func() { s.queue.change(id, rec) })
		return jobTable.put(b, rec)
	})
}

// takeOut removes a job, or enqueues it anew: with a new number, because the
// jobs that were handed out before a crash are told by the order of numbers.
func (s *Store) takeOut(b *batch, rec *jobRecord, again bool) error {
	j := rec.job(b.tx)
	if err := jobTable.remove(b, seqKey(rec.Seq)); err != nil {
		return err
	}
	if err := b.delete(bucketPayloads, seqKey(rec.Seq)); err != nil {
		return err
	}
	b.after(func() { s.queue.change(j.ID, nil) })
	if !again {
		return nil
	}
	return s.addJob(b, j)
}

// NextDue is the earliest time at which Claim could hand a job out.
func (s *Store) NextDue(ctx context.Context) (at time.Time, ok bool, err error) {
	if err := s.usable(ctx); err != nil {
		return time.Time{}, false, err
	}
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	at, ok = s.queue.nextDue()
	return at, ok, nil
}
