package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// Bounds of asking colleagues in turn.
const (
	mostAsked  = 3                   // then the leads
	likeWithin = 90 * 24 * time.Hour // whoever solved the like within it may be asked
	fairOver   = 7 * 24 * time.Hour  // the time over which everybody is asked about as often
)

// offerNext asks the n-th colleague who solved the like, or, when there is none
// left, the leads. asked is false when there is nobody to ask at all: then a
// request goes the usual way.
func (a *App) offerNext(ctx context.Context, t store.Team, r store.HelpRequest, home string, n int) (asked bool, err error) {
	who := ""
	if n < mostAsked && len(r.Offered) <= n {
		if who, err = a.nextInTurn(ctx, t, r); err != nil {
			return false, err
		}
	}
	if who == "" && n == 0 && len(r.Offered) == 0 {
		return false, nil
	}
	if who == "" && len(r.Offered) <= n {
		return true, a.turnsOver(ctx, t, r, home)
	}
	over := false
	r, err = a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		over = h.State != store.HelpOpen || len(h.Offered) > n+1
		if !over && len(h.Offered) == n { // else done before, perhaps not to its end
			h.Offered, h.Waiting = append(h.Offered, who), who
		}
		return nil
	})
	if err != nil || over {
		return true, err
	}
	who = r.Offered[n]
	lang := a.readerLang(ctx, who, r.Question)
	before := blocks.Note(lang, blocks.HelpFirst, nil).Text
	key := personalHelpKey(r.ID, "one", who, fmt.Sprint(r.OpenSince.UnixMicro()))
	r, err = a.showHelp(ctx, r, post{key: key}, who, blocks.ForOne, before)
	var permanent permanentError
	if errors.As(err, &permanent) {
		a.log.Warn("a colleague cannot be asked for help", "cause", err)
		return a.offerNext(ctx, t, r, home, n+1)
	}
	if err != nil {
		return true, err
	}
	if err := a.refreshHelp(ctx, r.ID); err != nil {
		return true, err
	}
	job, err := a.stepJob(kindHelpTurn, r, helpStep{Request: r.ID, Since: r.OpenSince, N: n + 1, Home: home}, a.now().Add(t.RotateAfter))
	if err != nil {
		return true, err
	}
	return true, a.enqueue(ctx, job)
}

// turnsOver shows the request to the leads when there is nobody left to ask. Without
// one who can be told, it is everybody's again.
func (a *App) turnsOver(ctx context.Context, t store.Team, r store.HelpRequest, home string) error {
	open := a.now().Sub(r.OpenSince)
	told, err := a.callLeads(ctx, t, r, fmt.Sprint("turn", r.OpenSince.UnixMicro()),
		func(lang string) string { return blocks.Note(lang, blocks.HelpForLeads, nil, open).Text })
	if err != nil {
		return err
	}
	if len(told) == 0 {
		if err := a.planReminders(ctx, t, r, home); err != nil {
			return err
		}
	}
	_, err = a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		h.Waiting = ""
		return nil
	})
	return errors.Join(err, a.refreshHelp(ctx, r.ID))
}

// helpTurn asks the next colleague, when the last did not answer.
func (a *App) helpTurn(ctx context.Context, s helpStep) error {
	r, err := a.store.HelpRequest(ctx, s.Request)
	if err != nil || r.State != store.HelpOpen || !r.OpenSince.Equal(s.Since) || len(r.Offered) > s.N+1 || r.Waiting == "" {
		return ignoreAbsent(err)
	}
	t, err := a.team(ctx, r.Team)
	if err != nil {
		return err
	}
	_, err = a.offerNext(ctx, t, r, s.Home, s.N)
	return err
}

// passHelp asks the next colleague at once.
func (a *App) passHelp(ctx context.Context, r store.HelpRequest, p press, say sayNote) error {
	if r.State != store.HelpOpen {
		return say(blocks.HelpOver)
	}
	if r.Waiting == p.User {
		t, err := a.team(ctx, r.Team)
		if err != nil {
			return err
		}
		if _, err := a.offerNext(ctx, t, r, a.helpPost(ctx, r).Channel, len(r.Offered)); err != nil {
			return err
		}
	}
	return say(blocks.HelpPassed)
}

// nextInTurn is the colleague to ask: one who solved a request of the same
// scenario, who was not asked for this one, nor the last time anybody was; who
// was asked least over the week, and among those who solved most.
func (a *App) nextInTurn(ctx context.Context, t store.Team, r store.HelpRequest) (string, error) {
	solved, asked, lastAsked, err := a.turns(ctx, r)
	if err != nil {
		return "", err
	}
	var able []string
	for user := range solved {
		if user != r.Asker && user != lastAsked && !slices.Contains(r.Offered, user) {
			able = append(able, user)
		}
	}
	slices.SortFunc(able, func(x, y string) int {
		return cmp.Or(cmp.Compare(asked[x], asked[y]), cmp.Compare(solved[y], solved[x]), cmp.Compare(x, y))
	})
	for _, user := range able {
		who, err := a.person(ctx, user)
		if refusedWith(err, "user_not_found", "user_not_visible") {
			continue // is no more, or asked to be forgotten
		}
		if err != nil {
			return "", err
		}
		if who.gone || who.guest || who.bot {
			continue
		}
		if in, err := a.inTeam(ctx, t, user); err != nil || in {
			return user, err
		}
	}
	return "", nil
}

// turns count who solved the like of a request and who was asked over the week.
func (a *App) turns(ctx context.Context, r store.HelpRequest) (solved, asked map[string]int, last string, err error) {
	solved, asked = map[string]int{}, map[string]int{}
	now := a.now()
	if r.Scenario != "" {
		err = a.store.HelpRequestsLike(ctx, r.Workspace, r.Team, r.Scenario, now.Add(-likeWithin), now, func(h store.HelpRequest) error {
			if h.State == store.HelpResolved && h.Helper != "" && h.ID != r.ID {
				solved[h.Helper]++
			}
			return nil
		})
		if err != nil {
			return nil, nil, "", err
		}
	}
	err = a.store.HelpRequestsOpened(ctx, r.Workspace, r.Team, now.Add(-fairOver), now, func(h store.HelpRequest) error {
		if h.ID == r.ID || len(h.Offered) == 0 {
			return nil
		}
		for _, user := range h.Offered {
			asked[user]++
		}
		last = h.Offered[len(h.Offered)-1]
		return nil
	})
	return solved, asked, last, err
}
