package bot

import (
	"slices"
	"testing"
	"time"

	"coachbot/store"
)

// Calmed cases come last, so that the limit leaves them out first.
func TestCalmedCasesHaveTheirThreadsReadLast(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	list := []caseThread{{"open", store.CaseOpen, now}, {"calmed", store.CaseCalmed, now.Add(time.Hour)}, {"older", store.CaseOpen, now.Add(-time.Hour)},
		{"unresolved", store.CaseUnresolved, now.Add(time.Minute)}}
	slices.SortStableFunc(list, byUrgency)
	got := ""
	for _, c := range list {
		got += c.id + " "
	}
	if want := "calmed unresolved older open "; got != want {
		t.Errorf("read from the last: %s, want %s", got, want)
	}
}

// A thread that is put back is read again though nothing else was left to read meanwhile.
func TestAThreadPutBackWakesTheReader(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	l := newThreadList()
	l.replace([]string{"a"})
	<-l.wake
	id, round, _ := l.next(now)
	if _, _, wait := l.next(now); id != "a" || wait < time.Minute {
		t.Fatalf("got %q, and with nothing left to read a wait of %v", id, wait)
	}
	if !l.again(id, round, now.Add(threadTryAgain)) {
		t.Fatal("it is given up at the first try")
	}
	select {
	case <-l.wake:
	default:
		t.Error("nobody is woken")
	}
	if _, _, wait := l.next(now); wait != threadTryAgain {
		t.Errorf("it waits %v, want %v", wait, threadTryAgain)
	}
	if id, _, _ := l.next(now.Add(threadTryAgain)); id != "a" {
		t.Errorf("got %q after the wait", id)
	}
}
