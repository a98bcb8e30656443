package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// handed hands what was chosen to a colleague: one thing, or all of a list.
func (a *App) handed(ctx context.Context, p press) error {
	id, left, _ := strings.Cut(strings.TrimPrefix(p.Block, blocks.BlockHand), blocks.ValueSeparator)
	if p.Chosen == "" || p.Chosen == p.User && left == "" {
		return nil
	}
	list, err := a.handable(ctx, p, left)
	if err != nil {
		return err
	}
	moved, err := a.handedBefore(ctx, p)
	if err != nil {
		return err
	}
	var refused *blocks.Message
	listed := 0
	hand := func(thing, words string, give func() (*blocks.Message, error)) error {
		listed++
		if thing != id && (blocks.BlockHand+id != blocks.BlockHandAll || listed > blocks.MaxOwed) {
			return nil
		}
		no, err := give()
		switch {
		case err != nil:
			return err
		case no != nil:
			refused = no
		default:
			moved = append(moved, words)
		}
		return nil
	}
	for _, pr := range list.Promises {
		if err := hand(pr.ID, pr.What, func() (*blocks.Message, error) { return a.handPromise(ctx, p, pr) }); err != nil {
			return err
		}
	}
	for _, c := range list.Claims {
		if err := hand(c.ID, c.Question, func() (*blocks.Message, error) { return a.handClaim(ctx, p, c.ID) }); err != nil {
			return err
		}
	}
	if refused != nil {
		if err := a.answer(ctx, p.ResponseURL, p.User, noteKey(p), *refused, false); err != nil || len(moved) == 0 {
			return err
		}
	} else if len(moved) == 0 {
		return a.notThere(ctx, p, id)
	}
	if list, err = a.handable(ctx, p, left); err != nil {
		return err
	}
	list.Handed, list.To = moved, p.Chosen
	return a.redraw(ctx, p, list.Message())
}

// handedBefore is what an earlier attempt at the same press has handed over. It is no
// longer in the list, and whoever has it now may not have been told.
func (a *App) handedBefore(ctx context.Context, p press) (moved []string, err error) {
	var promises []store.Promise
	err = a.store.PromisesOwed(ctx, a.self.Workspace, p.Chosen, func(pr store.Promise) error {
		if slices.Contains(pr.Posts, givenKey(pr, p)) {
			promises = append(promises, pr)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, pr := range promises {
		if err := a.tellGiven(ctx, pr, p); err != nil {
			return nil, err
		}
		moved = append(moved, pr.What)
	}
	claims, err := a.claimsOf(ctx, p.Chosen)
	if err != nil {
		return nil, err
	}
	for _, r := range claims {
		if !r.ClaimedAt.Equal(pressedAt(p)) {
			continue
		}
		if err := a.tellClaimGiven(ctx, r, p); err != nil {
			return nil, err
		}
		moved = append(moved, r.Question)
	}
	return moved, nil
}

// pressedAt is when something was pressed, the same for every attempt at the press.
func pressedAt(p press) time.Time { return store.Time(timeOf(p.At)) }

// givenKey is the key of the post that tells of a promise handed over by a press.
func givenKey(pr store.Promise, p press) string { return pr.ID + ":given:" + p.At + ":" + p.Chosen }

// handable is what a person may hand over by a list: their own, of the end of a shift
// what it lists, or, for a lead, what somebody who left still owed.
func (a *App) handable(ctx context.Context, p press, left string) (blocks.Owed, error) {
	user := p.User
	if left == "" {
		shown, err := a.store.PostAt(ctx, p.Workspace, p.Channel, p.Message)
		if ignoreAbsent(err) != nil {
			return blocks.Owed{}, err
		}
		if end, ok := shiftOf(shown); ok {
			team, err := a.team(ctx, shown.Team)
			if err != nil {
				return blocks.Owed{}, err
			}
			return a.owedBy(ctx, team, user, end)
		}
		return a.owedOf(ctx, user)
	}
	o, err := a.owedFor(ctx, user)
	if err != nil {
		return o, err
	}
	o.Left = left
	teams, err := a.teams(ctx)
	if err != nil {
		return o, err
	}
	for _, t := range teams {
		leads, err := a.leadsOrAdmins(ctx, t)
		if err != nil {
			return o, err
		}
		if !slices.Contains(leads, user) {
			continue
		}
		kept, err := a.leftBehind(ctx, t, left, leads)
		if err != nil {
			return o, err
		}
		o.Promises = append(o.Promises, kept...)
	}
	return o, nil
}

// notThere answers who wanted to hand over what is handed over or closed already.
func (a *App) notThere(ctx context.Context, p press, id string) error {
	m := blocks.Say(a.readerLang(ctx, p.User, ""), blocks.PromiseGone)
	if pr, err := a.store.Promise(ctx, id); err == nil && pr.Owed() && (pr.From == p.User || pr.Owner != p.User) {
		if team, err := a.team(ctx, pr.Team); err == nil {
			if lead, err := a.isLead(ctx, team, p.User); err == nil && (lead || pr.From == p.User) {
				m = blocks.Say(a.readerLang(ctx, p.User, ""), blocks.AlreadyTaken, mentionOf(pr.Owner))
			}
		}
	}
	return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, false)
}

// mayTake says in words why a person cannot take something of a team over, or nil.
func (a *App) mayTake(ctx context.Context, p press, teamID string) (*blocks.Message, error) {
	lang := a.readerLang(ctx, p.User, "")
	who, err := a.person(ctx, p.Chosen)
	if refusedWith(err, "user_not_found", "user_not_visible") || err == nil && (who.gone || who.bot || who.guest) {
		m := blocks.Say(lang, blocks.PromiseNobody, mentionOf(p.Chosen))
		return &m, nil
	}
	if err != nil {
		return nil, err
	}
	team, err := a.team(ctx, teamID)
	if err != nil {
		return nil, err
	}
	in, err := a.inTeam(ctx, team, p.Chosen)
	if err != nil || in {
		return nil, err
	}
	m := blocks.Say(lang, blocks.PromiseNotTeam, mentionOf(p.Chosen))
	return &m, nil
}

// handPromise gives a promise to the colleague who was chosen. Its posts show who has
// it now, and the colleague is told.
func (a *App) handPromise(ctx context.Context, p press, pr store.Promise) (*blocks.Message, error) {
	if refused, err := a.mayTake(ctx, p, pr.Team); refused != nil || err != nil {
		return refused, err
	}
	from := pr.Owner
	pr, err := a.store.UpdatePromise(ctx, pr.ID, func(pr *store.Promise) error {
		if pr.Owner == from && pr.Owed() {
			pr.Owner, pr.From, pr.UpdatedAt = p.Chosen, p.User, a.now()
			pr.Posts = append(pr.Posts, givenKey(*pr, p)) // by that a later attempt knows that it was this press
		}
		return nil
	})
	if err != nil || !slices.Contains(pr.Posts, givenKey(pr, p)) {
		return nil, err
	}
	return nil, a.tellGiven(ctx, pr, p)
}

// tellGiven tells who keeps a promise now, and shows it in the posts that stand. Who
// took it over by a press of their own knows.
func (a *App) tellGiven(ctx context.Context, pr store.Promise, p press) error {
	if p.Chosen == p.User {
		return nil
	}
	if err := a.planShiftEnd(ctx, pr.Team, pr.Owner); err != nil {
		return err
	}
	if err := a.refreshPromise(ctx, pr); err != nil {
		return err
	}
	note, err := a.promiseNote(ctx, pr, pr.Owner, blocks.PromiseGiven)
	if err != nil {
		return err
	}
	return a.tellPromise(ctx, pr, pr.Owner, givenKey(pr, p), note)
}

// redraw replaces the message in which a press was made.
func (a *App) redraw(ctx context.Context, p press, m blocks.Message) error {
	err := a.call(ctx, "chat.update", p.Channel, func(ctx context.Context) error {
		_, _, _, err := a.api.UpdateMessageContext(ctx, p.Channel, p.Message, slack.MsgOptionText(blocks.ForUpdate(m.Text), false), slack.MsgOptionBlocks(m.Blocks...))
		return err
	})
	var permanent permanentError
	if errors.As(err, &permanent) { // an answer that Slack keeps for one reader
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, true)
	}
	return err
}

// handClaim gives a request that somebody is on to the colleague who was chosen. The
// request shows who is on it now, and the two meet in its thread.
func (a *App) handClaim(ctx context.Context, p press, id string) (*blocks.Message, error) {
	r, err := a.store.HelpRequest(ctx, id)
	if err != nil {
		return nil, err
	}
	if refused, err := a.mayTake(ctx, p, r.Team); refused != nil || err != nil {
		return refused, err
	}
	if p.Chosen == r.Asker {
		why := blocks.ClaimOfAsker
		if r.Anonymous {
			why = blocks.ClaimElsewhere
		}
		m := blocks.Say(a.readerLang(ctx, p.User, ""), why, mentionOf(r.Asker))
		return &m, nil
	}
	now := a.now()
	r, err = a.store.UpdateHelpRequest(ctx, id, func(h *store.HelpRequest) error {
		if h.State == store.HelpClaimed && h.Helper == p.User {
			h.Helper, h.ClaimedAt, h.HeardAt, h.UpdatedAt = p.Chosen, pressedAt(p), now, now
		}
		return nil
	})
	if err != nil || r.Helper != p.Chosen || r.State != store.HelpClaimed {
		return nil, err
	}
	return nil, a.tellClaimGiven(ctx, r, p)
}

// tellClaimGiven shows who is on a request now, tells them, and brings them and the asker together.
func (a *App) tellClaimGiven(ctx context.Context, r store.HelpRequest, p press) error {
	if err := a.refreshHelp(ctx, r.ID); err != nil {
		return err
	}
	lang := a.readerLang(ctx, p.Chosen, r.Question)
	m := blocks.Say(lang, blocks.ClaimGiven, mentionOf(p.User), blocks.Quoted(r.Question))
	if err := a.whisper(ctx, p.Chosen, "claim-given:"+r.ID+":"+p.At, r.ID, m); err != nil {
		return err
	}
	return errors.Join(a.meet(ctx, r), a.planSilence(ctx, r, r.HeardAt), a.planShiftEnd(ctx, r.Team, r.Helper))
}
