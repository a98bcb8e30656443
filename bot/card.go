package bot

import (
	"context"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/store"
)

// where a card goes.
type where int

const (
	nowhere where = iota
	inThread
	toAuthor // direct message
	toLeads  // direct messages: what it would have said
)

// place is where the answer to a message may stand, and why there.
type place struct {
	where  where
	reason blocks.Reason
}

// place finds it. Where customers or strangers can read, the author is answered in private.
func (a *App) place(ctx context.Context, s said, mode store.WatchMode) (place, error) {
	switch {
	case s.IM:
		return place{inThread, blocks.ReasonSpoke}, nil
	case mode == store.WatchQuiet:
		return place{toLeads, blocks.ReasonQuietMode}, nil
	}
	if s.User != "" {
		p, err := a.person(ctx, s.User)
		if err != nil {
			return place{}, err
		}
		if p.guest {
			return place{nowhere, blocks.ReasonStranger}, nil
		}
	}
	readers, err := a.audience(ctx, s.Channel)
	if err != nil {
		return place{}, err
	}
	private := toAuthor
	if s.User == "" {
		private = nowhere // an app wrote it: nobody to tell
	}
	switch {
	case readers.shared:
		return place{private, blocks.ReasonShared}, nil
	case readers.guests:
		return place{private, blocks.ReasonGuests}, nil
	case mode == store.WatchPrivate:
		return place{private, blocks.ReasonPrivateMode}, nil
	}
	return place{inThread, blocks.ReasonSpoke}, nil
}

// cardKey is the key of the post that is a case's card.
func cardKey(c store.Case) string { return "card:" + c.ID }

// showCard posts the card of a case, once.
func (a *App) showCard(ctx context.Context, c store.Case, advice coach.Advice, s said, at place) error {
	p := post{key: cardKey(c), kind: "card", channel: c.Channel, thread: c.Thread, caseID: c.ID}
	if s.IM && s.Thread == "" {
		p.thread = ""
	}
	var err error
	switch at.where {
	case inThread:
		p.message = a.card(ctx, c, advice, blocks.Thread, "").Message()
		_, err = a.say(ctx, p)
	case toAuthor:
		p.message = a.card(ctx, c, advice, blocks.Private, at.reason).Message()
		_, err = a.tell(ctx, c.Author, p)
	case toLeads:
		return a.tellLeads(ctx, c, a.card(ctx, c, advice, blocks.Quiet, at.reason))
	}
	if err != nil {
		return err
	}
	c, err = a.store.UpdateCase(ctx, c.ID, func(c *store.Case) error {
		c.Card, c.CardWhy = p.key, string(at.reason)
		if c.AdvisedAt.IsZero() {
			c.AdvisedAt = a.now()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.fitLater(ctx, c, "", "")
}

// tellLeads tells each lead once what the bot would have said.
func (a *App) tellLeads(ctx context.Context, c store.Case, card blocks.Card) error {
	return a.tellEach(ctx, a.leadsOf(ctx, c.Workspace, c.Channel), func(lead string) post {
		card.Lang = a.inScript(ctx, lead, card.Lang)
		return post{key: "quiet:" + c.ID + ":" + lead, kind: "quiet", caseID: c.ID, message: card.Message()}
	})
}

// leadsOf are the leads of the channel's team, else whoever set the channel to quiet:
// what one team does is not for another's leads.
func (a *App) leadsOf(ctx context.Context, workspace, channel string) []string {
	if t, ok, err := a.teamOf(ctx, channel); err == nil && ok && len(t.Leads) > 0 {
		return t.Leads
	}
	if c, err := a.store.Channel(ctx, workspace, channel); err == nil && c.SetBy != "" {
		return []string{c.SetBy}
	}
	return a.o.Admins
}

// card is the view of a case as it stands.
func (a *App) card(ctx context.Context, c store.Case, advice coach.Advice, at blocks.Where, why blocks.Reason) blocks.Card {
	card := blocks.Card{Lang: a.cardLang(ctx, c, at), CaseID: c.ID, Advice: advice, Title: a.engine.Title(c.Playbook, c.Lang),
		Expanded: c.Expanded, Short: c.Short, Product: c.Feedback.Marked(), State: string(c.State), Where: at, Why: string(why)}
	if c.State == store.CaseOpen && at != blocks.Quiet {
		card.Known = a.fitting(ctx, c)
	}
	for _, id := range c.Candidates {
		if id != c.Playbook && len(card.Others) < 3 {
			card.Others = append(card.Others, blocks.Choice{ID: id, Title: a.engine.Title(id, c.Lang)})
		}
	}
	if at == blocks.Private || at == blocks.Quiet {
		card.Link = a.permalink(ctx, c.Channel, c.TS)
	}
	return card
}

// permalink is the address of a message; "" when Slack does not tell.
func (a *App) permalink(ctx context.Context, channel, ts string) (link string) {
	_ = a.call(ctx, "chat.getPermalink", "", func(ctx context.Context) (err error) {
		link, err = a.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: channel, Ts: ts})
		return err
	})
	return link
}

// compose is the advice of a case at the place where it stands.
func (a *App) compose(c store.Case) coach.Advice {
	advice := a.engine.Compose(c.Lang, reading(c), position(c), c.Text)
	f := c.Fitted
	here := f.Step == c.Step && f.Variation == c.Variation || f.Step != c.Step && c.Variation == 0
	if len(f.Phrases) == 0 || f.Hash != wordsHash(c) || f.Turns != c.Turns || f.Playbook != c.Playbook || !here {
		return advice
	}
	made := make([]coach.Phrase, len(f.Phrases))
	for i, p := range f.Phrases {
		made[i] = coach.Phrase{Step: p.Step, Text: p.Text, Playbook: f.Playbook}
	}
	return a.engine.Fit(advice, made, c.Text)
}

// refresh renders a case's card again, in place. One refresh a case at a time, each
// from the newest record, so that the last one shows the truth.
func (a *App) refresh(ctx context.Context, id string) error {
	defer a.cards.lock(id)()
	c, err := a.store.Case(ctx, id)
	if err != nil || c.Card == "" {
		return ignoreAbsent(err)
	}
	p, err := a.store.Post(ctx, c.Card)
	if err != nil {
		return ignoreAbsent(err)
	}
	at := blocks.Thread
	if p.Channel != c.Channel {
		at = blocks.Private
	}
	return a.change(ctx, p, a.card(ctx, c, a.compose(c), at, blocks.Reason(c.CardWhy)).Message())
}
