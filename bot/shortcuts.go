package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/traditional"
)

// shortcutUsed does a shortcut on a message: coaching on it, or a check of it as a draft.
func (a *App) shortcutUsed(ctx context.Context, s shortcut) error {
	lang := a.readerLang(ctx, s.User, s.Text)
	key := "sc:" + s.Workspace + "." + s.User + "." + s.Trigger
	reply := func(m blocks.Message) error { return a.answer(ctx, s.ResponseURL, s.User, key, m, false) }
	if s.Callback == blocks.ShortcutAsk {
		return a.askShortcut(ctx, s, lang, reply)
	}
	if strings.TrimSpace(s.Text) == "" {
		return reply(blocks.Say(lang, blocks.PasteWords))
	}
	switch s.Callback {
	case blocks.ShortcutCoach:
		return a.coachPrivately(ctx, said{Workspace: s.Workspace, Channel: s.Channel, TS: "sc-" + s.Trigger, User: s.User, Text: s.Text}, s.ResponseURL, reply)
	case blocks.ShortcutSave:
		return a.saveShortcut(ctx, s, lang, reply)
	case blocks.ShortcutCheck:
		situation := a.situation(ctx, s.Workspace, s.Channel, s.Thread)
		view := a.checkModal(lang, s.Text, situation)
		if err := a.checkedFor(ctx, s.Channel, s.User, key, s.Text); err != nil {
			return err
		}
		return a.openModal(ctx, s.Trigger, view, func(blocks.Message) error { // too late for a form; the result still helps
			return reply(a.checked(lang, s.Text, situation))
		})
	}
	return reply(blocks.Say(lang, blocks.Later, s.Callback))
}

// The situation travels with the modal.
const angryCustomer = "angry"

func (a *App) checkModal(lang, draft string, s guard.Situation) slack.ModalViewRequest {
	state := blocks.State{Lang: lang}
	if s.Angry {
		state.Step = angryCustomer
	}
	return blocks.CheckModal(state, draft, a.guard.Check(draft), a.guard.Hints(draft, s), true)
}

// checkSubmitted answers the modal's "check again" with the same modal and its new findings. It is pure
// and keeps nothing, so it is done before the acknowledgement, which carries it.
func (a *App) checkSubmitted(raw rawInteraction) any {
	if raw.View.Callback != blocks.ViewCheckDraft {
		return nil
	}
	draft := ""
	for _, block := range raw.View.State.Values {
		for _, input := range block {
			draft = readable(input.Value) // goes back to its writer and nowhere else
		}
	}
	s := blocks.ParseState(raw.View.Metadata)
	lang := "en"
	if hasHan(draft) {
		lang = "zh"
		if traditional.Reader(s.Lang) || traditional.Is(draft) {
			lang = traditional.Lang
		}
	}
	return map[string]any{"response_action": "update", "view": a.checkModal(lang, draft, guard.Situation{Angry: s.Step == angryCustomer})}
}
