package bolt

import (
	"bytes"
	"context"
	"errors"
	"time"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// PutDecision stores d unless a later one of the same message stands.
func (s *Store) PutDecision(ctx context.Context, d store.Decision) error {
	d = d.Clean()
	if err := d.Validate(); err != nil {
		return err
	}
	return s.update(ctx, func(b *batch) error {
		stands, err := decisionTable.get(b.tx, decisionKey(&d))
		switch {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return err
		case stands.At.After(d.At):
			return nil
		}
		return decisionTable.put(b, &d)
	})
}

// LastDecisions returns the newest decisions of a channel, newest first.
func (s *Store) LastDecisions(ctx context.Context, workspace, channel string, max int) (list []store.Decision, err error) {
	prefix := joinText(workspace, channel)
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		list = nil
		c := tx.Bucket([]byte(decisionTable.bucket)).Cursor()
		for k, v := lastOf(c, prefix); bytes.HasPrefix(k, prefix) && len(list) < max; k, v = c.Prev() {
			rec, err := decode[store.Decision](decisionTable.bucket, k, v)
			if err != nil {
				return err
			}
			list = append(list, *rec)
		}
		return nil
	})
	return list, err
}

// AddEvidence stores e unless its ID is known.
func (s *Store) AddEvidence(ctx context.Context, e store.Evidence) error {
	e = e.Clean()
	if err := e.Validate(); err != nil {
		return err
	}
	return s.update(ctx, func(b *batch) error {
		if b.bucket(evidenceTable.bucket).Get([]byte(e.ID)) != nil {
			return nil
		}
		return evidenceTable.put(b, &e)
	})
}

// EvidenceOf returns a case's evidence, oldest first.
func (s *Store) EvidenceOf(ctx context.Context, caseID string) (list []store.Evidence, err error) {
	prefix := joinText(caseID)
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		list = nil
		c := tx.Bucket([]byte("evidence_by_case")).Cursor()
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			rec, err := evidenceTable.indexed(tx, "evidence_by_case", k, v)
			if err != nil {
				return err
			}
			list = append(list, *rec)
		}
		return nil
	})
	return list, err
}

// EvidenceBetween calls fn with what was said in [from, to).
func (s *Store) EvidenceBetween(ctx context.Context, from, to time.Time, fn func(store.Evidence) error) error {
	return between(ctx, s, evidenceTable, "evidence_by_time", nil, from, to, fn)
}
