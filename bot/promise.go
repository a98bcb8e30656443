package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/when"
	"coachbot/store"
)

// promisePrefix begins the id of every promise. The rest tells nobody whose it is.
const promisePrefix = "promise-"

// promiseCommand records what somebody promised a customer, at once when the words
// say what and by when; else a modal asks for what is missing.
func (a *App) promiseCommand(ctx context.Context, c command, words, lang string, reply func(blocks.Message) error) error {
	team, err := a.teamFor(ctx, c.Channel, c.User)
	if err != nil {
		return err
	}
	scene, err := a.sceneOf(ctx, c.User, team)
	if err != nil {
		return err
	}
	cases, err := a.recentCases(ctx, c.Channel, c.User)
	if err != nil {
		return err
	}
	words = plainWords(words)
	understood := when.Read(words, scene)
	if understood.Unclear != when.Clear {
		form := blocks.PromiseForm{Lang: lang, State: blocks.State{Channel: c.Channel}, What: understood.What, Due: understood.By,
			Said: cmp.Or(understood.Said, words), Unclear: string(understood.Unclear), Zone: scene.Zone, Now: scene.Now, Cases: a.caseChoices(cases, lang)}
		if words == "" {
			form.Unclear = ""
		}
		if len(cases) == 1 {
			form.Case = cases[0].ID
		}
		return a.openModal(ctx, c.Trigger, form.Modal(), reply)
	}
	_, note, err := a.understoodPromise(ctx, c, team, scene, cases, understood, lang)
	if err != nil {
		return err
	}
	return reply(note.Message())
}

// understoodPromise records a promise whose words say what and by when.
func (a *App) understoodPromise(ctx context.Context, c command, team store.Team, scene when.Context, cases []store.Case, understood when.Promise, lang string) (store.Promise, blocks.PromiseNote, error) {
	p := store.Promise{ID: idFrom(promisePrefix, "cmd:"+c.Workspace+"."+c.User+"."+c.Trigger), Workspace: c.Workspace, Team: team.ID, Channel: c.Channel,
		Owner: c.User, What: understood.What, When: understood.Said, Kind: string(understood.Kind), Lang: lang, Zone: scene.Zone.String(), DueAt: understood.By}
	if len(cases) == 1 {
		p.Case = cases[0].ID
	}
	p, err := a.saidTwice(ctx, p)
	if err != nil {
		return p, blocks.PromiseNote{}, err
	}
	if p, err = a.recordPromise(ctx, p); err != nil {
		return p, blocks.PromiseNote{}, err
	}
	note, err := a.promiseNote(ctx, p, p.Owner, blocks.PromiseMade)
	note.Default = understood.Default
	return p, note, err
}

// twiceWithin is how soon the same words are the same promise, sent once more.
const twiceWithin = time.Minute

// saidTwice gives a promise the id of one that its owner has just made in the same words,
// in the same place and for the same case, if there is one.
func (a *App) saidTwice(ctx context.Context, p store.Promise) (store.Promise, error) {
	err := a.store.PromisesOwed(ctx, p.Workspace, p.Owner, func(old store.Promise) error {
		if old.What == p.What && old.When == p.When && old.Channel == p.Channel && old.Case == p.Case && a.now().Sub(old.MadeAt) < twiceWithin {
			p.ID = old.ID
		}
		return nil
	})
	return p, err
}

// promisedDirectly records what a direct message says was promised. A form
// cannot open there, and words without a time may be a customer's: "promise
// after promise, and nothing happens".
func (a *App) promisedDirectly(ctx context.Context, s said, words, lang string) (bool, error) {
	team, err := a.teamFor(ctx, s.Channel, s.User)
	if err != nil {
		return false, err
	}
	scene, err := a.sceneOf(ctx, s.User, team)
	if err != nil {
		return false, err
	}
	words = plainWords(words)
	understood := when.Read(words, scene)
	switch {
	case understood.Said == "" && words != "":
		return false, nil
	case understood.Unclear != when.Clear:
		return true, a.note(ctx, s, blocks.Say(lang, blocks.PromiseUnclear, blocks.Quoted(cmp.Or(words, "…"))))
	}
	cases, err := a.recentCases(ctx, s.Channel, s.User)
	if err != nil {
		return false, err
	}
	c := command{Workspace: s.Workspace, Channel: s.Channel, User: s.User, Trigger: s.Channel + "." + s.TS}
	p, note, err := a.understoodPromise(ctx, c, team, scene, cases, understood, lang)
	if err != nil {
		return false, err
	}
	return true, a.tellPromise(ctx, p, p.Owner, promiseKey(p, "made", p.Owner), note)
}

// sceneOf is who promises, when and where: the person's own zone, the team's working time.
func (a *App) sceneOf(ctx context.Context, user string, team store.Team) (when.Context, error) {
	p, err := a.whoIs(ctx, user)
	if err != nil {
		return when.Context{}, err
	}
	zone := p.zone
	if zone == nil {
		zone = zoneOf(team)
	}
	return when.Context{Now: a.now().In(zone), Zone: zone, Locale: p.locale, Work: calendarOf(team)}, nil
}

// recordPromise keeps a promise, once, and plans its reminders and the end of the shift.
func (a *App) recordPromise(ctx context.Context, p store.Promise) (store.Promise, error) {
	p, err := a.store.UpdatePromise(ctx, p.ID, func(kept *store.Promise) error {
		if kept.State != "" {
			return nil
		}
		now := a.now()
		*kept = p
		kept.State, kept.MadeAt, kept.UpdatedAt = store.PromiseOpen, now, now
		return nil
	})
	if err != nil {
		return p, err
	}
	if err := a.planPromise(ctx, p); err != nil {
		return p, err
	}
	if err := a.teamHomes(ctx, p.Team, p.Owner); err != nil {
		return p, err
	}
	return p, a.planShiftEnd(ctx, p.Team, p.Owner)
}

// caseFor is how far back a case may lie that a promise is likely to belong to.
const caseFor = 2 * time.Hour

// recentCases are a person's own cases of a channel that are not over, newest first.
func (a *App) recentCases(ctx context.Context, channel, user string) (list []store.Case, err error) {
	err = a.store.CasesOpened(ctx, channel, a.now().Add(-caseFor), a.now().Add(time.Minute), func(c store.Case) error {
		if c.Author == user && (c.State == store.CaseOpen || c.State == store.CaseUnresolved) {
			list = append(list, c)
		}
		return nil
	})
	slices.Reverse(list)
	return list[:min(len(list), 10)], err
}

// caseChoices names cases so that a person can tell them apart; the first choice is none.
func (a *App) caseChoices(cases []store.Case, lang string) (list []blocks.Choice) {
	if len(cases) > 0 {
		list = append(list, blocks.NoCase(lang))
	}
	for _, c := range cases {
		list = append(list, blocks.Choice{ID: c.ID, Title: a.engine.Title(c.Playbook, lang) + " · " + plainWords(c.Text)})
	}
	return list
}

// promiseNote is a promise as one person sees it.
func (a *App) promiseNote(ctx context.Context, p store.Promise, reader string, as blocks.PromiseAs) (blocks.PromiseNote, error) {
	n := blocks.PromiseNote{Lang: p.Lang, As: as, Promise: p, Reader: reader, Now: a.now()}
	who, err := a.whoIs(ctx, reader)
	if err != nil {
		return n, err
	}
	n.Zone = who.zone
	if n.Zone == nil {
		if n.Zone, err = time.LoadLocation(p.Zone); err != nil {
			n.Zone = time.UTC
		}
	}
	if reader != p.Owner || p.From != "" {
		n.Lang = a.readerLang(ctx, reader, p.What)
	}
	if p.Case != "" {
		c, err := a.store.Case(ctx, p.Case)
		if ignoreAbsent(err) != nil {
			return n, err
		}
		if err == nil && c.State != store.CaseDeleted && (!c.Private || c.Author == reader) {
			n.Case = a.engine.Title(c.Playbook, n.Lang)
			if !c.Private {
				n.Link = a.permalink(ctx, c.Channel, c.TS)
			}
		}
	}
	return n, nil
}

// tellPromise sends a promise to a person's direct messages, once, and remembers the post.
func (a *App) tellPromise(ctx context.Context, p store.Promise, to, key string, note blocks.PromiseNote) error {
	if !slices.Contains(p.Posts, key) {
		_, err := a.store.UpdatePromise(ctx, p.ID, func(p *store.Promise) error {
			if !slices.Contains(p.Posts, key) {
				p.Posts = append(p.Posts, key)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	_, err := a.tell(ctx, to, post{key: key, kind: "promise", message: note.Message()})
	return err
}

// promiseKey is the key of a post that shows a promise to a person: the promise,
// why it is shown, the time it was due then, the person.
func promiseKey(p store.Promise, as, to string) string {
	return p.ID + ":" + as + ":" + strconv.FormatInt(p.DueAt.Unix(), 36) + ":" + to
}

// shownAs are the reasons in the keys of posts.
var shownAs = map[string]blocks.PromiseAs{"made": blocks.PromiseMade, "turned": blocks.PromiseTurned, "given": blocks.PromiseGiven,
	hourBefore: blocks.PromiseNear, minutesBefore: blocks.PromiseNear, whenDue: blocks.PromisePast}

// refreshPromise draws the posts of a promise again, each for its reader, so that
// none shows a time or a button that no longer holds.
func (a *App) refreshPromise(ctx context.Context, p store.Promise) error {
	defer a.cards.lock(p.ID)()
	p, err := a.store.Promise(ctx, p.ID)
	if err != nil {
		return ignoreAbsent(err)
	}
	if err := a.teamHomes(ctx, p.Team, p.Owner, p.From); err != nil {
		return err
	}
	var failed error
	for _, key := range p.Posts {
		kept, err := a.store.Post(ctx, key)
		if ignoreAbsent(err) != nil {
			return err
		}
		parts := strings.Split(strings.TrimPrefix(key, p.ID+":"), ":")
		if err != nil || len(parts) != 3 || !kept.Sent() {
			continue
		}
		note, err := a.promiseNote(ctx, p, parts[2], shownAs[parts[0]])
		if err != nil {
			return err
		}
		if note.As == blocks.PromisePast && p.Owed() {
			note.Repair = a.repair(note.Lang)
		}
		failed = errors.Join(failed, a.changeOne(ctx, kept, note.Message()))
	}
	return failed
}
