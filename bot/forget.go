package bot

import (
	"context"
	"errors"
	"slices"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// nobody stands in the place of a person who asked to be forgotten.
const nobody = "forgotten"

// forgetCommand removes a person's own records. What a team's numbers are made of
// stays, without the person; a promise that is still owed stays until it is kept.
func (a *App) forgetCommand(ctx context.Context, c command, lang string) (blocks.Message, error) {
	gone, kept, err := a.forget(ctx, c.User)
	if err != nil {
		return blocks.Message{}, err
	}
	if kept > 0 {
		return blocks.Say(lang, blocks.ForgottenBut, gone, kept), nil
	}
	return blocks.Say(lang, blocks.Forgotten, gone), nil
}

// forget removes or makes nameless what is kept of a person, and says how many
// records that were and how many stay because they are still owed.
func (a *App) forget(ctx context.Context, user string) (gone, kept int, err error) {
	var remove, change []store.Record
	var shown []string // keys of posts, which say for whom they are
	err = a.store.Walk(ctx, func(r store.Record) error {
		away, nameless, owed := forgotten(r, a.self.Workspace, user)
		switch {
		case owed:
			kept++
		case away:
			remove = append(remove, r)
			if r.Promise != nil {
				shown = append(shown, r.Promise.Posts...)
			}
		case nameless != nil:
			change = append(change, *nameless)
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	gone = len(remove) + len(change)
	for _, key := range shown {
		p, err := a.store.Post(ctx, key)
		if err == nil {
			remove = append(remove, store.Record{Post: &p})
		} else if !errors.Is(err, store.ErrNotFound) {
			return 0, 0, err
		}
	}
	for batch := range slices.Chunk(remove, forgetBatch) {
		if err := a.store.Delete(ctx, batch...); err != nil {
			return 0, 0, err
		}
	}
	for _, r := range change {
		if err := a.unname(ctx, r, user); err != nil {
			return 0, 0, err
		}
	}
	return gone, kept, nil
}

const forgetBatch = 200

// forgotten says what becomes of a record of a person: it goes away, it stays without
// the person, or it stays because it is owed.
func forgotten(r store.Record, workspace, user string) (away bool, nameless *store.Record, owed bool) {
	mine := func(in, who string) bool { return in == workspace && who == user }
	switch {
	case r.Person != nil:
		return mine(r.Person.Workspace, r.Person.ID), nil, false
	case r.RolePlay != nil:
		return mine(r.RolePlay.Workspace, r.RolePlay.User), nil, false
	case r.Case != nil && mine(r.Case.Workspace, r.Case.Author):
		return r.Case.Private, &r, false
	case r.Case != nil && (mine(r.Case.Workspace, r.Case.Feedback.By) || mine(r.Case.Workspace, r.Case.Duty) && !goesOn(*r.Case)):
		return false, &r, false
	case r.Case != nil && r.Case.Workspace == workspace && slices.ContainsFunc(r.Case.Followed, func(t store.CaseTurn) bool { return t.Duty == user }):
		return false, &r, false
	case r.Decision != nil && mine(r.Decision.Workspace, r.Decision.Author):
		return true, nil, false
	case r.Evidence != nil && mine(r.Evidence.Workspace, r.Evidence.By):
		return false, &r, false
	case r.Promise != nil && mine(r.Promise.Workspace, r.Promise.Owner):
		return !r.Promise.Owed(), nil, r.Promise.Owed()
	case r.Promise != nil && mine(r.Promise.Workspace, r.Promise.From) && !r.Promise.Owed():
		return false, &r, false
	case r.HelpRequest != nil && r.HelpRequest.Workspace == workspace && (r.HelpRequest.Asker == user || r.HelpRequest.Helper == user):
		h := r.HelpRequest
		return false, &r, !h.Over()
	case r.HelpRequest != nil && r.HelpRequest.Workspace == workspace && r.HelpRequest.Over() && slices.Contains(append(r.HelpRequest.Offered, r.HelpRequest.Waiting), user):
		return false, &r, false
	case r.KnowledgeCard != nil && r.KnowledgeCard.Workspace == workspace && slices.Contains(namesOf(*r.KnowledgeCard), user):
		return false, &r, false
	case r.Digest != nil && r.Digest.Workspace == workspace && slices.ContainsFunc(r.Digest.Read, func(d store.DigestReader) bool { return d.By == user }):
		return false, &r, false
	}
	return false, nil, false
}

// namesOf are the people whom a knowledge card names.
func namesOf(k store.KnowledgeCard) []string {
	return []string{k.Author, k.Feedback.By, k.UpdatedBy, k.ProposedBy, k.AcceptedBy, k.DeclinedBy}
}

// unname takes a person out of a record that stays.
func (a *App) unname(ctx context.Context, r store.Record, user string) (err error) {
	switch {
	case r.Case != nil:
		_, err = a.store.UpdateCase(ctx, r.Case.ID, func(c *store.Case) error {
			if c.Author == user {
				c.Author = ""
			}
			if c.Feedback.By == user {
				c.Feedback.By = nobody
			}
			if c.Duty == user && !goesOn(*c) {
				c.Duty = nobody
			}
			for i := range c.Followed {
				if c.Followed[i].Duty == user {
					c.Followed[i].Duty = nobody
				}
			}
			return nil
		})
	case r.Evidence != nil:
		e := *r.Evidence
		e.By = ""
		err = a.store.Put(ctx, store.Record{Evidence: &e})
	case r.Promise != nil:
		_, err = a.store.UpdatePromise(ctx, r.Promise.ID, func(p *store.Promise) error {
			p.From = ""
			return nil
		})
	case r.HelpRequest != nil:
		_, err = a.store.UpdateHelpRequest(ctx, r.HelpRequest.ID, func(h *store.HelpRequest) error {
			if h.Asker == user {
				h.Asker, h.Anonymous = nobody, true
			}
			if h.Helper == user {
				h.Helper, h.NameHelper = nobody, false
			}
			if h.Over() {
				h.Offered = slices.DeleteFunc(h.Offered, func(u string) bool { return u == user })
				if h.Waiting == user {
					h.Waiting = ""
				}
			}
			return nil
		})
	case r.KnowledgeCard != nil:
		_, err = a.store.UpdateKnowledgeCard(ctx, r.KnowledgeCard.ID, func(k *store.KnowledgeCard) error {
			if k.Author == user {
				k.Author, k.Named = nobody, false
			}
			for _, who := range []*string{&k.Feedback.By, &k.UpdatedBy, &k.AcceptedBy, &k.DeclinedBy} {
				if *who == user {
					*who = nobody
				}
			}
			if k.ProposedBy == user {
				k.ProposedBy = ""
			}
			return nil
		})
	case r.Digest != nil:
		d := r.Digest
		_, err = a.store.UpdateDigest(ctx, d.Workspace, d.Team, d.Kind, d.Date, func(d *store.DigestRecord) error {
			d.Read = slices.DeleteFunc(d.Read, func(x store.DigestReader) bool { return x.By == user })
			return nil
		})
	}
	return err
}
