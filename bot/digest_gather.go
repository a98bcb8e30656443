package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"coachbot/bot/blocks"
	"coachbot/bot/digest"
	"coachbot/bot/mask"
	"coachbot/bot/when"
	"coachbot/playbooks/traditional"
	"coachbot/store"
)

// How far back a digest looks for what it compares with, and for answers that are owed.
const (
	weekBefore  = 8 * 24 * time.Hour
	trendLength = 11
	answerDays  = 2  // working days, for suggestions and complaints
	shownMissed = 20 // of which the cases are looked up, more than a digest shows
)

// digestOf makes a team's digest of a slot from the store, ready to be drawn.
func (a *App) digestOf(ctx context.Context, t store.Team, s digest.Slot) (blocks.Digest, error) {
	r, err := a.recordsOf(ctx, t, s)
	if err != nil {
		return blocks.Digest{}, err
	}
	name := t.Name
	d := blocks.Digest{Now: a.now(), Zone: digest.Zone(t), Names: !t.HideNames, Lang: digestLang(t, r.Cases)}
	if name == "" {
		name = blocks.TeamName(d.Lang)
	}
	d.Digest = digest.Make(s, name, r)
	a.maskDigest(&d.Digest)
	d.Titles = a.digestTitles(d)
	d.Links, err = a.digestLinks(ctx, d.Digest)
	return d, err
}

// redrawnIn puts a digest into the language of one reader.
func (a *App) redrawnIn(d *blocks.Digest, t store.Team, lang string) {
	d.Lang = lang
	d.Titles = a.digestTitles(*d)
	if t.Name == "" {
		d.Digest.Team = blocks.TeamName(lang)
	}
}

// digestLang is a team's language; where it is not set, that of most of its cases.
func digestLang(t store.Team, cases []store.Case) string {
	if t.Lang == "zh" || t.Lang == "en" || traditional.Reader(t.Lang) {
		return t.Lang
	}
	zh, hant := 0, 0
	for _, c := range cases {
		if c.Lang == "zh" {
			zh++
		}
		if traditional.Is(c.Text) {
			hant++
		}
	}
	switch {
	case 2*hant > len(cases) || len(cases) == 0 && traditional.Is(t.Name):
		return traditional.Lang
	case 2*zh > len(cases) || len(cases) == 0 && hasHan(t.Name):
		return "zh"
	}
	return "en"
}

// recordsOf reads what a digest is made from. It reads the period and, where no
// digest remembers the week before, that.
func (a *App) recordsOf(ctx context.Context, t store.Team, s digest.Slot) (digest.Records, error) {
	var r digest.Records
	if err := a.periodOf(ctx, t, s, &r); err != nil {
		return r, err
	}
	var err error
	if r.Earlier, err = a.casesBehind(ctx, r); err != nil {
		return r, err
	}
	if s.Kind != store.DigestDay {
		if r.Product, err = a.productOf(ctx, t, s, r.Evidence); err != nil {
			return r, err
		}
	}
	last, err := a.store.LastDigests(ctx, t.Workspace, t.ID, s.Kind, s.Date, trendLength)
	if err != nil {
		return r, err
	}
	r.Trend = slices.DeleteFunc(last, func(d store.DigestRecord) bool { return d.PostedAt.IsZero() })
	r.Tellings = len(r.Trend)
	if r.Before, err = a.daysBefore(ctx, t, s); err != nil {
		return r, err
	}
	err = a.store.HelpRequestsUnsettled(ctx, t.Workspace, t.ID, func(h store.HelpRequest) error { r.Open = append(r.Open, h); return nil })
	if err != nil {
		return r, err
	}
	today, err := digest.Of(t, store.DigestDay, digest.Day(t, s.At))
	if err != nil {
		return r, err
	}
	cal, zone, now := calendarOf(t), digest.Zone(t), a.now()
	overdue := func(made time.Time) bool {
		day, ok := cal.WorkingDay(when.DayOf(made.In(zone)), answerDays)
		return ok && !cal.Closes(day, zone).After(now)
	}
	err = a.store.PromisesOwedIn(ctx, t.Workspace, t.ID, func(p store.Promise) error {
		if !p.DueAt.Before(today.From) && p.DueAt.Before(today.To) {
			r.Today = append(r.Today, p)
		}
		if p.Kind == string(when.Complaint) && overdue(p.MadeAt) {
			r.Waiting = append(r.Waiting, p)
		}
		return nil
	})
	return r, err
}

// casesBehind are the cases of earlier days of which something was said in the period:
// a phrase used after midnight counts where it was said.
func (a *App) casesBehind(ctx context.Context, r digest.Records) (list []store.Case, err error) {
	known := make(map[string]bool, len(r.Cases))
	for _, c := range r.Cases {
		known[c.ID] = true
	}
	for _, e := range r.Evidence {
		if known[e.Case] {
			continue
		}
		known[e.Case] = true
		c, err := a.store.Case(ctx, e.Case)
		if ignoreAbsent(err) != nil {
			return nil, err
		}
		if err == nil {
			list = append(list, c)
		}
	}
	return list, nil
}

// periodOf reads the records of a period.
func (a *App) periodOf(ctx context.Context, t store.Team, s digest.Slot, r *digest.Records) error {
	ours := func(workspace, team string) bool { return workspace == t.Workspace && team == t.ID }
	err := a.store.CasesOpened(ctx, "", s.From, s.To, func(c store.Case) error {
		if ours(c.Workspace, c.Team) {
			r.Cases = append(r.Cases, c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = a.store.EvidenceBetween(ctx, s.From, s.To, func(e store.Evidence) error {
		if ours(e.Workspace, e.Team) {
			r.Evidence = append(r.Evidence, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = a.store.HelpRequestsOpened(ctx, t.Workspace, t.ID, s.From, s.To, func(h store.HelpRequest) error { r.Help = append(r.Help, h); return nil })
	if err != nil {
		return err
	}
	err = a.store.PromisesDue(ctx, t.Workspace, t.ID, s.From, s.To, func(p store.Promise) error { r.Promises = append(r.Promises, p); return nil })
	if err != nil {
		return err
	}
	err = a.store.KnowledgeCardsCreated(ctx, t.Workspace, t.ID, s.From, s.To, func(k store.KnowledgeCard) error { r.Cards = append(r.Cards, k); return nil })
	if err != nil {
		return err
	}
	last := digest.Day(t, s.To.Add(-time.Microsecond))
	r.Slips, err = a.store.SlipsBetween(ctx, t.Workspace, t.ID, digest.Day(t, s.From), last+"~")
	return err
}

// daysBefore are the numbers of the week before: those that digests told, or, where
// none did, those of its records.
func (a *App) daysBefore(ctx context.Context, t store.Team, s digest.Slot) ([]store.DigestRecord, error) {
	told, err := a.store.LastDigests(ctx, t.Workspace, t.ID, store.DigestDay, s.Date, trendLength)
	if err != nil {
		return nil, err
	}
	told = slices.DeleteFunc(told, func(d store.DigestRecord) bool {
		return d.From.Before(s.From.Add(-weekBefore)) || d.To.After(s.From) || d.PostedAt.IsZero()
	})
	if len(told) > 0 || s.Kind != store.DigestDay {
		return told, nil
	}
	whole := 0
	for n := 1; n <= 7; n++ {
		day, err := digest.Of(t, store.DigestDay, digest.Day(t, s.From.Add(12*time.Hour).AddDate(0, 0, -n)))
		if err != nil {
			return nil, err
		}
		var r digest.Records
		if err := a.periodOf(ctx, t, day, &r); err != nil {
			return nil, err
		}
		numbers := digest.Make(day, "", r).Numbers
		whole += numbers.Cases + numbers.Opened + numbers.Due + numbers.Slips
		told = append(told, store.DigestRecord{Date: day.Date, From: day.From, To: day.To, Numbers: numbers})
	}
	if whole == 0 {
		return nil, nil
	}
	return told, nil
}

// maskDigest takes out who the customers are: a promise and a request may still name them.
func (a *App) maskDigest(d *digest.Digest) {
	d.Open, d.Today, d.Waiting, d.Learned = slices.Clone(d.Open), slices.Clone(d.Today), slices.Clone(d.Waiting), slices.Clone(d.Learned)
	for i := range d.Open {
		d.Open[i].Question = mask.All(plainWords(d.Open[i].Question))
	}
	d.Missed = slices.Clone(d.Missed)
	for _, list := range [][]store.Promise{d.Today, d.Waiting, d.Missed} {
		for i := range list {
			list[i].What = mask.All(list[i].What)
		}
	}
	d.Product = slices.Clone(d.Product)
	for i := range d.Product {
		d.Product[i].Note = mask.All(plainWords(d.Product[i].Note))
	}
	for i := range d.Learned {
		d.Learned[i].Situation, d.Learned[i].Words = mask.All(plainWords(d.Learned[i].Situation)), mask.All(plainWords(d.Learned[i].Words))
	}
}

// digestTitles names playbooks and forbidden phrases.
func (a *App) digestTitles(d blocks.Digest) map[string]string {
	titles := map[string]string{}
	for _, p := range a.guard.Phrases() {
		titles[p.ID] = p.Text[a.bookLang(d.Lang)]
	}
	add := func(id string) {
		if id != "" {
			titles[id] = a.engine.Title(id, d.Lang)
		}
	}
	for id := range d.Digest.Numbers.Scenarios {
		add(id)
	}
	for id := range d.Digest.Usual {
		add(id)
	}
	for _, p := range d.Digest.Product {
		add(p.Scenario)
	}
	for _, c := range d.Digest.Gaps.Unhelpful {
		add(c.Scenario)
	}
	for _, list := range [][]digest.Count{d.Digest.Gaps.Another, d.Digest.Gaps.Instead} {
		for _, c := range list {
			add(c.Text)
		}
	}
	return titles
}

// digestLinks are the addresses of the records that a digest shows.
func (a *App) digestLinks(ctx context.Context, d digest.Digest) (map[string]string, error) {
	base, err := a.address(ctx)
	if err != nil || base == "" {
		return nil, err
	}
	links := make(map[string]string, len(d.Cases))
	for _, c := range slices.Concat(d.Cases, d.Earlier) {
		links[c.ID] = LinkTo(base, c.Channel, c.TS, c.Thread)
	}
	for _, h := range d.Open {
		if p := a.helpPost(ctx, h); p.TS != "" {
			links[h.ID] = LinkTo(base, p.Channel, p.TS, "")
		}
	}
	for _, list := range [][]store.Promise{d.Today, d.Waiting, d.Missed[:min(len(d.Missed), shownMissed)]} {
		for _, p := range list {
			links[p.ID] = a.promiseLink(ctx, base, p)
		}
	}
	cards := slices.Clone(d.Learned)
	for _, p := range d.Product {
		if p.Card.ID == "" {
			links[p.ID] = LinkTo(base, p.Case.Channel, p.Case.TS, p.Case.Thread)
		} else {
			cards = append(cards, p.Card)
		}
	}
	for _, k := range cards {
		links[k.ID] = k.Source
		if h, err := a.store.HelpRequest(ctx, k.Request); k.Source == "" && err == nil {
			if p := a.helpPost(ctx, h); p.TS != "" {
				links[k.ID] = LinkTo(base, p.Channel, p.TS, "")
			}
		}
	}
	return links, nil
}

// promiseLink is where a promise belongs: its case, else the channel in which it was
// noted; "" of one noted in private, which nobody else could open.
func (a *App) promiseLink(ctx context.Context, base string, p store.Promise) string {
	switch c, err := a.store.Case(ctx, p.Case); {
	case base == "":
		return ""
	case err == nil && !c.Private && c.State != store.CaseDeleted:
		return LinkTo(base, c.Channel, c.TS, c.Thread)
	case p.Channel == "" || strings.HasPrefix(p.Channel, "D"):
		return ""
	}
	return base + "archives/" + p.Channel
}

// address is the workspace's web address, with the slash at its end.
func (a *App) address(ctx context.Context) (string, error) {
	i, err := a.store.Installation(ctx, a.self.Workspace)
	return i.URL, err
}

// LinkTo is the address of a message as Slack writes it.
func LinkTo(base, channel, ts, thread string) string {
	if strings.Contains(ts, "-") { // no message: asked by command
		return ""
	}
	link := base + "archives/" + channel + "/p" + strings.ReplaceAll(ts, ".", "")
	if thread != "" && thread != ts {
		link += "?thread_ts=" + thread + "&cid=" + channel
	}
	return link
}
