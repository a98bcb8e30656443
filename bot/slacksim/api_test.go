package slacksim_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"coachbot/bot/slacksim"
)

func text(s string) slack.MsgOption { return slack.MsgOptionText(s, false) }

func TestTokens(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	for name, c := range map[string]struct{ token, want string }{
		"none":    {"", "not_authed"},
		"unknown": {"xoxb-other", "invalid_auth"},
		"app":     {x.AppToken(), "not_allowed_token_type"},
		"bot":     {x.BotToken(), ""},
	} {
		_, err := slack.New(c.token, slack.OptionAPIURL(x.srv.APIURL())).AuthTest()
		wantCode(t, name, err, c.want)
	}
	wrong := slack.New(x.BotToken(), slack.OptionAPIURL(x.srv.APIURL()), slack.OptionAppLevelToken(x.BotToken()))
	_, _, err := wrong.StartSocketModeContext(x.ctx)
	wantCode(t, "socket with a bot token", err, "not_allowed_token_type")

	x.Faults().RevokeToken()
	_, err = x.client().AuthTest()
	wantCode(t, "revoked", err, "token_revoked")
	resp, err := http.PostForm(x.srv.APIURL()+"auth.test?token="+x.BotToken(), url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var body struct{ Error string }
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil || body.Error != "not_authed" {
		t.Errorf("token in the address: got %+v, %v, want not_authed", body, err)
	}
}

func TestWhoIsWho(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	api := x.client()
	who, err := api.AuthTest()
	if err != nil || who.UserID != x.BotUserID() || who.BotID != x.BotID() || who.TeamID != x.TeamID() {
		t.Errorf("auth.test: got %+v, %v", who, err)
	}
	guest := x.AddUser(slacksim.UserSpec{Name: "visitor", Guest: true, StrangerTeam: "T0OTHER"})
	for _, c := range []struct {
		id    string
		check func(*slack.User) bool
	}{
		{"U0MEI", func(u *slack.User) bool {
			return u.Locale == "zh-CN" && u.TZ == "Asia/Shanghai" && u.TZOffset == 28800 && u.RealName == "Mei Lin" && !u.IsAdmin
		}},
		{"U0TOM", func(u *slack.User) bool { return u.IsAdmin }},
		{guest.ID(), func(u *slack.User) bool { return u.IsRestricted && u.IsStranger && u.TeamID == "T0OTHER" }},
	} {
		if u, err := api.GetUserInfo(c.id); err != nil || !c.check(u) {
			t.Errorf("users.info %s: got %+v, %v", c.id, u, err)
		}
	}
	_, err = api.GetUserInfo("U0NONE")
	wantCode(t, "unknown user", err, "user_not_found")
	if team, err := api.GetTeamInfo(); err != nil || team.ID != x.TeamID() {
		t.Errorf("team.info: got %+v, %v", team, err)
	}
}

func TestChannels(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	api := x.client()
	shared := x.AddChannel(slacksim.ChannelSpec{Name: "with-customer", Members: []string{"U0MEI"}, WithBot: true, ExtShared: true})
	open := x.AddChannel(slacksim.ChannelSpec{Name: "general", Members: []string{"U0MEI"}})
	info := func(id string) (*slack.Channel, error) {
		return api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: id, IncludeNumMembers: true})
	}
	if c, err := info(x.desk); err != nil || !c.IsMember || c.Name != "escalations" || c.NumMembers != 3 || c.IsExtShared {
		t.Errorf("info: got %+v, %v", c, err)
	}
	if c, err := info(shared); err != nil || !c.IsExtShared || len(c.ConnectedTeamIDs) != 1 {
		t.Errorf("shared: got %+v, %v", c, err)
	}
	if c, err := info(open); err != nil || c.IsMember {
		t.Errorf("public without the bot: got %+v, %v", c, err)
	}
	_, err := info(x.lair)
	wantCode(t, "private without the bot", err, "channel_not_found")

	members, next, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: x.desk, Limit: 2})
	if err != nil || len(members) != 2 || next == "" {
		t.Errorf("members: got %v, %q, %v", members, next, err)
	}
	members, next, err = api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: x.desk, Limit: 2, Cursor: next})
	if err != nil || len(members) != 1 || next != "" {
		t.Errorf("second page: got %v, %q, %v", members, next, err)
	}

	im, _, already, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{"U0MEI"}})
	if err != nil || already || im.ID != x.mei.DMChannel() {
		t.Errorf("open: got %+v, %v, %v", im, already, err)
	}
	if c, err := info(im.ID); err != nil || !c.IsIM || c.User != "U0MEI" {
		t.Errorf("im: got %+v, %v", c, err)
	}
	_, _, _, err = api.JoinConversation(open)
	wantCode(t, "join without its scope", err, "missing_scope")

	for name, err := range map[string]error{
		"conversations.list": second(api.GetConversations(&slack.GetConversationsParameters{})),
		"users.list":         third(api.GetUsers()),
	} {
		if err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	if v := x.Violations(); len(v) != 2 || v[0].Kind != slacksim.ViolationListing {
		t.Errorf("violations: got %+v, want two listings", v)
	}
}

func second(_ []slack.Channel, _ string, err error) error { return err }
func third(_ []slack.User, err error) error               { return err }

func TestPosting(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	api := x.client()
	closed := x.AddChannel(slacksim.ChannelSpec{Name: "old", WithBot: true, Archived: true})
	open := x.AddChannel(slacksim.ChannelSpec{Name: "general", Members: []string{"U0MEI"}})
	post := func(channel string, o ...slack.MsgOption) error {
		_, _, err := api.PostMessage(channel, o...)
		return err
	}
	var many []slack.Block
	for range 51 {
		many = append(many, slack.NewDividerBlock())
	}
	for _, c := range []struct {
		name, want string
		err        error
	}{
		{"nothing", "no_text", post(x.desk)},
		{"spaces", "no_text", post(x.desk, text("  \n"))},
		{"private elsewhere", "channel_not_found", post(x.lair, text("x"))},
		{"public elsewhere", "not_in_channel", post(open, text("x"))},
		{"archived", "is_archived", post(closed, text("x"))},
		{"no such channel", "channel_not_found", post("C0NONE", text("x"))},
		{"51 blocks", "invalid_blocks", post(x.desk, text("x"), slack.MsgOptionBlocks(many...))},
		{"by user ID", "", post("U0MEI", text("hello"))},
	} {
		wantCode(t, c.name, c.err, c.want)
	}
	if m := x.mei.Messages(x.mei.DMChannel()); len(m) != 1 || m[0].Text != "hello" {
		t.Errorf("direct message: got %+v", m)
	}
	_, ts, got, err := api.SendMessage(x.desk, slack.MsgOptionPost(), text(strings.Repeat("字", 40_001)))
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := x.Message(x.desk, ts); len([]rune(m.Text)) != 40_000 {
		t.Errorf("long text: got %d characters (answer %d), want 40000", len([]rune(m.Text)), len(got))
	}
}

func TestThreads(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	api := x.client()
	parent := x.mei.Post(x.desk, "parent")
	_, reply, m, err := api.PostMessageWithResponse(x.desk, text("reply"), slack.MsgOptionTS(parent))
	if err != nil || m.ThreadTimestamp != parent {
		t.Fatalf("reply: got %+v, %v", m, err)
	}
	_, _, err = api.PostMessage(x.desk, text("x"), slack.MsgOptionTS(reply))
	wantCode(t, "reply to a reply", err, "cannot_reply_to_message")
	gone := x.mei.Post(x.desk, "gone")
	x.mei.Delete(x.desk, gone)
	if _, _, m, err = api.PostMessageWithResponse(x.desk, text("late"), slack.MsgOptionTS(gone)); err != nil || m.ThreadTimestamp != "" {
		t.Errorf("parent gone: got %+v, %v, want it in the channel", m, err)
	}
	msgs, more, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: x.desk, Timestamp: parent})
	if err != nil || more || len(msgs) != 2 || msgs[0].ReplyCount != 1 || msgs[0].LatestReply != reply || msgs[1].Timestamp != reply {
		t.Errorf("replies: got %+v, %v, %v", msgs, more, err)
	}
	_, _, _, err = api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: x.desk, Timestamp: gone})
	wantCode(t, "replies of a deleted one", err, "thread_not_found")
	link, err := api.GetPermalink(&slack.PermalinkParameters{Channel: x.desk, Ts: reply})
	if err != nil || !strings.Contains(link, "thread_ts="+parent) {
		t.Errorf("permalink: got %q, %v", link, err)
	}
}

func TestUpdateAndDelete(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	api := x.client()
	_, ts, err := api.PostMessage(x.desk, text("one"), slack.MsgOptionBlocks(section("one")))
	if err != nil {
		t.Fatal(err)
	}
	theirs := x.mei.Post(x.desk, "mine")
	update := func(ts string, o ...slack.MsgOption) error {
		_, _, _, err := api.UpdateMessage(x.desk, ts, o...)
		return err
	}
	wantCode(t, "someone else's", update(theirs, text("x")), "cant_update_message")
	wantCode(t, "none", update("1.000001", text("x")), "message_not_found")
	wantCode(t, "too long", update(ts, text(strings.Repeat("字", 4001))), "msg_too_long")
	wantCode(t, "nothing", update(ts), "no_text")
	wantCode(t, "both", update(ts, text("two"), slack.MsgOptionBlocks(section("two"))), "")
	if m, _ := x.Message(x.desk, ts); m.Text != "two" || m.Edited || !strings.Contains(string(m.Blocks), "two") {
		t.Errorf("updated: got %+v", m)
	}
	wantCode(t, "text alone", update(ts, text("three")), "")
	if m, _ := x.Message(x.desk, ts); m.Blocks != nil || !m.Edited {
		t.Errorf("text alone: got %+v, want the blocks gone", m)
	}
	_, _, err = api.DeleteMessage(x.desk, theirs)
	wantCode(t, "delete someone else's", err, "cant_delete_message")
	_, _, err = api.DeleteMessage(x.desk, ts)
	wantCode(t, "delete", err, "")
	_, _, err = api.DeleteMessage(x.desk, ts)
	wantCode(t, "delete again", err, "message_not_found")
	if m, ok := x.Message(x.desk, ts); !ok || !m.Deleted {
		t.Errorf("after deletion: got %+v, %v", m, ok)
	}
}

func TestHistoryPages(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	api := x.client()
	var all []string
	for i := range 7 {
		x.clock.Advance(time.Second)
		all = append(all, x.mei.Post(x.desk, fmt.Sprint("message ", i)))
	}
	x.tom.Post(x.desk, "a reply is not in the history", slacksim.InThread(all[0]))
	yesterday := x.clock.Now().Add(-24 * time.Hour)
	all = append([]string{x.mei.Post(x.desk, "from yesterday", slacksim.At(yesterday))}, all...)
	if want := fmt.Sprintf("%d.000000", yesterday.Unix()); all[0] != want {
		t.Errorf("At: got %s, want %s", all[0], want)
	}
	read := func(p slack.GetConversationHistoryParameters) (got []string) {
		t.Helper()
		p.ChannelID = x.desk
		for pages := 0; pages < 10; pages++ {
			h, err := api.GetConversationHistory(&p)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range h.Messages {
				got = append(got, m.Timestamp)
			}
			if h.HasMore != (h.ResponseMetaData.NextCursor != "") {
				t.Errorf("has_more %v with cursor %q", h.HasMore, h.ResponseMetaData.NextCursor)
			}
			if p.Cursor = h.ResponseMetaData.NextCursor; p.Cursor == "" {
				return got
			}
		}
		t.Fatal("pages without end")
		return nil
	}
	newest := func(from, to int) (out []string) {
		for i := to; i >= from; i-- {
			out = append(out, all[i])
		}
		return out
	}
	for _, c := range []struct {
		name string
		p    slack.GetConversationHistoryParameters
		want []string
	}{
		{"all", slack.GetConversationHistoryParameters{}, newest(0, 7)},
		{"pages of 3", slack.GetConversationHistoryParameters{Limit: 3}, newest(0, 7)},
		{"after", slack.GetConversationHistoryParameters{Oldest: all[2], Limit: 2}, newest(3, 7)},
		{"from", slack.GetConversationHistoryParameters{Oldest: all[2], Inclusive: true}, newest(2, 7)},
		{"before", slack.GetConversationHistoryParameters{Latest: all[2]}, newest(0, 1)},
		{"between", slack.GetConversationHistoryParameters{Oldest: all[1], Latest: all[4], Inclusive: true, Limit: 1}, newest(1, 4)},
	} {
		if got := read(c.p); strings.Join(got, " ") != strings.Join(c.want, " ") {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	_, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: x.desk, Cursor: "nonsense"})
	wantCode(t, "bad cursor", err, "invalid_cursor")
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	api := x.client()
	meta := slack.SlackMetadata{EventType: "coach_case", EventPayload: map[string]any{"case": "c1"}}
	_, ts, err := api.PostMessage(x.desk, text("x"), slack.MsgOptionMetadata(meta))
	if err != nil {
		t.Fatal(err)
	}
	for _, all := range []bool{true, false} {
		h, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: x.desk, IncludeAllMetadata: all})
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Messages[0].Metadata.EventPayload["case"] == "c1"; got != all || h.Messages[0].Timestamp != ts {
			t.Errorf("include_all_metadata %v: got %+v", all, h.Messages[0].Metadata)
		}
	}
	_, _, err = api.PostMessage(x.desk, text("x"), slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "no payload"}))
	wantCode(t, "no payload", err, "invalid_metadata_schema")
}

func TestScopes(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	for scope, call := range map[string]func(*slack.Client) error{
		"chat:write": func(c *slack.Client) error { _, _, err := c.PostMessage(x.desk, text("x")); return err },
		"channels:history": func(c *slack.Client) error {
			_, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: x.desk})
			return err
		},
		"channels:read": func(c *slack.Client) error {
			_, err := c.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: x.desk})
			return err
		},
		"users:read": func(c *slack.Client) error { _, err := c.GetUserInfo("U0MEI"); return err },
		"im:write": func(c *slack.Client) error {
			_, _, _, err := c.OpenConversation(&slack.OpenConversationParameters{Users: []string{"U0MEI"}})
			return err
		},
		"reactions:write": func(c *slack.Client) error { return c.AddReaction("eyes", slack.NewRefToMessage(x.desk, "1.000000")) },
	} {
		x.Faults().RemoveScope(scope)
		err := call(x.client())
		wantCode(t, scope, err, "missing_scope")
		if se, ok := err.(slack.SlackErrorResponse); !ok || se.Needed != scope || strings.Contains(se.Provided, scope+",") {
			t.Errorf("%s: got needed %q, provided %q", scope, se.Needed, se.Provided)
		}
		x.Faults().AddScope(scope)
		if err := call(x.client()); code(err) == "missing_scope" {
			t.Errorf("%s: still missing after it was given", scope)
		}
	}
	x.Faults().RemoveScope("app_mentions:read")
	x.connect()
	x.mei.Post(x.desk, x.mei.Mention()+" <@"+x.BotUserID()+"> hi")
	x.acked(1)
	for _, d := range x.Deliveries() {
		if d.Type != "message" {
			t.Errorf("delivery: got %s, want messages only", d.Type)
		}
	}
}

func TestRates(t *testing.T) {
	t.Parallel()
	x := newWorld(t, func(o *slacksim.Options) { o.NoRateLimits = false })
	api := x.client()
	other := x.AddChannel(slacksim.ChannelSpec{Name: "other", WithBot: true})
	post := func(c string) error { _, _, err := api.PostMessage(c, text("x")); return err }
	for i := range 5 {
		wantCode(t, fmt.Sprint("burst ", i), post(x.desk), "")
	}
	limited, ok := post(x.desk).(*slack.RateLimitedError)
	if !ok || limited.RetryAfter != time.Second {
		t.Fatalf("sixth: got %v, want to wait 1s", limited)
	}
	wantCode(t, "another channel", post(other), "")
	x.clock.Advance(limited.RetryAfter)
	wantCode(t, "after the wait", post(x.desk), "")
	if c := x.Calls("chat.postMessage")[5]; c.Status != 429 || c.OK() {
		t.Errorf("call: got %+v, want 429", c)
	}
	refused := 0
	for range 60 {
		if _, err := api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: x.desk}); err != nil {
			refused++
		}
	}
	if refused != 10 {
		t.Errorf("tier 3: got %d of 60 refused, want 10", refused)
	}
}

func TestReactions(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	ts := x.mei.Post(x.desk, "x")
	ref := slack.NewRefToMessage(x.desk, ts)
	wantCode(t, "first", x.client().AddReaction("eyes", ref), "")
	wantCode(t, "again", x.client().AddReaction("eyes", ref), "already_reacted")
	x.tom.React(x.desk, ts, "eyes")
	if m := x.mei.Messages(x.desk)[0]; len(m.Reactions) != 1 || len(m.Reactions[0].Users) != 2 {
		t.Errorf("reactions: got %+v", m.Reactions)
	}
}

func TestUnknownMethodAndJournal(t *testing.T) {
	t.Parallel()
	x := newWorld(t)
	resp, err := http.Post(x.srv.APIURL()+"chat.scheduleMessage", "application/json", strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if v := x.Violations(); len(v) != 1 || v[0].Kind != slacksim.ViolationUnknownMethod {
		t.Errorf("violations: got %+v", v)
	}
	if _, _, err := x.client().PostMessage(x.desk, text("hello")); err != nil {
		t.Fatal(err)
	}
	calls := x.Calls()
	last := calls[len(calls)-1]
	if last.Args["text"] != "hello" || last.Args["token"] != "" || last.TS == "" || !last.OK() {
		t.Errorf("call: got %+v", last)
	}
	if got := x.BotMessages(); len(got) != 1 || got[0].Text != "hello" {
		t.Errorf("bot messages: got %+v", got)
	}
}
