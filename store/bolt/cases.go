package bolt

import (
	"bytes"
	"context"
	"time"

	"coachbot/store"
)

// Case returns the case with that id.
func (s *Store) Case(ctx context.Context, id string) (store.Case, error) {
	return find(ctx, s, caseTable, []byte(store.Text(id)))
}

// CaseOfThread returns the newest case of a thread.
func (s *Store) CaseOfThread(ctx context.Context, workspace, channel, thread string) (store.Case, error) {
	return last(ctx, s, caseTable, "cases_by_thread", joinText(workspace, channel, thread))
}

// UpdateCase applies fn to the case and stores it.
func (s *Store) UpdateCase(ctx context.Context, id string, fn func(*store.Case) error) (store.Case, error) {
	id = store.Text(id)
	return revise(ctx, s, caseTable, []byte(id), &store.Case{ID: id}, fn)
}

// DeleteCase removes the case and its evidence.
func (s *Store) DeleteCase(ctx context.Context, id string) error {
	id = store.Text(id)
	return s.update(ctx, func(b *batch) error { return removeCase(b, id) })
}

func removeCase(b *batch, id string) error {
	prefix := join(id)
	c := b.bucket("evidence_by_case").Cursor()
	var keys [][]byte
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		keys = append(keys, bytes.Clone(v))
	}
	for _, key := range keys {
		if err := evidenceTable.remove(b, key); err != nil {
			return err
		}
	}
	return caseTable.remove(b, []byte(id))
}

// CasesOpened calls fn with the cases opened in [from, to).
func (s *Store) CasesOpened(ctx context.Context, channel string, from, to time.Time, fn func(store.Case) error) error {
	if channel = store.Text(channel); channel == "" {
		return between(ctx, s, caseTable, "cases_opened", nil, from, to, fn)
	}
	return between(ctx, s, caseTable, "cases_by_channel", join(channel), from, to, fn)
}
