package bolt

import (
	"strings"
	"testing"
	"time"

	"coachbot/store"
)

// TestCheckFinds damages one thing at a time.
func TestCheckFinds(t *testing.T) {
	t.Parallel()
	at := time.Unix(100, 0).UTC()
	job := store.Job{ID: "j", Keys: []string{"j", "other"}, Lane: "a", Kind: "k", Payload: []byte("p"), At: at}
	theCase := store.Case{ID: "c", Workspace: "T", Channel: "C", TS: "1", Thread: "1", State: store.CaseOpen, OpenedAt: at}
	tests := []struct {
		name   string
		damage func(b *batch) error
		want   []string // each in some fault
	}{
		{"nothing", func(*batch) error { return nil }, nil},
		{"a record is gone", func(b *batch) error { return b.delete("cases", []byte("c")) },
			[]string{`cases_opened`, `leads nowhere`, `cases_by_thread`, `counted as 1`}},
		{"an index entry is gone", func(b *batch) error { return b.delete("cases_opened", timeKey(at, "c")) },
			[]string{`cases "c" is missing from cases_opened`}},
		{"an index entry too many", func(b *batch) error { return b.put("cases_opened", timeKey(at, "d"), []byte("c")) },
			[]string{`cases_opened has 2 entries for 1 records`}},
		{"an index leads elsewhere", func(b *batch) error { return b.put("cases_opened", timeKey(at, "c"), []byte("d")) },
			[]string{`"c" is missing from cases_opened`, `leads nowhere`}},
		{"no JSON", func(b *batch) error { return b.put("cases", []byte("c"), []byte("\x01{")) }, []string{`cases "c"`}},
		{"a form from the future", func(b *batch) error { return b.put("cases", []byte("c"), []byte("\x09{}")) },
			[]string{`cases "c" has no known form`}},
		{"a record that is not valid", func(b *batch) error {
			c := theCase
			c.State = "lost"
			return caseTable.put(b, &c)
		}, []string{`state "lost"`}},
		{"a record under another key", func(b *batch) error {
			value, err := encode(theCase)
			if err != nil {
				return err
			}
			return b.put("cases", []byte("d"), value)
		}, []string{`cases "d" holds the record "c"`}},
		{"a key of a job is gone", func(b *batch) error { return keyTable.remove(b, []byte("other")) },
			[]string{`keys "other": not found`}},
		{"a key of another job", func(b *batch) error {
			return keyTable.put(b, &keyRecord{Key: "other", At: at, Seq: 77})
		}, []string{`its key "other" belongs to another job`}},
		{"a payload without job", func(b *batch) error { return b.put(bucketPayloads, seqKey(77), []byte("p")) },
			[]string{`no such job`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			if err := s.Put(t.Context(), store.Record{Job: &job}, store.Record{Case: &theCase}); err != nil {
				t.Fatal(err)
			}
			if err := s.write(tt.damage); err != nil {
				t.Fatal(err)
			}
			faults, err := s.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			all := strings.Join(faults, "\n")
			for _, want := range tt.want {
				if !strings.Contains(all, want) {
					t.Errorf("got faults %q, want one with %q", faults, want)
				}
			}
			if len(tt.want) == 0 && len(faults) > 0 {
				t.Errorf("got faults %q, want none", faults)
			}
		})
	}
}
