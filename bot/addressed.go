package bot

import (
	"context"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/bot/coach"
	"coachbot/store"
)

// addressed answers a direct message or a mention.
func (a *App) addressed(ctx context.Context, s said) error {
	s.Text = strings.TrimSpace(a.withoutMention(s.Text))
	v, rest := verbOf(s.Text)
	lang := a.readerLang(ctx, s.User, s.Text)
	switch {
	case s.IM && v == verbCheck && rest != "":
		behind := a.caseBehind(ctx, s.Workspace, s.Channel, s.Thread, s.User)
		return errors.Join(a.checkedFor(ctx, s.Channel, s.User, "msg:"+s.Channel+"."+s.TS, rest),
			a.note(ctx, s, a.checked(lang, rest, situationOf(behind))),
			a.rewriteLater(ctx, personLane(s.Workspace, s.User), s.Channel+"."+s.TS, rewrite{Lang: lang, Draft: rest, Case: behind.ID, Post: noteOf(s)}))
	case s.IM && v == verbPlaybook:
		found, err := a.searchCards(ctx, s.Channel, s.User, rest, lang)
		if err != nil {
			return err
		}
		return a.note(ctx, s, blocks.WithKnowledge(lang, a.playbook(ctx, lang, rest), found))
	case s.IM && v == verbPractice && rest == "":
		m, err := a.nextDrill(ctx, s.Channel, s.User, lang, s.TS)
		if err != nil {
			return err
		}
		return a.note(ctx, s, m)
	case s.IM && v == verbDigest:
		m, err := a.digestCommand(ctx, command{Workspace: s.Workspace, Channel: s.Channel, User: s.User}, rest, lang)
		if err != nil {
			return err
		}
		return a.note(ctx, s, m)
	case s.IM && v == verbPromise:
		if done, err := a.promisedDirectly(ctx, s, rest, lang); done || err != nil {
			return err
		}
	case s.IM && v == verbHints && len(rest) == 1:
		m, err := a.hintsCommand(ctx, command{Workspace: s.Workspace, Channel: s.Channel, User: s.User}, rest, lang)
		if err != nil {
			return err
		}
		return a.note(ctx, s, m)
	case thanks(s.Text) && (s.Thread == "" || !s.IM):
		return a.note(ctx, s, blocks.Say(lang, blocks.Welcome))
	case s.IM && s.Thread == "" && stops(s.Text): // a role play that is over already
		return a.note(ctx, s, blocks.Say(lang, blocks.NothingToGoOn))
	case v == verbHelp:
		return a.note(ctx, s, blocks.Help(lang, false))
	case s.IM && (v == verbWatch || v == verbUnwatch || v == verbWhy):
		return a.note(ctx, s, blocks.Say(lang, blocks.InChannel))
	}
	if s.Text == "" {
		var err error
		if s.Text, err = a.wordsAbove(ctx, s); err != nil {
			return err
		}
		lang = a.readerLang(ctx, s.User, s.Text)
	}
	if s.Text == "" {
		return a.note(ctx, s, blocks.Say(lang, blocks.PasteWords))
	}
	if err := a.besidePlay(ctx, s); err != nil {
		return err
	}
	advice := a.advice(ctx, s, true)
	if advice.Own {
		return a.minute(ctx, s)
	}
	if advice.NothingToGoOn() {
		return a.note(ctx, s, blocks.Say(lang, blocks.NothingToGoOn))
	}
	return a.coached(ctx, s, advice)
}

// coached opens a case for somebody who asked, and shows its card.
func (a *App) coached(ctx context.Context, s said, advice coach.Advice) error {
	c, err := a.openCase(ctx, s, advice, s.IM)
	if err != nil || c.State != store.CaseOpen {
		return err
	}
	at, err := a.place(ctx, s, store.WatchThread)
	if err != nil {
		return err
	}
	d := decision{advice: &advice, caseID: c.ID, reason: at.reason, spoke: at.where != nowhere}
	if at.where != nowhere {
		if err := a.showCard(ctx, c, advice, s, at); err != nil {
			return err
		}
	}
	if err := a.watchOver(ctx, c); err != nil || s.IM {
		return err
	}
	return a.decide(ctx, s, d)
}

func (a *App) withoutMention(text string) string {
	before, after, found := strings.Cut(text, "<@"+a.self.User)
	if !found {
		return text
	}
	if _, tail, ok := strings.Cut(after, ">"); ok {
		return before + tail
	}
	return before
}

// wordsAbove is the message that a bare mention in a thread points at: its root.
func (a *App) wordsAbove(ctx context.Context, s said) (text string, err error) {
	if s.Thread == "" {
		return "", nil
	}
	err = a.call(ctx, "conversations.replies", s.Channel, func(ctx context.Context) error {
		list, _, _, err := a.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: s.Channel, Timestamp: s.Thread, Limit: 1})
		if err == nil && len(list) > 0 && list[0].User != a.self.User {
			text = letIn(list[0].Text)
		}
		return err
	})
	var permanent permanentError
	if errors.As(err, &permanent) {
		return "", nil
	}
	return text, err
}

// noteOf is the key of the note that answers a message.
func noteOf(s said) string { return "note:" + store.CaseID(s.Workspace, s.Channel, s.TS) }

// note answers with a message that is no card: where it was asked, or in private
// where customers could read.
func (a *App) note(ctx context.Context, s said, m blocks.Message) error {
	p := post{key: noteOf(s), kind: "note", channel: s.Channel, thread: s.root(), message: m}
	if s.IM {
		p.thread = s.Thread
		_, err := a.say(ctx, p)
		return err
	}
	at, err := a.place(ctx, s, store.WatchThread)
	if err != nil {
		return err
	}
	switch at.where {
	case inThread:
		_, err = a.say(ctx, p)
	case toAuthor:
		_, err = a.tell(ctx, s.User, p)
	}
	return err
}

// wordless answers a screenshot or a voice note: the bot reads words only.
func (a *App) wordless(ctx context.Context, s said, mode store.WatchMode) error {
	if s.Thread != "" || mode == store.WatchQuiet || a.now().Sub(timeOf(s.TS)) > a.o.Late {
		return a.decide(ctx, s, decision{reason: blocks.ReasonNoWords})
	}
	lang := a.readerLang(ctx, s.User, "")
	p := post{key: "note:" + store.CaseID(s.Workspace, s.Channel, s.TS), kind: "note", channel: s.Channel, thread: s.root(), message: blocks.Say(lang, blocks.PasteWords)}
	at, err := a.place(ctx, s, mode)
	if err != nil {
		return err
	}
	switch at.where {
	case inThread:
		_, err = a.say(ctx, p)
	case toAuthor:
		_, err = a.tell(ctx, s.User, p)
	}
	return errors.Join(err, a.decide(ctx, s, decision{reason: blocks.ReasonNoWords, spoke: err == nil && at.where != nowhere}))
}
