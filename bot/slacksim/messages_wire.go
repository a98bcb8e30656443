package slacksim

import "slices"

// wireMessage is the message object of events, history and answers.
func (w *Workspace) wireMessage(m *message, withMetadata bool) obj {
	o := obj{"type": "message", "ts": m.ts, "text": m.text}
	set := func(k, v string) {
		if v != "" {
			o[k] = v
		}
	}
	set("user", m.user)
	set("subtype", m.subtype)
	set("client_msg_id", m.clientID)
	set("bot_id", m.botID)
	set("app_id", m.appID)
	set("username", m.username)
	set("inviter", m.inviter)
	if m.subtype == "" || m.subtype == "thread_broadcast" || m.subtype == "file_share" {
		o["team"] = w.opts.TeamID
	}
	if b := w.bots[m.botID]; b != nil {
		o["bot_profile"] = obj{"id": b.botID, "app_id": b.appID, "name": b.Name, "deleted": false, "team_id": w.opts.TeamID, "updated": 0}
	}
	if m.blocks != nil {
		o["blocks"] = m.blocks
	}
	if m.attachments != nil {
		o["attachments"] = m.attachments
	}
	if m.edited != nil {
		o["edited"] = obj{"user": m.edited.user, "ts": m.edited.ts}
	}
	if m.files != nil {
		o["files"], o["upload"] = wireFiles(m.files), true
	}
	if withMetadata && m.metadata != nil {
		o["metadata"] = m.metadata
	}
	if len(m.reactions) > 0 {
		var rs []obj
		for _, r := range m.reactions {
			rs = append(rs, obj{"name": r.Name, "users": r.Users, "count": len(r.Users)})
		}
		o["reactions"] = rs
	}
	w.wireThread(m, o)
	return o
}

func (w *Workspace) wireThread(m *message, o obj) {
	if m.thread != "" {
		o["thread_ts"] = m.thread
		if parent := m.channel.byTS[m.thread]; parent != nil {
			o["parent_user_id"] = parent.user
			if m.broadcast {
				o["root"] = w.wireMessage(parent, false)
			}
		}
		return
	}
	if len(m.replies) == 0 {
		return
	}
	users := []string{}
	for _, r := range m.replies {
		if r.user != "" && !slices.Contains(users, r.user) {
			users = append(users, r.user)
		}
	}
	o["thread_ts"] = m.ts
	o["reply_count"] = len(m.replies)
	o["reply_users_count"] = len(users)
	o["reply_users"] = users
	o["latest_reply"] = m.replies[len(m.replies)-1].ts
	o["subscribed"] = false
	o["is_locked"] = false
}

func wireFiles(files []File) []obj {
	var out []obj
	for _, f := range files {
		out = append(out, obj{
			"id": f.ID, "name": f.Name, "title": f.Name, "mimetype": f.Mimetype, "filetype": f.Filetype, "size": f.Size,
			"mode": "hosted", "url_private": "https://files.slack.com/files-pri/" + f.ID + "/" + f.Name,
		})
	}
	return out
}
