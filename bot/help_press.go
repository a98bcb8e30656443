package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// helpPressed does what a button of a help request asks for. Who may press it is
// checked against the store.
func (a *App) helpPressed(ctx context.Context, action string, p press) error {
	lang := a.readerLang(ctx, p.User, "")
	reply := func(m blocks.Message) error { return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, false) }
	say := func(n blocks.PeerNote, args ...any) error { return reply(blocks.Note(lang, n, nil, args...)) }
	if action == blocks.ActionHelpOpen && !strings.HasPrefix(p.Value, helpPrefix) {
		return a.helpForCase(ctx, p, reply)
	}
	r, err := a.store.HelpRequest(ctx, p.Value)
	may := false
	if err == nil {
		may, err = a.mayPressHelp(ctx, r, p)
	}
	if ignoreAbsent(err) != nil {
		return err
	}
	if !may {
		return say(blocks.HelpGone)
	}
	switch action {
	case blocks.ActionHelpOpen:
		return a.helpDetails(ctx, r, p, reply)
	case blocks.ActionHelpClaim:
		return a.claimHelp(ctx, r, p, say)
	case blocks.ActionHelpRelease:
		return a.releaseHelp(ctx, r, p, say)
	case blocks.ActionHelpResolve:
		return a.askOutcome(ctx, r, p, reply)
	case blocks.ActionHelpWithdraw:
		return a.withdrawHelp(ctx, r, p, say)
	case blocks.ActionHelpPass:
		return a.passHelp(ctx, r, p, say)
	case blocks.ActionHelpStill:
		return a.stillOnHelp(ctx, r, p, say)
	case blocks.ActionHelpSay:
		return a.openSay(ctx, r, p, lang, reply)
	case blocks.ActionHelpThank:
		return a.thankHelper(ctx, r, p, say)
	}
	a.log.Warn("a button of no known kind", "action", p.Action)
	return nil
}

// mayPressHelp: the message must be one about the request; of an answer that
// only its reader sees, which the store does not know, the reader must be the asker.
func (a *App) mayPressHelp(ctx context.Context, r store.HelpRequest, p press) (bool, error) {
	if who, err := a.person(ctx, p.User); err != nil || who.guest {
		return false, nil
	}
	shown, err := a.store.PostAt(ctx, p.Workspace, p.Channel, p.Message)
	if !errors.Is(err, store.ErrNotFound) {
		return err == nil && shown.Case == r.ID, err
	}
	if p.User == r.Asker {
		return true, nil
	}
	return false, a.underWay(ctx, r.Posts)
}

const underWayFor = 10 * time.Minute

// underWay fails while one of the posts is on its way: Slack may show it, and it may be
// pressed, before it is recorded, as when the process was killed between. The press
// is tried again until then.
//
// A post that Slack refused stays unrecorded for good: it is waited for no longer than underWayFor.
func (a *App) underWay(ctx context.Context, keys []string) error {
	for _, key := range keys {
		p, err := a.store.Post(ctx, key)
		if ignoreAbsent(err) != nil {
			return err
		}
		if err == nil && !p.Sent() && p.RemovedAt.IsZero() && a.now().Sub(p.ClaimedAt) < underWayFor {
			return fmt.Errorf("the post %s is pressed and not recorded yet", key)
		}
	}
	return nil
}

// sayNote answers whoever pressed with a line.
type sayNote func(n blocks.PeerNote, args ...any) error

// claimHelp gives the request to whoever was first; the others hear who did.
func (a *App) claimHelp(ctx context.Context, r store.HelpRequest, p press, say sayNote) error {
	now := a.now()
	var note blocks.PeerNote
	refused := false
	r, err := a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		refused = true
		switch {
		case h.Over():
			note = blocks.HelpOver
		case h.State == store.HelpClaimed && h.Helper == p.User:
			refused = false // pressed twice, or done before and not finished
		case h.State == store.HelpClaimed:
			note = blocks.HelpTaken
		case h.Asker == p.User:
			note = blocks.HelpOwn
		default:
			refused = false
			h.State, h.Helper, h.Waiting = store.HelpClaimed, p.User, ""
			h.ClaimedAt, h.HeardAt, h.UpdatedAt = now, now, now
		}
		return nil
	})
	if err != nil {
		return err
	}
	if refused {
		return say(note, mentionOf(r.Helper))
	}
	if err := a.refreshHelp(ctx, r.ID); err != nil {
		return err
	}
	return errors.Join(a.meet(ctx, r), a.planSilence(ctx, r, r.HeardAt), a.planShiftEnd(ctx, r.Team, r.Helper))
}

// meet brings asker and helper together in the thread, and tells an asker who
// stays unnamed in private.
func (a *App) meet(ctx context.Context, r store.HelpRequest) error {
	since := fmt.Sprint(r.ClaimedAt.UnixMicro())
	m := blocks.Note(r.Lang, blocks.HelpMeet, nil, mentionOf(r.Helper), mentionOf(r.Asker))
	if r.Anonymous {
		m = blocks.Note(r.Lang, blocks.HelpMeetUnnamed, nil, mentionOf(r.Helper))
	}
	spoke, err := a.inHelpThread(ctx, r, "help-meet:"+r.ID+":"+since, m, false)
	if err != nil || spoke && !r.Anonymous {
		return err
	}
	lang, note := a.readerLang(ctx, r.Asker, r.Question), blocks.HelpComing
	if r.Anonymous {
		note = blocks.HelpComingUnnamed
	}
	return a.whisper(ctx, r.Asker, "help-coming:"+r.ID+":"+since, r.ID, blocks.Note(lang, note, a.sayButtons(ctx, r, lang), mentionOf(r.Helper), a.helpLink(ctx, r)))
}

// releaseHelp gives the request back to everybody.
func (a *App) releaseHelp(ctx context.Context, r store.HelpRequest, p press, say sayNote) error {
	t, err := a.team(ctx, r.Team)
	if err != nil {
		return err
	}
	lead, err := a.isLead(ctx, t, p.User)
	if err != nil {
		return err
	}
	now, helper := a.now(), ""
	done := false
	r, err = a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		helper, done = h.Helper, h.State == store.HelpClaimed && (h.Helper == p.User || lead)
		if done {
			h.State, h.Helper, h.OpenSince, h.UpdatedAt = store.HelpOpen, "", now, now
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case r.Over():
		return say(blocks.HelpOver)
	case !done && r.State == store.HelpClaimed:
		return say(blocks.HelpNotYours)
	}
	if !done && r.OpenSince.After(r.OpenedAt) {
		helper = p.User // given back before, perhaps not to its end: what was said then is not said again
	}
	spoke, err := a.reopened(ctx, r, helper)
	if err != nil || spoke || a.helpPost(ctx, r).TS == "" {
		return err
	}
	return say(blocks.HelpNoThread)
}

// reopened shows that a request is open again, and who gave it back: in its
// thread, else to the asker.
func (a *App) reopened(ctx context.Context, r store.HelpRequest, helper string) (spoke bool, err error) {
	t, err := a.team(ctx, r.Team)
	if err != nil {
		return false, err
	}
	if err := a.refreshHelp(ctx, r.ID); err != nil {
		return false, err
	}
	if err := a.planReminders(ctx, t, r, a.helpPost(ctx, r).Channel); err != nil || helper == "" {
		return err == nil, err
	}
	key := fmt.Sprint("help-back:", r.ID, ":", r.OpenSince.UnixMicro())
	spoke, err = a.inHelpThread(ctx, r, key, blocks.Note(r.Lang, blocks.HelpReleased, nil, mentionOf(helper)), true)
	if err != nil || spoke {
		return spoke, err
	}
	lang := a.readerLang(ctx, r.Asker, r.Question)
	return false, a.whisper(ctx, r.Asker, key+":asker", r.ID, blocks.Note(lang, blocks.HelpReleased, nil, mentionOf(helper)))
}

// withdrawHelp takes a question back: only its asker can.
func (a *App) withdrawHelp(ctx context.Context, r store.HelpRequest, p press, say sayNote) error {
	if p.User != r.Asker {
		return say(blocks.HelpNotAsker)
	}
	now := a.now()
	r, err := a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		if !h.Over() {
			h.State, h.ClosedAt, h.UpdatedAt, h.Waiting = store.HelpWithdrawn, now, now, ""
		}
		return nil
	})
	if err != nil {
		return err
	}
	if r.State != store.HelpWithdrawn {
		return say(blocks.HelpOver)
	}
	if err := a.refreshHelp(ctx, r.ID); err != nil || r.Helper == "" {
		return err
	}
	spoke, err := a.inHelpThread(ctx, r, "help-off:"+r.ID, blocks.Note(r.Lang, blocks.HelpCalledOff, nil), false)
	if err != nil || spoke {
		return err
	}
	lang := a.readerLang(ctx, r.Helper, r.Question)
	return a.whisper(ctx, r.Helper, "help-off-told:"+r.ID, r.ID, blocks.Note(lang, blocks.HelpCalledOff, nil))
}

// stillOnHelp notes that the helper is still on it.
func (a *App) stillOnHelp(ctx context.Context, r store.HelpRequest, p press, say sayNote) error {
	now := a.now()
	r, err := a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		if h.State == store.HelpClaimed && h.Helper == p.User {
			h.HeardAt = now
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case r.Over():
		return say(blocks.HelpOver)
	case r.Helper != p.User:
		return say(blocks.HelpNotYours)
	}
	if err := a.planSilence(ctx, r, r.HeardAt); err != nil {
		return err
	}
	return say(blocks.HelpStillOn)
}

// thankHelper passes the asker's thanks on, once.
func (a *App) thankHelper(ctx context.Context, r store.HelpRequest, p press, say sayNote) error {
	if p.User != r.Asker {
		return say(blocks.HelpNotAsker)
	}
	now := a.now()
	r, err := a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		if h.State == store.HelpResolved && h.Helper != "" && h.ThankedAt.IsZero() {
			h.ThankedAt = now
		}
		return nil
	})
	if err != nil || r.ThankedAt.IsZero() {
		return err
	}
	lang := a.readerLang(ctx, r.Helper, r.Question)
	m := blocks.Note(lang, blocks.HelpThanks, nil, mentionOf(r.Asker), blocks.Quoted(r.Question))
	if r.Anonymous {
		m = blocks.Note(lang, blocks.HelpThanksUnnamed, nil, blocks.Quoted(r.Question))
	}
	if err := a.whisper(ctx, r.Helper, "help-thanks:"+r.ID, r.ID, m); err != nil {
		return err
	}
	return errors.Join(a.homeChanged(ctx, r.Helper), a.refreshHelp(ctx, r.ID), say(blocks.HelpThanked))
}

func mentionOf(user string) string { return "<@" + user + ">" }
