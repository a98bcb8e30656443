package store_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"coachbot/store"
)

func TestText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":              "",
		"等了三天 😡":        "等了三天 😡",
		"a\x00b":        "ab",
		"\xff":          "\uFFFD",
		"界\xe7\x95":     "界\uFFFD",
		"\x00\xff\x00x": "\uFFFDx",
	} {
		if got := store.Text(in); got != want {
			t.Errorf("Text(%q): got %q, want %q", in, got, want)
		}
	}
}

func TestTime(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("Shanghai", 8*3600)
	for _, tt := range []struct{ in, want time.Time }{
		{time.Time{}, time.Time{}},
		{time.Time{}.In(zone), time.Time{}},
		{time.Date(2026, 3, 1, 8, 0, 0, 999_999_999, zone), time.Date(2026, 3, 1, 0, 0, 0, 999_999_000, time.UTC)},
	} {
		if got := store.Time(tt.in); got != tt.want {
			t.Errorf("Time(%v): got %v, want %v", tt.in, got, tt.want)
		}
	}
}

func TestJobCleanKeys(t *testing.T) {
	t.Parallel()
	in := store.Job{ID: "id", Keys: []string{"k1", "id", "", "k1", "k\x002", "\x00"}}
	want := []string{"id", "k1", "k2"}
	if got := in.Clean().Keys; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestCleanLeavesNothing fills every text and time of every noun with what no
// store may hold: a field that Clean forgets shows here.
func TestCleanLeavesNothing(t *testing.T) {
	t.Parallel()
	clean := []any{
		dirty[store.Job]().Clean(), dirty[store.Key]().Clean(), dirty[store.Case]().Clean(), dirty[store.Post]().Clean(),
		dirty[store.Channel]().Clean(), dirty[store.Installation]().Clean(), dirty[store.Decision]().Clean(), dirty[store.Evidence]().Clean(),
		dirty[store.Team]().Clean(), dirty[store.HelpRequest]().Clean(), dirty[store.KnowledgeCard]().Clean(), dirty[store.Promise]().Clean(),
	}
	for _, noun := range clean {
		v := reflect.ValueOf(noun)
		for i := range v.NumField() {
			name := v.Type().Name() + "." + v.Type().Field(i).Name
			switch got := v.Field(i).Interface().(type) {
			case string:
				if got != "a\uFFFD" {
					t.Errorf("%s: got %q", name, got)
				}
			case []string:
				if got[0] != "a\uFFFD" {
					t.Errorf("%s: got %q", name, got)
				}
			case time.Time:
				if got != store.Time(got) {
					t.Errorf("%s: got %v", name, got)
				}
			}
		}
	}
}

func dirty[T any]() T {
	var noun T
	v := reflect.ValueOf(&noun).Elem()
	for i := range v.NumField() {
		f := v.Field(i)
		switch f.Interface().(type) {
		case string:
			f.SetString("a\x00\xff")
		case []string:
			f.Set(reflect.ValueOf([]string{"a\x00\xff"}))
		case time.Time:
			f.Set(reflect.ValueOf(time.Date(2026, 3, 1, 8, 0, 0, 123456789, time.FixedZone("Shanghai", 8*3600))))
		}
	}
	return noun
}

func TestLongKeys(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, n := range []int{store.MaxKey, store.MaxKey + 1} {
		long := strings.Repeat("k", n)
		for name, err := range map[string]error{
			"job":          store.Job{ID: long, Lane: "a", Kind: "k"}.Validate(),
			"lane":         store.Job{ID: "1", Lane: long, Kind: "k"}.Validate(),
			"key":          store.Key{Key: long, At: at}.Validate(),
			"case":         store.Case{ID: long, Workspace: "T", Channel: "C", TS: "1", OpenedAt: at, State: store.CaseOpen}.Validate(),
			"thread":       store.Case{ID: "1", Workspace: "T", Channel: "C", TS: "1", Thread: long, OpenedAt: at, State: store.CaseOpen}.Validate(),
			"post":         store.Post{Key: "1", Workspace: "T", Channel: "C", TS: long, ClaimedAt: at}.Validate(),
			"channel":      store.Channel{Workspace: "T", ID: long}.Validate(),
			"installation": store.Installation{Workspace: long}.Validate(),
			"decision":     store.Decision{Workspace: "T", Channel: "C", TS: long, Reason: "r", At: at}.Validate(),
			"team":         store.Team{Workspace: "T", ID: long}.Validate(),
			"help request": store.HelpRequest{ID: "1", Workspace: "T", Team: long, Asker: "U", Kind: store.HelpPeers, Urgency: store.UrgencyLow, State: store.HelpOpen, OpenedAt: at}.Validate(),
			"card":         store.KnowledgeCard{ID: "1", Workspace: "T", Team: long, Author: "U", Words: "w", State: store.CardLive, CreatedAt: at}.Validate(),
			"promise":      store.Promise{ID: "1", Workspace: "T", Case: long, Owner: "U", What: "w", State: store.PromiseOpen, DueAt: at, MadeAt: at}.Validate(),
			"evidence":     store.Evidence{ID: "1", Workspace: "T", Case: long, Kind: "used", At: at}.Validate(),
		} {
			if got, want := err != nil, n > store.MaxKey; got != want {
				t.Errorf("%s with a key of %d bytes: got %v", name, n, err)
			}
		}
	}
}
