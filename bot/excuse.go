package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// asker is who waits for an answer, and how to reach that person alone.
type asker struct {
	user        string // "": nobody asked
	responseURL string
	words       string // to tell the language by
}

// askerOf is who asked by a message: nobody when it was not said to the bot.
func (a *App) askerOf(s said) asker {
	if s.BotID != "" || !s.IM && !a.mentioned(s.Text) {
		return asker{}
	}
	return asker{user: s.User, words: s.Text}
}

// excused tells whoever asked, in private and in words, when what was asked for
// cannot be done and trying again is no use. The error goes on to the log.
func (a *App) excused(ctx context.Context, job store.Job, who asker, err error) error {
	var permanent permanentError
	if who.user == "" || !errors.As(err, &permanent) {
		return err
	}
	lang := a.readerLang(ctx, who.user, who.words)
	told := a.answer(ctx, who.responseURL, who.user, "sorry:"+job.ID, excuse(lang, err), false)
	if told != nil && !errors.As(told, &permanent) {
		return told // the excuse is still owed
	}
	return err
}

// excuse puts Slack's refusal into words that say what to do.
func excuse(lang string, err error) blocks.Message {
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) {
		return blocks.Say(lang, blocks.Failed)
	}
	switch refused.Err {
	case "missing_scope":
		if refused.Needed != "" {
			return blocks.Say(lang, blocks.MissingScope, refused.Needed)
		}
		return blocks.Say(lang, blocks.MissingScope)
	case "not_in_channel", "channel_not_found":
		return blocks.Say(lang, blocks.NotInChannel)
	case "is_archived":
		return blocks.Say(lang, blocks.Archived)
	}
	return blocks.Say(lang, blocks.Failed)
}
