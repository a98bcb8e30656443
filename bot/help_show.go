package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// postHelp is the kind of posts that show a help request with its buttons, and
// of those that speak about one.
const (
	postHelp     = "help"
	postHelpNote = "help-note"
)

// showHelp posts the request somewhere, once. The post is noted in the request
// before it is sent, so that it is updated in place from then on, even by a press
// that comes before the next line here. to is whose direct messages it goes to; ""
// posts in p's channel.
func (a *App) showHelp(ctx context.Context, r store.HelpRequest, p post, to string, reader blocks.HelpFor, before string) (store.HelpRequest, error) {
	r, err := a.store.UpdateHelpRequest(ctx, r.ID, func(h *store.HelpRequest) error {
		if !slices.Contains(h.Posts, p.key) {
			h.Posts = append(h.Posts, p.key)
		}
		return nil
	})
	if err != nil {
		return r, err
	}
	p.kind, p.caseID = postHelp, r.ID
	p.message = a.helpView(ctx, r, reader, to, before)
	if to != "" {
		_, err = a.tell(ctx, to, p)
	} else {
		_, err = a.say(ctx, p)
	}
	if err != nil {
		return r, err
	}
	now, err := a.store.HelpRequest(ctx, r.ID)
	if err != nil || now.UpdatedAt.Equal(r.UpdatedAt) {
		return now, err
	}
	return now, a.refreshHelp(ctx, r.ID)
}

func (a *App) helpView(ctx context.Context, r store.HelpRequest, reader blocks.HelpFor, to, before string) blocks.Message {
	lang := r.Lang
	if to != "" {
		lang = a.readerLang(ctx, to, r.Question)
	}
	return blocks.HelpRequest{Lang: lang, Request: r, Scenario: a.engine.Title(r.Scenario, lang), For: reader, Before: before}.Message()
}

// refreshHelp draws every message of a request again, each from the newest record.
func (a *App) refreshHelp(ctx context.Context, id string) error {
	defer a.cards.lock(id)()
	r, err := a.store.HelpRequest(ctx, id)
	if err != nil {
		return ignoreAbsent(err)
	}
	if err := a.teamHomes(ctx, r.Team, r.Asker, r.Helper); err != nil {
		return err
	}
	var failed error
	for _, key := range r.Posts {
		p, err := a.store.Post(ctx, key)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err == nil {
			reader, to := readerOf(key)
			err = a.changeOne(ctx, p, a.helpView(ctx, r, reader, to, ""))
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// readerOf tells from the key of a request's post who reads it: "help:ID" is its
// own message, "help:ID:lead:U…:…" went to a lead, "help:ID:one:U…:…" to a colleague.
func readerOf(key string) (reader blocks.HelpFor, to string) {
	parts := strings.Split(key, ":")
	if len(parts) < 4 {
		return blocks.ForTeam, ""
	}
	if parts[2] == "lead" {
		return blocks.ForLead, parts[3]
	}
	return blocks.ForOne, parts[3]
}

func personalHelpKey(id, reader, user, why string) string {
	return helpKey(id) + ":" + reader + ":" + user + ":" + why
}

// helpPost is the post that is the request's own message; without one the zero Post.
func (a *App) helpPost(ctx context.Context, r store.HelpRequest) store.Post {
	p, err := a.store.Post(ctx, helpKey(r.ID))
	if err != nil || !p.Sent() {
		return store.Post{}
	}
	return p
}

// helpLink is the address of the request's own message, "" when it has none.
func (a *App) helpLink(ctx context.Context, r store.HelpRequest) string {
	p := a.helpPost(ctx, r)
	if p.TS == "" {
		return ""
	}
	return a.permalink(ctx, p.Channel, p.TS)
}

// inHelpThread speaks in the thread of the request's own message, once. spoke is
// false without such a message, or when its channel cannot be posted in any more:
// then the people are told themselves. loud shows it in the channel too.
func (a *App) inHelpThread(ctx context.Context, r store.HelpRequest, key string, m blocks.Message, loud bool) (spoke bool, err error) {
	own := a.helpPost(ctx, r)
	if own.TS == "" {
		return false, nil
	}
	_, err = a.say(ctx, post{key: key, kind: postHelpNote, channel: own.Channel, thread: own.TS, caseID: r.ID, message: m, broadcast: loud})
	var permanent permanentError
	if errors.As(err, &permanent) {
		a.log.Warn("the thread of a help request cannot be posted in", "channel", own.Channel, "cause", err)
		return false, nil
	}
	return err == nil, err
}

// whisper tells one person something about a request, once. Somebody who cannot
// be reached (deactivated, no direct messages) is left out.
func (a *App) whisper(ctx context.Context, user, key, id string, m blocks.Message) error {
	_, err := a.tell(ctx, user, post{key: key, kind: postHelpNote, caseID: id, message: m})
	var permanent permanentError
	if errors.As(err, &permanent) {
		a.log.Warn("a person cannot be told", "post", key, "cause", err)
		return nil
	}
	return err
}
