package blocks

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"coachbot/playbooks/traditional"
	"coachbot/store"
)

// TeamForm asks for a team's settings. The team is as it is in force now.
type TeamForm struct {
	Lang  string
	State State
	Team  store.Team
	Heir  string // name of the team that gets what is open when this one is removed
	New   bool
}

// Most characters of the inputs of words.
const (
	maxTeamName = 60
	maxCalendar = 2000
)

// Modal draws the form.
func (t TeamForm) Modal() slack.ModalViewRequest {
	w := wordsIn(t.Lang)
	s, team := w.setup, t.Team
	t.State.Lang = t.Lang
	title := s.title
	if t.New {
		title = s.newTitle
	}
	f := newForm(ViewTeamSetup, t.State, title, s.submit, w.check.cancel)
	f.text(ask{id: InputName, label: s.name}, team.Name, false, maxTeamName)
	f.conversations(ask{id: InputEscalation, label: s.escalation, hint: s.escalationHint, optional: true}, team.Escalation)
	f.conversation(ask{id: InputHelp, label: s.help, hint: s.helpHint, optional: true}, team.Help)
	f.conversation(ask{id: InputDigest, label: s.digest, hint: s.digestHint, optional: true}, team.Digest)
	f.people(ask{id: InputLeads, label: s.leads, optional: true}, team.Leads)
	f.people(ask{id: InputDuty, label: s.duty, hint: s.dutyHint, optional: true}, team.DutyLeads)
	lang := team.Lang
	if lang == "" {
		lang = "auto"
	}
	langs := []Choice{{"auto", s.auto}, {"zh", s.zh}, {traditional.Lang, s.hant}, {"en", s.en}}
	if !slices.ContainsFunc(langs, func(c Choice) bool { return c.ID == lang }) {
		langs = append(langs, Choice{lang, lang})
	}
	f.choice(ask{id: InputLang, label: s.lang}, langs, lang)
	f.text(ask{id: InputZone, label: s.zone, hint: s.zoneHint}, team.Zone, false, maxTeamName)
	f.text(ask{id: InputHours, label: s.hours, hint: s.hoursHint, optional: true}, HoursText(t.Lang, team.Hours), true, maxCalendar)
	f.text(ask{id: InputHolidays, label: s.holidays, hint: s.datesHint, optional: true}, strings.Join(team.Holidays, "\n"), true, maxCalendar)
	f.text(ask{id: InputMakeUp, label: s.makeUp, hint: s.makeUpHint, optional: true}, strings.Join(team.MakeUp, "\n"), true, maxCalendar)
	f.clock(ask{id: InputDigestAt, label: s.digestAt}, team.DigestAt)
	f.boxes(ask{id: InputDigestDays, label: s.digestDays}, w.weekdays(), team.DigestDays...)
	f.text(ask{id: InputRemind, label: s.remind, hint: s.remindHint, optional: true}, minutesText(team.Remind), false, maxTeamName)
	var ticked []string
	if !team.HideNames {
		ticked = append(ticked, BoxNames)
	}
	if team.Rotation {
		ticked = append(ticked, BoxRotation)
	}
	turn := ""
	if team.RotateAfter > 0 {
		turn = minutesText([]time.Duration{team.RotateAfter})
	}
	f.text(ask{id: InputTurn, label: s.turn, hint: s.turnHint, optional: true}, turn, false, maxTeamName)
	f.boxes(ask{id: InputHabits, label: s.habits}, []Choice{{BoxNames, s.names}, {BoxRotation, s.rotation}}, ticked...)
	f.buttons(t.remove(w))
	return f.modal()
}

// remove is the button that ends the team, or what was set here for the environment's.
func (t TeamForm) remove(w *words) *slack.ButtonBlockElement {
	if t.New || t.Team.SetBy == "" {
		return nil
	}
	s, end := w.setup, w.setup.end
	if t.Team.ID == store.EnvironmentTeam {
		end = s.reset
	}
	b := button(ActionTeamRemove, t.Team.ID, end.button)
	if b == nil {
		return nil
	}
	b.Style = slack.StyleDanger
	what := strings.ReplaceAll(end.what, "{1}", theirs(line(t.Heir, maxTeamName)))
	b.Confirm = slack.NewConfirmationBlockObject(plainText(end.title), plainText(what), plainText(end.yes), plainText(end.no))
	b.Confirm.WithStyle(slack.StyleDanger)
	return b
}

// TeamRemoved tells an admin what became of a team. Unwatched are channels that nobody watches any more.
func TeamRemoved(lang, name, heir string, unwatched []string) Message {
	w, p := wordsIn(lang), newPage(lang)
	p.section(strings.NewReplacer("{1}", theirs(lineEscaped(name, maxTeamName)), "{2}", theirs(lineEscaped(heir, maxTeamName))).Replace(w.setup.removed))
	var where []string
	for _, c := range unwatched {
		where = append(where, "<#"+c+">")
	}
	if len(where) > 0 {
		p.section(strings.ReplaceAll(w.setup.unwatched, "{1}", w.list(where)))
	}
	p.small(w.setup.listed)
	return p.message()
}

// TeamNote is the last page of the form: what became of the team.
func TeamNote(lang string, m Message) slack.ModalViewRequest {
	w := wordsIn(lang)
	return slack.ModalViewRequest{Type: slack.VTModal, CallbackID: ViewTeamSetup + "_done", PrivateMetadata: State{Lang: lang}.metadata(),
		Title: plainText(settled(lang, line(w.setup.title, maxModalTitle))), Close: plainText(settled(lang, line(w.setup.close, maxModalTitle))), Blocks: slack.Blocks{BlockSet: m.Blocks}}
}

// weekdays are the days of the week to choose from.
func (w *words) weekdays() (list []Choice) {
	for i, d := range store.Days() {
		list = append(list, Choice{d, w.setup.days[i]})
	}
	return list
}

// HoursText writes a working week as SetupHours reads it.
func HoursText(lang string, hours []store.Hours) string {
	w := wordsIn(lang)
	var lines []string
	for _, h := range hours {
		lines = append(lines, fmt.Sprintf("%s %02d:%02d-%02d:%02d", w.setup.days[(int(h.Day)+6)%7], h.From/60, h.From%60, h.To/60, h.To%60))
	}
	return settled(lang, strings.Join(lines, "\n"))
}

func minutesText(list []time.Duration) string {
	var out []string
	for _, d := range list {
		out = append(out, strconv.Itoa(int(d/time.Minute)))
	}
	return strings.Join(out, ", ")
}

// TeamSaved tells an admin what was changed. Absent are channels that the bot is not in.
func TeamSaved(lang, name string, changed, absent []string) Message {
	w, p := wordsIn(lang), newPage(lang)
	var what []string
	for _, c := range changed {
		if word := w.setup.what[c]; word != "" {
			what = append(what, word)
		}
	}
	if len(what) == 0 {
		p.section(fill(w.setup.unchanged, theirs(name)))
	} else {
		p.section(strings.NewReplacer("{1}", theirs(lineEscaped(name, maxTeamName)), "{2}", w.list(what)).Replace(w.setup.saved))
	}
	var where []string
	for _, c := range absent {
		where = append(where, "<#"+c+">")
	}
	if len(where) > 0 {
		p.section(strings.ReplaceAll(w.setup.invite, "{1}", w.list(where)))
	}
	p.small(w.setup.listed)
	return p.message()
}

// TeamUnsaved tells an admin that nothing was saved, and why: by input, what another team has taken meanwhile.
func TeamUnsaved(lang, name string, faults map[string]string) Message {
	w, p := wordsIn(lang), newPage(lang)
	p.section(strings.ReplaceAll(w.setup.unsaved, "{1}", theirs(lineEscaped(name, maxTeamName))))
	for _, input := range []Choice{{InputName, w.setup.name}, {InputEscalation, w.setup.escalation}, {InputHelp, w.setup.help}, {InputDigest, w.setup.digest}} {
		if fault := faults[input.ID]; fault != "" {
			p.section("*" + input.Title + "* · " + theirs(lineEscaped(fault, maxItem)))
		}
	}
	return p.message()
}

// SetupFault says what is wrong with what was written into a setting.
func SetupFault(lang, code, value string) string {
	w := wordsIn(lang)
	return settled(lang, strings.ReplaceAll(w.setup.fault[code], "{1}", theirs(line(value, 60))))
}

func (f *form) conversations(a ask, chosen []string) {
	e := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeConversations, nil, a.id)
	e.InitialConversations, e.Filter = slices.Clone(chosen), channelsOnly()
	f.input(a, e)
}

func (f *form) conversation(a ask, chosen string) {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, nil, a.id)
	e.InitialConversation, e.Filter = chosen, channelsOnly()
	f.input(a, e)
}

func channelsOnly() *slack.SelectBlockElementFilter {
	return &slack.SelectBlockElementFilter{Include: []string{"public", "private"}, ExcludeBotUsers: true}
}

func (f *form) people(a ask, chosen []string) {
	e := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, nil, a.id)
	e.InitialUsers = slices.Clone(chosen)
	f.input(a, e)
}

// clock asks for a time of day.
func (f *form) clock(a ask, at string) {
	e := slack.NewTimePickerBlockElement(a.id)
	if at == "" {
		at = "09:00"
	}
	e.InitialTime = at
	f.input(a, e)
}
