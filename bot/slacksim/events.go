package slacksim

import "strings"

// emit sends an inner event about a channel to the app, when the app may know
// of it: its bot is a member, the event is subscribed, the scope is granted, and the
// app is still installed.
func (w *Workspace) emit(c *channel, event obj) {
	kind := str(event["type"])
	leaving := kind == "channel_left" || kind == "group_left"
	if c != nil && !c.has(w.opts.BotUserID) && !leaving {
		return
	}
	if w.tokenErr != "" || !w.subscribed(kind) || !w.scopes[eventScope(kind, c)] && eventScope(kind, c) != "" {
		return
	}
	w.eventSeq++
	id := "Ev" + w.id("")
	wrapper := obj{
		"token": "verification-token", "team_id": w.opts.TeamID, "context_team_id": w.opts.TeamID, "context_enterprise_id": nil,
		"api_app_id": w.opts.AppID, "event": event, "type": "event_callback", "event_id": id, "event_time": w.opts.Now().Unix(),
		"authorizations": []obj{{
			"enterprise_id": nil, "team_id": w.opts.TeamID, "user_id": w.opts.BotUserID, "is_bot": true, "is_enterprise_install": false,
		}},
		"is_ext_shared_channel": c != nil && c.extShared, "event_context": "4-" + id,
	}
	d := &delivery{kind: "events_api", eventType: kind, eventID: id}
	if s := str(event["subtype"]); s != "" {
		d.eventType += "/" + s
	}
	if c != nil {
		d.channel = c.id
	}
	d.ts = str(event["ts"])
	d.payload = mustJSON(wrapper)
	w.dispatch(d)
}

func (w *Workspace) subscribed(kind string) bool {
	if w.opts.Events == nil {
		return true
	}
	for _, e := range w.opts.Events {
		if e == kind || strings.HasPrefix(e, kind+".") { // "message.channels" subscribes to message
			return true
		}
	}
	return false
}

// eventScope names the scope without which an event is not sent.
func eventScope(kind string, c *channel) string {
	if kind == "user_change" {
		return "users:read"
	}
	if c == nil {
		return ""
	}
	family := map[string]string{"channel": "channels", "group": "groups", "im": "im"}
	switch kind {
	case "app_mention":
		return "app_mentions:read"
	case "message":
		return family[c.kind()] + ":history"
	case "member_joined_channel", "channel_archive", "group_archive", "channel_left", "group_left":
		return family[c.kind()] + ":read"
	case "reaction_added":
		return "reactions:read"
	}
	return ""
}

// emitMessage tells the app of a new message; one that mentions the app arrives
// twice, in either order.
func (w *Workspace) emitMessage(m *message) {
	c := m.channel
	ev := w.wireMessage(m, false)
	for _, k := range []string{"reply_count", "reply_users", "reply_users_count", "latest_reply", "subscribed", "is_locked", "reactions"} {
		delete(ev, k)
	}
	ev["channel"], ev["channel_type"], ev["event_ts"] = c.id, c.kind(), m.ts
	if u := w.users[m.user]; u != nil && u.StrangerTeam != "" {
		ev["team"], ev["user_team"], ev["source_team"] = u.StrangerTeam, u.StrangerTeam, u.StrangerTeam
	}
	mentioned := !c.im && m.botID != w.opts.BotID && strings.Contains(m.text, "<@"+w.opts.BotUserID+">") && m.subtype != "channel_join" && m.subtype != "group_join"
	if !mentioned {
		w.emit(c, ev)
		return
	}
	mention := obj{}
	for _, k := range []string{"user", "ts", "client_msg_id", "text", "team", "thread_ts", "parent_user_id", "blocks", "channel", "event_ts", "bot_id", "bot_profile", "app_id", "files", "upload", "user_team", "source_team"} {
		if v, ok := ev[k]; ok {
			mention[k] = v
		}
	}
	mention["type"] = "app_mention"
	if w.eventSeq%2 == 0 {
		w.emit(c, mention)
		w.emit(c, ev)
		return
	}
	w.emit(c, ev)
	w.emit(c, mention)
}

func (w *Workspace) emitChanged(m *message, before obj) {
	ts := w.stamp()
	w.emit(m.channel, obj{
		"type": "message", "subtype": "message_changed", "hidden": true, "message": w.wireMessage(m, false), "previous_message": before,
		"channel": m.channel.id, "channel_type": m.channel.kind(), "ts": ts, "event_ts": ts,
	})
}

func (w *Workspace) emitDeleted(m *message, before obj) {
	ts := w.stamp()
	w.emit(m.channel, obj{
		"type": "message", "subtype": "message_deleted", "hidden": true, "deleted_ts": m.ts, "previous_message": before,
		"channel": m.channel.id, "channel_type": m.channel.kind(), "ts": ts, "event_ts": ts,
	})
}
