package digest_test

import (
	"fmt"
	"testing"

	"coachbot/bot/digest"
	"coachbot/store"
)

func TestPoor(t *testing.T) {
	t.Parallel()
	cases := []store.Case{
		{ID: "fine", Sure: true, State: store.CaseCalmed, Lang: "en"},
		{ID: "unsure", State: store.CaseOpen},
		{ID: "unresolved", Sure: true, State: store.CaseUnresolved},
		{ID: "picked", State: store.CaseOpen, Lang: "en"},
		{ID: "private", State: store.CaseUnresolved, Private: true},
		{ID: "dismissed", State: store.CaseDismissed},
	}
	evidence := []store.Evidence{
		{Case: "picked", Kind: "picked", Playbook: "long-wait", Instead: "late-delivery"},
		{Case: "picked", Kind: "unhelpful", Playbook: "long-wait", Step: "offer", Phrase: "Bad."},
		{Case: "fine", Kind: "unhelpful", Playbook: "long-wait", Step: "offer", Phrase: "Bad."},
		{Case: "fine", Kind: "another", Playbook: "long-wait", Step: "offer", Phrase: "So so."},
		{Case: "fine", Kind: "another", Playbook: "long-wait", Step: "offer", Phrase: "So so."},
		{Case: "fine", Kind: "another", Playbook: "long-wait", Step: "offer", Phrase: "Once."},
		{Case: "fine", Kind: "used", Playbook: "long-wait", Step: "offer", Phrase: "Good."},
		{Case: "private", Kind: "unhelpful", Playbook: "long-wait", Step: "offer", Phrase: "Secret."},
		{Case: "gone", Kind: "unhelpful", Playbook: "long-wait", Step: "offer", Phrase: "Nobody's."},
	}
	phrases, poor := digest.Poor(cases, evidence)
	var got []string
	for _, p := range phrases {
		got = append(got, fmt.Sprintf("%s %d/%d/%d", p.Phrase, p.Unhelpful, p.Another, p.Used))
	}
	for _, p := range poor {
		got = append(got, p.Case.ID+" "+p.Instead)
	}
	if s, want := fmt.Sprint(got), "[Bad. 2/0/0 So so. 0/2/0 picked late-delivery fine  unresolved ]"; s != want {
		t.Errorf("got %s, want %s", s, want)
	}
}
