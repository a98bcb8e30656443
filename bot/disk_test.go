package bot_test

import (
	"testing"
	"time"

	"coachbot/bot"
	"coachbot/store"
	"coachbot/store/storetest"
)

// newFaultyWorld is a world whose store has trouble on demand.
func newFaultyWorld(t *testing.T, change ...func(*bot.Options)) (*world, *storetest.FaultyStore) {
	var faulty *storetest.FaultyStore
	x := newWorld(t, append(change, func(o *bot.Options) {
		faulty = storetest.Faulty(o.Store)
		o.Store = faulty
	})...)
	return x, faulty
}

func TestWhileTheDiskIsFullNothingIsAcknowledgedAndAfterwardsAllIsAnswered(t *testing.T) {
	t.Parallel()
	x, faulty := newFaultyWorld(t)
	faulty.FailWrites(store.ErrNoRoom)
	x.tom.Post(watched, furious)
	x.mei.Post(lounge, "<@"+x.sim.BotUserID()+"> "+furiousZ)
	x.until("Slack has delivered", func() bool { return faulty.Calls("Enqueue") > 0 })
	if x.sim.Unacked() == 0 {
		t.Error("deliveries that were not stored were acknowledged")
	}
	if !x.app.Ready() {
		t.Error("the bot went away")
	}
	faulty.Heal()
	for range 7 { // Slack tries again at once, after one minute and after five
		x.ahead.Add(int64(time.Minute))
		x.sim.Tick()
	}
	x.said(2)
}

func TestAJobThatCannotBeSettledHoldsItsLaneOnlySoLong(t *testing.T) {
	t.Parallel()
	x, faulty := newFaultyWorld(t)
	faulty.Inject("Finish", storetest.Fault{Err: store.ErrNoRoom, Times: 2})
	x.tom.Post(watched, furious)
	x.mei.Post(watched, furiousZ)
	x.said(2)
}

func TestADiskThatFillsInTheMiddleOfAnAnswerDoublesNothing(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"UpdateCase", "ClaimPost", "UpdatePost", "PutDecision"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			x, faulty := newFaultyWorld(t)
			faulty.Inject(method, storetest.Fault{Err: store.ErrNoRoom, Times: 1})
			x.tom.Post(watched, furious)
			x.said(1)
			if n := len(x.sim.Calls("chat.postMessage")); n != 1 {
				t.Errorf("posted %d times", n)
			}
		})
	}
}
