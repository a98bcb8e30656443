package bot

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/knowledge"
	"coachbot/playbooks"
	"coachbot/store"
)

// decideCard opens the form in which an admin accepts what was proposed for a playbook, or declines it.
func (a *App) decideCard(ctx context.Context, k store.KnowledgeCard, p press, lang string, say sayNote) error {
	may, err := a.isAdmin(ctx, p.User)
	if err != nil {
		return err
	}
	title := a.engine.Title(k.Scenario, lang)
	switch {
	case !may:
		return say(blocks.CardAdminsOnly)
	case !k.AcceptedAt.IsZero():
		return say(blocks.CardAccepted, title)
	case !k.DeclinedAt.IsZero():
		return say(blocks.CardDeclined, title)
	}
	book, ok := a.library.ByID(k.Scenario, k.Lang)
	if !ok {
		return say(blocks.CardNoScenario)
	}
	phrase := knowledge.PhraseOf(k)
	view := blocks.AcceptModal(blocks.State{Lang: lang, Card: k.ID}, title, k, phrase, knowledge.StepOf(*book, phrase))
	return a.openModal(ctx, p.Trigger, view, func(m blocks.Message) error {
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), m, false)
	})
}

// acceptFormDone does what an admin decided. The card says so first; writing the
// phrase and telling people can then be done again.
func (a *App) acceptFormDone(ctx context.Context, job store.Job, f form) error {
	lang := f.State.Lang
	tell := func(user string, m blocks.Message) error {
		return a.whisper(ctx, user, job.ID+":"+user, f.State.Card, m)
	}
	may, err := a.isAdmin(ctx, f.User)
	if err != nil {
		return err
	}
	if !may {
		return tell(f.User, blocks.Note(lang, blocks.CardAdminsOnly, nil))
	}
	accept, now := f.text(blocks.InputDecision) != blocks.DecisionDecline, a.now()
	k, err := a.store.UpdateKnowledgeCard(ctx, f.State.Card, func(k *store.KnowledgeCard) error {
		switch {
		case k.State == "" || k.State == store.CardWithdrawn:
			return store.ErrNotFound
		case !k.AcceptedAt.IsZero() || !k.DeclinedAt.IsZero(): // decided before, or by another admin meanwhile
		case accept:
			k.AcceptedAt, k.AcceptedBy = now, f.User
			k.ProposedAt, k.ProposedBy = cmp.Or(k.ProposedAt, now), cmp.Or(k.ProposedBy, f.User)
		default:
			k.DeclinedAt, k.DeclinedBy, k.DeclinedWhy = now, f.User, f.text(blocks.InputWhy)
		}
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return tell(f.User, blocks.Note(lang, blocks.CardGone, nil))
	}
	if err != nil {
		return err
	}
	var done blocks.Accepted
	if k.AcceptedBy == f.User {
		done = a.writeAccepted(ctx, k, f)
	}
	return a.tellDecision(ctx, k, f.User, done, tell)
}

// tellDecision tells the admin what was done and whoever proposed it what was decided.
func (a *App) tellDecision(ctx context.Context, k store.KnowledgeCard, admin string, done blocks.Accepted, tell func(string, blocks.Message) error) error {
	note := blocks.CardAccepted
	if k.AcceptedAt.IsZero() {
		note = blocks.CardDeclined
	}
	lang := a.readerLang(ctx, admin, "")
	done.Lang, done.Title = lang, a.engine.Title(k.Scenario, lang)
	m := blocks.Note(lang, note, nil, done.Title)
	if done.File != "" {
		m = done.Message()
	}
	if err := tell(admin, m); err != nil || k.ProposedBy == "" || k.ProposedBy == admin {
		return err
	}
	lang = a.readerLang(ctx, k.ProposedBy, "")
	if note == blocks.CardDeclined && k.DeclinedWhy != "" {
		return tell(k.ProposedBy, blocks.Note(lang, blocks.CardDeclinedWhy, nil, a.engine.Title(k.Scenario, lang), blocks.Quoted(k.DeclinedWhy)))
	}
	return tell(k.ProposedBy, blocks.Note(lang, note, nil, a.engine.Title(k.Scenario, lang)))
}

// writeAccepted adds the phrase to the folder's own file of what was accepted.
// Where the folder cannot be written, the change comes as a patch.
func (a *App) writeAccepted(ctx context.Context, k store.KnowledgeCard, f form) blocks.Accepted {
	k.Words = cmp.Or(f.text(blocks.InputWords), k.Words)
	if p, ok := a.engine.Playbook(k.Scenario, k.Lang); ok {
		k.Lang = p.Lang // a language without the playbook is answered from another's
	}
	phrase, step := knowledge.PhraseOf(k), playbooks.Step(f.text(blocks.InputStep))
	from := k.AcceptedAt.In(a.zoneOfTeam(ctx, k.Team)).Format(time.DateOnly) + ": " + a.namesOf(ctx, k)
	name := playbooks.AcceptedFolder + "/" + k.Lang + "/" + k.Scenario + ".md"
	done := blocks.Accepted{File: name}
	old := ""
	if a.o.Folder != nil {
		path := filepath.Join(a.o.Folder.Path(), filepath.FromSlash(name))
		unlock := a.cards.lock("file:" + name)
		defer unlock()
		data, err := os.ReadFile(path)
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			old = string(data)
			if err = replaceFile(path, playbooks.Accept(old, step, phrase, from)); err == nil {
				return done
			}
		}
		a.log.Warn("an accepted phrase goes as a patch: the folder of playbooks cannot be written", "cause", err)
	}
	done.Patch = knowledge.Patch(name, old, playbooks.Accept(old, step, phrase, from))
	return done
}

// replaceFile writes a file whole or not at all.
func replaceFile(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".accepted-*")
	if err != nil {
		return err
	}
	_, err = temp.WriteString(text)
	err = errors.Join(err, temp.Chmod(0o644), temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
	}
	return err
}

// namesOf is who stands behind an accepted phrase, its author only when they agreed to be named.
func (a *App) namesOf(ctx context.Context, k store.KnowledgeCard) string {
	name := func(user string) string {
		if who, err := a.person(ctx, user); err == nil && who.name != "" {
			return who.name
		}
		return user
	}
	author := "a colleague"
	if k.Named {
		author = name(k.Author)
	}
	return "words of " + author + ", accepted by " + name(k.AcceptedBy)
}

// zoneOfTeam is where a team's days begin; UTC when it cannot be found out now.
func (a *App) zoneOfTeam(ctx context.Context, id string) *time.Location {
	t, err := a.team(ctx, id)
	if err != nil {
		return time.UTC
	}
	return zoneOf(t)
}
