package storetest

import (
	"context"

	"coachbot/store"
)

func (f *FaultyStore) Digest(ctx context.Context, workspace, team string, kind store.DigestKind, date string) (store.DigestRecord, error) {
	return ask(ctx, f, "Digest", func() (store.DigestRecord, error) { return f.inner.Digest(ctx, workspace, team, kind, date) })
}

func (f *FaultyStore) UpdateDigest(ctx context.Context, workspace, team string, kind store.DigestKind, date string, fn func(*store.DigestRecord) error) (store.DigestRecord, error) {
	return ask(ctx, f, "UpdateDigest", func() (store.DigestRecord, error) {
		return f.inner.UpdateDigest(ctx, workspace, team, kind, date, fn)
	})
}

func (f *FaultyStore) LastDigests(ctx context.Context, workspace, team string, kind store.DigestKind, before string, max int) ([]store.DigestRecord, error) {
	return ask(ctx, f, "LastDigests", func() ([]store.DigestRecord, error) {
		return f.inner.LastDigests(ctx, workspace, team, kind, before, max)
	})
}

func (f *FaultyStore) UpdateSlips(ctx context.Context, workspace, team, day string, fn func(*store.Slips) error) (store.Slips, error) {
	return ask(ctx, f, "UpdateSlips", func() (store.Slips, error) { return f.inner.UpdateSlips(ctx, workspace, team, day, fn) })
}

func (f *FaultyStore) SlipsBetween(ctx context.Context, workspace, team, from, to string) ([]store.Slips, error) {
	return ask(ctx, f, "SlipsBetween", func() ([]store.Slips, error) { return f.inner.SlipsBetween(ctx, workspace, team, from, to) })
}

func (f *FaultyStore) Person(ctx context.Context, workspace, id string) (store.Person, error) {
	return ask(ctx, f, "Person", func() (store.Person, error) { return f.inner.Person(ctx, workspace, id) })
}

func (f *FaultyStore) UpdatePerson(ctx context.Context, workspace, id string, fn func(*store.Person) error) (store.Person, error) {
	return ask(ctx, f, "UpdatePerson", func() (store.Person, error) { return f.inner.UpdatePerson(ctx, workspace, id, fn) })
}

func (f *FaultyStore) PersonList(ctx context.Context, workspace string) ([]store.Person, error) {
	return ask(ctx, f, "PersonList", func() ([]store.Person, error) { return f.inner.PersonList(ctx, workspace) })
}

func (f *FaultyStore) Delete(ctx context.Context, records ...store.Record) error {
	return tell(ctx, f, "Delete", func() error { return f.inner.Delete(ctx, records...) })
}
