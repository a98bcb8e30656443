package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/playbooks/guard"
	"coachbot/playbooks/traditional"
	"coachbot/store"
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
		return a.checkShortcut(ctx, s, key, lang, reply)
	}
	return reply(blocks.Say(lang, blocks.Later, s.Callback))
}

// checkShortcut opens the modal in which a draft is checked.
func (a *App) checkShortcut(ctx context.Context, s shortcut, key, lang string, reply func(blocks.Message) error) error {
	if err := a.checkedFor(ctx, s.Channel, s.User, key, s.Text); err != nil {
		return err
	}
	behind := a.caseBehind(ctx, s.Workspace, s.Channel, s.Thread, s.User)
	r := rewrite{Lang: lang, Draft: s.Text, Case: behind.ID}
	view, err := a.openedModal(ctx, s.Trigger, a.checkModal(lang, s.Text, behind), func(blocks.Message) error { // too late for a form; the result still helps
		r.Reply = s.ResponseURL
		return reply(a.checked(lang, s.Text, situationOf(behind)))
	})
	if err != nil {
		return err
	}
	if r.View = view; view != "" {
		a.drafts.show(view, s.Text)
	}
	return a.rewriteLater(ctx, personLane(s.Workspace, s.User), s.User+"."+s.Trigger, r)
}

// stateOfCheck travels with the modal: which case the draft answers, and who of its
// customer was angry even when the case is gone.
func stateOfCheck(lang string, c store.Case) blocks.State {
	state := blocks.State{Lang: lang, Case: c.ID}
	if situationOf(c).Angry {
		state.Step = angryCustomer
	}
	return state
}

const angryCustomer = "angry"

func (a *App) checkModal(lang, draft string, behind store.Case) slack.ModalViewRequest {
	return blocks.CheckModal(stateOfCheck(lang, behind), draft, a.guard.Check(draft), a.guard.Hints(draft, situationOf(behind)), true)
}

// checkSubmitted answers the modal's "check again" with the same modal and its new findings,
// which the acknowledgement carries. It changes nothing; with an AI service a job for better words follows.
func (a *App) checkSubmitted(ctx context.Context, raw rawInteraction, payload []byte) (*store.Job, any, error) {
	written := ""
	for _, block := range raw.View.State.Values {
		for _, input := range block {
			written = input.Value
		}
	}
	draft := readable(written) // goes back to its writer and nowhere else
	s := blocks.ParseState(raw.View.Metadata)
	lang := "en"
	if hasHan(draft) {
		lang = "zh"
		if traditional.Reader(s.Lang) || traditional.Is(draft) {
			lang = traditional.Lang
		}
	}
	state := blocks.State{Lang: lang, Case: s.Case, Step: s.Step}
	view := blocks.CheckModal(state, draft, a.guard.Check(draft), a.guard.Hints(draft, guard.Situation{Angry: s.Step == angryCustomer}), true)
	kept := letIn(written)
	a.drafts.show(raw.View.ID, kept)
	job, err := a.rewriteJob(personLane(raw.Team.ID, raw.User.ID), keyOf("view", payload, raw.View.ID, raw.View.Hash, hashOf(kept)),
		rewrite{Lang: lang, Draft: kept, Case: s.Case, View: raw.View.ID})
	if job != nil {
		job.RunAt = job.At.Add(afterAck)
	}
	return job, map[string]any{"response_action": "update", "view": view}, err
}
