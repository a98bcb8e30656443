package storetest

import (
	"context"
	"time"

	"coachbot/store"
)

func (f *FaultyStore) Team(ctx context.Context, workspace, id string) (store.Team, error) {
	return ask(ctx, f, "Team", func() (store.Team, error) { return f.inner.Team(ctx, workspace, id) })
}

func (f *FaultyStore) UpdateTeam(ctx context.Context, workspace, id string, fn func(*store.Team) error) (store.Team, error) {
	return ask(ctx, f, "UpdateTeam", func() (store.Team, error) { return f.inner.UpdateTeam(ctx, workspace, id, fn) })
}

func (f *FaultyStore) TeamList(ctx context.Context, workspace string) ([]store.Team, error) {
	return ask(ctx, f, "TeamList", func() ([]store.Team, error) { return f.inner.TeamList(ctx, workspace) })
}

func (f *FaultyStore) HelpRequest(ctx context.Context, id string) (store.HelpRequest, error) {
	return ask(ctx, f, "HelpRequest", func() (store.HelpRequest, error) { return f.inner.HelpRequest(ctx, id) })
}

func (f *FaultyStore) UpdateHelpRequest(ctx context.Context, id string, fn func(*store.HelpRequest) error) (store.HelpRequest, error) {
	return ask(ctx, f, "UpdateHelpRequest", func() (store.HelpRequest, error) { return f.inner.UpdateHelpRequest(ctx, id, fn) })
}

func (f *FaultyStore) HelpRequestsOpened(ctx context.Context, workspace, team string, from, to time.Time, fn func(store.HelpRequest) error) error {
	return tell(ctx, f, "HelpRequestsOpened", func() error { return f.inner.HelpRequestsOpened(ctx, workspace, team, from, to, fn) })
}

func (f *FaultyStore) HelpRequestsAsked(ctx context.Context, workspace, asker string, from, to time.Time, fn func(store.HelpRequest) error) error {
	return tell(ctx, f, "HelpRequestsAsked", func() error { return f.inner.HelpRequestsAsked(ctx, workspace, asker, from, to, fn) })
}

func (f *FaultyStore) HelpRequestsHelped(ctx context.Context, workspace, helper string, from, to time.Time, fn func(store.HelpRequest) error) error {
	return tell(ctx, f, "HelpRequestsHelped", func() error { return f.inner.HelpRequestsHelped(ctx, workspace, helper, from, to, fn) })
}

func (f *FaultyStore) HelpRequestsLike(ctx context.Context, workspace, team, scenario string, from, to time.Time, fn func(store.HelpRequest) error) error {
	return tell(ctx, f, "HelpRequestsLike", func() error { return f.inner.HelpRequestsLike(ctx, workspace, team, scenario, from, to, fn) })
}

func (f *FaultyStore) HelpRequestsUnsettled(ctx context.Context, workspace, team string, fn func(store.HelpRequest) error) error {
	return tell(ctx, f, "HelpRequestsUnsettled", func() error { return f.inner.HelpRequestsUnsettled(ctx, workspace, team, fn) })
}

func (f *FaultyStore) KnowledgeCard(ctx context.Context, id string) (store.KnowledgeCard, error) {
	return ask(ctx, f, "KnowledgeCard", func() (store.KnowledgeCard, error) { return f.inner.KnowledgeCard(ctx, id) })
}

func (f *FaultyStore) UpdateKnowledgeCard(ctx context.Context, id string, fn func(*store.KnowledgeCard) error) (store.KnowledgeCard, error) {
	return ask(ctx, f, "UpdateKnowledgeCard", func() (store.KnowledgeCard, error) { return f.inner.UpdateKnowledgeCard(ctx, id, fn) })
}

func (f *FaultyStore) KnowledgeCardsShown(ctx context.Context, workspace, team string, fn func(store.KnowledgeCard) error) error {
	return tell(ctx, f, "KnowledgeCardsShown", func() error { return f.inner.KnowledgeCardsShown(ctx, workspace, team, fn) })
}

func (f *FaultyStore) KnowledgeCardsLike(ctx context.Context, workspace, team, scenario string, fn func(store.KnowledgeCard) error) error {
	return tell(ctx, f, "KnowledgeCardsLike", func() error { return f.inner.KnowledgeCardsLike(ctx, workspace, team, scenario, fn) })
}

func (f *FaultyStore) KnowledgeCardsCreated(ctx context.Context, workspace, team string, from, to time.Time, fn func(store.KnowledgeCard) error) error {
	return tell(ctx, f, "KnowledgeCardsCreated", func() error { return f.inner.KnowledgeCardsCreated(ctx, workspace, team, from, to, fn) })
}

func (f *FaultyStore) KnowledgeCardsBy(ctx context.Context, workspace, author string, fn func(store.KnowledgeCard) error) error {
	return tell(ctx, f, "KnowledgeCardsBy", func() error { return f.inner.KnowledgeCardsBy(ctx, workspace, author, fn) })
}

func (f *FaultyStore) Promise(ctx context.Context, id string) (store.Promise, error) {
	return ask(ctx, f, "Promise", func() (store.Promise, error) { return f.inner.Promise(ctx, id) })
}

func (f *FaultyStore) UpdatePromise(ctx context.Context, id string, fn func(*store.Promise) error) (store.Promise, error) {
	return ask(ctx, f, "UpdatePromise", func() (store.Promise, error) { return f.inner.UpdatePromise(ctx, id, fn) })
}

func (f *FaultyStore) PromisesDue(ctx context.Context, workspace, team string, from, to time.Time, fn func(store.Promise) error) error {
	return tell(ctx, f, "PromisesDue", func() error { return f.inner.PromisesDue(ctx, workspace, team, from, to, fn) })
}

func (f *FaultyStore) PromisesOwedIn(ctx context.Context, workspace, team string, fn func(store.Promise) error) error {
	return tell(ctx, f, "PromisesOwedIn", func() error { return f.inner.PromisesOwedIn(ctx, workspace, team, fn) })
}

func (f *FaultyStore) PromisesOwed(ctx context.Context, workspace, owner string, fn func(store.Promise) error) error {
	return tell(ctx, f, "PromisesOwed", func() error { return f.inner.PromisesOwed(ctx, workspace, owner, fn) })
}

func (f *FaultyStore) PromisesOfCase(ctx context.Context, caseID string) ([]store.Promise, error) {
	return ask(ctx, f, "PromisesOfCase", func() ([]store.Promise, error) { return f.inner.PromisesOfCase(ctx, caseID) })
}
