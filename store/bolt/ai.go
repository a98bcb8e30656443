package bolt

import (
	"context"
	"errors"

	"go.etcd.io/bbolt"

	"coachbot/store"
)

// Spending returns what was asked of an AI service on a day.
func (s *Store) Spending(ctx context.Context, day string) (store.Spending, error) {
	day = store.Text(day)
	found, err := find(ctx, s, spendingTable, []byte(day))
	if errors.Is(err, store.ErrNotFound) {
		return store.Spending{Day: day}, nil
	}
	return found, err
}

// UpdateSpending applies fn to a day's spending and stores it.
func (s *Store) UpdateSpending(ctx context.Context, day string, fn func(*store.Spending) error) (store.Spending, error) {
	blank := store.Spending{Day: store.Text(day)}
	return revise(ctx, s, spendingTable, spendingTable.key(&blank), &blank, fn)
}

// EmbeddingsOf returns the embeddings kept under the keys.
func (s *Store) EmbeddingsOf(ctx context.Context, keys []string) (map[string]store.Embedding, error) {
	found := make(map[string]store.Embedding)
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		for _, key := range keys {
			e, err := embeddingTable.get(tx, []byte(store.Text(key)))
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			found[key] = *e
		}
		return nil
	})
	return found, err
}

// PutEmbeddings keeps embeddings.
func (s *Store) PutEmbeddings(ctx context.Context, list ...store.Embedding) error {
	clean := make([]store.Embedding, len(list))
	for i, e := range list {
		clean[i] = e.Clean()
		if err := clean[i].Validate(); err != nil {
			return err
		}
	}
	return s.update(ctx, func(b *batch) error {
		for i := range clean {
			if err := embeddingTable.put(b, &clean[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// RolePlay returns a role play.
func (s *Store) RolePlay(ctx context.Context, id string) (store.RolePlay, error) {
	return find(ctx, s, rolePlayTable, []byte(store.Text(id)))
}

// UpdateRolePlay applies fn to the role play and stores it.
func (s *Store) UpdateRolePlay(ctx context.Context, id string, fn func(*store.RolePlay) error) (store.RolePlay, error) {
	blank := store.RolePlay{ID: store.Text(id)}
	return revise(ctx, s, rolePlayTable, rolePlayTable.key(&blank), &blank, fn)
}

// RolePlaysOf calls fn with a person's role plays.
func (s *Store) RolePlaysOf(ctx context.Context, workspace, user string, fn func(store.RolePlay) error) error {
	from, to := always()
	return between(ctx, s, rolePlayTable, "role_plays_by_user", joinText(workspace, user), from, to, fn)
}

// DeleteRolePlay removes a role play.
func (s *Store) DeleteRolePlay(ctx context.Context, id string) error {
	return s.update(ctx, func(b *batch) error { return rolePlayTable.remove(b, []byte(store.Text(id))) })
}
