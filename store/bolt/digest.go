package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// Digest returns a team's digest of a kind and date.
func (s *Store) Digest(ctx context.Context, workspace, team string, kind store.DigestKind, date string) (store.DigestRecord, error) {
	return find(ctx, s, digestTable, joinText(workspace, team, string(kind), date))
}

// UpdateDigest applies fn to the digest and stores it.
func (s *Store) UpdateDigest(ctx context.Context, workspace, team string, kind store.DigestKind, date string, fn func(*store.DigestRecord) error) (store.DigestRecord, error) {
	blank := store.DigestRecord{Workspace: store.Text(workspace), Team: store.Text(team), Kind: kind, Date: store.Text(date)}
	return revise(ctx, s, digestTable, digestTable.key(&blank), &blank, fn)
}

// LastDigests returns a team's digests before a date, the newest first.
func (s *Store) LastDigests(ctx context.Context, workspace, team string, kind store.DigestKind, before string, max int) (list []store.DigestRecord, err error) {
	prefix := joinText(workspace, team, string(kind))
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(digestTable.bucket)).Cursor()
		var v []byte
		k, _ := c.Seek(append(bytes.Clone(prefix), store.Text(before)...))
		if k == nil {
			k, v = c.Last()
		} else {
			k, v = c.Prev()
		}
		for ; bytes.HasPrefix(k, prefix) && len(list) < max; k, v = c.Prev() {
			d, err := decode[store.DigestRecord](digestTable.bucket, k, v)
			if err != nil {
				return err
			}
			list = append(list, *d)
		}
		return nil
	})
	return list, err
}

// UpdateSlips applies fn to a team's slips of a day and stores them.
func (s *Store) UpdateSlips(ctx context.Context, workspace, team, day string, fn func(*store.Slips) error) (store.Slips, error) {
	blank := store.Slips{Workspace: store.Text(workspace), Team: store.Text(team), Day: store.Text(day)}
	return revise(ctx, s, slipsTable, slipsTable.key(&blank), &blank, fn)
}

// SlipsBetween returns a team's slips of the days in [from, to).
func (s *Store) SlipsBetween(ctx context.Context, workspace, team, from, to string) (list []store.Slips, err error) {
	prefix := joinText(workspace, team)
	end := append(bytes.Clone(prefix), store.Text(to)...)
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(slipsTable.bucket)).Cursor()
		for k, v := c.Seek(append(bytes.Clone(prefix), store.Text(from)...)); bytes.HasPrefix(k, prefix) && bytes.Compare(k, end) < 0; k, v = c.Next() {
			d, err := decode[store.Slips](slipsTable.bucket, k, v)
			if err != nil {
				return err
			}
			list = append(list, *d)
		}
		return nil
	})
	return list, err
}

// Person returns what is kept of a person.
func (s *Store) Person(ctx context.Context, workspace, id string) (store.Person, error) {
	found, err := find(ctx, s, personTable, joinText(workspace, id))
	if errors.Is(err, store.ErrNotFound) {
		return store.Person{Workspace: store.Text(workspace), ID: store.Text(id)}, nil
	}
	return found, err
}

// UpdatePerson applies fn to the person and stores them.
func (s *Store) UpdatePerson(ctx context.Context, workspace, id string, fn func(*store.Person) error) (store.Person, error) {
	blank := store.Person{Workspace: store.Text(workspace), ID: store.Text(id)}
	return revise(ctx, s, personTable, personTable.key(&blank), &blank, fn)
}

// PersonList returns the persons of a workspace.
func (s *Store) PersonList(ctx context.Context, workspace string) ([]store.Person, error) {
	return list(ctx, s, personTable, workspace)
}

// Delete removes records.
func (s *Store) Delete(ctx context.Context, records ...store.Record) error {
	removes := make([]func(*batch) error, len(records))
	for i, r := range records {
		if removes[i] = remover(r); removes[i] == nil {
			return fmt.Errorf("%w: a record of this kind is not removed by hand", store.ErrInvalid)
		}
	}
	return s.update(ctx, func(b *batch) error {
		for _, remove := range removes {
			if err := remove(b); err != nil {
				return err
			}
		}
		return nil
	})
}

// remover is what removes a record, nil for one that is not removed so.
func remover(r store.Record) func(*batch) error {
	switch {
	case r.Case != nil:
		id := store.Text(r.Case.ID)
		return func(b *batch) error { return removeCase(b, id) }
	case r.Post != nil:
		return removeNoun(postTable, r.Post.Clean())
	case r.Channel != nil:
		return removeNoun(channelTable, r.Channel.Clean())
	case r.Decision != nil:
		return removeNoun(decisionTable, r.Decision.Clean())
	case r.Evidence != nil:
		return removeNoun(evidenceTable, r.Evidence.Clean())
	case r.Installation != nil:
		return removeNoun(installationTable, r.Installation.Clean())
	case r.Team != nil:
		return removeNoun(teamTable, r.Team.Clean())
	case r.HelpRequest != nil:
		return removeNoun(helpTable, r.HelpRequest.Clean())
	case r.KnowledgeCard != nil:
		return removeNoun(knowledgeTable, r.KnowledgeCard.Clean())
	case r.Promise != nil:
		return removeNoun(promiseTable, r.Promise.Clean())
	case r.Spending != nil:
		return removeNoun(spendingTable, r.Spending.Clean())
	case r.Embedding != nil:
		return removeNoun(embeddingTable, r.Embedding.Clean())
	case r.RolePlay != nil:
		return removeNoun(rolePlayTable, r.RolePlay.Clean())
	case r.Digest != nil:
		return removeNoun(digestTable, r.Digest.Clean())
	case r.Slips != nil:
		return removeNoun(slipsTable, r.Slips.Clean())
	case r.Person != nil:
		return removeNoun(personTable, r.Person.Clean())
	}
	return nil
}

func removeNoun[T any](t *table[T], rec T) func(*batch) error {
	key := t.key(&rec)
	return func(b *batch) error { return t.remove(b, key) }
}
