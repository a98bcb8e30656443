package storetest

import "coachbot/store"

func channelTests() []test {
	return []test{
		{"channels", func(b *bench) {
			got, err := b.Channel(b.ctx(), "T1", "C1")
			b.must(err)
			same(b, "absent", got, store.Channel{Workspace: "T1", ID: "C1"})
			want := store.Channel{
				Workspace: "T1", ID: "C1", Team: "S1", Mode: store.WatchQuiet, Quiet: day(7),
				Apps: []string{"B1", "B2"}, SetBy: "U1", SetAt: day(0), Cursor: "1.1",
			}
			got, err = b.UpdateChannel(b.ctx(), "T1", "C1", func(c *store.Channel) error {
				same(b, "blank", *c, store.Channel{Workspace: "T1", ID: "C1"})
				*c = want
				return nil
			})
			b.must(err)
			same(b, "set", got, want)
			b.reopen()
			got, err = b.Channel(b.ctx(), "T1", "C1")
			b.must(err)
			same(b, "kept", got, want)
			for name, fn := range map[string]func(c *store.Channel) error{
				"mode":      func(c *store.Channel) error { c.Mode = "loud"; return nil },
				"other id":  func(c *store.Channel) error { c.ID = "C2"; return nil },
				"workspace": func(c *store.Channel) error { c.Workspace = ""; return nil },
			} {
				_, err := b.UpdateChannel(b.ctx(), "T1", "C1", fn)
				b.is(name, err, store.ErrInvalid)
			}
		}},
		{"list of channels", func(b *bench) {
			list, err := b.ChannelList(b.ctx(), "")
			b.must(err)
			same(b, "none", len(list), 0)
			for _, k := range [][2]string{{"T2", "C1"}, {"T1", "C2"}, {"T10", "C0"}, {"T1", "C10"}} {
				_, err := b.UpdateChannel(b.ctx(), k[0], k[1], func(c *store.Channel) error { c.Mode = store.WatchThread; return nil })
				b.must(err)
			}
			for workspace, want := range map[string][]string{
				"T1": {"T1 C10", "T1 C2"}, "T2": {"T2 C1"}, "T": {}, "": {"T1 C10", "T1 C2", "T10 C0", "T2 C1"},
			} {
				list, err := b.ChannelList(b.ctx(), workspace)
				b.must(err)
				got := []string{}
				for _, c := range list {
					got = append(got, c.Workspace+" "+c.ID)
				}
				same(b, "list of "+workspace, got, want)
			}
		}},
		{"installations", func(b *bench) {
			got, err := b.Installation(b.ctx(), "T1")
			b.must(err)
			same(b, "absent", got, store.Installation{Workspace: "T1"})
			want := store.Installation{Workspace: "T1", Bot: "B1", SeenAt: day(0), RevokedAt: day(1),
				Faults: []store.PlaybookFault{{File: "zh/a.md", Message: "空的一条"}, {File: "en/a.md", Message: "the field is empty"}}}
			_, err = b.UpdateInstallation(b.ctx(), "T1", func(i *store.Installation) error { *i = want; return nil })
			b.must(err)
			b.reopen()
			got, err = b.Installation(b.ctx(), "T1")
			b.must(err)
			same(b, "kept", got, want)
			_, err = b.UpdateInstallation(b.ctx(), "", func(*store.Installation) error { return nil })
			b.is("without workspace", err, store.ErrInvalid)
		}},
	}
}
