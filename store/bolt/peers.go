package bolt

import (
	"context"
	"time"

	"coachbot/store"
)

// always are the bounds of all times that a record can have.
func always() (from, to time.Time) {
	return time.Time{}, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
}

// Team returns what was set for a team.
func (s *Store) Team(ctx context.Context, workspace, id string) (store.Team, error) {
	return find(ctx, s, teamTable, joinText(workspace, id))
}

// UpdateTeam applies fn to the team and stores it.
func (s *Store) UpdateTeam(ctx context.Context, workspace, id string, fn func(*store.Team) error) (store.Team, error) {
	blank := store.Team{Workspace: store.Text(workspace), ID: store.Text(id)}
	return revise(ctx, s, teamTable, teamTable.key(&blank), &blank, fn)
}

// TeamList returns the teams of a workspace, or of all.
func (s *Store) TeamList(ctx context.Context, workspace string) ([]store.Team, error) {
	return list(ctx, s, teamTable, workspace)
}

// HelpRequest returns the help request with that id.
func (s *Store) HelpRequest(ctx context.Context, id string) (store.HelpRequest, error) {
	return find(ctx, s, helpTable, []byte(store.Text(id)))
}

// UpdateHelpRequest applies fn to the help request and stores it.
func (s *Store) UpdateHelpRequest(ctx context.Context, id string, fn func(*store.HelpRequest) error) (store.HelpRequest, error) {
	id = store.Text(id)
	return revise(ctx, s, helpTable, []byte(id), &store.HelpRequest{ID: id}, fn)
}

// HelpRequestsOpened calls fn with a team's requests opened in [from, to).
func (s *Store) HelpRequestsOpened(ctx context.Context, workspace, team string, from, to time.Time, fn func(store.HelpRequest) error) error {
	return between(ctx, s, helpTable, "help_requests_by_team", joinText(workspace, team), from, to, fn)
}

// HelpRequestsAsked calls fn with a person's own requests opened in [from, to).
func (s *Store) HelpRequestsAsked(ctx context.Context, workspace, asker string, from, to time.Time, fn func(store.HelpRequest) error) error {
	return between(ctx, s, helpTable, "help_requests_by_asker", joinText(workspace, asker), from, to, fn)
}

// HelpRequestsHelped calls fn with the requests opened in [from, to) that a person is or was on.
func (s *Store) HelpRequestsHelped(ctx context.Context, workspace, helper string, from, to time.Time, fn func(store.HelpRequest) error) error {
	return between(ctx, s, helpTable, "help_requests_by_helper", joinText(workspace, helper), from, to, fn)
}

// HelpRequestsLike calls fn with a team's requests of a scenario opened in [from, to).
func (s *Store) HelpRequestsLike(ctx context.Context, workspace, team, scenario string, from, to time.Time, fn func(store.HelpRequest) error) error {
	return between(ctx, s, helpTable, "help_requests_like", joinText(workspace, team, scenario), from, to, fn)
}

// HelpRequestsUnsettled calls fn with a team's requests that are open or claimed.
func (s *Store) HelpRequestsUnsettled(ctx context.Context, workspace, team string, fn func(store.HelpRequest) error) error {
	from, to := always()
	return between(ctx, s, helpTable, "help_requests_unsettled", joinText(workspace, team), from, to, fn)
}

// KnowledgeCard returns the card with that id.
func (s *Store) KnowledgeCard(ctx context.Context, id string) (store.KnowledgeCard, error) {
	return find(ctx, s, knowledgeTable, []byte(store.Text(id)))
}

// UpdateKnowledgeCard applies fn to the card and stores it.
func (s *Store) UpdateKnowledgeCard(ctx context.Context, id string, fn func(*store.KnowledgeCard) error) (store.KnowledgeCard, error) {
	id = store.Text(id)
	return revise(ctx, s, knowledgeTable, []byte(id), &store.KnowledgeCard{ID: id}, fn)
}

// KnowledgeCardsShown calls fn with a team's cards that are not withdrawn.
func (s *Store) KnowledgeCardsShown(ctx context.Context, workspace, team string, fn func(store.KnowledgeCard) error) error {
	from, to := always()
	return between(ctx, s, knowledgeTable, "knowledge_shown", joinText(workspace, team), from, to, fn)
}

// KnowledgeCardsLike calls fn with a team's cards of a scenario that are not withdrawn.
func (s *Store) KnowledgeCardsLike(ctx context.Context, workspace, team, scenario string, fn func(store.KnowledgeCard) error) error {
	from, to := always()
	return between(ctx, s, knowledgeTable, "knowledge_like", joinText(workspace, team, scenario), from, to, fn)
}

// KnowledgeCardsCreated calls fn with a team's cards made in [from, to).
func (s *Store) KnowledgeCardsCreated(ctx context.Context, workspace, team string, from, to time.Time, fn func(store.KnowledgeCard) error) error {
	return between(ctx, s, knowledgeTable, "knowledge_by_team", joinText(workspace, team), from, to, fn)
}

// KnowledgeCardsBy calls fn with an author's cards.
func (s *Store) KnowledgeCardsBy(ctx context.Context, workspace, author string, fn func(store.KnowledgeCard) error) error {
	from, to := always()
	return between(ctx, s, knowledgeTable, "knowledge_by_author", joinText(workspace, author), from, to, fn)
}

// Promise returns the promise with that id.
func (s *Store) Promise(ctx context.Context, id string) (store.Promise, error) {
	return find(ctx, s, promiseTable, []byte(store.Text(id)))
}

// UpdatePromise applies fn to the promise and stores it.
func (s *Store) UpdatePromise(ctx context.Context, id string, fn func(*store.Promise) error) (store.Promise, error) {
	id = store.Text(id)
	return revise(ctx, s, promiseTable, []byte(id), &store.Promise{ID: id}, fn)
}

// PromisesDue calls fn with a team's promises due in [from, to).
func (s *Store) PromisesDue(ctx context.Context, workspace, team string, from, to time.Time, fn func(store.Promise) error) error {
	return between(ctx, s, promiseTable, "promises_by_team", joinText(workspace, team), from, to, fn)
}

// PromisesOwed calls fn with the promises that a person still has to keep.
func (s *Store) PromisesOwed(ctx context.Context, workspace, owner string, fn func(store.Promise) error) error {
	from, to := always()
	return between(ctx, s, promiseTable, "promises_owed", joinText(workspace, owner), from, to, fn)
}

// PromisesOwedIn calls fn with the promises that people of a team still have to keep.
func (s *Store) PromisesOwedIn(ctx context.Context, workspace, team string, fn func(store.Promise) error) error {
	from, to := always()
	return between(ctx, s, promiseTable, promisesOwedByTeam, joinText(workspace, team), from, to, fn)
}

// PromisesOfCase returns the promises made in a case.
func (s *Store) PromisesOfCase(ctx context.Context, caseID string) (list []store.Promise, err error) {
	from, to := always()
	err = between(ctx, s, promiseTable, "promises_by_case", joinText(caseID), from, to, func(p store.Promise) error {
		list = append(list, p)
		return nil
	})
	return list, err
}
