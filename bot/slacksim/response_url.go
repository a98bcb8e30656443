package slacksim

import (
	"maps"
	"net/http"
	"time"
)

const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

// responseURL is the right to answer one command or interaction.
type responseURL struct {
	user, channel string
	origin        *message // what replace_original and delete_original mean; nil until there is one
	uses          int
	until         time.Time
}

func (w *Workspace) newResponseURL(kind, user, channel string, origin *message) string {
	now := w.opts.Now()
	for k, ru := range w.responses {
		if now.Sub(ru.until) > time.Hour {
			delete(w.responses, k)
		}
	}
	key := kind + "/" + w.opts.TeamID + "/" + w.id("") + "/" + w.id("secret")
	w.responses[key] = &responseURL{user: user, channel: channel, origin: origin, until: now.Add(responseLife)}
	return w.baseURL + "/response/" + key
}

func (w *Workspace) serveResponseURL(rw http.ResponseWriter, hr *http.Request) {
	r, bad := readRequest(hr)
	r.method = "response_url"
	if !w.hang(r) {
		return
	}
	w.write(rw, w.answerResponse(r, bad, hr.PathValue("key")))
}

func (w *Workspace) answerResponse(r *request, bad *apiError, key string) answer {
	w.lock()
	defer w.unlock()
	call := &Call{Method: r.method, Args: maps.Clone(r.args), At: w.opts.Now(), Status: http.StatusOK}
	defer w.writeCall(call)
	rule := w.faults.nextRule(r.method)
	if rule != nil && rule.status != 0 {
		return broken(call, rule)
	}
	ru := w.responses[key]
	err := bad
	status := http.StatusNotFound
	switch {
	case err != nil:
		status = http.StatusBadRequest
	case rule != nil && rule.code != "":
		err = refuse(rule.code)
	case ru == nil:
		err = refuse("no_such_url")
	case w.opts.Now().After(ru.until):
		err = refuse("expired_url")
	case ru.uses >= responseUses:
		err = refuse("used_url")
	}
	var m *message
	if err == nil {
		ru.uses++
		status = http.StatusBadRequest
		m, err = w.respond(ru, r)
	}
	if err != nil {
		call.Status, call.Error = status, err.code
		return answer{status: status, body: mustJSON(obj{"ok": false, "error": err.code}), json: true}
	}
	call.TS, call.Lost = m.ts, rule != nil && rule.lose
	if r.flag("replace_original") || r.flag("delete_original") {
		return answer{status: http.StatusOK, body: []byte(`{"ok":true}`), json: true, lose: call.Lost}
	}
	return answer{status: http.StatusOK, body: []byte("ok"), lose: call.Lost}
}

// respond carries out a response: a new message, a replaced or a deleted one.
func (w *Workspace) respond(ru *responseURL, r *request) (*message, *apiError) {
	c := w.channels[ru.channel]
	if c.archived {
		return nil, refuse("is_archived")
	}
	if r.flag("delete_original") {
		if ru.origin == nil || ru.origin.deleted {
			return nil, refuse("message_not_found")
		}
		w.remove(ru.origin)
		return ru.origin, nil
	}
	x, err := w.content(r)
	if err != nil {
		return nil, err
	}
	if x.empty() {
		return nil, refuse("no_text")
	}
	if r.flag("replace_original") && ru.origin != nil {
		return ru.origin, w.replace(ru.origin, x)
	}
	m := w.botMessage(c, x)
	if err := w.intoThread(m, r.arg("thread_ts")); err != nil {
		return nil, err
	}
	if r.arg("response_type") == "in_channel" {
		m.subtype = "bot_message"
	} else {
		m.ephemeralTo, m.metadata = ru.user, nil
	}
	w.put(m)
	if m.ephemeralTo == "" {
		w.emitMessage(m)
	}
	if ru.origin == nil {
		ru.origin = m
	}
	return m, nil
}

func (w *Workspace) replace(m *message, x content) *apiError {
	if m.deleted || m.botID != w.opts.BotID {
		return refuse("message_not_found")
	}
	before := w.wireMessage(m, false)
	m.text, m.blocks, m.attachments = cut(x.text, textLimit), x.blocks, x.attachments
	if m.ephemeralTo != "" {
		w.changed(Change{Kind: ChangeEphemeral, Channel: m.channel.id, TS: m.ts, User: m.ephemeralTo})
		return nil
	}
	w.changed(Change{Kind: ChangeEdited, Channel: m.channel.id, TS: m.ts})
	w.emitChanged(m, before)
	return nil
}
