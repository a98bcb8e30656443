package storetest

import (
	"fmt"
	"strings"

	"coachbot/store"
)

func aPost(key, ts string) store.Post {
	return store.Post{
		Key: key, Workspace: "T1", Team: "S1", Channel: "C1", Thread: "1.1", TS: ts, Case: "T1.C1.1.1",
		Kind: "card", ClaimedAt: day(0), SentAt: day(1), RemovedAt: day(2),
	}
}

func postTests() []test {
	return []test{
		{"a key is claimed once", func(b *bench) {
			p := aPost("k", "")
			got, fresh, err := b.ClaimPost(b.ctx(), p)
			b.must(err)
			same(b, "post", got, p)
			same(b, "fresh", fresh, true)
			other := p
			other.Channel, other.Kind = "C2", "note"
			got, fresh, err = b.ClaimPost(b.ctx(), other)
			b.must(err)
			same(b, "post", got, p)
			same(b, "fresh", fresh, false)
			b.reopen()
			got, err = b.Post(b.ctx(), "k")
			b.must(err)
			same(b, "post", got, p)
		}},
		{"a post is found by its message", func(b *bench) {
			_, err := b.PostAt(b.ctx(), "T1", "C1", "5.5")
			b.is("absent", err, store.ErrNotFound)
			_, _, err = b.ClaimPost(b.ctx(), aPost("k", ""))
			b.must(err)
			_, err = b.PostAt(b.ctx(), "T1", "C1", "")
			b.is("not yet sent", err, store.ErrNotFound)
			want, err := b.UpdatePost(b.ctx(), "k", func(p *store.Post) error { p.TS = "5.5"; return nil })
			b.must(err)
			got, err := b.PostAt(b.ctx(), "T1", "C1", "5.5")
			b.must(err)
			same(b, "post", got, want)
			for _, other := range [][3]string{{"T2", "C1", "5.5"}, {"T1", "C2", "5.5"}, {"T1", "C1", "5."}, {"T1", "C1", "5.50"}} {
				_, err := b.PostAt(b.ctx(), other[0], other[1], other[2])
				b.is(fmt.Sprint(other), err, store.ErrNotFound)
			}
			_, err = b.UpdatePost(b.ctx(), "k", func(p *store.Post) error { p.TS = "6.6"; return nil })
			b.must(err)
			_, err = b.PostAt(b.ctx(), "T1", "C1", "5.5")
			b.is("moved away", err, store.ErrNotFound)
		}},
		{"what cannot be stored", func(b *bench) {
			for name, p := range map[string]store.Post{
				"no key": aPost("", ""), "no time": {Key: "k", Workspace: "T1", Channel: "C1"},
				"no channel": {Key: "k", Workspace: "T1", ClaimedAt: day(0)},
				"long key":   aPost(strings.Repeat("x", store.MaxKey+1), ""),
			} {
				_, _, err := b.ClaimPost(b.ctx(), p)
				b.is(name, err, store.ErrInvalid)
			}
			_, err := b.UpdatePost(b.ctx(), "no", func(*store.Post) error { b.t.Error("called without a post"); return nil })
			b.is("absent", err, store.ErrNotFound)
			_, err = b.Post(b.ctx(), "no")
			b.is("absent", err, store.ErrNotFound)
			_, _, err = b.ClaimPost(b.ctx(), aPost("k", ""))
			b.must(err)
			_, err = b.UpdatePost(b.ctx(), "k", func(p *store.Post) error { p.TS = "1"; return errStop })
			b.is("its own error", err, errStop)
			got, err := b.Post(b.ctx(), "k")
			b.must(err)
			same(b, "post", got, aPost("k", ""))
		}},
	}
}
