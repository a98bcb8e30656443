package blocks

import (
	"strings"
	"testing"
	"time"

	"coachbot/bot/digest"
	"coachbot/store"
)

// A week's scenarios are told by trend: what moved most first, what came up no more too;
// the thread has those of the week by number.
func TestScenariosByTrend(t *testing.T) {
	t.Parallel()
	slot, err := digest.On(store.Team{}, store.DigestWeek, "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	r := digest.Records{Tellings: 3, Trend: []store.DigestRecord{{Numbers: store.DigestNumbers{Days: 7, Scenarios: map[string]int{"steady": 6, "gone": 9, "falling": 5}}}}}
	for scenario, n := range map[string]int{"steady": 6, "falling": 1, "new": 5} {
		for range n {
			r.Cases = append(r.Cases, store.Case{ID: scenario, Playbook: scenario, OpenedAt: slot.From.Add(time.Hour)})
		}
	}
	d := Digest{Lang: "en", Digest: digest.Make(slot, "team", r), Now: slot.At}
	inOrder(t, d.Message().Text, "By scenario", "gone: 0 (usually 9)", "new: 5 (usually 0)", "falling: 1 (usually 5)", "steady: 6 (usually 6)")
	thread := d.Thread().Text
	inOrder(t, thread, "steady: 6", "new: 5", "falling: 1")
	if strings.Contains(thread, "gone") {
		t.Errorf("the thread lists what has no case: %s", thread)
	}
	d.Digest.Running = true
	if text := d.Message().Text; strings.Contains(text, "gone") {
		t.Errorf("a week that is not over says what will not come: %s", text)
	}
}

func inOrder(t *testing.T, text string, parts ...string) {
	t.Helper()
	rest := text
	for _, part := range parts {
		_, after, ok := strings.Cut(rest, part)
		if !ok {
			t.Fatalf("%q does not stand there, or not in this order, in %s", part, text)
		}
		rest = after
	}
}

// A digest with nothing more to say points at no thread.
func TestNoThreadWithoutDetails(t *testing.T) {
	t.Parallel()
	slot, err := digest.On(store.Team{}, store.DigestDay, "2026-11-24")
	if err != nil {
		t.Fatal(err)
	}
	r := digest.Records{Open: []store.HelpRequest{{ID: "h", Question: "Who knows?", State: store.HelpOpen, OpenedAt: slot.From}}}
	d := Digest{Lang: "en", Digest: digest.Make(slot, "team", r), Now: slot.At}
	if d.Detailed() || strings.Contains(d.Message().Text, "details") {
		t.Errorf("it promises details: %s", d.Message().Text)
	}
	r.Cases = []store.Case{{ID: "c", Playbook: "long-wait", OpenedAt: slot.From}}
	d.Digest = digest.Make(slot, "team", r)
	if !d.Detailed() || !strings.Contains(d.Message().Text, "details") {
		t.Errorf("it promises none: %s", d.Message().Text)
	}
}
