package bot_test

import (
	"testing"
	"time"

	"coachbot/bot/slacksim"
	"coachbot/store"
	"coachbot/store/storetest"
)

const (
	nowBurns   = "> It is on fire, my kitchen is burning, there is smoke everywhere!"
	burnsAgain = "> It is on fire again, the whole kitchen is burning and full of smoke!"
)

// A case that came down and becomes critical again calls the leads again, whoever
// answered the first time, and its agent hears again who comes.
func TestACaseThatIsCriticalAgainCallsAgain(t *testing.T) {
	t.Parallel()
	for name, down := range map[string]func(x *world, reply string){
		"its news were taken back": func(x *world, reply string) { x.tom.Delete(watched, reply) },
		"its news were corrected":  func(x *world, reply string) { x.tom.Edit(watched, reply, "> still no parcel") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t, duties("U0ADA0001", "U0MEI0001"))
			ts := x.tom.Post(watched, furious)
			x.said(1)
			reply := x.tom.Post(watched, nowBurns, slacksim.InThread(ts))
			x.click(x.ada, x.direct(x.ada, 1)[0], "duty_take")
			x.direct(x.tom, 1)
			down(x, reply)
			x.settled()
			if c := x.caseAt(ts); c.Severity == "critical" {
				t.Fatal("it did not come down")
			}
			x.moveTo(morning.Add(3 * time.Hour))
			x.tom.Post(watched, burnsAgain, slacksim.InThread(ts))
			call := x.direct(x.ada, 2)[1]
			contains(t, call.Text, "Critical case")
			x.moveTo(morning.Add(3*time.Hour + 6*time.Minute))
			x.click(x.mei, x.direct(x.mei, 1)[0], "duty_take")
			for _, m := range x.direct(x.ada, 2) {
				contains(t, m.Text, "<@U0MEI0001> answered")
			}
			contains(t, x.direct(x.tom, 2)[1].Text, "<@U0MEI0001> has seen your critical case")
		})
	}
}

// What was edited into a critical case and is again calls again.
func TestACaseEditedToCriticalTwiceCallsTwice(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts := x.tom.Post(watched, burning)
	x.direct(x.ada, 1)
	x.tom.Edit(watched, ts, furious)
	x.moveTo(morning.Add(time.Minute))
	x.tom.Edit(watched, ts, burnsAgain)
	x.direct(x.ada, 2)
	x.moveTo(morning.Add(time.Hour))
	x.tom.Edit(watched, ts, burnsAgain+" Tell me!") // only other words for the same
	x.direct(x.ada, 2)
}

// News that a critical case burns again, after it was silent for so long that it counted
// as over, call again; the next words of a talk that goes on do not, nor do mended ones.
func TestACaseThatFlaresUpAfterASilenceCallsAgain(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts := x.tom.Post(watched, burning)
	x.click(x.ada, x.direct(x.ada, 1)[0], "duty_take")
	x.moveTo(morning.Add(10 * time.Minute))
	reply := x.tom.Post(watched, burnsAgain, slacksim.InThread(ts))
	x.direct(x.ada, 1)
	x.tom.Post(watched, "the fire brigade is there and she is calm now, thanks all", slacksim.InThread(ts))
	x.moveTo(morning.Add(3 * time.Hour))
	x.tom.Edit(watched, reply, burnsAgain+" Tell me!")
	x.direct(x.ada, 1)
	x.moveTo(morning.Add(4 * time.Hour))
	x.tom.Post(watched, burnsAgain, slacksim.InThread(ts))
	x.direct(x.ada, 2)
	if c := x.caseAt(ts); c.Duty != "" {
		t.Errorf("still answered by %s", c.Duty)
	}
}

// A customer who was calmed and is in danger now has a case again; whatever else is said
// in its thread leaves it closed.
func TestDangerOpensACalmedCaseAgain(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts := x.tom.Post(watched, nowBurns)
	x.click(x.ada, x.direct(x.ada, 1)[0], "duty_take")
	card := x.last(watched)
	x.click(x.tom, card, "case_calmed")
	x.moveTo(morning.Add(20 * time.Minute))
	x.tom.Post(watched, "> and now my parcel is late as well, what a disgrace", slacksim.InThread(ts))
	x.settled()
	if c := x.caseAt(ts); c.State != store.CaseCalmed || c.Turns != 0 {
		t.Errorf("after some anger the case is %s after %d turns", c.State, c.Turns)
	}
	x.tom.Post(watched, burnsAgain, slacksim.InThread(ts))
	x.direct(x.ada, 2)
	if c := x.caseAt(ts); c.State != store.CaseOpen || !c.ClosedAt.IsZero() || c.Duty != "" {
		t.Errorf("after danger the case is %s, closed at %v, with %q on it", c.State, c.ClosedAt, c.Duty)
	}
	x.click(x.tom, x.last(watched), "case_calmed")
	for _, m := range x.direct(x.ada, 2) {
		contains(t, m.Text, "The case is over")
	}
}

// A touch that changes no word, tried again after a fault of the store, leaves the case as the thread made it.
func TestATouchTriedAgainChangesNothing(t *testing.T) {
	t.Parallel()
	x, faulty := newFaultyWorld(t, duties("U0ADA0001"))
	ts := x.tom.Post(watched, furious)
	x.said(1)
	x.tom.Post(watched, nowBurns, slacksim.InThread(ts))
	x.direct(x.ada, 1)
	x.settled()
	before := x.caseAt(ts)
	faulty.Inject("Case", storetest.Fault{Err: store.ErrNoRoom, Times: 1})
	x.tom.Edit(watched, ts, furious)
	x.settled()
	if after := x.caseAt(ts); after.Severity != "critical" || after.Playbook != before.Playbook || after.Step != before.Step {
		t.Errorf("%s, %s, %s; before the touch %s, %s, %s", after.Severity, after.Playbook, after.Step, before.Severity, before.Playbook, before.Step)
	}
}

// The half hour of silence begins anew when a lead takes the case.
func TestALeadWhoHasJustAnsweredStaysOnTheCase(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts := x.tom.Post(watched, nowBurns)
	call := x.direct(x.ada, 1)[0]
	x.moveTo(morning.Add(29 * time.Minute))
	x.click(x.ada, call, "duty_take")
	x.settled()
	x.moveTo(morning.Add(32 * time.Minute))
	x.tom.Post(watched, burnsAgain, slacksim.InThread(ts))
	x.settled()
	if c := x.caseAt(ts); c.Alarms != 0 || c.Duty != x.ada.ID() {
		t.Errorf("%d further alarms, %q is on it; want none, and Ada", c.Alarms, c.Duty)
	}
}

// calmedOf is a critical case that Ada answered and whose customer is calmed, twenty minutes later.
func (x *world) calmedOf(text string, replies ...string) (ts string, said []string) {
	x.t.Helper()
	ts = x.tom.Post(watched, text)
	x.last(watched)
	for _, r := range replies {
		said = append(said, x.tom.Post(watched, r, slacksim.InThread(ts)))
	}
	x.click(x.ada, x.direct(x.ada, 1)[0], "duty_take")
	x.moveTo(morning.Add(20 * time.Minute))
	x.click(x.tom, x.in(watched)[0], "case_calmed")
	x.moveTo(morning.Add(40 * time.Minute))
	return ts, said
}

func (x *world) staysCalmed(ts string) {
	x.t.Helper()
	x.settled()
	x.direct(x.ada, 1)
	if c := x.caseAt(ts); c.State != store.CaseCalmed || c.ClosedAt.IsZero() || c.Duty != "U0ADA0001" || c.Alarms > 1 {
		x.t.Errorf("the case is %s, closed at %v, with %q on it after %d alarms", c.State, c.ClosedAt, c.Duty, c.Alarms)
	}
}

// What was said before the customer was calmed opens nothing, though it is edited or comes late.
func TestOldNewsDoNotOpenACalmedCase(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts, said := x.calmedOf(furious, nowBurns)
	x.tom.Edit(watched, said[0], nowBurns+" (typo)")
	x.staysCalmed(ts)
	if c := x.caseAt(ts); c.Severity != "critical" || c.Turns != 1 {
		t.Errorf("the edit left it %s after %d turns", c.Severity, c.Turns)
	}
	small := x.tom.Post(watched, "I'll ask the depot, thanks", slacksim.InThread(ts))
	x.settled()
	x.moveTo(morning.Add(45 * time.Minute))
	x.tom.Edit(watched, small, burnsAgain) // from after it
	x.direct(x.ada, 2)
	if c := x.caseAt(ts); c.State != store.CaseOpen {
		t.Errorf("after an edit to danger of what came later it is %s", c.State)
	}
}

func TestAColleaguesWordEditedToDangerAfterwardsOpensNothing(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts, said := x.calmedOf(nowBurns, "I'll ask the depot, thanks")
	x.tom.Edit(watched, said[0], burnsAgain)
	x.staysCalmed(ts)
}

// The reply that opened a calmed case again is deleted or corrected: it is over as before.
func TestACaseOpenedByMistakeIsOverAgain(t *testing.T) {
	t.Parallel()
	for name, undo := range map[string]func(x *world, reply string){
		"deleted":   func(x *world, reply string) { x.tom.Delete(watched, reply) },
		"corrected": func(x *world, reply string) { x.tom.Edit(watched, reply, "> still no parcel") },
	} {
		for _, answered := range []bool{false, true} {
			t.Run(name+map[bool]string{true: " when answered"}[answered], func(t *testing.T) {
				t.Parallel()
				x := newWorld(t, duties("U0ADA0001", "U0MEI0001"))
				ts, _ := x.calmedOf(nowBurns)
				closed := x.caseAt(ts).ClosedAt
				reply := x.tom.Post(watched, burnsAgain, slacksim.InThread(ts))
				call := x.direct(x.ada, 2)[1]
				lead, mine := "U0ADA0001", 0
				if answered {
					x.moveTo(morning.Add(46 * time.Minute))
					x.click(x.mei, x.direct(x.mei, 1)[0], "duty_take")
					lead, mine = "U0MEI0001", 1
				}
				x.tom.Edit(watched, reply, burnsAgain+" Tell me!") // the same in other words: it still calls
				x.settled()
				if c := x.caseAt(ts); c.State != store.CaseOpen || c.Alarms != 1 || answered != (c.Duty != "") {
					t.Errorf("with a word mended it is %s with %q on it after %d alarms", c.State, c.Duty, c.Alarms)
				}
				undo(x, reply)
				x.settled()
				x.moveTo(morning.Add(3 * time.Hour))
				if c := x.caseAt(ts); c.State != store.CaseCalmed || !c.ClosedAt.Equal(closed) || c.Duty != lead || c.Turns != 0 {
					t.Errorf("the case is %s, closed at %v, with %q on it after %d turns", c.State, c.ClosedAt, c.Duty, c.Turns)
				}
				x.direct(x.mei, mine)
				lacking := x.direct(x.ada, 2)[1]
				if lacking.TS != call.TS {
					t.Error("another call")
				}
				contains(t, lacking.Text, "<@"+lead+"> answered")
				x.tom.Post(watched, burnsAgain, slacksim.InThread(ts))
				x.direct(x.ada, 3)
			})
		}
	}
}

// Of two replies that tell of danger, the other still stands; with neither the case is over.
func TestACaseStaysOpenForTheDangerThatStillStands(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts, _ := x.calmedOf(nowBurns)
	one := x.tom.Post(watched, burnsAgain, slacksim.InThread(ts))
	two := x.tom.Post(watched, burnsAgain+" Help!", slacksim.InThread(ts))
	x.direct(x.ada, 2)
	x.tom.Delete(watched, one)
	x.settled()
	if c := x.caseAt(ts); c.State != store.CaseOpen || c.Severity != "critical" || c.Duty != "" {
		t.Errorf("with one left it is %s, %s, with %q on it", c.State, c.Severity, c.Duty)
	}
	x.tom.Delete(watched, two)
	x.settled()
	if c := x.caseAt(ts); c.State != store.CaseCalmed || c.Duty != "U0ADA0001" {
		t.Errorf("with none left it is %s with %q on it", c.State, c.Duty)
	}
}

// What a person pressed after the case was opened again stands.
func TestAPressKeepsACaseOpen(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts, _ := x.calmedOf(nowBurns)
	reply := x.tom.Post(watched, burnsAgain, slacksim.InThread(ts))
	x.direct(x.ada, 2)
	x.click(x.tom, x.in(watched)[0], "suggestion_used")
	x.tom.Delete(watched, reply)
	x.settled()
	if c := x.caseAt(ts); c.State != store.CaseOpen {
		t.Errorf("it is %s", c.State)
	}
}

// An open call of a case that comes down by itself ends.
func TestACallEndsWhenTheCaseComesDown(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts := x.tom.Post(watched, furious)
	x.said(1)
	reply := x.tom.Post(watched, nowBurns, slacksim.InThread(ts))
	x.direct(x.ada, 1)
	x.tom.Delete(watched, reply)
	x.settled()
	contains(t, x.direct(x.ada, 1)[0].Text, "The case is over")
}

// Danger in the thread of a calmed case that nobody heard is read on connecting.
func TestDangerOfAnOutageOpensACalmedCase(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts, _ := x.calmedOf(nowBurns, burnsAgain)
	x.stop()
	x.tom.Post(watched, burnsAgain+" Help!", slacksim.InThread(ts))
	x.start()
	x.until("the case is open again", func() bool { return x.caseAt(ts).State == store.CaseOpen })
	x.direct(x.ada, 2)
}

// A calmed case whose own message is edited to danger calls nobody, and the lead on it stays.
func TestACalmedCaseEditedToDangerCallsNobody(t *testing.T) {
	t.Parallel()
	x := newWorld(t, duties("U0ADA0001"))
	ts, said := x.calmedOf(furious, nowBurns)
	x.tom.Delete(watched, said[0])
	x.settled()
	x.tom.Edit(watched, ts, furious+" Really!")
	x.settled()
	if c := x.caseAt(ts); c.Severity == "critical" {
		t.Fatal("it did not come down")
	}
	x.tom.Edit(watched, ts, nowBurns)
	x.settled()
	if c := x.caseAt(ts); c.Severity != "critical" {
		t.Errorf("it is %s", c.Severity)
	}
	x.staysCalmed(ts)
}
