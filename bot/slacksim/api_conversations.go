package slacksim

import (
	"encoding/base64"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// readable returns a channel the app may look into with a scope of a family
// ("read" or "history"). A private channel the bot is not in does not exist for
// it.
func (w *Workspace) readable(id, family string) (*channel, *apiError) {
	c := w.channels[id]
	if c == nil || (c.private || c.im) && !c.has(w.opts.BotUserID) {
		return nil, refuse("channel_not_found")
	}
	prefix := map[string]string{"channel": "channels:", "group": "groups:", "im": "im:"}[c.kind()]
	return c, w.needScope(prefix + family)
}

func (w *Workspace) conversationsInfo(r *request) (obj, *apiError) {
	c, err := w.readable(r.arg("channel"), "read")
	if err != nil {
		return nil, err
	}
	o := w.wireChannel(c)
	if r.flag("include_num_members") {
		o["num_members"] = len(c.members)
	}
	if r.flag("include_locale") {
		o["locale"] = "en-US"
	}
	return obj{"channel": o}, nil
}

func (w *Workspace) conversationsMembers(r *request) (obj, *apiError) {
	c, err := w.readable(r.arg("channel"), "read")
	if err != nil {
		return nil, err
	}
	limit, err := pageSize(r, 100)
	if err != nil {
		return nil, err
	}
	from, err := cursorAt(r)
	if err != nil {
		return nil, err
	}
	start, _ := strconv.Atoi(from)
	start = min(start, len(c.members))
	end := min(start+limit, len(c.members))
	next := ""
	if end < len(c.members) {
		next = cursor(strconv.Itoa(end))
	}
	return obj{"members": slices.Clone(c.members[start:end]), "response_metadata": obj{"next_cursor": next}}, nil
}

func (w *Workspace) conversationsOpen(r *request) (obj, *apiError) {
	if id := r.arg("channel"); id != "" {
		c := w.channels[id]
		if c == nil || !c.im {
			return nil, refuse("channel_not_found")
		}
		return obj{"no_op": true, "already_open": true, "channel": w.shortIM(c, r)}, nil
	}
	users := strings.Split(r.arg("users"), ",")
	switch {
	case r.arg("users") == "":
		return nil, refuse("users_list_not_supplied")
	case len(users) > 1: // a group message needs mpim:write, which no method here serves
		return nil, w.needScope("mpim:write")
	}
	u := w.users[users[0]]
	switch {
	case u == nil:
		return nil, refuse("user_not_found")
	case u.Deleted:
		return nil, refuse("user_disabled")
	case u.ID == w.opts.BotUserID || u.Bot:
		return nil, refuse("cannot_dm_bot")
	}
	_, known := w.ims[u.ID]
	out := obj{"channel": w.shortIM(w.im(u.ID), r)}
	if known {
		out["no_op"], out["already_open"] = true, true
	}
	return out, nil
}

func (w *Workspace) shortIM(c *channel, r *request) obj {
	if r.flag("return_im") {
		return w.wireChannel(c)
	}
	return obj{"id": c.id}
}

func (w *Workspace) conversationsJoin(r *request) (obj, *apiError) {
	c := w.channels[r.arg("channel")]
	switch {
	case c == nil || c.private:
		return nil, refuse("channel_not_found")
	case c.im:
		return nil, refuse("method_not_supported_for_channel_type")
	case c.archived:
		return nil, refuse("is_archived")
	}
	out := obj{}
	if c.has(w.opts.BotUserID) {
		out["warning"], out["response_metadata"] = "already_in_channel", obj{"warnings": []string{"already_in_channel"}}
	}
	w.join(c, w.opts.BotUserID, "")
	out["channel"] = w.wireChannel(c)
	return out, nil
}

func (w *Workspace) conversationsHistory(r *request) (obj, *apiError) {
	c, err := w.readable(r.arg("channel"), "history")
	if err != nil {
		return nil, err
	}
	if !c.has(w.opts.BotUserID) {
		return nil, refuse("not_in_channel")
	}
	all := []*message{}
	for _, m := range c.log {
		gone := m.deleted && m.subtype != "tombstone"
		if m.ephemeralTo == "" && !gone && (m.thread == "" || m.broadcast) {
			all = append(all, m)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].ts > all[j].ts })
	out, err := w.page(r, all, 100)
	if err != nil {
		return nil, err
	}
	out["pin_count"], out["channel_actions_ts"], out["channel_actions_count"] = 0, nil, 0
	return out, nil
}

func (w *Workspace) conversationsReplies(r *request) (obj, *apiError) {
	c, err := w.readable(r.arg("channel"), "history")
	if err != nil {
		return nil, err
	}
	if !c.has(w.opts.BotUserID) {
		return nil, refuse("not_in_channel")
	}
	root := c.byTS[r.arg("ts")]
	if root == nil || root.ephemeralTo != "" || root.deleted && root.subtype != "tombstone" || strings.HasSuffix(root.subtype, "_join") {
		return nil, refuse("thread_not_found")
	}
	if root.thread != "" {
		return obj{"messages": []obj{w.wireMessage(root, r.flag("include_all_metadata"))}, "has_more": false, "response_metadata": obj{"next_cursor": ""}}, nil
	}
	out, err := w.page(r, root.replies, 1000)
	if err != nil {
		return nil, err
	}
	// The parent stands above every page, whatever the range asked for.
	out["messages"] = append([]obj{w.wireMessage(root, r.flag("include_all_metadata"))}, out["messages"].([]obj)...)
	return out, nil
}

// page cuts the asked-for range and page out of messages in their order of
// delivery (newest first for history, oldest first for replies).
func (w *Workspace) page(r *request, all []*message, usual int) (obj, *apiError) {
	limit, err := pageSize(r, usual)
	if err != nil {
		return nil, err
	}
	oldest, latest := r.arg("oldest"), r.arg("latest")
	if !validTS(oldest) {
		return nil, refuse("invalid_ts_oldest")
	}
	if !validTS(latest) {
		return nil, refuse("invalid_ts_latest")
	}
	after, err := cursorAt(r)
	if err != nil {
		return nil, err
	}
	var in []*message
	passed := after == ""
	for _, m := range all {
		if passed && inRange(m.ts, oldest, latest, r.flag("inclusive")) {
			in = append(in, m)
		}
		passed = passed || m.ts == after || pastCursor(all, m.ts, after)
	}
	more, next := len(in) > limit, ""
	if more {
		in = in[:limit]
		next = cursor(in[limit-1].ts)
	}
	out := make([]obj, 0, len(in))
	for _, m := range in {
		out = append(out, w.wireMessage(m, r.flag("include_all_metadata")))
	}
	return obj{"messages": out, "has_more": more, "response_metadata": obj{"next_cursor": next}}, nil
}

// pastCursor covers a message deleted between two pages: the cursor's place is
// found by order instead.
func pastCursor(all []*message, ts, after string) bool {
	if len(all) < 2 || all[0].ts < all[len(all)-1].ts {
		return ts >= after
	}
	return ts <= after
}

func inRange(ts, oldest, latest string, inclusive bool) bool {
	if oldest != "" && (compareTS(ts, oldest) < 0 || compareTS(ts, oldest) == 0 && !inclusive) {
		return false
	}
	return latest == "" || compareTS(ts, latest) < 0 || compareTS(ts, latest) == 0 && inclusive
}

// compareTS compares timestamps that may lack decimals ("0", "1700000000.5").
func compareTS(a, b string) int { return strings.Compare(padTS(a), padTS(b)) }

func padTS(ts string) string {
	sec, frac, _ := strings.Cut(ts, ".")
	for len(sec) < 12 {
		sec = "0" + sec
	}
	for len(frac) < 6 {
		frac += "0"
	}
	return sec + "." + frac
}

func validTS(ts string) bool {
	if ts == "" {
		return true
	}
	_, err := strconv.ParseFloat(ts, 64)
	return err == nil
}

func pageSize(r *request, usual int) (int, *apiError) {
	s := r.arg("limit")
	if s == "" || s == "0" {
		return usual, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1000 {
		return 0, refuse("invalid_limit")
	}
	return n, nil
}

func cursor(at string) string { return base64.StdEncoding.EncodeToString([]byte("next:" + at)) }

func cursorAt(r *request) (string, *apiError) {
	c := r.arg("cursor")
	if c == "" {
		return "", nil
	}
	b, err := base64.StdEncoding.DecodeString(c)
	at, ok := strings.CutPrefix(string(b), "next:")
	if err != nil || !ok {
		return "", refuse("invalid_cursor")
	}
	return at, nil
}
