package slacksim

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strings"
)

//go:embed web
var webFiles embed.FS

// webMessages is how many of a channel's latest messages the page is given.
const webMessages = 500

// WebOptions describe the page on which one person plays all the people of a
// workspace.
type WebOptions struct {
	Title    string      // default: the workspace's name
	Examples []Example   // messages to send with one click
	People   []WebPerson // who one can be, in this order; default: everyone but other bots
	Channel  string      // ID or name of the channel that is open first and where examples go; default: the person's first
	Morning  func()      // moves the clock to the next morning; nil: the page has no button for it
	Hosts    []string    // host names the page is opened by, beside localhost and IP addresses
}

// Example is a message a visitor can send with one click. A text that starts
// with a slash is typed as a command.
type Example struct {
	Lang  string `json:"lang"`  // "en" or "zh"
	Label string `json:"label"` // what the button says
	Text  string `json:"text"`  // what is posted
}

// WebPerson is one of the people a visitor can be.
type WebPerson struct {
	ID   string `json:"id"`
	Role string `json:"role"` // "agent", "lead" or "admin" are translated, other words shown as they are
}

// web is the page's server side.
type web struct {
	w *Workspace
	o WebOptions
}

// webState is all one person sees, with what the page shows around it.
type webState struct {
	Snapshot
	Title    string      `json:"title"`
	People   []WebPerson `json:"people"`
	Examples []Example   `json:"examples"`
	Morning  bool        `json:"morning"` // the clock can be moved
	Start    string      `json:"start"`   // channel ID

	Shortcuts []string `json:"shortcuts,omitempty"` // on a message, by callback ID
}

// Web serves the demo's page: "/" with its files, and below /web/ what it asks
// for. Mount it at "/" beside Handler. Whoever reaches it can act as any of the
// listed people, so it belongs on a local address; it refuses what other pages
// make a browser send.
func (w *Workspace) Web(o WebOptions) http.Handler {
	if o.Title == "" {
		o.Title = w.opts.TeamName
	}
	if o.People == nil {
		o.People = w.everyone()
	}
	for _, p := range o.People {
		if x := w.Person(p.ID); x != nil {
			x.DMChannel() // the page lists it from the start
		}
	}
	page := &web{w: w, o: o}
	files, err := fs.Sub(webFiles, "web")
	if err != nil {
		panic("slacksim: the page is not built in: " + err.Error())
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("GET /web/state", page.state)
	mux.HandleFunc("GET /web/stream", page.stream)
	mux.HandleFunc("POST /web/{deed}", page.act)
	return page.guard(http.NewCrossOriginProtection().Handler(mux))
}

func (w *Workspace) everyone() []WebPerson {
	var out []WebPerson
	for _, p := range w.People() {
		s := p.Spec()
		switch {
		case s.Bot || s.Deleted:
		case s.Admin || s.Owner:
			out = append(out, WebPerson{p.ID(), "admin"})
		default:
			out = append(out, WebPerson{p.ID(), "agent"})
		}
	}
	return out
}

// guard sets the headers that keep the page to itself and refuses foreign host
// names: a name that somebody else lets point to this address would make their
// page count as ours.
func (s *web) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h := rw.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "+
			"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache")
		if !s.ours(r.Host) {
			webError(rw, http.StatusMisdirectedRequest, "this page is not served under the name "+r.Host)
			return
		}
		next.ServeHTTP(rw, r)
	})
}

func (s *web) ours(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || net.ParseIP(host) != nil || slices.Contains(s.o.Hosts, host)
}

// person is who acts; nil after the answer was written.
func (s *web) person(rw http.ResponseWriter, id string) *Person {
	listed := slices.ContainsFunc(s.o.People, func(p WebPerson) bool { return p.ID == id })
	p := s.w.Person(id)
	if p == nil || !listed {
		webError(rw, http.StatusNotFound, "nobody here has the ID "+id)
		return nil
	}
	return p
}

// state answers with everything the person ?me= sees, and nothing else.
func (s *web) state(rw http.ResponseWriter, r *http.Request) {
	me := r.URL.Query().Get("me")
	if me == "" && len(s.o.People) > 0 {
		me = s.o.People[0].ID
	}
	p := s.person(rw, me)
	if p == nil {
		return
	}
	out := webState{Snapshot: s.w.Snapshot(p), Title: s.o.Title, People: s.o.People, Examples: s.o.Examples, Morning: s.o.Morning != nil,
		Shortcuts: s.w.opts.MessageShortcuts}
	for i := range out.Channels {
		c := &out.Channels[i]
		if c.Name == s.o.Channel && c.Name != "" || c.ID == s.o.Channel {
			out.Start = c.ID
		}
		if c.Messages == nil {
			c.Messages = []Message{} // a list for the page, not null
		}
		if n := len(c.Messages); n > webMessages {
			c.Messages = c.Messages[n-webMessages:]
		}
	}
	webJSON(rw, http.StatusOK, out)
}

func webJSON(rw http.ResponseWriter, status int, v any) {
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	rw.WriteHeader(status)
	_ = json.NewEncoder(rw).Encode(v) // the reader is gone; nothing to tell
}

func webError(rw http.ResponseWriter, status int, text string) {
	webJSON(rw, status, obj{"error": text})
}
