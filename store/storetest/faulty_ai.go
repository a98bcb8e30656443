package storetest

import (
	"context"

	"coachbot/store"
)

func (f *FaultyStore) Spending(ctx context.Context, day string) (store.Spending, error) {
	return ask(ctx, f, "Spending", func() (store.Spending, error) { return f.inner.Spending(ctx, day) })
}

func (f *FaultyStore) UpdateSpending(ctx context.Context, day string, fn func(*store.Spending) error) (store.Spending, error) {
	return ask(ctx, f, "UpdateSpending", func() (store.Spending, error) { return f.inner.UpdateSpending(ctx, day, fn) })
}

func (f *FaultyStore) EmbeddingsOf(ctx context.Context, keys []string) (map[string]store.Embedding, error) {
	return ask(ctx, f, "EmbeddingsOf", func() (map[string]store.Embedding, error) { return f.inner.EmbeddingsOf(ctx, keys) })
}

func (f *FaultyStore) PutEmbeddings(ctx context.Context, list ...store.Embedding) error {
	return tell(ctx, f, "PutEmbeddings", func() error { return f.inner.PutEmbeddings(ctx, list...) })
}

func (f *FaultyStore) RolePlay(ctx context.Context, id string) (store.RolePlay, error) {
	return ask(ctx, f, "RolePlay", func() (store.RolePlay, error) { return f.inner.RolePlay(ctx, id) })
}

func (f *FaultyStore) UpdateRolePlay(ctx context.Context, id string, fn func(*store.RolePlay) error) (store.RolePlay, error) {
	return ask(ctx, f, "UpdateRolePlay", func() (store.RolePlay, error) { return f.inner.UpdateRolePlay(ctx, id, fn) })
}

func (f *FaultyStore) RolePlaysOf(ctx context.Context, workspace, user string, fn func(store.RolePlay) error) error {
	return tell(ctx, f, "RolePlaysOf", func() error { return f.inner.RolePlaysOf(ctx, workspace, user, fn) })
}

func (f *FaultyStore) DeleteRolePlay(ctx context.Context, id string) error {
	return tell(ctx, f, "DeleteRolePlay", func() error { return f.inner.DeleteRolePlay(ctx, id) })
}
