package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"coachbot/bot/slacksim"
)

// TestBadInputHarmsNobody says the oddest things in every way there is. What is
// no case gets no card, who asked hears something, and the bot goes on.
func TestBadInputHarmsNobody(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("三个星期了，快递到现在没到，打电话也没人管！", 40_000/22)
	odd := map[string]struct {
		text  string
		cards int // in a watched channel
	}{
		"only spaces":       {" \n\t ", 0},
		"only emoji":        {":rage: 😡😡 :face_with_symbols_on_mouth:", 0},
		"only zero width":   {"\u200b\u200d\ufeff", 0},
		"only marks":        {"?!?!?!…", 0},
		"forty thousand":    {long, 1},
		"control signs":     {"\x01\x02\x1b[31m" + furious + "\x7f", 1},
		"markup unfinished": {"<@U0 <http://x|" + furious, 1},
		"right to left":     {"\u202e" + furious, 1},
		"stacked marks":     {"Anyone up for noodles at noon? Z" + strings.Repeat("\u0335\u0321\u0322", 5000), 0},
	}
	for name, c := range odd {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t)
			if _, err := x.tom.TryPost(watched, c.text); err == nil {
				x.said(c.cards)
			} else if strings.TrimSpace(c.text) != "" {
				t.Fatal(err)
			}
			x.slash(x.mei, c.text, lounge)
			x.whispers(x.mei, lounge, 1)
			x.slash(x.mei, "check "+c.text, lounge)
			x.whispers(x.mei, lounge, 2)
			x.slash(x.mei, "playbook "+c.text, lounge)
			x.whispers(x.mei, lounge, 3)
			if strings.TrimSpace(c.text) != "" {
				ts := x.ada.DM(c.text)
				x.until("an answer to "+ts, func() bool { return len(x.standing()) == c.cards+1 })
			}
			x.tom.Post(watched, furious) // and it goes on
			x.until("the next case is answered", func() bool { return len(x.standing()) >= c.cards+1 })
			x.settled()
		})
	}
}

// TestBrokenBytesAreReadAsFarAsTheyGo delivers an envelope whose text is not UTF-8.
func TestBrokenBytesAreReadAsFarAsTheyGo(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.sim.Faults().SendRaw(fmt.Sprintf(`{"envelope_id":"broken-1","type":"events_api","accepts_response_payload":false,"payload":{"team_id":%q,"event_id":"EvBroken","event":
		{"type":"message","channel":%q,"channel_type":"channel","user":%q,"ts":%q,"text":"> Three weeks! Where is my parcel?! %s This is a disgrace, nobody tells me anything."}}}`,
		x.sim.TeamID(), watched, x.tom.ID(), fmt.Sprintf("%d.000100", x.now().Unix()), "\xff\xfe\xc3"))
	contains(t, x.said(1)[0].Text, "delivery")
}

// TestEnvelopesOfNoKnownShapeAreSurvived sends what is no envelope, or one of another time.
func TestEnvelopesOfNoKnownShapeAreSurvived(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	for i, raw := range []string{``, `null`, `[]`, `"events_api"`, `{`, "\x00\xff", `{"envelope_id":1}`, `{"type":"events_api","payload":`,
		`{"envelope_id":"n%d","type":"events_api","payload":null}`, `{"envelope_id":"n%d","type":"events_api","payload":[1]}`,
		`{"envelope_id":"n%d","type":"events_api","payload":{"team_id":"T1","event":{"type":"message","channel":{"id":1},"text":7}}}`,
		`{"envelope_id":"n%d","type":"interactive","payload":{"type":"block_actions"}}`,
		`{"envelope_id":"n%d","type":"interactive","payload":{"type":"time_travel","user":{"id":"U1","team_id":"T1"}}}`,
		`{"envelope_id":"n%d","type":"slash_commands","payload":{}}`, `{"envelope_id":"n%d","type":"telepathy","payload":{}}`} {
		if strings.Contains(raw, "%d") {
			raw = fmt.Sprintf(raw, i)
		}
		x.sim.Faults().SendRaw(raw)
	}
	x.sim.Faults().SendEvent(map[string]any{"type": "galaxy_brain", "channel": map[string]any{"id": 7}})
	x.tom.Post(watched, furious)
	x.said(1)
}

// TestAPressOfNoKnownKind has a button that this version does not have, and one with another's value.
func TestAPressOfNoKnownKind(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	x.tom.Post(watched, furious)
	card := x.said(1)[0]
	press := func(action, value string) string {
		return fmt.Sprintf(`{"envelope_id":"p-%s-%d","type":"interactive","payload":{"type":"block_actions","trigger_id":"t%d","team":{"id":%q},"user":{"id":%q},"channel":{"id":%q},
			"container":{"channel_id":%q,"message_ts":%q},"actions":[{"action_id":%q,"value":%q,"action_ts":"1.%d"}]}}`,
			action, len(value), len(value), x.sim.TeamID(), x.tom.ID(), watched, watched, card.TS, action, value, len(value))
	}
	for _, raw := range []string{press("warp_drive", "x"), press("suggestion_used", ""), press("suggestion_used", strings.Repeat("x", 2000)),
		press("suggestion_pick", "no|such"), press("case_calmed", "T1.C1.1.1")} {
		x.sim.Faults().SendRaw(raw)
	}
	x.said(1 + 5) // the card, and a word to each press, whose case is not to be found
	if got := x.standing()[0]; got.Text != card.Text {
		t.Errorf("a press of no known kind changed the card to %q", got.Text)
	}
	x.click(x.tom, card, "case_calmed")
	contains(t, x.standing()[0].Text, "calm")
}

// TestAThreadOfFortyFollowUps is a case with more talk than a card can hold.
func TestAThreadOfFortyFollowUps(t *testing.T) {
	t.Parallel()
	x := newThread(t)
	for i := range 40 {
		x.tom.Post(watched, fmt.Sprintf("update %d: she says she is still furious and wants the manager", i), slacksim.InThread(x.ts))
	}
	x.settled()
	if c := x.theCase(); c.Turns != 40 || len(c.Followed) != 20 {
		t.Errorf("%d turns, %d remembered", c.Turns, len(c.Followed))
	}
	x.said(1)
}
