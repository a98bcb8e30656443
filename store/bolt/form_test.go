package bolt

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"coachbot/store"
)

// samples has a record of every kind with every field set.
func samples() map[string]any {
	at := time.Date(2026, 3, 1, 8, 30, 0, 123456000, time.UTC)
	return map[string]any{
		"jobs": &jobRecord{
			Seq: 7, ID: "Ev1", Keys: []string{"Ev1", "C1.1.1"}, Lane: "T1.C1", Kind: "message", RunAt: at, At: at,
			Place: at, Timed: true, Tries: 2, Cause: "限流", BuriedAt: at,
		},
		"keys": &keyRecord{Key: "Ev1", At: at, Seq: 7},
		"cases": &store.Case{
			ID: "T1.C1.1.1", Workspace: "T1", Team: "S1", Channel: "C1", TS: "1.1", Thread: "1.0", Author: "U1",
			Text: "客户说要投诉 <b>", TextHash: "h", Lang: "zh", Severity: "high", Emotions: []string{"angry"},
			Kind: "demanding", Personality: "eagle", Root: "policy", Playbook: "long-wait", Candidates: []string{"long-wait"},
			Step: "listen", Variation: 1, Turns: 2, LastTurn: "1.2", Sure: true, Expanded: true, Short: true, Private: true, LastPress: "p", CardWhy: "guests", Card: "card",
			Followed: []store.CaseTurn{{TS: "1.2", TextHash: "h", Kind: "customer", Severity: "low", Press: "p", Before: store.CaseStand{
				Severity: "low", Emotions: []string{"angry"}, Kind: "agitated", Personality: "owl", Root: "state", Sure: true,
				Playbook: "long-wait", Candidates: []string{"long-wait"}, Step: "calm", Variation: 2},
				State: store.CaseCalmed, ClosedAt: at, Duty: "U3"}},
			Duty: "U3", Alarms: 1, Feedback: store.Feedback{By: "U1", At: at, Note: "n"}, Used: []string{"p1"}, Fitted: store.Fitted{Hash: "h", Turns: 2, Playbook: "long-wait", Step: "listen", Variation: 1,
				Phrases: []store.FittedPhrase{{Step: "listen", Text: "请讲"}}}, State: store.CaseOpen, OpenedAt: at, UpdatedAt: at, ClosedAt: at, AdvisedAt: at,
		},
		"posts": &store.Post{
			Key: "k", Workspace: "T1", Team: "S1", Channel: "C1", Thread: "1.0", TS: "1.3", Case: "T1.C1.1.1", Kind: "card",
			ClaimedAt: at, SentAt: at, RemovedAt: at,
		},
		"channels": &store.Channel{
			Workspace: "T1", ID: "C1", Team: "S1", Mode: store.WatchQuiet, Quiet: at, Apps: []string{"B1"}, SetBy: "U1",
			SetAt: at, Cursor: "1.1",
		},
		"decisions": &store.Decision{
			Workspace: "T1", Team: "S1", Channel: "C1", TS: "1.1", Author: "U1", At: at, Spoke: true, Reason: "case",
			Case: "T1.C1.1.1", Playbook: "long-wait", Severity: "high", Score: 0.75,
		},
		"evidence": &store.Evidence{
			ID: "e", Workspace: "T1", Team: "S1", Channel: "C1", Case: "T1.C1.1.1", Kind: "picked", Playbook: "long-wait",
			Instead: "late-delivery", Step: "listen", Phrase: "p1", By: "U1", At: at,
		},
		"installations": &store.Installation{Workspace: "T1", Bot: "B1", URL: "https://x.slack.com/", SeenAt: at, RevokedAt: at,
			Faults: []store.PlaybookFault{{File: "en/late-delivery.md", Message: "the field \"title\" is missing"}}},
		"teams": &store.Team{
			Workspace: "T1", ID: "S1", Name: "售后", Escalation: []string{"C1"}, Help: "C2", Digest: "C3", Leads: []string{"U1"},
			DutyLeads: []string{"U2"}, HideNames: true, Lang: "zh", Zone: "Asia/Shanghai",
			Hours: []store.Hours{{Day: time.Monday, From: 540, To: 1080}}, Holidays: []string{"2026-10-01"}, MakeUp: []string{"2026-10-10"},
			DigestAt: "09:00", DigestDays: []string{"mon"}, Cleared: []string{"help"}, RemovedAt: at, Remind: []time.Duration{time.Minute}, Rotation: true, RotateAfter: time.Minute,
			SetBy: "U1", SetAt: at, History: []store.TeamChange{{By: "U1", At: at, What: []string{"name"}, Job: "j"}},
		},
		"help_requests": &store.HelpRequest{
			ID: "h", Workspace: "T1", Team: "S1", Kind: store.HelpHandover, Channel: "C1", Case: "T1.C1.1.1", Link: "https://x",
			Asker: "U1", Anonymous: true, Question: "怎么办", Tried: "致歉", Lang: "zh", Scenario: "long-wait", Urgency: store.UrgencyHigh,
			Many: true, Valued: true, Priority: 9, Packet: store.Packet{Facts: "f", Promises: "p", Mood: "m", Authority: "a", Sentence: "s"},
			State: store.HelpClaimed, Posts: []string{"k"}, Helper: "U2", Offered: []string{"U3"}, Waiting: "U3", OpenedAt: at, UpdatedAt: at,
			OpenSince: at, ClaimedAt: at, HeardAt: at, ClosedAt: at, Worked: "w", Calmed: "yes", NameHelper: true, Card: "k", ThankedAt: at, Draft: store.CardDraft{Situation: "s", Words: "w", Result: "r"},
		},
		"knowledge": &store.KnowledgeCard{
			ID: "k", Workspace: "T1", Team: "S1", Lang: "zh", Scenario: "long-wait", Situation: "等", Words: "说", Result: "好", Author: "U1",
			Named: true, Request: "h", Source: "https://x", State: store.CardLive, CreatedAt: at, UpdatedAt: at, UpdatedBy: "U1",
			ReviewAt: at, ProposedAt: at, ProposedBy: "U1", AcceptedAt: at, AcceptedBy: "U9",
			DeclinedAt: at, DeclinedBy: "U9", DeclinedWhy: "太长", Feedback: store.Feedback{By: "U1", At: at, Note: "n"},
		},
		"promises": &store.Promise{
			ID: "p", Workspace: "T1", Team: "S1", Channel: "C1", Case: "T1.C1.1.1", Owner: "U1", From: "U2", What: "回电", When: "明天",
			Kind: "call-back", Lang: "zh", Zone: "Asia/Shanghai", State: store.PromiseOpen, DueAt: at, MadeAt: at, UpdatedAt: at,
			MissedAt: at, ClosedAt: at, Posts: []string{"k"},
		},
		"spendings":  &store.Spending{Day: "2026-03-01", Tokens: 1200, Calls: 2, At: at},
		"embeddings": &store.Embedding{Key: "d1", Model: "m", Vector: []byte{0, 0, 128, 63}, At: at},
		"role_plays": &store.RolePlay{
			ID: "T1.D1.1.1", Workspace: "T1", User: "U1", Lang: "zh", Playbook: "long-wait", Kind: "agitated", Personality: "eagle",
			Heat: 6, Lines: []store.RolePlayLine{{Customer: true, Text: "等了两小时", Turn: "1.2"}}, Done: []string{"empathise"},
			Slips: []string{"dont-know"}, LastTurn: "1.2", State: store.RolePlayOn, StartedAt: at, EndedAt: at,
		},
		"digests": &store.DigestRecord{
			Workspace: "T1", Team: "S1", Kind: store.DigestDay, Date: "2026-03-01", From: at, To: at.Add(time.Hour), Headline: "h", Found: []store.DigestFinding{{Code: "rising", N: 5, Of: 2, Scenario: "long-wait"}}, Post: "k",
			Drill: "d", PostedAt: at, Late: true, Quiet: true, Read: []store.DigestReader{{By: "U1", At: at}},
			Numbers: store.DigestNumbers{Days: 1, Cases: 9, Calmed: 4, Unresolved: 1, Suggested: 8, Open: 4, Opened: 3, Claimed: 2, Resolved: 1, Kept: 2,
				Missed: 1, Due: 4, Slips: 5, Cards: 1, First: time.Second, Claim: time.Minute, Resolve: time.Hour, Scenarios: map[string]int{"long-wait": 9}},
		},
		"slips": &store.Slips{Workspace: "T1", Team: "S1", Day: "2026-03-01", Counts: map[string]int{"dont-know": 2}, Seen: []string{"c1"}, At: at},
		"people": &store.Person{
			Workspace: "T1", ID: "U1", Hints: 2, HintsSet: true, Calmed: map[string]int{"long-wait": 3},
			Drills: []store.DrillMemory{{ID: "d", Case: "T1.C1.1700000000.000100", Box: 2, DueAt: at, Last: "a"}}, Home: "h", UpdatedAt: at,
		},
	}
}

// TestForm reads records as the first release of this form wrote them. A field
// that was renamed or has lost its meaning shows here: it needs a new form. A new
// field is added to the samples and, by running with UPDATE_FORM=1, to the file.
func TestForm(t *testing.T) {
	t.Parallel()
	const file = "testdata/form1.txt"
	if os.Getenv("UPDATE_FORM") != "" {
		writeForm(t, file)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string][]byte{}
	for line := range strings.Lines(string(data)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		stored[name] = append([]byte{1}, value...)
	}
	for name, want := range samples() {
		v := reflect.ValueOf(want).Elem()
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("the sample of %s lacks %s", name, v.Type().Field(i).Name)
			}
		}
		got, err := decodeAs(name, stored[name])
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
	}
}

func decodeAs(name string, value []byte) (any, error) {
	switch name {
	case "jobs":
		return decode[jobRecord](name, nil, value)
	case "keys":
		return decode[keyRecord](name, nil, value)
	case "cases":
		return decode[store.Case](name, nil, value)
	case "posts":
		return decode[store.Post](name, nil, value)
	case "channels":
		return decode[store.Channel](name, nil, value)
	case "decisions":
		return decode[store.Decision](name, nil, value)
	case "evidence":
		return decode[store.Evidence](name, nil, value)
	case "installations":
		return decode[store.Installation](name, nil, value)
	case "teams":
		return decode[store.Team](name, nil, value)
	case "help_requests":
		return decode[store.HelpRequest](name, nil, value)
	case "knowledge":
		return decode[store.KnowledgeCard](name, nil, value)
	case "promises":
		return decode[store.Promise](name, nil, value)
	case "spendings":
		return decode[store.Spending](name, nil, value)
	case "embeddings":
		return decode[store.Embedding](name, nil, value)
	case "role_plays":
		return decode[store.RolePlay](name, nil, value)
	case "digests":
		return decode[store.DigestRecord](name, nil, value)
	case "slips":
		return decode[store.Slips](name, nil, value)
	case "people":
		return decode[store.Person](name, nil, value)
	}
	return nil, fmt.Errorf("no table %s", name)
}

func writeForm(t *testing.T, file string) {
	t.Helper()
	var out bytes.Buffer
	for _, name := range buckets() {
		if sample, ok := samples()[name]; ok {
			value, err := encode(sample)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "%s %s\n", name, value[1:])
		}
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
