package bolt

import "coachbot/store"

// The tables of what an AI service cost and made, and of role plays; never changed.
var (
	spendingTable = &table[store.Spending]{
		bucket:  "spendings",
		key:     func(s *store.Spending) []byte { return []byte(s.Day) },
		indexes: []index[store.Spending]{{"spendings_by_time", func(s *store.Spending) []byte { return timeKey(s.At, s.Day) }}},
	}
	embeddingTable = &table[store.Embedding]{
		bucket:  "embeddings",
		key:     func(e *store.Embedding) []byte { return []byte(e.Key) },
		indexes: []index[store.Embedding]{{"embeddings_by_time", func(e *store.Embedding) []byte { return timeKey(e.At, e.Key) }}},
	}
	rolePlayTable = &table[store.RolePlay]{
		bucket: "role_plays",
		key:    func(r *store.RolePlay) []byte { return []byte(r.ID) },
		indexes: []index[store.RolePlay]{
			{"role_plays_by_time", func(r *store.RolePlay) []byte { return timeKey(r.StartedAt, r.ID) }},
			{"role_plays_by_user", func(r *store.RolePlay) []byte { return under(r.StartedAt, r.ID, r.Workspace, r.User) }},
		},
	}
)
