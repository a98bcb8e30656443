// Package bolt keeps a store in one file by way of bbolt: the default backend,
// for one process on one machine.
//
// # What it owns
//
// The file, of mode 0600, and in it one bucket a kind of record and one an
// index. A record's value is a byte that names its stored form, then JSON. An
// index's value is the key of its record, so that a day, a channel, a thread or
// a due time is read without touching anything else. In the keys below, time is
// the microsecond since 1970 in eight bytes that sort like the time, seq the
// eight-byte number that a job got when it was enqueued, and | a NUL, which no
// text holds.
//
//	meta                   magic, schema, clean (present after an orderly Close)
//	counts                 bucket -> number of entries, for Stats
//	jobs                   seq -> job without payload
//	payloads               seq -> payload, apart so that a retry does not rewrite it
//	jobs_buried            BuriedAt seq
//	keys                   key -> time of enqueueing and seq
//	keys_by_time           time key
//	cases                  id
//	cases_opened           OpenedAt id
//	cases_by_channel       channel | OpenedAt id
//	cases_by_thread        workspace | channel | thread | OpenedAt id
//	posts                  key
//	posts_by_ts            workspace | channel | ts | key
//	posts_by_time          ClaimedAt key
//	channels               workspace | id |
//	decisions              workspace | channel | ts |
//	decisions_by_time      At workspace | channel | ts |
//	evidence               id
//	evidence_by_case       case | At id
//	evidence_by_time       At id
//	installations          workspace
//	teams                  workspace | id |
//	help_requests          id
//	help_requests_by_time, _by_team, _by_asker, _by_helper, _like, _unsettled
//	                       [workspace | whose | [scenario |]] OpenedAt id
//	knowledge              id
//	knowledge_by_time      UpdatedAt id
//	knowledge_by_team, _by_author, _shown, _like
//	                       workspace | whose | [scenario |] CreatedAt id
//	promises               id
//	promises_by_time       DueAt id
//	promises_by_team, _owed, _by_case
//	                       [workspace |] whose | DueAt id
//	digests                workspace | team | kind | date |
//	digests_by_time        To and the same
//	slips                  workspace | team | day |
//	slips_by_time          At and the same
//	people                 workspace | id |
//
// # How it writes
//
// One goroutine writes. Changes that arrive while a commit is on its way to the
// disk are collected and share the next commit, so that the price of fsync is
// paid once for all of them and nobody waits on a timer. A change that fails
// after it wrote something has the others run again without it.
//
// # The queue
//
// The lines of the lanes are kept in memory, built from the jobs at Open, and
// changed after the commit that made the change durable. Who holds which job is
// in memory only: Claim needs no commit. A process that dies takes that
// knowledge with it, so after anything but an orderly Close the first job of
// each lane, the only one that can have been handed out, counts one attempt more.
package bolt

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// Options tune Open; the zero value is what the program uses.
type Options struct {
	Timeout  time.Duration    // how long to wait for another process to let go of the file; 0: 3 s
	ReadOnly bool             // every change returns ErrNoRoom; the file must exist
	Now      func() time.Time // nil: time.Now
	Log      *slog.Logger     // nil: silent
}

func (o Options) withDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = 3 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Store is a store in one file. It implements store.Store.
type Store struct {
	db       *bbolt.DB
	path     string
	readOnly bool
	now      func() time.Time
	log      *slog.Logger

	queue  *queue
	writer *writer
	closed atomic.Bool

	closing  sync.Once
	closeErr error
}

var _ store.Store = (*Store)(nil)

// Open opens the store at path or makes a new one there. The folder must exist.
// Errors: ErrLocked while another process has it open, ErrForeign when the file
// is something else, ErrNewer, ErrCorrupt, ErrNoRoom when it cannot be written.
func Open(path string, o Options) (*Store, error) {
	o = o.withDefaults()
	db, err := openFile(path, o)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, path: path, readOnly: o.ReadOnly, now: o.Now, log: o.Log, queue: newQueue()}
	s.writer = newWriter(s.commit)
	if err := s.start(); err != nil {
		s.writer.stop()
		return nil, errors.Join(err, s.translate(db.Close()))
	}
	return s, nil
}

// start builds the queue's lines and, if the last process died, takes note of
// the jobs that it may have held.
func (s *Store) start() error {
	clean, err := s.loadQueue()
	if err != nil {
		return err
	}
	doubtful := s.queue.doubtful(s.now())
	switch {
	case clean && s.readOnly, len(doubtful) == 0 && !clean:
		return nil
	case clean:
		doubtful = nil
	case s.readOnly:
		s.queue.countAttempts(doubtful)
		return nil
	}
	if len(doubtful) > 0 {
		s.log.Info("the store was not closed in order: jobs that were being worked on run again",
			"path", s.path, "jobs", len(doubtful))
	}
	return s.settleAttempts(doubtful, false)
}

// settleAttempts counts one more attempt of each of those jobs and records
// whether the store is closed in order.
func (s *Store) settleAttempts(entries []*entry, clean bool) error {
	err := s.write(func(b *batch) error {
		for _, e := range entries {
			rec, err := jobTable.get(b.tx, seqKey(e.seq))
			if err != nil {
				return err
			}
			rec.Tries++
			if err := jobTable.put(b, rec); err != nil {
				return err
			}
		}
		if clean {
			return b.put(bucketMeta, keyClean, []byte("1"))
		}
		return b.delete(bucketMeta, keyClean)
	})
	if err == nil {
		s.queue.countAttempts(entries)
	}
	return err
}

// Close waits for writes under way and releases the file. A second call returns nil.
func (s *Store) Close() error {
	first := false
	s.closing.Do(func() {
		first = true
		s.closed.Store(true)
		if !s.readOnly {
			// What is still handed out may have had effects; the next process must know.
			s.closeErr = s.settleAttempts(s.queue.close(), true)
		}
		s.writer.stop()
		if err := s.db.Close(); err != nil {
			s.closeErr = errors.Join(s.closeErr, s.translate(err))
		}
	})
	if !first {
		return nil
	}
	if s.closeErr != nil {
		return fmt.Errorf("close %s: %w", s.path, s.closeErr)
	}
	return nil
}
