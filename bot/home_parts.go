package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/blocks"
	"coachbot/bot/digest"
	"coachbot/bot/mask"
	"coachbot/playbooks"
	"coachbot/store"
)

// riskWithin is how soon a promise must be due to be at risk.
const riskWithin = 24 * time.Hour

// lastShown is how many of a team's last digests its leads' Home tabs show.
const lastShown = 3

// homeParts fills in what is a person's own, what a lead sees of teams, and what an admin looks after.
func (a *App) homeParts(ctx context.Context, user string, v *blocks.Home) error {
	who, err := a.person(ctx, user)
	if err != nil {
		return err
	}
	v.Now, v.Zone = a.now(), who.zone
	err = a.store.PromisesOwed(ctx, a.self.Workspace, user, func(p store.Promise) error { v.Owed = append(v.Owed, p); return nil })
	if err != nil {
		return err
	}
	t, err := a.teamFor(ctx, "", user)
	if err != nil {
		return err
	}
	teams, err := a.teams(ctx)
	if err != nil {
		return err
	}
	if v.Week, err = a.weekOf(ctx, t, teams, user); err != nil {
		return err
	}
	for _, t := range teams {
		if !slices.Contains(a.leadsOfTeam(t), user) && !slices.Contains(t.DutyLeads, user) {
			continue
		}
		today, err := a.teamToday(ctx, t, v.Lang)
		if err != nil {
			return err
		}
		v.Teams = append(v.Teams, today)
	}
	admin, err := a.isAdmin(ctx, user)
	if err != nil || !admin {
		return err
	}
	v.Admin = a.upkeep(teams, v.Lang)
	return nil
}

// weekOf is what a person did since Monday, as their team's calendar has it, in whichever teams.
func (a *App) weekOf(ctx context.Context, t store.Team, teams []store.Team, user string) (w blocks.Week, err error) {
	s := digest.Running(t, store.DigestWeek, a.now())
	err = a.store.CasesOpened(ctx, "", s.From, s.To, func(c store.Case) error {
		if c.Workspace == t.Workspace && c.Author == user && c.State != store.CaseDismissed && c.State != store.CaseDeleted {
			w.Cases++
			if c.State == store.CaseCalmed {
				w.Calmed++
			}
		}
		return nil
	})
	if err != nil {
		return w, err
	}
	err = a.store.HelpRequestsHelped(ctx, t.Workspace, user, s.From, s.To, func(h store.HelpRequest) error {
		if h.State == store.HelpResolved {
			w.Helped++
		}
		return nil
	})
	if err != nil {
		return w, err
	}
	for _, t := range teams {
		err = a.store.PromisesDue(ctx, t.Workspace, t.ID, s.From, s.To.Add(7*24*time.Hour), func(p store.Promise) error {
			if p.Owner == user && p.State == store.PromiseKept && !p.ClosedAt.Before(s.From) {
				w.Kept++
			}
			return nil
		})
		if err != nil {
			return w, err
		}
	}
	return w, nil
}

// teamToday is a team's day so far: numbers, not people.
func (a *App) teamToday(ctx context.Context, t store.Team, lang string) (blocks.TeamToday, error) {
	var out blocks.TeamToday
	d, err := a.digestOf(ctx, t, digest.Running(t, store.DigestDay, a.now()))
	if err != nil {
		return out, err
	}
	d.Asked = true
	a.redrawnIn(&d, t, lang)
	d.Digest.Gaps.Another = nil
	base, err := a.address(ctx)
	if err != nil {
		return out, err
	}
	now := a.now()
	err = a.store.PromisesOwedIn(ctx, t.Workspace, t.ID, func(p store.Promise) error {
		if p.DueAt.Before(now.Add(riskWithin)) {
			p.What = mask.All(p.What)
			out.AtRisk = append(out.AtRisk, p)
			if link := a.promiseLink(ctx, base, p); link != "" {
				d.Links[p.ID] = link
			}
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	out.Today = d
	last, err := a.store.LastDigests(ctx, t.Workspace, t.ID, store.DigestDay, "9999-12-31", trendLength)
	if err != nil {
		return out, err
	}
	last = slices.DeleteFunc(last, func(d store.DigestRecord) bool { return d.PostedAt.IsZero() }) // there is nothing to read of one that could not be posted
	out.Last = last[:min(len(last), lastShown)]
	for _, r := range out.Last {
		for _, f := range r.Found {
			if f.Scenario != "" {
				d.Titles[f.Scenario] = a.engine.Title(f.Scenario, lang)
			}
		}
	}
	out.Unread, out.Links = map[string][]string{}, map[string]string{}
	for _, r := range out.Last {
		if out.Unread[r.Date], err = a.unread(ctx, t, r); err != nil {
			return out, err
		}
		if p, err := a.store.Post(ctx, r.Post); err == nil && p.Sent() && base != "" {
			out.Links[r.Date] = LinkTo(base, p.Channel, p.TS, "")
		}
	}
	return out, err
}

// upkeep is how the playbooks and the settings stand.
func (a *App) upkeep(teams []store.Team, lang string) *blocks.Upkeep {
	u := &blocks.Upkeep{Teams: teams}
	for _, p := range a.library.All() {
		if p.Kind == playbooks.NotACase {
			continue
		}
		u.Playbooks++
		if !p.Review.IsZero() && p.Review.Before(a.now()) {
			u.Overdue++
		}
	}
	for _, f := range a.brokenNow() {
		u.Faults = append(u.Faults, fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.In(lang)))
	}
	return u
}

// homeLater publishes the Home tabs of people again on which something has changed,
// if they ever opened it; changes close together count as one.
func (a *App) homeLater(ctx context.Context, users ...string) error {
	var jobs []store.Job
	now := a.now()
	slices.Sort(users)
	for _, user := range slices.Compact(users) {
		if user == "" {
			continue
		}
		who, err := a.store.Person(ctx, a.self.Workspace, user)
		if err != nil {
			return err
		}
		if who.Home == "" {
			continue
		}
		at := now.Truncate(homeRest).Add(homeRest)
		job, err := newJob(kindHome, personLane(a.self.Workspace, user)+"/home", "home:"+a.self.Workspace+"."+user+"."+strconv.FormatInt(at.UnixMilli(), 36),
			opened{Workspace: a.self.Workspace, User: user, Changed: true})
		if err != nil {
			return err
		}
		job.At, job.RunAt = now, at
		jobs = append(jobs, *job)
	}
	return a.enqueue(ctx, jobs...)
}

// homeRest is how long changes on a Home tab are gathered.
const homeRest = 2 * time.Second

// publishHome draws a person's Home tab; one that has not changed is left alone.
func (a *App) publishHome(ctx context.Context, o opened) error {
	who, err := a.store.Person(ctx, a.self.Workspace, o.User)
	if err != nil || o.Changed && who.Home == "" {
		return err
	}
	home, err := a.home(ctx, o.User)
	if err != nil {
		return err
	}
	view := home.View()
	data, err := json.Marshal(view)
	if err != nil {
		return fmt.Errorf("the Home tab: %w", err)
	}
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:12])
	if o.Changed && hash == who.Home {
		return nil
	}
	err = a.call(ctx, "views.publish", "", func(ctx context.Context) error {
		_, err := a.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: o.User, View: view})
		return err
	})
	if err != nil {
		return err
	}
	_, err = a.store.UpdatePerson(ctx, a.self.Workspace, o.User, func(who *store.Person) error {
		who.Home, who.UpdatedAt = hash, a.now()
		return nil
	})
	return err
}

// found opens what a search from the Home tab finds.
func (a *App) found(ctx context.Context, p press) error {
	words := strings.TrimSpace(p.Value)
	lang := a.readerLang(ctx, p.User, words)
	late := func(m blocks.Message) error {
		_, err := a.tell(ctx, p.User, post{key: noteKey(p), kind: "note", message: m})
		return err
	}
	return a.openModal(ctx, p.Trigger, blocks.FoundPlaybooks(lang, a.playbook(ctx, lang, words)), late)
}

// teamHomes are the leads' Home tabs, on which a team's day shows.
func (a *App) teamHomes(ctx context.Context, team string, more ...string) error {
	t, err := a.team(ctx, team)
	if err != nil {
		return err
	}
	return a.homeLater(ctx, append(append(slices.Clone(a.leadsOfTeam(t)), t.DutyLeads...), more...)...)
}
