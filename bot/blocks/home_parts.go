package blocks

import (
	"coachbot/bot/digest"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"coachbot/store"
)

// Week is what a person did since Monday, for that person alone.
type Week struct{ Cases, Calmed, Helped, Kept int }

// TeamToday is a team as its lead sees it: numbers, not people.
type TeamToday struct {
	Today  Digest
	AtRisk []store.Promise // missed, or due within a day
	Last   []store.DigestRecord
	Unread map[string][]string // by date, leads who have not read it
	Links  map[string]string   // by date, where it stands
}

// Upkeep is what an admin looks after.
type Upkeep struct {
	Playbooks, Overdue int
	Faults             []string // one line each
	Teams              []store.Team
}

// mine draws what a person owes, the week, the drill and the search.
func (v Home) mine(w *words, p *page) {
	t := w.tab
	p.header(t.mine)
	zone := v.Zone
	if zone == nil {
		zone = time.UTC
	}
	owed := listed(w, t.promises, v.Owed, maxListed, func(pr store.Promise) string {
		text := strings.NewReplacer("{1}", theirs(lineEscaped(pr.What, maxItem)), "{2}", w.moment(pr.DueAt.In(zone), v.Now)).Replace(t.promise)
		if pr.State == store.PromiseMissed {
			text += w.open3(t.missed)
		}
		return text
	})
	if owed == "" {
		owed = t.noPromises
	}
	p.section(owed)
	p.section(strings.NewReplacer("{1}", fmt.Sprint(v.Week.Cases), "{2}", fmt.Sprint(v.Week.Calmed), "{3}", fmt.Sprint(v.Week.Helped), "{4}", fmt.Sprint(v.Week.Kept)).Replace(t.week))
	p.buttons(button(ActionPracticeNext, v.Lang, t.practise))
	find := slack.NewPlainTextInputBlockElement(plainText(line(t.findHint, maxPlaceholder)), ActionFind)
	input := slack.NewInputBlock("find", plainText(line(t.find, maxLabel)), nil, find)
	input.DispatchAction = true
	if p.room(size(t.find)) {
		p.add(input, size(t.find))
	}
}

// draw shows a team's day.
func (t TeamToday) draw(w *words, p *page) {
	d := t.Today
	p.header(strings.NewReplacer("{1}", theirs(d.Digest.Team), "{2}", d.period(w)).Replace(w.digest.titleRunning))
	d.head(w, p)
	p.section(d.waiting(w, maxDigestItems))
	p.section(d.figures(w))
	p.section(d.open(w, maxDigestItems))
	p.section(listed(w, w.tab.atRisk, t.AtRisk, maxDigestItems, func(pr store.Promise) string {
		text := strings.NewReplacer("{1}", d.linked(pr.ID, theirs(pr.What)), "{2}", w.moment(pr.DueAt.In(d.zone()), d.Now)).Replace(w.tab.promise)
		if pr.State == store.PromiseMissed {
			text += w.open3(w.tab.missed)
		}
		return text
	}))
	p.section(d.gaps(w))
	p.section(listed(w, w.tab.last, t.Last, maxDigestItems, func(r store.DigestRecord) string {
		told := Digest{Digest: digest.Digest{Slot: digest.Slot{Kind: r.Kind, From: r.From, To: r.To}}, Zone: d.Zone}
		line := linked(lineEscaped(told.period(w), maxItem), t.Links[r.Date])
		said := r.Headline
		if len(r.Found) > 0 {
			said = d.findings(w, r.Found)
		}
		line += w.colon + lineEscaped(said, maxItem)
		if who := t.Unread[r.Date]; len(who) > 0 {
			line += w.open3(strings.ReplaceAll(w.tab.unread, "{1}", w.people(who)))
		}
		return line
	}))
}

// draw shows how the playbooks and the settings stand.
func (u Upkeep) draw(w *words, p *page) {
	t := w.tab
	p.header(t.admin)
	p.section(fill(t.playbooks, u.Playbooks, len(u.Faults), u.Overdue))
	p.section(listed(w, t.faults, u.Faults, maxDigestItems, func(f string) string { return lineEscaped(f, maxItem) }))
	p.section(listed(w, t.teams, u.Teams, maxListed, func(team store.Team) string {
		name := theirs(lineEscaped(team.Name, maxTeamName))
		if name == "" {
			name = w.digest.team
		}
		at := w.tab.noDigest
		if team.Digest != "" {
			at = strings.NewReplacer("{1}", team.DigestAt, "{2}", lineEscaped(team.Zone, 60)).Replace(t.digestAt)
		}
		return strings.NewReplacer("{1}", name, "{2}", fmt.Sprint(len(team.Escalation)), "{3}", fmt.Sprint(len(team.Leads)), "{4}", at).Replace(t.teamLine)
	}))
	p.small(t.setup)
}

// FoundPlaybooks is the modal that shows what a search from the Home tab found.
func FoundPlaybooks(lang string, found Message) slack.ModalViewRequest {
	w := wordsIn(lang)
	title, end := plainText(line(settled(lang, w.tab.found), maxModalTitle)), plainText(line(settled(lang, w.check.cancel), maxModalTitle))
	return slack.ModalViewRequest{Type: slack.VTModal, CallbackID: ActionFind, PrivateMetadata: State{Lang: lang}.metadata(),
		Title: title, Close: end, Blocks: slack.Blocks{BlockSet: found.Blocks}}
}
