package blocks

import (
	"time"

	"github.com/slack-go/slack"

	"coachbot/store"
)

// Home is a person's Home tab: what is open between them and colleagues. Only
// the person sees it.
type Home struct {
	Lang   string
	Asked  []Linked // the person's own requests that are open or claimed
	On     []Linked // those the person is on
	Thanks int

	Owed  []store.Promise // what the person still has to keep, by time
	Week  Week
	Teams []TeamToday // those that the person leads
	Admin *Upkeep     // for an admin
	Now   time.Time
	Zone  *time.Location
}

// Linked is a request with the address of its message, or "".
type Linked struct {
	Request store.HelpRequest
	Link    string
}

// maxListed is how many requests of a kind the tab lists.
const maxListed = 10

// View draws the tab.
func (v Home) View() slack.HomeTabViewRequest {
	w, p := wordsIn(v.Lang), newPage(v.Lang)
	t := w.peers.home
	v.mine(w, p)
	p.header(t.title)
	p.section(fill(w.peers.note[ThanksCount], v.Thanks))
	p.section(bullets(t.on, v.list(w, v.On)))
	p.section(bullets(t.asked, v.list(w, v.Asked)))
	if len(v.On)+len(v.Asked) == 0 {
		p.section(t.nothing)
	}
	p.small(t.hint)
	for _, team := range v.Teams {
		team.draw(w, p)
	}
	if v.Admin != nil {
		v.Admin.draw(w, p)
	}
	settle(v.Lang, p.blocks)
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: p.blocks}}
}

func (v Home) list(w *words, all []Linked) (items []string) {
	for _, l := range all[:min(len(all), maxListed)] {
		question := linked(theirs(lineEscaped(l.Request.Question, maxItem)), l.Link)
		standing := w.peers.help.open
		if l.Request.State == store.HelpClaimed {
			standing = fill(w.peers.help.claimed, mention(l.Request.Helper))
		}
		items = append(items, question+w.colon+standing)
	}
	return items
}
