package storetest

import (
	"strings"
	"time"

	"coachbot/store"
)

func anEmbedding(key string, at time.Time) store.Embedding {
	return store.Embedding{Key: key, Model: "m", Vector: []byte{0, 0, 128, 63, 0, 0, 0, 192}, At: at}
}

func aRolePlay(id string, started time.Time) store.RolePlay {
	return store.RolePlay{
		ID: id, Workspace: "T1", User: "U1", Lang: "zh", Playbook: "long-wait", Kind: "agitated", Personality: "dove", Heat: 7,
		Lines: []store.RolePlayLine{{Customer: true, Text: "等了两小时！"}, {Text: "抱歉", Turn: "1.2"}}, Done: []string{"apologise"},
		Slips: []string{"dont-know"}, LastTurn: "1.2", State: store.RolePlayOn, StartedAt: started,
	}
}

func rolePlayID(r store.RolePlay) string { return r.ID }

func (b *bench) putSpending(s store.Spending) {
	b.t.Helper()
	got, err := b.UpdateSpending(b.ctx(), s.Day, func(to *store.Spending) error { *to = s; return nil })
	b.must(err)
	same(b, "stored spending", got, s)
}

func (b *bench) putRolePlay(r store.RolePlay) {
	b.t.Helper()
	got, err := b.UpdateRolePlay(b.ctx(), r.ID, func(to *store.RolePlay) error { *to = r; return nil })
	b.must(err)
	same(b, "stored role play", got, r.Clean())
}

func (b *bench) rolePlays(workspace, user string) []string {
	b.t.Helper()
	return listed(b, rolePlayID, func(fn func(store.RolePlay) error) error { return b.RolePlaysOf(b.ctx(), workspace, user, fn) })
}

func spendingTests() []test {
	return []test{
		{"a day's spending", func(b *bench) {
			got, err := b.Spending(b.ctx(), "2026-03-01")
			b.must(err)
			same(b, "absent", got, store.Spending{Day: "2026-03-01"})
			want := store.Spending{Day: "2026-03-01", Tokens: 900, Calls: 1, At: day(0)}
			b.putSpending(want)
			got, err = b.UpdateSpending(b.ctx(), want.Day, func(s *store.Spending) error { s.Tokens += 100; return nil })
			b.must(err)
			same(b, "more", got.Tokens, 1000)
			b.reopen()
			got, err = b.Spending(b.ctx(), want.Day)
			b.must(err)
			want.Tokens = 1000
			same(b, "kept", got, want)
			got, err = b.Spending(b.ctx(), "2026-03-02")
			b.must(err)
			same(b, "the next day", got.Tokens, 0)
		}},
		{"spending that is not valid", func(b *bench) {
			for name, s := range map[string]store.Spending{
				"no day":  {Day: "", At: day(0)},
				"no date": {Day: "yesterday", At: day(0)},
				"no time": {Day: "2026-03-01"},
				"less":    {Day: "2026-03-01", Tokens: -1, At: day(0)},
			} {
				_, err := b.UpdateSpending(b.ctx(), s.Day, func(to *store.Spending) error { *to = s; return nil })
				b.is(name, err, store.ErrInvalid)
			}
			b.stats("after", store.Stats{})
		}},
	}
}

func embeddingTests() []test {
	return []test{
		{"embeddings", func(b *bench) {
			none, err := b.EmbeddingsOf(b.ctx(), []string{"a"})
			b.must(err)
			same(b, "absent", none, map[string]store.Embedding{})
			a, c := anEmbedding("a", day(0)), anEmbedding("c", day(1))
			b.must(b.PutEmbeddings(b.ctx(), a, c))
			a.Model = "newer"
			b.must(b.PutEmbeddings(b.ctx(), a))
			b.reopen()
			got, err := b.EmbeddingsOf(b.ctx(), []string{"a", "b", "c"})
			b.must(err)
			same(b, "kept", got, map[string]store.Embedding{"a": a, "c": c})
			got["a"].Vector[0] = 9
			again, err := b.EmbeddingsOf(b.ctx(), []string{"a"})
			b.must(err)
			same(b, "a copy was given", again["a"], a)
		}},
		{"one embedding that is not valid keeps all out", func(b *bench) {
			for name, e := range map[string]store.Embedding{
				"no key":   {Vector: []byte{1, 2, 3, 4}, At: day(0)},
				"long key": {Key: strings.Repeat("k", store.MaxKey+1), Vector: []byte{1, 2, 3, 4}, At: day(0)},
				"no time":  {Key: "k", Vector: []byte{1, 2, 3, 4}},
				"empty":    {Key: "k", At: day(0)},
				"odd":      {Key: "k", Vector: []byte{1, 2, 3}, At: day(0)},
				"enormous": {Key: "k", Vector: make([]byte, store.MaxVector+4), At: day(0)},
			} {
				b.is(name, b.PutEmbeddings(b.ctx(), anEmbedding("good", day(0)), e), store.ErrInvalid)
			}
			b.stats("after", store.Stats{})
		}},
	}
}

func rolePlayTests() []test {
	return []test{
		{"role plays", func(b *bench) {
			_, err := b.RolePlay(b.ctx(), "a")
			b.is("absent", err, store.ErrNotFound)
			second, first, other, foreign := aRolePlay("a", day(2)), aRolePlay("b", day(1)), aRolePlay("c", day(0)), aRolePlay("d", day(0))
			other.User, foreign.Workspace = "U10", "T10"
			for _, r := range []store.RolePlay{second, first, other, foreign} {
				b.putRolePlay(r)
			}
			b.reopen()
			got, err := b.RolePlay(b.ctx(), "a")
			b.must(err)
			same(b, "kept", got, second)
			same(b, "of a person", b.rolePlays("T1", "U1"), []string{"b", "a"})
			b.must(b.DeleteRolePlay(b.ctx(), "b"))
			b.must(b.DeleteRolePlay(b.ctx(), "b"))
			same(b, "after the removal", b.rolePlays("T1", "U1"), []string{"a"})
		}},
		{"role plays that are not valid", func(b *bench) {
			for name, fn := range map[string]func(*store.RolePlay) error{
				"no user":  func(r *store.RolePlay) error { *r = aRolePlay("a", day(0)); r.User = ""; return nil },
				"no time":  func(r *store.RolePlay) error { *r = aRolePlay("a", time.Time{}); return nil },
				"state":    func(r *store.RolePlay) error { *r = aRolePlay("a", day(0)); r.State = "paused"; return nil },
				"other id": func(r *store.RolePlay) error { *r = aRolePlay("b", day(0)); return nil },
			} {
				_, err := b.UpdateRolePlay(b.ctx(), "a", fn)
				b.is(name, err, store.ErrInvalid)
			}
			_, err := b.UpdateRolePlay(b.ctx(), "a", func(r *store.RolePlay) error { *r = aRolePlay("a", day(0)); return errStop })
			b.is("stopped", err, errStop)
			b.stats("after", store.Stats{})
		}},
	}
}
