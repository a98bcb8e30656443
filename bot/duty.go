package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"coachbot/bot/blocks"
	"coachbot/store"
)

// answerWithin is how long a lead on duty has before the next in line is called.
const answerWithin = 5 * time.Minute

// duty is one call of a critical case: which lead in line it goes to.
type duty struct {
	Case  string `json:"case"`
	Rung  int    `json:"rung"`
	Alarm int    `json:"alarm,omitempty"` // the case's Alarms when it called
}

// alarm has a case that became critical call the leads anew, also where one of them
// answered when it was critical before.
func alarm(c *store.Case) { c.Alarms, c.Duty = c.Alarms+1, "" }

// watchOver looks after who is on a severe case: a critical one calls the lead on
// duty, and the agent gets a minute when it is over. Both are planned once, the call
// once each time that the case becomes critical.
func (a *App) watchOver(ctx context.Context, c store.Case) error {
	if c.State != store.CaseOpen && c.State != store.CaseUnresolved {
		return nil
	}
	if err := a.planCare(ctx, c); err != nil {
		return err
	}
	if c.Severity != "critical" || c.Private || c.Team == "" || c.Duty != "" || a.mode(ctx, c.Workspace, c.Channel) == store.WatchQuiet {
		return nil
	}
	return a.planDuty(ctx, duty{Case: c.ID, Alarm: c.Alarms}, a.now())
}

func (a *App) planDuty(ctx context.Context, d duty, at time.Time) error {
	return a.later(ctx, kindDuty, "duty/"+d.Case, dutyKey(d.Case, d.Alarm, strconv.Itoa(d.Rung)), at, d)
}

// dutyCalled calls the lead in line, unless somebody answered or the case is over.
func (a *App) dutyCalled(ctx context.Context, d duty) error {
	c, err := a.store.Case(ctx, d.Case)
	if err != nil || !calling(c) || d.Alarm != c.Alarms {
		return ignoreAbsent(err)
	}
	line, err := a.onDuty(ctx, c)
	if err != nil || d.Rung >= len(line) {
		if err == nil && d.Rung == 0 {
			a.log.Warn("a critical case has no lead to call; set COACH_DUTY_LEADS or the team's duty leads", "case", c.ID)
		}
		return err
	}
	lead := line[d.Rung]
	call := a.dutyCall(ctx, c, lead)
	call.Last = d.Rung == len(line)-1
	_, err = a.tell(ctx, lead, post{key: dutyKey(c.ID, c.Alarms, lead), kind: "duty", caseID: c.ID, message: call.Message()})
	var permanent permanentError
	if err != nil && !errors.As(err, &permanent) {
		return err
	}
	if call.Last {
		return err
	}
	next := a.now().Add(answerWithin)
	if err != nil { // this lead cannot be reached: the next one is called at once
		a.log.Warn("a lead on duty could not be called", "cause", err)
		next = a.now()
	}
	return a.planDuty(ctx, duty{Case: c.ID, Rung: d.Rung + 1, Alarm: d.Alarm}, next)
}

// calling reports whether a case still needs a lead.
func calling(c store.Case) bool {
	return c.Severity == "critical" && c.Duty == "" && (c.State == store.CaseOpen || c.State == store.CaseUnresolved)
}

// onDuty are the leads whom a case calls, in line: those on duty in its team who are
// here, without the agent whose case it is; where there are none, its leads, and where
// these have left too, the admins.
func (a *App) onDuty(ctx context.Context, c store.Case) (list []string, err error) {
	t, err := a.team(ctx, c.Team)
	if err != nil {
		return nil, err
	}
	for _, line := range [][]string{t.DutyLeads, t.Leads, a.o.Admins} {
		if list, err = a.present(ctx, line); err != nil {
			return nil, err
		}
		if list = slices.DeleteFunc(list, func(lead string) bool { return lead == c.Author }); len(list) > 0 {
			break
		}
	}
	return list, nil
}

// dutyKey is the key of what belongs to one call of a case: its posts, its jobs.
func dutyKey(id string, alarm int, of string) string {
	if alarm > 0 {
		id += ":" + strconv.Itoa(alarm)
	}
	return "duty:" + id + ":" + of
}

// calls are what a lead was sent when a case called.
func (a *App) calls(ctx context.Context, c store.Case, lead string) (list []store.Post, err error) {
	for n := range c.Alarms + 1 {
		p, err := a.store.Post(ctx, dutyKey(c.ID, n, lead))
		if err == nil && p.Sent() {
			list = append(list, p)
		} else if ignoreAbsent(err) != nil {
			return nil, err
		}
	}
	return list, nil
}

func (a *App) dutyCall(ctx context.Context, c store.Case, lead string) blocks.DutyCall {
	lang := a.readerLang(ctx, lead, c.Text)
	d := blocks.DutyCall{Lang: lang, CaseID: c.ID, Title: a.engine.Title(c.Playbook, lang), Author: c.Author,
		Link: a.permalink(ctx, c.Channel, c.TS), Taken: c.Duty, Closed: !calling(c)}
	if p, ok := a.engine.Playbook(c.Playbook, lang); ok {
		d.Now = p.Now
	}
	return d
}

// dutyTaken notes the lead who answers first; the others see it, and the agent hears.
func (a *App) dutyTaken(ctx context.Context, p press) error {
	c, err := a.store.Case(ctx, p.Value)
	lang := a.readerLang(ctx, p.User, "")
	say := func(s blocks.Sentence, args ...any) error {
		return a.answer(ctx, p.ResponseURL, p.User, noteKey(p), blocks.Say(lang, s, args...), false)
	}
	if errors.Is(err, store.ErrNotFound) {
		return say(blocks.Gone)
	}
	if err != nil {
		return err
	}
	called, err := a.calls(ctx, c, p.User)
	if err != nil {
		return err
	}
	if len(called) == 0 {
		if err := a.underWay(ctx, []string{dutyKey(c.ID, c.Alarms, p.User)}); err != nil {
			return err
		}
		return say(blocks.Gone)
	}
	c, err = a.store.UpdateCase(ctx, c.ID, func(c *store.Case) error {
		if calling(*c) {
			c.Duty, c.UpdatedAt = p.User, a.now()
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := a.refreshDuty(ctx, c); err != nil {
		return err
	}
	switch {
	case c.Duty == "", c.Duty == nobody:
		return say(blocks.Gone)
	case c.Duty != p.User:
		return say(blocks.AlreadyTaken, mentionOf(c.Duty))
	case c.Author == "":
		return nil
	}
	_, err = a.tell(ctx, c.Author, post{key: dutyKey(c.ID, c.Alarms, "taken"), kind: "note", caseID: c.ID,
		message: blocks.DutyTaken(a.inScript(ctx, c.Author, c.Lang), p.User, a.permalink(ctx, c.Channel, c.TS))})
	var permanent permanentError
	if errors.As(err, &permanent) { // an agent who left, say: the lead is on it all the same
		a.log.Warn("an agent could not be told who is on the case", "case", c.ID, "cause", err)
		return nil
	}
	return err
}

// refreshDuty shows in every call of a case how it stands.
func (a *App) refreshDuty(ctx context.Context, c store.Case) error {
	line, err := a.onDuty(ctx, c)
	if err != nil {
		return err
	}
	var failed error
	for _, lead := range line {
		called, err := a.calls(ctx, c, lead)
		if err != nil {
			return err
		}
		for _, p := range called {
			failed = errors.Join(failed, a.changeOne(ctx, p, a.dutyCall(ctx, c, lead).Message()))
		}
	}
	return failed
}

// caseClosed follows the end of a case: open calls end, and the agent may rest.
func (a *App) caseClosed(ctx context.Context, c store.Case) error {
	if c.Severity == "critical" && !c.Private {
		if err := a.refreshDuty(ctx, c); err != nil {
			return err
		}
	}
	return a.careNow(ctx, c)
}
