package bolt

import "coachbot/store"

// The tables of what teams are told and of what is kept for a person; never changed.
var (
	digestTable = &table[store.DigestRecord]{
		bucket: "digests",
		key:    func(d *store.DigestRecord) []byte { return digestKey(d.Workspace, d.Team, d.Kind, d.Date) },
		indexes: []index[store.DigestRecord]{{"digests_by_time", func(d *store.DigestRecord) []byte {
			return timeKey(d.To, string(digestKey(d.Workspace, d.Team, d.Kind, d.Date)))
		}}},
	}
	slipsTable = &table[store.Slips]{
		bucket: "slips",
		key:    func(s *store.Slips) []byte { return join(s.Workspace, s.Team, s.Day) },
		indexes: []index[store.Slips]{{"slips_by_time", func(s *store.Slips) []byte {
			return timeKey(s.At, string(join(s.Workspace, s.Team, s.Day)))
		}}},
	}
	personTable = &table[store.Person]{
		bucket: "people",
		key:    func(p *store.Person) []byte { return join(p.Workspace, p.ID) },
	}
)

func digestKey(workspace, team string, kind store.DigestKind, date string) []byte {
	return join(workspace, team, string(kind), date)
}
