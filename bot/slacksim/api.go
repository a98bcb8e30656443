package slacksim

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// apiError is a refusal: Slack's code and what goes with it.
type apiError struct {
	code  string
	extra obj
}

func refuse(code string) *apiError { return &apiError{code: code} }

// method is one Web API method.
type method struct {
	call    func(*Workspace, *request) (obj, *apiError)
	scope   string // needed always; methods that depend on the channel check their own
	open    bool   // needs no token
	app     bool   // takes the app-level token instead of the bot token
	listing bool   // asks for everything there is: refused and written down
	tier    int    // calls a minute
}

func webAPI() map[string]method {
	listing := method{listing: true}
	return map[string]method{
		"api.test":              {call: (*Workspace).apiTest, open: true, tier: 1000},
		"auth.test":             {call: (*Workspace).authTest, tier: 600},
		"apps.connections.open": {call: (*Workspace).openConnection, app: true, tier: tier3},
		"team.info":             {call: (*Workspace).teamInfo, scope: "team:read", tier: tier3},
		"bots.info":             {call: (*Workspace).botsInfo, scope: "users:read", tier: tier3},
		"users.info":            {call: (*Workspace).usersInfo, scope: "users:read", tier: tier4},

		"conversations.info":    {call: (*Workspace).conversationsInfo, tier: tier3},
		"conversations.members": {call: (*Workspace).conversationsMembers, tier: tier4},
		"conversations.history": {call: (*Workspace).conversationsHistory, tier: tier3},
		"conversations.replies": {call: (*Workspace).conversationsReplies, tier: tier3},
		"conversations.open":    {call: (*Workspace).conversationsOpen, scope: "im:write", tier: tier3},
		"conversations.join":    {call: (*Workspace).conversationsJoin, scope: "channels:join", tier: tier3},

		"chat.postMessage":   {call: (*Workspace).postMessage, scope: "chat:write"},
		"chat.postEphemeral": {call: (*Workspace).postEphemeral, scope: "chat:write", tier: tier4},
		"chat.update":        {call: (*Workspace).updateMessage, scope: "chat:write", tier: tier3},
		"chat.delete":        {call: (*Workspace).deleteMessage, scope: "chat:write", tier: tier3},
		"chat.getPermalink":  {call: (*Workspace).getPermalink, tier: 600},
		"reactions.add":      {call: (*Workspace).reactionsAdd, scope: "reactions:write", tier: tier3},

		"views.open":    {call: (*Workspace).viewsOpen, tier: tier4},
		"views.push":    {call: (*Workspace).viewsPush, tier: tier4},
		"views.update":  {call: (*Workspace).viewsUpdate, tier: tier4},
		"views.publish": {call: (*Workspace).viewsPublish, tier: tier4},

		"conversations.list": listing, "users.list": listing, "users.conversations": listing,
		"channels.list": listing, "groups.list": listing, "im.list": listing,
	}
}

// answer is what goes back over the wire.
type answer struct {
	status     int
	retryAfter int
	body       []byte
	json       bool // otherwise text
	lose       bool // cut the connection instead
}

func (w *Workspace) serveAPI(rw http.ResponseWriter, hr *http.Request) {
	r, bad := readRequest(hr)
	r.method = hr.PathValue("method")
	if !w.hang(r) {
		return
	}
	w.write(rw, w.answer(r, bad))
}

// hang keeps a call waiting as long as Faults asks for it; false when the
// caller gave up or the workspace closed.
func (w *Workspace) hang(r *request) bool {
	w.lock()
	var rule *rule
	for _, x := range w.faults.rules {
		if x.hang != nil && x.n != 0 && (x.method == r.method || x.method == "*") {
			rule = x
			break
		}
	}
	if rule == nil {
		w.unlock()
		return true
	}
	rule.hanging++
	w.changed(Change{Kind: ChangeJournal})
	w.unlock()
	defer func() {
		w.lock()
		rule.hanging--
		w.changed(Change{Kind: ChangeJournal})
		w.unlock()
	}()
	select {
	case <-rule.hang:
		return true
	case <-r.http.Context().Done():
		return false
	case <-w.closed:
		return false
	}
}

// answer decides a call under the lock and writes it down.
func (w *Workspace) answer(r *request, bad *apiError) answer {
	w.lock()
	defer w.unlock()
	call := &Call{Method: r.method, Args: maps.Clone(r.args), At: w.opts.Now(), Status: http.StatusOK, TS: r.arg("ts")}
	defer w.writeCall(call)

	rule := w.faults.nextRule(r.method)
	if rule != nil && rule.status != 0 {
		return broken(call, rule)
	}
	out, err := w.decide(r, bad, rule)
	if err != nil && err.code == "ratelimited" {
		return limited(call, err.extra["retry_after"].(int))
	}
	if err != nil {
		call.Error = err.code
		out = obj{"ok": false, "error": err.code}
		maps.Copy(out, err.extra)
	} else {
		out["ok"] = true
		if ts := str(out["ts"]); ts != "" {
			call.TS = ts
		}
	}
	call.Lost = rule != nil && rule.lose
	return answer{status: http.StatusOK, body: mustJSON(out), lose: call.Lost, json: true}
}

// broken answers as Slack's edge does when something is wrong behind it.
func broken(call *Call, rule *rule) answer {
	if rule.status == http.StatusTooManyRequests {
		return limited(call, rule.retryAfter)
	}
	call.Status, call.Error = rule.status, fmt.Sprintf("http_%d", rule.status)
	return answer{status: rule.status, body: []byte("<html><body>Something went wrong.</body></html>")}
}

func limited(call *Call, seconds int) answer {
	call.Status, call.Error = http.StatusTooManyRequests, "ratelimited"
	return answer{status: http.StatusTooManyRequests, retryAfter: seconds, body: mustJSON(obj{"ok": false, "error": "ratelimited"}), json: true}
}

// decide runs the checks in Slack's order and then the method.
func (w *Workspace) decide(r *request, bad *apiError, rule *rule) (obj, *apiError) {
	m, known := w.methods[r.method]
	if !known {
		w.violation(ViolationUnknownMethod, r.method)
		return nil, &apiError{"unknown_method", obj{"req_method": r.method}}
	}
	if bad != nil {
		return nil, bad
	}
	if err := w.authorise(r, m); err != nil {
		return nil, err
	}
	if m.listing {
		w.violation(ViolationListing, r.method)
		return nil, refuse("access_denied")
	}
	if m.scope != "" {
		if err := w.needScope(m.scope); err != nil {
			return nil, err
		}
	}
	if rule != nil && rule.code != "" {
		return nil, refuse(rule.code)
	}
	if wait := w.limit(r, m); wait > 0 {
		return nil, &apiError{"ratelimited", obj{"retry_after": wait}}
	}
	return m.call(w, r)
}

func (w *Workspace) authorise(r *request, m method) *apiError {
	if r.http.URL.Query().Get("token") != "" {
		w.violation(ViolationTokenInQuery, r.method)
		return refuse("not_authed")
	}
	if m.open {
		return nil
	}
	switch {
	case r.token == "":
		return refuse("not_authed")
	case r.token != w.opts.BotToken && r.token != w.opts.AppToken:
		return refuse("invalid_auth")
	case m.app != (r.token == w.opts.AppToken):
		return refuse("not_allowed_token_type")
	}
	if w.tokenErr != "" {
		if w.tokenErr == "token_revoked" && m.app { // the app-level token lives on
			return nil
		}
		w.violation(ViolationDeadToken, r.method)
		return refuse(w.tokenErr)
	}
	return nil
}

func (w *Workspace) needScope(scope string) *apiError {
	if w.scopes[scope] {
		return nil
	}
	have := slices.Sorted(maps.Keys(w.scopes))
	return &apiError{"missing_scope", obj{"needed": scope, "provided": strings.Join(have, ",")}}
}

func (w *Workspace) write(rw http.ResponseWriter, a answer) {
	if a.lose {
		if h, ok := rw.(http.Hijacker); ok {
			if c, _, err := h.Hijack(); err == nil {
				_ = c.Close()
				return
			}
		}
		panic(http.ErrAbortHandler)
	}
	if a.retryAfter > 0 {
		rw.Header().Set("Retry-After", strconv.Itoa(a.retryAfter))
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	if a.json {
		rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	}
	rw.WriteHeader(a.status)
	_, _ = rw.Write(a.body) // the caller is gone; nothing to tell
}
