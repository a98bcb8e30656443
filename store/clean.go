package store

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// MaxKey is the size in bytes of whatever a record is found by: ids, keys,
// lanes, workspaces, channels and Slack timestamps. Slack's own are below 100.
const MaxKey = 512

// Time returns t as every backend keeps it: UTC, cut to microseconds.
func Time(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

// Text returns s as every backend keeps it: valid UTF-8 without NUL.
func Text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// Clean returns the job as every backend keeps it. Its Keys begin with its ID
// and name each key once.
func (j Job) Clean() Job {
	clean(&j.ID, &j.Lane, &j.Kind, &j.Cause)
	cleanTimes(&j.RunAt, &j.At, &j.BuriedAt)
	keys := make([]string, 0, len(j.Keys)+1)
	for _, k := range append([]string{j.ID}, j.Keys...) {
		if k = Text(k); k != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	j.Keys = keys
	if len(j.Payload) == 0 {
		j.Payload = nil
	}
	j.Payload = slices.Clone(j.Payload)
	return j
}

// Clean returns the key as every backend keeps it.
func (k Key) Clean() Key {
	clean(&k.Key)
	cleanTimes(&k.At)
	return k
}

// Clean returns the case as every backend keeps it.
func (c Case) Clean() Case {
	clean(&c.ID, &c.Workspace, &c.Team, &c.Channel, &c.TS, &c.Thread, &c.Author,
		&c.Text, &c.TextHash, &c.Lang, &c.Severity, &c.Kind, &c.Personality, &c.Root,
		&c.Playbook, &c.Step, &c.LastTurn, &c.LastPress, &c.Card, &c.CardWhy, &c.Duty)
	cleanTimes(&c.OpenedAt, &c.UpdatedAt, &c.ClosedAt, &c.AdvisedAt)
	c.Emotions, c.Candidates, c.Used = cleanList(c.Emotions), cleanList(c.Candidates), cleanList(c.Used)
	c.Followed = copyList(c.Followed)
	for i := range c.Followed {
		t := &c.Followed[i]
		clean(&t.TS, &t.TextHash, &t.Kind, &t.Severity, &t.Press, &t.Duty)
		cleanTimes(&t.ClosedAt)
		t.Before = t.Before.clean()
	}
	c.Feedback = c.Feedback.clean()
	clean(&c.Fitted.Hash, &c.Fitted.Playbook, &c.Fitted.Step)
	c.Fitted.Phrases = copyList(c.Fitted.Phrases)
	for i := range c.Fitted.Phrases {
		clean(&c.Fitted.Phrases[i].Step, &c.Fitted.Phrases[i].Text)
	}
	return c
}

func (s CaseStand) clean() CaseStand {
	clean(&s.Severity, &s.Kind, &s.Personality, &s.Root, &s.Playbook, &s.Step)
	s.Emotions, s.Candidates = cleanList(s.Emotions), cleanList(s.Candidates)
	return s
}

// Clean returns the post as every backend keeps it.
func (p Post) Clean() Post {
	clean(&p.Key, &p.Workspace, &p.Team, &p.Channel, &p.Thread, &p.TS, &p.Case, &p.Kind)
	cleanTimes(&p.ClaimedAt, &p.SentAt, &p.RemovedAt)
	return p
}

// Clean returns the channel as every backend keeps it.
func (c Channel) Clean() Channel {
	clean(&c.Workspace, &c.ID, &c.Team, &c.SetBy, &c.Cursor)
	cleanTimes(&c.Quiet, &c.SetAt)
	c.Apps = cleanList(c.Apps)
	return c
}

// Clean returns the installation as every backend keeps it.
func (i Installation) Clean() Installation {
	clean(&i.Workspace, &i.Bot, &i.URL)
	cleanTimes(&i.SeenAt, &i.RevokedAt)
	if len(i.Faults) == 0 {
		i.Faults = nil
	}
	i.Faults = slices.Clone(i.Faults)
	for n := range i.Faults {
		clean(&i.Faults[n].File, &i.Faults[n].Message)
	}
	return i
}

// Clean returns the decision as every backend keeps it.
func (d Decision) Clean() Decision {
	clean(&d.Workspace, &d.Team, &d.Channel, &d.TS, &d.Author, &d.Reason, &d.Case, &d.Playbook, &d.Severity)
	cleanTimes(&d.At)
	return d
}

// Clean returns the evidence as every backend keeps it.
func (e Evidence) Clean() Evidence {
	clean(&e.ID, &e.Workspace, &e.Team, &e.Channel, &e.Case, &e.Kind, &e.Playbook,
		&e.Instead, &e.Step, &e.Phrase, &e.By)
	cleanTimes(&e.At)
	return e
}

// Clean returns the team as every backend keeps it.
func (t Team) Clean() Team {
	clean(&t.Workspace, &t.ID, &t.Name, &t.Help, &t.Digest, &t.Lang, &t.Zone, &t.DigestAt, &t.SetBy)
	cleanTimes(&t.SetAt, &t.RemovedAt)
	for _, list := range []*[]string{&t.Escalation, &t.Leads, &t.DutyLeads, &t.Holidays, &t.MakeUp, &t.DigestDays, &t.Cleared} {
		*list = cleanList(*list)
	}
	t.Hours, t.Remind = copyList(t.Hours), copyList(t.Remind)
	t.History = copyList(t.History)
	for i := range t.History {
		clean(&t.History[i].By, &t.History[i].Job)
		cleanTimes(&t.History[i].At)
		t.History[i].What = cleanList(t.History[i].What)
	}
	return t
}

// Clean returns the help request as every backend keeps it.
func (h HelpRequest) Clean() HelpRequest {
	clean(&h.ID, &h.Workspace, &h.Team, &h.Channel, &h.Case, &h.Link, &h.Asker, &h.Question, &h.Tried, &h.Lang, &h.Scenario,
		&h.Packet.Facts, &h.Packet.Promises, &h.Packet.Mood, &h.Packet.Authority, &h.Packet.Sentence,
		&h.Helper, &h.Waiting, &h.Worked, &h.Calmed, &h.Card)
	clean(&h.Draft.Situation, &h.Draft.Words, &h.Draft.Result)
	cleanTimes(&h.OpenedAt, &h.UpdatedAt, &h.OpenSince, &h.ClaimedAt, &h.HeardAt, &h.ClosedAt, &h.ThankedAt)
	h.Posts, h.Offered = cleanList(h.Posts), cleanList(h.Offered)
	return h
}

// Clean returns the card as every backend keeps it.
func (k KnowledgeCard) Clean() KnowledgeCard {
	clean(&k.ID, &k.Workspace, &k.Team, &k.Lang, &k.Scenario, &k.Situation, &k.Words, &k.Result, &k.Author, &k.Request,
		&k.Source, &k.UpdatedBy, &k.ProposedBy, &k.AcceptedBy, &k.DeclinedBy, &k.DeclinedWhy)
	k.Feedback = k.Feedback.clean()
	cleanTimes(&k.CreatedAt, &k.UpdatedAt, &k.ReviewAt, &k.ProposedAt, &k.AcceptedAt, &k.DeclinedAt)
	return k
}

// Clean returns the promise as every backend keeps it.
func (p Promise) Clean() Promise {
	clean(&p.ID, &p.Workspace, &p.Team, &p.Channel, &p.Case, &p.Owner, &p.From, &p.What, &p.When, &p.Kind, &p.Lang, &p.Zone)
	cleanTimes(&p.DueAt, &p.MadeAt, &p.UpdatedAt, &p.MissedAt, &p.ClosedAt)
	p.Posts = cleanList(p.Posts)
	return p
}

// Clean returns the spending as every backend keeps it.
func (s Spending) Clean() Spending {
	clean(&s.Day)
	cleanTimes(&s.At)
	return s
}

// Clean returns the embedding as every backend keeps it.
func (e Embedding) Clean() Embedding {
	clean(&e.Key, &e.Model)
	cleanTimes(&e.At)
	e.Vector = copyList(e.Vector)
	return e
}

// Clean returns the role play as every backend keeps it.
func (r RolePlay) Clean() RolePlay {
	clean(&r.ID, &r.Workspace, &r.User, &r.Lang, &r.Playbook, &r.Kind, &r.Personality, &r.LastTurn)
	cleanTimes(&r.StartedAt, &r.EndedAt)
	r.Done, r.Slips = cleanList(r.Done), cleanList(r.Slips)
	r.Lines = copyList(r.Lines)
	for i := range r.Lines {
		clean(&r.Lines[i].Text, &r.Lines[i].Turn)
	}
	return r
}

// Clean returns the digest as every backend keeps it.
func (d DigestRecord) Clean() DigestRecord {
	clean(&d.Workspace, &d.Team, &d.Date, &d.Headline, &d.Post, &d.Drill)
	cleanTimes(&d.From, &d.To, &d.PostedAt)
	d.Numbers.Scenarios = cleanCounts(d.Numbers.Scenarios)
	d.Found = copyList(d.Found)
	for i := range d.Found {
		clean(&d.Found[i].Code, &d.Found[i].Scenario)
	}
	d.Read = copyList(d.Read)
	for i := range d.Read {
		clean(&d.Read[i].By)
		cleanTimes(&d.Read[i].At)
	}
	return d
}

// Clean returns the slips as every backend keeps them.
func (s Slips) Clean() Slips {
	clean(&s.Workspace, &s.Team, &s.Day)
	cleanTimes(&s.At)
	s.Counts, s.Seen = cleanCounts(s.Counts), cleanList(s.Seen)
	return s
}

// Clean returns the person as every backend keeps them.
func (p Person) Clean() Person {
	clean(&p.Workspace, &p.ID, &p.Home)
	cleanTimes(&p.UpdatedAt)
	p.Calmed, p.Drills = cleanCounts(p.Calmed), copyList(p.Drills)
	for i := range p.Drills {
		clean(&p.Drills[i].ID, &p.Drills[i].Case, &p.Drills[i].Last)
		cleanTimes(&p.Drills[i].DueAt)
	}
	return p
}

// cleanCounts copies; no counts are kept as none.
func cleanCounts(counts map[string]int) map[string]int {
	if len(counts) == 0 {
		return nil
	}
	out := make(map[string]int, len(counts))
	for name, n := range counts {
		out[Text(name)] += n
	}
	return out
}

func clean(texts ...*string) {
	for _, s := range texts {
		*s = Text(*s)
	}
}

func cleanTimes(times ...*time.Time) {
	for _, t := range times {
		*t = Time(*t)
	}
}

// cleanList copies; an empty list is kept as none.
func cleanList(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = Text(s)
	}
	return out
}

// copyList copies; an empty list is kept as none.
func copyList[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return slices.Clone(list)
}

// validKeys refuses what no index of a backend could hold.
func validKeys(noun, id string, keys ...string) error {
	for _, k := range keys {
		if len(k) > MaxKey {
			return fmt.Errorf("%w: %s %.40q has a key of %d bytes, at most %d", ErrInvalid, noun, id, len(k), MaxKey)
		}
	}
	return nil
}

// validTimes refuses years that no stored form can express.
func validTimes(noun, id string, times ...time.Time) error {
	for _, t := range times {
		if y := t.UTC().Year(); y < 1 || y > 9999 {
			return fmt.Errorf("%w: %s %.40q has a time in the year %d", ErrInvalid, noun, id, y)
		}
	}
	return nil
}
