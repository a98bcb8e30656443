package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// movedSince is how far back the open cases of a removed team are found.
const movedSince = 30 * 24 * time.Hour

// teamRemoved ends a team that was set up in Slack. What is open in it, and its
// knowledge, goes to the environment's team; its channels are free. For the
// environment's own team, what was set in Slack is dropped.
func (a *App) teamRemoved(ctx context.Context, p press) error {
	lang := a.readerLang(ctx, p.User, "")
	answer := func(m blocks.Message) error {
		_, err := a.tell(ctx, p.User, post{key: noteKey(p), kind: "note", message: m})
		return errors.Join(err, a.closeModal(ctx, p.View, blocks.TeamNote(lang, m)))
	}
	admin, err := a.isAdmin(ctx, p.User)
	if err != nil {
		return err
	}
	if !admin {
		return answer(blocks.Say(lang, blocks.AdminsOnly))
	}
	t, err := a.markRemoved(ctx, p)
	if errors.Is(err, errGone) {
		return answer(blocks.Say(lang, blocks.TeamGone))
	}
	if err != nil {
		return err
	}
	heir, err := a.team(ctx, store.EnvironmentTeam)
	if err != nil {
		return err
	}
	name := func(lang string, t store.Team) string { return cmp.Or(t.Name, blocks.TeamName(lang)) }
	if t.ID == store.EnvironmentTeam {
		return errors.Join(a.planDigests(ctx), a.teamHomes(ctx, t.ID, p.User), answer(blocks.Say(lang, blocks.TeamReset, blocks.Quoted(name(lang, heir)))))
	}
	if err := a.inherit(ctx, t, heir); err != nil {
		return err
	}
	if err := a.homeLater(ctx, append(append(append([]string{p.User}, t.Leads...), t.DutyLeads...), heir.Leads...)...); err != nil {
		return err
	}
	told := map[string]bool{p.User: true}
	for _, lead := range append(slices.Clone(t.Leads), a.leadsOfTeam(heir)...) {
		if told[lead] {
			continue
		}
		told[lead] = true
		l, what := a.readerLang(ctx, lead, ""), blocks.TeamRemovedBy
		if !slices.Contains(t.Leads, lead) {
			what = blocks.TeamInherited
		}
		_, err := a.tell(ctx, lead, post{key: noteKey(p) + ":" + lead, kind: "note", message: blocks.Say(l, what, mentionOf(p.User), blocks.Quoted(name(l, t)), blocks.Quoted(name(l, heir)))})
		var permanent permanentError
		if err != nil && !errors.As(err, &permanent) {
			return err
		}
	}
	return answer(blocks.TeamRemoved(lang, name(lang, t), name(lang, heir), a.unwatched(ctx, t)))
}

// markRemoved records that a team is no more, or that the environment's has no
// settings of its own any more, with who and when.
func (a *App) markRemoved(ctx context.Context, p press) (store.Team, error) {
	now, job := a.now(), noteKey(p)
	return a.store.UpdateTeam(ctx, a.self.Workspace, p.Value, func(t *store.Team) error {
		if n := len(t.History); n > 0 && t.History[n-1].Job == job {
			return nil // by an earlier attempt
		}
		if t.SetBy == "" || t.Removed() {
			return errGone
		}
		what := blocks.ChangeRemoved
		if t.ID == store.EnvironmentTeam {
			what = blocks.ChangeReset
			for name := range settings(t) {
				assign(t, store.Team{}, name)
			}
			t.Cleared = nil
		} else {
			t.RemovedAt = now
		}
		recordChange(t, p.User, now, job, what)
		return nil
	})
}

// inherit gives what is open in a team, and what it knows, to another. Doing it again does no harm.
func (a *App) inherit(ctx context.Context, from, to store.Team) error {
	var cases, requests, promises, cards []string
	owing := map[string]bool{}
	now := a.now()
	err := a.store.CasesOpened(ctx, "", now.Add(-movedSince), now.Add(time.Minute), func(c store.Case) error {
		if c.Workspace == from.Workspace && c.Team == from.ID && c.State == store.CaseOpen {
			cases = append(cases, c.ID)
		}
		return nil
	})
	err = errors.Join(err, a.store.HelpRequestsUnsettled(ctx, from.Workspace, from.ID, func(h store.HelpRequest) error {
		requests = append(requests, h.ID)
		if h.Helper != "" {
			owing[h.Helper] = true
		}
		return nil
	}))
	err = errors.Join(err, a.store.PromisesOwedIn(ctx, from.Workspace, from.ID, func(p store.Promise) error {
		promises, owing[p.Owner] = append(promises, p.ID), true
		return nil
	}))
	err = errors.Join(err, a.store.KnowledgeCardsShown(ctx, from.Workspace, from.ID, func(k store.KnowledgeCard) error { cards = append(cards, k.ID); return nil }))
	if err != nil {
		return err
	}
	for user := range owing { // planned first: cut off before the change, it is planned once more
		if err := a.planShiftEnd(ctx, to.ID, user); err != nil {
			return err
		}
	}
	move := func(team *string) {
		if *team == from.ID {
			*team = to.ID
		}
	}
	for _, id := range cases {
		if _, err := a.store.UpdateCase(ctx, id, func(c *store.Case) error { move(&c.Team); return nil }); err != nil {
			return err
		}
	}
	for _, id := range requests {
		if _, err := a.store.UpdateHelpRequest(ctx, id, func(h *store.HelpRequest) error { move(&h.Team); return nil }); err != nil {
			return err
		}
	}
	for _, id := range promises {
		if _, err := a.store.UpdatePromise(ctx, id, func(p *store.Promise) error { move(&p.Team); return nil }); err != nil {
			return err
		}
	}
	for _, id := range cards {
		if _, err := a.store.UpdateKnowledgeCard(ctx, id, func(k *store.KnowledgeCard) error { move(&k.Team); return nil }); err != nil {
			return err
		}
	}
	return nil
}

// unwatched are the channels of a removed team that nobody watches any more.
func (a *App) unwatched(ctx context.Context, t store.Team) (list []string) {
	for _, c := range t.Escalation {
		if m := a.mode(ctx, t.Workspace, c); m == store.WatchUnset || m == store.WatchOff {
			list = append(list, c)
		}
	}
	return list
}

// closeModal puts a last page in a modal's place, if it is still open.
func (a *App) closeModal(ctx context.Context, id string, view slack.ModalViewRequest) error {
	if id == "" {
		return nil
	}
	return a.updateModal(ctx, id, view)
}
