package storetest

import (
	"maps"
	"slices"
	"strings"
	"time"

	"coachbot/store"
)

// model is a store in the plainest form: lists that are searched from end to end.
type model struct {
	seq       int
	jobs      []*modelJob
	keys      map[string]time.Time
	cases     map[string]store.Case
	posts     map[string]store.Post
	decisions map[string]store.Decision
	evidence  map[string]store.Evidence
	help      map[string]store.HelpRequest
	knowledge map[string]store.KnowledgeCard
	promises  map[string]store.Promise
	spent     map[string]store.Spending
	embedded  map[string]store.Embedding
	plays     map[string]store.RolePlay
	digests   map[string]store.DigestRecord
}

// modelJob keeps in Job.Attempt the attempts that may have had effects.
type modelJob struct {
	store.Job
	seq    int
	place  time.Time
	handed bool
}

func newModel() *model {
	return &model{
		keys: map[string]time.Time{}, cases: map[string]store.Case{}, posts: map[string]store.Post{},
		decisions: map[string]store.Decision{}, evidence: map[string]store.Evidence{},
		help: map[string]store.HelpRequest{}, knowledge: map[string]store.KnowledgeCard{}, promises: map[string]store.Promise{},
		spent: map[string]store.Spending{}, embedded: map[string]store.Embedding{}, plays: map[string]store.RolePlay{},
		digests: map[string]store.DigestRecord{},
	}
}

func (m *model) enqueue(jobs []store.Job) (fresh []bool) {
	for _, j := range jobs {
		j = j.Clean()
		known := slices.ContainsFunc(j.Keys, func(k string) bool { _, ok := m.keys[k]; return ok })
		fresh = append(fresh, !known)
		if known {
			continue
		}
		for _, k := range j.Keys {
			m.keys[k] = j.At
		}
		m.line(&modelJob{Job: j})
	}
	return fresh
}

// line puts a job in line by the time at which it comes due.
func (m *model) line(j *modelJob) {
	m.seq++
	j.seq, j.place = m.seq, j.At
	if j.RunAt.After(j.At) {
		j.place = j.RunAt
	} else {
		for _, other := range m.jobs {
			if other.Lane == j.Lane && other.BuriedAt.IsZero() && !other.RunAt.After(other.At) && other.place.After(j.place) {
				j.place = other.place
			}
		}
	}
	m.jobs = append(m.jobs, j)
}

func (m *model) find(id string) *modelJob {
	for _, j := range m.jobs {
		if j.ID == id {
			return j
		}
	}
	return nil
}

func (m *model) ids(want func(*modelJob) bool) (ids []string) {
	for _, j := range m.jobs {
		if want(j) {
			ids = append(ids, j.ID)
		}
	}
	return ids
}

// heads are the first in line of the lanes that have nobody handed out.
func (m *model) heads() []*modelJob {
	first := map[string]*modelJob{}
	busy := map[string]bool{}
	for _, j := range m.jobs {
		if !j.BuriedAt.IsZero() {
			continue
		}
		busy[j.Lane] = busy[j.Lane] || j.handed
		h := first[j.Lane]
		if h == nil || j.place.Before(h.place) || j.place.Equal(h.place) && j.seq < h.seq {
			first[j.Lane] = j
		}
	}
	maps.DeleteFunc(first, func(lane string, _ *modelJob) bool { return busy[lane] })
	return slices.SortedFunc(maps.Values(first), func(a, b *modelJob) int { return a.since().Compare(b.since()) })
}

func (j *modelJob) since() time.Time {
	if j.RunAt.IsZero() {
		return j.At
	}
	return j.RunAt
}

func (m *model) claim(now time.Time, max int) (out []store.Job) {
	for _, j := range m.heads() {
		if len(out) < max && !j.RunAt.After(now) {
			j.handed = true
			handed := j.Job
			handed.Attempt++
			out = append(out, handed)
		}
	}
	return out
}

func (m *model) nextDue() (time.Time, bool) {
	if heads := m.heads(); len(heads) > 0 {
		return heads[0].since(), true
	}
	return time.Time{}, false
}

func (m *model) finish(j *modelJob) {
	m.jobs = slices.DeleteFunc(m.jobs, func(other *modelJob) bool { return other == j })
}

// back counts the attempt if there was one.
func (j *modelJob) back(counted bool) {
	if j.handed && counted {
		j.Attempt++
	}
	j.handed = false
}

func (m *model) retry(j *modelJob, at time.Time, cause string) {
	j.back(true)
	j.Cause = cause
	m.again(j, at)
}

func (m *model) retryUncounted(j *modelJob, at time.Time) {
	j.back(false)
	m.again(j, at)
}

func (m *model) again(j *modelJob, at time.Time) {
	buried := !j.BuriedAt.IsZero()
	j.RunAt, j.BuriedAt = at, time.Time{}
	if buried {
		m.finish(j)
		m.line(j)
	}
}

func (m *model) bury(j *modelJob, at time.Time, cause string) {
	j.back(true)
	j.Cause = cause
	if j.BuriedAt.IsZero() {
		j.BuriedAt = at
	}
}

func (m *model) restart() {
	for _, j := range m.jobs {
		j.back(true)
	}
}

func (m *model) deleteCase(id string) {
	delete(m.cases, id)
	maps.DeleteFunc(m.evidence, func(_ string, e store.Evidence) bool { return e.Case == id })
}

func (m *model) opened(channel string, from, to time.Time) []string {
	ids := []string{}
	for _, c := range sorted(m.cases, func(a, b store.Case) int {
		if n := a.OpenedAt.Compare(b.OpenedAt); n != 0 {
			return n
		}
		return strings.Compare(a.ID, b.ID)
	}) {
		if (channel == "" || c.Channel == channel) && !c.OpenedAt.Before(from) && c.OpenedAt.Before(to) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func (m *model) newest(channel, thread string) (newest store.Case, ok bool) {
	for _, c := range m.cases {
		if c.Channel == channel && c.Thread == thread && (!ok || c.OpenedAt.After(newest.OpenedAt)) {
			newest, ok = c, true
		}
	}
	return newest, ok
}

func (m *model) decide(d store.Decision) {
	key := d.Channel + " " + d.TS
	if stands, ok := m.decisions[key]; !ok || !stands.At.After(d.At) {
		m.decisions[key] = d
	}
}

func (m *model) lastDecisions(channel string, max int) (list []store.Decision) {
	for _, d := range sorted(m.decisions, func(a, b store.Decision) int { return strings.Compare(b.TS, a.TS) }) {
		if d.Channel == channel && len(list) < max {
			list = append(list, d)
		}
	}
	return list
}

func (m *model) evidenceOf(caseID string) (list []store.Evidence) {
	for _, e := range sorted(m.evidence, func(a, b store.Evidence) int { return a.At.Compare(b.At) }) {
		if e.Case == caseID {
			list = append(list, e)
		}
	}
	return list
}

// unsettled are the ids of a team's requests that somebody must still do something about.
func (m *model) unsettled(team string) []string {
	ids := []string{}
	for _, h := range sorted(m.help, func(a, b store.HelpRequest) int { return a.OpenedAt.Compare(b.OpenedAt) }) {
		if h.Team == team && !h.Over() {
			ids = append(ids, h.ID)
		}
	}
	return ids
}

func (m *model) shown(team string) []string {
	ids := []string{}
	for _, k := range sorted(m.knowledge, func(a, b store.KnowledgeCard) int { return a.CreatedAt.Compare(b.CreatedAt) }) {
		if k.Team == team && k.State != store.CardWithdrawn {
			ids = append(ids, k.ID)
		}
	}
	return ids
}

func (m *model) owed(of func(store.Promise) bool) []string {
	ids := []string{}
	for _, p := range sorted(m.promises, func(a, b store.Promise) int { return a.DueAt.Compare(b.DueAt) }) {
		if of(p) && p.Owed() {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func (m *model) playsOf(user string) []string {
	ids := []string{}
	for _, r := range sorted(m.plays, func(a, b store.RolePlay) int { return a.StartedAt.Compare(b.StartedAt) }) {
		if r.User == user {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// lastDigests are the dates of a team's digests before one, the newest first.
func (m *model) lastDigests(team, before string, max int) []string {
	dates := []string{}
	for _, d := range sorted(m.digests, func(a, b store.DigestRecord) int { return strings.Compare(b.Date, a.Date) }) {
		if d.Team == team && d.Date < before && len(dates) < max {
			dates = append(dates, d.Date)
		}
	}
	return dates
}

func (m *model) purge(before store.PurgeBefore) int {
	held := m.size()
	m.jobs = slices.DeleteFunc(m.jobs, func(j *modelJob) bool {
		return !j.BuriedAt.IsZero() && j.BuriedAt.Before(before.Keys)
	})
	living := map[string]bool{}
	for _, j := range m.jobs {
		for _, k := range j.Keys {
			living[k] = true
		}
	}
	maps.DeleteFunc(m.keys, func(k string, at time.Time) bool { return at.Before(before.Keys) && !living[k] })
	maps.DeleteFunc(m.cases, func(_ string, c store.Case) bool { return c.OpenedAt.Before(before.Records) })
	maps.DeleteFunc(m.posts, func(_ string, p store.Post) bool { return p.ClaimedAt.Before(before.Records) })
	maps.DeleteFunc(m.decisions, func(_ string, d store.Decision) bool { return d.At.Before(before.Records) })
	maps.DeleteFunc(m.evidence, func(_ string, e store.Evidence) bool { return e.At.Before(before.Records) })
	maps.DeleteFunc(m.help, func(_ string, h store.HelpRequest) bool { return h.OpenedAt.Before(before.Records) })
	maps.DeleteFunc(m.knowledge, func(_ string, k store.KnowledgeCard) bool { return k.UpdatedAt.Before(before.Records) })
	maps.DeleteFunc(m.promises, func(_ string, p store.Promise) bool { return p.DueAt.Before(before.Records) })
	maps.DeleteFunc(m.spent, func(_ string, s store.Spending) bool { return s.At.Before(before.Records) })
	maps.DeleteFunc(m.embedded, func(_ string, e store.Embedding) bool { return e.At.Before(before.Records) })
	maps.DeleteFunc(m.digests, func(_ string, d store.DigestRecord) bool { return d.To.Before(before.Records) })
	maps.DeleteFunc(m.plays, func(_ string, r store.RolePlay) bool { return r.StartedAt.Before(before.Records) })
	return held - m.size()
}

func (m *model) size() int {
	return len(m.jobs) + len(m.keys) + len(m.cases) + len(m.posts) + len(m.decisions) + len(m.evidence) +
		len(m.help) + len(m.knowledge) + len(m.promises) + len(m.spent) + len(m.embedded) + len(m.plays) + len(m.digests)
}

func (m *model) stats() store.Stats {
	buried := len(m.ids(func(j *modelJob) bool { return !j.BuriedAt.IsZero() }))
	return store.Stats{
		Jobs: len(m.jobs) - buried, Buried: buried, Keys: len(m.keys), Cases: len(m.cases),
		Posts: len(m.posts), Decisions: len(m.decisions), Evidence: len(m.evidence),
		HelpRequests: len(m.help), KnowledgeCards: len(m.knowledge), Promises: len(m.promises),
		Spendings: len(m.spent), Embeddings: len(m.embedded), RolePlays: len(m.plays), Digests: len(m.digests),
	}
}

func sorted[T any](all map[string]T, compare func(a, b T) int) []T {
	return slices.SortedFunc(maps.Values(all), compare)
}
