package bolt

import (
	"time"

	"coachbot/store"
)

// The tables of what colleagues do for each other and owe to customers; never changed.
var (
	teamTable = &table[store.Team]{
		bucket: "teams",
		key:    func(t *store.Team) []byte { return join(t.Workspace, t.ID) },
	}
	helpTable = &table[store.HelpRequest]{
		bucket: "help_requests",
		key:    func(h *store.HelpRequest) []byte { return []byte(h.ID) },
		indexes: []index[store.HelpRequest]{
			{"help_requests_by_time", func(h *store.HelpRequest) []byte { return timeKey(h.OpenedAt, h.ID) }},
			{"help_requests_by_team", func(h *store.HelpRequest) []byte { return under(h.OpenedAt, h.ID, h.Workspace, h.Team) }},
			{"help_requests_by_asker", func(h *store.HelpRequest) []byte { return under(h.OpenedAt, h.ID, h.Workspace, h.Asker) }},
			{"help_requests_by_helper", func(h *store.HelpRequest) []byte {
				if h.Helper == "" {
					return nil
				}
				return under(h.OpenedAt, h.ID, h.Workspace, h.Helper)
			}},
			{"help_requests_like", func(h *store.HelpRequest) []byte {
				if h.Scenario == "" {
					return nil
				}
				return under(h.OpenedAt, h.ID, h.Workspace, h.Team, h.Scenario)
			}},
			{"help_requests_unsettled", func(h *store.HelpRequest) []byte {
				if h.Over() {
					return nil
				}
				return under(h.OpenedAt, h.ID, h.Workspace, h.Team)
			}},
		},
	}
	knowledgeTable = &table[store.KnowledgeCard]{
		bucket: "knowledge",
		key:    func(k *store.KnowledgeCard) []byte { return []byte(k.ID) },
		indexes: []index[store.KnowledgeCard]{
			{"knowledge_by_time", func(k *store.KnowledgeCard) []byte { return timeKey(k.UpdatedAt, k.ID) }},
			{"knowledge_by_team", func(k *store.KnowledgeCard) []byte { return under(k.CreatedAt, k.ID, k.Workspace, k.Team) }},
			{"knowledge_by_author", func(k *store.KnowledgeCard) []byte { return under(k.CreatedAt, k.ID, k.Workspace, k.Author) }},
			{"knowledge_shown", func(k *store.KnowledgeCard) []byte {
				if k.State == store.CardWithdrawn {
					return nil
				}
				return under(k.CreatedAt, k.ID, k.Workspace, k.Team)
			}},
			{"knowledge_like", func(k *store.KnowledgeCard) []byte {
				if k.State == store.CardWithdrawn || k.Scenario == "" {
					return nil
				}
				return under(k.CreatedAt, k.ID, k.Workspace, k.Team, k.Scenario)
			}},
		},
	}
	promiseTable = &table[store.Promise]{
		bucket: "promises",
		key:    func(p *store.Promise) []byte { return []byte(p.ID) },
		indexes: []index[store.Promise]{
			{"promises_by_time", func(p *store.Promise) []byte { return timeKey(p.DueAt, p.ID) }},
			{"promises_by_team", func(p *store.Promise) []byte { return under(p.DueAt, p.ID, p.Workspace, p.Team) }},
			{"promises_owed", func(p *store.Promise) []byte {
				if !p.Owed() {
					return nil
				}
				return under(p.DueAt, p.ID, p.Workspace, p.Owner)
			}},
			{promisesOwedByTeam, func(p *store.Promise) []byte {
				if !p.Owed() {
					return nil
				}
				return under(p.DueAt, p.ID, p.Workspace, p.Team)
			}},
			{"promises_by_case", func(p *store.Promise) []byte {
				if p.Case == "" {
					return nil
				}
				return under(p.DueAt, p.ID, p.Case)
			}},
		},
	}
)

// promisesOwedByTeam is the index that layout 5 added to a table that was there.
const promisesOwedByTeam = "promises_owed_by_team"

// under is an index key: whose record it is, its time, its id.
func under(at time.Time, id string, whose ...string) []byte {
	return append(appendTime(join(whose...), at), id...)
}
