package bot

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/llm"
	"coachbot/bot/roleplay"
	"coachbot/playbooks"
	"coachbot/prompts"
	"coachbot/store"
)

// playAsked reports whether practice is asked for as a role play, and what of.
func playAsked(rest string) (words string, ok bool) {
	first, more, _ := strings.Cut(strings.TrimSpace(rest), " ")
	switch strings.ToLower(first) {
	case "play", "role", "roleplay", "role-play", "扮演", "对练", "對練", "角色", "角色扮演":
		return strings.TrimSpace(more), true
	}
	return "", false
}

// play opens a role play in the person's direct messages: the bot is the customer.
func (a *App) play(ctx context.Context, c command, words, lang string, reply func(blocks.Message) error) error {
	h := fnv.New64a()
	_, _ = h.Write([]byte(c.Trigger + c.User))
	seed := h.Sum64()
	kind, personality, words := castOf(words)
	book, ok := a.playable(ctx, words, lang, seed)
	if !ok {
		return reply(blocks.Say(lang, blocks.PlayNone, blocks.Quoted(words)))
	}
	r := roleplay.Begin(store.RolePlay{Workspace: a.self.Workspace, User: c.User, Lang: book.Lang, Playbook: book.ID,
		Kind: kind, Personality: personality, State: store.RolePlayOn, StartedAt: a.now()}, book, seed)
	sent, err := a.tell(ctx, c.User, post{key: playsOf(c.Workspace, c.User) + c.Trigger, kind: "play",
		message: blocks.PlayStart(a.inScript(ctx, c.User, book.Lang), book.Title, r.Lines[0].Text)})
	if err != nil {
		return err
	}
	r.ID = store.CaseID(a.self.Workspace, sent.Channel, sent.TS)
	if err := a.forgetPlays(ctx, c.User, r.ID); err != nil {
		return err
	}
	_, err = a.store.UpdateRolePlay(ctx, r.ID, func(to *store.RolePlay) error {
		if to.State == "" {
			*to = r
		}
		return nil
	})
	if err != nil {
		return err
	}
	return reply(blocks.Say(lang, blocks.PlayBegun))
}

// playsOf begins the keys of the posts that open a person's role plays.
func playsOf(workspace, user string) string { return "play:" + workspace + "." + user + "." }

// forgetPlays ends what a person has left unfinished, without its words.
func (a *App) forgetPlays(ctx context.Context, user, but string) error {
	return a.store.RolePlaysOf(ctx, a.self.Workspace, user, func(r store.RolePlay) error {
		if r.ID == but || r.State == store.RolePlayOver {
			return nil
		}
		_, err := a.store.UpdateRolePlay(ctx, r.ID, func(to *store.RolePlay) error {
			to.State, to.Lines, to.EndedAt = store.RolePlayOver, nil, a.now()
			return nil
		})
		return err
	})
}

// castOf takes words that choose the customer out of what was asked.
func castOf(words string) (kind, personality, rest string) {
	kinds := map[string]string{"agitated": "agitated", "激动": "agitated", "demanding": "demanding", "需求": "demanding", "confused": "confused", "困惑": "confused"}
	characters := map[string]string{"eagle": "eagle", "老鹰": "eagle", "peacock": "peacock", "孔雀": "peacock", "dove": "dove", "鸽子": "dove", "owl": "owl", "猫头鹰": "owl"}
	var left []string
	for _, w := range strings.Fields(words) {
		lower := strings.ToLower(w)
		switch {
		case kinds[lower] != "":
			kind = kinds[lower]
		case characters[lower] != "":
			personality = characters[lower]
		default:
			left = append(left, w)
		}
	}
	return kind, personality, strings.Join(left, " ")
}

// playable is the scenario that the words name or find; without words any that can be talked through.
func (a *App) playable(ctx context.Context, words, lang string, seed uint64) (playbooks.Playbook, bool) {
	if words != "" {
		if p, ok := a.book(strings.ToLower(words), lang); ok && p.Kind == playbooks.Scenario {
			return *p, true
		}
		hits, err := a.search.Search(ctx, words, a.bookLang(lang), 5)
		if err != nil {
			a.log.Error("the search failed", "cause", err)
		}
		for _, hit := range hits {
			if p, ok := a.book(hit.ID, lang); ok && p.Kind == playbooks.Scenario {
				return *p, true
			}
		}
		return playbooks.Playbook{}, false
	}
	var list []playbooks.Playbook
	for _, p := range a.library.Scenarios(a.bookLang(lang)) {
		if p.Precedence == 0 { // danger, law and abuse are no game unless asked for
			list = append(list, *p)
		}
	}
	if len(list) == 0 {
		return playbooks.Playbook{}, false
	}
	return list[seed%uint64(len(list))], true
}

// inPlay is the role play in whose thread something was said, if it is one of
// that person. It ends beside its thread too.
func (a *App) inPlay(ctx context.Context, s said) (store.RolePlay, bool, error) {
	if !s.IM || s.Thread == "" && !stops(s.Text) {
		return store.RolePlay{}, false, nil
	}
	if s.Thread == "" {
		var on store.RolePlay
		err := a.store.RolePlaysOf(ctx, s.Workspace, s.User, func(r store.RolePlay) error {
			if r.State == store.RolePlayOn || r.LastTurn == s.TS {
				on = r
			}
			return nil
		})
		return on, on.ID != "", err
	}
	r, err := a.store.RolePlay(ctx, store.CaseID(s.Workspace, s.Channel, s.Thread))
	if errors.Is(err, store.ErrNotFound) {
		return r, false, a.playBegins(ctx, s)
	}
	return r, err == nil && r.User == s.User, err
}

// playBegins fails while a thread hangs on the post that opens a role play of that person and
// the role play is not recorded yet: Slack may show it, and it may be answered, before that.
// What was said is read again then; see underWay.
func (a *App) playBegins(ctx context.Context, s said) error {
	if a.now().Sub(timeOf(s.Thread)) > underWayFor {
		return nil
	}
	root, err := a.store.PostAt(ctx, s.Workspace, s.Channel, s.Thread)
	if errors.Is(err, store.ErrNotFound) {
		var key string
		if key, err = a.keyAt(ctx, s.Channel, s.Thread); err != nil || key == "" {
			return err
		}
		root, err = a.store.Post(ctx, key)
	}
	if err != nil || !strings.HasPrefix(root.Key, playsOf(s.Workspace, s.User)) {
		return ignoreAbsent(err)
	}
	if root.Sent() && a.now().Sub(root.SentAt) > sentWithin { // it was forgotten
		return nil
	}
	return fmt.Errorf("the role play of the post %s is answered and not recorded yet", root.Key)
}

// playFresh is how long after the last word in a role play something beside its thread may be meant for it.
const playFresh = 30 * time.Minute

// besidePlay says once where a role play goes on to somebody who writes beside its thread.
func (a *App) besidePlay(ctx context.Context, s said) error {
	if !s.IM || s.Thread != "" {
		return nil
	}
	return a.store.RolePlaysOf(ctx, s.Workspace, s.User, func(r store.RolePlay) error {
		last := r.StartedAt
		if r.LastTurn != "" {
			last = timeOf(r.LastTurn)
		}
		if r.State != store.RolePlayOn || timeOf(s.TS).Sub(last) > playFresh {
			return nil
		}
		_, err := a.say(ctx, post{key: "play:" + r.ID + ":beside", kind: "play", channel: s.Channel,
			message: blocks.Say(a.inScript(ctx, s.User, r.Lang), blocks.PlayBeside)})
		return err
	})
}

// stops reports whether somebody has had enough of a role play.
func stops(text string) bool {
	switch strings.ToLower(strings.Trim(text, " .。!！")) {
	case "stop", "end", "结束", "停", "結束":
		return true
	}
	return false
}

// played lets the customer react to what the agent wrote.
func (a *App) played(ctx context.Context, r store.RolePlay, s said) error {
	if strings.TrimSpace(s.Text) == "" {
		return nil
	}
	if r.State == store.RolePlayOver && !spokenOf(r, s.TS) {
		if r.LastTurn >= s.TS {
			return nil // it was this message that ended it
		}
		return a.note(ctx, s, blocks.Say(a.inScript(ctx, s.User, r.Lang), blocks.PlayOver))
	}
	if stops(s.Text) {
		return a.playEnds(ctx, r, s.Channel, s.TS, roleplay.EndByHand)
	}
	if !spokenOf(r, s.TS) {
		next, x := roleplay.React(a.guard, roleplay.NewEar(a.library, r.Lang), r, s.Text, s.TS)
		if x.End == "" {
			next.Lines[len(next.Lines)-1].Text = a.livelier(ctx, next, x)
		} else {
			next.State, next.EndedAt = store.RolePlayOver, a.now()
		}
		var err error
		if r, err = a.store.UpdateRolePlay(ctx, r.ID, func(to *store.RolePlay) error {
			if to.State == store.RolePlayOn && !spokenOf(*to, s.TS) {
				*to = next
			}
			return nil
		}); err != nil {
			return err
		}
	}
	i := slices.IndexFunc(r.Lines, func(l store.RolePlayLine) bool { return l.Customer && l.Turn == s.TS })
	if i < 0 {
		return nil
	}
	lang := a.inScript(ctx, s.User, r.Lang)
	message := blocks.PlayLine(lang, r.ID, r.Lines[i].Text)
	if r.State == store.RolePlayOver {
		message = blocks.PlayLine(lang, "", r.Lines[i].Text)
	}
	if _, err := a.say(ctx, post{key: "play:" + r.ID + ":" + s.TS, kind: "play", channel: s.Channel, thread: s.Thread, message: message}); err != nil {
		return err
	}
	if r.State == store.RolePlayOver {
		return a.playEnds(ctx, r, s.Channel, s.TS, roleplay.EndOf(r))
	}
	return nil
}

// spokenOf reports whether the customer has answered that message already.
func spokenOf(r store.RolePlay, turn string) bool {
	return slices.ContainsFunc(r.Lines, func(l store.RolePlayLine) bool { return l.Turn == turn })
}

// livelier is the customer's line in an AI service's words, or by the rules.
func (a *App) livelier(ctx context.Context, r store.RolePlay, x roleplay.Reaction) string {
	if a.ai == nil {
		return x.Line
	}
	role := llm.Role{Scenario: a.engine.Title(r.Playbook, r.Lang), Kind: r.Kind, Personality: r.Personality, Mood: x.Mood}
	var lines []prompts.Line
	for _, l := range r.Lines[:len(r.Lines)-1] {
		lines = append(lines, prompts.Line{Customer: l.Customer, Text: l.Text})
	}
	line, err := a.ai.Customer(ctx, r.Lang, role, lines)
	if err != nil {
		return x.Line
	}
	return line
}

// playEnds says how it went, and forgets what was said.
func (a *App) playEnds(ctx context.Context, r store.RolePlay, channel, turn, end string) error {
	_, thread, _ := cutLast(r.ID, channel+".")
	if _, err := a.say(ctx, post{key: "play:" + r.ID + ":end", kind: "play", channel: channel, thread: thread, message: a.playFeedback(r, a.inScript(ctx, r.User, r.Lang), end).Message()}); err != nil {
		return err
	}
	_, err := a.store.UpdateRolePlay(ctx, r.ID, func(to *store.RolePlay) error {
		if to.State == store.RolePlayOn {
			to.EndedAt = a.now()
		}
		to.State, to.Lines, to.LastTurn = store.RolePlayOver, nil, max(to.LastTurn, turn)
		return nil
	})
	return err
}

// cutLast is strings.Cut at the last place.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func (a *App) playFeedback(r store.RolePlay, lang, end string) blocks.PlayFeedback {
	f := blocks.PlayFeedback{Lang: lang, Play: r, End: end}
	book, _ := a.engine.Playbook(r.Playbook, r.Lang)
	took := roleplay.Took(a.guard, roleplay.NewEar(a.library, r.Lang), r)
	for _, step := range roleplay.Steps() {
		view := blocks.PlayStep{Step: string(step), Done: slices.Contains(r.Done, string(step)), Yours: took[step]}
		if list := book.Steps[step]; len(list) > 0 {
			view.Say = playbooks.Fill(list[0].Text, r.Lang, nil)
		}
		f.Steps = append(f.Steps, view)
	}
	for _, code := range r.Slips {
		if slices.ContainsFunc(f.Slips, func(s blocks.PlaySlip) bool { return s.Code == code }) {
			continue
		}
		slip := blocks.PlaySlip{Code: code}
		for _, p := range a.guard.Phrases() {
			if p.ID == code && len(p.SayInstead[r.Lang]) > 0 {
				slip.Instead = p.SayInstead[r.Lang][0]
			}
		}
		f.Slips = append(f.Slips, slip)
	}
	return f
}

// playStopped ends a role play by its button.
func (a *App) playStopped(ctx context.Context, p press) error {
	r, err := a.store.RolePlay(ctx, p.Value)
	if errors.Is(err, store.ErrNotFound) || err == nil && (r.User != p.User || r.State == store.RolePlayOver) {
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), blocks.Say(a.readerLang(ctx, p.User, ""), blocks.PlayOver), false)
	}
	if err != nil {
		return err
	}
	return a.playEnds(ctx, r, p.Channel, "", roleplay.EndByHand)
}
