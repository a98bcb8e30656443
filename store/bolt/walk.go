package bolt

import (
	"context"
	"errors"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// Walk calls fn with every record.
func (s *Store) Walk(ctx context.Context, fn func(store.Record) error) error {
	call := func(r store.Record) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return protect(func() error { return fn(r) })
	}
	return s.view(ctx, func(tx *bbolt.Tx) error {
		return firstError(
			func() error {
				return walk(tx, jobTable, func(rec *jobRecord) error {
					j := rec.job(tx)
					j.Attempt = max(j.Attempt, s.queue.attempts(j.ID))
					return call(store.Record{Job: &j})
				})
			},
			func() error {
				return walk(tx, keyTable, func(rec *keyRecord) error {
					return call(store.Record{Key: &store.Key{Key: rec.Key, At: rec.At}})
				})
			},
			func() error {
				return walk(tx, caseTable, func(c *store.Case) error { return call(store.Record{Case: c}) })
			},
			func() error {
				return walk(tx, postTable, func(p *store.Post) error { return call(store.Record{Post: p}) })
			},
			func() error {
				return walk(tx, channelTable, func(c *store.Channel) error { return call(store.Record{Channel: c}) })
			},
			func() error {
				return walk(tx, decisionTable, func(d *store.Decision) error { return call(store.Record{Decision: d}) })
			},
			func() error {
				return walk(tx, evidenceTable, func(e *store.Evidence) error { return call(store.Record{Evidence: e}) })
			},
			func() error {
				return walk(tx, installationTable, func(i *store.Installation) error {
					return call(store.Record{Installation: i})
				})
			},
			func() error {
				return walk(tx, teamTable, func(t *store.Team) error { return call(store.Record{Team: t}) })
			},
			func() error {
				return walk(tx, helpTable, func(h *store.HelpRequest) error { return call(store.Record{HelpRequest: h}) })
			},
			func() error {
				return walk(tx, knowledgeTable, func(k *store.KnowledgeCard) error { return call(store.Record{KnowledgeCard: k}) })
			},
			func() error {
				return walk(tx, promiseTable, func(p *store.Promise) error { return call(store.Record{Promise: p}) })
			},
			func() error {
				return walk(tx, spendingTable, func(s *store.Spending) error { return call(store.Record{Spending: s}) })
			},
			func() error {
				return walk(tx, embeddingTable, func(e *store.Embedding) error { return call(store.Record{Embedding: e}) })
			},
			func() error {
				return walk(tx, rolePlayTable, func(r *store.RolePlay) error { return call(store.Record{RolePlay: r}) })
			},
			func() error {
				return walk(tx, digestTable, func(d *store.DigestRecord) error { return call(store.Record{Digest: d}) })
			},
			func() error {
				return walk(tx, slipsTable, func(l *store.Slips) error { return call(store.Record{Slips: l}) })
			},
			func() error {
				return walk(tx, personTable, func(p *store.Person) error { return call(store.Record{Person: p}) })
			},
		)
	})
}

func firstError(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func walk[T any](tx *bbolt.Tx, t *table[T], fn func(*T) error) error {
	return tx.Bucket([]byte(t.bucket)).ForEach(func(k, v []byte) error {
		rec, err := decode[T](t.bucket, k, v)
		if err != nil {
			return err
		}
		return fn(rec)
	})
}

// Put writes records as Walk gave them.
func (s *Store) Put(ctx context.Context, records ...store.Record) error {
	puts := make([]func(*batch) error, len(records))
	for i, r := range records {
		var err error
		if puts[i], err = s.putter(r); err != nil {
			return err
		}
	}
	return s.update(ctx, func(b *batch) error {
		for _, put := range puts {
			if err := put(b); err != nil {
				return err
			}
		}
		return nil
	})
}

// putter checks a record and returns what writes it.
func (s *Store) putter(r store.Record) (func(*batch) error, error) {
	switch {
	case r.Job != nil:
		j := r.Job.Clean()
		return func(b *batch) error { return s.putJob(b, j) }, j.Validate()
	case r.Key != nil:
		k := r.Key.Clean()
		return func(b *batch) error { return putKey(b, k) }, k.Validate()
	case r.Case != nil:
		return putNoun(caseTable, *r.Case)
	case r.Post != nil:
		return putNoun(postTable, *r.Post)
	case r.Channel != nil:
		return putNoun(channelTable, *r.Channel)
	case r.Decision != nil:
		return putNoun(decisionTable, *r.Decision)
	case r.Evidence != nil:
		return putNoun(evidenceTable, *r.Evidence)
	case r.Installation != nil:
		return putNoun(installationTable, *r.Installation)
	case r.Team != nil:
		return putNoun(teamTable, *r.Team)
	case r.HelpRequest != nil:
		return putNoun(helpTable, *r.HelpRequest)
	case r.KnowledgeCard != nil:
		return putNoun(knowledgeTable, *r.KnowledgeCard)
	case r.Promise != nil:
		return putNoun(promiseTable, *r.Promise)
	case r.Spending != nil:
		return putNoun(spendingTable, *r.Spending)
	case r.Embedding != nil:
		return putNoun(embeddingTable, *r.Embedding)
	case r.RolePlay != nil:
		return putNoun(rolePlayTable, *r.RolePlay)
	case r.Digest != nil:
		return putNoun(digestTable, *r.Digest)
	case r.Slips != nil:
		return putNoun(slipsTable, *r.Slips)
	case r.Person != nil:
		return putNoun(personTable, *r.Person)
	}
	return nil, errors.Join(store.ErrInvalid, errors.New("record with nothing in it"))
}

func putNoun[T noun[T]](t *table[T], rec T) (func(*batch) error, error) {
	rec = rec.Clean()
	return func(b *batch) error { return t.put(b, &rec) }, rec.Validate()
}

// putJob writes a job; one of the same id is replaced and goes to the end of its lane.
func (s *Store) putJob(b *batch, j store.Job) error {
	if j.At.IsZero() {
		j.At = store.Time(s.now())
	}
	key, err := keyTable.get(b.tx, []byte(j.ID))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err == nil && key.Seq != 0 {
		stands, err := jobTable.get(b.tx, seqKey(key.Seq))
		if err == nil {
			err = s.takeOut(b, stands, false)
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	return s.addJob(b, j)
}

func putKey(b *batch, k store.Key) error {
	rec := &keyRecord{Key: k.Key, At: k.At}
	stands, err := keyTable.get(b.tx, []byte(k.Key))
	if err == nil {
		rec.Seq = stands.Seq
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return keyTable.put(b, rec)
}
